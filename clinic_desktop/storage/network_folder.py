"""Whether a file lies in a folder of another computer: SQLite's log and locks do not hold there.

Two PCs that write to one file on a share lose visits. One PC alone cannot be told from two, so no clinic is
kept there: it is not opened, backed up as a clinic, moved, restored or encrypted there. ``check`` and a look
into a backup read there all the same: what they open cannot be written, so at worst they find something where
another PC just wrote. So a copy on a share can be looked at before anybody relies on it.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from clinic_desktop.foundation.errors import StoreRefused

ON_A_SHARE = (
    "{name} is in a folder of another computer. SQLite's locks do not hold there, and two PCs would damage "
    "the clinic's data. It was left as it is. Copy it to a disk of this PC; for several PCs, move the clinic "
    "to PostgreSQL from there."
)

# File systems of the network, as /proc/mounts and mount(8) name them. A sync folder (OneDrive, Dropbox) looks
# like a local one and cannot be told.
_OF_NETWORK = frozenset({
    "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afs", "afpfs", "webdav", "davfs",
    "9p", "ceph", "glusterfs", "lustre", "beegfs", "gfs2", "ocfs2", "fuse.sshfs", "fuse.davfs", "fuse.davfs2",
    "fuse.glusterfs", "fuse.ceph", "fuse.rclone", "fuse.smbnetfs", "fuse.gvfsd-fuse", "fuse.s3fs",
})  # fmt: skip
_OCTAL = re.compile(r"\\([0-7]{3})")
_BSD_LINE = re.compile(r".* on (.+) \(([a-z0-9_]+)[,)].*")
_DRIVE_REMOTE = 4  # GetDriveTypeW

Mounts = Iterable[tuple[str, str]]
"""Where each file system is mounted, and its kind."""


def refuse_share(path: Path) -> None:
    """Raise :class:`StoreRefused` for a file in a folder of another computer."""
    if on_network(path):
        raise StoreRefused(ON_A_SHARE.format(name=path.name))


def on_network(path: Path) -> bool:
    """Whether the folder of a path belongs to another computer, as far as this system tells."""
    if sys.platform == "win32":
        return on_network_drive(os.path.realpath(path), _drive_kind)
    try:
        mounts = _mac_mounts() if sys.platform == "darwin" else _linux_mounts()
        return kind_of(Path(os.path.realpath(path)), mounts) in _OF_NETWORK
    except OSError:
        return False  # a system that does not tell: the file's own checks remain


def on_network_drive(path: str, drive_kind: Callable[[str], int]) -> bool:
    """On Windows: a UNC path, or a drive letter that stands for one."""
    plain = path.replace("/", "\\")
    if plain.startswith(("\\\\?\\", "\\\\.\\")):
        rest = plain[4:]
        if rest.upper().startswith("UNC\\"):
            return True
        plain = rest
    if plain.startswith("\\\\"):
        return True
    return len(plain) > 1 and plain[1] == ":" and drive_kind(f"{plain[0].upper()}:\\") == _DRIVE_REMOTE


def kind_of(path: Path, mounts: Mounts) -> str:
    """The kind of the file system that a path is on: of the mounts above it the nearest, of those on the same
    folder the last."""
    best, found = -1, ""
    for folder, kind in mounts:
        if path.is_relative_to(folder) and len(Path(folder).parts) >= best:
            best, found = len(Path(folder).parts), kind
    return found


def _linux_mounts() -> Mounts:
    return read_proc_mounts(Path("/proc/mounts").read_text(encoding="utf-8", errors="surrogateescape"))


def read_proc_mounts(text: str) -> Mounts:
    """Of each line the folder and the kind; blanks in names are written as octal numbers."""
    for line in text.splitlines():
        parts = line.split(" ")
        if len(parts) > 2:
            yield _OCTAL.sub(lambda found: chr(int(found[1], 8)), parts[1]), parts[2]


def _mac_mounts() -> Mounts:
    said = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False)
    return read_bsd_mounts(said.stdout)


def read_bsd_mounts(text: str) -> Mounts:
    """Lines like ``//maria@nas/clinic on /Volumes/clinic (smbfs, nodev)``."""
    for line in text.splitlines():
        if found := _BSD_LINE.fullmatch(line):
            yield found[1], found[2]


def _drive_kind(root: str) -> int:
    import ctypes  # noqa: PLC0415 - on Windows alone

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - absent elsewhere
    return int(kernel.GetDriveTypeW(root))

"""A folder of another computer is told from this computer's own, and no clinic is kept there."""

from pathlib import Path

import pytest

from clinic_desktop.foundation.errors import StoreRefused
from clinic_desktop.storage import network_folder
from clinic_desktop.storage.network_folder import (
    kind_of,
    on_network,
    on_network_drive,
    read_bsd_mounts,
    read_proc_mounts,
)
from clinic_desktop.storage.store import open_store

PROC = """\
/dev/sda1 / ext4 rw 0 0
//nas/clinic /mnt/clinic\\040data cifs rw 0 0
server:/srv /srv nfs4 rw 0 0
/dev/sdb1 /srv/maria/own ext4 rw 0 0
maria@nas: /mnt/ssh fuse.sshfs rw 0 0
broken
"""
MAC = """\
/dev/disk1s1 on / (apfs, local, journaled)
//maria@nas/clinic on /Volumes/clinic (smbfs, nodev, nosuid)
map auto_home on /System/Volumes/Data/net (autofs, automounted)
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/clinic.sqlite", "ext4"),
        ("/mnt/clinic data/clinic.sqlite", "cifs"),
        ("/mnt/clinic/clinic.sqlite", "ext4"),
        ("/srv/maria/clinic.sqlite", "nfs4"),
        ("/srv/maria/own/clinic.sqlite", "ext4"),
        ("/mnt/ssh/clinic.sqlite", "fuse.sshfs"),
    ],
)
def test_the_nearest_mount_tells(path, kind):
    assert kind_of(Path(path), read_proc_mounts(PROC)) == kind


def test_on_a_mac():
    assert kind_of(Path("/Volumes/clinic/a.sqlite"), read_bsd_mounts(MAC)) == "smbfs"
    assert kind_of(Path("/private/a.sqlite"), read_bsd_mounts(MAC)) == "apfs"


@pytest.mark.parametrize(
    ("path", "there"),
    [
        (r"\\nas\clinic\clinic.sqlite", True),
        ("//nas/clinic/clinic.sqlite", True),
        (r"\\?\UNC\nas\clinic\clinic.sqlite", True),
        (r"\\?\C:\clinic.sqlite", False),
        (r"z:\clinic.sqlite", True),
        (r"C:\clinic.sqlite", False),
    ],
)
def test_on_windows(path, there):
    assert on_network_drive(path, lambda root: 4 if root == "Z:\\" else 3) is there


def test_no_clinic_is_opened_or_made_there(clinic_file, monkeypatch):
    assert not on_network(clinic_file)
    before = clinic_file.read_bytes()
    monkeypatch.setattr(network_folder, "_linux_mounts", lambda: [("/", "cifs")])
    monkeypatch.setattr("sys.platform", "linux")
    with pytest.raises(StoreRefused, match="folder of another computer"):
        open_store(clinic_file)
    with pytest.raises(StoreRefused, match="for several PCs, move the clinic to PostgreSQL"):
        open_store(clinic_file.with_name("new.sqlite"), make=True)
    assert clinic_file.read_bytes() == before
    assert not clinic_file.with_name("new.sqlite").exists()

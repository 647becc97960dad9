"""The system packages of Debian and Ubuntu that the app and its tests stand on."""

import os
import platform
import shutil
import subprocess
from collections.abc import Callable, Iterable

from setup_tools.failure import SetupFailed

# Found by adding packages to a minimal Debian 12 until Qt's libraries and xcb plugin had all they link to.
APP = (
    "libgl1",
    "libegl1",
    "libglib2.0-0",
    "libdbus-1-3",
    "libfontconfig1",
    "libxkbcommon0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libcups2",
)

# A real window driven from outside, a throwaway database server, PDFs read back, a print queue, system calls.
TEST = (
    *APP,
    "xvfb",
    "xauth",
    "openbox",
    "xdotool",
    "imagemagick",
    "dbus",
    "at-spi2-core",
    "python3-pyatspi",
    "gir1.2-atspi-2.0",
    "poppler-utils",
    "fonts-noto-core",
    "postgresql",
    "strace",
    "cups",
    "cups-client",
    "cups-filters",
    "cups-ipp-utils",
    "printer-driver-cups-pdf",
    "avahi-daemon",
)

Run = Callable[[list[str]], "subprocess.CompletedProcess[str]"]
_QUERY = ["dpkg-query", "--show", "--showformat=${db:Status-Abbrev}\t${Package}\t${Provides}\n"]


def run_quietly(command: list[str]) -> "subprocess.CompletedProcess[str]":
    """Run a system command without questions, its output kept for the case that it fails."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def uses_apt() -> bool:
    """Whether this is Debian, Ubuntu or one of their children."""
    if shutil.which("dpkg-query") is None or shutil.which("apt-get") is None:
        return False
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return False
    family = {release.get("ID", ""), *release.get("ID_LIKE", "").split()}
    return not family.isdisjoint({"debian", "ubuntu"})


def installed(listing: str) -> set[str]:
    """Names that an installed package has or provides (libcups2 is libcups2t64 on newer releases)."""
    names: set[str] = set()
    for line in listing.splitlines():
        status, package, provides = line.split("\t")
        if status.startswith("ii"):
            names.add(package)
            names.update(entry.split()[0] for entry in provides.split(",") if entry.strip())
    return names


def missing(wanted: Iterable[str], run: Run = run_quietly) -> list[str]:
    """Those of the wanted packages that dpkg does not know as installed, in the order asked for."""
    have = installed(run(_QUERY).stdout)
    return [name for name in wanted if name not in have]


def ensure(wanted: Iterable[str], *, root: bool, say: Callable[[str], None], run: Run = run_quietly) -> None:
    """Install what is missing as root, or raise SetupFailed with the line that an administrator needs."""
    lacking = missing(wanted, run)
    if not lacking:
        return
    names = " ".join(lacking)
    if not root:
        raise SetupFailed(
            f"System packages are missing. Install them, then start again:\n\n  sudo apt install {names}\n"
        )
    say(f"Installing system packages: {names}")
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *lacking]):
        result = run(["apt-get", "--quiet", *command])
        if result.returncode != 0:
            last = "\n".join(result.stdout.strip().splitlines()[-8:])
            raise SetupFailed(f"apt-get {command[0]} did not finish. The last it said:\n{last}")
    still = missing(lacking, run)
    if still:
        raise SetupFailed(f"apt-get finished, and still missing: {' '.join(still)}")

"""Paths of a checkout on both systems; the Windows ones are pure paths, so they are proved anywhere."""

from dataclasses import replace
from pathlib import PurePosixPath, PureWindowsPath

import pytest

from setup_tools.layout import Layout

WINDOWS = Layout(PureWindowsPath("D:/Clinic Desktop"), windows=True, python_version=(3, 11))
POSIX = Layout(PurePosixPath("/srv/clinic desktop"), windows=False, python_version=(3, 12))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (WINDOWS.python, r"D:\Clinic Desktop\.venv\Scripts\python.exe"),
        (WINDOWS.site_packages, r"D:\Clinic Desktop\.venv\Lib\site-packages"),
        (WINDOWS.lock, r"D:\Clinic Desktop\requirements.lock"),
        (replace(WINDOWS, development=True).lock, r"D:\Clinic Desktop\requirements-dev.lock"),
        (WINDOWS.stamp, r"D:\Clinic Desktop\.venv\clinic-desktop-setup.json"),
        (POSIX.python, "/srv/clinic desktop/.venv/bin/python"),
        (POSIX.site_packages, "/srv/clinic desktop/.venv/lib/python3.12/site-packages"),
        (POSIX.path_file, "/srv/clinic desktop/.venv/lib/python3.12/site-packages/clinic_desktop.pth"),
    ],
)
def test_places(path, expected):
    assert str(path) == expected


@pytest.mark.parametrize("layout", [WINDOWS, POSIX], ids=["windows", "posix"])
def test_path_file_leads_back_to_the_project(layout):
    """Also from a folder with accents in its name: the line itself is plain ASCII."""
    line = layout.path_file_text
    assert line.isascii()
    place = layout.site_packages
    for part in type(layout.root)(line.strip()).parts:
        assert part == ".."
        place = place.parent
    assert place == layout.root


def test_windows_line_uses_backslashes():
    assert WINDOWS.path_file_text == "..\\..\\..\n"


def test_unc_share_is_a_root_like_any_other():
    layout = Layout(PureWindowsPath(r"\\server\clinic\app"), windows=True)
    assert str(layout.python) == r"\\server\clinic\app\.venv\Scripts\python.exe"
    assert layout.path_file_text == "..\\..\\..\n"

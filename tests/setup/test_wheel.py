"""`pip install .` brings everything along: built offline, unpacked, and started from there."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.architecture.sources import PROJECT

NEEDED = ("clinic_desktop", "resources", "pyproject.toml", "setup.py", "README.md")
HAS_BACKEND = "import setuptools; assert int(setuptools.__version__.split('.')[0]) >= 77"
BUILD = "import sys; from setuptools import build_meta; print(build_meta.build_wheel(sys.argv[1]))"


def python_that_builds() -> str:
    """An interpreter here with the build backend; skips when none has it and none may be fetched."""
    for candidate in (sys.executable, shutil.which("python3", path=os.defpath)):
        if (
            candidate
            and subprocess.run([candidate, "-c", HAS_BACKEND], capture_output=True, check=False).returncode
            == 0
        ):
            return candidate
    pytest.skip("no setuptools 77 or newer here, and a test fetches nothing")


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """The wheel's content, as an installation lays it out."""
    python = python_that_builds()
    work = tmp_path_factory.mktemp("wheel")
    source, out = work / "source", work / "out"
    source.mkdir()
    out.mkdir()
    for name in NEEDED:
        place = PROJECT / name
        copy = shutil.copytree if place.is_dir() else shutil.copy
        copy(place, source / name)
    built = subprocess.run(
        [python, "-c", BUILD, str(out)], cwd=source, capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = out.glob("clinic_desktop-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(work / "site")
    return work / "site"


def files(folder: Path) -> set[str]:
    found = (p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return {p.relative_to(folder).as_posix() for p in found}


def test_every_file_of_the_program_is_inside(site):
    assert files(PROJECT / "clinic_desktop") <= files(site / "clinic_desktop")


def test_every_resource_is_inside(site):
    assert files(PROJECT / "resources") == files(site / "clinic_desktop" / "resources")


def test_tests_and_tools_are_not(site):
    assert {p.name for p in site.iterdir() if p.suffix != ".dist-info"} == {"clinic_desktop"}


def test_the_installed_program_finds_its_own_resources(site, tmp_path):
    code = "from clinic_desktop.foundation.resources import resource; print(resource('fonts'))"
    command = [sys.executable, "-P", "-c", code]
    environment = os.environ | {"PYTHONPATH": str(site)}
    found = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert Path(found.stdout.strip()) == site / "clinic_desktop" / "resources" / "fonts"


def test_both_commands_are_there(site):
    (metadata,) = site.glob("clinic_desktop-*.dist-info")
    entry_points = (metadata / "entry_points.txt").read_text(encoding="utf-8")
    assert "clinic-desktop = clinic_desktop.__main__:main" in entry_points

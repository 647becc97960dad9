"""A disk that is really full: what was acknowledged stays, what was not is told, and it goes on once there is
room. On a file system of a few megabytes in memory; skipped where nobody may mount one.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.people.model import Patient
from clinic_desktop.storage import check
from clinic_desktop.storage.backing_up import back_up
from clinic_desktop.storage.backup import NO_ROOM
from clinic_desktop.storage.backup_folder import NO_ROOM as BACKUP_NO_ROOM
from clinic_desktop.storage.engine import beside
from clinic_desktop.storage.failures import FULL
from clinic_desktop.storage.looking import open_to_look
from clinic_desktop.storage.store import open_store
from tests.clinics import sealed_in
from tests.small_clinic import SmallClinic, at_home, build

MEGABYTE = 2**20
A_ROW = "x" * 2_000  # of a note: the disk is full after some hundreds


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    size = f"size={24 * MEGABYTE}"
    mounted = sys.platform == "linux" and not _run("mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder))
    if not mounted:
        pytest.skip("nobody may mount a small file system here")
    try:
        yield folder
    finally:
        _run("umount", "--lazy", str(folder))


def _run(*command: str) -> int:
    try:
        return subprocess.run(command, check=False, capture_output=True, timeout=30).returncode
    except OSError:
        return 1


@contextmanager
def filled(disk: Path, left: int) -> Iterator[None]:
    """With so many bytes left on it."""
    filler = disk / "filler"
    with filler.open("wb") as file:
        while _free(disk) > left:
            file.write(bytes(min(MEGABYTE, _free(disk) - left)))
            file.flush()
    yield
    filler.unlink()


def _free(disk: Path) -> int:
    found = os.statvfs(disk)
    return found.f_bavail * found.f_frsize


@pytest.fixture(params=["sqlite", "sealed"])
def clinic(
    request: pytest.FixtureRequest, disk: Path, sealed_model: tuple[SmallClinic, bytes]
) -> Iterator[SmallClinic]:
    folder = disk / "clinic"
    if request.param == "sqlite":
        clinic = build(folder, open_store)
    else:
        folder.mkdir()
        clinic = sealed_in(folder, sealed_model)
    yield clinic
    clinic.store.close()


def patients(clinic: SmallClinic) -> list[str]:
    with clinic.store.read() as records:
        return sorted(one.family_name for one in records.find(Patient, given_name="New"))


def add(clinic: SmallClinic, number: int) -> None:
    new = Patient(given_name="New", family_name=f"{number:04}", notes=A_ROW)
    with clinic.store.write(PROGRAM) as unit:
        unit.add(new)
        unit.commit()


def until_full(clinic: SmallClinic, kept: list[str]) -> str:
    """Add patients until that is refused, and what is said then; ``kept``: those that were acknowledged."""
    for number in range(2_000):
        try:
            add(clinic, number)
        except EnvironmentFailure as failure:
            return str(failure)
        kept.append(f"{number:04}")
    return ""


def test_what_was_acknowledged_stays_and_it_goes_on_with_room(clinic: SmallClinic, disk: Path) -> None:
    kept: list[str] = []
    with filled(disk, MEGABYTE):
        said = until_full(clinic, kept)
    assert said == FULL
    assert len(kept) > 5
    assert patients(clinic) == kept
    add(clinic, 9999)
    assert patients(clinic) == [*kept, "9999"]
    assert check.findings(clinic.store.where) == []


def test_who_only_looks_on_a_full_disk_sees_everything(clinic: SmallClinic, disk: Path) -> None:
    add(clinic, 9998)
    with filled(disk, 0):
        assert patients(clinic) == ["9998"]
        assert until_full(clinic, []) == FULL


def test_a_backup_that_finds_no_room_leaves_the_last_one_and_no_half(clinic: SmallClinic, disk: Path) -> None:
    good = back_up(clinic.store).file
    before = sorted(one.name for one in good.parent.iterdir())
    with filled(disk, MEGABYTE // 4), pytest.raises(EnvironmentFailure) as full:
        back_up(clinic.store)
    assert str(full.value) in (NO_ROOM, BACKUP_NO_ROOM.format(folder=good.parent))
    assert sorted(one.name for one in good.parent.iterdir()) == before
    assert check.findings(beside(clinic.store.where, good)) == []


@pytest.mark.parametrize("journal", [False, True], ids=["closed", "after a crash"])
def test_a_clinic_that_cannot_be_opened_says_that_the_disk_is_full_and_not_damaged(
    clinic: SmallClinic, disk: Path, *, journal: bool
) -> None:
    add(clinic, 1)
    clinic.store.close()
    path = disk / "clinic" / "clinic.sqlite"
    path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
    journal_file = path.with_name(f"{path.name}-wal")
    journal_file.unlink(missing_ok=True)
    if journal:
        journal_file.touch()
    with filled(disk, 0):
        with pytest.raises(EnvironmentFailure) as full:
            opened_and_read(clinic)
        looking = replace(clinic, store=open_to_look(clinic.store.where, clinic.clock))
        assert patients(looking) == ["0001"]
        looking.store.close()
    assert str(full.value) == FULL
    assert opened_and_read(clinic) == ["0001"]
    assert check.findings(clinic.store.where) == []


def opened_and_read(clinic: SmallClinic) -> list[str]:
    again = at_home(clinic, clinic.store.where)
    try:
        return patients(again)
    finally:
        again.store.close()

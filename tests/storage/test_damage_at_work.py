"""A file that is found damaged while it is open is read as far as it goes, and written no more."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.errors import StoreRefused
from clinic_desktop.people.model import Patient
from clinic_desktop.storage import damage, failures, look
from clinic_desktop.storage.backup_folder import hash_of
from clinic_desktop.storage.store import SqlStore, open_store

PAGE = 4096


def _people(store: SqlStore, *names: str) -> None:
    with store.write(PROGRAM) as unit:
        for name in names:
            unit.add(Patient(given_name=name, notes="x" * 3000))
        unit.commit()


@pytest.fixture
def spoiled(clinic_file: Path, monkeypatch: pytest.MonkeyPatch) -> SqlStore:
    """A large clinic, open, with one page of its patients gone bad that nobody has met yet."""
    with closing(open_store(clinic_file)) as store:
        _people(store, *(f"P{number}" for number in range(50)))
    with closing(sqlite3.connect(clinic_file)) as direct:
        (root,) = direct.execute("SELECT rootpage FROM sqlite_master WHERE name = 'patient'").fetchone()
        last = direct.execute("PRAGMA page_count").fetchone()[0]
        assert direct.execute("SELECT count(*) FROM patient").fetchone() == (50,)
    whole = clinic_file.read_bytes()
    found = [
        number
        for number in range(root, last)
        if whole[number * PAGE] == 13 and b"P30" in whole[number * PAGE : (number + 1) * PAGE]
    ]
    with clinic_file.open("r+b") as file:
        for number in found:
            file.seek(number * PAGE)
            file.write(b"\xa5" * 5000)
    monkeypatch.setattr(look, "WHOLE_CHECK_BYTES", 0)
    return open_store(clinic_file)


def _refused(store: SqlStore) -> None:
    with pytest.raises(StoreRefused) as told:
        _people(store, "After")
    assert str(told.value) == damage.NOT_WRITTEN


def test_a_large_file_is_read_whole_behind_the_window_and_written_no_more(spoiled: SqlStore) -> None:
    file = Path(str(spoiled.where))
    _people(spoiled, "Before")  # nobody has met it
    with spoiled.write(PROGRAM) as begun:
        begun.add(Patient(given_name="Begun"))
        with pytest.raises(StoreRefused, match="damaged"):
            spoiled.read_whole()
        with pytest.raises(StoreRefused, match="nothing more is saved"):
            begun.commit()
    assert spoiled.damaged
    journal = hash_of(file.with_name(f"{file.name}-wal"))
    _refused(spoiled)
    assert hash_of(file.with_name(f"{file.name}-wal")) == journal
    with spoiled.read() as records:  # what is whole is read
        assert records.get(Patient, 1).given_name == "P0"
    spoiled.close()
    before = hash_of(file)
    with closing(open_store(file)) as again:
        with pytest.raises(StoreRefused, match="damaged"):
            again.read_whole()
        _refused(again)
    assert hash_of(file) == before


def test_whoever_comes_upon_damage_ends_the_writing(spoiled: SqlStore) -> None:
    file = Path(str(spoiled.where))
    before = hash_of(file)
    with pytest.raises(StoreRefused) as told, spoiled.read() as records:
        records.find(Patient)
    assert str(told.value) == failures.DAMAGED
    _refused(spoiled)
    spoiled.close()
    assert hash_of(file) == before


def test_a_sound_file_is_read_whole_and_written_on(
    clinic_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(look, "WHOLE_CHECK_BYTES", 0)
    with closing(open_store(clinic_file)) as store:
        store.read_whole()
        _people(store, "Ann")
        store.read_whole()
        assert not store.damaged

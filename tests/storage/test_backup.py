"""A copy of one moment, whole and checked, while others go on working."""

import sqlite3
import threading
from contextlib import closing

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.booking import book
from clinic_desktop.storage import check, look
from clinic_desktop.storage.backup import copy_file
from clinic_desktop.storage.store import open_store


def test_a_backup_is_the_clinic_as_it_is(file_clinic, tmp_path):
    book(file_clinic.store, file_clinic.desk, file_clinic.wish())
    copy = copy_file(file_clinic.store.where, tmp_path / "backups" / "monday.db")
    assert check.findings(copy) == []
    assert [one.name for one in copy.parent.iterdir()] == ["monday.db"]
    assert copy.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(copy)) as one, closing(sqlite3.connect(file_clinic.store.where)) as other:
        assert list(one.iterdump()) == list(other.iterdump())
    store = open_store(copy, file_clinic.clock)
    with store.read() as records:
        assert len(records.find(Patient)) == 2
    store.close()


def test_a_backup_while_others_write_is_of_one_moment(file_clinic, tmp_path):
    store, stop = file_clinic.store, threading.Event()

    def write_on() -> None:
        while not stop.is_set():
            with store.write(PROGRAM) as unit:
                unit.add_all([Patient(given_name="One"), Patient(given_name="Other")])
                unit.commit()

    writer = threading.Thread(target=write_on)
    writer.start()
    copies = [copy_file(store.where, tmp_path / f"{n}.db") for n in range(5)]
    stop.set()
    writer.join()
    for copy in copies:
        assert check.findings(copy) == []
        with closing(sqlite3.connect(copy)) as one:
            pairs = one.execute("SELECT given_name, count(*) FROM patient GROUP BY 1 HAVING count(*) > 1")
            assert len(set(dict(pairs).values())) <= 1


def test_a_backup_never_goes_over_a_file(file_clinic, tmp_path):
    there = tmp_path / "there.txt"
    there.write_text("mine")
    with pytest.raises(EnvironmentFailure, match=r"a file called there\.txt already"):
        copy_file(file_clinic.store.where, there)
    assert there.read_text() == "mine"


@pytest.mark.parametrize("part", ["check_whole", "triggers"])
def test_a_copy_that_is_not_sound_is_not_kept(file_clinic, tmp_path, monkeypatch, part):
    answers = {"check_whole": [False], "triggers": [{"claim_insert": "..."}, {}]}[part]
    monkeypatch.setattr(look, part, lambda _connection: answers.pop(0))
    with pytest.raises(EnvironmentFailure, match="not sound, so it was not kept"):
        copy_file(file_clinic.store.where, tmp_path / "backups" / "copy.db")
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_damaged_clinic_makes_no_backup(clinic_file, tmp_path):
    store = open_store(clinic_file)
    with store.write(PROGRAM) as unit:
        unit.add_all([Patient(notes="x" * 3000) for _ in range(50)])
        unit.commit()
    store.close()
    store = open_store(clinic_file)
    with clinic_file.open("r+b") as file:
        file.seek(40 * 4096)
        file.write(b"\xff" * 4096 * 5)
    with pytest.raises(EnvironmentFailure):
        copy_file(store.where, tmp_path / "copy.db")
    assert not list(tmp_path.glob("*copy*"))
    store.close()

"""A backup in the place of the clinic: seen first, swapped in one step, nothing of before ever gone."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import partial

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.errors import EnvironmentFailure, StoreRefused
from clinic_desktop.foundation.secrets import Secret
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.booking import book
from clinic_desktop.security.account import Account
from clinic_desktop.security.hashing import hashed
from clinic_desktop.storage import check, look, restoring
from clinic_desktop.storage.backing_up import back_up_to
from clinic_desktop.storage.restoring import look_into, restore
from clinic_desktop.storage.store import open_store
from tests.every_case import EVERY_CASE
from tests.storage.conftest import beside
from tests.storage.open_elsewhere import open_elsewhere


@pytest.fixture
def backed_up(file_clinic, tmp_path):
    """The small clinic, a backup of it, and a visit that came after."""
    made = back_up_to(file_clinic.store, tmp_path / "monday.bak")
    book(file_clinic.store, file_clinic.desk, file_clinic.wish())
    file_clinic.store.close()
    return file_clinic.store.where, made.file


def visits(path):
    with beside(path) as direct:
        return direct.one("SELECT count(*) FROM visit"), direct.one("SELECT count(*) FROM patient")


def test_a_look_says_what_is_in_it_and_what_came_after(backed_up):
    where, file = backed_up
    before = where.read_bytes(), file.read_bytes()
    seen = look_into(file, where)
    assert (seen.sound, seen.as_written, seen.same_clinic) == (True, True, True)
    assert (seen.inside.visits, seen.now.visits, seen.inside.patients) == (0, 1, 2)
    assert seen.lost > 0
    assert seen.now.last is not None
    assert seen.inside.last is None
    assert (where.read_bytes(), file.read_bytes()) == before


def test_a_restore_keeps_what_was_there_and_is_on_record(backed_up):
    where, file = backed_up
    done = restore(where, file)
    assert visits(where)[0] == 0
    assert check.findings(where) == []
    aside = where.with_name(done.aside)
    assert visits(aside)[0] == 1
    with beside(where) as direct:
        action, after = direct.run("SELECT action, after FROM audit ORDER BY id DESC LIMIT 1")[0]
    about = json.loads(after)
    assert action == "restored"
    assert about["backup"]["number"] < about["instead"]["number"]
    assert about["aside"] == done.aside
    # And back again: nothing is overwritten.
    again = restore(where, aside)
    assert visits(where)[0] == 1
    assert len({done.aside, again.aside}) == 2


def test_that_a_backup_is_of_before_the_first_account_is_seen_and_on_record(backed_up):
    where, file = backed_up
    assert not look_into(file, where).before_accounts  # nor is there one now
    with closing(open_store(where)) as store, store.write(PROGRAM) as unit:
        unit.add(Account(staff_id=1, password=Secret(hashed("purple tomato lamp"))))
        unit.commit()
    assert look_into(file, where).before_accounts
    assert look_into(file, where.with_name("none.sqlite")).before_accounts
    done = restore(where, file)
    with beside(where) as direct:
        after = direct.run("SELECT after FROM audit ORDER BY id DESC LIMIT 1")[0][0]
    assert json.loads(after)["accounts"] == "none: of before the first"
    assert not look_into(where.with_name(done.aside), where).before_accounts


def test_a_backup_of_another_computer_is_marked_here_and_no_key_is_left_over(
    backed_up, tmp_path, monkeypatch, clinic_home
):
    """Or of a time before this computer had a key for the clinic; else check missed the mark ever after."""
    where, file = backed_up
    monkeypatch.setenv("CLINIC_DESKTOP_HOME", str(tmp_path / "another computer"))
    (tmp_path / "another computer").mkdir()
    with closing(open_store(where)) as store, store.write(PROGRAM) as unit:
        unit.add(Patient(family_name="Dee"))
        unit.commit()
    restore(where, file)
    assert check.findings(where) == []
    keys = list((tmp_path / "another computer" / "trail-keys").iterdir())
    assert len(keys) == 1
    with beside(where) as direct:
        direct.run("UPDATE head SET marks = '{}'")
    assert [one.code for one in check.findings(where)] == ["mark"]


def test_nobody_may_have_it_open(backed_up):
    where, file = backed_up
    with closing(open_store(where)) as store, store.read() as records:
        records.find(Patient)
        with pytest.raises(EnvironmentFailure, match="open in another window"):
            restore(where, file)
    assert visits(where)[0] == 1
    assert not list(where.parent.glob("*before restoring*"))
    assert not list(where.parent.glob(".*"))


def test_nor_may_one_that_cannot_be_read_any_more(backed_up):
    """A page of old audit is spoiled: the other window goes on, and what it saves would be in no clinic."""
    where, file = backed_up
    with closing(sqlite3.connect(where)) as line:
        ((page,),) = line.execute("SELECT rootpage FROM sqlite_master WHERE name = 'audit'").fetchall()
        ((size,),) = line.execute("PRAGMA page_size").fetchall()
    with where.open("r+b") as spoiled:
        spoiled.seek((page - 1) * size)
        spoiled.write(b"\xff" * 200)
    with open_elsewhere(where, "UPDATE head SET change_number = change_number"):
        before = where.read_bytes()
        assert look_into(file, where).now is None
        with pytest.raises(EnvironmentFailure, match="open in another window"):
            restore(where, file)
        assert where.read_bytes() == before
        assert not list(where.parent.glob("*before restoring*"))
        assert not list(where.parent.glob(".*"))
    before = where.read_bytes()
    done = restore(where, file)
    assert where.with_name(done.aside).read_bytes() == before
    assert visits(where)[0] == 0
    assert not list(where.parent.glob(".*"))


@pytest.mark.skipif(os.name == "nt", reason="no open file is renamed there, and so none is locked")
def test_without_hard_links_too_nobody_gets_in_before_the_swap(backed_up, monkeypatch):
    """A process that closes a file it had opened besides SQLite lets go of SQLite's lock on it."""
    where, file = backed_up
    told = []
    code = "import sqlite3, sys; line = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None); "
    code += "line.execute('BEGIN IMMEDIATE')"

    def no_links(*_names: object) -> None:
        raise OSError(1, "Operation not permitted")

    def come(folder) -> None:
        if list(folder.glob("*before restoring*")) and not told:  # before it has the clinic's name
            ended = subprocess.run(
                [sys.executable, "-c", code, str(where)], capture_output=True, text=True, check=False
            )
            told.append(ended.stderr)

    monkeypatch.setattr(os, "link", no_links)
    monkeypatch.setattr(restoring, "sync_folder", come)
    done = restore(where, file)
    assert "database is locked" in told[0]
    assert visits(where.with_name(done.aside))[0] == 1
    assert visits(where)[0] == 0


def test_what_is_not_as_it_was_written_is_not_restored(backed_up, tmp_path):
    where, file = backed_up
    for offset, words in ((24, "not as it was written"), (200_000, "not")):
        bad = tmp_path / f"bad{offset}"
        data = bytearray(file.read_bytes())
        data[offset : offset + 4] = b"\xff\xff\xff\xff"
        bad.write_bytes(data)
        shutil.copy(f"{file}.json", f"{bad}.json")
        with pytest.raises(EnvironmentFailure, match=words):
            restore(where, bad)
    with pytest.raises(EnvironmentFailure, match="no backup at"):
        restore(where, tmp_path / "none")
    with pytest.raises(EnvironmentFailure, match="own file"):
        restore(where, where)
    assert visits(where)[0] == 1


def test_a_damaged_clinic_is_kept_aside_with_its_log(backed_up):
    where, file = backed_up
    damaged = b"SQLite format 3\0" + b"\xff" * 8000
    where.write_bytes(damaged)
    where.with_name(f"{where.name}-wal").write_bytes(b"log")
    seen = look_into(file, where)
    assert seen.now is None
    assert seen.sound
    done = restore(where, file)
    assert visits(where)[0] == 0
    assert where.with_name(done.aside).read_bytes() == damaged
    assert where.with_name(f"{done.aside}-wal").read_bytes() == b"log"


def test_a_log_of_data_that_was_taken_away_is_not_read_into_what_is_restored(file_clinic, tmp_path):
    """SQLite would: the visits of the log would stand in the restored clinic, or its pages be mixed up."""
    where = file_clinic.store.where
    made = back_up_to(file_clinic.store, tmp_path / "monday.bak")
    book(file_clinic.store, file_clinic.desk, file_clinic.wish())
    log = where.with_name(f"{where.name}-wal")
    said = log.read_bytes()
    file_clinic.store.close()
    where.rename(tmp_path / "taken away")
    log.write_bytes(said)
    restore(where, made.file)
    assert visits(where)[0] == 0
    assert check.findings(where) == []
    (aside,) = tmp_path.glob("* before restoring *-wal")
    assert aside.read_bytes() == said


def test_no_clinic_is_made_where_the_log_of_another_lies(file_clinic, tmp_path):
    book(file_clinic.store, file_clinic.desk, file_clinic.wish())
    where = file_clinic.store.where
    new = tmp_path / "new" / "clinic.sqlite"
    new.parent.mkdir()
    log = new.with_name("clinic.sqlite-wal")
    log.write_bytes(where.with_name(f"{where.name}-wal").read_bytes())
    with pytest.raises(StoreRefused, match="journal of data"):
        open_store(new, make=True)
    assert [one.name for one in new.parent.iterdir()] == [log.name]


def test_a_new_computer_has_no_clinic_yet(backed_up, tmp_path):
    _, file = backed_up
    done = restore(tmp_path / "new" / "clinic.sqlite", file)
    assert done.aside is None
    assert visits(tmp_path / "new" / "clinic.sqlite")[1] == 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="ends a process at each step")
def test_the_power_goes_at_each_step(backed_up, tmp_path):
    """Whatever step it was, the clinic's name has all of before or all of the backup, and before is there."""
    where, file = backed_up
    seen, stride = set(), 1 if EVERY_CASE else 2
    step = 1 - stride
    while True:
        step += stride
        home = tmp_path / str(step)
        home.mkdir()
        clinic = home / "clinic.sqlite"
        shutil.copy(where, clinic)
        ended = ends_at(step, partial(restore, clinic, file))
        now = visits(clinic)[0]
        assert look.look(clinic) is not None  # whole, guarded and ours
        kept = [visits(one)[0] for one in home.glob("* before restoring *.sqlite")]
        assert now in (0, 1)
        assert now == 1 or kept == [1]
        seen.add((now, len(kept)))
        if not ended:
            assert check.findings(clinic) == []
            break
    assert step > 8
    assert {(1, 0), (1, 1), (0, 1)} <= seen


def ends_at(step, restoring_it):
    """Restore in a process that ends without a word before its n-th call on the disk; False: it did not."""
    child = os.fork()
    if child == 0:
        left = [step]

        def counted(call):
            def wrapper(*arguments, **named):
                left[0] -= 1
                if left[0] == 0:
                    os._exit(9)
                return call(*arguments, **named)

            return wrapper

        os.fsync = lambda _file: None  # counted as a step; the system keeps what a process wrote without it
        try:
            for name in ("link", "fsync", "open", "replace"):
                setattr(os, name, counted(getattr(os, name)))
            restoring.Path.replace = counted(restoring.Path.replace)
            restoring.Path.unlink = counted(restoring.Path.unlink)
            restoring_it()
        except BaseException:
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, 9)
    return code == 9


def test_the_lock_is_not_held_by_whoever_only_looked(backed_up):
    where, file = backed_up
    look_into(file, where)
    with closing(sqlite3.connect(where)) as line:
        line.execute("BEGIN EXCLUSIVE")

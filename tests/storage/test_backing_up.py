"""A dated backup: brought whole to its folder, checked, on record; the old ones go, and nothing else does."""

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.backups import KEYS
from clinic_desktop.foundation.clock import SystemClock
from clinic_desktop.foundation.errors import EnvironmentFailure, Refusal, RightMissing
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.booking import book
from clinic_desktop.security import key_slots
from clinic_desktop.security.emergency_access import emergency
from clinic_desktop.security.key_slots import new_slots, with_recovery_key
from clinic_desktop.storage import against_backups, backing_up, backup, backup_folder, check, make_backup
from clinic_desktop.storage.backing_up import back_up, back_up_to
from clinic_desktop.storage.engine import Sealed
from clinic_desktop.storage.keeper import ClinicKeeper
from clinic_desktop.storage.keyed import with_its_key
from clinic_desktop.storage.restoring import look_into, restore
from clinic_desktop.storage.store import open_store
from tests.storage.conftest import beside

KEY = bytes(range(32))


@pytest.fixture(autouse=True)
def _own_settings(tmp_path, monkeypatch):
    monkeypatch.setenv(settings.HOME_VARIABLE, str(tmp_path / "home"))


def test_a_backup_lies_beside_the_data_with_its_facts_and_is_on_record(file_clinic):
    made = back_up(file_clinic.store)
    assert made.file.parent == file_clinic.store.where.parent / "backups"
    assert made.good
    assert check.findings(made.file) == []
    assert sorted(one.name for one in made.file.parent.iterdir()) == [
        made.file.name,
        f"{made.file.name}.json",
    ]
    assert all(one.stat().st_mode & 0o077 == 0 for one in made.file.parent.iterdir())
    assert not list(made.file.parent.parent.glob(".*"))
    beside_it = json.loads(backup_folder.side_file(made.file).read_text())
    with beside(made.file) as copy:
        assert copy.run("SELECT audit_id, audit_hash FROM head") == [tuple(beside_it["audit"].values())]
    with beside(file_clinic.store.where) as direct:
        action, after = direct.run("SELECT action, after FROM audit ORDER BY id DESC LIMIT 1")[0]
    assert action == "backed up"
    assert json.loads(after)["hash"] == beside_it["audit"]["hash"]
    assert backup_folder.known(file_clinic.store.where, made.facts.clinic) == [made]


@pytest.mark.skipif(os.name == "nt", reason="there it goes by its age")
def test_what_a_program_that_was_ended_left_goes_at_the_next_start(file_clinic):
    """In clear for a plain clinic. What another program is making stays, and so does somebody's own."""
    folder = file_clinic.store.where.parent
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        gone = [folder / f".clinic-backup-{ended.pid}-0123abcd.local{end}" for end in ("", "-wal", ".keys")]
        stay = [
            folder / f".clinic-backup-{other.pid}-0123abcd.local",
            folder / ".clinic-backup-ours.local",
            backup_folder.unfinished(folder),
        ]
        for one in (*gone, *stay):
            one.write_bytes(b"all of a clinic")
        ClinicKeeper(file_clinic.store).standing()
        assert not [one for one in gone if one.exists()]
        assert all(one.exists() for one in stay)


def test_the_old_ones_go_and_what_is_not_ours_stays(file_clinic):
    folder = file_clinic.store.where.parent / "backups"
    first = back_up(file_clinic.store)
    other = folder / "clinic-backup-2020-01-01-000000.sqlite"  # no facts beside it
    other.write_bytes(b"mine")
    foreign = folder / "another-clinic.sqlite"
    shutil.copy(first.file, foreign)
    facts = backup_folder.side_file(first.file).read_text()
    backup_folder.side_file(foreign).write_text(facts.replace(first.facts.clinic, "f" * 64))
    for _ in range(17):
        file_clinic.clock.at += timedelta(days=1)
        last = back_up(file_clinic.store)
    left = backup_folder.found_in(folder, first.facts.clinic)
    assert len(left) == 14
    assert left[0] == last
    assert not backup_folder.side_file(first.file).exists()
    assert other.exists()
    assert foreign.exists()


def test_a_name_is_of_the_clinics_clock_and_the_hour_that_comes_twice_has_two_names(file_clinic):
    made = []
    for hour in (6, 7):  # 1:30 AM in Chicago, before and after the clocks are set back
        file_clinic.clock.at = datetime(2026, 11, 1, hour, 30, tzinfo=UTC)
        made.append(back_up(file_clinic.store))
    assert [one.file.name for one in made] == [
        "clinic-backup-2026-11-01-013000-0500.sqlite",
        "clinic-backup-2026-11-01-013000-0600.sqlite",
    ]
    assert backup_folder.known(file_clinic.store.where, made[0].facts.clinic) == made[::-1]


def test_a_backup_on_another_disk_is_read_again_after_it_arrived(file_clinic, tmp_path, monkeypatch):
    folder = tmp_path / "stick"
    folder.mkdir()
    settings.remember_backup_folder(str(file_clinic.store.where), folder)
    monkeypatch.setattr(backup_folder.os, "link", _no_links)
    made = back_up(file_clinic.store)
    assert made.file.parent == folder
    assert backup_folder.hash_of(made.file) == made.facts.sha256
    file_clinic.clock.at += timedelta(days=1)
    monkeypatch.setattr(backup_folder.shutil, "copyfileobj", lambda _a, target, _n: target.write(b"\0"))
    with pytest.raises(EnvironmentFailure, match="did not arrive"):
        back_up(file_clinic.store)
    assert sorted(one.name for one in folder.iterdir()) == [made.file.name, f"{made.file.name}.json"]


def _no_links(*_):
    raise OSError(errno.EXDEV, "another disk")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "no room for a backup"),
        (errno.EROFS, "No backup can be written"),
        (errno.EIO, "written"),
    ],
)
def test_a_folder_that_takes_nothing_is_said_and_the_day_is_untouched(
    file_clinic, tmp_path, monkeypatch, number, words
):
    def fails(*_):
        raise OSError(number, "no")

    monkeypatch.setattr(backup_folder.os, "link", _no_links)
    monkeypatch.setattr(backup_folder.shutil, "copyfileobj", fails)
    folder = tmp_path / "stick"
    folder.mkdir()
    with pytest.raises(EnvironmentFailure, match=words):
        back_up(file_clinic.store, folder)
    assert list(folder.iterdir()) == []
    assert not list(file_clinic.store.where.parent.glob(".clinic-backup*"))
    book(file_clinic.store, file_clinic.desk, file_clinic.wish())
    assert check.findings(file_clinic.store.where) == []


def test_a_drive_that_is_away_is_not_made_anew(file_clinic, tmp_path):
    with pytest.raises(EnvironmentFailure, match="is not there"):
        back_up(file_clinic.store, tmp_path / "away")
    with pytest.raises(EnvironmentFailure, match="is not there"):
        back_up_to(file_clinic.store, tmp_path / "away" / "one.sqlite")
    assert not (tmp_path / "away").exists()


def test_a_backup_of_data_that_does_not_hold_together_says_so(file_clinic):
    with beside(file_clinic.store.where) as direct:
        direct.run("PRAGMA foreign_keys = OFF")
        direct.run("UPDATE head SET change_number = change_number + 5")
    made = back_up(file_clinic.store)
    assert made.facts.findings == ("audit",)
    assert not made.good


def test_check_holds_the_trail_against_the_backups(file_clinic, tmp_path):
    store = file_clinic.store
    where = store.where
    first = back_up(store)
    book(store, file_clinic.desk, file_clinic.wish())
    file_clinic.clock.at += timedelta(hours=1)
    back_up(store)
    assert against_backups.findings(where) == []
    store.close()
    # Restored as it should be: the trail says so, and the later backup is accounted for.
    restore(where, first.file, clock=file_clinic.clock)
    assert against_backups.findings(where) == []
    # The same by somebody who copies the file into its place.
    shutil.copy(first.file, where)
    assert [one.code for one in against_backups.findings(where)] == [against_backups.CODE]


def test_a_sealed_clinics_backup_stays_sealed_and_brings_its_slots(tmp_path):
    where = Sealed(tmp_path / "clinic.sqlite", KEY)
    slots = where.path.with_name("clinic.sqlite.keys")
    key_slots.write(where.path, with_recovery_key(new_slots(), KEY)[0])
    with closing(open_store(where, make=True)) as store:
        with store.write(PROGRAM) as unit:
            unit.add(Patient(given_name="Ada"))
            unit.commit()
        made = back_up(store)
    assert made.file.with_name(f"{made.file.name}.keys").read_bytes() == slots.read_bytes()
    assert not made.file.read_bytes().startswith(b"SQLite")
    assert made.good
    assert look_into(made.file, where).lost == 0
    assert restore(where, made.file).aside
    assert check.findings(where) == []
    (aside,) = tmp_path.glob("* before restoring *.sqlite")
    assert check.findings(Sealed(aside, KEY)) == []
    assert aside.with_name(f"{aside.name}.keys").exists()


def test_no_slots_are_left_over_and_those_that_are_kept_are_for_their_owner_alone(tmp_path, monkeypatch):
    where = Sealed(tmp_path / "clinic.sqlite", KEY)
    key_slots.write(where.path, with_recovery_key(new_slots(), KEY)[0])
    with closing(open_store(where, make=True)) as store:
        made = back_up(store)
    left = [one.name for one in tmp_path.iterdir() if one.name.startswith(".")]
    assert left == [], "what opened the clinic once stays beside it, whatever is changed later"
    elsewhere = tmp_path / "new" / "clinic.sqlite"
    before = os.umask(0o022)
    try:
        restore(Sealed(elsewhere, KEY), made.file)
        monkeypatch.setattr(os, "link", no_links)  # as on a stick
        restore(Sealed(elsewhere, KEY), made.file)
    finally:
        os.umask(before)
    files = [one for one in elsewhere.parent.iterdir() if one.is_file()]
    assert len(files) == 4
    if os.name != "nt":
        assert [one.name for one in files if one.stat().st_mode & 0o077] == []


def no_links(*_: object) -> None:
    raise OSError(errno.EPERM, "Operation not permitted")


def test_what_a_crash_left_goes_later(file_clinic, monkeypatch):
    ahead = SystemClock().now() + timedelta(hours=8)  # of the disk's clock, as on a network
    monkeypatch.setattr(SystemClock, "now", lambda _self: ahead)
    folder = file_clinic.store.where.parent
    left = folder / ".clinic-backup-1234.local"
    slots = folder / ".clinic-backup-1234.local.keys"
    young = folder / ".clinic-backup-5678.local"
    for one in (left, slots, young):
        one.write_bytes(b"x")
    for one in (left, slots):
        os.utime(one, (0, 0))
    back_up(file_clinic.store)
    assert not left.exists()
    assert not slots.exists()
    assert young.exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="ends a process in the middle")
@pytest.mark.parametrize("where_it_ends", [(backup, "_checked"), (backup_folder, "_write")])
def test_what_a_backup_that_was_killed_left_goes_later_wherever_it_lies(
    file_clinic, tmp_path, monkeypatch, where_it_ends
):
    target = tmp_path / "stick"
    target.mkdir()
    child = os.fork()
    if child == 0:
        monkeypatch.setattr(*where_it_ends, lambda *_all: os._exit(9))
        make_backup.make(file_clinic.store.where, target / "clinic-backup-1.sqlite", file_clinic.clock.now())
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    folders = (file_clinic.store.where.parent, target)
    left = [one for folder in folders for one in folder.iterdir() if "clinic-backup" in one.name]
    assert left
    made = back_up_to(file_clinic.store, target / "kept.sqlite").file
    brought = [one for one in left if one.parent == target]  # by another computer, which may be at work
    assert [one for one in left if one.exists()] == (left if os.name == "nt" else brought)
    for one in brought:
        os.utime(one, (0, 0))
    back_up(file_clinic.store, target)
    assert [one.name for one in left if one.exists()] == []
    assert made.exists()


@pytest.mark.parametrize("torn", [True, False], ids=["damaged", "missing"])
def test_a_backup_without_what_opens_it_is_not_good_and_the_good_one_before_stays(tmp_path, torn):
    where = Sealed(tmp_path / "clinic.sqlite", KEY)
    key_slots.write(where.path, with_recovery_key(new_slots(), KEY)[0])
    slots = key_slots.slots_file(where.path)
    with closing(open_store(where, make=True)) as store:
        with store.write(PROGRAM) as unit:
            unit.add(Patient(family_name="Lee", given_name="Ana"))
            unit.commit()
        good = back_up(store)
        if torn:
            slots.write_bytes(slots.read_bytes()[:-200])
        else:
            slots.unlink()
        made = back_up(store)
        keeper = ClinicKeeper(store)
        stands = keeper.standing()
        told = check.findings(where)
        slots.write_bytes(key_slots.slots_file(good.file).read_bytes())
        mended = keeper.standing()
    assert good.good
    assert (made.good, made.facts.findings) == (False, (KEYS,))
    assert not key_slots.slots_file(made.file).exists()
    assert key_slots.read(good.file)
    assert (stands.keys_lost, stands.keys_copy) == (slots, key_slots.slots_file(good.file))
    assert (mended.keys_lost, mended.keys_copy) == (None, None)
    assert [(one.code, "Every backup has a copy of it" in one.message) for one in told] == [(KEYS, True)]
    assert check.findings(where) == []
    assert restore(where, good.file).aside


def test_the_check_of_an_encrypted_clinic_that_nothing_opens_any_more_names_its_keys(tmp_path):
    where = Sealed(tmp_path / "clinic.sqlite", KEY)
    key_slots.write(where.path, with_recovery_key(new_slots(), KEY)[0])
    open_store(where, make=True).close()
    key_slots.slots_file(where.path).unlink()
    (found,) = check.findings(with_its_key(str(where.path)))
    assert found.code == KEYS
    assert "clinic.sqlite.keys is missing" in found.message


def test_two_in_the_same_second_have_two_names(file_clinic):
    one, other = back_up(file_clinic.store), back_up(file_clinic.store)
    assert one.file != other.file
    assert {found.file for found in backup_folder.known(file_clinic.store.where, one.facts.clinic)} == {
        one.file,
        other.file,
    }
    assert one.good
    assert other.good
    with pytest.raises(backup_folder.NameTaken):
        back_up_to(file_clinic.store, one.file)


@pytest.mark.parametrize("links", [True, False], ids=["hard links", "a stick"])
def test_two_desks_that_bring_one_at_the_same_moment_never_mix_a_file_with_the_others_facts(
    file_clinic, tmp_path, monkeypatch, links
):
    if not links:
        monkeypatch.setattr(backup_folder.os, "link", _no_links)
    facts = back_up(file_clinic.store).facts
    for n in range(10):
        target, both = tmp_path / f"{n}.sqlite", Barrier(2)

        def bring(letter, target=target, both=both):
            local = target.with_name(f"{target.name}.{letter}")
            local.write_bytes(letter.encode() * 100_000)
            own = replace(facts, size=100_000, sha256=backup_folder.hash_of(local))
            both.wait()
            with suppress(EnvironmentFailure):
                return backup_folder.put(local, target, own, letter.encode())
            return None

        with ThreadPoolExecutor(2) as pool:
            done = [one for one in pool.map(bring, "ab") if one is not None]
        assert len(done) == 1
        assert backup_folder.facts_of(target) == done[0].facts
        assert backup_folder.hash_of(target) == done[0].facts.sha256
        assert key_slots.slots_file(target).read_bytes() == target.read_bytes()[:1]


def test_the_folder_that_was_chosen_counts_whoever_signs_in_and_however(tmp_path):
    address = "postgresql://desk@db.example:5432/clinic"
    settings.remember_backup_folder(address, tmp_path)  # as older versions wrote it down
    assert backup_folder.folder_of(address) == tmp_path
    settings.remember_backup_folder(backup_folder.named(address), tmp_path / "nas")
    for other in (
        "postgresql://front@db.example:5432/clinic",
        f"{address}?sslmode=verify-full&sslrootcert=/a/root.crt",
    ):
        assert backup_folder.folder_of(other) == tmp_path / "nas"
        assert backup_folder.own_folder(other) == backup_folder.own_folder(address)
    for other in (
        f"{address}?schema=south",
        "postgresql://desk@db.example:5432/south",
        "postgresql://desk@two:5432/clinic",
    ):
        assert (
            backup_folder.folder_of(other)
            == backup_folder.own_folder(other)
            != backup_folder.own_folder(address)
        )


@pytest.mark.skipif(os.name == "nt", reason="a link takes rights there")
@pytest.mark.parametrize("of_file", [True, False], ids=["the file", "its folder"])
def test_a_clinic_has_its_backups_by_whatever_link_it_is_opened(file_clinic, tmp_path, of_file):
    """Also those that older versions put beside the link, and where a folder was chosen by its name."""
    real = file_clinic.store.where
    if of_file:
        (tmp_path / "desktop").mkdir()
        link = tmp_path / "desktop" / real.name
        link.symlink_to(real)
    else:
        (tmp_path / "desktop").symlink_to(real.parent)
        link = tmp_path / "desktop" / real.name
    first = back_up(file_clinic.store)

    def seen(where):
        with closing(open_store(where, file_clinic.clock)) as store:
            return [one.facts.made_at for one in ClinicKeeper(store).standing().backups]

    assert seen(link) == seen(real) == [first.at]
    file_clinic.clock.forward(60)
    (link.parent / "backups").mkdir(exist_ok=True)
    by_link = back_up(file_clinic.store, link.parent / "backups", Actor(0, frozenset({Role.MANAGER}), "desk"))
    assert seen(link) == [by_link.at, first.at]
    nas = tmp_path / "nas"
    nas.mkdir()
    settings.remember_backup_folder(str(link), nas)  # as older versions wrote it down
    assert backup_folder.folder_of(real) == backup_folder.folder_of(link) == nas
    file_clinic.clock.forward(60)
    third = back_up(file_clinic.store)
    assert third.file.parent == nas
    assert seen(link)[0] == seen(real)[0] == third.at
    with closing(open_store(link, file_clinic.clock)) as store:
        ClinicKeeper(store).keep_in(Actor(0, frozenset({Role.MANAGER}), "desk"), tmp_path / "drive")
    assert backup_folder.folder_of(real) == tmp_path / "drive"


def test_a_folder_of_before_is_gone_on_with():
    address = "postgresql://desk@db.example/clinic"
    before = settings.home() / "backups" / hashlib.sha256(address.encode()).hexdigest()[:8]
    assert backup_folder.own_folder(address) != before
    before.mkdir(parents=True)
    assert backup_folder.own_folder(address) == before


def test_in_emergency_access_nobody_carries_the_clinic_away(file_clinic, tmp_path):
    store, nurse = file_clinic.store, file_clinic.nurse
    someone = emergency(store, "floor", file_clinic.tunde.id, "fire")
    for makes in (
        lambda: back_up(store, actor=someone),
        lambda: back_up_to(store, tmp_path / "out", someone),
    ):
        with pytest.raises(Refusal, match="saves nothing to a file"):
            makes()
    for makes in (
        lambda: back_up(store, tmp_path, nurse),
        lambda: back_up_to(store, tmp_path / "out", nurse),
    ):
        with pytest.raises(RightMissing):
            makes()
    with pytest.raises(RightMissing):
        back_up(store, actor=Actor(0, frozenset()))
    assert not list(tmp_path.rglob("*.sqlite.json"))
    assert not (tmp_path / "out").exists()
    assert back_up(store, actor=nurse).good


def test_what_cannot_be_put_on_record_is_not_kept(file_clinic, tmp_path, monkeypatch):
    """Nobody has a copy of the clinic that the trail does not know of."""

    def refuses(*_what):
        raise EnvironmentFailure("The clinic's data cannot be written now.")

    monkeypatch.setattr(backing_up, "put_on_record", refuses)
    for makes in (
        lambda: back_up(file_clinic.store),
        lambda: back_up_to(file_clinic.store, tmp_path / "out"),
    ):
        with pytest.raises(EnvironmentFailure, match="cannot be written"):
            makes()
    assert list((file_clinic.store.where.parent / "backups").iterdir()) == []
    assert list(tmp_path.glob("out*")) == []


def test_where_the_backups_are_kept_is_on_record_before(file_clinic, tmp_path, monkeypatch):
    store = file_clinic.store
    keeper, manager = ClinicKeeper(store), Actor(file_clinic.maya.id, frozenset({Role.MANAGER}), "office")
    keeper.keep_in(manager, tmp_path / "stick")
    with store.read() as records:
        last = records.rows("SELECT person_id, action, after FROM audit ORDER BY id DESC LIMIT 1")[0]
    assert tuple(last[:2]) == (file_clinic.maya.id, "backups kept elsewhere")
    assert json.loads(last[2]) == {"folder": str(tmp_path / "stick")}
    assert backup_folder.folder_of(store.where) == tmp_path / "stick"
    monkeypatch.setattr(type(store), "write", lambda *_: (_ for _ in ()).throw(EnvironmentFailure("no")))
    with pytest.raises(EnvironmentFailure):
        keeper.keep_in(manager, tmp_path / "other")
    assert backup_folder.folder_of(store.where) == tmp_path / "stick"

"""What lies in the clinic's place may be spoiled, moved away or named by a link: restoring over it."""

import errno
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from clinic_desktop.foundation.errors import EnvironmentFailure, StoreRefused
from clinic_desktop.scheduling.booking import book
from clinic_desktop.security import unlocking
from clinic_desktop.storage import against_backups, check, cipher, inside, look, make_backup, moved
from clinic_desktop.storage.backing_up import back_up, back_up_to
from clinic_desktop.storage.moved import WentElsewhere
from clinic_desktop.storage.restoring import look_into, restore
from clinic_desktop.storage.revisions import CURRENT
from clinic_desktop.storage.sealing import seal
from clinic_desktop.storage.store import open_store
from tests.storage.conftest import beside

DAY = "UPDATE visit SET day = replace(day, '-', '/')"
SPOILED = {"a cell": DAY, "a table": "DROP TABLE account", "the head": "DELETE FROM head"}


@pytest.fixture
def two_backups(file_clinic):
    """The small clinic with a visit; a backup, and a newer one."""
    store = file_clinic.store
    book(store, file_clinic.desk, file_clinic.wish())
    first = back_up(store)
    file_clinic.clock.at = file_clinic.clock.at.replace(hour=file_clinic.clock.at.hour + 1)
    second = back_up(store)
    store.close()
    return store.where, first.file, second.file


def spoil(where: Path, sql: str) -> None:
    """Change what the guards would not let be changed; they stand again afterwards."""
    with closing(sqlite3.connect(where, isolation_level=None)) as line:
        triggers = line.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            line.execute(f'DROP TRIGGER "{name}"')
        line.execute("PRAGMA foreign_keys = OFF")
        line.execute("PRAGMA ignore_check_constraints = ON")
        line.execute(sql)
        for _, made in triggers:
            if "account" not in made or "DROP TABLE" not in sql:
                line.execute(made)


@pytest.mark.parametrize("what", SPOILED)
def test_a_spoiled_clinic_does_not_stop_its_own_restoring(two_backups, what):
    where, file, _ = two_backups
    spoil(where, SPOILED[what])
    before = where.read_bytes()
    seen = look_into(file, where)
    assert (seen.now, seen.sound) == (None, True)
    done = restore(where, file)
    assert where.with_name(done.aside).read_bytes() == before
    assert check.findings(where) == []
    assert against_backups.findings(where) == []  # though the newer backup saw a trail that went on


def test_nor_does_a_disk_that_no_longer_reads_it(two_backups, monkeypatch):
    where, file, _ = two_backups
    reads = look.read_only

    def fails(one):
        if one == where:
            raise OSError(errno.EIO, "Input/output error")
        return reads(one)

    monkeypatch.setattr(look, "read_only", fails)
    assert restore(where, file).seen.now is None
    monkeypatch.undo()
    assert check.findings(where) == []
    assert against_backups.findings(where) == []


def test_nor_a_file_that_is_gone_or_empty(two_backups):
    where, file, _ = two_backups
    where.unlink()
    assert restore(where, file).aside is None
    assert against_backups.findings(where) == []
    where.write_bytes(b"")
    restore(where, file)
    assert check.findings(where) == []


@pytest.mark.parametrize("bytes_looked_at", [make_backup.WHOLE_BYTES, 0])
def test_a_spoiled_cell_stops_no_backup_and_is_a_finding_of_it(two_backups, bytes_looked_at, monkeypatch):
    where, _, _ = two_backups
    spoil(where, DAY)
    monkeypatch.setattr(make_backup, "WHOLE_BYTES", bytes_looked_at)
    with closing(open_store(where)) as store:
        made = back_up_to(store, where.with_name("now.bak"))
    assert inside.UNREAD in made.facts.findings
    assert not made.good
    assert made.file.exists()
    assert look_into(made.file, where).sound is False
    with pytest.raises(EnvironmentFailure, match="does not hold together"):
        restore(where, made.file)


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (moved.Gone(CURRENT, "t", "2026-11-16", "postgresql://clinic@server/clinic"), "take-back"),
        (moved.Coming(CURRENT, "t"), "did not arrive"),
    ],
)
def test_the_old_copy_of_a_clinic_that_was_moved_is_left_alone(two_backups, mark, words):
    """Else there would be two clinics, and nobody was asked."""
    where, file, _ = two_backups
    with beside(where) as direct:
        direct.run(f"UPDATE alembic_version SET version_num = '{mark}'")
    before = where.read_bytes()
    for tried in (lambda: look_into(file, where), lambda: restore(where, file)):
        with pytest.raises(StoreRefused, match=words) as told:
            tried()
        assert isinstance(told.value, WentElsewhere) is isinstance(mark, moved.Gone)
    assert where.read_bytes() == before
    assert not list(where.parent.glob("*before restoring*"))


def test_not_even_where_it_is_spoiled_too(two_backups):
    where, file, _ = two_backups
    spoil(where, DAY)
    with beside(where) as direct:
        gone = moved.Gone(CURRENT, "t", "2026-11-16", "postgresql://clinic@server/clinic")
        direct.run(f"UPDATE alembic_version SET version_num = '{gone}'")
    with pytest.raises(WentElsewhere):
        restore(where, file)


@pytest.mark.skipif(os.name == "nt", reason="a link takes rights there")
def test_a_clinic_that_a_link_names_is_read_with_its_journal_and_the_link_stays(file_clinic, tmp_path):
    where, link = file_clinic.store.where, tmp_path / "desk" / "mine.sqlite"
    link.parent.mkdir()
    link.symlink_to(where)
    made = back_up_to(file_clinic.store, tmp_path / "monday.bak")
    book(file_clinic.store, file_clinic.desk, file_clinic.wish())  # stands in the journal
    assert where.with_name(f"{where.name}-wal").stat().st_size
    seen = look_into(made.file, link)
    assert (seen.inside.visits, seen.now.visits) == (0, 1)
    assert seen.lost > 0
    file_clinic.store.close()
    done = restore(link, made.file)
    assert link.is_symlink()
    assert link.resolve() == where
    assert where.with_name(done.aside).exists()
    assert look_into(made.file, where).lost == 0
    if cipher.can_seal():
        keys = unlocking.new_keys("four quiet grey herons")
        assert seal(link, keys.data_key, keys.slots).path == where
        assert link.is_symlink()
        assert look.is_sealed(where)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files")
def test_a_pipe_in_the_place_of_a_clinic_or_a_backup_is_not_waited_for(two_backups, tmp_path):
    where, file, _ = two_backups
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    keep = os.open(pipe, os.O_RDWR)  # whoever reads it is not held up for ever where this test fails
    os.write(keep, b"x" * cipher.PAGE)
    try:
        with pytest.raises(StoreRefused, match="is not a Clinic Desktop file"):
            open_store(pipe)
        with pytest.raises(EnvironmentFailure, match="no backup at"):
            restore(where, pipe)
        with pytest.raises(StoreRefused, match="is not a Clinic Desktop file"):
            restore(pipe, file)
        os.set_blocking(keep, False)
        assert len(os.read(keep, cipher.PAGE)) == cipher.PAGE  # nobody has read it
    finally:
        os.close(keep)

"""The same promises on a server, by its own programs."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta

import psycopg
import pytest

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.backups import Check
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.scheduling.booking import book
from clinic_desktop.security.outage_key import outage_key
from clinic_desktop.storage import (
    against_backups,
    check,
    engine,
    inside,
    server_backup,
    server_programs,
    server_restore,
)
from clinic_desktop.storage.backing_up import back_up
from clinic_desktop.storage.restoring import look_into, restore
from clinic_desktop.storage.store import open_store
from tests.overtaking import OtherDesk
from tests.storage import postgres
from tests.storage.conftest import as_admin, as_owner


@pytest.fixture(autouse=True)
def _own_settings(tmp_path, monkeypatch):
    monkeypatch.setenv(settings.HOME_VARIABLE, str(tmp_path / "home"))


def schemas(where):
    with psycopg.connect(as_owner(where)) as line:
        query = (
            "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'clinic%' OR nspname = 'public' ORDER BY 1"
        )
        return [name for (name,) in line.execute(query)]


def test_a_servers_clinic_is_backed_up_and_put_back(server_clinic):
    store, where = server_clinic.store, server_clinic.store.where
    made = back_up(store)
    assert made.file.suffix == ".dump"
    assert made.facts.checked is Check.CONTENTS  # a desk may not restore it to look inside
    book(store, server_clinic.desk, server_clinic.wish())
    with pytest.raises(EnvironmentFailure, match="Let the owner of the database restore"):
        restore(where, made.file)
    owner = as_owner(where)
    server_clinic.clock.at += timedelta(hours=1)
    with closing(open_store(owner, server_clinic.clock)) as opened:
        by_owner = back_up(opened, made.file.parent)
    assert by_owner.facts.checked is Check.RESTORED
    assert by_owner.good
    assert schemas(where) == ["public"]
    seen = look_into(made.file, owner)
    assert (seen.inside.visits, seen.now.visits, seen.same_clinic) == (0, 1, True)
    assert seen.lost > 0
    with pytest.raises(EnvironmentFailure, match="Close them on every desk"):
        restore(owner, made.file)
    assert schemas(where) == ["public"]
    store.close()
    done = restore(owner, made.file)
    assert schemas(where) == sorted([done.aside, "public"])
    assert check.findings(where) == []
    assert against_backups.findings(where) == []
    with psycopg.connect(where) as line:
        assert line.execute("SELECT count(*) FROM visit").fetchone() == (0,)
        action, after = line.execute("SELECT action, after FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    assert action == "restored"
    assert json.loads(after)["aside"] == done.aside
    with closing(open_store(where, server_clinic.clock)) as again:
        book(again, server_clinic.desk, server_clinic.wish())


def test_a_spoiled_day_stops_no_backup_and_its_row_is_named(server_clinic):
    book(server_clinic.store, server_clinic.desk, server_clinic.wish())
    where = server_clinic.store.where
    with psycopg.connect(as_admin(where)) as line:
        line.execute("SET session_replication_role = replica")
        line.execute("UPDATE visit SET day = 'zzz'")
    made = back_up(server_clinic.store)
    assert inside.UNREAD in made.facts.findings
    with closing(open_store(as_owner(where), server_clinic.clock)) as owners:
        server_clinic.clock.forward(1)
        assert {"days", inside.UNREAD} <= set(back_up(owners).facts.findings)
    assert "visit 1: its day is no day." in [one.message for one in check.findings(where)]
    assert against_backups.findings(where) == []
    engine_ = engine.open_engine(where)
    with engine_.connect() as line:
        there = inside.of(line)
    engine_.dispose()
    assert (there.whole, there.inside.visits, there.inside.last) == (False, 1, None)


def test_who_comes_to_work_while_a_backup_is_put_back_writes_into_it(server_clinic, monkeypatch):
    """And not into what was put aside, where nobody would see it again."""
    store, where = server_clinic.store, server_clinic.store.where
    made = back_up(store)
    store.close()

    def books():
        with closing(open_store(where, server_clinic.clock)) as opened:
            return book(opened, server_clinic.desk, server_clinic.wish())

    with ThreadPoolExecutor(1) as pool:
        desk = OtherDesk(server_clinic, pool, books)
        seen = server_restore._rename
        monkeypatch.setattr(server_restore, "_rename", lambda *names: (desk.goes(), seen(*names)))
        restore(as_owner(where), made.file)
        assert not isinstance(desk.answer, Exception)
    with psycopg.connect(where) as line:
        assert line.execute("SELECT count(*) FROM visit").fetchone() == (1,)
    assert check.findings(where) == []


def test_a_damaged_backup_leaves_nothing_on_the_server(server_clinic, tmp_path):
    """pg_restore ends in the middle, and psql takes what came until then for all of it."""
    store, where = server_clinic.store, server_clinic.store.where
    whole = back_up(store).file.read_bytes()
    store.close()
    torn = tmp_path / "torn.dump"
    torn.write_bytes(whole[:-200])
    for tried in (lambda: look_into(torn, as_owner(where)), lambda: restore(as_owner(where), torn)):
        with pytest.raises(EnvironmentFailure, match="pg_restore"):
            tried()
        assert schemas(where) == ["public"]
    assert check.findings(where) == []


def test_where_its_programs_are_missing_or_old_that_is_said(server_clinic, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(server_programs, "_PLACES", ())
    with pytest.raises(EnvironmentFailure, match="pg_dump is not on this computer"):
        back_up(server_clinic.store)
    old = tmp_path / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n")
    old.chmod(0o755)
    with pytest.raises(EnvironmentFailure, match="of version 9, and the server of version"):
        back_up(server_clinic.store)
    assert not list(tmp_path.rglob("*.dump*"))


def test_a_dump_may_take_longer_than_a_desk_that_hangs(server_clinic, monkeypatch):
    """The line that keeps the moment for pg_dump waits all that time in its transaction."""
    monkeypatch.setitem(engine._SERVER_SETTINGS, "idle_in_transaction_session_timeout", "500ms")
    dump = server_backup._dump

    def slow(where, *more):
        dump(where, *more)
        with psycopg.connect(where) as line:
            line.execute("SELECT pg_sleep(1)")

    monkeypatch.setattr(server_backup, "_dump", slow)
    assert back_up(server_clinic.store).good


def test_programs_newer_than_the_server_back_it_up_and_put_it_back(server_clinic, tmp_path, monkeypatch):
    """From 17 on pg_restore sets what no server of before 17 knows."""
    programs = tmp_path / "bin"
    programs.mkdir()
    real = shutil.which("pg_restore")
    head = "echo; echo 'SET lock_timeout = 0;'; echo 'SET transaction_timeout = 0;'"
    script(programs / "pg_restore", f'--list) exec {real} "$@";; *) {head}; exec {real} "$@"')
    script(programs / "psql", f'*) exec {shutil.which("psql")} "$@"')
    monkeypatch.setenv("PATH", str(programs), prepend=":")
    store, owner = server_clinic.store, as_owner(server_clinic.store.where)
    with closing(open_store(owner, server_clinic.clock)) as opened:
        made = back_up(opened)
    assert made.facts.checked is Check.RESTORED
    store.close()
    assert restore(owner, made.file).aside
    assert check.findings(owner) == []


def script(file, cases):
    """A program that says it is of a version to come."""
    file.write_text(
        f"#!/bin/sh\ncase \"$1\" in --version) echo '{file.name} (PostgreSQL) 99.1';; {cases};; esac\n"
    )
    file.chmod(0o755)


def test_what_the_servers_own_version_wrote_is_wanted_and_the_newest_reads_it(tmp_path, monkeypatch):
    for folder, version in (("a", 15), ("b", 17), ("c", 16)):
        (tmp_path / folder).mkdir()
        for name in ("pg_dump", "pg_restore"):
            (tmp_path / folder / name).write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {version}.2'\n")
            (tmp_path / folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(server_programs, "_PLACES", (f"{tmp_path}/*",))
    assert server_programs.find("pg_dump", 16, own=True).parent.name == "c"
    assert server_programs.find("pg_dump", 14, own=True).parent.name == "b"
    assert server_programs.find("pg_restore", 16).parent.name == "b"


def test_a_backup_does_not_hold_what_opens_the_desks_copies(server_clinic, postgres_server):
    """Put back where the clinic is, the key of now stays; elsewhere the first desk makes another."""
    store, where = server_clinic.store, server_clinic.store.where
    key = outage_key(store, server_clinic.desk)
    made = back_up(store)
    reader = server_programs.find("pg_restore", 0)
    said = server_programs.run(reader, ["--data-only", "--table=outage_key", "-f", "-", str(made.file)])
    assert key.hex() not in said
    store.close()
    restore(as_owner(where), made.file)
    with closing(open_store(where, server_clinic.clock)) as again:
        assert outage_key(again, server_clinic.desk) == key
    assert check.findings(where) == []
    name = postgres_server.database()
    try:
        other = postgres_server.address(name, postgres.OWNER)
        open_store(other, make=True).close()
        restore(other, made.file)
        assert check.findings(other) == []
        with closing(open_store(other, server_clinic.clock)) as there:
            assert outage_key(there, server_clinic.desk) != key
        assert check.findings(other) == []
    finally:
        postgres_server.drop(name)


def test_what_a_look_that_was_killed_left_on_the_server_goes_with_the_next(server_clinic):
    owner, now = as_owner(server_clinic.store.where), int(server_clinic_time(server_clinic.store.where))
    kept = f"clinic_restored_{now - 60}_00000003"
    with psycopg.connect(owner) as line:
        for name in ("clinic_restored_00000001", f"clinic_restored_{now - 7 * 3600}_00000002", kept):
            line.execute(f"CREATE SCHEMA {name} CREATE TABLE patient (id int)")
    with closing(open_store(owner, server_clinic.clock)) as opened:
        back_up(opened)
    assert schemas(owner) == [kept, "public"]
    with psycopg.connect(owner) as line:
        line.execute(f"DROP SCHEMA {kept} CASCADE")


def server_clinic_time(where):
    with psycopg.connect(where) as line:
        return line.execute("SELECT extract(epoch FROM now())").fetchone()[0]


def test_its_programs_go_to_the_server_that_can_be_written_as_a_desk_does():
    for hosts in ("?host=/standby,/primary&port=5432,5433", "?host=/standby&host=/primary"):
        address, schema = server_programs.address_of(f"postgresql://desk@/clinic{hosts}&schema=south")
        said = psycopg.conninfo.conninfo_to_dict(address)
        assert (said["host"], said["target_session_attrs"], schema) == (
            "/standby,/primary",
            "read-write",
            "south",
        )
        assert said["keepalives_idle"] == "10"
    address, _ = server_programs.address_of("postgresql://desk@db.example:5433/clinic")
    said = psycopg.conninfo.conninfo_to_dict(address)
    assert (said["host"], said["port"], said["user"]) == ("db.example", "5433", "desk")
    assert "target_session_attrs" not in said

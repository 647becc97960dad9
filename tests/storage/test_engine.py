"""How a database is reached: what is set on every connection, and which addresses are taken."""

import errno
import sqlite3
from pathlib import Path

import pytest

from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.storage.engine import connect_file, connector, open_engine
from clinic_desktop.storage.store import open_store


def test_every_connection_to_a_file_is_set_and_read_back(clinic_file):
    connection = connect_file(clinic_file)
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "temp_store": 2,
        "trusted_schema": 0,
        "busy_timeout": 10_000,
    }
    assert {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted
    connection.close()


def test_only_a_store_that_hurries_waits_for_no_disk(tmp_path):
    def waits(store):
        with store.engine.connect() as line:
            return line.exec_driver_sql("PRAGMA synchronous").scalar()

    making = open_store(tmp_path / "clinic.sqlite", make=True)
    window = open_store(tmp_path / "clinic.sqlite")
    making.hurry()
    assert (waits(making), waits(window)) == (1, 2)
    making.close()
    window.close()


def test_a_place_that_cannot_keep_data_safely_is_refused():
    """A database in memory knows no write-ahead log: what was asked for does not come back."""
    with pytest.raises(EnvironmentFailure, match="journal_mode is memory, not wal"):
        connect_file(":memory:")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://maria:secret@server/clinic",
        "postgresql://maria:@server/clinic",
        "postgresql://maria@server/clinic?password=secret",
        "postgresql://maria@server/clinic?Password=secret",
        "postgresql://maria@server/clinic?sslmode=require&sslpassword=secret",
    ],
)
def test_a_password_in_an_address_is_refused_and_not_repeated(address):
    with pytest.raises(EnvironmentFailure, match="PGPASSWORD or PGPASSFILE") as told:
        open_store(address)
    assert "secret" not in str(told.value)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("mysql://server/clinic", "Only files and postgresql://"),
        ("sqlite:///clinic.db", "Only files and postgresql://"),
        ("postgresql://server:port/clinic", "cannot be read"),
        ("://", "cannot be read"),
        ("postgresql://server/clinic?schema=Robert'); DROP TABLE visit", "schema's name"),
    ],
)
def test_another_kind_of_address_is_refused(address, words):
    with pytest.raises(EnvironmentFailure, match=words):
        open_store(address)


def test_a_server_that_is_not_there_is_told(tmp_path):
    with pytest.raises(EnvironmentFailure, match="does not answer"):
        open_store(f"postgresql://desk@/clinic?host={tmp_path}")


def test_a_folder_that_takes_nothing_is_told(tmp_path, monkeypatch):
    def full(*_arguments, **_more):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "mkdir", full)
    with pytest.raises(EnvironmentFailure, match="disk is full"):
        open_store(tmp_path / "clinic.db", make=True)


def test_a_folder_that_is_not_there_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentFailure, match="cannot be written here"):
        open_store(tmp_path / "file" / "clinic.db", make=True)


def test_a_server_is_told_to_wait_for_the_disk_and_for_nobody_for_ever(postgres_server, clinic_database):
    with postgres_server.connect("postgres", "admin") as admin:
        admin.execute(f"ALTER DATABASE {clinic_database} SET synchronous_commit = off")
    connection = connector(postgres_server.address(clinic_database, "desk_1"))()
    names = ("synchronous_commit", "lock_timeout", "search_path", "timezone")
    there = [connection.execute(f"SHOW {name}").fetchone()[0] for name in names]
    assert there == ["on", "10s", "public,pg_temp", "UTC"]
    connection.close()


def test_a_server_that_is_set_otherwise_shows_a_desk_what_was_committed_meanwhile(
    postgres_server, clinic_database
):
    """By a view of before its locks a desk would be told "busy", where it is only to wait; and a number would
    be read as a server rounds it."""
    with postgres_server.connect("postgres", "admin") as admin:
        for setting in ("default_transaction_isolation = 'repeatable read'", "extra_float_digits = -15"):
            admin.execute(f"ALTER DATABASE {clinic_database} SET {setting}")
    engine = open_engine(postgres_server.address(clinic_database, "desk_1"))
    with engine.connect() as connection:
        names = ("transaction_isolation", "extra_float_digits")
        there = [connection.exec_driver_sql(f"SHOW {name}").scalar_one() for name in names]
    engine.dispose()
    assert there == ["read committed", "1"]


def test_a_stricter_server_stays_as_strict(postgres_server, clinic_database):
    with postgres_server.connect("postgres", "admin") as admin:
        admin.execute(f"ALTER DATABASE {clinic_database} SET synchronous_commit = remote_apply")
    connection = connector(postgres_server.address(clinic_database, "desk_1"))()
    assert connection.execute("SHOW synchronous_commit").fetchone()[0] == "remote_apply"
    connection.close()


def test_own_options_in_an_address_are_kept(postgres_server, clinic_database):
    address = postgres_server.address(clinic_database, "desk_1") + "&options=-cwork_mem%3D5MB"
    engine = open_engine(address)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SHOW work_mem").scalar_one() == "5MB"
        assert connection.exec_driver_sql("SHOW lock_timeout").scalar_one() == "10s"
    engine.dispose()


def test_a_writer_takes_the_lock_before_it_looks(clinic_file):
    engine = open_engine(clinic_file)
    other = sqlite3.connect(clinic_file, isolation_level=None, timeout=0)
    with (
        engine.connect().execution_options(writes=True) as connection,
        connection.begin(),
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        other.execute("BEGIN IMMEDIATE")
    with engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("SELECT count(*) FROM visit")
        other.execute("BEGIN IMMEDIATE")  # a reader is in nobody's way
        other.execute("ROLLBACK")
    other.close()
    engine.dispose()


def test_a_server_compares_days_byte_by_byte(postgres_store):
    """By the rules of a language the same answer takes several times as long."""
    asked = "SELECT DISTINCT collation_name FROM information_schema.columns WHERE column_name = 'day'"
    with postgres_store.engine.connect() as connection:
        assert connection.exec_driver_sql(asked).scalars().all() == ["C"]

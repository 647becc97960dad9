"""A clinic on each database, and a way to write to it past the program."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from clinic_desktop.storage import cipher
from clinic_desktop.storage.engine import Sealed, Where, file_of, is_address, raw_line
from clinic_desktop.storage.store import SqlStore
from tests.small_clinic import SmallClinic, at_home
from tests.storage import postgres


class Direct:
    """Another program that writes straight to the database, as the desk's role where there are roles."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    @property
    def is_sqlite(self) -> bool:
        return not isinstance(self.connection, psycopg.Connection)

    def run(self, sql: str) -> list[Any]:
        cursor = self.connection.execute(sql)
        return cursor.fetchall() if cursor.description else []

    def one(self, sql: str) -> Any:
        (value,) = self.run(sql)[0]
        return value

    def refused(self, sql: str) -> str:
        """What the database says to a statement that it must not take, after seeing nothing changed."""
        with pytest.raises((sqlite3.IntegrityError, *cipher.failures()[1:], psycopg.Error)) as caught:
            self.run(sql)
        return str(caught.value)


@contextmanager
def beside(where: Where) -> Iterator[Direct]:
    """Another program on a clinic's file or address."""
    if not is_address(where):
        with closing(raw_line(where, str(file_of(where)))) as connection:
            yield Direct(connection)
    else:
        with psycopg.connect(where, autocommit=True) as server:
            yield Direct(server)


def everything(where: Path | Sealed) -> dict[str, list[Any]]:
    """What is in a file, sealed or not: what it is made of, and each table's rows with their numbers."""
    with closing(raw_line(where, str(file_of(where)))) as line:
        schema = line.execute("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2").fetchall()
        tables = [name for kind, name, _ in schema if kind == "table"]
        rows = {name: line.execute(f"SELECT rowid, * FROM {name} ORDER BY 1").fetchall() for name in tables}
        return {"": schema, **rows}


def as_owner(where: Where) -> Where:
    return where.replace(postgres.DESK, postgres.OWNER) if isinstance(where, str) else where


def as_admin(where: Where) -> Where:
    """Who may do anything at all on the server."""
    return where.replace(postgres.DESK, "admin") if isinstance(where, str) else where


@pytest.fixture
def server_clinic(
    postgres_server: postgres.Server, model_database: tuple[SmallClinic, str]
) -> Iterator[SmallClinic]:
    """The small clinic on a server in a database of its own, whose guards a test may take away."""
    model, template = model_database
    name = postgres_server.database(template)
    clinic = at_home(model, postgres_server.address(name, postgres.DESK))
    yield clinic
    clinic.store.close()
    postgres_server.drop(name)


@pytest.fixture
def clinic(any_clinic: SmallClinic) -> SmallClinic:
    """The small clinic, on each database."""
    return any_clinic


@pytest.fixture
def direct(clinic: SmallClinic) -> Iterator[Direct]:
    """Somebody else's program, beside the store."""
    with beside(clinic.store.where) as other:
        yield other


@pytest.fixture
def owner(clinic: SmallClinic) -> Iterator[Direct]:
    """The same by whoever made the tables: who can take guards away."""
    with beside(as_owner(clinic.store.where)) as other:
        yield other


@pytest.fixture
def file_direct(file_clinic: SmallClinic) -> Iterator[Direct]:
    with beside(file_clinic.store.where) as other:
        yield other


@pytest.fixture
def server_direct(server_clinic: SmallClinic) -> Iterator[Direct]:
    with beside(server_clinic.store.where) as other:
        yield other


@pytest.fixture
def owned(postgres_store: SqlStore) -> Iterator[Direct]:
    """The owner of a server's clinic, beside an empty store."""
    with beside(as_owner(postgres_store.where)) as other:
        yield other

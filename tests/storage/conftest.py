"""A clinic on each database, and a way to write to it past the program."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from clinic_desktop.storage import cipher
from clinic_desktop.storage.audit import chained
from clinic_desktop.storage.engine import Sealed, Where, file_of, is_address, raw_line
from clinic_desktop.storage.store import SqlStore
from clinic_desktop.storage.tables import RECORDS, SETUP_KINDS
from tests.small_clinic import SmallClinic, at_home
from tests.storage import postgres


class Direct:
    """Another program that writes straight to the database, as the desk's role where there are roles.

    On a server it puts what it writes into the trail, or nothing would come of it (``silent`` does not): what
    is asked is what else the database refuses. The administrator puts nothing there.
    """

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    @property
    def is_sqlite(self) -> bool:
        return not isinstance(self.connection, psycopg.Connection)

    def run(self, sql: str) -> list[Any]:
        written = None if self.is_sqlite or self.connection.info.user == "admin" else _WRITES.match(sql)
        if written is not None and written.groups() == ("INSERT INTO", "claim"):
            return self._claim(sql)
        if written is None or written[2] not in _RECORD_TABLES:
            return self.silent(sql)
        verb, table = written.groups()
        with self.connection.transaction():
            rows = self.connection.execute(f"{sql} RETURNING id, to_jsonb({table}.*)::text").fetchall()
            put_in_trail(self.connection, _DEEDS[verb], table, rows)
        return []

    def _claim(self, sql: str) -> list[Any]:
        """Places are taken only with a row about their visits."""
        with self.connection.transaction():
            about = [one for (one,) in self.connection.execute(f"{sql} RETURNING visit_id").fetchall()]
            query = "SELECT id, to_jsonb(visit.*)::text FROM visit WHERE id = ANY(%s)"
            put_in_trail(
                self.connection, "change", "visit", self.connection.execute(query, [about]).fetchall()
            )
        return []

    def silent(self, sql: str) -> list[Any]:
        cursor = self.connection.execute(sql)
        return cursor.fetchall() if cursor.description else []

    def one(self, sql: str) -> Any:
        (value,) = self.run(sql)[0]
        return value

    def refused_silent(self, sql: str) -> str:
        """The same for a change that is in no trail."""
        with pytest.raises((sqlite3.IntegrityError, psycopg.Error)) as caught:
            self.silent(sql)
        return str(caught.value)

    def refused(self, sql: str) -> str:
        """What the database says to a statement that it must not take, after seeing nothing changed."""
        with pytest.raises((sqlite3.IntegrityError, *cipher.failures()[1:], psycopg.Error)) as caught:
            self.run(sql)
        return str(caught.value)


def put_in_trail(
    server: psycopg.Connection,
    deed: str,
    table: str,
    rows: Sequence[tuple[int, str]],
    *,
    fed: bool = True,
    set_up: bool = True,
    **other: object,
) -> None:
    """Rows of the trail that follow from those before: of each id what was written, as the server has it.
    ``other``: what else they say. Without ``fed`` they are in no feed; without
    ``set_up`` the head says that the set-up is as it was."""
    number, hashed, feed, login = server.execute(
        "SELECT audit_id, audit_hash, change_number, session_user::text FROM head FOR UPDATE"
    ).fetchone()
    for place, (one, image) in enumerate(rows, start=1):
        row = {
            **{"id": number + place, "at": 1_793_642_400, "person_id": 0, "roles": "", "desk": "x"},
            **{"login": login, "action": deed, "kind": table, "record_id": one},
            **{"before": image, "after": None if deed == "remove" else image, "reason": ""},
            **{"change_number": feed + place, "previous_hash": hashed},
            **other,
        }
        row["hash"] = hashed = chained(row | {"at": datetime.fromtimestamp(row["at"], UTC)})
        names, marks = ", ".join(f'"{name}"' for name in row), ", ".join(["%s"] * len(row))
        server.execute(f"INSERT INTO audit ({names}) VALUES ({marks})", list(row.values()))
        news = [feed + place, row["kind"], row["record_id"]]
        if fed:
            server.execute("INSERT INTO change (number, kind, record_id) VALUES (%s, %s, %s)", news)
    last, new = feed + (len(rows) if fed else 0), set_up and table in SETUP_KINDS
    server.execute(
        "UPDATE head SET audit_id = %s, audit_hash = %s, change_number = %s,"
        " setup_number = CASE WHEN %s THEN %s ELSE setup_number END",
        [number + len(rows), hashed, last, new, last],
    )


_WRITES = re.compile(r"(INSERT INTO|UPDATE|DELETE FROM) (\w+)")
_DEEDS = {"INSERT INTO": "add", "UPDATE": "change", "DELETE FROM": "remove"}
_RECORD_TABLES = frozenset(one.name for one in RECORDS.values())


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

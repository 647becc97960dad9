"""A clinic from a file to a server, or from a server to another place: all of it, proven, or none of it.

Until the copy is whole, proven and on the disk, the source stays as it was, and nobody can open the copy.
Then the source gets its mark, in one commit; then the copy loses its own. Whatever ends the program in
between, one place holds the clinic, and the same move is repeated or finished by beginning it again.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from glob import escape
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, insert, inspect, select, text

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure, StoreRefused
from clinic_desktop.foundation.moving_steps import Far, Moved, Print, Step
from clinic_desktop.foundation.private_file import sync_folder
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.storage import (
    backup_folder,
    check,
    compare,
    guards,
    inside,
    look,
    moved,
    proof,
    schema,
    trail,
)
from clinic_desktop.storage.audit import witnessed
from clinic_desktop.storage.engine import Sealed, Where, beside, file_of, is_address, open_engine
from clinic_desktop.storage.failures import worded
from clinic_desktop.storage.known_backup import refuse_backup
from clinic_desktop.storage.network_folder import refuse_share
from clinic_desktop.storage.one_move import alone_at
from clinic_desktop.storage.revisions import CURRENT
from clinic_desktop.storage.tables import metadata, schema_version
from clinic_desktop.storage.trail import Author
from clinic_desktop.storage.trail_mark import TrailMark, known_mark_of

_AT_ONCE = 2000

NOT_THIS_VERSION = "The clinic's data is of another version. Open it once with this program, then move it."
NO_CLINIC = "There is no clinic at {name}. Nothing was moved."
ONE_IS_A_SERVER = "A move is to a server or from one. For a copy of a file make a backup."
SAME = "The clinic is there already. Choose another place."
OWNER_WANTED = (
    "Moving a clinic away from a server takes the owner of its database: from then on no desk may write "
    "there. Use the owner's name in the address."
)
NOT_ALIKE = (
    "The copy was not the same as the clinic ({report}), so it was thrown away. The clinic is where it was. "
    "Please send this report."
)
NOT_IN_ORDER = (
    "The check found something in the clinic's data ({report}), so it was not moved. It is where it was. Run "
    "the check, and mend that first."
)
ANOTHERS = (
    "An unfinished copy of another clinic lies there, and may be all but done. Nothing was moved. Finish "
    "that move by beginning it again, or choose another place."
)
NOT_MOVED = "This clinic's data was not moved away. Nothing was changed."
SENTENCES = (NOT_THIS_VERSION, ONE_IS_A_SERVER, SAME, OWNER_WANTED, ANOTHERS, NOT_MOVED)


Tell = Callable[[Far], object]


def _nobody(_far: Far) -> None:
    """Nobody listens."""


def move(source: Where, target: Where, actor: Actor, at: datetime, tell: Tell = _nobody) -> Moved | None:
    """Move the clinic; None where an earlier move was only finished.

    Others read on in the source, and whoever writes is told to try again. ``tell`` hears each step, and
    while rows are copied and compared, how far that is.

    Raises :class:`StoreRefused` or :class:`EnvironmentFailure`; the clinic is then where it was, and the
    source as it was.
    """
    if _named(source) == _named(target):
        raise EnvironmentFailure(SAME)
    if not (is_address(source) or is_address(target)):
        raise EnvironmentFailure(ONE_IS_A_SERVER)
    if not is_address(source):
        refuse_share(file_of(source))
        refuse_backup(file_of(source))
    if not is_address(target):  # else it would not open there afterwards
        refuse_share(file_of(target))
        refuse_backup(file_of(target))
    with worded(), _engine(source) as engine:
        revision = _revision(source, engine)
        mark = moved.read_mark(revision)
        done = None
        if not isinstance(mark, moved.Gone) and revision != CURRENT:
            look.known_or_refused(revision)
            raise StoreRefused(NOT_THIS_VERSION)
        with alone_at(target):  # until the copy is opened up: it could be taken for what a move left
            if isinstance(mark, moved.Gone):
                _waits_or_refused(mark, target)
            else:
                mark, done = _move(engine, target, at, tell)
            _open_up(target, mark, Author(actor, at, ""), _named(source))
    with suppress(ClinicProblem):  # it is moved, whatever becomes of a setting
        backup_folder.carry_over(source, target)
    tell(Far(Step.DONE))
    return done


def take_back(where: Where, actor: Actor, at: datetime) -> None:
    """Let the old copy of a clinic that was moved away be used again, on purpose. What was recorded at the
    other place since is not in it."""
    if not is_address(where):
        refuse_share(file_of(where))
    with worded(), _engine(where) as engine:
        mark = moved.read_mark(_revision(where, engine))
        if not isinstance(mark, moved.Gone):
            raise StoreRefused(NOT_MOVED)
        with _writing(engine) as connection:
            moved.write(connection, mark.revision)
            author = Author(actor, at, "")
            _witness(connection, author, Deed.TAKEN_BACK, {"had moved to": mark.where}, known_mark_of(where))


def _named(where: Where) -> str:
    """Path or address, without the key of a sealed file."""
    return where if is_address(where) else str(file_of(where))


def _file(where: Where) -> Path | Sealed:
    return beside(where, file_of(where))


@contextmanager
def _engine(where: Where) -> Iterator[Engine]:
    engine = open_engine(where)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _writing(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        connection.execution_options(writes=True)
        with connection.begin():
            yield connection


def _revision(where: Where, engine: Engine) -> str:
    """The revision or the mark of what is at a place, which is ours."""
    if not is_address(where) and not look.is_ours(_file(where)):
        raise StoreRefused(NO_CLINIC.format(name=file_of(where).name))
    with engine.connect() as connection:
        if not inspect(connection).has_table(schema_version.name):
            raise StoreRefused(NO_CLINIC.format(name=connection.engine.dialect.name))
        return moved.revision_of(connection)


def _move(engine: Engine, target: Where, at: datetime, tell: Tell) -> tuple[moved.Gone, Moved]:
    coming = moved.Coming(CURRENT, secrets.token_hex(8))
    with _held(engine) as held:
        tell(Far(Step.LOCKED))
        _make_room(target, inside.hash_at(held, 1))
        copied = _arrive(held, target, coming, tell)
        try:
            tell(_all_of(Step.ARRIVED, copied))
            _in_order_or_refused(target, coming)
            tell(_all_of(Step.CHECKED, copied))
            _still_there_or_refused(target, coming)
        except BaseException:
            _throw_away(target, coming)
            raise
        gone = moved.Gone(CURRENT, coming.token, f"{at:%Y-%m-%d}", _named(target))
        moved.write(held, gone)
        if held.dialect.name == "postgresql":  # whoever has it open hears of it at once
            held.execute(text(f"NOTIFY {trail.NOTIFY_CHANNEL}"))
    tell(_all_of(Step.MARKED, copied))
    return gone, copied


@contextmanager
def _held(engine: Engine) -> Iterator[Connection]:
    """One moment of the source, with nobody able to commit a change until this ends."""
    server = engine.dialect.name == "postgresql"
    if server:
        _owned_or_refused(engine)
    with engine.connect() as connection:
        if server:
            connection.execution_options(isolation_level="REPEATABLE READ")
        connection.execution_options(writes=True)
        with connection.begin():
            if server:
                # The one row that every writer takes before it commits. Before the first look at anything:
                # that sets the moment.
                connection.execute(text("LOCK TABLE head IN EXCLUSIVE MODE"))
                _wait_long(connection)
            if moved.revision_of(connection) != CURRENT:  # another was quicker
                raise StoreRefused(NOT_THIS_VERSION)
            yield connection


def _owned_or_refused(engine: Engine) -> None:
    may = text("SELECT has_table_privilege('alembic_version', 'UPDATE')")
    with engine.connect() as connection:
        if not connection.execute(may).scalar():
            raise EnvironmentFailure(OWNER_WANTED)


def _wait_long(connection: Connection) -> None:
    # The one side waits while the other works, which takes minutes for a large clinic.
    connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))


def _make_room(target: Where, clinic: str | None) -> None:
    """Refuse a place where a clinic is; what an interrupted move of this one left is taken away, by the hash
    of the first entry of its trail."""
    if not is_address(target) and not look.is_ours(_file(target)):
        return
    with _engine(target) as engine, engine.connect() as connection:
        if not inspect(connection).has_table(schema_version.name):
            return
        mark = moved.read_mark(moved.revision_of(connection))
        if not isinstance(mark, moved.Coming):
            raise StoreRefused(schema.THERE_ALREADY)
        if inside.hash_at(connection, 1) != clinic:
            raise StoreRefused(ANOTHERS)
    _throw_away(target, mark)


def _throw_away(target: Where, coming: moved.Coming) -> None:
    """Take an unfinished copy away, which nobody could open; what bears another mark by now, or none, is
    somebody else's and stays."""
    with _engine(target) as engine, _writing(engine) as connection:
        if not inspect(connection).has_table(schema_version.name):
            return
        if is_address(target):
            connection.execute(text(f"LOCK TABLE {schema_version.name} IN SHARE ROW EXCLUSIVE MODE"))
        if moved.revision_of(connection) != str(coming):
            return
        if is_address(target):
            guards.clear(connection)
            metadata.drop_all(connection)
            return
    path = file_of(target)
    # The file last: a journal without it would be taken for that of a clinic.
    for left in (*(path.with_name(f"{path.name}-{end}") for end in ("wal", "shm")), path):
        left.unlink(missing_ok=True)


def _arrive(held: Connection, target: Where, coming: moved.Coming, tell: Tell) -> Moved:
    """Make the copy whole under its mark: on a server in one transaction, a file before it has its name."""
    if is_address(target):
        with _engine(target) as engine:
            return _copy(held, engine, coming, tell)
    path = file_of(target)
    path.parent.mkdir(parents=True, exist_ok=True)
    # No other move goes to this place: these were left by one that was ended.
    for left in path.parent.glob(f".{escape(path.name)}.*.new*"):
        left.unlink(missing_ok=True)
    new = path.with_name(f".{path.name}.{coming.token}.new")
    try:
        schema.new_file(new)
        with _engine(beside(target, new)) as engine:
            copied = _copy(held, engine, coming, tell)
        schema.give_name(new, path, lambda: StoreRefused(schema.THERE_ALREADY))
    finally:
        new.unlink(missing_ok=True)
    sync_folder(path.parent)
    return copied


def _copy(held: Connection, engine: Engine, coming: moved.Coming, tell: Tell) -> Moved:
    with _writing(engine) as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        else:
            _wait_long(connection)
        metadata.create_all(connection)
        copied = _rows(held, connection, tell)
        _number_on(held, connection)
        schema.finish(connection)
        schema.closed_or_refused(connection)
        connection.execute(insert(schema_version), {"version_num": str(coming)})
        tell(_all_of(Step.COPIED, copied))
        _alike_or_refused(held, connection, copied, tell)
        tell(_all_of(Step.PROVED, copied))
    return copied


def _rows(held: Connection, connection: Connection, tell: Tell) -> Moved:
    write = _into_file if connection.dialect.name == "sqlite" else _into_server
    counts = {
        table.name: held.execute(select(func.count()).select_from(table)).scalar_one()
        for table in proof.TABLES
    }
    done, of = 0, sum(counts.values())
    prints: dict[str, Print] = {}
    for number, table in enumerate(proof.TABLES, start=1):
        far = Far(Step.LOCKED, table.name, number, len(proof.TABLES), done, of)
        tell(far)
        printing = proof.Printing(table)
        with write(connection, table) as put:
            for row in proof.rows_of(held, table):
                printing.take(row)
                put(row)
                done += 1
                if not done % proof.TOLD_EVERY:
                    tell(replace(far, rows=done))
        prints[table.name] = printing.print
    return Moved(prints)


Put = Callable[[proof.Row], object]


def _columns(table: Table) -> str:
    return ", ".join(f'"{one.name}"' for one in table.c)


@contextmanager
def _into_server(connection: Connection, table: Table) -> Iterator[Put]:
    line: Any = connection.connection.driver_connection
    with line.cursor().copy(f"COPY {table.name} ({_columns(table)}) FROM STDIN") as stream:
        yield stream.write_row


@contextmanager
def _into_file(connection: Connection, table: Table) -> Iterator[Put]:
    line: Any = connection.connection.driver_connection
    marks = ", ".join("?" * len(table.c))
    adding = f"INSERT INTO {table.name} ({_columns(table)}) VALUES ({marks})"
    waiting: list[tuple[Any, ...]] = []

    def put(row: proof.Row) -> None:
        waiting.append(tuple(row))
        if len(waiting) == _AT_ONCE:
            line.executemany(adding, waiting)
            waiting.clear()

    yield put
    line.executemany(adding, waiting)


def _number_on(held: Connection, connection: Connection) -> None:
    """Give no number again that was given before, also to a row that is gone."""
    numbers = proof.numbered(held)
    if connection.dialect.name == "sqlite":
        connection.execute(text("DELETE FROM sqlite_sequence"))
        for table, last in numbers.items():
            values = {"table": table, "last": last}
            connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :last)"), values)
        return
    for table, sequence in proof.sequences(connection).items():
        if table in numbers:
            values = {"sequence": sequence, "last": numbers[table]}
            connection.execute(text("SELECT setval(CAST(:sequence AS regclass), :last)"), values)


def _all_of(step: Step, copied: Moved) -> Far:
    tables = len(copied.prints)
    return Far(step, number=tables, tables=tables, rows=copied.rows, of=copied.rows)


def _alike_or_refused(held: Connection, connection: Connection, copied: Moved, tell: Tell) -> None:
    def told(number: int, table: str, rows: int) -> None:
        tell(replace(_all_of(Step.COPIED, copied), table=table, number=number, rows=rows))

    report = [
        *proof.unlike(copied.prints, proof.prints(connection, told)),
        *(["numbers"] if proof.numbered(held) != proof.numbered(connection) else []),
        *guards.differing(connection),
        *compare.differences(connection, metadata),
    ]
    if report:
        raise EnvironmentFailure(NOT_ALIKE.format(report="; ".join(report)))


def _in_order_or_refused(target: Where, coming: moved.Coming) -> None:
    found = check.findings(target, revision=str(coming))
    if found:
        said = "; ".join(f"{one.code}: {one.message}" for one in found[:3])
        raise EnvironmentFailure(NOT_IN_ORDER.format(report=said))


def _still_there_or_refused(target: Where, coming: moved.Coming) -> None:
    """Else another move took the copy for what an interrupted one left."""
    with _engine(target) as engine:
        if _revision(target, engine) != str(coming):
            raise StoreRefused(schema.THERE_ALREADY)


def _waits_or_refused(gone: moved.Gone, target: Where) -> None:
    """The source says that it moved here and the copy waits: an earlier move ended between the two."""
    if not is_address(target) and not look.is_ours(_file(target)):
        raise StoreRefused(gone.words)
    with _engine(target) as engine:
        there = moved.read_mark(_revision(target, engine))
    if not isinstance(there, moved.Coming) or there.token != gone.token:
        raise StoreRefused(gone.words)


def _open_up(target: Where, gone: moved.Gone, author: Author, source: str) -> None:
    """Take the copy's own mark away: from here on it is opened. The trail says where it came from."""
    with _engine(target) as engine, _writing(engine) as connection:
        if not moved.opened(connection, moved.Coming(gone.revision, gone.token)):
            raise StoreRefused(gone.words)  # another was quicker, or another clinic is there
        _witness(connection, author, Deed.MOVED_HERE, {"from": source}, known_mark_of(target))


def _witness(
    connection: Connection, author: Author, deed: Deed, about: dict[str, object], mark: TrailMark | None
) -> None:
    # The trail keeps whole seconds.
    author = replace(author, at=author.at.replace(microsecond=0))
    trail.write(connection, author, [witnessed(deed, "clinic", 1, about)], (), mark)

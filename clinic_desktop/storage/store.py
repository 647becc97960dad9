"""The store: one clinic's records on SQLite or PostgreSQL."""

from collections.abc import Collection, Iterator
from contextlib import closing, suppress
from datetime import datetime
from functools import partial
from threading import Thread
from typing import Any

from sqlalchemy import Engine, event, inspect, select

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import Clock, ServerClock, SystemClock
from clinic_desktop.foundation.errors import StoreRefused, WentBack
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.security import trail_checking
from clinic_desktop.storage import as_read, guards, look, moved, schema, trail_check
from clinic_desktop.storage.engine import (
    Where,
    beside,
    connector,
    file_of,
    hurry,
    is_address,
    open_engine,
)
from clinic_desktop.storage.failures import DAMAGED, WENT_BACK, worded, worded_reading
from clinic_desktop.storage.known_backup import refuse_backup
from clinic_desktop.storage.lines import Lines
from clinic_desktop.storage.listening import Listener, listener
from clinic_desktop.storage.network_folder import refuse_share
from clinic_desktop.storage.open_lines import OpenLines
from clinic_desktop.storage.reader import Reader, hear_server
from clinic_desktop.storage.revisions import CURRENT
from clinic_desktop.storage.sealing import tidy
from clinic_desktop.storage.setups import SetupCache
from clinic_desktop.storage.tables import schema_version
from clinic_desktop.storage.trail import gathered
from clinic_desktop.storage.trail_mark import TrailMark, known_mark_of, mark_of
from clinic_desktop.storage.trail_told import Step
from clinic_desktop.storage.unit_of_work import UnitOfWork

NO_CLINIC = "There is no clinic at {name}. Choose another file, or set up a clinic."


class SqlStore:
    """Open with :func:`open_store`; many threads may read and write through one store."""

    def __init__(self, where: Where, engine: Engine, clock: Clock, mark: TrailMark | None = None) -> None:
        self.where, self._engine, self.clock, self._mark = where, engine, clock, mark
        self._setups = SetupCache()
        self._open = OpenLines()
        self._lines = Lines(where, lost=engine.dispose, there=self._open)
        if is_address(where):
            event.listen(engine, "checkout", partial(_taken, self._open))  # some are open by now

    def write(self, actor: Actor) -> UnitOfWork:
        return UnitOfWork(self._engine, self._setups, actor, self.clock, self._mark, self._lines.damage)

    @property
    def damaged(self) -> bool:
        """Whether the file was found damaged since it is open; then nothing is written to it."""
        return self._lines.damage.found

    def read_whole(self) -> None:
        """Read every page of a file that was too large for that when it was opened; for a worker thread that
        nobody waits for. Raises :class:`StoreRefused` where one is damaged, which is heard of as ever."""
        with worded():
            if is_address(self.where) or file_of(self.where).stat().st_size <= look.WHOLE_CHECK_BYTES:
                return
        with self.read() as records:
            if records.rows("PRAGMA quick_check(1)") != [("ok",)]:
                raise StoreRefused(DAMAGED)

    def hurry(self) -> None:
        """From now on commits of this store wait for no disk: for a file that is thrown away unless it is
        finished, like the demo clinic's. A power cut may take the last of them and leaves the file whole;
        other stores of the same file are as safe as before. On a server nothing changes."""
        if not is_address(self.where):
            hurry(self._engine)

    def read(self) -> Reader:
        return Reader(self._lines, self._setups)

    def change_number(self) -> int:
        """The number of the last committed change."""
        with self.read() as records:
            ((number,),) = records.rows("SELECT change_number FROM head")
        return int(number)

    def changes_since(self, number: int) -> Changes:
        """What was committed after that number, by anybody. Raises :class:`WentBack` where that number
        was never reached: what was read before is not to be trusted then; :class:`WentElsewhere` where the
        clinic was moved away meanwhile, and what is here is the old copy."""
        query = "SELECT number, kind, record_id, day FROM change WHERE number > ? ORDER BY number"
        with self.read() as records:
            ((revision,),) = records.rows(f"SELECT version_num FROM {schema_version.name}")
            moved.refuse_marked(str(revision))
            if isinstance(self.clock, ServerClock):
                hear_server(self.clock, records.rows)
            rows = records.rows(query, [number])
            if not rows:
                ((last,),) = records.rows("SELECT change_number FROM head")
        if not rows:
            if last < number:
                self._setups.forget()  # its numbers are given once more, to other set-ups
                raise WentBack(WENT_BACK, int(last))
            return Changes()
        touched = [(kind, record_id, as_read.day(day)) for _, kind, record_id, day in rows]
        return gathered(rows[-1][0], touched, ())

    def listener(self) -> Listener:
        """What wakes whoever waits for changes: for a thread that does nothing else."""
        return listener(self.where)

    def last_written(self) -> datetime | None:
        """When the last change was written, by the clock of then; None in a clinic without any."""
        with self.read() as records:
            rows = records.rows(
                "SELECT at FROM audit WHERE +at BETWEEN ? AND ? ORDER BY id DESC LIMIT 1",  # the last row
                [as_read.FIRST_SECOND, as_read.LAST_SECOND],
            )
        return as_read.moment(rows[0][0]) if rows else None

    def trail_steps(self) -> Iterator[Step]:
        """Whether the trail holds and every record is as it says, page by page, and coming visits claim their
        places."""
        return trail_check.steps(self.read, known_mark_of(self.where), self.clock.now())

    def last_trail_check(self) -> tuple[datetime, str] | None:
        """When that was done last and put on record, and what was; what was accepted since is settled. On a
        server only under the own login: whoever writes as another desk cannot say that this one has looked.
        What stands beside the trail's own numbers is no part of it."""
        login = "CAST(session_user AS text)" if is_address(self.where) else "''"
        of = "{a}.kind = ? AND {a}.record_id = 0 AND {a}.action = ?"
        query = (
            f"SELECT c.at, coalesce((SELECT a.after FROM audit a WHERE {of.format(a='a')} AND a.id > c.id"
            " AND a.id <= (SELECT audit_id FROM head) ORDER BY a.id DESC LIMIT 1), c.after)"
            f" FROM audit c WHERE {of.format(a='c')} AND c.login = {login}"
            " AND c.id BETWEEN 1 AND (SELECT audit_id FROM head) ORDER BY c.id DESC LIMIT 1"
        )
        kind = trail_checking.KIND
        with self.read() as records:
            rows = records.rows(query, [kind, Deed.ACCEPTED.value, kind, Deed.CHECKED.value])
        return (as_read.moment(rows[0][0]), str(rows[0][1])) if rows else None

    def may_do_too_much(self) -> bool:
        """Whether it is signed in as the owner of the data on a server, or above: whoever works like that
        could change the audit trail."""
        if not is_address(self.where):
            return False
        with self.read() as records:
            ((much,),) = records.rows("SELECT has_table_privilege('alembic_version', 'UPDATE')")
        return bool(much)

    def waiting(self) -> list[Any]:
        """The lines to a server on which the answer to a statement is waited for at this moment."""
        return self._open.waiting()

    def hang_up(self, lines: Collection[Any] | None = None) -> None:
        """Whoever waits for an answer on one of ``lines``, by default on any, hears that the server is away:
        one that hangs would let them wait for ever. Waits for nothing."""
        self._open.hang_up(lines)

    def let_go(self) -> None:
        """At the end: :meth:`hang_up`, and nobody reads on a line of their own any more."""
        self._open.shut = True
        self._open.hang_up()

    def answers(self, seconds: float) -> bool:
        """Whether a server answers somebody who comes anew, within ``seconds``; a file does."""
        if not is_address(self.where):
            return True
        found: list[bool] = []
        asking = Thread(target=_ask, args=(self.where, found), name="answers", daemon=True)
        asking.start()
        asking.join(seconds)
        return bool(found)

    def close(self) -> None:
        self._lines.close()
        self._engine.dispose()

    @property
    def engine(self) -> Engine:
        return self._engine


def _taken(there: OpenLines, line: Any, _record: object, _proxy: object) -> None:  # noqa: ANN401 - a driver's connection
    there.add(line)


def _ask(where: str, found: list[bool]) -> None:
    with suppress(Exception), closing(connector(where)()) as line:  # whatever is wrong, it does not answer
        line.execute("SELECT 1")
        found.append(True)


def open_store(
    where: Where, clock: Clock | None = None, *, make: bool = False, mark: TrailMark | None = None
) -> SqlStore:
    """Open the clinic in a file, plain or sealed, or at an address; with ``make`` a new one is made there.

    ``mark``: of its trail, where it will not stay in this place.

    Raises :class:`StoreRefused` for a damaged, foreign, newer or unguarded database, which stays as it is,
    and :class:`EnvironmentFailure` when the place cannot be reached.
    """
    clock = clock or (ServerClock() if is_address(where) else SystemClock())
    engine = open_engine(where)
    try:
        with worded() if make else worded_reading():
            revision = _on_server(engine, make) if is_address(where) else _in_file(where, make)
            if revision != CURRENT:
                # Alembic takes a third of a second to import, so only when a migration is due.
                from clinic_desktop.storage.migrations.run import migrate  # noqa: PLC0415 - slow to load, seldom needed

                engine.dispose()
                migrate(where, clock.now())
    except BaseException:
        engine.dispose()
        raise
    return SqlStore(where, engine, clock, mark or mark_of(where, new=make))


def _in_file(where: Where, make: bool) -> str:
    kept = beside(where, file_of(where))
    refuse_share(file_of(where))
    refuse_backup(file_of(where))
    tidy(file_of(where))
    revision = look.look(kept)
    if make and revision is not None:
        raise StoreRefused(schema.THERE_ALREADY)
    if make:
        schema.make_file(kept)
        return CURRENT
    if revision is None:
        raise StoreRefused(NO_CLINIC.format(name=file_of(where).name))
    return revision


def _on_server(engine: Engine, make: bool) -> str:
    with engine.connect() as connection:
        there = inspect(connection).has_table(schema_version.name)
    if make and there:
        raise StoreRefused(schema.THERE_ALREADY)
    if make:
        schema.make_tables(engine)
        return CURRENT
    if not there:
        raise StoreRefused(look.EMPTY)
    with engine.connect() as connection:
        revision: str = connection.execute(select(schema_version.c.version_num)).scalar_one()
        look.known_or_refused(revision)
        if revision == CURRENT:
            look.guarded_or_refused(guards.differing(connection))
    return revision

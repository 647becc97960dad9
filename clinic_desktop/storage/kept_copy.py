"""What a desk keeps of a server's clinic for a start without it: who comes today and next, and the house, in
an encrypted file that is only read.

It is no clinic: it has neither accounts nor a trail nor anybody else's records, and nothing is written there.
"""

import hashlib
import hmac
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn

from sqlalchemy import Engine, Table, insert, text
from sqlalchemy.exc import DBAPIError, NoResultFound

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.clock import Clock, from_utc_minute, local_day
from clinic_desktop.foundation.errors import EnvironmentFailure, ServerAway, StoreRefused
from clinic_desktop.foundation.private_file import sync_folder
from clinic_desktop.reports.sums import Turnovers, UsageSum
from clinic_desktop.scheduling.availability import Place
from clinic_desktop.scheduling.board_rows import BoardRow
from clinic_desktop.scheduling.course_days import CourseDay
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.storage import schema
from clinic_desktop.storage.engine import Sealed, open_engine
from clinic_desktop.storage.failures import worded
from clinic_desktop.storage.lines import Lines
from clinic_desktop.storage.proof import TABLES
from clinic_desktop.storage.reader import Reader
from clinic_desktop.storage.revisions import CURRENT
from clinic_desktop.storage.setups import SetupCache
from clinic_desktop.storage.store import SqlStore
from clinic_desktop.storage.tables import metadata, schema_version

FILE = "floor.sealed"
_DAYS_AHEAD = 7  # until when somebody who comes is in the copy: after a weekend and a holiday, too
_MOST_OPEN = 30  # visits of earlier days that nobody ended
_NEVER = frozenset({"account", "outage_key", "audit", "change", "message", "crisis_call", "merge", "paper"})
"""What nobody on the floor needs, and what would tell more than the day does."""
_BEING_MADE, _LONGEST_MAKING = ".floor-", 3600  # seconds
_PURPOSE = b"clinic-desktop: the floor for a start without the server"
_AWAY = "The clinic's database does not answer."
_OTHER_VERSION = "What this computer kept is of another version of the program."
_NONE = "This computer kept no floor of this clinic yet."
_NOT_WHOLE = "The floor that this computer kept is damaged. The paper for the day is not touched by it."
_OTHER_DAYS = (
    "This computer did not keep this day, so it cannot tell who comes on it. It keeps the day on which it "
    "last reached the server, and the seven days after it. The others are shown once the server answers."
)
SENTENCES = (_AWAY, _OTHER_VERSION, _NONE, _NOT_WHOLE, _OTHER_DAYS)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one table, as the driver gives them."""

    table: Table
    rows: Sequence[Sequence[Any]]


class KeptReader(Reader):
    """Reads the copy of ``made_at``. Whatever is asked of days of which not all is in it raises
    :class:`EnvironmentFailure`: else they would look free."""

    def __init__(self, lines: Lines, setups: SetupCache, made_at: datetime) -> None:
        super().__init__(lines, setups)
        self._made_at = made_at

    def _must_be_kept(self, first: date, last: date) -> None:
        there = self._first()
        if first < there or last > there + timedelta(days=_DAYS_AHEAD):
            raise EnvironmentFailure(_OTHER_DAYS)

    def _first(self) -> date:
        return local_day(self._made_at, self.setup().clinic.zone)

    def visits_on(self, first: date, last: date) -> list[Visit]:
        # Who stays past midnight was left open when the copy was made, and so is in it.
        night = first < last and first == self._first() - timedelta(days=1)
        self._must_be_kept(last if night else first, last)
        return super().visits_on(first, last)

    def visits_in(self, day: date, room_id: int | None) -> list[Visit]:
        self._must_be_kept(day, day)
        return super().visits_in(day, room_id)

    def course_days(self, first: date, last: date) -> list[CourseDay]:
        self._must_be_kept(first, last)
        return super().course_days(first, last)

    def range_rows(self, first: date, last: date) -> list[BoardRow]:
        self._must_be_kept(first, last)
        return super().range_rows(first, last)

    def usage_sums(self, first: date, last: date, today: date, now: int) -> list[UsageSum]:
        self._must_be_kept(first, last)
        return super().usage_sums(first, last, today, now)

    def turnovers(self, first: date, last: date, longest: int) -> dict[int, Turnovers]:
        self._must_be_kept(first, last)
        return super().turnovers(first, last, longest)

    def taken(self, places: Sequence[Place], start: int, end: int) -> dict[Place, list[tuple[int, int, int]]]:
        zone = self.setup().clinic.zone
        self._must_be_kept(from_utc_minute(start, zone).day, from_utc_minute(end - 1, zone).day)
        return super().taken(places, start, end)


class KeptStore(SqlStore):
    """The copy, opened. ``made_at``: everything in it is as it was then. ``folder``: where it lies."""

    def __init__(self, where: Sealed, engine: Engine, clock: Clock, made_at: datetime) -> None:
        super().__init__(where, engine, clock)
        self.made_at, self.folder = made_at, where.path.parent

    def read(self) -> KeptReader:
        return KeptReader(self._lines, self._setups, self.made_at)

    def write(self, actor: Actor) -> NoReturn:  # noqa: ARG002 - whoever asks
        """Nothing is written into a copy: the clinic is on the server, which does not answer."""
        raise ServerAway(_AWAY)


def copy_day(store: SqlStore, folder: Path, key: bytes) -> None:
    """Keep the floor as it is now, in place of the copy before. Raises :class:`EnvironmentFailure`; the copy
    before stays then."""
    now = store.clock.now()
    with store.read() as records:
        today = local_day(now, records.setup().clinic.zone)
        found = list(_found(store, today))
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        # In a folder of its own: another program of this computer may make one at the same moment.
        with TemporaryDirectory(prefix=_BEING_MADE, dir=folder, ignore_cleanup_errors=True) as own:
            _clear_older(folder, Path(own))
            new = Path(own) / FILE
            schema.new_file(new)
            _write(Sealed(new, _own_key(key)), found, now)
            new.replace(folder / FILE)
        sync_folder(folder)
    except OSError as failure:
        raise EnvironmentFailure(f"This computer could not keep it ({failure.strerror}).") from failure


def kept_at(folder: Path) -> bool:
    """Whether there is a copy, whoever can open it."""
    return (folder / FILE).exists()


def open_copy(folder: Path, key: bytes, clock: Clock) -> KeptStore:
    """The copy, to read. Raises :class:`EnvironmentFailure` where there is none, where the key is another,
    and for a copy that another version of the program made."""
    where = Sealed(folder / FILE, _own_key(key))
    if not where.path.exists():
        raise EnvironmentFailure(_NONE)
    engine = open_engine(where)
    try:
        with worded(), engine.connect() as connection:
            revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
            made_at = connection.execute(text("SELECT at FROM kept_copy")).scalar_one()
        if revision != CURRENT:
            raise EnvironmentFailure(_OTHER_VERSION)
    except BaseException as failure:
        engine.dispose()
        if isinstance(failure, DBAPIError | NoResultFound | StoreRefused):  # no damage of the clinic
            raise EnvironmentFailure(_NOT_WHOLE) from failure
        raise
    return KeptStore(where, engine, clock, datetime.fromisoformat(made_at))


@contextmanager
def copy_opened(folder: Path, key: bytes, clock: Clock) -> Iterator[tuple[KeptStore, datetime]]:
    """The same for one look, with the time at which it was made."""
    store = open_copy(folder, key, clock)
    try:
        yield store, store.made_at
    finally:
        store.close()


def _own_key(key: bytes) -> bytes:
    return hmac.new(key, _PURPOSE, hashlib.sha256).digest()


def _found(store: SqlStore, today: date) -> Iterable[Rows]:
    """One moment of the clinic: whoever comes, with all their visits, since rules ask for those before."""
    with store.read() as records:
        coming = records.visits_on(today, today + timedelta(days=_DAYS_AHEAD))
        left_open = records.unclosed_before(today, _MOST_OPEN)
        patients = sorted({one.patient_id for one in (*coming, *left_open)})
        visits = [
            row[0] for row in records.rows(f"SELECT id FROM visit WHERE patient_id IN ({_in(patients)})")
        ]
        for table in TABLES:
            if table.name in _NEVER:
                continue
            names = ", ".join(f'"{one.name}"' for one in table.c)
            which = _which(table, _in(patients), _in(visits))
            query = f"SELECT {names} FROM {table.name}{which}"
            yield Rows(table, records.rows(query))


def _which(table: Table, patients: str, visits: str) -> str:
    columns = {one.name for one in table.c}
    if table.name == "patient":
        return f" WHERE id IN ({patients})"
    if table.name == "drug_movement":
        return ""  # what is left of a lot is what came less all that went; of others their numbers alone
    if "patient_id" in columns:
        return f" WHERE patient_id IN ({patients})"
    if "visit_id" in columns:
        return f" WHERE visit_id IN ({visits})"
    return ""


def _in(numbers: Sequence[int]) -> str:
    return ", ".join(str(int(one)) for one in numbers) or "NULL"


def _write(where: Sealed, found: Sequence[Rows], at: datetime) -> None:
    engine = open_engine(where)
    try:
        with worded(), engine.connect() as connection:
            line: Any = connection.connection.driver_connection
            line.execute("PRAGMA foreign_keys = OFF")  # who gave what to somebody else is not in it
            connection.execution_options(writes=True)
            with connection.begin():
                metadata.create_all(connection)
                connection.execute(insert(schema_version), {"version_num": CURRENT})
                connection.execute(text("CREATE TABLE kept_copy (at TEXT NOT NULL)"))
                connection.execute(text("INSERT INTO kept_copy VALUES (:at)"), {"at": at.isoformat()})
                for one in found:
                    names = ", ".join(f'"{column.name}"' for column in one.table.c)
                    marks = ", ".join("?" * len(one.table.c))
                    line.executemany(
                        f"INSERT INTO {one.table.name} ({names}) VALUES ({marks})",
                        [tuple(row) for row in one.rows],
                    )
    finally:
        engine.dispose()


def _clear_older(folder: Path, own: Path) -> None:
    """What a program that was ended left of one that it was making, by the disk's own clock: the clinic's is
    the server's, and may go otherwise."""
    before = own.stat().st_mtime - _LONGEST_MAKING
    for one in folder.glob(f"{_BEING_MADE}*"):
        with suppress(OSError):
            if one.stat().st_mtime < before:
                shutil.rmtree(one)

"""What a desk may be killed in: booking, moving a course, releasing, backing up, migrating.

Each kind makes its clinic, works until it is killed, and says whether all that was acknowledged is there, and
nothing by halves.
"""

import os
import random
import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import ClassVar

import sqlalchemy as sa
from alembic.operations import Operations

from benchmarks import race_clinic
from benchmarks.race_clinic import ACTOR, CLOCK, RaceClinic
from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.clock import FixedClock
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.scheduling.model import Course, Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.storage import backup_folder, check, compare, guards
from clinic_desktop.storage.backing_up import back_up_to
from clinic_desktop.storage.engine import open_engine
from clinic_desktop.storage.migrations.run import migrate
from clinic_desktop.storage.store import open_store
from clinic_desktop.storage.tables import metadata
from clinic_desktop.storage.trail_mark import mark_of
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.recording import record
from tests.small_clinic import at_home, build, instant
from tests.storage.killed_desk import (
    INSIDE,
    VISITS,
    Work,
    book,
    book_until_killed,
    ended_after,
    started,
    tell_steps,
)
from tests.treatment.stays import booked

AT = datetime(2026, 11, 20, 9, 30, 5, tzinfo=UTC)
_TIMES_OF_DAY = 120  # of a course that is moved again and again: which of them it has says how often it was


def courses_there(where: Path | str) -> int:
    """How many courses are stored, each of them whole."""
    store = open_store(where)
    with store.read() as records:
        courses = {one.id for one in records.find(Course)}
        visits = Counter(one.course_id for one in records.find(Visit))
    store.close()
    assert visits == dict.fromkeys(courses, VISITS)
    return len(courses)


def within(done: int, there: int, told: str) -> None:
    """What was acknowledged is stored. Killed in the commit itself, one more may be, unsaid."""
    assert done <= there <= done + (told[-1:] == "C"), (done, there, told[-5:])


def _move_until_killed(where: Path | str, number: int, told: int) -> None:
    clinic = RaceClinic(open_store(where, CLOCK))
    tell_steps(clinic.store.engine, told)
    while True:
        number = (number + 1) % _TIMES_OF_DAY
        with clinic.store.read() as records:
            visits = records.find(Visit)
        move(clinic.store, ACTOR, [to(one, minute=480 + 5 * number) for one in visits])
        os.write(told, b"D")


_NURSE = Actor(1, frozenset({Role.NURSE}), "floor")


def _release(where: Path | str, visit_id: int, told: int) -> None:
    store = open_store(where, FixedClock(instant(12, 15)))
    tell_steps(store.engine, told)
    record(store, _NURSE, visit_id, [Stamp(kind=StampKind.RELEASED)])
    os.write(told, b"D")


def _back_up_until_killed(where: Path | str, number: int, told: int) -> None:
    assert isinstance(where, Path)
    clinic = RaceClinic(open_store(where, CLOCK))
    _tell_all_steps(told)
    while True:
        book(clinic, number)
        os.write(told, b"D")
        back_up_to(clinic.store, _kept(where) / f"{number}.sqlite")
        os.write(told, b"K")
        number += 1


def _tell_all_steps(told: int) -> None:
    """Also of lines to the database that are opened on the way."""
    tell_steps(sa.Engine, told)  # type: ignore[arg-type]  # events are listened for on the class as on one


_REVISIONS = ("0001", "0002")


def _migrate(where: Path | str, _number: int, told: int) -> None:
    _tell_all_steps(told)
    assert isinstance(where, Path)
    _migrated(where, AT)
    os.write(told, b"D")


def _migrated(where: Path, at: datetime) -> None:
    migrate(where, at, revisions=_REVISIONS, steps={"0002": _two_tables_anew}, meant=_meant())


def _two_tables_anew(op: Operations) -> None:
    for table in ("patient", "visit"):
        with op.batch_alter_table(table, recreate="always") as anew:
            anew.add_column(sa.Column("colour", sa.Text(), nullable=True))


def _meant() -> sa.MetaData:
    tables = sa.MetaData(naming_convention=metadata.naming_convention)
    for table in metadata.sorted_tables:
        table.to_metadata(tables)
    for name in ("patient", "visit"):
        tables.tables[name].append_column(sa.Column("colour", sa.Text()))
    return tables


def _kept(where: Path) -> Path:
    return where.with_name("kept")


def clean(where: Path) -> None:
    found = check.findings(where)
    assert found == [], found


@dataclass
class Kind:
    """One kind. ``markers``: it is killed after one to so many of its steps, and at most ``wait`` seconds.

    number: where its work is, from one desk to the next."""

    folder: Path
    number: int = 0
    name = ""
    markers = 40
    wait = 0.0
    work: ClassVar[Work]

    @property
    def where(self) -> Path:
        return self.folder / "clinic.sqlite"

    def make(self) -> None:
        """The clinic, before the first kill."""
        race_clinic.make(self.where)

    def prepare(self) -> None:
        """What has to be there before each kill."""

    def judge(self, told: str) -> None:
        """Raises ``AssertionError``; takes ``number`` on."""
        raise NotImplementedError


class Bookings(Kind):
    name = "booking a course"
    work = staticmethod(book_until_killed)

    def judge(self, told: str) -> None:
        there = courses_there(self.where)
        within(self.number + told.count("D"), there, told)
        self.number = there
        clean(self.where)


class CourseMoves(Kind):
    name = "moving a course"
    markers = 60
    work = staticmethod(_move_until_killed)

    def make(self) -> None:
        race_clinic.make(self.where)
        clinic = RaceClinic(open_store(self.where, CLOCK))
        book(clinic, 0)
        clinic.store.close()

    def judge(self, told: str) -> None:
        store = open_store(self.where)
        with store.read() as records:
            (minute, *others) = {one.minute for one in records.find(Visit)}
        store.close()
        assert others == []  # all of the course, or nothing of it
        moved = (minute - 480) // 5
        within(told.count("D"), (moved - self.number) % _TIMES_OF_DAY, told)
        self.number = moved
        clean(self.where)


class Releases(Kind):
    name = "releasing"
    markers = 30
    work = staticmethod(_release)

    def make(self) -> None:
        """A stay at its floor, with everything checked."""
        clinic = build(self.folder / "ready", open_store)
        assert clinic.nurse == _NURSE
        stay = booked(clinic).sprayed().at(12, 15).checked()
        self.number = stay.visit_id
        clinic.store.close()
        self._clinic, self._file = clinic, (self.folder / "ready" / "clinic.sqlite").read_bytes()

    def prepare(self) -> None:
        _put(self.where, self._file)

    def judge(self, told: str) -> None:
        clinic = at_home(self._clinic, self.where)
        with clinic.store.read() as records:
            released = [one for one in records.find(Stamp) if one.kind is StampKind.RELEASED]
        state = clinic.visit(self.number).state.value
        clinic.store.close()
        within(told.count("D"), len(released), told)
        assert (state == "left") == bool(released), state
        clean(self.where)


class Backups(Kind):
    name = "backing up"
    markers, wait = 400, 0.03
    work = staticmethod(_back_up_until_killed)

    def make(self) -> None:
        race_clinic.make(self.where)
        _kept(self.where).mkdir()

    def judge(self, told: str) -> None:
        """Each booking is followed by a backup of it, named after it: K."""
        there, done = courses_there(self.where), self.number + told.count("D")
        assert done <= there <= done + 1
        kept = {int(one.stem) for one in _kept(self.where).glob("*.sqlite")}
        said = set(range(self.number, self.number + told.count("K")))
        assert said <= kept
        for number in kept - set(range(self.number)):
            copy = _kept(self.where) / f"{number}.sqlite"
            facts = backup_folder.facts_of(copy)
            assert facts is not None
            assert facts.sha256 == backup_folder.hash_of(copy)
            clean(copy)
            looked_at = Path(shutil.copy(copy, self.folder / "looked at.sqlite"))  # nobody works in a backup
            assert courses_there(looked_at) == number + 1
        self.number = there
        clean(self.where)


class Migrations(Kind):
    name = "migrating"
    markers, wait = 700, 0.03
    work = staticmethod(_migrate)

    def make(self) -> None:
        clinic = build(self.folder / "older", open_store)
        booked(clinic).sprayed()
        clinic.store.close()
        self._file = (self.folder / "older" / "clinic.sqlite").read_bytes()
        self.prepare()
        self._rows = _rows(self.where)

    def prepare(self) -> None:
        _put(self.where, self._file)
        for one in (self.where.parent / "backups").glob("*"):
            one.unlink()

    def judge(self, told: str) -> None:
        """All of the old or all of the new, with the guards of it; what was of before is aside; and the next
        start ends what this one began."""
        assert _version(self.where) == "0002" if "D" in told else _version(self.where) in _REVISIONS
        for copy in (self.where.parent / "backups").glob("*.sqlite"):
            clean(copy)
        if _version(self.where) == "0001":
            clean(self.where)
            with suppress(EnvironmentFailure):  # the copy aside has its name already
                _migrated(self.where, AT)
            if _version(self.where) == "0001":
                _migrated(self.where, AT.replace(minute=31))
        assert _version(self.where) == "0002"
        assert _rows(self.where) == self._rows
        engine = open_engine(self.where)
        with engine.connect() as connection:
            assert guards.differing(connection) == []
            assert compare.differences(connection, _meant()) == []
        engine.dispose()


def _version(where: Path) -> str:
    engine = open_engine(where)
    with engine.connect() as connection:
        found: str = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one()
    engine.dispose()
    return found


def _rows(where: Path) -> dict[str, int]:
    engine = open_engine(where)
    with engine.connect() as connection:
        counts = {
            table: connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in metadata.tables
        }
    engine.dispose()
    return counts


def _put(where: Path, file: bytes) -> None:
    mark_of(where, new=True)  # as when a file of before is restored: it has no mark yet
    for helper in ("-wal", "-shm"):
        where.with_name(where.name + helper).unlink(missing_ok=True)
    where.write_bytes(file)


KINDS: tuple[type[Kind], ...] = (Bookings, CourseMoves, Releases, Backups, Migrations)


def killed(
    kind: Kind, times: int, shown: int, most: int, say: Callable[[str], object] = lambda _: None
) -> tuple[int, int]:
    """How often it was killed, and how often that came inside its work: ``times``, and more (up to ``most``)
    until it came inside ``shown`` times. Raises ``AssertionError`` for what is not as it should be."""
    chance = random.Random(f"{kind.name} {times}")  # noqa: S311 - a moment, not a secret
    kind.make()
    turns = inside = 0
    while turns < most and (turns < times or inside < shown):
        turns += 1
        kind.prepare()
        desk, pipe = started(kind.where, kind.number, kind.work)
        wait = chance.uniform(0, kind.wait)

        def end() -> None:
            Event().wait(wait)  # noqa: B023 - it is called in this turn
            desk.kill()  # noqa: B023 - SIGKILL: it has no say

        told = ended_after(chance.randint(1, kind.markers), desk, pipe, end)
        inside += told[-1:] in INSIDE
        assert told  # it began to work
        say(told)
        kind.judge(told)
    return turns, inside

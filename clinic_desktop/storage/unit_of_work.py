"""The one place that opens a transaction and commits. Leaving without commit rolls back."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from datetime import date, datetime
from types import TracebackType
from typing import Any, TypeVar, cast

from sqlalchemy import Engine, Table, func, select, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import Clock, ServerClock, local_day
from clinic_desktop.foundation.errors import BadInput, ClinicProblem, GivenUp, ServerAway, StaleEdit
from clinic_desktop.foundation.records import changed
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.people.identity_numbers import identity_numbers, new_identity_numbers
from clinic_desktop.people.model import Patient
from clinic_desktop.people.rules import IDENTITY_NUMBER
from clinic_desktop.scheduling.model import Setup, Visit
from clinic_desktop.security.emergency import must_be_floor
from clinic_desktop.storage import locks, trail
from clinic_desktop.storage.audit import Entry, image, witnessed
from clinic_desktop.storage.damage import Damage
from clinic_desktop.storage.failures import GIVEN_UP, UNSURE, problem_of, worded
from clinic_desktop.storage.reader import SqlRecords, hear_server, spoken
from clinic_desktop.storage.schedule import ScheduleWrites
from clinic_desktop.storage.setups import SetupCache, read_setup
from clinic_desktop.storage.statements import Adding, Rows
from clinic_desktop.storage.storable import refuse_entry, refuse_texts, row_of
from clinic_desktop.storage.tables import RECORDS, SETUP_KINDS, patient
from clinic_desktop.storage.trail_mark import TrailMark
from clinic_desktop.storage.typed import for_server, shape

T = TypeVar("T")


class UnitOfWork(SqlRecords, ScheduleWrites):
    """One transaction by one actor. After a refusal, or after commit, it is over: open another."""

    _options = ({"writes": True}, {"writes": True})

    def __init__(
        self,
        engine: Engine,
        setups: SetupCache,
        actor: Actor,
        clock: Clock,
        mark: TrailMark | None,
        damage: Damage,
    ) -> None:
        super().__init__(engine, setups)
        damage.refuse()
        self._damage = damage
        self._actor, self._clock, self._mark = actor, clock, mark
        self._at: datetime | None = None
        self._heard = False
        self._entries: list[Entry] = []
        self._witnessed: list[Entry] = []
        self._days: set[date] = set()
        self._reason = ""
        self._locked: locks.Days | None = None
        self._over = ""
        self._wrote = False
        self._wanted: Callable[[], bool] | None = None
        self._without_claims: set[int] = set()
        self._looked: dict[tuple[object, ...], list[tuple[Any, ...]]] = {}

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._damage.hear(problem)
        if not self._wrote:
            # There is nothing to take back. After a rollback the driver would forget the statements it has
            # prepared, and whoever lost a race would be slower at the next one.
            with suppress(SQLAlchemyError):
                self._connection.commit()
        super().__exit__(kind, problem, trace)

    @property
    def actor(self) -> Actor:
        return self._actor

    def act_as(self, actor: Actor) -> None:
        self._actor = actor

    @property
    def at(self) -> datetime:
        """The instant of this transaction: when it first asked, in whole seconds as they are kept."""
        if self._at is None:
            if isinstance(self._clock, ServerClock) and not self._heard:
                hear_server(self._clock, self.rows)
            self._at = self._clock.now().replace(microsecond=0)
        return self._at

    def _hear(self, instant: datetime) -> None:
        """What the server's clock says: with the locks, so that it is not asked once more."""
        if isinstance(self._clock, ServerClock):
            self._clock.hear(instant)
            self._heard = True

    def witness(
        self, deed: Deed, kind: str, record_id: int = 0, about: Mapping[str, object] | None = None
    ) -> None:
        entry = witnessed(deed, kind, record_id, about or {})
        refuse_entry(entry, about or {})
        self._witnessed.append(entry)

    def because(self, reason: str) -> None:
        refuse_texts(reason=reason)
        if numbers := identity_numbers(reason):
            _refuse_identity_numbers({"reason": numbers[0]})
        self._reason = reason

    def setup(self) -> Setup:
        if any(entry.kind in SETUP_KINDS for entry in self._entries):
            return read_setup(self.find)  # changed here and not yet committed: nobody else's to see
        return super().setup()

    def lock_days(self, days: Sequence[date]) -> None:
        self._lock(frozenset(days))

    def lock_all_days(self) -> None:
        """Take every day at once: for a change of the set-up, after which any visit may stand otherwise."""
        self._lock(locks.ALL)

    def _lock(self, wanted: locks.Days) -> None:
        if self._locked is not None:
            locks.must_hold(self._locked, wanted)
            return
        if self._entries:
            raise RuntimeError("lock the days before the first write, or two desks may wait for each other")
        self._take(wanted)

    def _take(self, wanted: locks.Days) -> None:
        self._locked = wanted
        with self._writing():
            instant = locks.take(self._connection, wanted)
        if instant is not None:
            self._hear(instant)
        if self._server:  # others may have written until now; to a file nobody has since this unit began
            self._found.clear()
            self._looked.clear()
            self._seen_setup = None

    @property
    def locked(self) -> locks.Days | None:
        return self._locked

    def hold(self, kind: type[T], record_id: int) -> T:
        if self._server:
            table = RECORDS[kind]
            # As strong as the change that follows, and no stronger: others may still refer to the row.
            query = select(table.c.id).where(table.c.id == record_id).with_for_update(key_share=True)
            with self._writing():
                self._connection.execute(query)
        self._found.clear()
        return self.get(kind, record_id)

    def add(self, record: T) -> T:
        return self.add_all([record])[0]

    def add_all(self, records: Sequence[T]) -> list[T]:
        if not records:
            return []
        for one in records:
            _refuse_identity_numbers(new_identity_numbers(one))
        table = self._table(records[0])
        with self._changing():
            numbered = [changed(cast(Any, one), version=1) for one in self._with_chart_numbers(records)]
            ids = self._add_rows(numbered)
        added = [changed(one, id=new) for one, new in zip(numbered, ids, strict=True)]
        for one in added:
            self._note("add", table, None, one)
        if isinstance(records[0], Visit):
            self._without_claims |= {cast(Any, one).id for one in added}
        return added

    def _add_rows(self, records: Sequence[Any]) -> list[int]:
        """Write new rows of one kind, in order; answers their ids. A server is waited for once."""
        wanted = shape(type(records[0]))
        known = bool(records[0].id)
        query = wanted.adding_known if known else wanted.adding
        rows = [row_of(wanted, one)[0 if known else 1 :] for one in records]
        if not self._server:
            return [self._line.execute(query, row).fetchone()[0] for row in rows]
        with self._line.pipeline() if len(rows) > 1 else nullcontext():
            asked = [self._line.execute(for_server(query), row) for row in rows]
            return [one.fetchone()[0] for one in asked]

    def _with_chart_numbers(self, records: Sequence[Any]) -> Sequence[Any]:
        """New patients with ids, and chart numbers made from them; everything else as it is."""
        new = [one for one in records if isinstance(one, Patient) and not one.chart_number]
        if not new:
            return records
        given = {one.chart_number for one in records}
        numbered = [
            replace(one, id=new)
            for one, new in zip(records, self._free_patient_ids(len(records), given), strict=True)
        ]
        return [
            one if one.chart_number else replace(one, chart_number=_chart_number(one.id)) for one in numbered
        ]

    def _free_patient_ids(self, count: int, given: set[str]) -> list[int]:
        """Ids whose chart number nobody has: one that was given by hand would stop every new patient."""
        ids: list[int] = []
        last = 0
        while len(ids) < count:
            new = self._next_patient_ids(count - len(ids), last)
            last, numbers = new[-1], [_chart_number(one) for one in new]
            taken = given | {one.chart_number for one in self.find(Patient, chart_number=numbers)}
            ids += [one for one in new if _chart_number(one) not in taken]
        return ids

    def _next_patient_ids(self, count: int, after: int) -> Sequence[int]:
        if self._connection.dialect.name == "postgresql":
            # A sequence waits for nobody: two desks that add people never stand in each other's way.
            query = text(
                "SELECT nextval(pg_get_serial_sequence('patient', 'id')) FROM generate_series(1, :n)"
            )
            return list(self._connection.execute(query, {"n": count}).scalars())
        last: int = self._connection.execute(select(func.coalesce(func.max(patient.c.id), 0))).scalar_one()
        last = max(last, after)
        return range(last + 1, last + 1 + count)

    def each(self, query: str, many: Sequence[Sequence[object]]) -> None:
        self._line.cursor().executemany(for_server(query) if self._server else query, many)

    def add_rows(self, adding: Adding, rows: Rows) -> None:
        adding.run(self._line, rows, server=self._server)

    def save(self, record: T) -> T:
        table = self._table(record)
        seen: Any = record
        before = self.get(type(record), seen.id)
        _refuse_identity_numbers(new_identity_numbers(record, before))
        after: Any = changed(seen, version=seen.version + 1)
        wanted = shape(type(after))
        with self._changing():
            self._change_seen(wanted.changing, row_of(wanted, after)[1:], seen)
        self._note("change", table, before, after)
        return cast(T, after)

    def remove(self, record: object) -> None:
        table = self._table(record)
        seen: Any = record
        there = self.find(type(seen), id=seen.id)
        with self._changing():
            self._change_seen(shape(type(seen)).removing, [], seen)
        self._note("remove", table, there[0], None)  # as it stood, whatever was meant to be done with it

    def _change_seen(self, query: str, values: list[object], seen: Any) -> None:  # noqa: ANN401 - any record kind
        """Change the row that was ``seen``; whoever changed it since is not overwritten."""
        asked = for_server(query) if self._server else query
        if self._line.execute(asked, [*values, seen.id, seen.version]).rowcount != 1:
            raise StaleEdit(spoken(type(seen)), seen.id)

    def _table(self, record: object) -> Table:
        """The table of a record that is about to be written, with the lock that its kind needs."""
        if self._locked is None:
            if RECORDS[type(record)].name in SETUP_KINDS:
                self._take(locks.ALL)
            elif isinstance(record, Visit):
                self._take(frozenset())
        return RECORDS[type(record)]

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """The same for a statement that changes the database: without a commit it is taken back."""
        self._wrote = True
        with self._writing():
            yield

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """What fails half way must not be committed: the unit is over."""
        if self._over:
            raise RuntimeError(f"this unit of work is over: {self._over}")
        try:
            with worded():
                yield
        except BaseException as problem:
            self._over = f"{type(problem).__name__} was raised"
            raise

    def _note(self, action: str, table: Table, before: object, after: object) -> None:
        images = [None if one is None else image(one) for one in (before, after)]
        record: Any = after if after is not None else before
        self._found.pop(type(record), None)
        if self._actor.until is not None:
            self._of_the_floor(table.name, before, after)
        self._entries.append(Entry(action, table.name, record.id, images[0], images[1]))
        self._days.update(one.day for one in (before, after) if isinstance(one, Visit))

    def _of_the_floor(self, kind: str, before: object, after: object) -> None:
        """In an emergency: here, so that no use case is forgotten."""
        record: Any = after if after is not None else before
        visit = record if isinstance(record, Visit) else None
        if visit is None and getattr(record, "visit_id", None):
            visit = self.get(Visit, record.visit_id)
        day, done_at = visit.day if visit else None, self._actor.done_at or self.at
        today = local_day(done_at, self.setup().clinic.zone)
        try:
            must_be_floor(self._actor, done_at, kind, before, after, day=day, today=today)
        except ClinicProblem as problem:
            self._over = f"{type(problem).__name__} was raised"
            raise

    def touch_days(self, days: Iterable[date]) -> None:
        """Say that these days look different now, though no visit row changed."""
        self._days.update(days)

    def only_while(self, wanted: Callable[[], bool]) -> None:
        self._wanted = wanted

    def commit(self) -> Changes:
        """Write the audit trail and the change feed, then make everything durable."""
        self._damage.refuse()  # found by another one since this began
        refuse_texts(desk=self._actor.desk)
        author = trail.Author(self._actor, self.at, self._reason)
        with self._changing():
            changes = Changes()
            if self._entries or self._days or self._witnessed:
                entries = [*self._entries, *self._witnessed]
                changes = trail.write(self._connection, author, entries, self._days, self._mark)
            if self._wanted is not None and not self._wanted():
                raise GivenUp(GIVEN_UP)
            self._make_durable()
            if self._mark is not None:
                self._mark.is_durable()
        self._over = "it is committed"
        return changes

    def _make_durable(self) -> None:
        try:
            self._connection.commit()
        except DBAPIError as failure:
            if isinstance(problem_of(failure), ServerAway):
                # The server was asked to commit and went away: it may have done so.
                raise ServerAway(UNSURE, unsure=True) from failure
            raise


def _chart_number(patient_id: int) -> str:
    return f"C{patient_id:05d}"


def _refuse_identity_numbers(found: Mapping[str, str]) -> None:
    """Here, so that no text gets past it whatever screen or command it comes from."""
    if found:
        raise BadInput({name: Finding(IDENTITY_NUMBER, {"number": number}) for name, number in found.items()})

"""The one place that opens a transaction and commits. Leaving without commit rolls back."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from types import TracebackType
from typing import Any, Self, TypeVar, cast

from sqlalchemy import Connection, Engine, Table, delete, insert, select, text, update

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import Clock, day_number
from clinic_desktop.foundation.errors import NotFound, StaleEdit
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.model import Setup, Visit
from clinic_desktop.storage import audit as trail
from clinic_desktop.storage.failures import worded
from clinic_desktop.storage.schedule import ScheduleReads, ScheduleWrites
from clinic_desktop.storage.setups import SetupCache, read_setup
from clinic_desktop.storage.tables import RECORDS, SETUP_KINDS, audit, change, head

T = TypeVar("T")
_CLASS_OF_DAY_LOCKS = 0x434C
NOTIFY_CHANNEL = "clinic_changes"


class Reader(ScheduleReads):
    """Reading inside one snapshot."""

    def __init__(self, engine: Engine, setups: SetupCache) -> None:
        self._engine, self._setups = engine, setups

    def setup(self) -> Setup:
        with worded():
            return self._setups.current(self._connection, self.find)

    def __enter__(self) -> Self:
        with worded():
            self._connection = self._engine.connect()
            self._connection.begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    @property
    def connection(self) -> Connection:
        return self._connection

    def get(self, kind: type[T], record_id: int) -> T:
        found = self.find(kind, id=record_id)
        if not found:
            raise NotFound(_spoken(kind), record_id)
        return found[0]

    def find(self, kind: type[T], **equal: object) -> list[T]:
        table = RECORDS[kind]
        query = select(table).order_by(table.c.id)
        for name, value in equal.items():
            column = table.c[name]
            query = query.where(
                column.in_(value) if isinstance(value, list | tuple | set | frozenset) else column == value
            )
        with worded():
            return [kind(**row) for row in self._connection.execute(query).mappings()]


class UnitOfWork(Reader, ScheduleWrites):
    """One transaction by one actor."""

    def __init__(self, engine: Engine, setups: SetupCache, actor: Actor, clock: Clock) -> None:
        super().__init__(engine, setups)
        self._actor, self._at = actor, clock.now()
        self._entries: list[trail.Entry] = []
        self._days: set[date] = set()
        self._reason = ""
        self._locked: frozenset[date] | None = None

    def __enter__(self) -> Self:
        with worded():
            self._connection = self._engine.connect().execution_options(writes=True)
            self._connection.begin()
        return self

    def setup(self) -> Setup:
        if any(one.kind in SETUP_KINDS for one in self._entries):
            return read_setup(self.find)  # its own writes have no number yet
        return super().setup()

    @property
    def actor(self) -> Actor:
        return self._actor

    @property
    def at(self) -> datetime:
        return self._at

    def because(self, reason: str) -> None:
        self._reason = reason

    def lock_days(self, days: Sequence[date]) -> None:
        if self._locked is not None:
            if not self._locked.issuperset(days):
                raise RuntimeError(
                    "lock all days of a transaction at once, or two desks may wait for each other"
                )
            return
        if self._entries:
            raise RuntimeError("lock the days before the first write, or two desks may wait for each other")
        self._locked = frozenset(days)
        if self._connection.dialect.name == "postgresql":
            with worded():
                for day in sorted(self._locked):
                    self._connection.execute(
                        text("SELECT pg_advisory_xact_lock(:k, :d)"),
                        {"k": _CLASS_OF_DAY_LOCKS, "d": day_number(day)},
                    )

    @property
    def locked_days(self) -> frozenset[date]:
        return self._locked or frozenset()

    def add(self, record: T) -> T:
        return self.add_all([record])[0]

    def add_all(self, records: Sequence[T]) -> list[T]:
        if not records:
            return []
        kind = type(records[0])
        table = RECORDS[kind]
        with worded():
            records = cast("Sequence[T]", self._charted(records))
            rows = [_row(replace(cast(Any, one), version=1)) for one in records]
            result = self._connection.execute(
                insert(table).returning(table.c.id, sort_by_parameter_order=True), rows
            ).scalars()
            ids = list(result)
        added = [
            cast(T, replace(cast(Any, one), id=new, version=1)) for one, new in zip(records, ids, strict=True)
        ]
        for one in added:
            self._note("add", table, None, one)
        return added

    def _charted(self, records: Sequence[Any]) -> Sequence[Any]:
        """New patients with the next chart numbers; everything else as it is."""
        new = [one for one in records if isinstance(one, Patient) and not one.chart_number]
        if not new:
            return records
        query = (
            update(head).values(chart_number=head.c.chart_number + len(new)).returning(head.c.chart_number)
        )
        last = self._connection.execute(query).scalar_one()
        numbers = iter(range(last - len(new) + 1, last + 1))
        return [
            one if one.chart_number else replace(one, chart_number=f"C{next(numbers):05d}") for one in records
        ]

    def save(self, record: T) -> T:
        table = RECORDS[type(record)]
        seen: Any = record
        before = self.get(type(record), seen.id)
        after = replace(seen, version=seen.version + 1)
        row = _row(after)
        query = update(table).where(table.c.id == seen.id, table.c.version == seen.version).values(row)
        with worded():
            if self._connection.execute(query).rowcount != 1:
                raise StaleEdit(_spoken(type(record)), seen.id)
        self._note("change", table, before, after)
        return cast(T, after)

    def remove(self, record: object) -> None:
        table = RECORDS[type(record)]
        seen: Any = record
        with worded():
            query = delete(table).where(table.c.id == seen.id, table.c.version == seen.version)
            if self._connection.execute(query).rowcount != 1:
                raise StaleEdit(_spoken(type(record)), seen.id)
        self._note("remove", table, record, None)

    def _note(self, action: str, table: Table, before: object, after: object) -> None:
        images = [None if one is None else trail.image(one) for one in (before, after)]
        record: Any = after if after is not None else before
        self._entries.append(trail.Entry(action, table.name, record.id, images[0], images[1]))
        self._days.update(one.day for one in (before, after) if isinstance(one, Visit))

    def touch_days(self, days: Iterable[date]) -> None:
        """Say that these days look different now, though no visit row changed."""
        self._days.update(days)

    def commit(self) -> Changes:
        """Write the audit trail and the change feed, then make everything durable."""
        with worded():
            changes = self._write_trail() if self._entries else Changes()
            self._connection.commit()
        return changes

    def _write_trail(self) -> Changes:
        query = select(head.c.change_number, head.c.audit_id, head.c.audit_hash).with_for_update()
        number, audit_id, audit_hash = self._connection.execute(query).one()
        rows, feed = [], []
        for place, entry in enumerate(self._entries, start=1):
            row = self._audit_row(entry, audit_id + place, number + place, audit_hash)
            audit_hash = row["hash"]
            rows.append(row)
            feed.append(
                {"number": number + place, "kind": entry.kind, "record_id": entry.record_id, "day": None}
            )
        last = number + len(feed)
        for day in sorted(self._days):
            last += 1
            feed.append({"number": last, "kind": "day", "record_id": 0, "day": day})
        self._connection.execute(insert(audit), rows)
        self._connection.execute(insert(change), feed)
        new_head = {"change_number": last, "audit_id": audit_id + len(rows), "audit_hash": audit_hash}
        if any(entry.kind in SETUP_KINDS for entry in self._entries):
            new_head["setup_number"] = last
        self._connection.execute(update(head).values(new_head))
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(text("SELECT pg_notify(:c, :n)"), {"c": NOTIFY_CHANNEL, "n": str(last)})
        return gathered(last, ((e.kind, e.record_id, None) for e in self._entries), self._days)

    def _audit_row(self, entry: trail.Entry, audit_id: int, number: int, previous: str) -> dict[str, Any]:
        row: dict[str, Any] = {
            "id": audit_id,
            "at": self._at.replace(microsecond=0),
            "person_id": self._actor.person_id,
            "roles": ",".join(sorted(self._actor.roles)),
            "desk": self._actor.desk,
            "action": entry.action,
            "kind": entry.kind,
            "record_id": entry.record_id,
            "before": entry.before,
            "after": entry.after,
            "reason": self._reason,
            "change_number": number,
            "previous_hash": previous,
        }
        return row | {"hash": trail.chained(row)}


def gathered(number: int, touched: Iterable[tuple[str, int, date | None]], days: Iterable[date]) -> Changes:
    """The news of some rows of the feed."""
    rows = list(touched)
    return Changes(
        number,
        frozenset(days) | {day for _, _, day in rows if day is not None},
        frozenset(record_id for kind, record_id, _ in rows if kind == "visit"),
        frozenset(record_id for kind, record_id, _ in rows if kind == "patient"),
        frozenset(kind for kind, _, _ in rows if kind != "day"),
    )


def _row(record: Any) -> dict[str, Any]:  # noqa: ANN401 - any record kind
    values = {one.name: getattr(record, one.name) for one in fields(record)}
    if not values["id"]:
        del values["id"]
    return values


def _spoken(kind: type) -> str:
    return RECORDS[kind].name.replace("_", " ")

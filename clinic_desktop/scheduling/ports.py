"""What scheduling asks of a store besides plain records: the days, and the places that visits claim."""

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.clock import Clock
from clinic_desktop.foundation.store import Records, Unit
from clinic_desktop.scheduling.allowances import CountedVisit
from clinic_desktop.scheduling.availability import Place, Taken
from clinic_desktop.scheduling.course_days import CourseDay
from clinic_desktop.scheduling.model import Claim, ClaimKind, Setup, Visit


@dataclass(frozen=True, slots=True)
class Treated:
    """A patient's visits of one treatment that took or will take place, without those of ``but``. types: the
    treatment's, of whatever version."""

    patient_id: int
    types: tuple[int, ...]
    but: frozenset[int] = frozenset()


class PatientVisits(Protocol):
    """A part of a patient's visits: what takes as long after many years as after few."""

    def visits_from(self, patient_id: int, day: date) -> list[Visit]:
        """The visits of a day and of later ones, every state, in order of id."""
        ...

    def visits_around(
        self, treated: Treated, day: date, consultations: Sequence[int], since: date
    ) -> list[Visit]:
        """The patient's visits, whatever they are, of the day itself, of the nearest days before and after
        it and of the first day that have one of ``treated``, and of each day from ``since`` to it that has
        an open visit of one of the types ``consultations``; every state, in order of id."""
        ...

    def given_under(self, treated: Treated, orders: Sequence[int]) -> dict[int, int]:
        """Order -> how many of the visits were dosed under it; only those that have one."""
        ...

    def counted_from(self, patient_id: int, day: date, but: Collection[int]) -> list[CountedVisit]:
        """The visits of a day and of later ones, and open ones of earlier days, unless nobody came; in no
        order."""
        ...


class RecordsAt(Records, PatientVisits, Protocol):
    """Records as of an instant: what the rules look at, in a transaction or before one."""

    @property
    def at(self) -> datetime: ...


class ScheduleRecords(Records, PatientVisits, Protocol):
    def setup(self) -> Setup:
        """Rooms, staff, hours, types and policies as this transaction sees them; cheap to ask again."""
        ...

    def visits_on(self, first: date, last: date) -> list[Visit]:
        """Visits of the local days first..last (both included), every state, by time."""
        ...

    def visits_in(self, day: date, room_id: int | None) -> list[Visit]:
        """Visits of a local day that have this room, and those whose patients changed rooms that day, by
        time."""
        ...

    def unclosed_before(self, day: date, most: int) -> list[Visit]:
        """Visits of earlier days that have no end on record, the latest first, at most so many."""
        ...

    def course_days(self, first: date, last: date) -> list[CourseDay]:
        """Of everybody who was given a treatment from ``first`` to ``last``: every visit with one, and every
        visit without a treatment that took place; by patient and day."""
        ...

    def claims_between(self, start: int, end: int, kind: ClaimKind | None = None) -> list[Claim]:
        """Claims (of a kind) that overlap ``[start, end)`` UTC minutes, watching places numbered."""
        ...

    def claims_around(self, visit_id: int, claims: Sequence[Claim]) -> list[Claim]:
        """Claims that overlap the time of ``claims`` (one at least, all of one visit): those on one of their
        places, and whatever the visit itself has there."""
        ...

    def taken(self, places: Sequence[Place], start: int, end: int) -> dict[Place, list[Taken]]:
        """When these places are claimed, and by which visit, where that overlaps ``[start, end)``: what a
        search through weeks looks at, many times quicker than the claims themselves."""
        ...


class ScheduleUnit(Unit, ScheduleRecords, Protocol):
    def must_be_free(self, claims: Sequence[Claim], watch_limit: Callable[[int], int]) -> None:
        """Raises :class:`Conflict` naming everything that is taken, and writes nothing. The days must be
        locked."""
        ...

    def place(
        self, visits: Iterable[int], claims: Sequence[Claim], watch_limit: Callable[[int], int]
    ) -> None:
        """Give up every claim of ``visits``, then take ``claims``, in one go: a swap is possible.

        Watching places are numbered here within each nurse's ``watch_limit(staff_id)``. Raises
        :class:`Conflict` naming everything that is taken. The days must be locked.
        """
        ...

    def touch_days(self, days: Iterable[date]) -> None:
        """Say that these days look different now, though no visit row changed."""
        ...


class ScheduleStore(Protocol):
    @property
    def clock(self) -> Clock:
        """Who the store asks for the time."""
        ...

    def write(self, actor: Actor) -> AbstractContextManager[ScheduleUnit]: ...

    def read(self) -> AbstractContextManager[ScheduleRecords]: ...

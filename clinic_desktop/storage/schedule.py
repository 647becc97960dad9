"""Claims in the database."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection

from clinic_desktop.foundation.errors import Conflict, Taken
from clinic_desktop.scheduling.availability import Place
from clinic_desktop.scheduling.model import Claim, ClaimKind, Setup
from clinic_desktop.scheduling.taken_until import taken_until
from clinic_desktop.scheduling.watching import numbered
from clinic_desktop.storage.failures import problem_of
from clinic_desktop.storage.locks import Days
from clinic_desktop.storage.statements import CLAIM_AT, CLAIMS_OF, Adding, Rows, adding
from clinic_desktop.storage.tables import LAST_RESOURCE, LONGEST_CLAIM, SLOTS, claim, place, place_parts

_CLAIM = "SELECT place, starts, ends, visit_id, override_id FROM claim"
# Bounded by the longest claim, so that the index is not read back to the first day.
_OVERLAPS = f" WHERE starts < ? AND ends > ? AND starts > ? - {LONGEST_CLAIM}"
# One place at a time: for several at once the planners go through everybody's claims of the weeks.
_TAKEN = f"SELECT starts, ends, visit_id FROM claim{_OVERLAPS} AND place = ? ORDER BY starts"
# By the index of times: a clinic has more claims of a kind than claims of a few hours.
_OF_KIND = " AND +place BETWEEN ? AND ?"
_HIGHEST = "SELECT max(place) FROM claim WHERE place BETWEEN ? AND ?"


class ScheduleReads:
    """Reading claims; mixed into the reader and the unit of work."""

    def rows(self, query: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        raise NotImplementedError

    def claims_between(self, start: int, end: int, kind: ClaimKind | None = None) -> list[Claim]:
        spans = [] if kind is None else [place(kind, 0), place(kind, LAST_RESOURCE)]
        query = f"{_CLAIM}{_OVERLAPS}{_OF_KIND if spans else ''} ORDER BY id"
        return [_claim(row) for row in self.rows(query, [end, start, start, *spans])]

    def claims_around(self, visit_id: int, claims: Sequence[Claim]) -> list[Claim]:
        start, end = min(one.start for one in claims), max(one.end for one in claims)
        places = sorted({place(one.kind, one.resource_id) // SLOTS for one in claims})
        marks = ", ".join("?" * len(places))
        query = f"{_CLAIM}{_OVERLAPS} AND (place / {SLOTS} IN ({marks}) OR visit_id = ?) ORDER BY id"
        return [_claim(row) for row in self.rows(query, [end, start, start, *places, visit_id])]

    def rows_of_each(self, query: str, many: Sequence[Sequence[object]]) -> list[list[tuple[Any, ...]]]:
        """The rows of a query for each of many parameters."""
        return [self.rows(query, parameters) for parameters in many]

    def taken(self, places: Sequence[Place], start: int, end: int) -> dict[Place, list[tuple[int, int, int]]]:
        """When places are claimed and by which visit: rows of the index alone, place by place."""
        numbers = [*self._single(places), *self._watched(places)]
        found = self.rows_of_each(_TAKEN, [[end, start, start, number] for _, number in numbers])
        out: dict[Place, list[tuple[int, int, int]]] = {}
        for (one, _), rows in zip(numbers, found, strict=True):
            out.setdefault(one, []).extend(rows)
        return out

    def _single(self, places: Sequence[Place]) -> list[tuple[Place, int]]:
        return [(one, place(ClaimKind(one[0]), one[1])) for one in places if one[0] != ClaimKind.WATCH]

    def _watched(self, places: Sequence[Place]) -> list[tuple[Place, int]]:
        """Each watching place of a nurse that was ever claimed, with its number."""
        nurses = [one for one in places if one[0] == ClaimKind.WATCH]
        spans = [[place(ClaimKind.WATCH, nurse, slot) for slot in (0, SLOTS - 1)] for _, nurse in nurses]
        highest = self.rows_of_each(_HIGHEST, spans)
        return [
            (one, number)
            for one, (first, _), ((last,),) in zip(nurses, spans, highest, strict=True)
            for number in range(first, (last or 0) + 1)
        ]


class ScheduleWrites(ScheduleReads):
    """Taking and giving up places."""

    @property
    def connection(self) -> Connection:
        raise NotImplementedError

    def setup(self) -> Setup:
        raise NotImplementedError

    #: Visits that this transaction made and that have no claims yet to give up.
    _without_claims: set[int]
    #: What was asked about claims, with the answers, until this transaction changes some: nobody else does,
    #: while it holds the days.
    _looked: dict[tuple[object, ...], list[tuple[Any, ...]]]

    @property
    def locked(self) -> Days | None:
        raise NotImplementedError

    def each(self, query: str, many: Sequence[Sequence[object]]) -> None:
        """Carry out a statement for each of many parameters."""
        raise NotImplementedError

    def add_rows(self, adding: Adding, rows: Rows) -> None:
        raise NotImplementedError

    def _writing(self) -> AbstractContextManager[None]:
        raise NotImplementedError

    def _changing(self) -> AbstractContextManager[None]:
        raise NotImplementedError

    def place(
        self, visits: Iterable[int], claims: Sequence[Claim], watch_limit: Callable[[int], int]
    ) -> None:
        if self.locked is None:
            raise RuntimeError("lock the days before their places are looked at")
        with self._changing():
            if given_up := set(visits) - self._without_claims:
                self._looked.clear()
                self.each(CLAIMS_OF, [[one] for one in sorted(given_up)])
            self._without_claims -= {one.visit_id for one in claims}
            if claims:
                there, placed = self._placed(claims, watch_limit)
                self._looked.clear()
                if gone := [one for one in there if one not in placed]:
                    self.each(CLAIM_AT, [_place_of(one) for one in gone])
                self._insert([one for one in placed if one not in there], watch_limit)

    def must_be_free(self, claims: Sequence[Claim], watch_limit: Callable[[int], int]) -> None:
        with self._writing():
            self._placed(claims, watch_limit)

    def _insert(self, claims: Sequence[Claim], watch_limit: Callable[[int], int]) -> None:
        try:
            self.add_rows(adding(claim), [_row(one) for one in claims])
        except Exception as failure:  # of either driver
            if not isinstance(problem_of(failure), Conflict):
                raise
            # Somebody came between without these days' locks. Whoever it was has committed by now.
            self.connection.rollback()
            raise Conflict(self._named(self._taken(claims), claims, watch_limit)) from failure

    def _taken(self, wanted: Sequence[Claim]) -> list[Claim]:
        """Claims of others in the way of ``wanted``."""
        if not wanted:
            return []
        start, end = min(one.start for one in wanted), max(one.end for one in wanted)
        places = sorted({place(one.kind, one.resource_id, one.slot) for one in wanted})
        query = f"{_CLAIM}{_OVERLAPS} AND place IN ({', '.join('?' * len(places))}) ORDER BY id"
        there = self._look(query, [end, start, start, *places])
        return [one for one in there if any(_clash(one, mine) for mine in wanted)]

    def _placed(
        self, claims: Sequence[Claim], limit: Callable[[int], int]
    ) -> tuple[list[Claim], list[Claim]]:
        """The watching claims that stand beside ``claims``, and all of them with their places: where needed
        those of others are numbered anew. Raises :class:`Conflict` naming everything that is taken."""
        placed = [one for one in claims if one.kind is not ClaimKind.WATCH]
        taken = self._taken(placed) + _among(placed)
        standing: list[Claim] = []
        watching = [one for one in claims if one.kind is ClaimKind.WATCH]
        for nurse in dict.fromkeys(one.resource_id for one in watching):
            new = [one for one in watching if one.resource_id == nurse]
            there = self._watched_by(nurse, new)
            together = numbered([*there, *new], min(limit(nurse), SLOTS))
            if together is None:
                # Too many of one batch count too: the course itself is in its own way.
                in_the_way = [one for one in there if any(_meets(one, mine) for mine in new)]
                taken += in_the_way or _meeting(new)
            else:
                standing += there
                placed += together
        if taken:
            raise Conflict(self._named(taken, claims, limit))
        return standing, placed

    def _watched_by(self, nurse: int, new: Sequence[Claim]) -> list[Claim]:
        start = min(one.start for one in new) - LONGEST_CLAIM
        end = max(one.end for one in new) + LONGEST_CLAIM
        first, last = place(ClaimKind.WATCH, nurse, 0), place(ClaimKind.WATCH, nurse, SLOTS - 1)
        query = f"{_CLAIM}{_OVERLAPS} AND place BETWEEN ? AND ? ORDER BY id"
        return self._look(query, [end, start, start, first, last])

    def _look(self, query: str, parameters: Sequence[object]) -> list[Claim]:
        asked = query, *parameters
        if asked not in self._looked:
            self._looked[asked] = self.rows(query, parameters)
        return [_claim(row) for row in self._looked[asked]]

    def _named(
        self, taken: Sequence[Claim], wanted: Sequence[Claim], limit: Callable[[int], int]
    ) -> list[Taken]:
        setup = self.setup()
        people = {one.id: one.name for one in setup.staff}
        names = {
            ClaimKind.ROOM: {one.id: one.name for one in setup.rooms},
            ClaimKind.HANDS: people,
            ClaimKind.WATCH: people,
            ClaimKind.PATIENT: self._patients({c.resource_id for c in taken if c.kind is ClaimKind.PATIENT}),
        }
        return [
            Taken(
                one.kind,
                names.get(one.kind, {}).get(one.resource_id, ""),
                one.visit_id or None,
                one.start,
                one.end,
                self._until(one, wanted, limit),
            )
            for one in taken
        ]

    def _until(self, one: Claim, wanted: Sequence[Claim], limit: Callable[[int], int]) -> int:
        """From when on the place of a claim in the way is free; those of one batch are not written yet."""
        where = one.kind, one.resource_id
        mine = [(some.start, some.end) for some in wanted if (some.kind, some.resource_id) == where]
        rows = self.taken([where], one.start, one.end + LONGEST_CLAIM).get(where, [])
        return taken_until(rows, mine, limit(where[1]) if one.kind is ClaimKind.WATCH else 1) or one.end

    def _patients(self, ids: Iterable[int]) -> dict[int, str]:
        if not (wanted := list(ids)):
            return {}
        marks = ", ".join("?" * len(wanted))
        query = f"SELECT id, given_name, family_name FROM patient WHERE id IN ({marks})"
        return {number: f"{given} {family}".strip() for number, given, family in self.rows(query, wanted)}


def _among(wanted: Sequence[Claim]) -> list[Claim]:
    """Claims of one batch that are in each other's way; they belong to no visit yet."""
    ordered = sorted(wanted, key=lambda one: (place(one.kind, one.resource_id, one.slot), one.start))
    return [replace(one, visit_id=0) for one, following in pairwise(ordered) if _clash(one, following)]


def _meeting(wanted: Sequence[Claim]) -> list[Claim]:
    return [
        replace(one, visit_id=0)
        for one in wanted
        if any(_meets(one, other) for other in wanted if other is not one)
    ]


def _place_of(one: Claim) -> list[int]:
    return [place(one.kind, one.resource_id, one.slot), one.start]


def _meets(one: Claim, other: Claim) -> bool:
    return one.start < other.end and other.start < one.end


def _clash(one: Claim, other: Claim) -> bool:
    return (one.kind, one.resource_id, one.slot) == (other.kind, other.resource_id, other.slot) and _meets(
        one, other
    )


def _claim(row: Sequence[Any]) -> Claim:
    number, starts, ends, visit_id, override_id = row
    kind, resource, slot = place_parts(number)
    return Claim(kind, resource, starts, ends, slot, visit_id, override_id)


def _row(one: Claim) -> dict[str, Any]:
    return {
        "place": place(one.kind, one.resource_id, one.slot),
        "starts": one.start,
        "ends": one.end,
        "visit_id": one.visit_id,
        "override_id": one.override_id,
    }

"""Days and claims in the database."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select

from clinic_desktop.foundation.errors import Conflict, Taken
from clinic_desktop.people.model import Patient, Staff
from clinic_desktop.scheduling.model import Claim, ClaimKind, Room, Visit
from clinic_desktop.scheduling.watching import numbered
from clinic_desktop.storage.failures import worded
from clinic_desktop.storage.tables import LONGEST_CLAIM, RECORDS, claim, place, place_parts, visit


class ScheduleReads:
    """Reading days and claims; mixed into the reader and the unit of work."""

    @property
    def connection(self) -> Connection:
        raise NotImplementedError

    def visits_on(self, first: date, last: date) -> list[Visit]:
        query = select(visit).where(visit.c.day.between(first, last)).order_by(visit.c.start, visit.c.id)
        with worded():
            return [Visit(**row) for row in self.connection.execute(query).mappings()]

    def claims_between(self, start: int, end: int) -> list[Claim]:
        with worded():
            rows = self.connection.execute(select(claim).where(_overlaps(start, end)).order_by(claim.c.id))
            return [_claim(row) for row in rows]


class ScheduleWrites(ScheduleReads):
    """Taking and giving up places."""

    def place(
        self, visits: Iterable[int], claims: Sequence[Claim], watch_limit: Callable[[int], int]
    ) -> None:
        with worded():
            if given_up := list(visits):
                self.connection.execute(delete(claim).where(claim.c.visit_id.in_(given_up)))
            if not claims:
                return
            exclusive = [one for one in claims if one.kind is not ClaimKind.WATCH]
            taken = self._taken(exclusive)
            watching = self._watching(
                [one for one in claims if one.kind is ClaimKind.WATCH], watch_limit, taken
            )
            if taken:
                raise Conflict(self._named(taken))
            self.connection.execute(insert(claim), [_row(one) for one in (*exclusive, *watching)])

    def _taken(self, wanted: Sequence[Claim]) -> list[Claim]:
        """Claims of others in the way of ``wanted``."""
        if not wanted:
            return []
        start, end = min(one.start for one in wanted), max(one.end for one in wanted)
        places = {place(one.kind, one.resource_id, one.slot) for one in wanted}
        query = select(claim).where(_overlaps(start, end), claim.c.place.in_(places))
        there = [_claim(row) for row in self.connection.execute(query)]
        return [one for one in there if any(_clash(one, mine) for mine in wanted)]

    def _watching(
        self, wanted: Sequence[Claim], limit: Callable[[int], int], taken: list[Claim]
    ) -> list[Claim]:
        """Watching claims with their places; others of the same nurse are numbered anew where needed."""
        out: list[Claim] = []
        for nurse in dict.fromkeys(one.resource_id for one in wanted):
            new = [one for one in wanted if one.resource_id == nurse]
            there = self._watched_by(nurse, new)
            placed = numbered([*there, *new], limit(nurse))
            if placed is None:
                taken += [one for one in there if any(_meets(one, mine) for mine in new)]
                continue
            out += [one for one in placed if one not in there]
            moved = [one for one in there if one not in placed]
            for one in moved:
                self.connection.execute(delete(claim).where(_same(one)))
        return out

    def _watched_by(self, nurse: int, new: Sequence[Claim]) -> list[Claim]:
        start = min(one.start for one in new) - LONGEST_CLAIM
        end = max(one.end for one in new) + LONGEST_CLAIM
        first, last = place(ClaimKind.WATCH, nurse, 0), place(ClaimKind.WATCH, nurse, 99)
        query = select(claim).where(_overlaps(start, end), claim.c.place.between(first, last))
        return [_claim(row) for row in self.connection.execute(query)]

    def _named(self, taken: Sequence[Claim]) -> list[Taken]:
        table_of = {
            ClaimKind.ROOM: Room,
            ClaimKind.PATIENT: Patient,
            ClaimKind.HANDS: Staff,
            ClaimKind.WATCH: Staff,
        }
        out = []
        for one in taken:
            table = RECORDS[table_of[one.kind]]
            columns = (
                [table.c.given_name, table.c.family_name] if one.kind is ClaimKind.PATIENT else [table.c.name]
            )
            words = self.connection.execute(select(*columns).where(table.c.id == one.resource_id)).one()
            out.append(Taken(one.kind, " ".join(words), one.visit_id, one.start, one.end))
        return out


def _overlaps(start: int, end: int) -> ColumnElement[bool]:
    return (claim.c.starts < end) & (claim.c.ends > start) & (claim.c.starts > start - LONGEST_CLAIM)


def _same(one: Claim) -> ColumnElement[bool]:
    return (claim.c.place == place(one.kind, one.resource_id, one.slot)) & (claim.c.starts == one.start)


def _meets(one: Claim, other: Claim) -> bool:
    return one.start < other.end and other.start < one.end


def _clash(one: Claim, other: Claim) -> bool:
    return (one.kind, one.resource_id, one.slot) == (other.kind, other.resource_id, other.slot) and _meets(
        one, other
    )


def _claim(row: Row[Any]) -> Claim:
    kind, resource, slot = place_parts(row.place)
    return Claim(kind, resource, row.starts, row.ends, slot, row.visit_id, row.override_id)


def _row(one: Claim) -> dict[str, Any]:
    return {
        "place": place(one.kind, one.resource_id, one.slot),
        "starts": one.start,
        "ends": one.end,
        "visit_id": one.visit_id,
        "override_id": one.override_id,
    }

"""Rows for boards, lists and reports: plain values, one query each.

A reader mixes them in; they are of its moment.
"""

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any

from clinic_desktop.reports.moved_rooms import room_by_room, turned_over
from clinic_desktop.reports.sums import CANCELLED_LATE, DISPLACED, Turnovers, UsageSum
from clinic_desktop.scheduling.board_rows import BoardRow
from clinic_desktop.scheduling.course_days import CourseDay
from clinic_desktop.scheduling.model import Setup, Visit
from clinic_desktop.scheduling.states import LIVE, VisitState
from clinic_desktop.storage.typed import Row, shape

_VISIT = shape(Visit)
_WIDTH = len(_VISIT.table.c)
# Sorted here and not there: a database would carry every column of a row through its sorting.
_time = itemgetter(_VISIT.place("start"), _VISIT.place("id"))
BOARD = (
    f"SELECT {_VISIT.columns('v')}, p.given_name, p.family_name, p.preferred_name, p.birth_date, p.phones,"
    " c.planned FROM visit v JOIN patient p ON p.id = v.patient_id LEFT JOIN course c ON c.id = v.course_id"
)
VISITS = f"SELECT {_VISIT.columns('v')} FROM visit v"
UNCLOSED = (
    f"{VISITS} WHERE v.state IN ({', '.join(repr(state.value) for state in sorted(LIVE))})"
    " AND v.day < ? ORDER BY v.day DESC, v.start DESC, v.id LIMIT ?"
)
COURSE_DAYS = (
    "SELECT v.patient_id, v.type_id, v.day, v.release_from IS NOT NULL FROM visit v WHERE v.patient_id IN"
    " (SELECT d.patient_id FROM visit d WHERE d.day BETWEEN ? AND ? AND d.release_from IS NOT NULL)"
    f" AND (v.release_from IS NOT NULL OR (v.state = '{VisitState.LEFT.value}'"
    " AND v.type_id IN (SELECT id FROM visit_type WHERE modality = ''))) ORDER BY v.patient_id, v.day"
)
_RANGE, _DAY = " WHERE v.day BETWEEN ? AND ?", " WHERE v.day = ?"
# Only what the index holds: the rows of a year are never touched. All that visits have in common is put
# into one number: grouping by one takes half as long as by six. Nearly all have left, so that comes first.
_BITS = 15
_PART = 2**_BITS - 1
_BECAME = (
    VisitState.LEFT.value,
    CANCELLED_LATE,
    DISPLACED,
    *(one.value for one in VisitState if one is not VisitState.LEFT),
)
_LOW = (len(_BECAME) - 1).bit_length()
_ROOM, _TYPE, _NURSE = (places * _BITS + _LOW for places in (3, 2, 1))  # how far up each stands in it
_STATE = 2**_LOW - 1
_ALIKE = (
    f"(((CAST(room_id AS BIGINT) * {_PART + 1} + type_id) * {_PART + 1} + coalesce(nurse_id, 0))"
    f" * {_PART + 1} + coalesce(prescriber_id, 0)) * {2**_LOW}"
    " + CASE WHEN state = 'left' THEN 0 WHEN end_late THEN 1 WHEN displaced AND entered IS NULL THEN 2 "
    + " ".join(f"WHEN state = '{word}' THEN {number}" for number, word in enumerate(_BECAME) if number > 2)
    + " END"
)
_CAME = "coalesce(moved, entered)"  # into the room that they are in, or were in last
USAGE = (
    f'SELECT {_ALIKE} AS alike, count(*), sum("end" - start),'
    f' sum(CASE WHEN "left" > {_CAME} THEN "left" - {_CAME}'
    f' WHEN "left" IS NULL AND day = ? AND {_CAME} < ? THEN ? - {_CAME} ELSE 0 END),'
    ' sum(CASE WHEN "left" IS NULL AND entered IS NOT NULL AND day < ? THEN 1 ELSE 0 END)'
    " FROM visit WHERE day BETWEEN ? AND ? AND room_id IS NOT NULL GROUP BY 1"
)
# Whose patients changed rooms in mid-visit: few, and told apart room by room (reports.moved_rooms).
MOVED = f"{VISITS}{_RANGE} AND v.moved IS NOT NULL"
_MOVED_DAYS = "SELECT day FROM visit WHERE day BETWEEN ? AND ? AND moved IS NOT NULL"
TURNOVERS = (
    'SELECT room_id, count(*), sum(gap) FROM (SELECT room_id, entered - max("left") OVER'
    " (PARTITION BY day, room_id ORDER BY entered ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS gap"
    " FROM visit WHERE day BETWEEN ? AND ? AND room_id IS NOT NULL AND entered IS NOT NULL{}) AS stays"
    " WHERE gap BETWEEN 0 AND ? GROUP BY room_id"
)


class BoardReads:
    """The queries; whoever mixes it in says how rows are had."""

    def rows(self, query: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        raise NotImplementedError

    def setup(self) -> Setup:
        raise NotImplementedError

    def visits_on(self, first: date, last: date) -> list[Visit]:
        return [_VISIT.record(row) for row in self._by_time(VISITS, first, last)]

    def visits_in(self, day: date, room_id: int | None) -> list[Visit]:
        rows = self.rows(
            f"{VISITS}{_DAY} AND (v.room_id = ? OR v.moved IS NOT NULL)", [day.isoformat(), room_id]
        )
        return [_VISIT.record(row) for row in sorted(rows, key=_time)]

    def unclosed_before(self, day: date, most: int) -> list[Visit]:
        """Visits of earlier days that have no end on record, the latest first, at most so many."""
        return [_VISIT.record(row) for row in self.rows(UNCLOSED, [day.isoformat(), most])]

    def course_days(self, first: date, last: date) -> list[CourseDay]:
        """The days of everybody's course that goes on."""
        return [
            CourseDay(patient_id, type_id, date.fromisoformat(day), bool(given))
            for patient_id, type_id, day, given in self.rows(COURSE_DAYS, _days(first, last))
        ]

    def day_rows(self, day: date) -> list[BoardRow]:
        """The visits of a day, every state, by time."""
        return self.range_rows(day, day)

    def range_rows(self, first: date, last: date) -> list[BoardRow]:
        """The visits of the local days ``first`` to ``last``, both included."""
        return [_board_row(row) for row in self._by_time(BOARD, first, last)]

    def _by_time(self, query: str, first: date, last: date) -> list[tuple[Any, ...]]:
        # A server that is asked for one day knows how few rows that is, and plans the query only once.
        if first == last:
            return sorted(self.rows(query + _DAY, [first.isoformat()]), key=_time)
        return sorted(self.rows(query + _RANGE, _days(first, last)), key=_time)

    def usage_sums(self, first: date, last: date, today: date, now: int) -> list[UsageSum]:
        """Visits and minutes of each room, type, pair of people and state."""
        asked = [today.isoformat(), now, now, today.isoformat(), *_days(first, last)]
        sums = [UsageSum._make(_apart(row[0]) + row[1:]) for row in self.rows(USAGE, asked)]
        return [*sums, *(part for one in self._moved(first, last) for part in room_by_room(one))]

    def _moved(self, first: date, last: date) -> list[Visit]:
        return [_VISIT.record(row) for row in self.rows(MOVED, _days(first, last))]

    def turnovers(self, first: date, last: date, longest: int) -> dict[int, Turnovers]:
        """Gaps of at most ``longest`` minutes between two patients of a room, by room."""
        days = sorted({one.day for one in self._moved(first, last)})
        but, more = (f" AND day NOT IN ({_MOVED_DAYS})", _days(first, last)) if days else ("", [])
        rows = self.rows(TURNOVERS.format(but), [*_days(first, last), *more, longest])
        found = {room_id: Turnovers(count, minutes) for room_id, count, minutes in rows}
        return turned_over(found, (self.visits_on(day, day) for day in days), longest)


@lru_cache(maxsize=4096)  # the same pairs of people work in the same rooms month after month
def _apart(alike: int) -> tuple[int, int, int, int, str]:
    """Room, type, nurse and prescriber (0: nobody), and what became of the visits."""
    return (
        alike >> _ROOM,
        alike >> _TYPE & _PART,
        alike >> _NURSE & _PART,
        alike >> _LOW & _PART,
        _BECAME[alike & _STATE],
    )


def _board_row(row: Row) -> BoardRow:
    given, family, preferred, born, phones, planned = row[_WIDTH:]
    return BoardRow(
        _VISIT.record(row),
        given,
        family,
        preferred,
        None if born is None else date.fromisoformat(born),
        _first_phone(phones),
        planned or 0,
    )


def _first_phone(kept: str) -> str:
    if "\\" in kept:
        return str(json.loads(kept)[0]["number"])
    # Nothing in it is escaped, so the first number ends where its quotes do.
    return kept.partition('"number": "')[2].partition('"')[0]


def _days(first: date, last: date) -> list[str]:
    return [first.isoformat(), last.isoformat()]

"""Rows for boards, lists and reports: plain values, one query each.

Asked inside a transaction (:class:`Reader`) they are of its moment; asked of :class:`QuickReads` each is of
its own, without the price of a transaction.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from queue import Empty, Full, LifoQueue
from typing import Any, cast

from clinic_desktop.people.model import Patient
from clinic_desktop.people.person_row import PersonRow
from clinic_desktop.reports.sums import CANCELLED_LATE, DISPLACED, Turnovers, UsageSum
from clinic_desktop.scheduling.board_rows import BoardRow
from clinic_desktop.scheduling.model import Setup, Visit
from clinic_desktop.storage.failures import worded
from clinic_desktop.storage.typed import Row, for_server, shape

_VISIT = shape(Visit)
_WIDTH = len(_VISIT.table.c)
BOARD = (
    f"SELECT {_VISIT.columns('v')}, p.given_name, p.family_name, p.preferred_name, p.birth_date, p.phones,"
    " c.planned FROM visit v JOIN patient p ON p.id = v.patient_id LEFT JOIN course c ON c.id = v.course_id"
)
_BY_TIME = " ORDER BY v.start, v.id"
VISITS = f"SELECT {_VISIT.columns('v')} FROM visit v"
DAYS = " WHERE v.day BETWEEN ? AND ?"
# Only what the index holds: the rows of a year are never touched. Who and what is alike is put into one
# number: a year is grouped in two thirds of the time when there is one to compare.
_BITS = 15
_PART = 2**_BITS - 1
_FATES = (None, CANCELLED_LATE, DISPLACED)  # two bits; None: the visit's state says it
_ALIKE = (
    f"(((CAST(room_id AS BIGINT) * {_PART + 1} + type_id) * {_PART + 1} + coalesce(nurse_id, 0))"
    f" * {_PART + 1} + coalesce(prescriber_id, 0)) * 4"
    " + CASE WHEN end_late THEN 1 WHEN displaced AND entered IS NULL THEN 2 ELSE 0 END"
)
USAGE = (
    f'SELECT {_ALIKE} AS alike, state, count(*), sum("end" - start),'
    ' sum(CASE WHEN "left" > entered THEN "left" - entered'
    ' WHEN "left" IS NULL AND day = ? AND entered < ? THEN ? - entered ELSE 0 END),'
    ' sum(CASE WHEN entered IS NOT NULL AND "left" IS NULL AND day < ? THEN 1 ELSE 0 END)'
    " FROM visit WHERE day BETWEEN ? AND ? AND room_id IS NOT NULL GROUP BY 1, 2"
)
TURNOVERS = (
    'SELECT room_id, count(*), sum(gap) FROM (SELECT room_id, entered - max("left") OVER'
    " (PARTITION BY day, room_id ORDER BY entered ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS gap"
    " FROM visit WHERE day BETWEEN ? AND ? AND room_id IS NOT NULL AND entered IS NOT NULL) AS stays"
    " WHERE gap BETWEEN 0 AND ? GROUP BY room_id"
)
_KEPT = 8  # idle connections
_LINE_LOST = frozenset({None, "57P01", "57P02", "57P03", "08000", "08003", "08006"})


class BoardReads:
    """The queries; whoever mixes it in says how rows are had."""

    def rows(self, query: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        raise NotImplementedError

    def setup(self) -> Setup:
        raise NotImplementedError

    def visits_on(self, first: date, last: date) -> list[Visit]:
        return [_VISIT.record(row) for row in self.rows(VISITS + DAYS + _BY_TIME, _days(first, last))]

    def day_rows(self, day: date) -> list[BoardRow]:
        """The visits of a day, every state, by time."""
        return self.range_rows(day, day)

    def range_rows(self, first: date, last: date) -> list[BoardRow]:
        """The visits of the local days ``first`` to ``last``, both included."""
        return [_board_row(row) for row in self.rows(BOARD + DAYS + _BY_TIME, _days(first, last))]

    def patient_rows(self, patient_id: int) -> list[BoardRow]:
        """Every visit of a patient, the first one first."""
        return [
            _board_row(row) for row in self.rows(f"{BOARD} WHERE v.patient_id = ?{_BY_TIME}", [patient_id])
        ]

    def people_rows(self) -> list[PersonRow]:
        """Everybody, as lists and searches need them."""
        wanted = shape(Patient)
        query, parameters = wanted.select({}, False)
        return [PersonRow.of(wanted.record(row)) for row in self.rows(query, parameters)]

    def usage_sums(self, first: date, last: date, today: date, now: int) -> list[UsageSum]:
        """Visits and minutes of each room, type, pair of people and state."""
        asked = [today.isoformat(), now, now, today.isoformat(), *_days(first, last)]
        return [
            UsageSum(
                alike >> 3 * _BITS + 2,
                alike >> 2 * _BITS + 2 & _PART,
                alike >> _BITS + 2 & _PART,
                alike >> 2 & _PART,
                _FATES[alike & 3] or state,
                visits,
                planned,
                in_room,
                unended,
            )
            for alike, state, visits, planned, in_room, unended in self.rows(USAGE, asked)
        ]

    def turnovers(self, first: date, last: date, longest: int) -> dict[int, Turnovers]:
        """Gaps of at most ``longest`` minutes between two patients of a room, by room."""
        rows = self.rows(TURNOVERS, [*_days(first, last), longest])
        return {room_id: Turnovers(count, minutes) for room_id, count, minutes in rows}


class QuickReads(BoardReads):
    """Each query on a connection of its own kept for that; many threads may ask at once."""

    def __init__(self, connect: Callable[[], Any], setup: Callable[[], Setup], *, server: bool) -> None:
        self._connect, self._setup, self._server = connect, setup, server
        self._idle: LifoQueue[Any] = LifoQueue(_KEPT)

    def setup(self) -> Setup:
        return self._setup()

    def rows(self, query: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with worded():
            if not self._server:
                return self._asked(query, parameters)
            try:
                return self._asked(for_server(query), parameters)
            except Exception as failure:
                if getattr(failure, "sqlstate", "") not in _LINE_LOST:
                    raise
                # The server was started anew since: once more, on a new line.
                self.close()
                return self._asked(for_server(query), parameters)

    def _asked(self, query: str, parameters: Sequence[object]) -> list[tuple[Any, ...]]:
        with self._connection() as connection:
            return cast("list[tuple[Any, ...]]", connection.execute(query, parameters).fetchall())

    @contextmanager
    def _connection(self) -> Iterator[Any]:
        try:
            connection = self._idle.get_nowait()
        except Empty:
            connection = self._connect()
            if self._server:
                connection.autocommit = True
        try:
            yield connection
        except BaseException:
            connection.close()  # it may not be sound any more
            raise
        try:
            self._idle.put_nowait(connection)
        except Full:
            connection.close()

    def close(self) -> None:
        while not self._idle.empty():
            with suppress(Empty):
                self._idle.get_nowait().close()


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
    return "" if kept == "[]" else str(json.loads(kept)[0]["number"])


def _days(first: date, last: date) -> list[str]:
    return [first.isoformat(), last.isoformat()]

"""A part of a patient's visits, found by the index of patient and day."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from clinic_desktop.scheduling.allowances import CountedVisit
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import Treated
from clinic_desktop.scheduling.states import CAME_TO_NOTHING, LIVE, NEVER_CAME, VisitState
from clinic_desktop.storage.typed import shape

_VISIT = shape(Visit)
_VISITS = f"SELECT {_VISIT.columns()} FROM visit WHERE patient_id = ?"


class OtherVisitReads:
    """The queries; whoever mixes it in says how rows are had."""

    def rows(self, query: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        raise NotImplementedError

    def visits_from(self, patient_id: int, day: date) -> list[Visit]:
        found = self.rows(f"{_VISITS} AND day >= ? ORDER BY id", [patient_id, day.isoformat()])
        return [_VISIT.record(row) for row in found]

    def visits_around(
        self, treated: Treated, day: date, consultations: Sequence[int], since: date
    ) -> list[Visit]:
        return [_VISIT.record(row) for row in self.rows(*around(treated, day, consultations, since))]

    def given_under(self, treated: Treated, orders: Sequence[int]) -> dict[int, int]:
        where, parameters = _treated(treated)
        query = f"SELECT order_id, count(*) FROM visit WHERE {where} AND order_id {_among(orders)}"
        return dict(self.rows(f"{query} GROUP BY order_id", [*parameters, *orders]))

    def counted_from(self, patient_id: int, day: date, but: Collection[int]) -> list[CountedVisit]:
        query = (
            "SELECT id, type_id, day, start, state, devices FROM visit"
            f" WHERE patient_id = ? AND (day >= ? OR {_in(LIVE)}) AND NOT {_in(NEVER_CAME)}{_without(but)}"
        )
        found = self.rows(query, [patient_id, day.isoformat(), *but])
        return [
            CountedVisit(number, type_id, date.fromisoformat(on), start, VisitState(state), devices)
            for number, type_id, on, start, state, devices in found
        ]


def around(
    treated: Treated, day: date, consultations: Sequence[int], since: date
) -> tuple[str, list[object]]:
    """The query for the visits around a day: each of the days that count is one step in the index."""
    where, same = _treated(treated)
    mine = f"SELECT id FROM visit WHERE patient_id = ?{_without(treated.but)}"
    me = [treated.patient_id, *treated.but]
    query = (
        f"SELECT {_VISIT.columns()} FROM visit WHERE id IN ({mine} AND day IN (?,"
        f" (SELECT day FROM visit WHERE {where} AND day < ? ORDER BY day DESC LIMIT 1),"
        f" (SELECT day FROM visit WHERE {where} AND day > ? ORDER BY day LIMIT 1),"
        f" (SELECT day FROM visit WHERE {where} ORDER BY day LIMIT 1))"
        f" UNION ALL {mine} AND type_id {_among(consultations)} AND {_in(LIVE)} AND day BETWEEN ? AND ?)"
        " ORDER BY id"
    )
    on = day.isoformat()
    days = [on, *same, on, *same, on, *same]
    return query, [*me, *days, *me, *consultations, since.isoformat(), on]


def _treated(treated: Treated) -> tuple[str, list[object]]:
    where = (
        f"patient_id = ? AND type_id {_among(treated.types)}"
        f" AND NOT {_in(CAME_TO_NOTHING)}{_without(treated.but)}"
    )
    return where, [treated.patient_id, *treated.types, *treated.but]


def _among(numbers: Collection[int]) -> str:
    return f"IN ({', '.join('?' * len(numbers)) or 'NULL'})"  # among none there is nobody


def _without(numbers: Collection[int]) -> str:
    return f" AND id NOT {_among(numbers)}" if numbers else ""


def _in(states: Iterable[VisitState]) -> str:
    return f"state IN ({', '.join(repr(one.value) for one in sorted(states))})"

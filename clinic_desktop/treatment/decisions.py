"""My decisions: everything that waits for a prescriber, in one list. Who is in the house comes first,
and who may be in danger at home.

Nothing is kept for it: each line follows from the records, and is gone when what it asks for is there.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.treatment import decision_rules as rules
from clinic_desktop.treatment import requests_day_after as day_after
from clinic_desktop.treatment import requests_here as now_here
from clinic_desktop.treatment import requests_to_come as to_come
from clinic_desktop.treatment.request import Reading, Request, RequestKind, WaitingText, reading


class TextsToApprove(Protocol):
    """Where texts that wait for a prescriber's approval are known."""

    def waiting(self, records: ScheduleRecords, now: datetime) -> Sequence[WaitingText]: ...


_LOOKS: tuple[Callable[[Reading], Iterator[Request]], ...] = (
    now_here.pressures,
    day_after.red_answers,
    now_here.overrides_asked,
    now_here.cosignatures,
    day_after.cosignatures,
    now_here.incidents,
    to_come.clearances,
    to_come.consultations,
    to_come.orders,
    to_come.renewals,
    to_come.reviews,
)
_PLACES = {kind: place for place, kind in enumerate(RequestKind)}


def requests(records: ScheduleRecords, now: datetime, texts: TextsToApprove | None = None) -> list[Request]:
    """Everything that is open at a moment: who is here first, then by kind, what is late and old first."""
    there = reading(records, now)
    found = [one for look in _LOOKS for one in look(there)]
    found += [_text(one) for one in texts.waiting(records, now)] if texts else []
    return sorted(found, key=_order)


def _text(one: WaitingText) -> Request:
    said: dict[str, str | int] = {"text": one.title, "language": one.language_name, "number": one.number}
    return Request(RequestKind.TEXT, Finding(rules.TEXT, said), one, one.since)


def _order(one: Request) -> tuple[object, ...]:
    return not (one.here or one.urgent), _PLACES[one.kind], not one.late, one.since, one.patient

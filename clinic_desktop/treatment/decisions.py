"""My decisions: everything that waits for a prescriber, in one list. Who is in the house comes first.

Nothing is kept for it: each line follows from the records, and is gone when what it asks for is there.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.treatment import decision_rules as rules
from clinic_desktop.treatment import requests_here as now_here
from clinic_desktop.treatment import requests_to_come as to_come
from clinic_desktop.treatment.request import Reading, Request, RequestKind, reading


class TextsToApprove(Protocol):
    """Where texts that wait for a prescriber's approval are known."""

    def waiting(self, records: ScheduleRecords) -> Sequence[str]:
        """The name of each."""
        ...


class NoTexts:
    """Until texts can be approved in the program, none waits."""

    def waiting(self, records: ScheduleRecords) -> Sequence[str]:  # noqa: ARG002 - as the port says
        return ()


_LOOKS: tuple[Callable[[Reading], Iterator[Request]], ...] = (
    now_here.pressures,
    now_here.overrides_asked,
    now_here.cosignatures,
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
    found += [
        Request(RequestKind.TEXT, Finding(rules.TEXT, {"text": text}), text, now)
        for text in (texts or NoTexts()).waiting(records)
    ]
    return sorted(found, key=_order)


def _order(one: Request) -> tuple[object, ...]:
    return not one.here, _PLACES[one.kind], not one.late, one.since, one.patient

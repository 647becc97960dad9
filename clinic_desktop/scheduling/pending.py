"""What is still open with a patient, so that nobody books past it: where they wait, and what is parked."""

from collections.abc import Iterable
from dataclasses import dataclass

from clinic_desktop.foundation.store import Records
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.pinboard import Pin
from clinic_desktop.scheduling.states import PLANNED
from clinic_desktop.scheduling.waiting import WaitEntry


@dataclass(frozen=True, slots=True)
class OnPinboard:
    """A parked visit with its pin."""

    pin: Pin
    visit: Visit


@dataclass(frozen=True, slots=True)
class Pending:
    """waits: their entries on the waitlist; parked: their visits on the pinboard; the longest first."""

    waits: tuple[WaitEntry, ...] = ()
    parked: tuple[OnPinboard, ...] = ()


def pending(records: Records, patient_id: int, visits: Iterable[Visit]) -> Pending:
    """What is open with a patient now, from all their visits."""
    planned = {one.id: one for one in visits if one.state in PLANNED}
    waits = records.find(WaitEntry, patient_id=patient_id, closed_at=None)
    pins = records.find(Pin, visit_id=list(planned), taken_at=None) if planned else []
    return Pending(
        tuple(sorted(waits, key=lambda one: one.id)),
        tuple(OnPinboard(one, planned[one.visit_id]) for one in sorted(pins, key=lambda one: one.id)),
    )

"""What became of the visits that had a room: counted apart, so that no figure hides another [R-24].

"Arrived, not treated" is no no-show, and a late cancellation is none either.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from clinic_desktop.reports.sums import CANCELLED_LATE, CARRIED_OUT, DISPLACED, UsageSum
from clinic_desktop.scheduling.states import HERE, PLANNED, VisitState


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers of visits. ``unended``: nobody recorded that they left (:class:`UsageSum`)."""

    carried_out: int = 0
    here: int = 0
    planned: int = 0  # not begun
    not_treated: int = 0
    missed: int = 0
    cancelled: int = 0  # in time, or by the clinic
    cancelled_late: int = 0
    displaced: int = 0
    unended: int = 0
    late_minutes: int = 0  # planned minutes of those cancelled late

    @property
    def held_a_room(self) -> int:
        """Visits whose plan held a room when their time came, or still holds it."""
        return self.carried_out + self.here + self.planned + self.not_treated + self.missed


def tally(sums: Iterable[UsageSum]) -> Tally:
    """Count by what became of them."""
    rows = list(sums)

    def count(*states: str) -> int:
        return sum(one.visits for one in rows if one.state in states)

    return Tally(
        carried_out=count(*CARRIED_OUT),
        here=count(*HERE),
        planned=count(*PLANNED),
        not_treated=count(VisitState.NOT_TREATED),
        missed=count(VisitState.MISSED),
        cancelled=count(VisitState.CANCELLED),
        cancelled_late=count(CANCELLED_LATE),
        displaced=count(DISPLACED),
        unended=sum(one.unended for one in rows),
        late_minutes=sum(one.planned for one in rows if one.state == CANCELLED_LATE),
    )

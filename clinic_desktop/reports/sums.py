"""What the report is added up from: visits of one room, type and pair of people, as the store counts them."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import date
from typing import NamedTuple, Protocol

from clinic_desktop.foundation.clock import Clock
from clinic_desktop.foundation.trail import TrailHead
from clinic_desktop.scheduling.board_rows import BoardRow
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.scheduling.states import VisitState

DISPLACED = "displaced"  # lost its room to a stay that ran on, and has not come into a room since
CANCELLED_LATE = "cancelled late"

# Visits that held no room when their time came.
NO_ROOM = frozenset({VisitState.CANCELLED.value, CANCELLED_LATE, DISPLACED})
# The treatment was given, or the talk held; how it ended is another matter.
CARRIED_OUT = frozenset({VisitState.LEFT.value, VisitState.LEFT_EARLY.value, VisitState.TRANSFERRED.value})


class UsageSum(NamedTuple):
    """Visits that are alike, added up. nurse_id and prescriber_id are 0 for nobody.

    state: the visit's state, or DISPLACED, or CANCELLED_LATE. planned: minutes of the plan with turnover.
    in_room: minutes between coming into the room and leaving it, up to now for those who are in it today.
    unended: how many came in on an earlier day and were never recorded as gone; they add no minutes.
    """

    room_id: int
    type_id: int
    nurse_id: int
    prescriber_id: int
    state: str
    visits: int
    planned: int
    in_room: int
    unended: int


class Turnovers(NamedTuple):
    """How often a room was turned over between two patients, and the minutes that took."""

    number: int = 0
    minutes: int = 0


class UsageSource(ScheduleRecords, Protocol):
    """What the report asks of the store; local days, both included."""

    def day_rows(self, day: date) -> list[BoardRow]: ...

    def trail_head(self) -> TrailHead:
        """Where the audit trail stands."""
        ...

    def usage_sums(self, first: date, last: date, today: date, now: int) -> list[UsageSum]:
        """``now``: the UTC minute up to which those count who are in their room today."""
        ...

    def turnovers(self, first: date, last: date, longest: int) -> dict[int, Turnovers]:
        """By room: gaps from one patient's leaving to the next one's coming in on the same day, up to
        ``longest`` minutes."""
        ...


class ReportStore(Protocol):
    """Where reports are read; each ``read`` is of one moment."""

    @property
    def clock(self) -> Clock: ...

    def read(self) -> AbstractContextManager[UsageSource]: ...


def held(sums: Iterable[UsageSum]) -> list[UsageSum]:
    """Those whose plan held its room when the time came."""
    return [one for one in sums if one.state not in NO_ROOM]

"""The visits of a plan that somebody put where they are."""

from collections.abc import Sequence
from datetime import date, timedelta

from clinic_desktop.scheduling.looking_course import PlannedCourse
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.scheduling.planner_model import Pin
from clinic_desktop.scheduling.presence import roster_for

FURTHEST = 60  # days that are looked at for the next open one


class Pins:
    """Pins by the visit's number."""

    def __init__(self) -> None:
        self._pins: dict[int, Pin] = {}

    @property
    def value(self) -> tuple[Pin, ...]:
        return tuple(self._pins[no] for no in sorted(self._pins))

    def clear(self) -> None:
        self._pins.clear()

    def take(self, pins: Sequence[Pin]) -> None:
        """These and no others: the plan has numbered the visits anew."""
        self._pins = {one.no: one for one in pins}

    def toggle(self, no: int, planned: PlannedCourse | None) -> None:
        """Hold a visit where it is, or let it go again."""
        if no in self._pins:
            del self._pins[no]
        elif (here := placed_at(planned, no)) is not None:
            self._pins[no] = here

    def put(self, no: int, day: date, minute: int) -> None:
        self._pins[no] = Pin(no, day, minute)

    def where(self, no: int, planned: PlannedCourse | None) -> Pin | None:
        """Where a visit is: pinned, or placed by the plan."""
        return self._pins.get(no) or placed_at(planned, no)


def placed_at(planned: PlannedCourse | None, no: int) -> Pin | None:
    """Where the plan has a visit, as a pin."""
    placed = planned.plan.placed if planned else ()
    return next((Pin(no, one.day, one.minute, one.fold) for one in placed if one.no == no), None)


def next_open_day(setup: Setup, day: date, step: int, today: date) -> date | None:
    """The next day before or after on which the clinic is open; not in the past."""
    roster = roster_for(setup)
    days = (day + timedelta(days=step * n) for n in range(1, FURTHEST))
    return next((one for one in days if roster.clinic_open(one) and one >= today), None)

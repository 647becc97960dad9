"""One loaded day as the rules look at it: free places, who is in the house, what is claimed."""

from collections.abc import Callable, Sequence
from datetime import date

from clinic_desktop.scheduling.availability import (
    ANY,
    Availability,
    Options,
    Place,
    Taken,
    by_place,
    rows_of,
)
from clinic_desktop.scheduling.claims import claims_of
from clinic_desktop.scheduling.coverage import House
from clinic_desktop.scheduling.masks import Timeline, timeline
from clinic_desktop.scheduling.model import Claim, Setup, Visit, VisitType
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.scheduling.working import Roster
from clinic_desktop.ui.board.day_axis import axis_of, short_clock
from clinic_desktop.ui.board.reading import BoardVisit


class _AsRead(Availability):
    """The free places of a day as it was read. Nobody changes them, so what is in the hand is looked for
    once in each column and not in each cell."""

    def __init__(self, roster: Roster, line: Timeline, places: dict[Place, list[Taken]]) -> None:
        super().__init__(roster, line, places)
        self._kept: dict[tuple[int, Options], dict[str, int]] = {}

    def parts(self, visit_type: VisitType, options: Options = ANY) -> dict[str, int]:
        asked = (visit_type.id, options)
        if asked not in self._kept:
            self._kept[asked] = super().parts(visit_type, options)
        return self._kept[asked]


class DayGround:
    """Made once for a day as it was read; many places are looked at on it. ``now``: UTC minute."""

    def __init__(self, setup: Setup, day: date, rows: Sequence[BoardVisit], now: int) -> None:
        self.setup, self.day, self.now = setup, day, now
        self.zone = setup.clinic.zone
        self.roster = roster_for(setup)
        self.visits = [row.visit for row in rows if row.visit.day == day]
        self.names = {row.visit.id: row.row.name for row in rows}
        self.line = timeline(day, 1, self.zone)
        self._places = by_place(rows_of(self._claims()))
        self.free: Availability = _AsRead(self.roster, self.line, self._places)
        self.house = House(setup)
        self._axis = axis_of(day, self.zone)

    def type_of(self, visit: Visit) -> VisitType:
        return self.setup.type_by_id(visit.type_id)

    def others(self, visit: Visit) -> list[Visit]:
        """The other visits of the day."""
        return [one for one in self.visits if one.id != visit.id]

    def clock(self, utc: int) -> str:
        """A UTC minute as the board writes it."""
        return short_clock(self._axis.minute(utc))

    def claims(self, places: Sequence[Place], start: int, end: int) -> dict[Place, list[Taken]]:
        """What this day claims of some places, for whoever searches free time."""
        there = {place: self._places[place] for place in places if place in self._places}
        return {
            place: [row for row in rows if row[0] < end and start < row[1]] for place, rows in there.items()
        }

    def free_but_for(self, gone: Callable[[Place, Taken], bool]) -> Availability:
        """The free places of the day, were some claims not there."""
        left = {place: [row for row in rows if not gone(place, row)] for place, rows in self._places.items()}
        return Availability(self.roster, self.line, left)

    def _claims(self) -> list[Claim]:
        return [claim for visit in self.visits for claim in claims_of(visit, self.type_of(visit))]

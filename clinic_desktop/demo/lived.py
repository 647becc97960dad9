"""What was taken on a demo day that has happened already.

Whoever has left has given their places back. The days of the demo are made out of order; so a visit that is
placed again on such a day must look past the record, at who was there.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from clinic_desktop.scheduling.availability import Place, Taken
from clinic_desktop.scheduling.claims import claims_of
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.scheduling.openings import ClaimSource
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.scheduling.states import VisitState


def taken_on(records: ScheduleRecords, setup: Setup, day: date) -> ClaimSource:
    """When places are taken on the day, those of the stays that are over included."""
    over = [one for one in records.visits_on(day, day) if one.left is not None]
    planned = [replace(one, state=VisitState.BOOKED, room_until=None, here_until=None) for one in over]
    used = [claim for one in planned for claim in claims_of(one, setup.type_by_id(one.type_id))]

    def taken(places: Sequence[Place], start: int, end: int) -> dict[Place, list[Taken]]:
        found = dict(records.taken(places, start, end))
        for one in used:
            place = (one.kind.value, one.resource_id)
            if place in places and one.start < end and start < one.end:
                found[place] = [*found.get(place, ()), (one.start, one.end, one.visit_id)]
        return found

    return taken

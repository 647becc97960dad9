"""What the panels draw on the board: the times on offer, and the visits of a planned course."""

from collections.abc import Sequence

from clinic_desktop.foundation.clock import DAY_MINUTES, WallTime, from_utc_minute, to_utc_minute
from clinic_desktop.scheduling.looking_booking import Look, Spot
from clinic_desktop.scheduling.looking_course import PlannedCourse
from clinic_desktop.scheduling.model import Setup, VisitType
from clinic_desktop.scheduling.needs import need_of
from clinic_desktop.ui.board.ports import Ghost
from clinic_desktop.ui.booking.words import offer_reason
from clinic_desktop.ui.i18n import tr


def ghosts_of(seen: Look, spots: Sequence[Spot], setup: Setup) -> list[Ghost]:
    """The times of the panel's list with their numbers there; one that has no room is not drawn."""
    if seen.type is None:
        return []
    name = seen.about.patient.name if seen.about else seen.type.name
    offers = {Spot(one.at, one.choice.room_id): one for one in seen.offers}
    out = []
    for number, spot in enumerate(spots, start=1):
        offer, chosen, room = offers.get(spot), spot == seen.spot, spot.room_id
        if chosen and seen.choice is not None:
            room = seen.choice.room_id
        if room is None and seen.type.needs_fit:
            continue
        misfit = chosen and not (seen.fit and seen.fit.choice)
        note = tr("Does not fit") if misfit else ""
        if offer is not None and not misfit:
            note = offer_reason(setup, seen.about, seen.type, offer)
        end, turned = ends(setup, seen.type, spot.at)
        out.append(Ghost(spot.at.day, room, spot.at.minute, end, name, note, number, chosen, turned))
    return out


def course_ghosts(planned: PlannedCourse, setup: Setup, chosen: int) -> list[Ghost]:
    """Every visit of the plan with its number; ``chosen`` is the number of the current one."""
    count = len(planned.request.types)
    name, out = planned.about.patient.name, []
    for one in planned.plan.placed:
        at = WallTime(one.day, one.minute, one.fold)
        end, turned = ends(setup, planned.visit_type(one.no), at)
        note = tr("{no} of {count}").format(no=one.no, count=count)
        here = one.no == chosen
        out.append(Ghost(one.day, one.room_id, one.minute, end, name, note, one.no, here, turned))
    return out


def ends(setup: Setup, visit_type: VisitType, at: WallTime, minutes: tuple[int, ...] = ()) -> tuple[int, int]:
    """The minutes of the day at which the patient goes home, and at which the room is ready again.
    ``minutes``: lengths of the phases, when they differ from the type's."""
    need = need_of(visit_type, setup.policies.iv_cover, minutes)
    last = max((end for _, end in (*need.room, *need.patient)), default=need.stay)
    return _minute(setup, at, need.stay), _minute(setup, at, last)


def _minute(setup: Setup, at: WallTime, after: int) -> int:
    zone = setup.clinic.zone
    end = from_utc_minute(to_utc_minute(at, zone) + after, zone)
    return end.minute + DAY_MINUTES * (end.day - at.day).days

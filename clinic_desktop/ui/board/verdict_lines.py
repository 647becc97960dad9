"""What speaks for a move, line by line, and who must be told of it."""

from clinic_desktop.foundation.intervals import Interval, minus
from clinic_desktop.scheduling.asking_again import driver_to_tell, patient_to_ask
from clinic_desktop.scheduling.availability import covering
from clinic_desktop.scheduling.claims import claims_of
from clinic_desktop.scheduling.model import ClaimKind, Visit
from clinic_desktop.scheduling.needs import need_of
from clinic_desktop.scheduling.rules import still_on
from clinic_desktop.scheduling.states import LIVE
from clinic_desktop.ui.board.day_ground import DayGround
from clinic_desktop.ui.board.forecast import Known, Mark, Said
from clinic_desktop.ui.board.nurse_load import nursed, steps_of
from clinic_desktop.ui.i18n import tr


def kind_words(ground: DayGround, moved: Visit, known: Known | None) -> list[Said]:
    """The room, the nurse, the cover and the days between, in this order; ``known`` None where these are not
    as usual, or not known."""
    lines = [
        room_line(ground, moved),
        nurse_line(ground, moved),
        cover_line(ground, moved),
        gap_line(ground, moved, known),
    ]
    return [Said(Mark.OK, text) for text in lines if text]


def room_line(ground: DayGround, moved: Visit) -> str:
    """ "Room free 9:50 to 12:45"."""
    if moved.room_id is None:
        return ""
    taken = [
        Interval(claim.start, claim.end)
        for visit in ground.others(moved)
        for claim in claims_of(visit, ground.type_of(visit))
        if claim.kind is ClaimKind.ROOM and claim.resource_id == moved.room_id
    ]
    free = minus(ground.roster.room_open(moved.room_id, moved.day), taken)
    here = next((one for one in free if one.start <= moved.start < one.end), None)
    if here is None:
        return ""
    return tr("Room free {start} to {end}").format(start=ground.clock(here.start), end=ground.clock(here.end))


def nurse_line(ground: DayGround, moved: Visit) -> str:
    """ "Nurse MJ, 2 of 3 patients": at the busiest minute of the stay."""
    if moved.nurse_id is None:
        return ""
    name = next((one.initials for one in ground.setup.staff if one.id == moved.nurse_id), "")
    words = tr("Nurse {name}, {count} of {limit} patients")
    limit = ground.setup.watch_limit(moved.nurse_id)
    return words.format(name=name, count=_most_at_once(ground, moved) + 1, limit=limit)


def _most_at_once(ground: DayGround, moved: Visit) -> int:
    """Other patients of the same nurse at the busiest minute."""
    mine = [(a, b) for person, a, b in nursed(moved, ground.type_of(moved)) if person == moved.nurse_id]
    spans = [
        (max(a, start), min(b, end))
        for visit in ground.others(moved)
        if visit.state in LIVE
        for person, a, b in nursed(visit, ground.type_of(visit))
        for start, end in mine
        if person == moved.nurse_id and a < end and start < b
    ]
    return max((one.count for one in steps_of(spans)), default=0)


def cover_line(ground: DayGround, moved: Visit) -> str:
    """ "Dr. Helen Lin on site until 6:00": who stays longest of those that cover."""
    need = need_of(ground.type_of(moved), ground.setup.policies.iv_cover, moved.phase_minutes)
    names = {one.id: one.name for one in ground.setup.staff}
    for cover, _ in need.cover:
        ends = {
            one.end: names[person]
            for person in covering(ground.roster, cover)
            for one in ground.roster.on_site(person, moved.day)
            if one.start <= moved.start < one.end
        }
        if ends:
            last = max(ends)
            return tr("{name} on site until {end}").format(name=ends[last], end=ground.clock(last))
    return ""


def gap_line(ground: DayGround, moved: Visit, known: Known | None) -> str:
    """ "4 days after the visit before"."""
    modality = ground.type_of(moved).modality
    if known is None or not modality:
        return ""
    before = [
        one.day
        for one in known.others
        if one.id != moved.id
        and one.day < moved.day
        and still_on(one)
        and ground.type_of(one).modality == modality
    ]
    if not before:
        return ""
    return tr("%n day(s) after the visit before", "", (moved.day - max(before)).days)


def to_tell(ground: DayGround, before: Visit, moved: Visit) -> list[Said]:
    """Beyond a quarter of an hour from what they said yes to, driver and patient are asked again."""
    said = [Said(Mark.CALL, pick_up(ground, before, moved))] if driver_to_tell(before, moved) else []
    if patient_to_ask(before, moved):
        said.append(Said(Mark.CALL, tr("Ask the patient again: not confirmed any more")))
    return said


def pick_up(ground: DayGround, before: Visit, moved: Visit) -> str:
    """ "Tell Bea Marsh: pick-up now 12:00"."""
    need = need_of(ground.type_of(moved), ground.setup.policies.iv_cover, moved.phase_minutes)
    time = ground.clock(moved.start + need.stay)
    return tr("Tell {name}: pick-up now {time}").format(name=before.plan_name, time=time)

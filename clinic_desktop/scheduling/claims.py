"""What a visit claims: the places it takes, derived from its time and the phases of its type."""

from collections.abc import Iterable, Iterator, Sequence

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.clock import WallTime, to_utc_minute
from clinic_desktop.foundation.intervals import Interval, merged
from clinic_desktop.foundation.records import changed
from clinic_desktop.scheduling.model import Claim, ClaimKind, Phase, PhaseKind, Visit, VisitType
from clinic_desktop.scheduling.states import LIVE


def phases_of(visit: Visit, visit_type: VisitType) -> list[tuple[int, Phase, Interval]]:
    """Each phase that takes time: its number in the type, the phase, and its UTC minutes."""
    lengths = visit.phase_minutes or tuple(phase.minutes for phase in visit_type.phases)
    at = visit.start - lead_of(visit, visit_type)
    out = []
    for number, (phase, length) in enumerate(zip(visit_type.phases, lengths, strict=True)):
        if length > 0:
            out.append((number, phase, Interval(at, at + length)))
            at += length
    return out


def lead_of(visit: Visit, visit_type: VisitType) -> int:
    """Minutes of check-in before the visit's time."""
    if not visit.phase_minutes:
        return visit_type.lead
    leads = (
        n for n, p in zip(visit.phase_minutes, visit_type.phases, strict=True) if p.kind is PhaseKind.CHECK_IN
    )
    return sum(leads)


def timed(visit: Visit, visit_type: VisitType) -> Visit:
    """The visit with its derived UTC start and end (end of turnover) for its wall-clock time."""
    start = to_utc_minute(WallTime(visit.day, visit.minute, visit.fold), visit.zone)
    placed = changed(visit, start=start, end=start + 1)
    return changed(placed, end=phases_of(placed, visit_type)[-1][2].end)


def claims_of(visit: Visit, visit_type: VisitType) -> tuple[Claim, ...]:
    """Every place a visit takes. One that has ended keeps its room until it is turned over, no more.

    While the patient is here, they and a watching place are claimed as long as the facts ask for, in the
    waiting chair too. A displaced visit has lost its room and claims only its people. Watching places
    carry slot 0 here; :mod:`clinic_desktop.scheduling.watching` numbers them.
    """
    if visit.state not in LIVE:
        return (*_rooms_before(visit), *_room_to_the_end(visit))
    wanted: dict[tuple[ClaimKind, int], list[Interval]] = {}
    phases = phases_of(visit, visit_type)
    for number, phase, span in phases:
        for kind, resource in _places(visit, number, phase):
            wanted.setdefault((kind, resource), []).append(span)
    for place, longer in _beyond_plan(visit, phases):
        wanted.setdefault(place, []).append(longer)
    planned = [
        Claim(kind, resource, span.start, span.end, visit_id=visit.id)
        for (kind, resource), spans in wanted.items()
        if kind is not ClaimKind.ROOM or visit.room_until is None
        for span in merged(spans)
    ]
    return (*planned, *_rooms_before(visit), *_room_to_the_end(visit))


def _rooms_before(visit: Visit) -> tuple[Claim, ...]:
    """The rooms that the patient left for another one, until they were turned over."""
    spans = [(one.room_id, one.entered, one.until or 0) for one in visit.rooms_before]
    return tuple(
        Claim(ClaimKind.ROOM, room_id, start, until, visit_id=visit.id)
        for room_id, start, until in spans
        if start < until
    )


def _room_to_the_end(visit: Visit) -> tuple[Claim, ...]:
    """The room as long as it is really needed, where the facts have said how long that is."""
    start = room_from(visit)
    if visit.room_id is None or visit.room_until is None or visit.room_until <= start or visit.displaced:
        return ()
    return (Claim(ClaimKind.ROOM, visit.room_id, start, visit.room_until, visit_id=visit.id),)


def _beyond_plan(
    visit: Visit, phases: Sequence[tuple[int, Phase, Interval]]
) -> Iterator[tuple[tuple[ClaimKind, int], Interval]]:
    """The patient, and a watching place, as long as the facts say that the patient is here."""
    if visit.here_until is None:
        return
    stays = [span.end for _, phase, span in phases if phase.patient]
    if stays and stays[-1] < visit.here_until:
        yield (ClaimKind.PATIENT, visit.patient_id), Interval(stays[-1], visit.here_until)
    if (watched := watched_longer(visit, phases)) is not None:
        person, span = watched
        yield (ClaimKind.WATCH, person), span


def watched_longer(
    visit: Visit, phases: Sequence[tuple[int, Phase, Interval]]
) -> tuple[int, Interval] | None:
    """Who goes on watching after the plan, and when: whoever watches last in it."""
    watched = [(number, phase.watch, span.end) for number, phase, span in phases if phase.watch]
    if visit.here_until is None or not watched:
        return None
    number, role, end = watched[-1]
    person = staff_of(visit, number, role)
    return (person, Interval(end, visit.here_until)) if person and end < visit.here_until else None


def room_from(visit: Visit) -> int:
    """When the room is really needed: from the plan's start, or from when the patient came into it, be it
    before or after that start, or out of another room."""
    since = visit.entered if visit.moved is None else visit.moved
    return visit.start if since is None else since


def came_early(visit: Visit) -> int:
    """By how many minutes the patient was in the room before the plan's start; 0 for who was not."""
    return 0 if visit.entered is None else max(0, visit.start - visit.entered)


def _places(visit: Visit, number: int, phase: Phase) -> Iterable[tuple[ClaimKind, int]]:
    if phase.room and visit.room_id is not None and not visit.displaced:
        yield ClaimKind.ROOM, visit.room_id
    if phase.patient:
        yield ClaimKind.PATIENT, visit.patient_id
    for role in sorted(phase.hands):
        if (person := staff_of(visit, number, role)) is not None:
            yield ClaimKind.HANDS, person
    if phase.watch and (person := staff_of(visit, number, phase.watch)) is not None:
        yield ClaimKind.WATCH, person


def staff_of(visit: Visit, phase_no: int, role: Role) -> int | None:
    """Who serves that phase in that role."""
    for other in visit.phase_staff:
        if (other.phase_no, other.role) == (phase_no, role):
            return other.staff_id
    return visit.staff_for(role)


def roles_needed(visit_type: VisitType) -> frozenset[Role]:
    """The roles whose hands or watching places the type takes."""
    hands = {role for phase in visit_type.phases for role in phase.hands}
    return frozenset(hands | {phase.watch for phase in visit_type.phases if phase.watch})

"""What happens to a day, and which of its visits have no place any more because of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.intervals import Interval, minus
from clinic_desktop.foundation.rulebook import Finding, Param, Rule, Severity
from clinic_desktop.people.model import Absence
from clinic_desktop.scheduling.claims import claims_of, phases_of, staff_of
from clinic_desktop.scheduling.model import Claim, ClaimKind, Closure, Override, Setup, Visit
from clinic_desktop.scheduling.overlaps import clashes
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.scheduling.rules import not_begun
from clinic_desktop.scheduling.set_up import Edit, proposed
from clinic_desktop.scheduling.states import LIVE
from clinic_desktop.scheduling.stranded import DISPLACED, of_house, room_name

COMES_LATE = Rule(
    "comes-late",
    "decision: plan and fact",
    Severity.HARD,
    "The patient comes {minutes} minutes late. Move the visit.",
)
ROOM_LATE = Rule(
    "room-late",
    "decision: plan and fact",
    Severity.HARD,
    "{room} is needed {minutes} minutes longer by the visit before. Pick another room or time.",
)
RULES = (COMES_LATE, ROOM_LATE)


@dataclass(frozen=True, slots=True)
class StaffOut:
    """Somebody is away: out from ten, or leaving at three."""

    absence: Absence


@dataclass(frozen=True, slots=True)
class RoomClosed:
    closure: Closure


@dataclass(frozen=True, slots=True)
class Late:
    """A visit runs late: a patient in the room stays longer, one who has not come yet begins later."""

    visit_id: int
    minutes: int


@dataclass(frozen=True, slots=True)
class AsItStands:
    """Nothing new: what is displaced or stranded already."""


Disruption = StaffOut | RoomClosed | Late | AsItStands
Lost = dict[int, list[Finding]]


def set_up_edit(what: Disruption) -> Edit | None:
    """The change of the set-up that goes with it, where it is one."""
    if isinstance(what, StaffOut):
        return Edit(write=(what.absence,))
    return Edit(write=(what.closure,)) if isinstance(what, RoomClosed) else None


def set_up_after(setup: Setup, what: Disruption) -> Setup:
    """The set-up as it is once that has happened."""
    edit = set_up_edit(what)
    return proposed(setup, edit) if edit else setup


def coming(visits: Iterable[Visit], now: int) -> list[Visit]:
    """The visits that are going on or to come."""
    return [one for one in visits if one.state in LIVE and one.end > now]


def claims_after(claims: Iterable[Claim], visits: Iterable[Visit], what: Disruption) -> list[Claim]:
    """The places that are taken once that has happened: a stay that runs on needs its room longer."""
    late = _runs_on(visits, what)
    return [
        replace(one, end=one.end + late.minutes)
        if late and one.kind is ClaimKind.ROOM and one.visit_id == late.visit_id
        else one
        for one in claims
    ]


def lost_places(
    visits: Sequence[Visit], after: Setup, now: int, what: Disruption, shared: Sequence[Override] = ()
) -> Lost:
    """The coming visits that lack something, by id, and what. ``after``: the set-up with it. ``shared``: the
    reasons given for places that serve two visits at once."""
    why: Lost = dict(of_house(visits, after, now, shared))
    for visit in visits:
        if visit.displaced and not_begun(visit, "moved") is None:
            room = room_name(after, visit.room_id)
            why[visit.id] = [Finding(DISPLACED, {"room": room}), *why.get(visit.id, [])]
    for number, said in _late(visits, after, what):
        why[number] = [said, *why.get(number, [])]
    return why


def lacking(visit: Visit, after: Setup, now: int) -> frozenset[int]:
    """The phases of a begun visit whose nurse is not there for what is left of them."""
    roster, out = roster_for(after), set()
    able = roster.with_role(Role.NURSE)
    for number, phase, span in phases_of(visit, after.type_by_id(visit.type_id)):
        person = staff_of(visit, number, Role.NURSE)
        ahead = Interval(max(span.start, now), span.end) if span.end > now else None
        serves = Role.NURSE in phase.hands or phase.watch is Role.NURSE
        if person is None or ahead is None or not serves:
            continue
        if person not in able or minus([ahead], roster.working(person, visit.day)):
            out.add(number)
    return frozenset(out)


def earliest(visits: Iterable[Visit], what: Disruption) -> Mapping[int, int]:
    """The UTC minute before which a visit whose patient comes late cannot begin."""
    if not isinstance(what, Late):
        return {}
    late = (one for one in visits if one.id == what.visit_id and not_begun(one, "moved") is None)
    return {one.id: one.start + what.minutes for one in late}


def _runs_on(visits: Iterable[Visit], what: Disruption) -> Late | None:
    """A stay that has begun and takes longer."""
    if not isinstance(what, Late):
        return None
    begun = any(one.id == what.visit_id and not_begun(one, "moved") is not None for one in visits)
    return what if begun else None


def _late(visits: Sequence[Visit], after: Setup, what: Disruption) -> Iterator[tuple[int, Finding]]:
    if not isinstance(what, Late):
        return
    for number in earliest(visits, what):
        yield number, Finding(COMES_LATE, {"minutes": what.minutes})
    if (late := _runs_on(visits, what)) is None:
        return
    runs_on = next(one for one in visits if one.id == late.visit_id)
    longer = claims_after(_claims(runs_on, after), [runs_on], what)
    room = [one for one in longer if one.kind is ClaimKind.ROOM]
    for visit in visits:
        if visit is not runs_on and any(clashes(one, room) for one in _claims(visit, after)):
            said: dict[str, Param] = {"room": room_name(after, visit.room_id), "minutes": late.minutes}
            yield visit.id, Finding(ROOM_LATE, said)


def _claims(visit: Visit, setup: Setup) -> tuple[Claim, ...]:
    return claims_of(visit, setup.type_by_id(visit.type_id))

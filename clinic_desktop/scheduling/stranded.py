"""Coming visits that no longer fit: hours, closures, shifts, absences, rooms, people and treatments changed.

Nothing is ever moved by itself. A change shows what it would strand before it is saved; afterwards
those visits stand on the repair list until somebody has seen to each of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from clinic_desktop.foundation.clock import from_utc_minute, instant_at, local_day
from clinic_desktop.foundation.intervals import Interval, minus
from clinic_desktop.foundation.rulebook import Finding, Param, Rule, Scope, Severity
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.claims import claims_of
from clinic_desktop.scheduling.coverage import House, at_least, goes_on, uncovered
from clinic_desktop.scheduling.model import (
    Claim,
    ClaimKind,
    Override,
    Setup,
    Visit,
    VisitType,
    the_person,
    the_room,
)
from clinic_desktop.scheduling.overlaps import clashes, on_purpose, subject
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.scheduling.presence import absent
from clinic_desktop.scheduling.retiming import by_clock
from clinic_desktop.scheduling.rules import (
    AGE,
    DECEASED,
    OVERLAP,
    PERSON_CHECKS,
    ROOM_CLOSED,
    ROOM_UNFIT,
    Case,
)
from clinic_desktop.scheduling.settle import not_passed
from clinic_desktop.scheduling.states import UNDOSED
from clinic_desktop.scheduling.watching import numbered

DISPLACED = Rule(
    "displaced",
    "decision: plan and fact",
    Severity.HARD,
    "{room} is still taken by the visit before. Pick another room or time.",
)
WATCH_LIMIT = Rule(
    "watch-limit",
    "H8",
    Severity.HARD,
    "{person} would watch more than {limit} patients at once. Give one of them to another nurse.",
)
STILL_HERE = Rule(
    "patient-still-here",
    "decision: plan and fact",
    Severity.HARD,
    "The patient is in another visit until {time} at least. Pick another time.",
)
PATIENT_DIED = Rule(
    "patient-died", "decision: people", Severity.LOCKED, "{patient} died on {day}. Cancel the visit."
)
TOO_YOUNG = Rule(
    "too-young",
    "H2",
    Severity.LOCKED,
    "{modality} is for people of {least} or over, and {patient} is {age} on that day. Check the birth date, "
    "or cancel the visit.",
)
RULES = (DISPLACED, WATCH_LIMIT, STILL_HERE, PATIENT_DIED, TOO_YOUNG)
# What is said of a visit that stands, where a booking would be refused.
_STANDS = {DECEASED.code: PATIENT_DIED, AGE.code: TOO_YOUNG}


@dataclass(frozen=True, slots=True)
class StrandedVisit:
    """A coming visit with everything that keeps it from taking place as booked."""

    visit: Visit
    patient: str
    type_name: str
    why: tuple[Finding, ...]


def stranded(records: ScheduleRecords, proposed: Setup, now: int) -> list[StrandedVisit]:
    """The coming visits that fit the set-up as it is and would not fit ``proposed``.

    ``now`` in UTC minutes. Visits that do not fit today already are on the repair list and not here,
    unless the change adds another reason.
    """
    visits = _coming(records, now)
    moved = proposed.clinic.zone != records.setup().clinic.zone
    there = [by_clock(one, proposed) for one in visits] if moved else visits
    found = misfits(records, there, proposed, now)
    # Only their days are looked at again: most changes strand few visits, or none.
    days = {one.day for one in visits if one.id in found}
    before = [one for one in visits if one.day in days]
    known = misfits(records, before, records.setup(), now)
    new = {
        visit_id: [one for one in why if not _among(one, known.get(visit_id, ()))]
        for visit_id, why in found.items()
    }
    return _named(records, visits, [(visit_id, why) for visit_id, why in new.items() if why])


def _among(finding: Finding, known: Iterable[Finding]) -> bool:
    """Whether it says nothing that is not known already."""
    return any(finding.code == one.code and finding.scope.within(one.scope) for one in known)


def repair_list(records: ScheduleRecords, now: int) -> list[StrandedVisit]:
    """The coming visits that do not fit the set-up as it is, or that their patient cannot come to any more;
    displaced ones first, then by time.

    What somebody with the right went over, with a reason, is settled and not listed.
    """
    setup = records.setup()
    visits = _coming(records, now)
    why = misfits(records, visits, setup, now)
    for visit in visits:
        if visit.displaced:
            lost = Finding(DISPLACED, {"room": room_name(setup, visit.room_id)})
            why[visit.id] = [lost, *why.get(visit.id, [])]
    listed = _named(records, visits, why.items())
    return sorted(listed, key=lambda one: (not one.visit.displaced, one.visit.start, one.visit.id))


def in_question(records: ScheduleRecords, patient_id: int, now: int) -> list[StrandedVisit]:
    """The patient's coming visits that they cannot come to, by their own record: they died, or are too
    young for that treatment."""
    mine = records.find(Visit, patient_id=patient_id)
    visits = sorted((one for one in mine if goes_on(one, now)), key=lambda one: (one.start, one.id))
    return _named(records, visits, _of_people(records, visits, records.setup(), now))


def misfits(
    records: ScheduleRecords, visits: Sequence[Visit], setup: Setup, now: int
) -> dict[int, list[Finding]]:
    """Id and findings of each visit that does not fit a set-up, or that its patient cannot come to."""
    shared = records.find(Override, rule=OVERLAP.code, deviation=False)
    why = dict(of_house(visits, setup, now, shared))
    for visit_id, found in _of_people(records, visits, setup, now):
        why[visit_id] = [*found, *why.get(visit_id, [])]
    return why


def _of_people(
    records: ScheduleRecords, visits: Sequence[Visit], setup: Setup, now: int
) -> Iterator[tuple[int, list[Finding]]]:
    """Who died, or is not of the age that the treatment asks for, as long as nothing was given."""
    people = {one.id: one for one in records.find(Patient, id={one.patient_id for one in visits})}
    for visit in (one for one in visits if one.state in UNDOSED):
        case = Case(visit, setup.type_by_id(visit.type_id), people[visit.patient_id], setup, now)
        if found := [one for check in PERSON_CHECKS if (one := check(case)) is not None]:
            yield visit.id, [of_what_stands(one) for one in found]


def of_what_stands(finding: Finding) -> Finding:
    """What is found about a booking, said of a visit that is booked already."""
    return replace(finding, rule=_STANDS.get(finding.code, finding.rule))


def of_house(
    visits: Sequence[Visit], setup: Setup, now: int, shared: Sequence[Override] = ()
) -> Iterator[tuple[int, list[Finding]]]:
    """Whom and what the visits lack in a set-up, in the order given. ``shared``: the reasons given for places
    that serve two visits at once."""
    house = House(setup)
    too_many, still_here = _over_limit(visits, setup, shared), _still_here(visits, setup)
    for visit in visits:
        visit_type = setup.type_by_id(visit.type_id)
        # Whoever was moved into a room in mid-visit is in it, whatever it is fit for.
        planned = visit if visit.moved is None else replace(visit, room_id=None)
        found = [
            *absent(planned, visit_type, setup),
            *_room(planned, visit_type, setup),
            *uncovered(visit, visit_type, house, now),
            *too_many.get(visit.id, ()),
            *still_here.get(visit.id, ()),
        ]
        if found:
            yield visit.id, found


def _coming(records: ScheduleRecords, now: int) -> list[Visit]:
    today = local_day(instant_at(now), records.setup().clinic.zone)
    return [one for one in records.visits_on(today, date.max) if goes_on(one, now)]


def _named(
    records: ScheduleRecords, visits: Sequence[Visit], why: Iterable[tuple[int, Sequence[Finding]]]
) -> list[StrandedVisit]:
    found = _open(records, visits, dict(why))
    mine = [one for one in visits if one.id in found]
    people = {one.id: one.name for one in records.find(Patient, id={one.patient_id for one in mine})}
    types = {one.id: one.name for one in records.setup().types}
    return [
        StrandedVisit(one, people[one.patient_id], types[one.type_id], tuple(found[one.id])) for one in mine
    ]


def _open(
    records: ScheduleRecords, visits: Sequence[Visit], found: dict[int, Sequence[Finding]]
) -> dict[int, Sequence[Finding]]:
    """The findings without those that an override of the visit passes."""
    given: dict[int, list[Override]] = {}
    for one in records.find(Override, visit_id=list(found)):
        given.setdefault(one.visit_id, []).append(one)
    left = {
        visit.id: not_passed(visit, given.get(visit.id, ()), found[visit.id])
        for visit in visits
        if visit.id in found
    }
    return {visit_id: why for visit_id, why in left.items() if why}


def _room(visit: Visit, visit_type: VisitType, setup: Setup) -> Iterator[Finding]:
    room = next((one for one in setup.rooms if one.id == visit.room_id), None)
    if room is None:
        return
    if not room.active:
        params = {"room": room.name, "time": _time(visit.start, visit.zone)}
        yield Finding(ROOM_CLOSED, params, Scope(the_room(room.id), ((0, visit.end - visit.start),)))
    elif visit_type.needs_fit and visit_type.needs_fit not in room.fits:
        params = {"room": room.name, "type": visit_type.name}
        yield Finding(ROOM_UNFIT, params, Scope(the_room(room.id)))


def room_name(setup: Setup, room_id: int | None) -> str:
    """The room as it is called in what is said of a visit."""
    return next((one.name for one in setup.rooms if one.id == room_id), "The room")


def _time(minute: int, zone: str) -> str:
    return clock_time(from_utc_minute(minute, zone).minute)


def _still_here(visits: Sequence[Visit], setup: Setup) -> dict[int, list[Finding]]:
    """Visits whose patient will still be in another of theirs, which runs on."""
    out: dict[int, list[Finding]] = {}
    for stay in (one for one in visits if one.here_until is not None):
        here = _patient(stay, setup)
        for other in visits:
            waits = other.patient_id == stay.patient_id and other.entered is None and other.id != stay.id
            if waits and any(clashes(one, here) for one in _patient(other, setup)):
                out[other.id] = [Finding(STILL_HERE, {"time": _time(here[-1].end, stay.zone)})]
    return out


def _patient(visit: Visit, setup: Setup) -> list[Claim]:
    claims = claims_of(visit, setup.type_by_id(visit.type_id))
    return [one for one in claims if one.kind is ClaimKind.PATIENT]


def _over_limit(
    visits: Sequence[Visit], setup: Setup, shared: Sequence[Override]
) -> dict[int, list[Finding]]:
    """Visits whose nurse would watch more patients at once than the limit allows."""
    watched: dict[int, list[Claim]] = {}
    for visit in visits:
        for claim in claims_of(visit, setup.type_by_id(visit.type_id)):
            if claim.kind is ClaimKind.WATCH:
                watched.setdefault(claim.resource_id, []).append(claim)
    names = {one.id: one.name for one in setup.staff}
    there = {one.id: one for one in visits}
    out: dict[int, list[Finding]] = {}
    for nurse, claims in watched.items():
        limit = setup.watch_limit(nurse)
        if numbered(claims, limit) is not None:
            continue
        meant_apart = _but_on_purpose(shared, there, claims)
        words: dict[str, Param] = {"person": names.get(nurse, ""), "limit": limit}
        said = Finding(WATCH_LIMIT, words, Scope(the_person(nurse)))
        for visit_id in _crowded(meant_apart, limit):
            out[visit_id] = [said]
    return out


def _but_on_purpose(
    shared: Sequence[Override], visits: Mapping[int, Visit], claims: Sequence[Claim]
) -> list[Claim]:
    """The claims without the minutes for which somebody gave a reason."""
    of: dict[int, list[Override]] = {one.visit_id: [] for one in claims}
    for trace in shared:
        of.get(trace.visit_id, []).append(trace)
    return [
        replace(one, start=left.start, end=left.end)
        for one in claims
        for left in minus(
            [Interval(one.start, one.end)], on_purpose(of[one.visit_id], visits[one.visit_id], subject(one))
        )
    ]


def _crowded(claims: Sequence[Claim], limit: int) -> set[int]:
    full = at_least(limit + 1, [[Interval(one.start, one.end)] for one in claims])
    return {one.visit_id for one in claims if any(one.start < f.end and f.start < one.end for f in full)}

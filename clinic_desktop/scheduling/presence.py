"""Whether the rooms and people of a planned visit are there at all: hours, closures, shifts, absences.

That they are not taken by another visit is the claims' business.
"""

from collections.abc import Iterator, Sequence

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.clock import from_utc_minute
from clinic_desktop.foundation.intervals import Interval, minus
from clinic_desktop.foundation.rulebook import Finding, Param, Scope, scope_of
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.scheduling.claims import phases_of, staff_of
from clinic_desktop.scheduling.model import Phase, PhaseKind, Setup, Visit, VisitType, the_person, the_room
from clinic_desktop.scheduling.rules import (
    CLINIC_CLOSED,
    ROOM_CLOSED,
    STAFF_AWAY,
    STAFF_BREAK,
    STAFF_MISSING,
    STAFF_ROLE,
)
from clinic_desktop.scheduling.working import Roster

_last: tuple[Setup, Roster] | None = None


def roster_for(setup: Setup) -> Roster:
    """The roster of a set-up; the last one is kept, because every transaction asks for the same."""
    global _last  # noqa: PLW0603 - one cell, replaced whole
    kept = _last
    if kept is None or kept[0] is not setup:
        kept = (setup, Roster(setup))
        _last = kept
    return kept[1]


def absent(visit: Visit, visit_type: VisitType, setup: Setup) -> list[Finding]:
    """Findings for the room and for each person who is not there for their part of the visit."""
    roster = roster_for(setup)
    where = _room if visit_type.needs_fit else _clinic
    return [*where(visit, visit_type, roster), *_staff(visit, visit_type, roster)]


def _clinic(visit: Visit, visit_type: VisitType, roster: Roster) -> Iterator[Finding]:
    """A visit without a room takes place while the clinic is open."""
    aside = (PhaseKind.CHECK_IN, PhaseKind.TURNOVER)
    spans = [span for _, phase, span in phases_of(visit, visit_type) if phase.kind not in aside]
    if lacking := minus(spans, roster.clinic_open(visit.day)):
        yield Finding(CLINIC_CLOSED, _words(visit), scope_of("", lacking, visit.start))


def _room(visit: Visit, visit_type: VisitType, roster: Roster) -> Iterator[Finding]:
    # Cleaning may go on after closing: only the patient's time must lie within the hours.
    spans = [
        span
        for _, phase, span in phases_of(visit, visit_type)
        if phase.room and phase.kind is not PhaseKind.TURNOVER
    ]
    if visit.room_id is None or not spans:
        return
    if lacking := minus(spans, roster.room_open(visit.room_id, visit.day)):
        name = next((r.name for r in roster.setup.rooms if r.id == visit.room_id), "")
        yield Finding(
            ROOM_CLOSED, _words(visit, room=name), scope_of(the_room(visit.room_id), lacking, visit.start)
        )


def _staff(visit: Visit, visit_type: VisitType, roster: Roster) -> Iterator[Finding]:
    needed: dict[tuple[int, Role], list[Interval]] = {}
    for number, phase, span in phases_of(visit, visit_type):
        for role in _roles(phase):
            person = staff_of(visit, number, role)
            if person is None:
                words = _words(visit, type=visit_type.name, role=role.value)
                yield Finding(STAFF_MISSING, words, Scope(role.value))
                return
            needed.setdefault((person, role), []).append(span)
    people = {one.id: one for one in roster.setup.staff}
    for (person, role), spans in needed.items():
        name = people[person].name
        if role not in people[person].roles or not people[person].active:
            yield Finding(STAFF_ROLE, _words(visit, person=name, role=role.value), Scope(the_person(person)))
        elif lacking := minus(spans, roster.working(person, visit.day)):
            yield _away(visit, person, name, lacking, roster)


def _away(visit: Visit, person: int, name: str, lacking: Sequence[Interval], roster: Roster) -> Finding:
    """They are not there, or in the house and on a break."""
    scope = scope_of(the_person(person), lacking, visit.start)
    there = roster.on_site(person, visit.day)
    if minus(lacking, there):
        return Finding(STAFF_AWAY, _words(visit, person=name), scope)
    breaks = minus(there, roster.working(person, visit.day))
    missed = next(one for one in breaks if one.start < lacking[0].end and lacking[0].start < one.end)
    ends = {"start": _clock(visit, missed.start), "end": _clock(visit, missed.end)}
    return Finding(STAFF_BREAK, _words(visit, person=name, **ends), scope)


def _roles(phase: Phase) -> Sequence[Role]:
    return sorted(phase.hands | ({phase.watch} if phase.watch else set()))


def _words(visit: Visit, **params: Param) -> dict[str, Param]:
    return {"time": _clock(visit, visit.start), **params}


def _clock(visit: Visit, utc: int) -> str:
    return clock_time(from_utc_minute(utc, visit.zone).minute)

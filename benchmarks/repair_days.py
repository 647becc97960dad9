"""Invented days that something happens to: the shipped visit types, seven rooms, four nurses, 25 visits."""

import random
from dataclasses import dataclass, replace
from datetime import date

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.clock import WallTime, from_utc_minute, to_utc_minute
from clinic_desktop.people.model import Absence, Break, Shift, Staff
from clinic_desktop.scheduling.availability import Availability, Options
from clinic_desktop.scheduling.choices import Choice, chosen
from clinic_desktop.scheduling.claims import claims_of, timed
from clinic_desktop.scheduling.defaults import HOURS, ROOMS, default_setup
from clinic_desktop.scheduling.disruption import (
    Disruption,
    Late,
    RoomClosed,
    StaffOut,
    claims_after,
    coming,
    earliest,
    lacking,
    lost_places,
    set_up_after,
)
from clinic_desktop.scheduling.masks import bits, timeline
from clinic_desktop.scheduling.model import Clinic, Closure, Setup, Visit
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.scheduling.repair_day import DayView
from clinic_desktop.scheduling.rules import not_begun
from clinic_desktop.scheduling.states import VisitState

DAY = date(2026, 11, 16)  # a Monday
ZONE = "America/Chicago"
MIX = {"IVM": 6, "SP56": 5, "SP84": 5, "SP1": 1, "IMK": 2, "CON": 2, "FUP": 4, "IVMG": 1, "INT": 2, "KAP": 1}
VISITS = 25
NURSES, PRESCRIBERS = (1, 2, 3, 4), (5, 6)
THERAPIST = 7


@dataclass(frozen=True, slots=True)
class BusyDay:
    """A day as it was booked, the moment it is, and what happens."""

    setup: Setup
    visits: tuple[Visit, ...]
    now: int
    what: Disruption

    @property
    def view(self) -> DayView:
        after, ahead = set_up_after(self.setup, self.what), coming(self.visits, self.now)
        claims = [one for v in self.visits for one in claims_of(v, self.setup.type_by_id(v.type_id))]
        lost = lost_places(ahead, after, self.now, self.what)
        begun = [one for one in ahead if one.id in lost and not_begun(one, "moved") is not None]
        return DayView(
            after,
            DAY,
            self.now,
            ahead,
            claims_after(claims, ahead, self.what),
            frozenset(lost),
            late=earliest(ahead, self.what),
            lacking={one.id: lacking(one, after, self.now) for one in begun},
        )


def clinic() -> Setup:
    """Nurses come at different times and have their break one after the other."""
    people = [Staff(n, 1, f"Nurse {n}", f"N{n}", frozenset({Role.NURSE})) for n in NURSES]
    people += [Staff(n, 1, f"Dr. {n}", f"P{n}", frozenset({Role.PRESCRIBER})) for n in PRESCRIBERS]
    people.append(Staff(THERAPIST, 1, "Therapist", "T", frozenset({Role.THERAPIST})))
    lunch = {n: (Break(690 + 30 * n, 720 + 30 * n),) for n in NURSES}
    shifts = [
        Shift(one.id, 1, one.id, frozenset(range(5)), 450, 1080, lunch.get(one.id, ())) for one in people
    ]
    made = default_setup(Clinic(id=1, version=1, name="Clinic", zone=ZONE, hours=HOURS))
    rooms = tuple(replace(one, id=n, version=1) for n, one in enumerate(ROOMS, start=1))
    return replace(made, rooms=rooms, staff=tuple(people), shifts=tuple(shifts))


def busy_day(seed: int) -> BusyDay:
    """A day with about 25 visits, and something that happens to it."""
    chance = random.Random(seed)
    setup = clinic()
    visits = _booked(chance, setup)
    now = to_utc_minute(WallTime(DAY, chance.choice([420, 420, 540, 600, 660])), ZONE)
    stands = tuple(_as_it_goes(one, now) for one in visits)
    return BusyDay(setup, stands, now, _happens(chance, stands, now))


def _booked(chance: random.Random, setup: Setup) -> list[Visit]:
    line = timeline(DAY, 2, ZONE)
    free = Availability(roster_for(setup), line, {})
    out: list[Visit] = []
    for number in range(1, VISITS + 1):
        for code in (*chance.choices(list(MIX), list(MIX.values()), k=2), "FUP", "IVM", "IMK", "INT"):
            visit_type = setup.type_by_code(code)
            options = Options(patient_id=number)
            starts = bits(free.starts(visit_type, options) & ((1 << line.day_bits(DAY)[1]) - 1))
            starts = [one for one in starts if one % 3 == 0] or starts
            if starts:
                choice = chosen(free, visit_type, chance.choice(starts), options)
                visit = _visit(setup, number, code, choice)
                free.put(claims_of(visit, visit_type))
                out.append(visit)
                break
    return out


def _visit(setup: Setup, number: int, code: str, choice: Choice) -> Visit:
    at = from_utc_minute(choice.start, ZONE)
    visit_type = setup.type_by_code(code)
    visit = Visit(
        id=number,
        version=1,
        patient_id=number,
        type_id=visit_type.id,
        room_id=choice.room_id,
        day=DAY,
        minute=at.minute,
        zone=ZONE,
        nurse_id=choice.nurse_id,
        prescriber_id=choice.prescriber_id,
        therapist_id=choice.therapist_id,
        phase_staff=choice.phase_staff,
    )
    return timed(visit, visit_type)


def _as_it_goes(visit: Visit, now: int) -> Visit:
    """Begun visits are in their rooms, ended ones over, and some of the next have come."""
    begun = visit.start
    if visit.end <= now:
        return replace(visit, state=VisitState.LEFT, arrived=begun, entered=begun, room_until=visit.end)
    if visit.start < now:
        state = VisitState.MONITORING if visit.start + 30 < now else VisitState.IN_ROOM
        return replace(visit, state=state, arrived=visit.start, entered=visit.start, room_until=visit.end)
    if visit.start < now + 20:
        return replace(visit, state=VisitState.ARRIVED, arrived=now)
    return visit


def _happens(chance: random.Random, visits: tuple[Visit, ...], now: int) -> Disruption:
    from_minute = max(480, from_utc_minute(now, ZONE).minute)
    until = chance.choice([1440, 1440, min(1440, from_minute + 180)])
    kind = chance.choice(["nurse", "nurse", "nurse", "room", "room", "prescriber", "late", "both"])
    ahead = [one for one in visits if one.end > now]
    if kind == "nurse":
        return StaffOut(Absence(0, 0, chance.choice(NURSES), DAY, from_minute, DAY, until))
    if kind == "prescriber":
        leaves = chance.choice([720, 840, 900])
        return StaffOut(Absence(0, 0, chance.choice(PRESCRIBERS), DAY, max(leaves, from_minute), DAY, 1440))
    if kind == "late" and ahead:
        return Late(chance.choice(ahead).id, chance.choice([15, 25, 40]))
    return RoomClosed(Closure(0, 0, chance.choice([2, 3, 6, 7, 7, 6]), DAY, from_minute, DAY, until))

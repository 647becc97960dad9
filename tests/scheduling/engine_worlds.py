"""Random small clinics for the property tests of the engine."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from clinic_desktop.foundation.actor import Role
from clinic_desktop.people.model import Absence, Break, Shift, Staff
from clinic_desktop.scheduling.availability import Options
from clinic_desktop.scheduling.masks import timeline
from clinic_desktop.scheduling.model import (
    Clinic,
    Closure,
    Cover,
    OpenHours,
    Phase,
    PhaseKind,
    Policies,
    Room,
    Setup,
    VisitType,
)

ZONE = "America/Chicago"
ROLES = [Role.NURSE, Role.PRESCRIBER, Role.THERAPIST]
DAYS = [date(2026, 11, 16), date(2026, 3, 7), date(2026, 10, 31)]  # the last two before a clock change
KINDS = [PhaseKind.PREP, PhaseKind.INFUSION, PhaseKind.MONITORING, PhaseKind.RELEASE]


@st.composite
def types(draw, unit=5):
    """A type of two to four phases, with or without check-in and turnover, in multiples of ``unit``."""
    minutes = st.integers(1, 60 // unit).map(lambda n: n * unit)
    middle = [
        Phase(
            draw(st.sampled_from(KINDS)),
            draw(minutes),
            hands=draw(st.frozensets(st.sampled_from(ROLES), max_size=2)),
            watch=draw(st.sampled_from([None, Role.NURSE])),
            cover=draw(st.sampled_from(list(Cover))),
        )
        for _ in range(draw(st.integers(1, 3)))
    ]
    # Hands and a watching place of the same nurse at the same time make no sense.
    middle = [replace(one, watch=None) if Role.NURSE in one.hands else one for one in middle]
    check_in = [Phase(PhaseKind.CHECK_IN, draw(minutes), room=False)] if draw(st.booleans()) else []
    turnover = [Phase(PhaseKind.TURNOVER, draw(minutes), patient=False)] if draw(st.booleans()) else []
    return VisitType(
        id=1,
        code="A",
        needs_fit="iv",
        modality=draw(st.sampled_from(["", "iv"])),
        phases=(*check_in, *middle, *turnover),
    )


@st.composite
def setups(draw, unit=5):
    """Two rooms, three people with one or two roles, night and day hours, breaks, absences, closures."""
    minute = st.integers(0, 1440 // unit).map(lambda n: n * unit)
    opens = draw(st.integers(1, 5))  # nothing is known before the window, so check-in stays inside it
    people = range(1, 4)
    return Setup(
        clinic=Clinic(
            zone=ZONE,
            hours=tuple(OpenHours(day, opens * 60, opens * 60 + 240) for day in range(7)),
            policies=Policies(
                grid=draw(st.sampled_from([5, 10, 15])),
                watch_limit=draw(st.integers(1, 2)),
                min_staff_with_dosed=draw(st.integers(0, 2)),
                iv_cover=draw(st.sampled_from(list(Cover))),
            ),
        ),
        rooms=tuple(
            Room(
                id=n,
                name=f"Room {n}",
                fits=frozenset({"iv"} if n == 1 else draw(st.sampled_from([{"iv"}, set()]))),
            )
            for n in (1, 2)
        ),
        staff=tuple(
            Staff(
                id=n,
                name=f"Person {n}",
                roles=draw(st.frozensets(st.sampled_from(ROLES), min_size=1, max_size=3)),
                watch_limit=draw(st.sampled_from([None, 1, 3])),
            )
            for n in people
        ),
        shifts=tuple(
            Shift(
                id=n,
                staff_id=n,
                weekdays=frozenset(range(7)),
                start=opens * 60 + draw(st.sampled_from([0, 0, 60])),
                end=opens * 60 + draw(st.sampled_from([240, 240, 180])),
                breaks=(Break(start := draw(minute), start + 15),) if draw(st.booleans()) else (),
            )
            for n in people
        ),
        absences=tuple(
            Absence(staff_id=1, from_day=day, from_minute=draw(minute), to_day=day, to_minute=draw(minute))
            for day in draw(st.lists(st.sampled_from(DAYS), max_size=1))
        ),
        closures=tuple(
            Closure(
                room_id=draw(st.sampled_from([None, 1])), from_day=day, from_minute=draw(minute), to_day=day
            )
            for day in draw(st.lists(st.sampled_from(DAYS), max_size=1))
        ),
    )


@st.composite
def claims(draw, first, days, hours, unit=5):
    """Claims on all kinds of places, exclusive ones apart, inside the hours of the days."""
    out, taken = [], set()
    for visit in range(1, draw(st.integers(0, 8)) + 1):
        kind = draw(st.sampled_from(["room", "hands", "watch", "patient"]))
        owner = draw(st.integers(1, 3))
        day = first + timedelta(days=draw(st.integers(0, days - 1)))
        line = timeline(day, 1, ZONE)
        start = line.start + hours * 60 + draw(st.integers(0, 240 // unit)) * unit
        end = start + draw(st.integers(1, 90 // unit)) * unit
        moments = {(kind, owner, m) for m in range(start, end)}
        if kind == "watch" or not moments & taken:
            taken |= moments
            out.append((kind, owner, start, end, visit))
    return out


@st.composite
def options(draw):
    return Options(
        patient_id=draw(st.sampled_from([None, 1])),
        without=draw(st.frozensets(st.integers(1, 3), max_size=1)),
        rooms=draw(st.sampled_from([None, None, frozenset({1}), frozenset({2})])),
        staff=draw(st.sampled_from([None, None, None, frozenset({1, 2})])),
        change_nurse=draw(st.booleans()),
    )


@st.composite
def worlds(draw, unit=5):
    """(set-up, first day, claims): two days of a small clinic."""
    setup = draw(setups(unit))
    first = draw(st.sampled_from(DAYS))
    taken = draw(claims(first, 2, setup.clinic.hours[0].start // 60, unit))
    return setup, first, taken

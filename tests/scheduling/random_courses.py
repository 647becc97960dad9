"""Small clinics and requests for courses, each made from a number: the same ones every time."""

import random
from dataclasses import replace
from datetime import timedelta

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.clock import WallTime, to_utc_minute
from clinic_desktop.people.model import Absence, UsualDriver
from clinic_desktop.scheduling.availability import Options
from clinic_desktop.scheduling.model import Closure, Cover, GoingHomeProfile, Phase, PhaseKind, Setup
from clinic_desktop.scheduling.planner_model import Cadence, CourseRequest, Pin
from tests.scheduling.engine_truth import MONDAY, NURSE, PRESCRIBER, Claimed, a_clinic, a_type

ZONE, OPENS = "America/Chicago", 645  # 10:45, so that noon lies inside
IV = a_type(
    Phase(PhaseKind.INFUSION, 15, hands=NURSE, cover=Cover.CLINICIAN),
    Phase(PhaseKind.RECOVERY, 30, watch=Role.NURSE, cover=Cover.CLINICIAN),
    Phase(PhaseKind.TURNOVER, 15, patient=False),
    id=1,
    code="IV",
    modality="iv",
    profile_id=1,
)
SPRAY = a_type(
    Phase(PhaseKind.DOSING, 15, hands=NURSE, cover=Cover.PRESCRIBER),
    Phase(PhaseKind.MONITORING, 45, watch=Role.NURSE, cover=Cover.PRESCRIBER),
    id=2,
    code="SPRAY",
    modality="spravato",
)
TALK = a_type(Phase(PhaseKind.SESSION, 30, hands=PRESCRIBER), id=3, code="TALK")
TYPES = (IV, SPRAY, TALK)


def world(number: int) -> tuple[Setup, list[Claimed], CourseRequest]:
    """A clinic, what is taken in it, and what is asked for."""
    chance = random.Random(number)  # noqa: S311 - the same clinic for the same number
    setup = _clinic(chance)
    return setup, _claims(chance, setup), _request(chance)


def shuffled(setup: Setup, chance: random.Random) -> Setup:
    """The same clinic with everything in another order."""
    names = ("rooms", "staff", "shifts", "closures", "absences")
    mixed = {name: chance.sample(getattr(setup, name), len(getattr(setup, name))) for name in names}
    return replace(setup, **{name: tuple(value) for name, value in mixed.items()})


def _clinic(chance: random.Random) -> Setup:
    hours = OPENS, OPENS + chance.choice([105, 120, 150])
    setup = a_clinic(
        hours=hours, rooms=chance.randint(1, 2), nurses=chance.randint(1, 3), prescribers=1, grid=15
    )
    shifts = tuple(
        replace(one, weekdays=frozenset(chance.sample(range(7), chance.randint(4, 7))))
        for one in setup.shifts
    )
    shut = [MONDAY + timedelta(chance.randint(0, 20)) for _ in range(chance.randint(0, 3))]
    away = [MONDAY + timedelta(chance.randint(0, 20)) for _ in range(chance.randint(0, 3))]
    policies = replace(
        setup.clinic.policies, min_staff_with_dosed=chance.choice([0, 2]), watch_limit=chance.choice([1, 3])
    )
    return replace(
        setup,
        clinic=replace(setup.clinic, policies=policies),
        types=TYPES,
        shifts=shifts,
        profiles=(GoingHomeProfile(id=1),),
        closures=tuple(Closure(from_day=day, to_day=day) for day in shut),
        absences=tuple(Absence(staff_id=chance.choice([1, 11]), from_day=day, to_day=day) for day in away),
    )


def _claims(chance: random.Random, setup: Setup) -> list[Claimed]:
    """At most one claim on a room or a pair of hands at a time, as in any book."""
    out: dict[tuple[str, int, int], Claimed] = {}
    for visit in range(chance.randint(0, 40)):
        kind = chance.choice(["room", "hands", "watch"])
        owner = chance.choice([one.id for one in (setup.rooms if kind == "room" else setup.staff)])
        day, slot = MONDAY + timedelta(chance.randint(0, 20)), chance.randint(0, 8)
        start = to_utc_minute(WallTime(day, OPENS + 15 * slot), ZONE)
        out[kind, owner, start] = (kind, owner, start, start + 15, 1000 + visit)
    return list(out.values())


def _request(chance: random.Random) -> CourseRequest:
    count = chance.randint(1, 5)
    weeks = chance.choice([(), (), (2, 2, 1), (1, 1, 1), (2, 1)])
    kinds = chance.choices([IV, SPRAY, TALK], weights=[5, 3, 1], k=count)
    wished = frozenset(chance.sample(range(7), 5))
    driver = UsualDriver("Bea", weekdays=wished, from_minute=OPENS + chance.choice([60, 75]))
    pins = _pins(chance, kinds)
    return CourseRequest(
        Cadence(
            min_clear_days=chance.randint(0, 1),
            max_gap_days=None if weeks else chance.randint(3, 5),
            span_days=chance.choice([None, None, 9, 12]),
            weeks=weeks,
        ),
        tuple(kinds),
        earliest=MONDAY + timedelta(chance.randint(0, 2)),
        start_within=chance.randint(1, 5),
        latest=chance.choice([None, None, None, MONDAY + timedelta(12)]),
        excluded=frozenset(MONDAY + timedelta(chance.randint(0, 14)) for _ in range(chance.randint(0, 3))),
        weekdays=chance.choice([frozenset(), frozenset({0, 2, 4}), frozenset({1, 3})]),
        clock=chance.choice([None, None, OPENS, OPENS + 45, OPENS + 50]),
        drivers=chance.choice([(), (), (driver,)]),
        pins=tuple(one for one in pins if one.booked or chance.random() < 0.5),
        stays=tuple(_stays(chance, kinds, {one.no for one in pins})),
        options=Options(
            wish_nurse=chance.choice([None, None, 1]), change_nurse=chance.choice([True, True, False])
        ),
        half=chance.choice(["", "", "am", "pm"]),
        soonest=chance.choice([False, False, True]),
        not_near=chance.choice([None, None, None, OPENS, OPENS + 90]),
        skipped=chance.choice([frozenset(), frozenset(), frozenset(), frozenset({count})]),
    )


def _pins(chance: random.Random, kinds: list) -> list[Pin]:
    """Some first visits that are booked, or one that somebody put where it is."""
    if chance.random() < 0.25:
        return [
            Pin(no, MONDAY + timedelta(2 * no - 3), OPENS + 15, booked=True, nurse_id=_nurse(chance, kind))
            for no, kind in enumerate(kinds[: len(kinds) - 1], 1)
        ]
    if chance.random() < 0.25:
        no = chance.randint(1, len(kinds))
        return [Pin(no, MONDAY + timedelta(chance.randint(0, 9)), OPENS + 15 * chance.randint(0, 3))]
    return []


def _stays(chance: random.Random, kinds: list, pinned: set[int]) -> list[Pin]:
    if chance.random() < 0.7:
        return []
    return [
        Pin(no, MONDAY + timedelta(2 * no + chance.randint(0, 2)), OPENS + 15, nurse_id=_nurse(chance, kind))
        for no, kind in enumerate(kinds, 1)
        if no not in pinned and chance.random() < 0.8
    ]


def _nurse(chance: random.Random, kind) -> int | None:
    return None if kind is TALK else chance.randint(1, 3)

"""What happened in a demo visit, as stamps: a plausible stay, up to a moment for one that goes on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from clinic_desktop.foundation.clock import instant_at
from clinic_desktop.scheduling.model import PhaseKind, Visit, VisitType
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.session import DEVICE_MG, devices_planned, minutes_after_dose, minutes_of

K = StampKind


def stay(visit: Visit, visit_type: VisitType, rng: Random, until: datetime) -> list[Stamp]:
    """The stamps of a visit in order of time, as far as they lie before ``until``."""
    start = instant_at(visit.start) + timedelta(minutes=rng.choice((-3, -2, 0, 0, 0, 2)))
    if not visit_type.is_treatment:
        stamps = list(_talk(visit, visit_type, start, rng))
    elif visit_type.dose_mg:
        stamps = list(_spravato(visit, visit_type, start, rng))
    elif minutes_of(visit_type, PhaseKind.INFUSION):
        stamps = list(_infusion(visit, visit_type, start, rng))
    else:
        stamps = list(_injection(visit, visit_type, start, rng))
    stamps.sort(key=lambda one: one.at or until)
    return [one for one in stamps if one.at is not None and one.at <= until]


def turned_away(visit: Visit, rng: Random) -> list[Stamp]:
    """Arrived, not treated: the pressure stays high."""
    at = instant_at(visit.start)
    return [
        Stamp(kind=K.ARRIVED, at=at - timedelta(minutes=8)),
        Stamp(kind=K.IN_ROOM, at=at),
        _vitals(at + timedelta(minutes=4), rng, raised=45),
        _vitals(at + timedelta(minutes=14), rng, raised=42),
        Stamp(kind=K.NOT_TREATED, at=at + timedelta(minutes=20), note="pressure stays high"),
    ]


def _talk(visit: Visit, visit_type: VisitType, start: datetime, rng: Random) -> Iterator[Stamp]:
    if visit.room_id is not None:
        yield Stamp(kind=K.ARRIVED, at=start - timedelta(minutes=rng.randrange(4, 14)))
        yield Stamp(kind=K.IN_ROOM, at=start)
    length = minutes_of(visit_type, PhaseKind.SESSION) + rng.choice((-5, 0, 3))
    next_comes = instant_at(visit.end) - timedelta(minutes=3)  # and finds the room free
    yield Stamp(kind=K.LEFT, at=min(start + timedelta(minutes=length), next_comes))


def _before(start: datetime, rng: Random) -> Iterator[Stamp]:
    yield Stamp(kind=K.ARRIVED, at=start - timedelta(minutes=rng.randrange(8, 18)))
    yield Stamp(kind=K.IN_ROOM, at=start)
    yield Stamp(kind=K.CONSENT, at=start + timedelta(minutes=2))
    yield _vitals(start + timedelta(minutes=4), rng)


def _infusion(visit: Visit, visit_type: VisitType, start: datetime, rng: Random) -> Iterator[Stamp]:
    yield from _before(start, rng)
    begin = start + timedelta(minutes=minutes_of(visit_type, PhaseKind.PREP) + rng.choice((-1, 0, 0)))
    length = minutes_of(visit_type, PhaseKind.INFUSION)
    end = begin + timedelta(minutes=length)
    yield Stamp(kind=K.INFUSION_START, at=begin, dose=rng.choice((30, 35, 40, 45)), unit="mg")
    for minutes in range(10, length, 10):
        yield _vitals(begin + timedelta(minutes=minutes), rng, raised=min(minutes, 20) // 2)
    yield Stamp(kind=K.INFUSION_STOP, at=end)
    rest = minutes_of(visit_type, PhaseKind.RECOVERY)
    yield Stamp(kind=K.LINE_OUT, at=end + timedelta(minutes=6))
    yield _vitals(end + timedelta(minutes=12), rng, raised=6)
    yield from _after(visit, end + timedelta(minutes=rest), rng)


def _injection(visit: Visit, visit_type: VisitType, start: datetime, rng: Random) -> Iterator[Stamp]:
    yield from _before(start, rng)
    given = start + timedelta(minutes=minutes_of(visit_type, PhaseKind.PREP) + rng.choice((-1, 0, 0)))
    yield Stamp(kind=K.DOSE, at=given, dose=rng.choice((40, 45, 50)), unit="mg")
    yield _vitals(given + timedelta(minutes=20), rng, raised=10)
    yield from _after(visit, given + timedelta(minutes=minutes_after_dose(visit_type)), rng)


def _spravato(visit: Visit, visit_type: VisitType, start: datetime, rng: Random) -> Iterator[Stamp]:
    yield from _before(start, rng)
    first = start + timedelta(minutes=minutes_of(visit_type, PhaseKind.PREP) + rng.choice((-1, 0, 0)))
    devices = devices_planned(visit_type)
    lot = f"{rng.randrange(10, 99)}K{rng.randrange(100, 999)}"
    for number in range(devices):
        at = first + timedelta(minutes=5 * number)
        yield Stamp(kind=K.DOSE, at=at, dose=DEVICE_MG, unit="mg", device=number + 1, lot=lot)
    last = first + timedelta(minutes=5 * (devices - 1))
    yield _vitals(first + timedelta(minutes=40), rng, raised=12)
    yield _vitals(first + timedelta(minutes=80), rng, raised=6)
    yield from _after(visit, last + timedelta(minutes=120), rng)


def _after(visit: Visit, ready: datetime, rng: Random) -> Iterator[Stamp]:
    """The last checks, the sheet, the driver, and the door."""
    checked = ready + timedelta(minutes=rng.choice((0, 0, 0, 1, 3)))
    yield replace(_vitals(checked, rng), pulse=68)
    yield Stamp(kind=K.SETTLED, at=checked + timedelta(seconds=30))
    yield Stamp(kind=K.WALKS, at=checked + timedelta(minutes=1))
    yield Stamp(kind=K.PRESSURE_ACCEPTED, at=checked + timedelta(minutes=1, seconds=20))
    yield Stamp(kind=K.SHEET_HANDED, at=checked + timedelta(minutes=2), person="patient and driver")
    here = checked + timedelta(minutes=rng.choice((2, 2, 3, 8)))
    yield Stamp(kind=K.DRIVER_SEEN, at=here, person=visit.plan_name, phone=visit.plan_phone)
    yield Stamp(kind=K.RELEASED, at=here + timedelta(minutes=rng.choice((1, 1, 2))))


def _vitals(at: datetime, rng: Random, raised: int = 0) -> Stamp:
    return Stamp(
        kind=K.VITALS,
        at=at,
        systolic=rng.randrange(112, 132) + raised,
        diastolic=rng.randrange(70, 84) + raised // 3,
        pulse=rng.randrange(60, 84),
        oxygen=rng.randrange(96, 100),
    )

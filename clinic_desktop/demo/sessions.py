"""What happened in a demo visit, as stamps: a plausible stay, up to a moment for one that goes on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from clinic_desktop.demo.besides import checked_too, infused
from clinic_desktop.foundation.clock import instant_at
from clinic_desktop.scheduling.asks import CONSENT, OXIMETER, SINCE, Ask
from clinic_desktop.scheduling.model import DEVICE_MG, PhaseKind, Visit, VisitType
from clinic_desktop.treatment.answers import Answer
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.session import devices_planned, minutes_after_dose, minutes_of

K = StampKind
_ON_STIMULANTS = 11  # of so many patients one
_ALL_THE_SAME = "The usual one in the morning. The prescriber knows, and the pressure is fine."
_DRIVER_LATE = timedelta(minutes=38)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a stay goes: the dose in mg, minutes by which all of it is late, whether the driver is still on the
    way, when the patient comes in, the lot of the devices, and the prescriber who is asked (0: nobody)."""

    mg: int = 0
    late: int = 0
    waits: bool = False
    arrived: datetime | None = None
    lot: str = ""
    asked: int = 0

    @property
    def special(self) -> bool:
        return bool(self.late or self.waits or self.arrived)


def stay(visit: Visit, visit_type: VisitType, rng: Random, until: datetime, manner: Manner) -> list[Stamp]:
    """The stamps of a visit in order of time, as far as they lie before ``until``."""
    start = instant_at(visit.start) + timedelta(minutes=manner.late + rng.choice((-3, -2, 0, 0, 0, 2)))
    if not visit_type.is_treatment:
        stamps = list(_talk(visit, visit_type, start, rng, manner.late))
    else:
        stamps = list(_treatment(visit, visit_type, start, rng, manner, until))
    if manner.arrived is not None:
        stamps = [
            Stamp(kind=K.ARRIVED, at=manner.arrived),
            *(one for one in stamps if one.kind is not K.ARRIVED),
        ]
    stamps.sort(key=lambda one: one.at or until)
    return [one for one in stamps if one.at is not None and one.at <= until]


def _treatment(
    visit: Visit, visit_type: VisitType, start: datetime, rng: Random, manner: Manner, until: datetime
) -> Iterator[Stamp]:
    yield from _before(visit, visit_type, start, rng)
    if visit_type.dose_mg:
        given, ready = _spravato(visit_type, start, rng, manner.lot)
    elif minutes_of(visit_type, PhaseKind.INFUSION):
        given, ready = _infusion(visit, visit_type, start, rng, manner.mg)
    else:
        given, ready = _injection(visit_type, start, rng, manner.mg)
    yield from _knowing(visit, given)
    yield from _after(visit, ready, rng, until if manner.waits else None)
    yield from checked_too(visit, ready + timedelta(minutes=1), manner.asked)


def walked_out(visit: Visit, visit_type: VisitType, rng: Random, prescriber: str, lot: str) -> list[Stamp]:
    """Left before release: would not wait, 70 minutes after the dose."""
    stamps, last = _until_dosed(visit, visit_type, rng, lot)
    gone = last + timedelta(minutes=70)
    return [
        *(one for one in stamps if one.at is not None and one.at < gone),
        Stamp(kind=K.LEFT_EARLY, at=gone, note="Would not wait any longer. Steady on her feet."),
        Stamp(kind=K.TOLD, at=gone + timedelta(minutes=2), person=prescriber, note="Called to say so."),
    ]


def taken_away(visit: Visit, visit_type: VisitType, rng: Random, prescriber: str, lot: str) -> list[Stamp]:
    """Transferred: the pressure climbs, and the chest hurts."""
    stamps, last = _until_dosed(visit, visit_type, rng, lot)
    seen = last + timedelta(minutes=22)
    return [
        *(one for one in stamps if one.at is not None and one.at < seen),
        replace(_vitals(seen, rng), systolic=192, diastolic=114),
        Stamp(
            kind=K.TOLD,
            at=seen + timedelta(minutes=1),
            person=prescriber,
            note="Pain in the chest. Call 911.",
        ),
        Stamp(
            kind=K.TRANSFERRED,
            at=seen + timedelta(minutes=14),
            note="Pressure 192/114 and pain in the chest.",
        ),
    ]


def _until_dosed(visit: Visit, visit_type: VisitType, rng: Random, lot: str) -> tuple[list[Stamp], datetime]:
    """The stamps up to the last dose and the vitals after it, and when that dose was."""
    start = instant_at(visit.start)
    if visit_type.dose_mg:
        given, _ = _spravato(visit_type, start, rng, lot)
    else:
        given, _ = _infusion(visit, visit_type, start, rng, 40)
    doses = [one.at for one in given if one.kind in (K.DOSE, K.INFUSION_STOP) and one.at is not None]
    return [*_before(visit, visit_type, start, rng), *_knowing(visit, given)], max(doses)


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


def _talk(visit: Visit, visit_type: VisitType, start: datetime, rng: Random, late: int) -> Iterator[Stamp]:
    if visit.room_id is not None:
        yield Stamp(kind=K.ARRIVED, at=start - timedelta(minutes=rng.randrange(4, 14)))
        yield Stamp(kind=K.IN_ROOM, at=start)
    length = minutes_of(visit_type, PhaseKind.SESSION) + rng.choice((-5, 0, 3))
    # And finds the room free, but for the one who is late on purpose.
    next_comes = instant_at(visit.end) + timedelta(minutes=late - 3)
    yield Stamp(kind=K.LEFT, at=min(start + timedelta(minutes=length), next_comes))


def _before(visit: Visit, visit_type: VisitType, start: datetime, rng: Random) -> Iterator[Stamp]:
    yield Stamp(kind=K.ARRIVED, at=start - timedelta(minutes=rng.randrange(8, 18)))
    yield Stamp(kind=K.IN_ROOM, at=start)
    yield Stamp(kind=K.CONSENT, at=start + timedelta(minutes=2))
    said = tuple(_answer(one, visit, start) for one in visit_type.asks if one.code != CONSENT)
    yield Stamp(kind=K.ANSWERED, at=start + timedelta(minutes=3), answers=said)
    yield _vitals(start + timedelta(minutes=4), rng)


def _answer(ask: Ask, visit: Visit, start: datetime) -> Answer:
    """Long enough without food and drink. A few take a stimulant each morning; nothing else speaks against a
    dose."""
    if ask.code not in SINCE:
        taken = ask.code == "stimulants" and _takes_a_stimulant(visit)
        return Answer(ask.code, present=taken or ask.code == OXIMETER)
    return Answer(ask.code, True, start - timedelta(minutes=ask.minutes + ask.minutes % 7 * 5 + 15))


def _takes_a_stimulant(visit: Visit) -> bool:
    return visit.patient_id % _ON_STIMULANTS == 0


def _knowing(visit: Visit, given: Sequence[Stamp]) -> Iterator[Stamp]:
    """Why the first dose is given all the same, where the answers asked for it."""
    first = next((one for one in given if one.kind in (K.DOSE, K.INFUSION_START)), None)
    for one in given:
        yield replace(one, reason=_ALL_THE_SAME) if one is first and _takes_a_stimulant(visit) else one


Given = tuple[list[Stamp], datetime]  # what is given and measured, and when the patient may be fit to go


def _infusion(visit: Visit, visit_type: VisitType, start: datetime, rng: Random, mg: int) -> Given:
    begin = start + timedelta(minutes=minutes_of(visit_type, PhaseKind.PREP) + rng.choice((-1, 0, 0)))
    length = minutes_of(visit_type, PhaseKind.INFUSION)
    end = begin + timedelta(minutes=length)
    stamps = [*infused(visit, Stamp(kind=K.INFUSION_START, at=begin, dose=mg or 40, unit="mg"), length)]
    for minutes in range(10, length, 10):
        stamps.append(_vitals(begin + timedelta(minutes=minutes), rng, raised=min(minutes, 20) // 2))
    stamps.append(Stamp(kind=K.INFUSION_STOP, at=end))
    stamps.append(Stamp(kind=K.LINE_OUT, at=end + timedelta(minutes=6)))
    stamps.append(_vitals(end + timedelta(minutes=12), rng, raised=6))
    return stamps, end + timedelta(minutes=minutes_of(visit_type, PhaseKind.RECOVERY))


def _injection(visit_type: VisitType, start: datetime, rng: Random, mg: int) -> Given:
    given = start + timedelta(minutes=minutes_of(visit_type, PhaseKind.PREP) + rng.choice((-1, 0, 0)))
    stamps = [
        Stamp(kind=K.DOSE, at=given, dose=mg or 45, unit="mg"),
        _vitals(given + timedelta(minutes=20), rng, raised=10),
    ]
    return stamps, given + timedelta(minutes=minutes_after_dose(visit_type))


def _spravato(visit_type: VisitType, start: datetime, rng: Random, lot: str) -> Given:
    first = start + timedelta(minutes=minutes_of(visit_type, PhaseKind.PREP) + rng.choice((-1, 0, 0)))
    times = [first + timedelta(minutes=5 * number) for number in range(devices_planned(visit_type))]
    stamps = [
        Stamp(kind=K.DOSE, at=at, dose=DEVICE_MG, unit="mg", device=number, lot=lot)
        for number, at in enumerate(times, start=1)
    ]
    stamps.append(_vitals(first + timedelta(minutes=40), rng, raised=12))
    stamps.append(_vitals(first + timedelta(minutes=80), rng, raised=6))
    return stamps, times[-1] + timedelta(minutes=120)


def _after(visit: Visit, ready: datetime, rng: Random, waits_at: datetime | None) -> Iterator[Stamp]:
    """The last checks, the sheet, the driver, and the door. Some drivers are late: then the patient waits in
    the chair, and still does at the moment ``waits_at``."""
    checked = ready + timedelta(minutes=rng.choice((0, 0, 0, 1, 3)))
    yield replace(_vitals(checked, rng), pulse=68)
    yield Stamp(kind=K.SETTLED, at=checked + timedelta(seconds=30))
    yield Stamp(kind=K.WALKS, at=checked + timedelta(minutes=1))
    yield Stamp(kind=K.PRESSURE_ACCEPTED, at=checked + timedelta(minutes=1, seconds=20))
    yield Stamp(kind=K.SHEET_HANDED, at=checked + timedelta(minutes=2), person="patient and driver")
    here = checked + timedelta(minutes=rng.choice((2, 2, 3, 3, 8)))
    if rng.random() < 0.1 or waits_at is not None:
        yield Stamp(kind=K.READY, at=checked + timedelta(minutes=2, seconds=30))
        yield Stamp(kind=K.WAITING, at=checked + timedelta(minutes=6))
        here = max(checked + _DRIVER_LATE, waits_at + _DRIVER_LATE if waits_at else checked)
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

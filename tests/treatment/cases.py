"""Visits in the treatment room as plain values, for tests of rules: no store, no window."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import count

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.people.model import Clearance, Indication, Patient, Screening, Shift, Staff
from clinic_desktop.people.scores import Score
from clinic_desktop.scheduling.asks import CONSENT, NAMES, OXIMETER
from clinic_desktop.scheduling.claims import timed
from clinic_desktop.scheduling.defaults import default_setup
from clinic_desktop.scheduling.model import Clinic, Override, Policies, PressureLimits, Setup, Visit
from clinic_desktop.treatment.answers import Answer
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.course import Before
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.session import standing, when
from tests.small_clinic import BEA, MONDAY, ZONE, instant

K = StampKind
LIN, MAYA, DANA, RUI = 1, 2, 3, 4
STAFF = (
    Staff(id=LIN, name="Dr. Lin", roles=frozenset({Role.PRESCRIBER})),
    Staff(id=MAYA, name="Maya Jones", roles=frozenset({Role.NURSE})),
    Staff(id=DANA, name="Dana Reyes", roles=frozenset({Role.RECEPTIONIST})),
    Staff(id=RUI, name="Rui Costa", roles=frozenset({Role.RECEPTIONIST})),
)
ALL_NO = tuple(Answer(code, code == OXIMETER) for code in NAMES if code != CONSENT)
"""Everything that is asked, with nothing that speaks against a dose."""
_ids = count(1)


def setup(**policies: object) -> Setup:
    """The shipped set-up with one prescriber, one nurse and two at the desk, who work from 7:30 AM to 6 PM
    (the desk to 8), and the pressure limits set; ``policies`` to the clinic's settings."""
    made = default_setup(Clinic(id=1, zone=ZONE, policies=replace(Policies(), **policies)))
    limits = PressureLimits(set_by=LIN, set_at=instant(7))
    modalities = tuple(replace(one, limits=limits) for one in made.modalities)
    return here(replace(made, staff=STAFF, modalities=modalities), LIN, MAYA, DANA, RUI)


def here(clinic: Setup, *people: int) -> Setup:
    """The same with nobody but these people at work."""
    week = Shift(weekdays=frozenset(range(5)), start=450, end=1080)
    desk = {DANA: 1200, RUI: 1200}
    return replace(
        clinic, shifts=tuple(replace(week, id=n, staff_id=n, end=desk.get(n, week.end)) for n in people)
    )


def stamp(kind: StampKind, at: datetime | None, **more: object) -> Stamp:
    """A stamp on record, by nurse Maya."""
    return replace(Stamp(id=next(_ids), kind=kind, at=at, by=MAYA), **more)


def vitals(at: datetime, high: int = 124, low: int = 78, oxygen: int | None = 98, **more: object) -> Stamp:
    return stamp(K.VITALS, at, systolic=high, diastolic=low, oxygen=oxygen, **more)


def accepted(at: datetime, high: int = 124, low: int = 78, by: int = MAYA, **more: object) -> Stamp:
    return stamp(K.PRESSURE_ACCEPTED, at, systolic=high, diastolic=low, by=by, **more)


def device(at: datetime, number: int = 1, lot: str = "12K345", **more: object) -> Stamp:
    return stamp(K.DOSE, at, dose=28.0, unit="mg", device=number, lot=lot, **more)


def given(rule: str, *, minute: int = 600, deviation: bool = False) -> Override:
    """An override of the visit at its time."""
    return Override(rule=rule, deviation=deviation, day=MONDAY, minute=minute)


def before_dosing() -> list[Stamp]:
    """Everything that a first dose at 10:10 asks for."""
    return [
        stamp(K.ARRIVED, instant(9, 50)),
        stamp(K.IN_ROOM, instant(10)),
        stamp(K.CONSENT, instant(10, 2)),
        stamp(K.ANSWERED, instant(10, 2), answers=ALL_NO),
        vitals(instant(10, 4)),
    ]


def sprayed() -> list[Stamp]:
    """56 mg of Spravato at 10:10 and 10:15, everything settled: only the clock is left, until 12:15."""
    return [
        *before_dosing(),
        device(instant(10, 10)),
        device(instant(10, 15), 2),
        vitals(instant(10, 50), 132, 84),
        *after_checks(12, 10),
    ]


def infused() -> list[Stamp]:
    """35 mg of ketamine from 10:15 to 10:55, everything settled: release from 11:25."""
    return [
        *before_dosing(),
        stamp(K.INFUSION_START, instant(10, 15), dose=35.0, unit="mg"),
        stamp(K.INFUSION_STOP, instant(10, 55)),
        stamp(K.LINE_OUT, instant(11, 1)),
        *after_checks(11, 20),
    ]


def after_checks(hour: int, minute: int) -> list[Stamp]:
    at = instant(hour, minute)
    return [
        vitals(at),
        accepted(at),
        stamp(K.SETTLED, at),
        stamp(K.WALKS, at),
        stamp(K.SHEET_HANDED, at, person="patient and driver"),
        stamp(K.DRIVER_SEEN, at, person=BEA.name, phone=BEA.phone, adult=True),
    ]


def care(code: str, stamps: Sequence[Stamp], at: datetime, **changes: object) -> Care:
    """Amara on Monday at 10 AM with driver Bea, cleared, screened, enrolled and asked how she is; a
    prescriber all day."""
    clinic = changes.pop("setup", None) or setup()
    assert isinstance(clinic, Setup)
    visit_type = clinic.type_by_code(code)
    visit = Visit(id=1, patient_id=1, type_id=visit_type.id, room_id=1, day=MONDAY, minute=600, zone=ZONE)
    whole = standing(_on_record(stamps))
    made = Care(
        visit=timed(visit, visit_type).with_plan(BEA),
        type=visit_type,
        patient=Patient(
            id=1,
            given_name="Amara",
            family_name="Okafor",
            birth_date=date(1984, 4, 12),
            indication=Indication.TRD,
            allergies="None known",
            rems_enrolled_on=date(2026, 11, 2),
        ),
        setup=clinic,
        at=at,
        session=whole.as_of(at),
        whole=whole,
        clearances=[Clearance(patient_id=1, modality=visit_type.modality, on=MONDAY, until=MONDAY)],
        screening=Screening(patient_id=1, reviewed_by=LIN),
        treated_before=True,
        course=Before([Score(instrument=one, total=0) for one in visit_type.scores]),
    )
    return replace(made, **changes)


def _on_record(stamps: Sequence[Stamp]) -> list[Stamp]:
    """A sheet that was handed over counts from what was given by then, as recording it notes."""
    return [
        replace(one, counts_from=one.counts_from or standing(stamps).as_of(when(one)).last_dose_at)
        if one.kind is K.SHEET_HANDED
        else one
        for one in stamps
    ]


def codes(found: Sequence[Finding]) -> list[str]:
    return [one.code for one in found]


def without(stamps: Sequence[Stamp], *kinds: StampKind) -> list[Stamp]:
    return [one for one in stamps if one.kind not in kinds]

"""What must hold before a dose and before a release. Pure: the case in, findings out.

The clock never releases anybody: passing time only takes one item off the list.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.rulebook import Finding, Param, Rule, Severity
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.people.model import Clearance, Patient, Screening
from clinic_desktop.scheduling.model import Modality, Override, PhaseKind, Setup, Visit, VisitType
from clinic_desktop.scheduling.way_home import gaps
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.session import REST_BETWEEN_DEVICES, Session, falling, minutes_of

LOCKED, HARD, WARNING = Severity.LOCKED, Severity.HARD, Severity.WARNING
HIGH_SYSTOLIC, HIGH_DIASTOLIC = 140, 90  # above either, weigh the risk before dosing [M1]
SPRAVATO_FLOOR = timedelta(minutes=120)  # [R1] [R4]
FORTY_FROM, FORTY_TO = timedelta(minutes=30), timedelta(minutes=50)  # around 40 minutes [M1] [L4]
DRIVER_AT_RELEASE = "driver-release"  # the code of an override of the driver rule at release

# Before the first dose.
DOSE_NOT_CLEARED = Rule(
    "dose-clearance",
    "H1",
    LOCKED,
    "{patient} is not cleared for {modality} today. A prescriber must clear first.",
)
DOSE_ENROLMENT = Rule(
    "dose-enrolment",
    "H2",
    LOCKED,
    "{patient} is not enrolled in the Spravato program. Enrol and record the day first.",
)
DOSE_AGE = Rule(
    "dose-age",
    "H2",
    LOCKED,
    "{modality} is for people of {least} or over. The birth date on record does not show that.",
)
DOSE_SCREENING = Rule(
    "dose-screening",
    "H2",
    LOCKED,
    "The check list is not reviewed. A nurse or prescriber must review it first.",
)
DOSE_DRIVER = Rule(
    "dose-driver", "H7", HARD, "No driver: {gaps}. Name one, or a prescriber overrides with a reason."
)
DOSE_PRESSURE = Rule(
    "dose-pressure", "H5", LOCKED, "No blood pressure before the dose. Take it and record it first."
)
DOSE_PRESSURE_HIGH = Rule(
    "dose-pressure-high",
    "S1",
    LOCKED,
    "Pressure {reading} is above 140 or above 90. A prescriber must acknowledge it first.",
)
DOSE_COVER = Rule(
    "dose-cover", "H3", LOCKED, "No prescriber is on site until {time}, when monitoring ends. Do not start."
)
DOSE_REST = Rule("dose-rest", "H6", HARD, "Less than 5 minutes since the last device. Wait until {time}.")
DOSE_LOT = Rule("dose-lot", "H6", HARD, "Record the lot number of the device.")
DOSE_CONSENT = Rule("dose-consent", "S: consent", WARNING, "Consent for today is not recorded yet.")
DOSE_LEFT = Rule(
    "dose-ended",
    "decision: states",
    LOCKED,
    "This visit is over. A dose that was given is recorded as it happened.",
)

# Before release.
FLOOR = Rule("release-floor", "H4", LOCKED, "Not before {time}: {minutes} minutes after the {anchor} device.")
FLOOR_IV = Rule(
    "release-recovery", "decision: release", HARD, "Not before {time}: {minutes} minutes after the {anchor}."
)
DOSING_OPEN = Rule(
    "release-dosing", "decision: release", LOCKED, "The {what} has not ended. Record its end first."
)
PRESSURE_BEFORE = Rule(
    "release-pressure-before",
    "H5",
    LOCKED,
    "The pressure before the dose is missing. Record it with its time.",
)
PRESSURE_FORTY = Rule(
    "release-pressure-40",
    "H5",
    LOCKED,
    "The 40-minute pressure is missing. Record it with its time, or the reason.",
)
PRESSURE_LAST = Rule(
    "release-pressure-last", "H5", LOCKED, "The last pressure is missing. Take it and record it."
)
PRESSURE_NOT_FALLING = Rule(
    "release-pressure-high",
    "decision: release",
    LOCKED,
    "Pressure {reading} is above 140 or 90 and not falling. Take it again.",
)
PRESSURE_UNSIGNED = Rule(
    "release-pressure-unsigned",
    "H5",
    LOCKED,
    "The last pressure {reading} is not signed as acceptable or falling.",
)
OXYGEN = Rule("release-oxygen", "H5", LOCKED, "No oxygen reading after the dose. Record it.")
SETTLED = Rule(
    "release-settled", "H5", LOCKED, "Sedation, dissociation and breathing are not signed as settled."
)
WALKS = Rule("release-walks", "decision: release", LOCKED, "Steady walking is not recorded.")
LINE = Rule(
    "release-line", "decision: release", LOCKED, "The IV line is not recorded as out, with the site checked."
)
SHEET = Rule("release-sheet", "H9", LOCKED, "The aftercare sheet is not handed over.")
DRIVER_HERE = Rule(
    "release-driver", "H7", HARD, "The driver is not here yet{name}. A prescriber may override with a reason."
)
STAY_ALONE = Rule(
    "release-alone", "H7", HARD, "Going home alone only from {time}, {minutes} minutes after the last dose."
)

RULES: tuple[Rule, ...] = tuple(value for value in dict(vars()).values() if isinstance(value, Rule))

# What a nurse records to settle each item of the release list.
SETTLED_BY: dict[str, StampKind] = {
    DOSING_OPEN.code: StampKind.DOSING_ENDED,
    PRESSURE_BEFORE.code: StampKind.VITALS,
    PRESSURE_FORTY.code: StampKind.VITALS,
    PRESSURE_LAST.code: StampKind.VITALS,
    PRESSURE_NOT_FALLING.code: StampKind.VITALS,
    PRESSURE_UNSIGNED.code: StampKind.PRESSURE_ACCEPTED,
    OXYGEN.code: StampKind.VITALS,
    SETTLED.code: StampKind.SETTLED,
    WALKS.code: StampKind.WALKS,
    LINE.code: StampKind.LINE_OUT,
    SHEET.code: StampKind.SHEET_HANDED,
    DRIVER_HERE.code: StampKind.DRIVER_SEEN,
}


@dataclass(frozen=True, slots=True)
class Care:
    """One visit in the room, with all that the rules look at. ``covered_until``: the instant up to which
    a prescriber is on site without a gap from ``at``; None when nobody is."""

    visit: Visit
    type: VisitType
    patient: Patient
    setup: Setup
    session: Session
    at: datetime
    clearances: Sequence[Clearance] = ()
    screening: Screening | None = None
    overrides: Sequence[Override] = ()
    covered_until: datetime | None = None

    @property
    def modality(self) -> Modality | None:
        return next((m for m in self.setup.modalities if m.code == self.type.modality), None)

    @property
    def rems(self) -> bool:
        return self.modality is not None and self.modality.rems

    def went_over(self, code: str) -> bool:
        return any(one.rule == code for one in self.overrides)

    def clock(self, at: datetime) -> str:
        return clock_time(local_time(at, self.visit.zone).minute)

    def says(self, rule: Rule, **params: Param) -> Finding:
        modality = self.modality.name if self.modality else ""
        return Finding(rule, {"patient": self.patient.name, "modality": modality, **params})


def before_dose(care: Care, lot: str = "") -> list[Finding]:
    """Everything that speaks against the next dose at ``care.at``. The first one meets the whole list."""
    if care.session.dosed:
        return [*_ended(care), *_resting(care), *_lot(care, lot)]
    return [
        *_ended(care),
        *_allowed_person(care),
        *_driver_named(care),
        *_pressure_before(care),
        *_covered(care),
        *_lot(care, lot),
        *([] if care.session.last(StampKind.CONSENT) else [care.says(DOSE_CONSENT)]),
    ]


def _ended(care: Care) -> list[Finding]:
    return [care.says(DOSE_LEFT)] if care.session.ended_at else []


def _allowed_person(care: Care) -> list[Finding]:
    day, out = care.visit.day, []
    if not any(c.modality == care.type.modality and c.holds_on(day) for c in care.clearances):
        out.append(care.says(DOSE_NOT_CLEARED))
    if care.screening is None or not care.screening.reviewed:
        out.append(care.says(DOSE_SCREENING))
    if care.rems and (care.patient.rems_enrolled_on is None or care.patient.rems_enrolled_on > day):
        out.append(care.says(DOSE_ENROLMENT))
    least = care.modality.min_age if care.modality else None
    age = care.patient.age_on(day)
    if least is not None and (age is None or age < least):
        out.append(care.says(DOSE_AGE, least=least))
    return out


def _driver_named(care: Care) -> list[Finding]:
    missing = gaps(care.visit.plan, care.setup.profile_of(care.type))
    return [care.says(DOSE_DRIVER, gaps=tuple(missing))] if missing and not care.went_over("driver") else []


def _pressure_before(care: Care) -> list[Finding]:
    reading = care.session.pressure_before
    if reading is None:
        return [care.says(DOSE_PRESSURE)]
    if not is_high(reading) or _answered_after(care.session, reading):
        return []
    return [care.says(DOSE_PRESSURE_HIGH, reading=words_of(reading))]


def _answered_after(session: Session, reading: Stamp) -> bool:
    answer = session.time_of(StampKind.PRESSURE_ACCEPTED)
    return answer is not None and reading.at is not None and answer >= reading.at


def _covered(care: Care) -> list[Finding]:
    if not care.rems:
        return []
    stay = timedelta(minutes=minutes_of(care.type, PhaseKind.DOSING, PhaseKind.MONITORING))
    until = care.at + stay
    if care.covered_until is not None and care.covered_until >= until:
        return []
    return [care.says(DOSE_COVER, time=care.clock(until))]


def _resting(care: Care) -> list[Finding]:
    last = care.session.time_of(StampKind.DOSE)
    if last is None or care.at - last >= REST_BETWEEN_DEVICES:
        return []
    return [care.says(DOSE_REST, time=care.clock(last + REST_BETWEEN_DEVICES))]


def _lot(care: Care, lot: str) -> list[Finding]:
    return [care.says(DOSE_LOT)] if care.rems and not lot.strip() else []


def is_high(reading: Stamp) -> bool:
    """Above 140 or above 90; 140/90 exactly warns nobody [M1]."""
    return (reading.systolic or 0) > HIGH_SYSTOLIC or (reading.diastolic or 0) > HIGH_DIASTOLIC


def words_of(reading: Stamp) -> str:
    return f"{reading.systolic}/{reading.diastolic}"


@dataclass(frozen=True, slots=True)
class Floor:
    """The earliest release, and why: ``minutes`` after the ``anchor``."""

    at: datetime
    minutes: int
    anchor: str


def earliest_release(care: Care) -> Floor | None:
    """When the time alone would allow release; None while nothing was given or dosing goes on.

    Spravato: 120 minutes after the last device (a setting: first), never before first + 120 [R4].
    Others: the minutes of recovery that the type plans after the last dose or the infusion's end.
    """
    first, last = care.session.first_dose_at, care.session.last_dose_at
    if first is None or last is None:
        return None
    if care.rems:
        anchor = "first" if care.setup.policies.release_anchor == "first" else "last"
        return Floor((first if anchor == "first" else last) + SPRAVATO_FLOOR, 120, anchor)
    minutes = minutes_of(care.type, PhaseKind.MONITORING, PhaseKind.RECOVERY)
    if care.session.last(StampKind.INFUSION_START):
        return _after(last, max(minutes, care.setup.policies.iv_recovery_minutes), "infusion's end")
    return _after(last, minutes, "last dose")


def _after(at: datetime, minutes: int, anchor: str) -> Floor:
    return Floor(at + timedelta(minutes=minutes), minutes, anchor)


def before_release(care: Care) -> list[Finding]:
    """Everything that is missing for permission to release at ``care.at``, in the order to settle it."""
    return [found for check in _RELEASE for found in check(care)]


def _floor(care: Care) -> list[Finding]:
    floor = earliest_release(care)
    if floor is None:
        what = "infusion" if care.session.last(StampKind.INFUSION_START) else "dosing"
        return [care.says(DOSING_OPEN, what=what)]
    if care.at >= floor.at:
        return []
    rule = FLOOR if care.rems else FLOOR_IV
    return [care.says(rule, time=care.clock(floor.at), minutes=floor.minutes, anchor=floor.anchor)]


def _pressures(care: Care) -> list[Finding]:
    out = []
    first, last_dose = care.session.first_dose_at, care.session.last_dose_at
    before = care.session.pressure_before
    if before is None or first is None or before.at is None or before.at > first:
        out.append(care.says(PRESSURE_BEFORE))
    if care.rems and first is not None and not _forty(care.session, first):
        out.append(care.says(PRESSURE_FORTY))
    return [*out, *_last_pressure(care, last_dose or first)]


def _forty(session: Session, first: datetime) -> bool:
    excused = any(one.kind is StampKind.NOTE and one.person == PRESSURE_FORTY.code for one in session.stamps)
    return excused or bool(session.vitals_between(first + FORTY_FROM, first + FORTY_TO))


def _last_pressure(care: Care, after: datetime | None) -> list[Finding]:
    reading = care.session.last_pressure
    if reading is None or after is None or reading.at is None or reading.at <= after:
        return [care.says(PRESSURE_LAST)]
    if is_high(reading) and not falling(care.session.pressures):
        return [care.says(PRESSURE_NOT_FALLING, reading=words_of(reading))]
    if not _answered_after(care.session, reading):
        return [care.says(PRESSURE_UNSIGNED, reading=words_of(reading))]
    return []


def _assessed(care: Care) -> list[Finding]:
    """Signed after the dose, by whoever may release."""
    dose = care.session.first_dose_at
    wanted = [(StampKind.SETTLED, SETTLED), (StampKind.WALKS, WALKS)]
    if care.session.last(StampKind.INFUSION_START):
        wanted.append((StampKind.LINE_OUT, LINE))
    out = [care.says(rule) for kind, rule in wanted if not _since(care.session.time_of(kind), dose)]
    breathed = any(one.oxygen is not None and _since(one.at, dose) for one in care.session.stamps)
    return [*([] if breathed else [care.says(OXYGEN)]), *out]


def _since(at: datetime | None, dose: datetime | None) -> bool:
    return at is not None and dose is not None and at >= dose


def _sheet(care: Care) -> list[Finding]:
    handed = care.session.time_of(StampKind.SHEET_HANDED)
    needed = bool(care.type.sheet) and not _since(handed, care.session.last_dose_at)
    return [care.says(SHEET)] if needed else []


def _going_home(care: Care) -> list[Finding]:
    profile = care.setup.profile_of(care.type)
    if profile is None or not profile.required or care.went_over(DRIVER_AT_RELEASE):
        return []
    plan = care.visit.plan
    if plan is not None and not plan.kind.has_person and not gaps(plan, profile):
        return _long_enough(care, profile.min_stay_alone)
    # Somebody who was seen bringing the patient is not thereby here to take them home.
    if _since(care.session.time_of(StampKind.DRIVER_SEEN), care.session.first_dose_at):
        return []
    return [care.says(DRIVER_HERE, name=f": {plan.name}, {plan.phone}" if plan and plan.name else "")]


def _long_enough(care: Care, minutes: int) -> list[Finding]:
    last = care.session.last_dose_at
    if last is None or care.at >= last + timedelta(minutes=minutes):
        return []
    return [care.says(STAY_ALONE, time=care.clock(last + timedelta(minutes=minutes)), minutes=minutes)]


_RELEASE: tuple[Callable[[Care], list[Finding]], ...] = (_floor, _pressures, _assessed, _sheet, _going_home)

"""What speaks against the next dose. Pure: the case in, findings out."""

from datetime import timedelta

from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.people.model import Indication
from clinic_desktop.scheduling.model import PhaseKind
from clinic_desktop.scheduling.rules import FIRST_84
from clinic_desktop.scheduling.way_home import gaps
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.pressure import is_high, words_of
from clinic_desktop.treatment.rules import (
    DOSE_AGE,
    DOSE_CONSENT,
    DOSE_COVER,
    DOSE_DEVICES,
    DOSE_DRIVER,
    DOSE_ENROLMENT,
    DOSE_FIRST_84,
    DOSE_LEFT,
    DOSE_LIMITS,
    DOSE_LOT,
    DOSE_NOT_CLEARED,
    DOSE_PRESSURE,
    DOSE_PRESSURE_HIGH,
    DOSE_REST,
    DOSE_SCREENING,
    DRIVER_AT_DOSING,
)
from clinic_desktop.treatment.session import (
    DEVICE_MG,
    REST_BETWEEN_DEVICES,
    devices_planned,
    minutes_of,
    when,
)

FIRST_DEVICES = 2  # a first dose for treatment-resistant depression is 56 mg [L4] [L6]


def before_dose(care: Care, dose: Stamp) -> list[Finding]:
    """Everything that speaks against giving ``dose`` at ``care.at``. The first one meets the whole list."""
    again = [*_ended(care), *(_device(care, dose) if care.rems else [])]
    if care.session.dosed:
        return again
    return [
        *again,
        *_allowed_person(care),
        *_driver_named(care),
        *_pressure_before(care),
        *([] if care.limits.are_set else [care.says(DOSE_LIMITS)]),
        *_covered(care),
        *([] if care.session.last(StampKind.CONSENT) else [care.says(DOSE_CONSENT)]),
    ]


def _ended(care: Care) -> list[Finding]:
    return [care.says(DOSE_LEFT)] if care.whole.ended_at else []


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
    return [care.says(DOSE_DRIVER, gaps=tuple(missing))] if missing and not _went_over_driver(care) else []


def _went_over_driver(care: Care) -> bool:
    return care.went_over(DRIVER_AT_DOSING)


def _pressure_before(care: Care) -> list[Finding]:
    reading = care.session.pressure_before
    if reading is None:
        return [care.says(DOSE_PRESSURE)]
    if is_high(reading) and not care.accepted(reading, by_prescriber=True):
        return [care.says(DOSE_PRESSURE_HIGH, reading=words_of(reading))]
    return []


def _covered(care: Care) -> list[Finding]:
    if not care.rems:
        return []
    until = care.at + timedelta(minutes=minutes_of(care.type, PhaseKind.DOSING, PhaseKind.MONITORING))
    covered = care.covered_until()
    return [] if covered is not None and covered >= until else [care.says(DOSE_COVER, time=care.clock(until))]


def _device(care: Care, dose: Stamp) -> list[Finding]:
    """5 minutes apart, with its lot, no more than planned, 56 mg at most the first time [L3] [M1]."""
    given = care.session.devices
    planned, count = devices_planned(care.type), len(given) + 1
    out = []
    if given and care.at - when(given[-1]) < REST_BETWEEN_DEVICES:
        out.append(care.says(DOSE_REST, time=care.clock(when(given[-1]) + REST_BETWEEN_DEVICES)))
    if not dose.lot.strip():
        out.append(care.says(DOSE_LOT))
    if planned and count > planned:
        out.append(care.says(DOSE_DEVICES, dose=planned * DEVICE_MG, planned=planned))
    if count > FIRST_DEVICES and _first_time(care):
        out.append(care.says(DOSE_FIRST_84))
    return out


def _first_time(care: Care) -> bool:
    return (
        care.patient.indication is Indication.TRD
        and not care.treated_before
        and not care.went_over(FIRST_84.code)
    )

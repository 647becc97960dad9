"""What speaks against the next dose. Pure: the case in, findings out."""

from datetime import timedelta

from clinic_desktop.foundation.rulebook import Finding, Severity
from clinic_desktop.foundation.words import long_date
from clinic_desktop.people.check_list import DRUG_ALLERGY
from clinic_desktop.people.clearances import counting
from clinic_desktop.people.model import Indication
from clinic_desktop.people.orders import dose_in_mg, dose_words
from clinic_desktop.scheduling.asks import CONSENT
from clinic_desktop.scheduling.certification import certification
from clinic_desktop.scheduling.model import DEVICE_MG, PhaseKind
from clinic_desktop.scheduling.rules import begins_with_56
from clinic_desktop.scheduling.under_orders import ORDER_FROM_WEEK
from clinic_desktop.scheduling.way_home import gaps
from clinic_desktop.treatment.acknowledging import at_the_limit, counts_again_from, waits_for_prescriber
from clinic_desktop.treatment.asking import asks_for, without_oximeter
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.covering import not_covered
from clinic_desktop.treatment.dose_facts import against_route
from clinic_desktop.treatment.driving import must_stay
from clinic_desktop.treatment.entering import before_entering
from clinic_desktop.treatment.going_on import going_on
from clinic_desktop.treatment.how_much import GIVES, against_amount, unusual_amount
from clinic_desktop.treatment.infused import given_mg
from clinic_desktop.treatment.lots import against_lot
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.moments import by, surely_early
from clinic_desktop.treatment.oxygen import against_low_oxygen
from clinic_desktop.treatment.pressure import is_high, words_of
from clinic_desktop.treatment.rules import (
    DOSE_AGE,
    DOSE_ALLERGIES,
    DOSE_AT_ONCE,
    DOSE_CONSENT,
    DOSE_DEVICES,
    DOSE_DIED,
    DOSE_DRIVER,
    DOSE_ENROLMENT,
    DOSE_FIRST_84,
    DOSE_INDICATION,
    DOSE_LEFT,
    DOSE_LIMITS,
    DOSE_LOT,
    DOSE_NOT_CLEARED,
    DOSE_ORDER,
    DOSE_ORDERS,
    DOSE_PART,
    DOSE_PRESSURE,
    DOSE_PRESSURE_AGAIN,
    DOSE_PRESSURE_EMERGENCY,
    DOSE_PRESSURE_HIGH,
    DOSE_REST,
    DOSE_SCREENING,
    DOSING_SHORT,
    DRIVER_AT_DOSING,
)
from clinic_desktop.treatment.session import devices_planned, minutes_of, when
from clinic_desktop.treatment.vital_rules import DOSE_OXYGEN_LOW, DOSE_PRESSURE_OLD

FIRST_DEVICES = 2  # a first dose is 56 mg [L4] [L6]


def before_dose(care: Care, dose: Stamp) -> list[Finding]:
    """Everything that speaks against giving ``dose`` at ``care.at``. The first one meets the whole list."""
    again = [
        *_ended(care),
        *(_device(care, dose) if care.rems else []),
        *against_amount(care, dose),
        *against_route(care, dose),
        *not_covered(care, dose),
        *against_low_oxygen(care, DOSE_OXYGEN_LOW),
    ]
    if care.session.dosed:
        return [*again, *_pressure_between(care)]
    return [
        *again,
        *before_entering(care),  # whoever is dosed is in the room, though nobody stamped it
        *_allowed_person(care),
        *_driver_named(care),
        *must_stay(care),
        *_pressure_before(care),
        *([] if care.limits.are_set else [care.says(DOSE_LIMITS)]),
        *_ordered(care),
        *_consent(care),
        *without_oximeter(care),
        *going_on(care),
    ]


def _consent(care: Care) -> list[Finding]:
    if care.session.last(StampKind.CONSENT) or not asks_for(care.type, CONSENT):
        return []
    return [care.says(DOSE_CONSENT)]


def asked_before_dose(care: Care, dose: Stamp) -> list[Finding]:
    """What is asked once more, and recorded when it is said again: nothing of it forbids the dose."""
    asks = [*_allergies(care, dose), *unusual_amount(care, dose), *_still_high(care, dose)]
    return [*asks, *_too_old(care, dose), *_at_once(care, dose)]


def _at_once(care: Care, dose: Stamp) -> list[Finding]:
    """A dose where an infusion is planned: what is due afterwards, and from when, would be another matter."""
    minutes = minutes_of(care.type, PhaseKind.INFUSION)
    if not minutes or dose.kind is not StampKind.DOSE or dose.corrects is not None or care.session.infused:
        return []
    return [care.says(DOSE_AT_ONCE, minutes=minutes)]


def _allergies(care: Care, dose: Stamp) -> list[Finding]:
    """Empty is not asked. A No on the check list does not answer for it: its line asks for ketamine alone."""
    if care.session.dosed or dose.corrects is not None or dose.kind not in GIVES:
        return []
    items = care.screening.items if care.screening else ()
    told = any(one.code == DRUG_ALLERGY and (one.present or one.note.strip()) for one in items)
    return [] if told or care.patient.allergies.strip() else [care.says(DOSE_ALLERGIES)]


def _ended(care: Care) -> list[Finding]:
    return [care.says(DOSE_LEFT)] if care.whole.ended_at else []


def _allowed_person(care: Care) -> list[Finding]:
    day, out, died = care.visit.day, [], care.patient.death_date
    if died is not None and died <= day:
        out.append(care.says(DOSE_DIED, day=long_date(died)))
    if counting(care.clearances, care.type.modality, day) is None:
        out.append(care.says(DOSE_NOT_CLEARED))
    if care.screening is None or not care.screening.reviewed:
        out.append(care.says(DOSE_SCREENING))
    if care.rems and (care.patient.rems_enrolled_on is None or care.patient.rems_enrolled_on > day):
        out.append(care.says(DOSE_ENROLMENT))
    out += _certified(care)
    if care.rems and care.patient.indication is Indication.NONE:
        out.append(care.says(DOSE_INDICATION))
    least = care.modality.min_age if care.modality else None
    age = care.patient.age_on(day)
    if least is not None and (age is None or age < least):
        out.append(care.says(DOSE_AGE, least=least))
    return out


def _certified(care: Care) -> list[Finding]:
    """That it runs out soon is said in the ledger, not at each dose."""
    found = certification(care.setup.clinic, care.visit.day) if care.rems else None
    return [found] if found is not None and found.severity is Severity.LOCKED else []


def _driver_named(care: Care) -> list[Finding]:
    missing = gaps(care.visit.plan, care.setup.profile_of(care.type))
    return [care.says(DOSE_DRIVER, gaps=tuple(missing))] if missing and not _went_over_driver(care) else []


def _went_over_driver(care: Care) -> bool:
    return care.went_over(DRIVER_AT_DOSING)


def _pressure_before(care: Care) -> list[Finding]:
    if care.session.pressure_before is None:
        return [care.says(DOSE_PRESSURE)]
    high = waits_for_prescriber(care)
    if high is None:
        return []
    times = {"at": care.shown(when(high)), "time": care.shown(counts_again_from(care, high))}
    return [care.says(DOSE_PRESSURE_HIGH, reading=words_of(high), **times)]


def old_pressure(care: Care) -> Stamp | None:
    """The pressure before the first dose, where it is too old to give one by. No source names an age; it is
    the clinic's setting."""
    reading = None if care.session.dosed else care.session.pressure_before
    if reading is None or waits_for_prescriber(care):
        return None
    most = timedelta(minutes=care.setup.policies.pre_dose_minutes)
    return None if by(care.at, when(reading) + most) else reading


def _too_old(care: Care, dose: Stamp) -> list[Finding]:
    """Said before the dose is on record: behind it, it would help nobody."""
    reading = old_pressure(care)
    if reading is None or dose.corrects is not None or dose.kind not in GIVES:
        return []
    most, at = care.setup.policies.pre_dose_minutes, care.shown(when(reading))
    return [care.says(DOSE_PRESSURE_OLD, reading=words_of(reading), at=at, minutes=most)]


def _pressure_between(care: Care) -> list[Finding]:
    """A pressure at the emergency limit stops what is given after it, whatever was measured since."""
    if care.session.last_pressure is None:
        return [care.says(DOSE_PRESSURE)]
    reading = waits_for_prescriber(care)
    return [care.says(DOSE_PRESSURE_EMERGENCY, **at_the_limit(care, reading))] if reading else []


def _still_high(care: Care, dose: Stamp) -> list[Finding]:
    """The latest pressure is high, and more is to be given."""
    reading = care.session.last_pressure
    if not care.session.dosed or dose.corrects is not None or dose.kind not in GIVES or reading is None:
        return []
    if not is_high(reading) or waits_for_prescriber(care) or care.accepted(reading, by_prescriber=True):
        return []
    return [care.says(DOSE_PRESSURE_AGAIN, reading=words_of(reading))]


def _ordered(care: Care) -> list[Finding]:
    if care.unsettled:
        return [care.says(DOSE_ORDERS, orders=tuple(dose_words(one) for one in care.unsettled))]
    missing = care.rems and care.week >= ORDER_FROM_WEEK and care.order is None
    return [care.says(DOSE_ORDER, week=care.week)] if missing else []


def _device(care: Care, dose: Stamp) -> list[Finding]:
    """5 minutes apart, with its lot, no more than planned, 56 mg at most the first time [L3] [M1]."""
    given = care.session.devices
    planned, count = devices_planned(care.type), len(given) + 1
    out = []
    rested = care.session.next_device_at
    if rested is not None and surely_early(care.at, rested):
        out.append(care.says(DOSE_REST, time=care.clock(rested)))
    if not dose.lot.strip():
        out.append(care.says(DOSE_LOT))
    if dose.dose is not None and dose.dose < DEVICE_MG:
        out.append(care.says(DOSE_PART, dose=f"{dose.dose:g}"))
    if planned and count > planned:
        out.append(care.says(DOSE_DEVICES, dose=planned * DEVICE_MG, planned=planned))
    if count > FIRST_DEVICES and _first_time(care):
        out.append(care.says(DOSE_FIRST_84))
    return [*out, *against_lot(care, dose)]


def before_ending(care: Care) -> list[Finding]:
    """Whoever ends the dosing early is asked whether it is meant."""
    short = incomplete(care)
    return [care.says(DOSING_SHORT, given=f"{short[0]:g}", planned=f"{short[1]:g}")] if short else []


def incomplete(care: Care) -> tuple[float, float] | None:
    """The mg that were given and those that were ordered (or planned), where it was less."""
    given, planned = given_mg(care.session, care.at), dose_in_mg(care.order) or care.type.dose_mg or 0
    return (given, planned) if given < planned else None


def _first_time(care: Care) -> bool:
    """Who went over the rule at booking gave no leave to dose: a prescriber does, for the dose."""
    return begins_with_56(care.patient) and not care.treated_before and not care.went_over(DOSE_FIRST_84.code)

"""What is missing for a release. Pure: the case in, findings out.

The clock never releases anybody: passing time only takes one item off the list.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.way_home import gaps
from clinic_desktop.treatment.acknowledging import at_the_limit, waits_for_prescriber
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.contradicting import against_order
from clinic_desktop.treatment.discharge import against_form
from clinic_desktop.treatment.floors import Floor, floor_of
from clinic_desktop.treatment.going_on import self_harm
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.moments import after, by, same_minute, waited, within
from clinic_desktop.treatment.oxygen import against_low_oxygen
from clinic_desktop.treatment.pressure import (
    Level,
    falling,
    fell_twice,
    is_high,
    level_of,
    limit_words,
    words_of,
)
from clinic_desktop.treatment.rules import (
    DANGER_UNDONE,
    DOSING_OPEN,
    DRIVER_AT_RELEASE,
    DRIVER_HERE,
    EARLIER_UNANSWERED,
    FLOOR,
    FLOOR_IV,
    LINE,
    OXYGEN,
    PRESSURE_BEFORE,
    PRESSURE_EMERGENCY,
    PRESSURE_FORTY,
    PRESSURE_LAST,
    PRESSURE_NOT_FALLING,
    PRESSURE_UNACKNOWLEDGED,
    PRESSURE_UNSIGNED,
    SETTLED,
    SHEET,
    SHEET_UNTRUE,
    STAY_ALONE,
    WALKS,
)
from clinic_desktop.treatment.sedation import not_awake
from clinic_desktop.treatment.session import Session, dosing_is_over, when
from clinic_desktop.treatment.vital_rules import RELEASE_OXYGEN_LOW, RELEASE_PRESSURE_TELL

FORTY_FROM, FORTY_TO = timedelta(minutes=30), timedelta(minutes=50)  # around 40 minutes [M1] [L4]
CHECKED_BEFORE = timedelta(minutes=30)  # the checks for release belong to the end of the stay [R4] [P5]


def earliest_release(care: Care) -> Floor | None:
    """When the time alone would allow release; None while nothing was given or an infusion runs.

    Spravato: 120 minutes after the last device (a setting: the first) [R4]; the last is never before the
    first, so first + 120 holds always. Others: the minutes that the type plans after the last dose.
    Never before what a correction took away, until a prescriber has answered for it.
    """
    floor = floor_of(care.session, care.type, care.setup)
    if floor is None or care.held_until is None:
        return floor
    return replace(floor, at=max(floor.at, care.held_until))


def checks_count_from(care: Care) -> datetime | None:
    """The last pressure and the assessments count for release from then on; None while the dosing is open.

    At the earliest 30 minutes before the earliest release, so the 40-minute pressure is never the last one
    as well: the form asks for both [R4]. Who leaves later than that is looked at again after an hour
    (a setting).
    """
    floor, dose = earliest_release(care), care.session.last_dose_at
    if floor is None or dose is None:
        return None
    kept = timedelta(minutes=care.setup.policies.release_check_minutes)
    return max(dose, floor.at - CHECKED_BEFORE, care.at - kept)


def before_release(care: Care) -> list[Finding]:
    """Everything that is missing for permission to release at ``care.at``, in the order to settle it, and
    what is told beside it."""
    return [found for check in _CHECKS for found in check(care)]


def before_chair(care: Care) -> list[Finding]:
    """Nobody sits in the waiting chair with an infusion that runs."""
    return [care.says(DOSING_OPEN, what="infusion")] if care.session.running else []


def _floor(care: Care) -> list[Finding]:
    out = []
    if not dosing_is_over(care.session, care.type):
        what = "infusion" if care.session.left_open else "dosing"
        out.append(care.says(DOSING_OPEN, what=what))
    floor = earliest_release(care)
    if floor is not None and not waited(care.at, floor.at):
        rule = FLOOR if care.rems else FLOOR_IV
        out.append(care.says(rule, time=care.clock(floor.at), minutes=floor.minutes, anchor=floor.anchor))
        if care.held_until is not None and floor.at == care.held_until:
            out.append(care.says(EARLIER_UNANSWERED))
    return out


def _pressures(care: Care) -> list[Finding]:
    first = care.session.first_dose_at
    out = [care.says(DANGER_UNDONE)] if care.undone else []
    if first is not None and care.session.pressure_before is None:
        out.append(care.says(PRESSURE_BEFORE))
    if care.rems and first is not None and not forty_done(care.session, first):
        out.append(care.says(PRESSURE_FORTY))
    waits = waits_for_prescriber(care) if first is not None else None
    if waits is not None:
        out.append(care.says(PRESSURE_UNACKNOWLEDGED, **at_the_limit(care, waits)))
    return [*out, *_last_pressure(care)]


def forty_done(session: Session, first: datetime) -> bool:
    """Whether the 40-minute reading was taken in its window, or the reason for its lack recorded."""
    return bool(session.last(StampKind.FORTY_MISSED)) or _in_window(session, first) is not None


def forty_reading(session: Session) -> Stamp | None:
    """The 40-minute reading of a session: the first in its window."""
    first = session.first_dose_at
    return None if first is None else _in_window(session, first)


def _in_window(session: Session, first: datetime) -> Stamp | None:
    there = (one for one in session.pressures if within(when(one), first + FORTY_FROM, first + FORTY_TO))
    return next(there, None)


def forty_closed(session: Session, at: datetime) -> bool:
    """Whether the window of the 40-minute reading is over."""
    first = session.first_dose_at
    return first is not None and after(at, first + FORTY_TO)


def _last_pressure(care: Care) -> list[Finding]:
    reading, dose = care.session.last_pressure, care.session.last_dose_at
    if reading is None or dose is None or by(when(reading), dose) or not _counts(care, when(reading)):
        return [care.says(PRESSURE_LAST, since=_since(care))]
    words = words_of(reading)
    if level_of(reading, care.limits) is Level.EMERGENCY:
        return [care.says(PRESSURE_EMERGENCY, reading=words, limit=limit_words(care.limits.emergency))]
    if not care.accepted(reading, by_prescriber=True):
        if stays_told(care):
            return [care.says(RELEASE_PRESSURE_TELL, reading=words, limit=limit_words(care.limits.tell))]
        if stays_high(care):
            return [care.says(PRESSURE_NOT_FALLING, reading=words)]
    if not care.accepted(reading):
        return [care.says(PRESSURE_UNSIGNED, reading=words)]
    return []


def stays_high(care: Care) -> bool:
    """Whether the last pressure is high and did not fall since the one before, both after the dose."""
    readings = care.session.pressures_after
    return bool(readings) and is_high(readings[-1]) and not falling(readings)


def stays_told(care: Care) -> bool:
    """Whether the last pressure is at the limit for telling the prescriber and did not fall twice."""
    readings = care.session.pressures_after
    told = bool(readings) and level_of(readings[-1], care.limits) >= Level.TELL
    return told and not fell_twice(readings)


def _assessed(care: Care) -> list[Finding]:
    """Signed near the release, by whoever may release. A line that is out stays out."""
    since = _since(care)
    readings = [one for one in care.session.all_of(StampKind.VITALS) if one.oxygen is not None]
    out = [] if any(_counts(care, when(one)) for one in readings) else [care.says(OXYGEN, since=since)]
    out += [*against_low_oxygen(care, RELEASE_OXYGEN_LOW), *not_awake(care)]
    for kind, rule in ((StampKind.SETTLED, SETTLED), (StampKind.WALKS, WALKS)):
        signed = care.session.time_of(kind)
        if signed is None or not _counts(care, signed):
            out.append(care.says(rule, since=since))
    out += against_form(care, partial(_counts, care), since)
    line_in = care.session.infused and not care.session.since_dose(StampKind.LINE_OUT)
    return [*out, care.says(LINE)] if line_in else out


def _counts(care: Care, at: datetime) -> bool:
    """Whether a check of that moment counts for release."""
    since = checks_count_from(care)
    return since is not None and by(since, at)


def _since(care: Care) -> str:
    since = checks_count_from(care)
    return "the last dose" if since is None else care.clock(since)


def _sheet(care: Care) -> list[Finding]:
    """Handed over, and worked out from the dose or the infusion's end as they count now."""
    handed, now = care.session.last(StampKind.SHEET_HANDED), care.sheet_from
    if not care.type.sheet:
        return []
    if handed is None or handed.counts_from is None or now is None:
        return [care.says(SHEET)]
    if same_minute(handed.counts_from, now):
        return [] if care.session.since_dose(StampKind.SHEET_HANDED) else [care.says(SHEET)]
    return [care.says(SHEET_UNTRUE, then=care.clock(handed.counts_from), now=care.clock(now))]


def _going_home(care: Care) -> list[Finding]:
    profile = care.setup.profile_of(care.type)
    if profile is None or not profile.required or care.went_over(DRIVER_AT_RELEASE):
        return []
    if care.session.driver_here:
        return []
    plan = care.visit.plan
    if plan is not None and not plan.kind.has_person and not gaps(plan, profile):
        return _long_enough(care, profile.min_stay_alone)
    return [care.says(DRIVER_HERE, name=f": {plan.name}, {plan.phone}" if plan and plan.name else "")]


def _long_enough(care: Care, minutes: int) -> list[Finding]:
    last = care.sheet_from
    from_then = None if last is None else last + timedelta(minutes=minutes)
    if from_then is None or waited(care.at, from_then):
        return []
    return [care.says(STAY_ALONE, time=care.clock(from_then), minutes=minutes)]


_CHECKS: tuple[Callable[[Care], list[Finding]], ...] = (
    self_harm, against_order, _floor, _pressures, _assessed, _sheet, _going_home,
)  # fmt: skip

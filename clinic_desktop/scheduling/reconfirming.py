"""A visit that was confirmed and, by a change of the plan, no longer is: that it is so, why, and who asks."""

from collections.abc import Iterable

from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.rulebook import Finding, Param, Rule, Severity, Word
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.call_list import row_of
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import ScheduleUnit
from clinic_desktop.scheduling.states import VisitState

NO_LONGER_CONFIRMED = Rule(
    "no-longer-confirmed",
    "decision: going home",
    Severity.WARNING,
    "The visit of {patient} on {day} at {time} is not confirmed any more: {why}. {call}",
)
CONFIRMED_AGAIN = Rule(
    "confirmed-again",
    "decision: going home",
    Severity.WARNING,
    "The visit of {patient} on {day} at {time} is confirmed again, as it was.",
)
NO_DRIVER, NOT_CLEARED = "it is held until the way home is settled", "it is held until it is cleared"
OTHER_TIME, OTHER_END = "it is at another time now", "it ends at another time now"
LISTED = "It is on the call list again."
LISTED_LATER = "The call list asks again before the day."
NOT_LISTED = "Ask the patient, then confirm it again."
WORDS = (NO_DRIVER, NOT_CLEARED, OTHER_TIME, OTHER_END, LISTED, LISTED_LATER, NOT_LISTED)


def no_longer_confirmed(unit: ScheduleUnit, pairs: Iterable[tuple[Visit, Visit]]) -> list[Finding]:
    """What to say of visits as they were and as they stand now, written already. Where somebody only takes
    the patient's yes back there is nothing to say."""
    lost = ((after, why) for before, after in pairs if (why := _why(before, after)))
    return [
        Finding(NO_LONGER_CONFIRMED, _named(unit, one) | {"why": Word(why), "call": Word(_call(unit, one))})
        for one, why in lost
    ]


def confirmed_again(unit: ScheduleUnit, pairs: Iterable[tuple[Visit, Visit]]) -> list[Finding]:
    """The same the other way round: what made visits unconfirmed was taken back."""
    back = (after for before, after in pairs if _why(after, before))
    return [Finding(CONFIRMED_AGAIN, _named(unit, one)) for one in back]


def _why(before: Visit, after: Visit) -> str:
    if before.state is not VisitState.CONFIRMED:
        return ""
    if after.state is VisitState.HELD:
        return NO_DRIVER if "driver" in after.held_for else NOT_CLEARED
    if after.state is not VisitState.BOOKED or before.end == after.end:
        return ""
    return OTHER_END if before.start == after.start else OTHER_TIME


def _named(unit: ScheduleUnit, visit: Visit) -> dict[str, Param]:
    return {
        "patient": unit.get(Patient, visit.patient_id).name,
        "day": short_date(visit.day),
        "time": clock_time(visit.minute),
    }


def _call(unit: ScheduleUnit, visit: Visit) -> str:
    row = row_of(unit, visit, unit.at)
    if row is not None:
        return NOT_LISTED if row.done else LISTED
    return LISTED_LATER if visit.day > local_day(unit.at, unit.setup().clinic.zone) else NOT_LISTED

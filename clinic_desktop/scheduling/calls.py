"""Calls: somebody was rung up, and what came of it. Written once, never changed: a call is a fact."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from clinic_desktop.people.model import ContactPermissions
from clinic_desktop.scheduling.model import Visit


class Whom(StrEnum):
    """Who was called."""

    PATIENT = "patient"
    DRIVER = "driver"
    EMERGENCY = "emergency contact"
    OTHER = "somebody else"  # 911, another clinic


class CallOutcome(StrEnum):
    """What came of a call."""

    BOTH = "visit and driver confirmed"
    VISIT = "visit confirmed"
    DRIVER = "driver confirmed"
    UNDECIDED = "reached, not decided"
    NO_ANSWER = "no answer"
    MESSAGE = "message left"
    MOVES = "wants to move"
    CANCELS = "wants to cancel"
    CALLS_BACK = "will call back"
    TEXTED = "text sent by hand"
    WRONG_PERSON = "not the right person"
    CANNOT_DRIVE = "cannot drive"
    REACHED = "reached"
    DECLINED = "declined"
    BOOKED = "booked"


_O = CallOutcome
_PATIENT_DRIVEN = (
    _O.BOTH, _O.VISIT, _O.NO_ANSWER, _O.MESSAGE, _O.MOVES, _O.CANCELS, _O.CALLS_BACK, _O.TEXTED,
    _O.WRONG_PERSON,
)  # fmt: skip
# Without a driver the first two say something else; what follows keeps its digit.
_PATIENT_ALONE = (_O.VISIT, _O.UNDECIDED, *_PATIENT_DRIVEN[2:])
_OTHERS = {
    Whom.DRIVER: (_O.DRIVER, _O.CANNOT_DRIVE, _O.NO_ANSWER, _O.MESSAGE, _O.CALLS_BACK, _O.WRONG_PERSON),
    Whom.EMERGENCY: (_O.REACHED, _O.CALLS_BACK, _O.NO_ANSWER, _O.MESSAGE, _O.WRONG_PERSON),
    Whom.OTHER: (_O.REACHED, _O.CALLS_BACK, _O.NO_ANSWER, _O.MESSAGE, _O.WRONG_PERSON),
}
# Of a call to somebody who waits: whether a freed time suits them.
WAIT_OUTCOMES = (_O.NO_ANSWER, _O.DECLINED, _O.BOOKED, _O.MESSAGE, _O.CALLS_BACK, _O.WRONG_PERSON)
SAID_YES = frozenset({_O.BOTH, _O.VISIT})  # of the visit
SETTLES = SAID_YES | {_O.DRIVER, _O.CANNOT_DRIVE}  # it changes how the visit stands


def outcomes_of(whom: Whom, *, driver_asked: bool) -> tuple[CallOutcome, ...]:
    """What can come of a call about a visit, in the order of the digits."""
    if whom is not Whom.PATIENT:
        return _OTHERS[whom]
    return _PATIENT_DRIVEN if driver_asked else _PATIENT_ALONE


@dataclass(frozen=True, slots=True)
class CallAttempt:
    """One call about a visit as it stood then: ``day`` and ``minute``; a visit that moved is called anew. Or
    to somebody on the waitlist (``wait_id``), about a time that was freed.

    number: the phone that was rung. person: who, where it was nobody of those on record. arrives: the minute
    of the day at which somebody said they come to take the patient home. deviation: a message or a text that
    the patient has not allowed.
    """

    id: int = 0
    version: int = 0
    visit_id: int | None = None
    wait_id: int | None = None
    day: date = date.min
    minute: int = 0
    whom: Whom = Whom.PATIENT
    number: str = ""
    person: str = ""
    outcome: CallOutcome = CallOutcome.NO_ANSWER
    note: str = ""
    arrives: int | None = None
    deviation: bool = False
    at: datetime | None = None
    by: int = 0

    def about(self, visit: Visit) -> bool:
        """Whether it was about the visit as it stands."""
        return (self.visit_id, self.day, self.minute) == (visit.id, visit.day, visit.minute)


def said_yes(attempts: Iterable[CallAttempt]) -> bool:
    """Whether the patient said they will come: the last time they said anything of it."""
    said = [one.outcome for one in attempts if one.outcome in SAID_YES | {_O.MOVES, _O.CANCELS, _O.UNDECIDED}]
    return bool(said) and said[-1] in SAID_YES


def not_allowed(whom: Whom, outcome: CallOutcome, allowed: ContactPermissions) -> bool:
    """Whether the patient has not allowed what was done: a message on their phone, or a text."""
    if whom is not Whom.PATIENT:
        return False
    return (outcome is _O.MESSAGE and not allowed.voicemail) or (outcome is _O.TEXTED and not allowed.text)

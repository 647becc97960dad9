"""The check-in call after a treatment, and what it puts before a prescriber. What was said is written once: a
correction is another record, and the old one stays."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from clinic_desktop.scheduling.day_after import QUESTIONS, RED


class AfterOutcome(StrEnum):
    """What came of the call."""

    REACHED = "reached"
    NO_ANSWER = "no answer"
    MESSAGE = "message left"
    WRONG_NUMBER = "wrong number"
    REFUSED = "did not want to talk"
    CLOSED = "closed, not reached"
    STRUCK = "struck out"  # of a correction only: there was no such call


_O = AfterOutcome
TRIES = frozenset({_O.NO_ANSWER, _O.MESSAGE, _O.WRONG_NUMBER})  # nobody was spoken to
OUTCOMES = (_O.REACHED, _O.NO_ANSWER, _O.MESSAGE, _O.WRONG_NUMBER, _O.REFUSED, _O.CLOSED)
"""In the order of the digits."""


@dataclass(frozen=True, slots=True)
class AfterCall:
    """One call about a visit. yes, no: codes of what was answered so; what was not asked is in neither.
    number: that was rung. flag_id: what a red answer put before the prescriber. deviation: a message that the
    patient has not allowed. corrects: the record that this one stands for."""

    id: int = 0
    version: int = 0
    visit_id: int = 0
    outcome: AfterOutcome = AfterOutcome.NO_ANSWER
    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()
    note: str = ""
    number: str = ""
    flag_id: int | None = None
    deviation: bool = False
    corrects: int | None = None
    at: datetime | None = None
    by: int = 0

    @property
    def red(self) -> frozenset[str]:
        """What goes before a prescriber."""
        return self.yes & frozenset(RED)


@dataclass(frozen=True, slots=True)
class AfterFlag:
    """Red answers of a call: a prescriber answers them in words.

    told_by: the prescriber whose words somebody else wrote down, read back; they are signed by ``due_on``.
    agreed: None until that one has; a no asks anew, in a record of its own.
    """

    id: int = 0
    version: int = 0
    visit_id: int = 0
    items: frozenset[str] = frozenset()
    note: str = ""
    asked_at: datetime | None = None
    asked_by: int = 0
    answer: str = ""
    answered_at: datetime | None = None
    answered_by: int | None = None
    told_by: int | None = None
    due_on: date | None = None
    signed_at: datetime | None = None
    signed_by: int | None = None
    agreed: bool | None = None

    @property
    def open(self) -> bool:
        """Nobody has answered."""
        return self.answered_at is None

    @property
    def to_sign(self) -> bool:
        """The answer was told, and waits for its signature."""
        return self.told_by is not None and self.signed_at is None


def names_of(codes: Iterable[str]) -> list[str]:
    """Questions by their names, in their order."""
    wanted = set(codes)
    return [one.name for code, one in QUESTIONS.items() if code in wanted]


def standing(calls: Sequence[AfterCall]) -> list[AfterCall]:
    """Those that hold: neither corrected nor struck out, in the order of the calls."""
    corrected = {one.corrects for one in calls}
    return [one for one in calls if one.id not in corrected and one.outcome is not AfterOutcome.STRUCK]


def tries(calls: Sequence[AfterCall], but: int | None = None) -> int:
    """How often nobody could be spoken to. but: a record that is about to be corrected."""
    return sum(one.outcome in TRIES and one.id != but for one in standing(calls))


def answered(calls: Sequence[AfterCall]) -> frozenset[str]:
    """What was answered, in one call or in several."""
    return frozenset(code for one in standing(calls) for code in one.yes | one.no)


def is_done(calls: Sequence[AfterCall], asked: Collection[str]) -> bool:
    """Everything is answered; or the patient did not want to talk; or somebody closed it."""
    there = standing(calls)
    if any(one.outcome in (AfterOutcome.REFUSED, AfterOutcome.CLOSED) for one in there):
        return True
    reached = any(one.outcome is AfterOutcome.REACHED for one in there)
    return reached and set(asked) <= answered(calls)

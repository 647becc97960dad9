"""The check-in call after a treatment: whether a visit type wants one, when, and what is asked.

No authority read asks for the call, its day or its questions: all of it is the clinic's choice. The signs
that are asked about are those of the aftercare sheets (statements 10, 12, 13 and 14 of the reference, 5.2).
The words are a draft of ours until a prescriber of the clinic has read them.
"""

from dataclasses import dataclass
from enum import StrEnum

SUICIDE, CHEST, CONFUSION, URINE, PRESSURE = "suicide", "chest", "confusion", "urine", "pressure"
MOOD, SICK, SITE, OTHER = "mood", "sick", "site", "other"
MOST_DAYS = 10  # business days that a call stays on the list, at most


class CallDay(StrEnum):
    """On which day the call is due."""

    NEVER = "no call"
    BUSINESS = "next business day"
    NEXT = "next day"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked. name: for lists; words: read to the patient, so that a yes is what matters.
    red: a yes goes before a prescriber at once. sources: keys of the reference."""

    name: str
    words: str
    red: bool = False
    sources: tuple[str, ...] = ("clinic choice",)


QUESTIONS: dict[str, Question] = {
    SUICIDE: Question(
        "thoughts of suicide",
        "Do you have any thoughts of ending your life, or of hurting yourself?",
        red=True,
        sources=("A1", "A2", "O1"),
    ),
    CHEST: Question(
        "chest pain or short breath",
        "Do you have pain in your chest, or is it hard to breathe?",
        red=True,
        sources=("A1", "A13"),
    ),
    CONFUSION: Question("lasting confusion", "Do you still feel mixed up, or not like yourself?", red=True),
    PRESSURE: Question(
        "severe headache or changed sight",
        "Do you have a very bad headache, or has your sight changed?",
        red=True,
        sources=("A13",),
    ),
    URINE: Question(
        "urinary signs",
        "Does it hurt to pass water, do you have to go much more, or is there blood?",
        red=True,
        sources=("A10",),
    ),
    MOOD: Question("lower mood", "Is your mood lower than before the visit?"),
    SICK: Question("sick or throwing up", "Do you feel sick, or do you throw up?", sources=("A2",)),
    SITE: Question("sore skin at the needle", "Is the skin where the needle was hot, red, or very sore?"),
    OTHER: Question("something else", "Is there something else that worries you?", red=True),
}
"""In the order in which they are asked."""

RED = tuple(code for code, one in QUESTIONS.items() if one.red)
ALWAYS = frozenset({SUICIDE, OTHER})  # asked in every such call; no setting takes them away


@dataclass(frozen=True, slots=True)
class DayAfter:
    """What a visit type wants. open_days: business days on which the call is on the list, the first one
    included. asks: codes of :data:`QUESTIONS`."""

    when: CallDay = CallDay.NEVER
    open_days: int = 3
    asks: frozenset[str] = frozenset()

    @property
    def wanted(self) -> bool:
        return self.when is not CallDay.NEVER

    @property
    def questions(self) -> tuple[str, ...]:
        """What is asked, in order."""
        return tuple(code for code in QUESTIONS if code in self.asks | ALWAYS)


NO_CALL = DayAfter()
AFTER_SPRAY = DayAfter(CallDay.BUSINESS, asks=frozenset({*RED, MOOD, SICK}))
AFTER_NEEDLE = DayAfter(CallDay.BUSINESS, asks=frozenset({*RED, MOOD, SICK, SITE}))

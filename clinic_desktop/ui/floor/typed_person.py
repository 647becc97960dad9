"""Reading who takes a patient home: "Jo Reed neighbor 217-555-0101 18 fit". Pure."""

import re
from dataclasses import dataclass

_PHONE = re.compile(r"\+?[\d(][\d\s().-]{5,}\d")
_ADULT, _FIT = frozenset({"18", "18+", "adult"}), frozenset({"fit"})
# Words behind a name that say whose they are.
_RELATED = frozenset({
    "wife", "husband", "spouse", "partner", "fiance", "fiancee", "girlfriend", "boyfriend", "mother",
    "father", "mom", "dad", "parent", "sister", "brother", "sibling", "daughter", "son", "child",
    "aunt", "uncle", "cousin", "niece", "nephew", "grandmother", "grandfather", "grandson",
    "granddaughter", "stepmother", "stepfather", "stepson", "stepdaughter", "friend", "neighbor",
    "neighbour", "roommate", "flatmate", "housemate", "coworker", "colleague", "caregiver", "guardian",
    "escort",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes a patient home, as typed in one line. relationship: the word for it, as typed."""

    name: str
    phone: str
    adult: bool
    fit: bool
    relationship: str = ""


def read_person(text: str) -> Person:
    """The words 18 (or adult) and fit are said of the person, and so is what they are to the patient."""
    words = text.replace(",", " ").split()
    said = {word.lower() for word in words}
    left = " ".join(word for word in words if word.lower() not in _ADULT | _FIT)
    phone = _PHONE.search(left)
    name = (left.replace(phone[0], " ") if phone else left).split()
    # "Jo Friend" is a name: two words at least are one.
    whose = name.pop() if len(name) > 2 and name[-1].lower() in _RELATED else ""
    number = phone[0].strip() if phone else ""
    return Person(" ".join(name), number, bool(said & _ADULT), bool(said & _FIT), whose)

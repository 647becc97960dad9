"""What can be recorded on the floor: the word that is typed, its letter, and what it is called.

A letter only opens the line with its word; recording needs Enter.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from clinic_desktop.treatment.model import StampKind
from clinic_desktop.ui.i18n import QT_TR_NOOP

K = StampKind


class Wants(StrEnum):
    """What is typed behind the word."""

    NOTE = "note"  # anything, or nothing
    VITALS = "vitals"
    DOSE = "dose"
    RATE = "rate"
    FORM = "form"
    SCORE = "score"
    DRIVER = "driver"
    ROOM = "room"
    ANSWERS = "answers"
    PERSON = "person"  # who, and after a comma what
    REASON = "reason"
    CALL = "call"  # whom, and what came of it
    TOLD = "told"  # which prescriber, that it was read back, and the words


@dataclass(frozen=True, slots=True)
class Entry:
    """``kind``: of the stamp; None where it is a call. ``letter`` opens the line with it. ``words``: what may
    be typed for it, or the beginning of one. ``hint``: what is typed behind the letter, as it reads after
    it."""

    kind: StampKind | None
    letter: str
    words: tuple[str, ...]
    label: str
    wants: Wants = Wants.NOTE
    hint: str = ""

    @property
    def begins(self) -> str:
        """What a line of it begins with: its letter, or its word where it has none."""
        return self.letter or self.words[0]


ENTRIES: tuple[Entry, ...] = (
    Entry(K.ARRIVED, "A", ("arrived",), QT_TR_NOOP("Arrived")),
    Entry(K.IN_ROOM, "I", ("in room", "in", "room"), QT_TR_NOOP("In the room")),
    Entry(K.CONSENT, "C", ("consent",), QT_TR_NOOP("Consent seen")),
    Entry(
        K.ANSWERED,
        "",
        ("asked",),
        QT_TR_NOOP("Asked"),
        Wants.ANSWERS,
        QT_TR_NOOP("asked food 7:30 liquid 9:15 spray none preg no meds none"),
    ),
    Entry(K.VITALS, "V", ("vitals",), QT_TR_NOOP("Vitals"), Wants.VITALS, QT_TR_NOOP("138/84 92 98")),
    Entry(
        K.SEDATION,
        "Q",
        ("sedation", "moaa/s"),
        QT_TR_NOOP("Sedation (MOAA/S)"),
        Wants.SCORE,
        QT_TR_NOOP("and 5 (answers readily) to 0"),
    ),
    Entry(
        K.DISSOCIATION,
        "X",
        ("dissociation",),
        QT_TR_NOOP("Dissociation"),
        Wants.SCORE,
        QT_TR_NOOP("and 0 (none) to 3 (severe)"),
    ),
    Entry(
        K.NAUSEA,
        "U",
        ("nausea",),
        QT_TR_NOOP("Nausea"),
        Wants.SCORE,
        QT_TR_NOOP("and 0 (none) to 3 (severe)"),
    ),
    Entry(
        K.PRESSURE_ACCEPTED,
        "P",
        ("pressure accepted", "pressure", "accepted"),
        QT_TR_NOOP("Pressure accepted"),
    ),
    Entry(K.DOSE, "D", ("dose", "device"), QT_TR_NOOP("Dose"), Wants.DOSE, QT_TR_NOOP("and the lot number")),
    Entry(
        K.INFUSION_START,
        "B",
        ("begin", "start"),
        QT_TR_NOOP("Infusion started"),
        Wants.DOSE,
        QT_TR_NOOP("and the dose in mg, like 35"),
    ),
    Entry(
        K.RATE, "F", ("rate",), QT_TR_NOOP("Infusion rate"), Wants.RATE, QT_TR_NOOP("and the mL/h, like 30")
    ),
    Entry(K.INFUSION_STOP, "E", ("end", "stop"), QT_TR_NOOP("Infusion ended")),
    Entry(K.DOSING_ENDED, "E", ("end", "stop"), QT_TR_NOOP("Dosing ended"), hint=QT_TR_NOOP("and why")),
    Entry(
        K.FORTY_MISSED,
        "M",
        ("missed",),
        QT_TR_NOOP("40-minute pressure missed"),
        Wants.REASON,
        QT_TR_NOOP("and why"),
    ),
    Entry(
        K.CHECK_MISSED, "M", ("missed",), QT_TR_NOOP("Pressure missed"), Wants.REASON, QT_TR_NOOP("and why")
    ),
    Entry(K.SETTLED, "S", ("settled",), QT_TR_NOOP("Sedation, dissociation and breathing settled")),
    Entry(K.WALKS, "W", ("walks",), QT_TR_NOOP("Walks steadily")),
    Entry(K.LINE_OUT, "L", ("line out", "line"), QT_TR_NOOP("Line out, site checked")),
    Entry(
        K.DISCHARGE_FORM,
        "",
        ("form",),
        QT_TR_NOOP("Discharge form"),
        Wants.FORM,
        QT_TR_NOOP("and which: aldrete 2 2 2 2 1"),
    ),
    Entry(
        K.SHEET_HANDED,
        "H",
        ("handed", "sheet"),
        QT_TR_NOOP("Sheet handed to"),
        Wants.PERSON,
        QT_TR_NOOP("and to whom"),
    ),
    Entry(
        K.DRIVER_SEEN,
        "G",
        ("going home", "driver"),
        QT_TR_NOOP("Driver here"),
        Wants.DRIVER,
        QT_TR_NOOP("alone, or with somebody else: name, phone, 18, fit"),
    ),
    Entry(
        K.MOVED_ROOM,
        "J",
        ("moved to", "moved", "another room"),
        QT_TR_NOOP("Moved to another room"),
        Wants.ROOM,
        QT_TR_NOOP("and which, like Spravato 2"),
    ),
    Entry(K.READY, "Y", ("ready",), QT_TR_NOOP("Ready to leave")),
    Entry(K.WAITING, "Z", ("waiting chair", "chair"), QT_TR_NOOP("In the waiting chair")),
    Entry(K.RELEASED, "R", ("release", "released"), QT_TR_NOOP("Released")),
    Entry(K.LEFT, "O", ("over", "left"), QT_TR_NOOP("Visit over")),
    Entry(K.STAYS, "", ("stays",), QT_TR_NOOP("Stays until fetched"), Wants.PERSON, QT_TR_NOOP("and who")),
    Entry(K.TOLD, "T", ("told",), QT_TR_NOOP("Prescriber told"), Wants.PERSON, QT_TR_NOOP("and whom, what")),
    Entry(None, "K", ("called",), QT_TR_NOOP("Called"), Wants.CALL, QT_TR_NOOP("and whom, what came of it")),
    Entry(
        K.SAID,
        "",
        ("said", "prescriber said"),
        QT_TR_NOOP("Prescriber said"),
        Wants.TOLD,
        QT_TR_NOOP("who, 'read back', and the words"),
    ),
    Entry(K.NOTE, "N", ("note",), QT_TR_NOOP("Note"), Wants.REASON, QT_TR_NOOP("and what")),
    Entry(K.NOT_TREATED, "", ("not treated",), QT_TR_NOOP("Arrived, not treated"), Wants.REASON),
    Entry(K.LEFT_EARLY, "", ("left early",), QT_TR_NOOP("Left before release"), Wants.REASON),
    Entry(K.TRANSFERRED, "", ("transferred", "911"), QT_TR_NOOP("Transferred (911)"), Wants.REASON),
)

# A number may stand right behind the letter: "d1", "b35", "q4".
_NUMBERS = (Wants.DOSE, Wants.RATE, Wants.SCORE)
_NUMBERED = re.compile(r"[A-Za-z]\d{1,3}(\.\d+)?")

BY_KIND = {one.kind: one for one in ENTRIES if one.kind is not None}


def entry_of(typed: str, *, running: bool, rems: bool) -> tuple[Entry, str] | None:
    """The entry that a line begins with, and the rest of the line.

    A whole word wins over a letter and a letter over a beginning; of several beginnings the first in the list
    is meant. "End" is the infusion's while one runs; "missed" is that of the 40 minutes under Spravato.
    """
    text = typed.strip()
    first, _, rest = text.partition(" ")
    found = _by_word(text) or _by_letter(first, rest) or _by_beginning(first, rest)
    if found is not None and found[0].kind in (K.INFUSION_STOP, K.DOSING_ENDED):
        return BY_KIND[K.INFUSION_STOP if running else K.DOSING_ENDED], found[1]
    if found is not None and found[0].kind in (K.FORTY_MISSED, K.CHECK_MISSED):
        return BY_KIND[K.FORTY_MISSED if rems else K.CHECK_MISSED], found[1]
    return found


def _by_word(text: str) -> tuple[Entry, str] | None:
    low = text.lower()
    fits = [(word, one) for one in ENTRIES for word in one.words if low == word or low.startswith(word + " ")]
    if not fits:
        return None
    word, entry = max(fits, key=lambda fit: len(fit[0]))
    return entry, text[len(word) :].strip()


def _by_letter(first: str, rest: str) -> tuple[Entry, str] | None:
    letter, number = (first[:1], first[1:]) if _NUMBERED.fullmatch(first) else (first, "")
    found = next((one for one in ENTRIES if one.letter and one.letter == letter.upper()), None)
    if found is None or (number and found.wants not in _NUMBERS):
        return None
    return found, f"{number} {rest}".strip()


def _by_beginning(first: str, rest: str) -> tuple[Entry, str] | None:
    low = first.lower()
    begun = (one for one in ENTRIES if any(low and word.startswith(low) for word in one.words))
    found = next(begun, None)
    return (found, rest.strip()) if found else None

"""The closed list of facts a text may ask for, each by its name in double braces."""

from dataclasses import dataclass
from enum import StrEnum

from clinic_desktop.aftercare.values import AFTER_TREATMENT, BEFORE_TREATMENT, KETAMINE, SheetKind


class Gap(StrEnum):
    """What a text wants when the fact is not known."""

    BLOCK = ""  # no sheet is printed until it is known
    LINE = "or line"  # a line to fill in by hand
    SKIP = "or skip"  # the sentence is left out; only for what need not be there


@dataclass(frozen=True, slots=True)
class Field:
    """label: what the fact is called when it is missing. whole_line: it makes lines of its own.
    may_skip: it need not be there (the clinic sets none, nothing was infused). kinds: the only sheets that
    know it; empty means all."""

    label: str
    whole_line: bool = False
    may_skip: bool = False
    kinds: frozenset[str] = frozenset()


_KETAMINE = frozenset(map(str, KETAMINE))
_RECEIPT = frozenset({SheetKind.RECEIPT.value})
_ESCORT = frozenset({SheetKind.ESCORT.value})
_CARD = frozenset({SheetKind.COURSE_CARD.value})
PREPARATION = frozenset(map(str, BEFORE_TREATMENT))
"""The kinds that are handed out before a visit."""

_AFTERCARE = frozenset(map(str, AFTER_TREATMENT)) | _RECEIPT
_PATIENT = _AFTERCARE | PREPARATION
_AFTER = _AFTERCARE | _ESCORT


FIELDS: dict[str, Field] = {
    "patient_name": Field("patient's name", kinds=_PATIENT),
    "birth_date": Field("patient's birth date", kinds=_PATIENT),
    "visit_date": Field("day of the visit", kinds=_PATIENT | _ESCORT),
    "clinic_name": Field("clinic's name"),
    "clinic_address": Field("clinic's address"),
    "clinic_phone": Field("clinic's phone"),
    "driver_name": Field("driver's name", kinds=_PATIENT),
    "driver_phone": Field("driver's phone", may_skip=True, kinds=_PATIENT),
    "drive_date": Field("day when driving is allowed again", kinds=_AFTERCARE),
    "drive_time": Field("time when driving is allowed again", kinds=_KETAMINE),
    "no_drive_hours": Field("hours without driving", kinds=_KETAMINE),
    "infusion_end": Field("end of the infusion", may_skip=True, kinds=_KETAMINE),
    "last_dose": Field("time of the last dose", may_skip=True, kinds=_KETAMINE),
    "first_name": Field("patient's first name", kinds=_ESCORT),
    "drive_from": Field("time when driving is allowed again", kinds=_ESCORT),
    "alcohol_until": Field("end of the time without alcohol", kinds=_AFTER),
    "decisions_until": Field("end of the time without big choices", kinds=_AFTER),
    "adult_until": Field("time until an adult stays", may_skip=True, kinds=_AFTER),
    "phones": Field("clinic's phones", whole_line=True),
    "next_visits": Field("next visit", whole_line=True, kinds=_AFTERCARE),
    "visit_time": Field("time of the visit", kinds=PREPARATION),
    "arrive_time": Field("time to be at the clinic", may_skip=True, kinds=PREPARATION),
    "food_until": Field("time of the last food", may_skip=True, kinds=PREPARATION),
    "liquid_until": Field("time of the last drink", may_skip=True, kinds=PREPARATION),
    "spray_until": Field("time of the last nasal spray", may_skip=True, kinds=PREPARATION),
    "sober_from": Field("time from which alcohol is left out", kinds=PREPARATION),
    "cancel_by": Field("time to cancel by", may_skip=True, kinds=PREPARATION),
    "score_forms": Field("forms to fill in", may_skip=True, kinds=PREPARATION),
    "driver_asked": Field("that somebody must be named", may_skip=True, kinds=PREPARATION),
    "driver_named": Field("who takes the patient home", may_skip=True, kinds=PREPARATION),
    "card_name": Field("patient's name on the card", may_skip=True, kinds=_CARD),
    "course_visits": Field("visits of the course", whole_line=True, kinds=_CARD),
    "held_for": Field("what a visit waits for", may_skip=True, kinds=_CARD),
    "to_place": Field("number of visits without a time", may_skip=True, kinds=_CARD),
    "cancel_days": Field("days before a visit to cancel by", may_skip=True, kinds=_CARD),
    "cancel_time": Field("time of that day to cancel by", may_skip=True, kinds=_CARD),
    "sheet_version": Field("version of the sheet", kinds=_RECEIPT),
    "handed_to": Field("person who got the sheet", kinds=_RECEIPT),
    "handed_by": Field("person who gave the sheet", kinds=_RECEIPT),
    "handed_time": Field("time when the sheet was given", kinds=_RECEIPT),
}

_BEFORE = frozenset({
    "visit_time", "food_until", "liquid_until", "driver_asked", "driver_named", "cancel_by", "phones",
})  # fmt: skip
NEEDED_FIELDS: dict[str, frozenset[str]] = {
    **dict.fromkeys(KETAMINE, frozenset({"drive_date", "drive_time", "phones", "next_visits"})),
    SheetKind.SPRAVATO: frozenset({"drive_date", "phones", "next_visits"}),
    SheetKind.RECEIPT: frozenset({"patient_name", "sheet_version"}),
    SheetKind.COURSE_CARD: frozenset({"course_visits", "held_for", "to_place", "phones"}),
    SheetKind.ESCORT: frozenset({"first_name", "drive_from", "phones"}),
    **dict.fromkeys(BEFORE_TREATMENT, _BEFORE),
    SheetKind.PREP_SPRAVATO: _BEFORE | {"spray_until"},
}
"""Facts that the text of each kind must show."""

NEEDED_WORDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys((*AFTER_TREATMENT, SheetKind.ESCORT), ("911", "988")),
    **dict.fromkeys((*BEFORE_TREATMENT, SheetKind.RECEIPT, SheetKind.COURSE_CARD), ()),
}
"""Numbers to call that the text of each kind must name."""

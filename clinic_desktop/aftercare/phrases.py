"""The few fixed words around a text: labels, footer, notices. One set per language of the texts."""

from collections.abc import Mapping
from dataclasses import dataclass

from clinic_desktop.foundation.words import LanguageMissing


@dataclass(frozen=True, slots=True)
class Phrases:
    language_name: str
    patient: str
    born: str
    visit: str
    next_visit: str
    phone: str
    page: str
    draft: str
    interpreter: str
    wording: str
    approved: str
    printed: str
    printed_by_nobody: str  # a preview: nobody has printed it yet
    visit_number: str
    again: str
    again_by_nobody: str
    copy: str
    sheet_version: str
    hours: str
    who_drives: str  # before a line to fill in
    alone: Mapping[str, str]  # a way home without a person
    the_patient: str  # whose first name is not known


_ENGLISH = Phrases(
    language_name="English",
    patient="Patient",
    born="Born",
    visit="Visit",
    next_visit="Next visit",
    phone="Phone",
    page="Page {page} of {pages}",
    draft="Draft, not yet approved by the clinic",
    interpreter="Go over this with an interpreter. It is free.",
    wording="{title}. {language}, version {version}.",
    approved="Approved by {by}, {on}.",
    printed="Printed {on}, {time}, by {by}.",
    printed_by_nobody="Printed {on}, {time}.",
    visit_number="Visit {visit}.",
    again="Printed again {on}, {time}, by {by}.",
    again_by_nobody="Printed again {on}, {time}.",
    copy="Copy {number}.",
    sheet_version="{language}, version {version}, copy {copy}",
    hours="{hours} hours",
    who_drives="Who takes you home?",
    alone={"taxi": "a taxi or ride-share", "transit": "the bus or train"},
    the_patient="the patient",
)

_LANGUAGES = {"en": _ENGLISH}


def phrases(language: str) -> Phrases:
    """The fixed words of a language; raises ``LanguageMissing``."""
    try:
        return _LANGUAGES[language]
    except KeyError:
        raise LanguageMissing(language) from None

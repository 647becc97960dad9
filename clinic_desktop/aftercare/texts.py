"""The texts of a clinic by kind and language: which one is handed out, and its words as they are kept."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from clinic_desktop.aftercare.parse import parse_template, shipped_source
from clinic_desktop.aftercare.sheet_text import ENGLISH, SheetText
from clinic_desktop.aftercare.template import Template
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleUnit


@dataclass(frozen=True, slots=True)
class Chosen:
    """The text for a patient. why: what is said of the choice, where it is not what was asked for.

    A text with the id 0 is the program's, and not on record yet.
    """

    text: SheetText
    template: Template
    why: tuple[Finding, ...] = ()


def text_for(records: ScheduleRecords, kind: str, language: str, day: date) -> Chosen:  # noqa: ARG001 - yet
    """The text that is handed out on a day to somebody who reads a language."""
    text = _shipped(records, kind, ENGLISH)
    return Chosen(text, template_of(text))


def template_of(text: SheetText) -> Template:
    """A text's words, ready to be filled."""
    return parse_template(text.source, f"{text.language}/{text.kind}.md, version {text.number}")


def kept(unit: ScheduleUnit, text: SheetText) -> SheetText:
    """The text on record, where the words of what is printed are found again."""
    return text if text.id else unit.add(text)


def _shipped(records: ScheduleRecords, kind: str, language: str) -> SheetText:
    """The words that come with the program, as they are on record or would be, counted on from the rest."""
    source = shipped_source(kind, language)
    digest = sha256(source.encode()).hexdigest()
    there = records.find(SheetText, kind=kind, language=language)
    known = next((one for one in there if one.shipped == digest), None)
    number = max((one.number for one in there), default=0) + 1
    return known or SheetText(kind=kind, language=language, number=number, source=source, shipped=digest)

"""The texts of a clinic by kind and language: which one is handed out, and its words as they are kept."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from hashlib import sha256

from clinic_desktop.aftercare.front import with_record
from clinic_desktop.aftercare.parse import parse_template, shipped_source
from clinic_desktop.aftercare.phrases import PHRASES, written
from clinic_desktop.aftercare.prepare import preparation_kind
from clinic_desktop.aftercare.rules import NO_TRANSLATION, TRANSLATION_WAITS
from clinic_desktop.aftercare.sheet_text import ENGLISH, SheetText, TextStatus
from clinic_desktop.aftercare.template import Status, Template
from clinic_desktop.aftercare.values import SheetKind
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.people.languages import language_name
from clinic_desktop.scheduling.model import Clinic, Setup
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleUnit


@dataclass(frozen=True, slots=True)
class Chosen:
    """The text for a patient. why: what is said of the choice, where it is not what the patient reads.

    A text with the id 0 is the program's, and not on record yet.
    """

    text: SheetText
    why: tuple[Finding, ...] = ()

    @property
    def draft(self) -> bool:
        return self.text.status is not TextStatus.APPROVED


def text_for(records: ScheduleRecords, kind: str, language: str, day: date) -> Chosen:
    """The text that is handed out on a day to somebody who speaks a language [H12] [S21].

    It is the approved one in their language; else the approved one in English; else the program's own in
    English, which says of itself that it is a draft. A translation is never handed out before its approval.
    """
    wanted = written(language)
    english = in_force(records.find(SheetText, kind=kind, language=ENGLISH), day)
    if wanted == ENGLISH:
        return Chosen(english or shipped_text(records, kind))
    translated = in_force(records.find(SheetText, kind=kind, language=wanted), day)
    if translated:
        return Chosen(translated)
    rule = TRANSLATION_WAITS if wanted in PHRASES else NO_TRANSLATION
    why = Finding(rule, {"language": language_name(language)})
    return Chosen(english or shipped_text(records, kind), (why,))


def in_force(versions: Iterable[SheetText], day: date) -> SheetText | None:
    """Of the versions of a text the one that is handed out on a day: the last that was approved for it."""
    approved = [
        (one.effective_from, one.number, one)
        for one in versions
        if one.status is TextStatus.APPROVED and one.effective_from and one.effective_from <= day
    ]
    return max(approved)[2] if approved else None


def template_of(text: SheetText, zone: str, *, draft: bool = False) -> Template:
    """A text's words, ready to be filled. What its file says of version and approval is the record's to say.

    draft: it was not approved yet when it was printed.
    """
    template = words_of(text)
    front = replace(template.front, version=text.number, status=Status.DRAFT)
    if text.status in (TextStatus.APPROVED, TextStatus.WITHDRAWN) and text.decided_at and not draft:
        day = local_day(text.decided_at, zone)
        front = replace(front, status=Status.APPROVED, approved_by=text.decided_name, approved_on=day)
    return replace(template, front=front)


def source_of_record(text: SheetText, zone: str) -> str:
    """A version's words as they are read: its head says what the record says of version and approval."""
    approved = None
    if text.status in (TextStatus.APPROVED, TextStatus.WITHDRAWN) and text.decided_at:
        approved = text.decided_name, local_day(text.decided_at, zone)
    return with_record(text.source, text.number, approved)


def words_of(text: SheetText) -> Template:
    """A text's words as its file has them."""
    return _parsed(text.kind, text.language, text.source)


@lru_cache(maxsize=32)
def _parsed(kind: str, language: str, source: str) -> Template:
    return parse_template(source, f"{language}/{kind}.md")


def withdrawn(records: ScheduleRecords, text_ids: Iterable[int]) -> set[int]:
    """Of these texts those that are handed out no more."""
    wanted = sorted(set(text_ids))
    found = records.find(SheetText, id=wanted, status=TextStatus.WITHDRAWN) if wanted else []
    return {one.id for one in found}


def kept(unit: ScheduleUnit, text: SheetText) -> SheetText:
    """The text on record, where the words of what is printed are found again."""
    if text.id:
        return text
    unit.hold(Clinic, 1)  # two desks make their first sheet at once
    there = unit.find(SheetText, kind=text.kind, language=text.language)
    known = next((one for one in there if one.shipped == text.shipped), None)
    return known or unit.add(replace(text, number=next_number(there)))


def shipped_text(records: ScheduleRecords, kind: str, language: str = ENGLISH) -> SheetText:
    """The words that come with the program, as they are on record or would be, counted on from the rest.

    Raises ``FileNotFoundError`` where there are none.
    """
    source = shipped_source(kind, language)
    digest = sha256(source.encode()).hexdigest()
    there = records.find(SheetText, kind=kind, language=language)
    known = next((one for one in there if one.shipped == digest), None)
    return known or SheetText(
        kind=kind, language=language, number=next_number(there), source=source, shipped=digest
    )


def next_number(versions: Iterable[SheetText]) -> int:
    return max((one.number for one in versions), default=0) + 1


def kinds_in_use(setup: Setup) -> list[str]:
    """The texts that this clinic hands out, with the receipt, the escort's page, the course card and
    what is read before a visit."""
    used = {one.sheet for one in setup.types if one.current and one.sheet}
    kinds = [one.value for one in SheetKind if one in used]
    if not kinds:
        return []
    escort = [SheetKind.ESCORT.value] if setup.policies.escort_page else []
    before = filter(None, map(preparation_kind, kinds))
    return [*kinds, SheetKind.RECEIPT.value, *escort, SheetKind.COURSE_CARD.value, *before]

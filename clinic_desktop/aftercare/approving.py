"""A text on its way to the patients: written, put before a prescriber, approved from a day on, or sent back.

No version is ever rewritten once it was put before anybody; what changes is the next one.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import NoReturn, cast

from clinic_desktop.aftercare import rules
from clinic_desktop.aftercare.parse import parse_template, read_head, read_template
from clinic_desktop.aftercare.sample_facts import longest_page
from clinic_desktop.aftercare.sheet_text import ENGLISH, SheetText, TextStatus
from clinic_desktop.aftercare.text_changes import same_words
from clinic_desktop.aftercare.text_checks import WITH_A_REASON, speaks_against_text
from clinic_desktop.aftercare.texts import in_force, kept, next_number, shipped_text, template_of
from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.document import PageSize, RenderedPdf, RenderPdf
from clinic_desktop.foundation.errors import BadInput, Refusal
from clinic_desktop.foundation.rulebook import Finding, Word
from clinic_desktop.foundation.words import short_date
from clinic_desktop.people.languages import language_name
from clinic_desktop.people.model import Staff
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore, ScheduleUnit
from clinic_desktop.security.rights import Right, may, require


@dataclass(frozen=True, slots=True)
class TextName:
    """A version of a text, also one of the program that is not on record yet. ``shipped`` as on record: the
    number alone could be another text's by the time that it is answered."""

    kind: str
    language: str
    number: int
    shipped: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    text: SheetText
    changes: Changes


def write_text(
    store: ScheduleStore,
    actor: Actor,
    source: str,
    changed: str = "",
    over: SheetText | None = None,
    *,
    unfinished: bool = False,
) -> Written:
    """Keep a text as a draft: the next version of its kind and language, or ``over`` an own draft.

    Its kind and language stand in its head. Raises :class:`TextRefused` with line and remedy for what cannot
    stand, :class:`BadInput` where nothing is new, :class:`StaleEdit` if another desk wrote on the draft.

    unfinished: it is written on, so flaws below its head are kept with it; it cannot be put before anybody.
    """
    _may_write(actor)
    front = read_head(source, "text") if unfinished else parse_template(source, "text").front
    with store.write(actor) as unit:
        versions = unit.find(SheetText, kind=front.kind, language=front.language)
        words = SheetText(
            kind=front.kind,
            language=front.language,
            source=source,
            changed=changed.strip(),
            written_by=actor.person_id,
            written_at=unit.at,
        )
        if over is not None:
            _is_draft(over)
            if (over.kind, over.language) != (front.kind, front.language):
                said = {"kind": over.kind, "language": language_name(over.language)}
                raise BadInput({"source": Finding(rules.TEXT_HEAD, said)})
            written = unit.save(replace(words, id=over.id, version=over.version, number=over.number))
            return Written(written, unit.commit())
        last = _before(unit, words, versions)
        if last is not None and _nothing_new(last.source, source):
            raise BadInput({"source": Finding(rules.TEXT_SAME, {"number": last.number})})
        base = kept(unit, last) if last is not None else None
        number = next_number([*versions, *([base] if base else [])])
        written = unit.add(replace(words, number=number))
        return Written(written, unit.commit())


def _before(unit: ScheduleUnit, words: SheetText, versions: list[SheetText]) -> SheetText | None:
    """The version that the new one follows: the newest there is, else the program's."""
    if versions:
        return max(versions, key=lambda one: one.number)
    try:
        return shipped_text(unit, words.kind, words.language)
    except FileNotFoundError:
        return None


def _nothing_new(before: str, after: str) -> bool:
    """Whether both say the same. Of what is still unfinished every sign counts."""
    old, old_flaws = read_template(before, "text")
    new, new_flaws = read_template(after, "text")
    if old is None or new is None or old_flaws or new_flaws:
        return before == after
    return same_words(old, new)


def ask_approval(
    store: ScheduleStore, actor: Actor, name: TextName, changed: str, wanted_from: date | None = None
) -> Changes:
    """Put a draft before the prescribers, with a sentence that says what is new.

    wanted_from: the first day on which it is to be handed out; a prescriber may approve it from another.
    Raises :class:`TextRefused` for what is unfinished.
    """
    _may_write(actor)
    with store.write(actor) as unit:
        text = _found(unit, name)
        _is_draft(text)
        parse_template(text.source, "text")
        if wanted_from and wanted_from < local_day(unit.at, unit.setup().clinic.zone):
            raise BadInput({"effective_from": Finding(rules.TEXT_PAST)})
        said = changed.strip() or text.changed
        if not said and not text.shipped:
            raise BadInput({"changed": Finding(rules.TEXT_CHANGED)})
        text = kept(unit, text)
        if not text.shipped:
            text = unit.save(replace(text, changed=said))
        unit.save(replace(text, status=TextStatus.ASKED, asked_at=unit.at, effective_from=wanted_from))
        return unit.commit()


def approve(
    store: ScheduleStore,
    actor: Actor,
    name: TextName,
    render: RenderPdf,
    effective_from: date | None = None,
    reason: str = "",
) -> Changes:
    """A prescriber approves a text: it is handed out from a day on. Where none is said, from the day that was
    asked for, at the earliest today [H12].

    Writer and approver may be one prescriber; the record says so. Raises :class:`Refusal` where something
    speaks against it, which a reason answers where it can be answered.
    """
    require(actor, Right.APPROVE_TEXT)
    with store.read() as records:
        text, clinic = _found(records, name), records.setup().clinic
        template = template_of(text, clinic.zone)
        page_size = PageSize(records.setup().policies.sheet_page)
    found = speaks_against_text(template, page_size, render)
    if any(not reason.strip() or one.code not in WITH_A_REASON for one in found):
        raise Refusal(found)
    with store.write(actor) as unit:
        text = _found(unit, name)
        _is_before_us(text)
        _is_newest(unit, text)
        today = local_day(unit.at, clinic.zone)
        first = effective_from or max(text.effective_from or today, today)
        if first < today:
            raise BadInput({"effective_from": Finding(rules.TEXT_PAST)})
        if found:
            unit.because(reason.strip())
        approved = replace(_decided(unit, kept(unit, text), TextStatus.APPROVED), effective_from=first)
        unit.save(replace(approved, words=reason.strip()))
        return unit.commit()


def sample_pages(store: ScheduleStore, name: TextName, render: RenderPdf) -> RenderedPdf:
    """The text with an invented visit in it, to be read before it is decided."""
    with store.read() as records:
        clinic, policies = records.setup().clinic, records.setup().policies
        template = template_of(_found(records, name), clinic.zone)
    return render(longest_page(template, PageSize(policies.sheet_page), large_print=False))


def refuse_text(store: ScheduleStore, actor: Actor, name: TextName, words: str) -> Changes:
    """A prescriber sends a text back, and says why. What is in force stays in force."""
    require(actor, Right.APPROVE_TEXT)
    with store.write(actor) as unit:
        text = _found(unit, name)
        _is_before_us(text)
        refused = _decided(unit, kept(unit, text), TextStatus.REFUSED)
        unit.save(replace(refused, words=_why(words), effective_from=None))
        return unit.commit()


def delete_draft(store: ScheduleStore, actor: Actor, draft: SheetText) -> Changes:
    """Take a draft of the clinic's own away, with whoever may write. What was put before anybody stays for
    good; the audit keeps the words of the draft, and who deleted it. Raises :class:`BadInput` for what is no
    such draft, :class:`StaleEdit` if another desk wrote on it."""
    _may_write(actor)
    with store.write(actor) as unit:
        text = unit.get(SheetText, draft.id)
        _is_draft(text)
        if text.shipped:
            raise BadInput({"text": Finding(rules.TEXT_SHIPPED, {"number": text.number})})
        unit.remove(draft)
        return unit.commit()


def withdraw(store: ScheduleStore, actor: Actor, name: TextName, words: str) -> Changes:
    """An approved text is handed out no more, nor a sheet that was printed in it: what was approved before is
    in force again, in place of a translation English. English itself is never left without a text."""
    require(actor, Right.APPROVE_TEXT)
    with store.write(actor) as unit:
        text = _found(unit, name)
        if text.status is not TextStatus.APPROVED:
            raise BadInput({"text": Finding(rules.TEXT_NOT_APPROVED, {"number": text.number})})
        today = local_day(unit.at, unit.setup().clinic.zone)
        others = unit.find(SheetText, kind=text.kind, language=text.language)
        if text.language == ENGLISH and in_force((one for one in others if one != text), today) is None:
            raise BadInput({"text": Finding(rules.TEXT_LAST)})
        unit.because(_why(words))
        unit.save(replace(text, status=TextStatus.WITHDRAWN, words=_why(words)))
        return unit.commit()


def _may_write(actor: Actor) -> None:
    if not may(actor, Right.APPROVE_TEXT):
        require(actor, Right.SET_UP)


def _found(records: ScheduleRecords, name: TextName) -> SheetText:
    """The version on record; else the program's own of that number."""
    there = records.find(SheetText, kind=name.kind, language=name.language, number=name.number)
    found = there[0] if there else shipped_text(records, name.kind, name.language)
    if (found.number, found.shipped) != (name.number, name.shipped):
        raise BadInput({"text": Finding(rules.TEXT_GONE)})
    return found


def _is_draft(text: SheetText) -> None:
    if text.status is not TextStatus.DRAFT:
        _decided_already(text)


def _is_before_us(text: SheetText) -> None:
    """Put before the prescribers, or of the program: whose words are final as they are."""
    if text.status is TextStatus.DRAFT and not text.shipped:
        raise BadInput({"text": Finding(rules.TEXT_UNASKED, {"number": text.number})})
    if text.status not in (TextStatus.DRAFT, TextStatus.ASKED):
        _decided_already(text)


def _is_newest(records: ScheduleRecords, text: SheetText) -> None:
    """What is handed out goes by the day from which it is: an older text never takes the place of a newer."""
    newer = [
        one
        for one in records.find(SheetText, kind=text.kind, language=text.language)
        if one.number > text.number and one.status is TextStatus.APPROVED and one.effective_from
    ]
    if newer:
        last = max(newer, key=lambda one: one.number)
        day = short_date(cast(date, last.effective_from))
        raise Refusal([Finding(rules.TEXT_OVERTAKEN, {"newer": last.number, "day": day})])


def _decided_already(text: SheetText) -> NoReturn:
    said: dict[str, str | int] = {"number": text.number, "status": Word(text.status)}
    raise BadInput({"text": Finding(rules.TEXT_DECIDED, said)})


def _decided(unit: ScheduleUnit, text: SheetText, status: TextStatus) -> SheetText:
    by = unit.actor.person_id
    name = unit.get(Staff, by).name if by else ""
    return replace(text, status=status, decided_by=by, decided_name=name, decided_at=unit.at)


def _why(words: str) -> str:
    if not words.strip():
        raise BadInput({"words": Finding(rules.TEXT_WHY)})
    return words.strip()

"""The texts of the sheets in words: rows of the lists, what is said of a version, what speaks against it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from clinic_desktop.aftercare.problems import REMEDIES, Problem
from clinic_desktop.aftercare.sheet_text import ENGLISH, SheetText, TextStatus
from clinic_desktop.aftercare.statements import STATEMENTS
from clinic_desktop.aftercare.text_changes import Changed, ChangeKind
from clinic_desktop.aftercare.text_list import TextLine
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.words import plain_date
from clinic_desktop.people.languages import language_name
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.widgets.rows import Row

_STATES = {
    TextStatus.DRAFT: (QT_TR_NOOP("Draft"), Tone.NEUTRAL),
    TextStatus.ASKED: (QT_TR_NOOP("Waits for approval"), Tone.WARN),
    TextStatus.APPROVED: (QT_TR_NOOP("Approved"), Tone.OK),
    TextStatus.REFUSED: (QT_TR_NOOP("Not approved"), Tone.DANGER),
    TextStatus.WITHDRAWN: (QT_TR_NOOP("Withdrawn"), Tone.DANGER),
}
_CHANGES = {
    ChangeKind.ADDED: QT_TR_NOOP("new"),
    ChangeKind.REMOVED: QT_TR_NOOP("left out"),
    ChangeKind.REWORDED: QT_TR_NOOP("other words"),
}


@dataclass(frozen=True, slots=True)
class Here:
    """What the words need to know of the clinic."""

    setup: Setup
    today: date

    def day(self, at: datetime | None) -> str:
        return plain_date(local_day(at, self.setup.clinic.zone)) if at else ""

    def name(self, staff_id: int | None) -> str:
        """Who works here; the program where nobody is named."""
        found = (one.name for one in self.setup.staff if staff_id and one.id == staff_id)
        return next(found, tr("the program"))


def heading(line: TextLine) -> str:
    """ "After your Spravato visit, English"."""
    return f"{line.title}, {language_name(line.language)}"


def text_row(line: TextLine, here: Here) -> Row:
    """A text, what is handed out of it, and what waits."""
    badge, tone = _waits(line)
    if not line.used and line.in_force is None:
        return Row(heading(line), tr("No visit type of yours hands it out."), badge=badge, tone=tone)
    to_come = line.to_come(here.today)
    coming = ""
    if to_come is not None and to_come.effective_from is not None:
        words = tr("Version {number} is handed out from {day} on.")
        coming = words.format(number=to_come.number, day=plain_date(to_come.effective_from))
    detail = " ".join(filter(None, (_in_force(line), coming)))
    return Row(heading(line), detail, badge=badge, tone=tone)


def _in_force(line: TextLine) -> str:
    one = line.in_force
    if one is None or one.effective_from is None:
        english = tr("Nothing is approved: handed out as a draft.")
        return english if line.language == ENGLISH else tr("Nothing is approved: English is handed out.")
    words = tr("Version {number} since {day}, approved by {name}.")
    return words.format(number=one.number, day=plain_date(one.effective_from), name=one.decided_name)


def _waits(line: TextLine) -> tuple[str, Tone]:
    if line.asked is not None:
        return tr("Waits for approval"), Tone.WARN
    if line.draft is not None:
        return tr("Draft"), Tone.NEUTRAL
    if line.brought is not None and (line.used or line.in_force):
        return (
            (tr("New words of the program"), Tone.INFO) if line.in_force else (tr("Not approved"), Tone.WARN)
        )
    return "", Tone.NEUTRAL


def version_row(one: SheetText, line: TextLine, here: Here) -> Row:
    """A version: who wrote it and when, what is new in it, and how it stands."""
    badge, tone = state(one, line, here.today)
    changed = one.changed or (tr("The words that come with the program.") if one.shipped else "")
    return Row(
        tr("Version {number}").format(number=one.number),
        written(one, here),
        badge=badge,
        tone=tone,
        note=changed,
    )


def state(one: SheetText, line: TextLine, today: date) -> tuple[str, Tone]:
    """How a version stands, and its tone."""
    if line.in_force is not None and one.id == line.in_force.id:
        return tr("Handed out"), Tone.OK
    if one.status is TextStatus.APPROVED and one.effective_from and one.effective_from > today:
        return tr("From {day} on").format(day=plain_date(one.effective_from)), Tone.INFO
    if one.status is TextStatus.APPROVED:
        return tr("Handed out before"), Tone.NEUTRAL
    words, tone = _STATES[one.status]
    return tr(words), tone


def written(one: SheetText, here: Here) -> str:
    """ "Written by Maya Jones, November 16, 2026"."""
    day = here.day(one.written_at)
    words = tr("Written by {name}, {day}") if day else tr("Written by {name}")
    return words.format(name=here.name(one.written_by), day=day)


def about(one: SheetText, here: Here) -> str:
    """Everything that was decided on a version."""
    lines: list[str] = []
    if one.asked_at:
        lines.append(tr("Put before the prescribers on {day}.").format(day=here.day(one.asked_at)))
    lines += _decided(one, here)
    return "\n".join(lines)


def _decided(one: SheetText, here: Here) -> Iterator[str]:
    known = {"name": one.decided_name, "day": here.day(one.decided_at), "words": one.words}
    if one.status is TextStatus.ASKED:
        wanted = plain_date(one.effective_from) if one.effective_from else tr("the day it is approved")
        yield tr("A prescriber answers in My decisions. Wanted from {day}.").format(day=wanted)
    elif one.status is TextStatus.REFUSED:
        yield tr("Not approved by {name} on {day}: {words}").format(**known)
    elif one.status in (TextStatus.APPROVED, TextStatus.WITHDRAWN):
        yield tr("Approved by {name} on {day}.").format(**known)
        if one.effective_from:
            yield tr("Handed out from {day} on.").format(day=plain_date(one.effective_from))
        if one.status is TextStatus.WITHDRAWN:
            yield tr("Withdrawn: {words}").format(**known)
        elif one.words:
            yield tr("Approved in spite of what spoke against it: {words}").format(**known)


def problem_words(problem: Problem) -> str:
    """What to do about a flaw."""
    sentence = tr(REMEDIES[problem.flaw])
    return sentence.format(**problem.params) if problem.params else sentence


def statement_name(number: int) -> str:
    """ "Statement 15, rest and looking back"."""
    if not number:
        return tr("Words of no statement")
    return tr("Statement {number}, {name}").format(number=number, name=STATEMENTS.get(number, ""))


def change_row(one: Changed) -> Row:
    """A statement that says something else: the sentences that went, and those that came."""
    old, new = (" ".join(filter(None, side)) for side in zip(*one.sentences, strict=True))
    was = tr("Was: {words}").format(words=old or tr("nothing"))
    now = tr("Is: {words}").format(words=new or tr("nothing"))
    return Row(statement_name(one.number), was, badge=tr(_CHANGES[one.kind]), note=now)


def counted(lines: Sequence[TextLine]) -> str:
    """ "8 texts, 1 waits for approval"."""
    waiting = sum(one.asked is not None for one in lines)
    parts = (
        tr("%n text(s)", "", len(lines)),
        tr("%n (waits|wait) for approval", "", waiting) if waiting else "",
    )
    return ", ".join(part for part in parts if part)

"""The head of a sheet: whose it is, from which clinic, and what has to be said before anything else."""

from clinic_desktop.aftercare.fields import Gap
from clinic_desktop.aftercare.filling import Filling, has_ink, hours_tied, tied
from clinic_desktop.aftercare.phrases import PHRASES, written
from clinic_desktop.aftercare.template import FieldPart, Template
from clinic_desktop.foundation.document import (
    Align,
    Block,
    Cell,
    Divider,
    Heading,
    Lines,
    Paragraph,
    Run,
    Running,
    Table,
    TextRole,
    Words,
)

_ADDRESS = 50  # letters that stand beside the phone in one line
_NAME = 22  # and beside the day of the visit


_TIE = "\u00a0"
_BORN_AND_VISIT = (0.46, 0.54)
"""Of the width: the birth date has room beside its label, and the day of the visit too."""


def masthead(filling: Filling) -> tuple[Block, ...]:
    """The clinic with its address, and the phone to call; a long address has a line of its own."""
    left: Cell = (Paragraph(_fact(filling, "clinic_name"), TextRole.CALLOUT),)
    address = filling.value("clinic_address")
    line: Cell = ()
    if has_ink(address):
        line = (Paragraph((Run(address, origin="clinic's address"),), TextRole.SMALL),)
    if len(address) <= _ADDRESS:
        left, line = left + line, ()
    return Table(((left, _main_phone(filling)),), (0.58, 0.42), lines=Lines.NONE), *line, Divider(heavy=True)


def title(template: Template) -> Block:
    return Heading(1, (Run(template.front.title),))


def identity(template: Template, filling: Filling) -> Block:
    """Who the sheet is for, and what has to be said of the text. A long name has a line of its own.

    A missing birth date is a line to fill in, a missing name refuses.
    """
    words = filling.phrases
    patient = _labelled(filling, words.patient, _fact(filling, "patient_name"))
    born = _labelled(filling, words.born, _fact(filling, "birth_date", Gap.LINE))
    visit = _labelled(filling, words.visit, _fact(filling, "visit_date"))
    told = notices(template, filling)
    long = len(filling.facts.patient_name) > _NAME
    if filling.facts.large_print:
        lines = (patient, _one_line(born, visit)) if long else (_one_line(patient, born, visit),)
        return Table((((*lines, *_in_one(told, words.marks.stop)),),), (1.0,), lines=Lines.NONE)
    if long:
        below = Table((((born,), (visit,)),), _BORN_AND_VISIT, lines=Lines.NONE)
        return Table((((patient, below, *_in_one(told, words.marks.stop)),),), (1.0,), lines=Lines.NONE)
    return Table((((patient,), (visit,)), ((born,), _told(*told))), _BORN_AND_VISIT, lines=Lines.NONE)


def _one_line(*labelled: Paragraph) -> Paragraph:
    """One behind the other: side by side, large letters would break each of them. A label goes with what it
    says."""
    apart = Run(f"{_TIE}{_TIE} ")
    return Paragraph(tuple(word for one in labelled for word in (*one.words, apart))[:-1])


def draft_line(template: Template, filling: Filling) -> Cell:
    """For a page that is in nobody's name."""
    return () if template.approved else _told(Run(filling.phrases.draft, bold=True))


def notices(template: Template, filling: Filling) -> list[Run]:
    """What has to be said of the text itself: that it is a draft, and that the patient reads another language
    than the text's: in that language too, where we have its words [H7] [H8]."""
    told: list[Run] = []
    if not template.approved:
        told.append(Run(filling.phrases.draft, bold=True))
    reads = written(filling.facts.language)
    if reads != template.front.language:
        told.append(Run(filling.phrases.interpreter, bold=True))
        if own := PHRASES.get(reads):
            told.append(Run(own.interpreter, bold=True, origin="interpreter notice", lang=reads))
    return told


def _told(*notices: Run) -> Cell:
    return tuple(Paragraph((one,), TextRole.SMALL) for one in notices)


def _in_one(notices: list[Run], stop: str) -> Cell:
    """One behind the other; those that are no sentence get their stop."""
    words: list[Run] = []
    for one in notices:
        if words:
            words.append(Run(" " if words[-1].text.endswith((".", "。")) else stop, bold=True))
        words.append(one)
    return (Paragraph(tuple(words), TextRole.SMALL),) if words else ()


def running_head(filling: Filling) -> Running:
    """For the pages after the first."""
    comma = filling.phrases.marks.comma
    visit = Run(comma + filling.value("visit_date"))
    clinic = Run(filling.facts.clinic.name, origin="clinic's name")
    phone = Run(filling.value("clinic_phone"), bold=True, origin="clinic's phone")
    return Running((*_fact(filling, "patient_name"), visit), (clinic, Run(comma), phone))


def _main_phone(filling: Filling) -> Cell:
    if not filling.facts.clinic.phones:
        return ()
    phone = filling.facts.clinic.phones[0]
    number = Run(tied(phone.number), origin="clinic's phone")
    told: Cell = (Paragraph((number,), TextRole.CALLOUT, Align.RIGHT),)
    if has_ink(phone.hours):
        hours = Run(hours_tied(phone.hours), origin="hours of the clinic's phone")
        told += (Paragraph((hours,), TextRole.SMALL, Align.RIGHT),)
    return told


def _labelled(filling: Filling, label: str, words: Words) -> Paragraph:
    said = label + filling.phrases.marks.colon
    return Paragraph((Run(tied(said) if filling.facts.large_print else said), *words))


def _fact(filling: Filling, name: str, gap: Gap = Gap.BLOCK) -> Words:
    return filling.words((FieldPart(name, gap, bold=True),))

"""The head of a sheet: whose it is, from which clinic, and what has to be said before anything else."""

from clinic_desktop.aftercare.fields import Gap
from clinic_desktop.aftercare.filling import Filling, has_ink, tied
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
_NAME, _LARGE_NAME = 22, 12  # and beside the day of the visit


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
    notices = _notices(template, filling)
    if len(filling.facts.patient_name) > (_LARGE_NAME if filling.facts.large_print else _NAME):
        below = Table(((born, visit),), (0.42, 0.58), lines=Lines.NONE)
        return Table(
            (((*patient, below, *_told(words.marks.stop.join(notices))),),), (1.0,), lines=Lines.NONE
        )
    return Table(((patient, visit), (born, _told(*notices))), (0.42, 0.58), lines=Lines.NONE)


def draft_line(template: Template, filling: Filling) -> Cell:
    """For a page that is in nobody's name."""
    return () if template.approved else _told(filling.phrases.draft)


def _notices(template: Template, filling: Filling) -> list[str]:
    """That the text is a draft, and that the patient reads another language than the text's."""
    told: list[str] = []
    if not template.approved:
        told.append(filling.phrases.draft)
    if filling.facts.language != template.front.language:
        told.append(filling.phrases.interpreter)
    return told


def _told(*notices: str) -> Cell:
    return tuple(Paragraph((Run(one, bold=True),), TextRole.SMALL) for one in notices if one)


def running_head(filling: Filling) -> Running:
    """For the pages after the first."""
    comma = filling.phrases.marks.comma
    visit = Run(comma + filling.value("visit_date"))
    clinic = Run(filling.facts.clinic.name + comma, origin="clinic's name")
    phone = Run(filling.value("clinic_phone"), bold=True, origin="clinic's phone")
    return Running((*_fact(filling, "patient_name"), visit), (clinic, phone))


def _main_phone(filling: Filling) -> Cell:
    if not filling.facts.clinic.phones:
        return ()
    phone = filling.facts.clinic.phones[0]
    number = Run(tied(phone.number), origin="clinic's phone")
    told: Cell = (Paragraph((number,), TextRole.CALLOUT, Align.RIGHT),)
    if has_ink(phone.hours):
        hours = Run(phone.hours, origin="hours of the clinic's phone")
        told += (Paragraph((hours,), TextRole.SMALL, Align.RIGHT),)
    return told


def _labelled(filling: Filling, label: str, words: Words) -> Cell:
    return (Paragraph((Run(label + filling.phrases.marks.colon), *words)),)


def _fact(filling: Filling, name: str, gap: Gap = Gap.BLOCK) -> Words:
    return filling.words((FieldPart(name, gap, bold=True),))

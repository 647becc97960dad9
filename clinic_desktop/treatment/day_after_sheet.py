"""The check-in calls on paper, below the call list: a line for each call that is not done."""

from collections.abc import Iterable, Sequence

from clinic_desktop.foundation.document import Block, Cell, Heading, Paragraph, Table, TextRole, text
from clinic_desktop.foundation.words import plain_date, short_date
from clinic_desktop.scheduling.day_after import QUESTIONS
from clinic_desktop.treatment.day_after_list import AfterRow

_WIDTHS = (0.9, 2.3, 1.75, 3.2, 2.1)
_HEADER = ("Treated", "Patient", "Phone", "Ask, and circle each yes", "Tried at, and what was said")
_BOX = "[   ]"
_FIRST = "Check-in calls. A circled line goes to a prescriber at once. Thoughts of suicide: 988; danger: 911."


def after_blocks(rows: Iterable[AfterRow]) -> Sequence[Block]:
    """What is still to be called; nothing where nobody is."""
    left = [one for one in rows if not one.done]
    if not left:
        return ()
    header = tuple((Paragraph(text(one, bold=True), TextRole.SMALL),) for one in _HEADER)
    table = Table(tuple(_row(one) for one in left), _WIDTHS, header, row_ems=2.6)
    return Heading(2, text("The day after")), Paragraph(text(_FIRST, bold=True)), table


def _row(row: AfterRow) -> tuple[Cell, ...]:
    patient = row.patient
    born = f"born {plain_date(patient.birth_date)}" if patient.birth_date else "no birth date on record"
    alike = f"Similar name: {'; '.join(row.alike)}" if row.alike else ""
    ended = str(row.visit.state).upper() if row.out_of_turn else ""
    phones = [" ".join((one.number, one.label)).strip() for one in patient.phones] or ["no phone on record"]
    voicemail = "voicemail allowed" if patient.permissions.voicemail else "NO voicemail"
    asked = "; ".join(QUESTIONS[code].name for code in row.to_ask)
    tried = f"tried: {row.tries}" if row.tries else ""
    return (
        _cell(short_date(row.visit.day), ended),
        _cell(patient.name, born, row.type.name, alike),
        _cell(*phones, voicemail),
        _cell("", asked),
        _cell("", tried, f"{_BOX} all no   {_BOX} no answer   {_BOX} message"),
    )


def _cell(first: str, *more: str) -> Cell:
    lead = (Paragraph(text(first, bold=True)),) if first else ()
    return (*lead, *(Paragraph(text(one), TextRole.SMALL) for one in more if one))

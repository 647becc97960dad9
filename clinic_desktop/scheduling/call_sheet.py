"""The call list on paper: a line for each call, with boxes to tick by hand."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby

from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.document import (
    Block,
    Cell,
    Document,
    Footer,
    Heading,
    PageSize,
    Paragraph,
    Running,
    Table,
    TextRole,
    text,
)
from clinic_desktop.foundation.words import clock_time, long_date, near_date, plain_date, short_date
from clinic_desktop.people.languages import ENGLISH, language_name
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.call_list import MISSING, CallRow, Span
from clinic_desktop.scheduling.model import Setup

TITLE = "Call list"
_BODY_PT = 10.0
_WIDTHS = (0.75, 2.3, 1.75, 1.9, 1.15, 2.4)
_HEADER = ("Time", "Patient", "Phone", "Driver", "Yes", "Tried at, and what was said")
_BOX = "[   ]"  # drawn from signs that every font has
_SPANS = {
    Span.TODAY: "Still to come today",
    Span.NEXT: "Confirm the visit and the driver",
    Span.AFTER: "Drivers only, two business days ahead",
}
_FIRST = "Ask for the date of birth before anything is said. Name no treatment on a voicemail."


def call_sheet(
    rows: Iterable[CallRow],
    setup: Setup,
    now: datetime,
    by: str,
    more: Sequence[Block] = (),
    *,
    whole_day: bool = False,
) -> Document:
    """What is still to be called, as it stands now, by day and in the order of calling; then ``more``.
    whole_day: of the first day everybody, also who is settled, for whom nobody can look up a phone number
    then."""
    open_rows = [one for one in rows if not one.done or (whole_day and one.span is Span.TODAY)]
    at = local_time(now, setup.clinic.zone)
    made = f"Printed {long_date(at.day)}, {clock_time(at.minute)}" + (f", by {by}" if by else "")
    blocks: list[Block] = [Heading(1, text(TITLE)), Paragraph(text(_FIRST, bold=True))]
    if not open_rows:
        blocks.append(Paragraph(text("No calls are left.")))
    for (span, day), some in groupby(_by_day(open_rows), key=lambda one: (one.span, one.visit.day)):
        blocks.append(Heading(2, text(f"{near_date(day)}: {_SPANS[span]}")))
        blocks.append(_table(list(some)))
    blocks += more
    told = "All of the day, and open calls after it" if whole_day else "Open calls only"
    filters = f"{setup.clinic.name}. {told}: {len(open_rows)}."
    return Document(
        title=TITLE,
        language=ENGLISH,
        blocks=tuple(blocks),
        page_size=PageSize(setup.policies.sheet_page),
        landscape=True,
        body_pt=_BODY_PT,
        running=Running(text(TITLE), text(made)),
        footer=Footer((filters, made)),
    )


def _by_day(rows: list[CallRow]) -> list[CallRow]:
    """Day by day; inside a day the order of calling stays."""
    return sorted(rows, key=lambda one: (list(Span).index(one.span), one.visit.day))


def _table(rows: list[CallRow]) -> Table:
    header = tuple((Paragraph(text(one, bold=True), TextRole.SMALL),) for one in _HEADER)
    return Table(tuple(_row(one) for one in rows), _WIDTHS, header, row_ems=2.6)


def _row(row: CallRow) -> tuple[Cell, ...]:
    return (
        _cell(clock_time(row.visit.minute), "HELD" if row.held else ""),
        _cell(row.patient.name, *_who(row)),
        _cell(*_phones(row.patient)),
        _cell(*_driver(row)),
        _cell("", *(f"{_BOX} {one}" for one in row.todo), "settled" if row.done else ""),
        _cell("", *_tried(row), f"{_BOX} no answer   {_BOX} message   {_BOX} moves"),
    )


def _cell(first: str, *more: str) -> Cell:
    lead = (Paragraph(text(first, bold=True)),) if first else ()
    return (*lead, *(Paragraph(text(one), TextRole.SMALL) for one in more if one))


def _who(row: CallRow) -> Iterator[str]:
    born = row.patient.birth_date
    yield f"born {plain_date(born)}" if born else "no birth date on record"
    yield row.type.name
    if row.alike:
        yield f"Similar name: {'; '.join(row.alike)}"


def _phones(patient: Patient) -> Iterator[str]:
    yield patient.phones[0].number if patient.phones else "no phone on record"
    for one in patient.phones[1:]:
        yield " ".join((one.number, one.label)).strip()
    allowed = patient.permissions
    yield "voicemail allowed" if allowed.voicemail else "NO voicemail"
    if patient.language != ENGLISH:
        yield f"Interpreter: {language_name(patient.language)}"


def _driver(row: CallRow) -> Iterator[str]:
    plan = row.visit.plan
    if not row.driver:
        yield ""
        yield "not needed"
    elif row.driver == MISSING or plan is None:
        yield "NO DRIVER" if row.red else "No driver yet"
    else:
        yield plan.name or str(plan.kind)
        yield plan.phone
        yield row.driver


def _tried(row: CallRow) -> Iterator[str]:
    for one in row.attempts[-2:]:
        at = local_time(one.at, row.visit.zone) if one.at else None
        when = f"{short_date(at.day)} {clock_time(at.minute)}: " if at else ""
        yield f"{when}{one.outcome}" + (f" ({one.note})" if one.note else "")

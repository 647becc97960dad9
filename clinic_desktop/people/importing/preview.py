"""A list of patients as it would be imported: looked at before anything is kept."""

from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from clinic_desktop.foundation.rulebook import Finding, Param, Word
from clinic_desktop.people.importing import rules
from clinic_desktop.people.importing.columns import DateOrder, Mapping, recognise, recognised_count
from clinic_desktop.people.importing.dates import DateReader, Decision, Witness, decide
from clinic_desktop.people.importing.encodings import decode
from clinic_desktop.people.importing.fields import DATES, Field
from clinic_desktop.people.importing.names import without_added_digits
from clinic_desktop.people.importing.reading import Row, rows_of, separator_of, without_named_separator
from clinic_desktop.people.importing.rows import Outcome, PatientDraft, RowReader
from clinic_desktop.people.importing.rules import RowProblem
from clinic_desktop.people.importing.systems import SYNTHEA, system_of

_HEADING_WITHIN = 10  # rows; some systems put a title above
MOST_ROWS = 200_000  # many lines that hold next to nothing take far more room than the file
_NOTHING_KNOWN = Mapping()


@dataclass(frozen=True, slots=True)
class Preview:
    """What the list holds. ``questions`` are to be answered first; until then ``rows`` is empty.

    read: rows below the heading that hold anything. rows: those that can be kept. problems: why the
    others cannot. notes: what was done with the list. date_order: None while nobody knows; date_row: the
    row that decided it, 0 for none.
    """

    rows: tuple[PatientDraft, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    notes: tuple[Finding, ...] = ()
    questions: tuple[Finding, ...] = ()
    mapping: Mapping = _NOTHING_KNOWN
    headings: tuple[str, ...] = ()
    encoding: str = ""
    separator: str = ""
    date_order: DateOrder | None = None
    date_row: int = 0
    source: str = ""
    read: int = 0

    @property
    def ready(self) -> bool:
        """Whether nothing has to be asked."""
        return not self.questions


def preview(
    data: bytes,
    today: date,
    told: Map[str, str] | None = None,
    date_order: DateOrder | None = None,
    encoding: str | None = None,
) -> Preview:
    """Read a list. What it does not say itself can be told: columns as in :func:`recognise`, the
    order of dates, the encoding. Raises :class:`BadInput` when a told column or field does not exist."""
    decoded = decode(data, encoding)
    separator, rows = _rows(decoded.text)
    lost = [Finding(rules.CHARACTERS_LOST, {"count": decoded.damaged})] if decoded.damaged else []
    start = Preview(encoding=decoded.encoding, separator=separator, notes=tuple(lost))
    if len(rows) > MOST_ROWS:
        return replace(start, questions=(Finding(rules.TOO_MANY_ROWS, {"most": MOST_ROWS}),))
    if len(rows) < 2:
        return replace(start, questions=(Finding(rules.NOTHING_TO_READ),))
    heading = _heading(rows)
    return _read(start, rows[heading], rows[heading + 1 :], today, told, date_order)


def table_of(data: bytes) -> tuple[Row, Sequence[Row]]:
    """The heading of a list and its rows, as they stand."""
    _, rows = _rows(decode(data).text)
    heading = _heading(rows)
    return rows[heading], rows[heading + 1 :]


def _rows(text: str) -> tuple[str, list[Row]]:
    separator = separator_of(text, recognised_count)
    return separator, list(islice(rows_of(without_named_separator(text), separator), MOST_ROWS + 1))


def _heading(rows: Sequence[Row]) -> int:
    """Where the heading stands: the row with most known headings, the first of equals."""
    return max(range(min(_HEADING_WITHIN, len(rows))), key=lambda at: recognised_count(rows[at].cells))


def _read(
    start: Preview,
    heading: Row,
    rows: Sequence[Row],
    today: date,
    told: Map[str, str] | None,
    date_order: DateOrder | None,
) -> Preview:
    mapping = recognise(heading.cells, told)
    decision = decide(_dated(rows, mapping), today, date_order or mapping.date_order)
    source = system_of(heading.cells)
    known = replace(
        start,
        mapping=mapping,
        headings=heading.cells,
        date_order=decision.order,
        date_row=decision.witness.row if decision.witness and decision.order else 0,
        source=source,
        read=len(rows),
        questions=tuple(_questions(mapping, decision, heading.cells)),
    )
    if known.questions:
        return replace(known, notes=(*start.notes, *_notes_on_columns(mapping, heading)))
    dates = DateReader(today, decision.order or DateOrder.MONTH_FIRST)
    reader = RowReader(heading.cells, mapping, dates, source, strip_digits=source == SYNTHEA)
    outcomes = [reader.read(row) for row in rows]
    notes = [*start.notes, *_notes_on_columns(mapping, heading)]
    notes += _notes_on_rows(known, decision, dates, rows, outcomes)
    return replace(
        known,
        rows=tuple(outcome.draft for outcome in outcomes if outcome.draft),
        problems=tuple(problem for outcome in outcomes for problem in outcome.problems),
        notes=tuple(notes),
    )


def _dated(rows: Sequence[Row], mapping: Mapping) -> list[tuple[int, str]]:
    places = [at for field in DATES for at in mapping.places(field)]
    cells = ((row, at) for row in rows for at in places if at < len(row.cells))
    return [(row.number, row.cells[at]) for row, at in cells if row.cells[at].strip()]


def _questions(mapping: Mapping, decision: Decision, headings: Sequence[str]) -> list[Finding]:
    asked = [
        Finding(rules.COLUMN_UNCLEAR, {"column": column.heading, "fields": tuple(column.candidates)})
        for column in mapping.ambiguous
    ]
    if not mapping.has_name and not mapping.may_have_name:
        asked.append(Finding(rules.NAME_COLUMNS, {"example": f'"{headings[0]}={Field.FAMILY_NAME}"'}))
    if decision.order is None and decision.unclear:
        unclear = decision.unclear
        params: dict[str, Param] = {
            "column": _date_column(mapping),
            "value": unclear.text,
            "month_first": unclear.month_first.isoformat(),
            "day_first": unclear.day_first.isoformat(),
        }
        asked.append(_dates_asked(decision.witness, params))
    return asked


def _date_column(mapping: Mapping) -> str:
    return next((one.heading for one in mapping.known if one.field in DATES), "")


def _dates_asked(witness: Witness | None, params: dict[str, Param]) -> Finding:
    """Nobody says what stands first, or too few do."""
    if witness is None:
        return Finding(rules.DATES_UNCLEAR, params)
    return Finding(rules.DATES_UNSURE, {**params, **_told_of(witness)})


def _told_of(witness: Witness) -> dict[str, Param]:
    return {
        "row": witness.row,
        "witness": witness.text,
        "witnesses": witness.count,
        "unclear": witness.unclear,
    }


def _note_on_dates(decision: Decision, dates: DateReader) -> list[Finding]:
    """How dates of numbers alone were read, and what decided it; nothing where none reads both ways."""
    first = Word("month") if dates.order is DateOrder.MONTH_FIRST else Word("day")
    if decision.witness is not None:
        return [Finding(rules.DATES_BY_ROW, {"first": first, **_told_of(decision.witness)})]
    return [Finding(rules.DATES_AS_SAID, {"first": first})] if decision.told else []


def _notes_on_columns(mapping: Mapping, heading: Row) -> list[Finding]:
    notes = []
    if heading.number > 1:
        notes.append(Finding(rules.LINES_ABOVE, {"row": heading.number}))
    if mapping.dropped:
        notes.append(Finding(rules.COLUMNS_DROPPED, {"columns": mapping.dropped}))
    if mapping.unknown:
        notes.append(Finding(rules.COLUMNS_UNKNOWN, {"columns": mapping.unknown}))
    return notes


def _notes_on_rows(
    known: Preview, decision: Decision, dates: DateReader, rows: Sequence[Row], outcomes: Sequence[Outcome]
) -> list[Finding]:
    notes = []
    if known.source == SYNTHEA:
        notes += _digits_stripped(known.mapping, rows)
    if known.mapping.places(Field.FULL_NAME):
        notes.append(Finding(rules.NAMES_SPLIT))
    notes += _note_on_dates(decision, dates)
    if decision.two_digit_years:
        first, last = dates.century
        notes.append(Finding(rules.TWO_DIGIT_YEARS, {"first": first, "last": last}))
    return [*notes, *(note for outcome in outcomes for note in outcome.notes)]


def _digits_stripped(mapping: Mapping, rows: Sequence[Row]) -> list[Finding]:
    """The note on added digits, with the first name that had any."""
    places = (*mapping.places(Field.GIVEN_NAME), *mapping.places(Field.FAMILY_NAME))
    names = (row.cells[at] for row in rows for at in places if at < len(row.cells))
    example = next((name for name in names if name != without_added_digits(name)), None)
    if example is None:
        return []
    return [Finding(rules.DIGITS_STRIPPED, {"example": example, "result": without_added_digits(example)})]

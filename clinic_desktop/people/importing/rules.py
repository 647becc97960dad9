"""What an import says: why a row stays out, what to answer first, and what was done with the list."""

from dataclasses import dataclass

from clinic_desktop.foundation.rulebook import Finding, Rule, Severity


def _refusal(code: str, sentence: str) -> Rule:
    return Rule(code, "decision: import", Severity.LOCKED, sentence)


def _note(code: str, sentence: str) -> Rule:
    return Rule(code, "decision: import", Severity.WARNING, sentence)


ROW_TOO_LONG = _refusal(
    "import-row-long",
    "This row has {cells} cells, the heading has {columns}. "
    "Put quotation marks around the cell that holds the separator.",
)
ROW_TOO_SHORT = _refusal(
    "import-row-short",
    "This row ends before the column {column}. Put it on one line with all its cells.",
)
QUOTE_OPEN = _refusal("import-quote", "A quotation mark in this row is not closed. Close it or take it out.")
NAME_MISSING = _refusal("import-name", "No name in this row. Add a first or a last name.")
NAME_UNREADABLE = _refusal("import-name-letters", "{value} is not a name. Check the columns of this row.")
DATE_UNREADABLE = _refusal("import-date", "{value} is not a date. Write it as {example}.")

NO_COLUMN = _refusal("import-no-column", "There is no column {column}. The columns are: {columns}.")
IDENTITY_COLUMN = _refusal(
    "import-identity-column", "{column} holds identity numbers. The clinic does not keep those."
)
NO_FIELD = _refusal("import-no-field", "{answer} is not a field. The fields are: {fields}.")
NAME_COLUMNS = _refusal(
    "import-name-columns",
    "No column was recognized as the name. Say which one it is, for example {example}.",
)
COLUMN_UNCLEAR = _refusal("import-column", "{column} could be {fields}. Say which one it is.")
DATES_UNCLEAR = _refusal(
    "import-date-order",
    "{value} could be {month_first} or {day_first}, and no row says which. "
    "Say whether the month or the day stands first.",
)
DATES_UNSURE = _refusal(
    "import-date-witness",
    "{value} could be {month_first} or {day_first}. Rows that say which: {witnesses}, the first is row {row} "
    "({witness}). Rows that could be either: {unclear}. Say whether the month or the day stands first.",
)
DATE_QUESTIONS = (DATES_UNCLEAR, DATES_UNSURE)
LIST_TOO_LARGE = _refusal(
    "import-too-large",
    "This file has more than {most} MB. Is it the list? If so, part it into several and import one after the "
    "other.",
)
TOO_MANY_ROWS = _refusal(
    "import-rows", "This list has more than {most} rows. Part it into several and import one after the other."
)
NOTHING_TO_READ = _refusal("import-empty", "There are no patients in this file.")

COLUMNS_DROPPED = _note("import-identity-columns", "Identity numbers are never kept. Left out: {columns}.")
NUMBERS_DROPPED = _note(
    "import-identity-numbers",
    "Row {row}: what looked like a social security, licence or passport number in {field} was left out.",
)
COLUMNS_UNKNOWN = _note("import-columns-unknown", "Not read, there is no place for them: {columns}.")
DIGITS_STRIPPED = _note(
    "import-synthea-digits",
    "This list was made by Synthea, which adds digits to names. They were taken off: "
    "{example} reads {result}.",
)
NAMES_SPLIT = _note(
    "import-names-split", "First and last names stand in one column and were split. Look them over."
)
DATES_BY_ROW = _note(
    "import-dates-by-row",
    "Dates are read with the {first} first: row {row} ({witness}) can be read no other way. "
    "Rows like it: {witnesses}. Rows that could be either: {unclear}.",
)
DATES_AS_SAID = _note(
    "import-dates-as-said", "Dates are read with the {first} first, as you or the heading of the column say."
)
TWO_DIGIT_YEARS = _note("import-two-digit-years", "Years of two digits are read as {first} to {last}.")
KEPT_IN_NOTES = _note(
    "import-kept-in-notes", "Row {row}: {value} was not understood as {field}. It stands in the notes."
)
CHARACTERS_LOST = _note("import-characters", "{count} characters could not be read. They show as \ufffd.")
LINES_ABOVE = _note("import-lines-above", "The heading is row {row}. What stands above was not read.")

RULES: tuple[Rule, ...] = tuple(value for value in dict(vars()).values() if isinstance(value, Rule))


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row of the list is not imported. ``row`` counts as a spreadsheet does: the heading of a
    plain list is row 1. ``field`` is the patient's field, or empty for the row as a whole. ``who``: the
    name that stands in the row, where one can be read."""

    row: int
    field: str
    finding: Finding
    who: str = ""

    @property
    def message(self) -> str:
        return self.finding.sentence()

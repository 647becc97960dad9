"""Tables as CSV that a spreadsheet shows and never runs."""

import csv
import io
from collections.abc import Iterable, Sequence

# What a spreadsheet takes for the beginning of a formula, in wide East Asian form too.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_cell(value: object) -> str:
    """A value as the text of a cell; None is empty. Text that a spreadsheet would run as a formula
    gets an apostrophe before it, also behind blanks. Numbers stay numbers."""
    if value is None:
        return ""
    text = str(value)
    if isinstance(value, int | float):
        return text
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) or text.lstrip().startswith(_FORMULA_SIGNS) else text


def from_csv_cell(cell: str) -> str:
    """The text that :func:`csv_cell` made this cell of: the apostrophe is no part of it."""
    return cell[1:] if cell.startswith("'") and csv_cell(cell[1:]) == cell else cell


def write_csv(rows: Iterable[Sequence[object]]) -> str:
    """The rows as CSV text, each line ended as RFC 4180 says."""
    out = io.StringIO()
    csv.writer(out).writerows([csv_cell(value) for value in row] for row in rows)
    return out.getvalue()

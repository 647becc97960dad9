"""Text as rows of cells: the separator, quotation marks right and wrong, lines of any ending."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from clinic_desktop.foundation.csv_out import from_csv_cell

SEPARATORS = (",", ";", "\t", "|")
_LOOK = 50  # rows
_LINE_END = re.compile(r"\r\n|\r|\n")
_NAMED_SEPARATOR = re.compile(r"sep=(.)(?:\r\n|\r|\n|\Z)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not empty. ``number`` counts as a spreadsheet does, from 1, empty rows too.
    ``quote_open``: a quotation mark was opened and not closed; the marks were read as they stand."""

    number: int
    cells: tuple[str, ...]
    quote_open: bool = False


def rows_of(text: str, separator: str) -> Iterator[Row]:
    """The rows of the text that hold anything. The apostrophe that keeps a spreadsheet from running a cell
    is no part of it: "'+1 512 555 0142" is a phone."""
    reader = _Reader(text, separator)
    for number, (cells, quote_open) in enumerate(reader.rows(), 1):
        if any(cell and not cell.isspace() for cell in cells):
            yield Row(number, tuple(map(from_csv_cell, cells)), quote_open)


def separator_of(text: str, recognised: Callable[[Sequence[str]], int]) -> str:
    """The separator under which most headings are recognised; failing that, the one that cuts most
    rows alike. ``recognised`` counts the known headings in a row."""
    named = _NAMED_SEPARATOR.match(text)
    if named:
        return named[1]
    return max(SEPARATORS, key=lambda separator: _fitness(text, separator, recognised))


def without_named_separator(text: str) -> str:
    """The text without a first line such as "sep=;", which keeps its row number."""
    return _NAMED_SEPARATOR.sub("\n", text, count=1) if _NAMED_SEPARATOR.match(text) else text


def _fitness(text: str, separator: str, recognised: Callable[[Sequence[str]], int]) -> tuple[int, int]:
    rows = [row.cells for row in islice(rows_of(text, separator), _LOOK)]
    if not rows:
        return 0, 0
    known = max(recognised(cells) for cells in rows[:10])
    (width, number), *_ = Counter(len(cells) for cells in rows).most_common(1)
    return known, (width - 1) * number


class _Reader:
    """Cuts text into rows. A cell may stand in quotation marks and then hold separators, line ends
    and doubled marks. A mark that does not fit is an ordinary character."""

    def __init__(self, text: str, separator: str) -> None:
        self._text, self._separator = text, separator
        cut = re.escape(separator)
        self._quoted = re.compile(rf' *"((?:[^"]++|"")*+)" *(?=[{cut}\r\n]|\Z)')
        self._bare = re.compile(rf"[^{cut}\r\n]*")
        self._columns = 0

    def rows(self) -> Iterator[tuple[list[str], bool]]:
        at, text = 0, self._text
        while at < len(text):
            end = _LINE_END.search(text, at)
            stop = end.start() if end else len(text)
            if text.find('"', at, stop) < 0:
                cells, quote_open = text[at:stop].split(self._separator), False
                at = end.end() if end else stop
            else:
                cells, quote_open, at = self._row_with_quotes(at)
            self._columns = self._columns or len(cells)
            yield cells, quote_open

    def _row_with_quotes(self, at: int) -> tuple[list[str], bool, int]:
        cells, quote_open = [], False
        while True:
            cell, is_open, at = self._cell(at)
            cells.append(cell)
            quote_open |= is_open
            if self._text[at : at + 1] != self._separator:
                break
            at += 1
        end = _LINE_END.match(self._text, at)
        return cells, quote_open, end.end() if end else at

    def _cell(self, at: int) -> tuple[str, bool, int]:
        quoted = self._quoted.match(self._text, at)
        if quoted and not self._swallows_rows(quoted[1]):
            return quoted[1].replace('""', '"'), False, quoted.end()
        bare = self._bare.match(self._text, at)
        cell = bare[0] if bare else ""
        return cell, cell.lstrip().startswith('"') and cell.count('"') % 2 == 1, at + len(cell)

    def _swallows_rows(self, cell: str) -> bool:
        """Whether a whole row of the list stands inside: the mark was never closed."""
        if self._columns < 3:
            return False
        inner = _LINE_END.split(cell)[1:-1]
        return any(line.count(self._separator) >= self._columns - 1 for line in inner)

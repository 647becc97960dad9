"""The rows of a list that were not imported, to be put right and brought again."""

from collections.abc import Callable, Iterator, Sequence

from clinic_desktop.people.identity_numbers import without_identity_numbers
from clinic_desktop.people.importing.fields import is_identity
from clinic_desktop.people.importing.preview import table_of
from clinic_desktop.people.importing.rules import RowProblem

Says = Callable[[RowProblem], tuple[str, str]]  # the field and what to do, in words


def rejected_rows(
    data: bytes, problems: Sequence[RowProblem], heads: Sequence[str], says: Says
) -> Iterator[Sequence[str]]:
    """The heading and each such row once, as the list has it, behind its number, the fields and what to do.
    ``heads`` are the headings of those three. Identity numbers are not written."""
    heading, rows = table_of(data)
    yield [*heads, *heading.cells]
    said: dict[int, list[tuple[str, str]]] = {}
    for one in problems:
        said.setdefault(one.row, []).append(says(one))
    for row in rows:
        if row.number in said:
            fields, what = zip(*said[row.number], strict=True)
            cells = (_clean(heading.cells, at, cell) for at, cell in enumerate(row.cells))
            yield [str(row.number), "; ".join(dict.fromkeys(fields)), " ".join(dict.fromkeys(what)), *cells]


def _clean(headings: Sequence[str], at: int, cell: str) -> str:
    if at < len(headings) and is_identity(headings[at]):
        return ""
    return without_identity_numbers(cell)

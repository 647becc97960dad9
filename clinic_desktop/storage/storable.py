"""What both databases can hold. A file takes more than a server does: what it took beyond that could never be
moved to one, nor be changed there, and the trail is never rewritten."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Integer, Table

from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.rules import TOO_LARGE, UNSTORABLE
from clinic_desktop.storage.audit import Entry
from clinic_desktop.storage.columns import Compound
from clinic_desktop.storage.typed import Shape

LARGEST = 2**31 - 1
# In JSON text a NUL is written as an escape; the same letters after a backslash of its own are just letters.
_NUL_IN_JSON = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


def row_of(wanted: Shape[Any], record: object) -> list[object]:
    """The row of a record, id first. Raises :class:`BadInput` by field for a NUL in a text or in a value
    of parts, and for a number beyond a server's."""
    row = wanted.row(record)
    if any(map(_is_odd, row)) and (found := dict(_found(wanted.table, row))):
        raise BadInput(found)
    return row


def _is_odd(value: object) -> bool:
    """Looked at quickly: most rows hold nothing of the kind."""
    if isinstance(value, str):
        return "\0" in value or "\\u0000" in value
    return isinstance(value, int) and not -LARGEST - 1 <= value <= LARGEST


def _found(table: Table, row: Sequence[object]) -> Iterable[tuple[str, Finding]]:
    parts, numbers = _kinds(table)
    for name, value in zip(table.c.keys(), row, strict=True):
        if isinstance(value, str) and ("\0" in value or (name in parts and _NUL_IN_JSON.search(value))):
            yield name, Finding(UNSTORABLE)
        elif name in numbers and _is_odd(value):
            yield name, Finding(TOO_LARGE)


@cache
def _kinds(table: Table) -> tuple[frozenset[str], frozenset[str]]:
    """The columns of values of parts, and those of numbers that are not of any size."""
    parts = frozenset(one.name for one in table.c if isinstance(one.type, Compound))
    numbers = (one for one in table.c if isinstance(one.type, Integer))
    return parts, frozenset(one.name for one in numbers if not isinstance(one.type, BigInteger))


def refuse_texts(**texts: str) -> None:
    """Raises :class:`BadInput` by name for plain texts with a NUL."""
    if odd := [name for name, value in texts.items() if "\0" in value]:
        raise BadInput(dict.fromkeys(odd, Finding(UNSTORABLE)))


def refuse_entry(entry: Entry, about: Mapping[str, object]) -> None:
    """The same for what somebody did beside changing a record; ``about`` is what its text was made of."""
    refuse_texts(kind=entry.kind)
    if _is_odd(entry.record_id):
        raise BadInput({"number": Finding(TOO_LARGE)})
    if entry.after is not None and _NUL_IN_JSON.search(entry.after):
        odd = [name for name, value in about.items() if "\0" in str(value)] or ["text"]
        raise BadInput(dict.fromkeys(odd, Finding(UNSTORABLE)))

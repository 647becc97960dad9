"""Whether every record is as the trail says it was left, and the trail tells each story without a break.

An image must name every field. One that an older version wrote does not name what was added since: then the
record has what the revision gave it (``GIVEN``), and never anything else.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from clinic_desktop.security.outage_key import OutageKey
from clinic_desktop.storage.as_read import UNREADABLE
from clinic_desktop.storage.audit import CHANGING, image
from clinic_desktop.storage.revisions import GIVEN
from clinic_desktop.storage.tables import RECORDS
from clinic_desktop.storage.trail_told import Read, Step, Told, proof
from clinic_desktop.storage.typed import Shape, shape

_PAGE, _IMAGES_PAGE, _AT_ONCE = 200, 500, 100
_LAST = 2**63 - 1  # no number of a record is higher
# A row of the trail that holds an image: what somebody did beside changing a record holds none.
_CHANGING = ", ".join(f"'{one}'" for one in sorted(CHANGING))
IMAGES = f"{{a}}.id > 0 AND {{a}}.change_number > 0 AND {{a}}.action IN ({_CHANGING})"
# Bounded by numbers at both ends: no database reads more for a page, whatever it knows of the trail.
_STORIES = (
    'SELECT a.id, a.kind, a.record_id, a.action, a."before", a."after", a.change_number FROM audit a'
    " WHERE a.kind = ? AND a.record_id >= ? AND a.record_id <= ? AND (a.record_id > ? OR a.id > ?)"
    f" ORDER BY a.record_id, a.id LIMIT {_IMAGES_PAGE}"
)
_NEXT = "SELECT min(record_id) FROM audit WHERE kind = ? AND record_id > ?"


def records(read: Read) -> Iterator[Step]:
    """Records that are not as their last image says, that the trail does not know, or that are gone; and
    images that do not go on from the one before."""
    for kind in RECORDS:
        yield _unnumbered(read, kind)
        number: int | None = 0
        while number is not None:
            found, number = _page_of(read, kind, number)
            yield found
        if kind is OutageKey:  # left out of a server's backups; whoever wants one makes another
            continue
        yield _gone(read, kind)
        yield from _stories(read, RECORDS[kind].name)


def _unnumbered(read: Read, kind: type[Any]) -> Step:
    """Records with a number below any that the database gives."""
    wanted, name = shape(kind), RECORDS[kind].name
    query = f"SELECT {wanted.columns()} FROM {name} WHERE id < 1 ORDER BY id LIMIT {_AT_ONCE}"
    with read() as one:
        rows = one.rows(query)
    said = "{name} {number}: no record has such a number."
    return [
        Told("records", said.format(name=name, number=row[0]), proof("number", name, *row)) for row in rows
    ]


def _page_of(read: Read, kind: type[Any], after: int) -> tuple[Step, int | None]:
    wanted, name = shape(kind), RECORDS[kind].name
    query = (
        f'SELECT {wanted.columns("r")}, a.action, a."after" FROM {name} r LEFT JOIN audit a ON a.id ='
        f" (SELECT max(x.id) FROM audit x WHERE x.kind = '{name}' AND x.record_id = r.id"
        f" AND {IMAGES.format(a='x')}) WHERE r.id > ? ORDER BY r.id LIMIT {_PAGE}"
    )
    with read() as one:
        rows = one.rows(query, [after])
    said = (_differs(wanted, name, row) for row in rows)
    return [one for one in said if one], rows[-1][0] if len(rows) == _PAGE else None


def _differs(wanted: Shape[Any], name: str, row: Sequence[Any]) -> Told | None:
    """``row``: the record's columns, and what was done last to it and its image of then."""
    number, (*columns, action, kept) = row[0], row
    as_written = False
    try:
        record = wanted.record(row)
        now = image(record)
        same = kept is not None and (now == kept or agree(name, now, kept))
        # A guard may take another spelling of the same value for another one: 2 for true, a key twice.
        as_written = wanted.row(record) == columns
    except UNREADABLE as problem:
        now, same = f"{type(problem).__name__}: {problem}", False  # no value that the program writes
    if same and as_written:
        return None
    if same:
        why, now = "it is not written as the program writes it", repr(columns)
    elif action is None:
        why = "nothing in the trail says that it was written"
    elif kept is None:
        why = "it is there, and was taken away by the trail"
    else:
        why = "it is not as the trail says it was left"
    return Told("records", f"{name} {number}: {why}.", proof(name, number, now, action, kept))


def agree(name: str, one: str, other: str) -> bool:
    """Whether two images say the same of a record. Raises what is in ``UNREADABLE`` for what is no image."""
    return _named(name, json.loads(one)) == _named(name, json.loads(other))


def _named(name: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    return {**_given(name), **fields}


@cache
def _given(name: str) -> Mapping[str, Any]:
    return {column: value for (table, column), value in GIVEN.items() if table == name}


def _gone(read: Read, kind: type[Any]) -> Step:
    name = RECORDS[kind].name
    query = (
        f"SELECT a.record_id, a.hash FROM audit a WHERE a.kind = '{name}' AND {IMAGES.format(a='a')}"
        " AND a.action <> 'remove'"
        f" AND NOT EXISTS (SELECT 1 FROM {name} r WHERE r.id = a.record_id)"
        " AND NOT EXISTS (SELECT 1 FROM audit l WHERE l.kind = a.kind AND l.record_id = a.record_id"
        f" AND {IMAGES.format(a='l')} AND l.id > a.id) ORDER BY a.record_id LIMIT {_AT_ONCE}"
    )
    with read() as one:
        found = one.rows(query)
    gone = "{name} {number}: it is gone, and the trail has it."
    return [
        Told("records", gone.format(name=name, number=number), proof("gone", name, number, hashed))
        for number, hashed in found
    ]


Image = tuple[int, str, int, str, str | None, str | None]  # entry, kind, record, action, before, after


def _stories(read: Read, kind: str) -> Iterator[Step]:
    """The images of each record of a kind, one after the other."""
    until = 0
    while True:
        with read() as one:
            ((record_id,),) = one.rows(_NEXT, [kind, until])
        if not isinstance(record_id, int):
            return
        until = min(record_id + _PAGE - 1, _LAST)
        yield from _stories_of(read, kind, record_id, until)


def _stories_of(read: Read, kind: str, record_id: int, until: int) -> Iterator[Step]:
    last: Image | None = None
    number, full = 0, True
    while full:
        with read() as one:
            rows = one.rows(_STORIES, [kind, record_id, until, record_id, number])
        found: Step = []
        for row in rows:
            number, _, record_id, action, _, _, change = row
            if isinstance(change, int) and change > 0 and action in CHANGING:
                found += _goes_on(row[:6], last if last is not None and last[2] == record_id else None)
                last = row[:6]
        yield found
        full = len(rows) == _IMAGES_PAGE


def _goes_on(row: Image, last: Image | None) -> Step:
    """Whether an entry has the images of what was done, and goes on from what the one before left."""
    number, kind, record_id, does, before, after = row
    action, kept = (None, None) if last is None else (last[3], last[5])
    if (before is None, after is None) != (does == "add", does == "remove"):
        return [_says_nothing(row)]
    if before is None and kept is None:
        return []
    if last is None or before is None or kept is None or not _agrees(kind, before, kept):
        said = f"{kind} {record_id}: before entry {number} it was not as the trail says it was left."
        # As of the record when it stood like that: what was accepted then is accepted.
        return [Told("records", said, proof(kind, record_id, before, action, kept))]
    # The last image of all is held against the record itself.
    return [] if _whole(kind, record_id, kept) else [_says_nothing(last)]


def _says_nothing(row: Image) -> Told:
    number, kind, record_id, *_ = row
    said = f"{kind} {record_id}: entry {number} does not say what was written."
    return Told("records", said, proof("image", *row))


def _agrees(kind: str, before: str, kept: str) -> bool:
    try:
        return before == kept or agree(kind, before, kept)
    except UNREADABLE:
        return False


def _whole(kind: str, record_id: int, kept: str) -> bool:
    """Whether an image names all fields of the record."""
    try:
        fields = _named(kind, json.loads(kept))
    except UNREADABLE:
        return False
    return fields.get("id") == record_id and fields.keys() == _FIELDS[kind]


_FIELDS = {table.name: frozenset(table.c.keys()) for table in RECORDS.values()}

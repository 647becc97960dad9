"""Whether the trail holds, and whether every record is as the trail says it was left.

In steps of one page each, so that it can be done beside the day's work: each step reads on its own and
takes a few milliseconds. What is found names a table and a number, never a patient. A row that nobody can
read is found like any other that the program did not write.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from clinic_desktop.foundation.trail import Deed
from clinic_desktop.security.trail_checking import KIND, said_of
from clinic_desktop.storage.as_read import UNREADABLE, day, is_moment, moment
from clinic_desktop.storage.audit import CHANGING, FIRST_HASH, chained
from clinic_desktop.storage.check_claims import claims
from clinic_desktop.storage.check_times import times
from clinic_desktop.storage.reader import Records
from clinic_desktop.storage.tables import audit
from clinic_desktop.storage.trail_mark import TrailMark
from clinic_desktop.storage.trail_records import records
from clinic_desktop.storage.trail_told import Read, Step, Told, proof

_PAGE, _FEED_PAGE, _AT_ONCE = 500, 2000, 100
_COLUMNS = [column.name for column in audit.columns]
_NAMES = ", ".join(f'"{name}"' for name in _COLUMNS)
_LINKS = f"SELECT {_NAMES} FROM audit WHERE id > ? ORDER BY id LIMIT {_PAGE}"
_HEAD = "SELECT audit_id, audit_hash, marks FROM head"
_HASH_OF = "SELECT hash FROM audit WHERE id = ?"
_BELOW = f"SELECT {_NAMES} FROM audit WHERE id < 1 ORDER BY id LIMIT {_AT_ONCE}"
_BEYOND = f"SELECT {_NAMES} FROM audit WHERE id > (SELECT audit_id FROM head) ORDER BY id LIMIT {_AT_ONCE}"
_FEED = f"SELECT number, kind, record_id, day FROM change WHERE number > ? ORDER BY number LIMIT {_FEED_PAGE}"
_UNHEARD = (
    "SELECT a.id, a.change_number, a.kind, a.record_id FROM audit a LEFT JOIN change c"
    " ON c.number = a.change_number AND c.kind = a.kind AND c.record_id = a.record_id"
    f" WHERE a.id > ? AND a.id <= ? AND a.action IN ({', '.join(repr(one) for one in sorted(CHANGING))})"
    " AND a.change_number > 0 AND c.number IS NULL ORDER BY a.id"
)
_FEED_BELOW = (
    f"SELECT number, kind, record_id, day FROM change WHERE number < 1 ORDER BY number LIMIT {_AT_ONCE}"
)


def steps(read: Read, mark: TrailMark | None, now: datetime) -> Iterator[Step]:
    """Everything about the trail that nobody accepted, page by page; a step mostly finds nothing. And the
    places of today's and later visits: one that claims none looks free to whoever books."""
    yield from open_only(read, links(read))
    yield from open_only(read, feed(read))
    yield marked(read, mark)  # what is accepted of it was marked anew
    yield from open_only(read, records(read))
    yield from open_only(read, times(read, now))
    yield from open_only(read, claims(read, now))


def open_only(read: Read, found: Iterable[Step]) -> Iterator[Step]:
    """Without what was looked into and accepted, exactly as it stands."""
    with read() as one:
        known = frozenset(told.proof for entry in acceptances(one) for told in entry.found)
    for step in found:
        yield [told for told in step if told.proof not in known]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """An entry of the trail: who accepted what a check had found, when, and why."""

    at: datetime
    person_id: int
    reason: str
    found: tuple[Told, ...]


_ACCEPTED = (
    f"SELECT {_NAMES} FROM audit WHERE kind = '{KIND}' AND record_id = 0 AND action = '{Deed.ACCEPTED}'"
    " AND id BETWEEN 1 AND (SELECT audit_id FROM head) ORDER BY id"
)


def acceptances(records: Records) -> list[Acceptance]:
    """All of them, the oldest first. One that cannot be read, or is not as its hash says, accepts nothing."""
    rows = [dict(zip(_COLUMNS, values, strict=True)) for values in records.rows(_ACCEPTED)]
    return [
        Acceptance(moment(row["at"]), row["person_id"], row["reason"], _accepted_in(row["after"]))
        for row in rows
        if _reckoned(row) == row["hash"]
    ]


def _accepted_in(after: str) -> tuple[Told, ...]:
    try:
        return tuple(
            Told(str(one["code"]), str(one["message"]), str(one["proof"]))
            for one in json.loads(after)["accepted"]
        )
    except UNREADABLE:
        return ()


def links(read: Read) -> Iterator[Step]:
    """Rows whose hash or link does not hold, up to where the trail ended when this began; and rows that stand
    outside of it, before its first or after its last."""
    yield _outside(read, _BELOW)
    with read() as one:
        ((last, last_hash, _),) = one.rows(_HEAD)
    number, hashed = 0, FIRST_HASH
    while True:
        with read() as one:
            rows = one.rows(_LINKS, [number])
        found: Step = []
        for values in rows:
            row = dict(zip(_COLUMNS, values, strict=True))
            if row["id"] > last:
                break
            if (told := _link(row, number, hashed)) is not None:
                found.append(told)
            number, hashed = row["id"], row["hash"]
        at_end = len(rows) < _PAGE or rows[-1][0] > last
        if at_end and (number, hashed) != (last, last_hash):
            found.append(_no_link(number + 1, _gap((number, hashed), (last, last_hash))))
        yield found
        if at_end:
            break
    yield _outside(read, _BEYOND)


def _outside(read: Read, query: str) -> Step:
    with read() as one:
        rows = one.rows(query)
    said = "Entry {number} is no part of the audit trail."
    return [Told("audit", said.format(number=row[0]), proof("outside", *row)) for row in rows]


def _link(row: dict[str, Any], number: int, hashed: str) -> Told | None:
    """Whether a row follows from the one before, is what its hash says, and one that the program writes."""
    goes_on, reckoned = (row["id"] - 1, row["previous_hash"]), _reckoned(row)
    proofs = [_gap((number, hashed), goes_on)] if goes_on != (number, hashed) else []
    if row["hash"] != reckoned:
        # Of one that has no moment no hash can be reckoned: then it is all that stands in it.
        proofs.append(proof("row", row["id"], row["hash"], reckoned or repr(row)))
    elif not _is_written(row):
        proofs.append(proof("written", row["id"], row["hash"]))
    if not proofs:
        return None
    return _no_link(row["id"], proofs[0] if len(proofs) == 1 else proof(*proofs))


def _reckoned(row: dict[str, Any]) -> str | None:
    """The hash that a row should have; None for one that cannot be read."""
    try:
        return chained(row | {"at": moment(row["at"])}) if is_moment(row["at"]) else None
    except UNREADABLE:
        return None


def _is_written(row: dict[str, Any]) -> bool:
    """Whether it is numbered as a change where it is one, and says what a check found where it is one."""
    number = row["change_number"]
    if not isinstance(number, int) or (row["action"] in CHANGING) != (number > 0):
        return False
    settles = row["kind"] == KIND and row["action"] in (Deed.CHECKED, Deed.ACCEPTED)
    return not settles or said_of(row["after"]) is not None


def _no_link(number: int, proof: str) -> Told:
    return Told("audit", f"The audit trail does not hold at entry {number}.", proof)


def _gap(stands: tuple[int, str], goes_on: tuple[int, str]) -> str:
    """Of entries that are missing between the one that stands and the one that what follows goes on from."""
    return proof("gap", *stands, *goes_on)


def feed(read: Read) -> Iterator[Step]:
    """Rows of the change feed that tell no desk what changed."""
    with read() as one:
        rows = one.rows(_FEED_BELOW)
    yield [_no_news(row) for row in rows]
    number: int | None = 0
    while number is not None:
        with read() as one:
            rows = one.rows(_FEED, [number])
        yield [_no_news(row) for row in rows if not _is_news(row)]
        number = rows[-1][0] if len(rows) == _FEED_PAGE else None

    yield from _unheard(read)


def _unheard(read: Read) -> Iterator[Step]:
    """Changes that the feed does not tell by the number that they have: no other desk heard of them."""
    with read() as one:
        ((last, _, _),) = one.rows(_HEAD)
    for number in range(0, last, _FEED_PAGE):
        with read() as one:
            rows = one.rows(_UNHEARD, [number, min(number + _FEED_PAGE, last)])
        said = "The change of entry {number} is not in the feed."
        yield [Told("audit", said.format(number=row[0]), proof("unheard", *row)) for row in rows]


def _is_news(row: tuple[Any, ...]) -> bool:
    if row[1] != "day":
        return row[3] is None
    return day(row[3]) is not None


def _no_news(row: tuple[Any, ...]) -> Told:
    return Told("audit", f"Change {row[0]} of the feed cannot be read.", proof("feed", *row))


def marked(read: Read, mark: TrailMark | None) -> Step:
    """Whether the mark by this computer's key holds; nothing is said where there is no key."""
    if mark is None:
        return []
    with read() as one:
        ((last, _, marks),) = one.rows(_HEAD)
        trouble = mark.trouble(marks, last, partial(hash_of, one))
    return [Told("mark", trouble, proof("mark", marks, trouble))] if trouble else []


def hash_of(records: Records, number: int) -> str | None:
    """The hash of a row of the trail; None where there is none."""
    found = records.rows(_HASH_OF, [number])
    return str(found[0][0]) if found else None

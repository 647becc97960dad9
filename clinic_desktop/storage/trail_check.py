"""Whether the trail holds, and whether every record is as the trail says it was left.

In steps of one page each, so that it can be done beside the day's work: each step reads on its own and
takes a few milliseconds. What is found names a table and a number, never a patient.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from clinic_desktop.foundation.secrets import HIDDEN
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.security.outage_key import OutageKey
from clinic_desktop.storage.audit import FIRST_HASH, chained, image
from clinic_desktop.storage.reader import Records
from clinic_desktop.storage.tables import RECORDS, audit
from clinic_desktop.storage.trail_mark import TrailMark
from clinic_desktop.storage.typed import shape

_PAGE, _RECORDS_PAGE = 500, 200
_COLUMNS = [column.name for column in audit.columns]
_NAMES = ", ".join(f'"{name}"' for name in _COLUMNS)
_LINKS = f"SELECT {_NAMES} FROM audit WHERE id > ? ORDER BY id LIMIT {_PAGE}"
_HEAD = "SELECT audit_id, audit_hash, marks FROM head"
_HASH_OF = "SELECT hash FROM audit WHERE id = ?"

Read = Callable[[], AbstractContextManager[Records]]


@dataclass(frozen=True, slots=True)
class Told:
    """Something that is not as the trail says. ``code`` is stable. ``proof``: a digest of what stands there
    and what should, so that another change of the same record is another finding."""

    code: str
    message: str
    proof: str = ""


Step = list[Told]


def steps(read: Read, mark: TrailMark | None = None) -> Iterator[Step]:
    """Everything about the trail that nobody accepted, page by page; a step mostly finds nothing."""
    yield from open_only(read, links(read))
    yield marked(read, mark)  # what is accepted of it was marked anew
    yield from open_only(read, records(read))


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
    'SELECT at, person_id, reason, "after" FROM audit'
    f" WHERE kind = 'trail' AND record_id = 0 AND action = '{Deed.ACCEPTED}' ORDER BY id"
)


def acceptances(records: Records) -> list[Acceptance]:
    """All of them, the oldest first; one that cannot be read accepts nothing."""
    return [
        Acceptance(datetime.fromtimestamp(at, UTC), person_id, reason, _found_in(after))
        for at, person_id, reason, after in records.rows(_ACCEPTED)
    ]


def _found_in(after: str) -> tuple[Told, ...]:
    try:
        return tuple(
            Told(str(one["code"]), str(one["message"]), str(one["proof"]))
            for one in json.loads(after)["accepted"]
        )
    except (ValueError, TypeError, KeyError):
        return ()


def _proof(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def links(read: Read) -> Iterator[Step]:
    """Rows whose hash or link does not hold, up to where the trail ended when this began."""
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
            row["at"] = datetime.fromtimestamp(row["at"], UTC)
            if (told := _link(row, number, hashed)) is not None:
                found.append(told)
            number, hashed = row["id"], row["hash"]
        at_end = len(rows) < _PAGE or rows[-1][0] > last
        if at_end and (number, hashed) != (last, last_hash):
            found.append(_no_link(number + 1, _gap((number, hashed), (last, last_hash))))
        yield found
        if at_end:
            return


def _link(row: dict[str, Any], number: int, hashed: str) -> Told | None:
    """Whether a row follows from the one before, and is what its hash says."""
    goes_on, reckoned = (row["id"] - 1, row["previous_hash"]), chained(row)
    proofs = [_gap((number, hashed), goes_on)] if goes_on != (number, hashed) else []
    if row["hash"] != reckoned:
        proofs.append(_proof("row", row["id"], row["hash"], reckoned))
    if not proofs:
        return None
    return _no_link(row["id"], proofs[0] if len(proofs) == 1 else _proof(*proofs))


def _no_link(number: int, proof: str) -> Told:
    return Told("audit", f"The audit trail does not hold at entry {number}.", proof)


def _gap(stands: tuple[int, str], goes_on: tuple[int, str]) -> str:
    """Of entries that are missing between the one that stands and the one that what follows goes on from."""
    return _proof("gap", *stands, *goes_on)


def marked(read: Read, mark: TrailMark | None) -> Step:
    """Whether the mark by this computer's key holds; nothing is said where there is no key."""
    if mark is None:
        return []
    with read() as one:
        ((last, _, marks),) = one.rows(_HEAD)
        trouble = mark.trouble(marks, last, partial(hash_of, one))
    return [Told("mark", trouble, _proof("mark", marks, trouble))] if trouble else []


def hash_of(records: Records, number: int) -> str | None:
    """The hash of a row of the trail; None where there is none."""
    found = records.rows(_HASH_OF, [number])
    return str(found[0][0]) if found else None


def records(read: Read) -> Iterator[Step]:
    """Records that are not as their last image says, that the trail does not know, or that are gone."""
    for kind in RECORDS:
        number: int | None = 0
        while number is not None:
            found, number = _page_of(read, kind, number)
            yield found
        if kind is not OutageKey:  # left out of a server's backups; whoever wants one makes another
            yield _gone(read, kind)


def _page_of(read: Read, kind: type[Any], after: int) -> tuple[Step, int | None]:
    wanted, name = shape(kind), RECORDS[kind].name
    query = (
        f'SELECT {wanted.columns("r")}, a.action, a."after" FROM {name} r LEFT JOIN audit a ON a.id ='
        f" (SELECT max(x.id) FROM audit x WHERE x.kind = '{name}' AND x.record_id = r.id"
        f" AND x.change_number > 0) WHERE r.id > ? ORDER BY r.id LIMIT {_RECORDS_PAGE}"
    )
    with read() as one:
        rows = one.rows(query, [after])
    said = (_differs(name, row[0], row[-2], row[-1], partial(wanted.record, row)) for row in rows)
    return [one for one in said if one], rows[-1][0] if len(rows) == _RECORDS_PAGE else None


def _differs(
    name: str, number: int, action: str | None, kept: str | None, record: Callable[[], Any]
) -> Told | None:
    try:
        now = image(record())
        same = kept is not None and (now == kept or _says(json.loads(now), json.loads(kept)))
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        now, same = f"{type(problem).__name__}: {problem}", False  # no value that the program writes
    if same:
        return None
    if action is None:
        why = "nothing in the trail says that it was written"
    elif kept is None:
        why = "it is there, and was taken away by the trail"
    else:
        why = "it is not as the trail says it was left"
    return Told("records", f"{name} {number}: {why}.", _proof(name, number, now, action, kept))


def _says(now: dict[str, Any], kept: dict[str, Any]) -> bool:
    """Whether a record is what an image says of it: an older version's says nothing of newer fields, and of a
    secret only that there is one."""
    return kept.keys() <= now.keys() and all(
        now[name] == value or (value == HIDDEN and bool(now[name])) for name, value in kept.items()
    )


def _gone(read: Read, kind: type[Any]) -> Step:
    name = RECORDS[kind].name
    query = (
        f"SELECT a.record_id, a.hash FROM audit a WHERE a.kind = '{name}' AND a.change_number > 0"
        " AND a.action <> 'remove'"
        f" AND NOT EXISTS (SELECT 1 FROM {name} r WHERE r.id = a.record_id)"
        " AND NOT EXISTS (SELECT 1 FROM audit l WHERE l.kind = a.kind AND l.record_id = a.record_id"
        " AND l.change_number > 0 AND l.id > a.id) ORDER BY a.record_id LIMIT 100"
    )
    with read() as one:
        found = one.rows(query)
    gone = "{name} {number}: it is gone, and the trail has it."
    return [
        Told("records", gone.format(name=name, number=number), _proof("gone", name, number, hashed))
        for number, hashed in found
    ]

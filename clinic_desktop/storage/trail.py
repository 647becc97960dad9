"""Writing what a transaction did: rows of the audit trail, and numbered rows of the change feed."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import StoreRefused
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.storage import moved
from clinic_desktop.storage.audit import Entry, chained
from clinic_desktop.storage.revisions import CURRENT
from clinic_desktop.storage.statements import adding
from clinic_desktop.storage.tables import SETUP_KINDS, audit, change
from clinic_desktop.storage.trail_mark import TrailMark
from clinic_desktop.storage.typed import for_server

NO_CHANGE = 0  # the change number of a row of the trail that changed no record
NOTIFY_CHANNEL = "clinic_changes"
_MIGRATED = (
    "The clinic's data was brought to a newer version while this window was open. Nothing was saved. "
    "Close the program, update it if needed, and open it again."
)
SENTENCES = (_MIGRATED,)
# The one row that every writer takes last: numbers come without gaps, in the order of the commits.
_HEAD = (
    "SELECT change_number, audit_id, audit_hash, setup_number, marks,"
    " (SELECT version_num FROM alembic_version), {login} FROM head{lock}"
)
_HEAD_IN_FILE = _HEAD.format(login="''", lock="")
_HEAD_ON_SERVER = _HEAD.format(login="CAST(session_user AS text)", lock=" FOR UPDATE OF head")
_HASH_OF = "SELECT hash FROM audit WHERE id = ?"
_MOVED = "UPDATE head SET change_number = ?, audit_id = ?, audit_hash = ?, setup_number = ?, marks = ?"
# The feed, the head and the bell in one go.
_MOVED_ON_SERVER = for_server(
    f"WITH feed AS ({adding(change).on_server}) {_MOVED}"
    f" RETURNING pg_notify('{NOTIFY_CHANNEL}', CAST(change_number AS text))"
)


@dataclass(frozen=True, slots=True)
class Author:
    """Who did it, when, and why."""

    actor: Actor
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class _Head:
    """The head, as it is held until this transaction is over."""

    change_number: int
    audit_id: int
    audit_hash: str
    setup_number: int
    marks: str
    version: str
    login: str


def write(
    connection: Connection,
    author: Author,
    entries: Sequence[Entry],
    days: Iterable[date],
    mark: TrailMark | None = None,
) -> Changes:
    """Write the trail of one transaction, and the mark on it where there is one; the caller commits."""
    line: Any = connection.connection.driver_connection
    server = connection.dialect.name == "postgresql"
    at = _held_head(line, server=server)
    rows: list[dict[str, Any]] = []
    feed: list[dict[str, Any]] = []
    hashed = at.audit_hash
    for place, entry in enumerate(entries, start=1):
        number = at.change_number + len(feed) + 1 if entry.changes else NO_CHANGE
        row = _audit_row(author, entry, at.audit_id + place, number)
        row["login"] = at.login
        row["previous_hash"] = hashed
        hashed = row["hash"] = chained(row)
        rows.append(row)
        if entry.changes:
            feed.append(_feed_row(number, entry.kind, entry.record_id))
    for day in sorted(days):
        feed.append(_feed_row(at.change_number + len(feed) + 1, "day", day=day))
    if rows:
        adding(audit).run(line, rows, server=server)
    last = at.change_number + len(feed)
    set_up = any(entry.kind in SETUP_KINDS and entry.changes for entry in entries)
    marks = at.marks
    if mark is not None and rows:
        ends = (at.audit_id, at.audit_hash), (at.audit_id + len(rows), hashed)
        marks = mark.renewed(marks, *ends, partial(_hash_of, line), anew=any(map(_accepts_mark, entries)))
    values = [last, at.audit_id + len(rows), hashed, last if set_up else at.setup_number, marks]
    if server:
        line.execute(_MOVED_ON_SERVER, [adding(change).as_json(feed), *values])
    else:
        adding(change).run(line, feed, server=False)
        line.execute(_MOVED, values)
    if not feed:
        return Changes()
    changes = gathered(last, ((e.kind, e.record_id, None) for e in entries if e.changes), days)
    return replace(changes, first=at.change_number + 1, by=author.actor.person_id)


def _held_head(line: Any, *, server: bool) -> _Head:  # noqa: ANN401 - either driver's connection
    head = _Head(*line.execute(_HEAD_ON_SERVER if server else _HEAD_IN_FILE).fetchone())
    if head.version != CURRENT:
        raise StoreRefused(moved.words_of(head.version) or _MIGRATED)
    return head


def _accepts_mark(entry: Entry) -> bool:
    """Whether it is somebody's word that a mark that does not hold was looked into."""
    if entry.action != Deed.ACCEPTED:
        return False
    return any(one["code"] == "mark" for one in json.loads(entry.after or "{}").get("accepted", ()))


def _feed_row(number: int, kind: str, record_id: int = 0, day: date | None = None) -> dict[str, Any]:
    return {"number": number, "kind": kind, "record_id": record_id, "day": day}


def _audit_row(author: Author, entry: Entry, audit_id: int, number: int) -> dict[str, Any]:
    return {
        "id": audit_id,
        "at": author.at,
        "person_id": author.actor.person_id,
        "roles": ",".join(sorted(author.actor.roles)),
        "desk": author.actor.desk,
        "action": entry.action,
        "kind": entry.kind,
        "record_id": entry.record_id,
        "before": entry.before,
        "after": entry.after,
        "reason": author.reason,
        "change_number": number,
    }


def _hash_of(file: Any, number: int) -> str | None:  # noqa: ANN401 - a driver's connection
    found = file.execute(_HASH_OF, [number]).fetchone()
    return None if found is None else str(found[0])


def gathered(number: int, touched: Iterable[tuple[str, int, date | None]], days: Iterable[date]) -> Changes:
    """The news of some rows of the feed."""
    rows = list(touched)
    return Changes(
        number,
        frozenset(days) | {day for _, _, day in rows if day is not None},
        frozenset(record_id for kind, record_id, _ in rows if kind == "visit"),
        frozenset(record_id for kind, record_id, _ in rows if kind == "patient"),
        frozenset(kind for kind, _, _ in rows if kind != "day"),
    )

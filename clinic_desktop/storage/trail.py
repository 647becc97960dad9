"""Writing what a transaction did: rows of the audit trail, and numbered rows of the change feed."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, bindparam, literal, literal_column, select, text, update

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import StoreRefused
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.storage import moved
from clinic_desktop.storage.audit import Entry, chained
from clinic_desktop.storage.revisions import CURRENT
from clinic_desktop.storage.statements import adding
from clinic_desktop.storage.tables import SETUP_KINDS, audit, change, head, schema_version
from clinic_desktop.storage.trail_mark import TrailMark

NO_CHANGE = 0  # the change number of a row of the trail that changed no record
NOTIFY_CHANNEL = "clinic_changes"
_MIGRATED = (
    "The clinic's data was brought to a newer version while this window was open. Nothing was saved. "
    "Close the program, update it if needed, and open it again."
)
SENTENCES = (_MIGRATED,)
# The one row that every writer takes last: numbers come without gaps, in the order of the commits.
_AT_HEAD = (
    head.c.change_number,
    head.c.audit_id,
    head.c.audit_hash,
    head.c.marks,
    select(schema_version.c.version_num).scalar_subquery().label("version"),
)
_HEAD = select(*_AT_HEAD, literal("").label("login"))
_HEAD_ON_SERVER = select(*_AT_HEAD, literal_column("CAST(session_user AS text)").label("login"))
_HASH_OF = select(audit.c.hash).where(audit.c.id == bindparam("number"))
_HEADS = {
    "sqlite": _HEAD.with_for_update(of=head),
    "postgresql": _HEAD_ON_SERVER.with_for_update(of=head),
}
_MOVED, _NOTIFY = update(head), text("SELECT pg_notify(:c, :n)")


@dataclass(frozen=True, slots=True)
class Author:
    """Who did it, when, and why."""

    actor: Actor
    at: datetime
    reason: str


def write(
    connection: Connection,
    author: Author,
    entries: Sequence[Entry],
    days: Iterable[date],
    mark: TrailMark | None = None,
) -> Changes:
    """Write the trail of one transaction, and the mark on it where there is one; the caller commits."""
    at = connection.execute(_HEADS[connection.dialect.name]).one()
    if at.version != CURRENT:
        raise StoreRefused(moved.words_of(at.version) or _MIGRATED)
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
        connection.execute(adding(audit), rows)
    if feed:
        connection.execute(adding(change), feed)
    last = at.change_number + len(feed)
    values: dict[str, object] = {
        "change_number": last,
        "audit_id": at.audit_id + len(rows),
        "audit_hash": hashed,
    }
    if mark is not None and rows:
        ends = (at.audit_id, at.audit_hash), (at.audit_id + len(rows), hashed)
        values["marks"] = mark.renewed(
            at.marks, *ends, partial(_hash_of, connection), anew=any(map(_accepts_mark, entries))
        )
    _move_head(connection, values, entries)
    if not feed:
        return Changes()
    changes = gathered(last, ((e.kind, e.record_id, None) for e in entries if e.changes), days)
    return replace(changes, first=at.change_number + 1)


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


def _hash_of(connection: Connection, number: int) -> str | None:
    found: str | None = connection.execute(_HASH_OF, {"number": number}).scalar()
    return found


def _move_head(connection: Connection, values: dict[str, object], entries: Sequence[Entry]) -> None:
    number = values["change_number"]
    if any(entry.kind in SETUP_KINDS and entry.changes for entry in entries):
        values["setup_number"] = number
    connection.execute(_MOVED, values)
    if connection.dialect.name == "postgresql":
        connection.execute(_NOTIFY, {"c": NOTIFY_CHANNEL, "n": str(number)})


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

"""The audit trail for whoever may read it: line by line, by person, patient, days and deed; saved as a table.

And what goes into it that changes no record: who looked at a patient, what was saved to a file.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.csv_out import write_csv
from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.store import Records, Store
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.security.account_rules import EMERGENCY_OUT
from clinic_desktop.security.rights import Right, require

PAGE = 100  # lines that are read at once
_SAVED_PAGE = 1000  # and when they are saved
CHANGED = ("add", "change", "remove")

HEADER = (
    "entry", "at", "person_id", "person", "roles", "desk", "login",
    "action", "kind", "record", "before", "after", "reason", "hash",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One row of the trail. before, after: images as JSON text; None where there is none."""

    number: int
    at: datetime
    person_id: int
    roles: str
    desk: str
    login: str
    action: str
    kind: str
    record_id: int
    before: str | None
    after: str | None
    reason: str
    hashed: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lines: since and until (not included) are instants; None and nothing: all of them."""

    since: datetime | None = None
    until: datetime | None = None
    person_id: int | None = None
    patient_id: int | None = None
    actions: tuple[str, ...] = ()


class TrailRecords(Records, Protocol):
    def trail_lines(self, asked: Asked, below: TrailLine | None = None, most: int = PAGE) -> list[TrailLine]:
        """The newest first; ``below``: only those before that line."""
        ...


class TrailStore(Store, Protocol):
    """Where the trail is."""

    def read(self) -> AbstractContextManager[TrailRecords]: ...


def read_trail(
    store: TrailStore, actor: Actor, asked: Asked, most: int = PAGE, below: TrailLine | None = None
) -> list[TrailLine]:
    """Lines of the trail, the newest first. Raises :class:`RightMissing`."""
    require(actor, Right.AUDIT)
    with store.read() as records:
        return records.trail_lines(asked, below, most)


def export_trail(
    store: TrailStore,
    actor: Actor,
    asked: Asked,
    write: Callable[[str], object],
    names: Mapping[int, str],
    *,
    as_json: bool = False,
) -> int:
    """Hand the lines to ``write``, page by page, as CSV or one JSON object a line; it is in the trail itself
    before the first of them. Answers how many. ``names``: of people by their number."""
    require(actor, Right.AUDIT)
    page, count = _page(store, asked, None), 0  # before what is said of it here
    about = {name: str(value) for name, value in zip(asked.__slots__, _values(asked), strict=True) if value}
    record_exported(store, actor, "audit", asked.patient_id or 0, about)
    if not as_json:
        write(write_csv([HEADER]))
    while page:
        lines = [_as_row(one, names) for one in page]
        write(_json_lines(lines) if as_json else write_csv(lines))
        count += len(page)
        page = _page(store, asked, page[-1])
    return count


def _values(asked: Asked) -> Iterator[object]:
    return (getattr(asked, name) for name in asked.__slots__)


def _page(store: TrailStore, asked: Asked, below: TrailLine | None) -> list[TrailLine]:
    with store.read() as records:
        return records.trail_lines(asked, below, _SAVED_PAGE)


def _as_row(one: TrailLine, names: Mapping[int, str]) -> tuple[object, ...]:
    who = names.get(one.person_id, "") if one.person_id else "the program"
    return (
        one.number, one.at.isoformat(), one.person_id, who, one.roles, one.desk, one.login,
        one.action, one.kind, one.record_id, one.before, one.after, one.reason, one.hashed,
    )  # fmt: skip


def _json_lines(rows: Sequence[tuple[object, ...]]) -> str:
    return "".join(json.dumps(dict(zip(HEADER, row, strict=True)), ensure_ascii=False) + "\n" for row in rows)


@dataclass(frozen=True, slots=True)
class View:
    """Who looked at a patient, and when."""

    actor: Actor
    patient_id: int
    at: datetime
    where: str  # "page", "history"


def record_views(store: Store, views: Sequence[View]) -> None:
    """Put views into the trail, each under its person's name; all of one person in one go."""
    for actor in dict.fromkeys(one.actor for one in views):
        with store.write(actor) as unit:
            for one in views:
                if one.actor == actor:
                    unit.witness(Deed.VIEWED, "patient", one.patient_id, view_of(one.where, one.at))
            unit.commit()


def view_of(where: str, at: datetime) -> dict[str, object]:
    """What the trail says of a view."""
    return {"where": where, "at": at.isoformat(timespec="seconds")}


def record_exported(
    store: Store, actor: Actor, what: str, record_id: int = 0, about: Mapping[str, object] | None = None
) -> Changes:
    """Something is saved to a file: which table or pages, and of which days. Before it is written. Raises
    :class:`Refusal` in an emergency."""
    return _gone_out(store, actor, Deed.EXPORTED, what, record_id, about)


def record_printed(
    store: Store, actor: Actor, what: str, record_id: int = 0, about: Mapping[str, object] | None = None
) -> Changes:
    """Pages go to a printer that have no record of their own. Before they are sent. Raises :class:`Refusal`
    in an emergency."""
    return _gone_out(store, actor, Deed.PRINTED, what, record_id, about)


def may_carry_out(actor: Actor) -> None:
    """Raise :class:`Refusal` in an emergency: whoever gave no password carries nothing away."""
    if actor.until is not None:
        raise Refusal([Finding(EMERGENCY_OUT)])


def _gone_out(
    store: Store, actor: Actor, deed: Deed, what: str, record_id: int, about: Mapping[str, object] | None
) -> Changes:
    may_carry_out(actor)
    with store.write(actor) as unit:
        unit.witness(deed, what, record_id, about)
        return unit.commit()

"""What somebody writes who may do anything: the owner of a clinic's file, or a server's administrator."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from clinic_desktop.storage import check, guards_sqlite
from clinic_desktop.storage.as_read import moment
from clinic_desktop.storage.audit import CHANGING, chained
from clinic_desktop.storage.engine import Where
from clinic_desktop.storage.store import SqlStore
from tests.storage.conftest import Direct, as_admin, beside


@contextmanager
def unguarded(where: Where) -> Iterator[Direct]:
    """No guard holds; afterwards they all stand again. What was done is one transaction in a file."""
    with beside(as_admin(where)) as direct:
        if not direct.is_sqlite:
            direct.silent("SET session_replication_role = replica")
            yield direct
            return
        direct.silent("PRAGMA ignore_check_constraints = ON")
        direct.silent("BEGIN")
        for name in guards_sqlite.TRIGGERS:
            direct.silent(f"DROP TRIGGER {name}")
        yield direct
        for statement in guards_sqlite.TRIGGERS.values():
            direct.silent(statement)
        direct.silent("COMMIT")


def entry(direct: Direct, kind: str, record_id: int, action: str = "change", **said: Any) -> int:
    """An entry that follows from the one before by its hash, as a desk could write it: of a change that says
    nothing, where nothing else is ``said``. Answers its number."""
    ((number, hashed, feed),) = direct.silent("SELECT audit_id, audit_hash, change_number FROM head")
    row = {
        **{"id": number + 1, "at": 1_793_642_400, "person_id": 0, "roles": "", "desk": "x", "login": ""},
        **{"action": action, "kind": kind, "record_id": record_id, "before": None, "after": "{}"},
        **{"reason": "", "change_number": max(feed, 1), "previous_hash": hashed},
        **said,
    }
    if row["action"] in CHANGING and "change_number" not in said:
        row["change_number"] = feed + 1
        news = {"number": feed + 1, "kind": kind, "record_id": record_id}
        add(direct, "change", news)
        direct.silent(f"UPDATE head SET change_number = {feed + 1}")
    row["hash"] = chained(row | {"at": moment(row["at"])})
    add(direct, "audit", row)
    direct.silent(f"UPDATE head SET audit_id = {row['id']}, audit_hash = '{row['hash']}'")
    return int(row["id"])


def add(direct: Direct, table: str, row: dict[str, Any]) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join(["?" if direct.is_sqlite else "%s"] * len(row))
    direct.connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))


def told(store: SqlStore) -> list[str]:
    """What both checks find, beside the mark that whoever has no key leaves behind; they say the same."""
    found = [one.message for one in check.findings(store.where) if one.code != "mark"]
    daily = [one.message for step in store.trail_steps() for one in step if one.code != "mark"]
    assert sorted(daily) == sorted(found)
    return sorted(found)

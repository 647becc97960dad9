"""A patient's changes, those of a step of the plan, and those since a record was seen, from the audit trail.

The trail is asked for numbers first and for images then: what is not shown is not carried. The patient's
own records come first, by an index, and each leads to its rows in the trail by theirs; CROSS JOIN is what
keeps SQLite to that order, and to PostgreSQL it is a join like any other.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from clinic_desktop.aftercare.sheet_text import SheetText
from clinic_desktop.foundation.message import Message
from clinic_desktop.foundation.trail import Noted, Trace, TrailHead
from clinic_desktop.people.model import (
    Absence,
    Authorization,
    Clearance,
    DrugMovement,
    Merge,
    Order,
    Package,
    Patient,
    Screening,
)
from clinic_desktop.people.scores import Score
from clinic_desktop.scheduling.calls import CallAttempt
from clinic_desktop.scheduling.crisis import CrisisCall
from clinic_desktop.scheduling.model import Closure, Course, Override, Visit
from clinic_desktop.scheduling.papers import Paper
from clinic_desktop.scheduling.pinboard import Pin
from clinic_desktop.scheduling.reviews import Review
from clinic_desktop.scheduling.waiting import WaitEntry
from clinic_desktop.storage.as_read import UNREADABLE, fields, moment
from clinic_desktop.storage.columns import CONVERTER
from clinic_desktop.storage.tables import RECORDS, SETUP_KINDS
from clinic_desktop.treatment.day_after import AfterCall, AfterFlag
from clinic_desktop.treatment.history import PAGE, TOLD, Recorded
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.printed import SheetPrint

_BELONGINGS = (
    *(Clearance, Screening, Order, Visit, Course, Authorization, Package, DrugMovement),
    *(WaitEntry, Message, CrisisCall, Paper, Review),
)
_OF_VISITS = (Stamp, Override, CallAttempt, Pin, SheetPrint, AfterCall, AfterFlag)
_TOLD_KINDS = (SheetText, Patient, Merge, Absence, Closure, Score, *_BELONGINGS, *_OF_VISITS)
_KINDS: dict[str, type[Any]] = {
    table.name: one for one, table in RECORDS.items() if one in _TOLD_KINDS or table.name in SETUP_KINDS
}
_ABOUT = (
    ("patient", "r.id = ?"),
    ("merge", "(r.kept_id = ? OR r.merged_id = ?)"),
    *((RECORDS[one].name, "r.patient_id = ?") for one in _BELONGINGS),
    # Scores stay where they were written; those of a merged record are its keeper's to read.
    (
        RECORDS[Score].name,
        "r.patient_id IN (SELECT ? UNION"
        " SELECT merged_id FROM merge WHERE kept_id = ? AND undone_at IS NULL)",
    ),
    (RECORDS[CallAttempt].name, "r.wait_id IN (SELECT id FROM wait_entry WHERE patient_id = ?)"),
)
_IN_TOLD = "IN (" + ", ".join(f"'{kind}'" for kind in TOLD) + ")"
_WHICH = {
    RECORDS[Stamp].name: (
        f" AND (r.kind {_IN_TOLD} OR r.kind = '{StampKind.STRUCK}'"
        f" AND EXISTS (SELECT 1 FROM stamp o WHERE o.id = r.corrects AND o.kind {_IN_TOLD}))"
    )
}
_OF_ONE = {RECORDS[one].name: _WHICH.get(RECORDS[one].name, "") for one in _OF_VISITS}
OF_A_PATIENT = " UNION ALL ".join([
    *(
        f"SELECT a.id FROM {name} r CROSS JOIN audit a"
        f" WHERE {about} AND a.kind = '{name}' AND a.record_id = r.id AND a.change_number > 0"
        for name, about in _ABOUT
    ),
    *(
        f"SELECT a.id FROM visit v CROSS JOIN {name} r CROSS JOIN audit a"
        f" WHERE v.patient_id = ? AND r.visit_id = v.id{which} AND a.kind = '{name}' AND a.record_id = r.id"
        " AND a.change_number > 0"
        for name, which in _OF_ONE.items()
    ),
])  # fmt: skip
PATIENTS_ASKED = OF_A_PATIENT.count("?")
HISTORY = (
    'SELECT id, at, person_id, kind, "before", "after", reason, desk FROM audit WHERE id IN'
    f" (SELECT id FROM ({OF_A_PATIENT}) AS mine WHERE id < ? ORDER BY id DESC LIMIT ?) ORDER BY id DESC"
)
# Of one visit: its own rows, and those of what stands beside it, every stamp too.
_OF_A_VISIT = " UNION ALL ".join([
    "SELECT a.id FROM audit a WHERE a.kind = 'visit' AND a.record_id = ? AND a.change_number > 0",
    *(
        f"SELECT a.id FROM {name} r CROSS JOIN audit a"
        f" WHERE r.visit_id = ? AND a.kind = '{name}' AND a.record_id = r.id AND a.change_number > 0"
        for name in _OF_ONE
    ),
])  # fmt: skip
_VISIT = HISTORY.replace(OF_A_PATIENT, _OF_A_VISIT)
_LAST = 2**31 - 1
# The feed leads to the trail by the index of kind and record; nothing else is looked at.
_WRITTEN = (
    'SELECT a.id, a.at, a.person_id, a.kind, a."before", a."after", a.reason, a.desk'
    " FROM change c CROSS JOIN audit a"
    " WHERE c.number BETWEEN ? AND ?"
    " AND c.kind IN ('visit', 'course', 'pin', 'wait_entry', 'absence', 'closure') AND a.kind = c.kind"
    " AND a.record_id = c.record_id AND a.change_number = c.number ORDER BY a.id"
)
_LATEST = (
    'SELECT id, at, person_id, kind, "before", "after", reason, desk FROM audit'
    " WHERE kind = ? AND record_id = ? AND change_number > 0 ORDER BY id DESC LIMIT ?"
)
_NOTED = (
    'SELECT id, at, person_id, action, kind, record_id, "before", "after", reason FROM audit'
    " WHERE kind = ? AND record_id IN ({marks}) ORDER BY id"
)
_LAST_ABOUT = (
    "SELECT p.id, (SELECT MAX(v.day) FROM visit v WHERE v.patient_id = p.id),"
    " (SELECT MAX(a.at) FROM audit a WHERE a.kind = 'patient' AND a.record_id = p.id AND a.change_number > 0)"
    " FROM patient p ORDER BY p.id"
)
_AT_ONCE = 500  # record numbers in one question
_MOST_SINCE = 20  # changes of one record that are told to whoever had it open


class HistoryReads:
    """The query; whoever mixes it in says how rows are had."""

    def rows(self, query: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        raise NotImplementedError

    def history_of(
        self, patient_id: int, below: int | None = None, most: int = PAGE
    ) -> list[Trace[Recorded]]:
        return self._page(HISTORY, [patient_id] * PATIENTS_ASKED, below, most)

    def history_of_visit(
        self, visit_id: int, below: int | None = None, most: int = PAGE
    ) -> list[Trace[Recorded]]:
        return self._page(_VISIT, [visit_id] * (1 + len(_OF_ONE)), below, most)

    def _page(self, query: str, about: list[int], below: int | None, most: int) -> list[Trace[Recorded]]:
        """What cannot be read takes nobody's place: the page is filled with what follows."""
        found: list[Trace[Recorded]] = []
        last, wanted = _LAST if below is None else below, most
        while wanted:
            rows = self.rows(query, [*about, last, wanted])
            found += _traces(rows)
            last, wanted = (rows[-1][0], most - len(found)) if len(rows) == wanted else (last, 0)
        return found

    def written_between(self, first: int, last: int) -> list[Trace[Any]]:
        return list(_traces(self.rows(_WRITTEN, [first, last])))

    def trail_head(self) -> TrailHead:
        """Where the trail stands at this moment."""
        ((number, hashed),) = self.rows("SELECT audit_id, audit_hash FROM head")
        return TrailHead(number, hashed)

    def last_written(self, kind: type[Recorded], record_id: int) -> Trace[Any] | None:
        return next(_traces(self.rows(_LATEST, [RECORDS[kind].name, record_id, 1])), None)

    def changed_since(self, kind: type[Any], record_id: int, version: int) -> list[Trace[Any]]:
        """What became of a record of the set-up, or of one that a patient's history tells, since it had that
        version: the newest first, at most 20."""
        found = self.rows(_LATEST, [RECORDS[kind].name, record_id, _MOST_SINCE])
        return list(takewhile(lambda one: one.after is None or one.after.version > version, _traces(found)))

    def noted(self, kind: type[Any], record_ids: Sequence[int]) -> list[Noted]:
        """Every row of the trail about some records of a kind, changes and deeds, the oldest first."""
        name = RECORDS[kind].name
        found: list[Noted] = []
        for first in range(0, len(record_ids), _AT_ONCE):
            asked = record_ids[first : first + _AT_ONCE]
            query = _NOTED.format(marks=", ".join("?" * len(asked)))
            found += [_noted(row) for row in self.rows(query, [name, *asked])]
        return sorted(found, key=lambda one: one.number)

    def last_about(self) -> list[tuple[int, date | None, datetime | None]]:
        """Of each patient: the day of the last visit, and when their own record was changed last."""
        return [
            (
                number,
                None if day is None else date.fromisoformat(day),
                None if at is None else moment(at),
            )
            for number, day, at in self.rows(_LAST_ABOUT)
        ]


def _noted(row: tuple[Any, ...]) -> Noted:
    number, at, person_id, action, kind, record_id, before, after, reason = row
    was, became = (None if one is None else fields(one) for one in (before, after))
    return Noted(number, moment(at), person_id, action, kind, record_id, was, became, reason)


def _traces(rows: Iterable[tuple[Any, ...]]) -> Iterator[Trace[Any]]:
    """Those whose images are of a record. What the program never wrote is for ``check`` to tell."""
    for row in rows:
        try:
            yield _trace(*row)
        except UNREADABLE:
            continue


def _trace(
    number: int,
    at: int,
    person_id: int,
    kind: str,
    before: str | None,
    after: str | None,
    reason: str,
    desk: str,
) -> Trace[Any]:
    images = _image(kind, before), _image(kind, after)
    return Trace(number, moment(at), person_id, *images, reason, desk)


def _image(kind: str, text: str | None) -> Any:  # noqa: ANN401 - a record of the kind
    """The record of an image. One that an older version wrote lacks fields, and they have their defaults."""
    if text is None:
        return None
    if not text.startswith("{"):
        raise ValueError("no image of a record")
    return CONVERTER.loads(text, _KINDS[kind])

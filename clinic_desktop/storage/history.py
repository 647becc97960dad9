"""A patient's changes, read from the audit trail.

The trail is asked for numbers first and for images then: what is not shown is not carried. The patient's
own records come first, by an index, and each leads to its rows in the trail by theirs; CROSS JOIN is what
keeps SQLite to that order, and to PostgreSQL it is a join like any other.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from clinic_desktop.people.model import Clearance, Merge, Order, Patient, Screening
from clinic_desktop.scheduling.calls import CallAttempt
from clinic_desktop.scheduling.crisis import CrisisCall
from clinic_desktop.scheduling.history import PAGE, Recorded, Trace
from clinic_desktop.scheduling.messages import Message
from clinic_desktop.scheduling.model import Course, Visit
from clinic_desktop.scheduling.pinboard import Pin
from clinic_desktop.scheduling.waiting import WaitEntry
from clinic_desktop.storage.columns import CONVERTER
from clinic_desktop.storage.tables import RECORDS

_BELONGINGS = (Clearance, Screening, Order, Visit, Course, WaitEntry, Message, CrisisCall)
_KINDS: dict[str, type[Recorded]] = {
    RECORDS[one].name: one for one in (Patient, Merge, CallAttempt, Pin, *_BELONGINGS)
}
_ABOUT: tuple[tuple[type[Recorded], str], ...] = (
    (Patient, "r.id = ?"),
    (Merge, "(r.kept_id = ? OR r.merged_id = ?)"),
    *((one, "r.patient_id = ?") for one in _BELONGINGS),
    (CallAttempt, "r.visit_id IN (SELECT id FROM visit WHERE patient_id = ?)"),
    (Pin, "r.visit_id IN (SELECT id FROM visit WHERE patient_id = ?)"),
    (CallAttempt, "r.wait_id IN (SELECT id FROM wait_entry WHERE patient_id = ?)"),
)
_MINE = " UNION ALL ".join(
    f"SELECT a.id FROM {name} r CROSS JOIN audit a WHERE {about} AND a.kind = '{name}' AND a.record_id = r.id"
    for name, about in ((RECORDS[kind].name, about) for kind, about in _ABOUT)
)
_ASKED = _MINE.count("?")
HISTORY = (
    'SELECT id, at, person_id, kind, "before", "after", reason FROM audit WHERE id IN'
    f" (SELECT id FROM ({_MINE}) AS mine WHERE id < ? ORDER BY id DESC LIMIT ?) ORDER BY id DESC"
)
_LAST = 2**31 - 1


class HistoryReads:
    """The query; whoever mixes it in says how rows are had."""

    def rows(self, query: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        raise NotImplementedError

    def history_of(self, patient_id: int, below: int | None = None, most: int = PAGE) -> list[Trace]:
        asked = [*[patient_id] * _ASKED, _LAST if below is None else below, most]
        return [_trace(*row) for row in self.rows(HISTORY, asked)]


def _trace(
    number: int, at: int, person_id: int, kind: str, before: str | None, after: str | None, reason: str
) -> Trace:
    when = datetime.fromtimestamp(at, UTC)
    return Trace(number, when, person_id, _image(kind, before), _image(kind, after), reason)


def _image(kind: str, text: str | None) -> Recorded | None:
    """The record of an image. One that an older version wrote lacks fields, and they have their defaults."""
    return None if text is None else CONVERTER.loads(text, _KINDS[kind])

"""Lines of the audit trail, the newest first, a page at a time."""

from collections.abc import Sequence
from typing import Any

from clinic_desktop.foundation.trail import Deed
from clinic_desktop.security.audit import PAGE, Asked, TrailLine
from clinic_desktop.storage.as_read import moment
from clinic_desktop.storage.history import OF_A_PATIENT, PATIENTS_ASKED

_LINE = (
    "SELECT id, at, person_id, roles, desk, login, action, kind, record_id,"
    ' "before", "after", reason, hash FROM audit'
)


class TrailReads:
    """The query; whoever mixes it in says how rows are had."""

    def rows(self, query: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        raise NotImplementedError

    def trail_lines(self, asked: Asked, below: TrailLine | None = None, most: int = PAGE) -> list[TrailLine]:
        conditions, values = _conditions(asked, below)
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        rows = self.rows(f"{_LINE}{where} ORDER BY at DESC, id DESC LIMIT ?", [*values, most])
        return [TrailLine(row[0], moment(row[1]), *row[2:]) for row in rows]


def _conditions(asked: Asked, below: TrailLine | None) -> tuple[list[str], list[object]]:
    conditions: list[str] = []
    values: list[object] = []

    def add(condition: str, *parameters: object) -> None:
        conditions.append(condition)
        values.extend(parameters)

    if below is not None:
        # As it stands there: what is no moment is not read as it is written.
        add("(at, id) < (SELECT l.at, l.id FROM audit l WHERE l.id = ?)", below.number)
    if asked.since is not None:
        add("at >= ?", int(asked.since.timestamp()))
    if asked.until is not None:
        add("at < ?", int(asked.until.timestamp()))
    if asked.person_id is not None:
        add("person_id = ?", asked.person_id)
    if asked.actions:
        add(f"action IN ({', '.join('?' * len(asked.actions))})", *asked.actions)
    if asked.patient_id is not None:
        add(f"id IN ({OF_A_PATIENT} UNION ALL {_SEEN})", *[asked.patient_id] * (PATIENTS_ASKED + 1))
    return conditions, values


_DEEDS = ", ".join(f"'{one}'" for one in Deed)
_SEEN = f"SELECT s.id FROM audit s WHERE s.kind = 'patient' AND s.record_id = ? AND s.action IN ({_DEEDS})"

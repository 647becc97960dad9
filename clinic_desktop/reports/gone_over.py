"""What went past a rule on a day: permission that somebody with the right gave, and what merely happened."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from clinic_desktop.foundation.store import Records
from clinic_desktop.scheduling.board_rows import BoardRow
from clinic_desktop.scheduling.model import Override
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.rules import DRIVER_AT_DOSING


@dataclass(frozen=True, slots=True)
class GoneOver:
    """One visit and the rules it went past. by: whoever allowed it, or recorded it (a staff number).

    allowed: by somebody with the right; otherwise it is a deviation, recorded as it happened.
    """

    visit_id: int
    patient: str
    rules: tuple[str, ...]
    by: int
    at: datetime | None
    reason: str
    allowed: bool


def gone_over(records: Records, rows: Iterable[BoardRow]) -> tuple[GoneOver, ...]:
    """Of the visits in ``rows``, by time."""
    names = {row.visit.id: row.name for row in rows}
    if not names:
        return ()
    found = [*_overrides(records, names), *_deviations(records, names)]
    return tuple(sorted(found, key=lambda one: (one.at.timestamp() if one.at else 0, one.visit_id)))


def _overrides(records: Records, names: dict[int, str]) -> Iterator[GoneOver]:
    for one in records.find(Override, visit_id=list(names)):
        # That trace is for the database; what happened stands in the entry itself.
        if not (one.deviation and one.rule == DRIVER_AT_DOSING):
            who, rules = names[one.visit_id], (one.rule,)
            yield GoneOver(one.visit_id, who, rules, one.by, one.at, one.reason, allowed=not one.deviation)


def _deviations(records: Records, names: dict[int, str]) -> Iterator[GoneOver]:
    for one in records.find(Stamp, visit_id=list(names)):
        if one.deviations:
            why = one.reason or one.note
            who = names[one.visit_id]
            yield GoneOver(one.visit_id, who, one.deviations, one.by, one.at, why, allowed=False)

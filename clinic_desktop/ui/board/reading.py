"""Reading the days that a board shows. Called off the GUI thread; answers plain values."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, cast

from clinic_desktop.scheduling.board_rows import BoardRow
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.overlaps import sharing
from clinic_desktop.scheduling.papers import Paper, last_day_sheets
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore
from clinic_desktop.scheduling.states import HERE, LIVE
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.session import visits_with_driver


class BoardRecords(ScheduleRecords, Protocol):
    """Records that answer whole rows of the board."""

    def range_rows(self, first: date, last: date) -> list[BoardRow]:
        """The visits of the local days first..last (both included), every state, by time."""
        ...


@dataclass(frozen=True, slots=True)
class BoardVisit:
    """A visit with what a board says about it. ``driver_here``: to take the patient home. ``shares``: it is
    at once with another on purpose, and a reason stands on record."""

    row: BoardRow
    driver_here: bool = False
    shares: bool = False

    @property
    def visit(self) -> Visit:
        return self.row.visit


@dataclass(frozen=True, slots=True)
class DayRead:
    """One day as it was read, by time."""

    day: date
    visits: tuple[BoardVisit, ...] = ()
    sheet: Paper | None = None  # of the day, as it was printed last


def read_days(store: ScheduleStore, first: date, last: date) -> dict[date, DayRead]:
    """Every day from ``first`` to ``last``, both included, the empty ones too."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    with store.read() as opened:
        records = cast("BoardRecords", opened)  # every store's reader answers rows
        rows = records.range_rows(first, last)
        sheets = last_day_sheets(records, days)
        here = _drivers_here(records, [row.visit.id for row in rows if row.visit.whereabouts in HERE])
        shares = sharing(records, [row.visit for row in rows if row.visit.state in LIVE])
    by_day: dict[date, list[BoardVisit]] = {day: [] for day in days}
    for row in rows:
        by_day[row.visit.day].append(BoardVisit(row, row.visit.id in here, row.visit.id in shares))
    return {day: DayRead(day, tuple(visits), sheets.get(day)) for day, visits in by_day.items()}


def _drivers_here(records: ScheduleRecords, visits: list[int]) -> set[int]:
    if not visits:
        return set()
    return visits_with_driver(records.find(Stamp, visit_id=visits))

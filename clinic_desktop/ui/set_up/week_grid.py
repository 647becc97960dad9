"""The opening hours of a week as a grid: one row a day, hours as people type them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from clinic_desktop.scheduling.model import OpenHours
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.set_up.editor import Editor
from clinic_desktop.ui.set_up.grid import Grid
from clinic_desktop.ui.set_up.grid_model import Column
from clinic_desktop.ui.set_up.hours_text import Stretch, parse_stretches, show_short, show_stretches
from clinic_desktop.ui.set_up.words import WEEKDAYS, day_names
from clinic_desktop.ui.widgets.button import Button


@dataclass(frozen=True, slots=True)
class DayHours:
    """One weekday of the grid; 0 is Monday."""

    weekday: int
    stretches: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Week:
    """The opening hours, day by day."""

    days: tuple[DayHours, ...]

    @property
    def hours(self) -> tuple[OpenHours, ...]:
        return tuple(OpenHours(one.weekday, a, b) for one in self.days for a, b in one.stretches)


def week_of(hours: Sequence[OpenHours]) -> Week:
    """The hours as seven days."""
    return Week(
        tuple(
            DayHours(day, tuple(sorted((one.start, one.end) for one in hours if one.weekday == day)))
            for day in range(7)
        )
    )


def week_words(week: Week) -> str:
    """ "Mon–Fri 8:00–5:30": equal days together, closed days left out."""
    by_hours: dict[tuple[Stretch, ...], list[int]] = {}
    for one in week.days:
        if one.stretches:
            by_hours.setdefault(one.stretches, []).append(one.weekday)
    parts = [f"{day_names(days)} {show_short(stretches)}" for stretches, days in by_hours.items()]
    return "; ".join(parts) or tr("closed all week")


class WeekGrid(Grid[DayHours]):
    """Seven rows: type "8-5:30", "8-12, 1-5" or "closed"."""

    def __init__(self) -> None:
        columns: list[Column[DayHours]] = [
            Column(
                "weekday",
                tr("Day"),
                lambda d: tr(WEEKDAYS[d.weekday]),
                lambda _d, _t: None,
                width=120,
                still=True,
            ),
            Column(
                "stretches",
                tr("Open"),
                lambda d: show_stretches(d.stretches),
                _put_stretches,
                hint=tr("Type 8-5:30, or 8-12, 1-5, or closed."),
            ),
        ]
        super().__init__(columns, lambda: DayHours(0), name=tr("Opening hours"), add="", fixed=True)

    def show_week(self, week: Week) -> None:
        self.set_rows(week.days)
        self.view.setCurrentIndex(self.model.index(0, 1))

    @property
    def week(self) -> Week:
        return Week(self.rows)

    def copy_to_weekdays(self) -> None:
        """The hours of the current row for Monday to Friday, once those typed are understood."""
        self.commit()
        if self.model.untaken:
            self.go_to_problem()
            return
        at = max(0, self.view.currentIndex().row())
        stretches = self.rows[at].stretches
        week = [replace(one, stretches=stretches) if one.weekday < 5 else one for one in self.rows]
        self.set_rows(week)
        self.model.edited.emit()


def _put_stretches(row: DayHours, typed: str | bool) -> DayHours | None:
    stretches = parse_stretches(str(typed))
    return None if stretches is None else replace(row, stretches=stretches)


class HoursEditor(Editor[Week]):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.header(tr("Opening hours"))
        self._grid = WeekGrid()
        self.grid("hours", self._grid)
        copy = Button(tr("Use this day's hours for Monday to Friday"), icon="copy", size="small")
        copy.fired.connect(self._grid.copy_to_weekdays)
        self.action(copy)
        self.note(
            tr("Visits lie within these hours; cleaning may go on after them. Shifts are set per person.")
        )

    def fill(self, value: Week) -> None:
        self._grid.show_week(value)

    def value(self) -> Week:
        return self._grid.week

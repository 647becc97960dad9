"""Federal holidays, offered with a tick: closed, or not."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from clinic_desktop.scheduling.model import Closure, Setup
from clinic_desktop.scheduling.us_holidays import us_holidays
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.set_up.editor import Editor
from clinic_desktop.ui.set_up.fields import day_words
from clinic_desktop.ui.set_up.grid import Grid
from clinic_desktop.ui.set_up.grid_model import Column
from clinic_desktop.ui.widgets.button import Button

_AHEAD_DAYS = 400  # holidays are offered that far


@dataclass(frozen=True, slots=True)
class Holiday:
    """A federal holiday, and the clinic's own whole-day closure on it."""

    day: date
    name: str
    closed: bool = False


def holidays_ahead(setup: Setup, today: date) -> tuple[Holiday, ...]:
    """Federal holidays from today on that fall on opening days, ticked where the clinic is closed."""
    last = today + timedelta(days=_AHEAD_DAYS)
    weekdays = {one.weekday for one in setup.clinic.hours}
    closed = {one.from_day for one in setup.closures if whole_day(one)}
    return tuple(
        Holiday(day, name, day in closed)
        for day, name in us_holidays(today.year, last.year)
        if today <= day <= last and (day.weekday() in weekdays or day in closed)
    )


def whole_day(one: Closure) -> bool:
    return (
        one.room_id is None and one.from_day == one.to_day and (one.from_minute, one.to_minute) == (0, 1440)
    )


class HolidaysEditor(Editor[tuple[Holiday, ...]]):
    widest = 640

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.header(tr("Federal holidays"), tr("Tick the days on which the clinic is closed."))
        columns: list[Column[Holiday]] = [
            Column("closed", tr("Closed"), lambda h: h.closed, _put_closed, width=84, tick=True),
            Column(
                "day",
                tr("Day"),
                lambda h: day_words(h.day),
                lambda _h, _t: None,
                width=160,
                still=True,
            ),
            Column("name", tr("Holiday"), lambda h: h.name, lambda _h, _t: None, still=True),
        ]
        self._grid: Grid[Holiday] = Grid(
            columns, lambda: Holiday(date.min, ""), name=tr("Federal holidays"), add="", fixed=True
        )
        self.grid("holidays", self._grid)
        every = Button(tr("Tick all"), icon="check", size="small")
        every.fired.connect(self._tick_all)
        self.action(every)

    def _tick_all(self) -> None:
        self._grid.set_rows([replace(one, closed=True) for one in self._grid.rows])
        self._grid.model.edited.emit()

    def fill(self, value: tuple[Holiday, ...]) -> None:
        self._grid.set_rows(value)

    def value(self) -> tuple[Holiday, ...]:
        return self._grid.rows


def _put_closed(row: Holiday, on: str | bool) -> Holiday:
    return replace(row, closed=bool(on))

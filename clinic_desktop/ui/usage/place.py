"""The Room usage place: how the rooms were used on a day, in a week, a month, or between two dates."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import ClinicProblem, RightMissing
from clinic_desktop.reports.gone_over import GoneOver
from clinic_desktop.reports.room_day import RoomVisit
from clinic_desktop.reports.sums import ReportStore
from clinic_desktop.reports.usage import Usage
from clinic_desktop.reports.usage_table import as_csv
from clinic_desktop.scheduling.typed_dates import typed_day
from clinic_desktop.ui.commands import Bound
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import LatestReader, run
from clinic_desktop.ui.places import Frame, Place, PlaceSpec
from clinic_desktop.ui.table_file import ask_save, save_table
from clinic_desktop.ui.usage import commands
from clinic_desktop.ui.usage.period import Kind, Period, heading, period_of, stepped
from clinic_desktop.ui.usage.reading import UsageRead, read_usage
from clinic_desktop.ui.usage.view import UsageView
from clinic_desktop.ui.widgets.date_navigator import DateNavigator
from clinic_desktop.ui.wording import problem_worded

_EVERY_MS = 60_000  # while today is shown, who is in a room stays a minute longer each minute


class UsagePlace(Place):
    """Reads what the chosen period is; ``view.read`` is what is shown."""

    def __init__(self, desk: Desk, frame: Frame) -> None:
        self.title = tr("Room usage")
        self._frame, self._desk = frame, desk
        self._period = period_of(Kind.DAY, desk.today())
        self._active = False
        self._dialog: QFileDialog | None = None
        self.view = UsageView(self._parse)
        self.navigator = DateNavigator(desk.today, self._parse, self._heading)
        self._reader: LatestReader[UsageRead] = LatestReader(self.view, self._shown, self._failed)
        self._reader.busy_changed.connect(self.view.busy.set_busy)
        self._clock = QTimer(self.view)
        self._clock.setInterval(_EVERY_MS)
        self._clock.timeout.connect(self._tick)
        self._typed = False
        self.navigator.entered.connect(self._entered)
        self.navigator.picked.connect(self._picked)
        self.view.bar.kind_picked.connect(self._look)
        self.view.bar.dates_typed.connect(self.show_dates)
        self.view.bar.export_wanted.connect(self.export)
        self.view.details.opened.connect(self._open)
        desk.hub.changed.connect(self._heard)
        desk.setup_changed.connect(self._stale)
        desk.actor_changed.connect(self._stale)

    # The place.

    def widget(self) -> QWidget:
        return self.view

    def top_bar_widget(self) -> QWidget:
        return self.navigator

    def panes(self) -> Sequence[QWidget]:
        details = self.view.details
        return (self.view.rooms, details.list, details.over, details.staff, self.view.bar)

    def focus_work(self) -> None:
        (self.view.rooms if self.view.read is not None else self.view).setFocus()

    def activated(self) -> None:
        self._active = True
        self._clock.start()
        self._read()

    def deactivated(self) -> None:
        self._active = False
        self._clock.stop()

    def escape(self) -> bool:
        """From the dates or the details back to the rooms."""
        if self.view.rooms.hasFocus() or self.view.read is None:
            return False
        self.focus_work()
        return True

    def commands(self) -> Sequence[Bound]:
        looks = {
            commands.DAY: Kind.DAY,
            commands.WEEK: Kind.WEEK,
            commands.MONTH: Kind.MONTH,
            commands.DATES: Kind.DATES,
        }
        return (
            *(Bound(command, partial(self._look, kind)) for command, kind in looks.items()),
            Bound(commands.BACK, partial(self.step, -1)),
            Bound(commands.FORWARD, partial(self.step, 1)),
            Bound(commands.TODAY, self.navigator.go_today),
            Bound(commands.GO_TO, self.navigator.ask),
            Bound(commands.EXPORT, self.export, self._has_read),
        )

    # What is shown.

    @property
    def period(self) -> Period:
        return self._period

    def show_day(self, day: date) -> None:
        """The period of the same length that holds a day."""
        if not self._period.holds(day) or self._period.kind is Kind.DAY:
            kind = Kind.DAY if self._period.kind is Kind.DATES else self._period.kind
            self._turn(period_of(kind, day))
        else:
            self.navigator.set_day(self._period.first)

    def _entered(self, _text: str) -> None:
        self._typed = True

    def _picked(self, day: date) -> None:
        """Typed, or reached by a step back or forward, which goes by whole weeks and months."""
        typed, self._typed = self._typed, False
        ahead = (day - self._period.first).days
        if not typed and abs(ahead) == self.navigator.step:
            self.step(1 if ahead > 0 else -1)
        else:
            self.show_day(day)

    def show_dates(self, first: date, last: date) -> None:
        self._turn(Period(Kind.DATES, first, last))
        self.view.rooms.setFocus()

    def step(self, direction: int) -> None:
        self._turn(stepped(self._period, direction))

    def _look(self, kind: Kind) -> None:
        if kind is Kind.DATES:
            self._turn(Period(kind, self._period.first, self._period.last))
            self.view.bar.ask_dates()
        else:
            day = self._desk.today() if self._period.holds(self._desk.today()) else self._period.first
            self._turn(period_of(kind, day))

    def _turn(self, period: Period) -> None:
        self._period = period
        self.navigator.step = (period.last - period.first).days + 1
        self.navigator.set_day(period.first)
        self._read()

    def _heading(self, _day: date) -> str:
        return heading(self._period)

    def _parse(self, typed: str) -> date | None:
        return typed_day(typed.strip().lower(), self._desk.today())

    def _read(self) -> None:
        # The desk's store is typed by what scheduling needs; the same one reads reports.
        store = cast(ReportStore, self._desk.store)
        self._reader.read(partial(read_usage, store, self._desk.actor, self._period))

    def _shown(self, read: UsageRead) -> None:
        if read.period == self._period:
            self.view.show_read(read)

    def _failed(self, problem: ClinicProblem) -> None:
        self.view.bar.show_period(self._period, "")
        title = tr("Reports are not for everybody") if isinstance(problem, RightMissing) else tr("No figures")
        self.view.show_nothing(title, problem_worded(problem))

    def _tick(self) -> None:
        if self._period.holds(self._desk.today()):
            self._read()

    def _heard(self, changes: Changes) -> None:
        if any(self._period.holds(day) for day in changes.days):
            self._stale()

    def _stale(self) -> None:
        if self._active:
            self._read()

    def _open(self, chosen: object) -> None:
        """Enter on a day of a longer period opens it; on a visit, the board shows it."""
        if isinstance(chosen, Usage) and chosen.first == chosen.last:
            self._turn(period_of(Kind.DAY, chosen.first))
            self.focus_work()
        elif isinstance(chosen, Usage):
            self._turn(period_of(Kind.MONTH, chosen.first))
            self.focus_work()
        elif isinstance(chosen, RoomVisit | GoneOver):
            show_visit = getattr(self._frame.go("board"), "show_visit", None)
            if show_visit is not None:
                show_visit(chosen.visit_id, self._period.first)

    # Saving.

    def _has_read(self) -> bool:
        return self.view.read is not None

    def export(self) -> None:
        """Ask where to, then write what is shown."""
        if self.view.read is not None:
            first, last = self._period.first, self._period.last
            days = str(first) if first == last else f"{first}-to-{last}"
            self._dialog = ask_save(self.view, f"room-usage-{days}.csv", self.save_to)

    def save_to(self, path: str) -> None:
        """Write the report that is shown as CSV."""
        if self.view.read is not None:
            report, days = self.view.read.report, self._period
            save = partial(save_table, self._desk, "room usage", Path(path), as_csv(report))
            work = partial(save, first=days.first, last=days.last)
            run(self.view, work, self._saved, key="usage-csv")

    def _saved(self, file: Path) -> None:
        self._frame.say(tr("Saved as {file}.").format(file=file))


def usage_spec(desk: Desk, key: str = "Alt+5") -> PlaceSpec:
    """The place for the rail."""
    return PlaceSpec(commands.USAGE, QT_TR_NOOP("Usage"), "usage", key, partial(UsagePlace, desk))

"""Turning the pages of the board: which view, which day, and its days from the book."""

from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.scheduling.typed_dates import typed_when
from clinic_desktop.ui.board.day_book import DayBook
from clinic_desktop.ui.board.reading import DayRead
from clinic_desktop.ui.board.scene import ViewKind
from clinic_desktop.ui.board.shown import Shown, days_of, heading, neighbours
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.settings_store import Setting, SettingsStore
from clinic_desktop.ui.widgets.date_navigator import DateNavigator

VIEW = Setting("board/view", "rooms")


class Turner(QObject):
    """``turned`` when another page is asked for, ``arrived`` when its days are here, or here anew."""

    turned = Signal()
    arrived = Signal()
    failed = Signal(object)  # ClinicProblem

    def __init__(self, desk: Desk, parent: QObject, settings: SettingsStore | None = None) -> None:
        super().__init__(parent)
        self._desk, self._settings = desk, settings
        self.shown = Shown(self._last_view(), desk.today())
        self.minute: int | None = None  # of the day, where a time was asked for
        self._typed_minute: int | None = None
        self.book = DayBook(desk.store, self)
        self.navigator = DateNavigator(desk.today, self._parse, self._heading)
        self.navigator.picked.connect(self._picked)
        self.navigator.entered.connect(self._entered)
        self.book.arrived.connect(self._arrived)
        self.book.failed.connect(self.failed)
        desk.hub.changed.connect(self._news)
        desk.setup_changed.connect(self._set_up_anew)

    def _last_view(self) -> ViewKind:
        stored = self._settings.get(VIEW) if self._settings is not None else VIEW.default
        return ViewKind(stored) if stored in set(ViewKind) else ViewKind.ROOMS

    @property
    def days(self) -> tuple[date, ...]:
        """The days of the page."""
        return days_of(self.shown, self._desk.setup)

    def rows(self) -> tuple[DayRead, ...] | None:
        """The page as read; None while it is not here."""
        return self.book.rows(self.days)

    def start(self) -> None:
        """Ask for the first page."""
        self._turn(self.shown)

    def go_to(self, day: date, minute: int | None = None) -> None:
        """Turn to a day, and to a minute of it."""
        self.minute = minute
        self._turn(Shown(self.shown.kind, day))

    def look(self, kind: ViewKind, day: date | None = None) -> None:
        """Another view, of the same day where no other is named."""
        if self._settings is not None:
            self._settings.set(VIEW, kind.value)
        self._turn(Shown(kind, day or self.shown.day))

    def step(self, direction: int) -> None:
        """A page on (1) or back (-1)."""
        self.go_to(self.shown.day + timedelta(days=direction * self.shown.step))

    def today(self) -> None:
        self.go_to(self._desk.today(), self._desk.minute_now())

    def _turn(self, shown: Shown) -> None:
        self.shown = shown
        self.navigator.step = shown.step
        self.navigator.set_day(shown.day)
        self.turned.emit()
        self.book.want(self.days)

    def _arrived(self) -> None:
        self.arrived.emit()
        self.book.read_ahead(neighbours(self.shown, self._desk.setup))

    def _heading(self, day: date) -> str:
        return heading(Shown(self.shown.kind, day), self._desk.setup)

    def _parse(self, typed: str) -> date | None:
        when = typed_when(typed, self._desk.today(), self.shown.day)
        return when.day if when else None

    def _entered(self, typed: str) -> None:
        when = typed_when(typed, self._desk.today(), self.shown.day)
        self._typed_minute = when.minute if when else None
        if when is not None and when.day == self.shown.day and when.minute is not None:
            self.go_to(when.day, when.minute)

    def _picked(self, day: date) -> None:
        minute, self._typed_minute = self._typed_minute, None
        self.go_to(day, minute)

    def _news(self, changes: Changes) -> None:
        """Read anew what the news touch; people and other records are not bound to a day."""
        if changes.days:
            self.book.renew(changes.days)
        if changes.patients & self.book.patients_shown() or (not changes.days and changes.visits):
            self.book.renew()

    def _set_up_anew(self) -> None:
        self.book.want(self.days)

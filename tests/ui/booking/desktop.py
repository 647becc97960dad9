"""The whole window at the front desk, its keys going to whatever has the focus."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.scheduling.model import Visit
from clinic_desktop.ui.board.place import BoardPlace
from clinic_desktop.ui.booking.booking_panel import BookingPanel
from clinic_desktop.ui.booking.course_panel import CoursePanel
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.patients.live_directory import live_directory
from clinic_desktop.ui.window import Window
from tests.small_clinic import MONDAY, SmallClinic
from tests.ui.booking.people import clear_noah, give_driver
from tests.ui.booking.window import ENTER
from tests.ui.whole_window import settle, whole_window

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier


@dataclass
class Desktop:
    """Who sits at it."""

    qtbot: QtBot
    clinic: SmallClinic
    window: Window

    def press(self, *keys: Qt.Key, mods: Qt.KeyboardModifier = NONE) -> None:
        for key in keys:
            self.qtbot.keyClick(self.focus, key, mods)
            settle(self.qtbot)

    def type(self, text: str) -> None:
        """Faster than anything is read."""
        for letter in text:
            self.qtbot.keyClicks(self.focus, letter)
        settle(self.qtbot)

    @property
    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    @property
    def booking(self) -> BookingPanel:
        (panel,) = self.window.findChildren(BookingPanel)
        return panel

    @property
    def course(self) -> CoursePanel:
        (panel,) = self.window.findChildren(CoursePanel)
        return panel

    @property
    def board(self) -> BoardPlace:
        place = self.window.place("board")
        assert isinstance(place, BoardPlace)
        return place

    def visits(self) -> list[Visit]:
        with self.clinic.store.read() as records:
            return records.visits_on(MONDAY, date.max)

    def leave_a_draft(self) -> None:
        """Amara's booking as far as its last answer, and out by Esc."""
        self.press(Key.Key_F3)
        self.type("oka")
        self.press(ENTER)
        self.booking.types.focus()
        self.press(Key.Key_1)
        self.booking.times.list.setFocus()
        self.press(Key.Key_3)
        assert self.focus is self.booking.book
        self.press(Key.Key_Escape)
        assert not self.booking.isVisible()


def make_desktop(qtbot: QtBot, clinic: SmallClinic) -> Desktop:
    """Amara with her driver and Noah may be treated; the board has the focus."""
    give_driver(clinic)
    clear_noah(clinic)
    with clinic.store.read() as records:
        desk = Desk(clinic.store, clinic.desk, clinic.clock, records.setup())
    window = whole_window(qtbot, desk)
    qtbot.waitUntil(lambda: live_directory(desk).ready)
    made = Desktop(qtbot, clinic, window)
    made.board.focus_work()
    return made

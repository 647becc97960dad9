"""A hand that counts: every chord that is sent and every click; letters are counted apart."""

from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QListView, QWidget

from clinic_desktop.ui.board.board_view import BoardView
from clinic_desktop.ui.board.cell_walk import column_of
from tests.journeys.desk_story import DeskStory

LEFT = Qt.MouseButton.LeftButton


@dataclass
class Hand:
    """At a desk. ``actions``: chords, clicks, double clicks and drags, each one; letters are free.

    ``keyboard`` and ``mouse`` say which of the two was used at all, so that "by mouse alone" is proved.
    """

    desk: DeskStory
    actions: int = 0
    letters: int = 0
    keyboard: bool = False
    mouse: bool = False

    def press(self, *keys: str) -> None:
        """Chords, each into whatever has the focus, and each once the one before was answered."""
        for key in keys:
            self.actions += 1
            self.keyboard = True
            self.desk.press(key)
            self.desk.wait()

    def type(self, text: str) -> None:
        """Letters of a name, of a day: what the budget allows besides."""
        self.letters += len(text)
        self.desk.write(text)
        self.desk.wait()

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        self._click()
        QTest.mouseClick(widget, LEFT, Qt.KeyboardModifier.NoModifier, at or widget.rect().center())
        self.desk.wait()

    def push(self, name: str) -> None:
        """A click on the button of that name."""
        button = self.desk.button(name)
        assert isinstance(button, QAbstractButton)
        self.click(button)

    def click_row(self, view: QListView, number: int) -> None:
        self.click(view.viewport(), view.visualRect(view.model().index(number, 0)).center())

    def click_slot(self, room: str, minute: int) -> None:
        self.click(self.board.viewport(), self.place(room, minute))

    def double_click_slot(self, room: str, minute: int) -> None:
        self._click()
        at = self.place(room, minute)
        QTest.mouseClick(self.board.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, at)
        QTest.mouseDClick(self.board.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, at)
        self.desk.wait()

    def drag(self, room: str, minute: int, to_room: str, to_minute: int, days: int = 0) -> None:
        """Press, move past the threshold, move there, let go: one action."""
        self._click()
        port, start = self.board.viewport(), self.place(room, minute)
        end = self.place(to_room, to_minute, days)
        none = Qt.KeyboardModifier.NoModifier
        QTest.mousePress(port, LEFT, none, start)
        for at in (start + QPoint(9, 9), end, end + QPoint(1, 0)):
            _move(port, at)
            self.desk.wait()
        QTest.mouseRelease(port, LEFT, none, end)
        self.desk.wait()

    # Where things are.

    @property
    def board(self) -> BoardView:
        return self.desk.board.board.page.board

    def place(self, room: str, minute: int, days: int = 0) -> QPoint:
        """In the viewport, once it is scrolled there: the slot is one that is seen."""
        view = self.board
        assert view.scene is not None
        room_id = self.desk.clinic.rooms[room].id
        column = column_of(view.scene.columns, view.scene.day + timedelta(days=days), room_id)
        assert column is not None
        view.scroll_to_minute(minute - 60)
        box = view.grid.span_box(column, minute, minute + 5)
        at = QPoint(round(box.x + box.width / 2), round(box.y) + 2) - view.shift
        assert view.viewport().rect().contains(at), f"{room} at {minute} is not seen"
        return at

    def _click(self) -> None:
        self.actions += 1
        self.mouse = True


def _move(port: QWidget, at: QPoint) -> None:
    """With the button down, which QTest's own move does not say."""
    where = QPointF(at)
    none = Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(
        QEvent.Type.MouseMove, where, QPointF(port.mapToGlobal(at)), Qt.MouseButton.NoButton, LEFT, none
    )
    QApplication.sendEvent(port, event)

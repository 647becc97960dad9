"""The board's main view: the bar, and below it the board or the list, or words where neither can be shown."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from clinic_desktop.ui.board import commands
from clinic_desktop.ui.board.bar import ViewBar
from clinic_desktop.ui.board.board_view import BoardView
from clinic_desktop.ui.board.day_list import DayList
from clinic_desktop.ui.board.pin_tray import PinTray
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.widgets.busy import BusyOverlay
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.empty_state import EmptyState
from clinic_desktop.ui.widgets.panel import Card, Panel

_CARD = (432, 230)


class EmptyDay(Card):
    """A card in the middle of an empty board: why it is empty, and the first thing to do.

    It gives way to whoever looks for a time there: it never lies over what is offered.
    """

    def __init__(self, board: BoardView) -> None:
        super().__init__(parent=board)
        self._board = board
        self.book = Button(tr("Book a visit"), Kind.PRIMARY, icon="plus", key=commands.BOOK.keys[0])
        self._state = EmptyState("calendar", "", "", [self.book])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._state)
        self._wanted = False
        board.viewport().installEventFilter(self)  # which has its new size by then, and the board not yet
        self.hide()

    def show_words(self, title: str, text: str, *, can_book: bool) -> None:
        self._state.set_words(title, text)
        self.book.setVisible(can_book)
        self._wanted = True
        self.give_way()

    def leave(self) -> None:
        """The day is not empty, or not shown by time."""
        self._wanted = False
        self.hide()

    def give_way(self) -> None:
        """Stand there, unless somebody looks for a time, or its words find no room; on a day without any time
        only a ghost is in the way."""
        looked = self._board.looked_at if self.book.isVisibleTo(self) else self._board.shows_ghost
        self.setVisible(self._wanted and not looked and self._place())
        self.raise_()

    def _place(self) -> bool:
        """In the middle of what is seen of the board; whether it is read whole there."""
        port = self._board.viewport().geometry()
        width = min(theme().px(_CARD[0]), port.width() - 16)
        height = min(theme().px(_CARD[1]), port.height() - 8)
        top = port.top() + max(4, (port.height() - height) * 2 // 5)
        self.setGeometry(port.left() + (port.width() - width) // 2, top, width, height)
        return self._state.least_height(width) <= height

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.give_way()
        return super().eventFilter(watched, event)


class Page(Panel):
    """``views``: the board, the list, the words of a failure."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", (), parent)
        self.bar = ViewBar()
        self.board = BoardView()
        self.list = DayList()
        self.empty = EmptyDay(self.board)
        self.again = Button(tr("Read it again"), Kind.PRIMARY, icon="refresh")
        self.failure = EmptyState("offline", "", "", [self.again])
        self._views = QStackedWidget()
        for widget in (self.board, self.list, self.failure):
            self._views.addWidget(widget)
        self.tray = PinTray()
        self.busy = BusyOverlay(self._views, tr("Reading the day"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._views, 1)
        column.addWidget(self.tray)

    def show_board(self) -> None:
        self._views.setCurrentWidget(self.board)

    def show_list(self) -> None:
        self._views.setCurrentWidget(self.list)

    def show_failure(self, title: str, text: str) -> None:
        """The day could not be read, and nothing older is there to show."""
        self.failure.set_words(title, text)
        self._views.setCurrentWidget(self.failure)

    @property
    def lists(self) -> bool:
        return self._views.currentWidget() is self.list

    @property
    def failed(self) -> bool:
        return self._views.currentWidget() is self.failure

    def focus_work(self) -> None:
        target: QWidget = self.board
        if self.failed:
            target = self.again
        elif self.lists:
            target = self.list
        target.setFocus(Qt.FocusReason.OtherFocusReason)

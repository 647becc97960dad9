"""A short list inside a page: as tall as its rows, one stop for Tab, Enter acts."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QSizePolicy, QWidget

from clinic_desktop.ui.patients.page_rows import Line
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.list_model import Index
from clinic_desktop.ui.widgets.reveal import reveal_row
from clinic_desktop.ui.widgets.row_model import RowModel
from clinic_desktop.ui.widgets.rows import RowDelegate

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LineList(QListView):
    """``chosen`` carries the payload of a line: Enter, or a click (a double click unless ``at_once``).

    wrap: no word is cut, a line takes as many rows as it needs. marked: the current line stays marked while
    the focus is in the panel that is about it. in_sight: it is also kept in sight when a panel takes room.
    """

    chosen = Signal(object)

    def __init__(
        self,
        name: str,
        at_once: bool = False,
        parent: QWidget | None = None,
        *,
        wrap: bool = False,
        marked: bool = False,
        in_sight: bool = False,
    ) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._wrap, self._marked, self._in_sight = wrap, marked, in_sight
        self._revealing = QTimer(self)  # once the page around the list has its new height
        self._revealing.setSingleShot(True)
        self._revealing.setInterval(0)
        self._revealing.timeout.connect(lambda: reveal_row(self, self.currentIndex()))
        self._rows = RowModel(self)
        self._delegate = RowDelegate(self, wrap=wrap)
        self.setModel(self._rows)
        follow_selection(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        (self.clicked if at_once else self.doubleClicked).connect(self._taken)

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Other lines; the list takes no room without any."""
        if tuple(lines) == self._lines:
            return
        place = self.currentIndex().row()
        self._lines = tuple(lines)
        self._rows.set_things([line.row for line in lines])
        self.setVisible(bool(lines))
        self.updateGeometry()
        if self.hasFocus():
            self._stand_at(min(max(place, 0), len(lines) - 1))

    def lines(self) -> tuple[Line, ...]:
        return self._lines

    def sizeHint(self) -> QSize:
        height = sum(self.sizeHintForRow(number) for number in range(len(self._lines)))
        return QSize(160, height + 2 * self.frameWidth())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._lines:
            self._stand_at(0)
        elif self._lines:
            self._stand_at(self.currentIndex().row())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if not self._marked:
            self.clearSelection()
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._wrap and event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()
        if self._in_sight and not self._revealing.isActive():
            self._revealing.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # the panel's main button has it
        elif event.key() in _ENTER and self.currentIndex().isValid():
            self._taken(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self.hasFocus():
            reveal_row(self, current)

    def _stand_at(self, place: int) -> None:
        if place >= 0:
            self.setCurrentIndex(self._rows.index(place, 0))

    def _taken(self, index: QModelIndex) -> None:
        self.chosen.emit(self._lines[index.row()].payload)

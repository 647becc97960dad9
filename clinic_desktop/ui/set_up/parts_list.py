"""The parts of the set-up, one line each; arrows move, Enter goes in."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.list_model import Index
from clinic_desktop.ui.widgets.panel import Panel
from clinic_desktop.ui.widgets.row_model import RowModel
from clinic_desktop.ui.widgets.rows import Row, RowDelegate

_WIDTH = 196


class _View(QListView):
    moved = Signal(int)
    opened = Signal()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.moved.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class PartsList(Panel):
    """(id, words, icon) rows. ``chosen`` carries the id."""

    chosen = Signal(str)
    opened = Signal()

    def __init__(self, parts: Sequence[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        super().__init__("surface", ("right",), parent)
        self._ids = [part for part, _, _ in parts]
        self._quiet = False
        self._model = RowModel(self)
        self._model.set_things([Row(words, icon=icon) for _, words, icon in parts])
        self.view = _View()
        self._delegate = RowDelegate(self.view)
        self.view.setModel(self._model)
        follow_selection(self.view)
        self.view.setItemDelegate(self._delegate)
        self.view.setAccessibleName(tr("Parts of the set-up"))
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.moved.connect(self._moved)
        self.view.opened.connect(self.opened)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 9, 10)
        column.addWidget(self.view)
        self.setFocusProxy(self.view)

    def width_wanted(self) -> int:
        return theme().px(_WIDTH)

    def sizeHint(self) -> QSize:
        return QSize(self.width_wanted(), 200)

    @property
    def current(self) -> str:
        index = self.view.currentIndex()
        return self._ids[index.row()] if index.isValid() else ""

    def set_current(self, part: str) -> None:
        self._quiet = True
        self.view.setCurrentIndex(self._model.index(self._ids.index(part), 0))
        self._quiet = False

    def _moved(self, row: int) -> None:
        if not self._quiet:
            self.chosen.emit(self._ids[row])

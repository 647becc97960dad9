"""What can come of a call, numbered, in two columns: a digit or an arrow only goes there, Enter takes it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QSizePolicy, QStyleOptionViewItem, QWidget

from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.list_model import Index
from clinic_desktop.ui.widgets.row_model import RowModel
from clinic_desktop.ui.widgets.rows import Row, RowDelegate

_HEIGHT, _FRAME, _COLUMNS = 30, 3, 2
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

Outcome = TypeVar("Outcome")


class _Delegate(RowDelegate):
    """As wide as a cell of the grid."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        view = option.widget
        return view.gridSize() if isinstance(view, QListView) else QSize(120, theme().px(_HEIGHT))


class OutcomeGrid(QListView, Generic[Outcome]):
    """Nothing is selected until somebody selects it. ``words``: of an outcome. ``taken``: Enter on a selected
    one."""

    taken = Signal()
    selected = Signal()

    def __init__(self, words: Callable[[Outcome], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._outcomes: tuple[Outcome, ...] = ()
        self._rows = RowModel(self)
        self._delegate = _Delegate(self)
        self.setModel(self._rows)
        follow_selection(self)
        self.setItemDelegate(self._delegate)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setAccessibleName(tr("What came of the call"))
        self.setAccessibleDescription(tr("A digit or an arrow goes to a line, Enter takes it."))
        self.setProperty("framed", "true")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.selectionModel().currentChanged.connect(self._moved)
        theme().changed.connect(self._fit)

    def set_outcomes(self, outcomes: Sequence[Outcome]) -> None:
        """Other outcomes, none of them selected; the same ones stay as they are."""
        if tuple(outcomes) != self._outcomes:
            self._outcomes = tuple(outcomes)
            rows = [Row(self._words(one), key=str(n)) for n, one in enumerate(outcomes, start=1)]
            self._rows.set_things([replace(one, key_room=20) for one in rows])
            self._fit()
        self.select_none()

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        return self._outcomes

    @property
    def current(self) -> Outcome | None:
        """The selected one."""
        index = self.currentIndex()
        return self._outcomes[index.row()] if index.isValid() else None

    def select(self, number: int) -> bool:
        """Go to an outcome by its digit; False when there is none."""
        if not 1 <= number <= len(self._outcomes):
            return False
        self.setCurrentIndex(self._rows.index(number - 1, 0))
        return True

    def select_none(self) -> None:
        self.setCurrentIndex(QModelIndex())
        self.clearSelection()

    def sizeHint(self) -> QSize:
        lines = -(-len(self._outcomes) // _COLUMNS)
        return QSize(240, theme().px(_HEIGHT) * lines + 2 * _FRAME)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_0.value
        if 1 <= number <= 9 and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.select(number)
        elif event.key() in _ENTER:
            self.taken.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setGridSize(QSize(max(1, (self.viewport().width() - 1) // _COLUMNS), theme().px(_HEIGHT)))
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()

    def _moved(self, _current: QModelIndex, _before: QModelIndex) -> None:
        self.selected.emit()

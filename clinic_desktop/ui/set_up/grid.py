"""The table editor: arrows move, typing writes a cell anew, F2 goes on in it, Space ticks, Ins adds, Ctrl Del
removes."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.set_up.grid_cells import CellDelegate
from clinic_desktop.ui.set_up.grid_model import CHOICES_ROLE, PROBLEM_ROLE, Column, GridModel, Index, Problems
from clinic_desktop.ui.theme import set_text, theme
from clinic_desktop.ui.tokens import TextRole, tokens
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.label import label

T = TypeVar("T")
_LEAST_FREE = 110  # the column that takes what is left
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class GridView(QTableView):
    """The cells. As high as its rows; sideways it scrolls when the window is small."""

    add_pressed = Signal()
    remove_pressed = Signal()
    move_pressed = Signal(int)
    entered = Signal()

    def __init__(self, model: GridModel[T], name: str) -> None:
        super().__init__()
        self._columns = model.columns
        self.walks = False  # whether Enter goes from cell to cell; if not it belongs to the form
        self.tab_walks = False  # whether Tab does; if not it leaves the grid
        self._delegate = CellDelegate(self)
        self._delegate.entered.connect(self._enter)
        self.setModel(model)
        follow_selection(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setProperty("framed", "true")
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.AnyKeyPressed
            | triggers.EditKeyPressed
            | triggers.DoubleClicked
            | triggers.SelectedClicked
        )
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(24)
        set_text(header, TextRole.LABEL)
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._fit)
        self._fit()

    def sizeHint(self) -> QSize:
        rows = self.model().rowCount()
        inner = rows * self._row_height() + self.horizontalHeader().sizeHint().height()
        bar = self.horizontalScrollBar()
        extra = bar.sizeHint().height() if bar.maximum() > 0 else 0
        return QSize(200, inner + extra + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def commit(self) -> None:
        """Take what is being typed in a cell, as if the cell had been left."""
        if self.state() == QAbstractItemView.State.EditingState:
            self.setFocus()

    def _row_height(self) -> int:
        return theme().px(tokens().row["table"] - 4)

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._row_height())
        self._share_width()
        self.updateGeometry()

    def _share_width(self) -> None:
        """Fixed columns take their width; those without share what is left. Where that is too little, ticks
        are no wider than their heads."""
        free = [n for n, one in enumerate(self._columns) if not one.width]
        widths = [theme().px(one.width) for one in self._columns]
        room, least = self.viewport().width(), theme().px(_LEAST_FREE)
        if sum(widths) + least * len(free) > room:
            head = self.horizontalHeader()
            ticks = [n for n, one in enumerate(self._columns) if one.tick]
            widths = [min(w, head.sectionSizeHint(n)) if n in ticks else w for n, w in enumerate(widths)]
        share = max(least, (room - sum(widths)) // len(free)) if free else 0
        for number, one in enumerate(self._columns):
            self.setColumnWidth(number, widths[number] if one.width else share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        said = current.data(Qt.ItemDataRole.AccessibleDescriptionRole)
        if said:
            announce(self, str(said))

    def _enter(self) -> None:
        if self.walks:
            self.entered.emit()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab: to the next cell, and out after the last one."""
        at, columns = self.currentIndex(), self.model().columnCount()
        if not self.tab_walks or not at.isValid():
            return super().focusNextPrevChild(forward)
        place = at.row() * columns + at.column() + (1 if forward else -1)
        if not 0 <= place < self.model().rowCount() * columns:
            return super().focusNextPrevChild(forward)
        self.setCurrentIndex(self.model().index(*divmod(place, columns)))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, ctrl = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in _ENTER:
            event.setAccepted(self.walks and not ctrl)  # or it belongs to the form: it saves, or goes on
            if event.isAccepted():
                self._enter()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and ctrl:
            super().focusNextPrevChild(key == Qt.Key.Key_Tab)  # out of the grid from wherever one is
        elif key == Qt.Key.Key_F2:
            super().keyPressEvent(event)
            if isinstance(line := QApplication.focusWidget(), QLineEdit):
                line.end(False)  # all of it was selected, and the next letter would replace it
        elif key == Qt.Key.Key_Insert:
            self.add_pressed.emit()
        elif key == Qt.Key.Key_Delete and ctrl:
            self.remove_pressed.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_pressed.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Space and self.currentIndex().data(CHOICES_ROLE):
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class Grid(QWidget, Generic[T]):
    """A grid with its buttons and, below, what is wrong in it.

    add: what the button says. movable: rows have an order. fixed: rows neither come nor go.
    """

    edited = Signal()

    def __init__(
        self,
        columns: Sequence[Column[T]],
        new_row: Callable[[], T],
        *,
        name: str,
        add: str,
        movable: bool = False,
        fixed: bool = False,
        least: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._new_row, self._least = new_row, least
        self.model: GridModel[T] = GridModel(columns, self)
        self.view = GridView(self.model, name)
        self.add_button = Button(add, icon="plus", key="Ins", size="small")
        self.remove_button = Button(tr("Remove"), Kind.QUIET, icon="minus", key="Ctrl+Del", size="small")
        self._problem = self.said_in = label("", TextRole.LABEL, "danger", wrap=True)
        self._problem.hide()
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self.add_button)
        foot.addWidget(self.remove_button)
        if movable:
            foot.addWidget(self._arrow("up", tr("Move up"), "Alt+Up", -1))
            foot.addWidget(self._arrow("down", tr("Move down"), "Alt+Down", 1))
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.view)
        column.addWidget(self._problem)
        if not fixed:
            column.addLayout(foot)
        self.setFocusProxy(self.view)
        self.model.edited.connect(self.edited)
        self.model.refused.connect(self._refused)
        self.view.add_pressed.connect(self.add_row)
        self.view.remove_pressed.connect(self.remove_row)
        self.view.move_pressed.connect(self.move_row)
        self.view.entered.connect(self._next)
        self.add_button.fired.connect(self.add_row)
        self.remove_button.fired.connect(self.remove_row)
        self._movable, self._fixed = movable, fixed
        self._out: Callable[[], object] = self.focusNextChild

    def walk_by_enter(self, out: Callable[[], object]) -> None:
        """Enter goes from one cell that is typed in to the next, after the last one to a new row, and from
        an empty row or the last fixed one ``out`` of the grid. Otherwise it belongs to the form around."""
        self.view.walks, self._out = True, out

    def walk_by_tab(self) -> None:
        """Tab goes from cell to cell, ticks too, and out after the last; Ctrl Tab goes out at once."""
        self.view.tab_walks = True

    def _next(self) -> None:
        at = self.view.currentIndex()
        if at.data(PROBLEM_ROLE) and self.model.untaken:
            return  # it is to be typed anew
        after = self.model.next_typed(at.row(), at.column())
        if after is not None:
            self.view.setCurrentIndex(after)
        elif self._fixed or self.model.is_empty(at.row()):
            self._out()
        else:
            self.model.insert(len(self.rows), self._new_row())
            self._go(len(self.rows) - 1, 0)

    def _arrow(self, icon: str, name: str, key: str, step: int) -> Button:
        button = Button("", Kind.QUIET, icon=icon, name=name, key=key, size="small")
        button.fired.connect(self._up if step < 0 else self._down)
        return button

    def commit(self) -> None:
        """Take what is being typed in a cell."""
        self.view.commit()

    @property
    def rows(self) -> tuple[T, ...]:
        return self.model.rows

    def set_columns(self, columns: Sequence[Column[T]]) -> None:
        """The same columns with other choices; the rows are set afterwards."""
        self.model.set_columns(columns)

    def set_rows(self, rows: Sequence[T]) -> None:
        """Show these; keeps the place of the cursor where there is still a row."""
        at = self.view.currentIndex()
        self.model.set_rows(rows)
        self._go(at.row() if at.isValid() else 0, max(0, at.column()))
        self.set_problems({})

    def set_problems(self, problems: Problems, general: str = "") -> None:
        """Mark the cells and say the first thing to do below the grid."""
        self.model.set_problems(problems)
        self._say(_first(self.model.untaken) or general or _first(problems))

    def untaken(self, prefix: str) -> dict[str, str]:
        """What was typed and not understood, as problems "prefix.row.field"."""
        return {f"{prefix}.{row}.{field}": said for (row, field), said in self.model.untaken.items()}

    def _refused(self, said: str) -> None:
        self._say(said)
        announce(self.view, said)

    def go_to_problem(self) -> None:
        """The focus to the first cell in which something is wrong, or to where it was last."""
        if (at := self.model.first_problem()) is not None:
            self.view.setCurrentIndex(at)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_last(self) -> None:
        """The cursor to the first cell of the last row."""
        self._go(len(self.rows) - 1, 0)

    def _say(self, said: str) -> None:
        self._problem.setText(said)
        self._problem.setVisible(bool(said))
        self.view.setAccessibleDescription(said)

    @property
    def problem(self) -> str:
        """What is said below the grid."""
        return self._problem.text()

    def add_row(self) -> None:
        """A new row below the current one, its first cell ready to type."""
        if self._fixed:
            return
        self.commit()
        at = self.view.currentIndex()
        row = at.row() + 1 if at.isValid() else len(self.rows)
        self.model.insert(row, self._new_row())
        self._go(row, 0)
        self.view.setFocus()
        index = self.model.index(row, 0)
        if index.flags() & Qt.ItemFlag.ItemIsEditable and not index.data(CHOICES_ROLE):
            self.view.edit(index)

    def remove_row(self) -> None:
        at = self.view.currentIndex()
        if self._fixed or not at.isValid() or len(self.rows) <= self._least:
            return
        row, column = at.row(), at.column()
        self.model.take(row)
        self._go(row, column)

    def move_row(self, step: int) -> None:
        self.commit()
        at = self.view.currentIndex()
        row, column = at.row(), at.column()
        if self._movable and at.isValid() and self.model.move(row, step):
            self._go(row + step, column)

    def _up(self) -> None:
        self.move_row(-1)

    def _down(self) -> None:
        self.move_row(1)

    def _go(self, row: int, column: int) -> None:
        if self.rows:
            self.view.setCurrentIndex(self.model.index(min(row, len(self.rows) - 1), column))


def _first(problems: Problems) -> str:
    return next((problems[at] for at in sorted(problems)), "")

"""The day as a plain table: every visit on a row of text, with the same commands as the board."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from clinic_desktop.ui.board.block import Block
from clinic_desktop.ui.board.block_words import held_word
from clinic_desktop.ui.board.day_axis import spoken_clock
from clinic_desktop.ui.board.sentences import visit_sentence
from clinic_desktop.ui.driver_badge import driver_word
from clinic_desktop.ui.glyphs import state_word, status_pixmap
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import tokens
from clinic_desktop.ui.widgets.follow_selection import follow_selection

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_DASH = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Row:
    """A visit and the name of its room."""

    block: Block
    room: str


def _state(row: Row) -> str:
    block = row.block
    words = [held_word(block) if block.waits else state_word(block.state)]
    if block.displaced:
        words.insert(0, tr("DISPLACED"))
    if block.over:
        words.append(tr("{minutes} min over").format(minutes=block.over))
    return ", ".join(words)


def _type(row: Row) -> str:
    return f"{row.block.type_name} {row.block.progress}".strip()


def _driver(row: Row) -> str:
    block = row.block
    return driver_word(block.driver, late=block.driver_late) if block.driver else _DASH


COLUMNS: tuple[tuple[str, Callable[[Row], str]], ...] = (
    (QT_TR_NOOP("Time"), lambda row: spoken_clock(row.block.start)),
    (QT_TR_NOOP("Until"), lambda row: spoken_clock(row.block.end)),
    (QT_TR_NOOP("Patient"), lambda row: row.block.name),
    (QT_TR_NOOP("State"), _state),
    (QT_TR_NOOP("Visit"), _type),
    (QT_TR_NOOP("Room"), lambda row: row.room or _DASH),
    (QT_TR_NOOP("Driver"), _driver),
    (QT_TR_NOOP("With"), lambda row: row.block.staff_name or _DASH),
    (QT_TR_NOOP("Phone"), lambda row: row.block.phone or _DASH),
)
_STATE = 3
_ELASTIC = (2, 3, 4, 5, 7)  # patient, state, visit, room, with: these give way where it gets narrow
_MOST_GIVEN = 8  # an eighth of their width; beyond that it is better scrolled
_MARK = 15
_PAD, _FRAME = 26, 6  # of a cell with what the style adds, and the frame of the one that has the focus


class DayListModel(QAbstractTableModel):
    """One row for each visit, by time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def set_rows(self, rows: Sequence[Row]) -> None:
        if tuple(rows) == self.rows:
            return
        if [one.block.id for one in rows] == [one.block.id for one in self.rows]:
            self.rows = tuple(rows)
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return COLUMNS[index.column()][1](row)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return visit_sentence(row.block, row.room)
        if role == Qt.ItemDataRole.DecorationRole and index.column() == _STATE:
            return status_pixmap(row.block.whereabouts, theme().px(_MARK), 2.0)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return tr(COLUMNS[section][0])
        return None


class DayList(QTableView):
    """``visit_changed`` when another row is current; Enter opens, letters go to the search line."""

    visit_changed = Signal(object)
    visit_opened = Signal(int)
    typed = Signal(str)
    room_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.visits = DayListModel(self)
        self.setModel(self.visits)
        follow_selection(self)
        self.setAccessibleName(tr("List of the day"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setStretchLastSection(True)
        self.doubleClicked.connect(self._opened)
        theme().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self._share_width()
        self.room_wanted.emit()
        self.verticalHeader().setDefaultSectionSize(theme().px(tokens().row["list"]))
        self.setIconSize(QSize(theme().px(_MARK), theme().px(_MARK)))

    @property
    def wanted(self) -> int:
        """The width in which every word can be read."""
        down = self.verticalScrollBar().sizeHint().width()
        return sum(self._width_of(column) for column in range(len(COLUMNS))) + down

    def _share_width(self) -> None:
        """Every column as wide as its words; where that is a little too much the elastic ones give way."""
        widths = [self._width_of(column) for column in range(len(COLUMNS))]
        give = {column: widths[column] // _MOST_GIVEN for column in _ELASTIC}
        over, most = sum(widths) - self.viewport().width(), sum(give.values())
        gives = 0 < over <= most
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width - (-(-give.get(column, 0) * over // most) if gives else 0))

    def _width_of(self, column: int) -> int:
        say = COLUMNS[column][1]
        texts = {say(row) for row in self.visits.rows} | {tr(COLUMNS[column][0])}
        metrics = QFontMetricsF(self.font())
        mark = theme().px(_MARK) + _FRAME if column == _STATE else 0
        return round(max(metrics.horizontalAdvance(text) for text in texts)) + mark + _PAD + _FRAME

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    @property
    def selected_visit(self) -> int | None:
        index = self.currentIndex()
        return self.visits.rows[index.row()].block.id if index.isValid() else None

    def show_rows(self, rows: Sequence[Row]) -> None:
        """The visits of a day; what was selected stays so."""
        chosen = self.selected_visit
        self.visits.set_rows(rows)
        self._share_width()
        self.room_wanted.emit()
        if self.selected_visit != chosen:
            self.select_visit(chosen)

    def select_visit(self, visit_id: int | None) -> bool:
        """Select a visit's row; False when it is not in the list."""
        rows = (row for row, one in enumerate(self.visits.rows) if one.block.id == visit_id)
        row = next(rows, -1)
        if row < 0:
            self.selectionModel().clear()
            return False
        self.setCurrentIndex(self.visits.index(row, max(0, self.currentIndex().column())))
        return True

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.visit_changed.emit(self.selected_visit)

    def _opened(self) -> None:
        if self.selected_visit is not None:
            self.visit_opened.emit(self.selected_visit)

    def keyboardSearch(self, _search: str) -> None:
        """Letters open the search line instead."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text, chord = event.text(), event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._opened()
        elif event.key() in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight):
            self._step(1 if event.key() == Qt.Key.Key_BracketRight else -1)
        elif text.strip() and text.isprintable() and not chord:
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

    def _step(self, direction: int) -> None:
        row = self.currentIndex().row() + direction
        if 0 <= row < len(self.visits.rows):
            self.setCurrentIndex(self.visits.index(row, max(0, self.currentIndex().column())))

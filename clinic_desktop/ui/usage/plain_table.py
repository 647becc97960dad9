"""A quiet table to read: words at the left, figures at the right, rows by keyboard."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import text_width
from clinic_desktop.ui.theme import set_text, theme
from clinic_desktop.ui.tokens import TextRole, tokens
from clinic_desktop.ui.widgets.follow_selection import follow_selection

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_PAD = 28  # both sides of a cell, as the style sheet has it
_MOST = 260
_GIVES = 0.7  # the first column is cut so far before the others have to be scrolled to


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's words, marked with QT_TR_NOOP, and whether figures stand under them."""

    text: str
    figures: bool = False


class PlainModel(QAbstractTableModel):
    """Rows of texts; each may carry a key for whoever is told of it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.headings: tuple[Heading, ...] = ()
        self.rows: tuple[tuple[str, ...], ...] = ()

    def set_rows(self, headings: Sequence[Heading], rows: Sequence[tuple[str, ...]]) -> None:
        self.beginResetModel()
        self.headings, self.rows = tuple(headings), tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        text = self.rows[index.row()][index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{tr(self.headings[index.column()].text)}: {text or tr('none')}"
        return self._side(index.column()) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(self.headings[section].text)
        return self._side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        figures = self.headings[column].figures
        return (
            Qt.AlignmentFlag.AlignRight if figures else Qt.AlignmentFlag.AlignLeft
        ) | Qt.AlignmentFlag.AlignVCenter


class PlainTable(QTableView):
    """Columns as wide as their words need; the first takes what is left, or gives a little."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model_ = PlainModel(self)
        self.setModel(self.model_)
        follow_selection(self)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        set_text(self.horizontalHeader(), TextRole.LABEL)
        theme().changed.connect(self._lay_out)

    def set_rows(self, headings: Sequence[Heading], rows: Sequence[tuple[str, ...]]) -> None:
        """Other rows, under other headings."""
        self.model_.set_rows(headings, rows)
        self._lay_out()

    def height_of(self, rows: int) -> int:
        """The height that shows so many rows."""
        return self.horizontalHeader().sizeHint().height() + rows * theme().px(tokens().row["list"]) + 2

    def _lay_out(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme().px(tokens().row["list"]))
        widths = [self._width(column) for column in range(len(self.model_.headings))]
        if not widths:
            return
        left = self.viewport().width() - sum(widths[1:])
        if left >= _GIVES * widths[0]:
            widths[0] = left
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)

    def _width(self, column: int) -> int:
        texts = [tr(self.model_.headings[column].text), *(row[column] for row in self.model_.rows)]
        return round(min(max(text_width(text, TextRole.BODY) for text in texts), theme().px(_MOST))) + _PAD

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

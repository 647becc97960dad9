"""The cards of the floor as a model: what a screen reader reads."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from clinic_desktop.ui.floor.card import Card

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_TOLD = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class FloorModel(QAbstractListModel):
    """Cards in the order they are shown. The same patients in the same order keep their rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cards: list[Card] = []

    @property
    def cards(self) -> Sequence[Card]:
        return self._cards

    def show(self, cards: Sequence[Card]) -> bool:
        """Take over cards; True when rows came, went or changed places."""
        same = [one.visit_id for one in cards] == [one.visit_id for one in self._cards]
        if not same:
            self.beginResetModel()
            self._cards = list(cards)
            self.endResetModel()
            return True
        for row, card in enumerate(cards):
            if self._cards[row] != card:
                self._cards[row] = card
                index = self.index(row, 0)
                self.dataChanged.emit(index, index)
        return False

    def row_of(self, visit_id: int) -> int:
        """The row of a visit; -1 when it is not shown."""
        return next((row for row, one in enumerate(self._cards) if one.visit_id == visit_id), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        return self._cards[index.row()].spoken if role in _TOLD else None

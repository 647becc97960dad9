"""The rows of the floor as a model, cards of patients and tiles of rooms: what a screen reader reads."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from clinic_desktop.ui.floor.commands import PICK
from clinic_desktop.ui.floor.tile import Row, Tile
from clinic_desktop.ui.keys import key_text

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_TOLD = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class FloorModel(QAbstractListModel):
    """In the order they are shown. The same patients and rooms in the same order keep their rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    @property
    def rows(self) -> Sequence[Row]:
        return self._rows

    def show(self, rows: Sequence[Row]) -> bool:
        """Take over rows; True when rows came, went or changed places."""
        same = [one.key for one in rows] == [one.key for one in self._rows]
        if not same:
            self.beginResetModel()
            self._rows = list(rows)
            self.endResetModel()
            return True
        for row, shown in enumerate(rows):
            if self._rows[row] != shown:
                self._rows[row] = shown
                index = self.index(row, 0)
                self.dataChanged.emit(index, index)
        return False

    def row_of(self, visit_id: int) -> int:
        """The row of a visit's card; -1 when it is not shown."""
        return self.row_at(("visit", visit_id))

    def row_at(self, key: tuple[str, int]) -> int:
        """The row of a patient or a room; -1 when it is not shown."""
        return next((row for row, one in enumerate(self._rows) if one.key == key), -1)

    @property
    def first_patient(self) -> int:
        """The row of the first card; where there are rooms only, the first of them."""
        return next((row for row, one in enumerate(self._rows) if not isinstance(one, Tile)), 0)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return key_text(PICK[row.number - 1].key) if row.number else None
        return row.spoken if role in _TOLD else None

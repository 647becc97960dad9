"""The visits of a scene as a model: what a screen reader reads, and what views and lists draw."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from clinic_desktop.ui.board.scene import Column, Placed, Scene
from clinic_desktop.ui.board.sentences import visit_sentence

PLACED_ROLE = Qt.ItemDataRole.UserRole + 1

Index = QModelIndex | QPersistentModelIndex
Key = tuple[int, int]  # visit, and which of its places: it may stand in two people's columns
_ROOT = QModelIndex()
_TOLD = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
)


class BoardModel(QAbstractListModel):
    """Rows in order of time. What stays is kept in its row, so that selection and reading place stay."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._placed: list[Placed] = []
        self._columns: tuple[Column, ...] = ()
        self._rooms: dict[int | None, str] = {}

    @property
    def placed(self) -> Sequence[Placed]:
        return self._placed

    def show(self, scene: Scene, rooms: dict[int | None, str]) -> None:
        """Take over a scene. ``rooms``: names by id, for the sentences."""
        same_days = [one.day for one in self._columns] == [one.day for one in scene.columns]
        self._columns, self._rooms = scene.columns, rooms
        if same_days and self._placed:
            self._change(list(scene.placed))
        else:
            self.beginResetModel()
            self._placed = list(scene.placed)
            self.endResetModel()

    def _change(self, wanted: list[Placed]) -> None:
        """From what stands to what is wanted: rows go, stay in their order, and come."""
        keys = _keys(wanted)
        staying = _kept(_keys(self._placed), keys)
        for row, key in reversed(list(enumerate(_keys(self._placed)))):
            if key not in staying:
                self.beginRemoveRows(_ROOT, row, row)
                del self._placed[row]
                self.endRemoveRows()
        for row, (key, one) in enumerate(zip(keys, wanted, strict=True)):
            if key in staying:
                self._replace(row, one)
            else:
                self.beginInsertRows(_ROOT, row, row)
                self._placed.insert(row, one)
                self.endInsertRows()

    def _replace(self, row: int, one: Placed) -> None:
        if self._placed[row] != one:
            self._placed[row] = one
            index = self.index(row, 0)
            self.dataChanged.emit(index, index)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._placed)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        one = self._placed[index.row()]
        if role == PLACED_ROLE:
            return one
        if role not in _TOLD:
            return None
        room = self._rooms.get(one.block.room_id, "")
        return visit_sentence(one.block, room)

    def row_of(self, visit_id: int | None) -> int:
        """The first row of a visit; -1 when it is not shown."""
        rows = (row for row, one in enumerate(self._placed) if one.block.id == visit_id)
        return next(rows, -1)


def _keys(placed: Sequence[Placed]) -> list[Key]:
    seen: dict[int, int] = {}
    out = []
    for one in placed:
        seen[one.block.id] = seen.get(one.block.id, -1) + 1
        out.append((one.block.id, seen[one.block.id]))
    return out


def _kept(before: Sequence[Key], after: Sequence[Key]) -> set[Key]:
    """What is in both and follows in the same order; what has overtaken another is not."""
    place = {key: number for number, key in enumerate(after)}
    kept: set[Key] = set()
    last = -1
    for key in before:
        if key in place and place[key] > last:
            kept.add(key)
            last = place[key]
    return kept

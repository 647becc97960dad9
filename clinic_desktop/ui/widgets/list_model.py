"""Things of one kind as a list model: what a delegate paints, and what a screen reader reads."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
THING_ROLE = Qt.ItemDataRole.UserRole + 100
_ROOT = QModelIndex()
T = TypeVar("T")


class ListModel(QAbstractListModel, Generic[T]):
    """``things`` in order, each whole by THING_ROLE. A kind of it says how one is shown and spoken."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.things: tuple[T, ...] = ()

    def set_things(self, things: Sequence[T]) -> None:
        """Replace all."""
        self.beginResetModel()
        self.things = tuple(things)
        self.endResetModel()

    def spoken(self, thing: T) -> str:
        """All that is painted of one, in words."""
        raise NotImplementedError

    def shown(self, thing: T) -> str:
        """What it is found by when letters are typed; all that is spoken, unless said otherwise."""
        return self.spoken(thing)

    def tip(self, thing: T) -> str | None:
        """What the pointer is told that rests on it."""
        return self.spoken(thing)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.things)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        thing = self.things[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.shown(thing)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.spoken(thing)
            case Qt.ItemDataRole.ToolTipRole:
                return self.tip(thing)
        return thing if role == THING_ROLE else None

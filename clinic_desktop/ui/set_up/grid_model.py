"""A table of frozen values that is edited cell by cell: phases, shifts, phones, rooms in the assistant."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from clinic_desktop.ui.i18n import tr

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
Problems = Mapping[tuple[int, str], str]  # (row, field) -> what to do

CHOICES_ROLE = Qt.ItemDataRole.UserRole + 120  # (value, words) pairs of a choice cell
PROBLEM_ROLE = Qt.ItemDataRole.UserRole + 121
LOCKED_ROLE = Qt.ItemDataRole.UserRole + 122
_ROOT = QModelIndex()
_Q = Qt.ItemDataRole
_EDITABLE = Qt.ItemFlag.ItemIsEditable


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column. ``get`` answers a bool for a tick, the value's text otherwise; ``put`` answers the
    changed row, or None for what is not understood. hint: what can be typed, said when it was not.
    locked: why a row's cell cannot be changed."""

    field: str
    title: str
    get: Callable[[T], str | bool]
    put: Callable[[T, str | bool], T | None]
    width: int = 0  # 0 takes what is left
    tick: bool = False
    still: bool = False  # only shown
    choices: tuple[tuple[str, str], ...] = ()
    locked: Callable[[T], str] | None = None
    hint: str = ""

    def locked_for(self, row: T) -> str:
        return self.locked(row) if self.locked is not None else ""


class GridModel(QAbstractTableModel, Generic[T]):
    """Rows as values. ``edited`` after every change a person makes, not after ``set_rows``.

    What is not understood stays in its cell with what to type instead: it is no value, and not lost.
    """

    edited = Signal()
    refused = Signal(str)  # what was typed and not understood, in words

    def __init__(self, columns: Sequence[Column[T]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: list[T] = []
        self._problems: dict[tuple[int, str], str] = {}
        self._untaken: dict[tuple[int, str], tuple[str, str]] = {}  # what was typed, and what to type instead

    @property
    def rows(self) -> tuple[T, ...]:
        return tuple(self._rows)

    def set_rows(self, rows: Sequence[T]) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self._problems, self._untaken = {}, {}
        self.endResetModel()

    def set_columns(self, columns: Sequence[Column[T]]) -> None:
        """The same columns with other choices."""
        self.columns = tuple(columns)

    def set_problems(self, problems: Problems) -> None:
        """What is wrong in which cell; nothing else is wrong."""
        self._problems = dict(problems)
        if self._rows:
            corner = self.index(len(self._rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), corner)

    @property
    def untaken(self) -> dict[tuple[int, str], str]:
        """What to type instead, by cell, where something was not understood."""
        return {cell: said for cell, (_typed, said) in self._untaken.items()}

    def first_problem(self) -> QModelIndex | None:
        """The first cell in which something is wrong, as one reads."""
        fields = [one.field for one in self.columns]
        wrong = self._problems | self.untaken
        cells = sorted((row, fields.index(name)) for row, name in wrong if name in fields)
        return self.index(*cells[0]) if cells else None

    def next_typed(self, row: int, column: int) -> QModelIndex | None:
        """The cell after this one in which something can be typed: not a tick, not a choice."""
        width = len(self.columns)
        for place in range(row * width + column + 1, width * len(self._rows)):
            if self._is_typed(here := self.index(place // width, place % width)):
                return here
        return None

    def is_empty(self, row: int) -> bool:
        """Whether nothing is typed in a row; ticks may stand in it."""
        cells = [self.index(row, column) for column in range(len(self.columns))]
        return not any(str(one.data()).strip() for one in cells if self._is_typed(one))

    def _is_typed(self, index: QModelIndex) -> bool:
        return bool(self.flags(index) & _EDITABLE) and not self.columns[index.column()].choices

    def _renumber(self, place: Callable[[int], int]) -> None:
        """Rows have come, gone or moved: what was not understood goes along; place below 0: gone."""
        moved = {(place(row), field): what for (row, field), what in self._untaken.items()}
        self._untaken = {cell: what for cell, what in moved.items() if cell[0] >= 0}

    def insert(self, at: int, row: T) -> None:
        self.beginInsertRows(_ROOT, at, at)
        self._rows.insert(at, row)
        self._renumber(lambda n: n + (n >= at))
        self.endInsertRows()
        self.edited.emit()

    def take(self, at: int) -> None:
        self.beginRemoveRows(_ROOT, at, at)
        del self._rows[at]
        self._renumber(lambda n: -1 if n == at else n - (n > at))
        self.endRemoveRows()
        self.edited.emit()

    def move(self, at: int, step: int) -> bool:
        """A row one place up or down; False at the end."""
        to = at + step
        if not 0 <= to < len(self._rows):
            return False
        self.beginMoveRows(_ROOT, at, at, _ROOT, to + (1 if step > 0 else 0))
        self._rows.insert(to, self._rows.pop(at))
        self._renumber(lambda n: {at: to, to: at}.get(n, n))
        self.endMoveRows()
        self.edited.emit()
        return True

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == _Q.DisplayRole else None
        column = self.columns[section]
        answers = {
            _Q.DisplayRole: column.title,
            _Q.ToolTipRole: column.hint or None,
            _Q.TextAlignmentRole: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
        }
        return answers.get(Qt.ItemDataRole(role))

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        column = self.columns[index.column()]
        if column.still or column.locked_for(self._rows[index.row()]):
            return flags
        return flags | (Qt.ItemFlag.ItemIsUserCheckable if column.tick else Qt.ItemFlag.ItemIsEditable)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        column, row = self.columns[index.column()], self._rows[index.row()]
        cell = index.row(), column.field
        problem = self.untaken.get(cell) or self._problems.get(cell, "")
        if role == _Q.CheckStateRole:
            return _tick(column, row)
        answers: dict[int, Callable[[], object]] = {
            _Q.DisplayRole: lambda: self._shown(column, index.row()),
            _Q.EditRole: lambda: self._typed_in(column, index.row()),
            _Q.ToolTipRole: lambda: problem or column.locked_for(row) or None,
            _Q.AccessibleTextRole: lambda: self._spoken(column, index.row()),
            _Q.AccessibleDescriptionRole: lambda: problem or column.locked_for(row),
            CHOICES_ROLE: lambda: column.choices,
            PROBLEM_ROLE: lambda: problem,
            LOCKED_ROLE: lambda: column.locked_for(row),
        }
        return answers[role]() if role in answers else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid():
            return False
        column, row = self.columns[index.column()], self._rows[index.row()]
        typed: str | bool = str(value).strip()
        if role == _Q.CheckStateRole:
            typed = Qt.CheckState(value) == Qt.CheckState.Checked
        changed, cell = column.put(row, typed), (index.row(), column.field)
        if changed is None:
            said = tr("“{typed}” is not understood. {hint}").format(typed=typed, hint=column.hint)
            self._untaken[cell] = str(typed), said
            self.dataChanged.emit(index, index)
            self.refused.emit(said)
            return False
        corrected = self._untaken.pop(cell, None) is not None
        if changed != row or corrected:
            self._rows[index.row()] = changed
            self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), len(self.columns) - 1))
            self.edited.emit()
        return True

    def _typed_in(self, column: Column[T], row: int) -> str | bool:
        """The value, or what was typed and not understood."""
        typed, _said = self._untaken.get((row, column.field), (None, ""))
        return column.get(self._rows[row]) if typed is None else typed

    def _shown(self, column: Column[T], row: int) -> str:
        value = self._typed_in(column, row)
        if column.tick:
            return ""
        return dict(column.choices).get(str(value), str(value)) if column.choices else str(value)

    def _spoken(self, column: Column[T], row: int) -> str:
        if not column.tick:
            return f"{column.title}: {self._shown(column, row) or tr('empty')}"
        return f"{column.title}: {tr('yes') if column.get(self._rows[row]) else tr('no')}"


def _tick(column: Column[T], row: T) -> Qt.CheckState | None:
    if not column.tick:
        return None
    return Qt.CheckState.Checked if column.get(row) else Qt.CheckState.Unchecked

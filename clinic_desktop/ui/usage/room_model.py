"""Each room in a row, as data: its figures, and what its chart shows in words."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt

from clinic_desktop.reports.usage import RoomUsage
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.usage.reading import UsageRead
from clinic_desktop.ui.usage.scale import Scale
from clinic_desktop.ui.usage.words import NONE, minutes, percent, spoken_visit

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
ROOM, CHART = 0, 1


@dataclass(frozen=True, slots=True)
class _Column:
    """A figure: heading, unit, how it is written, and whether it speaks of what has happened."""

    name: str
    unit: str
    text: Callable[[RoomUsage], str]
    happened: bool = True


COLUMNS = (
    _Column(QT_TR_NOOP("Open"), QT_TR_NOOP("min"), lambda room: minutes(room.open_min), False),
    _Column(QT_TR_NOOP("Planned"), QT_TR_NOOP("min"), lambda room: minutes(room.scheduled_min), False),
    _Column(QT_TR_NOOP("Actual"), QT_TR_NOOP("min"), lambda room: minutes(room.actual_min)),
    _Column(QT_TR_NOOP("Turnover"), QT_TR_NOOP("min"), lambda room: minutes(room.turnover_min)),
    _Column(QT_TR_NOOP("Scheduled"), QT_TR_NOOP("%"), lambda room: percent(room.scheduled_pct), False),
    _Column(QT_TR_NOOP("Actual"), QT_TR_NOOP("%"), lambda room: percent(room.actual_pct)),
    _Column(QT_TR_NOOP("Raw"), QT_TR_NOOP("%"), lambda room: percent(room.raw_pct)),
    _Column(QT_TR_NOOP("Adjusted"), QT_TR_NOOP("%"), lambda room: percent(room.adjusted_pct)),
)


class RoomModel(QAbstractTableModel):
    """Rooms and the total below them; columns are the room, its chart, and COLUMNS."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.read: UsageRead | None = None
        self.rooms: tuple[RoomUsage, ...] = ()

    def set_read(self, read: UsageRead) -> None:
        self.beginResetModel()
        self.read, self.rooms = read, (*read.report.rooms, read.report.total)
        self.endResetModel()

    def is_total(self, row: int) -> bool:
        return row == len(self.rooms) - 1

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rooms)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS) + 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self.read is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index.row(), index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index.row(), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if index.column() == ROOM else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and (index.column() == ROOM or self.is_total(index.row())):
            return theme().font(TextRole.STRONG)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section > CHART:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section == CHART:
            return tr("Planned above, actual below")
        return tr("Room") if section == ROOM else heading_of(section)

    def _text(self, row: int, column: int) -> str:
        room = self.rooms[row]
        if column == ROOM:
            return tr("All rooms") if self.is_total(row) else room.room
        if column == CHART:
            return ""
        shown = COLUMNS[column - 2]
        return NONE if shown.happened and self.read is not None and self.read.to_come else shown.text(room)

    def _spoken(self, row: int, column: int) -> str:
        """ "Infusion 2, raw %: 71.4 %"."""
        name = self._text(row, ROOM)
        if column == ROOM:
            return name
        if column == CHART:
            return f"{name}. {self.spoken_chart(row)}"
        text = self._text(row, column)
        return f"{name}, {heading_of(column).replace(chr(10), ' ')}: {tr('none') if text == NONE else text}"

    def spoken_chart(self, row: int) -> str:
        """What the chart shows, as sentences."""
        read = self.read
        if read is None or self.is_total(row) or not read.period.one_day:
            figures = [f"{tr(one.name)} {self._text(row, n + 2)}" for n, one in enumerate(COLUMNS) if n >= 4]
            return ", ".join(figures)
        day = read.room_day(self.rooms[row].room_id)
        said = [
            spoken_visit(one, read.setup.type_by_id(one.type_id).name, read.report.zone)
            for one in (day.visits if day else ())
        ]
        return ". ".join(said) or tr("No visits")

    def spoken_at(self, row: int, scale: Scale, rect: QRectF, x: float) -> str:
        """The visit at a place of the chart; empty where there is none."""
        read = self.read
        day = read.room_day(self.rooms[row].room_id) if read is not None else None
        if read is None or day is None:
            return ""
        for one in reversed(day.visits):
            start = min(one.planned[0], one.entered or one.planned[0])
            end = max(one.planned[1], one.until or 0)
            if scale.x_at(rect, start) <= x <= scale.x_at(rect, end):
                return spoken_visit(one, read.setup.type_by_id(one.type_id).name, read.report.zone)
        return ""


def heading_of(column: int) -> str:
    shown = COLUMNS[column - 2]
    return f"{tr(shown.name)}\n{tr(shown.unit)}"

"""The four utilisations apart, each with its formula, and what became of the visits."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QSizePolicy, QVBoxLayout, QWidget

from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import text_width
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.usage.reading import UsageRead
from clinic_desktop.ui.usage.words import FIGURES, NONE, Figure, minutes, percent, tally_words
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.panel import Panel

_LEAST = 196
_LEFT, _RIGHT, _GAP = 14, 8, 8


class Tile(Panel):
    """A name, a large number with the sum it is made of, and how."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__("surface", ("right", "bottom"), parent)
        self._name = name
        self._made_of, self._how = "", ""
        self._number = label("", TextRole.DISPLAY)
        self._beside = label("", TextRole.LABEL, "second")
        self._beside.setContentsMargins(0, 0, 0, 4)
        self._below = label("", TextRole.LABEL, "second", wrap=True)
        line = QHBoxLayout()
        line.setSpacing(_GAP)
        line.addWidget(self._number)
        line.addWidget(self._beside, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_LEFT, 7, _RIGHT, 8)
        column.setSpacing(0)
        column.addWidget(label(name, TextRole.STRONG, "second"))
        column.addLayout(line)
        column.addWidget(self._below)
        column.addStretch(1)

    @property
    def number(self) -> str:
        return self._number.text()

    @property
    def text(self) -> str:
        """What the number is made of, and how."""
        return _joined(self._made_of, self._how)

    def say(self, number: str, made_of: str, how: str) -> None:
        self._number.setText(number)
        self._made_of, self._how = made_of, how
        self.setAccessibleName(f"{self._name}: {number}, {self.text}")
        self._fit()

    def _fit(self) -> None:
        """What the number is made of stands beside it where there is room, else below."""
        room = self.width() - _LEFT - _RIGHT - _GAP - text_width(self._number.text(), TextRole.DISPLAY)
        beside = text_width(self._made_of, TextRole.LABEL) + 2 <= room
        self._beside.setText(self._made_of if beside else "")
        self._below.setText(self._how if beside else self.text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


class Figures(QWidget):
    """The tiles side by side, or in rows where the window is narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles = {one.share: Tile(tr(one.name)) for one in FIGURES}
        self.visits = Tile(tr("Visits"))
        flow = _Rows(self)
        for tile in (*self.tiles.values(), self.visits):
            flow.addWidget(tile)
        self.setAccessibleName(tr("Use of all rooms"))

    def set_read(self, read: UsageRead) -> None:
        for one in FIGURES:
            self.tiles[one.share].say(*_said(read, one))
        tally = read.report.tally
        number = tr("{done} of {all}").format(done=tally.carried_out, all=tally.held_a_room)
        self.visits.say(number, tr("carried out"), tally_words(tally, over=read.today > read.period.last))


def _said(read: UsageRead, one: Figure) -> tuple[str, str, str]:
    total = read.report.total
    if one.happened and read.to_come:
        return NONE, tr("not yet"), tr(one.formula)
    part, whole = minutes(one.minutes(total)), minutes(total.open_min)
    made_of = f"{part} ÷ {whole}"
    return percent(getattr(total, one.share)), made_of, tr(one.formula)


class _Rows(QLayout):
    """Equal widths in as few rows as the least width allows; as high as the highest."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        parent.setSizePolicy(policy)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return sum(height for _, height in self._rows(width))

    def sizeHint(self) -> QSize:
        return QSize(theme().px(_LEAST) * 2, self.heightForWidth(theme().px(_LEAST) * len(self._items)))

    def minimumSize(self) -> QSize:
        return QSize(theme().px(_LEAST), theme().px(60))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        top = rect.top()
        for row, height in self._rows(rect.width()):
            left = float(rect.left())
            for item in row:
                right = left + rect.width() / len(row)
                item.setGeometry(QRect(round(left), top, round(right) - round(left), height))
                left = right
            top += height

    def _rows(self, width: int) -> list[tuple[Sequence[QLayoutItem], int]]:
        most = max(1, min(len(self._items), width // theme().px(_LEAST)))
        count = -(-len(self._items) // most)
        each = -(-len(self._items) // count)
        rows = [self._items[n : n + each] for n in range(0, len(self._items), each)]
        return [(row, max(_height(item, width // len(row)) for item in row)) for row in rows]


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()

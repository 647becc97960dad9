"""Small editors that the set-up forms are made of."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLayout, QLayoutItem, QLineEdit, QSizePolicy, QWidget

from clinic_desktop.foundation.words import short_date
from clinic_desktop.scheduling.typed_dates import typed_day
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.widgets.choice_box import ChoiceBox
from clinic_desktop.ui.widgets.parsed_line import ParsedLine, date_line

_GAP = 6


class FlowLayout(QLayout):
    """Widgets side by side, going on in the next line where the width ends. What is hidden takes no room."""

    def __init__(self, parent: QWidget | None = None, gap: int = _GAP, below: int = _GAP // 3) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._below = gap, below
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() + self._gap for size in sizes) - self._gap if sizes else 0
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._shown()]
        return QSize(max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0))

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, move: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for item in self._shown():
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + self._below, 0
            if move:
                item.setGeometry(QRect(x, y, size.width(), size.height()))
            x, line = x + size.width() + self._gap, max(line, size.height())
        return y + line - rect.y()


class Ticks(QWidget):
    """Any of a few values, each a tick box. ``edited`` when a person turns one."""

    edited = Signal()

    def __init__(self, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[tuple[str, str], ...] = ()
        self._boxes: dict[str, QCheckBox] = {}
        self._quiet = False
        self._flow = FlowLayout(self, gap=10)
        self.set_choices(choices)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these; what was ticked and is still offered stays ticked."""
        if self._choices == tuple(choices):
            return
        ticked, self._choices = self.values, tuple(choices)
        gone = list(self._boxes.values())
        before = gone[-1] if gone else None
        self._boxes = {value: QCheckBox(words, self) for value, words in choices}
        for box in self._boxes.values():
            self._flow.addWidget(box)
            box.toggled.connect(self._toggled)
            box.show()
            if before is not None:
                QWidget.setTabOrder(before, box)  # in the place of those before, not behind the whole form
            before = box
        for box in gone:
            self._flow.removeWidget(box)
            box.deleteLater()
        if self._boxes:
            self.setFocusProxy(next(iter(self._boxes.values())))
        self.set_values(ticked)
        self.updateGeometry()

    @property
    def values(self) -> frozenset[str]:
        return frozenset(value for value, box in self._boxes.items() if box.isChecked())

    def set_values(self, values: frozenset[str]) -> None:
        self._quiet = True
        for value, box in self._boxes.items():
            box.setChecked(value in values)
        self._quiet = False

    def _toggled(self) -> None:
        if not self._quiet:
            self.edited.emit()

    def box(self, value: str) -> QCheckBox:
        return self._boxes[value]


def combo(choices: Sequence[tuple[str, str]]) -> QComboBox:
    """One of a few values."""
    made = ChoiceBox()
    fill_combo(made, choices)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(7)
    return made


def fill_combo(box: QComboBox, choices: Sequence[tuple[str, str]]) -> None:
    box.clear()
    for value, words in choices:
        box.addItem(words, value)


def picked(box: QComboBox) -> str:
    """The value of the choice; empty when there is none."""
    return str(box.currentData() or "")


def pick(box: QComboBox, value: str) -> None:
    box.setCurrentIndex(box.findData(value))


def number_line(name: str, *, placeholder: str = "") -> ParsedLine[int]:
    """A whole number; empty is none."""
    return ParsedLine(_number, str, name=name, placeholder=placeholder)


def _number(typed: str) -> int | None:
    text = typed.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None


def day_line(name: str, today: Callable[[], date], *, placeholder: str = "") -> ParsedLine[date]:
    """A day as people type it; ``today`` is asked when it is read."""

    def parse(typed: str) -> date | None:
        return typed_day(typed.strip().lower().replace(",", " "), today())

    return date_line(parse, day_words, name=name, placeholder=placeholder or tr("12/24, fri, +2w"))


def day_words(day: date) -> str:
    """ "Tue, Nov 3, 2026": the set-up looks far ahead, so the year is said."""
    return f"{short_date(day)}, {day.year}"


def text_line(placeholder: str = "") -> QLineEdit:
    made = QLineEdit()
    made.setPlaceholderText(placeholder)
    made.textChanged.connect(partial(_show_beginning, made))
    return made


def _show_beginning(line: QLineEdit, _text: str) -> None:
    """What was filled in is read from its first letter, also where the line is short."""
    if not line.hasFocus():
        line.setCursorPosition(0)

"""A line that understands what is typed - a date, a time, a pressure - and shows how it was read."""

from collections.abc import Callable
from datetime import date
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from clinic_desktop.foundation.words import clock_time
from clinic_desktop.ui.clock_text import parse_clock
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole

T = TypeVar("T")
_MARGIN = 10


class ParsedLine(QLineEdit, Generic[T]):
    """``parse`` gives the value of a text or None; ``show`` writes a value out.

    While typing, the value is echoed at the right end; leaving the field writes it out in full.
    ``written``: somebody changed the words, and not the line itself, which writes a value out.
    """

    value_changed = Signal(object)
    written = Signal()

    def __init__(
        self,
        parse: Callable[[str], T | None],
        show: Callable[[T], str],
        *,
        name: str,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._parse, self._show = parse, show
        self._value: T | None = None
        self._writes_out = False
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.textChanged.connect(self._typed)
        self.editingFinished.connect(self._settle)

    @property
    def value(self) -> T | None:
        """None while empty or not understood; ``understood`` tells which."""
        return self._value

    @property
    def understood(self) -> bool:
        """False when something is typed that is no value."""
        return self._value is not None or not self.text().strip()

    def set_value(self, value: T | None) -> None:
        """Show a value; tells ``value_changed`` when it is another."""
        self._writes_out = True  # what it writes itself is not read again: it may say less than the value
        self.setText("" if value is None else self._show(value))
        self._writes_out = False
        self._take(value)

    def _typed(self, text: str) -> None:
        if not self._writes_out:
            self._take(self._parse(text) if text.strip() else None)
            self.written.emit()

    def _take(self, value: T | None) -> None:
        if value != self._value:
            self._value = value
            self.value_changed.emit(value)

    def _settle(self) -> None:
        if self._value is not None:
            self.set_value(self._value)

    def _echo(self) -> str:
        if self._value is None or not self.hasFocus():
            return ""
        shown = self._show(self._value)
        return "" if shown == self.text() else shown

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        echo = self._echo()
        free = self.width() - QFontMetricsF(self.font()).horizontalAdvance(self.text()) - 3 * _MARGIN
        font = theme().font(TextRole.LABEL)
        if not echo or QFontMetricsF(font).horizontalAdvance(echo) > free:
            return
        painter = QPainter(self)
        painter.setFont(font)
        painter.setPen(theme().colours.ink3)
        painter.drawText(
            self.rect().adjusted(0, 0, -_MARGIN, 0),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            echo,
        )


def date_line(
    parse: Callable[[str], date | None],
    show: Callable[[date], str],
    *,
    name: str,
    placeholder: str = "",
    parent: QWidget | None = None,
) -> ParsedLine[date]:
    """A date as people type it ("fri", "+2w", "12/4"); the parser is the clinic's, with its calendar."""
    return ParsedLine(parse, show, name=name, placeholder=placeholder, parent=parent)


def time_line(*, name: str, placeholder: str = "", parent: QWidget | None = None) -> ParsedLine[int]:
    """A clock time as minutes of the day: "9:30", "930", "2p"."""
    return ParsedLine(parse_clock, clock_time, name=name, placeholder=placeholder, parent=parent)

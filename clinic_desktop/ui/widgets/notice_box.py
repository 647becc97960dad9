"""A quiet box inside a view: something to know, with what to do about it."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.ui.icons import IconLabel
from clinic_desktop.ui.paint import Tone, paint_box, tone_ink
from clinic_desktop.ui.tokens import TextRole, tokens
from clinic_desktop.ui.widgets.label import label, set_ink

TONE_ICONS = {
    Tone.NEUTRAL: "note",
    Tone.INFO: "info",
    Tone.OK: "check",
    Tone.WARN: "warning",
    Tone.DANGER: "warning",
}
TONE_INKS = {
    Tone.NEUTRAL: ("ink2", "second"),
    Tone.INFO: ("info", "info"),
    Tone.OK: ("ok", "ok"),
    Tone.WARN: ("warn", "warn"),
    Tone.DANGER: ("danger", "danger"),
}


class NoticeBox(QWidget):
    """``title`` says what, ``text`` why and what next; buttons are added with ``add_action``."""

    def __init__(
        self, title: str, text: str = "", tone: Tone = Tone.INFO, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self._icon = IconLabel(TONE_ICONS[tone], TONE_INKS[tone][0])
        self._title = label("", TextRole.STRONG, wrap=True)
        self._text = label("", TextRole.BODY, "second", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        self._head = QHBoxLayout()
        self._head.setSpacing(6)
        self._head.addWidget(self._title, 1)
        words.addLayout(self._head)
        words.addWidget(self._text)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(10, 9, 10, 9)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        self.set_notice(title, text, tone)

    def set_notice(self, title: str, text: str = "", tone: Tone = Tone.INFO) -> None:
        """Other words."""
        self._tone = tone
        self._icon.set_icon(TONE_ICONS[tone], TONE_INKS[tone][0])
        set_ink(self._title, TONE_INKS[tone][1])
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(f"{title} {text}".strip())
        self.update()

    def set_low(self, low: bool) -> None:
        """With less around it, where there is little room."""
        self._row.setContentsMargins(10, *((2, 10, 2) if low else (9, 10, 9)))

    def add_action(self, button: QWidget) -> None:
        """A button at the right of the title; the text keeps the whole width."""
        self._head.addWidget(button)

    def paintEvent(self, _event: QPaintEvent) -> None:
        ink = tone_ink(self._tone)
        paint_box(QPainter(self), QRectF(self.rect()), ink.fill, ink.edge, tokens().radius["card"])

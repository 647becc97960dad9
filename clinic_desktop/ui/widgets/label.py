"""Text on the screen, by role and ink."""

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from clinic_desktop.ui.paint import elided, text_width
from clinic_desktop.ui.theme import set_text, theme
from clinic_desktop.ui.tokens import TextRole, tokens

_IN_NUMBER = re.compile(  # of "(217) 555-0142", of "10:15 AM", of "35.5 mg"
    r"(?<=\)) (?=\d)|(?<=:\d\d) (?=[AP]M\b)|(?<=\d) (?=(?:mg|mL|kg)\b)"
)


def label(
    text: str,
    role: TextRole = TextRole.BODY,
    ink: str = "",
    *,
    wrap: bool = False,
    parent: QWidget | None = None,
) -> QLabel:
    """Plain text, never markup. ink: "", "second", "third", "accent", "danger", "warn", "ok" or "info"."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    set_ink(made, ink)
    set_text(made, role)
    return made


def numbers_whole(text: str) -> str:
    """The text for a label that wraps, with every phone number, time of day and dose in one line, as they are
    read out."""
    return _IN_NUMBER.sub("\N{NO-BREAK SPACE}", text)


class ElidedLabel(QWidget):
    """One line that gives way: it ends in an ellipsis, the whole text is in its tooltip and its name."""

    def __init__(
        self, text: str = "", role: TextRole = TextRole.BODY, ink: str = "ink", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._role, self._ink = role, ink
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.set_text(text)

    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        line = tokens().text[self._role].line
        return QSize(round(text_width(self._text, self._role)) + 2, theme().px(line))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, font = QPainter(self), theme().font(self._role)
        painter.setFont(font)
        painter.setPen(getattr(theme().colours, self._ink))
        text = elided(self._text, font, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, text)


def set_ink(made: QLabel, ink: str) -> None:
    """Change the ink of a label that is shown already."""
    if made.property("ink") == ink:
        return
    made.setProperty("ink", ink)
    repolish(made)


def repolish(widget: QWidget) -> None:
    """Let the style sheet look at a changed property.

    Before its first polish a widget would lose its font by this, and needs it not.
    """
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()

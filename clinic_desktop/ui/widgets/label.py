"""Text on the screen, by role and ink."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from clinic_desktop.ui.theme import set_text
from clinic_desktop.ui.tokens import TextRole


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


def set_ink(made: QLabel, ink: str) -> None:
    """Change the ink of a label that is shown already."""
    if made.property("ink") == ink:
        return
    made.setProperty("ink", ink)
    repolish(made)


def repolish(widget: QWidget) -> None:
    """Let the style sheet look at a changed property."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()

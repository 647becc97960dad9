"""Ctrl with a character is the window's and its panels', also while somebody types. Fields keep what edits.

What a field takes for itself differs with the system (Ctrl+E goes to the end of a line on one, is nothing on
another), and a key that works in a list and not in the line beside it is a trap.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox)
_KEY_EVENTS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
_Mod = Qt.KeyboardModifier
# All, copy, paste, cut, redo, undo.
EDITING = frozenset({Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Y, Qt.Key.Key_Z})


class ChordsPassBy(QObject):
    """Hears the keys of whichever field has the focus before the field does."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(new, _FIELDS):
            new.installEventFilter(self)  # twice is once

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A chord that does not edit goes on to what the field is in, and to the window's keys."""
        if event.type() in _KEY_EVENTS and isinstance(event, QKeyEvent) and passes_by(event):
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def passes_by(event: QKeyEvent) -> bool:
    """Ctrl with a character that edits nothing; with Alt it may be how a sign is typed."""
    held = event.modifiers() & ~_Mod.KeypadModifier
    if held not in (_Mod.ControlModifier, _Mod.ControlModifier | _Mod.ShiftModifier):
        return False
    if not Qt.Key.Key_Exclam <= event.key() < Qt.Key.Key_Escape:
        return False
    redo = event.key() == Qt.Key.Key_Z
    return not (redo or (held == _Mod.ControlModifier and event.key() in EDITING))

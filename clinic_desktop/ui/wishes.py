"""What somebody wants once a read has answered, beside seeing it: the focus there, a choice, the next step.

An answer may come late, to somebody else or at other work. What is shown then is only seen; what takes the
focus, chooses or saves would do it under the hands of whoever types. So it is a wish, and it ends by itself.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

PATIENCE = 10.0
"""Seconds for which a wish holds: whoever waited for longer has begun something else."""


class Wish:
    """``then``, for whoever asked now. Dropped where ``whose`` is not on the screen any more (left, or behind
    the lock), where somebody meanwhile writes in a line or stands in a dialog or a menu, and after
    ``patience`` seconds."""

    def __init__(self, whose: QObject, then: Callable[..., object], patience: float = PATIENCE) -> None:
        self._where = _widget_of(whose)
        self._then: Callable[..., object] | None = then
        self._until = time.monotonic() + patience
        self._wrote = _written()

    @property
    def holds(self) -> bool:
        """Whether it is still wanted."""
        if self._then is None or time.monotonic() > self._until:
            return False
        if self._where is not None and not (isValid(self._where) and self._where.isVisible()):
            return False
        written = _written()
        return not _is_elsewhere(self._where) and (written is None or written == self._wrote)

    def come(self, *answer: object) -> None:
        """The answer is here: do it where it is still wanted, once."""
        if self.holds and self._then is not None:
            then, self._then = self._then, None
            then(*answer)

    def drop(self) -> None:
        """It was not answered, or somebody chose by hand."""
        self._then = None


def _widget_of(one: QObject | None) -> QWidget | None:
    """The widget that it is, or that it belongs to."""
    while one is not None and not isinstance(one, QWidget):
        one = one.parent()
    return one


def _written() -> tuple[QWidget, str] | None:
    """The line that has the focus and what stands in it; None where nothing does."""
    now = QApplication.focusWidget()
    text = ""
    if isinstance(now, QLineEdit):
        text = now.text()
    elif isinstance(now, QTextEdit | QPlainTextEdit):
        text = now.toPlainText()
    elif isinstance(now, QAbstractSpinBox):
        text = now.text()
    elif isinstance(now, QComboBox) and now.isEditable():
        text = now.currentText()
    return (now, text) if now is not None and text else None


def _is_elsewhere(where: QWidget | None) -> bool:
    """Whether keys go to a dialog or a menu that it does not stand in."""
    if QApplication.activePopupWidget() is not None:
        return True
    dialog = QApplication.activeModalWidget()
    return dialog is not None and (where is None or where.window() is not dialog)

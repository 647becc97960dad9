"""Ctrl+Z and Ctrl+Y of a window, with the little buttons of its status bar.

What was said last may bring a way back of its own, once; else the steps of the plan are taken back. In a text
field the keys are the text's own.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QTextEdit

from clinic_desktop.ui import shell_commands
from clinic_desktop.ui.commands import Bound
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.statusbar import StatusBar
from clinic_desktop.ui.undoing import Undoer

TextField = QLineEdit | QPlainTextEdit | QTextEdit


class UndoKeys:
    """``say`` puts words into the status bar."""

    def __init__(self, bar: StatusBar, say: Callable[[str], None]) -> None:
        self._bar, self._say = bar, say
        self._once: Callable[[], object] | None = None
        self._steps: Undoer | None = None
        bar.undo_pressed.connect(self.undo)
        bar.redo_pressed.connect(self.redo)

    def bound(self) -> list[Bound]:
        return [
            Bound(shell_commands.UNDO, self._undo_here, self._can_undo_here, otherwise=self.undo),
            Bound(shell_commands.REDO, self._redo_here, self._can_redo_here, otherwise=self.redo),
        ]

    def follow(self, steps: Undoer) -> None:
        """Who takes back the steps of the plan."""
        self._steps = steps
        steps.changed.connect(self._offer)
        steps.named.connect(self._name)
        steps.forgotten.connect(partial(self.said, None))

    def said(self, undo: Callable[[], object] | None) -> None:
        """Something else was said, with its own way back or without."""
        self._once = undo

    def can_undo(self) -> bool:
        return self._once is not None or (self._steps is not None and self._steps.undo_name is not None)

    def can_redo(self) -> bool:
        return self._steps is not None and self._steps.redo_name is not None

    def undo(self) -> None:
        once, self._once = self._once, None
        if once is not None:
            once()
        elif self._steps is not None:
            self._steps.undo()
        else:
            self._say(tr("Nothing to undo."))

    def redo(self) -> None:
        if self._steps is not None:
            self._steps.redo()
        else:
            self._say(tr("Nothing to do again."))

    def _offer(self) -> None:
        if self._steps is not None and self._once is None:
            self._bar.offer(self._steps.undo_name, self._steps.redo_name)

    def _name(self) -> None:
        """Beside other words than those of the step no button comes back."""
        if self._bar.offers:
            self._offer()

    def _can_undo_here(self) -> bool:
        return text_field() is not None or self.can_undo()

    def _can_redo_here(self) -> bool:
        return text_field() is not None or self.can_redo()

    def _undo_here(self) -> None:
        (text_field() or self).undo()

    def _redo_here(self) -> None:
        (text_field() or self).redo()


def text_field() -> TextField | None:
    """The field with the focus, if it can be typed in."""
    focused = QApplication.focusWidget()
    if isinstance(focused, QAbstractSpinBox):
        focused = focused.findChild(QLineEdit)
    if isinstance(focused, TextField) and not focused.isReadOnly():
        return focused
    return None

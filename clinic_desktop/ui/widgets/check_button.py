"""A button that stays down, for our own painting: it hears a person whichever road they come by."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QWidget


class CheckButton(QAbstractButton):
    """``turned`` when a person turns it, and whether it is down now: by mouse, key or screen reader.

    A screen reader toggles without a click, and a click on the chosen one of several toggles nothing; both
    are told, each once. Another of several that comes up because this one goes down is not told, and
    neither is what the program shows by :meth:`show_down`.
    """

    turned = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = self._quiet = False
        self.setCheckable(True)
        self.pressed.connect(self._pressed)
        self.toggled.connect(self._toggled)
        self.clicked.connect(self._clicked)

    def show_down(self, down: bool) -> None:
        """Show it as the program has it."""
        self._quiet = True
        self.setChecked(down)
        self._quiet = False

    def _pressed(self) -> None:
        self._told = False  # a click begins

    def _toggled(self, down: bool) -> None:
        if not self._quiet and (down or not self.autoExclusive()):
            self._told = True
            self.turned.emit(down)

    def _clicked(self) -> None:
        if not self._told:
            self.turned.emit(self.isChecked())

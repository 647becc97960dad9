"""The one line in which everything is recorded, read back in words while it is typed."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.floor.slips_ahead import refused_ahead, slip_ahead
from clinic_desktop.ui.floor.typed import Context, Typed, read_line
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.label import label, set_ink

_MOST = 300


def is_ctrl_enter(event: QEvent) -> bool:
    """Ctrl Enter is not Enter: a line itself makes no difference between them."""
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
        return False
    held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    return bool(held) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RecordLine(QWidget):
    """``entered`` carries what was typed when Enter is pressed and the line can be recorded; ``insisted`` the
    same for Ctrl Enter; ``unexplained`` an end of the visit that lacks nothing but why; ``left`` when Esc is
    pressed in an empty line."""

    entered = Signal(object)  # Typed
    insisted = Signal(object)  # Typed
    unexplained = Signal(object)  # Typed
    edited = Signal()
    left = Signal()

    def __init__(self, name: str, parent: QWidget | None = None, *, corrects: bool = False) -> None:
        """corrects: an entry on record is written anew; what is a slip is then seen when it is saved."""
        super().__init__(parent)
        self._corrects = corrects
        self._context: Context | None = None
        self._typed = Typed()
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.line.setMaxLength(_MOST)
        self._echo = label("", TextRole.LABEL, "third", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.line)
        column.addWidget(self._echo)
        self.setFocusProxy(self.line)
        self._hint = ""
        self.line.textChanged.connect(self._changed)
        self.line.returnPressed.connect(self._enter)
        self.line.installEventFilter(self)

    @property
    def text(self) -> str:
        return self.line.text()

    @property
    def typed(self) -> Typed:
        """What the line says now."""
        return self._typed

    @property
    def echo(self) -> str:
        """What stands below the line."""
        return self._echo.text()

    def set_context(self, context: Context | None, hint: str) -> None:
        """What the line is read against; ``hint`` stands below while it is empty."""
        self._context, self._hint = context, hint
        self._read()

    def start(self, text: str, *, time_first: bool = False) -> None:
        """Take the focus with a text already typed; ``time_first``: a time is still to be typed before it."""
        self.line.setText(f" {text}" if time_first else text)
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        (self.line.home if time_first else self.line.end)(False)
        if time_first and self._typed.problem:
            announce(self.line, self._typed.problem)

    def clear(self) -> None:
        self.line.clear()

    def say(self, problem: str) -> None:
        """Why it was not recorded; until the line is edited."""
        self._show(problem, "danger")
        announce(self.line, problem, urgent=True)

    def _changed(self) -> None:
        self._read()
        self.edited.emit()

    def _read(self) -> None:
        self._typed = typed = self._read_ahead(self._context) if self._context else Typed()
        if typed.problem:
            self._show(": ".join(part for part in (typed.said, typed.problem) if part), "warn")
        else:
            said = ". ".join(part for part in (typed.said, typed.ahead) if part)
            said = "\n".join(part for part in (said, typed.offer) if part)
            ink = "warn" if typed.ahead else "accent" if typed.said else "third"
            self._show(said or self._hint, ink)

    def _read_ahead(self, context: Context) -> Typed:
        typed = read_line(self.line.text(), context)
        if self._corrects or typed.problem:
            return typed
        problem = slip_ahead(typed.stamps, context)
        return replace(typed, problem=problem, ahead="" if problem else refused_ahead(typed.stamps, context))

    def _show(self, text: str, ink: str) -> None:
        self._echo.setText(text)
        set_ink(self._echo, ink)
        self.line.setAccessibleDescription(text)

    def _enter(self) -> None:
        self._take(insisting=False)

    def _take(self, *, insisting: bool) -> None:
        if self._typed.well:
            (self.insisted if insisting else self.entered).emit(self._typed)
        elif self._typed.unexplained and not self._corrects:
            self.unexplained.emit(self._typed)
        elif self._typed.problem:
            self.say(self._typed.problem)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if is_ctrl_enter(event):
            self._take(insisting=True)
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.line.text():
            self.clear()
        else:
            self.left.emit()

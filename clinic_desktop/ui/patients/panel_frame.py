"""A panel at the side: title, what is asked, and at the foot what will be done."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.panel import Line
from clinic_desktop.ui.widgets.scrolled import Inside

_FOOT = (16, 10, 16, 12)  # px round its buttons
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PanelFrame(QWidget):
    """``closed`` when the person leaves it; what was typed stays. Ctrl Enter anywhere calls ``confirm``."""

    closed = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self._title = label(title, TextRole.TITLE, wrap=True)
        close = Button(kind=Kind.QUIET, icon="close", size="small", name=tr("Close the panel"), key="Escape")
        close.fired.connect(self.closed)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 10, 10)
        head.addWidget(self._title, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = Inside()
        self._inside_column = QVBoxLayout(self._inside)
        self._inside_column.setContentsMargins(16, 12, 16, 20)
        self._scroll.setWidget(self._inside)
        self._why = label("", TextRole.LABEL, "second", wrap=True)
        self._why.hide()
        why = QHBoxLayout()
        why.setContentsMargins(16, 8, 16, 0)
        why.addWidget(self._why)
        self._buttons = QHBoxLayout()
        self._buttons.setContentsMargins(*_FOOT)
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Line())
        column.addWidget(self._scroll, 1)
        self._foot_line = Line()
        column.addWidget(self._foot_line)
        column.addLayout(why)
        column.addLayout(self._buttons)
        self._follow = QTimer(self)
        self._follow.setSingleShot(True)
        self._follow.timeout.connect(self._show_focus)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._grown)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    def set_title(self, title: str) -> None:
        self._title.setText(title)
        self.setAccessibleName(title)

    def put_on_top(self, widget: QWidget) -> None:
        """What is seen however far the body is scrolled."""
        self._column.insertWidget(self._column.indexOf(self._scroll), widget)

    def set_body(self, widget: QWidget) -> None:
        """What stands between title and foot, once."""
        self._inside_column.addWidget(widget)
        self._inside_column.addStretch(1)

    def set_list(self, view: QWidget) -> None:
        """In place of a body: a list that takes the whole height and scrolls by itself."""
        self._column.replaceWidget(self._scroll, view)
        self._scroll.hide()

    def show_foot(self, shown: bool) -> None:
        """Without anything to do the foot takes no room."""
        self._foot_line.setVisible(shown)
        self._buttons.setContentsMargins(*(_FOOT if shown else (0, 0, 0, 0)))

    def add_button(self, text: str, kind: Kind = Kind.NORMAL, key: str = "") -> Button:
        """A button at the foot; connect its ``fired``."""
        button = Button(text, kind, key=key)
        self._buttons.addWidget(button)
        return button

    def lock(self, button: Button, missing: Sequence[str]) -> None:
        """A locked button says why, above it; an empty list opens it."""
        button.set_missing(missing)
        button.updateGeometry()
        self._why.setText(" ".join(missing))
        self._why.setVisible(bool(missing))

    def renew_rights(self) -> None:
        """Somebody else acts now: lock or open what they may do."""

    def confirm_once(self, line: QLineEdit) -> None:
        """A line that does something at Enter says so with Ctrl too, and the panel after it: twice. So Ctrl
        Enter in it is the panel's alone."""
        line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if event.key() in _ENTER and ctrl and isinstance(watched, QLineEdit):
                if not event.isAutoRepeat():
                    self.confirm()
                return True
        return super().eventFilter(watched, event)

    def show_part(self, widget: QWidget) -> None:
        """Scroll so far that a part can be seen."""
        self._scroll.ensureWidgetVisible(widget, 0, 40)

    def confirm(self) -> None:
        """Do what the first button does."""

    def _grown(self) -> None:
        """What is inside has found its height after the focus came: it is followed once more."""
        if self._scroll.verticalScrollBar().value() == 0:
            self._follow.start(0)

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        """What has the focus is in sight, as soon as the panel has found its size."""
        if now is not None and self._inside.isAncestorOf(now):
            self._follow.start(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._follow.start(0)

    def _show_focus(self) -> None:
        now = QApplication.focusWidget()
        if now is not None and self._inside.isAncestorOf(now):
            self.show_part(now)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.confirm()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

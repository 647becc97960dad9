"""The frame of a booking panel: head, a body that scrolls, a foot that stays, and keys of its own."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLayoutItem,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from clinic_desktop.ui.booking.into_view import show_current
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.widgets.panel import Line, Panel

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PORTABLE = QKeySequence.SequenceFormat.PortableText
_MORE = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier
_WRITTEN_IN = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox)
TAKE_KEY = "Ctrl+Return"
_CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
SIDE = 14
_LOW = 340  # px: a window of 683 x 384, as a usual screen has at 200 %
_LEAST_BODY = 44  # px of the body that are seen: a line with what is around it


class PanelShell(Panel):
    """``closed`` when the person leaves it. Keys declared by ``add_key`` come before the window's own.

    Enter presses the button that has the focus; Ctrl Enter anywhere in it calls ``confirm``, and so it does
    from the place beside it while a button of the panel names that key.
    """

    closed = Signal()
    least_body = _LEAST_BODY  # more where the body is what one works with

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__("surface", (), parent)
        self._keys: dict[str, Callable[[], object]] = {}
        self._anywhere: set[str] = set()
        self._take_text: Callable[[str], bool] | None = None
        self._on_enter: dict[QObject, Callable[[], object]] = {}
        self._where_empty: dict[QObject, tuple[str, ...]] = {}
        self._title = label(title, TextRole.TITLE)
        self.subtitle = label("", TextRole.LABEL, "second", wrap=True)
        close = Button(kind=Kind.QUIET, icon="close", size="small", name=tr("Close the panel"), key="Escape")
        close.fired.connect(self.closed)
        head = self._head_row = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self.subtitle, 1)
        head.addWidget(close)
        self._scroll = _Scroll(self.least_body)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = self._inside = QWidget()
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._scroll.setWidget(inside)
        self.foot = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Line())
        self._on_top: dict[QObject, QWidget] = {}
        self._top = QVBoxLayout()
        column.addLayout(self._top)
        column.addWidget(self._scroll, 1)
        column.addWidget(Line())
        column.addLayout(self.foot)
        self._set_low(low=False)
        self.set_title(title)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._show_focus)
        self._port = self._scroll.viewport()
        for resized in (inside, self._port):
            resized.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def set_title(self, title: str) -> None:
        self._title.setText(title)
        self.setAccessibleName(title)

    def put_on_top(self, widget: QWidget) -> None:
        """What is seen however far the body is scrolled; hidden it takes no room."""
        # One that nobody has shown yet is hidden too, and comes with the panel.
        by_hand = widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
        hidden = by_hand and widget.isHidden()
        holder = QWidget()
        around = QVBoxLayout(holder)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(widget)
        self._on_top[widget] = holder
        widget.installEventFilter(self)
        self._top.addWidget(holder)
        holder.setVisible(not hidden)
        self._set_low(low=self._low)

    def _set_low(self, *, low: bool) -> None:
        """Less around the words in a low panel: what is said on top of it is read whole there, too."""
        self._low = low
        works_in_it = self.least_body > _LEAST_BODY
        tight = low and (works_in_it or any(not holder.isHidden() for holder in self._on_top.values()))
        self.foot.setContentsMargins(SIDE, *((5, SIDE, 6) if tight else (10, SIDE, 12)))
        self.foot.setSpacing(4 if low and works_in_it else 8)
        self._head_row.setContentsMargins(SIDE, *((4, 8, 3) if low and works_in_it else (10, 8, 9)))
        for widget, holder in self._on_top.items():
            holder.setContentsMargins(8, *((2, 8, 2) if low else (6, 8, 6)))
            if isinstance(widget, NoticeBox):
                widget.set_low(low)

    def add_key(self, key: str, handler: Callable[[], object], *, anywhere: bool = False) -> None:
        """A key that works while the focus is in the panel; ``anywhere``: while the panel is shown and
        nobody else takes it."""
        name = _portable(key)
        self._keys[name] = handler
        if anywhere:
            self._anywhere.add(name)

    def where_empty(self, line: QLineEdit, *keys: str) -> None:
        """Keys of the panel that a field with nothing in it leaves to the panel."""
        self._where_empty[line] = tuple(_portable(key) for key in keys)
        line.installEventFilter(self)

    def on_typed(self, handler: Callable[[str], bool]) -> None:
        """Who takes a letter or digit that nothing in the panel took; True where it did."""
        self._take_text = handler

    def on_enter(self, widget: QWidget, handler: Callable[[], object]) -> None:
        """What Enter does in a field."""
        self._on_enter[widget] = handler
        widget.installEventFilter(self)

    def confirm(self) -> None:
        """Ctrl Enter."""

    def room_for(self, part: QWidget) -> int:
        """How high a part of the foot may be while all else in the panel has the least that it needs."""
        edges = self.foot.contentsMargins()
        width = self.width() - edges.left() - edges.right()
        items = (self.foot.itemAt(n) for n in range(self.foot.count()))
        others = [one for one in items if one is not None and one.widget() is not part and not one.isEmpty()]
        taken = sum(least_height(one, width) + self.foot.spacing() for one in others)
        above = self._scroll.y() + self._scroll.minimumSizeHint().height() + 1
        return self.height() - above - edges.top() - edges.bottom() - taken

    def holds(self) -> str:
        """What is not booked yet and no other panel pushes away; empty where nothing is."""
        return ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_low(low=self.height() < theme().px(_LOW))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.window().installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.window().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent) and watched in self._on_top:
            self._on_top[watched].setVisible(event.type() == QEvent.Type.ShowToParent)
            self._set_low(low=self._low)
        if event.type() == QEvent.Type.Resize and watched in (self._inside, self._port):
            self._later.start()  # what was read meanwhile may have pushed the focus out of sight
            return super().eventFilter(watched, event)
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        handler = self._on_enter.get(watched)
        mine = self._mine(watched, event)
        if mine is not None:
            mine()
            return True
        if handler is None:
            return super().eventFilter(watched, event)
        if event.key() not in _ENTER:
            return False
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.confirm()
        else:
            handler()
        return True

    def _takes(self, event: QKeyEvent) -> bool:
        """Whether a key that nobody else took is the one on the panel's own button. Whoever writes elsewhere
        means what they write."""
        if event.key() not in _ENTER or not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if event.modifiers() & _MORE or isinstance(QApplication.focusWidget(), _WRITTEN_IN):
            return False
        return any(one.key == TAKE_KEY and one.isVisible() for one in self.findChildren(Button))

    def _mine(self, watched: QObject, event: QKeyEvent) -> Callable[[], object] | None:
        """What the panel does on a key though it went to somebody else."""
        if watched is self.window() and self._takes(event):
            return self.confirm
        name = _name(event)
        return self._keys[name] if self._is_mine(watched, name) else None

    def _is_mine(self, watched: QObject, key: str) -> bool:
        """Whether a key is the panel's though it went to somebody else."""
        if isinstance(watched, QLineEdit):
            return key in self._where_empty.get(watched, ()) and not watched.text()
        if isinstance(watched, QAbstractButton):  # to Qt an arrow with Alt is an arrow, and goes to the next
            return key in self._keys and key.startswith("Alt+")
        return watched is self.window() and key in self._anywhere

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and _name(event) in self._keys
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        name, focus = _name(event), QApplication.focusWidget()
        if name in self._keys:
            self._keys[name]()
        elif event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.confirm()
        elif event.key() in _ENTER and isinstance(focus, Button):
            focus.click()
        elif self._take_text is None or not _is_text(event) or not self._take_text(event.text()):
            super().keyPressEvent(event)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(new, QAbstractButton) and self.isAncestorOf(new):
            new.installEventFilter(self)  # twice is once
        inside = self._scroll.widget()
        if new is not None and inside is not None and inside.isAncestorOf(new):
            self._later.start()

    def _show_focus(self) -> None:
        """Once the layout has caught up with what was opened for it."""
        focus, inside = QApplication.focusWidget(), self._scroll.widget()
        if focus is None or inside is None or not inside.isAncestorOf(focus):
            return
        if isinstance(focus, QAbstractItemView):
            show_current(focus)
        else:
            self._scroll.ensureWidgetVisible(focus, 0, 30)


class _Scroll(QScrollArea):
    """Follows the focus by itself, leaves every key to the panel, and in a low one gives way to the foot as
    far as to ``least`` px."""

    def __init__(self, least: int) -> None:
        super().__init__()
        self._least = least

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), theme().px(self._least))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


class Part(QWidget):
    """One question of a panel: its words, something at the right of them, and the answer below."""

    def __init__(self, title: str, trailing: QWidget | None = None, *, line: bool = True) -> None:
        super().__init__()
        self.title = label(title, TextRole.STRONG)
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(self.title)
        self._head.addStretch(1)
        if trailing is not None:
            self._head.addWidget(trailing)
        self.content = QVBoxLayout()
        self.content.setSpacing(6)
        inside = QVBoxLayout()
        inside.setContentsMargins(SIDE, 7, SIDE, 8)
        inside.setSpacing(4)
        inside.addLayout(self._head)
        inside.addLayout(self.content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(inside)
        if line:
            column.addWidget(Line())


def least_height(item: QLayoutItem, width: int) -> int:
    """What an item of a layout needs at the least."""
    wraps = item.hasHeightForWidth()
    return item.minimumHeightForWidth(width) if wraps else item.minimumSize().height()


def _is_text(event: QKeyEvent) -> bool:
    """Whether a sign was typed; a space begins nothing."""
    return not event.modifiers() & _CHORD and event.text().isprintable() and bool(event.text().strip())


def _portable(key: str) -> str:
    """A key as an event bears it: Delete is Del."""
    return QKeySequence(key).toString(_PORTABLE)


def _name(event: QKeyEvent) -> str:
    return QKeySequence(event.keyCombination()).toString(_PORTABLE)

"""The first window of all: five ways in."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from clinic_desktop.ui.dialogs import APP_NAME
from clinic_desktop.ui.first_run.middle import lay_in_middle
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.icons import IconLabel, paint_icon
from clinic_desktop.ui.paint import elided, key_height, key_width, paint_box, paint_focus, paint_key
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole, tokens
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.panel import Panel

_HEIGHT, _LOW_HEIGHT, _ICON, _PAD = 66, 52, 24, 18
_LOW = 480  # px: below this all five ways stand closer, so that they are seen at 200 % too
_WIDTH = 520
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class WayButton(QAbstractButton):
    """A large button: what it does, what that means, and its key."""

    def __init__(self, text: str, meaning: str, icon: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._meaning, self._icon, self.key = meaning, icon, key
        self._low = False
        self.setText(text)
        self.setAccessibleDescription(f"{meaning} {key}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_words(self, text: str, meaning: str) -> None:
        self._meaning = meaning
        self.setText(text)
        self.setAccessibleDescription(f"{meaning} {self.key}")
        self.update()

    def set_low(self, low: bool) -> None:
        """Less around the words, in a window with little height."""
        self._low = low
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(_WIDTH), theme().px(_LOW_HEIGHT if self._low else _HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(240), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, c, rect = QPainter(self), theme().colours, QRectF(self.rect())
        # The fill goes with the focus, so that one way alone looks chosen; the pointer darkens the edge.
        ground = c.accent_soft if self.isDown() or self.hasFocus() else c.surface
        paint_box(painter, rect, ground, c.control if self.underMouse() else c.line2, tokens().radius["card"])
        if self.hasFocus():
            paint_focus(painter, rect, tokens().radius["card"])
        pad, size = theme().px(_PAD), theme().px(_ICON)
        paint_icon(painter, self._icon, QPointF(pad, rect.center().y() - size / 2), size, c.accent)
        cap = key_width(self.key)
        paint_key(painter, QPointF(rect.right() - pad - cap, rect.center().y() - key_height() / 2), self.key)
        left = pad + size + theme().px(14)
        width = rect.width() - left - pad - cap - 10
        name, small = (
            theme().px(tokens().text[TextRole.NAME].line),
            theme().px(tokens().text[TextRole.BODY].line),
        )
        top = rect.center().y() - (name + small + 2) / 2
        for words, role, ink, y, height in (
            (self.text(), TextRole.NAME, c.ink, top, name),
            (self._meaning, TextRole.BODY, c.ink2, top + name + 2, small),
        ):
            font = theme().font(role)
            painter.setFont(font)
            painter.setPen(ink)
            line = elided(words, font, width)
            painter.drawText(QRectF(left, y, width, height), Qt.AlignmentFlag.AlignVCenter, line)


class StartPage(Panel):
    """Try the demo, set up the own clinic, open one that is there or on a server, or restore one; where it
    does not open, its paper. Keys 1 to 6, arrows, Enter. known: this computer has a clinic, which was not
    opened now."""

    demo_chosen = Signal()
    own_chosen = Signal()
    open_chosen = Signal()
    server_chosen = Signal()
    restore_chosen = Signal()
    paper_chosen = Signal()

    def __init__(self, *, begun: bool = False, known: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("canvas", (), parent)
        self.demo = WayButton(
            tr("Try the demo clinic"),
            tr("Invented people, a month of visits. Nothing in it is real."),
            "play",
            "1",
        )
        self.own = WayButton(
            tr("Go on setting up our clinic") if begun else tr("Set up our clinic"),
            tr("Your answers are kept. Go on where you stopped.")
            if begun
            else tr("About 10 minutes. Nothing is final, and you can stop at any time."),
            "setup",
            "2",
        )
        self.open = WayButton(
            tr("Open an existing clinic file"),
            tr("A clinic that was set up on this or another computer."),
            "database",
            "3",
        )
        self.server = WayButton(
            tr("Several PCs: a clinic on a server"),
            tr("Join one, or move this clinic to PostgreSQL."),
            "week",
            "4",
        )
        self.restore = WayButton(
            tr("Restore a backup"),
            tr("On a new computer, or where the clinic's file is lost."),
            "undo",
            "5",
        )
        self.paper = WayButton(tr("Open the paper for a day without the program"), "", "print", "6")
        self.paper.hide()
        self._ways: tuple[WayButton, ...] = (self.demo, self.own, self.open, self.server, self.restore)
        self.paper.clicked.connect(self.paper_chosen)
        for way, signal in zip(
            self._ways,
            (
                self.demo_chosen,
                self.own_chosen,
                self.open_chosen,
                self.server_chosen,
                self.restore_chosen,
            ),
            strict=True,
        ):
            way.clicked.connect(signal)
        middle = QWidget()
        middle.setMaximumWidth(theme().px(_WIDTH) + 40)
        inner = self._inner = QVBoxLayout(middle)
        inner.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(IconLabel("calendar", "accent", 30))
        head.addWidget(label(APP_NAME, TextRole.DISPLAY))
        head.addStretch(1)
        head.addWidget(label(tr("F1: what can be done here"), TextRole.LABEL, "second"))
        inner.addLayout(head)
        lead = tr("Runs the day of a ketamine and Spravato clinic. How would you like to begin?")
        inner.addWidget(label(lead, TextRole.BODY, "second", wrap=True))
        for way in (*self._ways, self.paper):
            inner.addWidget(way)
        self._column = lay_in_middle(self, middle, 2, 3)
        self._set_low(low=False)
        # Nobody who has a clinic gets into the demo by an Enter too many.
        self.setFocusProxy(self.open if known else self.own if begun else self.demo)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_low(low=self.height() < theme().px(_LOW))

    def _set_low(self, *, low: bool) -> None:
        self._inner.setSpacing(6 if low else 10)
        around = 6 if low else 16
        self._column.setContentsMargins(24, around, 24, around)
        for way in (*self._ways, self.paper):
            way.set_low(low)

    def offer_paper(self, text: str, meaning: str) -> None:
        """A sixth way, for a day on which the clinic does not open."""
        self.paper.set_words(text, meaning)
        self.paper.show()
        self._ways = (*self._ways, self.paper)
        self.paper.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not step_by_key(self._ways, event):
            super().keyPressEvent(event)


def step_by_key(ways: Sequence[WayButton], event: QKeyEvent) -> bool:
    """Digits choose a way, arrows go from one to the next; False for every other key."""
    number = event.key() - Qt.Key.Key_1.value
    step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
    if 0 <= number < len(ways) and not event.modifiers():
        ways[number].click()
    elif step:
        at = next((n for n, way in enumerate(ways) if way.hasFocus()), -step)
        ways[(at + step) % len(ways)].setFocus(Qt.FocusReason.TabFocusReason)
    else:
        return False
    return True

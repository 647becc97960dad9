"""Calm notices, low at the right: they go by themselves, unless something can be done about them.

They never lie over a button, and what one person was offered ends with them.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.ui.announce import announce, sentences
from clinic_desktop.ui.free_spot import least_covering
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.icons import IconLabel
from clinic_desktop.ui.paint import Tone, paint_box
from clinic_desktop.ui.pane_walk import usable
from clinic_desktop.ui.places import NoticeAction
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole, tokens
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import TONE_ICONS, TONE_INKS

STAY_MS = 8_000
MOST = 3  # seen at once
_WIDTH = 380
_MARGIN = 14
_MOST_BESIDE = 140  # px of a button: beside a longer one the words would stand one below the other
_BESIDE, _BELOW = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class Notice(QWidget):
    """One notice. It waits while the pointer or the focus is on it, and where nobody can see it: behind the
    lock, or behind a newer one in a low window."""

    def __init__(
        self, title: str, text: str, tone: Tone, action: NoticeAction | None, stack: "NoticeStack"
    ) -> None:
        super().__init__(stack)
        self.tone, self.home = tone, ""
        self._stack, self._action = stack, action
        mark, ink = TONE_INKS[tone]
        words = QVBoxLayout()
        words.setSpacing(2)
        self._title = label(title, TextRole.STRONG, ink, wrap=True)
        words.addWidget(self._title, 0 if text else 1)
        if text:
            words.addWidget(label(text, TextRole.BODY, "second", wrap=True), 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(13, 10, 8, 10)
        row.setSpacing(10)
        icon = IconLabel(TONE_ICONS[tone], mark)
        row.addWidget(icon)
        self._middle = QBoxLayout(_BESIDE)
        self._middle.setSpacing(10)
        self._middle.addLayout(words, 1)
        row.addLayout(self._middle, 1)
        self._button: Button | None = None
        if action is not None:
            button = self._button = Button(action.text, Kind.NORMAL, size="small", key=action.key)
            button.fired.connect(self._act)
            self._middle.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
        close = Button(kind=Kind.QUIET, icon="close", size="small", name=tr("Close notice"), key="Escape")
        close.fired.connect(self.close_notice)
        row.addWidget(close)
        self._ends = (icon, close)
        self.setAccessibleName(sentences(title, text))
        self._row, self._words, self._text = row, words, text
        self._stay = QTimer(self)
        self._stay.setSingleShot(True)
        self._stay.setInterval(STAY_MS)
        self._stay.timeout.connect(self._time_is_up)
        if action is None:
            self._stay.start()

    def set_low(self, low: bool) -> None:
        """Title and text in one line, as far as they fit."""
        self._words.setDirection(_BESIDE if low else _BELOW)
        self._words.setSpacing(10 if low else 2)
        self._title.setWordWrap(not (low and self._text))
        self._row.setContentsMargins(*((13, 2, 8, 2) if low else (13, 10, 8, 10)))
        for one in self._ends:  # beside the first line, which in a low window is the only one
            self._row.setAlignment(one, Qt.AlignmentFlag.AlignVCenter if low else Qt.AlignmentFlag.AlignTop)
        wide = self._button is not None and self._button.sizeHint().width() > theme().px(_MOST_BESIDE)
        self._middle.setDirection(_BELOW if wide and not low else _BESIDE)

    def close_notice(self) -> None:
        self._stack.drop(self)

    @property
    def offers(self) -> bool:
        """Whether it offers to do something about the place it was said in; a danger concerns everybody."""
        return self._action is not None and self.tone is not Tone.DANGER

    def leads_to(self, handler: Callable[[], object]) -> bool:
        """Whether its button does the same."""
        return self._action is not None and self._action.handler == handler

    def _act(self) -> None:
        self.close_notice()  # first: the focus goes on to what the action opens
        if self._action is not None:
            self._action.handler()

    def _time_is_up(self) -> None:
        if (
            not self.isVisible()
            or self.underMouse()
            or self.isAncestorOf(self.window().focusWidget() or self._stack)
        ):
            self._stay.start()
        else:
            self.close_notice()

    def enterEvent(self, event: QEnterEvent) -> None:
        if self._action is None:
            self._stay.start()
        super().enterEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_notice()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        c = theme().colours
        paint_box(QPainter(self), QRectF(self.rect()), c.surface, c.control, tokens().radius["card"])


class NoticeStack(QWidget):
    """Lies over ``covered``, as low at the right of ``work`` as it covers no button of ``body``, which may
    have a panel over the work; takes no room when it is empty. In a low window there is no such place: the
    newest stands ``below`` the work, which gives it the room. ``left`` when the focus was in one that went,
    and where it came from is gone, too."""

    left = Signal()

    def __init__(self, covered: QWidget, work: QWidget, body: QWidget, below: QWidget) -> None:
        super().__init__(covered)
        self._covered, self._work, self._body, self._below = covered, work, body, below
        self._low = False
        self._place_id = ""
        self._came_from: QWidget | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.place)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        work.installEventFilter(self)
        below.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self.setAccessibleName(tr("Notices"))
        self.hide()

    def add(self, title: str, text: str, tone: Tone, action: NoticeAction | None) -> Notice:
        """Show and announce a notice; the oldest goes when there are too many."""
        while len(self.notices()) >= MOST:
            self.drop(self.notices()[0])
        made = Notice(title, text, tone, action, self)
        made.home = self._place_id
        self._column.addWidget(made)
        made.show()
        self._fit()
        self.place()  # before it is seen, so that nothing flits under the pointer
        self.show()
        self.place()
        announce(self, sentences(title, text), urgent=tone is Tone.DANGER)
        return made

    def notices(self) -> list[Notice]:
        """From the oldest to the newest."""
        items = (self._column.itemAt(number) for number in range(self._column.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, Notice)]

    def take_away(self, notice: Notice) -> None:
        """What it says does not hold any more; it may be closed already."""
        if any(one is notice for one in self.notices()):
            self.drop(notice)

    def drop(self, notice: Notice) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and notice.isAncestorOf(focused):
            self._give_focus_back()
        self._column.removeWidget(notice)
        notice.hide()
        notice.deleteLater()
        self._show_or_hide()

    def show_place(self, place_id: str) -> None:
        """Another place is shown: what was offered in one waits there, and covers no other's work."""
        self._place_id = place_id
        self._show_or_hide()

    def set_low(self, low: bool) -> None:
        """Whether the window is low: then the newest is shown, in a line of its own, and then the next."""
        if low != self._low:
            self._low = low
            self._show_or_hide()

    def _fit(self) -> None:
        here = [one for one in self.notices() if not one.offers or one.home == self._place_id]
        for notice in self.notices():
            notice.set_low(self._low)
            notice.setVisible(notice in (here[-1:] if self._low else here))

    def _show_or_hide(self) -> None:
        self._fit()
        self.setVisible(self._any_shown())
        self._below.setVisible(self._low and self._any_shown())
        self.place()

    def _any_shown(self) -> bool:
        return any(not one.isHidden() for one in self.notices())

    def _give_focus_back(self) -> None:
        was, self._came_from = self._came_from, None
        if was is not None and usable(was):
            was.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left.emit()

    def end_with_person(self) -> None:
        """Somebody else is at the desk: only dangers are still to be seen."""
        for notice in self.notices():
            if notice.tone is not Tone.DANGER:
                self.drop(notice)

    def done_otherwise(self, handler: Callable[[], object]) -> None:
        """What some offer was done another way: they only lie over it now."""
        for notice in self.notices():
            if notice.leads_to(handler):
                self.drop(notice)

    def drop_newest(self, *, offer: bool) -> bool:
        """Close the newest that offers something, or that does not; False when there is none."""
        there = [one for one in self.notices() if one.isVisible() and one.offers is offer]
        if there:
            self.drop(there[-1])
        return bool(there)

    def place(self) -> None:
        """Lie where nothing is covered that can be pressed."""
        if not self._any_shown():
            return
        if self._low:
            self._below.setFixedHeight(self._column.heightForWidth(self._body.width()))
            self._below.show()
            at = self._below.mapTo(self._covered, QPoint(0, 0))
            self.setGeometry(QRect(at, self._below.size()))
            self.raise_()
            return
        margins = QMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        corner = self._work.mapTo(self._covered, QPoint(0, 0))
        area = self._work.rect().translated(corner).marginsRemoved(margins)
        width = min(theme().px(_WIDTH), area.width())
        size = QSize(width, self._column.heightForWidth(width))
        self.setGeometry(QRect(least_covering(self._body, self._covered, area, size), size))
        self.raise_()

    def _focus_moved(self, was: QWidget | None, now: QWidget | None) -> None:
        """What came up meanwhile - a button, another page - is not covered either, also once it is laid
        out."""
        if now is not None and self.isAncestorOf(now) and was is not None and not self.isAncestorOf(was):
            self._came_from = was
        if now is not None and was is not None:
            self.place()  # else a dialog of the work may be half destroyed, and is not walked through
        self._later.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and watched in (self._work, self._below):
            self.place()
            self._later.start()
        return super().eventFilter(watched, event)

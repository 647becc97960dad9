"""What is seen while nobody is let in: the clinic's name, the time, alarms by room, and the page for coming
in. It names no patient.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.words import clock_time, long_date
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.banner import Banner, BannerArea
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.icons import IconLabel
from clinic_desktop.ui.sign_in.code_page import CodePage
from clinic_desktop.ui.sign_in.entry_page import EntryPage
from clinic_desktop.ui.sign_in.factor_pages import DigitsPage, FactorPage
from clinic_desktop.ui.sign_in.other_pages import (
    EmergencyPage,
    FirstPage,
    HelpPage,
    OwnPage,
    RecoverPage,
    TakeOverPage,
)
from clinic_desktop.ui.sign_in.page import Page
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.panel import Card, Panel
from clinic_desktop.ui.widgets.scrolled import Inside, Scrolled

_MINUTE_MS = 60_000
_WIDE, _NARROW, _LOW = 820, 560, 480
_Left = OwnPage | DigitsPage | FactorPage | RecoverPage | EmergencyPage | TakeOverPage | HelpPage  # by Esc


class _Stack(QWidget):
    """As high as the page that is shown: others do not count."""

    def __init__(self) -> None:
        super().__init__()
        self._pages: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def add(self, page: QWidget) -> None:
        page.setVisible(not self._pages)
        self._pages.append(page)
        self._column.addWidget(page)

    @property
    def current(self) -> QWidget:
        return next(one for one in self._pages if not one.isHidden())

    def turn_to(self, page: QWidget) -> None:
        for one in self._pages:
            one.setVisible(one is page)


class Cover(Panel):
    """Lies over the whole window, as large as that becomes. Keys end here."""

    def __init__(self, window: QWidget, desk: Desk, desk_name: str) -> None:
        super().__init__("canvas", (), window)
        self._desk = desk
        self.turn = 0  # of whoever stands there: an answer to what was asked in an earlier one is for nobody
        now: Callable[[], datetime] = desk.now
        self.setAccessibleName(tr("Sign in"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # nobody comes to it by Tab: it shows no focus
        self.banners = BannerArea()
        self._icon = IconLabel("lock", "accent", 26)
        self._clinic = label("", TextRole.PAGE)
        self._time = label("", TextRole.BODY, "second")
        self._why = label("", TextRole.BODY, "second", wrap=True)
        self.entry = EntryPage(desk_name, now)
        self.first = FirstPage(now)
        self.own = OwnPage(now)
        self.recover = RecoverPage(now)
        self.code = CodePage(now)
        self.emergency = EmergencyPage(now)
        self.digits = DigitsPage(now)
        self.factor = FactorPage(now, desk.squares)
        self.take_over = TakeOverPage(now)
        self.help = HelpPage(now)
        self._first: QWidget = self.entry.people.line
        self._stack = _Stack()
        self._cards: dict[QWidget, QWidget] = {self.entry: self.entry}
        self._stack.add(self.entry)
        self.pages: tuple[Page, ...] = (
            self.first, self.own, self.digits, self.factor, self.recover, self.code, self.emergency,
            self.take_over, self.help,
        )  # fmt: skip
        for page in self.pages:
            self._cards[page] = _framed(page, self._width_of(page))
            self._stack.add(self._cards[page])
        self._lay_out()
        self._minute = QTimer(self, singleShot=True)
        self._minute.timeout.connect(self.show_time)
        self._helped: tuple[QWidget, QWidget] = (self.entry, self.entry)  # the page below the help, its focus
        self.help.left.connect(self._end_help)
        QShortcut(QKeySequence("F1"), self, self.show_help)
        window.installEventFilter(self)
        self.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        hint = label(tr("F1: what can be done here"), TextRole.LABEL, "second")
        name = QHBoxLayout()
        name.addWidget(self._clinic, 1)
        name.addWidget(hint, 0, Qt.AlignmentFlag.AlignTop)
        words.addLayout(name)
        # Below the hint too: each in one line, for as long as there is room.
        words.addWidget(self._time)
        words.addWidget(self._why)
        head.addLayout(words, 1)
        middle = self._middle = QWidget()
        middle.setMaximumWidth(theme().px(_WIDE))
        inner = self._inner = QVBoxLayout(middle)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addLayout(head)
        inner.addWidget(self._stack)
        inside = Inside()
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(middle, 1000)
        row.addStretch(1)
        column = self._column = QVBoxLayout(inside)
        column.addStretch(2)
        column.addLayout(row)
        column.addStretch(3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.banners)
        self.scrolled = Scrolled(inside)
        # A page that turns up grows after it has the focus: its line stays in sight in a small window too.
        self.scrolled.verticalScrollBar().rangeChanged.connect(self.scrolled.show_focus)
        whole.addWidget(self.scrolled, 1)
        self._set_low(low=False)

    def _set_low(self, *, low: bool) -> None:
        """Less around the page in a window with little height, so that all its ways are seen."""
        self._inner.setSpacing(8 if low else 16)
        around = 6 if low else 14
        self._column.setContentsMargins(20, around, 20, around)

    @property
    def page(self) -> QWidget:
        """What is shown, also while the help lies over it."""
        shown = self._stack.current
        if shown is self._cards[self.help]:
            return self._helped[0]
        return next((page for page, card in self._cards.items() if card is shown), self.entry)

    def turn_to(self, page: QWidget, focus: QWidget) -> None:
        """Another page, and the focus in it. Nothing that was typed in the one before stays: the next who
        comes to it may be somebody else."""
        before = self.page
        if page not in (before, self.help):
            self.turn += 1
            if isinstance(before, EntryPage | Page):
                before.wipe()
        self._first = focus
        self._stack.turn_to(self._cards[page])
        self._middle.setMaximumWidth(self._width_of(page))
        self.scrolled.verticalScrollBar().setValue(0)
        if self.isVisible():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def left_alone(self) -> None:
        """Whoever stood there has gone: what was asked and is not answered is over."""
        self.turn += 1

    def _width_of(self, page: QWidget) -> int:
        """In px, at most. The help is read line by line; a form is not easier to fill in for being wide."""
        return theme().px(_WIDE if page in (self.entry, self.help) else _NARROW)

    def show_help(self) -> None:
        """What can be done here; Esc goes back to the page as it was."""
        focus = QApplication.focusWidget()
        if not self.help.isVisible():
            kept = focus if focus is not None and self.isAncestorOf(focus) else self._first
            self._helped = (self.page, kept)
            self.help.show_for(first=self.page is self.first)
            self.turn_to(self.help, self.help.first())
            announce(self.help, f"{self.help.accessibleName()}. {self.help.accessibleDescription()}")

    def _end_help(self) -> None:
        self.turn_to(*self._helped)

    def take_focus(self) -> None:
        """The focus to where the page begins."""
        self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def why(self) -> str:
        """What was said of why it is locked."""
        return self._why.text()

    def say_why(self, text: str) -> None:
        """Why it is locked, and since when."""
        self._why.setText(text)
        self._why.setVisible(bool(text))

    def show_time(self) -> None:
        now = self._desk.now()
        at = local_time(now, self._desk.zone)
        self._clinic.setText(self._desk.setup.clinic.name)
        self._time.setText(f"{long_date(at.day)}, {clock_time(at.minute)}")
        self._minute.start(_MINUTE_MS - (now.second * 1000 + now.microsecond // 1000) + 20)

    def show_alarm(self, banner: Banner | None) -> None:
        """An alarm by its room and initials, without any way to silence it."""
        if banner is None:
            for one in self.banners.banners():
                self.banners.clear_banner(one.id)
        else:
            self.banners.show_banner(replace(banner, actions=()))

    def wipe(self) -> None:
        """Nothing that was typed here stays."""
        self.entry.wipe()
        for page in self.pages:
            page.wipe()
        self._minute.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget) and watched is self.parent():
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_low(low=self.height() < theme().px(_LOW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """No key goes on to the window."""
        page = self.help if self.help.isVisible() else self.page
        if event.key() == Qt.Key.Key_Escape and isinstance(page, _Left):
            page.left.emit()
        event.accept()


def _framed(page: Page, width: int) -> QWidget:
    outside = QWidget()
    card = Card()
    card.setMaximumWidth(width)
    inside = QVBoxLayout(card)
    inside.setContentsMargins(24, 20, 24, 18)
    inside.addWidget(page)
    row = QHBoxLayout(outside)
    row.setContentsMargins(0, 0, 0, 0)
    row.addStretch(1)
    row.addWidget(card, 1000, Qt.AlignmentFlag.AlignTop)
    row.addStretch(1)
    return outside

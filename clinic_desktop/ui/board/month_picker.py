"""The month below the line for a typed date: arrows and clicks choose a day, what is typed moves it too.

The focus stays in the line. It lies over the board like the list of the search line, and goes with it.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cached_property

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.foundation.clock import FIRST_DAY, LAST_DAY
from clinic_desktop.foundation.words import month_of
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.board.month_read import MonthDay, read_month
from clinic_desktop.ui.board.month_view import MonthView
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import LatestReader
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.date_navigator import DateNavigator
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.panel import Card

_STEPS = {Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
_ASIDE = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_MONTHS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_COMES_BACK = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
_GAP = 4


class MonthCard(Card):
    """The month with its name, buttons for the months beside it, and the chosen day in words."""

    def __init__(self, today: date, turn: Callable[[int], object], parent: QWidget) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(tr("Month"))
        self.view = MonthView(today)
        self._name = label("", TextRole.STRONG)
        self._words = label("", TextRole.LABEL, "second", wrap=True)
        back = Button(kind=Kind.QUIET, icon="left", size="small", name=tr("Month back"), key="PgUp")
        on = Button(kind=Kind.QUIET, icon="right", size="small", name=tr("Month forward"), key="PgDown")
        for button, step in ((back, -1), (on, 1)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.fired.connect(lambda step=step: turn(step))
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(back)
        head.addWidget(on)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 8)
        column.setSpacing(_GAP)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addWidget(self._words)
        self.hide()

    def say(self, one: MonthDay) -> None:
        self._name.setText(month_of(one.day))
        self.say_words(one.spoken(self.view.days.today))

    def say_words(self, words: str) -> None:
        self._words.setText(words)


class MonthPicker(QObject):
    """Comes and goes with the navigator's line."""

    def __init__(self, navigator: DateNavigator, desk: Desk) -> None:
        super().__init__(navigator)
        self._navigator, self._desk = navigator, desk
        self._reader = LatestReader[Mapping[date, MonthDay]](self, self._came, _quietly)
        navigator.asked.connect(self._open)
        navigator.left.connect(self._close)
        navigator.strange.connect(self._not_understood)
        navigator.line.value_changed.connect(self._typed)
        navigator.line.installEventFilter(self)
        desk.hub.changed.connect(self._heard)

    @cached_property
    def card(self) -> MonthCard:
        """Made when it is first asked for."""
        card = MonthCard(self._desk.today(), self._turn, self._navigator)
        card.view.taken.connect(self._navigator.take)
        self._navigator.destroyed.connect(card.deleteLater)  # it lies on the window while it is shown
        return card

    @property
    def _open_now(self) -> bool:
        return "card" in self.__dict__ and self.card.isVisible()

    def _close(self) -> None:
        if self._open_now:
            self.card.hide()

    @property
    def chosen(self) -> date:
        return self.card.view.chosen

    def _open(self) -> None:
        self.card.view.days.today = self._desk.today()
        window = self._navigator.window()
        self.card.setParent(window)
        self.card.view.choose(self._navigator.day)
        self._read()
        self._say()
        self._place(window)
        self.card.show()
        self.card.raise_()

    def _place(self, window: QWidget) -> None:
        """Below the line, within the window; the days get lower before anything is cut."""
        at = self._navigator.line.mapTo(window, QPoint(0, self._navigator.line.height() + _GAP))
        hint = self.card.sizeHint()
        left = max(_GAP, min(at.x(), window.width() - hint.width() - _GAP))
        width = min(hint.width(), window.width() - 2 * _GAP)
        wanted = max(hint.height(), self.card.heightForWidth(width))
        height = min(wanted, window.height() - at.y() - _GAP)
        self.card.setGeometry(left, at.y(), width, height)

    def _read(self) -> None:
        store, first = self._desk.store, self.card.view.days.first
        self._reader.read(lambda: read_month(store, first))

    def _came(self, days: Mapping[date, MonthDay]) -> None:
        self.card.view.days.fill(days)
        self.card.say(self.card.view.days.known(self.chosen))

    def _heard(self, _changes: object) -> None:
        if self._open_now:
            self._read()

    def _typed(self, day: date | None) -> None:
        if day is not None and self._open_now:
            self._choose(day)

    def _not_understood(self, text: str) -> None:
        words = tr("“{text}” is no day. Type fri, +2w or 12/4.").format(text=text)
        self.card.say_words(words)
        announce(self._navigator.line, words)

    def _choose(self, day: date) -> None:
        if self.card.view.choose(min(max(day, FIRST_DAY), LAST_DAY)):
            self._read()
        self._say()

    def _say(self) -> None:
        one = self.card.view.days.known(self.chosen)
        self.card.say(one)
        announce(self._navigator.line, one.spoken(self._desk.today()))

    def _turn(self, months: int) -> None:
        """The same day of another month, or its last."""
        self._navigator.line.clear()
        number = self.chosen.year * 12 + self.chosen.month - 1 + months
        first = date(number // 12, number % 12 + 1, 1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        self._choose(min(first + timedelta(days=self.chosen.day - 1), last))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress and self._open_now
        if pressed and isinstance(event, QKeyEvent) and not event.modifiers() & _CHORD:
            return self._key(Qt.Key(event.key()))
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _COMES_BACK:
            self._navigator.leave()
        return super().eventFilter(watched, event)

    def _key(self, key: Qt.Key) -> bool:
        line = self._navigator.line
        steps = _STEPS | ({} if line.text() else _ASIDE)
        if key in steps:
            line.clear()
            self._choose(self.chosen + timedelta(days=steps[key]))
            return True
        if key in _MONTHS:
            self._turn(_MONTHS[key])
            return True
        if key in _ENTER and not line.text().strip():
            self._navigator.take(self.chosen)
            return True
        return False


_CHORD = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


def _quietly(_problem: object) -> None:
    """The days can be chosen without their numbers."""

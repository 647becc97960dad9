"""The view of the floor: what is due next, the list, which day it is when it is not today, what stands there
on an empty day, and the day and the clock in the top bar.
"""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.words import near_date
from clinic_desktop.ui.floor.card import Card
from clinic_desktop.ui.floor.commands import TO_SEE
from clinic_desktop.ui.floor.due_strip import DueStrip
from clinic_desktop.ui.floor.floor_list import FloorList
from clinic_desktop.ui.floor.next_due import due_lines
from clinic_desktop.ui.floor.tile import Row
from clinic_desktop.ui.floor.words import at_clock
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.badge import Badge
from clinic_desktop.ui.widgets.busy import BusyOverlay
from clinic_desktop.ui.widgets.button import Button
from clinic_desktop.ui.widgets.date_navigator import DateNavigator
from clinic_desktop.ui.widgets.empty_state import EmptyState
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.widgets.panel import Line, Panel


class FloorClock(QWidget):
    """The day that is shown, the time, large, and how much is late."""

    def __init__(self, navigator: DateNavigator) -> None:
        super().__init__()
        self._time = label("", TextRole.PAGE)
        self._late = Badge("", Tone.DANGER, "warning", strong=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for widget in (navigator, self._time, self._late):
            row.addWidget(widget)
        self._late.hide()

    def show_time(self, now: datetime, zone: str) -> None:
        words = at_clock(now, zone)
        if words != self._time.text():
            self._time.setText(words)
            self.setAccessibleName(f"{words}, {near_date(local_time(now, zone).day)}")
            self._take_room()

    def show_late(self, count: int) -> None:
        self._late.setVisible(bool(count))
        self._late.set_badge(tr("{n} late").format(n=count), Tone.DANGER, "warning", strong=True)
        self._take_room()

    def _take_room(self) -> None:
        """At once: by itself the room of the date would go to the clock until the bar is laid out anew, and
        the date be cut until then."""
        at: QWidget | None = self
        while at is not None:
            layout = at.layout()
            if layout is not None:
                layout.activate()
            at = None if at.isWindow() else at.parentWidget()


def _row_of(widget: QWidget) -> tuple[Panel, QHBoxLayout]:
    """A row of its own above the list, with the line that scrolled rows go under."""
    made = Panel("canvas")
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    row = QHBoxLayout()
    row.setContentsMargins(12, 10, 12, 10)
    row.addWidget(widget)
    column.addLayout(row)
    column.addWidget(Line())
    return made, row


class FloorView(Panel):
    """``resized`` when there is another width for the panel to stand beside."""

    resized = Signal()

    def __init__(self, navigator: DateNavigator) -> None:
        super().__init__("canvas")
        self.setAccessibleName(tr("Floor"))
        self.list = FloorList()
        self.clock = FloorClock(navigator)
        self.other_day = NoticeBox("", "", Tone.WARN)
        self.due = DueStrip()
        self.to_see = Button("", icon="warning", key=TO_SEE.keys[0], size="small")
        self._inset, _ = _row_of(self.other_day)
        self._waiting, waiting = _row_of(self.to_see)
        waiting.addStretch(1)
        self._empty = EmptyState("floor", "")
        self._failure = ""  # why nothing could be read yet
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._inset)
        column.addWidget(self._waiting)
        column.addWidget(self.due)
        column.addWidget(self._stack, 1)
        self._inset.hide()
        self._waiting.hide()
        self._busy = BusyOverlay(self, tr("Reading the floor"))

    def show_day(self, day: date, today: date) -> None:
        """Say so where it is not today."""
        self._inset.setVisible(day != today)
        words = {"day": near_date(day)}
        if day < today:
            title = tr("Earlier day: {day}").format(**words)
            text = tr("Begin what you record with the time of that day, like 10:07. Ctrl Home: today.")
            self.other_day.set_notice(title, text, Tone.WARN)
        elif day > today:
            title = tr("Still to come: {day}").format(**words)
            self.other_day.set_notice(title, tr("Nothing has happened yet. Ctrl Home: today."), Tone.INFO)

    def show_waiting(self, words: str) -> None:
        """What is to be seen to, with its key; nothing while nothing waits."""
        self.to_see.setText(tr("To see to: {what}").format(what=words))
        self.to_see.updateGeometry()
        self._waiting.setVisible(bool(words))

    def show_rows(self, rows: Sequence[Row]) -> None:
        """The rooms, and the cards of the day's patients."""
        cards = [one for one in rows if isinstance(one, Card)]
        self.list.show_rows(rows)
        if self._failure:
            self._empty.set_words(tr("This day could not be read"), self._failure)
        else:
            text = tr("Visits of the day appear here with their times. Book one on the board.")
            self._empty.set_words(tr("No visits on this day"), text)
        self._stack.setCurrentWidget(self.list if cards else self._empty)
        self.due.show_lines(due_lines(cards))
        self.clock.show_late(sum(one.late for one in cards))

    def set_failure(self, text: str) -> None:
        """Why the day could not be read, nothing once it could: an empty floor would say that nobody is
        there."""
        self._failure = text

    def set_busy(self, busy: bool) -> None:
        """A veil only while there is nothing to see yet."""
        self._busy.set_busy(busy and not self.list.rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

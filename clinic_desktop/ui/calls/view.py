"""The Calls place's main view: which part of the list, how far it is, and the rows."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from clinic_desktop.scheduling.call_list import CallRow, Span
from clinic_desktop.treatment.day_after_list import AfterRow
from clinic_desktop.ui.calls import after_words, commands, words
from clinic_desktop.ui.calls.after_list import AfterListView
from clinic_desktop.ui.calls.listing import CallListView
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone, fitting
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.badge import Badge
from clinic_desktop.ui.widgets.button import Button
from clinic_desktop.ui.widgets.empty_state import EmptyState
from clinic_desktop.ui.widgets.label import ElidedLabel
from clinic_desktop.ui.widgets.panel import Line, Panel
from clinic_desktop.ui.widgets.segmented import Segment, SegmentedSwitch

_KEYS = {Span.TODAY: commands.TODAY, Span.NEXT: commands.NEXT, Span.AFTER: commands.AFTER}
DAY_AFTER = "DAY_AFTER"
_BADGE_FROM = 760
_EDGE, _SPACE = 14, 10


class CallsView(Panel):
    """``span_picked`` when another part of the list is wanted."""

    span_picked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", (), parent)
        self.list = CallListView()
        self.after = AfterListView()
        segments = [Segment(one.name, tr(text), _KEYS[one].keys[0]) for one, text in words.SPANS.items()]
        segments.append(Segment(DAY_AFTER, tr("Day after"), commands.DAY_AFTER.keys[0]))
        self.spans = SegmentedSwitch(segments, tr("Part of the list"))
        self.spans.set_current(Span.NEXT.name)
        self.count = ElidedLabel("", TextRole.LABEL, "ink2")
        self.missing = Badge("", Tone.DANGER, "warning", strong=True)
        self.print = Button(tr("Print the list"), icon="print", key=commands.PRINT.keys[0], size="small")
        self.nobody = EmptyState("calls", "")
        bar = QHBoxLayout()
        bar.setContentsMargins(_EDGE, 6, _EDGE, 6)
        bar.setSpacing(_SPACE)
        bar.addWidget(self.spans)
        bar.addWidget(self.count, 1)
        bar.addWidget(self.missing)
        bar.addWidget(self.print)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.after)
        self._stack.addWidget(self.nobody)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(Line())
        column.addWidget(self._stack, 1)
        self._without = 0
        self._counted = ("", "")
        self.spans.picked.connect(self._picked)

    @property
    def span(self) -> Span | None:
        """None: the check-in calls of the day after."""
        return None if self.spans.current == DAY_AFTER else Span[self.spans.current]

    def show_after(self, rows: Sequence[AfterRow], today: date) -> None:
        """The check-in calls; without any, that there are none."""
        counted = after_words.counted(rows, today) if rows else ""
        self._counted, self._without = (counted, counted), 0
        self.nobody.set_words(tr("No check-in calls"), tr("Nobody was treated whom to call today."))
        focused = self.list.hasFocus() or self.after.hasFocus() or self.print.hasFocus()
        self._stack.setCurrentWidget(self.after if rows else self.nobody)
        if focused:
            self.focus_work()
        self._fit()

    def show_rows(self, rows: Sequence[CallRow], days: str, today: date) -> None:
        """The rows of the span; without any, that there are none."""
        counted = words.counted(rows)
        self._counted = (f"{counted} · {days}", counted) if rows else (days, days)
        self._without = words.without_driver(rows)
        self.missing.set_badge(
            tr("%n without driver", "", self._without), Tone.DANGER, "warning", strong=True
        )
        self.nobody.set_words(
            tr("No calls for {days}").format(days=days), tr("Nobody is booked then, or all is settled.")
        )
        focused = self.list.hasFocus() or self.after.hasFocus() or self.print.hasFocus()
        self._stack.setCurrentWidget(self.list if rows else self.nobody)
        self.list.set_rows(rows, today)
        if focused:
            self.focus_work()
        self._fit()

    def show_unread(self, why: str) -> None:
        """Nothing was read yet, and cannot be: an empty page would say that nobody is to be called."""
        self.nobody.set_words(tr("The calls could not be read"), why)
        self._stack.setCurrentWidget(self.nobody)

    def focus_work(self) -> None:
        """The rows; where there are none, what can still be pressed."""
        shown = self._stack.currentWidget()
        (shown if shown in (self.list, self.after) else self.print).setFocus()

    def _picked(self, _name: str) -> None:
        self.span_picked.emit()

    def _fit(self) -> None:
        self.missing.setVisible(bool(self._without) and self.width() >= theme().px(_BADGE_FROM))
        with_day, counted = self._counted
        self.count.set_text(fitting(with_day, counted, self._count_room()))

    def _count_room(self) -> int:
        """What the other parts of the bar leave."""
        others = (self.spans, self.print, *((self.missing,) if not self.missing.isHidden() else ()))
        taken: int = sum(one.sizeHint().width() + _SPACE for one in others)
        return self.width() - taken - 2 * _EDGE

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

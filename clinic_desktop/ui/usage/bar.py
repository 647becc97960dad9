"""The bar of the place: how long a time, the two dates where they are typed, and saving."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clinic_desktop.foundation.words import short_date
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import text_width
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.usage import commands
from clinic_desktop.ui.usage.period import Kind, Period
from clinic_desktop.ui.widgets.button import Button
from clinic_desktop.ui.widgets.label import ElidedLabel, label
from clinic_desktop.ui.widgets.panel import Panel
from clinic_desktop.ui.widgets.parsed_line import date_line
from clinic_desktop.ui.widgets.segmented import Segment, SegmentedSwitch

_WIDEST = date(2026, 11, 25)  # a Wednesday in November
_EDGES = 30  # of a field round its words, and the cursor


class UsageBar(Panel):
    """``kind_picked`` carries a :class:`Kind`, ``dates_typed`` two dates, ``export_wanted`` nothing."""

    kind_picked = Signal(object)
    dates_typed = Signal(object, object)
    export_wanted = Signal()

    def __init__(self, parse: Callable[[str], date | None], parent: QWidget | None = None) -> None:
        super().__init__("surface", ("bottom",), parent)
        segments = [
            Segment(Kind.DAY, tr("Day"), commands.DAY.keys[0]),
            Segment(Kind.WEEK, tr("Week"), commands.WEEK.keys[0]),
            Segment(Kind.MONTH, tr("Month"), commands.MONTH.keys[0]),
            Segment(Kind.DATES, tr("Dates"), commands.DATES.keys[0]),
        ]
        self.switch = SegmentedSwitch(segments, tr("How long a time"))
        self.switch.picked.connect(self._picked)
        self.first = date_line(parse, _written, name=tr("From"), placeholder=tr("from"))
        self.last = date_line(parse, _written, name=tr("To"), placeholder=tr("to"))
        self._dates = QWidget()
        row = QHBoxLayout(self._dates)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for text, line in ((tr("from"), self.first), (tr("to"), self.last)):
            line.returnPressed.connect(self._typed)
            row.addWidget(label(text, TextRole.LABEL, "second"))
            row.addWidget(line)
        self._note = ElidedLabel("", TextRole.LABEL, "ink2")
        self.export = Button(tr(commands.EXPORT.text), icon="save", key=commands.EXPORT.keys[0])
        self.export.fired.connect(self.export_wanted)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(14, 6, 14, 7)
        whole.setSpacing(12)
        whole.addWidget(self.switch)
        whole.addWidget(self._dates)
        whole.addWidget(self._note, 1)
        whole.addWidget(self.export)
        theme().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        width = round(text_width(_written(_WIDEST), TextRole.BODY)) + _EDGES
        for line in (self.first, self.last):
            line.setFixedWidth(width)

    @property
    def note(self) -> str:
        return self._note.text()

    def show_period(self, period: Period, note: str) -> None:
        """The kind and the dates; ``note`` says how far the figures reach."""
        self.switch.blockSignals(True)
        self.switch.set_current(period.kind)
        self.switch.blockSignals(False)
        self._dates.setVisible(period.kind is Kind.DATES)
        for line, day in ((self.first, period.first), (self.last, period.last)):
            if not line.hasFocus():
                line.set_value(day)
        self._note.set_text(note)

    def ask_dates(self) -> None:
        """The first date is ready to be typed over."""
        self._dates.show()
        self.first.setFocus()
        self.first.selectAll()

    def _picked(self, kind: str) -> None:
        self.kind_picked.emit(Kind(kind))

    def _typed(self) -> None:
        """Enter in the first goes on to the second; in the second it is done."""
        if self.first.hasFocus():
            self.last.setFocus()
            self.last.selectAll()
        elif self.first.value is not None and self.last.value is not None:
            self.dates_typed.emit(self.first.value, self.last.value)


def _written(day: date) -> str:
    return f"{short_date(day)}, {day.year}"

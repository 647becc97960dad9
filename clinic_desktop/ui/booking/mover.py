"""Moving one visit of a plan: by a typed day and time, by a day earlier or later, or pinning it there."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.scheduling.typed_dates import When, typed_when
from clinic_desktop.ui.booking.course_words import CourseRow
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.parsed_line import ParsedLine


class Mover(QWidget):
    """``moved_to`` carries a :class:`When`, ``shifted`` a number of days, the others nothing."""

    moved_to = Signal(object)
    shifted = Signal(int)
    pin_wanted = Signal()
    skip_wanted = Signal()
    next_free_wanted = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._day: date | None = None
        self._label = label("", TextRole.LABEL, "second")
        self.line: ParsedLine[When] = ParsedLine(
            self._read, _write, name=tr("Move the visit to"), placeholder=tr("thu 10:15, +1w")
        )
        self.earlier = Button(icon="left", name=tr("A day earlier"), key="Alt+Left", size="small")
        self.later = Button(icon="right", name=tr("A day later"), key="Alt+Right", size="small")
        self.pin = Button(tr("Pin"), Kind.NORMAL, icon="pin", key="Space", size="small")
        self.next_free = Button(icon="calendar", name=tr("Next free day"), key="Alt+Down", size="small")
        self.skip = Button(icon="close", name=tr("Skip this visit"), key="Delete", size="small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._label)
        row.addWidget(self.line, 1)
        for widget in (self.earlier, self.later, self.next_free, self.skip, self.pin):
            row.addWidget(widget)
        self.earlier.fired.connect(self._earlier)
        self.later.fired.connect(self._later)
        self.pin.fired.connect(self.pin_wanted)
        self.next_free.fired.connect(self.next_free_wanted)
        self.skip.fired.connect(self.skip_wanted)

    def show_row(self, row: CourseRow | None, day: date | None) -> None:
        """Which visit it is about; one that stands in the book already cannot be moved here."""
        self._day = day
        movable = row is not None and row.movable
        self._label.setText(tr("Visit {no} to").format(no=row.no) if row else "")
        for widget in (self.earlier, self.later, self.pin, self.skip):
            widget.setEnabled(movable)
        self.line.setEnabled(row is None or movable)  # before there is a plan one can type ahead of it
        self.next_free.setEnabled(row is not None and row.movable and row.placed)
        # The other visits count from the first: without it there is no course.
        self.skip.setEnabled(row is not None and row.movable and row.no > 1)
        self.skip.set_name(tr("Do not skip") if row is not None and row.skipped else tr("Skip this visit"))
        self.pin.setText(tr("Unpin") if row is not None and row.pinned else tr("Pin"))
        self.pin.updateGeometry()

    def start_typing(self, text: str) -> None:
        if self.line.isEnabled():  # else each letter would take the place of the one before
            self.line.setFocus()
            self.line.setText(text)

    def enter(self) -> bool:
        """Take what is typed; False when it is not understood."""
        when = self.line.value
        if when is None:
            return not self.line.text().strip()
        self.line.clear()
        self.moved_to.emit(when)
        return True

    def _earlier(self) -> None:
        self.shifted.emit(-1)

    def _later(self) -> None:
        self.shifted.emit(1)

    def _read(self, text: str) -> When | None:
        return typed_when(text, self._today(), self._day)


def _write(when: When) -> str:
    if when.minute is None:
        return short_date(when.day)
    return tr("{day}, {time}").format(day=short_date(when.day), time=clock_time(when.minute))

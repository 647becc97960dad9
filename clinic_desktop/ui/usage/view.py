"""The Room usage place as it looks: bar, figures, rooms, definition, details."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.usage.bar import UsageBar
from clinic_desktop.ui.usage.details import Details
from clinic_desktop.ui.usage.figures import Figures
from clinic_desktop.ui.usage.reading import UsageRead
from clinic_desktop.ui.usage.room_table import RoomTable
from clinic_desktop.ui.usage.words import clock, definition
from clinic_desktop.ui.widgets.busy import BusyOverlay
from clinic_desktop.ui.widgets.empty_state import EmptyState
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.widgets.panel import Line, Panel


class UsageView(Panel):
    """Shows a :class:`UsageRead`; ``read`` is the one it shows, or None."""

    def __init__(self, parse: Callable[[str], date | None], parent: QWidget | None = None) -> None:
        super().__init__("surface", (), parent)
        self.read: UsageRead | None = None
        self.bar = UsageBar(parse)
        self.figures = Figures()
        self.unended = NoticeBox("", "", Tone.WARN)
        self.rooms = RoomTable()
        self.details = Details()
        self.empty = EmptyState("usage", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._make_report())
        self._stack.addWidget(self.empty)
        self.busy = BusyOverlay(self._stack, tr("Adding up"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        self.rooms.room_picked.connect(self._room_picked)

    def _make_report(self) -> QWidget:
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        note = label(definition(), TextRole.LABEL, "second", wrap=True)
        note.setContentsMargins(14, 6, 14, 6)
        self._notice = Panel("surface", ("bottom",))
        inset = QVBoxLayout(self._notice)
        inset.setContentsMargins(14, 8, 14, 9)
        inset.addWidget(self.unended)
        for widget in (self._notice, self.figures, self.rooms, note, Line()):
            column.addWidget(widget)
        column.addWidget(self.details, 1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inside)
        return self._scroll

    def show_read(self, read: UsageRead) -> None:
        """Other figures."""
        self.read = None  # so that nothing scrolls while the rows are filled
        self._stack.setCurrentIndex(0)
        self.bar.show_period(read.period, reach(read))
        self.bar.export.set_missing([])
        self.figures.set_read(read)
        count = read.report.tally.unended
        self._notice.setVisible(bool(count))
        self.unended.set_notice(
            tr("%n patient(s) (was|were) never recorded as gone", "", count),
            tr("Their minutes in the room are not counted. Record on the floor when they left."),
            Tone.WARN,
        )
        self.rooms.set_read(read)
        self.read = read
        self.details.show_room(read, self.rooms.room_id)

    def show_nothing(self, title: str, text: str) -> None:
        """Why there are no figures."""
        self.read = None
        self.empty.set_words(title, text)
        self._stack.setCurrentWidget(self.empty)
        self.bar.export.set_missing([title])

    def _room_picked(self, room_id: int) -> None:
        if self.read is None:
            return
        self.details.show_room(self.read, room_id)
        if self.rooms.hasFocus():
            row = self.rooms.visualRect(self.rooms.currentIndex())
            corner = self.rooms.viewport().mapTo(self._inside, row.center())
            self._scroll.ensureVisible(corner.x(), corner.y(), 0, row.height())


def reach(read: UsageRead) -> str:
    """How far the figures reach, where the period is not over."""
    if read.to_come:
        return tr("Still to come: planned minutes only")
    if read.today > read.period.last:
        return ""
    at = clock(read.now, read.report.zone)
    if read.period.one_day or read.period.last == read.today:
        return tr("So far, as of {time}").format(time=at)
    return tr("So far, as of {time}; days to come have planned minutes only").format(time=at)

"""The tray below the board: what is parked, for every desk to see; there only while something is."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QSizePolicy, QStyleOptionViewItem, QWidget

from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.scheduling.pinboard import Parked
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.icons import IconLabel
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.panel import Panel
from clinic_desktop.ui.widgets.row_model import Index, RowModel
from clinic_desktop.ui.widgets.rows import Row, RowDelegate

_CARD, _HEIGHT = 292, 44
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_OFF = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class _Delegate(RowDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme().px(_CARD), theme().px(_HEIGHT))


class PinList(QListView):
    """``wanted`` carries what is to be placed again, ``unwanted`` what stays where it is after all."""

    wanted = Signal(object)  # Parked
    unwanted = Signal(object)  # Parked

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pins: tuple[Parked, ...] = ()
        self._rows = RowModel(self)
        self._delegate = _Delegate(self)
        self.setModel(self._rows)
        follow_selection(self)
        self.setItemDelegate(self._delegate)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Pinboard"))
        self.setAccessibleDescription(tr("Enter takes a visit in hand, Del leaves it where it is."))
        self.clicked.connect(self._taken)

    def set_pins(self, pins: Sequence[Parked], rows: Sequence[Row]) -> None:
        kept = self.currentIndex().row()
        self.pins = tuple(pins)
        self._rows.set_rows(rows)
        if pins:
            self.setCurrentIndex(self._rows.index(min(max(kept, 0), len(pins) - 1), 0))

    @property
    def current(self) -> Parked | None:
        place = self.currentIndex().row()
        return self.pins[place] if 0 <= place < len(self.pins) else None

    def sizeHint(self) -> QSize:
        return QSize(300, theme().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, theme().px(_HEIGHT))

    def event(self, event: QEvent) -> bool:
        """Del is about what lies here, never about the visit that is selected on the board."""
        asked = event.type() == QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and event.key() in _OFF:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pin = self.current
        if event.key() in _ENTER and pin is not None:
            self.wanted.emit(pin)
        elif event.key() in _OFF and pin is not None:
            self.unwanted.emit(pin)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _taken(self, index: QModelIndex) -> None:
        self.wanted.emit(self.pins[index.row()])


class PinTray(Panel):
    """Hidden while nothing is parked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("sunken", ("top",), parent)
        self.list = PinList()
        self._count = label("", TextRole.LABEL, "second")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 5, 14, 4)
        row.setSpacing(8)
        row.addWidget(IconLabel("pin", "ink3", 15))
        row.addWidget(self._count)
        row.addWidget(self.list, 1)
        self.hide()

    def show_pins(self, pins: Sequence[Parked], setup: Setup, now: datetime) -> None:
        self._count.setText(tr("%n parked", "", len(pins)))
        self.list.set_pins(pins, [pin_row(one, setup, now) for one in pins])
        self.setVisible(bool(pins))


def pin_row(one: Parked, setup: Setup, now: datetime) -> Row:
    """Who it is, where the visit stands still, and who parked it since when."""
    visit = one.visit
    room = next((room.name for room in setup.rooms if room.id == visit.room_id), "")
    where = ", ".join(part for part in (short_date(visit.day), clock_time(visit.minute), room) if part)
    by = next(
        (person.initials or person.name for person in setup.staff if person.id == one.pin.parked_by), ""
    )
    since = since_words(one.pin.parked_at, now)
    right = ", ".join(part for part in (by, since) if part)
    detail = tr("still {where}").format(where=where)
    return Row(one.patient.name, f"{detail}. {one.pin.note}" if one.pin.note else detail, right)


def since_words(at: datetime | None, now: datetime) -> str:
    """ "12 min", "3 h", "2 days"."""
    minutes = int((now - at).total_seconds() // 60) if at else 0
    if minutes < 60:
        return tr("{n} min").format(n=minutes)
    if minutes < 48 * 60:
        return tr("{n} h").format(n=minutes // 60)
    return tr("%n day(s)", "", minutes // 1440)

"""The tray below the board: what is parked, for every desk to see; there only while something is."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QListView,
    QMenu,
    QSizePolicy,
    QStyleOptionViewItem,
    QWidget,
)

from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.scheduling.pinboard import Parked
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.icons import IconLabel
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.list_model import Index
from clinic_desktop.ui.widgets.panel import Panel
from clinic_desktop.ui.widgets.row_model import RowModel
from clinic_desktop.ui.widgets.rows import Row, RowDelegate, row_width

_LEAST, _MOST, _HEIGHT = 200, 460, 44
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_OFF = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class _Delegate(RowDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as its words, within reason."""
        row = self.row_at(index)
        words = row_width(row) if row is not None else 0
        return QSize(max(theme().px(_LEAST), min(words, theme().px(_MOST))), theme().px(_HEIGHT))


class PinList(QListView):
    """``wanted`` carries what is to be placed again, ``unwanted`` what stays where it is after all. By mouse
    it is dragged out: ``dragged_to`` and ``let_go_at`` carry points of the screen."""

    wanted = Signal(object)  # Parked
    unwanted = Signal(object)  # Parked
    dragged_to = Signal(QPoint)
    let_go_at = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pins: tuple[Parked, ...] = ()
        self._down: QPoint | None = None
        self._dragging = False
        self._rows = RowModel(self)
        self._delegate = _Delegate(self)
        self.setModel(self._rows)
        follow_selection(self)
        self.setItemDelegate(self._delegate)
        self.setProperty("ground", "through")
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
        self._rows.set_things(rows)
        if pins:
            self.setCurrentIndex(self._rows.index(min(max(kept, 0), len(pins) - 1), 0))

    def take(self, place: int) -> None:
        """Make one of them the current one."""
        if 0 <= place < len(self.pins):
            self.setCurrentIndex(self._rows.index(place, 0))

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
        if not self._dragging:
            self.wanted.emit(self.pins[index.row()])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        left = event.button() == Qt.MouseButton.LeftButton
        self._down = event.position().toPoint() if left else None
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Out of the tray after a few pixels: the visit comes into the hand."""
        if self._down is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if not self._dragging:
            index, away = self.indexAt(self._down), event.position().toPoint() - self._down
            if not index.isValid() or away.manhattanLength() < QApplication.startDragDistance():
                return
            self._dragging = True
            self.wanted.emit(self.pins[index.row()])
        self.dragged_to.emit(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        dragged, self._dragging, self._down = self._dragging, False, None
        if dragged:
            self.let_go_at.emit(event.globalPosition().toPoint())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        pin = self.current
        if pin is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Take it in hand")).triggered.connect(partial(self.wanted.emit, pin))
        menu.addAction(tr("Leave it where it is")).triggered.connect(partial(self.unwanted.emit, pin))
        menu.popup(event.globalPos())


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

    def show_takes(self, takes: bool) -> None:
        """Whether what is held over it would be parked."""
        self.set_ground("accent_soft" if takes else "sunken")

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

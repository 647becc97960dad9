"""The wall view: the rooms for a screen in the corridor. Full screen, initials only; nothing is recorded.

It reads for itself and goes on while the window shows another place; while the server is away, with what
this computer keeps.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.treatment.alarm_records import AlarmAnswer, HelpCall
from clinic_desktop.treatment.alarms import Alarm, first_answer, help_alarms
from clinic_desktop.treatment.calling import Standing
from clinic_desktop.treatment.kept_entries import answers_in
from clinic_desktop.ui.alarms.words import line_of
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.floor.kept_cards import KeptCards
from clinic_desktop.ui.floor.reading import FloorRead, read_floor, with_kept
from clinic_desktop.ui.floor.words import at_clock
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import LatestReader
from clinic_desktop.ui.outage.since_read import SinceRead
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.wall.tiles import WallTile, wall_tiles
from clinic_desktop.ui.wall.wall_paint import paint_wall

_MINUTE_MS, _AFTER_MS = 60_000, 20


@dataclass(frozen=True, slots=True)
class WallRead:
    """The floor of today, and who calls for help."""

    floor: FloorRead
    calls: tuple[Alarm, ...] = ()


def read_wall(store: ScheduleStore, now: datetime) -> WallRead:
    with store.read() as records:
        zone = records.setup().clinic.zone
        calls = records.find(HelpCall)
        answers = records.find(AlarmAnswer, help_id=[one.id for one in calls]) if calls else []
    return WallRead(read_floor(store, local_day(now, zone), now), tuple(help_alarms(calls, answers)))


class Wall(QWidget):
    """``left`` once it was closed with Esc or otherwise."""

    left = Signal()
    over_a_lock = True  # rooms and initials only
    name = QT_TR_NOOP("Wall view")
    tells_calls = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._desk = desk
        self._read: WallRead | None = None
        self.tiles: tuple[WallTile, ...] = ()
        self.calls = ""
        self.setWindowTitle(tr(self.name))
        self.setAccessibleName(tr(self.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self._reader: LatestReader[WallRead] = LatestReader(self, self._arrived, self._could_not)
        self._timer = QTimer(self, singleShot=True)
        self._kept_cards = KeptCards()
        self._kept = SinceRead(self, desk.outage, self._show, self.look)
        self._timer.timeout.connect(self.look)
        desk.hub.changed.connect(self._heard)
        desk.setup_changed.connect(self.look)
        theme().changed.connect(self.update)
        theme().dress(self)
        self.look()

    def look(self) -> None:
        """Show what is known, and read again; the next time is when the clock shows another minute. Where the
        server hangs no answer comes, and what is known goes on by the clock."""
        self._show()
        self._kept.asks()
        now = self._desk.now()
        self._reader.read(partial(read_wall, self._desk.store, now))
        into = now.second * 1000 + now.microsecond // 1000
        self._timer.start(_MINUTE_MS - into + _AFTER_MS)

    def _heard(self, _changes: Changes) -> None:
        self.look()

    def _arrived(self, read: WallRead) -> None:
        self._read = read
        self._kept.was_read()
        self._show()

    def _could_not(self, _problem: ClinicProblem) -> None:
        """Said elsewhere. What is known goes on by the clock."""
        self._show()

    def _show(self) -> None:
        if self._read is None:
            return
        self.show_read(with_kept(self._read.floor, self._kept.entries))
        rooms = {one.id: one.name for one in self._desk.setup.rooms}
        answers = answers_in(self._kept.entries)
        calls = [one for one in self._read.calls if first_answer(one, answers) is None]
        heard = calls if self.tells_calls else []
        there = [Standing(one, rooms.get(one.room_id or 0, "")) for one in heard]
        line = "; ".join(line_of(one, named=False) for one in there)
        self.calls = line[:1].upper() + line[1:]
        self.setAccessibleDescription(". ".join(part for part in (self.calls, *self._spoken()) if part))
        self.update()

    def show_read(self, read: FloorRead) -> None:
        """What was read, for everybody's eyes."""
        self.tiles = wall_tiles(read, self._desk.now(), self._desk.zone, self._kept_cards)

    def spoken(self) -> list[str]:
        return [one.spoken for one in self.tiles] or [self.empty]

    def _spoken(self) -> list[str]:
        return [tr("Esc leaves"), *self.spoken()]

    def paintEvent(self, _event: QPaintEvent) -> None:
        clock = at_clock(self._desk.now(), self._desk.zone)
        area, leaves = QRectF(self.rect()), tr("Esc leaves")
        paint_wall(QPainter(self), area, self.tiles, clock, leaves, self.calls, self.empty)

    @property
    def empty(self) -> str:
        """Why no room is shown; empty where some are."""
        if self.tiles:
            return ""
        if self._read is None:
            return tr("The day is being read.")
        return tr("The day has not begun: no room is in use.")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves; every other key does nothing."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        event.accept()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._timer.stop()
        self._reader.cancel()
        super().closeEvent(event)
        self.left.emit()


def show_wall(desk: Desk, window: QWidget) -> Wall:
    """On the screen that the window is not on, where there is one; it ends with the window."""
    wall = Wall(desk, window)
    others = [one for one in QGuiApplication.screens() if one is not window.screen()]
    screen = others[0] if others else window.screen()
    wall.setGeometry(screen.geometry())
    wall.showFullScreen()
    wall.activateWindow()
    return wall

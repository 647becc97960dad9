"""The lobby view: today's visits for a second screen in the waiting area. The time, initials and how far it
is: no name, no treatment, no room.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation.words import clock_time
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.floor.reading import FloorRead, Stay
from clinic_desktop.ui.floor.words import at_clock
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.paint import LEFT, RIGHT
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.wall.wall import Wall
from clinic_desktop.ui.wall.wall_paint import LARGE, SMALL, scale_of, write

LOBBY = Command(
    "window.lobby",
    QT_TR_NOOP("Lobby view"),
    ("Shift+F11",),
    icon="board",
    opens=True,
    also=QT_TR_NOOP("waiting room second screen patients see"),
)
_HEADER, _LINE, _GAP = 60, 58, 12
_COLUMNS = 2
# What somebody who waits is told: what is done with a patient stays behind the door.
_WORDS = {
    VisitState.ARRIVED: QT_TR_NOOP("checked in"),
    VisitState.IN_ROOM: QT_TR_NOOP("with us"),
    VisitState.DOSING: QT_TR_NOOP("with us"),
    VisitState.MONITORING: QT_TR_NOOP("with us"),
    VisitState.READY: QT_TR_NOOP("ready to go home"),
}


@dataclass(frozen=True, slots=True)
class LobbyLine:
    """time, initials, status."""

    time: str
    who: str
    status: str

    @property
    def spoken(self) -> str:
        return ", ".join((self.time, self.who, self.status))


def lobby_lines(read: FloorRead) -> tuple[LobbyLine, ...]:
    """Who is here and who comes, by time."""
    stays = sorted((*read.here, *read.coming), key=lambda one: (one.visit.minute, one.id))
    return tuple(_line(one) for one in stays)


def _line(stay: Stay) -> LobbyLine:
    state = stay.visit.whereabouts
    status = tr(_WORDS[state]) if state in _WORDS else tr("expected")
    return LobbyLine(clock_time(stay.visit.minute), stay.care.patient.initials, status)


def shown(lines: Sequence[LobbyLine], most: int) -> Sequence[LobbyLine]:
    """As many as there is room for: who is here before who comes."""
    if len(lines) <= most:
        return lines
    expected = tr("expected")
    here = [one for one in lines if one.status != expected]
    rest = [one for one in lines if one.status == expected]
    kept = {id(one) for one in [*here, *rest][:most]}
    return [one for one in lines if id(one) in kept]


def fitted(lines: Sequence[LobbyLine], rows: int) -> tuple[int, Sequence[LobbyLine]]:
    """How many rows of the screen take lines, and which: where not all fit, the last row says how many more
    there are."""
    if len(lines) > rows * _COLUMNS:
        rows = max(1, rows - 1)
    return rows, shown(lines, rows * _COLUMNS)


def more_words(hidden: int) -> str:
    """Who is not on the screen is not forgotten."""
    return tr("and %n more", "", hidden)


class Lobby(Wall):
    """Full screen; Esc leaves."""

    name = QT_TR_NOOP("Lobby view")
    tells_calls = False  # of those, who waits need not know

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.lines: tuple[LobbyLine, ...] = ()
        super().__init__(desk, parent)

    def show_read(self, read: FloorRead) -> None:
        self.lines = lobby_lines(read)

    def spoken(self) -> list[str]:
        return [one.spoken for one in self.lines]

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, area, c = QPainter(self), QRectF(self.rect()), theme().colours
        scale = scale_of(area.width(), area.height())
        painter.fillRect(area, c.canvas)
        inner = area.adjusted(24 * scale, 12 * scale, -24 * scale, -12 * scale)
        head = QRectF(inner.left(), inner.top(), inner.width(), _HEADER * scale)
        clock = at_clock(self._desk.now(), self._desk.zone)
        taken = write(painter, head, clock, LARGE * scale, c.ink, RIGHT) + 30 * scale
        write(painter, head.adjusted(0, 0, -taken, 0), self._desk.setup.clinic.name, SMALL * scale, c.ink2)
        ground = inner.adjusted(0, head.height() + _GAP * scale, 0, 0)
        each = _LINE * scale
        rows = max(1, int(ground.height() // each))
        rows, lines = fitted(self.lines, rows)
        if hidden := len(self.lines) - len(lines):
            below = QRectF(ground.left(), ground.top() + rows * each, ground.width(), each)
            write(painter, below, more_words(hidden), SMALL * scale, c.ink2, Qt.AlignmentFlag.AlignHCenter)
        if not lines:
            write(painter, ground, tr("Welcome"), LARGE * scale, c.ink2, Qt.AlignmentFlag.AlignHCenter)
        columns = 1 if len(lines) <= rows else _COLUMNS
        width = (ground.width() - (columns - 1) * 40 * scale) / columns
        for number, one in enumerate(lines):
            column, row = divmod(number, rows)
            left, top = ground.left() + column * (width + 40 * scale), ground.top() + row * each
            self._paint_line(painter, QRectF(left, top, width, each), one, scale)

    def _paint_line(self, painter: QPainter, rect: QRectF, line: LobbyLine, scale: float) -> None:
        c, size = theme().colours, SMALL * scale
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), c.line2)
        write(painter, rect, line.time, size, c.ink2)
        write(painter, rect.adjusted(170 * scale, 0, 0, 0), line.who, size, c.ink, LEFT)
        write(painter, rect.adjusted(290 * scale, 0, 0, 0), line.status, size, c.ink, RIGHT)


def show_lobby(desk: Desk, window: QWidget) -> Lobby:
    """On the screen that the window is not on, where there is one; it ends with the window."""
    lobby = Lobby(desk, window)
    others = [one for one in QGuiApplication.screens() if one is not window.screen()]
    screen = others[0] if others else window.screen()
    lobby.setGeometry(screen.geometry())
    lobby.showFullScreen()
    lobby.activateWindow()
    return lobby

"""The board on a full demo day, to look at; "docs" makes those that docs/board.md shows, and only these.

CLINIC_DESKTOP_PICTURES=/tmp/pictures QT_QPA_PLATFORM=offscreen python -m tests.ui.board.pictures [docs]
"""

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEventLoop, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from clinic_desktop.app import places
from clinic_desktop.demo.clinic import DemoClinic
from clinic_desktop.demo.hand import ZONE
from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.clock import FixedClock, WallTime, instant_at, to_utc_minute
from clinic_desktop.storage.store import open_store
from clinic_desktop.ui.appearance import Appearance
from clinic_desktop.ui.board.hover_card import REST
from clinic_desktop.ui.board.park_zone import ParkZone
from clinic_desktop.ui.board.place import BoardPlace
from clinic_desktop.ui.board.save_view import SaveViewDialog
from clinic_desktop.ui.board.saved_views import SavedView
from clinic_desktop.ui.board.scene import ViewKind
from clinic_desktop.ui.booking.panels import make_booking_panels
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.operations import running_count
from clinic_desktop.ui.patients.live_directory import live_directory
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.window import Window
from tests.ui.grab import VARIABLE, grab, small

TODAY = date(2026, 11, 17)
NOW = instant_at(to_utc_minute(WallTime(TODAY, 9 * 60 + 52), ZONE))
DESK, LARGE, SMALL = (1366, 730), (1920, 1010), (683, 384)
DOCS = {  # what a picture of the docs is taken from
    "board": "board",
    "board-dark": "board-dark",
    "board-200": "board-small@2x",
    "board-move": "board-move",
    "board-move-not-dark": "board-move-not-dark",
    "board-longer": "board-longer",
    "board-gone": "board-gone",
}


def settle(more_ms: int = 120) -> None:
    """Let everything that runs behind the window answer."""
    quiet = QElapsedTimer()
    quiet.start()
    while quiet.elapsed() < more_ms:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
        if running_count():
            quiet.restart()


class Sitting:
    """The window of the demo clinic, at eight minutes to ten."""

    def __init__(self, folder: Path) -> None:
        clock = FixedClock(NOW)
        self.store = open_store(folder / "demo.sqlite", clock, make=True)
        maker = DemoClinic(self.store, clock, NOW)
        maker.found()
        monday = TODAY - timedelta(days=1)
        for day in (TODAY, *(monday + timedelta(days=n) for n in range(5) if n != 1)):
            maker.make_day(day)
        clock.at = NOW
        with self.store.read() as records:
            setup = records.setup()
        chris = next(one for one in setup.staff if Role.RECEPTIONIST in one.roles)
        self.desk = Desk(self.store, Actor(chris.id, chris.roles, "front"), clock, setup)
        self.panels = make_booking_panels(self.desk, live_directory(self.desk))
        self.window = Window(self.desk, places(self.desk, self.panels), self.panels)
        self.window.resize(*DESK)
        self.window.show()
        self.window.activateWindow()
        place = self.window.go("board")
        assert isinstance(place, BoardPlace)
        self.place, self.board = place, place.board
        settle()

    def begin(self, size: tuple[int, int] = DESK) -> None:
        """The keys go to the board of a window of that size, whatever was open before."""
        self.window.resize(*size)
        self.window.activateWindow()
        self.window.close_panel()
        self.board.page.focus_work()
        settle()

    def choose(self, family_name: str) -> None:
        """Select the visit of somebody of that name."""
        blocks = self.board.presenter.blocks.values()
        self.board.select(next(one.id for one in blocks if one.family_name == family_name))
        settle()

    def keys(self, *keys: Qt.Key, mod: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self.window, key, mod)
        settle()

    def take(self, name: str, size: tuple[int, int] = DESK, scale: float = 1.0) -> None:
        self.window.resize(*size)
        settle()
        for dark in (False, True):
            grab(self.window, name, size, scale, dark)
            settle()
        theme().set_appearance(Appearance.LIGHT)


def days(sitting: Sitting) -> None:
    sitting.choose("Ortega")
    sitting.take("board")
    sitting.take("board-1920", LARGE)
    sitting.take("board-small", SMALL, 2.0)
    sitting.window.resize(*DESK)
    sitting.board.select(None)
    sitting.take("board-glance")


def moves(sitting: Sitting) -> None:
    key, control = Qt.Key, Qt.KeyboardModifier.ControlModifier
    sitting.window.resize(*DESK)
    sitting.choose("Ortega")
    sitting.keys(key.Key_M, mod=control)
    sitting.keys(*[key.Key_Down] * 3)
    sitting.take("board-move")
    sitting.keys(key.Key_Left, *[key.Key_Down] * 3)
    sitting.take("board-move-not")
    sitting.take("board-move-not-small", SMALL, 2.0)
    sitting.keys(key.Key_Escape)
    sitting.board.select(None)
    sitting.keys(key.Key_Home, *[key.Key_Right] * 4)
    sitting.keys(*[key.Key_Down] * 9, mod=Qt.KeyboardModifier.ShiftModifier)
    sitting.take("board-range")


def lengths(sitting: Sitting) -> None:
    """The end of a visit in the hand: a step further, and as far as it goes."""
    key, alt = Qt.Key, Qt.KeyboardModifier.AltModifier
    for name, size, scale in (("board-longer", DESK, 1.0), ("board-longer-small", SMALL, 2.0)):
        sitting.begin(size)
        sitting.choose("Ortega")
        sitting.keys(*[key.Key_Down] * 3, mod=alt)
        sitting.take(name, size, scale)
        sitting.keys(*[key.Key_Down] * 16, mod=alt)
        sitting.take(f"{name}-most", size, scale)
        sitting.keys(key.Key_Escape)


def zoomed(sitting: Sitting) -> None:
    """Hours taller and lower than they fit."""
    key, control = Qt.Key, Qt.KeyboardModifier.ControlModifier
    for name, size, scale in (("", DESK, 1.0), ("-small", SMALL, 2.0)):
        sitting.begin(size)
        sitting.choose("Ortega")
        sitting.keys(key.Key_Plus, key.Key_Plus, mod=control)
        sitting.take(f"board-zoomed{name}", size, scale)
        sitting.keys(key.Key_0, *[key.Key_Minus] * 4, mod=control)
        sitting.take(f"board-zoomed-out{name}", size, scale)
        sitting.keys(key.Key_0, mod=control)


def saved(sitting: Sitting) -> None:
    """What is asked when a way of looking is saved."""
    key, control = Qt.Key, Qt.KeyboardModifier.ControlModifier
    sitting.window.resize(*DESK)
    sitting.board.select(None)
    for slot, name in ((1, "My rooms"), (2, "Nurses, closer")):
        sitting.place._views.saved.save(slot, SavedView(name, zoom=150 if slot == 2 else 100))
    for name, size, scale in (("board-save-view", DESK, 1.0), ("board-save-view-small", SMALL, 2.0)):
        sitting.window.resize(*size)
        sitting.window.activateWindow()
        sitting.board.page.focus_work()
        settle()
        sitting.keys(key.Key_S, mod=control)
        dialog = sitting.window.findChild(SaveViewDialog)
        for dark in (False, True):
            grab(dialog, name, (dialog.width(), dialog.height()), scale, dark)
        theme().set_appearance(Appearance.LIGHT)
        dialog.reject()
        settle()


def hovers(sitting: Sitting) -> None:
    """The card beside the visit on which the pointer rests."""
    for name, size, scale in (("board-hover", DESK, 1.0), ("board-hover-small", SMALL, 2.0)):
        sitting.window.resize(*size)
        sitting.board.select(None)
        settle()
        for family_name in ("Locke", "Laramie"):
            blocks = sitting.board.presenter.blocks.values()
            row = sitting.board.page.board.visits.row_of(
                next(one.id for one in blocks if one.family_name == family_name)
            )
            sitting.board.page.board.scrollTo(sitting.board.page.board.visits.index(row, 0))
            settle()
            for dark in (False, True):
                theme().set_appearance(Appearance.DARK if dark else Appearance.LIGHT)
                rest_on(sitting, row)
                grab(sitting.window, f"{name}-{family_name}", size, scale, dark)
            theme().set_appearance(Appearance.LIGHT)
    sitting.window.resize(*DESK)


def rest_on(sitting: Sitting, row: int) -> None:
    board = sitting.board.page.board
    QTest.mouseMove(board.viewport(), QPoint(1, 1))
    QTest.mouseMove(board.viewport(), board.visualRect(board.visits.index(row, 0)).center())
    settle(REST + 200)


def views(sitting: Sitting) -> None:
    for kind in (ViewKind.STAFF, ViewKind.WEEK, ViewKind.LIST):
        sitting.board.look(kind)
        settle()
        sitting.take(f"board-{kind}")
    sitting.board.look(ViewKind.ROOMS)
    for name, day in (("empty", date(2026, 12, 4)), ("closed", date(2026, 11, 21))):
        sitting.board.turner.go_to(day)
        settle()
        sitting.take(f"board-{name}")
    sitting.board.turner.go_to(TODAY)
    settle()


def gone(sitting: Sitting) -> None:
    """Cancelled and missed visits: where nobody took the time, and beside those who did."""
    sitting.board.presenter.show_ended(True)
    sitting.board.refresh()
    blocks = list(sitting.board.presenter.blocks.values())
    for name, size, scale in (("board-gone", DESK, 1.0), ("board-gone-small", SMALL, 2.0)):
        sitting.begin(size)
        sitting.board.select(next(one.id for one in blocks if one.gone))
        settle()
        sitting.take(name, size, scale)
    sitting.begin()
    for kind in (ViewKind.STAFF, ViewKind.WEEK):
        sitting.board.look(kind)
        settle()
        sitting.take(f"board-gone-{kind}")
    sitting.board.look(ViewKind.ROOMS)
    sitting.board.presenter.show_ended(False)
    sitting.board.refresh()


def month(sitting: Sitting) -> None:
    for name, size, scale in (("board-month", DESK, 1.0), ("board-month-small", SMALL, 2.0)):
        sitting.begin(size)
        sitting.keys(Qt.Key.Key_G, mod=Qt.KeyboardModifier.ControlModifier)
        sitting.keys(Qt.Key.Key_Right)
        sitting.take(name, size, scale)
        sitting.keys(Qt.Key.Key_Escape)
    sitting.window.resize(*DESK)


def parking(sitting: Sitting) -> None:
    """A visit in the hand over what parks it, and what is parked."""
    for name, size, scale in (("board-parking-small", SMALL, 2.0), ("board-parking", DESK, 1.0)):
        sitting.keys(Qt.Key.Key_Escape)
        sitting.begin(size)
        sitting.choose("Ortega")
        sitting.keys(Qt.Key.Key_M, mod=Qt.KeyboardModifier.ControlModifier)
        sitting.take(name, size, scale)
    zone = sitting.board.page.bar.findChildren(ParkZone)[0]
    zone.set_hot(True)
    sitting.take("board-parking-hot")
    zone.click()
    settle()
    sitting.take("board-parked")
    sitting.take("board-parked-small", SMALL, 2.0)


def panels(sitting: Sitting) -> None:
    key = Qt.Key
    sitting.begin()
    sitting.keys(key.Key_F4)
    sitting.take("board-openings")
    sitting.window.close_panel()
    theme().set_text_size(150)
    settle()
    sitting.take("board-150")
    theme().set_text_size(100)


def repairs(sitting: Sitting) -> None:
    """A nurse is out from now on; a room is closed; a visit is late."""
    key, control = Qt.Key, Qt.KeyboardModifier.ControlModifier
    sitting.begin()
    sitting.board.select(None)
    sitting.keys(key.Key_G, mod=control | Qt.KeyboardModifier.ShiftModifier)
    panel = sitting.panels.repairing
    panel.event_part.choose(
        "staff", next(one.id for one in sitting.desk.setup.staff if Role.NURSE in one.roles)
    )
    settle(600)
    sitting.take("board-repair")
    sitting.window.close_panel()
    room = next(one.id for one in sitting.desk.setup.rooms if one.name == "Spravato 1")
    for name, size, scale in (("board-repair-room", DESK, 1.0), ("board-repair-small", SMALL, 2.0)):
        sitting.begin(size)
        sitting.keys(key.Key_G, mod=control | Qt.KeyboardModifier.ShiftModifier)
        panel.event_part.choose("room", room)
        settle(600)
        sitting.take(name, size, scale)
        panel.lines.setFocus()
        settle()
        sitting.take(f"{name}-end", size, scale)
    sitting.window.resize(*DESK)
    sitting.window.close_panel()


def keep_for_docs(folder: Path) -> None:
    for name, source in DOCS.items():
        small(folder / f"{source}.png", folder / f"{name}.png")
    for one in folder.glob("board*.png"):
        if one.stem not in DOCS:
            one.unlink()


def main() -> int:
    app = QApplication(sys.argv)
    theme()
    wanted = sys.argv[1:]
    parts: tuple[Callable[[Sitting], None], ...] = (
        days,
        moves,
        lengths,
        zoomed,
        saved,
        hovers,
        views,
        gone,
        month,
        panels,
        repairs,
        parking,
    )
    if wanted == ["docs"]:
        parts, wanted = (days, moves, lengths, gone), []
    with tempfile.TemporaryDirectory() as folder:
        sitting = Sitting(Path(folder))
        for part in parts:
            if not wanted or part.__name__ in wanted:
                part(sitting)
        sitting.window.close()
        sitting.store.close()
    if sys.argv[1:] == ["docs"] and VARIABLE in os.environ:
        keep_for_docs(Path(os.environ[VARIABLE]))
    app.processEvents()
    return 0


if __name__ == "__main__":
    sys.exit(main())

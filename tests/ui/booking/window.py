"""The booking panels in a window beside a board that writes down what it is told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.ui import operations
from clinic_desktop.ui.board.ports import BookingPanels, Ghost, Slot
from clinic_desktop.ui.booking.panels import Panels, make_booking_panels
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.patients.live_directory import live_directory
from clinic_desktop.ui.shell import Shell
from clinic_desktop.ui.undoing import Undoer
from tests.small_clinic import MONDAY, SmallClinic
from tests.ui.example import make_shell

WAIT_MS = 30_000
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
ENTER, TAB, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Space


@dataclass
class BoardStub:
    """A board that remembers."""

    ghosts: list[Ghost] = field(default_factory=list)
    pick: Callable[[int], object] | None = None
    on_slot: Callable[[Slot], object] | None = None
    day: date | None = None
    minute: int | None = None
    visit: tuple[int, date | None] | None = None
    selected_visit: int | None = None
    selected_patient: int | None = None

    def show_ghosts(self, ghosts: Sequence[Ghost], on_pick: Callable[[int], object] | None = None) -> None:
        self.ghosts, self.pick = list(ghosts), on_pick

    def listen(self, on_slot: Callable[[Slot], object] | None) -> None:
        self.on_slot = on_slot

    def show_day(self, day: date, minute: int | None = None) -> None:
        self.day, self.minute = day, minute

    def show_visit(self, visit_id: int, day: date | None = None) -> None:
        self.visit = visit_id, day

    def select_patient(self, patient_id: int) -> None:
        """Nobody is on it."""

    def to_pinboard(self, patient_id: int | None = None) -> None:
        self.selected_patient = patient_id

    def standing(self) -> object:
        return self.day

    def stand_again(self, was: object) -> None:
        """It never went anywhere."""


@dataclass
class Window:
    """The window as somebody at the keyboard has it. ``actions`` counts keys and chords, not letters."""

    qtbot: QtBot
    clinic: SmallClinic
    desk: Desk
    shell: Shell
    panels: Panels
    board: BoardStub
    actions: int = 0

    def wait(self, until: Callable[[], bool] | None = None) -> None:
        """Until everything behind the window has answered, and ``until`` is true."""

        def calm() -> bool:
            return not operations.running_count() and (until is None or until())

        self.qtbot.waitUntil(calm, timeout=WAIT_MS)

    @property
    def focus(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def press(self, *keys: Qt.Key, mods: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Keys into whatever has the focus, each when the one before has been answered."""
        for key in keys:
            self.actions += 1
            self.qtbot.keyClick(self.focus, key, mods)
            self.wait()

    def type(self, text: str) -> None:
        """Letters into whatever has the focus."""
        for letter in text:
            self.qtbot.keyClicks(self.focus, letter)
        self.wait()

    def book(
        self,
        minute: int | None = None,
        room: str = "",
        patient: int | None = None,
        day: date = MONDAY,
    ) -> None:
        """What the board calls for a seen slot, or without one."""
        room_id = self.clinic.rooms[room].id if room else None
        as_port: BookingPanels = self.panels
        as_port.book(self.shell, self.desk, day, minute, room_id, patient)
        self.wait()

    def visits(self) -> list[Visit]:
        with self.clinic.store.read() as records:
            return records.visits_on(MONDAY, date.max)

    def said(self) -> str:
        """What the status bar names as the last action."""
        return self.shell.status_bar.said

    def lines(self) -> str:
        """What the booking panel says about the rules."""
        return " ".join(one.text for one in self.panels.booking.said.lines)


def make_window(qtbot: QtBot, clinic: SmallClinic, actor: Actor | None = None) -> Window:
    """The example window over a small clinic, its directory loaded."""
    with clinic.store.read() as records:
        setup = records.setup()
    desk = Desk(clinic.store, actor or clinic.desk, clinic.clock, setup)
    people = live_directory(desk)
    shell = make_shell()
    shell.take_back_with(Undoer(shell, desk, shell))
    qtbot.addWidget(shell)
    shell.resize(1366, 768)
    shell.show()
    shell.go("board")
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    panels, board = make_booking_panels(desk, people), BoardStub()
    panels.attach(board)
    window = Window(qtbot, clinic, desk, shell, panels, board)
    window.wait(lambda: people.ready)
    return window

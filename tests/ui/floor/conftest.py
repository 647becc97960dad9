"""The Floor in its window over a small clinic, with whoever sits at the keyboard."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.ui import operations
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.floor.card import Card
from clinic_desktop.ui.floor.place import FloorPlace
from clinic_desktop.ui.shell import Shell
from tests.small_clinic import SmallClinic, build, instant
from tests.treatment.stays import Stay
from tests.ui.floor.window import make_window

WAIT_MS = 30_000
PLAIN = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    made = build(tmp_path)
    yield made
    operations.wait_for_all()
    made.store.close()


@dataclass
class Keyboard:
    """The floor as somebody at the keyboard has it; ``at`` moves the clock on the wall."""

    qtbot: QtBot
    clinic: SmallClinic
    shell: Shell
    place: FloorPlace
    desk: Desk

    def wait(self, until: Callable[[], bool] | None = None) -> None:
        """Until everything behind the window has answered, and ``until`` is true."""

        def calm() -> bool:
            return not operations.running_count() and (until is None or until())

        self.qtbot.waitUntil(calm, timeout=WAIT_MS)

    def at(self, hour: int, minute: int = 0, second: int = 0) -> "Keyboard":
        """The clock shows another time, and the floor has looked at it."""
        self.clinic.clock.at = instant(hour, minute, second)
        self.place.floor.tick()
        self.wait()
        return self

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> "Keyboard":
        self.qtbot.keyClick(self.focus, key, modifier)
        self.wait()
        return self

    def type(self, text: str, *, enter: bool = True) -> "Keyboard":
        """Letters from the cards into the line, and Enter."""
        for letter in text:
            self.qtbot.keyClicks(self.focus, letter)
        return self.press(Qt.Key.Key_Return) if enter else self

    def dialog(self, *keys: Qt.Key) -> "Keyboard":
        """Keys into the dialog that has just come up; the last of them closes it."""

        def up() -> bool:
            dialog = QApplication.activeModalWidget()
            focused = QApplication.focusWidget()
            return dialog is not None and focused is not None and dialog.isAncestorOf(focused)

        self.qtbot.waitUntil(up, timeout=WAIT_MS)
        dialog = QApplication.activeModalWidget()
        for key in keys:
            assert QApplication.activeModalWidget() is dialog
            self.press(key)
        self.wait(lambda: QApplication.activeModalWidget() is not dialog)
        if QApplication.activeModalWidget() is None:
            self.shell.activateWindow()  # what a window manager does by itself
            self.qtbot.waitUntil(self.shell.isActiveWindow)
        return self

    def run(self, command: str) -> "Keyboard":
        """A command by its key's action, as a menu would."""
        self.shell.commands.action(command).trigger()
        self.wait()
        return self

    def act_as(self, actor: Actor) -> None:
        self.desk.act_as(actor)

    @property
    def focus(self) -> QWidget:
        focused = QApplication.focusWidget()
        assert focused is not None, "nothing has the focus"
        return focused

    @property
    def on_cards(self) -> bool:
        return self.focus is self.place.view.list

    @property
    def card(self) -> Card:
        """The card of the patient who is chosen."""
        chosen = self.place.view.list.current
        return next(one for one in self.place.floor.cards if one.visit_id == chosen)

    @property
    def line(self) -> str:
        """What stands below the line: read back, or why not."""
        return self.place.panel.line.echo

    @property
    def refused(self) -> list[str]:
        """The sentences of a refusal on the screen."""
        return self.place.panel.refusal.sentences

    def missing(self) -> list[tuple[str, str]]:
        """Items of the list that are not settled, each with its key."""
        return [(one.text, one.key) for one in self.place.panel.list.items if not one.done]

    def done(self) -> list[str]:
        return [one.text for one in self.place.panel.list.items if one.done]

    @property
    def notices(self) -> list[str]:
        return [one.accessibleName() for one in self.shell.notices.notices()]

    @property
    def said(self) -> str:
        return self.shell.status_bar.said


@pytest.fixture
def open_floor(qtbot: QtBot, clinic: SmallClinic) -> Callable[..., Keyboard]:
    """Opens the window at the floor, as nurse Maya at 9:45 unless told otherwise."""

    def opened(actor: Actor | None = None, size: tuple[int, int] = (1366, 730)) -> Keyboard:
        clinic.clock.at = max(clinic.clock.at, instant(9, 45))
        shell, place, desk = make_window(clinic.store, clinic.clock, actor or clinic.nurse)
        qtbot.addWidget(shell)
        shell.resize(*size)
        shell.show()
        shell.activateWindow()
        qtbot.waitUntil(shell.isActiveWindow)
        keyboard = Keyboard(qtbot, clinic, shell, place, desk)
        place.focus_work()
        keyboard.wait()
        return keyboard

    return opened


@pytest.fixture(autouse=True)
def nothing_running(qtbot: QtBot) -> Iterator[None]:
    """What was begun comes to its end, also what the clock began while the test was over."""
    yield
    qtbot.waitUntil(lambda: operations.running_count() == 0)


def stay_of(keyboard: Keyboard) -> Stay:
    """The chosen visit as the record has it."""
    return Stay(keyboard.clinic, keyboard.place.view.list.current)

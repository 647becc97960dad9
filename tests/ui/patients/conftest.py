"""The Patients place in its window, over a small clinic on a file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.people.model import Patient
from clinic_desktop.ui import operations
from clinic_desktop.ui.patients.place import PatientsPlace
from clinic_desktop.ui.shell import Shell
from tests.people.small_clinic import SmallClinic, small_clinic
from tests.ui.patients.many import fill
from tests.ui.patients.window import make_window

WAIT_MS = 30_000


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    with small_clinic(tmp_path) as made:
        yield made
        operations.wait_for_all()


@dataclass
class Window:
    """The window as somebody at the keyboard has it."""

    qtbot: QtBot
    clinic: SmallClinic
    shell: Shell
    place: PatientsPlace

    def wait(self, until: Callable[[], bool] | None = None) -> None:
        """Until everything behind the window has answered, and ``until`` is true."""

        def calm() -> bool:
            waiting = self.place.view._pause.isActive()
            return not waiting and not operations.running_count() and (until is None or until())

        self.qtbot.waitUntil(calm, timeout=WAIT_MS)

    def press(self, *keys: Qt.Key, ctrl: bool = False, shift: bool = False) -> None:
        """Keys into whatever has the focus."""
        modifier = Qt.KeyboardModifier.NoModifier
        if ctrl:
            modifier |= Qt.KeyboardModifier.ControlModifier
        if shift:
            modifier |= Qt.KeyboardModifier.ShiftModifier
        for key in keys:
            self.qtbot.keyClick(self.focus, key, modifier)

    def type(self, text: str) -> None:
        """Letters into whatever has the focus."""
        self.qtbot.keyClicks(self.focus, text)

    @property
    def focus(self) -> QWidget:
        focused = QApplication.focusWidget()
        assert focused is not None, "nothing has the focus"
        return focused

    def find(self, typed: str) -> None:
        """Find somebody from the search line and wait for their page."""
        self.place.view.list.start()
        self.type(typed)
        self.wait(lambda: self.place.view.facts is not None)

    @property
    def shown(self) -> Patient:
        facts = self.place.view.facts
        assert facts is not None, "no page is shown"
        return facts.patient

    @property
    def panel(self) -> QWidget:
        panel = self.shell.body.panel
        assert panel is not None, "no panel is open"
        return panel


@pytest.fixture
def window(qtbot: QtBot, clinic: SmallClinic) -> Iterator[Window]:
    """Empty of patients; the receptionist sits at it."""
    yield from _opened(qtbot, clinic)


@pytest.fixture
def full_window(qtbot: QtBot, clinic: SmallClinic) -> Iterator[Window]:
    """With fifty patients."""
    fill(clinic)
    yield from _opened(qtbot, clinic)


def _opened(qtbot: QtBot, clinic: SmallClinic) -> Iterator[Window]:
    shell, place = make_window(clinic)
    qtbot.addWidget(shell)
    shell.resize(1366, 730)
    shell.show()
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    made = Window(qtbot, clinic, shell, place)
    made.wait(lambda: place.people.ready)
    yield made
    qtbot.waitUntil(lambda: not operations.running_count())  # the window itself may be gone by now

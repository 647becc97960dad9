"""A clinic with accounts in the program's window: Rosa Diaz and Ines Park sign in, the others cannot yet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from clinic_desktop.app import Program
from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.people.model import Staff
from clinic_desktop.security import accounts as core
from clinic_desktop.security import giving_accounts, own_account
from clinic_desktop.security.recovery_code import new_code
from clinic_desktop.start.opening import opened_store
from clinic_desktop.ui import operations
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.settings_store import SettingsStore
from clinic_desktop.ui.sign_in.gate import Gate
from clinic_desktop.ui.window import Window, read_setup
from tests.accounts import with_own_password
from tests.small_clinic import SmallClinic, build
from tests.ui.whole_window import settle, whole_window

PASSWORD = {"Rosa Diaz": "violet tractor seven", "Ines Park": "granite window lamp"}
PIN = {"Rosa Diaz": "7351", "Ines Park": "9164"}


@dataclass
class Door:
    """The window in front of somebody, and what they do there."""

    qtbot: QtBot
    clinic: SmallClinic
    desk: Desk
    window: Window
    people: dict[str, Staff]

    @property
    def gate(self) -> Gate:
        return self.window.gate

    @property
    def focus(self) -> QWidget:
        focused = QApplication.focusWidget()
        assert focused is not None, "nothing has the focus"
        return focused

    def press(self, *keys: str) -> None:
        for key in keys:
            chord = QKeySequence(key)[0]
            self.qtbot.keyClick(self.focus, chord.key(), chord.keyboardModifiers())

    def write(self, text: str) -> None:
        for letter in text:
            self.qtbot.keyClicks(self.focus, letter)

    def wait(self, until: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: not operations.running_count() and bool(until()))

    def settle(self) -> None:
        settle(self.qtbot)

    def enter(self, secret: str) -> None:
        self.write(secret)
        self.press("Return")
        self.settle()

    def idle(self, minutes: float) -> None:
        """Nobody touches anything; the program looks."""
        self.clinic.clock.forward(minutes)
        self.gate.idle.look()

    def at_work(self) -> int:
        return self.desk.actor.person_id


def staff(clinic: SmallClinic) -> dict[str, Staff]:
    made = {}
    for name, initials, role in (("Rosa Diaz", "RD", Role.RECEPTIONIST), ("Ines Park", "IP", Role.MANAGER)):
        with clinic.store.write(PROGRAM) as unit:
            made[name] = unit.add(Staff(name=name, initials=initials, roles=frozenset({role})))
            unit.commit()
    return made


def give_accounts(clinic: SmallClinic, people: dict[str, Staff], *, pins: bool = True) -> None:
    """Both have a password; their PINs count on this computer."""
    ines, rosa = people["Ines Park"], people["Rosa Diaz"]
    giving_accounts.make_first_manager(clinic.store, settings.desk_name(), ines.id, PASSWORD["Ines Park"])
    manager = Actor(ines.id, ines.roles, settings.desk_name())
    own_account.keep_code(clinic.store, manager, PASSWORD["Ines Park"], new_code())
    with_own_password(clinic.store, manager, rosa.id, PASSWORD["Rosa Diaz"], settings.desk_name())
    for name, one in people.items():
        actor = core.sign_in(clinic.store, settings.desk_name(), one.id, PASSWORD[name])
        if pins:
            own_account.set_pin(clinic.store, actor, PASSWORD[name], PIN[name])


def open_door(qtbot: QtBot, clinic: SmallClinic, people: dict[str, Staff]) -> Door:
    desk = Desk(clinic.store, Actor(0, frozenset()), clinic.store.clock, read_setup(clinic.store))
    window = whole_window(qtbot, desk)
    window.gate.start(core.accounts(clinic.store))
    window.gate.take_focus()
    settle(qtbot)
    return Door(qtbot, clinic, desk, window, people)


@pytest.fixture
def bare(qtbot: QtBot, tmp_path: Path) -> Iterator[Door]:
    """A clinic without any account."""
    clinic = build(tmp_path)
    door = open_door(qtbot, clinic, staff(clinic))
    yield door
    shut(door)


@pytest.fixture
def door(qtbot: QtBot, tmp_path: Path) -> Iterator[Door]:
    """Nobody is let in yet."""
    clinic = build(tmp_path)
    people = staff(clinic)
    give_accounts(clinic, people)
    made = open_door(qtbot, clinic, people)
    yield made
    shut(made)


def shut(door: Door) -> None:
    operations.wait_for_all()  # qtbot has closed the window
    door.clinic.store.close()


@pytest.fixture
def rosa(door: Door) -> Door:
    """Rosa Diaz signed in."""
    door.write("rd")
    door.press("Return")
    door.enter(PASSWORD["Rosa Diaz"])
    assert door.at_work() == door.people["Rosa Diaz"].id
    return door


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    clinic = build(tmp_path)
    give_accounts(clinic, staff(clinic))
    settings.home().mkdir(parents=True, exist_ok=True)
    made = Program(SettingsStore(settings.home() / "window.ini"))
    made._opened(str(clinic.store.where), opened_store(clinic.store))
    qtbot.waitUntil(lambda: not operations.running_count())
    yield made
    made.close()
    if made.window is not None:
        made.window.close()
        delete(made.window)


def calm(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not operations.running_count())


def typed(qtbot: QtBot, window: Window, who: str, secret: str) -> None:
    entry = window.gate.cover.entry
    qtbot.keyClicks(entry.people.line, who)
    qtbot.keyClick(entry.people.line, Qt.Key.Key_Return)
    qtbot.keyClicks(entry.secret, secret)
    qtbot.keyClick(entry.secret, Qt.Key.Key_Return)
    calm(qtbot)


def signed(program: Program, newest: int = 2) -> list[tuple[str, int]]:
    assert program._store is not None
    with program._store.read() as records:
        rows = records.rows(
            "SELECT action, person_id FROM audit WHERE kind = 'staff' ORDER BY id DESC LIMIT ?", [newest]
        )
    return [(str(action), int(person)) for action, person in rows]


class Slow:
    """A use case that answers once it is let go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, module: object, name: str) -> None:
        self.begun, self._go_on, real = Event(), Event(), getattr(module, name)

        def use_case(*args: object, **more: object) -> object:
            self.begun.set()
            assert self._go_on.wait(20)
            return real(*args, **more)

        monkeypatch.setattr(module, name, use_case)

    def asked(self, qtbot: QtBot) -> None:
        qtbot.waitUntil(self.begun.is_set)

    def go_on(self, qtbot: QtBot) -> None:
        self.asked(qtbot)
        self._go_on.set()
        calm(qtbot)

    def answers(self, door: Door) -> None:
        self.go_on(door.qtbot)
        door.settle()

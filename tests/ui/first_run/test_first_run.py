"""The first start, by keyboard: three ways in, the assistant, and who is here."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.actor import PROGRAM, Role
from clinic_desktop.people.model import Staff
from clinic_desktop.scheduling.set_up_new import Answers, make_clinic
from clinic_desktop.storage.store import open_store
from clinic_desktop.ui.first_run.person_picker import PersonPicker
from clinic_desktop.ui.first_run.window import FirstRunWindow
from clinic_desktop.ui.set_up.zones import system_zone
from clinic_desktop.ui.settings_store import SettingsStore
from tests.scheduling.set_up_world import ANSWERS

Key, Mod = Qt.Key, Qt.KeyboardModifier


class Start:
    """The window and what it asked for."""

    def __init__(self, qtbot: QtBot, settings: SettingsStore) -> None:
        self.qtbot = qtbot
        self.window = FirstRunWindow(settings)
        self.wanted: list[object] = []
        self.window.demo_wanted.connect(lambda: self.wanted.append("demo"))
        self.window.clinic_wanted.connect(self.wanted.append)
        self.window.file_wanted.connect(self.wanted.append)
        qtbot.addWidget(self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    @property
    def focused(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        self.qtbot.keyClick(self.focused, key, modifier)

    def type(self, text: str) -> None:
        for letter in text:
            self.qtbot.keyClicks(self.focused, letter)

    @property
    def question(self) -> str:
        return self.window.assistant.step.accessibleName()


@pytest.fixture
def settings(tmp_path: Path) -> SettingsStore:
    return SettingsStore(tmp_path / "settings.ini")


@pytest.fixture
def start(qtbot: QtBot, settings: SettingsStore) -> Iterator[Start]:
    return Start(qtbot, settings)


def test_enter_alone_tries_the_demo(start: Start) -> None:
    start.press(Key.Key_Return)
    assert start.wanted == ["demo"]


def test_arrows_and_digits_choose(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: opened.append(dialog.windowTitle()))
    start.press(Key.Key_Up)
    assert start.window.start.open.hasFocus()
    start.press(Key.Key_3)
    assert opened == ["Open a clinic"]
    start.press(Key.Key_2)
    assert start.question == "What is your clinic called?"


def test_a_file_that_was_chosen_is_asked_for(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit("/somewhere/clinic.db"))
    start.press(Key.Key_3)
    assert start.wanted == ["/somewhere/clinic.db"]


def fill_in(start: Start) -> None:
    """Name on the first page, then Enter, and names of people on the fourth."""
    start.press(Key.Key_2)
    start.type("Oak Street Clinic")
    start.press(Key.Key_Return, Mod.ControlModifier)
    assert start.question == "When are you open?"
    start.press(Key.Key_Return)
    assert start.question == "Which rooms do you have?"
    start.press(Key.Key_Return)
    assert start.question == "Who works here?"
    for name in ("Dr. Priya Lin", "Maya Jones"):
        start.type(name)
        start.press(Key.Key_Return)  # takes the cell
        start.press(Key.Key_Down)
    start.press(Key.Key_Down)  # nobody on the third line
    start.type("Priya Kaur")
    start.press(Key.Key_Return)


def test_the_whole_assistant_by_keyboard_makes_a_clinic(start: Start, tmp_path: Path) -> None:
    fill_in(start)
    start.press(Key.Key_Return)
    assert start.question == "Ready to make your clinic"
    start.press(Key.Key_Return)
    (answers,) = start.wanted
    assert isinstance(answers, Answers)
    assert answers.zone == system_zone()
    assert [one.name for one in answers.people] == ["Dr. Priya Lin", "Maya Jones", "Priya Kaur"]
    assert answers.people[2].roles == {Role.MANAGER, Role.RECEPTIONIST}
    store = open_store(tmp_path / "clinic.db", make=True)
    make_clinic(store, PROGRAM, answers)
    with store.read() as records:
        setup = records.setup()
    store.close()
    assert (setup.clinic.name, len(setup.rooms), len(setup.staff)) == ("Oak Street Clinic", 7, 3)


def test_a_page_that_does_not_stand_says_what_to_do_and_stays(start: Start) -> None:
    start.press(Key.Key_2)
    start.press(Key.Key_Return, Mod.ControlModifier)
    assert start.question == "What is your clinic called?"
    form = start.window.assistant.step.form
    assert form.row("name").problem == "Give the clinic a name: it stands on every sheet."
    assert form.row("name").editor.hasFocus()


def test_without_a_manager_the_people_page_stays(start: Start) -> None:
    start.press(Key.Key_2)
    start.type("Oak Street Clinic")
    start.press(Key.Key_Return, Mod.ControlModifier)
    start.press(Key.Key_Return)
    start.press(Key.Key_Return)
    start.press(Key.Key_Return)
    assert start.question == "Who works here?"
    said = start.window.assistant.step.first().accessibleDescription()
    assert said == "Name at least one manager: somebody must be able to change the set-up."


def test_a_room_of_the_same_name_is_marked(start: Start) -> None:
    assistant = start.window.assistant
    start.window.open_assistant()
    rooms = (ANSWERS.rooms[0], replace(ANSWERS.rooms[1], name="consult 1"))
    assistant.step.fill(replace(ANSWERS, rooms=rooms))
    assistant._answers = replace(ANSWERS, rooms=rooms)
    assistant._show(2)
    assistant.go_on()
    grid = assistant.step._grid
    assert grid.problem == "There is a Consult 1 already. Choose another name."
    tip = grid.model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "There is a consult 1 already. Choose another name."


def test_esc_goes_back_and_keeps_what_was_typed(start: Start) -> None:
    fill_in(start)
    for _ in range(3):
        start.press(Key.Key_Escape)
    assert start.question == "What is your clinic called?"
    assert start.window.assistant.answers.name == "Oak Street Clinic"
    assert len(start.window.assistant.answers.people) == 3


def test_it_is_safe_to_stop(start: Start, qtbot: QtBot, settings: SettingsStore) -> None:
    fill_in(start)
    start.window.assistant.stop()
    assert start.window.start.isVisible()
    assert start.window.start.own.text() == "Go on setting up our clinic"

    again = Start(qtbot, settings)
    assert again.window.start.own.hasFocus()  # Enter alone goes on
    again.press(Key.Key_Return)
    assert again.window.assistant.answers.name == "Oak Street Clinic"
    assert [one.name for one in again.window.assistant.answers.people][:1] == ["Dr. Priya Lin"]


def test_a_clinic_that_was_made_is_not_asked_for_again(
    start: Start, qtbot: QtBot, settings: SettingsStore
) -> None:
    fill_in(start)
    start.window.assistant.stop()
    start.window.forget()
    assert Start(qtbot, settings).window.start.own.text() == "Set up our clinic"


def test_a_clinic_that_could_not_be_made_keeps_its_answers(start: Start) -> None:
    fill_in(start)
    start.press(Key.Key_Return)
    start.press(Key.Key_Return)
    start.window.show_progress("Making the clinic")
    start.press(Key.Key_Return)
    assert len(start.wanted) == 1
    start.window.show_problem("The disk is full. Free some space, then make it again.")
    assert start.window.assistant.isVisible()
    start.window.assistant.go_on()
    assert len(start.wanted) == 2
    assert start.wanted[0] == start.wanted[1]


def test_a_file_that_is_refused_is_said_on_the_first_page(start: Start) -> None:
    start.window.show_progress("Opening the clinic")
    start.window.show_problem("clinic.db is not a Clinic Desktop file. It was left as it is.")
    assert start.window.start.isVisible()
    assert "It was left as it is." in start.window.problem


@pytest.mark.parametrize("size", [(683, 384), (1366, 730)])
def test_every_page_fits_the_window(start: Start, size: tuple[int, int]) -> None:
    start.window.resize(*size)
    start.window.open_assistant()
    assistant = start.window.assistant
    for number in range(5):
        assistant._answers = ANSWERS
        assistant._show(number)
        QApplication.processEvents()
        assert assistant.step.minimumSizeHint().width() <= assistant._scroll.viewport().width()
        assert assistant.next_button.isVisible()


STAFF = [
    Staff(5, 1, "Priya Kaur", "PK", frozenset({Role.MANAGER})),
    Staff(6, 1, "Ben Marsh", "BM", frozenset({Role.NURSE}), active=False),
    *(Staff(n, 1, f"Nurse {n:02}", f"N{n}", frozenset({Role.NURSE})) for n in range(10, 20)),
]


@pytest.fixture
def desk(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def picker(desk: QWidget, last: int = 0) -> tuple[PersonPicker, list[int]]:
    chosen: list[int] = []
    return PersonPicker.ask(desk, STAFF, chosen.append, last), chosen


def test_a_digit_says_who_is_here(qtbot: QtBot, desk: QWidget) -> None:
    dialog, chosen = picker(desk)
    qtbot.keyClick(dialog.list, Key.Key_2)
    assert chosen == [11]


def test_enter_takes_who_was_here_before(qtbot: QtBot, desk: QWidget) -> None:
    dialog, chosen = picker(desk, last=5)
    qtbot.keyClick(dialog.list, Key.Key_Return)
    assert chosen == [5]


def test_who_has_left_is_not_offered_and_everybody_else_is(desk: QWidget) -> None:
    dialog, _ = picker(desk)
    shown = [dialog.list.model().index(n, 0).data() for n in range(dialog.list.model().rowCount())]
    assert shown == [*(f"Nurse {n}" for n in range(10, 20)), "Priya Kaur"]
    assert dialog.list.model().index(9, 0).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Nurse 19")


def test_esc_chooses_nobody(qtbot: QtBot, desk: QWidget) -> None:
    dialog, chosen = picker(desk)
    qtbot.keyClick(dialog.list, Key.Key_Escape)
    assert chosen == []

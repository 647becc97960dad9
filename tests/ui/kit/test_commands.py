"""Commands are data; keys, menus and tooltips follow from them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.ui.commands import EVERYWHERE, Bound, Command, Commands, command_faults, tooltip
from clinic_desktop.ui.keys import is_plain_character, key_text, normal_key
from clinic_desktop.ui.shell_commands import SHELL_COMMANDS, place_commands
from tests.ui.example import specs


def command(command_id: str, *keys: str, context: str = "board", opens: bool = False) -> Command:
    return Command(command_id, command_id, keys, context, opens=opens)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_the_windows_own_commands_are_sound() -> None:
    assert command_faults([*SHELL_COMMANDS, *place_commands(specs())]) == []


@pytest.mark.parametrize(
    ("commands", "fault"),
    [
        ([command("a", "F3"), command("b", "f3")], "b: f3 belongs to a already"),
        ([command("a", "F3"), command("b", "F3", context=EVERYWHERE)], "a: F3 belongs to b already"),
        ([command("a", "F3"), command("a", "F4")], "a: declared twice"),
        ([command("a", "Ctrl+Knob")], "a: there is no key Ctrl+Knob"),
        ([command("a", "N")], "a: N is a plain character and may not change data"),
        ([command("a", "Shift+7")], "a: Shift+7 is a plain character and may not change data"),
    ],
)
def test_faults_are_named(commands: list[Command], fault: str) -> None:
    assert command_faults(commands) == [fault]


def test_the_same_key_may_serve_in_two_places_and_a_letter_may_open() -> None:
    two = [command("a", "F3"), command("b", "F3", context="floor"), command("c", "1", opens=True)]
    assert command_faults(two) == []


@pytest.mark.parametrize("key", ["F3", "Ctrl+N", "Alt+1", "Del", "Esc", "Space", "Return", "Ctrl+Shift+N"])
def test_function_keys_and_chords_may_act(key: str) -> None:
    assert not is_plain_character(normal_key(key))


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("Ctrl+K", "Ctrl K"),
        ("Return", "Enter"),
        ("Escape", "Esc"),
        ("Ctrl++", "Ctrl +"),
        ("Delete", "Del"),
        ("F3", "F3"),
    ],
)
def test_keys_read_as_on_the_keyboard(key: str, text: str) -> None:
    assert key_text(key) == text


def test_a_tooltip_names_the_key() -> None:
    assert tooltip(Command("a", "Book", ("F3", "Ctrl+B"))) == "Book (F3)"
    assert tooltip(Command("a", "Book")) == "Book"


def test_a_key_runs_its_command_in_its_place_only(window: QWidget, qtbot: QtBot) -> None:
    done: list[str] = []
    commands = Commands(window)
    commands.add(
        [
            Bound(command("book", "F3"), lambda: done.append("book")),
            Bound(command("dose", "F3", context="floor"), lambda: done.append("dose")),
            Bound(command("keys", "F1", context=EVERYWHERE), lambda: done.append("keys")),
        ]
    )
    commands.set_context("board")
    qtbot.keyClick(window, Qt.Key.Key_F3)
    commands.set_context("floor")
    qtbot.keyClick(window, Qt.Key.Key_F3)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert done == ["book", "dose", "keys"]
    assert not commands.run("book")
    assert [one.id for one in commands.awake()] == ["dose", "keys"]


def test_a_command_that_is_not_possible_now_does_not_run(window: QWidget) -> None:
    commands = Commands(window)
    possible = [False]
    commands.add([Bound(command("undo", "Ctrl+Z", context=EVERYWHERE), lambda: None, lambda: possible[0])])
    assert not commands.run("undo")
    possible[0] = True
    assert commands.run("undo")


def test_a_key_that_can_do_nothing_now_says_so(window: QWidget, qtbot: QtBot) -> None:
    said: list[str] = []
    commands = Commands(window)
    nothing = Bound(
        command("undo", "Ctrl+Z", context=EVERYWHERE),
        lambda: said.append("undone"),
        lambda: False,
        otherwise=lambda: said.append("nothing to undo"),
    )
    commands.add([nothing])
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert said == ["nothing to undo"]
    assert not commands.can_run("undo")


def test_a_second_owner_of_a_key_is_refused(window: QWidget) -> None:
    commands = Commands(window)
    commands.add([Bound(command("a", "F3"), lambda: None)])
    with pytest.raises(ValueError, match="F3 belongs to a already"):
        commands.add([Bound(command("b", "F3"), lambda: None)])


def test_a_menu_shows_what_can_be_done_here_and_greys_the_rest(window: QWidget, qtbot: QtBot) -> None:
    commands = Commands(window)
    commands.add(
        [
            Bound(command("keys", "F1", context=EVERYWHERE), lambda: None),
            Bound(Command("book", "Book", ("F3",), "board", icon="plus"), lambda: None),
            Bound(command("dose", "F5", context="floor"), lambda: None),
            Bound(command("move", "Ctrl+M"), lambda: None, lambda: False),
        ]
    )
    commands.set_context("board")
    menu = QMenu(window)
    commands.fill_menu(menu)
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert texts == ["Book", "move", "keys"]
    assert not commands.action("move").isEnabled()
    menu.aboutToHide.emit()
    assert commands.action("move").isEnabled()  # the key asks for itself


def test_commands_are_found_by_words(window: QWidget) -> None:
    commands = Commands(window)
    commands.add([Bound(Command("print.day", "Print the day list"), lambda: None)])
    assert [one.id for one in commands.matching("day pr")] == ["print.day"]
    assert commands.matching("") == []
    assert commands.matching("day book") == []

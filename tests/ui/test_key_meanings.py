"""A function key or a Ctrl chord means one thing, wherever in the program it is pressed."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from pytestqt.qtbot import QtBot

from clinic_desktop.ui.all_keys import AllKeys
from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.key_meanings import IN_PANELS, MEANINGS
from clinic_desktop.ui.keys import normal_key
from clinic_desktop.ui.patients.place import PatientsPlace
from clinic_desktop.ui.window import Window
from tests.architecture.sources import python_files
from tests.small_clinic import build
from tests.ui.whole_window import PLACES, settle, whole_window

KNOWN = {normal_key(key) for key in (*MEANINGS, *IN_PANELS)}
GUARDED = re.compile(r"(Ctrl\+|(Shift\+)?F\d+$)")  # Alt goes to places, plain keys belong to lists
BY_NUMBER = re.compile(r"Ctrl\+\d")
A_KEY = re.compile(r'"((?:Ctrl\+|F(?=\d))[A-Za-z0-9+/=-]+)"')


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    clinic = build(tmp_path)
    with clinic.store.read() as records:
        setup = records.setup()
    made = whole_window(qtbot, Desk(clinic.store, clinic.prescriber, clinic.clock, setup))
    for place in PLACES:
        made.place(place)
    settle(qtbot)
    yield made
    settle(qtbot)
    clinic.store.close()


def deed(command_id: str) -> str:
    return command_id.rpartition(".")[2]


def keyed(window: Window) -> list[tuple[str, str]]:
    """(key, id) of every action of the window, whichever place it belongs to."""
    return [
        (key.toString(QKeySequence.SequenceFormat.PortableText), action.objectName())
        for action in window.actions()
        if isinstance(action, QAction)
        for key in action.shortcuts()
    ]


def test_every_key_of_every_place_does_what_the_list_says_it_means(window: Window) -> None:
    found = [(key, name) for key, name in keyed(window) if GUARDED.match(key)]
    assert len(found) > 80
    meant = {normal_key(key): meaning.deeds for key, meaning in MEANINGS.items()}
    assert [f"{key}: {name}" for key, name in found if deed(name) not in meant.get(key, ())] == []


def test_nothing_stands_in_the_list_that_no_place_does(window: Window) -> None:
    done = {(key, deed(name)) for key, name in keyed(window)}
    told = {(normal_key(key), one) for key, meaning in MEANINGS.items() for one in meaning.deeds}
    numbers = {one for one in told if BY_NUMBER.fullmatch(one[0])}  # each has the deeds of all ten
    assert told - numbers - done == set()
    assert {one for _, one in numbers} - {one for _, one in done} == set()


def test_a_deed_has_the_same_key_everywhere(window: Window) -> None:
    keys: dict[str, set[str]] = {}
    for place in PLACES:
        window.commands.set_context(place)
        for command in window.commands.awake():
            guarded = [key for key in map(normal_key, command.keys) if GUARDED.match(key)]
            if guarded and not BY_NUMBER.fullmatch(guarded[0]):
                keys.setdefault(deed(command.id), set()).add(guarded[0])
    assert {one: sorted(found) for one, found in keys.items() if len(found) > 1} == {}


def test_no_screen_names_a_key_that_is_not_in_the_list() -> None:
    strange = [
        f"{path.name}: {key}"
        for path in python_files("clinic_desktop/ui")
        for key in A_KEY.findall(path.read_text(encoding="utf-8"))
        if normal_key(key) not in KNOWN and normal_key(key)
    ]
    assert strange == []


def test_a_command_is_found_by_what_its_key_means(window: Window) -> None:
    window.commands.set_context("floor")
    log = Command("log", "What was recorded", ("Ctrl+H",))
    dialog = AllKeys.ask(window, [log, Command("to-see", "Incidents", ("Ctrl+T",))], lambda _: None)
    dialog.line.setText("history")
    assert dialog.list.model().rowCount() == 1
    dialog.reject()


SAID = (
    ("person", "Act as somebody else", "Ctrl Shift A"),
    ("sign in", "Act as somebody else", "Ctrl Shift A"),
    ("exit", "Quit", "Ctrl Q"),
    ("pati", "Import a list of patients", "Ctrl Shift I"),
    ("csv", "Import a list of patients", "Ctrl Shift I"),
    ("correct", "Correct or strike out what was recorded: on its line, on the floor", "Enter"),
    ("mistake", "Correct or strike out what was recorded: on its line, on the floor", "Enter"),
    ("main button", "Take it: what the panel's main button says", "Ctrl Enter"),
)


def test_who_looks_among_all_keys_finds_them_by_other_words_too(window: Window) -> None:
    lost = []
    for typed, said, key in SAID:
        window.show_all_keys()
        dialog = window.findChildren(AllKeys)[-1]
        dialog.line.setText(typed)
        if (said, key) not in [(tr(one.text), one.key) for one in dialog._shown]:
            lost.append(typed)
        dialog.reject()
    assert lost == [], "not found by these words"


FIRST = (
    ("act", "Act as somebody else"),
    ("undo", "Undo the last action"),
    ("last act", "Undo the last action"),
    ("keys", "All keys"),
    ("quit", "Quit"),
)


def test_whose_name_begins_so_stands_first_and_then_whose_words_do(window: Window) -> None:
    window.go("board")
    for typed, first in FIRST:
        dialog = AllKeys.ask(window, window.commands.awake(), lambda _: None)
        dialog.line.setText(typed)
        assert tr(dialog._shown[0].text) == first, f"{typed} in the list"
        dialog.reject()
        assert tr(window.commands.matching(typed)[0].text) == first, f"{typed} in the search line"


def test_a_key_that_is_only_told_runs_nothing(window: Window) -> None:
    ran: list[str] = []
    dialog = AllKeys.ask(window, window.commands.awake(), ran.append)
    dialog.line.setText("correct or strike")
    dialog._take()
    assert ran == []


@pytest.mark.parametrize("place", PLACES)
def test_importing_a_list_is_offered_in_every_place(window: Window, place: str) -> None:
    window.go(place)
    assert "import" in [deed(one.id) for one in window.commands.matching("pati")]
    window.commands.run(
        next(one.id for one in window.commands.matching("import") if deed(one.id) == "import")
    )
    shown = window.place("patients")
    assert isinstance(shown, PatientsPlace)
    assert shown.import_view.isVisible()


def test_the_places_answer_to_the_numbers_of_their_order_in_the_rail(window: Window) -> None:
    marked = [one for one in window._specs.values() if not one.under]
    rail = sorted(marked, key=lambda one: one.at_bottom)
    assert [one.key for one in rail] == [f"Alt+{number}" for number in range(1, len(rail) + 1)]
    assert [one.key for one in window._specs.values() if one.under] == [
        *("Alt+0", "Alt+Shift+A", "Alt+Shift+O"),
    ]


def test_all_keys_know_how_a_rule_is_overridden(window: Window) -> None:
    window.show_all_keys()
    overlay = window.findChild(AllKeys)
    assert overlay is not None
    overlay.line.setText("override")
    assert str(overlay.list.model().index(0, 0).data()).startswith("Override a rule")
    overlay.reject()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_the_person_and_the_menu_are_pressed_like_every_button(
    window: Window, qtbot: QtBot, key: Qt.Key
) -> None:
    for button in (window.top_bar.person, window.rail.mark):
        button.clicked.disconnect()
        with qtbot.waitSignal(button.clicked):
            qtbot.keyClick(button, key)

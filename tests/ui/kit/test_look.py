"""Light, dark and the size of the text by key, by the menu and by the search line; at once, and kept."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from clinic_desktop.ui.all_keys import AllKeys
from clinic_desktop.ui.appearance import Appearance
from clinic_desktop.ui.look import COMMANDS
from clinic_desktop.ui.settings_store import APPEARANCE, TEXT_SIZE, SettingsStore
from clinic_desktop.ui.shell import Shell
from clinic_desktop.ui.theme import theme
from tests.ui.example import make_shell
from tests.ui.kit.test_shell import CTRL, focused

Key = Qt.Key


@pytest.fixture
def kept(tmp_path: Path) -> SettingsStore:
    return SettingsStore(tmp_path / "settings.ini")


@pytest.fixture
def window(kept: SettingsStore, qtbot: QtBot) -> Shell:
    made = make_shell(kept)
    qtbot.addWidget(made)
    made.show()
    made.go("board")
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def ground() -> int:
    return QApplication.palette().color(QPalette.ColorRole.Base).lightness()


def test_one_key_each_for_dark_light_and_the_computers_own(
    window: Shell, kept: SettingsStore, qtbot: QtBot
) -> None:
    light = ground()
    for key, wanted in (
        (Key.Key_F10, Appearance.DARK),
        (Key.Key_F9, Appearance.LIGHT),
        (Key.Key_F11, Appearance.SYSTEM),
    ):
        qtbot.keyClick(focused(), key, CTRL)
        assert theme().appearance is wanted
        assert (ground() < light) is (wanted is Appearance.DARK)  # at once
        assert kept.get(APPEARANCE) == wanted.value


def test_the_text_grows_and_shrinks_step_by_step_and_stops_at_its_ends(
    window: Shell, kept: SettingsStore, qtbot: QtBot
) -> None:
    seen = []
    for _step in range(4):
        qtbot.keyClick(focused(), Key.Key_F7, CTRL)
        seen.append((theme().text_size, kept.get(TEXT_SIZE)))
    assert seen == [(115, 115), (130, 130), (150, 150), (150, 150)]
    qtbot.keyClick(focused(), Key.Key_F6, CTRL)
    assert theme().text_size == 130
    qtbot.keyClick(focused(), Key.Key_F8, CTRL)
    assert (theme().text_size, kept.get(TEXT_SIZE)) == (100, 100)
    qtbot.keyClick(focused(), Key.Key_F6, CTRL)
    assert theme().text_size == 100


def test_the_menu_marks_what_holds_and_greys_what_goes_no_further(window: Shell, qtbot: QtBot) -> None:
    theme().set_appearance(Appearance.DARK)
    qtbot.keyClick(focused(), Key.Key_F10)
    menu = window.findChild(QMenu)
    actions = {one.text(): one for one in menu.actions()}
    assert [text for text, one in actions.items() if one.isChecked()] == [
        "Appearance: dark",
        "Text size: as usual",
    ]
    assert not actions["Text size: smaller"].isEnabled()
    assert actions["Text size: larger"].isEnabled()
    menu.close()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("dark mode", "look.dark"),
        ("theme", "look.light"),
        ("text size", "look.larger"),
        ("font small", "look.smaller"),
    ],
)
def test_the_search_line_knows_them_by_their_usual_words(window: Shell, typed: str, first: str) -> None:
    assert window.commands.matching(typed)[0].id == first


def all_keys(window: Shell, qtbot: QtBot) -> AllKeys:
    qtbot.keyClick(focused(), Key.Key_F1)
    overlay = window.findChild(AllKeys)
    assert overlay is not None
    overlay.activateWindow()
    qtbot.waitUntil(overlay.line.hasFocus)
    return overlay


def test_all_keys_lists_them_by_name_and_runs_the_one_that_the_arrows_chose(
    window: Shell, qtbot: QtBot
) -> None:
    overlay = all_keys(window, qtbot)
    qtbot.keyClicks(overlay.line, "appearance")
    rows = [overlay.list.model().index(n, 0) for n in range(overlay.list.model().rowCount())]
    spoken = [str(one.data(Qt.ItemDataRole.AccessibleTextRole)) for one in rows]
    assert [words.split(".")[0] for words in spoken] == [
        "Appearance: light",
        "Appearance: dark",
        "Appearance: as the computer's",
    ]
    qtbot.keyClick(overlay.line, Key.Key_Down)
    assert focused() is overlay.line  # letters go on into the line
    qtbot.keyClick(overlay.line, Key.Key_Return)
    assert theme().appearance is Appearance.DARK


def test_page_down_in_all_keys_moves_without_leaving_the_line(window: Shell, qtbot: QtBot) -> None:
    overlay = all_keys(window, qtbot)
    qtbot.keyClick(focused(), Key.Key_PageDown)
    assert overlay.list.currentIndex().row() > 1
    qtbot.keyClick(focused(), Key.Key_PageUp)
    qtbot.keyClick(focused(), Key.Key_Down)
    assert overlay.list.currentIndex().row() == 1


def test_each_has_a_key() -> None:
    assert all(one.keys for one in COMMANDS)

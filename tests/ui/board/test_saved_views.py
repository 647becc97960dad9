"""Ways of looking at the board, saved under a name and recalled by one chord; this computer keeps them."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu

from clinic_desktop.ui.all_keys import AllKeys
from clinic_desktop.ui.board.save_view import SaveViewDialog
from clinic_desktop.ui.board.saved_views import VIEWS, SavedView, SavedViews
from clinic_desktop.ui.board.scene import ViewKind
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.settings_store import SettingsStore
from tests.ui.board.stage import Key, Mod, Stage

CTRL, BOTH = Mod.ControlModifier, Mod.ControlModifier | Mod.ShiftModifier


@pytest.fixture
def kept(tmp_path: Path) -> SettingsStore:
    return SettingsStore(tmp_path / "settings.ini")


def dialog(stage: Stage) -> SaveViewDialog:
    stage.press(Key.Key_S, CTRL)
    made = stage.shell.findChild(SaveViewDialog)
    assert made is not None
    made.activateWindow()
    stage.qtbot.waitUntil(made.name.hasFocus)
    return made


def save(stage: Stage, name: str, slot: int | None = None) -> None:
    made = dialog(stage)
    if slot is not None:
        made.list.setFocus()
        stage.press(Key(Key.Key_0.value + slot))
        made.name.setFocus()
    made.name.selectAll()
    stage.qtbot.keyClicks(made.name, name)
    stage.press(Key.Key_Return)
    back(stage)


def back(stage: Stage) -> None:
    """The dialog is gone, and the window has its keys again."""
    stage.shell.activateWindow()
    stage.qtbot.waitUntil(lambda: stage.shell.findChild(SaveViewDialog) is None)
    stage.qtbot.waitUntil(stage.shell.isActiveWindow)
    stage.board.page.focus_work()


def test_a_view_comes_back_by_one_chord_with_its_zoom_and_what_it_hides(stage, qtbot):
    stage.open(qtbot)
    stage.board.look(ViewKind.WEEK)
    stage.settle()
    stage.press(Key.Key_Plus, CTRL, times=2)
    stage.press(Key.Key_E, BOTH)
    save(stage, "Our week")
    assert stage.said == "Our week is saved on Ctrl Shift 1"
    stage.press(Key.Key_1, CTRL)
    stage.press(Key.Key_0, CTRL)
    stage.press(Key.Key_E, BOTH)
    stage.settle()
    stage.press(Key.Key_1, BOTH)
    stage.settle()
    assert stage.board.turner.shown.kind is ViewKind.WEEK
    assert stage.board.zoom.level == 150
    assert stage.board.presenter.ended
    assert stage.said == "Our week"


def test_it_shows_the_day_and_the_visit_that_were_looked_at(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    save(stage, "Rooms")
    stage.board.look(ViewKind.STAFF)
    stage.settle()
    stage.board.select(visit.id)
    stage.press(Key.Key_1, BOTH)
    stage.settle()
    assert stage.board.turner.shown == stage.board.turner.shown.__class__(ViewKind.ROOMS, visit.day)
    assert stage.board.selected_visit == visit.id


def test_it_takes_the_next_free_key_or_the_one_that_is_picked(stage, qtbot):
    stage.open(qtbot)
    save(stage, "One")
    save(stage, "Two")
    save(stage, "Seven", slot=7)
    assert {slot: one.name for slot, one in views(stage).items()} == {1: "One", 2: "Two", 7: "Seven"}
    save(stage, "Other", slot=2)
    assert views(stage)[2].name == "Other"


def views(stage: Stage):
    return stage.place._views.saved.all


def test_a_view_without_a_name_is_not_saved(stage, qtbot):
    stage.open(qtbot)
    made = dialog(stage)
    made.name.clear()
    stage.press(Key.Key_Return)
    assert made.field.problem == "Type a name: the menu and the search line show it."
    stage.press(Key.Key_Escape)
    assert not views(stage)


def test_a_key_without_a_view_says_how_to_save_one(stage, qtbot):
    stage.open(qtbot)
    stage.press(Key.Key_4, BOTH)
    assert stage.said == "Nothing is saved on Ctrl Shift 4 yet; Ctrl S saves what is shown"


def test_menu_search_and_all_keys_know_it_by_its_name_and_no_empty_ones(stage, qtbot):
    stage.open(qtbot)
    save(stage, "Monday & Lin", slot=3)
    assert [one.id for one in stage.shell.commands.matching("monday")] == ["board.view-3"]
    assert [one.id for one in stage.shell.commands.matching("saved view")] == ["board.view-3"]
    stage.press(Key.Key_F10)
    menu = stage.shell.findChild(QMenu)
    texts = [one.text() for one in menu.actions()]
    assert "Monday && Lin" in texts
    assert "Saved view" not in texts
    menu.close()
    stage.shell.show_all_keys()
    keys = stage.shell.findChild(AllKeys)
    assert ("Monday & Lin", "Ctrl Shift 3") in [(tr(one.text), one.key) for one in keys._shown]
    keys.reject()


def test_a_key_is_given_back(stage, qtbot):
    stage.open(qtbot)
    save(stage, "Gone soon")
    made = dialog(stage)
    assert not made.remove.isVisible()  # the free key is chosen, not the one that holds something
    made.list.setFocus()
    stage.press(Key.Key_1)
    assert made.remove.isVisible()
    stage.press(Key.Key_Delete, CTRL)
    back(stage)
    assert stage.said == "Gone soon is removed"
    assert not views(stage)
    assert stage.shell.commands.matching("gone") == []


def test_this_computer_keeps_them_under_their_names(stage, qtbot, kept, tmp_path):
    stage.open(qtbot, settings=kept)
    save(stage, "Our rooms", slot=5)
    again = Stage(tmp_path / "other")
    again.open(qtbot, settings=kept)
    assert [one.id for one in again.shell.commands.matching("our rooms")] == ["board.view-5"]
    again.close()


def test_what_is_no_view_is_left_out(kept):
    kept.set(VIEWS, [
        "no view", "{}", '{"slot": 12, "name": "x", "kind": "rooms", "ended": false, "zoom": 100}',
        '{"slot": 2, "name": "x", "kind": "year", "ended": false, "zoom": 100}',
        '{"slot": 3, "name": "Mine", "kind": "staff", "ended": true, "zoom": 7}',
    ])  # fmt: skip
    assert dict(SavedViews(kept).all) == {3: SavedView("Mine", ViewKind.STAFF, True, 100)}

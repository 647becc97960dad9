"""The card beside a visit in the hand: whose it is, what the keys do, and that it fits the view."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.foundation.actor import Role
from clinic_desktop.ui.board import board_view
from clinic_desktop.ui.board.forecast import Mark
from clinic_desktop.ui.board.verdict_card import Card, card_of, card_size
from clinic_desktop.ui.theme import TEXT_SIZES, theme
from tests.small_clinic import MONDAY
from tests.ui.board.stage import Stage

Key, Mod = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def in_hand(stage: Stage, qtbot):
    """Amara's visit of ten, picked up by a key."""
    visit = stage.book()
    stage.open(qtbot)
    stage.board.select(visit.id)
    stage.press(Key.Key_M, Mod.ControlModifier)
    stage.settle()
    return visit


def card(stage: Stage, height: float = 2000) -> Card:
    carried = stage.view.carrying.carried
    assert carried is not None
    found = card_of(carried, height)
    assert found is not None
    return found


def test_it_names_the_patient_and_the_keys_on_any_day(stage, in_hand):
    assert (card(stage).name, card(stage).keys) == ("Okafor, Amara", "Enter saves, Esc puts it back")
    stage.board.turner.step(1)
    stage.settle()
    assert (card(stage).name, card(stage).keys) == ("Okafor, Amara", "Enter saves, Esc puts it back")


def test_where_it_does_not_fit_enter_goes_to_the_nearest(stage, qtbot):
    visit = stage.book()
    stage.book("Petrov, Nina", minute=720, nurse_id=stage.clinic.tunde.id)
    stage.open(qtbot)
    stage.board.select(visit.id)
    stage.press(Key.Key_Space)
    stage.press(Key.Key_Down, Mod.ControlModifier)
    stage.settle()
    assert card(stage).keys == "Enter goes to the nearest, Esc puts it back"


def test_where_a_reason_is_asked_it_says_so(tmp_path, qtbot, qapp):
    stage = Stage(tmp_path, Role.PRESCRIBER)
    visit = stage.book()
    stage.open(qtbot)
    stage.board.select(visit.id)
    stage.press(Key.Key_Space)
    stage.press(Key.Key_End)
    stage.settle()
    assert card(stage).keys == "Enter asks for the reason, Esc puts it back"
    stage.press(Key.Key_Escape)
    stage.settle()
    stage.close()


def test_with_the_end_in_the_hand_the_keys_are_those_of_the_end(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    stage.board.select(visit.id)
    stage.press(Key.Key_F11)
    stage.settle()
    assert card(stage).keys == "Up and Down, or type the time; Enter saves"


def test_the_mouse_that_holds_it_is_told_no_keys(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    stage.drag(visit, "Infusion 2", 615, drop=False)
    assert (card(stage).name, card(stage).keys) == ("Okafor, Amara", "")


def test_what_simply_fits_gives_way_in_a_low_view(stage, in_hand, request):
    request.addfinalizer(lambda: theme().set_text_size(TEXT_SIZES[0]))
    theme().set_text_size(TEXT_SIZES[-1])
    stage.press(Key.Key_Down, times=6)
    stage.settle()
    whole = card(stage)
    pressing = [one for one in whole.verdict.lines if one.mark is not Mark.OK]
    assert pressing
    height = card_size(whole).height() - 30
    low = card(stage, height)
    assert card_size(low).height() <= height
    assert [one for one in low.verdict.lines if one.mark is not Mark.OK] == pressing
    assert low.keys == whole.keys


def test_by_ear_its_patient_is_named_as_it_is_picked_up_and_on_another_day(stage, qtbot, monkeypatch):
    told: list[str] = []
    monkeypatch.setattr(board_view, "announce", lambda _widget, text: told.append(text))
    visit = stage.book()
    stage.open(qtbot)
    stage.board.select(visit.id)
    stage.press(Key.Key_Space)
    assert told[-1].startswith("Okafor, Amara. Infusion 1")
    assert told[-1].endswith(" Enter saves, Esc puts it back.")
    stage.press(Key.Key_Down)
    assert told[-1].startswith("Infusion 1")
    stage.board.turner.step(1)
    stage.settle()
    assert any(one.startswith("Okafor, Amara. Infusion 1") for one in told[2:])
    stage.press(Key.Key_Escape)


def test_the_panel_beside_goes_on_showing_it_on_another_day(stage, in_hand):
    stage.board.turner.go_to(MONDAY + timedelta(days=3))
    stage.settle()
    inspector = stage.board.inspector
    assert inspector.currentWidget() is inspector.visit
    assert inspector.visit.accessibleName() == "Okafor, Amara"
    stage.press(Key.Key_Escape)
    assert inspector.currentWidget() is inspector.day

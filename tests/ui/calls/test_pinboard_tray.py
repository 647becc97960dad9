"""The pinboard on the board: one chord parks, arrows and Enter place it on another day; all desks see it."""

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.pinboard import park, pinboard, put_back
from clinic_desktop.ui.widgets.list_model import THING_ROLE
from clinic_desktop.ui.widgets.rows import row_width
from tests.small_clinic import MONDAY
from tests.ui.front_desk import TUESDAY, FrontDesk

Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def selected(stage: FrontDesk) -> Visit:
    """Amara's visit of Tuesday, selected on the board."""
    visit = stage.book()
    board = stage.go("board")
    board.show_visit(visit.id, TUESDAY)
    stage.wait()
    board.focus_work()
    return visit


def tray(stage: FrontDesk):
    return stage.window.place("board").board.page.tray


def parked(stage: FrontDesk) -> list[int]:
    with stage.clinic.store.read() as records:
        return [one.visit.id for one in pinboard(records)]


def test_one_chord_parks_and_the_tray_shows_it(stage: FrontDesk, selected: Visit) -> None:
    assert not tray(stage).isVisible()
    stage.actions = 0
    stage.press(Key.Key_V, mods=Ctrl | Shift)
    assert stage.actions == 1
    assert parked(stage) == [selected.id]
    assert tray(stage).isVisible()
    spoken = tray(stage).list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Okafor, Amara. still Tue, Nov 17, 10:00 AM, Infusion 1. 0 min"
    assert stage.clinic.visit(selected.id) == selected


def test_a_parked_visit_says_in_full_where_it_still_stands(stage: FrontDesk, selected: Visit) -> None:
    stage.press(Key.Key_V, mods=Ctrl | Shift)
    pins = tray(stage).list
    (index,) = [pins.model().index(row, 0) for row in range(pins.model().rowCount())]
    assert pins.visualRect(index).width() >= row_width(index.data(THING_ROLE))


def test_taken_on_another_day_and_placed_by_arrows(stage: FrontDesk, selected: Visit) -> None:
    stage.press(Key.Key_V, mods=Ctrl | Shift)
    board = stage.window.place("board")
    board.show_day(MONDAY)
    stage.wait()
    stage.press(Key.Key_B, mods=Ctrl | Shift)
    assert tray(stage).list.hasFocus()
    stage.press(Key.Key_Return)
    stage.wait(lambda: board.board.page.board.carrying.holding)
    stage.wait(lambda: board.board.turner.shown.day == MONDAY)
    stage.press(Key.Key_Down)
    stage.press(Key.Key_Return)
    stage.wait(lambda: not board.board.page.board.carrying.carried)
    moved = stage.clinic.visit(selected.id)
    assert (moved.day, moved.minute) == (MONDAY, 605)
    assert parked(stage) == []
    assert not tray(stage).isVisible()


def test_escape_leaves_it_on_the_pinboard(stage: FrontDesk, selected: Visit) -> None:
    stage.press(Key.Key_V, mods=Ctrl | Shift)
    tray(stage).list.wanted.emit(tray(stage).list.pins[0])
    stage.wait()
    assert stage.window.place("board").board.page.board.carrying.holding
    stage.press(Key.Key_Escape)
    assert parked(stage) == [selected.id]
    assert stage.clinic.visit(selected.id) == selected


def test_undo_and_delete_leave_the_visit_where_it_is(stage: FrontDesk, selected: Visit) -> None:
    stage.press(Key.Key_V, mods=Ctrl | Shift)
    stage.press(Key.Key_Z, mods=Ctrl)
    assert parked(stage) == []
    stage.press(Key.Key_V, mods=Ctrl | Shift)
    stage.press(Key.Key_B, mods=Ctrl | Shift)
    stage.press(Key.Key_Delete)
    assert parked(stage) == []
    assert stage.clinic.visit(selected.id) == selected


def test_what_another_desk_parks_is_seen_here(stage: FrontDesk, selected: Visit) -> None:
    clinic = stage.clinic
    done = park(clinic.store, clinic.nurse, selected.id, "asks for Thursday")
    stage.desk.hub.tell(done.changes)
    stage.wait()
    row = tray(stage).list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "asks for Thursday" in row
    assert "MJ, 0 min" in row
    stage.desk.hub.tell(put_back(clinic.store, clinic.nurse, done.pin.id, done.pin.version).changes)
    stage.wait()
    assert not tray(stage).isVisible()


def test_parked_twice_is_said_kindly(stage: FrontDesk, selected: Visit) -> None:
    stage.press(Key.Key_V, mods=Ctrl | Shift)
    stage.press(Key.Key_V, mods=Ctrl | Shift)
    assert "lies on the pinboard already" in stage.notices()

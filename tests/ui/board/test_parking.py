"""The mouse alone: parking, placing from the tray, and every action in a menu."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.pinboard import park, pinboard
from clinic_desktop.ui.board.park_zone import ParkZone
from clinic_desktop.ui.board.ports import Ghost
from clinic_desktop.ui.board.scene import ViewKind
from tests.small_clinic import MONDAY
from tests.ui.board.stage import LEFT, Key, Mod, Stage, hover, move

TUESDAY = MONDAY + timedelta(days=1)
RIGHT = Qt.MouseButton.RightButton


def zone(stage: Stage) -> ParkZone:
    (found,) = stage.board.page.findChildren(ParkZone)
    return found


def parked(stage: Stage) -> list[int]:
    with stage.clinic.store.read() as records:
        return [one.visit.id for one in pinboard(records)]


def carry_to(stage: Stage, visit: Visit, target: QWidget, *, drop: bool = True) -> None:
    """Drag a visit from the board onto another widget."""
    stage.drag(visit, "Infusion 2", 660, drop=False)
    port = stage.view.viewport()
    at = port.mapFromGlobal(target.mapToGlobal(target.rect().center()))
    move(port, at)
    if drop:
        QTest.mouseRelease(port, LEFT, Mod.NoModifier, at)
        stage.settle()


def from_tray(stage: Stage, to: QPoint, *, drop: bool = True) -> None:
    """Drag what is parked to a point of the board's viewport."""
    tray, port = stage.board.page.tray.list, stage.view.viewport()
    start = tray.visualRect(tray.model().index(0, 0)).center()
    QTest.mousePress(tray.viewport(), LEFT, Mod.NoModifier, start)
    move(tray.viewport(), start + QPoint(0, -30))
    stage.settle()
    end = tray.viewport().mapFromGlobal(port.mapToGlobal(to))
    move(tray.viewport(), end)
    if drop:
        QTest.mouseRelease(tray.viewport(), LEFT, Mod.NoModifier, end)
        stage.settle()


def menu_of(stage: Stage, column: str, minute: int) -> QMenu:
    """The menu of a right click on a minute of a column."""
    port, at = stage.view.viewport(), stage.point(column, minute)
    QTest.mousePress(port, RIGHT, Mod.NoModifier, at)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, port.mapToGlobal(at))
    QApplication.sendEvent(port, event)
    return stage.board.page.findChildren(QMenu)[-1]


def pick(stage: Stage, menu: QMenu, text: str) -> None:
    (action,) = [one for one in menu.actions() if one.text().partition("\t")[0] == text]
    menu.close()
    action.trigger()
    stage.settle()


# Onto the pinboard.


def test_a_place_to_park_appears_while_a_visit_is_held_and_nothing_else_moves(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    grid = stage.view.grid
    assert not zone(stage).isVisible()
    stage.drag(visit, "Infusion 2", 660, drop=False)
    assert zone(stage).isVisible()
    assert stage.view.grid == grid
    stage.press(Key.Key_Escape)
    assert not zone(stage).isVisible()


def test_it_shows_that_it_takes_the_visit_and_a_drop_there_parks_it(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    carry_to(stage, visit, zone(stage), drop=False)
    assert zone(stage).text() == "Let go to park it"
    where = stage.view.viewport().mapFromGlobal(zone(stage).mapToGlobal(zone(stage).rect().center()))
    QTest.mouseRelease(stage.view.viewport(), LEFT, Mod.NoModifier, where)
    stage.settle()
    assert parked(stage) == [visit.id]
    assert stage.board.page.tray.isVisible()
    assert (stage.visit(visit).room_id, stage.visit(visit).minute) == (visit.room_id, 600)
    assert stage.view.carrying.carried is None


def test_the_tray_itself_takes_a_visit_too(stage, qtbot):
    first, second = stage.book(), stage.book("Petrov, Nina", minute=780)
    park(stage.clinic.store, PROGRAM, first.id)
    stage.open(qtbot)
    carry_to(stage, second, stage.board.page.tray)
    assert parked(stage) == [first.id, second.id]


def test_away_from_it_the_visit_is_held_over_the_board_again(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    carry_to(stage, visit, zone(stage), drop=False)
    move(stage.view.viewport(), stage.point("Infusion 3", 660))
    assert zone(stage).text() == "Park on the pinboard"
    QTest.mouseRelease(stage.view.viewport(), LEFT, Mod.NoModifier, stage.point("Infusion 3", 660))
    stage.settle()
    assert parked(stage) == []
    assert stage.visit(visit).minute == 660


def test_what_a_menu_took_in_hand_is_parked_by_a_click(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    pick(stage, menu_of(stage, "Infusion 1", 630), "Pick the visit up to move it")
    QTest.mouseClick(zone(stage), LEFT)
    stage.settle()
    assert parked(stage) == [visit.id]


def test_what_lies_there_already_stays_there(stage, qtbot):
    visit = stage.book()
    park(stage.clinic.store, PROGRAM, visit.id)
    stage.open(qtbot)
    carry_to(stage, visit, zone(stage))
    assert stage.said == "It stays on the pinboard."
    assert parked(stage) == [visit.id]


# From the tray.


def test_dragged_from_the_tray_it_is_held_over_the_board_with_its_verdict_and_placed(stage, qtbot):
    visit = stage.book()
    park(stage.clinic.store, PROGRAM, visit.id)
    stage.open(qtbot)
    from_tray(stage, stage.point("Infusion 2", 720), drop=False)
    carried = stage.view.carrying.carried
    assert carried is not None
    assert (carried.target.minute, carried.verdict is not None) == (720, True)
    end = stage.board.page.tray.list.viewport().mapFromGlobal(
        stage.view.viewport().mapToGlobal(stage.point("Infusion 2", 720))
    )
    QTest.mouseRelease(stage.board.page.tray.list.viewport(), LEFT, Mod.NoModifier, end)
    stage.settle()
    assert stage.visit(visit).minute == 720
    assert parked(stage) == []


def test_from_another_day_it_is_placed_on_the_day_that_is_shown(stage, qtbot):
    visit = stage.book(day=TUESDAY)
    park(stage.clinic.store, PROGRAM, visit.id)
    stage.open(qtbot)
    from_tray(stage, stage.point("Infusion 2", 720))
    assert (stage.visit(visit).day, stage.visit(visit).minute) == (MONDAY, 720)


def test_where_it_does_not_fit_it_stays_on_the_pinboard_and_the_board_says_why(stage, qtbot):
    visit = stage.book()
    stage.book("Petrov, Nina", minute=720, room="Infusion 2")
    park(stage.clinic.store, PROGRAM, visit.id)
    stage.open(qtbot)
    from_tray(stage, stage.point("Spravato 1", 720))
    assert parked(stage) == [visit.id]
    assert any("Not moved" in one for one in stage.notices)
    assert stage.view.carrying.carried is None


def test_let_go_beside_the_board_it_stays_on_the_pinboard(stage, qtbot):
    visit = stage.book()
    park(stage.clinic.store, PROGRAM, visit.id)
    stage.open(qtbot)
    from_tray(stage, QPoint(-20, 40))
    assert stage.view.carrying.carried is None
    assert parked(stage) == [visit.id]


def test_a_click_on_it_takes_it_in_hand_and_the_pointer_leads_it_without_a_button(stage, qtbot):
    visit = stage.book()
    park(stage.clinic.store, PROGRAM, visit.id)
    stage.open(qtbot)
    tray, port = stage.board.page.tray.list, stage.view.viewport()
    QTest.mouseClick(
        tray.viewport(), LEFT, Mod.NoModifier, tray.visualRect(tray.model().index(0, 0)).center()
    )
    stage.settle()
    hover(port, stage.point("Infusion 3", 780))
    assert stage.view.carrying.carried.target.minute == 780
    stage.click("Infusion 3", 780)
    stage.settle()
    assert stage.visit(visit).minute == 780


def test_its_menu_leaves_it_where_it_is(stage, qtbot):
    visit = stage.book()
    park(stage.clinic.store, PROGRAM, visit.id)
    stage.open(qtbot)
    tray = stage.board.page.tray.list
    at = tray.visualRect(tray.model().index(0, 0)).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, tray.viewport().mapToGlobal(at))
    QApplication.sendEvent(tray.viewport(), event)
    (menu,) = tray.findChildren(QMenu)
    assert [one.text() for one in menu.actions()] == ["Take it in hand", "Leave it where it is"]
    pick(stage, menu, "Leave it where it is")
    assert parked(stage) == []


# Menus.


@pytest.mark.parametrize(
    ("text", "asked"),
    [("Cancel the visit", "cancel"), ("Change the driver", "driver"), ("Plan a course", "plan")],
)
def test_the_menu_of_a_visit_reaches_what_its_keys_reach(stage, qtbot, text, asked):
    stage.book()
    stage.open(qtbot)
    pick(stage, menu_of(stage, "Infusion 1", 630), text)
    assert stage.panels.asked[-1][0] == asked


def test_the_menu_of_a_free_cell_books_there(stage, qtbot):
    stage.open(qtbot)
    pick(stage, menu_of(stage, "Infusion 1", 630), "Book a visit")
    ((what, day, minute, _room, _who),) = stage.panels.asked
    assert (what, day, minute) == ("book", MONDAY, 630)


def test_the_menu_of_an_offered_time_takes_it(stage, qtbot):
    stage.open(qtbot)
    taken = []
    room = stage.clinic.rooms["Infusion 1"].id
    stage.board.show_ghosts([Ghost(MONDAY, room, 600, 700, "Okafor, Amara")], taken.append)
    pick(stage, menu_of(stage, "Infusion 1", 630), "Take this time: Okafor, Amara")
    assert taken == [0]


def test_a_right_click_lets_nothing_go_and_its_menu_puts_back_or_places(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    pick(stage, menu_of(stage, "Infusion 1", 630), "Pick the visit up to move it")
    menu = menu_of(stage, "Infusion 2", 720)
    assert stage.view.carrying.holding
    texts = [one.text() for one in menu.actions()]
    assert texts == ["Let it go here", "To the nearest time that fits", "Put it back"]
    pick(stage, menu, "Put it back")
    assert stage.view.carrying.carried is None
    pick(stage, menu_of(stage, "Infusion 1", 630), "Pick the visit up to move it")
    pick(stage, menu_of(stage, "Infusion 2", 720), "Let it go here")
    assert stage.visit(visit).minute == 720


def test_the_list_of_the_day_has_the_same_menu(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    stage.board.look(ViewKind.LIST)
    stage.settle()
    stage.board.select(visit.id)
    listed = stage.board.page.list
    at = listed.visualRect(listed.currentIndex()).center()
    QApplication.sendEvent(
        listed.viewport(),
        QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, listed.viewport().mapToGlobal(at)),
    )
    (menu,) = stage.board.page.findChildren(QMenu)
    pick(stage, menu, "Cancel the visit")
    assert stage.panels.asked == [("cancel", visit.id)]


def test_the_zone_lies_in_a_small_window_too(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot, (683, 384))
    stage.board.select(visit.id)
    stage.press(Key.Key_M, Mod.ControlModifier)
    stage.settle()
    bar = stage.board.page.bar
    assert bar.rect().contains(zone(stage).geometry())
    stage.press(Key.Key_Escape)

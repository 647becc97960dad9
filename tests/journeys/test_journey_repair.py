"""A room is closed; from the board to the repair list, and from each of its rows back to the visit."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.model import Closure, Visit
from clinic_desktop.ui.set_up.place import SetUpPlace
from clinic_desktop.ui.set_up.repairs import RepairView
from clinic_desktop.ui.window import read_setup
from tests.journeys.desk_story import DeskStory
from tests.small_clinic import MONDAY

WEDNESDAY, FRIDAY = MONDAY + timedelta(days=2), MONDAY + timedelta(days=4)


@pytest.fixture
def stranded(desk: DeskStory) -> list[Visit]:
    """Two visits in a room that is closed from Tuesday on, one on Wednesday and one on Friday."""
    clinic = desk.clinic
    made = [book(clinic.store, clinic.desk, clinic.wish(day=day)).visits[0] for day in (WEDNESDAY, FRIDAY)]
    room = clinic.rooms["Infusion 1"].id
    with clinic.store.write(clinic.prescriber) as unit:
        tuesday = MONDAY + timedelta(days=1)
        unit.add(Closure(0, 0, room, tuesday, 0, date(2026, 11, 30), 1440, "a burst pipe"))
        changes = unit.commit()
    desk.window.desk.renew_setup(read_setup(clinic.store))
    desk.window.desk.hub.tell(changes)
    return made


def repairs(desk: DeskStory) -> RepairView:
    """The repair list, once it is open with the keyboard in it."""
    place = desk.window.place("set-up")
    assert isinstance(place, SetUpPlace)
    desk.wait(lambda: desk.window.current == "set-up")
    view = place.shown()
    assert isinstance(view, RepairView)
    desk.wait(lambda: desk.focus is view.list and view.list.current_visit is not None)
    return view


def shown(desk: DeskStory, visit: Visit) -> bool:
    """Whether the board shows the visit's day, with the visit selected and the keyboard on it."""
    board = desk.board.board
    here = desk.window.current == "board" and board.turner.shown.day == visit.day
    return here and board.selected_visit == visit.id and desk.focus is board.page.board


def chip(desk: DeskStory, text: str) -> QAbstractButton:
    """A count above the board, once it is there."""
    found: list[QAbstractButton] = []

    def there() -> bool:
        chips = desk.board.board.page.bar.chips.findChildren(QAbstractButton)
        found[:] = [one for one in chips if one.isVisible() and one.accessibleName() == text]
        return bool(found)

    desk.wait(there)
    return found[0]


def test_from_the_board_to_each_visit_by_keyboard(desk: DeskStory, stranded: list[Visit]) -> None:
    wednesday, friday = stranded
    desk.press("Alt+1", "Ctrl+Shift+R")
    assert repairs(desk).list.model().rowCount() == 2
    desk.press("Return")
    desk.wait(lambda: shown(desk, wednesday))
    desk.press("Ctrl+Shift+R")
    repairs(desk)
    desk.press("Down", "Ctrl+B")
    desk.wait(lambda: shown(desk, friday))
    desk.press("Ctrl+Shift+R")
    assert repairs(desk).list.current_visit == friday  # where one left off
    desk.push("Show on the board")
    desk.wait(lambda: shown(desk, friday))


def test_the_board_says_how_many_there_are_and_leads_there(desk: DeskStory, stranded: list[Visit]) -> None:
    desk.press("Alt+1")
    count = chip(desk, "2 to repair")
    assert count.accessibleDescription() == "Opens the repair list"
    desk.qtbot.mouseClick(count, Qt.MouseButton.LeftButton)
    view = repairs(desk)
    row = view.list.visualRect(view.list.model().index(1, 0)).center()
    desk.qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=row)
    desk.qtbot.mouseDClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=row)
    desk.wait(lambda: shown(desk, stranded[1]))


def test_what_is_settled_leaves_the_list_and_the_count(desk: DeskStory, stranded: list[Visit]) -> None:
    desk.press("Alt+1", "Ctrl+Shift+R")
    repairs(desk)
    desk.press("Return")
    desk.wait(lambda: shown(desk, stranded[0]))
    desk.press("Delete")
    desk.wait(lambda: desk.focus is desk.panels.cancelling.reasons)
    desk.press("5", "Return")
    chip(desk, "1 to repair")
    desk.press("Ctrl+Shift+R")
    view = repairs(desk)
    desk.wait(lambda: view.list.model().rowCount() == 1)
    assert view.list.current_visit == stranded[1]


def test_an_empty_list_says_so_and_leads_nowhere(desk: DeskStory) -> None:
    desk.press("Alt+1", "Ctrl+Shift+R")
    desk.wait(lambda: desk.says("Every coming visit fits"))
    desk.press("Ctrl+B")
    assert desk.window.current == "set-up"

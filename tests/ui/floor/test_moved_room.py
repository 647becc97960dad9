"""Another room in mid-visit, at the keyboard of the floor."""

from collections.abc import Callable
from datetime import date

import pytest

from clinic_desktop.ui.widgets.button import Button
from tests.small_clinic import MONDAY, SmallClinic
from tests.treatment.stays import K, Stay, booked
from tests.treatment.test_rooms import someone
from tests.ui.floor.conftest import CTRL, SHIFT, Keyboard, stay_of
from tests.ui.floor.test_floor import Key

Open = Callable[..., Keyboard]


def test_one_line_moves_a_patient_into_another_room(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).sprayed()
    floor = open_floor().at(11)
    floor.type("j spravato 2")
    assert stay_of(floor).stamps()[-1].room_id == clinic.rooms["Spravato 2"].id
    floor.wait(lambda: floor.card.room == "Spravato 2")
    assert floor.on_cards


def test_somebody_comes_into_another_free_room_by_one_line(clinic: SmallClinic, open_floor: Open) -> None:
    stay = booked(clinic)
    stay.at(9, 55).is_(K.ARRIVED)
    floor = open_floor().at(10, 1)
    floor.type("i spr 2")
    assert stay.visit.room_id == clinic.rooms["Spravato 2"].id
    assert [one.note for one in stay.stamps(K.IN_ROOM)] == [""]
    floor.wait(lambda: floor.card.room == "Spravato 2")


def test_an_occupied_room_is_refused_and_what_happened_recorded(
    clinic: SmallClinic, open_floor: Open
) -> None:
    stay = booked(clinic).sprayed()
    room, nurse = clinic.rooms["Spravato 2"].id, clinic.tunde.id
    other = booked(clinic, "SP56", 660, patient_id=someone(clinic).id, nurse_id=nurse, room_id=room)
    other.at(11, 5).is_(K.IN_ROOM)
    floor = open_floor().at(11, 10)
    floor.place.show_visit(stay.visit_id)
    floor.wait()
    floor.type("j s2")
    assert "is in Spravato 2" in floor.refused[0]
    floor.press(Key.Key_Return, CTRL)
    assert stay.visit.room_id == room
    assert [one.codes for one in stay.incidents()] == [("room-occupied",)]


class BoardOfThisTest:
    """Takes note of what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []

    def show_visit(self, visit_id: int, day: date) -> None:
        self.asked.append(("show", visit_id, day))

    def repair_day(self, day: date, kind: str, number: int | None) -> None:
        self.asked.append(("repair", day, kind, number))


def board_of(floor: Keyboard, monkeypatch: pytest.MonkeyPatch) -> BoardOfThisTest:
    board = BoardOfThisTest()
    monkeypatch.setattr(floor.shell, "go", lambda _place: board)
    return board


def displacing(clinic: SmallClinic, open_floor: Open) -> tuple[Keyboard, Stay]:
    """Amara is moved into the room that another patient is to have next."""
    booked(clinic).sprayed()
    room, nurse = clinic.rooms["Spravato 2"].id, clinic.tunde.id
    other = booked(clinic, "SP56", 720, patient_id=someone(clinic).id, nurse_id=nurse, room_id=room)
    floor = open_floor().at(11)
    floor.type("j s2")
    floor.wait(lambda: other.visit.displaced)
    return floor, other


def test_the_notice_of_a_displaced_visit_leads_to_the_repair_of_the_day(
    clinic: SmallClinic, open_floor: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    floor, other = displacing(clinic, open_floor)
    board = board_of(floor, monkeypatch)
    words = "The room was to be another's. The visit at 12:00 PM has lost its room. It needs another place."
    floor.wait(lambda: words in floor.notices)
    notice = next(one for one in floor.shell.notices.notices() if one.accessibleName() == words)
    button = next(one for one in notice.findChildren(Button) if one.text() == "Repair the day")
    button.click()
    assert board.asked == [("show", other.visit_id, MONDAY), ("repair", MONDAY, "stands", other.visit_id)]


def test_the_notice_goes_with_the_next_step_and_the_panel_says_it_on(
    clinic: SmallClinic, open_floor: Open
) -> None:
    """It lay over what is missing before the release for as long as nobody closed it."""
    floor, _ = displacing(clinic, open_floor)
    floor.wait(lambda: any("has lost its room" in one for one in floor.notices))
    floor.type("138/84")
    floor.wait(lambda: not any("has lost its room" in one for one in floor.notices))
    assert "has lost this room" in floor.card.trouble


def test_one_chord_repairs_the_day_for_the_chosen_patient(
    clinic: SmallClinic, open_floor: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    floor, other = displacing(clinic, open_floor)
    board = board_of(floor, monkeypatch)
    floor.wait(lambda: bool(floor.card.trouble))
    floor.press(Key.Key_G, CTRL | SHIFT)
    assert board.asked[-1] == ("repair", MONDAY, "stands", other.visit_id)


def test_without_anybody_displaced_the_day_is_asked_about(
    clinic: SmallClinic, open_floor: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    booked(clinic)
    floor = open_floor()
    board = board_of(floor, monkeypatch)
    floor.press(Key.Key_G, CTRL | SHIFT)
    assert board.asked == [("repair", MONDAY, "", None)]

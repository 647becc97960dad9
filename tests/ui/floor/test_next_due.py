"""The strip above the floor: what is due in all rooms, overdue first, while the rooms keep their places."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt

from clinic_desktop.ui.floor.card import Bar, Card, Group
from clinic_desktop.ui.floor.next_due import DueLine, after, due_lines
from clinic_desktop.ui.paint import Tone
from tests.small_clinic import SmallClinic, instant
from tests.treatment.cases import before_dosing, infused, vitals, without
from tests.treatment.stays import K, Stay, booked
from tests.ui.floor.conftest import CTRL, SHIFT, Keyboard
from tests.ui.floor.test_card import card, dosed

Open = Callable[..., Keyboard]
LINES = tuple(DueLine(n, f"Room {n}", "", Tone.NEUTRAL) for n in (7, 3, 5))


def at(visit_id: int, shown: Card) -> Card:
    return replace(shown, visit_id=visit_id, room=f"Room {visit_id}")


def test_what_is_late_comes_first_then_what_is_due_soonest() -> None:
    now = instant(10, 52)
    running = without(infused(), K.INFUSION_STOP, K.LINE_OUT)
    shown = [
        at(1, card(dosed(), instant(10, 47))),  # the same, three minutes before
        at(2, card(dosed(), now)),  # the 40-minute pressure of 10:50
        at(3, card(running, now, "IVM")),  # a pressure since 10:25
        at(4, card(before_dosing(), now)),
        at(5, card(dosed(), now, group=Group.DONE)),
    ]
    lines = due_lines(shown)
    assert [one.visit_id for one in lines] == [3, 2, 1]
    assert lines[1].words == "Room 2: 40-minute pressure 10:50 AM, 2 min late"
    assert [one.tone for one in lines] == [Tone.DANGER, Tone.DANGER, Tone.WARN]


def test_what_is_over_but_not_late_stands_behind_what_is_late() -> None:
    early = replace(card(dosed(), instant(10, 12)), due_at=instant(9), bar=Bar("Last checks", "", Tone.OK))
    late = replace(card(dosed(), instant(10, 52)), visit_id=2)
    assert [one.visit_id for one in due_lines([early, late])] == [2, early.visit_id]


def test_a_limit_that_was_reached_stands_before_everything() -> None:
    high = [*dosed(), vitals(instant(10, 50), 168, 104)]
    shown = [at(1, card(dosed(), instant(10, 52))), at(2, card(high, instant(10, 52)))]
    first = due_lines(shown)[0]
    assert (first.words, first.tone) == ("Room 2: Pressure 168/104, tell prescriber", Tone.DANGER)


def test_who_waits_for_a_prescriber_before_the_dose_stands_in_it_with_the_pressure_and_since_when() -> None:
    high = [*without(before_dosing(), K.VITALS), vitals(instant(10, 5), 172, 106)]
    shown = card(high, instant(13, 0))
    assert shown.bar == Bar("172/106 waits for a prescriber", "since 10:05 AM", Tone.WARN)
    assert [one.text for one in due_lines([shown])] == ["172/106 waits for a prescriber, since 10:05 AM"]


def test_who_shares_a_room_is_named() -> None:
    shown = [card(dosed(), instant(10, 47)), replace(at(2, card(dosed(), instant(10, 47))), name="Reed, Jo")]
    shown = [replace(one, room="Infusion 1") for one in shown]
    assert [one.where for one in due_lines(shown)] == ["Infusion 1, Okafor, Amara", "Infusion 1, Reed, Jo"]


def test_who_has_no_room_is_named() -> None:
    assert due_lines([replace(card(dosed(), instant(10, 47)), room="")])[0].where == "Okafor, Amara"


@pytest.mark.parametrize(("current", "found"), [(0, 7), (9, 7), (7, 3), (5, 7)])
def test_the_key_goes_through_them_one_by_one(current: int, found: int) -> None:
    assert after(LINES, current) == found
    assert after((), current) == 0


@pytest.fixture
def late(clinic: SmallClinic, open_floor: Open) -> tuple[Keyboard, Stay, Stay]:
    """Amara's infusion in Infusion 2 has a late pressure; Reed's in Infusion 1 is on time."""
    room = clinic.rooms["Infusion 2"].id
    amara = booked(clinic, "IVM", room_id=room)
    reed = booked(clinic, "IVM", patient_id=clinic.double("Reed").id, nurse_id=clinic.tunde.id)
    amara.prepared().at(10, 15).is_(K.INFUSION_START, dose=35.0, unit="mg")
    reed.prepared().at(10, 25).is_(K.INFUSION_START, dose=35.0, unit="mg")
    floor = open_floor().at(10, 30)
    return floor, amara, reed


def test_the_strip_says_what_is_due_overdue_first_while_rooms_keep_their_places(
    late: tuple[Keyboard, Stay, Stay],
) -> None:
    floor, amara, reed = late
    strip = floor.place.view.due
    assert strip.accessibleName() == (
        "Next due: Infusion 2: Pressure due 10:25 AM, 5 min late; Infusion 1: Pressure due 10:35 AM, in 5 min"
    )
    assert [one.visit_id for one in floor.place.floor.cards] == [reed.visit_id, amara.visit_id]
    floor.press(Qt.Key.Key_F7, SHIFT)
    assert floor.place.view.list.current == amara.visit_id
    floor.press(Qt.Key.Key_F7, SHIFT)
    assert floor.place.view.list.current == reed.visit_id


def test_a_click_on_what_is_due_goes_to_its_room(late: tuple[Keyboard, Stay, Stay]) -> None:
    floor, amara, reed = late
    floor.press(Qt.Key.Key_1, CTRL)
    assert floor.place.view.list.current == reed.visit_id
    strip = floor.place.view.due
    floor.qtbot.waitUntil(lambda: bool(strip._chips))
    at = strip._chips[0][0].center().toPoint()
    floor.qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(at))
    assert floor.place.view.list.current == amara.visit_id


def test_where_nothing_is_due_there_is_no_strip(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).prepared()
    floor = open_floor()
    assert not floor.place.view.due.isVisible()
    floor.run("floor.next-due")
    assert floor.said == "Nothing is due"

"""The driver on the day at the keyboard: Ctrl+D, a digit picks, Enter does."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from clinic_desktop.people.model import Contact, TransportKind
from clinic_desktop.scheduling.calls import CallAttempt, CallOutcome, Whom
from tests.small_clinic import BEA, MONDAY, SmallClinic, instant
from tests.treatment.stays import K, Stay, booked
from tests.ui.floor.conftest import CTRL, Keyboard, stay_of
from tests.ui.floor.test_floor import Key

Open = Callable[..., Keyboard]


@pytest.fixture
def floor(clinic: SmallClinic, open_floor: Open) -> Keyboard:
    """Amara was dosed at 10:10 and 10:15, and it is 11:31: the driver is to be called."""
    with clinic.store.write(clinic.nurse) as unit:
        contact = Contact("Sam Okafor", "husband", "217-555-0199")
        unit.save(replace(clinic.amara, emergency=contact))
        unit.commit()
    booked(clinic).sprayed()
    return open_floor().at(11, 31)


def rows(floor: Keyboard) -> list[tuple[str, str, str]]:
    lines = floor.place.panel.driver.list.lines()
    return [(one.row.text, plain(one.row.detail), one.row.right) for one in lines]


def plain(text: str) -> str:
    """Numbers are held together on the screen."""
    return text.replace("\u2011", "-").replace("\u00a0", " ")


def opened(floor: Keyboard, digit: Key | None = None) -> Keyboard:
    floor.press(Key.Key_D, CTRL)
    floor.wait(floor.place.panel.driver.list.hasFocus)
    return floor if digit is None else floor.press(digit).press(Key.Key_Return)


def calls(stay: Stay) -> list[CallAttempt]:
    with stay.clinic.store.read() as records:
        return records.find(CallAttempt, visit_id=stay.visit_id)


def test_one_chord_shows_how_far_the_way_home_is(floor: Keyboard) -> None:
    opened(floor)
    heard = floor.place.panel.driver.list.accessibleDescription()
    assert heard == "A digit or an arrow goes to a line, Enter takes it."
    assert [text for text, _, _ in rows(floor)] == [
        "Not confirmed",
        "Arriving",
        "Not called today",
        "Here",
        "Took over",
        "Waiting chair",
        "Emergency contact",
        "Paid escort",
        "Who stays",
    ]
    assert rows(floor)[0][1] == "Bea Marsh, (217) 555-0142"
    assert rows(floor)[2][1] == "call by 11:30 AM"
    assert floor.place.panel.driver.told.startswith("Call Bea Marsh now")


def test_confirmed_with_who_and_when(floor: Keyboard) -> None:
    opened(floor, Key.Key_1)
    assert stay_of(floor).visit.plan_confirmed_at == instant(11, 31)
    opened(floor)
    assert rows(floor)[0] == ("Confirmed", "Bea Marsh, (217) 555-0142", "11:31 AM, MJ")


def test_a_call_that_nobody_answers_is_counted(floor: Keyboard) -> None:
    opened(floor, Key.Key_3).type("no")
    (call,) = calls(stay_of(floor))
    assert (call.whom, call.outcome, call.number) == (Whom.DRIVER, CallOutcome.NO_ANSWER, BEA.phone)
    assert floor.on_cards
    assert floor.said == "Okafor, Amara. Driver called: No answer"
    opened(floor)
    assert rows(floor)[2] == ("Called, 1 time", "No answer", "11:31 AM, MJ")
    floor.at(12, 2)
    assert floor.place.panel.driver.told.startswith("Called at 11:31 AM, and not reached")


def test_when_the_driver_comes_is_said_in_one_time(floor: Keyboard) -> None:
    opened(floor, Key.Key_2).type("12:05")
    (call,) = calls(stay_of(floor))
    assert (call.outcome, call.arrives) == (CallOutcome.REACHED, 725)
    opened(floor)
    assert rows(floor)[1][0] == "Arriving at 12:05 PM"
    assert floor.place.panel.driver.told == ""
    floor.at(12, 6)
    assert "and not here: Bea Marsh" in floor.place.panel.driver.told


def test_the_card_says_what_to_do_about_the_driver_before_the_name(floor: Keyboard) -> None:
    assert plain(floor.card.driver_name) == "call now, Bea Marsh, (217) 555-0142"
    opened(floor, Key.Key_2).type("12:05")
    floor.wait(lambda: floor.card.driver_name.startswith("comes 12:05 PM, Bea Marsh"))
    floor.at(12, 6)
    assert floor.card.driver_name.startswith("late, call again, Bea Marsh")


def test_what_is_not_understood_is_said_and_nothing_is_recorded(floor: Keyboard) -> None:
    opened(floor, Key.Key_3).type("perhaps")
    assert floor.place.panel.driver.problem.startswith("Say what came of it")
    assert calls(stay_of(floor)) == []


def test_the_driver_is_here_and_takes_over_at_the_release(floor: Keyboard) -> None:
    stay = stay_of(floor)
    floor.at(12, 16)
    opened(floor, Key.Key_4)
    assert [one.kind for one in stay.stamps()][-1] is K.DRIVER_SEEN
    stay.checked()
    opened(floor.at(12, 17), Key.Key_5)
    assert (stay.state, stay.stamps()[-1].person) == ("left", BEA.name)
    opened(floor)
    assert rows(floor)[4] == ("Took over", BEA.name, "12:17 PM, MJ")
    assert len(rows(floor)) == 5  # nobody waits any more


def test_the_waiting_chair_frees_the_room(floor: Keyboard) -> None:
    opened(floor, Key.Key_6)
    assert stay_of(floor).stamps()[-1].kind is K.WAITING


def test_the_emergency_contact_stands_with_phone_and_is_called(floor: Keyboard) -> None:
    opened(floor)
    assert rows(floor)[6][1] == "Sam Okafor, husband, 217-555-0199"
    floor.press(Key.Key_7).press(Key.Key_Return).type("1:15, her brother comes")
    (call,) = calls(stay_of(floor))
    assert (call.whom, call.arrives, call.note) == (Whom.EMERGENCY, 795, "her brother comes")
    assert call.number == "217-555-0199"


def test_a_paid_escort_in_one_line(floor: Keyboard) -> None:
    opened(floor, Key.Key_8).type("Acme Escorts 217-555-0101")
    visit = stay_of(floor).visit
    assert (visit.plan_kind, visit.plan_name) == (TransportKind.PAID_ESCORT, "Acme Escorts")


def test_an_escort_that_the_visit_does_not_accept_is_said(floor: Keyboard, clinic: SmallClinic) -> None:
    with clinic.store.write(clinic.prescriber) as unit:
        profile = unit.setup().profiles[0]
        unit.save(replace(profile, accepts=frozenset({TransportKind.ADULT_DRIVES})))
        unit.commit()
    floor.place.floor.go_to(MONDAY)
    floor.wait()
    opened(floor, Key.Key_8).type("Acme Escorts 217-555-0101")
    assert floor.place.panel.driver.problem.startswith("This visit accepts no paid escort")


def test_who_stays_after_closing_is_chosen_of_those_on_site(floor: Keyboard) -> None:
    opened(floor)
    assert rows(floor)[8][1].endswith("until 6:00 PM")
    assert "Maya Jones" in rows(floor)[8][1]
    floor.press(Key.Key_9).press(Key.Key_Return).type("maya")
    last = stay_of(floor).stamps()[-1]
    assert (last.kind, last.person) == (K.STAYS, "Maya Jones")
    opened(floor)
    assert rows(floor)[8][1] == "Maya Jones"


def test_a_digit_only_picks(floor: Keyboard) -> None:
    opened(floor).press(Key.Key_6)
    assert stay_of(floor).stamps()[-1].kind is not K.WAITING
    floor.press(Key.Key_Escape)
    assert floor.on_cards


def test_where_nobody_is_named_who_drives_is_asked_for_at_once(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic, plan=None)
    floor = open_floor()
    floor.press(Key.Key_D, CTRL)
    floor.wait(floor.place.panel.naming.line.hasFocus)
    floor.type("Bea Marsh (217) 555-0142 18")
    assert stay_of(floor).visit.plan_name == "Bea Marsh"


@pytest.mark.parametrize(("key", "digit"), [(Key.Key_6, 6), (Key.Key_0, 0)])
def test_a_digit_without_a_line_chooses_nothing(
    clinic: SmallClinic, open_floor: Open, key: Key, digit: int
) -> None:
    booked(clinic).prepared()
    floor = opened(open_floor().at(10, 5))
    driver = floor.place.panel.driver
    assert len(driver.list.lines()) == 5
    floor.press(key)
    assert driver.slip == f"There is no line {digit}. Nothing is chosen."
    floor.press(Key.Key_Return)
    assert rows(floor)[0][0] == "Not confirmed"
    assert stay_of(floor).visit.plan_confirmed_at is None
    assert not driver.asked.isVisible()
    floor.press(Key.Key_1)
    assert driver.slip == ""
    assert driver.list.currentIndex().row() == 0


def test_a_call_that_is_charted_late_says_when_they_were_to_come(floor: Keyboard) -> None:
    """At 12:40 it is 11:40 in the morning all the same: the driver is late, and not expected tonight."""
    floor.at(12, 40).type("11:10 k Bea, 11:40")
    (call,) = calls(stay_of(floor))
    assert (call.at, call.arrives) == (instant(11, 10), 700)
    opened(floor)
    assert "11:40 AM" in floor.place.panel.driver.told
    assert "PM" not in floor.place.panel.driver.told

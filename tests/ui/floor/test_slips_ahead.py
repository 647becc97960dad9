"""A green read-back is a promise: what Enter refuses as a slip is said while it is typed."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from tests.small_clinic import SmallClinic
from tests.treatment.stays import K, booked
from tests.ui.floor.conftest import Keyboard, stay_of

Open = Callable[..., Keyboard]


@pytest.fixture
def infused(clinic: SmallClinic, open_floor: Open) -> Keyboard:
    booked(clinic, "IVM").prepared().at(10, 15).is_(K.INFUSION_START, dose=35.0, unit="mg")
    return open_floor().at(10, 30)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("11:30 128/80 72 98", "still to come"),
        ("g Jo Reed 217-555-0101", "Say that they are 18 or over, and fit to drive: add 18 fit."),
        ("g Jo Reed 217-555-0101 fit", "18 or over"),
        ("g Jo Reed 217-555-0101 18", "fit to drive"),
        ("g Jo Reed", "phone number"),
        ("b 35", "runs already"),
        ("128/80 72 98; 11:30 n asked for water", "still to come"),
        ("r; e", ""),
        ("e; b 35", ""),
        ("g Jo Reed 217-555-0101 18 fit", ""),
    ],
)
def test_what_enter_would_refuse_is_said_while_it_is_typed(infused: Keyboard, typed: str, said: str) -> None:
    infused.type(typed, enter=False)
    line = infused.place.panel.line
    assert said in line.typed.problem
    assert bool(line.typed.problem) is bool(said)
    assert line._echo.property("ink") == ("warn" if said or line.typed.ahead else "accent")
    assert line.text == typed


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("r", "Released, now. Enter refuses it: "),
        (
            "128/80 97 88",
            "Vitals, 128/80, pulse 97, oxygen 88, now. Enter asks first: Oxygen 88 is unusual. ",
        ),
        ("e", "Infusion ended, now. Enter asks first: The infusion of 40 min ran 15 min."),
        ("n asked for water", "Note, asked for water, now"),
        ("128/80 72 98", "Vitals, 128/80, pulse 72, oxygen 98, now"),
    ],
)
def test_what_the_rules_would_say_to_enter_is_said_while_it_is_typed(
    infused: Keyboard, typed: str, said: str
) -> None:
    infused.type(typed, enter=False)
    line = infused.place.panel.line
    assert line.echo.startswith(said)
    assert line._echo.property("ink") == ("warn" if "Enter" in said else "accent")
    before = len(stay_of(infused).stamps())
    infused.press(Qt.Key.Key_Return)
    assert bool(infused.refused) is ("Enter" in said)
    assert len(stay_of(infused).stamps()) == before + ("Enter" not in said)


def test_the_read_back_stays_beside_what_is_wrong(infused: Keyboard) -> None:
    infused.type("g Jo Reed 217-555-0101", enter=False)
    assert infused.line.startswith("Driver here, Jo Reed, 217-555-0101, now: Say that they are 18")


def test_a_correction_of_what_was_recorded_is_no_slip(infused: Keyboard) -> None:
    stay = stay_of(infused)
    infused.place.hand.correct(stay.stamps(K.INFUSION_START)[0])
    box = infused.place.panel.correcting
    box.line.start("10:15am begin 36")
    assert box.line.typed.problem == ""


def test_a_driver_who_is_held_up_comes_with_a_note(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).prepared()
    floor = open_floor().at(10, 12).type("k driver, 2:45 stuck in traffic")
    (call,) = stay_of(floor).calls()
    assert (call.arrives, call.note) == (14 * 60 + 45, "stuck in traffic")


def test_a_number_of_minutes_is_no_time_to_come(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).prepared()
    floor = open_floor().at(10, 12).type("k driver, 20 min late")
    (call,) = stay_of(floor).calls()
    assert (call.arrives, call.note) == (None, "20 min late")

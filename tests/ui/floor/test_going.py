"""Ctrl E in the middle of an infusion asks whether it is stopped and the line is out."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.ui.floor.words import at_clock
from tests.small_clinic import SmallClinic, instant
from tests.treatment.stays import K, booked
from tests.ui.floor.conftest import CTRL, Keyboard, stay_of

Key = Qt.Key
Open = Callable[..., Keyboard]
KINDS = (K.INFUSION_STOP, K.LINE_OUT, K.TRANSFERRED)


@pytest.fixture
def infused(clinic: SmallClinic, open_floor: Open) -> Keyboard:
    booked(clinic, "IVM").prepared().at(10, 15).is_(K.INFUSION_START, dose=35.0, unit="mg")
    return open_floor().at(10, 30)


@pytest.mark.parametrize(
    ("key", "kinds", "note"),
    [
        (Key.Key_2, [K.INFUSION_STOP, K.LINE_OUT, K.TRANSFERRED], "Breathing or oxygen"),
        (Key.Key_3, [K.INFUSION_STOP, K.TRANSFERRED], "Breathing or oxygen, line still in"),
        (Key.Key_1, [K.TRANSFERRED], "Breathing or oxygen"),
    ],
)
def test_a_transfer_in_an_infusion_asks_for_its_end(
    infused: Keyboard, key: Key, kinds: list[K], note: str
) -> None:
    infused.press(Key.Key_E, CTRL).dialog(Key.Key_2, Key.Key_Return).dialog(Key.Key_1, Key.Key_Return)
    infused.dialog(key, Key.Key_Return)
    stay = stay_of(infused)
    assert [one.kind for one in stay.stamps(*KINDS)] == kinds
    assert stay.stamps(K.TRANSFERRED)[0].note == note
    assert stay.state == "transferred"
    asked = any("Nobody recorded that the infusion was stopped" in one for one in infused.notices)
    assert asked is (kinds == [K.TRANSFERRED])


def test_what_was_left_open_is_recorded_with_its_time(infused: Keyboard) -> None:
    infused.type("left early walked out")
    assert any("Nobody recorded that the infusion was stopped" in one for one in infused.notices)
    infused.at(10, 40).type("10:28 e").press(Key.Key_Return, CTRL)
    assert [one.kind for one in stay_of(infused).stamps(K.INFUSION_STOP)] == [K.INFUSION_STOP]


def test_an_end_without_its_reason_asks_for_it_as_ctrl_e_does(infused: Keyboard) -> None:
    infused.type("left early").dialog(Key.Key_1, Key.Key_Return).dialog(Key.Key_2, Key.Key_Return)
    stay = stay_of(infused)
    assert [one.kind for one in stay.stamps(K.INFUSION_STOP, K.LINE_OUT, K.LEFT_EARLY)] == [
        K.INFUSION_STOP,
        K.LINE_OUT,
        K.LEFT_EARLY,
    ]
    assert stay.stamps(K.LEFT_EARLY)[0].note == "Walked out"


def test_the_time_that_was_typed_stays_with_the_end(infused: Keyboard) -> None:
    infused.type("10:28 transferred").dialog(Key.Key_1, Key.Key_Return)
    (gone,) = stay_of(infused).stamps(K.TRANSFERRED)
    assert (gone.at, gone.note) == (instant(10, 28), "Breathing or oxygen")


def test_who_went_while_it_ran_is_asked_for_the_end_as_the_next_step(infused: Keyboard) -> None:
    infused.press(Key.Key_E, CTRL).dialog(Key.Key_2, Key.Key_Return).dialog(Key.Key_1, Key.Key_Return)
    infused.dialog(Key.Key_1, Key.Key_Return)
    panel = infused.place.panel
    infused.wait(lambda: "Infusion ended" in panel.next.text())
    infused.type("e").press(Key.Key_Return, CTRL)
    infused.wait(panel.next.isHidden)
    assert len(stay_of(infused).stamps(K.INFUSION_STOP)) == 1


def test_what_was_half_typed_for_another_patient_is_said_and_waits_with_them(infused: Keyboard) -> None:
    infused.type("128/80 97 88")
    assert infused.refused
    hand, line = infused.place.hand, infused.place.panel.line
    about = hand._about
    typed_at = at_clock(infused.clinic.clock.now(), infused.desk.zone).replace(" ", "").lower()
    hand.chose(0)
    assert infused.said == "Okafor, Amara, not recorded: 128/80 97 88"
    assert line.text == ""
    hand.chose(about)
    assert line.text == f"{typed_at} 128/80 97 88"  # of the time when it was typed
    hand._half_typed[0] = "n of somebody else"
    infused.act_as(infused.clinic.prescriber)
    assert not hand._half_typed

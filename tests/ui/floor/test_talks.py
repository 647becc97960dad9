"""Consultations and therapy visits on the floor: the same line, corrections and ends as for a treatment."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.scheduling.booking import book
from clinic_desktop.treatment.model import Stamp
from tests.small_clinic import SmallClinic, instant
from tests.treatment.stays import K, booked
from tests.ui.floor.conftest import CTRL, Keyboard, stay_of

Open = Callable[..., Keyboard]
Key = Qt.Key
THERAPIST = Actor(0, frozenset({Role.THERAPIST}), "office")


@pytest.fixture
def talk(clinic: SmallClinic, open_floor: Open) -> Keyboard:
    """Noah's consultation at 9:30; the clock stands at 9:45."""
    booked(clinic, "CON", 570, patient_id=clinic.noah.id)
    return open_floor()


def test_treatments_come_first_then_every_other_visit_in_the_house(
    clinic: SmallClinic, open_floor: Open
) -> None:
    first = booked(clinic, "CON", 570, patient_id=clinic.noah.id)
    booked(clinic).at(9, 40).is_(K.ARRIVED)
    first.is_(K.ARRIVED)
    floor = open_floor()
    assert [(one.name, one.number, one.group.value) for one in floor.place.floor.cards] == [
        ("Okafor, Amara", 5, "here"),
        ("Reed, Noah", 7, "here"),  # the consultation rooms stand behind the treatment rooms
    ]


def test_a_talk_asks_for_nothing_that_belongs_to_a_dose(talk: Keyboard) -> None:
    talk.type("a")
    assert (talk.card.bar, talk.card.to_settle, talk.missing()) == (None, "", [])
    assert talk.card.release == ("Planned for 9:30 AM", "")
    assert "order" not in talk.place.panel.head._what.text()
    assert not talk.place.panel.release.isVisible()


def test_a_talk_has_typed_times_and_the_steps_of_a_talk(talk: Keyboard) -> None:
    talk.at(10, 40).type("9:32 a").type("9:35 i")
    talk.press(Key.Key_F5)
    assert talk.place.panel.line.text == "over "
    talk.place.panel.line.start("10:25 over")
    talk.press(Key.Key_Return)
    stay = stay_of(talk)
    assert [one.at for one in stay.stamps()] == [instant(9, 32), instant(9, 35), instant(10, 25)]
    assert stay.state == "left"


@pytest.mark.parametrize("actor", [None, THERAPIST])
def test_who_may_not_bring_a_patient_into_a_room_goes_on_to_the_end(
    clinic: SmallClinic, open_floor: Open, actor: Actor | None
) -> None:
    booked(clinic, "CON", 570, patient_id=clinic.noah.id)
    floor = open_floor(actor or clinic.desk).press(Key.Key_F5)
    assert stay_of(floor).state == "arrived"
    floor.press(Key.Key_F5).press(Key.Key_Return)
    assert stay_of(floor).state == "left"


def test_a_wrong_arrival_is_struck_out(talk: Keyboard) -> None:
    talk.press(Key.Key_F2).press(Key.Key_H, CTRL).press(Key.Key_Return)
    box = talk.place.panel.correcting
    box.why.setText("pressed for another patient")
    box.strike.click()
    talk.wait()
    assert stay_of(talk).state == "booked"
    assert [one.group.value for one in talk.place.floor.cards] == ["coming"]


def test_a_wrong_end_is_corrected(talk: Keyboard) -> None:
    talk.at(10, 40).type("9:32 a").type("10:25 over").press(Key.Key_H, CTRL).press(Key.Key_Return)
    box = talk.place.panel.correcting
    assert box.line.text == "10:25am over"
    box.line.start("10:15am over")
    talk.press(Key.Key_Return).type("read from the clock")
    assert stay_of(talk).stamps(K.LEFT)[-1].at == instant(10, 15)


def test_somebody_who_is_taken_away_from_a_talk_is_transferred(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic, "CON", 570, patient_id=clinic.noah.id)
    floor = open_floor(THERAPIST).press(Key.Key_F2).press(Key.Key_E, CTRL)
    floor.dialog(Key.Key_2, Key.Key_Return).dialog(Key.Key_4, Key.Key_Return)
    stay = stay_of(floor)
    assert (stay.state, stay.visit.end_reason) == ("transferred", "Danger to self or others")
    assert [one.codes for one in stay.incidents()] == [("transferred",)]
    assert any("Reed, Noah was transferred" in one for one in floor.notices)


def test_a_call_without_a_room_is_over_when_it_has_been_held(clinic: SmallClinic, open_floor: Open) -> None:
    call = replace(clinic.wish("CON", 570), type_code="CONF", room_id=None, prescriber_id=None)
    book(clinic.store, clinic.desk, call)
    floor = open_floor().press(Key.Key_F5).press(Key.Key_Return)
    assert stay_of(floor).state == "left"


def test_the_front_desk_says_that_somebody_walked_out(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).sprayed()
    floor = open_floor(clinic.desk).at(11, 20).type("11:12 left early walked out")
    stay = stay_of(floor)
    assert (stay.state, len(stay.incidents())) == ("left before release", 1)
    floor.type("t Dr. Lin, will call").type("k Amara, at home")
    assert stay.says(Stamp(kind=K.NOTE, note="came back for her coat")).stamps

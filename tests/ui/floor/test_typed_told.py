"""A prescriber's word in the line: who said it, that it was read back, and the words."""

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.treatment.told import ToldWord
from clinic_desktop.ui.floor.typed import read_line
from tests.small_clinic import SmallClinic
from tests.treatment.stays import K, booked
from tests.ui.floor.test_to_see import Open


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("p told lin read back", ""),
        ("p told by Lin, read back, go on", "go on"),
        ("pressure told LIN rb: fine with it", "fine with it"),
    ],
)
def test_an_acceptance_is_told_and_read_back_in_one_line(
    clinic: SmallClinic, open_floor: Open, typed: str, note: str
) -> None:
    stay = booked(clinic).prepared()
    stay.vitals(152, 96)
    floor = open_floor()
    floor.type(typed)
    (accepted,) = stay.stamps(K.PRESSURE_ACCEPTED)
    assert (accepted.told_by, accepted.by, accepted.note) == (clinic.lin.id, clinic.maya.id, note)
    assert f"told by {clinic.lin.name}, read back" in floor.said
    with clinic.store.read() as records:
        assert [one.stamp_id for one in records.find(ToldWord)] == [accepted.id]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("p told lin", "Read it back, then write 'read back' behind the name."),
        ("p told hart, read back", "Say which prescriber said it"),
        ("said lin, read back", "Write what was said"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_recorded(
    clinic: SmallClinic, open_floor: Open, typed: str, why: str
) -> None:
    stay = booked(clinic).prepared()
    stay.vitals(152, 96)
    floor = open_floor()
    floor.type(typed)
    assert why in floor.line
    assert ", read back, now" not in floor.line, "before it is typed"
    assert stay.stamps(K.PRESSURE_ACCEPTED, K.SAID) == []


def test_what_was_said_besides_is_kept_in_words(clinic: SmallClinic, open_floor: Open) -> None:
    stay = booked(clinic).prepared()
    floor = open_floor()
    floor.type("said lin read back 84 mg next time")
    (said,) = stay.stamps(K.SAID)
    assert (said.told_by, said.person, said.note) == (clinic.lin.id, clinic.lin.name, "84 mg next time")


def test_a_told_word_is_corrected_as_it_was_typed(clinic: SmallClinic, open_floor: Open) -> None:
    stay = booked(clinic).prepared()
    floor = open_floor()
    floor.type("10:05 said lin read back 84 mg next time")
    floor.press(Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier).press(Qt.Key.Key_Return)
    assert floor.place.panel.correcting.isVisible()
    typed = floor.place.panel.correcting.line.text
    assert floor.place.floor.stay is not None
    assert typed == f"10:05am said {clinic.lin.name}, read back 84 mg next time"
    assert (
        read_line(typed, floor.place.floor.context(floor.place.floor.stay)).stamps[0].told_by == clinic.lin.id
    )
    assert len(stay.stamps(K.SAID)) == 1


@pytest.mark.parametrize("typed", ["t lin, wait", "t HL, wait", "t dr lin, wait"])
def test_whoever_was_told_is_one_of_the_prescribers(
    clinic: SmallClinic, open_floor: Open, typed: str
) -> None:
    stay = booked(clinic).prepared()
    floor = open_floor()
    floor.type(typed)
    (told,) = stay.stamps(K.TOLD)
    assert (told.person, told.note) == (clinic.lin.name, "wait")


def test_a_name_that_is_no_prescriber_is_said_and_recorded(clinic: SmallClinic, open_floor: Open) -> None:
    stay = booked(clinic).prepared()
    floor = open_floor()
    floor.type("t", enter=False)
    assert f"Say who: {clinic.lin.name}" in floor.line
    floor.press(Qt.Key.Key_Escape).type("t Dr. Brown", enter=False)
    assert "Dr. Brown is no prescriber of this clinic. Those are: " in floor.line
    floor.press(Qt.Key.Key_Return)
    assert [one.person for one in stay.stamps(K.TOLD)] == ["Dr. Brown"]

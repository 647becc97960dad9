"""Times that cannot all be true, as the floor shows them: named before release, and when they are made."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.ui.floor.blockers import WORDS
from tests.small_clinic import SmallClinic, instant
from tests.treatment.stays import booked
from tests.ui.floor.conftest import CTRL, Keyboard

K = StampKind
Key = Qt.Key
Open = Callable[..., Keyboard]


def listed(floor: Keyboard) -> dict[str, str]:
    """What the list asks for, by its lines."""
    return {one.text: one.sentence for one in floor.place.panel.list.items if not one.done}


def test_the_list_before_release_names_both_times(clinic: SmallClinic, open_floor: Open) -> None:
    stay = booked(clinic, "IVM").infused().at(10, 58)
    old = stay.stamps(K.INFUSION_STOP)[0]
    floor = open_floor().at(10, 58)
    floor.place.hand.correct(old)
    box = floor.place.panel.correcting
    box.line.start(box.line.text.replace("10:55am", "9:45am"))
    floor.press(Key.Key_Return).type("read wrong")
    assert floor.refused == [
        "'infusion stopped' at 9:45 AM is before 'arrived' at 9:50 AM. Is that right?",
        "'infusion stopped' at 9:45 AM is before 'infusion started' at 10:15 AM. Is that right?",
    ]
    floor.press(Key.Key_Return, CTRL)
    said = listed(floor)
    words = "'infusion stopped' at 9:45 AM is before 'infusion started' at 10:15 AM: both cannot be true."
    assert said["Times that contradict"].startswith(words)
    (item,) = [one for one in floor.place.panel.list.items if one.text == "Times that contradict"]
    assert (item.detail, item.key, WORDS[item.line]) == ("9:45 AM before 10:15 AM", "Ctrl H", "times")


def test_a_correction_that_opens_earlier_says_who_answers(clinic: SmallClinic, open_floor: Open) -> None:
    stay = booked(clinic, "IVM").infused().at(10, 58)
    stay.corrected(K.INFUSION_STOP, instant(10, 40))
    floor = open_floor().at(11, 12)
    said = listed(floor)
    assert said["Time"].startswith("Not before 11:25 AM: 30 minutes after the infusion's end.")
    assert "My decisions" in said["Time"]
    assert floor.place.floor.cards[0].release[0] == "Earliest release, by the time recorded first"


def test_e_is_the_end_of_the_infusion_where_that_is_put_right(clinic: SmallClinic, open_floor: Open) -> None:
    stay = booked(clinic, "IVM").infused().at(10, 58)
    floor = open_floor().at(10, 58)
    floor.place.hand.correct(stay.stamps(K.INFUSION_STOP)[0])
    floor.place.panel.correcting.line.start("10:50 e")
    floor.press(Key.Key_Return).type("read wrong").press(Key.Key_Return)
    assert floor.refused == []
    assert stay.stamps(K.INFUSION_STOP)[-1].at == instant(10, 50)


def test_a_dose_after_the_end_is_told_and_stands_on_the_row(clinic: SmallClinic, open_floor: Open) -> None:
    stay = booked(clinic, "IVM").prepared().at(10, 12)
    stay.is_(K.NOT_TREATED, note="by slip")
    stay.at(10, 15).says(Stamp(kind=K.INFUSION_START, dose=35.0, unit="mg"), happened=True)
    floor = open_floor().at(10, 20)
    (card,) = floor.place.floor.cards
    assert card.trouble == "Dosed after the end: strike the end out if they are here"
    assert card.trouble in card.spoken

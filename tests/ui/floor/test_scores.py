"""Scores on the floor: missing before the dose, and one key away."""

from PySide6.QtCore import Qt

from clinic_desktop.people.scores import Score
from clinic_desktop.ui.scores.panel import ScorePanel
from tests.small_clinic import SmallClinic
from tests.treatment.stays import booked
from tests.treatment.test_course import treated
from tests.ui.floor.conftest import CTRL, SHIFT
from tests.ui.floor.test_floor import Open

Key = Qt.Key


def test_s17_a_missing_score_stands_in_the_list_with_its_key(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).prepared(scored=False)
    floor = open_floor()
    assert ("Scores", "Ctrl Shift Q") in floor.missing()
    (item,) = (one for one in floor.place.panel.list.items if one.text == "Scores")
    assert item.detail == "PHQ-9"
    assert "No score before this treatment: PHQ-9." in item.spoken
    assert ".." not in item.spoken


def test_a_score_is_typed_with_the_keys_alone_and_settles_it(clinic: SmallClinic, open_floor: Open) -> None:
    stay = booked(clinic).prepared(scored=False)
    floor = open_floor().press(Key.Key_Q, CTRL | SHIFT)
    panel = floor.place.scores
    assert isinstance(panel, ScorePanel)
    assert floor.focus is panel.line
    for digit in "123012300":
        floor.qtbot.keyClicks(floor.focus, digit)
    floor.press(Key.Key_Return)
    floor.wait(lambda: "Scores" not in [text for text, _ in floor.missing()])
    (kept,) = _scores(clinic)
    assert kept.visit_id == stay.visit_id
    assert floor.on_cards
    assert floor.place.panel.isVisible()
    (item,) = (one for one in floor.place.panel.list.items if one.text == "Scores")
    assert item.detail == "PHQ-9 12, moderate"


def test_enter_on_the_item_opens_it_and_escape_leaves_it(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).prepared(scored=False)
    floor = open_floor()
    shown = floor.place.panel.list
    item = next(one for one in shown.items if one.text == "Scores")
    shown.chosen.emit(item)
    floor.wait(lambda: floor.place.scores is not None)
    floor.press(Key.Key_Escape)
    assert floor.place.scores is None
    assert floor.on_cards
    assert floor.place.panel.isVisible()


def test_s8_a_review_stands_in_the_list_before_the_dose(clinic: SmallClinic, open_floor: Open) -> None:
    treated(clinic, 29, 25, 22, 18, 15, 11, 8, 4)
    booked(clinic).prepared()
    assert ("Review", "Alt+8") in open_floor().missing()


def test_s9_a_long_pause_stands_in_the_list_before_the_dose(clinic: SmallClinic, open_floor: Open) -> None:
    treated(clinic, 40)
    booked(clinic).prepared()
    assert ("Long pause", "Ctrl O") in open_floor().missing()


def _scores(clinic: SmallClinic) -> list[Score]:
    with clinic.store.read() as records:
        return records.find(Score)

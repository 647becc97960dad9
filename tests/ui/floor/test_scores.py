"""Scores on the floor: missing before the dose, one key away, and a review that a prescriber answers."""

from PySide6.QtCore import Qt

from clinic_desktop.people.scores import Score
from clinic_desktop.scheduling.reviews import Review
from clinic_desktop.ui.scores.panel import ScorePanel
from tests.small_clinic import MONDAY, SmallClinic
from tests.treatment.stays import booked
from tests.treatment.test_course import treated
from tests.ui.floor.conftest import CTRL, SHIFT, Keyboard
from tests.ui.floor.test_floor import Open

Key = Qt.Key


def rows(floor: Keyboard) -> list[tuple[str, str]]:
    return [(one.row.text, one.row.detail) for one in floor.place.waiting.reviews.lines()]


def test_s17_a_missing_score_stands_in_the_list_with_its_key(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).prepared(scored=False)
    floor = open_floor()
    assert ("Scores", "Ctrl Shift Q") in floor.missing()
    (item,) = (one for one in floor.place.panel.list.items if one.text == "Scores")
    assert item.detail == "PHQ-9"
    assert "No score before this treatment: PHQ-9." in item.spoken


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


def test_s8_a_review_waits_for_a_prescribers_words(clinic: SmallClinic, open_floor: Open) -> None:
    treated(clinic, 29, 25, 22, 18, 15, 11, 8, 4)
    floor = open_floor(clinic.prescriber)
    assert floor.place.view.to_see.text() == "To see to: 1 review due"
    floor.press(Key.Key_T, CTRL)
    assert rows(floor) == [("Okafor, Amara", "Spravato, after week 4")]
    floor.press(Key.Key_Return)
    waiting = floor.place.waiting
    assert waiting.about.text().split("\n") == [
        "The review after week 4 of Spravato is due since Sun, Nov 15.",
        "A visit with a prescriber settles it, or what is decided here.",
    ]
    floor.press(Key.Key_Return)
    assert floor.focus is waiting.answer
    wanted: list[int] = []
    waiting.patient_wanted.connect(wanted.append)
    waiting.show_scores.click()
    assert wanted == [clinic.amara.id]


def test_s8_what_was_decided_settles_the_review(clinic: SmallClinic, open_floor: Open) -> None:
    treated(clinic, 29, 25, 22, 18, 15, 11, 8, 4)
    floor = open_floor(clinic.prescriber).press(Key.Key_T, CTRL).press(Key.Key_Return)
    floor.type("Better. Weekly from now on.")
    floor.wait(lambda: not rows(floor))
    with clinic.store.read() as records:
        (word,) = records.find(Review)
    assert (word.words, word.by, word.on) == ("Better. Weekly from now on.", clinic.lin.id, MONDAY)


def test_s8_a_nurse_is_told_whose_it_is(clinic: SmallClinic, open_floor: Open) -> None:
    treated(clinic, 29, 25, 22, 18, 15, 11, 8, 4)
    floor = open_floor().press(Key.Key_T, CTRL).press(Key.Key_Return)
    waiting = floor.place.waiting
    assert waiting._not_yours.text() == "A prescriber reviews it, in a visit or here."
    assert floor.focus is waiting.show_scores
    assert not waiting.answer.isVisible()


def test_s8_a_review_stands_in_the_list_before_the_dose(clinic: SmallClinic, open_floor: Open) -> None:
    treated(clinic, 29, 25, 22, 18, 15, 11, 8, 4)
    booked(clinic).prepared()
    assert ("Review", "Ctrl T") in open_floor().missing()


def test_s9_a_long_pause_stands_in_the_list_before_the_dose(clinic: SmallClinic, open_floor: Open) -> None:
    treated(clinic, 40)
    booked(clinic).prepared()
    assert ("Long pause", "Ctrl O") in open_floor().missing()


def _scores(clinic: SmallClinic) -> list[Score]:
    with clinic.store.read() as records:
        return records.find(Score)


def test_what_is_answered_is_in_sight_below_a_long_list(clinic: SmallClinic, open_floor: Open) -> None:
    treated(clinic, 29, 25, 22, 18, 15, 11, 8, 4)
    floor = open_floor(clinic.prescriber)
    floor.shell.resize(683, 352)
    floor.press(Key.Key_T, CTRL).press(Key.Key_Return)
    answer = floor.place.waiting.answer
    floor.wait(lambda: answer.visibleRegion().boundingRect().height() == answer.height())

"""Scores on the floor: missing before the dose, and one key away."""

from dataclasses import replace

from PySide6.QtCore import Qt

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.people.scores import Score
from clinic_desktop.scheduling.messages import Message, answer_message
from clinic_desktop.scheduling.scoring import record_scores
from clinic_desktop.ui.scores.panel import ScorePanel
from clinic_desktop.ui.window import MESSAGES
from tests.small_clinic import SmallClinic
from tests.treatment.stays import Stay, booked
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


def test_ctrl_enter_keeps_a_score_once_and_says_nothing_else(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).prepared(scored=False)
    floor = open_floor().press(Key.Key_Q, CTRL | SHIFT)
    assert floor.place.scores is not None
    confirmed = []
    floor.place.scores.done.connect(confirmed.append)
    floor.qtbot.keyClicks(floor.focus, "123012300")
    floor.press(Key.Key_Return, CTRL)
    floor.wait(lambda: bool(_scores(clinic)))
    assert not any("Not taken yet" in one for one in floor.notices)
    assert len(_scores(clinic)) == len(confirmed) == 1


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


def harm(clinic: SmallClinic, stay: Stay) -> None:
    visit = stay.visit
    score = Score(patient_id=visit.patient_id, visit_id=visit.id, on=visit.day, instrument="phq9")
    record_scores(clinic.store, clinic.nurse, [replace(score, items=(1, 1, 1, 1, 1, 1, 1, 1, 2))])


def answered(clinic: SmallClinic) -> Changes:
    with clinic.store.read() as records:
        (message,) = records.find(Message)
    words = "Seen, with a safety plan"
    return answer_message(clinic.store, clinic.prescriber, message.id, message.version, words).changes


ITEM = ("PHQ-9, item 9", MESSAGES.keys[0])


def test_thoughts_of_self_harm_stand_before_the_dose(clinic: SmallClinic, open_floor: Open) -> None:
    harm(clinic, booked(clinic).prepared(scored=False))
    floor = open_floor().at(10, 5)
    assert ITEM in floor.missing()
    (card,) = floor.place.floor.cards
    assert "item 9" in card.blockers


def test_thoughts_of_self_harm_stand_before_the_release_until_they_are_answered(
    clinic: SmallClinic, open_floor: Open
) -> None:
    harm(clinic, booked(clinic).sprayed())
    floor = open_floor().at(11, 30)
    assert ITEM in floor.missing()
    (item,) = (one for one in floor.place.panel.list.items if one.text == ITEM[0])
    assert item.sentence == (
        "Okafor, Amara has thoughts of being better off dead or of self-harm: more than half the days "
        "(PHQ-9 of Mon, Nov 16, item 9). A prescriber sees Okafor, Amara, and answers the urgent message."
    )
    assert "item 9" in floor.place.floor.cards[0].blockers
    floor.desk.hub.tell(answered(clinic))
    floor.wait(lambda: ITEM not in floor.missing())
    assert "item 9" not in floor.place.floor.cards[0].blockers

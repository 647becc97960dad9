"""What the patient answered before the dose, in one line; and a dose that is given in spite of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from clinic_desktop.scheduling.asks import FOOD, LIQUID, MEDICINES, OXIMETER, PREGNANCY, SPRAY
from clinic_desktop.treatment.answers import Answer
from clinic_desktop.treatment.asking_rules import DECIDED_SO
from clinic_desktop.treatment.told import ToldWord
from clinic_desktop.ui.floor.said import as_typed, detail_of
from clinic_desktop.ui.floor.typed import Context, Typed, read_line
from tests.small_clinic import MONDAY, ZONE, SmallClinic, instant
from tests.treatment.cases import before_dosing, care, stamp, without
from tests.treatment.stays import K, booked
from tests.ui.floor.conftest import CTRL, Keyboard, stay_of

Open = Callable[..., Keyboard]
Key = Qt.Key
NOW, DAY = instant(10, 5), timedelta(days=1)
LINE = "asked food 7:30 liquid 9:15 spray none preg no meds none"
NONE_TAKEN = tuple(Answer(code, present=False) for code in MEDICINES)


def context(*last_time: Answer, code: str = "SP56") -> Context:
    here = care(code, without(before_dosing(), K.ANSWERED), NOW)
    return Context(here, NOW, K.ANSWERED, last_time=last_time)


def read(text: str, *last_time: Answer, code: str = "SP56") -> Typed:
    return read_line(text, context(*last_time, code=code))


def answers(text: str, *last_time: Answer) -> dict[str, Answer]:
    typed = read(text, *last_time)
    assert typed.well, typed.problem
    (said,) = typed.stamps
    return {one.item: one for one in said.answers}


def test_all_of_it_is_one_line_and_read_back() -> None:
    typed = read(LINE)
    (said,) = typed.stamps
    assert said.kind is K.ANSWERED
    assert said.answers == (
        Answer(FOOD, True, instant(7, 30)),
        Answer(LIQUID, True, instant(9, 15)),
        Answer(SPRAY, present=False),
        Answer(PREGNANCY, present=False),
        *NONE_TAKEN,
    )
    assert typed.said == (
        "Asked, food 7:30 AM, liquids 9:15 AM, no nasal spray, not pregnant, "
        "no sedatives, opioids, stimulants or MAOIs, now"
    )


@pytest.mark.parametrize(
    ("text", "item", "answer"),
    [
        ("asked food none", FOOD, Answer(FOOD, present=False)),
        ("asked ate 7:30 am", FOOD, Answer(FOOD, True, instant(7, 30))),
        ("asked food yesterday 9pm", FOOD, Answer(FOOD, True, instant(21) - DAY)),
        ("asked food 9pm", FOOD, Answer(FOOD, True, instant(21) - DAY)),
        ("ask water 9:15, preg no", LIQUID, Answer(LIQUID, True, instant(9, 15))),
        ("10:02 asked preg unknown", PREGNANCY, Answer(PREGNANCY)),
        ("asked preg yes", PREGNANCY, Answer(PREGNANCY, present=True)),
        ("asked stim", "stimulants", Answer("stimulants", present=True)),
        ("asked meds stim", "stimulants", Answer("stimulants", present=True)),
        ("asked meds stim opioids", "maoi", Answer("maoi", present=False)),
        ("asked sed none", "hypnotics", Answer("hypnotics", present=False)),
        ("asked oximeter no", OXIMETER, Answer(OXIMETER, present=False)),
        ("asked oximeter here", OXIMETER, Answer(OXIMETER, present=True)),
        ("asked food 7", FOOD, Answer(FOOD, True, instant(7))),
        ("asked no food, no benzos", "benzodiazepines", Answer("benzodiazepines", present=False)),
        ("asked no food, no benzos", FOOD, Answer(FOOD, present=False)),
        ("asked preg no meds none", PREGNANCY, Answer(PREGNANCY, present=False)),
        ("food 7:30", FOOD, Answer(FOOD, True, instant(7, 30))),
        ("no food", FOOD, Answer(FOOD, present=False)),
        ("10:02 preg unknown", PREGNANCY, Answer(PREGNANCY)),
    ],
)
def test_an_answer_as_it_is_typed(text: str, item: str, answer: Answer) -> None:
    assert answers(text)[item] == answer


@pytest.mark.parametrize(
    ("text", "hour"), [("asked food 5:00", 5), ("asked food 1:00", 13), ("asked food 5pm", 17 - 24)]
)
def test_of_morning_and_evening_a_meal_was_at_the_one_that_is_less_long_ago(text: str, hour: int) -> None:
    now = instant(13, 58)
    typed = read_line(text, Context(care("SP56", before_dosing(), now), now, K.ANSWERED))
    (answer,) = typed.stamps[0].answers
    assert answer.since == instant(0) + timedelta(hours=hour)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("asked", "Write what was answered: food, liquid, spray, preg"),
        ("asked food", "When? Write food 7:30, or food none."),
        ("asked food yes", "When?"),
        ("asked food 7:30 8:30", "When?"),
        ("asked preg", "Write preg no"),
        ("asked meds", "Which? Write meds none"),
        ("asked sedatives yes", "Which? Write sedatives none, or of these: benzo, hypnotic."),
        ("asked breakfast 7:30", "'breakfast' is not asked."),
        ("asked food none same", "Nothing was answered the last time."),
    ],
)
def test_what_an_answer_lacks_is_said(text: str, problem: str) -> None:
    typed = read(text)
    assert not typed.well
    assert problem in typed.problem


def test_as_last_time_is_never_said_of_a_meal() -> None:
    last = (Answer(FOOD, True, instant(7)), Answer(PREGNANCY, present=False), Answer("maoi", present=True))
    said = answers("asked liquid none same", *last)
    assert set(said) == {LIQUID, PREGNANCY, "maoi"}
    assert said["maoi"].present
    assert "MAOIs" in read("asked liquid none same", *last).said


def test_what_is_said_today_wins_over_the_last_time() -> None:
    last = (Answer(PREGNANCY, present=False),)
    assert answers("asked preg unknown same", *last)[PREGNANCY] == Answer(PREGNANCY)
    assert answers("asked same preg unknown", *last)[PREGNANCY] == Answer(PREGNANCY)


def test_it_stands_in_a_line_with_others() -> None:
    typed = read(f"{LINE}; 10:04 136/84 72 98")
    assert [one.kind for one in typed.stamps] == [K.VITALS, K.ANSWERED]


def test_an_answer_is_typed_again_as_it_was() -> None:
    (said,) = read(f"{LINE} oximeter here").stamps
    kept = stamp(K.ANSWERED, instant(10, 2), answers=said.answers)
    again = as_typed(kept, ZONE, MONDAY)
    assert again.startswith("10:02am asked food 7:30am liquid 9:15am spray none preg none")
    (reread,) = read(again).stamps
    assert reread.answers == kept.answers
    assert "pulse oximeter" in detail_of(kept, ZONE, MONDAY)


# At the keyboard.


def here(clinic: SmallClinic, open_floor: Open) -> Keyboard:
    """In the room, consent and pressure taken: nothing is asked yet."""
    stay = booked(clinic).at(9, 50)
    stay.scored().is_(K.ARRIVED)
    stay.at(10).is_(K.IN_ROOM)
    stay.is_(K.CONSENT)
    stay.vitals()
    return open_floor().at(10, 5)


def test_the_check_list_is_made_from_the_type(clinic: SmallClinic, open_floor: Open) -> None:
    floor = here(clinic, open_floor)
    open_lines = ["Food and drink", "Nasal spray", "Pregnancy", "Medicines today"]
    assert floor.missing() == [(text, "asked") for text in open_lines]  # what is typed to settle it
    assert "Oximeter here" in floor.done()  # an oxygen was measured
    floor.type(LINE)
    assert floor.missing() == []


def test_f5_asks_before_the_dose(clinic: SmallClinic, open_floor: Open) -> None:
    floor = here(clinic, open_floor)
    assert "asked food 7:30" in floor.line
    floor.press(Key.Key_F5)
    assert floor.place.panel.line.text == "asked "
    floor.type(LINE.removeprefix("asked ")).press(Key.Key_F5)
    assert floor.place.panel.line.text == "dose "


def test_s2_a_dose_after_a_meal_is_given_with_a_reason(clinic: SmallClinic, open_floor: Open) -> None:
    floor = here(clinic, open_floor).type(LINE.replace("7:30", "9:30"))
    (detail,) = [one.detail for one in floor.place.panel.list.items if one.text == "Food and drink"]
    assert detail == "food 9:30 AM, liquids 9:15 AM"
    floor.at(10, 10).type("d 12K345")
    assert floor.refused == [
        "Food at 9:30 AM, less than 2 h before the dose. Wait until 11:30 AM, or say why it is given."
    ]
    assert floor.place.panel.refusal.insist.text() == "Give it all the same, with a reason"
    floor.press(Key.Key_Return, CTRL).dialog(Key.Key_1, Key.Key_Return)
    assert stay_of(floor).stamps(K.DOSE) == [], "which prescriber is asked first, and nobody stands chosen"
    floor.dialog(Key.Key_Return, Key.Key_1, Key.Key_Return)
    (dose,) = stay_of(floor).stamps(K.DOSE)
    assert (dose.reason, dose.warned) == (DECIDED_SO, ("dose-food",))
    assert stay_of(floor).incidents() == []
    with clinic.store.read() as records:
        (told,) = records.find(ToldWord)
    assert (told.told_by, told.due_on, told.answered_at) == (clinic.lin.id, MONDAY, None)
    (said,) = stay_of(floor).stamps(K.SAID)
    assert said.note.startswith("The dose is given all the same. Food at 9:30 AM, less than 2 h before")
    (row,) = [line.row for line in floor.place.panel.log.lines() if line.row.badge == "with a reason"]
    assert "A prescriber was asked" in row.detail


def test_a_dose_where_nothing_was_asked_is_asked_about_once(clinic: SmallClinic, open_floor: Open) -> None:
    floor = here(clinic, open_floor).at(10, 10).type("d 12K345")
    (sentence,) = floor.refused
    assert sentence.startswith("Not asked today: food, liquids, nasal spray, pregnancy")
    assert stay_of(floor).stamps(K.DOSE) == []


def test_a_paper_sheet_is_no_dose_that_is_given_in_spite_of_an_answer(
    clinic: SmallClinic, open_floor: Open
) -> None:
    """It was asked for a reason, as the dose before it, and then not recorded."""
    floor = here(clinic, open_floor).at(10, 10)
    stay = stay_of(floor)
    floor.type("d 12K345").press(Key.Key_Return, CTRL).dialog(Key.Key_2, Key.Key_Return)
    floor.at(10, 15).type("d")
    assert len(stay.stamps(K.DOSE)) == 2
    floor.at(12, 16).type("handed Amara and Bea")
    assert floor.line == "No sheet is made yet. Ctrl P prints it; Ctrl Enter: a paper one was handed."
    floor.press(Key.Key_Return, CTRL)
    assert QApplication.activeModalWidget() is None
    assert [one.person for one in stay.stamps(K.SHEET_HANDED)] == ["Amara and Bea"]

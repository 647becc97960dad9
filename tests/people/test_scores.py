"""How what is typed becomes a score: bounds, digits in a row, a total alone, and what stands."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.people.instruments import GAD7, INSTRUMENTS, PAIN, PHQ9, Instrument
from clinic_desktop.people.scores import Score, TypedScore, score_problems, standing_scores, typed_score

TODAY = date(2026, 11, 16)
PHQ = Score(patient_id=1, instrument="phq9", items=(1, 2, 3, 0, 1, 2, 3, 0, 0), on=TODAY)


def codes(score: Score) -> dict[str, str]:
    return {field: found.code for field, found in score_problems(score, TODAY).items()}


def test_nine_digits_in_a_row_are_the_nine_answers() -> None:
    read = typed_score(PHQ9, "123012300")
    assert read.problem is None
    assert (read.items, read.so_far) == ((1, 2, 3, 0, 1, 2, 3, 0, 0), 12)
    assert replace(PHQ, total=12).said == "PHQ-9 12, moderate"


@pytest.mark.parametrize("typed", ["123 012 300", "1,2,3,0,1,2,3,0,0", " 123012300 "])
def test_blanks_and_commas_between_answers_count_for_nothing(typed: str) -> None:
    assert typed_score(PHQ9, typed).items == (1, 2, 3, 0, 1, 2, 3, 0, 0)


def test_one_or_two_digits_are_a_total_and_maybe_the_first_answers() -> None:
    assert typed_score(PHQ9, "12") == TypedScore((1, 2), 12)
    assert typed_score(PHQ9, "14") == TypedScore((), 14)
    assert typed_score(PAIN, "10") == TypedScore((), 10)


@pytest.mark.parametrize(
    ("instrument", "typed", "code"),
    [
        (PHQ9, "", "score-empty"),
        (PHQ9, "moderate", "score-empty"),
        (PHQ9, "-3", "score-empty"),
        (PHQ9, "١٢", "score-empty"),
        (PHQ9, "28", "score-total"),
        (PHQ9, "1230", "score-answers"),
        (PHQ9, "1230123001", "score-answers"),
        (PHQ9, "123012304", "score-answer"),
        (GAD7, "22", "score-total"),
        (GAD7, "123012300", "score-answers"),
        (PAIN, "11", "score-total"),
    ],
)
def test_slips_are_said(instrument: Instrument, typed: str, code: str) -> None:
    problem = typed_score(instrument, typed).problem
    assert problem is not None
    assert problem.code == code


@given(st.sampled_from(INSTRUMENTS), st.data())
def test_whatever_is_answered_the_total_is_the_sum_and_lies_within_the_scale(
    one: Instrument, data: st.DataObject
) -> None:
    items = tuple(
        data.draw(st.lists(st.integers(0, one.most), min_size=len(one.items), max_size=len(one.items)))
    )
    score = Score(patient_id=1, instrument=one.code, items=items, on=TODAY)
    assert score_problems(score, TODAY) == {}
    assert 0 <= score.sum == sum(items) <= one.most_total
    assert one.band(score.sum)


@given(st.sampled_from(INSTRUMENTS), st.integers(-50, 200))
def test_a_total_is_taken_exactly_within_the_scale(one: Instrument, total: int) -> None:
    score = Score(patient_id=1, instrument=one.code, total=total, on=TODAY)
    assert (score_problems(score, TODAY) == {}) == (0 <= total <= one.most_total)


@given(st.sampled_from(INSTRUMENTS), st.text(max_size=15))
def test_no_text_is_read_as_what_could_not_be_kept(one: Instrument, typed: str) -> None:
    read = typed_score(one, typed)
    if read.problem is None:
        items = () if read.total is not None else read.items
        score = Score(patient_id=1, instrument=one.code, items=items, total=read.total, on=TODAY)
        assert score_problems(score, TODAY) == {}


@given(st.lists(st.integers(-1, 5), max_size=12))
def test_answers_outside_the_scale_or_too_few_are_refused(items: list[int]) -> None:
    fits = len(items) == 9 and all(0 <= one <= 3 for one in items)
    assert (score_problems(replace(PHQ, items=tuple(items)), TODAY) == {}) == fits


def test_a_day_to_come_and_a_correction_without_a_reason_are_refused() -> None:
    assert codes(replace(PHQ, on=TODAY + timedelta(days=1))) == {"on": "score-later"}
    assert codes(replace(PHQ, corrects=3, reason=" ")) == {"reason": "score-why"}
    assert codes(replace(PHQ, instrument="beck")) == {"instrument": "score-instrument"}


def test_item_nine_is_known_from_answers_and_never_from_a_total() -> None:
    assert PHQ.told == 0
    assert replace(PHQ, items=(), total=12).told is None
    assert Score(instrument="gad7", items=(0,) * 7).told is None


def test_a_correction_stands_for_what_it_corrects_and_a_struck_entry_for_nothing() -> None:
    first, other = replace(PHQ, id=1), replace(PHQ, id=2, on=TODAY - timedelta(days=7))
    corrected = replace(PHQ, id=3, corrects=1, reason="typed wrong")
    assert standing_scores([first, other]) == [other, first]
    assert standing_scores([first, other, corrected]) == [other, corrected]
    struck = replace(PHQ, id=4, corrects=3, struck=True, reason="somebody else's")
    assert standing_scores([first, other, corrected, struck]) == [other]

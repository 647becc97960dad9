"""The grade meter, against texts and words counted by hand."""

from pathlib import Path

import pytest

from clinic_desktop.aftercare.grade import (
    HIGHEST_GRADE,
    Counts,
    grades,
    measure,
    measure_prose,
    measure_template,
    syllables,
)
from clinic_desktop.aftercare.parse import shipped_template, shipped_texts
from clinic_desktop.aftercare.values import SheetKind

COUNTED = [
    (int(line.split()[0]), word)
    for line in Path(__file__).with_name("syllables.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()[1:]
]
HARD = (
    "Administration of intravenous medication necessitates comprehensive physiological observation. "
    "Patients experiencing hallucinations should immediately communicate with the responsible physician."
)


@pytest.mark.parametrize(("count", "word"), COUNTED, ids=[word for _, word in COUNTED])
def test_syllables(count, word):
    assert syllables(word) == count


def test_enough_words_were_counted_by_hand():
    assert len(COUNTED) > 300


def test_a_text_counted_by_hand():
    """6 words, 1 sentence, 6 syllables: 0.39 x 6 + 11.8 x 1 - 15.59."""
    counts = measure(["The cat sat on the mat."])
    assert counts == Counts(1, 6, 6, 17)
    assert counts.grade == pytest.approx(-1.45)
    assert counts.automated == pytest.approx(4.71 * 17 / 6 + 0.5 * 6 - 21.43)


def test_a_longer_text_counted_by_hand():
    """30 words in 1 sentence, 48 syllables, read aloud and counted."""
    opening = (
        "Four score and seven years ago our fathers brought forth on this continent a new nation, "
        "conceived in liberty, and dedicated to the proposition that all men are created equal."
    )
    counts = measure([opening])
    assert counts == Counts(1, 30, 48, 143)
    assert counts.grade == pytest.approx(14.99)


def test_a_hard_text_is_seen_as_hard():
    assert measure([HARD]).grade > 18
    assert measure([HARD]).automated > 18


def test_decimals_and_times_do_not_end_a_sentence():
    assert measure(["Take 1.5 pills at 10:15 AM with food."]).sentences == 1


def test_numbers_are_no_words():
    assert measure(["Call 911."]).words == 1


def test_no_text_has_no_grade():
    assert measure([]).grade == measure([]).automated == 0.0
    assert measure(["", "911"]).grade == 0.0


MEASURED = {"en": {"Flesch-Kincaid", "ARI"}, "es": {"Crawford", "Fernández Huerta"}}
TEXTS = [path for path in shipped_texts() if path.parent.name in MEASURED]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_s19_shipped_texts_ask_for_grade_six_or_less(path):
    """By two formulas; as a whole, and by their sentences alone: short list items flatter a text."""
    template = shipped_template(path.stem, path.parent.name)
    found = grades(template)
    assert set(found) == MEASURED[path.parent.name]
    assert max(found.values()) <= HIGHEST_GRADE
    assert measure_prose(template).words > (15 if path.stem == SheetKind.COURSE_CARD else 40)


def test_a_language_without_a_formula_has_no_grade():
    assert grades(shipped_template("iv", "vi")) == {}


def test_the_meter_notices_a_sentence_that_is_too_hard():
    template = shipped_template("receipt")
    easy = measure_template(template)
    harder = measure([HARD] * 10)
    assert easy.grade < HIGHEST_GRADE < harder.grade

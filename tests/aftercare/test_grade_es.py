"""The Spanish grade meter, against words and a text counted by hand."""

import pytest

from clinic_desktop.aftercare.grade import HIGHEST_GRADE, Counts, measure
from clinic_desktop.aftercare.grade_es import crawford, ease, syllables, year_of

HARD = (
    "La administración intravenosa de medicamentos requiere una observación fisiológica exhaustiva por parte "
    "del personal sanitario. Los pacientes que experimenten alucinaciones deberán comunicarse inmediatamente "
    "con el facultativo responsable."
)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        (whole.replace("-", ""), whole.count("-") + 1)
        for whole in (
            "sol", "y", "muy", "hoy", "rey", "bien", "pie", "rui-do", "que", "quien", "gue-rra", "guí-a",
            "ca-sa", "no-che", "sue-ño", "ma-re-o", "náu-se-as", "dí-a", "ha-bí-a", "lle-ve", "que-so",
            "pin-güi-no", "a-gua", "ciu-dad", "cui-da-do", "le-er", "a-ho-ra", "o-ír", "ra-íz", "ba-úl",
            "en-fer-me-ra", "me-di-ci-na", "ke-ta-mi-na", "in-yec-ción", "al-co-hol", "ma-ri-hua-na",
            "es-ca-le-ra", "bi-ci-cle-ta", "de-rre-tir", "des-pués", "ma-ne-je", "te-ra-peu-ta",
            "pró-xi-mos", "dí-as", "hé-ro-e", "via-je", "es-tu-diáis", "re-ír",
        )
    ],
)  # fmt: skip
def test_syllables(word: str, parts: int) -> None:
    assert syllables(word) == parts


def test_a_text_counted_by_hand() -> None:
    """Nine words, two sentences, 16 syllables: no ma-ne-je hoy, duer-ma to-da la no-che lue-go lla-me."""
    counts = measure(["No maneje hoy. Duerma toda la noche, luego llame."], "es")
    assert counts == Counts(2, 9, 16, 38)
    assert counts.crawford == pytest.approx(-0.205 * 200 / 9 + 0.049 * 1600 / 9 - 3.407)
    assert ease(2, 9, 16) == pytest.approx(206.84 - 60 * 16 / 9 - 1.02 * 4.5)


def test_a_hard_text_is_seen_as_hard() -> None:
    counts = measure([HARD], "es")
    assert counts.crawford > HIGHEST_GRADE
    assert counts.huerta == 13.0


def test_the_table_of_school_years() -> None:
    assert [year_of(points) for points in (95.0, 80.0, 79.9, 70.0, 65.0, 50.0, 10.0)] == [
        4,
        5,
        6,
        6,
        8,
        12,
        13,
    ]


def test_no_text_has_no_grade() -> None:
    assert crawford(0, 0, 0) == 0.0
    assert ease(0, 0, 0) == 100.0

"""Questionnaires: how they are scored, by the examples that were published with them."""

import pytest

from clinic_desktop.people import score_rules as rules
from clinic_desktop.people.instruments import BY_CODE, GAD7, INSTRUMENTS, PAIN, PHQ9, Instrument, named


@pytest.mark.parametrize(
    ("total", "words"),
    # Kroenke 2001: 5, 10, 15 and 20 are where mild, moderate, moderately severe and severe begin.
    [
        (0, "minimal"),
        (4, "minimal"),
        (5, "mild"),
        (9, "mild"),
        (10, "moderate"),
        (14, "moderate"),
        (15, "moderately severe"),
        (19, "moderately severe"),
        (20, "severe"),
        (27, "severe"),
    ],
)
def test_the_bands_of_the_phq_9(total: int, words: str) -> None:
    assert PHQ9.band(total) == words


@pytest.mark.parametrize(
    ("total", "words"),
    # Spitzer 2006: 5, 10 and 15.
    [(0, "minimal"), (4, "minimal"), (5, "mild"), (9, "mild"), (10, "moderate"), (14, "moderate"),
     (15, "severe"), (21, "severe")],
)  # fmt: skip
def test_the_bands_of_the_gad_7(total: int, words: str) -> None:
    assert GAD7.band(total) == words


@pytest.mark.parametrize(
    ("total", "words"),
    [(0, "none"), (1, "mild"), (3, "mild"), (4, "moderate"), (6, "moderate"), (7, "severe"), (10, "severe")],
)
def test_the_bands_of_pain(total: int, words: str) -> None:
    assert PAIN.band(total) == words


@pytest.mark.parametrize(("one", "items", "most"), [(PHQ9, 9, 27), (GAD7, 7, 21), (PAIN, 1, 10)])
def test_how_many_items_and_the_highest_total(one: Instrument, items: int, most: int) -> None:
    assert (len(one.items), one.most_total) == (items, most)


@pytest.mark.parametrize("one", INSTRUMENTS)
def test_every_instrument_names_its_source_and_its_bands_go_up(one: Instrument) -> None:
    leasts = [band.least for band in one.bands]
    assert one.source
    assert leasts == sorted(set(leasts))
    assert leasts[0] == 0
    assert leasts[-1] <= one.most_total
    assert len(one.answers) in (0, one.most + 1)
    assert BY_CODE[one.code] is one


def test_the_ninth_item_of_the_phq_9_is_the_one_that_is_told() -> None:
    assert PHQ9.told == 9
    assert "better off dead" in PHQ9.items[8]
    assert "better off dead" in rules.ITEM_NINE.sentence
    assert all(one.told is None for one in (GAD7, PAIN))


def test_they_are_named_in_the_order_of_the_list() -> None:
    assert named(frozenset({"pain", "phq9"})) == ("PHQ-9", "Pain 0-10")

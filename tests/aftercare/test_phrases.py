"""The fixed words around a text, in every language."""

import string
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.aftercare.parse import parse_template, shipped_source
from clinic_desktop.aftercare.phrase_set import Phrases
from clinic_desktop.aftercare.phrases import PHRASES, phrases
from clinic_desktop.aftercare.sample_facts import longest_page
from clinic_desktop.foundation.date_words import DATE_WORDS
from clinic_desktop.foundation.document import PageSize, Run

SAME = {"language_name", "marks", "plural", "rtl", "hours", "alone", "moment", "course"}
TEXTS = [one.name for one in fields(Phrases) if one.name not in SAME]


def asked(pattern: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(pattern) if name}


def test_every_language_with_words_for_days_has_fixed_words():
    assert list(PHRASES) == list(DATE_WORDS) == ["en", "es", "vi", "ru", "zh-Hans", "ko", "ar", "ht"]


@pytest.mark.parametrize("language", [one for one in PHRASES if one != "en"])
def test_every_phrase_is_there_and_asks_for_the_same_facts(language):
    english, theirs = phrases("en"), phrases(language)
    for name in TEXTS:
        assert getattr(theirs, name).strip(), name
        assert asked(getattr(theirs, name)) == asked(getattr(english, name)), name
    assert asked(theirs.moment) == {"day", "time"}
    assert set(theirs.alone) == set(english.alone)


@pytest.mark.parametrize("language", [one for one in PHRASES if one != "en"])
def test_no_phrase_was_left_in_english(language):
    english, theirs = phrases("en"), phrases(language)
    assert [name for name in TEXTS if getattr(theirs, name) == getattr(english, name)] == []


@pytest.mark.parametrize("language", [one for one in PHRASES if one != "en"])
def test_so_is_every_word_of_a_course_card(language):
    english, theirs = phrases("en").course, phrases(language).course
    for name in ("of", "card", "cut"):
        assert asked(getattr(theirs, name)) == asked(getattr(english, name)), name
        assert getattr(theirs, name) != getattr(english, name), name
    assert set(theirs.waits) == set(english.waits)
    assert not set(theirs.waits.values()) & {"", *english.waits.values()}
    assert len(set(theirs.waits.values())) == len(theirs.waits)
    assert set(theirs.days) == set(phrases(language).hours)


@given(st.integers(1, 400))
def test_hours_have_the_plural_of_cldr(number):
    for language, words in PHRASES.items():
        if len(words.hours) > 1:  # the nouns of the others do not change
            assert words.plural(number) == Locale.parse(language).plural_form(number)


def test_a_fact_that_ends_with_a_stop_ends_the_sentence():
    words = phrases("es")
    said = words.sentence(words.printed_by_nobody, on="18 de noviembre de 2026", time="2:30 p. m.")
    assert said == "Impreso el 18 de noviembre de 2026, 2:30 p. m."


def test_so_it_is_in_a_text():
    text = shipped_source("iv", "en").replace("language: en", "language: es")
    page = longest_page(parse_template(text, "es/iv.md"), PageSize.LETTER, large_print=False)
    shown = "".join(one.text for one in runs(page))
    assert "p. m." in shown.replace("\u00a0", " ")
    assert ".." not in shown


def runs(thing: object) -> Iterator[Run]:
    """All the runs in a document."""
    if isinstance(thing, Run):
        yield thing
    elif isinstance(thing, tuple):
        for one in thing:
            yield from runs(one)
    elif is_dataclass(thing):
        for one in fields(thing):
            yield from runs(getattr(thing, one.name))


@pytest.mark.parametrize(
    ("language", "one", "two", "day"),
    [
        ("en", "1 hour", "2 hours", "24 hours"),
        ("es", "1 hora", "2 horas", "24 horas"),
        ("ru", "1 час", "2 часа", "24 часа"),
        ("ar", "ساعة واحدة", "ساعتين", "24 ساعة"),
        ("ko", "1시간", "2시간", "24시간"),
    ],
)
def test_hours(language, one, two, day):
    words = phrases(language)
    assert [words.number_of_hours(n) for n in (1, 2, 24)] == [one, two, day]

"""The fixed words around a text, in every language."""

import string
from dataclasses import fields

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.aftercare.phrase_set import Phrases
from clinic_desktop.aftercare.phrases import PHRASES, phrases
from clinic_desktop.foundation.date_words import DATE_WORDS

SAME = {"language_name", "marks", "plural", "rtl", "hours", "alone", "moment"}
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


@given(st.integers(1, 400))
def test_hours_have_the_plural_of_cldr(number):
    for language, words in PHRASES.items():
        if len(words.hours) > 1:  # the nouns of the others do not change
            assert words.plural(number) == Locale.parse(language).plural_form(number)


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

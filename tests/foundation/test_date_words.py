"""Days and times in every language, held against those of Unicode's CLDR as babel tells them."""

from datetime import date, time, timedelta

import pytest
from babel.dates import format_date, format_skeleton, format_time, get_day_names, get_month_names
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.foundation.date_words import DATE_WORDS
from clinic_desktop.foundation.words import clock_time, long_date, month_of, near_date, plain_date, short_date

DAY = date(2026, 11, 18)
LOCALES = {"en": "en_US", "es": "es_US", "zh-Hans": "zh_Hans", "vi": "vi", "ru": "ru", "ko": "ko", "ar": "ar"}
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def plain(text: str) -> str:
    """CLDR writes narrow and no-break spaces."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "long", "near", "birth", "short", "month", "afternoon"),
    [
        ("es", "miércoles, 18 de noviembre de 2026", "miércoles, 18 de noviembre", "18 de noviembre de 2026",
         "mié, 18 nov", "noviembre de 2026", "2:30 p. m."),
        ("vi", "Thứ Tư, ngày 18 tháng 11 năm 2026", "Thứ Tư, ngày 18 tháng 11", "ngày 18 tháng 11 năm 2026",
         "Th 4, 18 thg 11", "tháng 11 năm 2026", "2:30 CH"),
        ("ru", "среда, 18 ноября 2026 г.", "среда, 18 ноября", "18 ноября 2026 г.",
         "ср, 18 нояб.", "ноябрь 2026 г.", "14:30"),
        ("zh-Hans", "2026年11月18日星期三", "11月18日星期三", "2026年11月18日",
         "11月18日周三", "2026年11月", "下午2:30"),
        ("ko", "2026년 11월 18일 수요일", "11월 18일 수요일", "2026년 11월 18일",
         "11월 18일 (수)", "2026년 11월", "오후 2:30"),
        ("ar", "الأربعاء، 18 نوفمبر 2026", "الأربعاء، 18 نوفمبر", "18 نوفمبر 2026",
         "الأربعاء، 18 نوفمبر", "نوفمبر 2026", "2:30 مساءً"),
        ("ht", "mèkredi 18 novanm 2026", "mèkredi 18 novanm", "18 novanm 2026",
         "mèk 18 nov", "novanm 2026", "2:30 PM"),
    ],
)  # fmt: skip
def test_a_day_and_a_time(language, long, near, birth, short, month, afternoon):
    assert long_date(DAY, language) == long
    assert near_date(DAY, language) == near
    assert plain_date(DAY, language) == birth
    assert short_date(DAY, language) == short
    assert month_of(DAY, language) == month
    assert clock_time(14 * 60 + 30, language) == afternoon


@pytest.mark.parametrize("language", LOCALES)
def test_weekdays_and_months_are_those_of_cldr(language):
    words, locale = DATE_WORDS[language], LOCALES[language]
    days, months = get_day_names("wide", locale=locale), get_month_names("wide", locale=locale)
    assert words.weekdays == tuple(days[n] for n in range(7))
    if language != "zh-Hans":  # CLDR's wide months are 十一月; a date has 11月 all the same
        assert words.months == tuple(months[n] for n in range(1, 13))
    if words.months_alone:
        alone = get_month_names("wide", "stand-alone", locale)
        assert words.months_alone == tuple(alone[n] for n in range(1, 13))


@given(DAYS)
def test_a_long_date_is_that_of_cldr(day):
    for language in ("en", "es", "ru", "zh-Hans", "ko", "ar"):
        # CLDR marks Arabic dates with the right-to-left mark; the page's direction does that on paper.
        told = plain(format_date(day, "full", locale=LOCALES[language])).replace("\u200f", "")
        assert long_date(day, language) == told


@given(st.integers(0, 1439))
def test_a_time_is_that_of_cldr(minute):
    at = time(*divmod(minute, 60))
    for language in ("en", "es", "vi", "ko"):  # es: the halves have their space, as the Academy writes them
        assert clock_time(minute, language) == plain(format_skeleton("hm", at, locale=language))
    assert clock_time(minute, "ru") == format_time(at, "HH:mm", locale="ru")
    if minute:  # for which CLDR has a word of its own, 午夜
        assert clock_time(minute, "zh-Hans") == format_time(at, "Bh:mm", locale="zh_Hans")


@pytest.mark.parametrize("language", DATE_WORDS)
def test_no_two_times_of_a_day_and_no_two_days_of_a_year_read_alike(language):
    times = {clock_time(minute, language) for minute in range(1440)}
    days = [date(2026, 1, 1) + timedelta(n) for n in range(365)]
    assert len(times) == 1440
    for written in (long_date, near_date, plain_date, short_date):
        assert len({written(day, language) for day in days}) == 365


@pytest.mark.parametrize("language", DATE_WORDS)
def test_a_tie_changes_nothing_but_spaces(language):
    assert long_date(DAY, language, tie="\u00a0").replace("\u00a0", " ") == long_date(DAY, language)
    assert near_date(DAY, language, tie="\u00a0").replace("\u00a0", " ") == near_date(DAY, language)
    assert "~" not in long_date(DAY, language) + near_date(DAY, language) + plain_date(DAY, language)

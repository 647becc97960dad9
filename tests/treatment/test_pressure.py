"""What a pressure means: 140/90 exactly warns nobody, and falling means neither number went up."""

import pytest

from clinic_desktop.scheduling.model import PressureLimits
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.pressure import (
    Level,
    falling,
    fell_twice,
    is_high,
    level_of,
    words_of,
)
from tests.small_clinic import instant

LIMITS = PressureLimits()  # tell at 160/100, emergency at 180/110


def reading(high: int, low: int, minute: int = 0, second: int = 0) -> Stamp:
    return Stamp(kind=StampKind.VITALS, at=instant(11, minute, second), systolic=high, diastolic=low)


@pytest.mark.parametrize(
    ("high", "low", "wanted"),
    [(140, 90, False), (141, 90, True), (140, 91, True), (120, 80, False), (180, 60, True), (100, 95, True)],
)
def test_s1_high_is_above_140_or_above_90(high: int, low: int, wanted: bool) -> None:
    assert is_high(reading(high, low)) is wanted


@pytest.mark.parametrize(
    ("high", "low", "level"),
    [
        (140, 90, Level.USUAL),
        (141, 90, Level.HIGH),
        (159, 99, Level.HIGH),
        (160, 80, Level.TELL),
        (120, 100, Level.TELL),
        (179, 109, Level.TELL),
        (180, 80, Level.EMERGENCY),
        (150, 110, Level.EMERGENCY),
    ],
)
def test_a_limit_is_reached_by_either_number(high: int, low: int, level: Level) -> None:
    assert level_of(reading(high, low), LIMITS) is level


@pytest.mark.parametrize(
    ("readings", "once", "twice"),
    [
        ([(150, 92)], False, False),
        ([(150, 92), (148, 92)], True, False),
        ([(150, 92), (150, 92)], False, False),
        ([(150, 92), (145, 93)], False, False),
        ([(160, 98), (155, 96), (150, 92)], True, True),
        ([(150, 92), (155, 96), (150, 92)], True, False),
        ([(160, 98), (150, 92), (155, 92)], False, False),
    ],
)
def test_falling_is_seen_from_the_last_readings(
    readings: list[tuple[int, int]], once: bool, twice: bool
) -> None:
    taken = [reading(*one, minute) for minute, one in enumerate(readings)]
    assert (falling(taken), fell_twice(taken)) == (once, twice)


def test_a_reading_is_written_as_people_say_it() -> None:
    assert words_of(reading(138, 84)) == "138/84"


def test_two_readings_within_one_minute_are_no_fall() -> None:
    first, again = reading(160, 98), reading(150, 92, second=40)
    assert not falling([first, again])
    later = reading(148, 90, 10)
    assert falling([first, again, later])
    assert not fell_twice([first, again, later])


def test_of_two_readings_within_one_minute_the_higher_counts() -> None:
    before, high, low = reading(150, 92), reading(158, 92, 10), reading(140, 88, 10, 40)
    assert not falling([before, high, low])

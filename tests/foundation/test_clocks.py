"""The server's clock, and a clock that was set."""

from datetime import UTC, date, datetime, timedelta

import pytest

from clinic_desktop.foundation.clock import ClockWatch, FixedClock, ServerClock, WallTime

NOON = datetime(2026, 11, 16, 18, tzinfo=UTC)


class Counter:
    """Seconds that go on as the test says."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def test_the_servers_clock_goes_on_between_two_answers_whatever_this_computers_does() -> None:
    own, counter = FixedClock(NOON + timedelta(minutes=10)), Counter()
    clock = ServerClock(own, counter)
    assert clock.now() == own.at  # nothing better is known yet
    clock.hear(NOON)
    counter.seconds += 90
    own.at = NOON - timedelta(days=1)
    assert clock.now() == NOON + timedelta(seconds=90)


def test_how_far_this_computer_is_ahead_of_the_server() -> None:
    own, counter = FixedClock(NOON + timedelta(minutes=10)), Counter()
    clock = ServerClock(own, counter)
    clock.hear(NOON)
    assert clock.ahead() == timedelta(minutes=10)
    own.at = NOON - timedelta(minutes=3)
    assert clock.ahead() == timedelta(minutes=-3)


def test_a_clock_that_is_set_is_noticed_and_one_that_goes_on_is_not() -> None:
    own, counter = FixedClock(NOON), Counter()
    watch = ClockWatch(own, counter)
    own.forward(90)
    counter.seconds += 90 * 60
    assert watch.jumped() == timedelta(0)
    own.forward(-15)
    assert watch.jumped() == timedelta(minutes=-15)
    watch.trust()
    assert watch.jumped() == timedelta(0)


@pytest.mark.parametrize(("minute", "fold"), [(-1, 0), (1440, 0), (90, 2), (90, -1)])
def test_a_clock_shows_no_other_reading(minute: int, fold: int) -> None:
    with pytest.raises(ValueError, match=r"reading|out of range"):
        WallTime(date(2026, 11, 1), minute, fold)

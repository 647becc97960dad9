"""A clock that cannot be trusted is said in red."""

from datetime import UTC, datetime, timedelta

import pytest

from clinic_desktop.foundation.clock import FixedClock, ServerClock
from clinic_desktop.ui.banner import Banner
from clinic_desktop.ui.clock_banner import ClockBanner
from clinic_desktop.ui.paint import Tone

NOON = datetime(2026, 11, 16, 18, tzinfo=UTC)


class Steady:
    """A counter that stands still."""

    def __call__(self) -> float:
        return 0.0


class Shown:
    """What stands under the top bar."""

    def __init__(self) -> None:
        self.banner: Banner | None = None

    def show_banner(self, banner: Banner) -> None:
        self.banner = banner

    def clear_banner(self, _banner_id: str) -> None:
        self.banner = None


@pytest.fixture
def shown() -> Shown:
    return Shown()


def test_a_clock_that_is_set_back_is_said_until_somebody_compared_it(shown: Shown, qapp) -> None:
    clock = FixedClock(NOON)
    watch = ClockBanner(shown, clock, NOON - timedelta(hours=1), qapp)
    watch.look()
    assert shown.banner is None
    clock.forward(-15)
    watch.look()
    assert shown.banner is not None
    assert shown.banner.tone is Tone.DANGER
    assert shown.banner.title == "This computer's clock went back by 15 minutes"
    shown.banner.actions[0].handler()
    assert shown.banner is None


def test_a_clock_behind_the_last_change_went_back_while_the_program_was_closed(shown: Shown, qapp) -> None:
    ClockBanner(shown, FixedClock(NOON), NOON + timedelta(minutes=45), qapp).look()
    assert shown.banner is not None
    assert shown.banner.title == "This computer's clock went back by 45 minutes"


@pytest.mark.parametrize(
    ("last", "title"),
    [
        (NOON + timedelta(days=731), "This computer's clock went back by 731 days"),
        (NOON + timedelta(hours=30), "This computer's clock went back by 30 hours"),
        (NOON - timedelta(days=800), "The last change was 800 days ago by this computer's clock"),
        (NOON - timedelta(days=300), ""),
    ],
)
def test_a_clock_that_is_years_off_is_said_until_somebody_compared_it(
    last: datetime, title: str, shown: Shown, qapp
) -> None:
    ClockBanner(shown, FixedClock(NOON), last, qapp).look()
    assert (shown.banner.title if shown.banner else "") == title
    if shown.banner is not None:
        shown.banner.actions[0].handler()
        assert shown.banner is None


def test_a_new_clinic_on_a_clock_older_than_the_program_is_told(shown: Shown, qapp) -> None:
    ClockBanner(shown, FixedClock(datetime(2019, 1, 1, tzinfo=UTC)), None, qapp).look()
    assert shown.banner is not None
    assert shown.banner.title == "This computer's clock went back by 2557 days"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(10, "10 minutes fast"), (-3, "3 minutes slow")],
)
def test_r8_a_desk_whose_clock_differs_from_the_servers_is_told(
    minutes: int, words: str, shown: Shown, qapp
) -> None:
    clock = ServerClock(FixedClock(NOON + timedelta(minutes=minutes)))
    watch = ClockBanner(shown, clock, None, qapp)
    clock.hear(NOON)
    watch.look()
    assert shown.banner is not None
    assert shown.banner.title == f"This computer's clock is {words}"
    clock.hear(NOON + timedelta(minutes=minutes, seconds=30))
    watch.look()
    assert shown.banner is None


@pytest.mark.parametrize(("seconds", "said"), [(119, False), (120, True)])
@pytest.mark.parametrize("way", [1, -1])
def test_a_clock_that_is_two_minutes_wrong_is_said_in_red(
    seconds: int, said: bool, way: int, shown: Shown, qapp
) -> None:
    steady, own = Steady(), FixedClock(NOON)
    clock = ServerClock(own, steady)
    clock.hear(NOON)
    own.at += timedelta(seconds=seconds * way)
    ClockBanner(shown, clock, None, qapp).look()
    assert (shown.banner is not None and shown.banner.tone is Tone.DANGER) == said


@pytest.mark.parametrize(("minutes", "said"), [(1, False), (2, True)])
def test_a_clock_two_minutes_behind_the_last_change_is_said_in_red(
    minutes: int, said: bool, shown: Shown, qapp
) -> None:
    ClockBanner(shown, FixedClock(NOON), NOON + timedelta(minutes=minutes), qapp).look()
    assert (shown.banner is not None and shown.banner.tone is Tone.DANGER) == said

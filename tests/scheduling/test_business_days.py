"""Deadlines in business days: Monday's visits are cancelled by Friday."""

from dataclasses import replace
from datetime import date

import pytest

from clinic_desktop.foundation.clock import WallTime, to_utc_minute
from clinic_desktop.scheduling.business_days import business_day_before, cancelled_in_time_until
from clinic_desktop.scheduling.defaults import HOURS, default_setup
from clinic_desktop.scheduling.model import Clinic, Closure, Policies, Visit
from clinic_desktop.scheduling.working import Roster

ZONE = "America/Chicago"
WEDNESDAY, THURSDAY, FRIDAY = date(2026, 11, 11), date(2026, 11, 12), date(2026, 11, 13)
MONDAY, TUESDAY = date(2026, 11, 16), date(2026, 11, 17)


def roster(*closed: date, **policies: int) -> Roster:
    clinic = Clinic(id=1, zone=ZONE, hours=HOURS, policies=Policies(**policies))
    closures = tuple(Closure(n, 1, from_day=day, to_day=day) for n, day in enumerate(closed, start=1))
    return Roster(replace(default_setup(clinic), closures=closures))


def at(day: date, minute: int) -> int:
    return to_utc_minute(WallTime(day, minute), ZONE)


def visit(day: date, minute: int = 600) -> Visit:
    return Visit(day=day, minute=minute, zone=ZONE, start=at(day, minute))


@pytest.mark.parametrize(
    ("number", "day", "closed", "before"),
    [
        (0, MONDAY, (), MONDAY),
        (1, TUESDAY, (), MONDAY),
        (1, MONDAY, (), FRIDAY),
        (2, MONDAY, (), THURSDAY),
        (1, MONDAY, (FRIDAY,), THURSDAY),
        (2, TUESDAY, (FRIDAY,), THURSDAY),
    ],
)
def test_weekends_and_closures_are_no_business_days(
    number: int, day: date, closed: tuple[date, ...], before: date
) -> None:
    assert business_day_before(day, number, roster(*closed)) == before


def test_a_clinic_that_is_closed_for_long_counts_plain_days() -> None:
    never = Roster(default_setup(Clinic(id=1, zone=ZONE, hours=())))
    assert business_day_before(MONDAY, 1, never) == date(2026, 11, 15)


def test_mondays_visits_by_friday() -> None:
    assert cancelled_in_time_until(visit(MONDAY), roster()) == at(FRIDAY, 17 * 60)


def test_days_and_clock_time_are_the_clinics_to_set() -> None:
    rule = roster(cancel_days=2, cancel_minute=12 * 60)
    assert cancelled_in_time_until(visit(TUESDAY), rule) == at(FRIDAY, 12 * 60)


@pytest.mark.parametrize(("minute", "until"), [(600, 600), (1080, 1020)])
def test_on_the_day_itself_never_after_the_visits_own_time(minute: int, until: int) -> None:
    rule = roster(cancel_days=0)
    assert cancelled_in_time_until(visit(MONDAY, minute), rule) == at(MONDAY, until)

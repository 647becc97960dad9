"""A missing driver is red from the clinic's hour on the business day before."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.clock import WallTime, to_utc_minute
from clinic_desktop.scheduling.defaults import HOURS, default_setup
from clinic_desktop.scheduling.drivers_due import red_from
from clinic_desktop.scheduling.model import Clinic, Closure, Policies
from clinic_desktop.scheduling.working import Roster

ZONE = "America/Chicago"
FRIDAY, MONDAY, TUESDAY = date(2026, 11, 13), date(2026, 11, 16), date(2026, 11, 17)


def roster(minute: int = 14 * 60, *closed: date) -> Roster:
    clinic = Clinic(id=1, zone=ZONE, hours=HOURS, policies=Policies(driver_red_minute=minute))
    closures = tuple(Closure(n, 1, from_day=day, to_day=day) for n, day in enumerate(closed, start=1))
    return Roster(replace(default_setup(clinic), closures=closures))


def at(day: date, minute: int) -> int:
    return to_utc_minute(WallTime(day, minute), ZONE)


@pytest.mark.parametrize(
    ("visit_on", "minute", "closed", "asked_on"),
    [
        (TUESDAY, 840, (), MONDAY),
        (TUESDAY, 600, (), MONDAY),
        (MONDAY, 840, (), FRIDAY),  # a weekend is no business day
        (TUESDAY, 840, (MONDAY,), FRIDAY),  # nor is a day on which the clinic is closed
    ],
)
def test_the_business_day_before(
    visit_on: date, minute: int, closed: tuple[date, ...], asked_on: date
) -> None:
    assert red_from(visit_on, roster(minute, *closed)) == at(asked_on, minute)


def test_a_clinic_that_is_closed_for_weeks_takes_the_day_before() -> None:
    shut = [TUESDAY - timedelta(days=n) for n in range(1, 20)]
    assert red_from(TUESDAY, roster(840, *shut)) == at(MONDAY, 840)

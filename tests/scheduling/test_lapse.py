"""More than 28 days since the last treatment is told when a visit is booked (S9)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from clinic_desktop.people.model import Order
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.defaults import default_setup
from clinic_desktop.scheduling.lapse import Lapse, lapse_on
from tests.small_clinic import MONDAY, SmallClinic

SETUP = default_setup()


def paused(days: int, code: str = "SP56", **order: object) -> Lapse | None:
    kind = SETUP.type_by_code(code)
    made = replace(Order(id=1, modality=kind.modality, ordered_at=None), **order)
    return lapse_on(MONDAY, [MONDAY - timedelta(days=days)], kind, [made], SETUP)


def test_s9_more_than_28_days() -> None:
    assert paused(28) is None
    assert paused(29) == Lapse(MONDAY - timedelta(days=29), 29)


def test_s9_the_last_of_them_counts_and_none_that_is_to_come() -> None:
    kind = SETUP.type_by_code("SP56")
    days = [MONDAY - timedelta(days=60), MONDAY - timedelta(days=9), MONDAY + timedelta(days=1)]
    assert lapse_on(MONDAY, days, kind, [], SETUP) is None
    assert lapse_on(MONDAY, [], kind, [], SETUP) is None


def test_s9_a_booster_comes_weeks_after_the_visit_before() -> None:
    assert paused(42, "IVB") is None
    assert paused(43, "IVB") is not None


def test_s9_an_order_may_ask_for_such_a_distance() -> None:
    assert paused(35, interval_days=35) is None
    assert paused(36, interval_days=35) is not None


def test_s9_an_order_that_was_written_in_the_pause_says_how_to_begin_again() -> None:
    written = datetime(2026, 11, 12, 15, tzinfo=UTC)
    assert paused(40, ordered_at=written) is None
    assert paused(40, ordered_at=written, visits=0) is not None  # and was stopped
    assert paused(40, ordered_at=written - timedelta(days=36)) is not None  # of the course before


@pytest.mark.parametrize("days", [28, 29])
def test_s9_it_is_told_at_booking_once(clinic: SmallClinic, days: int) -> None:
    book(clinic.store, clinic.desk, clinic.wish("SP56"))
    later = clinic.wish("SP56", day=MONDAY + timedelta(days=days))
    codes = [one.code for one in book(clinic.store, clinic.desk, later).warnings]
    assert ("lapse" in codes) == (days > 28)
    assert ("gap-long" in codes) == (days <= 28)

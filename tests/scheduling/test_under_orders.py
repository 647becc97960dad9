"""Which order a visit is given under, what it has left, and which weeks of Spravato need one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.people.model import Order
from clinic_desktop.people.orders import visits_left
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ordering import write_order
from clinic_desktop.scheduling.under_orders import order_for, used, week_of
from tests.small_clinic import MONDAY, ZONE, SmallClinic, at

VISIT = Visit(id=7, day=MONDAY, zone=ZONE)
ORDER = Order(id=1, modality="spravato", drug="esketamine", route="nasal", dose=56, visits=2)
DAY = timedelta(days=1)


def test_what_an_order_has_left_is_counted_from_the_visits() -> None:
    there = [replace(VISIT, order_id=1), replace(VISIT, order_id=None), replace(VISIT, order_id=2)]
    assert visits_left(ORDER, used(there)) == 1
    assert visits_left(ORDER, used([*there, *there, *there])) == 0
    assert visits_left(replace(ORDER, visits=None), used(there)) is None


def test_a_visit_is_given_under_the_one_order_in_force() -> None:
    newer = replace(ORDER, id=2)
    assert order_for(VISIT, [replace(ORDER, visits=0), newer], {}) == newer
    assert order_for(VISIT, [ORDER, replace(newer, visits=0)], {2: 2}) == ORDER
    assert order_for(VISIT, [ORDER, newer], {1: 2, 2: 2}) is None
    assert order_for(VISIT, [replace(ORDER, valid_to=MONDAY)], {}) is not None


def test_of_two_nobody_knows_which_is_meant() -> None:
    newer = replace(ORDER, id=2)
    assert order_for(VISIT, [ORDER, newer], {}) is None
    assert order_for(VISIT, [ORDER, replace(newer, valid_to=MONDAY - DAY)], {}) is None
    assert order_for(VISIT, [ORDER, newer], {2: 2}) is None


def test_an_order_covers_no_visit_of_a_day_before_it_was_written() -> None:
    assert order_for(VISIT, [replace(ORDER, ordered_at=at(MONDAY + DAY, 8))], {}) is None
    assert order_for(VISIT, [replace(ORDER, ordered_at=at(MONDAY, 17))], {}) is not None


def test_a_dosed_visit_keeps_its_order_whatever_is_ordered_later() -> None:
    dosed = replace(VISIT, order_id=1)
    assert order_for(dosed, [replace(ORDER, visits=0), replace(ORDER, id=2)], {1: 1}).id == 1  # type: ignore[union-attr]  # it is there


@pytest.mark.parametrize(("days", "week"), [(0, 1), (6, 1), (7, 2), (55, 8), (56, 9)])
def test_weeks_are_blocks_of_seven_days_from_the_first_visit(days: int, week: int) -> None:
    first = [replace(VISIT, day=MONDAY - days * DAY), replace(VISIT, day=MONDAY + DAY)]
    assert week_of(VISIT, first) == week


def warned(clinic: SmallClinic, day: date, code: str = "SP56") -> set[str]:
    done = book(clinic.store, clinic.desk, clinic.wish(code, 780, day=day))
    return {one.code for one in done.warnings}


def test_from_week_9_on_a_booking_without_an_order_is_warned_about(clinic: SmallClinic) -> None:
    book(clinic.store, clinic.desk, clinic.wish("SP56"))
    assert "order-missing" not in warned(clinic, MONDAY + 50 * DAY)
    warning = next(
        one
        for one in book(clinic.store, clinic.desk, clinic.wish("SP56", day=MONDAY + 56 * DAY)).warnings
        if one.code == "order-missing"
    )
    assert warning.sentence() == (
        "Week 9 of Spravato needs an order, and none is valid on Mon, Jan 11. Ask a prescriber for one."
    )
    assert "order-missing" not in warned(clinic, MONDAY + 58 * DAY, "IVM")


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, False),
        ({"visits": 1}, False),
        ({"modality": "iv"}, True),
        ({"valid_to": MONDAY + 55 * DAY}, True),
        ({"valid_to": MONDAY + 56 * DAY}, False),
    ],
)
def test_a_valid_order_answers_for_it(clinic: SmallClinic, changes: dict[str, object], missing: bool) -> None:
    book(clinic.store, clinic.desk, clinic.wish("SP56"))
    order = replace(ORDER, id=0, patient_id=clinic.amara.id, **changes)  # type: ignore[arg-type]  # replace checks the names
    write_order(clinic.store, clinic.prescriber, order)
    assert ("order-missing" in warned(clinic, MONDAY + 56 * DAY)) is missing


@pytest.mark.parametrize(
    ("interval", "days", "wanted"),
    [
        (14, 9, True),
        (14, 14, False),
        (14, 21, False),
        (None, 7, False),
        (7, 1, False),  # too near for any order: the spacing of the type says so
    ],
)
def test_a_visit_nearer_than_the_order_says_is_warned_about(
    clinic: SmallClinic, interval: int | None, days: int, wanted: bool
) -> None:
    order = replace(ORDER, id=0, patient_id=clinic.amara.id, visits=None, interval_days=interval)
    write_order(clinic.store, clinic.prescriber, order)
    book(clinic.store, clinic.desk, clinic.wish("SP56"))
    codes = warned(clinic, MONDAY + days * DAY)
    assert ("ordered-interval" in codes) is wanted
    assert "gap-short" not in codes or days == 1


def test_the_interval_of_the_order_is_said_with_the_day_it_counts_from(clinic: SmallClinic) -> None:
    order = replace(ORDER, id=0, patient_id=clinic.amara.id, interval_days=14)
    write_order(clinic.store, clinic.prescriber, order)
    book(clinic.store, clinic.desk, clinic.wish("SP56"))
    warnings = book(clinic.store, clinic.desk, clinic.wish("SP56", day=MONDAY + 7 * DAY)).warnings
    assert [one.sentence() for one in warnings if one.code == "ordered-interval"] == [
        "7 days from the visit on Mon, Nov 16; the order says every 14. "
        "Take another day, or ask the prescriber."
    ]

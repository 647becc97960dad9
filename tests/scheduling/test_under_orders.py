"""Which order a visit is given under, what it has left, and which weeks of Spravato need one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.errors import Refusal, RightMissing
from clinic_desktop.people.model import Order
from clinic_desktop.people.orders import visits_left
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.courses import book_course
from clinic_desktop.scheduling.model import Override, Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.ordering import stop_order, write_order
from clinic_desktop.scheduling.under_orders import order_for, used, week_of
from tests.scheduling.test_changing import course_wish
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
        ({"visits": None}, False),
        ({"modality": "iv"}, True),
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
def test_a_visit_nearer_than_the_order_says_is_refused(
    clinic: SmallClinic, interval: int | None, days: int, wanted: bool
) -> None:
    order = replace(ORDER, id=0, patient_id=clinic.amara.id, visits=None, interval_days=interval)
    write_order(clinic.store, clinic.prescriber, order)
    book(clinic.store, clinic.desk, clinic.wish("SP56"))
    assert refused(clinic, MONDAY + days * DAY) == (["ordered-interval"] if wanted else [])


def test_the_interval_of_the_order_is_said_with_the_day_it_counts_from(clinic: SmallClinic) -> None:
    ordered(clinic, interval_days=14)
    book(clinic.store, clinic.desk, clinic.wish("SP56"))
    with pytest.raises(Refusal) as no:
        book(clinic.store, clinic.desk, clinic.wish("SP56", day=MONDAY + 7 * DAY))
    assert [one.sentence() for one in no.value.findings] == [
        "7 days from the visit on Mon, Nov 16; the order says every 14. "
        "Take another day, or a prescriber books it with a reason."
    ]


def ordered(clinic: SmallClinic, **changes: object) -> Order:
    order = replace(ORDER, id=0, patient_id=clinic.amara.id, **changes)  # type: ignore[arg-type]  # replace checks the names
    return write_order(clinic.store, clinic.prescriber, order).order


def refused(clinic: SmallClinic, day: date, code: str = "SP56") -> list[str]:
    """What refuses a booking; nothing where it is booked."""
    try:
        book(clinic.store, clinic.desk, clinic.wish(code, 780, day=day))
    except Refusal as no:
        return [one.code for one in no.findings]
    return []


def test_no_more_visits_are_booked_than_the_order_allows(any_clinic: SmallClinic) -> None:
    ordered(any_clinic, visits=2)
    assert refused(any_clinic, MONDAY) == []
    assert refused(any_clinic, MONDAY + 7 * DAY) == []
    assert refused(any_clinic, MONDAY + 3 * DAY) == ["order-used-up"], "those booked for later count too"
    assert refused(any_clinic, MONDAY + 4 * DAY, "IVM") == [], "another treatment has orders of its own"
    ordered(any_clinic, visits=4)
    assert refused(any_clinic, MONDAY + 3 * DAY) == [], "a new order says anew how many"


def test_a_cancelled_visit_gives_its_place_under_the_order_back(any_clinic: SmallClinic) -> None:
    ordered(any_clinic, visits=1)
    (visit,) = book(any_clinic.store, any_clinic.desk, any_clinic.wish("SP56")).visits
    cancel(any_clinic.store, any_clinic.desk, visit.id, visit.version, CancelReason.UNWELL)
    assert refused(any_clinic, MONDAY + 7 * DAY) == []


def test_no_course_is_booked_beyond_the_order(clinic: SmallClinic) -> None:
    ordered(clinic, modality="iv", visits=2)
    with pytest.raises(Refusal) as no:
        book_course(clinic.store, clinic.desk, course_wish(clinic, (1, 4, 8)))
    assert {one.code for one in no.value.findings} == {"order-used-up"}


def test_nothing_is_booked_after_the_order_ended(any_clinic: SmallClinic) -> None:
    ordered(any_clinic, visits=None, valid_to=MONDAY + 7 * DAY)
    assert refused(any_clinic, MONDAY + 7 * DAY) == []
    assert refused(any_clinic, MONDAY + 14 * DAY) == ["order-ended"]


def test_an_order_that_was_stopped_forbids_nothing(clinic: SmallClinic) -> None:
    """It is as if there were none: from week 9 on that is a warning, and the dose is refused."""
    order = ordered(clinic, visits=1)
    stop_order(clinic.store, clinic.prescriber, order.id, order.version, "another drug")
    assert refused(clinic, MONDAY) == []
    assert refused(clinic, MONDAY + 7 * DAY) == []


def test_only_a_prescriber_books_beyond_an_order_and_says_why(any_clinic: SmallClinic) -> None:
    store, wish = any_clinic.store, any_clinic.wish("SP56", day=MONDAY + 14 * DAY)
    ordered(any_clinic, valid_to=MONDAY + 7 * DAY)
    for role in (Role.RECEPTIONIST, Role.NURSE, Role.MANAGER):
        with pytest.raises(RightMissing, match="A prescriber can do it"):
            book(store, replace(any_clinic.desk, roles=frozenset({role})), wish, override="she said so")
    (visit,) = book(store, any_clinic.prescriber, wish, override="a new one follows").visits
    with store.read() as records:
        (trace,) = records.find(Override, visit_id=visit.id)
    assert (trace.rule, trace.reason, trace.by) == ("order-ended", "a new one follows", any_clinic.lin.id)


def test_what_has_its_day_already_is_moved_within_it(any_clinic: SmallClinic) -> None:
    """The order was written, or ended, after it was booked: nothing new is asked for on the day itself."""
    (visit,) = book(any_clinic.store, any_clinic.desk, any_clinic.wish("SP56", day=MONDAY + 14 * DAY)).visits
    ordered(any_clinic, visits=1, valid_to=MONDAY + 7 * DAY)
    (moved,) = move(any_clinic.store, any_clinic.desk, [to(visit, minute=720)]).visits
    with pytest.raises(Refusal) as no:
        move(any_clinic.store, any_clinic.desk, [to(moved, day=MONDAY + 21 * DAY)])
    assert [one.code for one in no.value.findings] == ["order-ended"]
    move(any_clinic.store, any_clinic.desk, [to(moved, day=MONDAY + 7 * DAY)])

"""Dates of a list are read one way throughout."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.people.importing.columns import DateOrder
from clinic_desktop.people.importing.dates import DateReader, Decision, Witness, decide

TODAY = date(2026, 11, 21)
APRIL_12 = date(1984, 4, 12)


def decided(texts: list[str], told: DateOrder | None = None) -> Decision:
    """The texts are the dates of row 2, row 3, and so on."""
    return decide(enumerate(texts, start=2), TODAY, told)


MONTH_FIRST, DAY_FIRST = DateReader(TODAY, DateOrder.MONTH_FIRST), DateReader(TODAY, DateOrder.DAY_FIRST)


@pytest.mark.parametrize(
    "text",
    [
        "1984-04-12", "1984/4/12", "1984.04.12", "19840412", "1984-04-12T00:00:00Z", "1984-04-12 00:00:00",
        "Apr 12, 1984", "April 12 1984", "12 April 1984", "12-Apr-1984", "12-apr-84", "12.Apr.1984",
        "Thursday, April 12, 1984", "Apr 12th, 1984", " 12  Apr  1984 ",
    ],
)  # fmt: skip
def test_these_read_one_way_only(text):
    assert MONTH_FIRST.read(text) == DAY_FIRST.read(text) == APRIL_12


@pytest.mark.parametrize(
    "text", ["4/12/1984", "04/12/1984", "4-12-1984", "04.12.1984", "4/12/84", "04121984", "4/12/1984 0:00"]
)
def test_numbers_read_as_the_list_does(text):
    assert MONTH_FIRST.read(text) == APRIL_12
    assert DAY_FIRST.read(text) == date(1984, 12, 4)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "30784",
        "4/12",
        "1984",
        "13/13/1984",
        "2/30/1984",
        "1984-13-01",
        "Foo 12 1984",
        "4/12-1984",
    ],
)
def test_these_are_no_dates(text):
    assert MONTH_FIRST.read(text) is None
    assert DAY_FIRST.read(text) is None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("11/21/26", 2026),
        ("11/22/26", 1926),
        ("1/1/27", 1927),
        ("1/1/00", 2000),
        ("1/1/84", 1984),
        ("2/29/28", 1928),
    ],
)
def test_two_digit_years_lie_in_the_last_hundred_years(text, year):
    assert MONTH_FIRST.read(text).year == year


@given(
    st.dates(date(1926, 11, 22), TODAY),
    st.sampled_from(["%m/%d/%Y", "%m-%d-%y", "%Y-%m-%d", "%d %B %Y", "%b %d, %Y", "%Y%m%d"]),
)
def test_every_date_is_read_back(day, form):
    assert MONTH_FIRST.read(day.strftime(form)) == day


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["4/12/1984", "4/13/1984"], DateOrder.MONTH_FIRST),
        (["4/12/1984", "13/4/1984"], DateOrder.DAY_FIRST),
        (["12.04.1984", "30.11.1990"], DateOrder.DAY_FIRST),
        (["1984-04-12"], DateOrder.MONTH_FIRST),  # nothing to decide
        (["4/4/1984", "soon"], DateOrder.MONTH_FIRST),
        ([], DateOrder.MONTH_FIRST),
        (["4/12/1984", *["4/13/1984"] * 20, "13/4/1984"], DateOrder.MONTH_FIRST),  # one slip
        (["13/4/1984", "4/13/1984", "14/4/1984"], DateOrder.DAY_FIRST),  # each reads one way only
        (["4/12/1984", "1/2/1990"], None),
        (["4/12/1984", "4/13/1984", "13/4/1984"], None),  # the rows contradict each other
        ([*["4/12/1984"] * 4, "25/3/1984"], DateOrder.DAY_FIRST),
        ([*["4/12/1984"] * 5, "25/3/1984"], None),  # one row alone, and it may be the slip
        ([*["4/12/1984"] * 60, "25/3/1984"], None),
        ([*["4/12/1984"] * 60, *["25/3/1984"] * 15], DateOrder.DAY_FIRST),
    ],
)
def test_all_rows_together_decide(texts, order):
    assert decided(texts).order is order


def test_what_no_row_decides_is_asked_with_both_readings():
    decision = decided(["1984-04-12", "4/4/1984", "4/12/1984"])
    assert decision.order is None
    assert decision.unclear.text == "4/12/1984"
    assert (decision.unclear.month_first, decision.unclear.day_first) == (APRIL_12, date(1984, 12, 4))


def test_a_person_can_say_the_order():
    assert decided(["4/12/1984"], DateOrder.DAY_FIRST).order is DateOrder.DAY_FIRST


def test_two_digit_years_are_noticed():
    assert decided(["4/13/84"]).two_digit_years
    assert not decided(["4/13/1984", "soon"]).two_digit_years


def test_the_row_that_decided_is_named() -> None:
    decision = decided(["4/12/1984", "5/6/1990", "25/3/1984", "26/3/1984"])
    assert decision.witness == Witness(row=4, text="25/3/1984", count=2, unclear=2)


@given(st.lists(st.dates(date(1930, 1, 1), date(2020, 1, 1)), min_size=25, max_size=60))
def test_a_list_written_one_way_is_never_read_the_other(days: list[date]) -> None:
    for order, form in ((DateOrder.MONTH_FIRST, "%m/%d/%Y"), (DateOrder.DAY_FIRST, "%d/%m/%Y")):
        decision = decided([day.strftime(form) for day in days])
        if any(day.day != day.month for day in days):
            assert decision.order in (order, None)

"""Changing somebody's week from a day on leaves the days before as they were worked."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.people.model import Shift
from clinic_desktop.scheduling.defaults import default_setup
from clinic_desktop.scheduling.set_up import Edit, proposed
from clinic_desktop.scheduling.set_up_week import in_force, week_edit
from clinic_desktop.scheduling.working import shift_on

TODAY = date(2026, 11, 4)  # a Wednesday
OLD = Shift(id=1, version=3, staff_id=7, weekdays=frozenset({0, 1, 2}), start=480, end=960)


def worked(shifts: tuple[Shift, ...], day: date) -> set[tuple[int, int]]:
    return {(one.start, one.end) for one in shifts if shift_on(one, day)}


def after(before: tuple[Shift, ...], edit: Edit) -> tuple[Shift, ...]:
    setup = replace(default_setup(), shifts=before)
    return proposed(setup, edit).shifts


def test_nothing_changed_writes_nothing() -> None:
    assert week_edit([OLD], [OLD], TODAY) == Edit()


def test_a_changed_shift_ends_the_day_before_and_begins_anew() -> None:
    edit = week_edit([OLD], [replace(OLD, end=1020)], TODAY)
    assert edit.write == (
        replace(OLD, valid_to=date(2026, 11, 3)),
        replace(OLD, id=0, version=0, end=1020, valid_from=TODAY),
    )


def test_a_removed_shift_ends_and_one_that_has_not_begun_goes() -> None:
    coming = replace(OLD, id=2, valid_from=date(2027, 1, 4))
    edit = week_edit([OLD, coming], [], TODAY)
    assert edit.write == (replace(OLD, valid_to=date(2026, 11, 3)),)
    assert edit.remove == (coming,)


def test_a_shift_that_has_not_begun_is_changed_as_it_is() -> None:
    coming = replace(OLD, valid_from=TODAY)
    assert week_edit([coming], [replace(coming, end=1020)], TODAY).write == (replace(coming, end=1020),)


def test_a_new_shift_is_added() -> None:
    new = Shift(staff_id=7, weekdays=frozenset({4}), start=480, end=720, valid_from=TODAY)
    assert week_edit([OLD], [OLD, new], TODAY).write == (new,)


@pytest.mark.parametrize("every", [1, 2, 3])
@given(weeks=st.integers(0, 9), offset=st.integers(0, 6))
def test_a_rotation_keeps_its_weeks(every: int, weeks: int, offset: int) -> None:
    """Only the end changes; the days worked stay the same before and after."""
    begun = date(2026, 1, 7)
    old = replace(OLD, every_weeks=every, valid_from=begun)
    day = begun + timedelta(weeks=weeks, days=offset + 1)
    now = after((old,), week_edit([old], [replace(old, end=1020)], day))
    for step in range(70):
        one = begun + timedelta(days=step)
        expected = {(480, 1020 if one >= day else 960)} if shift_on(old, one) else set()
        assert worked(now, one) == expected


@given(
    days=st.frozensets(st.integers(0, 6), min_size=1),
    start=st.integers(0, 700),
    keep=st.booleans(),
)
def test_the_past_is_never_touched(days: frozenset[int], start: int, keep: bool) -> None:
    changed = [replace(OLD, weekdays=days, start=start, end=900)] if keep else []
    now = after((OLD,), week_edit([OLD], changed, TODAY))
    for step in range(1, 30):
        one = TODAY - timedelta(days=step)
        assert worked(now, one) == worked((OLD,), one)
    assert all(worked(now, TODAY + timedelta(days=n)) <= {(start, 900)} for n in range(14))


def test_the_week_in_force_lists_what_holds_and_what_begins_later() -> None:
    ended = replace(OLD, id=2, valid_to=date(2026, 11, 3))
    coming = replace(OLD, id=3, valid_from=date(2027, 1, 4))
    friday = replace(OLD, id=4, weekdays=frozenset({4}))
    other = replace(OLD, id=5, staff_id=8)
    assert in_force([coming, ended, friday, other, OLD], 7, TODAY) == [OLD, friday, coming]

"""Which backups are let go of, and when the last good one is too old."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.foundation.backups import (
    KEYS,
    Age,
    Backup,
    Check,
    Facts,
    Head,
    Standing,
    day_of,
    to_delete,
)

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


@dataclass(frozen=True)
class One:
    at: datetime
    good: bool = True


ONES = st.lists(
    st.builds(One, st.integers(-9000, 30).map(lambda n: NOON + timedelta(hours=5 * n)), st.booleans()),
    max_size=60,
    unique_by=lambda one: one.at,
)


@given(ONES, st.integers(-800, 800).map(lambda n: NOON + timedelta(days=n)))
def test_what_is_kept(ones, now):
    gone, today = to_delete(ones, now), now.astimezone().date()
    left = [one for one in ones if one not in gone]
    assert set(gone) <= set(ones)
    assert to_delete(left, now) == []
    assert bool(ones) == bool(left)
    good = [one for one in ones if one.good]
    if good:
        assert max(good, key=lambda one: one.at) in left
    for one in gone:
        # Whatever goes leaves one of its day that is as good, or enough later days and months.
        same_day = [other for other in left if day_of(other) == day_of(one)]
        later = {day_of(other) for other in left if day_of(other) > day_of(one)}
        assert len(later) >= 14 or any(other.good >= one.good for other in same_day)
        months = {(day.year, day.month) for day in later}
        month = [
            o for o in left if (day_of(o).year, day_of(o).month) == (day_of(one).year, day_of(one).month)
        ]
        assert len(months) >= 11 or any(other.good >= one.good for other in month)
    assert len([one for one in left if day_of(one) < today]) <= 14 + 12 + 2


def test_two_years_of_days_leave_fourteen_days_and_twelve_months():
    left: list[One] = []
    for n in range(730):
        at = NOON + timedelta(days=n)
        left.append(One(at))
        gone = to_delete(left, at)
        left = [one for one in left if one not in gone]
    days = [day_of(one) for one in left]
    last = day_of(One(at))
    assert days[-14:] == [last - timedelta(days=n) for n in range(13, -1, -1)]
    ends = [day for day in days if (day + timedelta(days=1)).day == 1]
    assert len(ends) >= 11
    assert len(days) <= 14 + 12


def test_a_clock_that_was_wrong_for_a_day_takes_nothing_away():
    ones = [One(NOON - timedelta(days=n)) for n in range(14)]
    assert to_delete(ones, datetime(2050, 1, 1, tzinfo=UTC)) == []


def test_a_clock_that_was_ahead_for_weeks_takes_no_places():
    """What was made by it stays until its time comes; the days and months of now are kept beside it."""
    left: list[One] = []
    for n in range(140):
        at = NOON + timedelta(days=n + (365 if 60 <= n < 81 else 0))
        left.append(One(at))
        gone = to_delete(left, at)
        left = [one for one in left if one not in gone]
    now = [one for one in left if one.at <= at]
    last = day_of(One(at))
    assert [day_of(one) for one in now][-14:] == [last - timedelta(days=n) for n in range(13, -1, -1)]
    assert {(day.year, day.month) for day in map(day_of, now)} == {
        (2026, 11),
        (2026, 12),
        (2027, 1),
        (2027, 2),
        (2027, 3),
        (2027, 4),
    }
    assert len(left) > len(now)


FACTS = Facts("c" * 64, NOON, "0.1.0", "0001", Head(7, "a" * 64), Check.WHOLE, (), 4096, "b" * 64)


def test_the_facts_beside_a_backup_are_read_as_they_were_written():
    assert Facts.from_json(FACTS.to_json()) == FACTS
    for text in ("", "[]", "null", "{}", FACTS.to_json().replace('"form": 1', '"form": 2'), '{"audit": 3}'):
        with pytest.raises(ValueError, match=r"form|facts|Expecting|not"):
            Facts.from_json(text)


def test_how_old_the_last_good_one_is():
    good = Backup(Path("a"), FACTS)
    found = Backup(Path("b"), replace(FACTS, made_at=NOON + timedelta(days=3), findings=("audit",)))
    cut = Backup(Path("c"), FACTS, whole=False)
    stands = Standing(Path(), [found, good])
    assert stands.last_good(NOON + timedelta(days=4)) == NOON
    assert stands.age(NOON + timedelta(hours=23)) is Age.FRESH
    assert stands.age(NOON + timedelta(days=1)) is Age.DUE
    assert stands.age(NOON + timedelta(days=2, minutes=1)) is Age.OLD
    assert replace(stands, elsewhere=NOON + timedelta(days=2)).age(NOON + timedelta(days=2)) is Age.FRESH
    never = Standing(Path(), [cut], since=NOON)
    assert (never.age(NOON), never.age(NOON + timedelta(days=3))) == (Age.DUE, Age.NEVER)


def test_after_one_that_is_not_sound_the_next_is_not_made_by_itself_before_a_day_is_over():
    good = Backup(Path("a"), FACTS)
    found = Backup(Path("b"), replace(FACTS, made_at=NOON + timedelta(days=3), findings=("audit",)))
    stands = Standing(Path(), [found, good])
    assert stands.unsound(NOON + timedelta(days=3)) is found
    assert stands.age(NOON + timedelta(days=3)) is Age.OLD
    for hours, due in ((0, False), (1, False), (23, False), (24, True), (48, True)):
        assert stands.due(found.at + timedelta(hours=hours)) is due
    assert replace(stands, backups=[found], since=NOON).due(found.at) is False
    assert not replace(stands, backups=[good]).due(NOON + timedelta(hours=23))
    assert replace(stands, backups=[good]).due(NOON + timedelta(hours=24))
    # Of one whose file is gone nobody knows anything against the data.
    gone = replace(found, whole=False)
    assert replace(stands, backups=[gone, good]).unsound(found.at) is None
    assert replace(stands, backups=[gone, good]).due(found.at)


def test_once_the_keys_are_back_the_next_one_is_due_at_once():
    without = Backup(Path("a"), replace(FACTS, findings=(KEYS,)))
    lost = Standing(Path(), [without], since=NOON, keys_lost=Path("clinic.sqlite.keys"))
    assert not lost.due(NOON + timedelta(hours=1))
    assert replace(lost, keys_lost=None).due(NOON + timedelta(hours=1))
    more = replace(without, facts=replace(FACTS, findings=(KEYS, "audit")))
    assert not replace(lost, keys_lost=None, backups=[more]).due(NOON + timedelta(hours=1))


def test_a_backup_by_a_clock_that_was_ahead_keeps_nobody_from_the_next():
    ahead = Backup(Path("a"), replace(FACTS, made_at=NOON + timedelta(days=365)))
    right = Backup(Path("b"), FACTS)
    stands = Standing(Path(), [ahead], since=NOON - timedelta(days=100))
    for days in (0, 30, 300):
        assert stands.age(NOON + timedelta(days=days)) is Age.NEVER
    stands = replace(stands, backups=[ahead, right])
    assert stands.age(NOON + timedelta(hours=1)) is Age.FRESH
    assert stands.age(NOON + timedelta(days=1)) is Age.DUE
    assert stands.age(NOON + timedelta(days=30)) is Age.OLD
    assert replace(stands, elsewhere=ahead.at).last_good(NOON + timedelta(days=30)) == NOON
    # The clocks of two computers are never quite the same.
    assert stands.age(NOON - timedelta(minutes=30)) is Age.FRESH

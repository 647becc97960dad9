"""Which minutes count in the usage report, on both databases."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.reports.usage import LONGEST_TURNOVER, RoomUsage
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.storage.store import SqlStore
from tests.reports.clinic import MONDAY, RoomsOnly

NINE, TEN, ELEVEN, NOON, ONE = (hour * 60 for hour in (9, 10, 11, 12, 13))
S = VisitState


@pytest.fixture
def clinic(any_store: SqlStore) -> RoomsOnly:
    return RoomsOnly(any_store)


def test_planned_and_actual_minutes_and_the_four_shares(clinic: RoomsOnly) -> None:
    """Two patients, 66 and 54 minutes in the room, with 20 minutes between them; the room is open for 600."""
    clinic.went(NINE, 60, (NINE + 4, TEN + 10))
    clinic.went(TEN + 30, 60, (TEN + 30, ELEVEN + 24))
    room = clinic.usage().rooms[0]
    assert room == RoomUsage("A", 600, 120, 120, 120, 20, 1, clinic.rooms[0].id)
    assert (room.scheduled_pct, room.actual_pct, room.raw_pct, room.adjusted_pct) == (20.0, 20.0, 20.0, 23.3)


def test_turnover_is_planned_room_time_but_not_scheduled_patient_time(clinic: RoomsOnly) -> None:
    clinic.went(NINE, 60)
    assert clinic.usage().rooms[0].scheduled_min == 60


def test_no_shows_and_untreated_patients_were_scheduled_but_only_the_treated_are_actual(
    clinic: RoomsOnly,
) -> None:
    clinic.went(NINE, 60, state=S.MISSED)
    clinic.went(TEN + 30, 60, (TEN + 30, TEN + 55), state=S.NOT_TREATED)
    report = clinic.usage()
    room = report.rooms[0]
    assert (room.scheduled_min, room.actual_min, room.raw_min) == (120, 0, 25)
    assert (report.tally.missed, report.tally.not_treated, report.tally.carried_out) == (1, 1, 0)


@pytest.mark.parametrize("state", [S.LEFT_EARLY, S.TRANSFERRED])
def test_a_treatment_that_ended_otherwise_was_carried_out(clinic: RoomsOnly, state: VisitState) -> None:
    clinic.went(NINE, 60, (NINE, NINE + 70), state=state)
    assert clinic.usage().rooms[0].actual_min == 70


def test_cancelled_visits_held_no_room_and_late_ones_are_told_apart(clinic: RoomsOnly) -> None:
    clinic.went(NINE, 60, state=S.CANCELLED)
    clinic.went(TEN, 90, state=S.CANCELLED, end_late=True)
    report = clinic.usage()
    assert report.total.scheduled_min == 0
    assert (report.tally.cancelled, report.tally.cancelled_late, report.tally.late_minutes) == (1, 1, 105)
    assert report.tally.held_a_room == 0


def test_who_is_in_the_room_counts_up_to_now_in_raw_alone(clinic: RoomsOnly) -> None:
    clinic.went(NINE, 120, (NINE + 5, None), state=S.MONITORING)
    room = clinic.usage(at=TEN).rooms[0]
    assert (room.scheduled_min, room.actual_min, room.raw_min) == (120, 0, 55)
    assert clinic.usage(at=TEN).tally.here == 1


def test_a_leaving_that_nobody_recorded_makes_up_no_minutes(clinic: RoomsOnly) -> None:
    friday = MONDAY - timedelta(days=3)
    clinic.went(NINE, 60, (NINE, None), state=S.MONITORING, day=friday)
    report = clinic.usage(friday)
    assert (report.total.raw_min, report.tally.unended) == (0, 1)


def test_a_coming_in_after_now_counts_nothing_yet(clinic: RoomsOnly) -> None:
    """Two desks' clocks may differ by a minute."""
    clinic.went(NINE, 60, (NINE + 1, None), state=S.IN_ROOM)
    assert clinic.usage(at=NINE).total.raw_min == 0


def test_a_displaced_visit_held_no_room_until_its_patient_came_into_one(clinic: RoomsOnly) -> None:
    clinic.went(NINE, 60, displaced=True, state=S.BOOKED)
    assert (clinic.usage().total.scheduled_min, clinic.usage().tally.displaced) == (0, 1)
    clinic.went(TEN, 60, (TEN, ELEVEN), displaced=True)
    assert (clinic.usage().total.scheduled_min, clinic.usage().total.actual_min) == (60, 60)


def test_days_to_come_have_planned_minutes_only(clinic: RoomsOnly) -> None:
    clinic.went(NINE, 60, state=S.CONFIRMED, day=MONDAY + timedelta(days=1))
    report = clinic.usage(MONDAY, MONDAY + timedelta(days=1))
    assert (report.total.scheduled_min, report.total.raw_min, report.tally.planned) == (60, 0, 1)
    assert report.rooms[0].open_min == 1200


def test_a_gap_longer_than_an_hour_is_idle_time(clinic: RoomsOnly) -> None:
    clinic.went(NINE, 30, (NINE, NINE + 30))
    clinic.went(TEN, 30, (TEN + 30, ELEVEN))  # 60 minutes: still turnover
    clinic.went(NOON, 30, (NOON + 1, NOON + 30))  # 61 minutes
    room = clinic.usage().rooms[0]
    assert (room.turnover_min, room.turnovers) == (LONGEST_TURNOVER, 1)


def test_turnover_lies_between_two_patients_of_the_same_room_and_day(clinic: RoomsOnly) -> None:
    clinic.went(NINE, 30, (NINE, NINE + 30))
    clinic.went(NINE, 30, (NINE + 40, TEN), room=1)
    clinic.went(TEN, 30, state=S.MISSED)
    assert clinic.usage().total.turnovers == 0


def test_two_patients_in_a_room_at_once_leave_no_gap_behind_the_shorter_stay(clinic: RoomsOnly) -> None:
    clinic.went(NINE, 180, (NINE, NOON))
    clinic.went(TEN, 30, (TEN, TEN + 30))
    clinic.went(NOON + 10, 30, (NOON + 10, NOON + 40))
    assert (clinic.usage().total.turnover_min, clinic.usage().total.raw_min) == (10, 240)


def test_open_minutes_are_hours_less_closures_to_the_minute(clinic: RoomsOnly) -> None:
    clinic.close(0, NINE, NINE + 33)
    clinic.close(None, NOON, ONE)
    assert [room.open_min for room in clinic.usage().rooms] == [600 - 33 - 60, 540]
    assert clinic.usage().total.open_min == 507 + 540


def test_a_day_on_which_nothing_opens_has_no_shares(clinic: RoomsOnly) -> None:
    sunday = MONDAY - timedelta(days=1)
    clinic.went(NINE, 60, (NINE, TEN), day=sunday)
    total = clinic.usage(sunday).total
    assert (total.open_min, total.actual_min, total.actual_pct, total.adjusted_pct) == (0, 60, None, None)


def test_the_autumn_night_has_its_two_hours_twice(clinic: RoomsOnly) -> None:
    """From 12:30 AM to 3 AM on November 1, 2026 are three and a half hours."""
    clinic.went(30, 60, (30, 180), day=date(2026, 11, 1))
    assert clinic.usage(date(2026, 11, 1)).total.raw_min == 210


def test_visits_without_a_room_are_left_out(clinic: RoomsOnly) -> None:
    clinic.went(NINE, 60, room=None)
    clinic.went(TEN, 60)
    assert (clinic.usage().total.scheduled_min, clinic.usage().tally.held_a_room) == (60, 1)


def test_nurses_and_prescribers_have_the_minutes_that_the_types_ask_of_them(clinic: RoomsOnly) -> None:
    people = {"nurse_id": clinic.nurse.id, "prescriber_id": clinic.prescriber.id}
    clinic.went(NINE, 60, (NINE, TEN), **people)
    clinic.went(TEN, 60, (TEN, ELEVEN), nurse_id=clinic.nurse.id)
    clinic.went(ELEVEN, 60, state=S.MISSED, **people)
    staff = [(one.name, one.role, one.visits, one.minutes) for one in clinic.usage().staff]
    assert staff == [("Nora Nurse", Role.NURSE, 2, 120), ("Pat Prescriber", Role.PRESCRIBER, 1, 50)]


def test_the_last_day_may_not_lie_before_the_first_nor_ten_years_away(clinic: RoomsOnly) -> None:
    for last in (MONDAY - timedelta(days=1), MONDAY + timedelta(days=4000)):
        with pytest.raises(BadInput) as problem:
            clinic.usage(MONDAY, last)
        assert list(problem.value.problems) == ["to"]


@pytest.fixture
def mondays(any_store: SqlStore) -> tuple[RoomsOnly, Iterator[date]]:
    """A clinic, and weeks in which nothing has happened yet."""
    return RoomsOnly(any_store), (MONDAY + timedelta(weeks=n) for n in count(1))


Stays = list[tuple[int, int, int, int, int]]  # room, day, planned start, minutes late, minutes stayed
STAYS = st.lists(
    st.tuples(
        st.integers(0, 1), st.integers(0, 2), st.integers(480, 1000), st.integers(0, 120), st.integers(5, 90)
    ),
    max_size=12,
)


@given(stays=STAYS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_stays_add_up_like_a_list_that_is_walked_through(
    mondays: tuple[RoomsOnly, Iterator[date]], stays: Stays
) -> None:
    clinic, monday = mondays[0], next(mondays[1])
    for room, day, start, late, length in stays:
        came = start + late
        clinic.went(start, 60, (came, came + length), room=room, day=monday + timedelta(days=day))
    report = clinic.usage(monday, monday + timedelta(days=2))
    for number, room in enumerate(report.rooms):
        walked = [_walked(stays, number, day) for day in range(3)]
        assert room.raw_min == sum(one[0] for one in walked)
        assert (room.turnovers, room.turnover_min) == tuple(sum(one[n] for one in walked) for n in (1, 2))


def _walked(stays: Stays, room: int, day: int) -> tuple[int, int, int]:
    """Minutes in the room, turnovers and their minutes of one room's day."""
    times = sorted(
        (start + late, start + late + n) for r, d, start, late, n in stays if (r, d) == (room, day)
    )
    minutes = turnovers = between = 0
    out: int | None = None
    for came, went in times:
        minutes += went - came
        if out is not None and 0 <= came - out <= LONGEST_TURNOVER:
            turnovers, between = turnovers + 1, between + came - out
        out = went if out is None else max(out, went)
    return minutes, turnovers, between


@pytest.mark.parametrize("day", [date.min, date.max])
def test_days_beyond_the_calendar_are_said_and_not_tripped_over(clinic: RoomsOnly, day: date) -> None:
    with pytest.raises(BadInput, match="calendar"):
        clinic.usage(day, day)

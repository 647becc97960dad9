"""One day in each room, visit by visit; it adds up to the report."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.reports.room_day import RoomDay, RoomVisit, room_days
from clinic_desktop.reports.sums import CANCELLED_LATE, DISPLACED
from clinic_desktop.scheduling.model import Room
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.storage.store import SqlStore
from tests.reports.clinic import EVENING, MONDAY, RoomsOnly, utc

NINE, TEN, ELEVEN, NOON = (hour * 60 for hour in (9, 10, 11, 12))
S = VisitState


@pytest.fixture
def clinic(any_store: SqlStore) -> RoomsOnly:
    return RoomsOnly(any_store)


def days(clinic: RoomsOnly, day: date = MONDAY, now: int = EVENING) -> list[RoomDay]:
    with clinic.store.read() as records:
        rows, setup = records.day_rows(day), records.setup()
    return room_days(setup, rows, day, MONDAY, instant_minute(clinic.moment(now)))


def visits(clinic: RoomsOnly, **more: int) -> tuple[RoomVisit, ...]:
    return days(clinic, **more)[0].visits


def test_a_visit_that_came_late_and_ran_over(clinic: RoomsOnly) -> None:
    clinic.went(NINE, 60, (NINE + 5, TEN + 12))
    (one,) = visits(clinic)
    assert one.name == "Sample, Pia"
    assert (one.late, one.over, one.in_room, one.turnover) == (5, 12, 67, None)
    assert one.planned == (utc(MONDAY, NINE), utc(MONDAY, TEN))


def test_who_is_in_the_room_is_in_it_until_now(clinic: RoomsOnly) -> None:
    clinic.went(NINE, 60, (NINE, None), state=S.MONITORING)
    (one,) = visits(clinic, now=TEN + 20)
    assert (one.left, one.in_room, one.over) == (None, 80, 20)


def test_nobody_is_in_a_room_since_an_earlier_day(clinic: RoomsOnly) -> None:
    friday = MONDAY - timedelta(days=3)
    clinic.went(NINE, 60, (NINE, None), state=S.MONITORING, day=friday)
    (one,) = days(clinic, friday)[0].visits
    assert (one.in_room, one.over) == (None, 0)


def test_turnovers_stand_with_the_later_visit(clinic: RoomsOnly) -> None:
    clinic.went(NINE, 60, (NINE, TEN))
    clinic.went(TEN + 15, 30, (TEN + 20, ELEVEN))
    clinic.went(ELEVEN, 30, state=S.MISSED)
    clinic.went(NOON, 30, (NOON + 1, NOON + 30))
    assert [one.turnover for one in visits(clinic)] == [None, 20, None, None]


def test_what_became_of_a_visit_that_held_no_room(clinic: RoomsOnly) -> None:
    clinic.went(NINE, 60, state=S.CANCELLED)
    clinic.went(TEN, 60, state=S.CANCELLED, end_late=True)
    clinic.went(ELEVEN, 60, state=S.BOOKED, displaced=True)
    clinic.went(NOON, 60, state=S.BOOKED)
    assert [(one.became, one.held_the_room) for one in visits(clinic)] == [
        ("cancelled", False),
        (CANCELLED_LATE, False),
        (DISPLACED, False),
        ("booked", True),
    ]


def test_a_room_knows_when_it_is_open(clinic: RoomsOnly) -> None:
    clinic.close(0, NINE, TEN)
    morning, rest = (utc(MONDAY, 480), utc(MONDAY, NINE)), (utc(MONDAY, TEN), utc(MONDAY, 1080))
    assert days(clinic)[0].open == (morning, rest)


@given(
    stays=st.lists(
        st.tuples(st.integers(480, 1000), st.integers(0, 90), st.integers(5, 90), st.sampled_from(S)),
        max_size=8,
    )
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_visits_add_up_to_the_report(clinic: RoomsOnly, stays: list[tuple[int, int, int, S]]) -> None:
    """Whatever happened, as long as every patient who came in has left. Each example has a new room."""
    with clinic.store.write(PROGRAM) as unit:
        clinic.rooms.append(unit.add(Room(name=f"R{len(clinic.rooms)}")))
        unit.commit()
    room = len(clinic.rooms) - 1
    for start, late, length, state in stays:
        came = None if state in (S.CANCELLED, S.MISSED, S.BOOKED) else (start + late, start + late + length)
        clinic.went(start, 60, came, state=state, room=room)
    shown, told = days(clinic)[-1].visits, clinic.usage().rooms[-1]
    assert told.raw_min == sum(one.in_room or 0 for one in shown)
    assert told.scheduled_min == sum(b - a for one in shown if one.held_the_room for a, b in [one.planned])
    turned = [one.turnover for one in shown if one.turnover is not None]
    assert (told.turnovers, told.turnover_min) == (len(turned), sum(turned))

"""A patient who changed rooms in mid-visit: each room has its own minutes, the first one the plan."""

import pytest

from clinic_desktop.reports.sums import Turnovers
from clinic_desktop.scheduling.model import RoomStay, Visit
from clinic_desktop.storage.store import SqlStore
from tests.reports.clinic import MONDAY, RoomsOnly, utc
from tests.reports.test_room_day import days

NINE, TEN, ELEVEN = (hour * 60 for hour in (9, 10, 11))


@pytest.fixture
def clinic(any_store: SqlStore) -> RoomsOnly:
    return RoomsOnly(any_store)


def moved(clinic: RoomsOnly) -> Visit:
    """In room A from 9 to 9:20, then in room B until 10:10; planned in A for an hour."""
    at = utc(MONDAY, NINE + 20)
    before = RoomStay(clinic.rooms[0].id, utc(MONDAY, NINE), at, at + 15)
    return clinic.went(NINE, 60, (NINE, TEN + 10), room=1, moved=at, rooms_before=(before,))


def test_each_room_counts_the_minutes_in_it_and_the_first_the_plan(clinic: RoomsOnly) -> None:
    moved(clinic)
    first, second = clinic.usage().rooms
    assert (first.scheduled_min, first.actual_min, first.raw_min) == (60, 20, 20)
    assert (second.scheduled_min, second.actual_min, second.raw_min) == (0, 50, 50)


def test_it_is_still_one_visit_of_one_nurse(clinic: RoomsOnly) -> None:
    at = utc(MONDAY, NINE + 20)
    before = RoomStay(clinic.rooms[0].id, utc(MONDAY, NINE), at, at + 15)
    stay = (NINE, TEN + 10)
    clinic.went(NINE, 60, stay, room=1, moved=at, rooms_before=(before,), nurse_id=clinic.nurse.id)
    report = clinic.usage()
    assert (report.tally.carried_out, report.tally.held_a_room) == (1, 1)
    assert [(one.visits, one.minutes) for one in report.staff] == [(1, 60)]


def test_turnover_of_the_first_room_begins_with_the_move(clinic: RoomsOnly) -> None:
    moved(clinic)
    clinic.went(TEN, 30, (NINE + 45, TEN + 15))
    clinic.went(ELEVEN, 30, (TEN + 30, ELEVEN), room=1)
    with clinic.store.read() as records:
        found = records.turnovers(MONDAY, MONDAY, 60)
    assert found == {clinic.rooms[0].id: Turnovers(1, 25), clinic.rooms[1].id: Turnovers(1, 20)}
    assert [one.turnover_min for one in clinic.usage().rooms] == [25, 20]


def test_the_day_shows_the_visit_in_both_rooms_and_adds_up(clinic: RoomsOnly) -> None:
    moved(clinic)
    first, second = days(clinic)
    assert [one.in_room for one in first.visits] == [20]
    assert [one.in_room for one in second.visits] == [50]
    assert [one.planned for one in second.visits] == [(utc(MONDAY, NINE + 20), utc(MONDAY, NINE + 20))]

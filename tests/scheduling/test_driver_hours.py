"""A usual driver who is named for a visit is asked for by their own days and times, whatever changes it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clinic_desktop.people.model import Patient, UsualDriver
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.holding import confirm_driver
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.moving import move, to
from tests.small_clinic import BEA, MONDAY, SmallClinic

NOON, TUESDAY = 720, MONDAY + timedelta(days=1)
HOURS = "driver-until"


@pytest.fixture
def clinic(any_clinic: SmallClinic) -> SmallClinic:
    return any_clinic


def drives(clinic: SmallClinic, *, until: int = 1440, weekdays: frozenset[int] = frozenset()) -> None:
    """Bea gives days and times."""
    bea = UsualDriver(BEA.name, BEA.phone, BEA.relationship, weekdays=weekdays, to_minute=until)
    with clinic.store.write(clinic.desk) as unit:
        unit.save(replace(unit.get(Patient, clinic.amara.id), drivers=(bea,)))
        unit.commit()


def said(clinic: SmallClinic, visit: Visit, **changes: object) -> list[str]:
    return [one.code for one in move(clinic.store, clinic.desk, [to(visit, **changes)]).warnings]


def booked(clinic: SmallClinic, **changes: object) -> Visit:
    """Ten to half past eleven, where nothing else is said."""
    return book(clinic.store, clinic.desk, clinic.wish(**changes)).visits[0]


def test_a_longer_stay_that_ends_after_their_hours_is_said(clinic: SmallClinic) -> None:
    drives(clinic, until=NOON)
    visit = booked(clinic)
    done = move(clinic.store, clinic.desk, [to(visit, longer=40)])
    assert [one.sentence() for one in done.warnings] == [
        "Bea Marsh can fetch Okafor, Amara until 12:00 PM, and the visit is over at 12:10 PM. "
        "Ask Bea Marsh, or name somebody else."
    ]


def test_a_longer_stay_within_their_hours_is_not(clinic: SmallClinic) -> None:
    drives(clinic, until=NOON)
    assert said(clinic, booked(clinic), longer=30) == []


def test_so_is_a_move_and_a_booking(clinic: SmallClinic) -> None:
    drives(clinic, until=NOON)
    assert said(clinic, booked(clinic), minute=660) == [HOURS]
    later = book(clinic.store, clinic.desk, clinic.wish(day=TUESDAY, minute=660))
    assert HOURS in [one.code for one in later.warnings]


def test_an_end_before_they_can_come_is_said_too(clinic: SmallClinic) -> None:
    bea = UsualDriver(BEA.name, BEA.phone, BEA.relationship, from_minute=NOON)
    with clinic.store.write(clinic.desk) as unit:
        unit.save(replace(unit.get(Patient, clinic.amara.id), drivers=(bea,)))
        unit.commit()
    assert said(clinic, booked(clinic), minute=605) == ["driver-from"]


def test_a_day_on_which_they_do_not_come_is_said_by_its_day(clinic: SmallClinic) -> None:
    drives(clinic, weekdays=frozenset({MONDAY.weekday()}))
    visit = booked(clinic)
    assert said(clinic, visit, day=TUESDAY) == ["driver-day"]


def test_who_said_yes_to_that_end_is_not_asked_for_again(clinic: SmallClinic) -> None:
    drives(clinic, until=660)
    visit = booked(clinic)
    sure = confirm_driver(clinic.store, clinic.desk, visit.id, visit.version).visits[0]
    assert said(clinic, sure, room_id=clinic.rooms["Infusion 2"].id) == []
    moved = clinic.visit(visit.id)
    assert said(clinic, moved, minute=605) == [HOURS]


def test_somebody_without_days_and_times_of_their_own_can_always_come(clinic: SmallClinic) -> None:
    assert said(clinic, booked(clinic), longer=50) == []

"""What is dated ahead is told by the trail, in whose order things came."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.model import Clinic
from clinic_desktop.storage import check
from clinic_desktop.treatment.model import Stamp, StampKind
from tests.small_clinic import SmallClinic, instant

K = StampKind


@pytest.fixture
def booked(clinic: SmallClinic) -> SmallClinic:
    book(clinic.store, clinic.desk, clinic.wish("SP56"))
    clinic.clock.at = instant(10)
    return clinic


def stamped(clinic: SmallClinic, **times: object) -> Stamp:
    with clinic.store.write(PROGRAM) as unit:
        said = {"at": unit.at, "recorded_at": unit.at} | times
        made = unit.add(Stamp(visit_id=1, kind=K.NOTE, note="seen", **said))
        unit.commit()
    return made


def told(clinic: SmallClinic) -> list[str]:
    """By the command, and by the running program as well."""
    found = [one.message for one in check.findings(clinic.store.where)]
    daily = [one.message for step in clinic.store.trail_steps() for one in step]
    assert set(found) <= set(daily)
    return daily


@pytest.mark.parametrize("column", ["at", "recorded_at"])
def test_a_stamp_is_not_dated_ahead_of_when_it_was_written(booked: SmallClinic, column: str) -> None:
    stamped(booked, **{column: instant(10, 4)})  # clocks differ by as much
    assert told(booked) == []
    late = stamped(booked, **{column: instant(12, 10)})
    assert told(booked) == [f"Stamp {late.id} is dated ahead of the entry of the trail that tells of it."]


def test_a_clock_that_was_put_forward_for_an_entry_and_back_is_told(booked: SmallClinic) -> None:
    stamped(booked)
    with booked.store.read() as records:
        ((before,),) = records.rows("SELECT max(id) FROM audit")
    booked.clock.at = instant(12, 15)
    stamped(booked)
    booked.clock.at = instant(10, 5)
    stamped(booked)
    stamped(booked)
    said = f"Entry {before + 1} is dated more than an hour after entry {before + 2}, which came later."
    assert said in told(booked)
    assert told(booked).count(said) == 1
    booked.clock.at = instant(13)
    assert told(booked) == [said]


def test_the_days_of_a_demo_clinic_are_made_in_another_order(booked: SmallClinic) -> None:
    with booked.store.write(PROGRAM) as unit:
        unit.save(replace(unit.get(Clinic, 1), demo=True))
        unit.commit()
    for hour in (12, 10, 11):
        booked.clock.at = instant(hour, 15)
        stamped(booked)
    booked.clock.at = instant(13)
    assert told(booked) == []


def test_what_came_in_another_order_within_an_hour_is_no_finding(booked: SmallClinic) -> None:
    stamped(booked)
    booked.clock.at -= timedelta(minutes=50)
    stamped(booked)
    assert told(booked) == []


def test_the_last_entry_is_held_against_the_clock(booked: SmallClinic) -> None:
    booked.clock.at = instant(14)
    stamped(booked)
    with booked.store.read() as records:
        ((last,),) = records.rows("SELECT max(id) FROM audit")
    booked.clock.at = instant(12)
    assert told(booked) == [f"Entry {last} is dated more than an hour ahead of the clock."]

"""What somebody went over is what was found then, about the visit where it stood, and no more."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.people.model import Absence
from clinic_desktop.scheduling.booking import book, book_all
from clinic_desktop.scheduling.model import Closure, Override, Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.set_up import Edit, WouldStrand, change_set_up
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.scheduling.stranded import repair_list
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.overriding import override_driver
from clinic_desktop.treatment.recording import record
from tests.small_clinic import MONDAY, SmallClinic, instant

TUESDAY = MONDAY + timedelta(days=1)
NEXT_WEEK = TUESDAY + timedelta(days=7)
REASON = "she comes a little later"


@pytest.fixture
def clinic(any_clinic: SmallClinic) -> SmallClinic:
    return any_clinic


def manager(clinic: SmallClinic) -> Actor:
    return replace(clinic.desk, roles=frozenset({Role.MANAGER}))


def save(clinic: SmallClinic, *records: object, anyway: bool = False) -> None:
    change_set_up(clinic.store, manager(clinic), Edit(records), anyway=anyway)


def away(clinic: SmallClinic, start: int, end: int, day: date = TUESDAY) -> Absence:
    return Absence(staff_id=clinic.maya.id, from_day=day, from_minute=start, to_day=day, to_minute=end)


def repairs(clinic: SmallClinic) -> dict[int, list[str]]:
    with clinic.store.read() as records:
        listed = repair_list(records, instant_minute(clinic.clock.now()))
    return {one.visit.id: [found.code for found in one.why] for one in listed}


def traces(clinic: SmallClinic, visit: Visit) -> list[str]:
    with clinic.store.read() as records:
        return [one.rule for one in records.find(Override, visit_id=visit.id)]


@pytest.fixture
def passed(clinic: SmallClinic) -> Visit:
    """A visit of Tuesday at 10 whose nurse is away for its first ten minutes; somebody went over that."""
    save(clinic, away(clinic, 600, 610))
    wish = clinic.wish(day=TUESDAY)
    visit = book(clinic.store, clinic.prescriber, wish, override=REASON).visits[0]
    assert repairs(clinic) == {}
    return visit


def test_ten_minutes_that_were_passed_are_not_a_whole_day(clinic: SmallClinic, passed: Visit) -> None:
    sick = away(clinic, 0, 1440)
    with pytest.raises(WouldStrand) as stranded:
        save(clinic, sick)
    assert [one.visit.id for one in stranded.value.visits] == [passed.id]
    save(clinic, sick, anyway=True)
    assert repairs(clinic) == {passed.id: ["staff-away"]}


def test_an_absence_that_gets_shorter_asks_nobody_again(clinic: SmallClinic, passed: Visit) -> None:
    with clinic.store.read() as records:
        (there,) = records.find(Absence)
    save(clinic, replace(there, to_minute=605))
    assert repairs(clinic) == {}


def test_a_visit_that_gets_worse_is_shown_though_it_is_on_the_repair_list(clinic: SmallClinic) -> None:
    visit = book(clinic.store, clinic.desk, clinic.wish(day=TUESDAY)).visits[0]
    save(clinic, away(clinic, 600, 610), anyway=True)
    assert list(repairs(clinic)) == [visit.id]
    with pytest.raises(WouldStrand):
        save(clinic, away(clinic, 600, 900))
    save(clinic, away(clinic, 600, 605))  # nothing new in it


def test_another_day_and_another_nurse_are_asked_about_anew(clinic: SmallClinic, passed: Visit) -> None:
    there = to(passed, day=NEXT_WEEK, nurse_id=clinic.tunde.id)
    moved = move(clinic.store, clinic.desk, [there]).visits[0]
    sick = replace(away(clinic, 600, 605, NEXT_WEEK), staff_id=clinic.tunde.id)
    save(clinic, sick, anyway=True)
    assert repairs(clinic) == {moved.id: ["staff-away"]}


def test_the_same_nurse_on_another_day_is_asked_about_anew(clinic: SmallClinic, passed: Visit) -> None:
    moved = move(clinic.store, clinic.desk, [to(passed, day=NEXT_WEEK)]).visits[0]
    save(clinic, away(clinic, 600, 610, NEXT_WEEK), anyway=True)
    assert repairs(clinic) == {moved.id: ["staff-away"]}


def test_a_room_opened_once_does_not_hide_a_later_closure(clinic: SmallClinic) -> None:
    room = clinic.rooms["Infusion 1"].id
    save(clinic, Closure(room_id=room, from_day=TUESDAY, from_minute=600, to_day=TUESDAY, to_minute=630))
    wish = clinic.wish(day=TUESDAY)
    visit = book(clinic.store, clinic.prescriber, wish, override=REASON).visits[0]
    later = Closure(room_id=room, from_day=TUESDAY, to_day=NEXT_WEEK, reason="water damage")
    with pytest.raises(WouldStrand):
        save(clinic, later)
    save(clinic, later, anyway=True)
    assert repairs(clinic) == {visit.id: ["room-closed"]}


def test_what_was_passed_is_not_asked_again_while_the_visit_stays(clinic: SmallClinic, passed: Visit) -> None:
    room = clinic.rooms["Infusion 2"].id
    assert move(clinic.store, clinic.desk, [to(passed, room_id=room)]).visits[0].room_id == room
    with pytest.raises(Refusal):
        move(clinic.store, clinic.desk, [to(clinic.visit(passed.id), minute=595)])
    assert traces(clinic, passed) == ["staff-away"]


def test_each_visit_of_a_batch_keeps_what_was_found_about_it(clinic: SmallClinic) -> None:
    """Two visits of one call: the nurse is away for the first alone."""
    save(clinic, away(clinic, 600, 610))
    wishes = [clinic.wish(day=TUESDAY), clinic.wish(day=TUESDAY + timedelta(days=2))]
    first, second = book_all(clinic.store, clinic.prescriber, wishes, REASON).visits
    assert (traces(clinic, first), traces(clinic, second)) == (["staff-away"], [])


# The driver rule, which a prescriber goes over for the day.


@pytest.fixture
def without_driver(clinic: SmallClinic) -> Visit:
    """Booked without a driver, because a prescriber went over that."""
    visit = book(clinic.store, clinic.desk, clinic.wish(day=TUESDAY, plan=None)).visits[0]
    override_driver(clinic.store, clinic.prescriber, visit.id, "his son comes by train")
    assert clinic.visit(visit.id).state is VisitState.BOOKED
    return clinic.visit(visit.id)


def test_a_driver_that_was_passed_for_a_day_is_asked_for_next_week(
    clinic: SmallClinic, without_driver: Visit
) -> None:
    moved = move(clinic.store, clinic.desk, [to(without_driver, day=NEXT_WEEK)]).visits[0]
    assert (moved.state, moved.held_for) == (VisitState.HELD, {"driver"})
    back = move(clinic.store, clinic.desk, [to(moved, day=TUESDAY)]).visits[0]
    assert back.state is VisitState.BOOKED  # it is what the prescriber allowed


def test_another_room_is_the_same_way_home(clinic: SmallClinic, without_driver: Visit) -> None:
    room = clinic.rooms["Infusion 2"].id
    assert move(clinic.store, clinic.desk, [to(without_driver, room_id=room)]).visits[0].state is (
        VisitState.BOOKED
    )


def test_who_is_here_already_and_moved_waits_for_a_driver_again(clinic: SmallClinic) -> None:
    visit = book(clinic.store, clinic.desk, clinic.wish(plan=None)).visits[0]
    override_driver(clinic.store, clinic.prescriber, visit.id, "his son comes by train")
    clinic.clock.at = instant(9, 50)
    here = record(clinic.store, clinic.desk, visit.id, [Stamp(kind=StampKind.ARRIVED)]).visit
    assert here.state is VisitState.ARRIVED
    moved = move(clinic.store, clinic.desk, [to(here, minute=660)]).visits[0]
    assert (moved.state, moved.held_for) == (VisitState.HELD, {"driver"})
    assert moved.arrived is not None

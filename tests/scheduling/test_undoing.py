"""Undo and redo of the plan: everything as it was, by the rules, or a refusal that says who came between."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import Conflict, Refusal, RightMissing
from clinic_desktop.people.model import Absence, Patient, Staff
from clinic_desktop.people.patients import edit
from clinic_desktop.scheduling.booking import book, book_all
from clinic_desktop.scheduling.cancelling import CancelReason, cancel, miss
from clinic_desktop.scheduling.courses import book_course, place_rest
from clinic_desktop.scheduling.holding import confirm_driver, confirm_visit, name_driver
from clinic_desktop.scheduling.looking_to_place import to_place_list
from clinic_desktop.scheduling.model import ClaimKind, Course, Override, Visit
from clinic_desktop.scheduling.moving import Move, move, to
from clinic_desktop.scheduling.open_visits import stands
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.scheduling.steps import Step, step_of
from clinic_desktop.scheduling.undoing import Overtaken, Undone, read_label, redo, undo
from clinic_desktop.storage import check
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.recording import record
from tests.scheduling.test_booking import codes, more_patients
from tests.scheduling.test_changing import booked, claimed, course_wish
from tests.small_clinic import BEA, MONDAY, SmallClinic


def step(changes: Changes) -> Step:
    """The step of some news, which must be one."""
    found = step_of(changes)
    assert found is not None
    return found


def taken_back(clinic: SmallClinic, changes: Changes) -> Undone:
    return undo(clinic.store, clinic.desk, step(changes))


def board(clinic: SmallClinic) -> dict[int, object]:
    """Every visit that stands, with its place, people, state, driver and claims; and every running course."""
    with clinic.store.read() as records:
        visits = [one for one in records.find(Visit) if stands(one)]
        courses = [replace(one, version=0) for one in records.find(Course, state="running")]
    out: dict[int, object] = {
        one.id: (replace(one, version=0), frozenset(claimed(clinic, one))) for one in visits
    }
    return out | {-one.id: one for one in courses}


def test_a_moved_visit_goes_back_with_its_room_its_people_and_the_drivers_yes(clinic: SmallClinic) -> None:
    visit = booked(clinic)
    confirm_driver(clinic.store, clinic.desk, visit.id, visit.version)
    before = board(clinic)
    elsewhere = {"minute": 780, "room_id": clinic.rooms["Infusion 2"].id, "nurse_id": clinic.tunde.id}
    moved = move(clinic.store, clinic.desk, [to(clinic.visit(visit.id), **elsewhere)])
    after = board(clinic)
    undone = taken_back(clinic, moved.changes)
    assert board(clinic) == before
    assert str(undone.label) == "Okafor, Amara moved to Infusion 2, 1:00 PM"
    assert undone.step is not None
    redo(clinic.store, clinic.desk, undone.step)
    assert board(clinic) == after


def test_two_visits_that_changed_rooms_change_back(clinic: SmallClinic) -> None:
    other = more_patients(clinic, 1)[0]
    room = clinic.rooms["Infusion 2"].id
    one = booked(clinic)
    two = booked(clinic, patient_id=other.id, room_id=room, nurse_id=clinic.tunde.id)
    before = board(clinic)
    swapped = move(clinic.store, clinic.desk, [to(one, room_id=room), to(two, room_id=one.room_id)])
    undone = taken_back(clinic, swapped.changes)
    assert board(clinic) == before
    assert str(undone.label) == "Okafor, Amara and Okafor, Patient 0 moved"


def test_a_cancelled_visit_stands_again_as_it_was(clinic: SmallClinic) -> None:
    visit = booked(clinic)
    confirm_visit(clinic.store, clinic.desk, visit.id, visit.version)
    before = board(clinic)
    seen = clinic.visit(visit.id)
    gone = cancel(clinic.store, clinic.desk, visit.id, seen.version, CancelReason.UNWELL)
    undone = taken_back(clinic, gone.changes)
    assert board(clinic) == before
    again = clinic.visit(visit.id)
    assert (again.state, again.end_reason, again.end_late) == (VisitState.CONFIRMED, "", False)
    assert str(undone.label) == "Okafor, Amara cancelled for Mon, Nov 16, 10:00 AM"
    redo(clinic.store, clinic.desk, step(undone.changes))
    assert clinic.visit(visit.id).end_late


def test_missed_by_a_slip_stands_again_even_when_its_time_is_over(clinic: SmallClinic) -> None:
    visit = booked(clinic)
    before = board(clinic)
    clinic.clock.forward(10 * 60)
    gone = miss(clinic.store, clinic.desk, visit.id, visit.version)
    taken_back(clinic, gone.changes)
    assert board(clinic) == before


def test_a_booking_that_is_undone_is_kept_and_counts_for_nothing(clinic: SmallClinic) -> None:
    """R-13: nothing is deleted from the desk."""
    made = book(clinic.store, clinic.desk, clinic.wish())
    before = board(clinic)
    undone = taken_back(clinic, made.changes)
    ghost = clinic.visit(made.visits[0].id)
    assert (ghost.state, ghost.end_reason, ghost.end_asked_by, ghost.end_late) == (
        VisitState.CANCELLED, "undone", "clinic", False,
    )  # fmt: skip
    assert board(clinic) == {}
    assert claimed(clinic, ghost) == set()
    assert str(undone.label) == "Okafor, Amara booked for Mon, Nov 16, 10:00 AM"
    redo(clinic.store, clinic.desk, step(undone.changes))
    assert board(clinic) == before


def test_a_course_is_undone_whole_and_waits_on_no_list(clinic: SmallClinic) -> None:
    """R-3: one transaction, one undo step."""
    made = book_course(clinic.store, clinic.desk, course_wish(clinic, (0, 3, 7, 11)))
    before = board(clinic)
    undone = taken_back(clinic, made.changes)
    assert board(clinic) == {}
    assert to_place_list(clinic.store) == []
    with clinic.store.read() as records:
        assert {one.state for one in records.find(Visit)} == {VisitState.CANCELLED}
    assert str(undone.label) == "Okafor, Amara: 4 visits booked"
    redo(clinic.store, clinic.desk, step(undone.changes))
    assert board(clinic) == before


def test_placing_the_rest_of_a_course_is_undone_without_the_course(clinic: SmallClinic) -> None:
    made = book_course(clinic.store, clinic.desk, course_wish(clinic, (0, 3)))
    before = board(clinic)
    with clinic.store.read() as records:
        course = records.get(Course, made.visits[0].course_id or 0)
    third = [(3, clinic.wish(day=MONDAY + timedelta(days=1)))]
    placed = place_rest(clinic.store, clinic.desk, course, third)
    taken_back(clinic, placed.changes)
    assert board(clinic) == before


def test_a_visit_that_is_moved_past_another_of_its_course_gets_its_number_back(clinic: SmallClinic) -> None:
    first, *_ = book_course(clinic.store, clinic.desk, course_wish(clinic, (0, 3, 7))).visits
    before = board(clinic)
    moved = move(clinic.store, clinic.desk, [to(first, day=MONDAY + timedelta(days=4))])
    assert moved.visits[0].course_no == 2
    taken_back(clinic, moved.changes)
    assert board(clinic) == before


def test_a_named_driver_is_taken_away_again_and_the_visit_is_held(clinic: SmallClinic) -> None:
    visit = booked(clinic, plan=None)
    before = board(clinic)
    named = name_driver(clinic.store, clinic.desk, [(visit.id, visit.version)], BEA)
    undone = taken_back(clinic, named.changes)
    assert board(clinic) == before
    assert str(undone.label) == "driver of Okafor, Amara for Mon, Nov 16"


def test_a_change_by_another_desk_in_between_refuses_and_changes_nothing(clinic: SmallClinic) -> None:
    """R-19: refuses politely when someone else changed it since."""
    visit = booked(clinic)
    moved = move(clinic.store, clinic.desk, [to(visit, minute=660)])
    clinic.clock.forward(5)
    name_driver(clinic.store, clinic.nurse, [(visit.id, moved.visits[0].version)], replace(BEA, name="Jo"))
    before = board(clinic)
    with pytest.raises(Overtaken, match="Maya Jones changed the visit of Okafor, Amara at 7:05 AM"):
        taken_back(clinic, moved.changes)
    assert board(clinic) == before


def test_one_visit_of_several_that_was_changed_keeps_all_of_them(clinic: SmallClinic) -> None:
    made = book_course(clinic.store, clinic.desk, course_wish(clinic, (0, 3, 7)))
    last = made.visits[-1]
    cancel(clinic.store, clinic.nurse, last.id, last.version, CancelReason.PATIENT)
    before = board(clinic)
    with pytest.raises(Overtaken):
        taken_back(clinic, made.changes)
    assert board(clinic) == before


def test_a_course_that_somebody_went_on_planning_is_not_undone(clinic: SmallClinic) -> None:
    made = book_course(clinic.store, clinic.desk, course_wish(clinic, (0, 3)))
    with clinic.store.read() as records:
        course = records.get(Course, made.visits[0].course_id or 0)
    place_rest(clinic.store, clinic.nurse, course, [(3, clinic.wish(day=MONDAY + timedelta(days=8)))])
    with pytest.raises(Overtaken, match="Maya Jones"):
        taken_back(clinic, made.changes)


def test_another_visit_of_the_course_that_was_cancelled_stands_in_nobodys_way(clinic: SmallClinic) -> None:
    """What the course counts follows from its visits; it is nobody's change of it."""
    first, _, last = book_course(clinic.store, clinic.desk, course_wish(clinic, (0, 3, 7))).visits
    gone = cancel(clinic.store, clinic.desk, first.id, first.version, CancelReason.PATIENT)
    cancel(clinic.store, clinic.nurse, last.id, last.version, CancelReason.PATIENT)
    taken_back(clinic, gone.changes)
    with clinic.store.read() as records:
        assert records.get(Course, first.course_id or 0).to_place == 4


def test_whoever_has_come_since_is_not_moved_back(clinic: SmallClinic) -> None:
    visit = booked(clinic)
    moved = move(clinic.store, clinic.desk, [to(visit, minute=615)])
    clinic.clock.forward(3 * 60)
    record(clinic.store, clinic.nurse, visit.id, [Stamp(kind=StampKind.ARRIVED)])
    with pytest.raises(Overtaken, match="Maya Jones recorded something of Okafor, Amara at 10:00 AM"):
        taken_back(clinic, moved.changes)


def test_a_place_that_was_taken_meanwhile_is_named_with_who_has_it(clinic: SmallClinic) -> None:
    other = more_patients(clinic, 1)[0]
    visit = booked(clinic)
    gone = cancel(clinic.store, clinic.desk, visit.id, visit.version, CancelReason.PATIENT)
    booked(clinic, patient_id=other.id, nurse_id=clinic.tunde.id)
    before = board(clinic)
    with pytest.raises(Refusal, match=r"Infusion 1 is taken now: Okafor, Patient 0\. Nothing was undone"):
        taken_back(clinic, gone.changes)
    assert board(clinic) == before


def test_a_rule_that_forbids_the_way_back_says_so(clinic: SmallClinic) -> None:
    visit = booked(clinic)
    moved = move(clinic.store, clinic.desk, [to(visit, minute=900)])
    clinic.clock.forward(4 * 60)
    with pytest.raises(Overtaken) as refusal:  # it does not come again
        taken_back(clinic, moved.changes)
    assert codes(refusal.value) == {"past"}


def test_who_shared_a_place_on_purpose_shares_it_again_with_whoever_stands_again(clinic: SmallClinic) -> None:
    """The other one had given the reason, and had the places alone meanwhile. Nobody came between."""
    visit, other = booked(clinic), more_patients(clinic, 1)[0]
    beside = clinic.wish(patient_id=other.id, minute=630)
    second = book(clinic.store, clinic.prescriber, beside, "one sits in the hall", {visit.id}).visits[0]
    before = board(clinic)
    gone = cancel(clinic.store, clinic.desk, visit.id, visit.version, CancelReason.PATIENT)
    assert ClaimKind.OVERFLOW not in {kind for kind, *_ in claimed(clinic, second)}
    undone = taken_back(clinic, gone.changes)
    assert board(clinic) == before
    assert check.findings(clinic.store.where) == []
    assert undone.step is not None
    redo(clinic.store, clinic.desk, undone.step)
    assert ClaimKind.OVERFLOW not in {kind for kind, *_ in claimed(clinic, second)}


def test_a_reason_that_holds_no_more_leaves_no_place(clinic: SmallClinic) -> None:
    """Whoever shared it has moved since: where they are now nobody gave a reason to share."""
    visit, other = booked(clinic), more_patients(clinic, 1)[0]
    beside = clinic.wish(patient_id=other.id, minute=630)
    second = book(clinic.store, clinic.prescriber, beside, "one sits in the hall", {visit.id}).visits[0]
    gone = cancel(clinic.store, clinic.desk, visit.id, visit.version, CancelReason.PATIENT)
    move(clinic.store, clinic.desk, [to(clinic.visit(second.id), minute=645)])
    before = board(clinic)
    with pytest.raises(Refusal, match=r"is taken now: Okafor, Patient 0\. Nothing was undone"):
        taken_back(clinic, gone.changes)
    assert board(clinic) == before


def test_whoever_died_meanwhile_does_not_stand_again(clinic: SmallClinic) -> None:
    visit = booked(clinic)
    gone = cancel(clinic.store, clinic.desk, visit.id, visit.version, CancelReason.UNWELL)
    with clinic.store.read() as records:
        amara = records.get(Patient, clinic.amara.id)
    edit(clinic.store, clinic.desk, replace(amara, death_date=MONDAY))
    with pytest.raises(Refusal) as refusal:
        taken_back(clinic, gone.changes)
    assert codes(refusal.value) == {"deceased"}


def test_what_somebody_with_the_right_went_over_still_counts_for_redo(clinic: SmallClinic) -> None:
    with clinic.store.write(clinic.desk) as unit:
        away = unit.get(Staff, clinic.maya.id)
        unit.add(Absence(staff_id=away.id, from_day=MONDAY, from_minute=540, to_day=MONDAY, to_minute=840))
        unit.commit()
    made = book(clinic.store, clinic.prescriber, clinic.wish(), "she comes in for it")
    before = board(clinic)
    undone = taken_back(clinic, made.changes)
    redo(clinic.store, clinic.desk, step(undone.changes))
    assert board(clinic) == before
    with clinic.store.read() as records:
        assert len(records.find(Override)) == 1


def test_the_way_back_asks_for_the_right_to_the_change(clinic: SmallClinic) -> None:
    made = book(clinic.store, clinic.desk, clinic.wish())
    nobody = Actor(0, frozenset())
    with pytest.raises(RightMissing):
        undo(clinic.store, nobody, step(made.changes))
    assert undo(clinic.store, Actor(0, frozenset({Role.THERAPIST})), step(made.changes)).step


def test_every_way_is_in_the_trail_with_its_reason(clinic: SmallClinic) -> None:
    made = book(clinic.store, clinic.desk, clinic.wish())
    undone = taken_back(clinic, made.changes)
    redo(clinic.store, clinic.desk, step(undone.changes))
    with clinic.store.read() as records:
        traces = records.history_of(clinic.amara.id, most=3)
    assert [one.reason for one in traces] == ["done again", "undone", ""]


def test_facts_are_no_step(clinic: SmallClinic) -> None:
    visit = booked(clinic)
    clinic.clock.forward(3 * 60)
    came = record(clinic.store, clinic.nurse, visit.id, [Stamp(kind=StampKind.ARRIVED)])
    assert step_of(came.changes) is None
    assert step_of(Changes()) is None


def test_the_news_of_two_transactions_are_no_step(clinic: SmallClinic) -> None:
    days = (MONDAY, MONDAY + timedelta(days=3))
    both = [book(clinic.store, clinic.desk, clinic.wish(day=day)).changes for day in days]
    assert step_of(both[0]) is not None
    assert step_of(both[0] | Changes()) == step_of(both[0])
    assert step_of(both[0] | both[1]) is None


def test_the_name_of_a_step_can_be_asked_for(clinic: SmallClinic) -> None:
    other = more_patients(clinic, 1)[0]
    room = clinic.rooms["Infusion 2"].id
    two = [clinic.wish(), clinic.wish(patient_id=other.id, room_id=room, nurse_id=clinic.tunde.id)]
    made = book_all(clinic.store, clinic.desk, two)
    assert str(read_label(clinic.store, step(made.changes))) == (
        "2 visits of Okafor, Amara and Okafor, Patient 0 changed"
    )


# Whatever one desk does, all of it undone is the board before it, and all of it done again the board after.

FREE_ROOMS = ("Infusion 1", "Infusion 2")


@dataclass(frozen=True)
class Wanted:
    """One random deed: which, whom or which visit it is about, where to."""

    what: str
    who: int
    day: int
    minute: int
    room: str
    tunde: bool


wanted = st.builds(
    Wanted,
    what=st.sampled_from(["book", "course", "move", "cancel", "driver", "confirm", "swap"]),
    who=st.integers(0, 20),
    day=st.integers(0, 4),
    minute=st.sampled_from([540, 600, 720, 840]),
    room=st.sampled_from(FREE_ROOMS),
    tunde=st.booleans(),
)


def _place(clinic: SmallClinic, one: Wanted) -> dict[str, object]:
    nurse = clinic.tunde if one.tunde else clinic.maya
    day = MONDAY + timedelta(days=one.day)
    return {"day": day, "minute": one.minute, "room_id": clinic.rooms[one.room].id, "nurse_id": nurse.id}


def _do(clinic: SmallClinic, people: Sequence[Patient], one: Wanted) -> Changes | None:
    """The change, or nothing where the desk was refused or there was nothing to change."""
    person = people[one.who % len(people)]
    store, desk, place = clinic.store, clinic.desk, _place(clinic, one)
    if one.what == "book":
        return book(store, desk, clinic.wish(patient_id=person.id, **place)).changes
    if one.what == "course":
        wish = course_wish(clinic, (one.day, one.day + 7))
        mine = [(no, replace(each, patient_id=person.id, minute=one.minute)) for no, each in wish.visits]
        return book_course(store, desk, replace(wish, visits=mine)).changes
    with store.read() as records:
        there = [each for each in records.find(Visit) if stands(each)]
    return _change(clinic, there, one) if there else None


def _change(clinic: SmallClinic, there: Sequence[Visit], one: Wanted) -> Changes:
    store, desk = clinic.store, clinic.desk
    visit, other = there[one.who % len(there)], there[(one.who + 1) % len(there)]
    if one.what == "move":
        return move(store, desk, [to(visit, **_place(clinic, one))]).changes
    if one.what == "swap":
        both = {visit.id: to(visit, room_id=other.room_id), other.id: to(other, room_id=visit.room_id)}
        wishes: list[Move] = list(both.values())
        return move(store, desk, wishes).changes
    if one.what == "cancel":
        return cancel(store, desk, visit.id, visit.version, CancelReason.PATIENT).changes
    if one.what == "driver":
        driver = replace(BEA, name=f"Bea {one.day}")
        return name_driver(store, desk, [(visit.id, visit.version)], driver).changes
    return confirm_visit(store, desk, visit.id, visit.version).changes


def _all_the_way(clinic: SmallClinic, steps: Sequence[Step], way: Callable[..., Undone]) -> list[Step]:
    back = (way(clinic.store, clinic.desk, one).step for one in reversed(steps))
    return [one for one in back if one is not None]


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(deeds=st.lists(wanted, min_size=2, max_size=9))
def test_undo_all_is_the_board_before_and_redo_all_the_board_after(
    clinic: SmallClinic, deeds: list[Wanted]
) -> None:
    with clinic.store.read() as records:
        people = [one for one in records.find(Patient) if one.id not in (clinic.amara.id, clinic.noah.id)]
    people = people or more_patients(clinic, 3)
    before, steps = board(clinic), []
    for one in deeds:
        try:
            changes = _do(clinic, people, one)
        except (Conflict, Refusal):
            continue
        if changes:
            steps.append(step(changes))
    after = board(clinic)
    undone = _all_the_way(clinic, steps, undo)
    assert board(clinic) == before
    again = _all_the_way(clinic, undone, redo)
    assert board(clinic) == after
    _all_the_way(clinic, again, undo)
    assert board(clinic) == before

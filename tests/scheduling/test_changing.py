"""Moving, swapping, cancelling, holding: what follows from a change to a planned visit."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clinic_desktop.foundation.errors import BadInput, Conflict, Refusal, StaleEdit
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling import holding
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.cancelling import CancelReason, cancel, miss
from clinic_desktop.scheduling.clearing import Decision, clear
from clinic_desktop.scheduling.courses import CourseWish, book_course, place_rest
from clinic_desktop.scheduling.model import Course, GoingHomePlan, Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.states import VisitState
from tests.scheduling.test_booking import more_patients
from tests.small_clinic import BEA, MONDAY, SmallClinic


def booked(clinic: SmallClinic, **changes: object) -> Visit:
    return book(clinic.store, clinic.desk, clinic.wish(**changes)).visits[0]  # type: ignore[arg-type]  # replace checks the names


def claimed(clinic: SmallClinic, visit: Visit) -> set[tuple[str, int, int, int]]:
    with clinic.store.read() as records:
        there = records.claims_between(visit.start - 60, visit.end + 600)
    return {(one.kind, one.resource_id, one.start, one.end) for one in there if one.visit_id == visit.id}


def test_r15_a_visit_never_blocks_its_own_move(clinic: SmallClinic) -> None:
    visit = booked(clinic)
    moved = move(clinic.store, clinic.desk, [to(visit, minute=615)]).visits[0]
    assert moved.minute == 615
    assert moved.start == visit.start + 15
    assert {start for kind, _, start, _ in claimed(clinic, moved) if kind == "room"} == {moved.start}


def test_two_visits_change_rooms(clinic: SmallClinic) -> None:
    other_person = more_patients(clinic, 1)[0]
    one = booked(clinic)
    room = clinic.rooms["Infusion 2"].id
    other = booked(clinic, patient_id=other_person.id, room_id=room, nurse_id=clinic.tunde.id)
    both = [to(one, room_id=room), to(other, room_id=one.room_id)]
    swapped = move(clinic.store, clinic.desk, both).visits
    assert [visit.room_id for visit in swapped] == [room, one.room_id]


def test_a_move_into_an_occupied_room_is_refused_and_changes_nothing(clinic: SmallClinic) -> None:
    other_person = more_patients(clinic, 1)[0]
    one = booked(clinic)
    booked(clinic, patient_id=other_person.id, minute=780, nurse_id=clinic.tunde.id)
    before = claimed(clinic, one)
    with pytest.raises(Conflict):
        move(clinic.store, clinic.desk, [to(one, minute=765)])
    assert clinic.visit(one.id) == one
    assert claimed(clinic, one) == before


def test_a_move_from_an_old_screen_is_refused(clinic: SmallClinic) -> None:
    visit = booked(clinic)
    move(clinic.store, clinic.desk, [to(visit, minute=615)])
    with pytest.raises(StaleEdit):
        move(clinic.store, clinic.desk, [to(visit, minute=630)])


def test_a_later_pick_up_asks_the_driver_again(clinic: SmallClinic) -> None:
    visit = booked(clinic)
    visit = holding.confirm_driver(clinic.store, clinic.desk, visit.id, visit.version).visits[0]
    a_little = move(clinic.store, clinic.desk, [to(visit, minute=visit.minute + 15)]).visits[0]
    assert a_little.plan_confirmed_at is not None
    much = move(clinic.store, clinic.desk, [to(a_little, minute=visit.minute + 60)]).visits[0]
    assert much.plan_confirmed_at is None


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        (None, "cannot be confirmed yet: nobody is named. Name the driver first"),
        (replace(BEA, phone=""), "cannot be confirmed yet: a phone number"),
        (replace(BEA, adult=False), "cannot be confirmed yet: being 18 or over"),
    ],
)
def test_only_a_driver_who_is_named_in_full_is_confirmed(
    clinic: SmallClinic, plan: GoingHomePlan | None, says: str
) -> None:
    visit = booked(clinic, plan=plan)
    with pytest.raises(Refusal, match=says):
        holding.confirm_driver(clinic.store, clinic.desk, visit.id, visit.version)
    assert clinic.visit(visit.id) == visit
    assert holding.confirm_driver(clinic.store, clinic.desk, visit.id, visit.version, yes=False).visits


def test_a_visit_that_asks_for_no_driver_has_none_to_confirm(clinic: SmallClinic) -> None:
    talk = book(clinic.store, clinic.desk, clinic.wish("CON")).visits[0]
    with pytest.raises(Refusal, match="nobody is named"):
        holding.confirm_driver(clinic.store, clinic.desk, talk.id, talk.version)


def test_naming_the_driver_books_a_held_visit_and_taking_them_away_holds_it(clinic: SmallClinic) -> None:
    visit = booked(clinic, plan=None)
    named = holding.name_driver(clinic.store, clinic.desk, [(visit.id, visit.version)], BEA).visits[0]
    assert named.state is VisitState.BOOKED
    gone = holding.name_driver(clinic.store, clinic.desk, [(named.id, named.version)], None).visits[0]
    assert (gone.state, gone.held_for) == (VisitState.HELD, {"driver"})


def test_a_held_visit_cannot_be_confirmed(clinic: SmallClinic) -> None:
    visit = booked(clinic, plan=None)
    with pytest.raises(Refusal, match="driver"):
        holding.confirm_visit(clinic.store, clinic.desk, visit.id, visit.version)


def test_a_cancelled_visit_is_neither_confirmed_nor_brought_back_by_taking_a_yes_back(
    clinic: SmallClinic,
) -> None:
    visit = booked(clinic, plan=None)
    gone = cancel(clinic.store, clinic.desk, visit.id, visit.version, CancelReason.PATIENT).visits[0]
    for yes in (True, False):
        with pytest.raises(Refusal, match="The visit is cancelled"):
            holding.confirm_visit(clinic.store, clinic.desk, gone.id, gone.version, yes=yes)


def test_clearing_the_patient_books_what_was_held_for_it(clinic: SmallClinic) -> None:
    (person,) = more_patients(clinic, 1)
    with clinic.store.write(clinic.desk) as unit:
        unit.save(replace(unit.get(Patient, person.id), rems_enrolled_on=MONDAY))
        unit.commit()
    book(clinic.store, clinic.desk, clinic.wish("CON", minute=540, patient_id=person.id))
    later = clinic.wish("SP1", patient_id=person.id, day=MONDAY + timedelta(days=2))
    visit = book(clinic.store, clinic.desk, later).visits[0]
    assert visit.held_for == {"clearance"}
    clear(clinic.store, clinic.prescriber, Decision(person.id, "spravato"))
    assert clinic.visit(visit.id).state is VisitState.BOOKED


def test_h13_a_cancelled_visit_frees_its_places_and_keeps_its_row(clinic: SmallClinic) -> None:
    visit = booked(clinic, day=MONDAY + timedelta(days=3))
    ended = cancel(clinic.store, clinic.desk, visit.id, visit.version, CancelReason.PATIENT).visits[0]
    assert (ended.state, ended.end_reason, ended.end_late) == (VisitState.CANCELLED, "patient asked", False)
    assert claimed(clinic, ended) == set()
    with pytest.raises(Refusal):
        cancel(clinic.store, clinic.desk, ended.id, ended.version, CancelReason.PATIENT)


def test_late_counts_against_the_patient_and_never_for_the_clinics_own_reasons(clinic: SmallClinic) -> None:
    first = booked(clinic)
    late = cancel(clinic.store, clinic.desk, first.id, first.version, CancelReason.UNWELL).visits[0]
    second = booked(clinic, minute=780)
    ours = cancel(clinic.store, clinic.desk, second.id, second.version, CancelReason.CLINIC).visits[0]
    assert (late.end_late, late.end_asked_by) == (True, "patient")
    assert (ours.end_late, ours.end_asked_by) == (False, "clinic")


def test_nobody_is_missed_before_their_time(clinic: SmallClinic) -> None:
    visit = booked(clinic)
    with pytest.raises(BadInput):
        miss(clinic.store, clinic.desk, visit.id, visit.version)
    clinic.clock.forward(4 * 60)
    assert miss(clinic.store, clinic.desk, visit.id, visit.version).visits[0].state is VisitState.MISSED


def course_wish(clinic: SmallClinic, days: tuple[int, ...]) -> CourseWish:
    with clinic.store.read() as records:
        template = next(one for one in records.setup().templates if one.code == "IV6")
    wishes = [clinic.wish(day=MONDAY + timedelta(days=n)) for n in days]
    return CourseWish(template, list(enumerate(wishes, start=1)))


def test_a_course_is_real_visits_that_belong_together(clinic: SmallClinic) -> None:
    visits = book_course(clinic.store, clinic.desk, course_wish(clinic, (0, 3, 7, 11, 14, 18))).visits
    assert [one.course_no for one in visits] == [1, 2, 3, 4, 5, 6]
    assert len({one.course_id for one in visits}) == 1
    assert {one.minute for one in visits} == {600}


def test_r4_all_of_a_course_or_none(clinic: SmallClinic) -> None:
    booked(clinic, day=MONDAY + timedelta(days=7), minute=615)
    with pytest.raises(Conflict):
        book_course(clinic.store, clinic.desk, course_wish(clinic, (0, 3, 7, 11, 14, 18)))
    with clinic.store.read() as records:
        assert records.find(Course) == []
        assert len(records.find(Visit)) == 1


def test_the_offered_part_leaves_the_rest_to_place(clinic: SmallClinic) -> None:
    part = book_course(clinic.store, clinic.desk, course_wish(clinic, (0, 3, 7))).visits
    with clinic.store.read() as records:
        course = records.get(Course, part[0].course_id or 0)
    assert course.to_place == 3
    again = [(3, clinic.wish(day=MONDAY + timedelta(days=10)))]
    with pytest.raises(BadInput):
        place_rest(clinic.store, clinic.desk, course, again)
    fourth = [(4, clinic.wish(day=MONDAY + timedelta(days=10)))]
    place_rest(clinic.store, clinic.desk, course, fourth)
    with clinic.store.read() as records:
        assert records.get(Course, course.id).to_place == 2

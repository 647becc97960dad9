"""A course is stopped: this visit and all later ones are cancelled in one stroke, and one step undoes it."""

import pytest

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.errors import Refusal, RightMissing, StaleEdit
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.looking_patient import about
from clinic_desktop.scheduling.looking_to_place import to_place_list
from clinic_desktop.scheduling.model import Course, Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.scheduling.stopping import Stop, Stopped, look_to_stop, stop_course
from clinic_desktop.scheduling.undoing import redo
from clinic_desktop.storage import check
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.recording import record
from tests.scheduling.test_elastic import course, day, days, standing
from tests.scheduling.test_undoing import board, taken_back
from tests.small_clinic import MONDAY, SmallClinic, at


@pytest.fixture
def clinic(any_clinic: SmallClinic) -> SmallClinic:
    return any_clinic


def seen_from(clinic: SmallClinic, visit: Visit) -> Stop:
    seen = look_to_stop(clinic.store, clinic.clock.now(), visit.id)
    assert seen is not None
    return seen


def stopped(clinic: SmallClinic, visit: Visit, reason: CancelReason = CancelReason.PATIENT) -> Stopped:
    return stop_course(clinic.store, clinic.desk, seen_from(clinic, visit), reason, "moves away")


def the_course(clinic: SmallClinic) -> Course:
    with clinic.store.read() as records:
        (one,) = records.find(Course)
    return one


def came(clinic: SmallClinic, visit: Visit) -> None:
    arrived = Stamp(visit_id=visit.id, kind=StampKind.ARRIVED)
    record(clinic.store, clinic.desk, visit.id, [arrived])


def test_this_visit_and_all_later_ones_are_cancelled_for_the_one_reason(clinic: SmallClinic) -> None:
    visits = course(clinic)
    done = stopped(clinic, visits[2])
    assert days(standing(clinic)) == [0, 3]
    assert [one.id for one in done.visits] == [one.id for one in visits[2:]]
    assert {(one.state, one.end_reason, one.end_asked_by) for one in done.visits} == {
        (VisitState.CANCELLED, "patient asked moves away", "patient")
    }


def test_nothing_is_left_to_place_not_even_what_waited_before(clinic: SmallClinic) -> None:
    visits = course(clinic)
    cancel(clinic.store, clinic.desk, visits[1].id, visits[1].version, CancelReason.UNWELL)
    assert seen_from(clinic, visits[3]).waiting == 1
    stopped(clinic, visits[3])
    assert days(standing(clinic)) == [0, 7]
    assert (the_course(clinic).state, the_course(clinic).to_place) == ("stopped", 0)
    assert to_place_list(clinic.store) == []
    with clinic.store.read() as records:
        assert about(records, clinic.amara.id, MONDAY).suggestion.course is None


def test_one_that_is_cancelled_after_the_end_waits_for_nothing_either(clinic: SmallClinic) -> None:
    visits = course(clinic)
    stopped(clinic, visits[3])
    second = clinic.visit(visits[1].id)
    cancel(clinic.store, clinic.desk, second.id, second.version, CancelReason.COST)
    assert the_course(clinic).to_place == 0
    assert look_to_stop(clinic.store, clinic.clock.now(), visits[2].id) is None


def test_nothing_is_stopped_from_a_visit_that_was_cancelled(clinic: SmallClinic) -> None:
    visits = course(clinic)
    cancel(clinic.store, clinic.desk, visits[1].id, visits[1].version, CancelReason.UNWELL)
    assert look_to_stop(clinic.store, clinic.clock.now(), visits[1].id) is None


def test_each_is_late_or_in_time_by_its_own_time(clinic: SmallClinic) -> None:
    visits = course(clinic)
    clinic.clock.at = at(day(2), 18)  # past the deadline of Thursday's visit
    seen = seen_from(clinic, visits[1])
    assert seen.late == {visits[1].id}
    done = stopped(clinic, visits[1])
    assert [one.end_late for one in done.visits] == [True, False, False, False, False]


def test_where_the_clinic_cannot_none_counts_against_the_patient(clinic: SmallClinic) -> None:
    visits = course(clinic)
    clinic.clock.at = at(day(2), 18)
    done = stopped(clinic, visits[1], CancelReason.CLINIC)
    assert {(one.end_asked_by, one.end_late) for one in done.visits} == {("clinic", False)}


def test_held_and_booked_ones_fall_away_alike(clinic: SmallClinic) -> None:
    visits = course(clinic, way_home=None)
    assert {one.state for one in visits} == {VisitState.HELD}
    assert {one.state for one in stopped(clinic, visits[0]).visits} == {VisitState.CANCELLED}
    assert standing(clinic) == []


def test_what_has_begun_or_took_place_is_left_alone_and_named(clinic: SmallClinic) -> None:
    visits = course(clinic)
    clinic.clock.at = at(day(3), 10)
    came(clinic, visits[1])
    seen = seen_from(clinic, visits[0])  # nobody recorded what became of Monday's
    assert [one.id for one in seen.left] == [visits[1].id]
    assert [one.id for one in seen.cancelled] == [visits[0].id, *(one.id for one in visits[2:])]
    stopped(clinic, visits[0])
    assert [one.id for one in standing(clinic)] == [visits[1].id]


def test_a_later_one_whose_time_has_come_is_recorded_for_itself(clinic: SmallClinic) -> None:
    visits = course(clinic)
    clinic.clock.at = at(day(3), 12)
    seen = seen_from(clinic, visits[0])
    assert [one.id for one in seen.left] == [visits[1].id]


def test_no_course_is_stopped_from_a_visit_whose_patient_is_here(clinic: SmallClinic) -> None:
    visits = course(clinic)
    clinic.clock.at = at(day(3), 10)
    came(clinic, visits[1])
    with pytest.raises(Refusal):
        stopped(clinic, visits[1])
    assert len(standing(clinic)) == 6


def test_it_needs_the_right_to_cancel(clinic: SmallClinic) -> None:
    visits = course(clinic)
    nobody = Actor(0, frozenset())
    with pytest.raises(RightMissing):
        stop_course(clinic.store, nobody, seen_from(clinic, visits[2]), CancelReason.PATIENT)


def test_another_desk_that_changed_any_visit_of_the_course_is_not_run_over(clinic: SmallClinic) -> None:
    visits = course(clinic)
    seen = seen_from(clinic, visits[2])
    move(clinic.store, clinic.desk, [to(visits[5], minute=840)])
    with pytest.raises(StaleEdit):
        stop_course(clinic.store, clinic.desk, seen, CancelReason.PATIENT)
    assert days(standing(clinic)) == [0, 3, 7, 10, 14, 17]
    assert the_course(clinic).state == "running"


def test_one_step_brings_all_back_and_one_does_it_again(clinic: SmallClinic) -> None:
    visits = course(clinic)
    cancel(clinic.store, clinic.desk, visits[1].id, visits[1].version, CancelReason.UNWELL)
    before = board(clinic)
    done = stopped(clinic, visits[2])
    after = board(clinic)
    undone = taken_back(clinic, done.changes)
    assert board(clinic) == before
    assert the_course(clinic).to_place == 1
    assert str(undone.label) == "course of Okafor, Amara stopped: 4 visits cancelled"
    assert undone.step is not None
    redo(clinic.store, clinic.desk, undone.step)
    assert board(clinic) == after
    assert the_course(clinic).to_place == 0


def test_the_check_of_the_file_finds_nothing_wrong_with_it(any_clinic: SmallClinic) -> None:
    stopped(any_clinic, course(any_clinic)[2])
    assert not check.findings(any_clinic.store.where)

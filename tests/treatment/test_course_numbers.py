"""A visit of a course that came to nothing leaves its number open; one that took place after all has it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from random import Random
from threading import Thread

import pytest

from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.scheduling.cancelling import CancelReason, cancel, miss
from clinic_desktop.scheduling.courses import CourseWish, book_course, place_rest
from clinic_desktop.scheduling.looking_to_place import to_place_list
from clinic_desktop.scheduling.model import Course, Visit
from clinic_desktop.scheduling.open_visits import count_open, open_numbers
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.storage.check_courses import counts
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.recording import write_stamps
from tests.small_clinic import MONDAY, SmallClinic
from tests.treatment.stays import K, Stay

DAYS = (0, 3, 7)


@pytest.fixture
def first(clinic: SmallClinic) -> Stay:
    """The first of three visits that are booked of six, on Monday at 10."""
    with clinic.store.read() as records:
        template = next(one for one in records.setup().templates if one.code == "IV6")
    wishes = [(no, clinic.wish(day=MONDAY + timedelta(days=n))) for no, n in enumerate(DAYS, start=1)]
    visits = book_course(clinic.store, clinic.desk, CourseWish(template, wishes)).visits
    return Stay(clinic, visits[0].id)


def course(clinic: SmallClinic) -> Course:
    with clinic.store.read() as records:
        (found,) = records.find(Course)
    return found


def waiting(clinic: SmallClinic) -> tuple[int, ...]:
    """The numbers on the to-place list, of which the course counts as many."""
    (entry,) = to_place_list(clinic.store)
    assert entry.stand.course.to_place == len(entry.stand.missing)
    return entry.stand.missing


def missed(stay: Stay) -> None:
    stay.at(10, 25)
    miss(stay.clinic.store, stay.clinic.desk, stay.visit_id, stay.visit.version)


def cancelled(stay: Stay) -> None:
    cancel(stay.clinic.store, stay.clinic.desk, stay.visit_id, stay.visit.version, CancelReason.UNWELL)


def not_treated(stay: Stay) -> None:
    stay.at(9, 50).is_(K.ARRIVED)
    stay.at(10, 5).is_(K.NOT_TREATED, note="not fasted")


def test_arrived_but_not_treated_leaves_the_number_open(first: Stay) -> None:
    assert waiting(first.clinic) == (4, 5, 6)
    not_treated(first)
    assert waiting(first.clinic) == (1, 4, 5, 6)


def test_it_comes_back_in_the_transaction_that_records_the_end_or_not_at_all(first: Stay) -> None:
    clinic = first.clinic
    first.at(9, 50).is_(K.ARRIVED)
    with clinic.store.write(clinic.nurse) as unit:
        unit.lock_days([MONDAY])
        write_stamps(unit, first.visit_id, [Stamp(kind=K.NOT_TREATED, note="pressure")])
        assert unit.find(Course)[0].to_place == 4
    assert course(clinic).to_place == 3  # the transaction was left without a commit


def test_an_end_that_is_struck_out_takes_the_number_again(first: Stay) -> None:
    not_treated(first)
    (end,) = first.stamps(K.NOT_TREATED)
    first.is_(K.STRUCK, corrects=end.id, reason="another patient")
    assert first.visit.state is VisitState.ARRIVED
    assert waiting(first.clinic) == (4, 5, 6)


def test_another_reason_for_the_end_changes_no_number(first: Stay) -> None:
    not_treated(first)
    (end,) = first.stamps(K.NOT_TREATED)
    version = course(first.clinic).version
    first.is_(K.NOT_TREATED, end.at, corrects=end.id, note="pressure 170/100", reason="misread")
    assert waiting(first.clinic) == (1, 4, 5, 6)
    assert course(first.clinic).version == version


def test_a_treatment_that_takes_place_keeps_its_number(first: Stay) -> None:
    first.infused().at(11, 40).checked().is_(K.LINE_OUT)
    first.is_(K.RELEASED)
    assert first.visit.state is VisitState.LEFT
    assert waiting(first.clinic) == (4, 5, 6)


@pytest.mark.parametrize("gone", [missed, cancelled])
def test_who_comes_after_all_has_the_number_again(first: Stay, gone: Callable[[Stay], None]) -> None:
    gone(first)
    assert waiting(first.clinic) == (1, 4, 5, 6)
    first.at(10, 27).is_(K.ARRIVED)
    assert first.visit.state is VisitState.ARRIVED
    assert waiting(first.clinic) == (4, 5, 6)


def test_an_arrival_that_is_struck_out_leaves_it_open_again(first: Stay) -> None:
    missed(first)
    first.at(10, 27).is_(K.ARRIVED)
    first.is_(K.STRUCK, corrects=first.stamps(K.ARRIVED)[0].id, reason="another patient")
    assert first.visit.state is VisitState.MISSED  # as it stood before
    assert waiting(first.clinic) == (1, 4, 5, 6)


def test_two_visits_of_one_number_get_one_each_by_time(first: Stay) -> None:
    clinic = first.clinic
    missed(first)
    again = [(1, clinic.wish(day=MONDAY + timedelta(days=10)))]
    second = place_rest(clinic.store, clinic.desk, course(clinic), again).visits[0]
    first.at(10, 40).is_(K.ARRIVED)
    assert waiting(clinic) == (5, 6)
    with clinic.store.read() as records:
        by_time = sorted(records.find(Visit), key=lambda one: one.start)
    assert [one.course_no for one in by_time] == [1, 2, 3, 4]
    cancelled(Stay(clinic, second.id))
    assert waiting(clinic) == (4, 5, 6)
    first.at(10, 50).is_(K.NOT_TREATED, note="late")
    assert waiting(clinic) == (1, 4, 5, 6)


def test_two_desks_that_end_visits_of_one_course_at_once_both_count(first: Stay) -> None:
    """On different days, so that no lock of a day keeps them apart."""
    clinic = first.clinic
    with clinic.store.read() as records:
        other = records.find(Visit, course_no=2)[0]
    with clinic.store.write(clinic.desk) as unit:
        unit.lock_days([MONDAY])
        visit = unit.save(replace(first.visit, state=VisitState.CANCELLED))
        unit.place([visit.id], [], lambda _: 3)
        count_open(unit, visit.course_id)
        beside = Thread(target=cancelled, args=[Stay(clinic, other.id)])
        beside.start()
        beside.join(0.2)
        unit.commit()
    beside.join(10)
    assert waiting(clinic) == (1, 2, 4, 5, 6)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_the_count_is_that_of_the_visits(first: Stay, seed: int) -> None:
    clinic, rng = first.clinic, Random(seed)  # noqa: S311 - the same days each time
    clinic.clock.at = first.at(10, 25).clinic.clock.at
    for _ in range(25):
        with clinic.store.read() as records:
            visits = records.find(Visit)
        stay = Stay(clinic, rng.choice(visits).id)
        with suppress(ClinicProblem):
            _something(stay, rng)
        here = course(clinic)
        with clinic.store.read() as records:
            assert here.to_place == len(open_numbers(6, records.find(Visit)))
    with clinic.store.write(clinic.desk) as unit:  # left without a commit: it only looks
        assert list(counts(unit)) == []


def _something(stay: Stay, rng: Random) -> None:
    """Anything that may befall a visit of a course; much of it is refused."""
    clinic, visit = stay.clinic, stay.visit
    what = rng.randrange(6)
    if what == 0:
        cancel(clinic.store, clinic.desk, visit.id, visit.version, CancelReason.CLINIC)
    elif what == 1:
        miss(clinic.store, clinic.desk, visit.id, visit.version)
    elif what == 2:
        open_ones = waiting(clinic)
        wish = clinic.wish(day=MONDAY + timedelta(days=rng.randrange(11, 30)))
        place_rest(clinic.store, clinic.desk, course(clinic), [(rng.choice(open_ones), wish)])
    elif what == 3:
        stay.is_(rng.choice([K.ARRIVED, K.NOT_TREATED]), note="a reason")
    else:
        standing = stay.stamps(K.ARRIVED, K.NOT_TREATED)
        if standing:
            stay.is_(K.STRUCK, corrects=rng.choice(standing).id, reason="a slip")

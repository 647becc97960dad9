"""One visit of a course is moved or falls away: what else must move, shown before and done in one stroke."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.errors import Conflict, NotFound, StaleEdit
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.cancelling import CancelReason, Ending
from clinic_desktop.scheduling.elastic import rearrange
from clinic_desktop.scheduling.looking_course import CoursePlanWish, book_planned, plan_course
from clinic_desktop.scheduling.looking_elastic import Elastic, ElasticWish, look_elastic
from clinic_desktop.scheduling.looking_to_place import to_place_list
from clinic_desktop.scheduling.model import Closure, Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.reflow import Scope
from clinic_desktop.scheduling.states import VisitState
from tests.scheduling.test_booking import more_patients
from tests.small_clinic import BEA, MONDAY, SmallClinic, at


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def course(clinic: SmallClinic, code: str = "IV6", **changes: object) -> tuple[Visit, ...]:
    """Six infusions at 10:15 on Mondays and Thursdays: days 0, 3, 7, 10, 14 and 17 of at most 21."""
    wish = CoursePlanWish(clinic.amara.id, code, MONDAY, clock=615, weekdays=frozenset({0, 3}), way_home=BEA)
    wish = replace(wish, **changes)  # type: ignore[arg-type]  # replace checks the names
    return book_planned(clinic.store, clinic.desk, plan_course(clinic.store, clinic.clock.now(), wish)).visits


def standing(clinic: SmallClinic) -> list[Visit]:
    with clinic.store.read() as records:
        found = [
            one for one in records.find(Visit) if one.state not in (VisitState.CANCELLED, VisitState.MISSED)
        ]
    return sorted(found, key=lambda one: one.start)


def days(visits: list[Visit]) -> list[int]:
    return [(one.day - MONDAY).days for one in visits]


def look(clinic: SmallClinic, visit: Visit, scope: Scope, **where: object) -> Elastic:
    """Moved where it is said, or cancelled because the patient asked."""
    move = to(visit, **where) if where else None
    ending = Ending(visit.id, visit.version, VisitState.CANCELLED, CancelReason.PATIENT)
    wish = ElasticWish(visit.id, scope, move, None if where else ending)
    return look_elastic(clinic.store, clinic.clock.now(), wish)


def moved(seen: Elastic) -> list[tuple[int, int]]:
    """(day before, day after) of the others that move."""
    return [((one.visit.day - MONDAY).days, (one.to.day - MONDAY).days) for one in seen.reflow.shifts]


def do(clinic: SmallClinic, seen: Elastic) -> list[Visit]:
    assert seen.what is not None
    rearrange(clinic.store, clinic.desk, seen.what)
    return standing(clinic)


# ---- moved -----------------------------------------------------------------------------------------


def test_r3_this_visit_alone_is_the_visit_alone(clinic: SmallClinic) -> None:
    third = course(clinic)[2]
    seen = look(clinic, third, Scope.THIS, day=day(9))
    assert moved(seen) == []
    assert "gap-short" in [one.code for one in seen.findings[third.id]]
    assert days(do(clinic, seen)) == [0, 3, 9, 10, 14, 17]


def test_r3_this_and_later_moves_only_what_must(clinic: SmallClinic) -> None:
    third = course(clinic)[2]
    seen = look(clinic, third, Scope.LATER, day=day(9))
    assert moved(seen) == [(10, 11)]  # a clear day after it and before the fifth; the others stay
    (shift,) = seen.reflow.shifts
    assert shift.why[0].sentence() == "Too near the visit on Wed, Nov 25 (days between them: 1, at least 2)."
    visits = do(clinic, seen)
    assert days(visits) == [0, 3, 9, 11, 14, 17]
    assert {one.minute for one in visits} == {615}
    assert [one.course_no for one in visits] == [1, 2, 3, 4, 5, 6]


def test_r3_a_move_that_disturbs_nobody_moves_nobody(clinic: SmallClinic) -> None:
    third = course(clinic)[2]
    for scope in Scope:
        assert moved(look(clinic, third, scope, minute=840)) == []
        assert moved(look(clinic, third, scope, day=day(8))) == []


def test_r3_the_whole_course_may_move_earlier_visits_too(clinic: SmallClinic) -> None:
    third = course(clinic)[2]
    assert moved(look(clinic, third, Scope.LATER, day=day(4))) == []  # the second stands; a rule warns
    seen = look(clinic, third, Scope.WHOLE, day=day(4))
    assert moved(seen) == [(3, 2)]
    assert days(do(clinic, seen)) == [0, 2, 4, 10, 14, 17]


def test_a_visit_moved_past_another_takes_its_number(clinic: SmallClinic) -> None:
    visits = course(clinic)
    seen = look(clinic, visits[4], Scope.LATER, day=day(21))
    assert moved(seen) == []
    after = do(clinic, seen)
    assert days(after) == [0, 3, 7, 10, 17, 21]
    assert after[5].id == visits[4].id
    assert [one.course_no for one in after] == [1, 2, 3, 4, 5, 6]


def test_a_chain_moves_as_far_as_it_must_and_within_the_length_of_the_course(clinic: SmallClinic) -> None:
    fourth = course(clinic)[3]
    seen = look(clinic, fourth, Scope.LATER, day=day(16))
    assert not seen.reflow.relaxed
    assert moved(seen) == [(17, 21)]  # a Monday, as wished; the fifth, on day 14, comes before it now
    assert days(do(clinic, seen)) == [0, 3, 7, 14, 16, 21]


def test_beyond_the_length_of_the_course_it_says_so_and_gives_way(clinic: SmallClinic) -> None:
    last = course(clinic)[5]
    seen = look(clinic, last, Scope.LATER, day=day(25))
    assert moved(seen) == []
    assert "gap-long" in [one.code for one in seen.findings[last.id]]
    assert days(do(clinic, seen))[-1] == 25


def test_what_was_out_of_the_usual_before_is_no_reason_to_move(clinic: SmallClinic) -> None:
    visits = course(clinic)
    move(clinic.store, clinic.desk, [to(visits[3], day=day(8))])  # one day after the third
    last = standing(clinic)[5]
    assert moved(look(clinic, last, Scope.WHOLE, day=day(18))) == []


def test_a_visit_that_has_begun_is_never_moved(clinic: SmallClinic) -> None:
    visits = course(clinic)
    clinic.clock.at = at(day(3), 12)
    seen = look(clinic, visits[2], Scope.WHOLE, day=day(4))
    assert moved(seen) == []


def test_an_own_place_is_no_obstacle_to_a_moved_visit(clinic: SmallClinic) -> None:
    """Two visits of the course come to lie where one of them was."""
    visits = course(clinic)
    seen = look(clinic, visits[2], Scope.LATER, day=day(10), minute=630)
    assert [before for before, _ in moved(seen)] == [10]
    assert len(do(clinic, seen)) == 6


def test_where_no_place_is_left_nothing_is_done_and_it_says_why(clinic: SmallClinic) -> None:
    third = course(clinic)[2]
    with clinic.store.write(clinic.prescriber) as unit:
        unit.add(Closure(0, 0, None, day(10), 0, day(200), 1440, "renovation"))
        unit.commit()
    seen = look(clinic, third, Scope.LATER, day=day(9))
    assert seen.what is None
    assert all(one.reasons for one in seen.reflow.left)


# ---- cancelled -------------------------------------------------------------------------------------


def test_cancelled_alone_it_waits_for_a_time(clinic: SmallClinic) -> None:
    third = course(clinic)[2]
    assert days(do(clinic, look(clinic, third, Scope.THIS))) == [0, 3, 10, 14, 17]
    assert len(to_place_list(clinic.store)) == 1


def test_cancelled_it_is_made_up_where_nobody_else_must_move(clinic: SmallClinic) -> None:
    third = course(clinic)[2]
    seen = look(clinic, third, Scope.LATER)
    assert moved(seen) == []
    visits = do(clinic, seen)
    assert days(visits) == [0, 3, 8, 10, 14, 17]  # not on the day it was cancelled for
    new = visits[2]
    assert (new.minute, new.course_no, new.plan_name, new.plan_confirmed_at) == (615, 3, "Bea Marsh", None)
    assert clinic.visit(third.id).state is VisitState.CANCELLED
    assert to_place_list(clinic.store) == []


def test_missed_it_is_made_up_after_now(clinic: SmallClinic) -> None:
    second = course(clinic)[1]
    clinic.clock.at = at(day(3), 12)
    ending = Ending(second.id, second.version, VisitState.MISSED)
    wish = ElasticWish(second.id, Scope.LATER, None, ending)
    seen = look_elastic(clinic.store, clinic.clock.now(), wish)
    visits = do(clinic, seen)
    assert len(visits) == 6
    assert visits[1].day > day(3)
    assert clinic.visit(second.id).state is VisitState.MISSED


# ---- one transaction -------------------------------------------------------------------------------


def test_another_desk_that_changed_any_visit_of_the_course_is_not_run_over(clinic: SmallClinic) -> None:
    visits = course(clinic)
    seen = look(clinic, visits[2], Scope.LATER, day=day(9))
    move(clinic.store, clinic.desk, [to(visits[5], minute=840)])
    with pytest.raises(StaleEdit):
        do(clinic, seen)
    assert days(standing(clinic)) == [0, 3, 7, 10, 14, 17]


def test_r4_a_place_that_was_taken_meanwhile_undoes_all_of_it(clinic: SmallClinic) -> None:
    third = course(clinic)[2]
    seen = look(clinic, third, Scope.LATER)
    made_up = seen.reflow.made_up
    assert made_up is not None
    (person,) = more_patients(clinic, 1)
    other = clinic.wish(day=made_up.day, minute=615, room_id=made_up.room_id, patient_id=person.id)
    book(clinic.store, clinic.desk, other)
    with pytest.raises(Conflict):
        do(clinic, seen)
    assert clinic.visit(third.id).state is VisitState.BOOKED


def test_a_visit_of_no_course_has_nothing_to_rearrange(clinic: SmallClinic) -> None:
    (alone,) = book(clinic.store, clinic.desk, clinic.wish()).visits
    with pytest.raises(NotFound):
        look(clinic, alone, Scope.LATER, day=day(1))


def test_the_weeks_of_spravato_hold_and_fewest_visits_move(clinic: SmallClinic) -> None:
    visits = course(clinic, code="SP8", weekdays=frozenset({0, 3}))
    assert days(list(visits)) == [0, 3, 7, 10, 14, 17, 21, 24]
    seen = look(clinic, visits[2], Scope.LATER, day=day(9))
    assert moved(seen) == [(10, 11)]  # still in its week
    assert days(do(clinic, seen)) == [0, 3, 9, 11, 14, 17, 21, 24]

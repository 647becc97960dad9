"""A course is one patient's own: other visits, gaps and types than the template's, kept with the course."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.courses import book_course, place_rest
from clinic_desktop.scheduling.defaults import TEMPLATES, default_setup
from clinic_desktop.scheduling.looking_course import (
    CoursePlanWish,
    PlannedCourse,
    book_planned,
    course_wish,
    plan_course,
)
from clinic_desktop.scheduling.looking_elastic import ElasticWish, look_elastic
from clinic_desktop.scheduling.model import Course, OwnCourse, OwnType, Step, Visit
from clinic_desktop.scheduling.moving import to
from clinic_desktop.scheduling.own_course import as_template, named_for, own_problems, own_template
from clinic_desktop.scheduling.reflow import Scope
from clinic_desktop.scheduling.undoing import Overtaken
from tests.scheduling.test_undoing import taken_back
from tests.small_clinic import BEA, MONDAY, SmallClinic

IV6, SP8, SP12, _ = TEMPLATES


def own(**changes: object) -> OwnCourse:
    return OwnCourse(**changes)  # type: ignore[arg-type]  # the dataclass checks the names


def plan(clinic: SmallClinic, code: str = "IV6", **changes: object) -> PlannedCourse:
    wish = CoursePlanWish(clinic.amara.id, code, MONDAY, way_home=BEA)
    return plan_course(clinic.store, clinic.clock.now(), replace(wish, **changes))  # type: ignore[arg-type]  # replace checks the names


def days(planned: PlannedCourse) -> list[int]:
    return [(one.day - MONDAY).days for one in planned.plan.placed]


def the_course(clinic: SmallClinic) -> Course:
    with clinic.store.read() as records:
        (found,) = records.find(Course)
    return found


def problem(template: object, changes: OwnCourse, booked: int = 0) -> str:
    setup = default_setup()
    found = own_problems(setup, template, changes, booked)  # type: ignore[arg-type]  # a template
    return next(iter(found.values())).rule.code if found else ""


# ---- the template as one patient has it --------------------------------------------------------------


def test_nothing_of_ones_own_is_the_template() -> None:
    for template in TEMPLATES:
        assert own_template(template, OwnCourse()) == template


def test_visits_beyond_the_last_are_like_it_and_fewer_leave_off_the_last() -> None:
    assert own_template(SP8, own(visits=10)).steps == (Step("SP1", 1), Step("SP56", 9))
    assert own_template(SP8, own(visits=2)).steps == (Step("SP1", 1), Step("SP56", 1))


def test_the_weeks_go_on_as_the_last_one() -> None:
    assert own_template(SP12, own(visits=14)).weeks == (2, 2, 2, 2, 1, 1, 1, 1, 1, 1)
    assert own_template(SP8, own(visits=5)).weeks == (2, 2, 1)
    spoilt = replace(SP8, weeks=(-(2**31), 2))
    assert sum(own_template(spoilt, own(visits=5)).weeks) == 5


@pytest.mark.parametrize(
    ("changes", "span"),
    [
        (own(visits=4), 21),  # never less than the template allows
        (own(visits=11), 42),  # twice the steps
        (own(max_gap_days=14), 42),  # twice the gap
        (own(min_clear_days=5), 30),  # five steps of six days
    ],
)
def test_the_length_grows_as_visits_and_gaps_do(changes: OwnCourse, span: int) -> None:
    assert own_template(IV6, changes).span_days == span


def test_one_visit_of_another_type() -> None:
    seen = own_template(SP8, own(types=(OwnType(4, "SP84"), OwnType(20, "SP84"))))
    assert seen.type_codes[2:5] == ("SP56", "SP84", "SP56")


@pytest.mark.parametrize(
    ("name", "usual", "visits", "said"),
    [
        ("IV ketamine, 6 infusions", 6, 6, "IV ketamine, 6 infusions"),
        ("IV ketamine, 6 infusions", 6, 4, "IV ketamine, 4 visits"),
        ("IV ketamine, 4 visits", 4, 6, "IV ketamine, 6 visits"),
        ("Spravato, 8 + 4 visits", 12, 10, "Spravato, 10 visits"),
        ("Spravato, 84 mg", 6, 4, "Spravato, 84 mg, 4 visits"),  # no count of visits
        ("Ketamine course", 6, 8, "Ketamine course, 8 visits"),
    ],
)
def test_the_name_says_how_many_visits_there_are(name: str, usual: int, visits: int, said: str) -> None:
    assert named_for(name, usual, visits) == said


def test_a_course_is_kept_under_the_name_that_counts_its_visits(any_clinic: SmallClinic) -> None:
    clinic = any_clinic
    four = plan(clinic, own=own(visits=4))
    assert four.template.name == "IV ketamine, 4 visits"
    book_planned(clinic.store, clinic.desk, four)
    assert the_course(clinic).name == "IV ketamine, 4 visits"
    more = plan(clinic, course_id=the_course(clinic).id, own=own(visits=5))
    book_planned(clinic.store, clinic.desk, more)
    assert the_course(clinic).name == "IV ketamine, 5 visits"


def test_what_is_no_other_than_the_templates_is_nothing_of_ones_own() -> None:
    same = own(visits=6, min_clear_days=1, max_gap_days=7, types=(OwnType(2, "IVM"),))
    assert as_template(IV6, same) == OwnCourse()


@pytest.mark.parametrize(
    ("changes", "booked", "code"),
    [
        (own(visits=8, min_clear_days=0, types=(OwnType(2, "IVB"),)), 0, ""),
        (own(visits=1), 0, "set-up-course-visits"),
        (own(visits=61), 0, "set-up-course-visits"),
        (own(visits=4), 5, "course-own-booked"),
        (own(visits=5), 5, ""),
        (own(types=(OwnType(2, "SP56"),)), 0, "course-own-type"),
        (own(types=(OwnType(2, "CON"),)), 0, "course-own-type"),
        (own(types=(OwnType(2, "NONE"),)), 0, "set-up-course-type"),
        (own(min_clear_days=7), 0, "set-up-gaps"),
        (own(min_clear_days=61), 0, "set-up-day-count"),
    ],
)
def test_what_nobody_changes_for_one_patient(changes: OwnCourse, booked: int, code: str) -> None:
    assert problem(IV6, changes, booked) == code


def test_two_spravato_visits_a_week_keep_their_week() -> None:
    assert problem(SP8, own(min_clear_days=3)) == "set-up-week-full"


# ---- planned, booked, and kept -----------------------------------------------------------------------


def test_more_visits_and_wider_gaps_are_planned_and_kept(clinic: SmallClinic) -> None:
    mine = own(visits=7, min_clear_days=2)
    planned = plan(clinic, own=mine, clock=615, weekdays=frozenset({0, 3}), half="am")
    assert planned.count == 7
    assert min(b - a for a, b in zip(days(planned), days(planned)[1:], strict=False)) >= 3
    book_planned(clinic.store, clinic.desk, planned)
    there = the_course(clinic)
    assert (there.planned, there.to_place) == (7, 0)
    assert there.own == replace(mine, clock=615, weekdays=frozenset({0, 3}), half="am")


def test_a_course_that_no_patient_can_have_is_not_planned_and_not_booked(clinic: SmallClinic) -> None:
    wrong = own(types=(OwnType(2, "SP56"),))
    with pytest.raises(BadInput, match="another treatment"):
        plan(clinic, own=wrong)
    wish = replace(course_wish(plan(clinic)), own=wrong)
    with pytest.raises(BadInput):
        book_course(clinic.store, clinic.desk, wish)


def test_the_rest_is_planned_as_the_course_was(clinic: SmallClinic) -> None:
    mine = own(visits=7, types=(OwnType(7, "IVMG"),))
    booked = book_planned(clinic.store, clinic.desk, plan(clinic, own=mine, clock=615)).visits
    gone = booked[-1]
    cancel(clinic.store, clinic.desk, gone.id, gone.version, CancelReason.UNWELL)
    rest = plan(clinic, "", course_id=the_course(clinic).id)
    assert [(one.no, one.type_code) for one in rest.plan.placed] == [(7, "IVMG")]


def test_a_running_course_ends_earlier_and_nothing_is_left_to_place(clinic: SmallClinic) -> None:
    booked = book_planned(clinic.store, clinic.desk, plan(clinic, clock=615)).visits
    for one in booked[4:]:
        cancel(clinic.store, clinic.desk, one.id, one.version, CancelReason.UNWELL)
    running = the_course(clinic)
    with pytest.raises(BadInput, match="Visit 4 has its time"):
        plan(clinic, "", course_id=running.id, own=own(visits=3))
    shorter = plan(clinic, "", course_id=running.id, own=own(visits=4))
    assert (shorter.count, shorter.changes_only) == (0, True)
    book_planned(clinic.store, clinic.desk, shorter)
    there = the_course(clinic)
    assert (there.planned, there.to_place, there.own.visits) == (4, 0, 4)


def test_as_the_template_says_takes_it_back(clinic: SmallClinic) -> None:
    booked = book_planned(clinic.store, clinic.desk, plan(clinic, own=own(visits=8), clock=615)).visits
    for one in booked[5:]:
        cancel(clinic.store, clinic.desk, one.id, one.version, CancelReason.UNWELL)
    rest = plan(clinic, "", course_id=the_course(clinic).id, own=OwnCourse())
    assert [one.no for one in rest.plan.placed] == [6]
    book_planned(clinic.store, clinic.desk, rest)
    assert (the_course(clinic).planned, the_course(clinic).own) == (6, OwnCourse())


def test_the_elastic_course_keeps_its_own_gaps(clinic: SmallClinic) -> None:
    wish = {"clock": 615, "weekdays": frozenset({0})}
    booked = book_planned(clinic.store, clinic.desk, plan(clinic, own=own(min_clear_days=5), **wish)).visits
    third: Visit = booked[2]
    move = to(third, day=third.day + timedelta(days=3))
    seen = look_elastic(clinic.store, clinic.clock.now(), ElasticWish(third.id, Scope.LATER, move))
    assert seen.reflow.shifts  # the next would be four days after it: too near for this patient
    assert all((one.to.day - move.day).days >= 6 for one in seen.reflow.shifts)


def test_undo_takes_back_what_the_course_had_of_its_own(clinic: SmallClinic) -> None:
    booked = book_planned(clinic.store, clinic.desk, plan(clinic, clock=615)).visits
    gone = booked[-1]
    cancel(clinic.store, clinic.desk, gone.id, gone.version, CancelReason.UNWELL)
    rest = plan(clinic, "", course_id=the_course(clinic).id, own=own(visits=7), clock=615)
    done = book_planned(clinic.store, clinic.desk, rest)
    assert the_course(clinic).own.visits == 7
    taken_back(clinic, done.changes)
    assert (the_course(clinic).planned, the_course(clinic).own) == (6, OwnCourse(clock=615))


def test_a_longer_course_that_another_desk_went_on_booking_is_not_made_shorter_by_undo(
    clinic: SmallClinic,
) -> None:
    booked = book_planned(clinic.store, clinic.desk, plan(clinic, clock=615)).visits
    gone = booked[-1]
    cancel(clinic.store, clinic.desk, gone.id, gone.version, CancelReason.UNWELL)
    rest = plan(clinic, "", course_id=the_course(clinic).id, own=own(visits=8), clock=615)
    assert rest.stand is not None
    longer, wishes = replace(rest.stand.course, own=rest.own), course_wish(rest).visits
    done = place_rest(clinic.store, clinic.desk, longer, wishes[:2])
    place_rest(clinic.store, clinic.desk, the_course(clinic), wishes[2:])
    with pytest.raises(Overtaken):
        taken_back(clinic, done.changes)
    assert (the_course(clinic).planned, the_course(clinic).to_place) == (8, 0)


def test_the_earliest_day_is_no_part_of_it(clinic: SmallClinic) -> None:
    planned = plan(clinic, earliest=date(2026, 11, 23))
    assert planned.own == OwnCourse()


def test_a_template_without_visits_is_refused_in_words() -> None:
    assert problem(replace(SP8, steps=()), own(visits=5)) == "set-up-course-visits"

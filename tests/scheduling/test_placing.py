"""Where a visit can be put, new or moved: hours, the past, the grid, people and times that do not exist."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.errors import BadInput, NotFound, Refusal
from clinic_desktop.people.model import Indication, Patient
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.courses import CourseWish, book_course, place_rest
from clinic_desktop.scheduling.model import Closure, Course, PhaseStaff, Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.patient_edit import keep_patient
from clinic_desktop.scheduling.stranded import repair_list
from tests.small_clinic import MONDAY, SmallClinic, instant

TUESDAY = MONDAY + timedelta(days=1)


def booked(clinic: SmallClinic, type_code: str = "IVM", minute: int = 600, **changes: object) -> Visit:
    return book(clinic.store, clinic.desk, clinic.wish(type_code, minute, **changes)).visits[0]


def refused(clinic: SmallClinic, type_code: str = "IVM", minute: int = 600, **changes: object) -> set[str]:
    with pytest.raises(Refusal) as refusal:
        book(clinic.store, clinic.desk, clinic.wish(type_code, minute, **changes))
    return {one.code for one in refusal.value.findings}


def not_moved(clinic: SmallClinic, visit: Visit, **changes: object) -> set[str]:
    with pytest.raises(Refusal) as refusal:
        move(clinic.store, clinic.desk, [to(visit, **changes)])
    return {one.code for one in refusal.value.findings}


def at(clinic: SmallClinic, hour: int, minute: int = 0) -> None:
    clinic.clock.at = instant(hour, minute)


# A consultation decides while it is to come or going on.


def after_a_consultation(clinic: SmallClinic) -> set[str]:
    return refused(clinic, day=MONDAY + timedelta(days=200), patient_id=clinic.noah.id)


def test_a_consultation_that_is_over_clears_nobody_any_more(any_clinic: SmallClinic) -> None:
    booked(any_clinic, "CON", 540, patient_id=any_clinic.noah.id)
    any_clinic.clock.at += timedelta(days=199)
    assert after_a_consultation(any_clinic) == {"clearance"}


def test_a_consultation_that_runs_may_still_clear(clinic: SmallClinic) -> None:
    talk = booked(clinic, "CON", 540, patient_id=clinic.noah.id)
    later = {"patient_id": clinic.noah.id, "day": MONDAY + timedelta(days=3)}
    at(clinic, 10, 30)  # it was to end at 10:05 with its cleaning
    assert "clearance" in refused(clinic, **later)
    with clinic.store.write(clinic.desk) as unit:
        unit.save(replace(unit.get(Visit, talk.id), arrived=talk.start))
        unit.commit()
    assert booked(clinic, **later).held_for == {"clearance"}
    clinic.clock.at += timedelta(days=1)
    assert "clearance" in refused(clinic, **later | {"minute": 780})  # nobody ended it, it is over


# Nobody is booked into the past.


def test_a_start_that_has_passed_is_not_booked_though_the_visit_would_still_run(
    any_clinic: SmallClinic,
) -> None:
    at(any_clinic, 11, 30)
    assert refused(any_clinic, minute=600) == {"past"}


def test_whoever_walks_in_is_booked_now(clinic: SmallClinic) -> None:
    at(clinic, 11, 32)
    assert refused(clinic, minute=685) == {"past"}
    assert booked(clinic, minute=690).minute == 690


def test_with_the_right_and_a_reason_what_took_place_unbooked_comes_onto_the_record(
    clinic: SmallClinic,
) -> None:
    at(clinic, 11, 30)
    late = book(clinic.store, clinic.prescriber, clinic.wish(), override="came while the line was down")
    assert late.visits[0].minute == 600


def test_a_visit_is_not_moved_into_the_past(any_clinic: SmallClinic) -> None:
    visit = booked(any_clinic, minute=720)
    at(any_clinic, 11)
    assert not_moved(any_clinic, visit, minute=570) == {"past"}


def test_who_waits_past_their_time_can_still_be_given_another_room(clinic: SmallClinic) -> None:
    visit = booked(clinic)
    at(clinic, 10, 20)
    room = clinic.rooms["Infusion 2"].id
    assert move(clinic.store, clinic.desk, [to(visit, room_id=room)]).visits[0].room_id == room


# A visit without a room has hours too.


def test_a_phone_intake_takes_place_while_the_clinic_is_open(any_clinic: SmallClinic) -> None:
    noah = any_clinic.noah.id
    at_three_in_the_morning = MONDAY + timedelta(days=6)
    wish = {"patient_id": noah, "day": at_three_in_the_morning, "minute": 180}
    assert refused(any_clinic, "CONF", **wish) == {"clinic-closed"}
    assert booked(any_clinic, "CONF", 540, patient_id=noah).room_id is None


def test_a_closure_puts_a_phone_intake_on_the_repair_list(any_clinic: SmallClinic) -> None:
    call = booked(any_clinic, "CONF", 540, patient_id=any_clinic.noah.id, day=TUESDAY)
    with any_clinic.store.write(any_clinic.desk) as unit:
        unit.add(Closure(from_day=TUESDAY, to_day=TUESDAY, reason="Snow"))
        unit.commit()
    with any_clinic.store.read() as records:
        listed = repair_list(records, call.start - 1440)
    assert [(one.visit.id, [f.code for f in one.why]) for one in listed] == [(call.id, ["clinic-closed"])]


# One way to put a visit somewhere, new or moved.


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"minute": 613}, "time"),
        ({"minute": 1500}, "time"),
        ({"minute": -5}, "time"),
        ({"fold": 2}, "time"),
        ({"day": date.max}, "day"),
        ({"day": date.min}, "day"),
    ],
)
def test_times_that_no_visit_can_have_are_typed_wrong(
    any_clinic: SmallClinic, changes: dict[str, object], field: str
) -> None:
    visit = booked(any_clinic, day=TUESDAY)
    for work in (
        lambda: move(any_clinic.store, any_clinic.desk, [to(visit, **changes)]),
        lambda: book(any_clinic.store, any_clinic.desk, replace(any_clinic.wish(), **changes)),  # type: ignore[arg-type]  # replace checks the names
    ):
        with pytest.raises(BadInput) as wrong:
            work()
        assert list(wrong.value.problems) == [field]
    assert any_clinic.visit(visit.id) == visit


def test_a_visit_of_an_older_grid_stays_where_it_is_and_changes_its_room(clinic: SmallClinic) -> None:
    visit = booked(clinic, minute=605)
    with clinic.store.write(clinic.desk) as unit:
        own = unit.setup().clinic
        unit.save(replace(own, policies=replace(own.policies, grid=15)))
        unit.commit()
    room = clinic.rooms["Infusion 2"].id
    moved = move(clinic.store, clinic.desk, [to(visit, room_id=room)]).visits[0]
    assert (moved.minute, moved.room_id) == (605, room)
    with pytest.raises(BadInput):
        move(clinic.store, clinic.desk, [to(moved, minute=620)])


def test_a_visit_that_takes_no_room_is_moved_into_none(any_clinic: SmallClinic) -> None:
    call = booked(any_clinic, "CONF", 540, patient_id=any_clinic.noah.id)
    room = any_clinic.rooms["Consult 1"].id
    assert move(any_clinic.store, any_clinic.desk, [to(call, room_id=room)]).visits[0].room_id is None


@pytest.mark.parametrize("role", ["nurse_id", "prescriber_id", "therapist_id"])
def test_people_whom_the_clinic_does_not_know_are_refused_by_name(any_clinic: SmallClinic, role: str) -> None:
    with pytest.raises(NotFound, match="person"):
        booked(any_clinic, **{role: 999})


def test_so_are_those_who_serve_one_phase_and_a_type_that_does_not_exist(clinic: SmallClinic) -> None:
    with pytest.raises(NotFound, match="person"):
        booked(clinic, phase_staff=(PhaseStaff(1, Role.NURSE, 999),))
    with pytest.raises(NotFound, match="visit type"):
        book(clinic.store, clinic.desk, replace(clinic.wish(), type_code="XYZ"))


# The first dose, when the visit before it goes away.


def test_a_first_56_is_not_moved_behind_its_84(any_clinic: SmallClinic) -> None:
    first = booked(any_clinic, "SP1", day=TUESDAY)
    booked(any_clinic, "SP84", day=TUESDAY + timedelta(days=2))
    later = TUESDAY + timedelta(days=6)
    assert not_moved(any_clinic, first, day=later) == {"leaves-84-first"}
    earlier = move(any_clinic.store, any_clinic.desk, [to(first, minute=660)]).visits[0]
    move(any_clinic.store, any_clinic.prescriber, [to(earlier, day=later)], "dose known from elsewhere")


@pytest.mark.parametrize(
    ("reason", "said"), [(Indication.ANXIETY, {"leaves-84-first"}), (Indication.MDSI, set())]
)
def test_only_acute_suicidal_thoughts_let_an_84_come_first(
    clinic: SmallClinic, reason: Indication, said: set[str]
) -> None:
    with clinic.store.read() as records:
        amara = records.get(Patient, clinic.amara.id)
    keep_patient(clinic.store, clinic.desk, replace(amara, indication=reason))
    first = booked(clinic, "SP1", day=TUESDAY)
    booked(clinic, "SP84", day=TUESDAY + timedelta(days=2))
    later = to(first, day=TUESDAY + timedelta(days=6))
    if said:
        assert not_moved(clinic, first, day=later.day) == said
    else:
        assert move(clinic.store, clinic.desk, [later]).visits


def test_another_56_behind_an_84_that_was_first_says_nothing_new(clinic: SmallClinic) -> None:
    book(clinic.store, clinic.prescriber, clinic.wish("SP84", day=TUESDAY), override="dose known")
    later = booked(clinic, "SP56", day=TUESDAY + timedelta(days=2))
    move(clinic.store, clinic.desk, [to(later, minute=660)])


# A course is made of its own visits.


def course(clinic: SmallClinic, count: int = 3) -> tuple[CourseWish, Course]:
    with clinic.store.read() as records:
        template = next(one for one in records.setup().templates if one.code == "IV6")
    wishes = [(n + 1, clinic.wish(day=MONDAY + timedelta(days=2 * n))) for n in range(count)]
    wish = CourseWish(template, wishes)
    number = book_course(clinic.store, clinic.desk, wish).visits[0].course_id
    with clinic.store.read() as records:
        return wish, records.get(Course, number or 0)


def test_a_course_without_any_visit_is_not_booked(any_clinic: SmallClinic) -> None:
    wish, _ = course(any_clinic)
    with pytest.raises(BadInput):
        book_course(any_clinic.store, any_clinic.desk, replace(wish, visits=[]))
    with any_clinic.store.read() as records:
        assert len(records.find(Course)) == 1


@pytest.mark.parametrize("numbers", [(9,), (0,), (4, 4), ()])
def test_only_the_courses_own_visits_are_placed(any_clinic: SmallClinic, numbers: tuple[int, ...]) -> None:
    _, there = course(any_clinic)
    days = [MONDAY + timedelta(days=8 + 2 * n) for n in range(len(numbers))]
    wishes = [(no, any_clinic.wish(day=day)) for no, day in zip(numbers, days, strict=True)]
    with pytest.raises(BadInput):
        place_rest(any_clinic.store, any_clinic.desk, there, wishes)

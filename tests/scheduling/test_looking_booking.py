"""What a booking panel is told: the likely type, times, the driver, and what the rules say before booking."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.clock import WallTime
from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.people.model import Absence, Patient, TransportKind, UsualDriver
from clinic_desktop.people.similar_names import Similarity
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.courses import CourseWish, book_course
from clinic_desktop.scheduling.looking_booking import Answers, Look, Spot, book_looked, look
from clinic_desktop.scheduling.looking_to_place import to_place_list
from clinic_desktop.scheduling.model import Course
from clinic_desktop.scheduling.states import VisitState
from tests.small_clinic import BEA, MONDAY, SmallClinic

TEN_15 = Spot(WallTime(MONDAY, 615))
DAN = UsualDriver("Dan Okafor", "(512) 555-0178", "husband", weekdays=frozenset({0, 2}))
EVE = UsualDriver("Eve Adams", "(512) 555-0199", "friend")


def ask(clinic: SmallClinic, **answers: object) -> Look:
    """Amara, unless the answers say otherwise."""
    asked = replace(Answers(clinic.amara.id), **answers)  # type: ignore[arg-type]  # replace checks the names
    return look(clinic.store, clinic.clock.now(), asked)


def drivers(clinic: SmallClinic, *some: UsualDriver) -> None:
    with clinic.store.write(clinic.desk) as unit:
        unit.save(replace(unit.get(Patient, clinic.amara.id), drivers=some))
        unit.commit()


def three_of_six(clinic: SmallClinic) -> Course:
    with clinic.store.read() as records:
        template = next(one for one in records.setup().templates if one.code == "IV6")
    wishes = [(n + 1, clinic.wish(day=MONDAY + timedelta(days=2 * n))) for n in range(3)]
    course = book_course(clinic.store, clinic.desk, CourseWish(template, wishes)).visits[0].course_id
    with clinic.store.read() as records:
        return records.get(Course, course or 0)


def test_without_a_patient_the_usual_types_are_offered_and_no_time(clinic: SmallClinic) -> None:
    found = look(clinic.store, clinic.clock.now(), Answers())
    assert [one.code for one in found.likely] == ["IVM", "SP1", "CON", "FUP"]
    assert found.type is None
    assert found.offers == ()


def test_times_are_offered_before_anybody_is_named(clinic: SmallClinic) -> None:
    found = look(clinic.store, clinic.clock.now(), Answers(type_code="SP56"))
    assert len(found.offers) == 3
    assert found.wish is None


def test_a_new_patient_is_offered_a_first_consultation(clinic: SmallClinic) -> None:
    found = ask(clinic, patient_id=clinic.noah.id)
    assert found.type is not None
    assert (found.type.code, found.about and found.about.suggestion.why) == ("CON", "new")
    assert found.findings == ()
    assert found.wish is not None


def test_clearance_suggests_its_treatment_and_the_first_time_is_taken(clinic: SmallClinic) -> None:
    found = ask(clinic)
    assert found.about is not None
    assert (found.about.suggestion.type_code, found.about.suggestion.why) == ("IVM", "cleared")
    assert found.wish is not None
    assert (found.wish.day, found.wish.minute) == (MONDAY, 480)


def test_a_course_suggests_its_next_visit_and_books_it_into_the_course(clinic: SmallClinic) -> None:
    course = three_of_six(clinic)
    found = ask(clinic)
    assert (found.visit_no, found.type and found.type.code) == (4, "IVM")
    assert all(one.at.day > MONDAY + timedelta(days=4) for one in found.offers)  # after visit 3
    booked = book_looked(clinic.store, clinic.desk, found).visits[0]
    assert (booked.course_id, booked.course_no) == (course.id, 4)


def test_after_the_first_spray_comes_the_next_kind(clinic: SmallClinic) -> None:
    book(clinic.store, clinic.desk, clinic.wish("SP1"))
    found = ask(clinic)
    assert found.about is not None
    assert (found.about.suggestion.type_code, found.about.suggestion.why) == ("SP56", "again")


def test_a_seen_room_that_is_not_fitted_for_it_suggests_what_it_is_fitted_for(clinic: SmallClinic) -> None:
    book(clinic.store, clinic.desk, clinic.wish("SP1", minute=840))
    for room, code in (("Infusion 2", "IVM"), ("Spravato 1", "SP56"), ("Consult 1", "FUP")):
        there = Spot(WallTime(MONDAY + timedelta(days=3), 600), clinic.rooms[room].id)
        found = ask(clinic, spot=there)
        assert found.type is not None
        assert found.type.code == code


def test_days_beside_another_visit_are_not_offered_but_can_be_asked_for(clinic: SmallClinic) -> None:
    book(clinic.store, clinic.desk, clinic.wish())
    found = ask(clinic)
    assert min(one.at.day for one in found.offers) == MONDAY + timedelta(days=2)
    tight = ask(clinic, spot=Spot(WallTime(MONDAY + timedelta(days=1), 615)))
    assert "gap-short" in [one.code for one in tight.findings]


def test_half_of_the_offers_keep_a_usual_time(clinic: SmallClinic) -> None:
    for n in (0, 3):
        book(clinic.store, clinic.desk, clinic.wish(day=MONDAY + timedelta(days=n), minute=825))
    minutes = [one.at.minute for one in ask(clinic, count=4).offers]
    assert minutes.count(825) == 2
    assert len(minutes) == 4


def test_a_seen_slot_is_judged_with_its_room(clinic: SmallClinic) -> None:
    book(clinic.store, clinic.desk, clinic.wish(minute=600))
    there = replace(TEN_15, room_id=clinic.rooms["Infusion 1"].id)
    taken = ask(clinic, patient_id=clinic.noah.id, type_code="IVM", spot=there)
    assert taken.fit is not None
    assert taken.fit.reasons[0].code == "slot-room"
    assert taken.wish is None


def test_without_a_driver_the_hold_is_said_before_booking(clinic: SmallClinic) -> None:
    found = ask(clinic, spot=TEN_15)
    assert [one.code for one in found.findings] == ["driver"]
    booked = book_looked(clinic.store, clinic.desk, found).visits[0]
    assert booked.state is VisitState.HELD


def test_the_usual_driver_who_can_come_is_proposed(clinic: SmallClinic) -> None:
    drivers(clinic, DAN, EVE)
    on_monday, on_tuesday = (
        ask(clinic, spot=Spot(WallTime(MONDAY + timedelta(days=n), 615))) for n in (0, 1)
    )
    assert (on_monday.plan and on_monday.plan.name, on_monday.findings) == ("Dan Okafor", ())
    assert on_tuesday.plan is not None
    assert on_tuesday.plan.name == "Eve Adams"


def test_whoever_came_last_comes_first_and_is_confirmed_anew(clinic: SmallClinic) -> None:
    drivers(clinic, EVE)
    confirmed = replace(BEA, confirmed_at=clinic.clock.now(), confirmed_by=1)
    book(clinic.store, clinic.desk, clinic.wish(plan=confirmed))
    found = ask(clinic)
    assert found.about is not None
    assert [one.plan.name for one in found.about.drivers] == ["Bea Marsh", "Eve Adams"]
    assert found.plan == BEA


def test_a_way_home_that_is_not_accepted_is_not_proposed(clinic: SmallClinic) -> None:
    drivers(clinic, replace(EVE, kind=TransportKind.ADULT_ON_TRANSIT))
    assert ask(clinic, spot=TEN_15).plan is None


def test_an_answered_driver_wins_over_the_usual_one(clinic: SmallClinic) -> None:
    drivers(clinic, EVE)
    nobody = ask(clinic, spot=TEN_15, driver_answered=True)
    assert nobody.plan is None
    assert [one.code for one in nobody.findings] == ["driver"]


def test_a_namesake_on_that_day_is_named(clinic: SmallClinic) -> None:
    with clinic.store.write(clinic.desk) as unit:
        other = unit.add(Patient(given_name="Amara", family_name="Okafor", birth_date=date(1990, 1, 2)))
        unit.commit()
    lin = clinic.lin.id
    book(clinic.store, clinic.desk, clinic.wish("CON", 840, patient_id=other.id, prescriber_id=lin))
    (found,) = ask(clinic, spot=TEN_15).namesakes
    assert (found.patient.id, found.similarity) == (other.id, Similarity.SAME_NAME)
    assert ask(clinic, spot=Spot(WallTime(MONDAY + timedelta(days=2), 615))).namesakes == ()


def test_behind_a_booked_consultation_times_begin_after_it(clinic: SmallClinic) -> None:
    wish = clinic.wish("CON", 600, patient_id=clinic.noah.id, day=MONDAY + timedelta(days=1))
    book(clinic.store, clinic.desk, wish)
    found = ask(clinic, patient_id=clinic.noah.id, type_code="IVM")
    assert found.offers[0].at >= WallTime(MONDAY + timedelta(days=1), 665)
    assert "clearance-held" in [one.code for one in found.findings]


def test_not_cleared_is_said_before_booking(clinic: SmallClinic) -> None:
    found = ask(clinic, patient_id=clinic.noah.id, type_code="IVM", spot=TEN_15)
    assert "clearance" in [one.code for one in found.findings]


def test_a_cancelled_visit_of_a_course_waits_on_the_to_place_list(clinic: SmallClinic) -> None:
    course = three_of_six(clinic)
    with clinic.store.read() as records:
        second = next(one for one in records.visits_on(MONDAY, date.max) if one.course_no == 2)
    cancel(clinic.store, clinic.desk, second.id, second.version, CancelReason.UNWELL)
    (entry,) = to_place_list(clinic.store)
    assert (entry.patient.id, entry.stand.missing, entry.stand.next_no) == (clinic.amara.id, (2, 4, 5, 6), 4)
    assert entry.stand.course.to_place == course.to_place + 1


def test_a_course_written_down_in_its_middle_has_no_open_visits_before(clinic: SmallClinic) -> None:
    with clinic.store.read() as records:
        template = next(one for one in records.setup().templates if one.code == "IV6")
    book_course(clinic.store, clinic.desk, CourseWish(template, [(5, clinic.wish())]))
    (entry,) = to_place_list(clinic.store)
    assert entry.stand.missing == (6,)
    assert ask(clinic).visit_no == 6


def test_a_start_after_the_latest_safe_one_is_warned_of(clinic: SmallClinic) -> None:
    drivers(clinic, EVE)
    with clinic.store.write(clinic.prescriber) as unit:  # cover ends at half past five
        unit.add(Absence(0, 0, clinic.lin.id, MONDAY, 1050, MONDAY, 1440))
        unit.commit()
    found = ask(clinic, type_code="SP1", spot=Spot(WallTime(MONDAY, 14 * 60 + 55)))
    assert [one.code for one in found.findings] == ["late-start"]


def test_nothing_is_booked_of_an_unfinished_look(clinic: SmallClinic) -> None:
    with pytest.raises(ValueError, match="nothing to book"):
        book_looked(clinic.store, clinic.desk, Look(Answers()))


def test_a_time_off_the_grid_is_refused_when_looked_at(clinic: SmallClinic) -> None:
    found = ask(clinic, spot=Spot(WallTime(MONDAY, 617)))
    assert found.fit is not None
    assert "slot-grid" in [one.code for one in found.fit.reasons]
    with pytest.raises(BadInput):
        book(clinic.store, clinic.desk, clinic.wish(minute=617))

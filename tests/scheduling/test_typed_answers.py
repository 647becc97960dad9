"""What the one line is answered in a small clinic, on Monday, November 16, 2026, at 7 AM."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.people.directory import Directory, load
from clinic_desktop.people.model import Patient, UsualDriver
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.courses import CourseWish, book_course
from clinic_desktop.scheduling.looking_booking import Look
from clinic_desktop.scheduling.looking_course import PlannedCourse, book_planned
from clinic_desktop.scheduling.model import Closure, Visit
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.scheduling.typed_answers import (
    Answer,
    CourseMeant,
    PersonMeant,
    Several,
    Unknown,
    Unread,
    VisitMeant,
    answers,
    answers_unread,
)
from clinic_desktop.scheduling.typed_dates import When
from tests.small_clinic import MONDAY, SmallClinic

BEA_MARSH = UsualDriver("Bea Marsh", "(217) 555-0142", "sister")
CARL = UsualDriver("Carl Okafor", "(217) 555-0199", "brother", weekdays=frozenset({1, 4}))


def ask(clinic: SmallClinic, text: str) -> list[Answer]:
    return answers(clinic.store, clinic.clock.now(), everybody(clinic), text)


def everybody(clinic: SmallClinic) -> Directory:
    with clinic.store.read() as records:
        return load(records)


def add(clinic: SmallClinic, given: str, family: str) -> int:
    with clinic.store.write(clinic.desk) as unit:
        made = unit.add(Patient(given_name=given, family_name=family))
        unit.commit()
    return made.id


def drive(clinic: SmallClinic, *drivers: UsualDriver) -> None:
    with clinic.store.write(clinic.desk) as unit:
        unit.save(replace(unit.get(Patient, clinic.amara.id), drivers=drivers))
        unit.commit()


def visit(clinic: SmallClinic, text: str) -> Look:
    """The first answer, which is a visit."""
    first = ask(clinic, text)[0]
    assert isinstance(first, VisitMeant)
    return first.seen


def course(clinic: SmallClinic, text: str) -> PlannedCourse:
    first = ask(clinic, text)[0]
    assert isinstance(first, CourseMeant)
    return first.planned


def when(seen: Look) -> tuple[date, int]:
    assert seen.spot is not None
    return seen.spot.at.day, seen.spot.at.minute


def test_the_first_free_time_near_the_one_that_was_typed(clinic: SmallClinic) -> None:
    seen = visit(clinic, "oka 10 sp")
    assert seen.about is not None
    assert (seen.about.patient.id, seen.type and seen.type.code) == (clinic.amara.id, "SP1")
    assert when(seen) == (MONDAY, 600)


def not_then(clinic: SmallClinic, text: str) -> list[str]:
    """What keeps the first answer from the time that was typed."""
    first = ask(clinic, text)[0]
    assert isinstance(first, VisitMeant)
    return [one.sentence() for one in first.not_then.reasons] if first.not_then else []


def test_why_not_the_very_time_that_was_typed(clinic: SmallClinic) -> None:
    for name, room, nurse in (("Petrov", 1, clinic.maya), ("Said", 2, clinic.tunde)):
        place = clinic.rooms[f"Infusion {room}"].id
        wish = clinic.wish(patient_id=clinic.double(name).id, room_id=place, nurse_id=nurse.id)
        book(clinic.store, clinic.desk, wish)
    assert when(visit(clinic, "oka 10 iv")) == (MONDAY, 570)
    assert not_then(clinic, "oka 10 iv") == ["Maya Jones and Tunde Okoro are busy, the first until 11:30 AM."]
    assert not_then(clinic, "iv 10:15")  # for nobody yet, too
    assert not not_then(clinic, "oka 8 iv")  # that time itself
    assert not not_then(clinic, "oka iv")  # no time was typed


def test_near_is_within_the_hour_and_else_the_next_day(clinic: SmallClinic) -> None:
    """With both Spravato rooms closed until 11:30 it is 10 tomorrow, not 11:30 today."""
    with clinic.store.write(clinic.prescriber) as unit:
        for room in ("Spravato 1", "Spravato 2"):
            unit.add(Closure(0, 0, clinic.rooms[room].id, MONDAY, 0, MONDAY, 690, "paint"))
        unit.commit()
    assert when(visit(clinic, "oka 10 sp")) == (date(2026, 11, 17), 600)
    assert when(visit(clinic, "oka 11 sp")) == (MONDAY, 690)
    assert when(visit(clinic, "oka today 10 sp")) == (MONDAY, 690)  # a day that is named is the day


def test_a_time_that_is_free_only_weeks_ahead_is_not_waited_for(clinic: SmallClinic) -> None:
    with clinic.store.write(clinic.prescriber) as unit:
        for day in range(14):
            closed = MONDAY + timedelta(days=day)
            unit.add(Closure(0, 0, None, closed, 0, closed, 720, "mornings"))
        unit.commit()
    assert when(visit(clinic, "oka 10 sp")) == (MONDAY, 720)


def test_a_day_a_half_and_a_room_are_kept_to(clinic: SmallClinic) -> None:
    assert when(visit(clinic, "oka fri sp"))[0] == date(2026, 11, 20)
    assert when(visit(clinic, "oka iv pm")) == (MONDAY, 720)
    seen = visit(clinic, "oka infusion 3 9:00")
    assert seen.spot is not None
    assert (when(seen), seen.spot.room_id) == ((MONDAY, 540), clinic.rooms["Infusion 3"].id)


def test_a_nurse_that_is_wished_for(clinic: SmallClinic) -> None:
    for name, nurse in (("maya", clinic.maya), ("tunde", clinic.tunde)):
        choice = visit(clinic, f"oka iv with {name}").choice
        assert choice is not None
        assert choice.nurse_id == nurse.id


def test_of_the_types_that_are_meant_the_one_that_comes_next(clinic: SmallClinic) -> None:
    """After the first 56 mg comes 56 mg; for infusions the usual one."""
    book(clinic.store, clinic.desk, clinic.wish("SP1"))
    again = visit(clinic, "oka sp")
    assert again.type is not None
    assert again.type.code == "SP56"
    infusion = visit(clinic, "oka iv")
    assert infusion.type is not None
    assert infusion.type.code == "IVM"


def test_everybody_whose_name_begins_so(clinic: SmallClinic) -> None:
    add(clinic, "Ann", "Okada")
    found = [one.seen.about for one in ask(clinic, "oka 10 con") if isinstance(one, VisitMeant)]
    assert {one.patient.family_name for one in found if one} == {"Okafor", "Okada"}


def test_where_several_fit_it_is_said_first_and_each_of_them_is_offered(clinic: SmallClinic) -> None:
    """Nobody is booked before somebody chose who: visits and courses alike."""
    for given in ("Adam", "Zoe"):
        add(clinic, given, "Okafor")
    for line, kind in (("okafor 6 iv tue fri am", CourseMeant), ("okafor 10 con", VisitMeant)):
        first, *others = ask(clinic, line)
        assert first == Several(3)
        assert [type(one) for one in others[:3]] == [kind] * 3
    abouts = [one.planned.about for one in ask(clinic, "okafor 6 iv") if isinstance(one, CourseMeant)]
    assert {one.patient.given_name for one in abouts} == {"Amara", "Adam", "Zoe"}
    add(clinic, "Bea", "Okafor")
    assert ask(clinic, "okafor 10 con")[0] == Several(3, more=True)


def test_of_whom_one_alone_fits_nobody_else_is_asked(clinic: SmallClinic) -> None:
    """A given name makes it one, and so does a name that somebody has beside one that is only near it."""
    add(clinic, "Adam", "Okafor")
    add(clinic, "Ben", "Okafro")
    assert isinstance(ask(clinic, "okafor, amara 10 con")[0], VisitMeant)
    assert isinstance(ask(clinic, "okafro 10 con")[0], VisitMeant)


def test_a_phone_number_and_a_type(clinic: SmallClinic) -> None:
    seen = visit(clinic, "512 555-0142 sp")
    assert seen.about is not None
    assert seen.about.patient.id == clinic.amara.id


def test_digits_without_a_colon_are_the_time_beside_a_name(clinic: SmallClinic) -> None:
    assert when(visit(clinic, "oka 1030 sp")) == (MONDAY, 630)
    assert when(visit(clinic, "oka thu 930")) == (date(2026, 11, 19), 570)
    assert when(visit(clinic, "oka 230p sp")) == (MONDAY, 870)


def test_digits_are_the_phone_number_of_whoever_has_it(clinic: SmallClinic) -> None:
    with clinic.store.write(clinic.desk) as unit:
        amara = unit.get(Patient, clinic.amara.id)
        unit.save(replace(amara, phones=(replace(amara.phones[0], number="(512) 555-1030"),)))
        unit.commit()
    person, time = ask(clinic, "1030")
    assert isinstance(person, PersonMeant)
    assert time == When(MONDAY, 630)
    assert [type(one) for one in ask(clinic, "oka 1030")][:2] == [PersonMeant, VisitMeant]
    for line in ("1030 sp", "oka 1030 sp"):
        seen = visit(clinic, line)
        assert seen.about is not None
        assert seen.about.patient.id == clinic.amara.id
        assert when(seen) == (MONDAY, 480)
    nobody_yet = [one.seen for one in ask(clinic, "1030 sp") if isinstance(one, VisitMeant)][-1]
    assert (nobody_yet.about, when(nobody_yet)) == (None, (MONDAY, 630))


def test_digits_that_are_nobodys_number_are_the_time(clinic: SmallClinic) -> None:
    seen = visit(clinic, "1030 sp")
    assert (seen.about, when(seen)) == (None, (MONDAY, 630))
    assert ask(clinic, "1030") == [When(MONDAY, 630)]


def test_a_word_that_could_be_a_name_is_one_only_where_somebody_is_called_so(clinic: SmallClinic) -> None:
    """A Stuebing holds "tue" inside: a Tuesday is meant all the same."""
    add(clinic, "Eva", "Stuebing")
    first = ask(clinic, "tue 10 con")[0]
    assert isinstance(first, VisitMeant)
    assert first.seen.about is None
    assert when(first.seen) == (date(2026, 11, 17), 600)
    add(clinic, "Ada", "Tue")
    assert visit(clinic, "tue 10 con").about is not None


def test_a_misspelt_name_is_found_and_shown_by_name(clinic: SmallClinic) -> None:
    seen = visit(clinic, "okafro 10 sp")
    assert seen.about is not None
    assert seen.about.patient.id == clinic.amara.id


def test_nobody_books_for_the_dead(clinic: SmallClinic) -> None:
    with clinic.store.write(clinic.desk) as unit:
        unit.save(replace(unit.get(Patient, clinic.amara.id), death_date=date(2026, 11, 1)))
        unit.commit()
    assert not [one for one in ask(clinic, "oka 10 sp") if isinstance(one, VisitMeant)]


def test_a_course_on_its_weekdays_in_its_half_of_the_day(clinic: SmallClinic) -> None:
    planned = course(clinic, "okafor 6 iv tue fri am")
    assert planned.template.code == "IV6"
    assert [one.day.weekday() for one in planned.plan.placed] == [1, 4, 1, 4, 1, 4]
    assert all(one.minute < 720 for one in planned.plan.placed)
    assert (planned.wish.half, planned.wish.clock) == ("am", None)


def test_half_a_day_is_any_time_of_it_and_not_one_near_its_middle(clinic: SmallClinic) -> None:
    first = course(clinic, "okafor 6 iv am").plan.placed[0]
    assert first.minute == 480
    assert {one.minute for one in course(clinic, "okafor 6 iv pm").plan.placed} == {720}


def test_a_course_from_a_day_on_at_a_time_with_a_nurse(clinic: SmallClinic) -> None:
    planned = course(clinic, "okafor iv6 +1w 9:00 with tunde")
    assert planned.plan.placed[0].day >= date(2026, 11, 23)
    assert {one.minute for one in planned.plan.placed} == {540}
    assert {one.nurse_id for one in planned.plan.placed} == {clinic.tunde.id}


def test_what_is_not_typed_is_as_the_running_course_has_it(clinic: SmallClinic) -> None:
    booked = book_planned(clinic.store, clinic.desk, course(clinic, "okafor 6 iv tue fri am")).visits
    gone = booked[-1]
    cancel(clinic.store, clinic.desk, gone.id, gone.version, CancelReason.UNWELL)
    again = course(clinic, "okafor iv6").wish
    assert (again.half, again.weekdays) == ("am", frozenset({1, 4}))
    later = course(clinic, "okafor iv6 pm").wish
    assert (later.half, later.weekdays) == ("pm", frozenset({1, 4}))


def test_a_course_that_has_open_visits_goes_on(clinic: SmallClinic) -> None:
    with clinic.store.read() as records:
        template = next(one for one in records.setup().templates if one.code == "IV6")
    book_course(clinic.store, clinic.desk, CourseWish(template, [(1, clinic.wish())]))
    planned = course(clinic, "okafor 6 iv")
    assert planned.stand is not None
    assert planned.count == 5


@pytest.mark.parametrize(
    ("drivers", "names"),
    [((), {None}), ((BEA_MARSH,), {"Bea Marsh"}), ((BEA_MARSH, CARL), {"Bea Marsh"})],
)
def test_whoever_drove_the_last_time_or_is_the_only_one(
    clinic: SmallClinic, drivers: tuple[UsualDriver, ...], names: set[str | None]
) -> None:
    if drivers:
        drive(clinic, *drivers)
        book(clinic.store, clinic.desk, clinic.wish())  # with Bea
    planned = course(clinic, "okafor 6 iv")
    assert {plan.name if plan else None for plan in planned.homes.values()} == names


def test_of_several_usual_drivers_whoever_can(clinic: SmallClinic) -> None:
    drive(clinic, CARL, BEA_MARSH)
    planned = course(clinic, "okafor 6 iv")
    assert planned.wish.drivers == (CARL, BEA_MARSH)


def test_both_readings_are_answered_the_likelier_first(clinic: SmallClinic) -> None:
    kinds = [type(one) for one in ask(clinic, "oka 8 sp")]
    assert kinds[:3] == [VisitMeant, CourseMeant, PersonMeant]


def test_a_day_is_a_day_and_people_come_after_it(clinic: SmallClinic) -> None:
    add(clinic, "Mario", "Marsh")
    first, *others = ask(clinic, "mar 10")
    assert first == When(date(2027, 3, 10))
    assert any(isinstance(one, VisitMeant) and one.seen.about for one in others)


def test_only_people(clinic: SmallClinic) -> None:
    (only,) = ask(clinic, "okafor")
    assert isinstance(only, PersonMeant)


def test_an_unknown_word_is_said_before_all_and_the_rest_is_answered(clinic: SmallClinic) -> None:
    first, second, *_ = ask(clinic, "okafor foo 10 sp")
    assert first == Unknown(("foo",))
    assert isinstance(second, VisitMeant)
    assert ask(clinic, "okafor 99 sp")[0] == Unknown(("99",))


def test_a_free_time_for_nobody_yet(clinic: SmallClinic) -> None:
    first = ask(clinic, "sp 10")[0]
    assert isinstance(first, VisitMeant)
    assert (first.seen.about, first.seen.wish) == (None, None)
    assert when(first.seen) == (MONDAY, 600)


def test_nothing_is_answered_to_nothing(clinic: SmallClinic) -> None:
    assert ask(clinic, " ") == []


def test_on_the_floor_those_with_a_visit_today_come_first(clinic: SmallClinic) -> None:
    others = [add(clinic, given, "Okaforson") for given in ("Abel", "Bo", "Cy", "Di")]
    _, today, tomorrow, cancelled = others
    wish = clinic.wish("CON", 13 * 60)
    book(clinic.store, clinic.desk, replace(wish, patient_id=today))
    book(clinic.store, clinic.desk, replace(wish, patient_id=tomorrow, day=MONDAY + timedelta(days=1)))
    gone = book(clinic.store, clinic.desk, clinic.wish("CON", 15 * 60, patient_id=cancelled)).visits[0]
    cancel(clinic.store, clinic.desk, gone.id, gone.version, CancelReason.UNWELL)

    def people(*, todays_first: bool) -> list[int]:
        now = clinic.clock.now()
        found = answers(clinic.store, now, everybody(clinic), "okaforson", todays_first=todays_first)
        return [one.found.person.id for one in found if isinstance(one, PersonMeant)]

    assert people(todays_first=False) == others
    assert people(todays_first=True) == [today, *(one for one in others if one != today)]


def test_of_two_visits_today_the_one_that_they_are_here_for_is_said(clinic: SmallClinic) -> None:
    """Then the next one; who is not expected today has none."""
    ann, ben = add(clinic, "Ann", "Okaforson"), add(clinic, "Ben", "Okaforson")
    early, late = [
        book(clinic.store, clinic.desk, clinic.wish("FUP", minute, patient_id=ann)).visits[0]
        for minute in (10 * 60, 15 * 60)
    ]

    def said() -> dict[int, int | None]:
        found = answers(clinic.store, clinic.clock.now(), everybody(clinic), "okaforson", todays_first=True)
        people = [one for one in found if isinstance(one, PersonMeant)]
        return {one.found.person.id: one.today.id if one.today else None for one in people}

    assert said() == {ann: early.id, ben: None}
    with clinic.store.write(clinic.desk) as unit:
        unit.save(replace(unit.get(Visit, late.id), state=VisitState.ARRIVED))
        unit.commit()
    assert said() == {ann: late.id, ben: None}


def unread(clinic: SmallClinic, text: str, todays: Sequence[Visit] = ()) -> list[Answer]:
    with clinic.store.read() as records:
        setup = records.setup()
    return answers_unread(setup, clinic.clock.now(), everybody(clinic), text, None, todays)


@pytest.mark.parametrize(
    ("text", "is_day"),
    [("dec 8", True), ("+2d", True), ("fri 10", True), ("oka 10 sp", False), ("sp", False)],
)
def test_what_cannot_be_read_is_said_in_its_place_and_nothing_else_stands_there(
    clinic: SmallClinic, text: str, is_day: bool
) -> None:
    with clinic.store.write(clinic.desk) as unit:  # whom "dec 8" would find
        unit.add(Patient(given_name="Ida", family_name="Winter", birth_date=date(1961, 12, 8)))
        unit.commit()
    first, *others = unread(clinic, text)
    assert first == Unread(is_day)
    assert all(isinstance(one, PersonMeant) for one in others)


def test_who_comes_today_comes_first_by_what_is_shown_too(clinic: SmallClinic) -> None:
    clinic.double("Adeyemi")
    late = clinic.double("Adeyemi").id
    todays = book(clinic.store, clinic.desk, clinic.wish(patient_id=late)).visits
    with_server = answers(clinic.store, clinic.clock.now(), everybody(clinic), "adeyemi", todays_first=True)
    without = unread(clinic, "adeyemi", todays)
    assert isinstance(without[0], PersonMeant)
    assert without[0].found.person.id == late
    assert without == with_server

"""The call list: who is on it, in which order, what is red, and what a call changes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.errors import Refusal, RightMissing
from clinic_desktop.people.model import Clearance, ContactPermissions, Patient, Screening
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.call_list import CallRow, Span, Todo, call_days, call_list
from clinic_desktop.scheduling.calling import Call, Called, record_call
from clinic_desktop.scheduling.calls import CallAttempt, CallOutcome, Whom, outcomes_of
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.defaults import HOURS, default_setup
from clinic_desktop.scheduling.holding import confirm_driver, name_driver
from clinic_desktop.scheduling.model import Clinic, Closure, Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.scheduling.working import Roster
from tests.small_clinic import BEA, MONDAY, ZONE, SmallClinic, instant

K, W = CallOutcome, Whom
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (MONDAY + timedelta(days=n) for n in range(1, 5))
SATURDAY, NEXT_MONDAY, NEXT_TUESDAY = (MONDAY + timedelta(days=n) for n in (5, 7, 8))


@pytest.fixture
def clinic(any_clinic: SmallClinic) -> SmallClinic:
    any_clinic.clock.at = instant(9)
    return any_clinic


def rows(clinic: SmallClinic) -> list[CallRow]:
    with clinic.store.read() as records:
        return call_list(records, clinic.clock.now())


def row_of(clinic: SmallClinic, visit: Visit) -> CallRow:
    return next(one for one in rows(clinic) if one.visit.id == visit.id)


def booked(clinic: SmallClinic, day: date = TUESDAY, minute: int = 600, **changes: object) -> Visit:
    return book(clinic.store, clinic.desk, clinic.wish("IVM", minute, day=day, **changes)).visits[0]


def cleared(clinic: SmallClinic, name: str, **changes: object) -> Patient:
    """Another patient who may be booked for IV ketamine."""
    with clinic.store.write(PROGRAM) as unit:
        new = replace(clinic.amara, id=0, version=0, chart_number="", given_name=name, family_name=name * 2)
        patient = unit.add(replace(new, **changes))  # type: ignore[arg-type]  # replace checks the names
        unit.add(Screening(patient_id=patient.id, reviewed_by=clinic.lin.id, reviewed_at=clinic.clock.now()))
        for one in unit.find(Clearance, patient_id=clinic.amara.id):
            unit.add(replace(one, id=0, version=0, patient_id=patient.id))
        unit.commit()
    return patient


def called(clinic: SmallClinic, visit: Visit, outcome: CallOutcome, whom: Whom = W.PATIENT) -> Called:
    return record_call(clinic.store, clinic.desk, Call(visit, whom, outcome, "(512) 555-0142"))


# Which days.


def days(today: date, *closed: date) -> dict[date, Span]:
    closures = tuple(Closure(n, 1, from_day=day, to_day=day) for n, day in enumerate(closed, start=1))
    setup = replace(default_setup(Clinic(id=1, zone=ZONE, hours=HOURS)), closures=closures)
    return call_days(today, Roster(setup))


def test_the_next_business_day_and_one_more_for_drivers() -> None:
    assert days(MONDAY) == {MONDAY: Span.TODAY, TUESDAY: Span.NEXT, WEDNESDAY: Span.AFTER}


def test_on_friday_the_weekend_and_monday_are_called() -> None:
    """A Saturday on which the clinic happens to be open is called about too."""
    spans = days(FRIDAY)
    assert [day for day, span in spans.items() if span is Span.NEXT] == [
        SATURDAY, SATURDAY + timedelta(days=1), NEXT_MONDAY,
    ]  # fmt: skip
    assert [day for day, span in spans.items() if span is Span.AFTER] == [NEXT_TUESDAY]


def test_a_closed_day_is_no_business_day() -> None:
    assert days(WEDNESDAY, THURSDAY)[FRIDAY] is Span.NEXT


# Who, and in which order.


def test_tomorrow_asks_for_visit_and_driver_the_day_after_for_the_driver_alone(clinic: SmallClinic) -> None:
    tomorrow, later = booked(clinic), booked(clinic, WEDNESDAY)
    assert row_of(clinic, tomorrow).todo == (Todo.VISIT, Todo.DRIVER)
    assert row_of(clinic, later).todo == (Todo.DRIVER,)
    confirm_driver(clinic.store, clinic.desk, later.id, later.version)
    assert row_of(clinic, later).done


def test_a_visit_that_asks_for_no_driver_is_called_about_once(clinic: SmallClinic) -> None:
    talk = [
        book(clinic.store, clinic.desk, clinic.wish("CON", 600, day=day)).visits[0]
        for day in (TUESDAY, WEDNESDAY)
    ]
    assert [one.visit.id for one in rows(clinic)] == [talk[0].id]
    assert row_of(clinic, talk[0]).todo == (Todo.VISIT,)


def test_cancelled_visits_are_not_called_about(clinic: SmallClinic) -> None:
    visit = booked(clinic)
    cancel(clinic.store, clinic.desk, visit.id, visit.version, CancelReason.PATIENT)
    assert not rows(clinic)


def test_held_visits_first_then_first_visits_then_by_time(clinic: SmallClinic) -> None:
    with clinic.store.write(PROGRAM) as unit:  # Amara was here before
        talk = unit.setup().type_by_code("CON").id
        unit.add(
            Visit(patient_id=clinic.amara.id, type_id=talk, day=date(2026, 11, 10), state=VisitState.LEFT)
        )
        unit.commit()
    early = booked(clinic, minute=540)
    new = booked(
        clinic, minute=660, patient_id=cleared(clinic, "Ezra").id, room_id=clinic.rooms["Infusion 2"].id
    )
    held = booked(
        clinic, minute=780, patient_id=cleared(clinic, "Iris").id,
        plan=None,
    )  # fmt: skip
    assert [one.visit.id for one in rows(clinic)] == [held.id, new.id, early.id]
    assert row_of(clinic, held).held
    assert not row_of(clinic, early).first


def test_without_a_driver_a_row_is_red_from_two_on_the_business_day_before(clinic: SmallClinic) -> None:
    visit = booked(clinic, plan=None)
    assert (row_of(clinic, visit).driver, row_of(clinic, visit).red) == ("missing", False)
    clinic.clock.at = instant(14)
    assert row_of(clinic, visit).red
    later = booked(clinic, WEDNESDAY, plan=None)
    assert not row_of(clinic, later).red


def test_whoever_was_just_tried_comes_after_the_others_for_an_hour(clinic: SmallClinic) -> None:
    first = booked(clinic, minute=540)
    second = booked(
        clinic, minute=660, patient_id=cleared(clinic, "Ezra").id, room_id=clinic.rooms["Infusion 2"].id
    )
    called(clinic, first, K.NO_ANSWER)
    assert [one.visit.id for one in rows(clinic)] == [second.id, first.id]
    clinic.clock.forward(60)
    assert [one.visit.id for one in rows(clinic)] == [first.id, second.id]


# What a call changes.


def test_one_call_confirms_visit_and_driver(clinic: SmallClinic) -> None:
    done = called(clinic, booked(clinic), K.BOTH)
    assert done.visit.state is VisitState.CONFIRMED
    assert done.visit.plan_confirmed_at == clinic.clock.now()
    assert not done.findings
    assert row_of(clinic, done.visit).done
    assert done.attempt.number == "(512) 555-0142"


def test_the_visit_alone_leaves_the_driver_to_confirm(clinic: SmallClinic) -> None:
    done = called(clinic, booked(clinic), K.VISIT)
    assert done.visit.state is VisitState.CONFIRMED
    assert row_of(clinic, done.visit).todo == (Todo.DRIVER,)
    done = called(clinic, done.visit, K.DRIVER, W.DRIVER)
    assert row_of(clinic, done.visit).done


def test_a_driver_whom_nobody_named_is_not_confirmed(clinic: SmallClinic) -> None:
    visit = booked(clinic, plan=None)
    with pytest.raises(Refusal, match="Name the driver first"):
        called(clinic, visit, K.BOTH)
    assert not row_of(clinic, visit).attempts


def test_a_yes_to_a_held_visit_is_kept_and_counts_once_the_driver_is_confirmed(clinic: SmallClinic) -> None:
    visit = booked(clinic, plan=None)
    done = called(clinic, visit, K.VISIT)
    assert done.visit.state is VisitState.HELD
    assert "nobody is named" in done.findings[0].sentence()
    assert row_of(clinic, visit).todo == (Todo.DRIVER,)
    (named,) = name_driver(clinic.store, clinic.desk, [(done.visit.id, done.visit.version)], BEA).visits
    done = called(clinic, named, K.DRIVER, W.DRIVER)
    assert done.visit.state is VisitState.CONFIRMED
    assert row_of(clinic, visit).done


def test_a_driver_who_cannot_come_is_missing_at_once(clinic: SmallClinic) -> None:
    confirmed = called(clinic, booked(clinic), K.BOTH).visit
    done = called(clinic, confirmed, K.CANNOT_DRIVE, W.DRIVER)
    assert (done.visit.state, done.visit.held_for) == (VisitState.HELD, frozenset({"driver"}))
    assert row_of(clinic, confirmed).driver == "missing"


def test_a_call_about_a_visit_that_moved_is_kept_and_confirms_nothing(clinic: SmallClinic) -> None:
    """R-18: what was said of the old time is void, and the new one is called about."""
    seen = booked(clinic)
    called(clinic, seen, K.NO_ANSWER)
    (moved,) = move(clinic.store, clinic.desk, [to(clinic.visit(seen.id), minute=720)]).visits
    done = called(clinic, seen, K.BOTH)
    assert done.visit.state is VisitState.BOOKED
    assert "12:00 PM" in done.findings[0].sentence()
    row = row_of(clinic, moved)
    assert (len(row.void), row.attempts) == (2, ())
    assert Todo.VISIT in row.todo


def test_a_call_about_a_visit_that_was_cancelled_meanwhile_is_kept(clinic: SmallClinic) -> None:
    visit = booked(clinic)
    cancel(clinic.store, clinic.desk, visit.id, visit.version, CancelReason.PATIENT)
    done = called(clinic, visit, K.VISIT)
    assert done.visit.state is VisitState.CANCELLED
    assert done.findings


def test_a_message_that_the_patient_has_not_allowed_is_kept_as_a_deviation(clinic: SmallClinic) -> None:
    visit = booked(clinic)
    assert called(clinic, visit, K.MESSAGE).attempt.deviation
    with clinic.store.write(PROGRAM) as unit:
        unit.save(replace(clinic.amara, permissions=ContactPermissions(voicemail=True)))
        unit.commit()
    assert not called(clinic, visit, K.MESSAGE).attempt.deviation
    assert "has not allowed texts" in called(clinic, visit, K.TEXTED).findings[0].sentence()


def test_wanting_to_move_takes_the_yes_back(clinic: SmallClinic) -> None:
    visit = booked(clinic, plan=None)
    called(clinic, visit, K.VISIT)
    called(clinic, visit, K.MOVES)
    assert Todo.VISIT in row_of(clinic, visit).todo


def test_a_call_stays_with_the_patient(clinic: SmallClinic) -> None:
    visit = booked(clinic)
    attempt = called(clinic, visit, K.NO_ANSWER).attempt
    with clinic.store.read() as records:
        assert attempt in [one.after for one in records.history_of(clinic.amara.id)]
        assert not any(isinstance(one.after, CallAttempt) for one in records.history_of(clinic.noah.id))


def test_only_the_desk_and_the_clinicians_call(clinic: SmallClinic) -> None:
    visit = booked(clinic)
    with pytest.raises(RightMissing):
        record_call(clinic.store, Actor(1, frozenset()), Call(visit, W.PATIENT, K.VISIT))
    assert Role.RECEPTIONIST in clinic.desk.roles


def test_no_answer_and_message_have_the_same_digit_whoever_is_called() -> None:
    for whom in Whom:
        for driven in (True, False):
            said = outcomes_of(whom, driver_asked=driven)
            assert said[2:4] == (K.NO_ANSWER, K.MESSAGE)
            assert len(said) <= 9

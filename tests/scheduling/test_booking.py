"""Booking one visit: what is held, what is refused, and what the losing desk is told."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.errors import BadInput, Conflict, Refusal, RightMissing
from clinic_desktop.people.model import (
    Absence,
    Break,
    Clearance,
    Indication,
    Patient,
    Screening,
    Shift,
    Staff,
    TransportKind,
)
from clinic_desktop.scheduling.booking import book, book_all
from clinic_desktop.scheduling.model import ClaimKind, GoingHomePlan, Override
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.recording import record
from tests.small_clinic import BEA, MONDAY, SmallClinic, instant


def codes(refusal: Refusal) -> set[str]:
    return {one.code for one in refusal.findings}


def refused(clinic: SmallClinic, **changes: object) -> set[str]:
    """What the rules say against a wish of Amara's."""
    type_code = str(changes.pop("type_code", "IVM"))
    with pytest.raises(Refusal) as refusal:
        book(clinic.store, clinic.desk, clinic.wish(type_code, **changes))
    return codes(refusal.value)


def test_a_cleared_patient_with_a_driver_is_booked(clinic: SmallClinic) -> None:
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    assert visit.state is VisitState.BOOKED
    assert visit.held_for == frozenset()
    assert clinic.visit(visit.id) == visit


def test_without_a_driver_a_treatment_is_only_held_and_keeps_its_places(clinic: SmallClinic) -> None:
    booked = book(clinic.store, clinic.desk, clinic.wish(plan=None))
    visit = booked.visits[0]
    assert (visit.state, visit.held_for) == (VisitState.HELD, {"driver"})
    assert [one.code for one in booked.warnings] == ["driver"]
    with pytest.raises(Conflict):
        book(clinic.store, clinic.desk, clinic.wish(minute=630))


@pytest.mark.parametrize(
    "plan",
    [
        replace(BEA, adult=False),
        replace(BEA, phone=" "),
        replace(BEA, name=""),
        GoingHomePlan(kind=TransportKind.TAXI_ALONE),
    ],
    ids=["not an adult", "no phone", "no name", "taxi alone"],
)
def test_a_plan_that_does_not_meet_the_profile_only_holds(clinic: SmallClinic, plan: GoingHomePlan) -> None:
    visit = book(clinic.store, clinic.desk, clinic.wish(plan=plan)).visits[0]
    assert visit.state is VisitState.HELD


def test_the_desk_that_comes_second_is_told_what_is_taken_and_by_which_visit(clinic: SmallClinic) -> None:
    first = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    with pytest.raises(Conflict) as conflict:
        book(clinic.store, clinic.desk, clinic.wish(minute=660))
    taken = {(one.kind, one.name, one.visit_id) for one in conflict.value.taken}
    assert (ClaimKind.ROOM, "Infusion 1", first.id) in taken
    assert (ClaimKind.PATIENT, "Amara Okafor", first.id) in taken


def test_a_consultation_needs_a_name_and_a_phone_alone(clinic: SmallClinic) -> None:
    wish = clinic.wish("CON", patient_id=clinic.noah.id)
    assert book(clinic.store, clinic.desk, wish).visits[0].state is VisitState.BOOKED


def test_a_treatment_before_any_consultation_is_refused(clinic: SmallClinic) -> None:
    assert "clearance" in refused(clinic, patient_id=clinic.noah.id)


def test_h1_a_treatment_behind_a_booked_consultation_is_held_for_clearance(clinic: SmallClinic) -> None:
    book(clinic.store, clinic.desk, clinic.wish("CON", minute=540, patient_id=clinic.noah.id))
    later = clinic.wish(patient_id=clinic.noah.id, day=MONDAY + timedelta(days=3))
    visit = book(clinic.store, clinic.desk, later).visits[0]
    assert (visit.state, visit.held_for) == (VisitState.HELD, {"clearance"})


def test_h1_a_clearance_is_looked_at_on_the_visits_day(clinic: SmallClinic) -> None:
    after_its_end = date(2027, 11, 2)
    clinic.clock.at += timedelta(days=340)
    assert "clearance" in refused(clinic, day=after_its_end)


def test_spravato_is_for_adults_and_nobody_overrides_that(clinic: SmallClinic) -> None:
    change(clinic, birth_date=date(2010, 1, 1))
    with pytest.raises(Refusal) as refusal:
        book(clinic.store, clinic.prescriber, clinic.wish("SP1"), override="family asks")
    assert "age" in codes(refusal.value)


def test_spravato_needs_an_indication(clinic: SmallClinic) -> None:
    change(clinic, indication=Indication.NONE)
    assert refused(clinic, type_code="SP1") == {"indication"}


def test_enrolment_may_still_be_missing_when_spravato_is_booked(clinic: SmallClinic) -> None:
    change(clinic, rems_enrolled_on=None)
    booked = book(clinic.store, clinic.desk, clinic.wish("SP1"))
    assert "enrolment" in {one.code for one in booked.warnings}


@pytest.mark.parametrize("indication", [Indication.NONE, Indication.OTHER])
def test_whoever_is_not_known_to_be_acutely_suicidal_begins_with_56_mg(
    clinic: SmallClinic, indication: Indication
) -> None:
    change(clinic, indication=indication)
    assert "first-84" in refused(clinic, type_code="SP84")


def test_with_acute_suicidal_thoughts_the_first_dose_may_be_84_mg(clinic: SmallClinic) -> None:
    change(clinic, indication=Indication.MDSI)
    assert book(clinic.store, clinic.desk, clinic.wish("SP84")).visits


def test_the_first_dose_for_trd_is_not_84_mg_unless_a_prescriber_says_why(clinic: SmallClinic) -> None:
    assert refused(clinic, type_code="SP84") == {"first-84"}
    with pytest.raises(RightMissing):
        book(clinic.store, clinic.desk, clinic.wish("SP84"), override="dose known from another site")
    visit = book(clinic.store, clinic.prescriber, clinic.wish("SP84"), override="known dose").visits[0]
    with clinic.store.read() as records:
        trace = records.find(Override, visit_id=visit.id)
    assert [(one.rule, one.reason, one.by) for one in trace] == [("first-84", "known dose", clinic.lin.id)]


def test_nobody_who_died_is_booked(clinic: SmallClinic) -> None:
    change(clinic, death_date=date(2026, 11, 3))
    assert "deceased" in refused(clinic)


def test_a_room_that_is_not_fitted_is_refused(clinic: SmallClinic) -> None:
    assert refused(clinic, room_id=clinic.rooms["Spravato 1"].id) == {"room-unfit"}


def test_outside_opening_hours_the_room_is_closed(clinic: SmallClinic) -> None:
    assert "room-closed" in refused(clinic, minute=16 * 60 + 30)


def test_somebody_who_is_away_cannot_be_the_nurse(clinic: SmallClinic) -> None:
    with clinic.store.write(clinic.desk) as unit:
        unit.add(Absence(staff_id=clinic.maya.id, from_day=MONDAY, to_day=MONDAY, from_minute=660))
        unit.commit()
    assert refused(clinic) == {"staff-away"}


def test_somebody_at_lunch_is_in_the_house_and_has_a_break(clinic: SmallClinic) -> None:
    with clinic.store.write(PROGRAM) as unit:
        (shift,) = unit.find(Shift, staff_id=clinic.maya.id)
        unit.save(replace(shift, breaks=(Break(660, 690),)))
        unit.commit()
    with pytest.raises(Refusal) as caught:
        book(clinic.store, clinic.desk, clinic.wish())
    assert [one.sentence() for one in caught.value.findings] == [
        "Maya Jones has a break from 11:00 AM to 11:30 AM. Pick somebody else or another time."
    ]


def test_spravato_is_not_booked_while_no_prescriber_is_on_site(clinic: SmallClinic) -> None:
    with clinic.store.write(clinic.desk) as unit:
        unit.add(Absence(staff_id=clinic.lin.id, from_day=MONDAY, to_day=MONDAY, from_minute=690))
        unit.commit()
    with pytest.raises(Refusal) as refusal:
        book(clinic.store, clinic.prescriber, clinic.wish("SP1"), override="only half an hour")
    assert "cover-prescriber" in codes(refusal.value)


def test_a_start_that_leaves_little_cover_is_warned_of(clinic: SmallClinic) -> None:
    with clinic.store.write(clinic.desk) as unit:
        unit.add(Absence(staff_id=clinic.lin.id, from_day=MONDAY, to_day=MONDAY, from_minute=770))
        unit.commit()
    booked = book(clinic.store, clinic.desk, clinic.wish("SP1"))
    assert "late-start" in {one.code for one in booked.warnings}


def test_s15_a_nurse_watches_as_many_as_the_limit_says_and_no_more(clinic: SmallClinic) -> None:
    first, second = more_patients(clinic, 2)
    book(clinic.store, clinic.desk, clinic.wish(patient_id=first.id))
    beside = clinic.wish(minute=630, patient_id=second.id, room_id=clinic.rooms["Infusion 2"].id)
    watch_limit(clinic, 1)
    with pytest.raises(Conflict) as conflict:
        book(clinic.store, clinic.desk, beside)
    assert {(one.kind, one.name) for one in conflict.value.taken} == {(ClaimKind.WATCH, "Maya Jones")}
    watch_limit(clinic, 2)
    book(clinic.store, clinic.desk, beside)


def watch_limit(clinic: SmallClinic, limit: int) -> None:
    with clinic.store.write(clinic.desk) as unit:
        unit.save(replace(unit.get(Staff, clinic.maya.id), watch_limit=limit))
        unit.commit()


def test_r4_all_or_none(clinic: SmallClinic) -> None:
    good, clash = clinic.wish(), clinic.wish(minute=615)
    with pytest.raises(Conflict):
        book_all(clinic.store, clinic.desk, [good, clash])
    with clinic.store.read() as records:
        assert records.visits_on(MONDAY, MONDAY) == []


def test_a_type_without_phases_takes_no_visit_and_says_so(clinic: SmallClinic) -> None:
    """The set-up saves none; a record that was spoilt past it is told in words."""
    with clinic.store.write(PROGRAM) as unit:
        kind = unit.setup().type_by_code("FUP")
        unit.save(replace(kind, phases=()))
        unit.commit()
    with pytest.raises(BadInput, match="at least one phase"):
        book(clinic.store, clinic.desk, clinic.wish("FUP"))


def test_times_stand_on_the_clinics_grid(clinic: SmallClinic) -> None:
    with pytest.raises(BadInput):
        book(clinic.store, clinic.desk, clinic.wish(minute=601))


def test_a_time_that_has_passed_is_not_booked(clinic: SmallClinic) -> None:
    assert "past" in refused(clinic, day=MONDAY - timedelta(days=3))


def test_r14_booking_needs_the_right(clinic: SmallClinic) -> None:
    nobody = Actor(0, frozenset[Role](), "lobby")
    with pytest.raises(RightMissing):
        book(clinic.store, nobody, clinic.wish())


def test_nobody_is_treated_twice_a_day_unless_somebody_says_why(clinic: SmallClinic) -> None:
    book(clinic.store, clinic.desk, clinic.wish())
    assert refused(clinic, minute=840) == {"same-day"}
    assert "same-day" in refused(clinic, type_code="SP1", minute=840)  # the same drug, or one half of it
    book(clinic.store, clinic.desk, clinic.wish("CON", minute=720))
    later = clinic.wish(minute=840)
    with pytest.raises(RightMissing):
        book(clinic.store, clinic.desk, later, override="the first was stopped at once")
    booked = book(clinic.store, clinic.prescriber, later, override="the first was stopped at once")
    assert booked.visits[0].state is VisitState.BOOKED


def test_whoever_was_not_treated_may_come_again_that_day(clinic: SmallClinic) -> None:
    first = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    clinic.clock.at = instant(10)
    turned = Stamp(kind=StampKind.NOT_TREATED, note="pressure stays high")
    record(clinic.store, clinic.nurse, first.id, [Stamp(kind=StampKind.ARRIVED), turned])
    assert book(clinic.store, clinic.desk, clinic.wish(minute=840)).visits[0].minute == 840


def test_s7_treatments_too_close_together_are_warned_of(clinic: SmallClinic) -> None:
    book(clinic.store, clinic.desk, clinic.wish())
    booked = book(clinic.store, clinic.desk, clinic.wish(day=MONDAY + timedelta(days=1)))
    assert "gap-short" in {one.code for one in booked.warnings}


def change(clinic: SmallClinic, **changes: object) -> None:
    """Amara, otherwise."""
    with clinic.store.write(clinic.desk) as unit:
        unit.save(replace(unit.get(Patient, clinic.amara.id), **changes))  # type: ignore[arg-type]  # replace checks the names
        unit.commit()


def more_patients(clinic: SmallClinic, count: int) -> list[Patient]:
    """Patients who may be treated like Amara."""
    with clinic.store.write(clinic.desk) as unit:
        like = replace(clinic.amara, id=0, version=0, chart_number="")
        people = unit.add_all([replace(like, given_name=f"Patient {n}") for n in range(count)])
        for one in people:
            lin = clinic.lin.id
            unit.add(Screening(patient_id=one.id, reviewed_by=lin, reviewed_at=clinic.clock.now()))
            unit.add(
                Clearance(patient_id=one.id, modality="iv", cleared_by=lin, on=MONDAY, until=date(2027, 1, 1))
            )
        unit.commit()
    return people

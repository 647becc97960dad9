"""A visit in which a prescriber saw the patient carries their clearances on; nothing else does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.actor import Role
from clinic_desktop.people.clearances import counting
from clinic_desktop.people.model import Clearance
from clinic_desktop.people.screenings import answer
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.cancelling import CancelReason, cancel, miss
from clinic_desktop.scheduling.clearing import Decision, clear, withdraw
from clinic_desktop.scheduling.defaults_types import VISIT_TYPES
from clinic_desktop.scheduling.model import Phase, PhaseKind, Visit, VisitType
from clinic_desktop.scheduling.renewing import prescriber_of, to_carry_on
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.model import Stamp
from tests.people.test_screenings import all_no
from tests.small_clinic import MONDAY, SmallClinic
from tests.treatment.stays import K, Stay, booked

A_YEAR_ON = date(2027, 11, 16)  # from the Monday
BEFORE = date(2027, 11, 1)  # to which Amara is cleared
PRESCRIBER, NURSE = 11, 12


def clearances(clinic: SmallClinic, modality: str = "iv") -> list[Clearance]:
    with clinic.store.read() as records:
        return records.find(Clearance, patient_id=clinic.amara.id, modality=modality)


def holding(clinic: SmallClinic, day: date) -> bool:
    """Whether a clearance for IV ketamine counts on a day."""
    return counting(clearances(clinic), "iv", day) is not None


def last_days(clinic: SmallClinic) -> list[date]:
    """Of Amara's clearances for IV ketamine, in the order in which they were written."""
    return [one.until for one in clearances(clinic)]


def change(clinic: SmallClinic, **what: object) -> None:
    """Amara's clearance for IV ketamine was another."""
    (before,) = clearances(clinic)
    with clinic.store.write(clinic.prescriber) as unit:
        unit.save(replace(before, **what))  # type: ignore[arg-type]  # replace checks the names
        unit.commit()


def over(stay: Stay) -> Stay:
    """The visit at 10 is over at 10:30, as the front desk records it."""
    stay.at(9, 58).is_(K.ARRIVED)
    stay.at(10, 30).says(Stamp(kind=K.LEFT), by=stay.clinic.desk)
    return stay


# Whose visit it is.


@pytest.mark.parametrize("visit_type", VISIT_TYPES, ids=lambda one: one.code)
def test_of_the_shipped_types_consultation_and_follow_up_are_a_prescribers(visit_type: VisitType) -> None:
    visit = Visit(prescriber_id=PRESCRIBER, nurse_id=NURSE)
    wanted = PRESCRIBER if visit_type.code in ("CON", "FUP") else None
    assert prescriber_of(visit, visit_type) == wanted


@pytest.mark.parametrize(
    ("changes", "renews"),
    [
        ({}, True),
        ({"gives_clearance": True}, True),
        ({"modality": "im"}, False),  # to give an injection is not to look at the patient anew
        ({"phases": (Phase(PhaseKind.SESSION, 30, hands=frozenset({Role.NURSE})),)}, False),
        ({"phases": (Phase(PhaseKind.SESSION, 30),), "gives_clearance": True}, False),
        ({"phases": ()}, False),
    ],
)
def test_it_is_the_hands_that_count(changes: dict[str, object], renews: bool) -> None:
    talk = VisitType(phases=(Phase(PhaseKind.SESSION, 30, hands=frozenset({Role.PRESCRIBER})),))
    visit = Visit(prescriber_id=PRESCRIBER, nurse_id=NURSE)
    found = prescriber_of(visit, replace(talk, **changes))  # type: ignore[arg-type]  # as above
    assert (found == PRESCRIBER) == renews


# What it carries on.


@pytest.mark.parametrize("code", ["CON", "FUP"])
def test_its_end_carries_on_what_the_patient_is_cleared_for(clinic: SmallClinic, code: str) -> None:
    stay = over(booked(clinic, code))
    for modality in ("iv", "spravato"):
        before, after = clearances(clinic, modality)
        assert before.until == BEFORE
        assert (after.on, after.until, after.visit_id) == (MONDAY, A_YEAR_ON, stay.visit_id)
        assert after.cleared_by == clinic.lin.id  # not the front desk, which recorded the end
    with clinic.store.read() as records:
        assert {one.modality for one in records.find(Clearance)} == {"iv", "spravato"}


def test_visits_that_were_held_for_it_follow_in_the_same_transaction(clinic: SmallClinic) -> None:
    change(clinic, until=MONDAY + timedelta(days=3))
    stay = booked(clinic, "FUP")
    later = booked(clinic, "IVM", day=MONDAY + timedelta(days=7))
    assert (later.visit.state, later.visit.held_for) == (VisitState.HELD, {"clearance"})
    stay.at(9, 58).is_(K.ARRIVED)
    changes = stay.at(10, 30).is_(K.LEFT).changes
    assert later.visit.state is VisitState.BOOKED
    assert changes.visits >= {stay.visit_id, later.visit_id}


def test_a_visit_charted_later_counts_from_its_own_day(clinic: SmallClinic) -> None:
    stay = booked(clinic, "FUP")
    clinic.clock.forward(3 * 1440)
    stay.is_(K.LEFT, at=stay.at(10, 30).clinic.clock.at)
    assert [(one.on, one.until) for one in clearances(clinic)][1:] == [(MONDAY, A_YEAR_ON)]


def test_what_is_added_to_the_record_later_renews_nothing_more(clinic: SmallClinic) -> None:
    stay = over(booked(clinic, "FUP"))
    clinic.clock.forward(1440)
    stay.is_(K.NOTE, note="called back")
    assert last_days(clinic) == [BEFORE, A_YEAR_ON]


def test_to_carry_on_is_what_holds_and_gets_longer() -> None:
    on, until = date(2026, 6, 1), date(2027, 6, 1)
    year = Clearance(on=date(2026, 1, 1), until=date(2027, 1, 1))
    there = [
        replace(year, id=1, modality="holds"),
        replace(year, id=2, modality="lapsed", until=date(2026, 5, 31)),
        replace(year, id=3, modality="its last day", until=on),
        replace(year, id=4, modality="longer already", until=date(2027, 7, 1)),
        replace(year, id=5, modality="same day", on=on, until=date(2026, 9, 1)),
        replace(year, id=6, modality="taken back, one before it holds"),
        replace(year, id=7, modality="taken back, one before it holds", on=on, until=date(2026, 5, 31)),
    ]
    assert list(to_carry_on(there, on, until)) == ["holds", "its last day", "taken back, one before it holds"]


# What renews nothing.


def withdrawn(stay: Stay) -> None:
    clinic = stay.clinic
    (there,) = clearances(clinic)
    withdraw(clinic.store, clinic.prescriber, there.id, there.version, "new arrhythmia")
    over(stay)


def lapsed(stay: Stay) -> None:
    change(stay.clinic, until=MONDAY - timedelta(days=1))
    over(stay)


def missed(stay: Stay) -> None:
    stay.at(10, 30)
    miss(stay.clinic.store, stay.clinic.desk, stay.visit_id, stay.visit.version)


def cancelled(stay: Stay) -> None:
    cancel(stay.clinic.store, stay.clinic.desk, stay.visit_id, stay.visit.version, CancelReason.UNWELL)


def not_over(stay: Stay) -> None:
    stay.at(9, 58).is_(K.ARRIVED)
    stay.at(10).is_(K.IN_ROOM)


def not_treated(stay: Stay) -> None:
    stay.at(9, 58).is_(K.ARRIVED)
    stay.at(10).is_(K.NOT_TREATED, note="changed mind")


def contraindicated(stay: Stay) -> None:
    answer(stay.clinic.store, stay.clinic.desk, all_no(stay.clinic.amara.id, brain_bleed="2015"))
    over(stay)


@pytest.mark.parametrize(
    "befalls", [withdrawn, lapsed, missed, cancelled, not_over, not_treated, contraindicated]
)
def test_nothing_is_renewed_when_it(clinic: SmallClinic, befalls: Callable[[Stay], None]) -> None:
    befalls(booked(clinic, "FUP"))
    assert len(clearances(clinic)) == 1


def test_a_nurses_visit_renews_nothing(clinic: SmallClinic) -> None:
    with clinic.store.write(clinic.prescriber) as unit:
        nurse = frozenset({Role.NURSE})
        phases = (Phase(PhaseKind.SESSION, 30, hands=nurse),)
        unit.add(VisitType(code="NUR", name="Nurse's talk", needs_fit="consult", phases=phases))
        unit.commit()
    room = clinic.rooms["Consult 1"].id
    wish = replace(clinic.wish(), type_code="NUR", room_id=room, prescriber_id=clinic.lin.id, plan=None)
    over(Stay(clinic, book(clinic.store, clinic.desk, wish).visits[0].id))
    assert last_days(clinic) == [BEFORE]


def test_a_treatment_renews_nothing(clinic: SmallClinic) -> None:
    booked(clinic, prescriber_id=clinic.lin.id).sprayed().at(12, 15).checked().is_(K.RELEASED)
    assert len(clearances(clinic, "spravato")) == 1


def test_a_visit_does_not_overrule_what_was_decided_in_it(clinic: SmallClinic) -> None:
    stay = booked(clinic, "FUP")
    stay.at(10, 20)
    short = Decision(clinic.amara.id, "iv", until=date(2026, 12, 31), visit_id=stay.visit_id)
    clear(clinic.store, clinic.prescriber, short)
    over(stay)
    assert last_days(clinic) == [BEFORE, short.until]
    assert len(clearances(clinic, "spravato")) == 2


# Taken back.


def struck(stay: Stay) -> None:
    stay.is_(K.STRUCK, corrects=stay.stamps(K.LEFT)[-1].id, reason="pressed for another patient")


def test_an_end_that_is_struck_out_takes_back_what_it_had_renewed(clinic: SmallClinic) -> None:
    change(clinic, until=MONDAY + timedelta(days=3))
    stay = booked(clinic, "FUP")
    later = booked(clinic, "IVM", day=MONDAY + timedelta(days=7))
    over(stay)
    assert later.visit.state is VisitState.BOOKED
    struck(stay)
    assert later.visit.state is VisitState.HELD
    assert not holding(clinic, later.visit.day)
    over(stay)
    assert later.visit.state is VisitState.BOOKED


def test_a_decision_of_the_same_visit_is_not_taken_back_with_it(clinic: SmallClinic) -> None:
    stay = over(booked(clinic, "FUP"))
    longer = Decision(clinic.amara.id, "iv", until=date(2028, 1, 1), visit_id=stay.visit_id)
    clear(clinic.store, clinic.prescriber, longer)
    struck(stay)
    assert last_days(clinic) == [BEFORE, MONDAY - timedelta(days=1), longer.until]


def test_a_withdrawal_ends_the_one_before_the_renewal_too(clinic: SmallClinic) -> None:
    over(booked(clinic, "FUP"))
    treatment = booked(clinic, "IVM", day=MONDAY + timedelta(days=7))
    renewed = clearances(clinic)[-1]
    withdraw(clinic.store, clinic.prescriber, renewed.id, renewed.version, "new arrhythmia")
    assert not holding(clinic, treatment.visit.day)
    assert treatment.visit.held_for == {"clearance"}
    assert all("new arrhythmia" in one.note for one in clearances(clinic))
    assert all(one.withdrawn_at is None for one in clearances(clinic, "spravato"))

"""A clearance that ends inside a running course is a prescriber's task from four weeks ahead on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.clock import local_day
from clinic_desktop.people.clearances import RENEW_AHEAD
from clinic_desktop.people.model import Clearance, Patient
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.model import Course
from clinic_desktop.scheduling.to_renew import ToRenew, to_renew
from tests.small_clinic import MONDAY, ZONE, SmallClinic, at, instant
from tests.treatment.stays import Stay, booked

BEFORE, LATER = MONDAY + timedelta(days=2), MONDAY + timedelta(days=4)


def waiting(clinic: SmallClinic) -> tuple[ToRenew, ...]:
    with clinic.store.read() as records:
        return tuple(to_renew(records, local_day(clinic.clock.now(), ZONE)))


def cleared(clinic: SmallClinic, until: date, modality: str = "iv") -> None:
    """Amara's clearance ends on a day, whatever is booked."""
    with clinic.store.write(clinic.prescriber) as unit:
        for one in unit.find(Clearance, patient_id=clinic.amara.id, modality=modality):
            unit.save(replace(one, on=date(2026, 1, 5), until=until))
        unit.commit()


def to_place(clinic: SmallClinic, number: int = 2, **more: object) -> None:
    with clinic.store.write(clinic.desk) as unit:
        made = Course(patient_id=clinic.amara.id, template_code="IV6", planned=6, to_place=number)
        unit.add(replace(made, **more))
        unit.commit()


@pytest.fixture
def friday(clinic: SmallClinic) -> Stay:
    """An infusion of Amara's on Friday; she is cleared for it until Wednesday."""
    stay = booked(clinic, "IVM", day=LATER)
    cleared(clinic, BEFORE)
    return stay


def test_one_that_ends_before_a_booked_visit_waits_for_a_prescriber(
    clinic: SmallClinic, friday: Stay
) -> None:
    (one,) = waiting(clinic)
    assert (one.patient, one.modality, one.clearance.until) == ("Okafor, Amara", "IV ketamine", BEFORE)
    assert ([visit.id for visit in one.visits], one.to_place) == ([friday.visit_id], 0)


def test_it_waits_from_four_weeks_ahead(clinic: SmallClinic, friday: Stay) -> None:
    clinic.clock.at = at(BEFORE - RENEW_AHEAD, 9)
    assert len(waiting(clinic)) == 1
    clinic.clock.at = at(BEFORE - RENEW_AHEAD - timedelta(days=1), 9)
    assert waiting(clinic) == ()


def test_it_stays_when_it_has_ended_while_the_visit_is_to_come(clinic: SmallClinic, friday: Stay) -> None:
    clinic.clock.at = at(LATER, 8)
    assert len(waiting(clinic)) == 1
    clinic.clock.at = at(LATER + timedelta(days=1), 8)
    assert waiting(clinic) == ()


def test_a_visit_on_its_last_day_is_still_cleared(clinic: SmallClinic, friday: Stay) -> None:
    cleared(clinic, LATER)
    assert waiting(clinic) == ()


def test_a_longer_decision_settles_it(clinic: SmallClinic, friday: Stay) -> None:
    with clinic.store.write(clinic.prescriber) as unit:
        unit.add(Clearance(patient_id=clinic.amara.id, modality="iv", cleared_by=clinic.lin.id, on=MONDAY,
                           until=date(2027, 11, 16)))  # fmt: skip
        unit.commit()
    assert waiting(clinic) == ()


def test_who_has_nothing_booked_after_it_asks_nobody(clinic: SmallClinic, friday: Stay) -> None:
    cancel(clinic.store, clinic.desk, friday.visit_id, friday.visit.version, CancelReason.UNWELL)
    assert waiting(clinic) == ()


def test_a_visit_of_another_treatment_does_not_count(clinic: SmallClinic) -> None:
    booked(clinic, "SP56", day=LATER)
    cleared(clinic, BEFORE)
    assert waiting(clinic) == ()


def test_the_dead_ask_nobody(clinic: SmallClinic, friday: Stay) -> None:
    with clinic.store.write(clinic.prescriber) as unit:
        unit.save(replace(unit.get(Patient, clinic.amara.id), death_date=MONDAY))
        unit.commit()
    assert waiting(clinic) == ()


def test_a_course_with_visits_to_place_waits_too(clinic: SmallClinic) -> None:
    clinic.clock.at = instant(9)
    cleared(clinic, BEFORE)
    assert waiting(clinic) == ()
    to_place(clinic)
    (one,) = waiting(clinic)
    assert (one.visits, one.to_place) == ((), 2)


@pytest.mark.parametrize("more", [{"state": "stopped"}, {"number": 0}, {"template_code": "SP8"}])
def test_a_course_that_is_over_placed_or_of_another_treatment_does_not(
    clinic: SmallClinic, more: dict[str, object]
) -> None:
    cleared(clinic, BEFORE)
    to_place(clinic, **more)
    assert waiting(clinic) == ()

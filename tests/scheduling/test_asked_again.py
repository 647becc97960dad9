"""What a patient's record or the house says later: locks are asked again before a visit is confirmed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.people.model import Absence, Patient
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.holding import confirm_visit
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.patient_edit import keep_patient
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.scheduling.stranded import repair_list
from tests.small_clinic import MONDAY, SmallClinic

TUESDAY = MONDAY + timedelta(days=1)
A_CHILD = date(2015, 3, 4)
DIED = MONDAY - timedelta(days=1)


@pytest.fixture
def clinic(any_clinic: SmallClinic) -> SmallClinic:
    return any_clinic


@pytest.fixture
def sprayed(clinic: SmallClinic) -> Visit:
    return book(clinic.store, clinic.desk, clinic.wish("SP1", day=TUESDAY)).visits[0]


def change(clinic: SmallClinic, **changes: object) -> list[tuple[int, list[str]]]:
    """Amara's record, otherwise; what the desk is told about her visits."""
    with clinic.store.read() as records:
        amara = records.get(Patient, clinic.amara.id)
    kept = keep_patient(clinic.store, clinic.desk, replace(amara, **changes))  # type: ignore[arg-type]  # replace checks the names
    return [(one.visit.id, [found.code for found in one.why]) for one in kept.in_question]


def confirmed(clinic: SmallClinic, visit: Visit) -> Visit:
    return confirm_visit(clinic.store, clinic.desk, visit.id, visit.version).visits[0]


def refused(clinic: SmallClinic, visit: Visit) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        confirmed(clinic, visit)
    assert clinic.visit(visit.id).state is VisitState.BOOKED
    return [one.code for one in refusal.value.findings]


def repairs(clinic: SmallClinic) -> dict[int, list[str]]:
    with clinic.store.read() as records:
        listed = repair_list(records, instant_minute(clinic.clock.now()))
    return {one.visit.id: [found.sentence() for found in one.why] for one in listed}


def test_a_visit_that_nothing_forbids_is_confirmed_and_the_yes_can_be_taken_back(
    clinic: SmallClinic, sprayed: Visit
) -> None:
    yes = confirmed(clinic, sprayed)
    assert yes.state is VisitState.CONFIRMED
    change(clinic, death_date=DIED)
    no = confirm_visit(clinic.store, clinic.desk, yes.id, yes.version, yes=False).visits[0]
    assert no.state is VisitState.BOOKED


def test_nobody_who_died_is_confirmed(clinic: SmallClinic, sprayed: Visit) -> None:
    assert change(clinic, death_date=DIED) == [(sprayed.id, ["patient-died"])]
    assert refused(clinic, sprayed) == ["deceased"]
    assert repairs(clinic) == {
        sprayed.id: ["Okafor, Amara died on Sunday, November 15, 2026. Cancel the visit."]
    }


def test_who_turns_out_to_be_a_child_is_not_confirmed_for_spravato(
    clinic: SmallClinic, sprayed: Visit
) -> None:
    talk = book(clinic.store, clinic.desk, clinic.wish("CON", day=MONDAY + timedelta(days=3))).visits[0]
    assert change(clinic, birth_date=A_CHILD) == [(sprayed.id, ["too-young"])]
    assert refused(clinic, sprayed) == ["age"]
    assert repairs(clinic) == {
        sprayed.id: [
            "Spravato is for people of 18 or over, and Okafor, Amara is 11 on that day. "
            "Check the birth date, or cancel the visit."
        ]
    }
    assert confirmed(clinic, talk).state is VisitState.CONFIRMED


def test_a_birth_date_taken_out_again_is_asked_for(clinic: SmallClinic, sprayed: Visit) -> None:
    assert change(clinic, birth_date=None) == [(sprayed.id, ["age-unknown"])]


def test_spravato_is_not_confirmed_while_no_prescriber_would_be_on_site(
    clinic: SmallClinic, sprayed: Visit
) -> None:
    with clinic.store.write(clinic.desk) as unit:
        unit.add(Absence(staff_id=clinic.lin.id, from_day=TUESDAY, to_day=TUESDAY))
        unit.commit()
    assert refused(clinic, sprayed) == ["cover-prescriber"]


def test_a_change_that_touches_no_visit_says_nothing(clinic: SmallClinic, sprayed: Visit) -> None:
    assert change(clinic, birth_date=date(1984, 4, 13)) == []
    clinic.clock.at += timedelta(days=2)
    assert change(clinic, death_date=TUESDAY) == []  # what is over is not to be repaired

"""The lot of a device against the drug log: expired is refused, unknown is told once a log is kept."""

from datetime import timedelta

import pytest

from clinic_desktop.treatment.model import Stamp, StampKind
from tests.small_clinic import MONDAY, SmallClinic
from tests.treatment.stays import booked
from tests.treatment.stock_lines import LOT, came

K = StampKind


@pytest.fixture
def clinic(any_clinic: SmallClinic) -> SmallClinic:
    return any_clinic


def test_an_expired_lot_is_not_given(clinic: SmallClinic) -> None:
    came(clinic, 4, expires=MONDAY - timedelta(days=1))
    assert booked(clinic).prepared().refused(Stamp(kind=K.DOSE, lot=LOT)) == ["dose-expired"]


def test_what_was_given_of_it_is_recorded_as_a_deviation(clinic: SmallClinic) -> None:
    came(clinic, 4, expires=MONDAY - timedelta(days=1))
    stay = booked(clinic).prepared()
    (stamp,) = stay.device(happened=True).stamps
    assert stamp.deviations == ("dose-expired",)
    assert [one.codes for one in stay.incidents()] == [("dose-expired",)]


def test_on_its_last_day_it_is_good(clinic: SmallClinic) -> None:
    came(clinic, 4, expires=MONDAY)
    assert booked(clinic).prepared().device().warnings == ()


def test_a_lot_that_never_came_is_told_and_given(clinic: SmallClinic) -> None:
    came(clinic, 4, lot="99Z")
    told = booked(clinic).prepared().device().warnings
    assert [one.sentence() for one in told] == [
        "Lot 12K345 is not in the drug log. Compare it with the package; if it is right, record what came."
    ]


def test_a_lot_that_came_for_another_patient_is_told(clinic: SmallClinic) -> None:
    came(clinic, 4, patient_id=clinic.noah.id)
    stay = booked(clinic).prepared()
    assert [one.code for one in stay.device().warnings] == ["dose-lot-other"]


def test_what_came_for_the_patient_and_what_is_the_clinics_is_not(clinic: SmallClinic) -> None:
    came(clinic, 1, patient_id=clinic.noah.id)
    came(clinic, 1)
    came(clinic, 4, patient_id=clinic.amara.id, lot="99Z")
    stay = booked(clinic).prepared()
    assert stay.device().warnings == ()
    assert stay.at(10, 16).device(lot="99Z").warnings == ()


def test_where_no_log_is_kept_every_lot_is_as_good(clinic: SmallClinic) -> None:
    assert booked(clinic).prepared().device().warnings == ()


def test_a_correction_to_an_expired_lot_opens_an_incident(clinic: SmallClinic) -> None:
    came(clinic, 4)
    came(clinic, 4, lot="11A", expires=MONDAY - timedelta(days=1))
    stay = booked(clinic).prepared()
    (given,) = stay.device().stamps
    stay.at(10, 11).says(Stamp(kind=K.DOSE, at=given.at, lot="11A", corrects=given.id, reason="misread"))
    assert [one.codes for one in stay.incidents()] == [("dose-expired",)]

"""Incidents and REMS forms wait until somebody closes them, on both databases."""

import pytest

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.errors import BadInput, RightMissing, StaleEdit
from clinic_desktop.treatment.after import close_incident
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.to_see import ToSee, to_see
from tests.small_clinic import ZONE, SmallClinic, instant
from tests.treatment.stays import K, Stay, booked


@pytest.fixture
def walked_out(clinic: SmallClinic) -> Stay:
    """Amara walked out at 11:12; it was recorded at 11:20."""
    stay = booked(clinic).sprayed().at(11, 20)
    stay.says(Stamp(kind=K.LEFT_EARLY, at=instant(11, 12), note="walked out"))
    return stay


def waiting(clinic: SmallClinic) -> ToSee:
    with clinic.store.read() as records:
        return to_see(records, local_day(clinic.clock.now(), ZONE))


def test_an_incident_waits_with_whom_what_and_when(clinic: SmallClinic, walked_out: Stay) -> None:
    (one,) = waiting(clinic).incidents
    assert (one.patient, one.visit.id, one.incident.codes) == (
        "Okafor, Amara",
        walked_out.visit_id,
        ("left before release",),
    )
    assert one.stamp is not None
    assert (one.stamp.at, one.stamp.recorded_at) == (instant(11, 12), instant(11, 20))
    assert one.incident.opened_by == clinic.maya.id


def test_a_prescriber_closes_an_incident_with_words_once(clinic: SmallClinic, walked_out: Stay) -> None:
    (one,) = waiting(clinic).incidents
    for who in (clinic.nurse, clinic.desk, Actor(0, frozenset({Role.MANAGER}), "office")):
        with pytest.raises(RightMissing):
            close_incident(clinic.store, who, one.incident, "spoke to her")
    with pytest.raises(BadInput):
        close_incident(clinic.store, clinic.prescriber, one.incident, "  ")
    close_incident(clinic.store, clinic.prescriber, one.incident, "spoke to her, is well")
    (closed,) = walked_out.incidents()
    assert (closed.answer, closed.closed_by) == ("spoke to her, is well", clinic.lin.id)
    assert waiting(clinic).incidents == ()
    with pytest.raises(BadInput):
        close_incident(clinic.store, clinic.prescriber, closed, "something else")
    with pytest.raises(StaleEdit):
        close_incident(clinic.store, clinic.prescriber, one.incident, "two at once")


def test_nobody_sees_to_the_form_of_a_patient_who_is_here(clinic: SmallClinic) -> None:
    booked(clinic).sprayed()
    assert waiting(clinic).forms == ()
    clinic.clock.forward(1440)
    assert len(waiting(clinic).forms) == 1, "nobody recorded how it ended"

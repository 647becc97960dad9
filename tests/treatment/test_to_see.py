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
    told_and_called(walked_out)
    close_incident(clinic.store, clinic.prescriber, one.incident, "spoke to her, is well")
    (closed,) = walked_out.incidents()
    assert (closed.answer, closed.closed_by) == ("spoke to her, is well", clinic.lin.id)
    assert waiting(clinic).incidents == ()
    with pytest.raises(BadInput):
        close_incident(clinic.store, clinic.prescriber, closed, "something else")
    with pytest.raises(StaleEdit):
        close_incident(clinic.store, clinic.prescriber, one.incident, "two at once")


def told_and_called(stay: Stay) -> None:
    stay.is_(K.TOLD, person="Dr. Lin")
    stay.called()


def missing(clinic: SmallClinic, words: str = "spoke to her") -> str:
    """Why the open incident is not closed; empty where it is."""
    (one,) = waiting(clinic).incidents
    try:
        close_incident(clinic.store, clinic.prescriber, one.incident, words)
    except BadInput as no:
        return no.problems["answer"].sentence()
    return ""


def test_a_walk_out_stays_open_until_the_prescriber_is_told_and_the_calls_are_made(
    any_clinic: SmallClinic,
) -> None:
    stay = booked(any_clinic).sprayed()
    stay.at(10, 30).is_(K.TOLD, person="Dr. Lin", note="165/98")  # of the pressure, not of this
    stay.at(11, 20).says(Stamp(kind=K.LEFT_EARLY, at=instant(11, 12), note="walked out"))
    assert missing(any_clinic) == (
        "Not on record yet: prescriber told and called. Record it with its time first, on the floor; then "
        "close the incident."
    )
    stay.called()
    assert "prescriber told." in missing(any_clinic)
    stay.is_(K.TOLD, person="Dr. Lin")
    assert missing(any_clinic) == ""


def test_the_call_for_the_ambulance_comes_before_it_takes_the_patient_away(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed()
    stay.at(11).called("911", "on the way")
    stay.at(11, 15).is_(K.TRANSFERRED, note="chest pain")
    stay.at(11, 20).is_(K.TOLD, person="Dr. Lin")
    assert missing(clinic) == ""


def test_an_end_that_never_was_asks_for_no_calls(clinic: SmallClinic, walked_out: Stay) -> None:
    (left,) = walked_out.stamps(K.LEFT_EARLY)
    walked_out.says(Stamp(kind=K.STRUCK, corrects=left.id, reason="she was in the bathroom"))
    assert missing(clinic, "she never left") == ""


def test_nobody_sees_to_the_form_of_a_patient_who_is_here(clinic: SmallClinic) -> None:
    booked(clinic).sprayed()
    assert waiting(clinic).forms == ()
    clinic.clock.forward(1440)
    assert len(waiting(clinic).forms) == 1, "nobody recorded how it ended"

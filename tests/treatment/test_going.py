"""Somebody goes in the middle of an infusion: it runs in nobody who has gone, and its end is asked for."""

from dataclasses import replace
from datetime import date

import pytest

from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.scheduling.booking import book
from clinic_desktop.treatment.after import close_incident
from clinic_desktop.treatment.care import care_of
from clinic_desktop.treatment.going_rules import GONE_INFUSED, GONE_LINE
from clinic_desktop.treatment.infused import given_mg, runs_of
from clinic_desktop.treatment.model import Incident, Stamp
from clinic_desktop.treatment.recording import record
from clinic_desktop.treatment.session import Session, standing
from tests.small_clinic import SmallClinic, instant
from tests.treatment.stays import K, Stay, booked


@pytest.fixture
def running(any_clinic: SmallClinic) -> Stay:
    stay = booked(any_clinic, "IVM").prepared().at(10, 15)
    stay.is_(K.INFUSION_START, dose=36.0, unit="mg", rate=36.0, concentration=1.5)
    return stay.at(10, 35)


def said(stay: Stay, *stamps: Stamp) -> list[str]:
    saved = record(stay.clinic.store, stay.clinic.nurse, stay.visit_id, stamps, happened=True)
    return [one.code for one in saved.warnings]


def session(stay: Stay) -> Session:
    with stay.clinic.store.read() as records:
        return standing(records.find(Stamp, visit_id=stay.visit_id))


@pytest.mark.parametrize("kind", [K.LEFT_EARLY, K.TRANSFERRED])
def test_whoever_goes_in_an_infusion_has_gone_and_its_end_is_asked_for(running: Stay, kind: K) -> None:
    assert said(running, Stamp(kind=kind, note="walked out")) == [GONE_INFUSED.code]
    there = session(running)
    assert not there.running
    assert there.running_since is None
    assert [one.stopped for one in runs_of(there)] == [instant(10, 35)]
    assert given_mg(there, instant(12)) == given_mg(there, instant(10, 35)) < 36


def test_what_is_said_with_the_end_is_not_asked_for(running: Stay) -> None:
    stop, out = Stamp(kind=K.INFUSION_STOP), Stamp(kind=K.LINE_OUT)
    assert said(running, stop, out, Stamp(kind=K.TRANSFERRED, note="breathing")) == []


def test_a_line_that_may_still_be_in_is_said(running: Stay) -> None:
    end = Stamp(kind=K.LEFT_EARLY, note="walked out")
    assert said(running, Stamp(kind=K.INFUSION_STOP), end) == [GONE_LINE.code]


def test_a_line_that_is_said_to_be_in_is_known(running: Stay) -> None:
    end = Stamp(kind=K.TRANSFERRED, note="breathing, line still in")
    assert said(running, Stamp(kind=K.INFUSION_STOP), end) == []


def test_the_end_of_the_infusion_is_recorded_afterwards_and_closes_the_incident(running: Stay) -> None:
    clinic = running.clinic
    said(running, Stamp(kind=K.LEFT_EARLY, note="walked out"))
    running.called()
    running.is_(K.TOLD, person="Dr. Lin")
    with clinic.store.read() as records:
        (incident,) = records.find(Incident, visit_id=running.visit_id)
    with pytest.raises(BadInput) as no:
        close_incident(clinic.store, clinic.prescriber, incident, "spoke to her")
    assert "Not on record yet: infusion stopped." in no.value.problems["answer"].sentence()
    clinic.clock.at = instant(10, 50)
    said(running, Stamp(kind=K.INFUSION_STOP, at=instant(10, 33)))
    assert [one.stopped for one in runs_of(session(running))] == [instant(10, 33)]
    close_incident(clinic.store, clinic.prescriber, incident, "spoke to her")


@pytest.mark.parametrize("kind", [K.LEFT_EARLY, K.TRANSFERRED])
def test_whoever_goes_after_it_was_said_by_a_slip_is_an_incident_of_their_own(
    clinic: SmallClinic, kind: K
) -> None:
    stay = booked(clinic).sprayed().at(11)
    stay.is_(kind, note="the wrong row")
    gone = stay.stamps(kind)[-1]
    stay.says(Stamp(kind=K.STRUCK, corrects=gone.id, reason="is still here"), happened=True)
    close_incident(clinic.store, clinic.prescriber, stay.incidents()[0], "is still here")
    stay.at(11, 30).is_(kind, note="walked out")
    assert [one.closed_at is None for one in stay.incidents()] == [False, True]
    stay.at(11, 31).is_(K.TOLD, person="Dr. Lin")
    stay.called()
    close_incident(clinic.store, clinic.prescriber, stay.incidents()[1], "spoke to her")
    gone = stay.stamps(kind)[-1]
    again = Stamp(kind=kind, at=instant(11, 29), corrects=gone.id, reason="read wrong", note="walked out")
    stay.at(11, 40).says(again, happened=True)
    stay.is_(K.NOTE, note="her keys are here")
    assert len(stay.incidents()) == 2  # the same end, and it was answered for


@pytest.mark.parametrize(
    "entry",
    [Stamp(kind=K.READY), Stamp(kind=K.WAITING), Stamp(kind=K.MOVED_ROOM)],
    ids=["ready", "chair", "room"],
)
def test_what_was_before_the_end_is_recorded_after_it_and_what_was_after_it_is_not(
    clinic: SmallClinic, entry: Stamp
) -> None:
    """Two desks' entries of a time without the server come in either order."""
    stay = booked(clinic).sprayed()
    stay.at(12, 16).checked().is_(K.RELEASED)
    entry = replace(entry, room_id=clinic.rooms["Spravato 2"].id if entry.kind is K.MOVED_ROOM else None)
    with pytest.raises(BadInput, match="This visit is over"):
        stay.at(12, 30).says(replace(entry, at=instant(12, 20)))
    (saved,) = stay.says(replace(entry, at=instant(12))).stamps
    assert saved.at == instant(12)
    assert stay.state == "left"
    assert stay.visit.left is not None


@pytest.mark.parametrize(("devices", "counts"), [(2, True), (0, False)])
def test_a_session_that_ended_in_a_transfer_counts_as_the_first_if_something_was_given(
    clinic: SmallClinic, devices: int, *, counts: bool
) -> None:
    first = booked(clinic, "SP1").prepared()
    for minute in range(10, 10 + 5 * devices, 5):
        first.at(10, minute).device()
    first.at(10, 40).is_(K.TRANSFERRED, note="unwell")
    (following,) = book(clinic.store, clinic.desk, clinic.wish("SP84", day=date(2026, 11, 19))).visits
    with clinic.store.read() as records:
        there = care_of(records, following, instant(11), [])
    assert there.treated_before == counts

"""Incidents and REMS forms wait until somebody closes them, on both databases; neither is ever deleted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.errors import BadInput, RightMissing, StaleEdit
from clinic_desktop.treatment.after import close_incident, record_sent
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.to_see import ToSee, to_see
from tests.small_clinic import MONDAY, ZONE, SmallClinic, instant
from tests.treatment.stays import K, Stay, booked

DUE = MONDAY + timedelta(days=7)


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


def test_a_form_is_due_on_the_seventh_calendar_day_and_late_after_it(
    clinic: SmallClinic, walked_out: Stay
) -> None:
    assert walked_out.forms()
    for day, number, late in ((MONDAY, 0, False), (DUE, 7, False), (DUE + timedelta(days=1), 8, True)):
        (one,) = waiting(clinic).forms
        assert (one.form.due_on, one.day(day), one.is_late(day)) == (DUE, number, late)


def test_late_forms_come_first(clinic: SmallClinic, walked_out: Stay) -> None:
    other = booked(clinic, day=MONDAY + timedelta(days=3))
    with clinic.store.write(clinic.nurse) as unit:
        earlier = replace(walked_out.forms()[0], id=0, version=0, visit_id=other.visit_id)
        unit.add(replace(earlier, session_on=date(2026, 11, 2), due_on=date(2026, 11, 9)))
        unit.commit()
    assert [one.form.due_on for one in waiting(clinic).forms] == [date(2026, 11, 9), DUE]


def test_a_form_is_closed_with_the_day_it_was_sent_and_a_wrong_day_is_corrected(
    clinic: SmallClinic, walked_out: Stay
) -> None:
    clinic.clock.forward(2 * 1440)
    wednesday = MONDAY + timedelta(days=2)
    (one,) = waiting(clinic).forms
    with pytest.raises(RightMissing):
        record_sent(clinic.store, clinic.desk, one.form, wednesday)
    for wrong in (MONDAY - timedelta(days=1), wednesday + timedelta(days=1)):
        with pytest.raises(BadInput):
            record_sent(clinic.store, clinic.nurse, one.form, wrong)
    record_sent(clinic.store, clinic.nurse, one.form, wednesday)
    there = waiting(clinic)
    assert (there.forms, [found.form.sent_on for found in there.sent]) == ((), [wednesday])
    record_sent(clinic.store, clinic.nurse, there.sent[0].form, MONDAY)
    assert [(form.sent_on, form.closed_by) for form in walked_out.forms()] == [(MONDAY, clinic.maya.id)]

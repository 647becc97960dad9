"""A danger that is corrected or struck out before a prescriber answered for it: saved, and nobody is released
before that answer."""

from dataclasses import replace

import pytest

from clinic_desktop.treatment.after import close_incident
from clinic_desktop.treatment.model import Stamp
from tests.small_clinic import SmallClinic, instant
from tests.treatment.stays import K, Stay, booked

RELEASED = Stamp(kind=K.RELEASED)
UNDONE = "release-danger-undone"


def measured(clinic: SmallClinic, reading: Stamp) -> tuple[Stay, Stamp]:
    """Recorded at eleven, after the dose."""
    stay = booked(clinic).sprayed().at(11)
    (saved,) = stay.says(reading).stamps
    return stay, saved


def undone(stay: Stay, saved: Stamp, **instead: object) -> tuple[str, ...]:
    """Struck out, or corrected to something else; what it was marked with."""
    made = replace(saved, id=0, version=0, deviations=(), corrects=saved.id, reason="a slip", **instead)
    if not instead:
        made = Stamp(kind=K.STRUCK, corrects=saved.id, reason="a slip")
    (stamp,) = stay.says(made).stamps
    return stamp.deviations


DANGERS = [
    Stamp(kind=K.VITALS, systolic=192, diastolic=118, oxygen=98, pulse=70),
    Stamp(kind=K.VITALS, systolic=124, diastolic=78, oxygen=90, pulse=70),
    Stamp(kind=K.SEDATION, score=1),
]


@pytest.mark.parametrize("reading", DANGERS, ids=["pressure", "oxygen", "sedation"])
def test_after_a_danger_was_struck_out_a_prescriber_answers_before_anybody_is_released(
    clinic: SmallClinic, reading: Stamp
) -> None:
    stay, saved = measured(clinic, reading)
    assert undone(stay.at(11, 3), saved) == (UNDONE,)
    stay.at(12, 20).checked()
    assert stay.refused(RELEASED) == [UNDONE]
    assert stay.refused(RELEASED, happened=True) == [UNDONE, "release-not-given"]
    (incident,) = stay.incidents()
    close_incident(clinic.store, clinic.prescriber, incident, "the cuff lay on the other patient")
    assert stay.refused(RELEASED) == []


@pytest.mark.parametrize(("high", "low", "marked"), [(152, 88, True), (192, 116, False)])
def test_a_correction_to_a_number_below_the_limit_is_no_less(
    clinic: SmallClinic, high: int, low: int, *, marked: bool
) -> None:
    stay, saved = measured(clinic, DANGERS[0])
    assert (UNDONE in undone(stay.at(11, 3), saved, systolic=high, diastolic=low)) == marked


def test_a_prescriber_corrects_it_as_the_answer(clinic: SmallClinic) -> None:
    stay, saved = measured(clinic, DANGERS[0])
    struck = Stamp(kind=K.STRUCK, corrects=saved.id, reason="the cuff was loose")
    (made,) = stay.at(11, 3).says(struck, by=clinic.prescriber).stamps
    assert made.deviations == ()


def test_what_a_prescriber_has_answered_is_no_danger_any_more(clinic: SmallClinic) -> None:
    stay, saved = measured(clinic, DANGERS[0])
    accepted = Stamp(kind=K.PRESSURE_ACCEPTED, systolic=192, diastolic=118)
    stay.at(11, 2).says(accepted, by=clinic.prescriber)
    assert UNDONE not in undone(stay.at(11, 3), saved)


def test_an_usual_reading_is_struck_out_as_before(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed().at(11)
    (saved,) = stay.vitals(130, 84).stamps
    assert undone(stay.at(11, 3), saved) == ()
    stay.at(12, 20).checked()
    assert stay.refused(RELEASED) == []


def test_before_the_dose_it_holds_the_dose_and_not_the_release(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    (saved,) = stay.vitals(192, 118, at=instant(10, 8)).stamps
    assert undone(stay, saved) == ()

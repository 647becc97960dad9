"""Vitals that may be a slip of the pen are asked about once and never refused; an old pressure is said."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.foundation.rulebook import Severity
from clinic_desktop.treatment.dosing import asked_before_dose
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.slip_rules import ASKED
from clinic_desktop.treatment.vitals import unlikely_vitals
from tests.small_clinic import SmallClinic, instant
from tests.treatment.cases import K, before_dosing, care, codes, setup
from tests.treatment.stays import booked


def asked(*numbers: int | None) -> list[str]:
    high, low, pulse, oxygen = numbers
    reading = Stamp(kind=K.VITALS, systolic=high, diastolic=low, pulse=pulse, oxygen=oxygen)
    return codes(unlikely_vitals(care("SP56", [], instant(10, 10)), reading))


@pytest.mark.parametrize(
    ("numbers", "wanted"),
    [
        ((138, 84, 92, 98), []),
        ((220, 130, 150, 94), []),
        ((80, 40, 45, 96), []),
        ((221, 90, None, None), ["vitals-unlikely-pressure"]),
        ((79, 50, None, None), ["vitals-unlikely-pressure"]),
        ((150, 131, None, None), ["vitals-unlikely-pressure"]),
        (
            (250, 120, 190, 60),
            ["vitals-unlikely-pressure", "vitals-unlikely-pulse", "vitals-unlikely-oxygen"],
        ),
        ((None, None, 151, 97), ["vitals-unlikely-pulse"]),
        ((None, None, 44, 97), ["vitals-unlikely-pulse"]),
        ((None, None, 70, 89), ["vitals-unlikely-oxygen"]),
        ((None, None, 98, 92), ["vitals-turned"]),
        ((None, None, 93, 92), []),  # turned round it would be no usual oxygen either
        ((None, None, 92, 98), []),
    ],
)
def test_what_is_unusual_is_asked_about(numbers: tuple[int | None, ...], wanted: list[str]) -> None:
    assert asked(*numbers) == wanted
    assert set(wanted) <= ASKED


def test_said_again_it_is_recorded_and_marked_as_nothing(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    reading = Stamp(kind=K.VITALS, systolic=124, diastolic=78, pulse=98, oxygen=92)
    assert stay.refused(reading) == ["vitals-turned"]
    stay.says(reading, happened=True)
    assert stay.stamps(K.VITALS)[-1].deviations == ()
    assert stay.incidents() == []


def test_a_correction_is_asked_about_its_numbers_and_not_about_its_time(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    (old,) = stay.stamps(K.VITALS)
    again = replace(old, id=0, version=0, corrects=old.id, reason="read again")
    assert stay.refused(replace(again, pulse=200)) == ["vitals-unlikely-pulse"]
    assert stay.refused(replace(again, at=instant(10, 5))) == []


@pytest.mark.parametrize(
    ("hour", "minute", "most", "wanted"),
    [
        (11, 4, 60, []),
        (11, 5, 60, ["dose-pressure-old"]),
        (11, 5, 90, []),
        (10, 35, 30, ["dose-pressure-old"]),
    ],
)
def test_an_older_pressure_is_to_be_taken_again(hour: int, minute: int, most: int, wanted: list[str]) -> None:
    here = care("SP56", before_dosing(), instant(hour, minute), setup=setup(pre_dose_minutes=most))
    found = asked_before_dose(here, Stamp(kind=K.DOSE, lot="12K345"))
    assert codes(found) == wanted
    assert all(one.severity is Severity.WARNING for one in found)


def test_a_pressure_that_jumps_is_saved_at_once(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    assert stay.refused(Stamp(kind=K.VITALS, systolic=198, diastolic=112)) == []


@pytest.mark.parametrize("kind", [K.INFUSION_START, K.DOSE])
def test_an_older_pressure_is_said_before_the_dose_is_on_record(clinic: SmallClinic, kind: K) -> None:
    stay = booked(clinic, "IVM").prepared()
    stay.clinic.clock.at += timedelta(minutes=70)
    with pytest.raises(Refusal, match=r"minutes old\. Take it again before the dose"):
        stay.is_(kind, dose=36, unit="mg")
    assert stay.stamps(kind) == []
    stay.says(Stamp(kind=kind, dose=36, unit="mg"), happened=True)
    assert len(stay.stamps(kind)) == 1, "what was given is recorded all the same"

"""A low oxygen speaks: nobody is dosed with it or released with it, unless a prescriber accepts it [S1]."""

from dataclasses import replace

import pytest

from clinic_desktop.foundation.errors import RightMissing
from clinic_desktop.scheduling.model import PressureLimits, Setup
from clinic_desktop.treatment.dosing import before_dose
from clinic_desktop.treatment.leaving import before_release
from clinic_desktop.treatment.model import Stamp
from tests.small_clinic import SmallClinic, instant
from tests.treatment.cases import (
    LIN,
    MAYA,
    K,
    before_dosing,
    care,
    codes,
    device,
    infused,
    setup,
    sprayed,
    stamp,
    vitals,
)
from tests.treatment.stays import booked

DOSE = Stamp(kind=K.DOSE, lot="12K345")


def against_dose(*more: Stamp, clinic: Setup | None = None) -> list[str]:
    here = care("SP56", [*before_dosing(), *more], instant(10, 10), setup=clinic)
    return codes(before_dose(here, DOSE))


def accepts(oxygen: int, by: int) -> Stamp:
    return stamp(K.PRESSURE_ACCEPTED, instant(10, 7), systolic=124, diastolic=78, oxygen=oxygen, by=by)


@pytest.mark.parametrize(
    ("oxygen", "wanted"), [(93, []), (92, ["dose-oxygen-low"]), (60, ["dose-oxygen-low"])]
)
def test_at_or_below_the_limit_nobody_is_dosed(oxygen: int, wanted: list[str]) -> None:
    assert against_dose(vitals(instant(10, 6), oxygen=oxygen)) == wanted


def test_the_limit_is_set_with_those_of_the_pressure() -> None:
    made = setup()
    limits = PressureLimits(oxygen_low=90, set_by=LIN, set_at=instant(7))
    clinic = replace(made, modalities=tuple(replace(one, limits=limits) for one in made.modalities))
    assert against_dose(vitals(instant(10, 6), oxygen=91), clinic=clinic) == []


def test_taken_again_it_counts_no_more() -> None:
    assert against_dose(vitals(instant(10, 6), oxygen=90), vitals(instant(10, 8), oxygen=97)) == []
    later = stamp(K.VITALS, instant(10, 8), systolic=124, diastolic=78)  # says nothing of oxygen
    assert against_dose(vitals(instant(10, 6), oxygen=90), later) == ["dose-oxygen-low"]


@pytest.mark.parametrize(
    ("oxygen", "by", "wanted"),
    [(90, LIN, []), (90, MAYA, ["dose-oxygen-low"]), (91, LIN, ["dose-oxygen-low"])],
)
def test_a_prescriber_accepts_the_number_that_was_read(oxygen: int, by: int, wanted: list[str]) -> None:
    assert against_dose(vitals(instant(10, 6), oxygen=90), accepts(oxygen, by)) == wanted


def test_the_next_device_asks_as_the_first_does() -> None:
    stamps = [*before_dosing(), device(instant(10, 10)), vitals(instant(10, 13), oxygen=91)]
    assert codes(before_dose(care("SP56", stamps, instant(10, 15)), DOSE)) == ["dose-oxygen-low"]


@pytest.mark.parametrize(("code", "stamps"), [("SP56", sprayed()), ("IVM", infused())])
def test_nobody_leaves_with_it(code: str, stamps: list[Stamp]) -> None:
    low = [replace(one, oxygen=92) if one.kind is K.VITALS else one for one in stamps]
    assert codes(before_release(care(code, low, instant(12, 20)))) == ["release-oxygen-low"]


def test_the_acceptance_carries_the_oxygen_and_is_the_prescribers(clinic: SmallClinic) -> None:
    stay = booked(clinic)
    stay.prepared().is_(K.VITALS, oxygen=91, pulse=70)
    assert stay.refused(DOSE) == ["dose-oxygen-low"]
    with pytest.raises(RightMissing):
        stay.is_(K.PRESSURE_ACCEPTED)
    stay.says(Stamp(kind=K.PRESSURE_ACCEPTED), by=clinic.prescriber)
    (signed,) = stay.stamps(K.PRESSURE_ACCEPTED)
    assert (signed.systolic, signed.diastolic, signed.oxygen) == (124, 78, 91)
    assert stay.refused(DOSE) == []


def test_a_dose_that_was_given_is_recorded_all_the_same(clinic: SmallClinic) -> None:
    stay = booked(clinic)
    stay.prepared().is_(K.VITALS, oxygen=91, pulse=70)
    stay.device(happened=True)
    assert stay.stamps(K.DOSE)[0].deviations == ("dose-oxygen-low",)

"""A pressure at the emergency limit before any dose: the prescriber is called for it as after one."""

import pytest

from clinic_desktop.treatment.acknowledging import emergency_standing
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.pressure import words_of
from tests.small_clinic import SmallClinic, instant
from tests.treatment.cases import LIN, MAYA, accepted, before_dosing, care, vitals, without
from tests.treatment.stays import K, booked

DANGER = vitals(instant(10, 4), 190, 115)


def standing(*more: Stamp) -> str:
    """The pressure that stands at 10:30, after 190/115 at 10:04; 10 minutes later another one counts."""
    stamps = [*without(before_dosing(), K.VITALS), DANGER, *more]
    reading = emergency_standing(care("SP56", stamps, instant(10, 30)))
    return words_of(reading) if reading else ""


@pytest.mark.parametrize(
    ("more", "stands"),
    [
        ((), "190/115"),
        ((vitals(instant(10, 10), 124, 78),), "190/115"),  # too soon to take its place
        ((vitals(instant(10, 10), 150, 92),), "190/115"),
        ((vitals(instant(10, 19), 124, 78),), ""),
        ((vitals(instant(10, 19), 150, 92),), ""),  # high, and waits for the prescriber as any high one
        ((vitals(instant(10, 19), 184, 98),), "184/98"),
        ((accepted(instant(10, 6), 190, 115, by=MAYA),), "190/115"),
        ((accepted(instant(10, 6), 190, 115, by=LIN),), ""),
        ((vitals(instant(10, 10), 150, 92), accepted(instant(10, 11), 150, 92, by=LIN)), ""),
    ],
)
def test_it_stands_until_a_prescriber_acknowledges_it_or_a_later_one_takes_its_place(
    more: tuple[Stamp, ...], stands: str
) -> None:
    assert standing(*more) == stands


def test_a_high_pressure_below_the_limit_is_no_emergency() -> None:
    stamps = [*without(before_dosing(), K.VITALS), vitals(instant(10, 4), 160, 100)]
    assert emergency_standing(care("SP56", stamps, instant(10, 5))) is None


def test_the_dose_is_refused_meanwhile(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    stay.vitals(190, 115)
    assert stay.refused(Stamp(kind=K.DOSE, lot="12K345")) == ["dose-pressure-high"]

"""The site's certification in Spravato's programme: when it is said, and when nobody is dosed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.rulebook import Severity
from clinic_desktop.scheduling.before_first import before_first_treatment
from clinic_desktop.scheduling.certification import (
    CERTIFIED_ENDS,
    CERTIFIED_UNKNOWN,
    DOSE_CERTIFIED,
    DOSE_CERTIFIED_FROM,
    certification,
)
from clinic_desktop.scheduling.model import Clinic, Setup
from clinic_desktop.scheduling.set_up_checks import clinic_problems
from clinic_desktop.treatment.model import Stamp
from tests.small_clinic import MONDAY, SmallClinic
from tests.treatment.stays import K, booked

DAY = timedelta(days=1)
UNTIL = date(2027, 1, 31)


def certified(clinic: SmallClinic, first: date | None, last: date | None) -> None:
    with clinic.store.write(PROGRAM) as unit:
        (itself,) = unit.find(Clinic)
        unit.save(replace(itself, certified_on=first, certified_until=last))
        unit.commit()


def setup_of(clinic: SmallClinic) -> Setup:
    with clinic.store.read() as records:
        return records.setup()


def stay_dose() -> Stamp:
    return Stamp(kind=K.DOSE, lot="12K345")


def test_h2_that_it_runs_out_is_said_from_thirty_days_ahead_until_its_last_day() -> None:
    clinic = Clinic(certified_on=date(2025, 1, 31), certified_until=UNTIL)
    said = {n: certification(clinic, UNTIL + n * DAY) for n in (-31, -30, 0, 1)}
    assert {n: found and found.rule for n, found in said.items()} == {
        -31: None, -30: CERTIFIED_ENDS, 0: CERTIFIED_ENDS, 1: DOSE_CERTIFIED,
    }  # fmt: skip


def test_h2_one_without_an_end_stands_and_one_that_begins_later_does_not() -> None:
    clinic = Clinic(certified_on=MONDAY)
    assert certification(clinic, MONDAY) is None
    found = certification(clinic, MONDAY - DAY)
    assert found is not None
    assert found.rule is DOSE_CERTIFIED_FROM


def test_h2_nobody_is_dosed_after_its_last_day_whoever_asks_and_what_happened_is_recorded(
    any_clinic: SmallClinic,
) -> None:
    clinic = any_clinic
    certified(clinic, None, MONDAY - DAY)
    stay = booked(clinic).prepared()
    assert DOSE_CERTIFIED.severity is Severity.LOCKED
    assert stay.refused(stay_dose(), by=clinic.prescriber) == ["dose-certified"]
    (stamp,) = stay.says(stay_dose(), happened=True).stamps
    assert "dose-certified" in stamp.deviations
    assert any("dose-certified" in one.codes for one in stay.incidents())


@pytest.mark.parametrize("last", [MONDAY, MONDAY + 10 * DAY])
def test_h2_up_to_its_last_day_the_dose_is_given(any_clinic: SmallClinic, last: date) -> None:
    certified(any_clinic, None, last)
    assert booked(any_clinic).prepared().refused(stay_dose()) == []


def test_h2_another_treatment_does_not_ask_for_it(any_clinic: SmallClinic) -> None:
    certified(any_clinic, None, MONDAY - DAY)
    stay = booked(any_clinic, "IVM").prepared()
    assert "dose-certified" not in stay.refused(Stamp(kind=K.INFUSION_START, dose=35.0, unit="mg"))


def test_h2_nothing_on_record_is_to_do_before_the_first_dose_and_no_lock(any_clinic: SmallClinic) -> None:
    assert before_first_treatment(setup_of(any_clinic)) == []
    certified(any_clinic, None, None)
    found = before_first_treatment(setup_of(any_clinic))
    assert CERTIFIED_UNKNOWN in [one.rule for one in found]
    assert booked(any_clinic).prepared().refused(stay_dose()) == []


def test_its_last_day_lies_after_its_first(any_clinic: SmallClinic) -> None:
    setup = setup_of(any_clinic)
    wrong = replace(setup.clinic, certified_on=UNTIL, certified_until=UNTIL - DAY)
    assert list(clinic_problems(wrong, setup)) == ["certified_until"]

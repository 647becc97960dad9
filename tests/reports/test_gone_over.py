"""What went past a rule on a day: who allowed it or recorded it, when and why; on both databases."""

import pytest

from clinic_desktop.reports.gone_over import GoneOver, gone_over
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.model import Override
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.overriding import override_driver
from tests.small_clinic import MONDAY, SmallClinic, instant
from tests.treatment.stays import K, booked


@pytest.fixture
def clinic(any_clinic: SmallClinic) -> SmallClinic:
    return any_clinic


def of_monday(clinic: SmallClinic) -> list[GoneOver]:
    with clinic.store.read() as records:
        return list(gone_over(records, records.day_rows(MONDAY)))


def test_permission_and_what_merely_happened_stand_beside_each_other(clinic: SmallClinic) -> None:
    stay = booked(clinic, plan=None).prepared()
    override_driver(clinic.store, clinic.prescriber, stay.visit_id, "sister is on the way")
    stay.device()
    stay.at(10, 13)
    stay.says(Stamp(kind=K.DOSE, lot="12K345", note="the clock ran ahead"), happened=True)
    allowed, happened = of_monday(clinic)
    assert allowed == GoneOver(
        stay.visit_id,
        "Okafor, Amara",
        ("driver",),
        clinic.lin.id,
        instant(10, 10),
        "sister is on the way",
        allowed=True,
    )
    assert (happened.rules, happened.by, happened.at, happened.reason, happened.allowed) == (
        ("dose-rest",),
        clinic.maya.id,
        instant(10, 13),
        "the clock ran ahead",
        False,
    )


def test_the_trace_that_a_dose_without_a_driver_leaves_is_not_told_twice(clinic: SmallClinic) -> None:
    stay = booked(clinic, plan=None).prepared()
    stay.device(happened=True)
    assert [(one.rule, one.deviation) for one in stay.overrides()] == [("driver", True)]
    assert [one.rules for one in of_monday(clinic)] == [("dose-driver",)]


def test_a_booking_past_a_rule_is_told_on_the_day_it_is_for(clinic: SmallClinic) -> None:
    visit = book(clinic.store, clinic.prescriber, clinic.wish(minute=420), "agreed by phone").visits[0]
    with clinic.store.read() as records:
        codes = [one.rule for one in records.find(Override, visit_id=visit.id)]
    assert codes
    assert [one.rules for one in of_monday(clinic)] == [(code,) for code in codes]
    assert {one.reason for one in of_monday(clinic)} == {"agreed by phone"}


def test_a_day_without_any_has_none(clinic: SmallClinic) -> None:
    assert of_monday(clinic) == []
    booked(clinic)
    assert of_monday(clinic) == []

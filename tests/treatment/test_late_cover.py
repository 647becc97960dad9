"""Whoever was dosed late is covered until they may be released, not until the plan's last minute."""

import pytest

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.people.model import Absence
from clinic_desktop.scheduling.set_up import Edit, WouldStrand, change_set_up
from clinic_desktop.scheduling.stranded import repair_list
from clinic_desktop.treatment.model import Stamp
from tests.small_clinic import MONDAY, SmallClinic, instant
from tests.treatment.stays import LOT, K, Stay, booked

MANAGER = Actor(0, frozenset({Role.MANAGER}), "set-up")


@pytest.fixture
def late(clinic: SmallClinic) -> Stay:
    """Booked for 10, the devices at 11:00 and 11:05: nobody releases her before 1:05 PM."""
    stay = booked(clinic, "SP56").prepared()
    stay.at(11).device()
    stay.at(11, 5).device()
    return stay


def away(clinic: SmallClinic, start: int, end: int, *, anyway: bool = False) -> None:
    """The prescriber is away between these minutes of the day."""
    absence = Absence(
        staff_id=clinic.lin.id, from_day=MONDAY, from_minute=start, to_day=MONDAY, to_minute=end
    )
    change_set_up(clinic.store, MANAGER, Edit((absence,)), anyway=anyway)


def listed(clinic: SmallClinic) -> list[tuple[int, list[str]]]:
    with clinic.store.read() as records:
        found = repair_list(records, instant_minute(clinic.clock.now()))
    return [(one.visit.id, [why.code for why in one.why]) for one in found]


@pytest.mark.parametrize(("hour", "minute"), [(11, 10), (12, 50)])  # within the plan, and when it is over
def test_an_absence_before_the_earliest_release_is_warned_about_and_listed(
    clinic: SmallClinic, late: Stay, hour: int, minute: int
) -> None:
    late.at(hour, minute)
    with pytest.raises(WouldStrand):
        away(clinic, 12 * 60 + 55, 13 * 60 + 30)
    away(clinic, 12 * 60 + 55, 13 * 60 + 30, anyway=True)
    assert listed(clinic) == [(late.visit_id, ["cover-prescriber"])]


def test_an_absence_after_it_concerns_nobody(clinic: SmallClinic, late: Stay) -> None:
    away(clinic, 13 * 60 + 5, 14 * 60)
    assert listed(clinic) == []


def test_a_device_that_is_struck_out_puts_nothing_off(clinic: SmallClinic, late: Stay) -> None:
    for one in late.stamps(K.DOSE):
        late.is_(K.STRUCK, corrects=one.id, reason="another patient's")
    assert late.visit.release_from is None
    away(clinic, 12 * 60 + 30, 13 * 60 + 30)
    assert listed(clinic) == []


def test_a_device_that_outlasts_the_prescriber_is_refused_and_recorded_once_it_happened(
    clinic: SmallClinic,
) -> None:
    stay = booked(clinic, "SP56", 15 * 60)
    stay.at(14, 50).is_(K.ARRIVED)
    stay.at(15).is_(K.IN_ROOM)
    stay.at(15, 1).asked()
    stay.at(15, 2).vitals()
    stay.at(15, 10).device()
    second = Stamp(kind=K.DOSE, lot=LOT)
    assert stay.at(16, 10).refused(second) == ["dose-cover", "dose-staff"]
    stay.says(second, happened=True)
    assert stay.visit.release_from == instant_minute(instant(18, 10))
    assert [one.codes for one in stay.incidents()] == [("dose-cover", "dose-staff")]
    assert listed(clinic) == [(stay.visit_id, ["cover-prescriber", "cover-two"])]

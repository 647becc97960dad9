"""Several facts at once are saved together or not at all, and everything that speaks against any is said."""

import pytest

from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.treatment.model import Stamp
from tests.small_clinic import SmallClinic, instant
from tests.treatment.stays import LOT, K, booked

SETTLED = Stamp(kind=K.SETTLED)
UNUSUAL = Stamp(kind=K.VITALS, at=instant(10, 12), systolic=124, diastolic=78, pulse=190, oxygen=97)


def device(minute: int) -> Stamp:
    return Stamp(kind=K.DOSE, at=instant(10, minute), lot=LOT)


def test_two_devices_of_the_past_at_once(clinic: SmallClinic) -> None:
    stay = booked(clinic)
    stay.prepared().at(10, 30).says(device(7), device(12))
    assert [(one.at, one.device) for one in stay.stamps(K.DOSE)] == [
        (instant(10, 7), 1),
        (instant(10, 12), 2),
    ]
    assert stay.state == "monitoring"


def test_what_is_refused_of_one_keeps_all_out(clinic: SmallClinic) -> None:
    stay = booked(clinic)
    stay.prepared().at(10, 30)
    assert stay.refused(device(7), device(9)) == ["dose-rest"]
    assert stay.stamps(K.DOSE) == []
    assert stay.state == "in room"


def test_everything_that_speaks_against_any_of_them_is_said(clinic: SmallClinic) -> None:
    """Or one "it has happened" would go past what nobody has read."""
    stay = booked(clinic)
    stay.prepared().at(10, 30)
    assert stay.refused(UNUSUAL, device(15), device(17)) == ["vitals-unlikely-pulse", "dose-rest"]
    assert len(stay.stamps(K.VITALS)) == 1
    stay.says(UNUSUAL, device(15), device(17), happened=True)
    assert [one.deviations for one in stay.stamps(K.DOSE)] == [(), ("dose-rest",)]


def test_a_slip_of_one_keeps_all_out(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed()
    with pytest.raises(BadInput):
        stay.says(SETTLED, Stamp(kind=K.SEDATION, score=9))
    assert stay.stamps(K.SETTLED) == []


def test_the_same_question_about_two_is_asked_once(clinic: SmallClinic) -> None:
    stay = booked(clinic)
    stay.prepared().at(10, 30)
    bare = [Stamp(kind=K.DOSE, at=instant(10, minute)) for minute in (10, 15)]
    assert stay.refused(*bare) == ["dose-lot"]

"""Two people record about one visit at the same moment: whoever comes second is judged by what came first."""

from clinic_desktop.foundation.errors import Refusal
from tests.at_once import at_once
from tests.small_clinic import SmallClinic
from tests.treatment.stays import K, booked


def test_the_same_device_entered_at_two_desks_is_given_once(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    answers = at_once(stay.device, stay.device)
    assert sorted(isinstance(one, Refusal) for one in answers) == [False, True]
    assert len(stay.stamps(K.DOSE)) == 1
    assert stay.incidents() == []


def test_two_facts_that_do_not_speak_against_each_other_both_stand(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    at_once(stay.vitals, lambda: stay.is_(K.NOTE, note="anxious"), stay.device)
    assert [len(stay.stamps(kind)) for kind in (K.VITALS, K.NOTE, K.DOSE)] == [2, 1, 1]
    assert stay.state == "dosing"


def test_somebody_is_released_once(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed().at(12, 16).checked()
    answers = at_once(lambda: stay.is_(K.RELEASED), lambda: stay.is_(K.RELEASED))
    assert sum(isinstance(one, Exception) for one in answers) == 1
    assert len(stay.stamps(K.RELEASED)) == 1

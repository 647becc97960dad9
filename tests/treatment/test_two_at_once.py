"""Two people record about one visit at the same moment: whoever comes second is judged by what came first."""

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.treatment.alarm_records import AlarmKind
from clinic_desktop.treatment.alarms import alarms_of
from clinic_desktop.treatment.care import care_of
from clinic_desktop.treatment.due import DueKind, due_of
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.pressure import falling
from tests.at_once import at_once
from tests.small_clinic import SmallClinic, instant
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


def test_the_same_check_recorded_by_two_nurses_is_done_and_has_not_fallen(clinic: SmallClinic) -> None:
    """Both readings are true and stand; the higher one counts until it is taken again."""
    stay = booked(clinic).prepared()
    stay.device()
    stay.at(10, 15).device()
    tunde = Actor(clinic.tunde.id, clinic.tunde.roles, "other")
    readings = [
        Stamp(kind=K.VITALS, systolic=high, diastolic=low, oxygen=98, pulse=70)
        for high, low in ((164, 98), (158, 94))
    ]
    stay.at(10, 50)
    answers = at_once(lambda: stay.says(readings[0]), lambda: stay.says(readings[1], by=tunde))
    assert not any(isinstance(one, Exception) for one in answers)
    with clinic.store.read() as records:
        care = care_of(records, stay.visit, instant(10, 51), stay.stamps())
    assert {(one.systolic, one.by) for one in care.session.pressures_after} == {
        (164, clinic.maya.id),
        (158, clinic.tunde.id),
    }
    assert DueKind.PRESSURE_40 not in [one.kind for one in due_of(care)]
    assert not falling(care.session.pressures_after)
    assert DueKind.PRESSURE in [one.kind for one in due_of(care)]  # 164 is repeated, whichever was first
    assert [one.kind for one in alarms_of(care)] == [AlarmKind.TELL]
    assert stay.incidents() == []


def test_somebody_is_released_once(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed().at(12, 16).checked()
    answers = at_once(lambda: stay.is_(K.RELEASED), lambda: stay.is_(K.RELEASED))
    assert sum(isinstance(one, Exception) for one in answers) == 1
    assert len(stay.stamps(K.RELEASED)) == 1

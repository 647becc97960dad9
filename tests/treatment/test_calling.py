"""Calling for help and answering alarms, through the store: every desk reads the same."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.treatment.alarm_records import AlarmAnswer, AlarmKind, HelpCall
from clinic_desktop.treatment.alarms import AlarmLevel
from clinic_desktop.treatment.calling import Standing, answer_alarm, call_for_help, read_house
from tests.small_clinic import SmallClinic, instant
from tests.treatment.stays import K, booked

DAY = timedelta(days=1)
NOBODY = Actor(0, frozenset(), "front")


def standing(clinic: SmallClinic) -> list[Standing]:
    with clinic.store.read() as records:
        return read_house(records, clinic.clock.now()).standing(clinic.clock.now())


def answers(clinic: SmallClinic) -> list[AlarmAnswer]:
    with clinic.store.read() as records:
        return records.find(AlarmAnswer)


def late_check(clinic: SmallClinic) -> Standing:
    """Nobody takes the 40-minute pressure: it is 10:56."""
    booked(clinic).prepared().device()
    clinic.clock.at = instant(10, 56)
    (one,) = standing(clinic)
    return one


def test_an_alarm_names_the_room_and_the_patient(clinic: SmallClinic) -> None:
    one = late_check(clinic)
    assert one.alarm.kind is AlarmKind.FORTY
    assert one.room
    assert one.patient is not None
    assert one.patient.family_name == "Okafor"


def test_only_the_answer_is_kept_with_who_when_and_which(clinic: SmallClinic) -> None:
    one = late_check(clinic)
    changes = answer_alarm(clinic.store, clinic.nurse, one.alarm)
    assert changes.kinds == {"alarm_answer"}
    (kept,) = answers(clinic)
    assert (kept.kind, kept.visit_id, kept.since) == (AlarmKind.FORTY, one.alarm.visit_id, instant(10, 50))
    assert (kept.by, kept.at) == (clinic.nurse.person_id, instant(10, 56))
    (after,) = standing(clinic)
    assert after.alarm.answer == kept
    assert after.answered_by


def test_what_was_answered_meanwhile_keeps_its_first_answer(clinic: SmallClinic) -> None:
    one = late_check(clinic)
    answer_alarm(clinic.store, clinic.nurse, one.alarm)
    answer_alarm(clinic.store, clinic.prescriber, one.alarm)
    assert [it.by for it in answers(clinic)] == [clinic.nurse.person_id]


@pytest.mark.parametrize("who", [NOBODY, replace(NOBODY, desk="locked")])
def test_where_nobody_is_at_work_nothing_is_silenced(clinic: SmallClinic, who: Actor) -> None:
    one = late_check(clinic)
    with pytest.raises(Refusal) as refused:
        answer_alarm(clinic.store, who, one.alarm)
    assert [it.code for it in refused.value.findings] == ["alarm-who"]
    assert answers(clinic) == []


def test_a_pressure_at_the_limit_stands_until_the_prescriber_was_told(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed().at(11, 30)
    stay.vitals(168, 104)
    assert [one.alarm.kind for one in standing(clinic)] == [AlarmKind.TELL]
    stay.at(11, 31).is_(K.TOLD, person="Dr. Lin")
    assert standing(clinic) == []


def test_a_reading_that_is_corrected_is_told_and_answered_anew(clinic: SmallClinic) -> None:
    """165/95 was heard of, and it was 178/108; an oxygen of 92 was 82."""
    stay = booked(clinic).sprayed().at(11, 30)
    low = {"systolic": 165, "diastolic": 95, "oxygen": 92}
    stay.is_(K.VITALS, **low)
    for one in standing(clinic):
        answer_alarm(clinic.store, clinic.nurse, one.alarm)
    stay.at(11, 31).is_(K.TOLD, person="Dr. Lin")
    assert standing(clinic) == []
    old = stay.stamps(K.VITALS)[-1]
    there = {"systolic": 178, "diastolic": 108, "oxygen": 82}
    right = replace(old, id=0, version=0, corrects=old.id, reason="read wrong", **there)
    stay.at(11, 33).says(right, happened=True)
    found = standing(clinic)
    assert [(one.alarm.kind, one.alarm.answer) for one in found] == [
        (AlarmKind.OXYGEN, None), (AlarmKind.TELL, None)
    ]  # fmt: skip
    for one in found:
        answer_alarm(clinic.store, clinic.nurse, one.alarm)
    assert all(one.alarm.answer is not None for one in standing(clinic))
    stay.at(11, 34).is_(K.TOLD, person="Dr. Lin")
    assert standing(clinic) == []


def test_anybody_calls_for_help_known_or_not(clinic: SmallClinic) -> None:
    room = clinic.visit(booked(clinic).visit_id).room_id
    call_for_help(clinic.store, clinic.desk, room)
    call_for_help(clinic.store, NOBODY, None)
    in_room, at_desk = standing(clinic)
    assert in_room.room
    assert (at_desk.room, at_desk.alarm.desk) == ("", "front")


def test_help_in_a_room_names_who_is_in_it(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    call_for_help(clinic.store, clinic.desk, stay.visit.room_id)
    (one,) = standing(clinic)
    assert one.patient is not None
    assert (one.visit_id, one.patient.family_name) == (stay.visit_id, "Okafor")


def test_help_is_over_once_a_named_person_answers(clinic: SmallClinic) -> None:
    call_for_help(clinic.store, clinic.desk, None)
    (one,) = standing(clinic)
    answer_alarm(clinic.store, clinic.nurse, one.alarm)
    assert standing(clinic) == []
    with clinic.store.read() as records:
        assert len(records.find(HelpCall)) == 1


def test_a_call_of_yesterday_brings_nobody_any_more(clinic: SmallClinic) -> None:
    clinic.clock.at = instant(17)
    call_for_help(clinic.store, clinic.desk, None)
    clinic.clock.at = instant(0, 30) + DAY
    assert len(standing(clinic)) == 1
    clinic.clock.at = instant(8) + DAY
    assert standing(clinic) == []


def test_whom_an_earlier_day_left_open_is_no_alarm(clinic: SmallClinic) -> None:
    late_check(clinic)
    clinic.clock.at = instant(8) + DAY
    assert standing(clinic) == []


def test_a_stay_past_midnight_is_watched_on(clinic: SmallClinic) -> None:
    late_check(clinic)
    clinic.clock.at = instant(0, 30) + DAY
    assert [one.alarm.kind for one in standing(clinic)] == [AlarmKind.FORTY]


def test_what_was_read_before_says_later_what_is_late_by_then(clinic: SmallClinic) -> None:
    booked(clinic).prepared().device()
    with clinic.store.read() as records:
        house = read_house(records, instant(10, 20))
    assert house.standing(instant(10, 20)) == []
    assert [one.alarm.level for one in house.standing(instant(10, 56))] == [AlarmLevel.VERY_LATE]

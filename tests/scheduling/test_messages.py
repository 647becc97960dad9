"""Messages from calls, and crisis calls: whom they reach, what was done; both stay with the patient."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.errors import BadInput, Refusal, RightMissing, StaleEdit
from clinic_desktop.scheduling.crisis import CrisisCall, CrisisStep, Done, keep_crisis, on_duty
from clinic_desktop.scheduling.merging import merge_patients, undo_merge
from clinic_desktop.scheduling.messages import Message, answer_message, messages_for, take_message
from tests.small_clinic import SmallClinic, instant


@pytest.fixture
def clinic(any_clinic: SmallClinic) -> SmallClinic:
    any_clinic.clock.at = instant(9)
    return any_clinic


def taken(clinic: SmallClinic, text: str = "May I eat?", **changes: object) -> Message:
    more = {"for_person": clinic.maya.id, "patient_id": clinic.amara.id} | changes
    return take_message(clinic.store, clinic.desk, Message(text=text, **more)).message  # type: ignore[arg-type]  # as named


def waiting(clinic: SmallClinic, actor: Actor) -> list[str]:
    with clinic.store.read() as records:
        return [one.message.text for one in messages_for(records, actor)]


def test_it_waits_for_the_person_it_is_for(clinic: SmallClinic) -> None:
    taken(clinic)
    assert waiting(clinic, clinic.nurse) == ["May I eat?"]
    assert waiting(clinic, Actor(clinic.tunde.id, clinic.tunde.roles)) == []
    assert waiting(clinic, clinic.prescriber) == []


def test_for_a_role_it_waits_for_whoever_has_it(clinic: SmallClinic) -> None:
    taken(clinic, for_person=None, for_role=Role.NURSE)
    assert waiting(clinic, clinic.nurse) == waiting(clinic, Actor(clinic.tunde.id, clinic.tunde.roles))
    assert waiting(clinic, clinic.desk) == []


def test_urgent_ones_first_then_the_oldest(clinic: SmallClinic) -> None:
    taken(clinic, "first")
    taken(clinic, "second")
    taken(clinic, "now", urgent=True)
    assert waiting(clinic, clinic.nurse) == ["now", "first", "second"]


def test_answered_by_whom_and_when(clinic: SmallClinic) -> None:
    message = taken(clinic)
    clinic.clock.forward(20)
    done = answer_message(
        clinic.store, clinic.nurse, message.id, message.version, "No food for 2 hours"
    ).message
    assert (done.answered_by, done.answered_at) == (clinic.maya.id, instant(9, 20))
    assert waiting(clinic, clinic.nurse) == []
    with pytest.raises(Refusal, match="Maya Jones has answered this message already"):
        answer_message(clinic.store, clinic.prescriber, message.id, done.version, "Yes")


def test_what_is_missing_is_said_at_its_field(clinic: SmallClinic) -> None:
    with pytest.raises(BadInput) as told:
        taken(clinic, " ", for_person=None)
    assert set(told.value.problems) == {"text", "for"}
    message = taken(clinic)
    with pytest.raises(BadInput, match="what was answered"):
        answer_message(clinic.store, clinic.nurse, message.id, message.version, " ")


def test_a_caller_whom_nobody_knows(clinic: SmallClinic) -> None:
    message = taken(clinic, patient_id=None, caller="a pharmacy", phone="2175550123")
    assert message.phone == "(217) 555-0123"


def test_an_identity_number_is_not_kept(clinic: SmallClinic) -> None:
    with pytest.raises(BadInput, match="123-45-6789"):
        taken(clinic, "her SSN is 123-45-6789")


def test_rights_are_asked(clinic: SmallClinic) -> None:
    with pytest.raises(RightMissing):
        take_message(clinic.store, Actor(1, frozenset()), Message(text="x", for_person=1))


# Crisis calls.


def crisis(clinic: SmallClinic, **changes: object) -> CrisisCall:
    call = replace(CrisisCall(patient_id=clinic.amara.id), **changes)  # type: ignore[arg-type]  # as named
    return keep_crisis(clinic.store, clinic.desk, call).call


def test_it_is_kept_though_nothing_is_known(clinic: SmallClinic) -> None:
    kept = keep_crisis(clinic.store, clinic.desk, CrisisCall()).call
    assert kept.began_at == clinic.clock.now()
    assert waiting(clinic, clinic.prescriber) == [
        "Crisis call: an unknown caller. What was done stands on the crisis card."
    ]


def test_the_prescribers_hear_of_it_once_by_themselves(clinic: SmallClinic) -> None:
    kept = crisis(clinic, phone="5125550142")
    step = Done(CrisisStep.CALLED_911, instant(9, 2))
    more = CrisisCall(
        kept.id, kept.version, kept.patient_id, done=(step,), place="at home", began_at=kept.began_at
    )
    assert keep_crisis(clinic.store, clinic.desk, more).call.done == (step,)
    (said,) = waiting(clinic, clinic.prescriber)
    assert "Okafor, Amara, (512) 555-0142" in said
    with pytest.raises(StaleEdit):
        keep_crisis(clinic.store, clinic.desk, more)


def test_who_is_on_duty_is_in_the_house_prescribers_first(clinic: SmallClinic) -> None:
    with clinic.store.read() as records:
        setup = records.setup()
    assert [one.name for one in on_duty(setup, instant(9))] == ["Dr. Lin", "Maya Jones", "Tunde Okoro"]
    assert on_duty(setup, instant(9) - timedelta(hours=5)) == []


def test_both_stay_with_the_patient_also_through_a_merge(clinic: SmallClinic) -> None:
    message, call = taken(clinic, patient_id=clinic.noah.id), crisis(clinic, patient_id=clinic.noah.id)
    merged = merge_patients(clinic.store, PROGRAM, clinic.amara, clinic.noah)
    with clinic.store.read() as records:
        told = [(type(one.after), one.after.id) for one in records.history_of(clinic.amara.id) if one.after]
        assert (Message, message.id) in told
        assert (CrisisCall, call.id) in told
        assert records.get(Message, message.id).patient_id == clinic.amara.id
    undo_merge(clinic.store, PROGRAM, merged.merge.id)
    with clinic.store.read() as records:
        assert records.get(CrisisCall, call.id).patient_id == clinic.noah.id

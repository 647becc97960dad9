"""Messages from calls: what somebody wants to be told, for whom, and what they answered."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import BadInput, Refusal
from clinic_desktop.foundation.message import Message
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.people.model import Patient
from clinic_desktop.people.phones import usual_phone
from clinic_desktop.scheduling.call_rules import ANSWER_EMPTY, ANSWERED_ALREADY, MESSAGE_EMPTY, MESSAGE_FOR
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore
from clinic_desktop.security.rights import Right, require


@dataclass(frozen=True, slots=True)
class Taken:
    """A message as it stands, and the news."""

    message: Message
    changes: Changes


@dataclass(frozen=True, slots=True)
class Open:
    """A message with whom it is about."""

    message: Message
    patient: Patient | None


def take_message(store: ScheduleStore, actor: Actor, message: Message) -> Taken:
    """Write a caller's message down."""
    require(actor, Right.BOOK)
    problems = {}
    if not message.text.strip():
        problems["text"] = Finding(MESSAGE_EMPTY)
    if (message.for_person is None) == (message.for_role is None):
        problems["for"] = Finding(MESSAGE_FOR)
    if problems:
        raise BadInput(problems)
    with store.write(actor) as unit:
        written = unit.add(
            replace(
                message,
                text=message.text.strip(),
                phone=usual_phone(message.phone),
                taken_at=unit.at,
                taken_by=unit.actor.person_id,
            )
        )
        return Taken(written, unit.commit())


def answer_message(store: ScheduleStore, actor: Actor, message_id: int, version: int, answer: str) -> Taken:
    """What was answered, by whom and when; nobody answers over somebody else's answer."""
    require(actor, Right.BOOK)
    if not answer.strip():
        raise BadInput({"answer": Finding(ANSWER_EMPTY)})
    with store.write(actor) as unit:
        before = unit.hold(Message, message_id)
        if before.answered_at is not None:
            who = next((one.name for one in unit.setup().staff if one.id == before.answered_by), "Somebody")
            raise Refusal([Finding(ANSWERED_ALREADY, {"who": who})])
        answered = replace(
            before,
            version=version,
            answer=answer.strip(),
            answered_at=unit.at,
            answered_by=unit.actor.person_id,
        )
        return Taken(unit.save(answered), unit.commit())


def messages_for(records: ScheduleRecords, actor: Actor) -> list[Open]:
    """What waits for somebody, urgent ones first, then the oldest."""
    mine = [one for one in records.find(Message, answered_at=None) if one.is_for(actor)]
    people = _people(records, (one.patient_id for one in mine))
    ordered = sorted(mine, key=lambda one: (not one.urgent, one.id))
    return [Open(one, people.get(one.patient_id or 0)) for one in ordered]


def _people(records: ScheduleRecords, ids: Iterable[int | None]) -> dict[int, Patient]:
    wanted = sorted({one for one in ids if one is not None})
    return {one.id: one for one in (records.find(Patient, id=wanted) if wanted else ())}

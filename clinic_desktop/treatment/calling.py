"""Alarms of the whole house: what stands now, a call for help, and an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.model import Room, Visit
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore
from clinic_desktop.scheduling.states import LIVE
from clinic_desktop.security.rights import Right, require
from clinic_desktop.treatment.alarm_records import AlarmAnswer, HelpCall
from clinic_desktop.treatment.alarm_rules import WHO
from clinic_desktop.treatment.alarms import Alarm, alarms_of, first_answer, help_alarms, in_order
from clinic_desktop.treatment.care import Care, care_of
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.session import standing
from clinic_desktop.treatment.slips import day_of_stay

SAME_MOMENT = timedelta(seconds=90)
"""What was sent to a server that went away while it saved may be there, with the server's own time."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An alarm with where it is, whose it is (of a call for help: who is in that room), and who has answered
    it; empty where that is nobody. chair: that the patient has left the room for the waiting chair."""

    alarm: Alarm
    room: str = ""
    visit_id: int | None = None
    patient: Patient | None = None
    answered_by: str = ""
    chair: bool = False


@dataclass(frozen=True, slots=True)
class House:
    """Everybody in the house as last read, with the calls for help and the answers. ``standing`` works the
    alarms out from it at any later moment, so that none is lost while the store does not answer.

    coming: who is expected today, with their stamps alone: of them there is no alarm until they are here."""

    cares: tuple[Care, ...] = ()
    calls: tuple[HelpCall, ...] = ()
    answers: tuple[AlarmAnswer, ...] = ()
    rooms: Mapping[int, str] = field(default_factory=dict)
    staff: Mapping[int, str] = field(default_factory=dict)
    coming: tuple[Care, ...] = ()

    def standing(self, at: datetime) -> list[Standing]:
        """Every alarm that stands, the most urgent first."""
        found = help_alarms(self.calls, self.answers)
        for care in self.cares:
            found += alarms_of(care.at_time(at, care.whole), self.answers)
        return [self._with_place(one) for one in in_order(found)]

    def _with_place(self, alarm: Alarm) -> Standing:
        whose = next((one for one in self.cares if _is_of(alarm, one.visit)), None)
        return Standing(
            alarm,
            self.rooms.get(alarm.room_id or 0, ""),
            whose.visit.id if whose else None,
            whose.patient if whose else None,
            self.staff.get(alarm.answer.by, "") if alarm.answer else "",
            whose is not None and whose.visit.left is not None,
        )


def _is_of(alarm: Alarm, visit: Visit) -> bool:
    if alarm.visit_id is not None:
        return visit.id == alarm.visit_id
    in_room = visit.entered is not None and visit.left is None
    return alarm.room_id is not None and visit.room_id == alarm.room_id and in_room


def read_house(records: ScheduleRecords, at: datetime) -> House:
    """Who is in the house at ``at``, and what was called and answered."""
    setup = records.setup()
    live = _live(records, at)
    here = {one.id: one for one in live if one.arrived is not None}
    stamps: dict[int, list[Stamp]] = {}
    for one in records.find(Stamp, visit_id=[one.id for one in live]) if live else []:
        stamps.setdefault(one.visit_id, []).append(one)
    zone = setup.clinic.zone
    calls = [one for one in records.find(HelpCall) if one.at and _same_night(one.at, at, zone)]
    answers = records.find(AlarmAnswer, visit_id=list(here)) if here else []
    answers += records.find(AlarmAnswer, help_id=[one.id for one in calls]) if calls else []
    return House(
        tuple(care_of(records, one, at, stamps.get(one.id, [])) for one in here.values()),
        tuple(calls),
        tuple(answers),
        {one.id: one.name for one in setup.rooms},
        {one.id: one.name for one in setup.staff},
        _coming(records, [one for one in live if one.arrived is None], at, stamps),
    )


def _same_night(called: datetime, at: datetime, zone: str) -> bool:
    """A call of a day that is over brings nobody any more; that nobody answered stays on record."""
    return day_of_stay(called, zone) == day_of_stay(at, zone)


def _live(records: ScheduleRecords, at: datetime) -> list[Visit]:
    """Who is to come or came and has not gone, past midnight too. Whom an earlier day left open is no alarm:
    the floor asks how that visit ended."""
    zone = records.setup().clinic.zone
    days = day_of_stay(at, zone), local_day(at, zone)
    return [one for one in records.visits_on(min(days), max(days)) if one.state in LIVE]


def _coming(
    records: ScheduleRecords, visits: Sequence[Visit], at: datetime, stamps: Mapping[int, Sequence[Stamp]]
) -> tuple[Care, ...]:
    """Alarms go by the stamps and the limits: what else there is of a visit is not read before it begins."""
    setup = records.setup()
    ids = {one.patient_id for one in visits}
    people = {one.id: one for one in records.find(Patient, id=ids)} if ids else {}
    found = []
    for one in visits:
        whole = standing(stamps.get(one.id, []))
        kind = setup.type_by_id(one.type_id)
        found.append(Care(one, kind, people[one.patient_id], setup, at, whole.as_of(at), whole))
    return tuple(found)


def call_for_help(store: ScheduleStore, actor: Actor, room_id: int | None) -> Changes:
    """Call for help to a room, or to this desk. Anybody may, known or not."""
    with store.write(actor) as unit:
        if room_id is not None:
            unit.get(Room, room_id)
        unit.add(HelpCall(room_id=room_id, desk=actor.desk, at=unit.at, by=actor.person_id))
        return unit.commit()


def answer_alarm(store: ScheduleStore, actor: Actor, alarm: Alarm) -> Changes:
    """Somebody sees to an alarm: it sounds no more, and help has come. What is due or was reached stands on
    until it is settled. One that was answered meanwhile keeps its first answer.

    Nobody is at work at a desk that is locked: it silences nothing. Raises :class:`Refusal` there.
    """
    may_answer(actor)
    with store.write(actor) as unit:
        there = unit.find(AlarmAnswer, visit_id=alarm.visit_id, help_id=alarm.help_id)
        if first_answer(alarm, there) is not None:
            return Changes()
        unit.add(answer_to(alarm, unit.at, actor.person_id))
        return unit.commit()


def may_answer(actor: Actor) -> None:
    """Raises :class:`Refusal` where nobody is at work, :class:`RightMissing`."""
    if not actor.person_id:
        raise Refusal([Finding(WHO)])
    require(actor, Right.VIEW)


def answer_to(alarm: Alarm, at: datetime, by: int) -> AlarmAnswer:
    return AlarmAnswer(
        kind=alarm.kind, visit_id=alarm.visit_id, help_id=alarm.help_id, since=alarm.since, at=at, by=by
    )


def save_answer(store: ScheduleStore, actor: Actor, answer: AlarmAnswer) -> Changes:
    """An answer that was given while the server was away, with its own time; nothing where it is there. What
    somebody else answered meanwhile stands beside it. Raises :class:`NotThere` where that which was answered
    is gone."""
    may_answer(actor)
    with store.write(actor) as unit:
        if answer.visit_id is not None:
            unit.get(Visit, answer.visit_id)
        if answer.help_id is not None:
            unit.get(HelpCall, answer.help_id)
        if is_answered(unit, answer):
            return Changes()
        unit.add(answer)
        return unit.commit()


def is_answered(records: ScheduleRecords, answer: AlarmAnswer) -> bool:
    """Whether an answer that was given while the server was away is on record."""
    there = records.find(AlarmAnswer, visit_id=answer.visit_id, help_id=answer.help_id)
    return any(_is_same(one, answer) for one in there)


def _is_same(one: AlarmAnswer, kept: AlarmAnswer) -> bool:
    """A server that went away while it saved has its own time."""
    if one.at is None or kept.at is None or (one.kind, one.since, one.by) != (kept.kind, kept.since, kept.by):
        return False
    return abs(one.at - kept.at) <= SAME_MOMENT

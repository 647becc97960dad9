"""Alarms of the whole house: what stands now, a call for help, and an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.model import Room, Visit
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore
from clinic_desktop.scheduling.states import LIVE
from clinic_desktop.treatment.alarm_records import AlarmAnswer, HelpCall
from clinic_desktop.treatment.alarm_rules import WHO
from clinic_desktop.treatment.alarms import Alarm, alarms_of, help_alarms, in_order
from clinic_desktop.treatment.care import care_of
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.slips import day_of_stay


@dataclass(frozen=True, slots=True)
class Standing:
    """An alarm with where it is, whose it is, and who has answered it; empty where that is nobody."""

    alarm: Alarm
    room: str = ""
    patient: Patient | None = None
    answered_by: str = ""


def standing_alarms(records: ScheduleRecords, at: datetime) -> list[Standing]:
    """Every alarm of who is in the house now, and every call for help, the most urgent first."""
    setup = records.setup()
    rooms = {one.id: one.name for one in setup.rooms}
    staff = {one.id: one.name for one in setup.staff}
    here = _here(records, at)
    answers = records.find(AlarmAnswer, visit_id=list(here)) if here else []
    calls = records.find(HelpCall)
    replies = records.find(AlarmAnswer, help_id=[one.id for one in calls]) if calls else []
    stamps: dict[int, list[Stamp]] = {}
    for one in records.find(Stamp, visit_id=list(here)) if here else []:
        stamps.setdefault(one.visit_id, []).append(one)
    found, patients = help_alarms(calls, replies), {}
    for visit in here.values():
        care = care_of(records, visit, at, stamps.get(visit.id, []))
        found += alarms_of(care, answers)
        patients[visit.id] = care.patient
    return [
        Standing(
            one,
            rooms.get(one.room_id or 0, ""),
            patients.get(one.visit_id or 0),
            staff.get(one.answer.by, "") if one.answer else "",
        )
        for one in in_order(found)
    ]


def _here(records: ScheduleRecords, at: datetime) -> dict[int, Visit]:
    """Who came and has not gone, past midnight too. Whom an earlier day left open is no alarm: the floor asks
    how that visit ended."""
    zone = records.setup().clinic.zone
    days = day_of_stay(at, zone), local_day(at, zone)
    visits = records.visits_on(min(days), max(days))
    return {one.id: one for one in visits if one.state in LIVE and one.arrived is not None}


def call_for_help(store: ScheduleStore, actor: Actor, room_id: int | None) -> Changes:
    """Call for help to a room, or to this desk. Anybody may, known or not."""
    with store.write(actor) as unit:
        if room_id is not None:
            unit.get(Room, room_id)
        unit.add(HelpCall(room_id=room_id, desk=actor.desk, at=unit.at, by=actor.person_id))
        return unit.commit()


def answer_alarms(store: ScheduleStore, actor: Actor, alarms: Sequence[Alarm]) -> Changes:
    """Somebody sees to these alarms: they sound no more, and help has come. What is due or was reached stands
    on until it is settled. One that was answered meanwhile keeps its first answer.

    Nobody is at work at a desk that is locked: it silences nothing. Raises :class:`Refusal` there.
    """
    if not actor.person_id:
        raise Refusal([Finding(WHO)])
    with store.write(actor) as unit:
        for one in alarms:
            there = unit.find(AlarmAnswer, visit_id=one.visit_id, help_id=one.help_id)
            if any((it.kind, it.since) == (one.kind, one.since) for it in there):
                continue
            unit.add(
                AlarmAnswer(
                    kind=one.kind,
                    visit_id=one.visit_id,
                    help_id=one.help_id,
                    since=one.since,
                    at=unit.at,
                    by=actor.person_id,
                )
            )
        return unit.commit()

"""Signing for what a nurse wrote down as the prescriber's word.

A word that was told and read back stands from then on; the signature is due on the same clinic day. What it
opens is decided here and in the database alike: the acceptance of a pressure is the prescriber's judgement of
two numbers, which stand in it and were read back; so it counts as the prescriber's. Everything else that was
said is kept in words and opens nothing: an order is written, and a driver is gone without, by the prescriber
alone.
"""

from dataclasses import replace

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import BadInput, Refusal, before_saving
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.people.model import Staff
from clinic_desktop.scheduling.model import Setup, Visit
from clinic_desktop.scheduling.ports import ScheduleStore, ScheduleUnit
from clinic_desktop.security.rights import Right, require
from clinic_desktop.treatment import decision_rules as rules
from clinic_desktop.treatment import slip_rules as slips
from clinic_desktop.treatment.after import open_incident
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.recording import write_stamps
from clinic_desktop.treatment.session import standing
from clinic_desktop.treatment.told import ToldWord


def who_signs(setup: Setup, told: ToldWord, actor: Actor) -> bool:
    """Whoever said it; where that one works here no more, any prescriber."""
    require(actor, Right.CLEAR)
    there = next((one for one in setup.staff if one.id == told.told_by), None)
    gone = there is None or not there.active or Role.PRESCRIBER not in there.roles
    return gone or actor.person_id == told.told_by


def cosign(store: ScheduleStore, actor: Actor, told: ToldWord) -> Changes:
    """The prescriber signs: it was said so."""
    require(actor, Right.CLEAR)
    with store.write(actor) as unit:
        _may_answer(unit, told)
        unit.save(_answered(unit, told, agreed=True))
        return unit.commit()


def deny(store: ScheduleStore, actor: Actor, told: ToldWord, words: str) -> Changes:
    """It was not said so. The entry is struck out with these words, whatever it had opened is an incident
    from then on, and nothing goes by it any more."""
    require(actor, Right.CLEAR)
    if not words.strip():
        raise BadInput({"answer": Finding(slips.ANSWER)})
    with before_saving(), store.read() as records:
        day = records.get(Visit, told.visit_id).day
    with store.write(actor) as unit:
        unit.lock_days([day])
        _may_answer(unit, told)
        unit.save(_answered(unit, told, agreed=False, words=words.strip()))
        number = told.stamp_id
        there = standing(unit.find(Stamp, visit_id=told.visit_id))
        if any(one.id == told.stamp_id for one in there.stamps):
            struck = Stamp(kind=StampKind.STRUCK, corrects=told.stamp_id, reason=words.strip())
            number = write_stamps(unit, told.visit_id, [struck]).stamps[0].id
        open_incident(unit, told.visit_id, number, (rules.TOLD_DENIED.code,))
        return unit.commit()


def _may_answer(unit: ScheduleUnit, told: ToldWord) -> None:
    setup = unit.setup()
    if not who_signs(setup, told, unit.actor):
        raise Refusal([Finding(rules.TOLD_OTHER, {"name": name_of(setup.staff, told.told_by)})])
    if told.answered_at is not None:
        raise BadInput({"answer": Finding(rules.ANSWERED_ALREADY)})


def _answered(unit: ScheduleUnit, told: ToldWord, words: str = "", *, agreed: bool) -> ToldWord:
    by, at = unit.actor.person_id, unit.at
    return replace(told, answered_by=by, answered_at=at, agreed=agreed, answer=words)


def name_of(staff: tuple[Staff, ...], number: int) -> str:
    return next((one.name for one in staff if one.id == number), "")

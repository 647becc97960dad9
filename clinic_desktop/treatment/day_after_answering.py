"""A prescriber's answer to what a check-in call brought up: in words, in person or told and read back."""

from dataclasses import replace

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.errors import BadInput, Refusal
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.ports import ScheduleStore, ScheduleUnit
from clinic_desktop.security.rights import Right, require
from clinic_desktop.treatment import day_after_rules as rules
from clinic_desktop.treatment import decision_rules as decisions
from clinic_desktop.treatment.cosigning import name_of, who_signs
from clinic_desktop.treatment.day_after import AfterFlag
from clinic_desktop.treatment.told import ToldWord


def answer_flag(
    store: ScheduleStore, actor: Actor, flag_id: int, words: str, told_by: int | None = None
) -> Changes:
    """What is to be done. ``told_by``: the prescriber who said it, where somebody else writes it down, read
    back; that one signs it the same day."""
    require(actor, Right.CLEAR if told_by is None else Right.RECORD)
    if not words.strip():
        raise BadInput({"answer": Finding(rules.SAY_WHAT)})
    with store.write(actor) as unit:
        flag = unit.hold(AfterFlag, flag_id)
        if not flag.open:
            raise BadInput({"answer": Finding(decisions.ANSWERED_ALREADY)})
        if told_by is not None:
            _may_be_told(unit, told_by)
        today = local_day(unit.at, unit.setup().clinic.zone)
        unit.save(
            replace(
                flag,
                answer=words.strip(),
                answered_at=unit.at,
                answered_by=actor.person_id,
                told_by=told_by,
                due_on=None if told_by is None else today,
            )
        )
        return unit.commit()


def _may_be_told(unit: ScheduleUnit, told_by: int) -> None:
    if told_by == unit.actor.person_id:
        raise BadInput({"told_by": Finding(decisions.TOLD_SELF)})
    there = (one for one in unit.setup().staff if one.active and Role.PRESCRIBER in one.roles)
    if all(one.id != told_by for one in there):
        raise BadInput({"told_by": Finding(decisions.TOLD_BY)})


def sign_flag(store: ScheduleStore, actor: Actor, flag_id: int) -> Changes:
    """The prescriber signs: it was said so."""
    require(actor, Right.CLEAR)
    with store.write(actor) as unit:
        _sign(unit, flag_id, agreed=True)
        return unit.commit()


def deny_flag(store: ScheduleStore, actor: Actor, flag_id: int, words: str) -> Changes:
    """It was not said so: what stands there is no answer, and the call is before the prescribers anew."""
    require(actor, Right.CLEAR)
    if not words.strip():
        raise BadInput({"answer": Finding(rules.SAY_WHAT)})
    with store.write(actor) as unit:
        flag = _sign(unit, flag_id, agreed=False)
        note = " ".join(part for part in (flag.note, words.strip()) if part)
        anew = AfterFlag(visit_id=flag.visit_id, items=flag.items, note=note)
        unit.add(replace(anew, asked_at=unit.at, asked_by=unit.actor.person_id))
        return unit.commit()


def _sign(unit: ScheduleUnit, flag_id: int, *, agreed: bool) -> AfterFlag:
    flag, setup = unit.hold(AfterFlag, flag_id), unit.setup()
    if not who_signs(setup, ToldWord(told_by=flag.told_by or 0), unit.actor):
        raise Refusal([Finding(decisions.TOLD_OTHER, {"name": name_of(setup.staff, flag.told_by or 0)})])
    if not flag.to_sign:
        raise BadInput({"answer": Finding(decisions.ANSWERED_ALREADY)})
    by = unit.actor.person_id
    return unit.save(replace(flag, signed_at=unit.at, signed_by=by, agreed=agreed))

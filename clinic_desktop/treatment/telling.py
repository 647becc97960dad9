"""Writing down what a prescriber said: which entries may be theirs, and the signature that each waits for."""

from dataclasses import replace

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.rulebook import Finding, Problems, Rule
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import ScheduleUnit
from clinic_desktop.treatment import decision_rules as rules
from clinic_desktop.treatment.asking_rules import DECIDED_SO
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.how_much import GIVES
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.not_today import answers_pressure
from clinic_desktop.treatment.session import when
from clinic_desktop.treatment.told import ToldWord

MAY_BE_TOLD = (StampKind.PRESSURE_ACCEPTED, StampKind.SAID)


def telling_slips(care: Care, stamp: Stamp, actor: Actor) -> Problems:
    """What is wrong with an entry as a prescriber's word; ``actor`` writes it down."""
    if stamp.kind is StampKind.STRUCK:
        return {}
    if actor.until is not None and answers_pressure(stamp) and care.is_prescriber(actor.person_id):
        return {"note": Finding(rules.TOLD_BY)}  # in that name it would count as a prescriber's answer
    old = next((one for one in care.whole.stamps if one.id == stamp.corrects), None)
    if old is not None:  # else a word would have no signature due, or lose the one that it has
        return {} if old.told_by == stamp.told_by else {"told_by": Finding(rules.TOLD_CHANGED)}
    if stamp.kind is StampKind.SAID and not stamp.note.strip():
        return {"note": Finding(rules.TOLD_WHAT)}
    if stamp.kind in GIVES and stamp.reason == DECIDED_SO and not _decided(care, actor):
        return {"reason": Finding(rules.TOLD_WHO_DECIDED)}
    rule = _whose(care, stamp, actor)
    return {"told_by": Finding(rule)} if rule is not None else {}


def _whose(care: Care, stamp: Stamp, actor: Actor) -> Rule | None:
    """Why it is not that person's word."""
    if stamp.told_by is None:
        return rules.TOLD_BY if stamp.kind is StampKind.SAID else None
    if stamp.kind not in MAY_BE_TOLD:
        return rules.TOLD_KIND
    if not _prescribes(care, stamp.told_by):
        return rules.TOLD_BY
    own = stamp.told_by == actor.person_id and actor.until is None
    return rules.TOLD_SELF if own else None


def _decided(care: Care, actor: Actor) -> bool:
    """A prescriber gives the dose, or one's word is on record: only that is ever signed. In an emergency
    nobody has shown who they are, so a name alone decides nothing."""
    told = any(one.told_by is not None for one in care.session.all_of(StampKind.SAID))
    return told or (actor.until is None and _prescribes(care, actor.person_id))


def _prescribes(care: Care, person_id: int) -> bool:
    there = (one for one in care.setup.staff if one.active and Role.PRESCRIBER in one.roles)
    return any(one.id == person_id for one in there)


def keep_told(unit: ScheduleUnit, visit: Visit, saved: Stamp) -> None:
    """The signature that a told word waits for, made with it; one that is corrected waits for the same."""
    if saved.corrects is None:
        if saved.told_by is not None:
            due = local_day(when(saved), visit.zone)
            told = ToldWord(visit_id=visit.id, stamp_id=saved.id, told_by=saved.told_by, due_on=due)
            unit.add(told)
        return
    if saved.kind is StampKind.STRUCK:
        return  # nothing is left to sign
    for one in unit.find(ToldWord, visit_id=visit.id, stamp_id=saved.corrects):
        # What was signed was the entry as it stood then.
        unit.save(replace(one, stamp_id=saved.id, answered_by=None, answered_at=None, agreed=None))

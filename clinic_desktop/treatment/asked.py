"""Asking a prescriber to allow something of a visit, and the prescriber's answer.

What is asked opens nothing. Only the override itself does (:mod:`clinic_desktop.treatment.overriding`), and
whoever gives it has answered.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import ScheduleStore, ScheduleUnit
from clinic_desktop.scheduling.states import ENDED
from clinic_desktop.security.rights import Right, require
from clinic_desktop.treatment import decision_rules as rules
from clinic_desktop.treatment import slip_rules as slips

CLEARANCE = "clearance"  # decided against after a consultation; nobody had to ask


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody asked that a visit may go past a rule (``rule`` is the override's code), and why. allowed:
    None while no prescriber has answered; a no has words."""

    id: int = 0
    version: int = 0
    visit_id: int = 0
    rule: str = ""
    why: str = ""
    asked_by: int = 0
    asked_at: datetime | None = None
    answered_by: int | None = None
    answered_at: datetime | None = None
    allowed: bool | None = None
    answer: str = ""


def ask(store: ScheduleStore, actor: Actor, visit_id: int, rule: str, why: str) -> Changes:
    """Put it before the prescriber. Asked already, it stays as it is."""
    require(actor, Right.BOOK)
    if not why.strip():
        raise BadInput({"why": Finding(slips.REASON)})
    with store.write(actor) as unit:
        visit = unit.get(Visit, visit_id)
        if visit.state in ENDED:
            raise BadInput({"visit": Finding(slips.NOTHING_TO_ALLOW)})
        if unit.find(Asked, visit_id=visit_id, rule=rule, answered_at=None):
            raise BadInput({"visit": Finding(rules.ASKED_ALREADY)})
        by, at = actor.person_id, unit.at
        unit.add(Asked(visit_id=visit_id, rule=rule, why=why.strip(), asked_by=by, asked_at=at))
        return unit.commit()


def answered(unit: ScheduleUnit, visit_id: int, rule: str, words: str, *, allowed: bool) -> None:
    """Close what was asked, inside the transaction of the answer."""
    for one in unit.find(Asked, visit_id=visit_id, rule=rule, answered_at=None):
        unit.save(_closed(unit, one, words, allowed=allowed))


def _closed(unit: ScheduleUnit, one: Asked, words: str, *, allowed: bool) -> Asked:
    by, at = unit.actor.person_id, unit.at
    return replace(one, answered_by=by, answered_at=at, allowed=allowed, answer=words)


def refuse(store: ScheduleStore, actor: Actor, one: Asked, words: str) -> Changes:
    """A prescriber says no, and why: whoever asked reads it."""
    require(actor, Right.CLEAR)
    if not words.strip():
        raise BadInput({"answer": Finding(slips.ANSWER)})
    if one.answered_at is not None:
        raise BadInput({"answer": Finding(rules.ANSWERED_ALREADY)})
    with store.write(actor) as unit:
        unit.save(_closed(unit, one, words.strip(), allowed=False))
        return unit.commit()


def decide_against(store: ScheduleStore, actor: Actor, visit_id: int, words: str) -> Changes:
    """After a consultation a prescriber does not clear the patient, and says why. It is no withdrawal: what
    was given before stays as it is."""
    require(actor, Right.CLEAR)
    if not words.strip():
        raise BadInput({"answer": Finding(slips.ANSWER)})
    with store.write(actor) as unit:
        by, at = actor.person_id, unit.at
        draft = Asked(visit_id=unit.get(Visit, visit_id).id, rule=CLEARANCE, asked_by=by, asked_at=at)
        unit.add(_closed(unit, draft, words.strip(), allowed=False))
        return unit.commit()

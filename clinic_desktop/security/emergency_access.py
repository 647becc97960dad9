"""When nobody can sign in: today's floor without a password, for a while, and every manager is told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.errors import BadInput, Refusal
from clinic_desktop.foundation.message import Message
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.security import account_rules as rules
from clinic_desktop.security.account import Account
from clinic_desktop.security.giving_accounts import works_here
from clinic_desktop.security.ports import AccountStore, Person
from clinic_desktop.security.tries import KIND


def emergency(store: AccountStore, desk: str, staff_id: int, reason: str) -> Actor:
    """Let somebody see and record today's floor without signing in, for a while; every manager is told.

    Raises :class:`BadInput` without a reason, :class:`Refusal` where the clinic gives no such access, and for
    somebody whose account was closed.
    """
    reason = reason.strip()
    if not reason:
        raise BadInput({"reason": Finding(rules.EMERGENCY_REASON)})
    with store.read() as records:
        setup = records.setup()
        closed = records.find(Account, staff_id=staff_id, active=False)
    person = works_here(setup, staff_id)
    if closed:
        raise Refusal([Finding(rules.EMERGENCY_CLOSED, {"name": person.name})])
    if not setup.clinic.policies.emergency_minutes:
        raise Refusal([Finding(rules.EMERGENCY_OFF)])
    with store.write(Actor(staff_id, frozenset(), desk)) as unit:
        until = unit.at + timedelta(minutes=setup.clinic.policies.emergency_minutes)
        unit.because(reason)
        unit.add_all(_told(setup.staff, person, desk, reason, unit.at))
        unit.witness(Deed.EMERGENCY, KIND, staff_id, {"until": until.isoformat()})
        unit.commit()
    return Actor(staff_id, frozenset(), desk, until)


def _told(staff: Sequence[Person], who: Person, desk: str, reason: str, at: datetime) -> list[Message]:
    rule = rules.EMERGENCY_TOLD if desk else rules.EMERGENCY_HERE
    words = Finding(rule, {"name": who.name, "desk": desk, "reason": reason}).sentence()
    letter = Message(caller=who.name, text=words, urgent=True, taken_at=at, taken_by=who.id)
    managers = [one.id for one in staff if one.active and Role.MANAGER in one.roles]
    if not managers:
        return [replace(letter, for_role=Role.MANAGER)]
    return [replace(letter, for_person=one) for one in managers]

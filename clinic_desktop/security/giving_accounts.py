"""Accounts of others: the first manager's, and what a manager gives, renews and closes."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.secrets import NOTHING, Secret
from clinic_desktop.security import account_rules as rules
from clinic_desktop.security.account import Account
from clinic_desktop.security.hashing import hashed
from clinic_desktop.security.own_account import must_be_good_for
from clinic_desktop.security.ports import AccountRecords, AccountSetup, AccountStore, AccountUnit, Person
from clinic_desktop.security.rights import Right, require


def make_first_manager(store: AccountStore, desk: str, staff_id: int, password: str) -> None:
    """The first account of a clinic, a manager's; without a recovery code still."""
    must_be_good_for(store, staff_id, password)
    made = Account(staff_id=staff_id, password=Secret(hashed(password)))
    with store.write(Actor(staff_id, frozenset({Role.MANAGER}), desk)) as unit:
        unit.lock_all_days()  # two desks that set up at once come one after the other
        person = works_here(unit.setup(), staff_id)
        if unit.find(Account):
            raise Refusal([Finding(rules.FIRST_THERE)])
        if Role.MANAGER not in person.roles:
            raise Refusal([Finding(rules.FIRST_MANAGES, {"name": person.name})])
        unit.because("first account")
        unit.add(made)
        unit.commit()


def give_account(store: AccountStore, actor: Actor, staff_id: int, password: str) -> Changes:
    """Let somebody sign in, with a password that they change. One that was closed is opened again."""
    require(actor, Right.SET_UP)
    must_be_good_for(store, staff_id, password)
    secret = Secret(hashed(password))
    with store.write(actor) as unit:
        unit.lock_all_days()
        person = works_here(unit.setup(), staff_id)
        unit.because(f"account for {person.name}")
        there = unit.find(Account, staff_id=staff_id)
        if there and there[0].active:
            raise Refusal([Finding(rules.HAS_ACCOUNT, {"name": person.name})])
        if there:
            unit.save(_fresh(there[0], secret))
        else:
            unit.add(Account(staff_id=staff_id, password=secret, given=True))
        return unit.commit()


def reset_password(store: AccountStore, actor: Actor, staff_id: int, new: str) -> Changes:
    """A new password for somebody else, who changes it. The PIN is taken away, and nobody waits any more."""
    require(actor, Right.SET_UP)
    if staff_id == actor.person_id:
        raise Refusal([Finding(rules.OWN_PASSWORD)])
    must_be_good_for(store, staff_id, new)
    secret = Secret(hashed(new))
    with store.write(actor) as unit:
        unit.lock_all_days()
        person = works_here(unit.setup(), staff_id)
        account = _account_of(unit, person)
        without = ", without the second factor" if account.factor else ""
        unit.because(f"new password for {person.name}{without}")
        unit.save(_fresh(account, secret))
        return unit.commit()


def close_account(store: AccountStore, actor: Actor, staff_id: int) -> Changes:
    """Let somebody sign in no more."""
    require(actor, Right.SET_UP)
    with store.write(actor) as unit:
        unit.lock_all_days()
        person = next((one for one in unit.setup().staff if one.id == staff_id), None)
        if person is None:
            raise Refusal([Finding(rules.NOT_HERE)])
        account = _account_of(unit, person)
        if alone := last_manager(unit, [one for one in unit.setup().staff if one.id != staff_id]):
            raise Refusal([Finding(rules.LAST_MANAGER, {"name": alone.name})])
        unit.because(f"account of {person.name} closed")
        unit.save(
            replace(
                account,
                password=NOTHING,
                pin=NOTHING,
                recovery=NOTHING,
                factor=NOTHING,
                signed_in_at=(),
                active=False,
            )
        )
        return unit.commit()


def last_manager(records: AccountRecords, staff: Iterable[Person]) -> Person | None:
    """The manager who can sign in, where with ``staff`` as they would be no manager could; else None."""
    able = {one.staff_id for one in records.find(Account, active=True)}
    if any(_manages(one, able) for one in staff):
        return None
    return next((one for one in records.setup().staff if _manages(one, able)), None)


def _manages(person: Person, able: Collection[int]) -> bool:
    return person.active and person.id in able and Role.MANAGER in person.roles


def works_here(setup: AccountSetup, staff_id: int) -> Person:
    """Raise :class:`Refusal` where nobody of that id works here."""
    person = next((one for one in setup.staff if one.id == staff_id and one.active), None)
    if person is None:
        raise Refusal([Finding(rules.NOT_HERE)])
    return person


def _account_of(unit: AccountUnit, person: Person) -> Account:
    found = unit.find(Account, staff_id=person.id, active=True)
    if not found:
        raise Refusal([Finding(rules.NO_ACCOUNT, {"name": person.name})])
    return found[0]


def _fresh(account: Account, password: Secret) -> Account:
    """With a password of somebody else's choice, and nothing left of what was before but which code of a
    phone was used last: that never goes back, and nobody used one now."""
    return Account(
        account.id, account.version, account.staff_id, password, given=True, factor_step=account.factor_step
    )

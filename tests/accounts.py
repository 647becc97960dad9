"""Accounts for clinics of tests in which people sign in as in the program."""

from clinic_desktop.foundation.actor import PROGRAM, Actor
from clinic_desktop.foundation.secrets import Secret
from clinic_desktop.people.model import Staff
from clinic_desktop.security import accounts, giving_accounts
from clinic_desktop.security.account import Account
from clinic_desktop.security.hashing import hashed
from clinic_desktop.security.ports import AccountStore
from clinic_desktop.storage.engine import Where
from clinic_desktop.storage.store import open_store

PASSWORD = "violet tractor seven"
GIVEN = "maple bucket lantern"  # by a manager, and changed at the first sign-in


def with_own_password(store: AccountStore, manager: Actor, staff_id: int, password: str, desk: str) -> Actor:
    """Somebody whom a manager gave an account, and who has chosen this password and signed in."""
    giving_accounts.give_account(store, manager, staff_id, GIVEN)
    return accounts.choose_password(store, desk, staff_id, GIVEN, password)


def let_everybody_in(where: Where) -> None:
    """Everybody who works in that clinic can sign in with :data:`PASSWORD`."""
    store = open_store(where)
    secret = Secret(hashed(PASSWORD))
    with store.write(PROGRAM) as unit:
        there = {one.staff_id for one in unit.find(Account)}
        people = [one for one in unit.find(Staff, active=True) if one.id not in there]
        unit.add_all([Account(staff_id=one.id, password=secret) for one in people])
        unit.commit()
    store.close()

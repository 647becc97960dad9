"""Accounts for clinics of tests in which people sign in as in the program."""

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.secrets import Secret
from clinic_desktop.people.model import Staff
from clinic_desktop.security.account import Account
from clinic_desktop.security.hashing import hashed
from clinic_desktop.storage.engine import Where
from clinic_desktop.storage.store import open_store

PASSWORD = "violet tractor seven"


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

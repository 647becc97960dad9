"""A clinic whose prescriber is a manager with an account."""

from dataclasses import dataclass, replace

import pytest

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.secrets import Secret
from clinic_desktop.people.model import Staff
from clinic_desktop.security.account import Account
from clinic_desktop.security.accounts import sign_in
from clinic_desktop.security.giving_accounts import make_first_manager
from clinic_desktop.security.hashing import hashed
from clinic_desktop.security.recovery_code import RecoveryCode, new_code
from tests.small_clinic import SmallClinic

GOOD, BETTER = "purple tomato lamp", "green kettle moon"


@dataclass
class Signed:
    """``lin`` manages and is signed in at the front desk by ``GOOD``; ``code`` is her printed one."""

    clinic: SmallClinic
    manager: Actor
    lin: Staff
    code: RecoveryCode

    @property
    def store(self):
        return self.clinic.store

    def wait(self, **time: float) -> None:
        seconds = time.get("seconds", 0) + 3600 * time.get("hours", 0)
        self.clinic.clock.forward(seconds / 60 + time.get("minutes", 0))

    def trail(self) -> list[tuple[str, int, int, str]]:
        """Action, person, whom it is about and reason of each row about staff, oldest first."""
        asked = "SELECT action, person_id, record_id, reason FROM audit WHERE kind = 'staff' ORDER BY id"
        with self.store.read() as records:
            return [tuple(row) for row in records.rows(asked) if row[0] not in ("add", "change")]


@pytest.fixture
def signed(any_clinic: SmallClinic) -> Signed:
    return signed_in(any_clinic)


@pytest.fixture
def signed_file(file_clinic: SmallClinic) -> Signed:
    """The same in a file alone, for what no database can say otherwise."""
    return signed_in(file_clinic)


def signed_in(clinic: SmallClinic) -> Signed:
    with clinic.store.write(PROGRAM) as unit:
        lin = unit.save(replace(clinic.lin, roles=clinic.lin.roles | {Role.MANAGER}))
        unit.commit()
    make_first_manager(clinic.store, "front", lin.id, GOOD)
    code = new_code()
    with clinic.store.write(PROGRAM) as unit:  # as by keep_code, and without a row of its own in the trail
        (account,) = unit.find(Account)
        unit.save(replace(account, recovery=Secret(hashed(code.letters))))
        unit.commit()
    return Signed(clinic, sign_in(clinic.store, "front", lin.id, GOOD), lin, code)

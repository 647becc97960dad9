"""Accounts in the database, whoever writes: no plain password, no account of somebody else's, none deleted,
and some manager who can sign in."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import psycopg
import pytest

from clinic_desktop.foundation.actor import PROGRAM, Role
from clinic_desktop.foundation.secrets import NOTHING, Secret
from clinic_desktop.people.model import Staff
from clinic_desktop.security.account import Account
from clinic_desktop.security.hashing import hashed
from clinic_desktop.storage import check
from clinic_desktop.storage.account_guard import GIVEN, NO_MANAGER, OTHERS_ACCOUNT
from clinic_desktop.storage.failures import GuardRefused
from tests.small_clinic import MONDAY, SmallClinic
from tests.storage import postgres
from tests.storage.conftest import beside, put_in_trail

WAITING = """SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
    WHERE NOT l.granted AND d.datname = current_database()"""


@pytest.fixture
def managed(any_clinic: SmallClinic) -> tuple[SmallClinic, Staff, Staff]:
    """Two managers, of whom the first has an account, and a nurse with one."""
    with any_clinic.store.write(PROGRAM) as unit:
        roles = frozenset({Role.MANAGER})
        ada, bo = unit.add_all([Staff(name="Ada Boss", roles=roles), Staff(name="Bo Boss", roles=roles)])
        secret = Secret(hashed("purple tomato lamp"))
        unit.add_all([Account(staff_id=one, password=secret) for one in (ada.id, any_clinic.maya.id)])
        unit.commit()
    return any_clinic, ada, bo


def test_what_the_database_refuses_whoever_writes(managed):
    clinic, ada, bo = managed
    with beside(clinic.store.where) as direct:
        for column in ("password", "pin", "recovery"):
            assert "hashed" in direct.refused(f"UPDATE account SET {column} = 'purple tomato lamp'")
        assert "counted" in direct.refused("UPDATE account SET failures = -1")
        own = f"WHERE staff_id = {ada.id}"
        assert OTHERS_ACCOUNT in direct.refused(f"UPDATE account SET staff_id = {bo.id} {own}")
        for closed in ("active = false", "password = ''"):
            assert NO_MANAGER in direct.refused(f"UPDATE account SET {closed} {own}")
        for gone in ("active = false", "roles = '[\"nurse\"]'"):
            assert NO_MANAGER in direct.refused(f"UPDATE staff SET {gone} WHERE id = {ada.id}")
        said = direct.refused("DELETE FROM account")
        assert "kept for good" in said or "permission denied" in said
        again = f"INSERT INTO account SELECT * FROM account {own}"
        assert direct.refused(again)
    assert check.findings(clinic.store.where) == []


def test_a_password_of_a_managers_choice_lets_nobody_in(managed):
    clinic, _, _ = managed
    with clinic.store.write(PROGRAM) as unit:
        (nurses,) = unit.find(Account, staff_id=clinic.maya.id)
        unit.save(replace(nurses, given=True))
        unit.commit()
    own = f"WHERE staff_id = {clinic.maya.id}"
    pin = Secret(hashed("7391")).value
    with beside(clinic.store.where) as direct:
        for let_in in ('signed_in_at = \'[["front", "2026-11-16T15:00:00+00:00"]]\'', f"pin = '{pin}'"):
            assert GIVEN in direct.refused(f"UPDATE account SET {let_in} {own}")
        assert GIVEN in direct.refused(f"UPDATE account SET given = false {own}")
    with clinic.store.write(PROGRAM) as unit:
        (nurses,) = unit.find(Account, staff_id=clinic.maya.id)
        unit.save(replace(nurses, password=Secret(hashed("green kettle moon")), given=False))
        unit.commit()


def test_what_it_lets_pass(managed):
    """The nurse's account is closed, the manager's when another has one; a manager without one may go."""
    clinic, ada, bo = managed
    with clinic.store.write(PROGRAM) as unit:
        (nurses,) = unit.find(Account, staff_id=clinic.maya.id)
        unit.save(replace(nurses, password=NOTHING, active=False))
        bo = unit.save(replace(bo, roles=frozenset({Role.NURSE})))
        unit.save(replace(bo, roles=ada.roles))
        unit.add(Account(staff_id=bo.id, password=Secret(hashed("green kettle moon"))))
        (mine,) = unit.find(Account, staff_id=ada.id)
        unit.save(replace(mine, password=NOTHING, active=False))
        unit.commit()
    with clinic.store.write(PROGRAM) as unit, pytest.raises(GuardRefused, match="No manager could sign in"):
        unit.save(replace(unit.get(Staff, bo.id), active=False))


def test_a_clinic_without_accounts_is_asked_nothing(any_clinic):
    with any_clinic.store.write(PROGRAM) as unit:
        boss = unit.add(Staff(name="Ada Boss", roles=frozenset({Role.MANAGER})))
        unit.save(replace(boss, active=False))
        unit.commit()


def test_two_desks_do_not_close_the_last_two_managers_accounts_at_once(server_clinic):
    """Neither sees what the other did, until one waits for the other."""
    with server_clinic.store.write(PROGRAM) as unit:
        roles = frozenset({Role.MANAGER})
        people = unit.add_all([Staff(name="Ada Boss", roles=roles), Staff(name="Bo Boss", roles=roles)])
        secret = Secret(hashed("purple tomato lamp"))
        unit.add_all([Account(staff_id=one.id, password=secret) for one in people])
        unit.commit()
    ada, bo = (one.id for one in people)
    where = server_clinic.store.where
    closes = "UPDATE account SET password = '' WHERE staff_id = {} RETURNING id, to_jsonb(account.*)::text"
    leaves = f"UPDATE staff SET active = false WHERE id = {bo}"
    with postgres.connect(where) as first, postgres.connect(where) as second:
        second.execute("SET lock_timeout = '100ms'")
        for sql in (closes.format(bo), leaves):
            with first.transaction(force_rollback=True):
                first.execute(closes.format(ada))
                with pytest.raises(psycopg.errors.LockNotAvailable):
                    second.execute(sql)
        second.execute("SET lock_timeout = 0")
        with ThreadPoolExecutor() as desk:
            with first.transaction():
                put_in_trail(first, "change", "account", first.execute(closes.format(ada)).fetchall())
                other = desk.submit(second.execute, closes.format(bo))
                while not first.execute(WAITING).fetchone()[0]:
                    assert not other.done()
            with pytest.raises(psycopg.Error, match=NO_MANAGER):  # it waited, and then saw what was done
                other.result()
        for sql in (closes.format(bo), leaves):
            with pytest.raises(psycopg.Error, match=NO_MANAGER):
                second.execute(sql)
            second.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
            with pytest.raises(psycopg.Error, match="only READ COMMITTED"):
                second.execute(sql)
            second.execute("ROLLBACK")


def test_a_sign_in_waits_for_no_booking(server_clinic):
    """Only a change after which an account lets nobody in is asked about the others."""
    with server_clinic.store.write(PROGRAM) as unit:
        unit.add(Account(staff_id=server_clinic.maya.id, password=Secret(hashed("purple tomato lamp"))))
        unit.commit()
    with postgres.connect(server_clinic.store.where) as first, server_clinic.store.write(PROGRAM) as unit:
        unit.lock_days([MONDAY])
        first.execute("SET lock_timeout = '100ms'")
        with first.transaction(force_rollback=True):
            first.execute("UPDATE account SET failures = 1")

"""A clinic that is opened to look at only: read as ever, no byte of it changed, and every change refused."""

import os
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.errors import EnvironmentFailure, StoreRefused
from clinic_desktop.people.model import Patient, Staff
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.security.accounts import accounts, choose_password, locked, sign_in, switch
from clinic_desktop.security.giving_accounts import give_account
from clinic_desktop.security.own_account import turn_on_factor
from clinic_desktop.security.second_factor import code_at, new_secret, step_of
from clinic_desktop.security.tries import FactorWanted, NotLetIn
from clinic_desktop.storage import cipher, listening
from clinic_desktop.storage.engine import Sealed, file_of
from clinic_desktop.storage.looking import LookingStore, open_to_look
from clinic_desktop.storage.store import open_store
from tests.small_clinic import SmallClinic

GOOD, GIVEN = "correct horse battery staple", "yellow bicycle in the rain"


@pytest.fixture
def closed(file_clinic: SmallClinic) -> SmallClinic:
    book(file_clinic.store, file_clinic.desk, file_clinic.wish())
    file_clinic.store.close()
    return file_clinic


def all_of(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}


def test_it_is_read_and_no_byte_of_it_changes(closed):
    where = Path(closed.store.where)
    before = all_of(where.parent)
    store = open_to_look(where, closed.clock)
    with store.read() as records:
        assert [one.patient_id for one in records.find(Visit)] == [closed.amara.id]
    number = store.change_number()
    assert not store.changes_since(number)
    with pytest.raises(EnvironmentFailure, match="open to look at only"):
        book(store, closed.desk, closed.wish(minute=900))
    store.close()
    assert all_of(where.parent) == before


@pytest.mark.skipif(not cipher.can_seal(), reason="SQLCipher does not come for this system")
def test_an_encrypted_one_too(tmp_path):
    where = Sealed(tmp_path / "clinic.sqlite", bytes(range(32)))
    made = open_store(where, make=True)
    with made.write(PROGRAM) as unit:
        unit.add(Patient(given_name="Ann"))
        unit.commit()
    made.close()
    before = all_of(tmp_path)
    store = open_to_look(where)
    with store.read() as records:
        assert [one.given_name for one in records.find(Patient)] == ["Ann"]
    store.close()
    assert all_of(tmp_path) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write everywhere")
def test_in_a_folder_that_lets_nobody_write(closed):
    folder = Path(closed.store.where).parent
    folder.chmod(0o555)
    try:
        with pytest.raises(EnvironmentFailure, match="cannot be written here"):
            open_store(closed.store.where).change_number()
        with open_to_look(closed.store.where).read() as records:
            assert records.find(Visit)
    finally:
        folder.chmod(0o755)


def test_what_somebody_writes_meanwhile_is_not_believed_and_read_the_next_time(closed, monkeypatch):
    monkeypatch.setattr(listening, "PROOF", 100)  # only the change itself may wake
    store = open_to_look(closed.store.where, closed.clock)
    other = open_store(closed.store.where, closed.clock)

    def read_while_it_is_written() -> None:
        with store.read() as records:
            records.find(Patient)
            with other.write(PROGRAM) as unit:
                unit.add(Patient(given_name="Dee"))
                unit.commit()

    with pytest.raises(EnvironmentFailure, match="Look again"):
        read_while_it_is_written()
    for _ in range(2):
        with store.read() as records:  # beside a journal: under SQLite's locks
            assert "Dee" in [one.given_name for one in records.find(Patient)]
    listens = store.listener()
    listens.open()
    with other.write(PROGRAM) as unit:
        unit.add(Patient(given_name="Eve"))
        unit.commit()
    assert listens.wait()
    listens.stop()
    other.close()
    with store.read() as records:
        assert "Eve" in [one.given_name for one in records.find(Patient)]
    listens.close()
    store.close()


def test_what_is_no_clinic_of_this_version_in_a_file_is_refused(closed, tmp_path):
    with pytest.raises(StoreRefused, match="no clinic at none"):
        open_to_look(tmp_path / "none.sqlite")
    with pytest.raises(StoreRefused, match="in a file"):
        open_to_look("postgresql://localhost/clinic")
    damaged = Path(closed.store.where)
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[:-4096])
    with pytest.raises(StoreRefused, match="damaged"):
        open_to_look(damaged)


@pytest.fixture
def looked_at(file_clinic: SmallClinic) -> LookingStore:
    clinic = file_clinic
    manager = Actor(clinic.lin.id, frozenset({Role.MANAGER}))
    with clinic.store.write(PROGRAM) as unit:
        person = unit.get(Staff, clinic.maya.id)
        unit.commit()
    give_account(clinic.store, manager, person.id, GIVEN)
    choose_password(clinic.store, "front", person.id, GIVEN, GOOD)
    give_account(clinic.store, manager, clinic.tunde.id, GIVEN)
    clinic.store.close()
    return open_to_look(file_of(clinic.store.where), clinic.clock)


def test_one_comes_in_by_the_password_and_wrong_ones_wait(looked_at, file_clinic):
    maya, clock = file_clinic.maya, file_clinic.clock
    assert {one.person.id for one in accounts(looked_at)} == {maya.id, file_clinic.tunde.id}
    actor = sign_in(looked_at, "front", maya.id, GOOD)
    assert (actor.person_id, actor.roles, actor.desk) == (maya.id, maya.roles, "front")
    locked(looked_at, actor)  # nowhere to keep it, and no trouble
    with pytest.raises(NotLetIn) as told:
        switch(looked_at, "front", maya.id, "1234")
    assert told.value.needs_password
    for _ in range(3):
        with pytest.raises(NotLetIn):
            sign_in(looked_at, "front", maya.id, "wrong")
    with pytest.raises(NotLetIn, match="seconds"):
        sign_in(looked_at, "front", maya.id, GOOD)
    clock.at += timedelta(minutes=20)
    assert sign_in(looked_at, "front", maya.id, GOOD) == actor
    with pytest.raises(NotLetIn):
        sign_in(looked_at, "front", file_clinic.lin.id, GOOD)


def test_a_password_that_a_manager_gave_opens_nothing_here_either(looked_at, file_clinic):
    with pytest.raises(NotLetIn, match="Let somebody else sign in"):
        sign_in(looked_at, "front", file_clinic.tunde.id, GIVEN)


def test_a_second_factor_is_asked_for_here_too(looked_at, file_clinic):
    maya, clock, secret = file_clinic.maya, file_clinic.clock, new_secret()
    with closing(open_store(file_of(looked_at.where), clock)) as store:
        actor = sign_in(store, "front", maya.id, GOOD)
        turn_on_factor(store, actor, GOOD, secret, code_at(secret, step_of(clock.now())))
    clock.at += timedelta(minutes=2)
    with pytest.raises(FactorWanted):
        sign_in(looked_at, "front", maya.id, GOOD)
    with pytest.raises(NotLetIn):
        sign_in(looked_at, "front", maya.id, GOOD, "000000")
    code = code_at(secret, step_of(clock.now()))
    assert sign_in(looked_at, "front", maya.id, GOOD, code).person_id == maya.id
    with pytest.raises(NotLetIn, match="used already"):
        sign_in(looked_at, "front", maya.id, GOOD, code)
    clock.at += timedelta(seconds=30)
    code = code_at(secret, step_of(clock.now()))
    assert sign_in(looked_at, "front", maya.id, GOOD, code).person_id == maya.id


def test_a_clock_that_was_ahead_keeps_nobody_out_longer_than_the_wait(looked_at, file_clinic):
    maya, clock = file_clinic.maya, file_clinic.clock
    for _ in range(3):
        with pytest.raises(NotLetIn):
            sign_in(looked_at, "front", maya.id, "wrong")
    clock.at -= timedelta(days=1)
    with pytest.raises(NotLetIn) as told:
        sign_in(looked_at, "front", maya.id, GOOD)
    assert told.value.wait == timedelta(seconds=15)
    clock.at += timedelta(seconds=15)
    assert sign_in(looked_at, "front", maya.id, GOOD).person_id == maya.id

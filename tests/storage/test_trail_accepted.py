"""What a check found can be accepted with a reason: told as that ever after, and nothing else with it."""

from datetime import timedelta

import pytest

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.errors import BadInput, RightMissing
from clinic_desktop.people.model import Patient, Staff
from clinic_desktop.security.trail_checking import accept_found, found_now, last_check, verify
from clinic_desktop.storage import check
from clinic_desktop.storage.store import SqlStore
from tests.storage.conftest import as_admin, beside
from tests.storage.test_check import past_the_triggers
from tests.storage.test_trail_mark import rewrite

WHY = "Restored by hand after the disk failed"


@pytest.fixture
def manager(sqlite_store: SqlStore) -> Actor:
    with sqlite_store.write(PROGRAM) as unit:
        for name in ("Ann", "Bob", "Cy"):
            unit.add(Patient(given_name=name))
        number = unit.add(Staff(name="Dana Reyes", roles=frozenset({Role.MANAGER}))).id
        unit.commit()
    return Actor(number, frozenset({Role.MANAGER}), "office")


def codes(store: SqlStore) -> list[str]:
    return sorted({one.code for one in check.findings(store.where)})


def forge(store: SqlStore, *statements: str) -> None:
    with beside(store.where) as direct:
        for one in statements:
            past_the_triggers(direct, one)


def daily(store: SqlStore) -> int:
    checked = verify(store, lambda _seconds: False)
    assert checked is not None
    return checked.count


def accept(store: SqlStore, actor: Actor) -> None:
    accept_found(store, actor, found_now(store, actor), WHY)


def test_a_record_changed_behind_the_program_is_accepted_as_it_stands_and_no_further(sqlite_store, manager):
    store = sqlite_store
    forge(store, "UPDATE patient SET notes = 'forged' WHERE id = 2")
    assert (codes(store), daily(store)) == (["records"], 1)
    accept(store, manager)
    assert (codes(store), daily(store)) == ([], 0)  # at once, though the last check is not a day old
    (said,) = check.accepted(store.where)
    assert said.startswith("patient 2: it is not as the trail says it was left. Accepted on ")
    assert said.endswith(f"UTC by Dana Reyes because: {WHY}")
    forge(store, "UPDATE patient SET notes = 'forged again' WHERE id = 2")
    assert codes(store) == ["records"]
    forge(
        store,
        "UPDATE patient SET notes = 'forged' WHERE id = 2",
        "UPDATE patient SET notes = 'x' WHERE id = 3",
    )
    assert [one.message.split(":")[0] for one in check.findings(store.where)] == ["patient 3"]


def test_a_record_that_is_gone_and_one_that_nobody_wrote(sqlite_store, manager):
    store = sqlite_store
    forge(
        store,
        "DELETE FROM patient WHERE id = 3",
        "DELETE FROM audit WHERE kind = 'patient' AND record_id = 2",
    )
    assert codes(store) == ["audit", "records"]
    accept(store, manager)
    assert codes(store) == []
    assert len(check.accepted(store.where)) == 3


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)",
        "DELETE FROM audit WHERE id = 2",
        "UPDATE audit SET reason = 'forged' WHERE id = 2",
        "UPDATE audit SET hash = upper(hash) WHERE id = 2",
        "UPDATE head SET marks = '{}'",
    ],
)
def test_a_gap_and_a_wrong_mark_are_accepted_and_what_follows_is_held_together_again(
    sqlite_store, manager, damage
):
    store = sqlite_store
    forge(store, damage)
    assert codes(store)
    before = rows(store)
    accept(store, manager)
    assert codes(store) == []
    with store.write(PROGRAM) as unit:
        unit.add(Patient(given_name="Dee"))
        unit.commit()
    assert codes(store) == []
    assert rows(store)[: len(before)] == before  # nothing was rewritten or taken away
    forge(store, "UPDATE head SET marks = upper(marks)")
    assert codes(store) == ["mark"]


def rows(store: SqlStore) -> list[tuple[object, ...]]:
    with store.read() as records:
        return list(map(tuple, records.rows("SELECT * FROM audit ORDER BY id")))


def test_a_trail_made_anew_is_marked_anew_only_with_the_word_of_somebody(sqlite_store, manager):
    store = sqlite_store
    with beside(store.where) as direct:
        rewrite(direct)
    assert codes(store) == ["mark"]
    accept(store, manager)
    assert codes(store) == []
    assert "does not hold" in check.accepted(store.where)[0]
    forge(store, "UPDATE audit SET desk = 'elsewhere' WHERE id = 1")
    with beside(store.where) as direct:
        rewrite(direct)
    assert codes(store) == ["mark"]


def test_on_a_server_what_its_owner_did_is_accepted_too(server_clinic):
    store = server_clinic.store
    manager = Actor(server_clinic.lin.id, frozenset({Role.MANAGER}), "office")
    with beside(as_admin(store.where)) as admin:
        admin.run("SET session_replication_role = replica")
        admin.run("UPDATE patient SET notes = 'forged' WHERE id = 2")
        admin.run("UPDATE audit SET reason = 'forged' WHERE id = 2")
    assert (codes(store), daily(store)) == (["audit", "records"], 2)
    accept(store, manager)
    assert (codes(store), daily(store)) == ([], 0)
    assert all(f"because: {WHY}" in one for one in check.accepted(store.where))
    with beside(as_admin(store.where)) as admin:
        admin.run("SET session_replication_role = replica")
        admin.run("UPDATE patient SET notes = 'forged again' WHERE id = 2")
    assert codes(store) == ["records"]


def test_who_may_accept_what_and_not_without_a_reason(sqlite_store, manager):
    store = sqlite_store
    with pytest.raises(BadInput, match="Everything holds"):
        accept(store, manager)
    forge(store, "UPDATE patient SET notes = 'forged' WHERE id = 2")
    found = found_now(store, manager)
    with pytest.raises(BadInput, match="why it may stand"):
        accept_found(store, manager, found, " ")
    with pytest.raises(BadInput, match="501 things"):
        accept_found(store, manager, found * 501, WHY)
    nurse = Actor(manager.person_id, frozenset({Role.NURSE}))
    for act in (lambda: found_now(store, nurse), lambda: accept_found(store, nurse, found, WHY)):
        with pytest.raises(RightMissing):
            act()
    assert (codes(store), last_check(store)) == (["records"], None)


def test_a_check_by_a_clock_that_was_ahead_keeps_nobody_from_the_next(sqlite_store, manager):
    store = sqlite_store
    right = store.clock.at
    store.clock.at = right + timedelta(days=365)
    assert daily(store) == 0
    store.clock.at = right
    forge(store, "UPDATE patient SET notes = 'forged' WHERE id = 2")
    assert daily(store) == 2  # this, and that the check's own entry is dated ahead
    store.clock.at = right - timedelta(minutes=30)  # another desk's, which is never quite the same
    assert last_check(store).at == right
    assert verify(store, lambda _seconds: False) == last_check(store)
    assert last_check(store).at == right

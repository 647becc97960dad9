"""Signing in, the wait after tries that failed, PINs, recovery, and accounts of others: on both databases."""

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.errors import BadInput, Refusal, RightMissing
from clinic_desktop.people.model import Staff
from clinic_desktop.scheduling.model import Clinic
from clinic_desktop.scheduling.set_up import Edit, change_set_up
from clinic_desktop.security import account_rules as rules
from clinic_desktop.security import accounts, emergency_access, giving_accounts, hashing, own_account, tries
from clinic_desktop.security.account import Account
from clinic_desktop.security.recovery_code import new_code
from clinic_desktop.security.tries import NotLetIn, OtherPassword, OwnPasswordWanted
from clinic_desktop.storage import check
from tests.accounts import with_own_password
from tests.security.conftest import BETTER, GOOD, Signed

WRONG = "not the password"
NOTHING, SECONDS_15 = timedelta(), timedelta(seconds=15)


def let_in(signed: Signed, password: str = GOOD, desk: str = "front", who: int | None = None) -> Actor:
    return accounts.sign_in(signed.store, desk, signed.lin.id if who is None else who, password)


def kept_out(signed: Signed, password: str = WRONG, desk: str = "front", who: int | None = None) -> NotLetIn:
    with pytest.raises(NotLetIn) as told:
        let_in(signed, password, desk, who)
    return told.value


def account(signed: Signed, staff_id: int | None = None) -> Account:
    with signed.store.read() as records:
        (found,) = records.find(Account, staff_id=staff_id or signed.lin.id)
        return found


def codes(problem: Refusal | BadInput | NotLetIn) -> list[str]:
    return [one.code for one in problem.findings]


def test_whoever_signs_in_acts_with_their_roles_at_that_desk(signed):
    assert let_in(signed, desk="floor") == Actor(signed.lin.id, signed.lin.roles, "floor")
    assert [(one.person.name, one.has_password, one.has_pin) for one in accounts.accounts(signed.store)] == [
        ("Dr. Lin", True, False)
    ]
    assert check.findings(signed.store.where) == []


def test_in_and_out_is_in_the_trail_by_whom_and_never_with_what(signed):
    kept_out(signed)
    kept_out(signed, who=4711)
    for deed in (accounts.locked, accounts.unlocked, accounts.sign_out):
        deed(signed.store, signed.manager)
    lin = signed.lin.id
    assert [row[:3] for row in signed.trail()] == [
        ("signed in", lin, lin),
        ("not let in", 0, lin),  # nobody knows who it was
        ("not let in", 0, 4711),
        *((deed, lin, lin) for deed in ("locked", "unlocked", "signed out")),
    ]


def test_tries_that_fail_are_waited_for_longer_and_longer_and_the_right_password_too(signed):
    waits = []
    for _ in range(12):
        told = kept_out(signed)
        waits.append(int(told.wait.total_seconds()))
        signed.wait(seconds=waits[-1])
    assert waits == [0, 0, 15, 30, 60, 120, 240, 480, 900, 900, 900, 900]
    kept_out(signed)
    signed.wait(seconds=899)
    assert kept_out(signed, GOOD).wait == timedelta(seconds=1)
    signed.wait(seconds=1)
    let_in(signed)
    assert kept_out(signed).wait == NOTHING  # it begins anew


def test_who_waits_is_not_made_to_wait_longer_by_more_tries_and_the_wait_outlives_the_program(signed):
    for _ in range(3):
        kept_out(signed)
    signed.wait(seconds=10)
    assert [kept_out(signed).wait.total_seconds() for _ in range(3)] == [5, 5, 5]
    there = account(signed)  # in the database: another desk, or this one started anew, reads the same
    assert (there.failures, there.last_failure) == (3, signed.clinic.clock.now() - timedelta(seconds=10))
    signed.wait(seconds=5)
    let_in(signed)


@pytest.mark.parametrize("hours", [-1, -24 * 365], ids=["an hour", "a year"])
def test_a_clock_that_is_set_back_makes_the_wait_whole_once_and_no_longer(signed_file, hours):
    for _ in range(3):
        kept_out(signed_file)
    signed_file.wait(hours=hours)
    assert kept_out(signed_file, GOOD).wait == SECONDS_15
    signed_file.wait(seconds=14)
    assert kept_out(signed_file, GOOD).wait == timedelta(seconds=1)
    signed_file.wait(seconds=1)
    let_in(signed_file)


def test_two_desks_at_once_get_no_more_tries_than_one(signed):
    """Every desk has compared its guess before any of them is judged; one of the guesses is right."""
    for _ in range(2):
        kept_out(signed)
    guesses = [WRONG] * 5 + [GOOD]
    got: dict[int, object] = {}
    together = Barrier(len(guesses))

    def guess(number: int) -> None:
        together.wait()
        try:
            got[number] = let_in(signed, guesses[number], f"desk {number}")
        except NotLetIn as told:
            got[number] = told

    desks = [Thread(target=guess, args=(number,)) for number in range(len(guesses))]
    for one in desks:
        one.start()
    for one in desks:
        one.join()
    there = account(signed)
    if isinstance(got[5], Actor):  # it came before the try that would have shut the door, or was itself first
        assert there.failures <= 5
    else:
        assert there.failures == 3  # the third try shut the door, and nobody's guess was looked at after it
        assert all(one.wait == SECONDS_15 for one in got.values())
    assert check.findings(signed.store.where) == []


def test_what_was_right_does_not_count_while_somebody_has_to_wait(signed, monkeypatch):
    """The same race in one order: the guess was compared while the door was open, and it shut meanwhile."""
    real = tries.matches

    def slow(secret: str, phc: str) -> bool:
        found = real(secret, phc)
        monkeypatch.setattr(tries, "matches", real)
        for _ in range(3):
            kept_out(signed, desk="other")
        return found

    monkeypatch.setattr(tries, "matches", slow)
    assert kept_out(signed, GOOD).wait == SECONDS_15


def rows_of_tries(signed: Signed) -> list[tuple]:
    asked = (
        "SELECT person_id, roles, record_id, before, after FROM audit WHERE action = 'not let in' ORDER BY id"
    )
    with signed.store.read() as records:
        return [tuple(row) for row in records.rows(asked)]


def test_the_trail_does_not_tell_what_was_right_while_it_was_not_looked_at(signed):
    """Neither while somebody waits, nor of a PIN where it does not count."""
    own_account.set_pin(signed.store, signed.manager, GOOD, "7391")
    for pin in ("1357", "7391"):
        with pytest.raises(NotLetIn):
            accounts.switch(signed.store, "floor", signed.lin.id, pin)
    for _ in range(4):
        kept_out(signed)
    assert kept_out(signed, GOOD).wait == SECONDS_15
    with pytest.raises(NotLetIn):
        own_account.prove(signed.store, signed.manager, GOOD)
    wrong_pin, right_pin, *passwords = rows_of_tries(signed)
    assert right_pin == wrong_pin
    assert set(passwords) == {passwords[0]}
    assert passwords[0][:2] == (0, "")


def test_nobody_can_tell_who_has_an_account(signed):
    """The same words, and the same work, for somebody without one and for somebody unknown."""
    compared = []
    real = hashing.matches

    def watched(secret: str, phc: str) -> bool:
        compared.append(phc[:9])
        return real(secret, phc)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tries, "matches", watched)
        told = [kept_out(signed), kept_out(signed, who=signed.clinic.maya.id), kept_out(signed, who=4711)]
    assert len({str(one) for one in told}) == 1
    assert compared == ["$argon2id", "", ""]


def test_a_weaker_hash_is_made_anew_at_sign_in(signed):
    before, cheap = account(signed).password, hashing.cost()
    hashing.set_cost(replace(cheap, passes=cheap.passes + 1))
    try:
        assert hashing.is_weaker(before.value)
        let_in(signed)
        assert not hashing.is_weaker(account(signed).password.value)
        let_in(signed)
    finally:
        hashing.set_cost(cheap)


def test_a_pin_counts_where_the_password_was_given_not_long_ago(signed):
    store, lin = signed.store, signed.lin.id

    def pin_needs_password(desk: str) -> None:
        with pytest.raises(NotLetIn) as told:
            accounts.switch(store, desk, lin, "7391")
        assert (told.value.needs_password, codes(told.value)) == (True, [rules.PASSWORD_NEEDED.code])

    pin_needs_password("front")  # there is none
    own_account.set_pin(store, signed.manager, GOOD, "7391")
    assert accounts.switch(store, "front", lin, "7391") == signed.manager
    pin_needs_password("floor")
    let_in(signed, desk="floor")
    accounts.switch(store, "floor", lin, "7391")
    (known,) = accounts.accounts(store)
    assert known.by_pin("front", signed.clinic.clock.now())
    signed.wait(hours=12)
    assert not known.by_pin("front", signed.clinic.clock.now())
    pin_needs_password("front")
    pin_needs_password("floor")
    with store.write(PROGRAM) as unit:
        there = unit.get(Clinic, 1)
        unit.save(replace(there, policies=replace(there.policies, pin_hours=16)))
        unit.commit()
    accounts.switch(store, "front", lin, "7391")
    for _ in range(3):
        let_in(signed)
    assert [desk for desk, _ in account(signed).signed_in_at] == ["floor", "front"]
    signed.wait(hours=-1)
    pin_needs_password("front")  # the clock was set back: it is not known how long ago that was
    signed.wait(hours=1)
    own_account.set_pin(store, signed.manager, GOOD, "")
    pin_needs_password("front")


def test_after_a_new_password_of_ones_own_the_pin_counts_only_where_it_was_set(signed):
    own_account.set_pin(signed.store, signed.manager, GOOD, "7391")
    front, floor = (let_in(signed, desk=desk) for desk in ("front", "floor"))
    own_account.set_password(signed.store, front, GOOD, BETTER)
    accounts.switch(signed.store, front.desk, front.person_id, "7391")
    with pytest.raises(NotLetIn) as told:
        accounts.switch(signed.store, floor.desk, floor.person_id, "7391")
    assert told.value.needs_password


def test_a_pin_is_tried_three_times_and_then_the_password_is_asked(signed):
    store, lin = signed.store, signed.lin.id
    own_account.set_pin(store, signed.manager, GOOD, "7391")
    asked = []
    for pin in ("1357", "2468", "8642", "7391"):
        with pytest.raises(NotLetIn) as told:
            accounts.switch(store, "front", lin, pin)
        asked.append((told.value.needs_password, told.value.wait))
    assert asked == [(False, NOTHING), (False, NOTHING), (True, NOTHING), (True, NOTHING)]
    assert not accounts.accounts(store)[0].by_pin("front", signed.clinic.clock.now())
    let_in(signed)
    assert accounts.switch(store, "front", lin, "7391") == signed.manager


def test_ones_own_password_is_changed_with_the_old_one_which_is_counted(signed):
    for _ in range(3):
        with pytest.raises(NotLetIn):
            own_account.set_password(signed.store, signed.manager, WRONG, BETTER)
    with pytest.raises(NotLetIn) as told:
        own_account.set_password(signed.store, signed.manager, GOOD, BETTER)
    assert told.value.wait == SECONDS_15
    signed.wait(seconds=15)
    for bad in ("short", GOOD, "Dr. Lin 2026!", "Test clinic 2026"):
        with pytest.raises(BadInput):
            own_account.set_password(signed.store, signed.manager, GOOD, bad)
    own_account.set_password(signed.store, signed.manager, GOOD, BETTER)
    kept_out(signed, GOOD)
    let_in(signed, BETTER)


def test_the_printed_code_lets_in_once_and_the_next_one_counts_once_it_is_typed_back(signed):
    store, lin = signed.store, signed.lin.id
    typed = signed.code.grouped.lower().replace("-", " ")
    with pytest.raises(BadInput):  # a slip is no try
        own_account.recover(store, "front", lin, ("b" if typed[0] != "b" else "c") + typed[1:], BETTER)
    assert account(signed).failures == 0
    with pytest.raises(NotLetIn):
        own_account.recover(store, "front", lin, new_code().grouped, BETTER)
    assert account(signed).failures == 1
    assert has_code(signed, lin)
    own_account.recover(store, "front", lin, typed, BETTER)
    let_in(signed, BETTER)
    assert not has_code(signed, lin), "none was typed back, and one is said to be there"
    with pytest.raises(NotLetIn):
        own_account.recover(store, "front", lin, typed, GOOD)
    following, newest = new_code(), new_code()
    with pytest.raises(NotLetIn):
        own_account.keep_code(store, signed.manager, GOOD, following)
    for code in (following, newest):
        own_account.keep_code(store, signed.manager, BETTER, code)
    with pytest.raises(NotLetIn):
        own_account.recover(store, "front", lin, following.grouped, GOOD)
    own_account.recover(store, "front", lin, newest.grouped, GOOD)
    asked = "SELECT reason, desk FROM audit WHERE kind = 'account' AND person_id > 0"
    with store.read() as records:
        rows = {(row[0], row[1]) for row in records.rows(asked)}
    words = ("first account", "new password by the recovery code", "new recovery code")
    assert {(one, "front") for one in words} <= rows
    assert not [row for row in rows if not row[1]], "where it was done is not on record"


def test_the_printed_code_takes_the_pin_away_with_the_password(signed):
    store, lin = signed.store, signed.lin.id
    own_account.set_pin(store, signed.manager, GOOD, "7391")
    own_account.recover(store, "front", lin, signed.code.grouped, BETTER)
    let_in(signed, BETTER)
    with pytest.raises(NotLetIn):  # also where the new password was given just now
        accounts.switch(store, "front", lin, "7391")
    assert not account(signed).pin
    own_account.set_pin(store, signed.manager, BETTER, "2846")
    assert accounts.switch(store, "front", lin, "2846") == signed.manager


def has_code(signed, staff_id: int) -> bool:
    return next(one.has_code for one in accounts.accounts(signed.store) if one.person.id == staff_id)


def test_somebody_without_a_code_is_not_let_in_by_one(signed):
    giving_accounts.give_account(signed.store, signed.manager, signed.clinic.maya.id, BETTER)
    with pytest.raises(NotLetIn):
        own_account.recover(signed.store, "front", signed.clinic.maya.id, new_code().grouped, GOOD)


def test_a_manager_gives_accounts_and_new_passwords_and_closes_accounts(signed):
    store, maya = signed.store, signed.clinic.maya
    for refused in (
        lambda: giving_accounts.reset_password(store, signed.manager, maya.id, BETTER),
        lambda: giving_accounts.close_account(store, signed.manager, maya.id),
        lambda: giving_accounts.give_account(store, signed.manager, 4711, BETTER),
        lambda: giving_accounts.give_account(store, signed.manager, signed.lin.id, BETTER),
        lambda: giving_accounts.reset_password(store, signed.manager, signed.lin.id, BETTER),
        lambda: giving_accounts.make_first_manager(store, "front", signed.lin.id, BETTER),
    ):
        with pytest.raises(Refusal):
            refused()
    giving_accounts.give_account(store, signed.manager, maya.id, BETTER)
    assert [one.given for one in accounts.accounts(store)] == [False, True]  # Dr. Lin, Maya Jones
    nurse = accounts.choose_password(store, "front", maya.id, BETTER, GOOD)
    with pytest.raises(RightMissing):
        giving_accounts.give_account(store, nurse, signed.clinic.tunde.id, BETTER)
    own_account.set_password(store, nurse, GOOD, "seven blue chairs")
    own_account.set_pin(store, nurse, "seven blue chairs", "7391")
    for _ in range(3):
        kept_out(signed, who=maya.id)
    giving_accounts.reset_password(store, signed.manager, maya.id, BETTER)
    there = account(signed, maya.id)
    assert (bool(there.pin), there.given) == (False, True)
    accounts.choose_password(store, "front", maya.id, BETTER, GOOD)  # and waits no more
    let_in(signed, GOOD, who=maya.id)
    giving_accounts.close_account(store, signed.manager, maya.id)
    kept_out(signed, GOOD, who=maya.id)
    with pytest.raises(NotLetIn):
        accounts.renewed(store, nurse)
    giving_accounts.give_account(store, signed.manager, maya.id, GOOD)
    accounts.choose_password(store, "front", maya.id, GOOD, BETTER)


def test_a_given_password_opens_nothing_before_it_is_changed(signed):
    """Neither the clinic nor anything of the account; nobody without it tells it from a wrong one."""
    store, maya = signed.store, signed.clinic.maya
    for give in (giving_accounts.give_account, giving_accounts.reset_password):
        give(store, signed.manager, maya.id, BETTER)
        nurse = Actor(maya.id, maya.roles, "front")
        for way in (
            lambda: let_in(signed, BETTER, who=maya.id),
            lambda nurse=nurse: own_account.set_pin(store, nurse, BETTER, "7391"),
            lambda nurse=nurse: own_account.prove(store, nurse, BETTER),
        ):
            with pytest.raises(OwnPasswordWanted) as told:
                way()
            assert codes(told.value) == [rules.PASSWORD_GIVEN.code]
        assert account(signed, maya.id).signed_in_at == ()
        assert type(kept_out(signed, who=maya.id)) is NotLetIn
        for bad in (BETTER, "short", "Maya Jones 26"):
            with pytest.raises(BadInput):
                accounts.choose_password(store, "front", maya.id, BETTER, bad)
        with pytest.raises(NotLetIn):
            accounts.choose_password(store, "front", maya.id, WRONG, GOOD)
        assert accounts.choose_password(store, "front", maya.id, BETTER, GOOD) == nurse
        there = account(signed, maya.id)
        assert (there.given, there.failures, [desk for desk, _ in there.signed_in_at]) == (
            False,
            0,
            ["front"],
        )
        kept_out(signed, BETTER, who=maya.id)
        assert let_in(signed, GOOD, who=maya.id) == nurse
    assert check.findings(signed.store.where) == []


def test_that_a_given_password_was_used_is_in_the_trail_without_it(signed):
    store, maya = signed.store, signed.clinic.maya
    giving_accounts.give_account(store, signed.manager, maya.id, BETTER)
    with pytest.raises(OwnPasswordWanted):
        let_in(signed, BETTER, who=maya.id)
    accounts.choose_password(store, "front", maya.id, BETTER, GOOD)
    assert [row[:3] for row in signed.trail()][1:] == [
        ("not let in", maya.id, maya.id),
        ("signed in", maya.id, maya.id),
    ]
    with store.read() as records:
        said = str(records.rows("SELECT before, after, reason FROM audit"))
    assert "given by a manager, to be changed first" in said
    assert "own password" in said
    assert BETTER not in said
    assert GOOD not in said


def test_who_works_here_no_more_is_let_in_no_more(signed):
    store, maya = signed.store, signed.clinic.maya
    nurse = with_own_password(store, signed.manager, maya.id, BETTER, "front")
    roles = frozenset({Role.NURSE, Role.MANAGER})
    change_set_up(store, signed.manager, Edit(write=(replace(maya, roles=roles),)), anyway=True)
    assert accounts.renewed(store, nurse) == replace(nurse, roles=roles)
    gone = replace(maya, version=maya.version + 1, active=False)
    change_set_up(store, signed.manager, Edit(write=(gone,)), anyway=True)
    kept_out(signed, BETTER, who=maya.id)
    with pytest.raises(NotLetIn):
        accounts.renewed(store, nurse)


def test_who_came_in_by_a_password_that_is_another_now_is_here_no_more(signed):
    store, maya = signed.store, signed.clinic.maya
    nurse = with_own_password(store, signed.manager, maya.id, BETTER, "front")
    own_account.set_pin(store, nurse, BETTER, "7391")
    by_pin = accounts.switch(store, "front", maya.id, "7391")
    here = own_account.set_password(store, nurse, BETTER, GOOD)
    assert accounts.renewed(store, here) == here
    for gone in (nurse, by_pin):
        with pytest.raises(OtherPassword):
            accounts.renewed(store, gone)
    unknown = replace(nurse, came_by="")  # no account let them in, as on a copy without the server
    assert accounts.renewed(store, unknown).came_by == here.came_by
    assert here.came_by not in repr(here)


def test_the_first_account_is_a_managers(any_clinic):
    for staff_id in (any_clinic.maya.id, 4711):
        with pytest.raises(Refusal):
            giving_accounts.make_first_manager(any_clinic.store, "front", staff_id, GOOD)
    assert accounts.accounts(any_clinic.store) == []


def test_the_last_manager_who_can_sign_in_stays(signed):
    store, lin = signed.store, signed.lin
    with store.write(PROGRAM) as unit:  # another manager, without an account
        boss = unit.add(Staff(name="Ada Boss", initials="AB", roles=frozenset({Role.MANAGER})))
        unit.commit()
    with pytest.raises(Refusal) as told:
        giving_accounts.close_account(store, signed.manager, lin.id)
    assert codes(told.value) == [rules.LAST_MANAGER.code]
    for left in (replace(lin, active=False), replace(lin, roles=frozenset({Role.PRESCRIBER}))):
        with pytest.raises(BadInput) as said:
            change_set_up(store, signed.manager, Edit(write=(left,)), anyway=True)
        assert [one.code for one in said.value.problems.values()] == [rules.LAST_MANAGER.code]
    giving_accounts.give_account(store, signed.manager, boss.id, BETTER)
    change_set_up(
        store, signed.manager, Edit(write=(replace(lin, roles=frozenset({Role.PRESCRIBER})),)), anyway=True
    )


def test_whose_account_was_closed_takes_no_emergency_access(signed):
    store, maya = signed.store, signed.clinic.maya
    taken = emergency_access.emergency(store, "front", maya.id, "fire")  # has no account, as others here
    assert taken.person_id == maya.id
    giving_accounts.give_account(store, signed.manager, maya.id, BETTER)
    giving_accounts.close_account(store, signed.manager, maya.id)
    assert accounts.closed_accounts(store) == {maya.id}
    with pytest.raises(Refusal) as told:
        emergency_access.emergency(store, "front", maya.id, "fire")
    assert maya.name in str(told.value)
    giving_accounts.give_account(store, signed.manager, maya.id, BETTER)
    assert emergency_access.emergency(store, "front", maya.id, "fire").until is not None

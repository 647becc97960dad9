"""The phone's six digits beside the password: asked at sign-in, accepted once, gone with a new password."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.errors import BadInput, EnvironmentFailure, Refusal
from clinic_desktop.foundation.secrets import Secret
from clinic_desktop.scheduling.model import Clinic
from clinic_desktop.security import account_rules as rules
from clinic_desktop.security import accounts, giving_accounts, own_account, second_factor, tries
from clinic_desktop.security.account import Account
from clinic_desktop.security.tries import FactorNeeded, FactorWanted, NotLetIn, OwnPasswordWanted
from clinic_desktop.storage import check
from clinic_desktop.storage.account_guard import TWICE
from tests.accounts import with_own_password
from tests.security.conftest import BETTER, GOOD, Signed
from tests.storage.conftest import beside

SECRET = b"12345678901234567890"  # that of the standard's own examples


def account(signed: Signed, staff_id: int | None = None) -> Account:
    with signed.store.read() as records:
        (found,) = records.find(Account, staff_id=staff_id or signed.lin.id)
        return found


def shown(signed: Signed, steps: int = 0) -> str:
    """What the phone shows, some steps from now."""
    return second_factor.code_at(SECRET, second_factor.step_of(signed.clinic.clock.now()) + steps)


def turned_on(signed: Signed) -> None:
    own_account.turn_on_factor(signed.store, signed.manager, GOOD, SECRET, shown(signed))
    signed.wait(minutes=1)


def let_in(signed: Signed, code: str = "", password: str = GOOD) -> Actor:
    return accounts.sign_in(signed.store, "front", signed.lin.id, password, code)


def refused(signed: Signed, code: str, password: str = GOOD) -> NotLetIn:
    with pytest.raises(NotLetIn) as told:
        let_in(signed, code, password)
    return told.value


def asks(signed: Signed, *roles: Role) -> None:
    with signed.store.write(PROGRAM) as unit:
        there = unit.get(Clinic, 1)
        unit.save(replace(there, policies=replace(there.policies, factor_roles=frozenset(roles))))
        unit.commit()


@pytest.mark.parametrize(
    ("seconds", "digits"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"),
     (2000000000, "279037"), (20000000000, "353130")],
)  # fmt: skip
def test_the_digits_are_those_of_the_standard(seconds, digits):
    """RFC 6238, appendix B, for SHA-1; the last six of its eight."""
    at = datetime.fromtimestamp(seconds, UTC)
    assert second_factor.code_at(SECRET, second_factor.step_of(at)) == digits
    assert second_factor.matching_step(SECRET, f"{digits[:3]} {digits[3:]}", at) == seconds // 30


def test_a_phone_may_be_off_by_one_step_and_a_code_counts_once():
    at = datetime(2026, 11, 16, 15, 0, 10, tzinfo=UTC)
    now = second_factor.step_of(at)
    found = {off: second_factor.matching_step(SECRET, second_factor.code_at(SECRET, now + off), at)
             for off in (-2, -1, 0, 1, 2)}  # fmt: skip
    assert found == {-2: None, -1: now - 1, 0: now, 1: now + 1, 2: None}
    code = second_factor.code_at(SECRET, now)
    assert second_factor.matching_step(SECRET, code, at, now - 1) == now
    assert second_factor.matching_step(SECRET, code, at, now) is None
    for typed in ("", code[:5], f"{code}0", "abcdef", "١٢٣٤٥٦"):
        assert second_factor.matching_step(SECRET, typed, at) is None


def test_what_the_phone_shares_opens_with_the_password_alone():
    kept = second_factor.sealed(SECRET, GOOD, 3)
    assert second_factor.opened(kept, GOOD, 3) == SECRET
    moved = second_factor.resealed(kept, GOOD, BETTER, 3)
    assert second_factor.opened(moved, BETTER, 3) == SECRET
    assert SECRET.hex() not in kept.value
    dear = Secret(kept.value.replace("$m=", "$m=9999"))
    others = [(one, GOOD, 3) for one in (Secret(kept.value[:-2]), Secret("x"), dear)]
    for wrong in ((kept, BETTER, 3), (kept, GOOD, 4), *others):
        with pytest.raises(EnvironmentFailure, match="cannot be read"):
            second_factor.opened(*wrong)
    assert second_factor.spelled(SECRET) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"


def test_the_digits_are_asked_after_the_password_and_count_once(signed):
    with pytest.raises(BadInput):
        own_account.turn_on_factor(signed.store, signed.manager, GOOD, SECRET, shown(signed, 5))
    assert let_in(signed)  # nothing was turned on
    turned_on(signed)
    assert isinstance(refused(signed, ""), FactorWanted)
    assert type(refused(signed, "", "not the password")) is NotLetIn  # the same words as for everybody
    signed.wait(minutes=1)
    code = shown(signed)
    assert let_in(signed, code) == signed.manager
    assert [one.code for one in refused(signed, code).findings] == [rules.FACTOR_NOT_RIGHT.code]
    signed.wait(minutes=1)
    let_in(signed, shown(signed))
    assert check.findings(signed.store.where) == []
    with pytest.raises(Refusal):
        own_account.turn_on_factor(signed.store, signed.manager, GOOD, SECRET, shown(signed))


def test_wrong_digits_count_in_the_wait_also_between_right_passwords(signed):
    turned_on(signed)
    for _ in range(2):
        assert refused(signed, "000000").wait == timedelta()
        assert isinstance(refused(signed, ""), FactorWanted)
    assert refused(signed, "000000").wait == timedelta(seconds=15)
    assert refused(signed, shown(signed)).wait == timedelta(seconds=15)
    signed.wait(seconds=15)
    let_in(signed, shown(signed))
    assert account(signed).failures == 0


def test_a_pin_changes_places_as_before_where_password_and_digits_were_given(signed):
    own_account.set_pin(signed.store, signed.manager, GOOD, "7391")
    turned_on(signed)
    let_in(signed, shown(signed))
    assert accounts.switch(signed.store, "front", signed.lin.id, "7391") == signed.manager
    with pytest.raises(FactorWanted):
        accounts.sign_in(signed.store, "floor", signed.lin.id, GOOD)
    with pytest.raises(NotLetIn):  # the password alone has not opened that desk
        accounts.switch(signed.store, "floor", signed.lin.id, "7391")


def pin_needs_password(signed: Signed, desk: str) -> None:
    with pytest.raises(NotLetIn) as told:
        accounts.switch(signed.store, desk, signed.lin.id, "7391")
    assert told.value.needs_password
    (known,) = accounts.accounts(signed.store)
    assert not known.by_pin(desk, signed.clinic.clock.now())  # it is not even asked for


def test_the_pin_does_not_go_round_it_where_the_password_alone_was_given_before(signed):
    own_account.set_pin(signed.store, signed.manager, GOOD, "7391")
    accounts.sign_in(signed.store, "floor", signed.lin.id, GOOD)
    turned_on(signed)
    pin_needs_password(signed, "floor")
    assert accounts.switch(signed.store, "front", signed.lin.id, "7391") == signed.manager
    accounts.sign_in(signed.store, "floor", signed.lin.id, GOOD, shown(signed))
    accounts.switch(signed.store, "floor", signed.lin.id, "7391")


def test_the_pin_does_not_go_round_one_that_a_role_asks_for(signed):
    own_account.set_pin(signed.store, signed.manager, GOOD, "7391")
    accounts.switch(signed.store, "front", signed.lin.id, "7391")
    asks(signed, Role.MANAGER)
    pin_needs_password(signed, "front")
    assert isinstance(refused(signed, ""), FactorNeeded)
    pin_needs_password(signed, "front")
    accounts.choose_factor(signed.store, "floor", signed.lin.id, GOOD, SECRET, shown(signed))
    accounts.switch(signed.store, "floor", signed.lin.id, "7391")
    pin_needs_password(signed, "front")  # the password alone was given there


def test_while_somebody_waits_the_trail_does_not_tell_that_the_password_was_right(signed):
    turned_on(signed)
    for _ in range(3):
        refused(signed, "123456", "not the password")
    for password in ("not the password", GOOD):
        assert refused(signed, shown(signed), password).wait == timedelta(seconds=15)
    asked = "SELECT person_id, roles, after FROM audit WHERE action = 'not let in' ORDER BY id DESC LIMIT 2"
    with signed.store.read() as records:
        right, wrong = (tuple(row) for row in records.rows(asked))
    assert right == wrong


def test_while_somebody_waits_a_right_password_takes_as_long_as_a_wrong_one(signed, monkeypatch):
    """Opening what the phone shares takes as long as comparing a password does."""
    turned_on(signed)
    wrong = "not the password"
    for _ in range(3):
        refused(signed, "", wrong)
    tried, real = [], tries.opened

    def watched(kept: Secret, password: str, staff_id: int) -> bytes:
        tried.append(password)
        return real(kept, password, staff_id)

    monkeypatch.setattr(tries, "opened", watched)
    for code in ("", "000000"):
        for password in (wrong, GOOD):
            assert refused(signed, code, password).wait == timedelta(seconds=15)
    assert tried == [wrong, GOOD]


def test_another_password_keeps_it_and_the_code_or_a_manager_takes_it_away_on_record(signed):
    turned_on(signed)
    own_account.set_password(signed.store, signed.manager, GOOD, BETTER)
    assert isinstance(refused(signed, "", BETTER), FactorWanted)
    let_in(signed, shown(signed), BETTER)
    own_account.recover(signed.store, "front", signed.lin.id, signed.code.grouped, GOOD)
    assert let_in(signed) == signed.manager
    maya = signed.clinic.maya
    nurse = with_own_password(signed.store, signed.manager, maya.id, BETTER, "front")
    own_account.turn_on_factor(signed.store, nurse, BETTER, SECRET, shown(signed))
    giving_accounts.reset_password(signed.store, signed.manager, maya.id, GOOD)
    assert not account(signed, maya.id).factor
    with pytest.raises(OwnPasswordWanted):
        accounts.sign_in(signed.store, "front", maya.id, GOOD)
    assert accounts.choose_password(signed.store, "front", maya.id, GOOD, BETTER) == nurse
    with signed.store.read() as records:
        because = [row[0] for row in records.rows("SELECT DISTINCT reason FROM audit")]
    assert "new password by the recovery code, without the second factor" in because
    assert f"new password for {maya.name}, without the second factor" in because


def test_it_is_turned_off_by_password_and_digits_unless_a_role_asks_for_it(signed):
    turned_on(signed)
    with pytest.raises(FactorWanted):
        own_account.turn_off_factor(signed.store, signed.manager, GOOD, "")
    with pytest.raises(NotLetIn):
        own_account.turn_off_factor(signed.store, signed.manager, GOOD, "000000")
    asks(signed, Role.MANAGER)
    with pytest.raises(Refusal) as told:
        own_account.turn_off_factor(signed.store, signed.manager, GOOD, shown(signed))
    assert [one.code for one in told.value.findings] == [rules.FACTOR_STAYS.code]
    asks(signed)
    own_account.turn_off_factor(signed.store, signed.manager, GOOD, shown(signed))
    let_in(signed)


def test_a_role_that_asks_for_it_opens_nothing_before_it_is_set_up(signed):
    store, lin = signed.store, signed.lin
    asks(signed, Role.MANAGER)
    before = account(signed).signed_in_at
    with pytest.raises(FactorNeeded):
        accounts.sign_in(store, "floor", lin.id, GOOD)
    assert account(signed).signed_in_at == before
    with pytest.raises(BadInput):
        accounts.choose_factor(store, "floor", lin.id, GOOD, SECRET, "000000")
    with pytest.raises(NotLetIn):
        accounts.choose_factor(store, "floor", lin.id, BETTER, SECRET, shown(signed))
    assert accounts.choose_factor(store, "floor", lin.id, GOOD, SECRET, shown(signed)).desk == "floor"
    with pytest.raises(Refusal):  # whoever has the password alone puts no other phone in its place
        accounts.choose_factor(store, "floor", lin.id, GOOD, second_factor.new_secret(), shown(signed))
    maya = signed.clinic.maya
    asks(signed, Role.NURSE)
    giving_accounts.give_account(store, signed.manager, maya.id, BETTER)
    with pytest.raises(FactorNeeded):
        accounts.choose_password(store, "front", maya.id, BETTER, GOOD)
    there = account(signed, maya.id)
    assert (there.given, there.signed_in_at) == (False, ())
    assert accounts.choose_factor(store, "front", maya.id, GOOD, SECRET, shown(signed)).person_id == maya.id


def test_nothing_of_it_is_in_the_trail(signed):
    turned_on(signed)
    refused(signed, "000000")
    code = shown(signed)
    let_in(signed, code)
    with signed.store.read() as records:
        trail = str(records.rows("SELECT before, after, reason FROM audit"))
    for secret in (SECRET.hex(), second_factor.spelled(SECRET).replace(" ", ""), code, "000000",
                   account(signed).factor.value):  # fmt: skip
        assert secret not in trail
    assert "password and code" in trail
    assert "the code is asked for" not in trail
    refused(signed, "")
    with signed.store.read() as records:
        assert "the code is asked for" in str(records.rows("SELECT after FROM audit"))


def test_the_database_takes_no_plain_secret_and_no_code_twice(signed):
    turned_on(signed)
    with beside(signed.store.where) as direct:
        assert "sealed" in direct.refused("UPDATE account SET factor = '3132333435363738393031323334'")
        assert TWICE in direct.refused("UPDATE account SET factor_step = factor_step - 1 WHERE factor <> ''")


def without_it_by(signed: Signed, how: str) -> None:
    if how == "turned off":
        own_account.turn_off_factor(signed.store, signed.manager, GOOD, shown(signed))
    else:
        own_account.recover(signed.store, "front", signed.lin.id, signed.code.grouped, GOOD)


@pytest.mark.parametrize("how", ["turned off", "recovered"])
def test_who_had_it_once_is_given_a_new_password_and_an_account_again(signed, how):
    turned_on(signed)
    without_it_by(signed, how)
    maya = signed.clinic.maya
    with signed.store.write(PROGRAM) as unit:
        unit.save(replace(maya, roles=maya.roles | {Role.MANAGER}))
        unit.commit()
    other = with_own_password(signed.store, signed.manager, maya.id, BETTER, "front")
    used = account(signed).factor_step
    assert used
    giving_accounts.reset_password(signed.store, other, signed.lin.id, BETTER)
    assert account(signed).given
    giving_accounts.close_account(signed.store, other, signed.lin.id)
    giving_accounts.give_account(signed.store, other, signed.lin.id, GOOD)
    assert accounts.choose_password(signed.store, "front", signed.lin.id, GOOD, BETTER) == signed.manager
    assert account(signed).factor_step == used  # and the trail says of no code that it was used
    assert check.findings(signed.store.where) == []
    own_account.turn_on_factor(signed.store, signed.manager, BETTER, SECRET, shown(signed))
    signed.wait(minutes=1)
    assert let_in(signed, shown(signed), BETTER)

"""One's own account: its password, PIN, second factor and recovery code, changed by whoever has them."""

from dataclasses import replace

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.errors import BadInput, Refusal, StaleEdit
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.secrets import NOTHING, Secret
from clinic_desktop.security import account_rules as rules
from clinic_desktop.security.account import Account
from clinic_desktop.security.hashing import hashed, matches
from clinic_desktop.security.passwords import must_be_good, must_be_pin
from clinic_desktop.security.ports import AccountSetup, AccountStore, AccountUnit
from clinic_desktop.security.recovery_code import RecoveryCode, read_code
from clinic_desktop.security.rights import Right, require
from clinic_desktop.security.second_factor import matching_step, resealed, sealed
from clinic_desktop.security.tries import By, Then, needs_factor, one_try, person_and_account


def prove(store: AccountStore, actor: Actor, password: str) -> None:
    """Raise :class:`NotLetIn` unless this is the password of whoever sits there; counted as in signing in."""
    one_try(store, actor.desk, actor.person_id, (By.PASSWORD, password))


def set_password(store: AccountStore, actor: Actor, old: str, new: str) -> Actor:
    """Change one's own password; the old one is asked, and counted like a try to sign in. On other computers
    the PIN is not enough any more. Answers who is here by the new one."""
    fresh = own_password(store, actor.person_id, old, new)
    with store.read() as records:
        _, seen = person_and_account(records, actor.person_id)
    right = seen is not None and matches(old, seen.password.value)
    factor = resealed(seen.factor, old, new, actor.person_id) if right and seen is not None else NOTHING

    def changed(unit: AccountUnit, account: Account) -> Account:
        unit.because("new password")
        if seen is None or (account.password, account.factor) != (seen.password, seen.factor):
            raise StaleEdit("account", account.id)
        account = _here_alone(account, actor.desk)
        return replace(account, password=fresh, given=False, factor=factor)

    return one_try(store, actor.desk, actor.person_id, (By.PASSWORD, old), changed, given_counts=True)


def own_password(store: AccountStore, staff_id: int, old: str, new: str) -> Secret:
    """A password of one's own in the place of another."""
    must_be_good_for(store, staff_id, new)
    if new == old:
        raise BadInput({"password": Finding(rules.PASSWORD_SAME)})
    return Secret(hashed(new))


def turn_on_factor(store: AccountStore, actor: Actor, password: str, secret: bytes, code: str) -> None:
    """A second factor for one's own account; the password is asked, and a code of the phone with the secret.
    On other computers, where the password alone was given, the PIN is not enough any more.

    Raises :class:`NotLetIn`, :class:`BadInput` for a code of another secret.
    """
    with_factor = new_factor(actor.person_id, actor.desk, password, secret, code)
    one_try(store, actor.desk, actor.person_id, (By.PASSWORD, password), with_factor)


def turn_off_factor(store: AccountStore, actor: Actor, password: str, code: str) -> None:
    """No second factor any more; the password is asked and the phone's code. Raises :class:`Refusal` where a
    role of theirs asks for one."""

    def gone(unit: AccountUnit, account: Account) -> Account:
        unit.because("no second factor")
        if needs_factor(unit, account.staff_id):
            raise Refusal([Finding(rules.FACTOR_STAYS)])
        if not account.factor:
            raise Refusal([Finding(rules.FACTOR_OFF)])
        return replace(account, factor=NOTHING)

    one_try(store, actor.desk, actor.person_id, (By.PASSWORD, password), gone, code=code)


def new_factor(staff_id: int, desk: str, password: str, secret: bytes, code: str) -> Then:
    """What sets up a second factor in an account at a desk; ``code``: of the phone that has the secret."""
    kept = sealed(secret, password, staff_id)

    def with_factor(unit: AccountUnit, account: Account) -> Account:
        unit.because("second factor")
        if account.factor:
            raise Refusal([Finding(rules.FACTOR_ON)])
        step = matching_step(secret, code, unit.at)
        if step is None:
            raise BadInput({"code": Finding(rules.FACTOR_FORM)})
        return replace(_here_alone(account, desk), factor=kept, factor_step=step)

    return with_factor


def _here_alone(account: Account, desk: str) -> Account:
    """The PIN counts at this desk and at no other."""
    return replace(account, signed_in_at=tuple(one for one in account.signed_in_at if one[0] == desk))


def set_pin(store: AccountStore, actor: Actor, password: str, pin: str) -> None:
    """Set one's own PIN, or take it away (""); the password is asked."""
    if pin:
        must_be_pin(pin)
    fresh = Secret(hashed(pin)) if pin else NOTHING

    def changed(unit: AccountUnit, account: Account) -> Account:
        unit.because("new PIN" if pin else "no PIN")
        return replace(account, pin=fresh, pin_failures=0)

    one_try(store, actor.desk, actor.person_id, (By.PASSWORD, password), changed)


def keep_code(store: AccountStore, actor: Actor, password: str, code: RecoveryCode) -> None:
    """A manager's recovery code, once they typed it back: from now on it counts, and no other. One that was
    shown and not typed back may stand on no paper, so it counts for nothing."""
    require(actor, Right.SET_UP)
    fresh = Secret(hashed(code.letters))

    def changed(unit: AccountUnit, account: Account) -> Account:
        unit.because("new recovery code")
        return replace(account, recovery=fresh)

    one_try(store, actor.desk, actor.person_id, (By.PASSWORD, password), changed)


def recover(store: AccountStore, desk: str, staff_id: int, code: str, new: str) -> None:
    """A new password by the printed code, which is used up; :func:`keep_code` is for the next one. The PIN
    and the second factor go, as by a password that a manager gives: who knows them may be somebody else.

    Raises :class:`BadInput` for a slip of the code, which is no try, and :class:`NotLetIn`.
    """
    typed = read_code(code)
    must_be_good_for(store, staff_id, new)
    fresh = Secret(hashed(new))

    def changed(unit: AccountUnit, account: Account) -> Account:
        without = ", without the second factor" if account.factor else ""
        unit.because(f"new password by the recovery code{without}")
        return replace(
            account, password=fresh, pin=NOTHING, recovery=NOTHING, pin_failures=0, signed_in_at=(),
            given=False, factor=NOTHING,
        )  # fmt: skip

    one_try(store, desk, staff_id, (By.CODE, typed.letters), changed)


def must_be_good_for(store: AccountStore, staff_id: int, password: str) -> None:
    """Raise :class:`BadInput` unless it is a good password for somebody, by their name and the clinic's."""
    with store.read() as records:
        setup = records.setup()
    _good_for(setup, staff_id, password)


def _good_for(setup: AccountSetup, staff_id: int, password: str) -> None:
    names = [one.name for one in setup.staff if one.id == staff_id]
    must_be_good(password, [*names, setup.clinic.name])

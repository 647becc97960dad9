"""Accounts: who may sign in, how, and what happens when it was not right.

A try is judged under the lock of the account's row, in one transaction: two desks that try at once are
counted one after the other, and what the second typed is not looked at while it has to wait. The costly
comparison is made before, so nobody waits for it, and it takes as long where there is no account.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import BadInput, ClinicProblem, Refusal, StaleEdit
from clinic_desktop.foundation.message import Message
from clinic_desktop.foundation.rulebook import Finding, Rule
from clinic_desktop.foundation.secrets import NOTHING, Secret
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.security import account_rules as rules
from clinic_desktop.security.account import Account
from clinic_desktop.security.hashing import hashed, is_weaker, matches
from clinic_desktop.security.lock_out import PIN_TRIES, still_to_wait
from clinic_desktop.security.passwords import must_be_good, must_be_pin
from clinic_desktop.security.ports import (
    AccountRecords,
    AccountSetup,
    AccountStore,
    AccountUnit,
    OnlyLookedAt,
    Person,
)
from clinic_desktop.security.recovery_code import RecoveryCode, new_code, read_code
from clinic_desktop.security.rights import Right, require
from clinic_desktop.security.second_factor import matching_step, opened, resealed, sealed

KIND = "staff"  # what the trail's rows of signing in are about


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who can sign in. pin_until: desk -> until when the PIN counts there. given: the password was
    chosen by somebody else, and lets nobody in before it is changed."""

    person: Person
    has_password: bool
    has_pin: bool
    pin_until: dict[str, datetime] = field(default_factory=dict)
    given: bool = False
    has_factor: bool = False
    pin_lasts: timedelta = timedelta()

    def by_pin(self, desk: str, now: datetime) -> bool:
        """Whether the PIN counts at a desk; else the password is asked."""
        until = self.pin_until.get(desk)
        # Nor while the clock stands before the hour at which the password was given: it was set back since.
        return self.has_pin and until is not None and until - self.pin_lasts <= now < until


class NotLetIn(ClinicProblem):
    """Signing in failed. wait: how long the next try with a password is refused. needs_password: the PIN does
    not count here."""

    def __init__(self, said: Finding, wait: timedelta = timedelta(), *, needs_password: bool = False) -> None:
        self.wait, self.needs_password = wait, needs_password
        super().__init__([said])


class OwnPasswordWanted(NotLetIn):
    """The password is right, and somebody else chose it: nothing opens before :func:`choose_password`."""

    def __init__(self) -> None:
        super().__init__(Finding(rules.PASSWORD_GIVEN))


class FactorWanted(NotLetIn):
    """The password is right, and the phone's code is asked for with it."""

    def __init__(self) -> None:
        super().__init__(Finding(rules.FACTOR_WANTED))


class FactorNeeded(NotLetIn):
    """The password is right, and one of the person's roles asks for a second factor that they have not got:
    nothing opens before :func:`choose_factor`."""

    def __init__(self) -> None:
        super().__init__(Finding(rules.FACTOR_NEEDED))


_WHY: Mapping[type[NotLetIn], str] = {
    OwnPasswordWanted: "given by a manager, to be changed first",
    FactorWanted: "the code is asked for",
    FactorNeeded: "a second factor is to be set up first",
}


class _By(StrEnum):
    PASSWORD = "password"  # noqa: S105 - the name of a means
    PIN = "PIN"
    CODE = "recovery code"


_WRONG = {_By.PASSWORD: rules.NOT_RIGHT, _By.PIN: rules.PIN_NOT_RIGHT, _By.CODE: rules.CODE_NOT_RIGHT}
_Then = Callable[[AccountUnit, Account], Account]


# ---- who there is ----


def accounts(store: AccountStore) -> list[Known]:
    """Who can sign in, by name; nobody in a clinic without accounts."""
    with store.read() as records:
        setup = records.setup()
        found = {one.staff_id: one for one in records.find(Account, active=True)}
    hours = timedelta(hours=setup.clinic.policies.pin_hours)
    people = sorted((one for one in setup.staff if one.active and one.id in found), key=lambda one: one.name)
    return [_known(one, found[one.id], hours) for one in people]


def _known(person: Person, account: Account, hours: timedelta) -> Known:
    left = account.pin_failures < PIN_TRIES
    until = {desk: at + hours for desk, at in account.signed_in_at} if left else {}
    return Known(
        person, bool(account.password), bool(account.pin), until, account.given, bool(account.factor), hours
    )


def renewed(store: AccountStore, actor: Actor) -> Actor:
    """Whoever is signed in, with the roles they have now. Raises :class:`NotLetIn` when they may no longer be
    here, as :class:`OwnPasswordWanted` since a manager gave another password: asked when staff or accounts
    changed."""
    with store.read() as records:
        person, account = _asked(records, actor.person_id)
    if person is None or (account is None and actor.until is None):
        raise NotLetIn(Finding(rules.NOT_RIGHT))
    if account is not None and account.given and actor.until is None:
        raise OwnPasswordWanted
    return actor if actor.until is not None else replace(actor, roles=person.roles)


# ---- in and out ----


def sign_in(store: AccountStore, desk: str, staff_id: int, password: str, code: str = "") -> Actor:
    """Let somebody in by the password, and the phone's ``code`` where they have a second factor.

    Raises :class:`NotLetIn`: as :class:`OwnPasswordWanted` for a password that a manager gave, as
    :class:`FactorWanted` where the code is missing, as :class:`FactorNeeded` where a role asks for one.
    """
    if isinstance(store, OnlyLookedAt):
        return _looked_in(store, desk, staff_id, (password, code))

    def entered(unit: AccountUnit, account: Account) -> Account:
        if is_weaker(account.password.value):
            account = replace(account, password=Secret(hashed(password)))
        return _signed_in(unit, account, desk)

    return _tried(store, desk, staff_id, (_By.PASSWORD, password), entered, code=code)


def choose_password(store: AccountStore, desk: str, staff_id: int, given: str, new: str) -> Actor:
    """Let somebody in by a password that a manager gave, which one of their own replaces in the same go.

    Raises :class:`NotLetIn`, and :class:`BadInput` for a password that is none.
    """
    fresh = _own(store, staff_id, given, new)

    def chosen(unit: AccountUnit, account: Account) -> Account:
        unit.because("own password")
        return _signed_in(unit, replace(account, password=fresh, given=False), desk)

    return _tried(store, desk, staff_id, (_By.PASSWORD, given), chosen, given_counts=True, code="")


def choose_factor(
    store: AccountStore, desk: str, staff_id: int, password: str, secret: bytes, code: str
) -> Actor:
    """Let somebody in who sets up the second factor that a role of theirs asks for. ``code``: of the phone
    that has the secret.

    Raises :class:`NotLetIn`, :class:`BadInput` for a code of another secret.
    """

    def chosen(unit: AccountUnit, account: Account) -> Account:
        return _signed_in(unit, with_factor(unit, account), desk)

    with_factor = _new_factor(staff_id, password, secret, code)
    return _tried(store, desk, staff_id, (_By.PASSWORD, password), chosen)


def _signed_in(unit: AccountUnit, account: Account, desk: str) -> Account:
    since = unit.at - timedelta(hours=unit.setup().clinic.policies.pin_hours)
    others = (one for one in account.signed_in_at if one[0] != desk and since < one[1] <= unit.at)
    return replace(account, pin_failures=0, signed_in_at=(*others, (desk, unit.at)))


def switch(store: AccountStore, desk: str, staff_id: int, pin: str) -> Actor:
    """Let somebody in by the PIN, where they gave the password not long ago. Raises :class:`NotLetIn`."""
    if isinstance(store, OnlyLookedAt):
        raise NotLetIn(Finding(rules.PASSWORD_NEEDED), needs_password=True)
    return _tried(store, desk, staff_id, (_By.PIN, pin), lambda _unit, account: account)


def sign_out(store: AccountStore, actor: Actor) -> None:
    """Somebody left the desk."""
    _witnessed(store, actor, Deed.SIGNED_OUT)


def locked(store: AccountStore, actor: Actor) -> None:
    """The desk was locked, by hand or because nobody touched it."""
    _witnessed(store, actor, Deed.LOCKED)


def unlocked(store: AccountStore, actor: Actor) -> None:
    """Whoever had locked it is back; :func:`sign_in` or :func:`switch` let them in."""
    _witnessed(store, actor, Deed.UNLOCKED)


def _looked_in(store: OnlyLookedAt, desk: str, staff_id: int, typed: tuple[str, str]) -> Actor:
    """By the password, of a clinic that nothing can be written to: no trail has it, and wrong tries are
    counted as long as it is open, on top of those that are written down. typed: password and code."""
    with store.read() as records:
        person, seen = _asked(records, staff_id)
        asks_for_factor = _needs_factor(records, staff_id)
    now = store.clock.now()
    before = store.tries.get(staff_id) or ((seen.failures, seen.last_failure) if seen else (0, None))
    failures, last = before[0], min(before[1], now) if before[1] else None
    if wait := still_to_wait(failures, last, now):
        store.tries[staff_id] = failures, last or now  # where the clock was set back it begins anew, once
        raise NotLetIn(waiting(wait), wait)
    store.tries[staff_id] = failures + 1, now  # counted before it is judged
    password, code = typed
    wrong: Rule | None = rules.NOT_RIGHT
    if matches(password, _kept(seen, _By.PASSWORD).value) and seen is not None and person is not None:
        if seen.given or (asks_for_factor and not seen.factor):
            raise NotLetIn(Finding(rules.SETTLED_ELSEWHERE))
        if seen.factor and not code:
            store.tries[staff_id] = failures, last or now
            raise FactorWanted
        wrong = None if _shown_now(store, seen, password, code) else rules.FACTOR_NOT_RIGHT
    if wrong is not None or person is None:
        wait = still_to_wait(failures + 1, now, now)
        raise NotLetIn(waiting(wait) if wait else Finding(wrong or rules.NOT_RIGHT), wait)
    store.tries[staff_id] = 0, now
    return Actor(staff_id, person.roles, desk)


def _shown_now(store: OnlyLookedAt, account: Account, password: str, code: str) -> bool:
    """Whether the code is the phone's and was not used yet, where the account has a second factor at all."""
    if not account.factor:
        return True
    who = account.staff_id
    used = max(account.factor_step, store.steps.get(who, 0))
    step = matching_step(opened(account.factor, password, who), code, store.clock.now(), used)
    if step is not None:
        store.steps[who] = step
    return step is not None


def _witnessed(store: AccountStore, actor: Actor, deed: Deed) -> None:
    if isinstance(store, OnlyLookedAt):
        return  # there is nowhere to keep it
    with store.write(actor) as unit:
        unit.witness(deed, KIND, actor.person_id)
        unit.commit()


def _asked(records: AccountRecords, staff_id: int) -> tuple[Person | None, Account | None]:
    """Somebody who works here, with the account that they may use."""
    person = next((one for one in records.setup().staff if one.id == staff_id and one.active), None)
    found = records.find(Account, staff_id=staff_id, active=True) if person else []
    return person, found[0] if found else None


def _tried(
    store: AccountStore,
    desk: str,
    staff_id: int,
    typed: tuple[_By, str],
    then: _Then | None = None,
    *,
    given_counts: bool = False,
    code: str | None = None,
) -> Actor:
    """Judge one try, keep it in the trail, and let in or raise :class:`NotLetIn`. ``then``: what else changes
    in the account of somebody who is let in. given_counts: also by a password of a manager's choice. code: of
    the second factor; None where whoever it is was let in already."""
    by, secret = typed
    with store.read() as records:
        person, seen = _asked(records, staff_id)
    right = matches(secret, _kept(seen, by).value)
    actor = Actor(staff_id, person.roles, desk) if right and person else Actor(0, frozenset(), desk)
    asked = seen is not None and seen.factor and right and code is not None
    factor = opened(seen.factor, secret, staff_id) if asked and seen is not None else b""
    with store.write(actor) as unit:
        no: NotLetIn | None = NotLetIn(Finding(_WRONG[by]))
        if seen is not None:
            account = unit.hold(Account, seen.id)
            right = right and account.active and _kept(account, by) == _kept(seen, by)
            right = right and account.factor == seen.factor
            after, no = _judged(unit, account, (by, desk), right)
            if no is None and by is _By.PASSWORD and account.given and not given_counts:
                no = OwnPasswordWanted()
            if no is None and code is not None and account.factor:
                after, no = _by_factor(unit, account, after, (factor, code))
            if no is None and then is not None:
                after = then(unit, after)
            if no is None and code is not None and not after.factor and _needs_factor(unit, staff_id):
                after, no = replace(after, signed_in_at=account.signed_in_at), FactorNeeded()
            if after != account:
                unit.save(after)
        about = {"by": f"{by} and code" if factor and code else str(by)}
        if no is not None and (why := _WHY.get(type(no))):
            about["why"] = why
        unit.witness(Deed.NOT_LET_IN if no else Deed.SIGNED_IN, KIND, staff_id, about)
        unit.commit()
    if no is not None:
        raise no
    return actor


def _kept(account: Account | None, by: _By) -> Secret:
    if account is None:
        return NOTHING
    return {_By.PASSWORD: account.password, _By.PIN: account.pin, _By.CODE: account.recovery}[by]


def _judged(
    unit: AccountUnit, account: Account, where: tuple[_By, str], right: bool
) -> tuple[Account, NotLetIn | None]:
    by, desk = where
    now = unit.at
    if by is _By.PIN:
        until = _known_here(unit, account)
        if not until.by_pin(desk, now):
            return account, NotLetIn(Finding(rules.PASSWORD_NEEDED), needs_password=True)
        if right:
            return replace(account, pin_failures=0), None
        tries = account.pin_failures + 1
        return replace(account, pin_failures=tries), NotLetIn(
            Finding(rules.PIN_NOT_RIGHT), needs_password=tries >= PIN_TRIES
        )
    if account.last_failure is not None and account.last_failure > now:
        account = replace(account, last_failure=now)  # the clock was set back: the wait begins anew, once
    if wait := still_to_wait(account.failures, account.last_failure, now):
        return account, NotLetIn(waiting(wait), wait)
    if right:
        return replace(account, failures=0, last_failure=None), None
    tried = replace(account, failures=account.failures + 1, last_failure=now)
    wait = still_to_wait(tried.failures, now, now)
    return tried, NotLetIn(waiting(wait) if wait else Finding(_WRONG[by]), wait)


def _by_factor(
    unit: AccountUnit, before: Account, after: Account, typed: tuple[bytes, str]
) -> tuple[Account, NotLetIn | None]:
    """Whether somebody whose password was right is let in. typed: the secret of the second factor, and the
    code."""
    secret, code = typed
    if not code:
        return before, FactorWanted()  # the tries that failed stay counted: a stolen password frees no guess
    step = matching_step(secret, code, unit.at, before.factor_step)
    if step is not None:
        return replace(after, factor_step=step), None
    tried = replace(before, failures=before.failures + 1, last_failure=unit.at)
    wait = still_to_wait(tried.failures, unit.at, unit.at)
    return tried, NotLetIn(waiting(wait) if wait else Finding(rules.FACTOR_NOT_RIGHT), wait)


def _needs_factor(records: AccountRecords, staff_id: int) -> bool:
    setup = records.setup()
    asked = setup.clinic.policies.factor_roles
    return any(one.roles & asked for one in setup.staff if one.id == staff_id)


def _known_here(unit: AccountUnit, account: Account) -> Known:
    setup = unit.setup()
    person = next(one for one in setup.staff if one.id == account.staff_id)
    return _known(person, account, timedelta(hours=setup.clinic.policies.pin_hours))


def waiting(wait: timedelta) -> Finding:
    """How long the next try is refused, in words."""
    seconds = int(wait.total_seconds())
    if seconds < 90:
        return Finding(rules.WAIT_SECONDS, {"seconds": seconds})
    return Finding(rules.WAIT_MINUTES, {"minutes": -(-seconds // 60)})


# ---- one's own account ----


def prove(store: AccountStore, actor: Actor, password: str) -> None:
    """Raise :class:`NotLetIn` unless this is the password of whoever sits there; counted as in signing in."""
    _tried(store, actor.desk, actor.person_id, (_By.PASSWORD, password))


def set_password(store: AccountStore, actor: Actor, old: str, new: str) -> None:
    """Change one's own password; the old one is asked, and counted like a try to sign in."""
    fresh = _own(store, actor.person_id, old, new)
    with store.read() as records:
        _, seen = _asked(records, actor.person_id)
    right = seen is not None and matches(old, seen.password.value)
    factor = resealed(seen.factor, old, new, actor.person_id) if right and seen is not None else NOTHING

    def changed(unit: AccountUnit, account: Account) -> Account:
        unit.because("new password")
        if seen is None or (account.password, account.factor) != (seen.password, seen.factor):
            raise StaleEdit("account", account.id)
        return replace(account, password=fresh, given=False, factor=factor)

    _tried(store, actor.desk, actor.person_id, (_By.PASSWORD, old), changed, given_counts=True)


def _own(store: AccountStore, staff_id: int, old: str, new: str) -> Secret:
    """A password of one's own in the place of another."""
    _must_be_good(store, staff_id, new)
    if new == old:
        raise BadInput({"password": Finding(rules.PASSWORD_SAME)})
    return Secret(hashed(new))


def turn_on_factor(store: AccountStore, actor: Actor, password: str, secret: bytes, code: str) -> None:
    """A second factor for one's own account; the password is asked, and a code of the phone with the secret.

    Raises :class:`NotLetIn`, :class:`BadInput` for a code of another secret.
    """
    with_factor = _new_factor(actor.person_id, password, secret, code)
    _tried(store, actor.desk, actor.person_id, (_By.PASSWORD, password), with_factor)


def turn_off_factor(store: AccountStore, actor: Actor, password: str, code: str) -> None:
    """No second factor any more; the password is asked and the phone's code. Raises :class:`Refusal` where a
    role of theirs asks for one."""

    def gone(unit: AccountUnit, account: Account) -> Account:
        unit.because("no second factor")
        if _needs_factor(unit, account.staff_id):
            raise Refusal([Finding(rules.FACTOR_STAYS)])
        if not account.factor:
            raise Refusal([Finding(rules.FACTOR_OFF)])
        return replace(account, factor=NOTHING)

    _tried(store, actor.desk, actor.person_id, (_By.PASSWORD, password), gone, code=code)


def _new_factor(staff_id: int, password: str, secret: bytes, code: str) -> _Then:
    kept = sealed(secret, password, staff_id)

    def with_factor(unit: AccountUnit, account: Account) -> Account:
        unit.because("second factor")
        if account.factor:
            raise Refusal([Finding(rules.FACTOR_ON)])
        step = matching_step(secret, code, unit.at)
        if step is None:
            raise BadInput({"code": Finding(rules.FACTOR_FORM)})
        return replace(account, factor=kept, factor_step=step)

    return with_factor


def set_pin(store: AccountStore, actor: Actor, password: str, pin: str) -> None:
    """Set one's own PIN, or take it away (""); the password is asked."""
    if pin:
        must_be_pin(pin)
    fresh = Secret(hashed(pin)) if pin else NOTHING

    def changed(unit: AccountUnit, account: Account) -> Account:
        unit.because("new PIN" if pin else "no PIN")
        return replace(account, pin=fresh, pin_failures=0)

    _tried(store, actor.desk, actor.person_id, (_By.PASSWORD, password), changed)


def renew_code(store: AccountStore, actor: Actor, password: str) -> RecoveryCode:
    """A new recovery code for a manager, to be printed; the old one counts no more."""
    require(actor, Right.SET_UP)
    code = new_code()
    fresh = Secret(hashed(code.letters))

    def changed(unit: AccountUnit, account: Account) -> Account:
        unit.because("new recovery code")
        return replace(account, recovery=fresh)

    _tried(store, actor.desk, actor.person_id, (_By.PASSWORD, password), changed)
    return code


def recover(store: AccountStore, staff_id: int, code: str, new: str) -> RecoveryCode:
    """A new password by the printed code, which is used up: the next one is to be printed.

    Raises :class:`BadInput` for a slip of the code, which is no try, and :class:`NotLetIn`.
    """
    typed = read_code(code)
    _must_be_good(store, staff_id, new)
    following = new_code()
    secrets = Secret(hashed(new)), Secret(hashed(following.letters))

    def changed(unit: AccountUnit, account: Account) -> Account:
        without = ", without the second factor" if account.factor else ""
        unit.because(f"new password by the recovery code{without}")
        return replace(
            account, password=secrets[0], recovery=secrets[1], pin_failures=0, signed_in_at=(), given=False,
            factor=NOTHING,
        )  # fmt: skip

    _tried(store, "", staff_id, (_By.CODE, typed.letters), changed)
    return following


def _must_be_good(store: AccountStore, staff_id: int, password: str) -> None:
    with store.read() as records:
        setup = records.setup()
    _good_for(setup, staff_id, password)


def _good_for(setup: AccountSetup, staff_id: int, password: str) -> None:
    names = [one.name for one in setup.staff if one.id == staff_id]
    must_be_good(password, [*names, setup.clinic.name])


# ---- accounts of others ----


def make_first_manager(store: AccountStore, staff_id: int, password: str) -> RecoveryCode:
    """The first account of a clinic, a manager's, with a recovery code to be printed."""
    _must_be_good(store, staff_id, password)
    code = new_code()
    made = Account(
        staff_id=staff_id, password=Secret(hashed(password)), recovery=Secret(hashed(code.letters))
    )
    with store.write(Actor(staff_id, frozenset({Role.MANAGER}))) as unit:
        unit.lock_all_days()  # two desks that set up at once come one after the other
        person = _works_here(unit.setup(), staff_id)
        if unit.find(Account):
            raise Refusal([Finding(rules.FIRST_THERE)])
        if Role.MANAGER not in person.roles:
            raise Refusal([Finding(rules.FIRST_MANAGES, {"name": person.name})])
        unit.because("first account")
        unit.add(made)
        unit.commit()
    return code


def give_account(store: AccountStore, actor: Actor, staff_id: int, password: str) -> Changes:
    """Let somebody sign in, with a password that they change. One that was closed is opened again."""
    require(actor, Right.SET_UP)
    _must_be_good(store, staff_id, password)
    secret = Secret(hashed(password))
    with store.write(actor) as unit:
        unit.lock_all_days()
        person = _works_here(unit.setup(), staff_id)
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
    _must_be_good(store, staff_id, new)
    secret = Secret(hashed(new))
    with store.write(actor) as unit:
        unit.lock_all_days()
        person = _works_here(unit.setup(), staff_id)
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


def _works_here(setup: AccountSetup, staff_id: int) -> Person:
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
    """With a password of somebody else's choice, and nothing left of what was before."""
    return Account(account.id, account.version, account.staff_id, password, given=True)


# ---- when nobody can sign in ----


def emergency(store: AccountStore, desk: str, staff_id: int, reason: str) -> Actor:
    """Let somebody see and record today's floor without signing in, for a while; every manager is told.

    Raises :class:`BadInput` without a reason, :class:`Refusal` where the clinic gives no such access.
    """
    reason = reason.strip()
    if not reason:
        raise BadInput({"reason": Finding(rules.EMERGENCY_REASON)})
    with store.read() as records:
        setup = records.setup()
    person = _works_here(setup, staff_id)
    if not setup.clinic.policies.emergency_minutes:
        raise Refusal([Finding(rules.EMERGENCY_OFF)])
    with store.write(Actor(staff_id, frozenset(), desk)) as unit:
        until = unit.at + timedelta(minutes=setup.clinic.policies.emergency_minutes)
        unit.because(reason)
        unit.add_all(_told(setup.staff, person, desk, reason, unit.at))
        unit.witness(Deed.EMERGENCY, KIND, staff_id, {"until": until.isoformat()})
        unit.commit()
    return Actor(staff_id, frozenset(), desk, until)


def _told(staff: Sequence[Person], who: Person, desk: str, reason: str, at: datetime) -> list[Message]:
    rule = rules.EMERGENCY_TOLD if desk else rules.EMERGENCY_HERE
    words = Finding(rule, {"name": who.name, "desk": desk, "reason": reason}).sentence()
    letter = Message(caller=who.name, text=words, urgent=True, taken_at=at, taken_by=who.id)
    managers = [one.id for one in staff if one.active and Role.MANAGER in one.roles]
    if not managers:
        return [replace(letter, for_role=Role.MANAGER)]
    return [replace(letter, for_person=one) for one in managers]

"""Accounts: who may sign in, and how somebody comes in and leaves.

What is typed is judged in :mod:`tries`; here only in a clinic open to look at, where nothing is written.
"""

from dataclasses import replace
from datetime import timedelta

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.rulebook import Finding, Rule
from clinic_desktop.foundation.secrets import Secret
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.security import account_rules as rules
from clinic_desktop.security.account import Account
from clinic_desktop.security.hashing import hashed, is_weaker, matches
from clinic_desktop.security.lock_out import still_to_wait
from clinic_desktop.security.own_account import new_factor, own_password
from clinic_desktop.security.ports import AccountStore, AccountUnit, OnlyLookedAt
from clinic_desktop.security.second_factor import matching_step, opened
from clinic_desktop.security.tries import (
    KIND,
    By,
    FactorWanted,
    Known,
    NotLetIn,
    OtherPassword,
    OwnPasswordWanted,
    kept,
    known,
    needs_factor,
    one_try,
    person_and_account,
    waiting,
)

# ---- who there is ----


def accounts(store: AccountStore) -> list[Known]:
    """Who can sign in, by name; nobody in a clinic without accounts."""
    with store.read() as records:
        setup = records.setup()
        found = {one.staff_id: one for one in records.find(Account, active=True)}
    people = sorted((one for one in setup.staff if one.active and one.id in found), key=lambda one: one.name)
    return [known(one, found[one.id], setup.clinic.policies) for one in people]


def closed_accounts(store: AccountStore) -> frozenset[int]:
    """Whose account a manager closed: they come in by nothing, nor take emergency access."""
    with store.read() as records:
        return frozenset(one.staff_id for one in records.find(Account, active=False))


def renewed(store: AccountStore, actor: Actor) -> Actor:
    """Whoever is signed in, with the roles they have now: asked when staff or accounts changed.

    Raises :class:`NotLetIn` when they may no longer be here: as :class:`OwnPasswordWanted` since a manager
    gave another password, as :class:`OtherPassword` since another was chosen.
    """
    with store.read() as records:
        person, account = person_and_account(records, actor.person_id)
    if person is None or (account is None and actor.until is None):
        raise NotLetIn(Finding(rules.NOT_RIGHT))
    if account is None or actor.until is not None:
        return actor
    if account.given:
        raise OwnPasswordWanted
    came_by = account.password.digest
    if actor.came_by not in ("", came_by):
        raise OtherPassword
    return replace(actor, roles=person.roles, came_by=came_by)


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

    return one_try(store, desk, staff_id, (By.PASSWORD, password), entered, code=code)


def choose_password(store: AccountStore, desk: str, staff_id: int, given: str, new: str) -> Actor:
    """Let somebody in by a password that a manager gave, which one of their own replaces in the same go.

    Raises :class:`NotLetIn`, and :class:`BadInput` for a password that is none.
    """
    fresh = own_password(store, staff_id, given, new)

    def chosen(unit: AccountUnit, account: Account) -> Account:
        unit.because("own password")
        return _signed_in(unit, replace(account, password=fresh, given=False), desk)

    return one_try(store, desk, staff_id, (By.PASSWORD, given), chosen, given_counts=True, code="")


def choose_factor(
    store: AccountStore, desk: str, staff_id: int, password: str, secret: bytes, code: str
) -> Actor:
    """Let somebody in who sets up the second factor that a role of theirs asks for. ``code``: of the phone
    that has the secret.

    Raises :class:`NotLetIn`, :class:`BadInput` for a code of another secret.
    """

    def chosen(unit: AccountUnit, account: Account) -> Account:
        return _signed_in(unit, with_factor(unit, account), desk)

    with_factor = new_factor(staff_id, desk, password, secret, code)
    return one_try(store, desk, staff_id, (By.PASSWORD, password), chosen)


def _signed_in(unit: AccountUnit, account: Account, desk: str) -> Account:
    since = unit.at - timedelta(hours=unit.setup().clinic.policies.pin_hours)
    others = (one for one in account.signed_in_at if one[0] != desk and since < one[1] <= unit.at)
    return replace(account, pin_failures=0, signed_in_at=(*others, (desk, unit.at)))


def switch(store: AccountStore, desk: str, staff_id: int, pin: str) -> Actor:
    """Let somebody in by the PIN, where they gave the password not long ago. Raises :class:`NotLetIn`."""
    if isinstance(store, OnlyLookedAt):
        raise NotLetIn(Finding(rules.PASSWORD_NEEDED), needs_password=True)
    return one_try(store, desk, staff_id, (By.PIN, pin), lambda _unit, account: account)


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
        person, seen = person_and_account(records, staff_id)
        asks_for_factor = needs_factor(records, staff_id)
    now = store.clock.now()
    before = store.tries.get(staff_id) or ((seen.failures, seen.last_failure) if seen else (0, None))
    failures, last = before[0], min(before[1], now) if before[1] else None
    if wait := still_to_wait(failures, last, now):
        store.tries[staff_id] = failures, last or now  # where the clock was set back it begins anew, once
        raise NotLetIn(waiting(wait), wait)
    store.tries[staff_id] = failures + 1, now  # counted before it is judged
    password, code = typed
    wrong: Rule | None = rules.NOT_RIGHT
    if matches(password, kept(seen, By.PASSWORD).value) and seen is not None and person is not None:
        if seen.given or (asks_for_factor and not seen.factor):
            raise NotLetIn(Finding(rules.SETTLED_ELSEWHERE))
        if seen.factor and not code:
            store.tries[staff_id] = failures, last or now
            raise FactorWanted
        wrong = None if _shown_now(store, seen, password, code) else rules.FACTOR_NOT_RIGHT
    if wrong is not None or person is None or seen is None:
        wait = still_to_wait(failures + 1, now, now)
        raise NotLetIn(waiting(wait) if wait else Finding(wrong or rules.NOT_RIGHT), wait)
    store.tries[staff_id] = 0, now
    return Actor(staff_id, person.roles, desk, came_by=seen.password.digest)


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

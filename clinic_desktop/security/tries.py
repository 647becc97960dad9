"""One try to sign in: what is tried, how it is judged, and why somebody is not let in.

A try is judged under the lock of the account's row, in one transaction: two desks that try at once are
counted one after the other, and what the second typed is not looked at while it has to wait. The costly
comparison is made before, so nobody waits for it, and it takes as long where there is no account.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.secrets import NOTHING, Secret
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.security import account_rules as rules
from clinic_desktop.security.account import Account
from clinic_desktop.security.hashing import matches
from clinic_desktop.security.lock_out import PIN_TRIES, still_to_wait
from clinic_desktop.security.ports import AccountPolicies, AccountRecords, AccountStore, AccountUnit, Person
from clinic_desktop.security.second_factor import matching_step, opened

KIND = "staff"  # what the trail's rows of signing in are about


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who can sign in. pin_until: desk -> until when the PIN counts there. given: the password was
    chosen by somebody else, and lets nobody in before it is changed. has_code: a recovery code counts."""

    person: Person
    has_password: bool
    has_pin: bool
    pin_until: dict[str, datetime] = field(default_factory=dict)
    given: bool = False
    has_factor: bool = False
    pin_lasts: timedelta = timedelta()
    has_code: bool = False

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
    """The password is right, and somebody else chose it: nothing opens before
    :func:`accounts.choose_password`."""

    def __init__(self) -> None:
        super().__init__(Finding(rules.PASSWORD_GIVEN))


class OtherPassword(NotLetIn):
    """The password with which they came in is not that of their account any more."""

    def __init__(self) -> None:
        super().__init__(Finding(rules.NOT_RIGHT))


class FactorWanted(NotLetIn):
    """The password is right, and the phone's code is asked for with it."""

    def __init__(self) -> None:
        super().__init__(Finding(rules.FACTOR_WANTED))


class FactorNeeded(NotLetIn):
    """The password is right, and one of the person's roles asks for a second factor that they have not got:
    nothing opens before :func:`accounts.choose_factor`."""

    def __init__(self) -> None:
        super().__init__(Finding(rules.FACTOR_NEEDED))


_WHY: Mapping[type[NotLetIn], str] = {
    OwnPasswordWanted: "given by a manager, to be changed first",
    FactorWanted: "the code is asked for",
    FactorNeeded: "a second factor is to be set up first",
}


class By(StrEnum):
    """What is typed in a try."""

    PASSWORD = "password"  # noqa: S105 - the name of a means
    PIN = "PIN"
    CODE = "recovery code"


_WRONG = {By.PASSWORD: rules.NOT_RIGHT, By.PIN: rules.PIN_NOT_RIGHT, By.CODE: rules.CODE_NOT_RIGHT}
Then = Callable[[AccountUnit, Account], Account]


def known(person: Person, account: Account, policies: AccountPolicies) -> Known:
    """Somebody with their account. The PIN goes round no second factor that they are still to set up."""
    hours = timedelta(hours=policies.pin_hours)
    counts = account.pin_failures < PIN_TRIES and (
        bool(account.factor) or not person.roles & policies.factor_roles
    )
    until = {desk: at + hours for desk, at in account.signed_in_at} if counts else {}
    return Known(
        person,
        bool(account.password),
        bool(account.pin),
        until,
        account.given,
        bool(account.factor),
        hours,
        bool(account.recovery),
    )


def person_and_account(records: AccountRecords, staff_id: int) -> tuple[Person | None, Account | None]:
    """Somebody who works here, with the account that they may use."""
    person = next((one for one in records.setup().staff if one.id == staff_id and one.active), None)
    found = records.find(Account, staff_id=staff_id, active=True) if person else []
    return person, found[0] if found else None


def one_try(
    store: AccountStore,
    desk: str,
    staff_id: int,
    typed: tuple[By, str],
    then: Then | None = None,
    *,
    given_counts: bool = False,
    code: str | None = None,
) -> Actor:
    """Judge one try, keep it in the trail, and let in or raise :class:`NotLetIn`. ``then``: what else changes
    in the account of somebody who is let in. given_counts: also by a password of a manager's choice. code: of
    the second factor; None where whoever it is was let in already."""
    by, secret = typed
    with store.read() as records:
        person, seen = person_and_account(records, staff_id)
    right = matches(secret, kept(seen, by).value)
    nobody = Actor(0, frozenset(), desk)
    actor = Actor(staff_id, person.roles, desk) if person else nobody
    factor = _factor(seen, secret, right=right) if code and seen is not None and seen.factor else b""
    about = {"by": str(by)}
    with store.write(nobody) as unit:
        no: NotLetIn | None = NotLetIn(Finding(_WRONG[by]))
        if seen is not None:
            account = unit.hold(Account, seen.id)
            right = right and account.active and kept(account, by) == kept(seen, by)
            right = right and account.factor == seen.factor
            after, no = _judged(unit, account, (by, desk), right)
            if no is None:  # not before: while somebody waits nothing tells whether it was right
                unit.act_as(actor)
                about["by"] = f"{by} and code" if factor and code else str(by)
            if no is None and by is By.PASSWORD and account.given and not given_counts:
                no = OwnPasswordWanted()
            if no is None and code is not None and account.factor:
                after, no = _by_factor(unit, account, after, (factor, code))
            if no is None and then is not None:
                after = then(unit, after)
            if no is None and code is not None and not after.factor and needs_factor(unit, staff_id):
                after, no = replace(after, signed_in_at=account.signed_in_at), FactorNeeded()
            if after != account:
                unit.save(after)
            actor = replace(actor, came_by=after.password.digest)
        if no is not None and (why := _WHY.get(type(no))):
            about["why"] = why
        unit.witness(Deed.NOT_LET_IN if no else Deed.SIGNED_IN, KIND, staff_id, about)
        unit.commit()
    if no is not None:
        raise no
    return actor


def _factor(account: Account, password: str, *, right: bool) -> bytes:
    """What the phone's codes are made from. It is opened with a wrong password too: while somebody waits, the
    time that it takes would tell a right one."""
    try:
        return opened(account.factor, password, account.staff_id)
    except EnvironmentFailure:
        if right:
            raise
        return b""


def kept(account: Account | None, by: By) -> Secret:
    """What is kept of the secret that a try is made with; nothing without an account."""
    if account is None:
        return NOTHING
    return {By.PASSWORD: account.password, By.PIN: account.pin, By.CODE: account.recovery}[by]


def _judged(
    unit: AccountUnit, account: Account, where: tuple[By, str], right: bool
) -> tuple[Account, NotLetIn | None]:
    by, desk = where
    now = unit.at
    if by is By.PIN:
        until = _known_here(unit, account)
        if not until.by_pin(desk, now):
            return account, NotLetIn(Finding(rules.PASSWORD_NEEDED), needs_password=True)
        if right:
            return replace(account, pin_failures=0), None
        tries = account.pin_failures + 1
        over = tries >= PIN_TRIES
        said = Finding(rules.PIN_TOO_OFTEN if over else rules.PIN_NOT_RIGHT)
        return replace(account, pin_failures=tries), NotLetIn(said, needs_password=over)
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


def needs_factor(records: AccountRecords, staff_id: int) -> bool:
    """Whether a role of theirs asks for a second factor."""
    setup = records.setup()
    asked = setup.clinic.policies.factor_roles
    return any(one.roles & asked for one in setup.staff if one.id == staff_id)


def _known_here(unit: AccountUnit, account: Account) -> Known:
    setup = unit.setup()
    person = next(one for one in setup.staff if one.id == account.staff_id)
    return known(person, account, setup.clinic.policies)


def waiting(wait: timedelta) -> Finding:
    """How long the next try is refused, in words."""
    seconds = int(wait.total_seconds())
    if seconds < 90:
        return Finding(rules.WAIT_SECONDS, {"seconds": seconds})
    return Finding(rules.WAIT_MINUTES, {"minutes": -(-seconds // 60)})

"""What accounts ask of a store besides plain records: who works here, and the clinic's settings."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol, runtime_checkable

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.clock import Clock
from clinic_desktop.foundation.store import Records, Unit


class Person(Protocol):
    """Somebody who works here."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def initials(self) -> str: ...
    @property
    def roles(self) -> frozenset[Role]: ...
    @property
    def active(self) -> bool: ...


class AccountPolicies(Protocol):
    @property
    def pin_hours(self) -> int: ...
    @property
    def emergency_minutes(self) -> int: ...
    @property
    def factor_roles(self) -> frozenset[Role]: ...


class AccountClinic(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def policies(self) -> AccountPolicies: ...


class AccountSetup(Protocol):
    """The part of the clinic's set-up that matters here."""

    @property
    def staff(self) -> Sequence[Person]: ...
    @property
    def clinic(self) -> AccountClinic: ...


class AccountRecords(Records, Protocol):
    def setup(self) -> AccountSetup: ...


class AccountUnit(Unit, Protocol):
    def setup(self) -> AccountSetup: ...


class AccountStore(Protocol):
    """Where accounts are kept; the schedule's store is one."""

    def write(self, actor: Actor) -> AbstractContextManager[AccountUnit]: ...

    def read(self) -> AbstractContextManager[AccountRecords]: ...


@runtime_checkable
class OnlyLookedAt(AccountStore, Protocol):
    """A clinic that is open to look at only: nothing is written. tries: of each person with a wrong password
    since it is open, how many, and when the last one was; steps: the last code of their phone that was
    accepted."""

    tries: dict[int, tuple[int, datetime]]
    steps: dict[int, int]

    @property
    def clock(self) -> Clock: ...

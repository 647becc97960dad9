"""What the core asks of a store: read records, write them in one transaction, tell what changed."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol, TypeVar

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.trail import Deed

T = TypeVar("T")


class Records(Protocol):
    """Reading. A record kind is a frozen dataclass with ``id`` and ``version``."""

    def get(self, kind: type[T], record_id: int) -> T:
        """The record; raises :class:`NotFound`."""
        ...

    def find(self, kind: type[T], /, **equal: object) -> list[T]:
        """All records whose fields equal the given values, in order of id; a list means any of them."""
        ...

    def read_ahead(self, number: int, of: Mapping[type, str]) -> None:
        """Say that of each of these kinds the records will be asked for whose named field is ``number``: a
        server answers for all of them at once. What is found is the same without it."""
        ...


class Unit(Records, Protocol):
    """One transaction. Leaving it without :meth:`commit` rolls everything back.

    Every change is written to the audit trail with full images before and after, and to the change
    feed, by the store itself. A new text that holds an identity number (social security, licence, passport)
    is refused with :class:`BadInput`, whatever record it stands in.
    """

    @property
    def actor(self) -> Actor: ...

    def act_as(self, actor: Actor) -> None:
        """Whose transaction it is, before anything is written: whoever signs in is nobody until let in."""
        ...

    @property
    def at(self) -> datetime:
        """The instant of this transaction."""
        ...

    def hold(self, kind: type[T], record_id: int) -> T:
        """The record as it is now; until this transaction is over nobody else changes it.

        For what is counted from other records: hold it first, look at them then. After the days.
        """
        ...

    def add(self, record: T) -> T:
        """Write a new record; returns it with its id and version 1."""
        ...

    def add_all(self, records: Sequence[T]) -> list[T]:
        """The same for many of one kind."""
        ...

    def save(self, record: T) -> T:
        """Write a changed record over the version it names; :class:`StaleEdit` if another came between."""
        ...

    def remove(self, record: object) -> None:
        """Delete a set-up record that nothing refers to. People and visits are never deleted."""
        ...

    def witness(
        self, deed: Deed, kind: str, record_id: int = 0, about: Mapping[str, object] | None = None
    ) -> None:
        """Put into the audit trail what changes no record: a patient was looked at, somebody signed in.

        kind: the name of a record kind ("patient"), else a word of its own ("report"). about: more of it,
        plain values; neither a password nor what was seen. The change feed has nothing of it.
        """
        ...

    def because(self, reason: str) -> None:
        """The reason that the audit trail keeps with every change of this transaction."""
        ...

    def lock_days(self, days: Sequence[date]) -> None:
        """Take the clinic days, in order, before their schedule is looked at. Once in a transaction."""
        ...

    def lock_all_days(self) -> None:
        """Take every day, for a change of the set-up: no visit is booked or moved meanwhile."""
        ...

    def only_while(self, wanted: Callable[[], bool]) -> None:
        """Ask ``wanted`` right before everything is made durable: where it says no, nothing is, and
        :meth:`commit` raises :class:`GivenUp`. For what another thread may give up meanwhile."""
        ...

    def commit(self) -> Changes: ...


class Store(Protocol):
    """Where the clinic's records are."""

    def write(self, actor: Actor) -> AbstractContextManager[Unit]: ...

    def read(self) -> AbstractContextManager[Records]: ...


class Listener(Protocol):
    """Wakes one thread when anybody commits. ``open``, then ``wait`` again and again; after a failure of
    either, ``open`` once more."""

    @property
    def answers_within(self) -> float | None:
        """Seconds in which the database answers the thread: one that takes longer counts as away, though no
        line was lost. None: nothing is waited for, as with a file."""
        ...

    def open(self) -> None:
        """Listen from now on; raises :class:`ClinicProblem` where the database is not reached."""
        ...

    def wait(self) -> bool:
        """True when the change feed is to be asked, False once it was stopped; raises
        :class:`ClinicProblem` when the line is lost."""
        ...

    def pause(self, seconds: float) -> bool:
        """Wait for the end alone; False once it has come."""
        ...

    def stop(self) -> None:
        """End every wait, from whichever thread."""
        ...

    def close(self) -> None:
        """Let go of everything, by the thread that waited."""
        ...

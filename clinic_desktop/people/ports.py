"""What the people's use cases ask of a store besides plain records: the clinic's own settings."""

from contextlib import AbstractContextManager
from typing import Protocol

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.store import Records, Unit


class ClinicFacts(Protocol):
    @property
    def zone(self) -> str: ...


class PeopleSetup(Protocol):
    """The part of the clinic's set-up that matters here."""

    @property
    def clinic(self) -> ClinicFacts: ...


class PeopleUnit(Unit, Protocol):
    def setup(self) -> PeopleSetup: ...


class PeopleStore(Protocol):
    """Where the clinic's people are kept; the schedule's store is one."""

    def write(self, actor: Actor) -> AbstractContextManager[PeopleUnit]: ...

    def read(self) -> AbstractContextManager[Records]: ...

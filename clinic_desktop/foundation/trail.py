"""A line of the audit trail, as it is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

R_co = TypeVar("R_co", covariant=True)


class Deed(StrEnum):
    """What somebody did that changed no record, and is kept in the trail all the same."""

    VIEWED = "viewed"
    PRINTED = "printed"
    EXPORTED = "exported"
    SIGNED_IN = "signed in"
    NOT_LET_IN = "not let in"
    SIGNED_OUT = "signed out"
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    EMERGENCY = "emergency access"
    BACKED_UP = "backed up"
    RESTORED = "restored"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True)
class Trace(Generic[R_co]):
    """One record that one transaction wrote, with its images.

    number: its place in the trail; later is higher. before None: it was new; after None: it was taken
    away. person_id 0 is the program itself.
    """

    number: int
    at: datetime
    person_id: int
    before: R_co | None
    after: R_co | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """One row of the trail as it was written down, whatever the record's fields were called then.

    action: "add", "change", "remove", or a :class:`Deed`. before, after: plain values by field; of a deed
    ``after`` says more about it. person_id 0 is the program itself.
    """

    number: int
    at: datetime
    person_id: int
    action: str
    kind: str
    record_id: int
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None
    reason: str = ""

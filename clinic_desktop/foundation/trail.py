"""A line of the audit trail, as it is read."""

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
    MOVED_HERE = "moved here"
    TAKEN_BACK = "taken back into use"


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

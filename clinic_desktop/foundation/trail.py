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
    ACCEPTED = "accepted"  # what a check found, by somebody who looked into it
    MOVED_HERE = "moved here"
    TAKEN_BACK = "taken back into use"
    KEYS = "keys changed"
    PAPER_PLACE = "paper kept elsewhere"
    BACKUP_PLACE = "backups kept elsewhere"


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
    desk: str = ""


_SHOWN = 8  # digits of a hash on paper: enough that nobody makes another trail that has them


@dataclass(frozen=True, slots=True)
class TrailHead:
    """Where the trail stands: the number of its last row, and that row's hash, or its first digits.

    On paper and beside a backup it is what a rewritten trail can be told by.
    """

    number: int
    hashed: str

    @property
    def printed(self) -> str:
        """ "48,213 · 9f3a 77c2"."""
        digits = self.hashed[:_SHOWN]
        return f"{self.number:,} \N{MIDDLE DOT} {digits[:4]} {digits[4:]}"


def read_head(text: str) -> TrailHead:
    """The head that somebody typed from paper, "48213:9f3a77c2"; ``ValueError`` for what is none."""
    number, _, digits = text.partition(":")
    number, digits = number.replace(",", "").strip(), digits.replace(" ", "").strip().lower()
    if not number.isascii() or not number.isdigit() or len(number) > 15 or len(digits) < _SHOWN:
        raise ValueError("no head of a trail")
    if set(digits) - set("0123456789abcdef"):
        raise ValueError("no head of a trail")
    return TrailHead(int(number), digits)


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

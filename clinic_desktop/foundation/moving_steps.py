"""How far the move of a clinic is, and the proof that nothing changed by it."""

from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """What is done of a move."""

    BEGUN = "begun"
    LOCKED = "locked"  # nobody writes to the source any more
    COPIED = "copied"  # every row was written, nothing is committed
    PROVED = "proved"  # and read back: each table is the same
    ARRIVED = "arrived"  # the copy is on the disk; nobody can open it yet
    CHECKED = "checked"
    MARKED = "marked"  # the source says where its clinic went: from here the copy is the clinic
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Far:
    """The last step that is done, and how far the next one is: which table (from 1, of ``tables``) is copied
    or compared, and the rows done of all there are. 0 where nothing is counted."""

    step: Step
    table: str = ""
    number: int = 0
    tables: int = 0
    rows: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Print:
    """A table's rows: how many, and the SHA-256 of all of them in the order of their numbers."""

    rows: int
    hash: str


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved: the print of each table, the same on both sides."""

    prints: dict[str, Print]

    @property
    def rows(self) -> int:
        return sum(one.rows for one in self.prints.values())

"""Who acts: the person, the roles they act in, and the desk they sit at."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    PRESCRIBER = "prescriber"
    NURSE = "nurse"
    THERAPIST = "therapist"
    RECEPTIONIST = "receptionist"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Actor:
    """An argument of every use case. ``person_id`` 0 is the program itself (set-up, demo, scripts).
    ``until``: emergency access, which ends then; else the roles say what they may do. ``done_at``: when they
    did what is written in it only afterwards; None: now. ``came_by``: tells the password of their account
    when they were let in from the next one, and shows none; empty where no account let them in."""

    person_id: int
    roles: frozenset[Role]
    desk: str = ""
    until: datetime | None = None
    done_at: datetime | None = None
    came_by: str = field(default="", compare=False, repr=False)


PROGRAM = Actor(0, frozenset(Role), "program")

"""Who acts: the person, the roles they act in, and the desk they sit at."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    PRESCRIBER = "prescriber"
    NURSE = "nurse"
    THERAPIST = "therapist"
    RECEPTIONIST = "receptionist"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Actor:
    """An argument of every use case. ``person_id`` 0 is the program itself (set-up, demo, scripts)."""

    person_id: int
    roles: frozenset[Role]
    desk: str = ""


PROGRAM = Actor(0, frozenset(Role), "program")

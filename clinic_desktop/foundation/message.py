"""A word left for somebody: what a caller wanted, or what the program must tell."""

from dataclasses import dataclass
from datetime import datetime

from clinic_desktop.foundation.actor import Actor, Role


@dataclass(frozen=True, slots=True)
class Message:
    """For one person, or for whoever has a role. patient_id None: a caller whom nobody knows."""

    id: int = 0
    version: int = 0
    patient_id: int | None = None
    caller: str = ""
    phone: str = ""
    text: str = ""
    urgent: bool = False
    for_person: int | None = None
    for_role: Role | None = None
    taken_at: datetime | None = None
    taken_by: int = 0
    answered_at: datetime | None = None
    answered_by: int | None = None
    answer: str = ""

    def is_for(self, actor: Actor) -> bool:
        """Whether it waits for that person."""
        return self.for_person == actor.person_id if self.for_person else self.for_role in actor.roles

"""A prescriber's word that somebody else wrote down: told, read back, and signed by the prescriber the same
clinic day."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class ToldWord:
    """The signature that an entry (``stamp_id``) waits for. told_by: the prescriber whose word it is. agreed:
    None until that one answers; a no has words, and strikes the entry out."""

    id: int = 0
    version: int = 0
    visit_id: int = 0
    stamp_id: int = 0
    told_by: int = 0
    due_on: date = date.min
    answered_by: int | None = None
    answered_at: datetime | None = None
    agreed: bool | None = None
    answer: str = ""

    def is_late(self, today: date) -> bool:
        return self.answered_at is None and today > self.due_on

"""What somebody answered before a dose."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the day. item: what was asked (:mod:`clinic_desktop.scheduling.asks`); present: yes, no,
    or None for not known; since: when it was last, for what is eaten, drunk or sprayed."""

    item: str
    present: bool | None = None
    since: datetime | None = None

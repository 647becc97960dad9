"""What is kept of alarms: a call for help, and who answered what. The rest is derived from the stamps."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AlarmKind(StrEnum):
    FORTY = "40-minute pressure"
    CHECK = "pressure"  # in an infusion, or again after a high one
    TELL = "prescriber to be told"
    OXYGEN = "low oxygen"
    SEDATION = "deep sedation"
    EMERGENCY = "emergency pressure"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class HelpCall:
    """Somebody called for help: where, when, and who if that was known. room_id None: at a desk."""

    id: int = 0
    version: int = 0
    room_id: int | None = None
    desk: str = ""
    at: datetime | None = None
    by: int = 0


@dataclass(frozen=True, slots=True)
class AlarmAnswer:
    """A named person answered an alarm: of a visit, or a call for help. since: the alarm's own moment, which
    tells it from the visit's other ones of its kind."""

    id: int = 0
    version: int = 0
    kind: AlarmKind = AlarmKind.HELP
    visit_id: int | None = None
    help_id: int | None = None
    since: datetime | None = None
    at: datetime | None = None
    by: int = 0

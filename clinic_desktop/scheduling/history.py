"""What changed about one patient, as the audit trail kept it: plain rows to read, the newest first."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from clinic_desktop.people.model import Clearance, Merge, Order, Patient, Screening
from clinic_desktop.scheduling.calls import CallAttempt
from clinic_desktop.scheduling.crisis import CrisisCall
from clinic_desktop.scheduling.messages import Message
from clinic_desktop.scheduling.model import Course, Visit
from clinic_desktop.scheduling.pinboard import Pin
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.scheduling.waiting import WaitEntry

PAGE = 100  # changes that are read at once

Recorded = (
    Patient | Clearance | Screening | Order | Visit | Course | Merge
    | CallAttempt | WaitEntry | Pin | Message | CrisisCall
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trace:
    """One record that one transaction wrote, with its images.

    number: its place in the trail; later is higher. before None: it was new; after None: it was taken
    away. person_id 0 is the program itself.
    """

    number: int
    at: datetime
    person_id: int
    before: Recorded | None
    after: Recorded | None
    reason: str = ""


class HistoryRecords(ScheduleRecords, Protocol):
    def history_of(self, patient_id: int, below: int | None = None, most: int = PAGE) -> list[Trace]:
        """The newest ``most`` changes of a patient's record and of what belongs to it now: clearances, check
        lists, orders, visits, courses, waitlist, calls, pins, messages, merges. ``below``: only those with a
        lower number."""
        ...


class HistoryStore(Protocol):
    """Where the trail is read; the schedule's store is one."""

    def read(self) -> AbstractContextManager[HistoryRecords]: ...

"""What changed about one patient, as the audit trail kept it: plain rows to read, the newest first."""

from contextlib import AbstractContextManager
from typing import Protocol

from clinic_desktop.foundation.message import Message
from clinic_desktop.foundation.trail import Trace
from clinic_desktop.people.model import (
    Authorization,
    Clearance,
    DrugMovement,
    Merge,
    Order,
    Package,
    Patient,
    Screening,
)
from clinic_desktop.people.scores import Score
from clinic_desktop.scheduling.calls import CallAttempt
from clinic_desktop.scheduling.crisis import CrisisCall
from clinic_desktop.scheduling.model import Course, Override, Visit
from clinic_desktop.scheduling.papers import Paper
from clinic_desktop.scheduling.pinboard import Pin
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.scheduling.reviews import Review
from clinic_desktop.scheduling.waiting import WaitEntry
from clinic_desktop.treatment.day_after import AfterCall, AfterFlag
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.printed import SheetPrint
from clinic_desktop.treatment.session import SCALES

PAGE = 100  # changes that are read at once

Recorded = (
    Patient
    | Clearance
    | Screening
    | Order
    | Visit
    | Course
    | Merge
    | Stamp
    | Override
    | Authorization
    | Package
    | DrugMovement
    | CallAttempt
    | WaitEntry
    | Pin
    | Message
    | CrisisCall
    | Paper
    | Score
    | Review
    | SheetPrint
    | AfterCall
    | AfterFlag
)
# What a patient's history tells of visits: what was given, how it was borne, and how they ended. Every
# reading and check beside them would bury the rest; the history of the visit has them all.
TOLD = (
    StampKind.DOSE,
    StampKind.INFUSION_START,
    StampKind.RATE,
    StampKind.INFUSION_STOP,
    StampKind.DOSING_ENDED,
    *SCALES,
    StampKind.DISCHARGE_FORM,
    StampKind.RELEASED,
    StampKind.LEFT,
    StampKind.NOT_TREATED,
    StampKind.LEFT_EARLY,
    StampKind.TRANSFERRED,
)


class HistoryRecords(ScheduleRecords, Protocol):
    def history_of(
        self, patient_id: int, below: int | None = None, most: int = PAGE
    ) -> list[Trace[Recorded]]:
        """The newest ``most`` changes of a patient's record and of what belongs to it now: clearances,
        check lists, orders, visits, overrides, courses, authorizations, packages, devices, waitlist, calls,
        pins, messages, merges, scores, reviews, prints of sheets, check-in calls and
        what they brought up; of stamps those of :data:`TOLD`, their
        corrections, and that one was struck out. ``below``: only those with a lower number."""
        ...

    def history_of_visit(
        self, visit_id: int, below: int | None = None, most: int = PAGE
    ) -> list[Trace[Recorded]]:
        """The same of one visit: its own changes, and those of what stands beside it; of stamps every one, so
        that who measured what, when, and what became of it is read there too."""
        ...


class HistoryStore(Protocol):
    """Where the trail is read; the schedule's store is one."""

    def read(self) -> AbstractContextManager[HistoryRecords]: ...

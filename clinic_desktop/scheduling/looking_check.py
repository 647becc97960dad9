"""What the rules would say to a booking, asked before it: nothing is written, no place is taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.booking import Wish, draft
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.scheduling.settle import all_findings, cover_gaps

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class AsOf:
    """Records read at an instant, as the rules take them."""

    records: ScheduleRecords
    at: datetime

    def get(self, kind: type[T], record_id: int) -> T:
        return self.records.get(kind, record_id)

    def find(self, kind: type[T], **equal: object) -> list[T]:
        return self.records.find(kind, **equal)


def check(records: ScheduleRecords, now: datetime, wishes: Sequence[Wish]) -> list[tuple[Finding, ...]]:
    """For each wish everything the rules have to say, as if all were booked together."""
    setup, as_of = records.setup(), AsOf(records, now)
    drafts = [draft(setup, one) for one in wishes]
    return [(*all_findings(as_of, setup, one, drafts), *cover_gaps(as_of, setup, [one])) for one in drafts]

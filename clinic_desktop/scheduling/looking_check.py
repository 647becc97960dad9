"""What the rules would say to a booking, asked before it: nothing is written, no place is taken."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.allowances import CountedVisit
from clinic_desktop.scheduling.booking import Wish, draft
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.overlaps import overlaps
from clinic_desktop.scheduling.ports import ScheduleRecords, Treated
from clinic_desktop.scheduling.settle import all_findings, cover_gaps

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class AsOf:
    """Records read at an instant, as the rules take them."""

    records: ScheduleRecords
    at: datetime

    def get(self, kind: type[T], record_id: int) -> T:
        return self.records.get(kind, record_id)

    def find(self, kind: type[T], /, **equal: object) -> list[T]:
        return self.records.find(kind, **equal)

    def read_ahead(self, number: int, of: Mapping[type, str]) -> None:
        self.records.read_ahead(number, of)

    def visits_from(self, patient_id: int, day: date) -> list[Visit]:
        return self.records.visits_from(patient_id, day)

    def visits_around(
        self, treated: Treated, day: date, consultations: Sequence[int], since: date
    ) -> list[Visit]:
        return self.records.visits_around(treated, day, consultations, since)

    def given_under(self, treated: Treated, orders: Sequence[int]) -> dict[int, int]:
        return self.records.given_under(treated, orders)

    def counted_from(self, patient_id: int, day: date, but: Collection[int]) -> list[CountedVisit]:
        return self.records.counted_from(patient_id, day, but)


def check(records: ScheduleRecords, now: datetime, wishes: Sequence[Wish]) -> list[tuple[Finding, ...]]:
    """For each wish everything the rules have to say, as if all were booked together."""
    setup = records.setup()
    return check_visits(records, now, [draft(setup, one) for one in wishes])


def check_visits(
    records: ScheduleRecords, now: datetime, drafts: Sequence[Visit]
) -> list[tuple[Finding, ...]]:
    """The same for visits as they would be, new ones and moved ones."""
    setup, as_of = records.setup(), AsOf(records, now)
    changed = {one.id for one in drafts if one.id}
    return [
        (
            *all_findings(as_of, setup, one, drafts),
            *cover_gaps(as_of, setup, [one]),
            *(other.finding for other in overlaps(records, setup, one, changed)),
        )
        for one in drafts
    ]

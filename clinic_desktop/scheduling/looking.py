"""Claims as the search for free time takes them, read from a store."""

from collections.abc import Sequence

from clinic_desktop.scheduling.availability import Place, Taken, by_place, rows_of
from clinic_desktop.scheduling.openings import ClaimSource
from clinic_desktop.scheduling.ports import ScheduleRecords


def claims_of_store(records: ScheduleRecords) -> ClaimSource:
    """The claims on the asked places, as this transaction sees them."""

    def read(places: Sequence[Place], start: int, end: int) -> dict[Place, list[Taken]]:
        there = by_place(rows_of(records.claims_between(start, end)))
        return {place: there[place] for place in places if place in there}

    return read

"""Coverage looked at again after a change: it is not a claim, so it is checked in each transaction
that changes a visit, a shift or an absence, under the lock of its day.
"""

from collections.abc import Iterable
from datetime import date

from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.scheduling.ports import ScheduleRecords


def uncovered(records: ScheduleRecords, setup: Setup, days: Iterable[date]) -> list[Finding]:
    """A finding for each stretch of these days that lacks the people who must be on site."""
    raise NotImplementedError

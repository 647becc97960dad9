"""Reading the usage of a period. Called off the GUI thread; answers plain values."""

from dataclasses import dataclass
from datetime import date

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.clock import instant_minute, local_day
from clinic_desktop.reports.gone_over import GoneOver, gone_over
from clinic_desktop.reports.room_day import RoomDay, room_days
from clinic_desktop.reports.sums import ReportStore
from clinic_desktop.reports.usage import RoomUsage, Usage, usage
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.security.rights import Right, require
from clinic_desktop.ui.usage.period import Period, parts


@dataclass(frozen=True, slots=True)
class UsageRead:
    """A period as it was read. rooms: the day's visits, where it is one day. parts: the report of each
    day (or month) that was open or used, where it is longer. over: what went past a
    rule, where it is one day. now: the UTC minute."""

    period: Period
    setup: Setup
    report: Usage
    now: int
    rooms: tuple[RoomDay, ...] = ()
    parts: tuple[Usage, ...] = ()
    over: tuple[GoneOver, ...] = ()

    @property
    def today(self) -> date:
        """The clinic's day when it was read."""
        return local_day(self.report.made_at, self.report.zone)

    @property
    def to_come(self) -> bool:
        """Nothing of the period has happened yet."""
        return self.today < self.period.first

    def room_day(self, room_id: int) -> RoomDay | None:
        return next((one for one in self.rooms if one.room_id == room_id), None)

    def part_of(self, part: Usage, room_id: int) -> RoomUsage:
        """A room's figures of a part; 0 for all rooms."""
        return next((one for one in part.rooms if one.room_id == room_id), part.total)


def read_usage(store: ReportStore, actor: Actor, period: Period) -> UsageRead:
    """Raises :class:`RightMissing` for somebody who may not see reports, and :class:`BadInput`."""
    require(actor, Right.REPORT)
    at = store.clock.now()
    with store.read() as records:
        setup = records.setup()
        report = usage(records, period.first, period.last, at)
        now = instant_minute(at)
        if period.one_day:
            rows, today = records.day_rows(period.first), local_day(at, setup.clinic.zone)
            rooms = room_days(setup, rows, period.first, today, now)
            over = gone_over(records, rows)
            return UsageRead(period, setup, report, now, rooms=tuple(rooms), over=over)
        each = [usage(records, first, last, at) for first, last in parts(period)]
    used = tuple(one for one in each if one.total.open_min or one.total.scheduled_min or one.total.raw_min)
    return UsageRead(period, setup, report, now, parts=used)

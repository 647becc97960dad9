"""Making the paper for the days ahead and keeping it, for a worker thread."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from clinic_desktop.aftercare.ahead import ahead_sheet
from clinic_desktop.foundation.clock import instant_at, local_day, zone
from clinic_desktop.foundation.document import RenderedPdf, RenderPdf
from clinic_desktop.foundation.unprintable import rendered
from clinic_desktop.reports.fail_safe import days_ahead, fail_safe
from clinic_desktop.reports.sums import ReportStore
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.ui.fail_safe.folder import Kept, for_day
from clinic_desktop.ui.fail_safe.place import PaperPlace


@dataclass(frozen=True, slots=True)
class Standing:
    """How the paper stands. day: the next one that is to be on paper. kept: what is there for it, else the
    last one. due: it is to be made now."""

    day: date
    kept: Kept | None = None
    due: bool = False


def pages_of(store: ScheduleStore, day: date, render: RenderPdf) -> RenderedPdf:
    """A day's pages; nothing is kept or recorded."""
    reports = cast("ReportStore", store)  # every store answers reports
    return rendered(fail_safe(reports, day, ahead_sheet), render)


def next_day(store: ScheduleStore) -> date:
    """The day that is on paper next."""
    return _days(store)[0]


def make(store: ScheduleStore, render: RenderPdf, place: PaperPlace, *, anew: bool = False) -> Standing:
    """Make and keep the paper of the days ahead, and of today where there is none or ``anew``. Raises
    :class:`EnvironmentFailure` where it cannot be written; what was there stays then."""
    now = store.clock.now()
    with store.read() as records:
        now = now.astimezone(zone(records.setup().clinic.zone))
        today = now.date()
        open_today = roster_for(records.setup()).is_business_day(today)
    days = _days(store)
    if open_today and (anew or all(one.day != today for one in place.there())):
        days = [today, *days]
    made = {day: place.keep(day, pages_of(store, day, render).data, now) for day in days}
    place.clear(today)
    first = next(day for day in days if day > today)
    return Standing(first, made[first])


def _days(store: ScheduleStore) -> list[date]:
    with store.read() as records:
        return days_ahead(records, local_day(store.clock.now(), records.setup().clinic.zone))


def look(store: ScheduleStore, place: PaperPlace) -> Standing:
    """How it stands, and whether it is to be made: at the end of the clinic's hours where the paper is older
    than that, and at once where there is none for today or for the next day."""
    now = store.clock.now()
    with store.read() as records:
        setup = records.setup()
        roster = roster_for(setup)
        today = local_day(now, setup.clinic.zone)
        days = days_ahead(records, today)
    kept = {one.day: one for one in place.there()}
    there = kept.get(days[0])
    wanted = [*([today] if roster.is_business_day(today) else []), *days]
    closes = [instant_at(one.end) for one in roster.clinic_open(today)]
    closed = bool(closes) and max(closes) <= now
    old = closed and any(kept[day].made_at < max(closes) for day in days if day in kept)
    missing = any(day not in kept for day in wanted)
    last = there or for_day(list(kept.values()), today)
    return Standing(days[0], last, due=missing or old)

"""Which days a view shows, and what they are called."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.intervals import Interval
from clinic_desktop.foundation.words import near_date, short_date
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.scheduling.working import holes
from clinic_desktop.ui.board.day_axis import axis_of, day_heading, spoken_clock
from clinic_desktop.ui.board.scene import ViewKind
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr

WEEK = 7
_ROLES = (
    (Role.PRESCRIBER, QT_TR_NOOP("%n prescriber(s)")),
    (Role.NURSE, QT_TR_NOOP("%n nurse(s)")),
    (Role.THERAPIST, QT_TR_NOOP("%n therapist(s)")),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A view and the day it is turned to."""

    kind: ViewKind
    day: date

    @property
    def step(self) -> int:
        """Days to the next page."""
        return WEEK if self.kind is ViewKind.WEEK else 1


def days_of(shown: Shown, setup: Setup) -> tuple[date, ...]:
    """The days of a page: one, or those of the week on which the clinic works (all seven when on none)."""
    if shown.kind is not ViewKind.WEEK:
        return (shown.day,)
    monday = shown.day - timedelta(days=shown.day.weekday())
    week = [monday + timedelta(days=n) for n in range(WEEK)]
    worked = {one.weekday for one in setup.clinic.hours}
    days = [day for day in week if day.weekday() in worked or day == shown.day]
    return tuple(days) if worked else tuple(week)


def neighbours(shown: Shown, setup: Setup) -> list[date]:
    """The pages before and after, and the week round the day."""
    step = timedelta(days=shown.step)
    pages = [Shown(shown.kind, shown.day - step), Shown(shown.kind, shown.day + step)]
    return [day for page in pages for day in days_of(page, setup)]


def heading(shown: Shown, setup: Setup) -> str:
    """ "Tue, Nov 17, 2026", or "Nov 16 - 20, 2026"."""
    days = days_of(shown, setup)
    if len(days) == 1:
        return day_heading(shown.day)
    first, last = days[0], days[-1]
    begin, end = short_date(first).partition(", ")[2], short_date(last).partition(", ")[2]
    if first.month == last.month:
        end = str(last.day)
    return f"{begin} \N{EN DASH} {end}, {last.year}"


def spoken_days(days: Sequence[date]) -> str:
    """ "Tuesday, November 17"; a week by its ends."""
    if len(days) == 1:
        return near_date(days[0])
    return tr("{first} to {last}").format(first=near_date(days[0]), last=near_date(days[-1]))


def closed_why(day: date, setup: Setup) -> str | None:
    """Why the clinic is closed all day; None when it is open."""
    if roster_for(setup).clinic_open(day):
        return None
    named = (one.reason for one in setup.closures if one.room_id is None and holes([one], day))
    return next((reason for reason in named if reason), "")


def day_words(day: date, setup: Setup) -> str:
    """ "Open 8:00 AM to 5:30 PM. 2 prescribers, 3 nurses."."""
    roster = roster_for(setup)
    opened = roster.clinic_open(day)
    if not opened:
        why = closed_why(day, setup)
        return tr("Closed: {why}.").format(why=why) if why else tr("The clinic is closed that day.")
    hours = _hours(opened, axis_of(day, setup.clinic.zone).zero)
    return tr("Open {hours}. {people}").format(hours=hours, people=people_words(day, setup))


def people_words(day: date, setup: Setup) -> str:
    """Who serves patients that day, counted by role where there are many."""
    roster = roster_for(setup)
    said = []
    for role, pattern in _ROLES:
        count = sum(1 for one in roster.with_role(role) if roster.on_site(one, day))
        if count:
            said.append(tr(pattern, "", count))
    return ", ".join(said) + "." if said else tr("Nobody is in.")


def _hours(opened: Sequence[Interval], zero: int) -> str:
    pattern = tr("{start} to {end}")
    return ", ".join(
        pattern.format(start=spoken_clock(one.start - zero), end=spoken_clock(one.end - zero))
        for one in opened
    )

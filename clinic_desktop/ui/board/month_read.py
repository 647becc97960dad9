"""What the days of a month are like: how many visits, closed and why, holidays. Read off the GUI thread."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from clinic_desktop.foundation.words import near_date
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.scheduling.states import NEVER_CAME
from clinic_desktop.scheduling.us_holidays import us_holidays
from clinic_desktop.ui.board.shown import closed_why
from clinic_desktop.ui.i18n import tr

DAYS = 42  # six weeks


@dataclass(frozen=True, slots=True)
class MonthDay:
    """visits: how many take place; None while that is not known. closed: why, "" for an ordinary day off,
    None when the clinic is open. holiday: its name, on which the clinic may be open all the same."""

    day: date
    visits: int | None = None
    closed: str | None = None
    holiday: str = ""

    def spoken(self, today: date) -> str:
        """ "Thursday, November 26. Closed: Thanksgiving Day. 2 visits."."""
        words = [near_date(self.day)]
        if self.day == today:
            words[0] = tr("{day}, today").format(day=words[0])
        if self.closed is not None:
            why = self.closed or self.holiday
            words.append(tr("Closed: {why}").format(why=why) if why else tr("Closed"))
        elif self.holiday:
            words.append(self.holiday)
        if self.visits or (self.visits is not None and self.closed is None):
            words.append(tr("%n visit(s)", "", self.visits))
        return ". ".join(words) + "."


def first_shown(day: date) -> date:
    """The Sunday with which the page of a day's month begins."""
    first = day.replace(day=1)
    return first - timedelta(days=(first.weekday() + 1) % 7)


def unread_month(first: date) -> dict[date, MonthDay]:
    """The days from ``first`` on, of which nothing is known yet."""
    return {day: MonthDay(day) for day in _days(first)}


def read_month(store: ScheduleStore, first: date) -> dict[date, MonthDay]:
    """Six weeks from ``first`` on."""
    days = _days(first)
    with store.read() as records:
        setup = records.setup()
        visits = records.visits_on(days[0], days[-1])
    counts = Counter(one.day for one in visits if one.state not in NEVER_CAME)
    holidays = dict(us_holidays(days[0].year, days[-1].year))
    return {day: MonthDay(day, counts[day], closed_why(day, setup), holidays.get(day, "")) for day in days}


def _days(first: date) -> list[date]:
    return [first + timedelta(days=n) for n in range(DAYS)]

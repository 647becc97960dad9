"""A line for the day a package expires: a month alone, as packages mostly say, means its last day."""

import calendar
import re
from datetime import date

from clinic_desktop.foundation.words import plain_date
from clinic_desktop.scheduling.typed_dates import typed_day
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.widgets.parsed_line import ParsedLine, date_line

_MONTH = re.compile(r"(\d{1,2})[/.-](\d{2}|\d{4})")


def expiry_line(today: date) -> ParsedLine[date]:
    def read(typed: str) -> date | None:
        return read_expiry(typed, today)

    return date_line(read, plain_date, name=tr("Expires"), placeholder=tr("like 12/2027"))


def read_expiry(typed: str, today: date) -> date | None:
    """ "12/2027", "12/27" where no day of this year can be meant, "12/31/2027"."""
    text = typed.strip().lower().replace(",", " ")
    month = _MONTH.fullmatch(text)
    if month is None or not 1 <= int(month[1]) <= 12:
        return typed_day(text, today)
    year = int(month[2]) + (2000 if len(month[2]) == 2 else 0)
    if year < today.year or year > today.year + 20:
        return typed_day(text, today)
    return date(year, int(month[1]), calendar.monthrange(year, int(month[1]))[1])

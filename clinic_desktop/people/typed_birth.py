"""Birth dates as people type them: "4/12/84", "04121984", "apr 12 1984", "12 April 1984", "1984-04-12".

US order, month first, unless only the other order makes a date. The year must be typed; two digits
are the latest such year that has begun. What is not understood is None.
"""

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_FIRST = re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})")
_MONTH_FIRST = re.compile(r"(?P<m>\d{1,2})[-/. ](?P<d>\d{1,2})[-/. ](?P<y>\d{4}|\d{2})")
_TOGETHER = re.compile(r"(?P<m>\d\d)(?P<d>\d\d)(?P<y>\d{4}|\d\d)")
_NAME_FIRST = re.compile(r"(?P<name>[a-z]{3,9})\.? ?(?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>\d{4}|\d{2})")
_NAME_SECOND = re.compile(
    r"(?P<d>\d{1,2})(?:st|nd|rd|th)?[. -]? ?(?P<name>[a-z]{3,9})\.?,?[ -](?P<y>\d{4}|\d{2})"
)
_FORMS = (_YEAR_FIRST, _MONTH_FIRST, _TOGETHER, _NAME_FIRST, _NAME_SECOND)


def typed_birth(text: str, today: date) -> date | None:
    """The date that was meant, or None. It may lie in the future: that is for the rules to say."""
    typed = " ".join(text.lower().split())
    for form in _FORMS:
        if found := form.fullmatch(typed):
            return _dated(found.groupdict(), today)
    return None


def _dated(parts: dict[str, str], today: date) -> date | None:
    year, day = _year(parts["y"], today), int(parts["d"])
    month = _month(parts["name"]) if "name" in parts else int(parts["m"])
    if "name" not in parts and month > 12 >= day:
        month, day = day, month
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(typed: str, today: date) -> int:
    if len(typed) == 4:
        return int(typed)
    this_century = today.year - today.year % 100 + int(typed)
    return this_century if this_century <= today.year else this_century - 100


def _month(typed: str) -> int:
    """1 to 12; 0 for what is no month."""
    return next((n for n, name in enumerate(_MONTHS, 1) if typed.startswith(name)), 0)

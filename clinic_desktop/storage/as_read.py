"""What stands in the trail as it can be read, whoever wrote it.

A row that nobody can read is told by ``check``, and stops neither that nor a screen.
"""

import json
from datetime import UTC, date, datetime, timedelta

from cattrs.errors import BaseValidationError

#: What reading a value raises that the program never wrote.
UNREADABLE = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    OverflowError,
    RecursionError,
    BaseValidationError,
)
_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST, _LAST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)
#: Seconds since 1970 that are a moment wherever the clinic is.
FIRST_SECOND, LAST_SECOND = (int((one - _BEGIN).total_seconds()) for one in (_FIRST, _LAST))


def moment(seconds: object) -> datetime:
    """The instant of a row; the first or the last one there is for what is none."""
    if not isinstance(seconds, int):
        return _LAST
    return _BEGIN + timedelta(seconds=min(max(seconds, FIRST_SECOND), LAST_SECOND))


def is_moment(seconds: object) -> bool:
    """Whether it is an instant that a clock shows."""
    return isinstance(seconds, int) and FIRST_SECOND <= seconds <= LAST_SECOND


def day(text: object) -> date | None:
    """The day of a row; None for none, and for what is none."""
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def fields(text: object) -> dict[str, object]:
    """The fields of an image, or of what is said of a deed; none of what is no such thing."""
    try:
        found = json.loads(str(text)) if text else {}
    except UNREADABLE:
        return {}
    return found if isinstance(found, dict) else {}

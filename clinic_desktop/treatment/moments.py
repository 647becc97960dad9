"""Which of two moments came first, and whether a wait is over: the one rule of every gate.

A key stamps seconds, a typed time has none. So which came first is asked of the minutes: within one minute
neither is before the other. A wait that lets somebody go is counted in full, from the second on record.
"""

from datetime import datetime, timedelta

from clinic_desktop.foundation.clock import instant_minute

_MINUTE = timedelta(minutes=1)


def by(at: datetime, limit: datetime) -> bool:
    """Whether it had happened by then: before ``limit``, or in its minute."""
    return instant_minute(at) <= instant_minute(limit)


def after(at: datetime, earlier: datetime) -> bool:
    """Whether it came later, in a later minute."""
    return not by(at, earlier)


def within(at: datetime, first: datetime, last: datetime) -> bool:
    """Whether it lies between the two, their minutes included."""
    return by(first, at) and by(at, last)


def same_minute(one: datetime | None, other: datetime | None) -> bool:
    """Whether both read the same on the clock; two that are missing do too."""
    if one is None or other is None:
        return one is other
    return instant_minute(one) == instant_minute(other)


def waited(at: datetime, until: datetime) -> bool:
    """Whether a wait that ends at ``until`` is over: to the second, so nobody is let go earlier because a
    time was typed."""
    return at >= until


def surely_early(at: datetime, until: datetime) -> bool:
    """Whether what was done at ``at`` was done too early whatever second is meant: a typed time stands for
    its whole minute, and nobody is charged with seconds that nobody wrote down."""
    typed = not at.second and not at.microsecond
    return (at + _MINUTE <= until) if typed else at < until

"""When a room is free, and the few words of it that stand in its column's head. Minutes of the day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from clinic_desktop.foundation.intervals import Interval, minus
from clinic_desktop.ui.board.day_axis import short_clock
from clinic_desktop.ui.i18n import tr

LEAST = 15  # a shorter stretch is no opening for anybody

Spans = Sequence[Interval]


class HeadTone(StrEnum):
    """How the words of a head stand out; the words themselves say it too."""

    QUIET = "quiet"
    FREE = "free"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class HeadWords:
    """The same thing said at length and short, so that the longest that fits can be taken."""

    variants: tuple[str, ...] = ()
    tone: HeadTone = HeadTone.QUIET


NO_WORDS = HeadWords()


def free_stretches(opened: Spans, busy: Iterable[Interval]) -> list[Interval]:
    """What is open and not taken."""
    return minus(opened, busy)


def free_until(free: Spans, minute: int) -> int | None:
    """Until when a free minute stays free; None when it is taken or closed."""
    return next((one.end for one in free if one.start <= minute < one.end), None)


def today_words(opened: Spans, busy: Sequence[Interval], now: int, runs_on: int | None) -> HeadWords:
    """``runs_on``: when the room will be ready again after a stay that runs over its plan."""
    free = free_stretches(opened, busy)
    if runs_on is not None:
        return _said(tr("Over, free {start}"), tr("Over to {start}"), start=runs_on, tone=HeadTone.LATE)
    if not any(one.start <= now < one.end for one in opened):
        return _closed_words(opened, now)
    until = free_until(free, now)
    if until is not None and until - now >= LEAST:
        return _said(
            tr("Free now until {end}"),
            tr("Free until {end}"),
            tr("Free to {end}"),
            end=until,
            tone=HeadTone.FREE,
        )
    return day_words(opened, [*busy, Interval(min(now, opened[0].start), now + 1)])


def _closed_words(opened: Spans, now: int) -> HeadWords:
    ahead = [one.start for one in opened if one.start > now]
    if not ahead:
        return HeadWords((tr("Closed"),))
    return _said(tr("Opens {start}"), start=ahead[0])


def day_words(opened: Spans, busy: Sequence[Interval]) -> HeadWords:
    """For a day that is not today: its first opening."""
    if not opened:
        return HeadWords((tr("Closed"),))
    free = [one for one in free_stretches(opened, busy) if one.length >= LEAST]
    if not free:
        return HeadWords((tr("Full"),))
    if free == list(opened):
        return HeadWords((tr("Free all day"),))
    return _said(
        tr("Free {start} to {end}"),
        tr("Free {start}-{end}"),
        tr("Free {start}"),
        start=free[0].start,
        end=free[0].end,
    )


def past_words(count: int) -> HeadWords:
    """For a day that is over."""
    return HeadWords((tr("%n visit(s)", "", count),))


def _said(*patterns: str, tone: HeadTone = HeadTone.QUIET, **minutes: int) -> HeadWords:
    clock = {name: short_clock(minute) for name, minute in minutes.items()}
    return HeadWords(tuple(pattern.format(**clock) for pattern in patterns), tone)

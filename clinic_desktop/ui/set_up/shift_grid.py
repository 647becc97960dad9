"""Somebody's shifts and absences as grids."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from clinic_desktop.foundation.clock import DAY_MINUTES
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.people.model import Absence, Break, Shift
from clinic_desktop.scheduling.typed_dates import typed_day
from clinic_desktop.ui.clock_text import parse_clock
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.set_up.days_text import parse_days
from clinic_desktop.ui.set_up.fields import day_words
from clinic_desktop.ui.set_up.grid_model import Column
from clinic_desktop.ui.set_up.hours_text import parse_stretches, show_short
from clinic_desktop.ui.set_up.words import day_names

Today = Callable[[], date]
_ALWAYS = Shift().valid_from  # a shift that was never given a first day


def shift_columns(today: Today) -> list[Column[Shift]]:
    """Days, from, until, breaks, every how many weeks, first and last day."""
    time = tr("Type a time, such as 9:30 or 2p.")
    day = tr("Type a day, such as 12/24, fri or +2w.")
    return [
        Column("weekdays", tr("Days"), _days, _put_days, hint=tr("Type mon-fri, or mo we fr.")),
        Column("start", tr("From"), lambda s: clock_time(s.start), _put_start, width=88, hint=time),
        Column("end", tr("Until"), lambda s: _until(s.end), _put_end, width=88, hint=time),
        Column("breaks", tr("Breaks"), _breaks, _put_breaks, width=112, hint=tr("Type 12-12:30.")),
        Column(
            "every_weeks",
            tr("Every"),
            lambda s: str(s.every_weeks),
            lambda s, t: replace(s, every_weeks=int(t)),
            width=96,
            choices=tuple((str(n), tr("%n week(s)", "", n)) for n in range(1, 5)),
        ),
        Column(
            "valid_from",
            tr("First day"),
            lambda s: "" if s.valid_from == _ALWAYS else day_words(s.valid_from),
            lambda s, t: _dated(s, "valid_from", t, _ALWAYS, today),
            width=136,
            hint=day,
        ),
        Column(
            "valid_to",
            tr("Last day"),
            lambda s: "" if s.valid_to is None else day_words(s.valid_to),
            lambda s, t: _dated(s, "valid_to", t, None, today),
            width=136,
            hint=day,
        ),
    ]  # fmt: skip


def _days(row: Shift) -> str:
    return day_names(row.weekdays)


def _put_days(row: Shift, typed: str | bool) -> Shift | None:
    days = parse_days(str(typed))
    return None if days is None else replace(row, weekdays=days)


def _put_start(row: Shift, typed: str | bool) -> Shift | None:
    minute = parse_clock(str(typed))
    return None if minute is None else replace(row, start=minute)


def _put_end(row: Shift, typed: str | bool) -> Shift | None:
    minute = DAY_MINUTES if str(typed) == tr("midnight") else parse_clock(str(typed))
    if minute is None:
        return None
    return replace(row, end=minute or DAY_MINUTES)


def _until(minute: int) -> str:
    return tr("midnight") if minute == DAY_MINUTES else clock_time(minute)


def _breaks(row: Shift) -> str:
    return show_short([(one.start, one.end) for one in row.breaks]) if row.breaks else ""


def _put_breaks(row: Shift, typed: str | bool) -> Shift | None:
    stretches = parse_stretches(str(typed))
    if stretches is None:
        return None
    return replace(row, breaks=tuple(Break(start, end) for start, end in stretches))


def _dated(row: Shift, field: str, typed: str | bool, empty: date | None, today: Today) -> Shift | None:
    if not str(typed):
        return replace(row, **{field: empty})  # type: ignore[arg-type]  # the field is a date
    day = _day(str(typed), today)
    return None if day is None else replace(row, **{field: day})  # type: ignore[arg-type]  # the same


def absence_columns(today: Today) -> list[Column[Absence]]:
    """First day, from, last day, until, why. Without times it is whole days."""
    day = tr("Type a day, such as 12/24, fri or +2w.")
    time = tr("Type a time, or leave it empty for the whole day.")
    return [
        Column(
            "from_day", tr("First day"), lambda a: day_words(a.from_day),
            lambda a, t: _put_first_day(a, t, today), width=140, hint=day,
        ),
        Column(
            "from_minute", tr("From"), lambda a: clock_time(a.from_minute) if a.from_minute else "",
            lambda a, t: _put_time(a, "from_minute", t, 0), width=92, hint=time,
        ),
        Column(
            "to_day", tr("Last day"), lambda a: day_words(a.to_day),
            lambda a, t: _put_last_day(a, t, today), width=140, hint=day,
        ),
        Column(
            "to_minute", tr("Until"), lambda a: clock_time(a.to_minute) if a.to_minute < DAY_MINUTES else "",
            lambda a, t: _put_time(a, "to_minute", t, DAY_MINUTES), width=92, hint=time,
        ),
        Column("reason", tr("Why"), lambda a: a.reason, lambda a, t: replace(a, reason=str(t))),
    ]  # fmt: skip


def _put_first_day(row: Absence, typed: str | bool, today: Today) -> Absence | None:
    day = _day(str(typed), today)
    return None if day is None else replace(row, from_day=day, to_day=max(day, row.to_day))


def _put_last_day(row: Absence, typed: str | bool, today: Today) -> Absence | None:
    day = _day(str(typed), today)
    return None if day is None else replace(row, to_day=day)


def _put_time(row: Absence, field: str, typed: str | bool, empty: int) -> Absence | None:
    minute = parse_clock(str(typed)) if str(typed) else empty
    return None if minute is None else replace(row, **{field: minute})  # type: ignore[arg-type]  # a minute


def _day(typed: str, today: Today) -> date | None:
    return typed_day(typed.lower().replace(",", " "), today())

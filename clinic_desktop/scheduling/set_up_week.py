"""Changing somebody's weekly shifts from a day on, so that the days before keep what was worked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from clinic_desktop.people.model import Shift
from clinic_desktop.scheduling.set_up import Edit


def in_force(shifts: Sequence[Shift], staff_id: int, day: date) -> list[Shift]:
    """The shifts of a person that hold on that day or begin later, in the order of the week."""
    mine = [s for s in shifts if s.staff_id == staff_id and (s.valid_to is None or s.valid_to >= day)]
    return sorted(mine, key=lambda s: (s.valid_from > day, min(s.weekdays, default=7), s.start, s.id))


def week_edit(before: Sequence[Shift], after: Sequence[Shift], day: date) -> Edit:
    """The edit that makes ``after`` of a person's shifts from ``day`` on.

    A shift that was worked before ``day`` ends the day before, and its changed form begins on
    ``day``; one that begins later is changed or removed as a whole.
    """
    kept = {one.id: one for one in after if one.id}
    write: list[Shift] = []
    remove: list[Shift] = []
    for old in before:
        new = kept.get(old.id)
        if new == old:
            continue
        if old.valid_from >= day:
            write += [new] if new else []
            remove += [] if new else [old]
        else:
            write.append(replace(old, valid_to=day - timedelta(days=1)))
            write += [_from(new, day)] if new else []
    write += [one for one in after if not one.id]
    return Edit(tuple(write), tuple(remove))


def _from(shift: Shift, day: date) -> Shift:
    """The changed form as a new record. A shift of every n-th week keeps the weeks it was counted from."""
    return replace(shift, id=0, version=0, valid_from=max(shift.valid_from, _next_turn(shift, day)))


def _next_turn(shift: Shift, day: date) -> date:
    """``day`` itself in a week in which the shift is worked, else the Monday of the next such week."""
    monday = day - timedelta(days=day.weekday())
    first = shift.valid_from - timedelta(days=shift.valid_from.weekday())
    late = (monday - first).days // 7 % shift.every_weeks
    return day if late == 0 else monday + timedelta(weeks=shift.every_weeks - late)

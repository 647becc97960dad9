"""One visit of a running course is moved or falls away, and the others with it as far as they must: all of it
in one transaction, or none.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.errors import StaleEdit
from clinic_desktop.scheduling.booking import Booked, Wish, draft
from clinic_desktop.scheduling.cancelling import Ending, ended_in
from clinic_desktop.scheduling.model import Course, Visit
from clinic_desktop.scheduling.moving import Move, moved_in
from clinic_desktop.scheduling.open_visits import count_open, numbered
from clinic_desktop.scheduling.ports import ScheduleStore, ScheduleUnit
from clinic_desktop.security.rights import Right, require


@dataclass(frozen=True, slots=True)
class Rearrangement:
    """What is done to a course. seen: (id, version) of every visit that stands in it, as it was shown.

    ending: the visit that falls away; made_up: the new one in its place.
    """

    course_id: int
    seen: tuple[tuple[int, int], ...]
    moves: tuple[Move, ...] = ()
    ending: Ending | None = None
    made_up: Wish | None = None


def rearrange(store: ScheduleStore, actor: Actor, what: Rearrangement, override: str = "") -> Booked:
    """Do all of it. Raises :class:`StaleEdit` when any visit of the course was changed meanwhile; else what a
    move, a booking or a cancellation raises. ``visits`` are those that take place, by time."""
    _require(actor, what)
    with store.read() as records:
        there = [records.get(Visit, number).day for number, _ in what.seen]
    days = _days(what, there)
    with store.write(actor) as unit:
        ending = what.ending
        unit.because(" ".join(part for part in (ending.words if ending else "", override) if part))
        unit.lock_days(sorted(days))
        unit.hold(Course, what.course_id)
        _check_seen(unit, what)
        new = []
        if ending is not None:
            ended = ended_in(unit, ending)
            new = _made_up(unit, what, ended)
        visits, warnings = moved_in(unit, what.moves, days, override, new)
        count_open(unit, what.course_id)
        stand = [unit.get(Visit, one.id) for one in visits]
        stand.sort(key=lambda one: one.start)
        return Booked(tuple(stand), tuple(warnings), unit.commit())


def _require(actor: Actor, what: Rearrangement) -> None:
    for wanted, right in ((what.moves, Right.MOVE), (what.ending, Right.CANCEL), (what.made_up, Right.BOOK)):
        if wanted:
            require(actor, right)


def _days(what: Rearrangement, there: Sequence[date]) -> set[date]:
    days = {*there, *(one.day for one in what.moves)}
    return days | {what.made_up.day} if what.made_up else days


def _check_seen(unit: ScheduleUnit, what: Rearrangement) -> None:
    """Nothing in the course is other than it was shown: each visit's place hangs on the others'."""
    standing = numbered(unit.find(Visit, course_id=what.course_id))
    if {(one.id, one.version) for one in standing} != set(what.seen):
        raise StaleEdit("course", what.course_id)


def _made_up(unit: ScheduleUnit, what: Rearrangement, ended: Visit) -> list[Visit]:
    if what.made_up is None:
        return []
    new = draft(unit.setup(), what.made_up)
    return [replace(new, course_id=what.course_id, course_no=ended.course_no)]

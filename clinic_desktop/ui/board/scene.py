"""What a board shows, as plain values: columns, heads, and every visit in its place. No widget here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise

from clinic_desktop.foundation.intervals import Interval
from clinic_desktop.scheduling.board_layout import Box as LaidOut
from clinic_desktop.scheduling.board_layout import Item, laid_out
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.scheduling.states import NEVER_CAME
from clinic_desktop.scheduling.working import Roster
from clinic_desktop.ui.board.block import Block, blocks_of
from clinic_desktop.ui.board.cover import NO_COVER, Cover
from clinic_desktop.ui.board.day_axis import DAY, axis_of
from clinic_desktop.ui.board.free_time import NO_WORDS, HeadWords
from clinic_desktop.ui.board.nurse_load import Load
from clinic_desktop.ui.board.reading import BoardVisit

HEAD_MINUTES = 20  # so much later a block must begin to leave the name above it readable
STEP = 30  # the shown hours begin and end on half hours
LEAST_HOURS = (8 * 60, 17 * 60)  # shown where a clinic has no hours at all


class ViewKind(StrEnum):
    """The ways to look at the schedule."""

    ROOMS = "rooms"
    STAFF = "staff"
    WEEK = "week"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Shut:
    """A stretch of a column in which nothing can be booked, and why."""

    start: int
    end: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``place`` is its spoken name; a staff column has a person, all others a room or none."""

    day: date
    place: str
    title: str = ""
    room_id: int | None = None
    staff_id: int | None = None
    shut: tuple[Shut, ...] = ()
    free: tuple[Interval, ...] = ()
    weight: float = 1.0
    last_safe: int | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """A heading over one or several columns; ``short`` where the title has no room."""

    first: int
    count: int
    title: str
    words: HeadWords = NO_WORDS
    short: str = ""
    today: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A block in its column: it lies in lanes ``[lane, lane + span)`` of ``lanes``; where lanes would be
    too narrow, ``staggered`` ones lie over each other instead. strips: so many are left at the right to gone
    visits of its time; a gone one with strips stands in one of them."""

    block: Block
    column: int
    lane: int = 0
    span: int = 1
    lanes: int = 1
    staggered: bool = False
    strips: int = 0


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything a board draws. ``now``: minute of today's columns, None when today is not shown.

    read: whether its visits are known; while they are not, nothing is said of what is free.
    """

    kind: ViewKind
    columns: tuple[Column, ...]
    heads: tuple[Head, ...]
    placed: tuple[Placed, ...]
    first: int
    last: int
    today: date
    now: int
    grid: int = 5
    cover: Cover = NO_COVER
    loads: tuple[Load, ...] = ()
    compact: bool = False
    days: tuple[date, ...] = ()
    read: bool = True

    @property
    def shows_today(self) -> bool:
        return self.today in self.days

    @property
    def day(self) -> date:
        return self.days[0]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a scene is made from: the set-up, the days as read, and the time (UTC minute)."""

    setup: Setup
    rows: tuple[BoardVisit, ...]
    days: tuple[date, ...]
    today: date
    now: int
    ended: bool = False  # whether cancelled and missed visits are shown

    @property
    def roster(self) -> Roster:
        return roster_for(self.setup)

    @property
    def now_minute(self) -> int:
        """On today's axis."""
        return axis_of(self.today, self.setup.clinic.zone).minute(self.now)

    def blocks(self) -> list[Block]:
        shown = [row for row in self.rows if self.ended or row.visit.state not in NEVER_CAME]
        return blocks_of(shown, self.setup, self.now)

    def on_axis(self, day: date, spans: Iterable[Interval]) -> list[Interval]:
        """UTC spans as minutes of a day."""
        axis = axis_of(day, self.setup.clinic.zone)
        return [Interval(axis.minute(one.start), axis.minute(one.end)) for one in spans]


def unread(scene: Scene) -> Scene:
    """The same page while its visits are not known: hours and names stand, nothing is called free."""
    return replace(
        scene,
        columns=tuple(replace(one, free=()) for one in scene.columns),
        heads=tuple(replace(one, words=NO_WORDS) for one in scene.heads),
        loads=(),
        read=False,
    )


def hours_shown(subject: Subject, blocks: Sequence[Block]) -> tuple[int, int]:
    """From when to when: the clinic's longest hours, and whatever lies outside them."""
    hours = subject.setup.clinic.hours
    first = min((one.start for one in hours), default=LEAST_HOURS[0])
    last = max((one.end for one in hours), default=LEAST_HOURS[1])
    first = min([first - STEP, *(one.arrive for one in blocks)])
    last = max([last + STEP, *(one.turned for one in blocks)])
    return max(0, first // STEP * STEP), min(DAY, -(-last // STEP) * STEP)


def placed_in(items: Sequence[tuple[int, Block]]) -> tuple[Placed, ...]:
    """Blocks with their columns, packed into lanes where patients overlap; by time.

    Turnover does not count: the plan keeps rooms apart by it, and cleaning behind a stay that ran on
    need not squeeze the next one aside.
    """
    boxes = laid_out(
        Item(number, column, block.start, max(block.end, block.start + 1))
        for number, (column, block) in enumerate(items)
    )
    made = [
        Placed(items[box.id][1], box.column, box.lane, box.span, box.lanes, _staggered(box, boxes))
        for box in boxes
    ]
    return tuple(sorted(made, key=by_time))


def by_time(one: Placed) -> tuple[date, int, int, int]:
    return one.block.day, one.block.start, one.column, one.block.id


def _staggered(box: LaidOut, boxes: Sequence[LaidOut]) -> bool:
    """Whether its head stays in sight when blocks lie over each other like cards."""
    return box.lanes > 1 and all(
        abs(one.start - box.start) >= HEAD_MINUTES
        for one in boxes
        if one.id != box.id and one.column == box.column and one.start < box.end and box.start < one.end
    )


def shut_of(opened: Sequence[Interval], first: int, last: int, why: Sequence[Shut]) -> tuple[Shut, ...]:
    """What is not open between ``first`` and ``last``; a reason that touches a stretch names it."""
    out: list[Shut] = []
    at = first
    for one in [*opened, Interval(last, last + 1)]:
        if one.start > at:
            out += _split(at, min(one.start, last), why)
        at = max(at, one.end)
    return tuple(out)


def _split(start: int, end: int, why: Sequence[Shut]) -> list[Shut]:
    """A closed stretch cut where its reasons begin and end."""
    marks = sorted({start, end, *(m for one in why for m in (one.start, one.end) if start < m < end)})
    out = []
    for a, b in pairwise(marks):
        reason = next((one.why for one in why if one.start < b and a < one.end), "")
        out.append(Shut(a, b, reason))
    return out

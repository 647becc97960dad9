"""The day by room, and the week by room: columns, heads and blocks."""

from collections.abc import Sequence
from datetime import date

from clinic_desktop.foundation.intervals import Interval, merged
from clinic_desktop.foundation.words import short_date
from clinic_desktop.scheduling.model import Room
from clinic_desktop.scheduling.states import HERE, NEVER_CAME
from clinic_desktop.scheduling.working import holes
from clinic_desktop.ui.board.block import Block
from clinic_desktop.ui.board.cover import cover_of, last_starts
from clinic_desktop.ui.board.free_time import (
    HeadTone,
    HeadWords,
    day_words,
    free_stretches,
    past_words,
    today_words,
)
from clinic_desktop.ui.board.gone import all_placed
from clinic_desktop.ui.board.nurse_load import loads_of
from clinic_desktop.ui.board.scene import (
    Column,
    Head,
    Placed,
    Scene,
    Shut,
    Subject,
    ViewKind,
    hours_shown,
    shut_of,
)
from clinic_desktop.ui.i18n import tr


def rooms_scene(subject: Subject, blocks: Sequence[Block]) -> Scene:
    """One day, one column for each room, and one for visits that have none."""
    day = subject.days[0]
    first, last = hours_shown(subject, blocks)
    maker = _RoomColumns(subject, blocks, first, last)
    columns = [*(maker.room(room, day) for room in maker.rooms), maker.roomless(day)]
    heads = [maker.head(number, column, blocks) for number, column in enumerate(columns)]
    visits = [row.visit for row in subject.rows]
    return Scene(
        ViewKind.ROOMS,
        tuple(columns),
        tuple(heads),
        _placed(columns, blocks),
        first,
        last,
        subject.today,
        subject.now_minute,
        subject.setup.policies.grid,
        cover_of(subject.setup, day, visits, subject.now),
        loads_of(subject.rows, subject.setup, day),
        days=subject.days,
    )


def week_scene(subject: Subject, blocks: Sequence[Block]) -> Scene:
    """Several days side by side, each with its rooms; initials only."""
    first, last = hours_shown(subject, blocks)
    maker = _RoomColumns(subject, blocks, first, last)
    columns: list[Column] = []
    heads: list[Head] = []
    for day in subject.days:
        todays = [one for one in blocks if one.day == day]
        group = [maker.room(room, day) for room in maker.rooms]
        if any(_is_roomless(one, maker.room_ids) for one in todays):
            group.append(maker.roomless(day))
        words = past_words(len([one for one in todays if one.state not in NEVER_CAME]))
        heads.append(Head(len(columns), len(group), short_date(day), words, today=day == subject.today))
        columns += group
    return Scene(
        ViewKind.WEEK,
        tuple(columns),
        tuple(heads),
        _placed(columns, blocks),
        first,
        last,
        subject.today,
        subject.now_minute,
        subject.setup.policies.grid,
        compact=True,
        days=subject.days,
    )


def short_room(name: str) -> str:
    """ "I2" for "Infusion 2": an initial and the number."""
    words = name.split()
    numbers = "".join(word for word in words if word.isdigit())
    return (words[0][:1].upper() + numbers) if words and numbers else name[:2]


def _is_roomless(block: Block, rooms: frozenset[int]) -> bool:
    return block.displaced or block.room_id not in rooms


def _placed(columns: Sequence[Column], blocks: Sequence[Block]) -> tuple[Placed, ...]:
    at = {(one.day, one.room_id): number for number, one in enumerate(columns)}
    items = []
    for block in blocks:
        room = None if block.displaced else block.room_id
        column = at.get((block.day, room), at.get((block.day, None)))
        if column is not None:
            items.append((column, block))
    return all_placed(items)


class _RoomColumns:
    """Columns of rooms, with what of them is closed and free."""

    def __init__(self, subject: Subject, blocks: Sequence[Block], first: int, last: int) -> None:
        self._subject, self._first, self._last = subject, first, last
        self.rooms = sorted(
            (one for one in subject.setup.rooms if one.active), key=lambda one: (one.position, one.id)
        )
        self.room_ids = frozenset(one.id for one in self.rooms)
        self._starts = {day: last_starts(subject.setup, day) for day in subject.days}
        self._there: dict[tuple[date, int | None], list[Block]] = {}
        # Who is in a room has it, whatever was planned and whoever else is in it.
        self._inside = [one for one in blocks if one.inside]
        for block in blocks:
            if not block.displaced and block.state not in NEVER_CAME:
                self._there.setdefault((block.day, block.room_id), []).append(block)

    def room(self, room: Room, day: date) -> Column:
        opened = self._opened(room.id, day)
        starts = self._starts[day]
        safe = [starts[fit] for fit in room.fits if fit in starts]
        return Column(
            day,
            room.name,
            short_room(room.name),
            room.id,
            shut=shut_of(opened, self._first, self._last, self._reasons(room.id, day)),
            free=tuple(free_stretches(opened, self._busy(room.id, day))),
            last_safe=max(safe) if safe else None,
        )

    def roomless(self, day: date) -> Column:
        opened = self._subject.on_axis(day, self._subject.roster.clinic_open(day))
        return Column(
            day,
            tr("No room"),
            "-",
            shut=shut_of(opened, self._first, self._last, self._reasons(None, day)),
            free=tuple(opened),
        )

    def head(self, number: int, column: Column, blocks: Sequence[Block]) -> Head:
        today = column.day == self._subject.today
        if column.room_id is None:
            return Head(number, 1, column.place, self._roomless_words(blocks), today=today)
        opened = self._opened(column.room_id, column.day)
        here = self._there.get((column.day, column.room_id), [])
        busy = self._busy(column.room_id, column.day)
        if column.day < self._subject.today:
            words = past_words(len(here))
        elif today and opened:
            late = [one.turned for one in here if one.over and one.whereabouts in HERE]
            words = today_words(opened, busy, self._subject.now_minute, max(late, default=None))
        else:
            words = day_words(opened, busy)
        return Head(number, 1, column.place, words, today=today)

    def _roomless_words(self, blocks: Sequence[Block]) -> HeadWords:
        displaced = sum(one.displaced for one in blocks)
        if displaced:
            return HeadWords((tr("{count} displaced").format(count=displaced),), HeadTone.LATE)
        return HeadWords((tr("Calls and more"), tr("Calls")))

    def _opened(self, room_id: int, day: date) -> list[Interval]:
        return self._subject.on_axis(day, self._subject.roster.room_open(room_id, day))

    def _busy(self, room_id: int, day: date) -> list[Interval]:
        taken = self._there.get((day, room_id), ())
        spans = [Interval(one.start, max(one.turned, one.start + 1)) for one in taken]
        if day == self._subject.today:
            now = self._subject.now_minute
            inside = [one for one in self._inside if (one.day, one.room_id) == (day, room_id)]
            spans += [Interval(min(one.start, now), max(one.turned, now + 1)) for one in inside]
        return merged(spans)

    def _reasons(self, room_id: int | None, day: date) -> list[Shut]:
        """Closures of the room and of the clinic, with their reasons."""
        return [
            Shut(hole.start, hole.end, one.reason or tr("Closed"))
            for one in self._subject.setup.closures
            if one.room_id is None or one.room_id == room_id
            for hole in holes([one], day)
        ]

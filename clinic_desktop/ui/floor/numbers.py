"""The numbers that lead to people on the floor: of their room, and theirs for as long as they are here. Pure.

Whoever presses Ctrl and a digit twice meets the same patient twice. So a number is given once: to who is in
the house first for a room, that of the room; to who comes into a room whose number another has (a slip, a
room that two use, somebody who waits in the chair), one that is no room's. Who gets which follows from the
order in which it was recorded that they came, went into a room and left, so that a time that is typed or
corrected afterwards gives nobody another number, and every desk shows the same, after a restart too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.session import ENDS, GIVEN, INSIDE, PRESENT
from clinic_desktop.ui.floor.reading import Stay

NUMBERED = 9  # Ctrl and a digit
_EVER = datetime.min.replace(tzinfo=UTC)
_HERE = frozenset({*PRESENT, *INSIDE, *GIVEN})
_MOVES = frozenset({*INSIDE, *GIVEN, *ENDS, StampKind.WAITING, StampKind.STRUCK})


class _Step(Enum):
    CAME, WENT_IN, WAITS, LEFT = range(4)


@dataclass(frozen=True, slots=True)
class _Event:
    """What was recorded of a stay. room: which one they went into."""

    at: datetime
    number: int
    step: _Step
    stay: Stay
    room: int = 0


def numbers_of(
    here: Sequence[Stay], coming: Sequence[Stay], done: Sequence[Stay], places: Mapping[int, int]
) -> dict[int, int]:
    """Visit -> its number, of those who are here and of the next who comes into each room that leads to
    nobody yet. Without a room there is none, nor in a room whose number is another's once those of no room
    are used up: then the room's, as soon as it is free. done: who was here today, and had a number."""
    given = _Given(places)
    events = (event for one in (*here, *done) for event in _events(one))
    for event in sorted(events, key=lambda one: (one.at, one.number)):
        given.follow(event)
    for stay in done:  # also where no stamp says so
        given.follow(_Event(_EVER, 0, _Step.LEFT, stay))
    out = {one.id: number for one in here if (number := given.numbers.get(one.id))}
    for one in sorted(coming, key=lambda one: (one.visit.start, one.id)):
        number = places.get(one.visit.room_id or 0, 0)
        if given.is_free(number) and number not in out.values():
            out[one.id] = number
    return out


class _Given:
    """Who has which number, while the day is gone through again."""

    def __init__(self, places: Mapping[int, int]) -> None:
        self.numbers: dict[int, int] = {}  # visit -> number
        self._places = places
        self._here: dict[int, Stay] = {}  # in the order in which they came
        self._inside: dict[int, Stay] = {}  # in the order in which they went into a room
        self._where: dict[int, int] = {}  # visit -> the room that they are in
        self._of_no_room = range(max(places.values(), default=0) + 1, NUMBERED + 1)

    def follow(self, event: _Event) -> None:
        stay = event.stay
        if event.step is _Step.CAME:
            self._here[stay.id] = stay
        elif stay.id not in self._here:
            return  # corrected after they left
        elif event.step is _Step.WENT_IN:
            self._inside[stay.id] = stay
            self._where[stay.id] = event.room
        elif event.step is _Step.WAITS:
            self._where.pop(stay.id, None)
        else:
            self.numbers.pop(stay.id, None)
            self._here.pop(stay.id, None)
            self._inside.pop(stay.id, None)
            self._where.pop(stay.id, None)
        for one in (*self._inside.values(), *self._here.values()):
            if one.id not in self.numbers and (number := self._number(one)):
                self.numbers[one.id] = number

    def _number(self, stay: Stay) -> int:
        number = self._places.get(stay.visit.planned_room or 0, 0)
        if not number:
            return 0
        if stay.id not in self._inside:
            return number if self.is_free(number) else 0
        taken = self.numbers.values()
        wanted = (number, *self._of_no_room) if number <= NUMBERED else self._of_no_room
        return next((one for one in wanted if one not in taken), 0)

    def is_free(self, number: int) -> bool:
        """Whether a room's number is nobody's, and nobody is in the room under another one."""
        in_use = {self._places.get(room, 0) for room in self._where.values()}
        return 0 < number <= NUMBERED and number not in {*self.numbers.values(), *in_use}


def _events(stay: Stay) -> Iterable[_Event]:
    """What was recorded of a stay, in order; an end that was struck out is a coming back."""
    stamps = sorted((one for one in stay.stamps if one.kind in _MOVES), key=_moment)
    ends = {one.id for one in stamps if one.kind in ENDS}
    first, room = stay.visit.planned_room or 0, 0

    def said(stamp: Stamp, step: _Step) -> _Event:
        return _Event(*_moment(stamp), step, stay, room)

    came = min((_moment(one) for one in stay.stamps if one.kind in _HERE), default=(_EVER, 0))
    yield _Event(*came, _Step.CAME, stay)
    for one in stamps:
        if one.id in ends:
            yield said(one, _Step.LEFT)
        elif one.kind is StampKind.WAITING:
            yield said(one, _Step.WAITS)
        elif one.kind in INSIDE or (one.kind in GIVEN and not room):
            room = one.room_id or room or first
            yield said(one, _Step.WENT_IN)
        elif one.kind is StampKind.STRUCK and one.corrects in ends:
            yield said(one, _Step.CAME)
            if room:
                yield said(one, _Step.WENT_IN)


def _moment(stamp: Stamp) -> tuple[datetime, int]:
    return stamp.recorded_at or _EVER, stamp.id

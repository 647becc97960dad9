"""The common workload of visits that scheduling is measured on, made here so that nothing else is needed.

Six rooms, four nurses, two prescribers, open Monday to Friday 8 AM to 6 PM, in UTC, on a grid of 15
minutes. Each day 25 visits are placed one by one at a random start and room that fit; the nurse and
the prescriber are the least busy who can. A visit takes its room throughout, hands of one nurse in one
or two windows, and hands of a prescriber in one.
"""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TypeVar

from clinic_desktop.foundation.actor import Role
from clinic_desktop.people.model import Shift, Staff
from clinic_desktop.scheduling.availability import ClaimRow
from clinic_desktop.scheduling.model import (
    Clinic,
    OpenHours,
    Phase,
    PhaseKind,
    Policies,
    Room,
    Setup,
    VisitType,
)

R = TypeVar("R")
BASE = date(2027, 1, 4)  # a Monday
OPENS, CLOSES, GRID = 480, 1080, 15
ROOMS, NURSES, PRESCRIBERS, A_DAY, WEEKDAYS = 6, 4, 2, 25, 131
START = int(datetime(2027, 1, 4, tzinfo=UTC).timestamp()) // 60  # UTC minute of the base

Window = tuple[int, int]
Shape = tuple[int, tuple[Window, ...], tuple[Window, ...]]  # room minutes, nurse windows, prescriber's

SHAPES: dict[str, Shape] = {
    "ESK": (165, ((0, 30), (150, 165)), ((15, 30),)),
    "IVK": (120, ((0, 45), (105, 120)), ((15, 30),)),
    "INT": (90, ((0, 15),), ((15, 90),)),
    "FUP": (60, ((0, 15),), ((15, 45),)),
}
WEIGHTS = {"ESK": 30, "IVK": 25, "INT": 15, "FUP": 30}


@dataclass(frozen=True, slots=True)
class Booked:
    """A visit of the workload; ``start`` in minutes from the base, people and rooms counted from 1."""

    id: int
    shape: Shape
    room: int
    nurse: int
    prescriber: int  # 5 and 6, after the nurses
    start: int


def visits(seed: int = 20270104) -> list[Booked]:
    """Half a year of weekdays from the base."""
    chance = random.Random(seed)
    days = (BASE + timedelta(days=n) for n in range(2 * WEEKDAYS))
    weekdays = [(day - BASE).days for day in days if day.weekday() < 5][:WEEKDAYS]
    placed = [
        replace(one, start=1440 * day + OPENS + GRID * one.start) for day in weekdays for one in _day(chance)
    ]
    placed.sort(key=lambda one: (one.start, one.room))
    return [replace(one, id=number) for number, one in enumerate(placed, start=1)]


def claims(booked: Iterator[Booked] | list[Booked]) -> Iterator[ClaimRow]:
    """The places that visits take: room and hands."""
    for one in booked:
        begin = START + one.start
        length, nurse, prescriber = one.shape
        yield "room", one.room, begin, begin + length, one.id
        for person, windows in ((one.nurse, nurse), (one.prescriber, prescriber)):
            for a, b in windows:
                yield "hands", person, begin + a, begin + b, one.id


def clinic(grid: int) -> Setup:
    """The clinic of the workload; everybody works while it is open."""
    people = [Staff(id=n, name=f"N{n}", roles=frozenset({Role.NURSE})) for n in range(1, NURSES + 1)]
    people += [
        Staff(id=NURSES + n, name=f"P{n}", roles=frozenset({Role.PRESCRIBER}))
        for n in range(1, PRESCRIBERS + 1)
    ]
    week = frozenset(range(5))
    return Setup(
        clinic=Clinic(
            zone="UTC",
            hours=tuple(OpenHours(day, OPENS, CLOSES) for day in range(5)),
            policies=Policies(grid=grid),
        ),
        rooms=tuple(
            Room(id=n, name=f"R{n}", fits=frozenset({"any"}), position=n) for n in range(1, ROOMS + 1)
        ),
        staff=tuple(people),
        shifts=tuple(
            Shift(id=one.id, staff_id=one.id, weekdays=week, start=OPENS, end=CLOSES) for one in people
        ),
    )


def visit_type(code: str) -> VisitType:
    """A shape as a visit type: a phase for each stretch between two ends of its windows."""
    length, nurse, prescriber = SHAPES[code]
    ends = sorted({0, length, *(end for window in (*nurse, *prescriber) for end in window)})
    phases = []
    for a, b in pairwise(ends):
        hands = {Role.NURSE} if _inside(nurse, a, b) else set()
        hands |= {Role.PRESCRIBER} if _inside(prescriber, a, b) else set()
        phases.append(Phase(PhaseKind.PREP, b - a, hands=frozenset(hands)))
    return VisitType(id=list(SHAPES).index(code) + 1, code=code, needs_fit="any", phases=tuple(phases))


def unnumbered(records: Iterable[R]) -> list[R]:
    """As they are added to a store, which numbers them by itself, in this order."""
    return [replace(one, id=0) for one in records]  # type: ignore[type-var]  # records are dataclasses


def room_only(minutes: int) -> VisitType:
    return VisitType(id=9, code=str(minutes), needs_fit="any", phases=(Phase(PhaseKind.PREP, minutes),))


def answers_room(booked: list[Booked], room: int, minutes: int, days: int = 180) -> list[int]:
    """Every start of a room, tried one by one."""
    free = _free(booked)
    return [m for m in _starts(days, minutes) if free(("room", room), m, m + minutes)]


def answers(booked: list[Booked], code: str, days: int = 180) -> list[int]:
    """Every start with some room, some nurse (one in both windows) and some prescriber, one by one."""
    length, nurse, prescriber = SHAPES[code]
    free = _free(booked)

    def able(people: range, windows: tuple[Window, ...], start: int) -> bool:
        return any(all(free(("hands", who), start + a, start + b) for a, b in windows) for who in people)

    return [
        m
        for m in _starts(days, length)
        if any(free(("room", room), m, m + length) for room in range(1, ROOMS + 1))
        and able(range(1, NURSES + 1), nurse, m)
        and able(range(NURSES + 1, NURSES + PRESCRIBERS + 1), prescriber, m)
    ]


def _starts(days: int, minutes: int) -> list[int]:
    weekdays = [day for day in range(days) if day % 7 < 5]
    return [1440 * day + m for day in weekdays for m in range(OPENS, CLOSES - minutes + 1, GRID)]


def _free(booked: list[Booked]) -> Callable[[tuple[str, int], int, int], bool]:
    taken = {
        (kind, who, m)
        for kind, who, start, end, _ in claims(booked)
        for m in range(start - START, end - START, GRID)
    }
    return lambda place, start, end: all((*place, m) not in taken for m in range(start, end, GRID))


def _day(chance: random.Random) -> list[Booked]:
    """One day; starts are cells from opening."""
    rooms, people = [0] * ROOMS, [0] * (NURSES + PRESCRIBERS)
    out = []
    for _ in range(A_DAY):
        wanted = chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        for code in (wanted, "FUP"):
            found = _place(chance, SHAPES[code], rooms, people)
            if found is not None:
                out.append(found)
                break
    return out


def _place(chance: random.Random, shape: Shape, rooms: list[int], people: list[int]) -> Booked | None:
    """Put one visit of a shape at a random start and room that fit; None when there is none."""
    length, nurse, prescriber = _cells(((0, shape[0]),)), _cells(shape[1]), _cells(shape[2])
    cells = (CLOSES - OPENS) // GRID
    nurses, doctors = range(NURSES), range(NURSES, NURSES + PRESCRIBERS)
    feasible = [
        (start, room)
        for start in range(cells - shape[0] // GRID + 1)
        if any(not people[n] & nurse << start for n in nurses)
        and any(not people[n] & prescriber << start for n in doctors)
        for room in range(ROOMS)
        if not rooms[room] & length << start
    ]
    if not feasible:
        return None
    start, room = chance.choice(feasible)
    who = [
        min((n for n in group if not people[n] & mask << start), key=lambda n: people[n].bit_count())
        for group, mask in ((nurses, nurse), (doctors, prescriber))
    ]
    rooms[room] |= length << start
    people[who[0]] |= nurse << start
    people[who[1]] |= prescriber << start
    return Booked(0, shape, room + 1, who[0] + 1, who[1] + 1, start)


def _cells(windows: tuple[Window, ...]) -> int:
    return sum((1 << -(-b // GRID)) - (1 << a // GRID) for a, b in windows)


def _inside(windows: tuple[Window, ...], a: int, b: int) -> bool:
    return any(first <= a and b <= last for first, last in windows)

"""Free starts and the course planner on the common workload, as ratios to their floors in the same run.

    python -m benchmarks.planning

The floors read a plain table by the driver alone and keep one number for each room and person, and nothing
else. "cold" goes the road of the program, through the store; "warm" has the claims in memory. With the
reference material beside the project, the answers are also compared with its own.
"""

import hashlib
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

from benchmarks.common_week import (
    BASE,
    CLOSES,
    GRID,
    NURSES,
    OPENS,
    ROOMS,
    SHAPES,
    START,
    Booked,
    answers,
    answers_room,
    claims,
    clinic,
    room_only,
    visit_type,
    visits,
)
from benchmarks.planning_store import Plain, Shelf, shelves
from clinic_desktop.people.model import UsualDriver
from clinic_desktop.scheduling.availability import Availability, Options, Place, Taken, by_place
from clinic_desktop.scheduling.board_layout import Item, laid_out
from clinic_desktop.scheduling.masks import bits, timeline
from clinic_desktop.scheduling.planner import plan
from clinic_desktop.scheduling.planner_alternatives import alternatives
from clinic_desktop.scheduling.planner_model import Cadence, CourseCost, CourseRequest, Plan
from clinic_desktop.scheduling.working import Roster

Row = dict[str, Any]
SAME_NURSE = Options(change_nurse=False)
STAFFED = ("IVK", "ESK")
DAY, DAYS = 1440, 180
SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "bench" / "workload.py"


def measure() -> dict[str, Any]:
    """All rows."""
    booked = visits()
    staff = StaffTimes(booked)
    rows = [staff.warm(code) for code in STAFFED]
    with shelves(booked) as each:
        for shelf in each:
            rows += [*room_rows(booked, shelf), *(staff.cold(code, shelf) for code in STAFFED)]
    return {"rows": [*rows, *course_rows(booked), layout_row(), *shared_rows()]}


# ---- one room ------------------------------------------------------------------------------------------


def room_rows(booked: list[Booked], shelf: Shelf) -> list[Row]:
    line, options = timeline(BASE, DAYS, "UTC"), Options(rooms=frozenset({1}))
    out = []
    for minutes in (60, 120):
        first_ten = partial(shelf.first_ten, room_only(minutes), options)
        floor, value = side_by_side(partial(lazy_floor, shelf.plain, minutes), first_ten)
        equal = first_ten() == answers_room(booked, 1, minutes)[:10]
        name = f"{shelf.engine}: first ten starts of {minutes} min in one room, cold"
        out.append(row(name, value, floor, 27, equal))
    every = partial(shelf.every_start, room_only(60), line, options)
    floor, value = side_by_side(partial(room_floor, shelf.plain, 60, 0, DAYS), every)
    equal = [minute - START for minute in every()] == answers_room(booked, 1, 60)
    name = f"{shelf.engine}: every start of 60 min in one room, 180 days, cold"
    out.append(row(name, value, floor, 15, equal))
    return out


def lazy_floor(plain: Plain, minutes: int) -> list[int]:
    out: list[int] = []
    day = 0
    while len(out) < 10 and day < DAYS:
        out += room_floor(plain, minutes, day, 14)
        day += 14
    return out[:10]


def room_floor(plain: Plain, minutes: int, day: int, days: int) -> list[int]:
    begin = START + day * DAY
    taken = 0
    for start, end in plain(1, begin, begin + days * DAY):
        taken |= ((1 << (end - start) // GRID) - 1) << ((start - begin) // GRID)
    return [
        day * DAY + cell * GRID
        for cell in bits(consecutive(open_cells(days, GRID) & ~taken, minutes // GRID))
    ]


# ---- room, nurse and prescriber ------------------------------------------------------------------------


class StaffTimes:
    """Times for a visit with a room, a nurse (the same throughout) and a prescriber."""

    def __init__(self, booked: list[Booked]) -> None:
        self.booked, self.line = booked, timeline(BASE, DAYS, "UTC")
        self.masks = free_masks(booked, 5, DAYS)

    def floor(self) -> list[int]:
        return bits(floor_starts(self.masks, "IVK", 5))

    def warm(self, code: str) -> Row:
        kind, held = visit_type(code), in_memory(self.booked, self.line.start, self.line.end)
        fine, coarse = (Availability(Roster(clinic(grid)), self.line, held) for grid in (5, GRID))
        floor, value = side_by_side(self.floor, lambda: bits(fine.starts(kind, SAME_NURSE)))
        found = minutes_of(coarse, coarse.starts(kind, SAME_NURSE))
        equal = self.right(code, found)
        return row(f"{code}: room, nurse, prescriber, 180 days on 5 min, warm", value, floor, 14, equal)

    def cold(self, code: str, shelf: Shelf) -> Row:
        every = partial(shelf.every_start, visit_type(code), self.line, SAME_NURSE)
        equal = self.right(code, every())
        shelf.on_grid(5)
        floor, value = side_by_side(self.floor, every)
        shelf.on_grid(GRID)
        name = f"{shelf.engine}: {code}: room, nurse, prescriber, 180 days on 5 min, cold"
        return row(name, value, floor, 107, equal)

    def right(self, code: str, found: list[int]) -> bool:
        return [minute - START for minute in found] == answers(self.booked, code)


def minutes_of(free: Availability, starts: int) -> list[int]:
    return [free.line.minute(bit) for bit in bits(starts)]


def in_memory(booked: Sequence[Booked], start: int, end: int) -> dict[Place, list[Taken]]:
    return by_place(one for one in claims(list(booked)) if one[2] < end and start < one[3])


# ---- courses -------------------------------------------------------------------------------------------


def course_rows(booked: list[Booked]) -> list[Row]:
    """Six visits in three calendar weeks on a thinned book, by the cost that everybody is measured by;
    the same where it is impossible; and by the house's own order of preference."""
    thin, days = [one for one in booked if one.id % 3], 126
    line = timeline(BASE, days, "UTC")
    free = Availability(Roster(clinic(GRID)), line, in_memory(thin, line.start, line.end))
    masks = free_masks(thin, GRID, days)
    six = CourseRequest(
        Cadence(1, 5, weeks=(2, 2, 2), calendar_weeks=True),
        (visit_type("IVK"),) * 6,
        BASE,
        start_within=90,
        options=SAME_NURSE,
        cost=CourseCost(
            visit=lambda _no, _day, minute: abs(minute - 600) // 15,
            step=lambda gap: 2 * abs(gap - 3),
            first=lambda day: 4 * ((day - BASE).days // 7),
        ),
    )
    floor, value = side_by_side(lambda: course_floor(masks), lambda: plan(free, six))
    out = [
        row(
            "course of six, exact optimum", value, floor, 45, plan(free, six).score.own == course_floor(masks)
        )
    ]
    out += alternatives_rows(free, six)
    for name, request, whole in courses(six):
        found = plan(free, request)
        _, value = side_by_side(lambda: None, partial(plan, free, request))
        reasoned = all(one.reasons for one in found.unplaced)
        out.append(row(name, value, floor, 45, found.whole == whole and reasoned))
    return out


def alternatives_rows(free: Availability, six: CourseRequest) -> list[Row]:
    """Planning as the desk asks for it: every preference and the three ways, from claims in memory."""
    house = replace(six, cadence=Cadence(1, 7, 21), start_within=28, cost=None, options=Options(wish_nurse=2))
    driver = UsualDriver("Bea", from_minute=600)
    wished = replace(with_wishes(house, driver), clock=None, half="am", soonest=True)
    cases = {"best common clock time": replace(house, half="am"), "every preference, driver": wished}
    out = []
    for name, request in cases.items():
        _, value = side_by_side(lambda: None, partial(three_ways, free, request))
        ways = three_ways(free, request)
        equal = len(ways) == 3 and all(one.whole for one in ways)
        title = f"planner with preferences and alternatives, course of six: {name}"
        out.append(at_most(title if equal else f"{title}: WRONG ANSWER", value, 50, met=equal))
    return out


def three_ways(free: Availability, request: CourseRequest) -> list[Plan]:
    best = plan(free, request)
    return [best, *(one.plan for one in alternatives(free, request, best))]


def courses(six: CourseRequest) -> list[tuple[str, CourseRequest, bool]]:
    """(name, request, whether the whole of it fits)."""
    closed = frozenset(BASE + timedelta(days=n) for n in range(200) if n % 14 > 6)
    driver = UsualDriver("Bea", weekdays=frozenset({1, 3, 4}), from_minute=600)
    house = replace(six, cadence=Cadence(1, 7, 21), start_within=28, cost=None, options=Options())
    weeks = (2, 2, 2, 2, 1, 1, 1, 1)
    twelve = replace(house, cadence=Cadence(1, None, weeks=weeks), types=(visit_type("ESK"),) * 12)
    return [
        ("course of six, impossible, with the reason", replace(six, excluded=closed), False),
        ("course of six, impossible in the house's order", replace(house, excluded=closed), False),
        ("course of six, best common clock time", house, True),
        ("course of six, 10 AM, Tue and Fri, driver", with_wishes(house, driver), True),
        ("course of eight and four, best common clock time", twelve, True),
    ]


def with_wishes(request: CourseRequest, driver: UsualDriver) -> CourseRequest:
    fetched = replace(visit_type("IVK"), modality="iv", profile_id=1)
    return replace(
        request,
        clock=600,
        weekdays=frozenset({1, 4}),
        drivers=(driver,),
        types=(fetched,) * len(request.types),
    )


def course_floor(masks: dict[str, list[int]]) -> int | None:
    """Starts from masks in memory, the best of each day, and day by day the best way there."""
    starts = floor_starts(masks, "IVK", GRID)
    cells = DAY // GRID
    cheapest: dict[int, int] = {}
    for day in range(126):
        left = starts >> day * cells & ((1 << cells) - 1)
        while left:
            lowest = left & -left
            left ^= lowest
            cost = abs((lowest.bit_length() - 1) * GRID - 600) // 15
            if day not in cheapest or cost < cheapest[day]:
                cheapest[day] = cost
    best = None
    for week in range(13):
        reached = {d: cheapest[d] + 4 * week for d in range(7 * week, 7 * week + 5) if d in cheapest}
        for visit in range(1, 6):
            begin = 7 * (week + visit // 2)
            reached = {
                d: min(ways) + cheapest[d]
                for d in range(begin, begin + 5)
                if d in cheapest
                and (ways := [c + 2 * abs(d - e - 3) for e, c in reached.items() if 2 <= d - e <= 5])
            }
        if reached:
            best = min(reached.values()) if best is None else min(best, *reached.values())
    return best


# ---- floors --------------------------------------------------------------------------------------------


def open_cells(days: int, grid: int) -> int:
    hours = ((1 << (CLOSES - OPENS) // grid) - 1) << OPENS // grid
    return sum(hours << day * (DAY // grid) for day in range(days) if day % 7 < 5)


def free_masks(booked: Sequence[Booked], grid: int, days: int) -> dict[str, list[int]]:
    """Rooms, nurses and prescribers, each as one number."""
    taken: dict[Place, int] = {}
    for kind, owner, start, end, _ in claims([one for one in booked if one.start < days * DAY]):
        span = ((1 << (end - start) // grid) - 1) << ((start - START) // grid)
        taken[kind, owner] = taken.get((kind, owner), 0) | span
    opened = open_cells(days, grid)
    hands = [opened & ~taken["hands", n] for n in range(1, NURSES + 3)]
    return {
        "room": [opened & ~taken["room", n] for n in range(1, ROOMS + 1)],
        "nurse": hands[:NURSES],
        "prescriber": hands[NURSES:],
    }


def floor_starts(free: dict[str, list[int]], code: str, grid: int) -> int:
    length, nurse, prescriber = SHAPES[code]
    found = -1
    for people, windows in (
        (free["room"], ((0, length),)),
        (free["nurse"], nurse),
        (free["prescriber"], prescriber),
    ):
        some = 0
        for one in people:
            every = -1
            for a, b in windows:
                every &= consecutive(one, (b - a) // grid) >> a // grid
            some |= every
        found &= some
    return found


def consecutive(free: int, count: int) -> int:
    have = 1
    while have < count:
        step = min(have, count - have)
        free &= free >> step
        have += step
    return free


# ---- the board, and the common answers -----------------------------------------------------------------


def layout_row() -> Row:
    chance = random.Random(3)
    items = [
        Item(n, chance.randrange(8), start := chance.randrange(480, 1000), start + chance.randrange(15, 170))
        for n in range(500)
    ]
    _, value = side_by_side(lambda: None, lambda: laid_out(items))
    return at_most("board layout, 500 visits", value, 2)


def at_most(name: str, value: float, most: float, *, met: bool = True) -> Row:
    return {"name": name, "value": value, "unit": "ms", "goal": f"<= {most} ms", "met": met and value <= most}


def shared_rows() -> list[Row]:
    """Whether the answers equal those of the workload beside the project; no row without it."""
    if not SHARED.exists():
        return []
    with tempfile.TemporaryDirectory() as folder:
        few = ["--appointments", "3400", "--patients", "100"]
        subprocess.run([sys.executable, str(SHARED), folder, *few], check=True, stdout=subprocess.DEVNULL)
        common = json.loads((Path(folder) / "w1.json").read_text(encoding="utf-8"))
    booked = [
        Booked(v[0], SHAPES[v[2]], v[3], v[4], v[5], v[8]) for v in common["visits"] if 0 <= v[8] < DAYS * DAY
    ]
    wrong = [name for name, found, wanted in compared(booked, common["answers"]) if not same(found, wanted)]
    return [
        {
            "name": "answers equal to the common workload's",
            "value": len(wrong),
            "unit": "wrong",
            "goal": 0,
            "met": not wrong,
        }
    ]


def compared(booked: list[Booked], known: dict[str, Any]) -> Iterable[tuple[str, list[int], dict[str, Any]]]:
    """(name, our starts, the known answer) for every room and length, and both kinds of visit."""
    roster = Roster(clinic(GRID))
    for days in (30, 90, DAYS):
        line = timeline(BASE, days, "UTC")
        free = Availability(roster, line, in_memory(booked, line.start, line.end))
        for room, minutes in product(range(1, ROOMS + 1), (30, 60, 120)):
            found = free.starts(room_only(minutes), Options(rooms=frozenset({room})))
            name = f"R{room}/{minutes}/{days}"
            yield name, minutes_of(free, found), known["J1a"][name]
        for code in STAFFED:
            name = f"{code}/{days}"
            yield name, minutes_of(free, free.starts(visit_type(code), SAME_NURSE)), known["J1c"][name]


def same(found: list[int], known: dict[str, Any]) -> bool:
    minutes = [minute - START for minute in found]
    digest = hashlib.sha256(",".join(map(str, minutes)).encode()).hexdigest()[:16]
    return (len(minutes), minutes[:10], digest) == (known["n"], known["first10"], known["sha"])


# ---- measuring -----------------------------------------------------------------------------------------


def side_by_side(
    floor: Callable[[], object], ours: Callable[[], object], seconds: float = 0.6
) -> tuple[float, float]:
    """Median milliseconds of both, taken in turns so that a busy moment meets both."""
    floors: list[float] = []
    values: list[float] = []
    floor(), ours()
    end = time.perf_counter() + seconds
    while len(values) < 5 or time.perf_counter() < end:
        floors.append(timed(floor))
        values.append(timed(ours))
    return statistics.median(floors), statistics.median(values)


def timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begin)


def row(name: str, value: float, floor: float, goal: float, equal: bool) -> Row:
    ratio = value / floor
    return {
        "name": name if equal else f"{name}: WRONG ANSWER",
        "value": value,
        "floor": floor,
        "ratio": ratio,
        "unit": "ms",
        "goal": f"<= {goal}x, right answers",
        "met": ratio <= goal and equal,
    }


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))

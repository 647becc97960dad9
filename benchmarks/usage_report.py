# ruff: noqa: S608 - statements are put together from our own names and numbers only
"""J6: how the rooms, nurses and prescribers of a clinic were used in a month and in a year.

    python -m benchmarks.usage_report

The clinic has 200,000 visits since 1996. The floor is one grouped query over a plain table of the same
visits in the same run: minutes by room and type, and nothing else. The whole report also has turnovers and
opening hours; its floor is that query and a plain one for the gaps. PostgreSQL is a server of the benchmark's
own, and left out where none is installed. What comes out is compared with a walk through the visits.
"""

import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import common_week
from benchmarks.drivers import Driver, begin, columns_of, copy_rows, settle, unwatched
from clinic_desktop.foundation.actor import PROGRAM, Role
from clinic_desktop.foundation.clock import FixedClock, instant_at
from clinic_desktop.people.model import Patient
from clinic_desktop.reports.staff_use import staff_use
from clinic_desktop.reports.usage import LONGEST_TURNOVER, RoomUsage, Usage, room_usages, usage
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.storage.store import SqlStore, open_store
from tests.storage import postgres

WANTED = 200_000
HALF_YEAR = 26 * 7  # days; what common_week makes is repeated back in time
NOW = common_week.START + 9 * 60
RANGES = {
    "month": (date(2026, 6, 1), date(2026, 6, 30), 6.0),
    "year": (date(2026, 1, 1), date(2026, 12, 31), 2.3),
}
_ROUNDS, _FEWEST_SECONDS = 15, 1.5

Row = dict[str, Any]


class Happened(NamedTuple):
    """One visit of the workload; minutes are of UTC, and a visit has no turnover of its own."""

    day: date
    code: str
    room: int
    nurse: int
    prescriber: int
    start: int
    end: int
    state: VisitState
    entered: int | None
    left: int | None


def measure() -> dict[str, Any]:
    """Rows of name, value, unit, floor, ratio, goal and met."""
    visits = list(happened())
    with tempfile.TemporaryDirectory() as folder:
        rows = _on("SQLite", Path(folder) / "usage.sqlite", visits)
    try:
        postgres.programs()
    except postgres.NotInstalled:
        return {"rows": rows, "met": all(row["met"] for row in rows)}
    with postgres.running() as server:
        rows += _on("PostgreSQL", server.address(server.database(), postgres.OWNER), visits)
    return {"rows": rows, "met": all(row["met"] for row in rows)}


def happened() -> Iterator[Happened]:
    """The visits, oldest first."""
    half = [one for one in common_week.visits() if one.start < HALF_YEAR * 1440]
    codes = {shape: code for code, shape in common_week.SHAPES.items()}
    chance = random.Random(6)
    for back in range(-(-WANTED // len(half)), -1, -1):
        for one in half:
            start = common_week.START + one.start - back * HALF_YEAR * 1440
            end = start + one.shape[0]
            state, entered, left = VisitState.BOOKED, None, None
            if start < NOW:
                state = chance.choices(
                    (VisitState.LEFT, VisitState.CANCELLED, VisitState.MISSED), (90, 5, 5)
                )[0]
            if state is VisitState.LEFT:
                entered, left = start + chance.randrange(5), end - chance.randrange(5)
            day = common_week.BASE + timedelta(days=one.start // 1440 - back * HALF_YEAR)
            yield Happened(
                day, codes[one.shape], one.room, one.nurse, one.prescriber, start, end, state, entered, left
            )


def _on(engine: str, where: Path | str, visits: list[Happened]) -> list[Row]:
    with closing(open_store(where, FixedClock(instant_at(NOW)), make=True)) as store:
        _fill(store, visits)
        with store.engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            server = isinstance(where, str)
            return [
                row for name in RANGES for row in _rows(engine, name, store, _Floor(driver, server), visits)
            ]


def _rows(engine: str, name: str, store: SqlStore, floor: "_Floor", visits: list[Happened]) -> list[Row]:
    first, last, goal = RANGES[name]
    _compare(minutes_used(store, first, last), visits, first, last)
    used, least = _by_turns(lambda: minutes_used(store, first, last), lambda: floor.minutes(first, last))
    whole, least_whole = _by_turns(
        lambda: report(store, first, last),
        lambda: (floor.minutes(first, last), floor.gaps(first, last)),
    )
    return [
        _row(f"{engine}: minutes of a {name}, rooms and people", used, least, goal),
        _row(f"{engine}: whole report of a {name}, turnovers too", whole, least_whole, goal),
    ]


def _row(name: str, value: float, floor: float, goal: float) -> Row:
    ratio = value / floor
    return {
        "name": name,
        "value": value * 1000,
        "unit": "ms",
        "floor": floor * 1000,
        "ratio": ratio,
        "goal": f"<= {goal} x floor",
        "met": ratio <= goal,
    }


Used = tuple[tuple[RoomUsage, ...], dict[tuple[Role, str], int]]


def minutes_used(store: SqlStore, first: date, last: date) -> Used:
    """Each room's minutes, and those of each nurse and prescriber."""
    with store.read() as records:
        setup, sums = records.setup(), records.usage_sums(first, last, common_week.BASE, NOW)
    rooms = room_usages(setup, sums, {}, first, last)
    return rooms, {(one.role, one.name): one.minutes for one in staff_use(setup, sums)}


def report(store: SqlStore, first: date, last: date) -> Usage:
    """What the Room usage place shows and the command line writes."""
    with store.read() as records:
        return usage(records, first, last, store.clock.now())


def _by_turns(ours: Callable[[], object], floor: Callable[[], object]) -> tuple[float, float]:
    """Lower quartile of the seconds of both, by turns: a busy moment hits both, and hardly shows."""
    taken: tuple[list[float], list[float]] = ([], [])
    for one in (ours, floor):
        one()
    began = time.perf_counter()
    while len(taken[0]) < _ROUNDS or time.perf_counter() - began < _FEWEST_SECONDS:
        for work, times in zip((ours, floor), taken, strict=True):
            start = time.perf_counter()
            work()
            times.append(time.perf_counter() - start)
    ours_taken, floor_taken = (statistics.quantiles(times, n=4)[0] for times in taken)
    return ours_taken, floor_taken


def _compare(used: Used, visits: list[Happened], first: date, last: date) -> None:
    """Raise unless a walk through the visits says the same."""
    rooms: dict[str, int] = {}
    people: dict[tuple[Role, str], int] = {}
    for one in visits:
        if first <= one.day <= last and one.entered is not None and one.left is not None:
            rooms[f"R{one.room}"] = rooms.get(f"R{one.room}", 0) + one.left - one.entered
            _, nurse, prescriber = common_week.SHAPES[one.code]
            number = one.prescriber - common_week.NURSES
            for key, windows in (
                ((Role.NURSE, f"N{one.nurse}"), nurse),
                ((Role.PRESCRIBER, f"P{number}"), prescriber),
            ):
                people[key] = people.get(key, 0) + sum(b - a for a, b in windows)
    assert {one.room: one.actual_min for one in used[0]} == rooms
    assert used[1] == people


# Filling the store: one visit through the front door, the rest like it.


def _fill(store: SqlStore, visits: list[Happened]) -> None:
    week = common_week.clinic(5)
    with store.write(PROGRAM) as unit:
        unit.add(week.clinic)
        shapes = [common_week.visit_type(code) for code in common_week.SHAPES]
        types = {one.code: one.id for one in unit.add_all(common_week.unnumbered(shapes))}
        unit.add_all(common_week.unnumbered(week.rooms))
        unit.add_all(common_week.unnumbered(week.staff))
        patient = unit.add(Patient(given_name="Sam", family_name="Sample"))
        pattern = unit.add(_visit(visits[0], types, patient.id))
        unit.commit()
    with store.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        _copy(driver, [_visit(one, types, patient.id) for one in visits[1:]], pattern)
        _Floor.make(driver, visits, server=isinstance(store.where, str))
        settle(driver)


def _visit(one: Happened, types: dict[str, int], patient_id: int) -> Visit:
    return Visit(
        patient_id=patient_id,
        type_id=types[one.code],
        room_id=one.room,
        day=one.day,
        minute=(one.start - common_week.START) % 1440,
        zone="UTC",
        start=one.start,
        end=one.end,
        state=one.state,
        end_late=one.state is VisitState.CANCELLED,
        nurse_id=one.nurse,
        prescriber_id=one.prescriber,
        entered=one.entered,
        left=one.left,
    )


_VARIED = (
    "type_id", "room_id", "day", "minute", "start", "end",
    "state", "end_late", "nurse_id", "prescriber_id", "entered", "left",
)  # fmt: skip


def _copy(driver: Driver, visits: list[Visit], pattern: Visit) -> None:
    """Insert visits as copies of the first one's row, with their own values in it."""
    begin(driver)
    with unwatched(driver):
        copy_rows(driver, "visit", columns_of(Visit), _VARIED, pattern.id, map(_values, visits))
    driver.commit()


def _values(one: Visit) -> list[object]:
    found = (getattr(one, name) for name in _VARIED)
    return [str(value) if isinstance(value, date | VisitState) else value for value in found]


class _Floor:
    """The same visits in a plain table, asked by the driver alone."""

    def __init__(self, driver: Driver, server: bool) -> None:
        self._driver, self._mark = driver, "%s" if server else "?"
        if server:
            driver.autocommit = True

    @staticmethod
    def make(driver: Driver, visits: list[Happened], *, server: bool) -> None:
        mark, moment = ("%s", "timestamp") if server else ("?", "text")
        cursor = driver.cursor()
        begin(driver)
        cursor.execute(
            "CREATE TABLE floor_visit (id integer primary key, type text, room_id int, nurse_id int,"
            f' prescriber_id int, start {moment}, "end" {moment}, start_min int, end_min int, status text)'
        )
        cursor.executemany(
            f"INSERT INTO floor_visit VALUES ({', '.join([mark] * 10)})",
            [
                (number, one.code, one.room, one.nurse, one.prescriber, _written(one.start),
                 _written(one.end), one.start, one.end,
                 "no_show" if one.state is VisitState.MISSED else "done")
                for number, one in enumerate(visits, start=1)
            ],
        )  # fmt: skip
        cursor.execute("CREATE INDEX floor_start ON floor_visit (start)")
        driver.commit()
        if server:
            driver.autocommit = True
        cursor.execute("VACUUM ANALYZE" if server else "ANALYZE")
        cursor.close()

    def minutes(self, first: date, last: date) -> list[Any]:
        return self._rows(
            "SELECT room_id, type, count(*), sum(end_min - start_min) FROM floor_visit"
            " WHERE start >= ? AND start < ? AND status <> 'no_show' GROUP BY room_id, type",
            first,
            last,
        )

    def gaps(self, first: date, last: date) -> list[Any]:
        return self._rows(
            "SELECT room_id, sum(gap) FROM (SELECT room_id, start_min - lag(end_min) OVER"
            " (PARTITION BY start_min / 1440, room_id ORDER BY start_min) AS gap FROM floor_visit"
            f" WHERE start >= ? AND start < ?) AS one WHERE gap BETWEEN 0 AND {LONGEST_TURNOVER} GROUP BY 1",
            first,
            last,
        )

    def _rows(self, query: str, first: date, last: date) -> list[Any]:
        asked = (str(first), str(last + timedelta(days=1)))
        found: list[Any] = self._driver.execute(query.replace("?", self._mark), asked).fetchall()
        return found


def _written(minute: int) -> str:
    return instant_at(minute).strftime("%Y-%m-%d %H:%M:%S")


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))

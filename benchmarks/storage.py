"""J3 and J4: a booking nobody contends for, and a day out of 200,000 visits and 60,000 patients.

    python -m benchmarks.storage

Floors are the same work by the driver alone on plain tables, in the same run, by turns: a day is one query
with four joins, a booking is begin, look, insert, commit with the disk waited for. PostgreSQL is a server of
the benchmark's own, and left out where none is installed. On a network line a booking stands beside three
floors: one bare insert into a table that refuses overlaps by itself; a look and that insert in one
transaction; and its own statements said again by the driver alone.
"""

import json
import socket
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from benchmarks import common_week, storage_fill
from benchmarks.drivers import Driver
from benchmarks.storage_fill import WANTED
from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.clock import FixedClock, instant_at
from clinic_desktop.scheduling.board_rows import BoardRow
from clinic_desktop.scheduling.booking import Wish, book
from clinic_desktop.storage.reads import BOARD
from clinic_desktop.storage.store import SqlStore, open_store
from clinic_desktop.storage.time_guard import OWN_TIME
from tests.storage import postgres

SMALL = 10_000
_ROUNDS, _FEWEST_SECONDS = 60, 1.5
_TUESDAY = date(2026, 1, 6)
_LATER = date(2028, 1, 3)  # a Monday after every visit
Row = dict[str, Any]
Statement = tuple[str, Any, Any]  # execute or executemany, the words, the values


def measure() -> dict[str, Any]:
    """Rows of name, value, unit, floor, ratio, goal and met."""
    with tempfile.TemporaryDirectory() as folder:
        rows = list(_on_file(Path(folder)))
    try:
        postgres.programs()
    except postgres.NotInstalled:
        return {"rows": rows, "met": all(row["met"] for row in rows)}
    with postgres.running(durable=True) as server:
        rows += _on_server(server)
    return {"rows": rows, "met": all(row["met"] for row in rows)}


def _on_file(folder: Path) -> Iterator[Row]:
    with _filled(folder / "clinic.db", WANTED) as store, _filled(folder / "small.db", SMALL) as small:
        with closing(sqlite3.connect(folder / "floor.db", isolation_level=None)) as floor:
            floor.execute("PRAGMA journal_mode = wal")
            floor.execute("PRAGMA synchronous = full")
            floor.execute("PRAGMA mmap_size = 268435456")
            storage_fill.plain(floor, WANTED)
            yield from _days("SQLite", store, small, lambda day: _plain_day(floor, "?", day), 2, 4)
            yield _booking("SQLite", store, _PlainBooking(floor, "?", "BEGIN IMMEDIATE"))
        yield _opening(folder / "clinic.db")


def _on_server(server: postgres.Server) -> Iterator[Row]:
    addresses = [server.address(server.database(), postgres.OWNER) for _ in range(3)]
    with (
        _filled(addresses[0], WANTED) as store,
        _filled(addresses[1], SMALL) as small,
        postgres.connect(addresses[2]) as floor,
    ):
        storage_fill.plain(floor, WANTED)
        yield from _days("PostgreSQL", store, small, lambda day: _plain_day(floor, "%s", day), 1.5, 4)
        yield _booking("PostgreSQL", store, _PlainBooking(floor, "%s", "BEGIN"))
    yield from _over_loopback(server)


def _over_loopback(server: postgres.Server) -> Iterator[Row]:
    """A booking on a network line against the least that one can be, and against its own statements by the
    driver alone, in a database of the same state and with the same guards."""
    server.stop()
    port = _free_port()
    server.start("listen_addresses=127.0.0.1", f"port={port}")
    place, clock = f"127.0.0.1:{port}", FixedClock(instant_at(common_week.START))
    desk = f"postgresql://{postgres.DESK}@{place}"
    with psycopg.connect(f"postgresql://admin@{place}/postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE one OWNER {postgres.OWNER}")
        admin.execute(f"COMMENT ON DATABASE one IS '{OWN_TIME}'")
        with _filled(f"postgresql://{postgres.OWNER}@{place}/one", SMALL):
            pass
        admin.execute(f"CREATE DATABASE twin OWNER {postgres.OWNER} TEMPLATE one")
        admin.execute(f"COMMENT ON DATABASE twin IS '{OWN_TIME}'")
        admin.execute("CREATE DATABASE bare")
    with (
        closing(open_store(f"{desk}/one", clock)) as store,
        psycopg.connect(f"{desk}/twin") as line,
        psycopg.connect(f"postgresql://admin@{place}/bare", autocommit=True) as bare,
    ):
        refusing = _Refusing(bare)
        said: list[Statement] = []
        take = _booker(store)

        def ours() -> None:
            said.clear()
            with _heard(said):
                take()

        value, own, insert, look = _by_turns(
            ours, partial(_say_again, line, said), refusing.insert, refusing.look_and_insert
        )
        yield _row(
            "PostgreSQL over loopback: a booking, to one insert that refuses overlaps", value, insert, 3
        )
        yield _row("PostgreSQL over loopback: a booking, to a look and that insert", value, look, 83)
        yield _row("PostgreSQL over loopback: a booking, to its own statements", value, own, 3)


class _Refusing:
    """Rooms and nurses taken in a table that refuses overlaps by itself, and keeps nothing else."""

    _INSERT = "INSERT INTO taken (room, nurse, s, e) VALUES (%s, %s, %s, %s)"

    def __init__(self, line: psycopg.Connection) -> None:
        self._line, self._turn = line, 0
        span = "int8range({0}::int8 * 10000000000 + s, {0}::int8 * 10000000000 + e) WITH &&"
        line.execute(
            "CREATE TABLE taken (id bigserial PRIMARY KEY, room int, nurse int, s int8, e int8,"
            f" EXCLUDE USING gist ({span.format('room')}), EXCLUDE USING gist ({span.format('nurse')}))"
        )

    def insert(self) -> None:
        self._line.execute(self._INSERT, self._next())

    def look_and_insert(self) -> None:
        room, nurse, starts, ends = self._next()
        self._line.execute("BEGIN")
        look = "SELECT 1 FROM taken WHERE room = %s AND s < %s AND e > %s"
        if not self._line.execute(look, [room, ends, starts]).fetchone():
            self._line.execute(self._INSERT, [room, nurse, starts, ends])
        self._line.execute("COMMIT")

    def _next(self) -> list[int]:
        day, place = divmod(self._turn, 60)
        self._turn += 1
        starts = 1_700_000_000 + day * 86_400 + place // 6 * 2_700
        return [place % 6, place % 6 + 10, starts, starts + 2_700]


@contextmanager
def _heard(said: list[Statement]) -> Iterator[None]:
    """What the driver is told in the block, in order."""
    kept = {name: getattr(psycopg.Cursor, name) for name in ("execute", "executemany")}

    def hearing(name: str) -> Callable[..., object]:
        def call(cursor: psycopg.Cursor, query: object, values: object = None, **more: object) -> object:
            said.append((name, query, values))
            return kept[name](cursor, query, values, **more)

        return call

    for name in kept:
        setattr(psycopg.Cursor, name, hearing(name))
    try:
        yield
    finally:
        for name, call in kept.items():
            setattr(psycopg.Cursor, name, call)


def _say_again(line: psycopg.Connection, said: list[Statement]) -> None:
    with line.cursor() as cursor:
        for name, query, values in said:
            getattr(cursor, name)(query, values)
            if cursor.description:
                cursor.fetchall()
    line.commit()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def _filled(where: Path | str, visits: int) -> Iterator[SqlStore]:
    clock = FixedClock(instant_at(common_week.START))
    with closing(open_store(where, clock, make=True)) as store:
        storage_fill.fill(store, visits)
        yield store


def _days(
    engine: str,
    store: SqlStore,
    small: SqlStore,
    plain: Callable[[date], list[Any]],
    tuples: float,
    typed: float,
) -> Iterator[Row]:
    assert len(_day_rows(store, _TUESDAY)) == len(plain(_TUESDAY)) == common_week.A_DAY
    ours, values, few, floor = _by_turns(
        _each(lambda day: _tuples(store, day)),
        _each(lambda day: _day_rows(store, day)),
        _each(lambda day: _day_rows(small, day)),
        _each(plain),
    )
    yield _row(f"{engine}: a day of {common_week.A_DAY} as tuples", ours, floor, tuples)
    yield _row(f"{engine}: a day of {common_week.A_DAY} as values", values, floor, typed)
    yield _row(f"{engine}: the same, against {SMALL} visits", values, few, 1.2)


def _day_rows(store: SqlStore, day: date) -> list[BoardRow]:
    """What the board reads."""
    with store.read() as records:
        return records.day_rows(day)


def _tuples(store: SqlStore, day: date) -> list[tuple[Any, ...]]:
    """The same before it becomes values."""
    with store.read() as records:
        return records.rows(f"{BOARD} WHERE v.day = ?", [str(day)])


def _each(work: Callable[[date], object]) -> Callable[[], object]:
    """Another day each time."""
    turn = [0]

    def once() -> object:
        turn[0] += 1
        return work(_TUESDAY + timedelta(days=7 * (turn[0] % 50)))

    return once


_DAY = """SELECT a.id, a.start, a."end", a.type, a.status, p.id, p.mrn, p.last_name, p.first_name, p.dob,
 p.phone, r.name, n.name, x.name FROM appointment a JOIN patient p ON p.id = a.patient_id
 JOIN room r ON r.id = a.room_id JOIN staff n ON n.id = a.nurse_id JOIN staff x ON x.id = a.prescriber_id
 WHERE a.start >= ? AND a.start < ? ORDER BY a.start"""


def _plain_day(floor: Driver, mark: str, day: date) -> list[Any]:
    asked = (str(day), str(day + timedelta(days=1)))
    found: list[Any] = floor.execute(_DAY.replace("?", mark), asked).fetchall()
    return found


class _PlainBooking:
    """Look whether a room is free, and take it, in one transaction that waits for the disk."""

    def __init__(self, floor: Driver, mark: str, begin: str) -> None:
        self._floor, self._begin = floor, begin
        self._look = (
            "SELECT 1 FROM appointment WHERE room_id = 1 AND start_min < ? AND start_min >= ?"
            " AND end_min > ? LIMIT 1"
        ).replace("?", mark)
        self._insert = (
            'INSERT INTO appointment (patient_id, type, room_id, nurse_id, prescriber_id, start, "end",'
            " start_min, end_min, status)"
            " VALUES (1, 'FUP', 1, 1, 5, '2040-01-01', '2040-01-01', ?, ?, 'booked')"
        ).replace("?", mark)
        self._at = 60_000_000

    def __call__(self) -> None:
        self._at += 60
        self._floor.execute(self._begin)
        if not self._floor.execute(self._look, (self._at + 60, self._at - 720, self._at)).fetchone():
            self._floor.execute(self._insert, (self._at, self._at + 60))
        self._floor.execute("COMMIT")


def _booking(engine: str, store: SqlStore, plain: Callable[[], object]) -> Row:
    value, floor = _by_turns(_booker(store), plain)
    return _row(f"{engine}: a booking, uncontended, with its trail", value, floor, 83)


def _booker(store: SqlStore) -> Callable[[], None]:
    """Books another free time at each call."""
    turn = [0]

    def once() -> None:
        week, hour = divmod(turn[0], 9)
        turn[0] += 1
        day = _LATER + timedelta(days=7 * week)
        book(store, PROGRAM, Wish(turn[0], "FUP", day, 480 + 60 * hour, 0, 1, nurse_id=1, prescriber_id=5))

    return once


def _opening(path: Path) -> Row:
    taken = []
    for _ in range(5):
        began = time.perf_counter()
        open_store(path).close()
        taken.append(time.perf_counter() - began)
    value = statistics.median(taken)
    name = f"SQLite: opening {WANTED} visits, checked first"
    return {"name": name, "value": value * 1000, "unit": "ms", "goal": "<= 250 ms", "met": value <= 0.25}


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


def _by_turns(*works: Callable[[], object]) -> list[float]:
    """Median seconds of each, measured by turns so that a busy moment hits all."""
    taken: list[list[float]] = [[] for _ in works]
    for work in works * 8:  # a server prepares a statement after some uses
        work()
    began = time.perf_counter()
    while len(taken[0]) < _ROUNDS or time.perf_counter() - began < _FEWEST_SECONDS:
        for work, times in zip(works, taken, strict=True):
            start = time.perf_counter()
            work()
            times.append(time.perf_counter() - start)
    return [statistics.median(times) for times in taken]


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))

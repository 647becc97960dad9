"""A desk that works until it is killed, and says at each step where it is.

B: a transaction began, s: a statement is carried out, C: it is about to commit, D: it said that it is done.
"""

import multiprocessing
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Engine, event

from benchmarks.race_clinic import ACTOR, CLOCK, RaceClinic
from clinic_desktop.foundation import settings
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.scheduling.courses import CourseWish, book_course
from clinic_desktop.storage.store import open_store

VISITS = 3
INSIDE = frozenset("BsC")
_FIRST = date(2027, 6, 7)
_WORK = ("SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER")


Work = Callable[[Path | str, int, int], None]


def tell_steps(engine: Engine, told: int) -> None:
    """Tell what the database does on the file descriptor ``told``. To be called before a file's lines are
    opened."""
    event.listen(engine, "begin", lambda _connection: os.write(told, b"B"))
    event.listen(engine, "connect", partial(_tell_of_file, told))
    event.listen(engine, "commit", lambda _connection: os.write(told, b"C"))
    execute = psycopg.Cursor.execute

    def telling(cursor: psycopg.Cursor, *asked: Any, **how: Any) -> psycopg.Cursor:
        os.write(told, b"s")
        return execute(cursor, *asked, **how)

    psycopg.Cursor.execute = telling  # type: ignore[method-assign, assignment]  # this process is killed anyway


def _tell_of_file(told: int, line: Any, _record: object) -> None:
    def tell(statement: str) -> None:
        if statement.startswith(_WORK):
            os.write(told, b"s")

    if hasattr(line, "set_trace_callback"):
        line.set_trace_callback(tell)


def book_until_killed(where: Path | str, number: int, told: int) -> None:
    """Book course after course, from ``number`` on; markers go to the file descriptor ``told``."""
    clinic = RaceClinic(open_store(where, CLOCK))
    tell_steps(clinic.store.engine, told)
    with suppress(EnvironmentFailure):  # the server was killed instead
        while True:
            book(clinic, number)
            os.write(told, b"D")
            number += 1


def book(clinic: RaceClinic, number: int) -> None:
    first = _FIRST + timedelta(days=7 * (number // 8))
    days = [first + timedelta(days=2 * n) for n in range(VISITS)]
    minute = (8 + number % 8) * 60
    wishes = [
        (n, clinic.wish("BENCH", day, minute, number % 40, clinic.rooms[0])) for n, day in enumerate(days, 1)
    ]
    book_course(clinic.store, ACTOR, CourseWish(clinic.setup.templates[0], wishes))


def started(where: Path | str, number: int, work: Work = book_until_killed) -> tuple[BaseProcess, int]:
    """A desk that works from ``number`` on (a course, a visit), and the pipe where it tells its markers."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    context.set_forkserver_preload(["tests.storage.killed_kinds"])
    here, there = context.Pipe(duplex=False)
    desk = context.Process(target=_desk, args=(work, where, number, there, str(settings.home())))
    desk.start()
    there.close()
    told = os.dup(here.fileno())
    here.close()
    return desk, told


def _desk(work: Work, where: Path | str, number: int, there: Connection, home: str) -> None:
    # It comes from a server of processes that may have been started for another home.
    os.environ["CLINIC_DESKTOP_HOME"] = home
    Path(home).mkdir(parents=True, exist_ok=True)
    work(where, number, there.fileno())


def ended_after(markers: int, desk: BaseProcess, told: int, end: Callable[[], None]) -> str:
    """Call ``end`` when the desk has told so many markers; everything it told."""
    said = b""
    while len(said) < markers and (more := os.read(told, 1)):
        said += more
    end()
    desk.join()
    while more := os.read(told, 4096):
        said += more
    os.close(told)
    return said.decode()

"""A desk that books courses until it is killed, and says at each step where it is.

B: a transaction began, s: a statement was carried out, C: it is about to commit, D: it said "booked".
"""

import os
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import event

from benchmarks.race_clinic import ACTOR, CLOCK, RaceClinic
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.scheduling.courses import CourseWish, book_course
from clinic_desktop.storage.store import open_store

VISITS = 3
INSIDE = frozenset("BsC")
_FIRST = date(2027, 6, 7)


def book_until_killed(where: Path | str, number: int, told: int) -> None:
    """Book course after course, from ``number`` on; markers go to the file descriptor ``told``."""
    clinic = RaceClinic(open_store(where, CLOCK))
    engine = clinic.store.engine
    event.listen(engine, "begin", lambda _connection: os.write(told, b"B"))
    event.listen(engine, "after_cursor_execute", lambda *_: os.write(told, b"s"))
    event.listen(engine, "commit", lambda _connection: os.write(told, b"C"))
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

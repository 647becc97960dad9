"""A desk that books course after course whatever becomes of the server: it waits, comes back by itself, and
looks before it repeats what may have been saved."""

import os
from datetime import timedelta
from pathlib import Path

from benchmarks.race_clinic import RaceClinic
from clinic_desktop.foundation.clock import steady_seconds
from clinic_desktop.foundation.errors import ClinicProblem, ServerAway
from clinic_desktop.scheduling.model import Course
from clinic_desktop.storage.store import open_store
from tests.storage.killed_desk import book

ACKNOWLEDGED, AWAY, END = b"D", b"A", b"E"
_LONGEST = timedelta(seconds=60)


def book_through(where: Path | str, number: int, told: int) -> None:
    """Book from ``number`` on until the pipe is full of what the test wanted: it closes its end."""
    clinic = RaceClinic(open_store(where))
    until = steady_seconds() + _LONGEST.total_seconds()
    while steady_seconds() < until:
        try:
            book(clinic, number)
        except ServerAway as away:
            os.write(told, AWAY)
            if away.unsure and _is_there(clinic, number):
                number += 1
            continue
        except ClinicProblem:
            if not _is_there(clinic, number):
                raise
        os.write(told, ACKNOWLEDGED)
        number += 1


def _is_there(clinic: RaceClinic, number: int) -> bool:
    """Courses are booked one after the other: the next one's number is how many there are."""
    while True:
        try:
            with clinic.store.read() as records:
                return len(records.find(Course)) > number
        except ServerAway:
            continue

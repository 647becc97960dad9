"""The common workload in a clinic's own store, looked through for free time the way the program does it.

The clinic has four years of visits behind it, and each visit also has its patient's place.
"""

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks import common_week
from benchmarks.common_week import START
from benchmarks.drivers import Driver, begin, columns_of, copy_rows, mark_of, settle, unwatched
from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.availability import Options
from clinic_desktop.scheduling.masks import Timeline
from clinic_desktop.scheduling.model import ClaimKind, Clinic, Visit, VisitType
from clinic_desktop.scheduling.openings import every_start, first_openings
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.storage.store import SqlStore, open_store
from clinic_desktop.storage.tables import place
from tests.storage import postgres

HALF_YEARS, HALF_YEAR = 8, 27 * 7 * 1440  # the last is the one that is planned in
_KINDS = {"room": ClaimKind.ROOM, "hands": ClaimKind.HANDS}
_PEOPLE = 60_000
Plain = Callable[[int, int, int], Iterator[tuple[int, int]]]  # when a room is taken: room, UTC start, UTC end


@dataclass(frozen=True)
class Shelf:
    """A store, and the claims of its rooms in a plain table of the same database."""

    engine: str
    store: SqlStore
    plain: Plain

    def first_ten(self, visit_type: VisitType, options: Options) -> list[int]:
        with self.store.read() as records:
            roster = roster_for(records.setup())
            found = first_openings(roster, visit_type, records.taken, options, after=START)
        return [one.choice.start - START for one in found]

    def every_start(self, visit_type: VisitType, line: Timeline, options: Options) -> list[int]:
        with self.store.read() as records:
            return every_start(roster_for(records.setup()), visit_type, records.taken, line, options)

    def on_grid(self, minutes: int) -> None:
        """Change the clinic's grid."""
        with self.store.write(PROGRAM) as unit:
            clinic = unit.get(Clinic, 1)
            unit.save(replace(clinic, policies=replace(clinic.policies, grid=minutes)))
            unit.commit()


@contextmanager
def shelves(booked: list[common_week.Booked]) -> Iterator[Iterator[Shelf]]:
    """One on SQLite and, where a server is installed, one on PostgreSQL."""
    with tempfile.TemporaryDirectory() as folder:
        yield _shelves(Path(folder), booked)


def _shelves(folder: Path, booked: list[common_week.Booked]) -> Iterator[Shelf]:
    store = open_store(folder / "clinic.db", make=True)
    file = sqlite3.connect(":memory:")
    _fill(store, booked)
    yield Shelf("SQLite", store, _plain(file, booked))
    store.close()
    file.close()
    try:
        postgres.programs()
    except postgres.NotInstalled:
        return
    with postgres.running(durable=True) as server:
        store = open_store(server.address(server.database(), postgres.OWNER), make=True)
        _fill(store, booked)
        with postgres.connect(server.address(server.database(), postgres.OWNER)) as line:
            yield Shelf("PostgreSQL", store, _plain(line, booked))
        store.close()


def _fill(store: SqlStore, booked: list[common_week.Booked]) -> None:
    """One visit through the front door, the rest as copies of its row; with their claims."""
    week = common_week.clinic(common_week.GRID)
    with store.write(PROGRAM) as unit:
        unit.add(week.clinic)
        types = [common_week.visit_type(code) for code in common_week.SHAPES]
        for some in (types, week.rooms, week.staff, week.shifts):
            unit.add_all(common_week.unnumbered(some))
        patient = unit.add(Patient(given_name="Sam", family_name="Sample"))
        pattern = unit.add(Visit(patient_id=patient.id, type_id=1, day=date(1990, 1, 1), zone="UTC"))
        unit.commit()
    with store.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        begin(driver)
        spans = [
            (START + one.start + back, START + one.start + one.shape[0] + back)
            for back in _backs()
            for one in booked
        ]
        columns = columns_of(Visit)
        with unwatched(driver):
            copy_rows(driver, "visit", columns, ("start", "end"), pattern.id, spans)
        mark = mark_of(driver)
        driver.cursor().executemany(
            "INSERT INTO claim (place, starts, ends, visit_id) VALUES (?, ?, ?, ?)".replace("?", mark),
            _claims(booked, pattern.id + 1),
        )
        driver.commit()
        settle(driver)


def _backs() -> Iterator[int]:
    return (-back * HALF_YEAR for back in reversed(range(HALF_YEARS)))


def _claims(booked: list[common_week.Booked], number: int) -> Iterator[tuple[int, int, int, int]]:
    for back in _backs():
        for one in booked:
            for kind, owner, start, end, _ in common_week.claims([one]):
                yield place(_KINDS[kind], owner), start + back, end + back, number
            begin = START + one.start + back
            yield place(ClaimKind.PATIENT, 1 + number % _PEOPLE), begin, begin + one.shape[0], number
            number += 1


def _plain(driver: Driver, booked: list[common_week.Booked]) -> Plain:
    """When rooms are taken, in a table of nothing else, asked by the driver alone."""
    mark = mark_of(driver)
    begin(driver)
    driver.execute("CREATE TABLE taken (room int, starts int, ends int)")
    rows = [
        (one.room, START + one.start + back, START + one.start + one.shape[0] + back)
        for back in _backs()
        for one in booked
    ]
    driver.cursor().executemany("INSERT INTO taken VALUES (?, ?, ?)".replace("?", mark), rows)
    driver.execute("CREATE INDEX taken_room ON taken (room, starts, ends)")
    driver.commit()
    settle(driver)
    ask = "SELECT starts, ends FROM taken WHERE room = ? AND starts >= ? AND starts < ?".replace("?", mark)
    return lambda room, start, end: driver.execute(ask, (room, start, end))

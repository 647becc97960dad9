# ruff: noqa: S608 - statements are put together from our own names and numbers only
"""A clinic with the common workload's visits and 60,000 invented people, and the same in plain tables."""

import itertools
import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from benchmarks import common_week
from benchmarks.drivers import Driver, begin, columns_of, copy_rows, mark_of, settle, unwatched
from benchmarks.invented_people import syllables
from benchmarks.usage_report import Happened, happened
from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.clock import instant_at
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.storage.store import SqlStore

WANTED, PEOPLE = 200_000, 60_000
_VISIT = (
    "patient_id", "type_id", "room_id", "day", "minute", "start", "end",
    "state", "nurse_id", "prescriber_id", "entered", "left",
)  # fmt: skip
_PERSON = ("chart_number", "given_name", "family_name", "birth_date", "phones")


def last_visits(number: int) -> list[Happened]:
    """The latest visits of the workload, oldest first: every size has the same last days."""
    return list(happened())[-number:]


def fill(store: SqlStore, number: int) -> None:
    """One patient and one visit through the front door, the rest as copies of their rows."""
    visits, week = last_visits(number), common_week.clinic(5)
    with store.write(PROGRAM) as unit:
        unit.add(week.clinic)
        shapes = [common_week.visit_type(code) for code in common_week.SHAPES]
        types = {one.code: one.id for one in unit.add_all(common_week.unnumbered(shapes))}
        unit.add_all(common_week.unnumbered(week.rooms))
        unit.add_all(common_week.unnumbered(week.staff))
        unit.add_all(common_week.unnumbered(week.shifts))
        patient = unit.add(Patient(given_name="Sam", family_name="Sample"))
        visit = unit.add(Visit(patient_id=patient.id, type_id=1, day=date(1990, 1, 1), zone="UTC"))
        unit.commit()
    with store.engine.connect() as connection:
        driver: Driver = connection.connection.driver_connection
        begin(driver)
        with unwatched(driver):
            people = (
                (one.chart_number, one.given_name, one.family_name, str(one.birth_date), _phones(one.phones))
                for one in syllables(PEOPLE)
            )
            copy_rows(driver, "patient", columns_of(Patient), _PERSON, patient.id, people)
            rows = (_visit(n, one, types) for n, one in enumerate(visits))
            copy_rows(driver, "visit", columns_of(Visit), _VISIT, visit.id, rows)
        driver.commit()
        settle(driver)


def _visit(number: int, one: Happened, types: dict[str, int]) -> tuple[object, ...]:
    minute = (one.start - common_week.START) % 1440
    return (
        1 + number * 7919 % PEOPLE, types[one.code], one.room, str(one.day), minute, one.start, one.end,
        str(one.state), one.nurse, one.prescriber, one.entered, one.left,
    )  # fmt: skip


def _phones(numbers: Sequence[str]) -> str:
    return json.dumps([{"number": one, "label": ""} for one in numbers])


def plain(driver: Driver, number: int) -> None:
    """The same visits and people in plain tables, as a program without claims and trail would keep them."""
    mark, moment = mark_of(driver), "text" if mark_of(driver) == "?" else "timestamp"
    key = "integer primary key" if mark == "?" else "serial primary key"
    begin(driver)
    for statement in (
        "CREATE TABLE patient (id integer primary key, mrn text, last_name text, first_name text, dob text,"
        " phone text)",
        "CREATE TABLE room (id integer primary key, name text)",
        "CREATE TABLE staff (id integer primary key, name text)",
        f"CREATE TABLE appointment (id {key}, patient_id int, type text, room_id int, nurse_id int,"
        f' prescriber_id int, start {moment}, "end" {moment}, start_min int, end_min int, status text)',
    ):
        driver.execute(statement)
    _insert(driver, "patient", 6, (
        (n, one.chart_number, one.family_name, one.given_name, str(one.birth_date), one.phones[0])
        for n, one in enumerate(syllables(PEOPLE), start=1)
    ))  # fmt: skip
    _insert(driver, "room", 2, ((n, f"R{n}") for n in range(1, 7)))
    _insert(driver, "staff", 2, ((n, f"N{n}") for n in range(1, 7)))
    columns = 'patient_id, type, room_id, nurse_id, prescriber_id, start, "end", start_min, end_min, status'
    marks = ", ".join([mark] * 10)
    rows = ((1 + n * 7919 % PEOPLE, *_plain(one)) for n, one in enumerate(last_visits(number)))
    driver.cursor().executemany(f"INSERT INTO appointment ({columns}) VALUES ({marks})", rows)
    driver.execute("CREATE INDEX ap_start ON appointment (start)")
    driver.execute("CREATE INDEX ap_room ON appointment (room_id, start_min)")
    driver.execute("COMMIT")
    settle(driver)


def _plain(one: Happened) -> tuple[object, ...]:
    times = (instant_at(minute).strftime("%Y-%m-%d %H:%M:%S") for minute in (one.start, one.end))
    return one.code, one.room, one.nurse, one.prescriber, *times, one.start, one.end, str(one.state)


def _insert(driver: Driver, table: str, columns: int, rows: Iterable[Any]) -> None:
    marks = ", ".join(itertools.repeat(mark_of(driver), columns))
    driver.cursor().executemany(f"INSERT INTO {table} VALUES ({marks})", rows)

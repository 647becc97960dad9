"""The report against a month of eight suites: 686 cases with booked, wheels-in and wheels-out times."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.clock import WallTime, to_utc_minute
from clinic_desktop.reports.usage import Usage, usage
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.storage.store import SqlStore
from tests.reports.clinic import TURNOVER, ZONE, RoomsOnly
from tests.shared_data import shared

FIRST, LAST = date(2022, 1, 3), date(2022, 1, 31)
HOLIDAY = date(2022, 1, 17)  # no case, and so no room-day
ALL_DAY = 24 * 60


@pytest.fixture(scope="module")
def folder() -> Path:
    return shared("data/room_utilisation")


@pytest.fixture(scope="module")
def expected(folder: Path) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return answer


@pytest.fixture
def suites(any_store: SqlStore, folder: Path) -> RoomsOnly:
    clinic = RoomsOnly(any_store, (7 * 60, 17 * 60), [f"OR {n}" for n in range(1, 9)])
    clinic.close(None, 0, ALL_DAY, HOLIDAY)
    with any_store.write(PROGRAM) as unit:
        unit.add_all(list(_cases(folder, clinic)))
        unit.commit()
    return clinic


def _cases(folder: Path, clinic: RoomsOnly) -> Iterator[Visit]:
    with (folder / "2022-01_OR_Utilization.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            booked, start = int(row["Booked Time (min)"]), _read(row["OR Schedule"])
            yield Visit(
                patient_id=clinic.patient.id,
                type_id=clinic.type.id,
                room_id=clinic.rooms[int(row["OR Suite"]) - 1].id,
                day=start.date(),
                minute=start.hour * 60 + start.minute,
                zone=ZONE,
                start=_utc(start),
                end=_utc(start) + booked + TURNOVER,
                state=VisitState.LEFT,
                entered=_utc(_read(row["Wheels In"])),
                left=_utc(_read(row["Wheels Out"])),
            )


def _read(text: str) -> datetime:
    return datetime.strptime(text, "%m/%d/%y %H:%M")  # noqa: DTZ007 - the clinic's own clock


def _utc(at: datetime) -> int:
    return to_utc_minute(WallTime(at.date(), at.hour * 60 + at.minute), ZONE)


@pytest.fixture
def report(suites: RoomsOnly) -> Usage:
    with suites.store.read() as records:
        return usage(records, FIRST, LAST, suites.moment(600))


def test_each_suite_has_its_booked_and_occupied_minutes(report: Usage, expected: dict[str, Any]) -> None:
    for room in report.rooms:
        suite = expected["by_suite"][room.room.removeprefix("OR ")]
        assert room.open_min == suite["room_days"] * 600
        assert (room.scheduled_min, room.actual_min) == (suite["booked_min"], suite["wheels_min"])
        assert room.raw_min == room.actual_min
        assert room.raw_pct == pytest.approx(suite["occupied_pct_of_10h_room_day"], abs=0.05)


def test_the_total_is_that_of_the_month(report: Usage, expected: dict[str, Any]) -> None:
    total = expected["total"]
    assert report.total.open_min == expected["room_days"] * 600
    assert (report.total.scheduled_min, report.total.actual_min) == (total["booked_min"], total["wheels_min"])
    assert report.total.actual_pct == pytest.approx(total["occupied_pct_of_10h_room_day"], abs=0.05)
    assert report.tally.carried_out == expected["rows"]


def test_turnovers_without_a_longest_gap_are_those_of_the_month(
    suites: RoomsOnly, expected: dict[str, Any]
) -> None:
    with suites.store.read() as records:
        turned = records.turnovers(FIRST, LAST, ALL_DAY).values()
    number, minutes = sum(one.number for one in turned), sum(one.minutes for one in turned)
    assert number == expected["turnovers"]
    assert minutes / number == pytest.approx(expected["turnover_mean_min"], abs=0.001)


def test_the_days_add_up_to_the_month(suites: RoomsOnly, report: Usage) -> None:
    days: dict[str, int] = defaultdict(int)
    with suites.store.read() as records:
        for number in range(3, 32):
            one = usage(records, date(2022, 1, number), date(2022, 1, number), suites.moment(600))
            for name in ("open_min", "scheduled_min", "actual_min", "raw_min", "turnover_min", "turnovers"):
                days[name] += getattr(one.total, name)
    assert days == {name: getattr(report.total, name) for name in days}

"""The manager reads how the rooms were used today, and takes the figures along as a table."""

import csv
from pathlib import Path

import pytest

from clinic_desktop.reports.usage import usage
from clinic_desktop.ui.usage.place import UsagePlace
from clinic_desktop.ui.usage.room_table import CHART
from tests.journeys.desk_story import DeskStory
from tests.small_clinic import MONDAY
from tests.treatment.stays import K, booked

MINUTES = ("open_min", "scheduled_min", "actual_min", "turnover_min")
SHARES = ("scheduled_pct", "actual_pct", "raw_pct", "adjusted_pct")


@pytest.fixture
def after_a_day(desk: DeskStory) -> DeskStory:
    """Noah's consultation and Amara's infusion took place; her follow-up at 2 PM is still to come."""
    clinic = desk.clinic
    talk = booked(clinic, "CON", 8 * 60 + 30, patient_id=clinic.noah.id)
    stay = booked(clinic, "IVM", 10 * 60)
    booked(clinic, "FUP", 14 * 60)
    for kind, hour, minute in ((K.ARRIVED, 8, 25), (K.IN_ROOM, 8, 32), (K.LEFT, 9, 28)):
        talk.at(hour, minute).is_(kind)
    stay.infused().at(11, 2).is_(K.LINE_OUT)
    stay.at(11, 26).checked().is_(K.RELEASED)
    stay.at(12)
    return desk


def test_the_manager_reads_the_days_usage_and_exports_it(after_a_day: DeskStory, tmp_path: Path) -> None:
    desk = after_a_day
    desk.sit_down("Ines Park")
    desk.press("Alt+5")
    place = desk.window.place("usage")
    assert isinstance(place, UsagePlace)
    desk.wait(lambda: place.view.read is not None)
    desk.press("Ctrl+S")
    file = tmp_path / "monday.csv"
    desk.choose_file(file)
    desk.wait(lambda: file.exists() and desk.says(f"Saved as {file}."))

    with file.open(encoding="utf-8", newline="") as lines:
        table = list(csv.DictReader(lines))
    with desk.clinic.store.read() as records:
        report = usage(records, MONDAY, MONDAY, desk.clinic.clock.now())
    rooms = [*report.rooms, report.total]
    assert [one["room"] for one in table] == [one.room for one in rooms]
    for row, room in zip(table, rooms, strict=True):
        assert [int(row[one]) for one in MINUTES] == [getattr(room, one) for one in MINUTES]
        assert [float(row[one]) for one in SHARES] == [getattr(room, one) for one in SHARES]
    assert {(one["from"], one["to"]) for one in table} == {("2026-11-16", "2026-11-16")}
    assert on_the_screen(place) == [as_shown(one) for one in table]

    infusion = next(one for one in table if one["room"] == "Infusion 1")
    assert int(infusion["actual_min"]) == 86  # in the room at 10, gone at 11:26
    assert int(infusion["open_min"]) == 570  # 8 to 5:30
    assert float(infusion["actual_pct"]) == pytest.approx(100 * 86 / 570, abs=0.05)


def on_the_screen(place: UsagePlace) -> list[list[str]]:
    """The table of the rooms as one reads it, without its chart."""
    model = place.view.rooms.model()
    rows = range(model.rowCount())
    return [
        [str(model.index(row, n).data()) for n in range(model.columnCount()) if n != CHART] for row in rows
    ]


def as_shown(row: dict[str, str]) -> list[str]:
    """A row of the file as the screen writes its figures."""
    return [
        row["room"],
        *(f"{int(row[one]):,}" for one in MINUTES),
        *(f"{float(row[one]):.1f} %" for one in SHARES),
    ]

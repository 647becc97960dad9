"""The usage report as rows, the same for screen, CSV and JSON."""

from clinic_desktop.foundation.clock import zone
from clinic_desktop.foundation.csv_out import write_csv
from clinic_desktop.reports.usage import LONGEST_TURNOVER, RoomUsage, Usage

COLUMNS = (
    "room",
    "open_min",
    "scheduled_min",
    "actual_min",
    "turnover_min",
    "scheduled_pct",
    "actual_pct",
    "raw_pct",
    "adjusted_pct",
)
# What the figures were asked for, on each row: a sheet that is cut or sorted still says it.
FILTERS = ("from", "to", "as_of", "turnover_up_to_min")


def as_row(one: RoomUsage) -> dict[str, str | int | float | None]:
    """One room's figures by column; a percentage is None where the room was never open."""
    return {name: getattr(one, name) for name in COLUMNS}


def as_csv(report: Usage) -> str:
    """The rooms and the total, with what was asked for."""
    made = report.made_at.astimezone(zone(report.zone)).isoformat(timespec="minutes")
    asked = [report.first, report.last, made, LONGEST_TURNOVER]
    rows = [[*as_row(one).values(), *asked] for one in (*report.rooms, report.total)]
    return write_csv([[*COLUMNS, *FILTERS], *rows])

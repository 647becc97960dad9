"""The usage report as rows, the same for screen, CSV and JSON."""

from clinic_desktop.foundation.csv_out import write_csv
from clinic_desktop.reports.usage import RoomUsage, Usage

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


def as_row(one: RoomUsage) -> dict[str, str | int | float | None]:
    """One room's figures by column; a percentage is None where the room was never open."""
    return {name: getattr(one, name) for name in COLUMNS}


def as_csv(report: Usage) -> str:
    """The report with its days, its rooms and the total."""
    lines: list[list[object]] = [["from", report.first, "to", report.last], list(COLUMNS)]
    lines += [list(as_row(one).values()) for one in (*report.rooms, report.total)]
    return write_csv(lines)

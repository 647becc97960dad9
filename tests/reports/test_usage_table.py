"""The report as rows: the same for screen, CSV and JSON, and each row says what was asked for."""

import csv
import io

from clinic_desktop.reports.usage_table import COLUMNS, FILTERS, as_csv, as_row
from clinic_desktop.storage.store import SqlStore
from tests.reports.clinic import RoomsOnly

NINE = 9 * 60


def test_the_csv_says_what_the_rows_say_and_what_was_asked_for(any_store: SqlStore) -> None:
    clinic = RoomsOnly(any_store, names=["=A1", "B, back"])
    clinic.went(NINE, 60, (NINE, NINE + 70))
    report = clinic.usage()
    read = list(csv.DictReader(io.StringIO(as_csv(report))))
    assert tuple(read[0]) == COLUMNS + FILTERS
    assert [row["room"] for row in read] == ["'=A1", "B, back", "All rooms"]
    for row, room in zip(read, (*report.rooms, report.total), strict=True):
        figures = list(as_row(room).values())[1:]
        assert [row[name] for name in COLUMNS[1:]] == ["" if one is None else str(one) for one in figures]
        assert (row["from"], row["to"]) == ("2026-11-16", "2026-11-16")
        assert row["as_of"] == "2026-11-16T22:00-06:00"
        assert row["turnover_up_to_min"] == "60"

"""The drug log by day and lot, and as CSV."""

import csv
import io
from datetime import date, timedelta

import pytest

from clinic_desktop.people.model import Moved
from clinic_desktop.reports.stock_days import COLUMNS, as_csv, by_day, kept_until, names_of
from clinic_desktop.treatment.stock import read_lots
from tests.small_clinic import MONDAY, SmallClinic
from tests.treatment.stays import booked
from tests.treatment.stock_lines import LOT, VIALS, came, counted, line, logged, vial, vials_came


@pytest.fixture
def clinic(any_clinic: SmallClinic) -> SmallClinic:
    return any_clinic


def rows(clinic: SmallClinic) -> list[dict[str, str]]:
    with clinic.store.read() as records:
        lots = read_lots(records)
        names = names_of(records, lots)
    return list(csv.DictReader(io.StringIO(as_csv(by_day(lots), names))))


def test_a_row_for_each_day_and_lot_with_everything_that_happened(clinic: SmallClinic) -> None:
    came(clinic, 8, on=MONDAY - timedelta(days=1))
    stay = booked(clinic).sprayed()
    assert stay.visit.devices == 2
    logged(clinic, line(Moved.WASTED, -1, witness_id=clinic.lin.id, note="fell"))
    counted(clinic, 4, "one is missing; the pharmacy is asked")
    first, second = rows(clinic)
    assert tuple(first) == COLUMNS
    assert (first["day"], first["received"], first["at_end"]) == ("2026-11-15", "8", "8")
    assert {
        name: second[name] for name in ("day", "drug", "lot", "unit", "at_start", "used", "wasted", "at_end")
    } == {
        "day": "2026-11-16",
        "drug": "Spravato",
        "lot": LOT,
        "unit": "devices",
        "at_start": "8",
        "used": "2",
        "wasted": "1",
        "at_end": "4",
    }
    assert second["count_difference"] == "-1"
    said = second["entries"].split("; ")
    assert said[0] == "10:10 AM used 1, Okafor, Amara, by Maya Jones"
    assert said[2] == "10:50 AM wasted 1, by Maya Jones, witness Dr. Lin, fell"
    assert said[3].startswith("10:50 AM counted 4, by Maya Jones, counted with Dr. Lin, one is missing")


def test_vials_are_in_mg_with_the_patient_of_the_visit(clinic: SmallClinic) -> None:
    vials_came(clinic, 2)
    stay = booked(clinic, "IVM").infused()
    logged(clinic, vial(Moved.DRAWN, -35, visit_id=stay.visit_id))
    (row,) = rows(clinic)
    assert (row["lot"], row["unit"], row["strength_mg_per_ml"], row["vial_ml"]) == (
        VIALS,
        "mg",
        "50.0",
        "10.0",
    )
    assert (row["used"], row["at_end"]) == ("35", "965")
    assert "drawn 35, Okafor, Amara" in row["entries"]


def test_the_export_says_how_long_it_is_kept_and_what_it_is_not(clinic: SmallClinic) -> None:
    came(clinic, 8)
    (row,) = rows(clinic)
    assert row["keep_until"] == "2028-11-17"
    assert "not a DEA perpetual inventory" in row["what_this_is"]
    assert "2 years" in row["what_this_is"]


def test_two_years_after_a_leap_day() -> None:
    assert kept_until(date(2028, 2, 28)) == date(2030, 3, 1)

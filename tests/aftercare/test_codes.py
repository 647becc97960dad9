"""The square codes of a sheet: the next visit for a calendar, the clinic's phone. They name nobody."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import zxingcpp
from icalendar import Calendar

from clinic_desktop.aftercare.codes import calendar_entry, phone_link
from clinic_desktop.aftercare.sheets import make_sheet, print_again
from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.clock import WallTime, instant_at, to_utc_minute
from clinic_desktop.foundation.document import RenderedPdf
from clinic_desktop.printing.pdf import render_pdf
from tests.aftercare.test_sheets import infusion
from tests.printing.reading import pictures
from tests.small_clinic import MONDAY, ZONE, SmallClinic

ADDRESS = "12 Main St\nSuite 4; Austin, TX 78701"


def event(text: str) -> Calendar:
    (only,) = Calendar.from_ical(text).walk("VEVENT")
    return only


def test_a_visit_as_an_entry_of_a_calendar() -> None:
    start = to_utc_minute(WallTime(date(2026, 11, 20), 615), "America/Chicago")
    entry = event(calendar_entry(start, 145, ADDRESS, "Appointment"))
    assert entry.decoded("dtstart") == datetime(2026, 11, 20, 16, 15, tzinfo=UTC)
    assert entry.decoded("duration") == timedelta(minutes=145)
    assert str(entry["location"]) == "12 Main St, Suite 4; Austin, TX 78701"
    assert str(entry["summary"]) == "Appointment"


@pytest.mark.parametrize(("fold", "utc"), [(0, 6), (1, 7)])
def test_either_of_two_equal_readings_in_autumn_is_its_own_instant(fold: int, utc: int) -> None:
    start = to_utc_minute(WallTime(date(2026, 11, 1), 75, fold), "America/Chicago")
    assert event(calendar_entry(start, 60, "", "Appointment")).decoded("dtstart").hour == utc


def test_the_same_visit_gives_the_same_code() -> None:
    assert calendar_entry(1000, 60, ADDRESS, "Cita") == calendar_entry(1000, 60, ADDRESS, "Cita")


def test_an_address_that_would_make_the_squares_too_small_is_left_out() -> None:
    assert "location" not in event(calendar_entry(1000, 60, "x" * 121, "Appointment"))


@pytest.mark.parametrize(
    ("number", "link"),
    [
        ("(512) 555-0142", "tel:+15125550142"),
        ("+1 512.555.0142", "tel:+15125550142"),
        ("5125550142 x12", "tel:+15125550142;ext=12"),
        ("+52 55 5555 0142", "tel:+525555550142"),
        ("555-0142", ""),
        ("ask at the desk", ""),
    ],
)
def test_a_number_is_called_from_anywhere(number: str, link: str) -> None:
    assert phone_link(number) == link


def read_codes(pdf: RenderedPdf) -> list[str]:
    return sorted(one.text for page in pictures(pdf) for one in zxingcpp.read_barcodes(page))


def test_the_sheet_carries_the_next_visit_and_the_phone_and_neither_name_nor_treatment(
    clinic: SmallClinic,
) -> None:
    visit = infusion(clinic)
    made = make_sheet(clinic.store, clinic.nurse, visit, render_pdf)
    calendar, phone = read_codes(made.pdf)
    assert phone == "tel:+12175550100"
    start = instant_at(to_utc_minute(WallTime(MONDAY + timedelta(days=3), 600), ZONE))
    assert event(calendar).decoded("dtstart") == start
    private = ("Amara", "Okafor", "Bea", "etamine", "nfusion", "IV", "Test clinic")
    assert not [one for one in private if one in calendar]


def test_a_sheet_prints_again_with_the_codes_that_it_had(clinic: SmallClinic) -> None:
    made = make_sheet(clinic.store, clinic.nurse, infusion(clinic), render_pdf)
    switched(clinic, on=False)
    assert read_codes(print_again(clinic.store, made.sheet, render_pdf)) == read_codes(made.pdf)


def test_a_clinic_may_do_without(clinic: SmallClinic) -> None:
    switched(clinic, on=False)
    assert read_codes(make_sheet(clinic.store, clinic.nurse, infusion(clinic), render_pdf).pdf) == []


def switched(clinic: SmallClinic, *, on: bool) -> None:
    with clinic.store.write(PROGRAM) as unit:
        there = unit.setup().clinic
        unit.save(replace(there, policies=replace(there.policies, sheet_codes=on)))
        unit.commit()

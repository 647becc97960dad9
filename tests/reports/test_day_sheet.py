"""R-11: the day on paper. Rooms and names, pages by room, and nothing that is cut."""

from dataclasses import replace

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.clock import FixedClock
from clinic_desktop.people.model import Patient
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.reports.day_sheet import day_document, read_day
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.model import Room, Visit
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.storage.store import SqlStore
from tests.printing.reading import pages
from tests.reports.clinic import RoomsOnly
from tests.scheduling.test_booking import more_patients
from tests.small_clinic import MONDAY, SmallClinic


def paper(store: SqlStore) -> list[str]:
    """The text of each page of the Monday."""
    return pages(render_pdf(day_document(read_day(store, MONDAY))))


@pytest.fixture
def rooms(any_store: SqlStore) -> RoomsOnly:
    made = RoomsOnly(any_store, names=[f"Room {n}" for n in range(1, 12)])
    made.store.clock = FixedClock(made.moment(7 * 60 + 5))
    return made


def test_the_head_says_clinic_day_page_and_when_it_was_printed(rooms: RoomsOnly) -> None:
    rooms.went(600, state=VisitState.BOOKED)
    first, second = paper(rooms.store)
    for number, page in enumerate((first, second), start=1):
        assert "Rooms · Monday, November 16, 2026" in page
        assert f"Printed Mon, Nov 16, 7:05 AM. Page {number} of 2" in page


def test_r11_more_than_eight_rooms_take_another_page_by_room(rooms: RoomsOnly) -> None:
    for room in range(11):
        rooms.went(600, room=room, state=VisitState.BOOKED)
    first, second = paper(rooms.store)
    on_first = [n for n in range(1, 12) if f"Room {n} " in first]
    on_second = [n for n in range(1, 12) if f"Room {n} " in second]
    assert (on_first, on_second) == ([1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11])
    assert (first.count("10:00–11:00"), second.count("10:00–11:00")) == (6, 5)


@pytest.mark.parametrize("number", [1, 8])
def test_r11_up_to_eight_rooms_stand_on_one_page(any_store: SqlStore, number: int) -> None:
    rooms = RoomsOnly(any_store, names=[f"Room {n}" for n in range(number)])
    for room in range(number):
        for hour in range(8, 17):
            rooms.went(hour * 60, 45, room=room, state=VisitState.BOOKED)
    (page,) = paper(rooms.store)
    assert page.count("Sample, Pia") >= 9 * number


def test_a_visit_outside_the_hours_widens_the_page_and_is_not_lost(rooms: RoomsOnly) -> None:
    rooms.went(6 * 60, state=VisitState.BOOKED)
    rooms.went(20 * 60, 120, state=VisitState.BOOKED)
    first, _ = paper(rooms.store)
    assert "6:00–7:00" in first
    assert "8:00–10:00" in first
    assert "6 AM" in first
    assert "9 PM" in first


def test_cancelled_and_missed_visits_are_not_printed(rooms: RoomsOnly) -> None:
    rooms.went(600, state=VisitState.CANCELLED)
    rooms.went(600, room=1, state=VisitState.MISSED)
    assert all("no visits" in page and "Sample" not in page for page in paper(rooms.store))


def test_a_displaced_visit_stands_beside_the_rooms_and_says_so_in_a_word(rooms: RoomsOnly) -> None:
    rooms.went(600, state=VisitState.BOOKED, displaced=True)
    _, second = paper(rooms.store)
    assert "No room" in second
    assert "DISPLACED" in second


def test_it_says_name_times_type_driver_and_nurse(any_clinic: SmallClinic) -> None:
    book(any_clinic.store, PROGRAM, any_clinic.wish("IVM", 600))
    (page,) = paper(any_clinic.store)
    for words in ("Okafor, Amara", "10:00–11:30", "IV ketamine", "Driver named", "with Maya Jones"):
        assert words in page


def test_a_held_visit_says_what_it_waits_for(any_clinic: SmallClinic) -> None:
    visit = book(any_clinic.store, PROGRAM, any_clinic.wish("IVM", 600, plan=None)).visits[0]
    assert visit.state is VisitState.HELD
    (page,) = paper(any_clinic.store)
    assert "HELD: driver" in page
    assert "NO DRIVER" in page


def test_names_that_could_be_taken_for_each_other_are_marked(rooms: RoomsOnly) -> None:
    with rooms.store.write(PROGRAM) as unit:
        other = unit.add(Patient(given_name="Pio", family_name="Sample"))
        unit.commit()
    rooms.went(600, state=VisitState.BOOKED)
    visit = rooms.went(600, room=1, state=VisitState.BOOKED)
    assert "Similar name" not in "".join(paper(rooms.store))
    with rooms.store.write(PROGRAM) as unit:
        unit.save(replace(unit.get(Visit, visit.id), patient_id=other.id))
        unit.commit()
    assert "".join(paper(rooms.store)).count("Similar name today") == 2


def test_a_room_that_is_used_no_more_is_left_out_unless_it_has_a_visit(rooms: RoomsOnly) -> None:
    rooms.went(600, room=10, state=VisitState.BOOKED)
    with rooms.store.write(PROGRAM) as unit:
        for one in unit.find(Room):
            if one.name in ("Room 10", "Room 11"):
                unit.save(replace(one, active=False))
        unit.commit()
    text = " ".join(paper(rooms.store))
    assert "Room 10" not in text
    assert "Room 11" in text


def test_two_at_once_on_purpose_say_so_in_words(any_clinic: SmallClinic) -> None:
    first = book(any_clinic.store, PROGRAM, any_clinic.wish("IVM", 600)).visits[0]
    other = more_patients(any_clinic, 1)[0]
    wish = any_clinic.wish("IVM", 630, patient_id=other.id, nurse_id=any_clinic.tunde.id)
    book(any_clinic.store, any_clinic.prescriber, wish, "both are short", {first.id})
    (page,) = paper(any_clinic.store)
    assert page.count("OVERLAPS ON PURPOSE") >= 1


def test_the_foot_says_where_the_trail_stands(rooms: RoomsOnly) -> None:
    read = read_day(rooms.store, MONDAY)
    with rooms.store.read() as records:
        head = records.trail_head()
    foot = day_document(read).footer
    assert foot is not None
    assert f"Trail {head.number:,} \N{MIDDLE DOT} {head.hashed[:4]} {head.hashed[4:8]}" in foot.lines

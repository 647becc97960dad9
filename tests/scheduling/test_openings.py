"""First openings: the next starts over all rooms and staff, read piece by piece."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.clock import WallTime, from_utc_minute, to_utc_minute
from clinic_desktop.people.model import Absence
from clinic_desktop.scheduling.availability import Options, by_place
from clinic_desktop.scheduling.masks import timeline
from clinic_desktop.scheduling.openings import every_start, first_openings
from clinic_desktop.scheduling.working import Roster
from tests.scheduling.engine_truth import CONSULT, IV, MONDAY, SPRAVATO, a_clinic, free_in

ZONE = "America/Chicago"
SETUP = a_clinic(rooms=2, nurses=2)


def at(day, hour, minute=0):
    return to_utc_minute(WallTime(day, hour * 60 + minute), ZONE)


class Book:
    """Claims, and what was asked of them."""

    def __init__(self, claims=()):
        self.claims, self.asked = list(claims), []

    def __call__(self, places, start, end):
        self.asked.append((sorted(places), (end - start) // 1440))
        return by_place(c for c in self.claims if (c[0], c[1]) in places and c[2] < end and start < c[3])


def shown(openings):
    return [(one.at.day, f"{one.at.minute // 60}:{one.at.minute % 60:02}") for one in openings]


def test_the_next_starts_come_first_with_their_room_and_people():
    found = first_openings(Roster(SETUP), CONSULT, Book(), Options(), after=at(MONDAY, 16, 47), count=4)
    assert shown(found) == [
        (MONDAY, "16:50"),
        (MONDAY, "16:55"),
        (MONDAY, "17:00"),
        (date(2026, 11, 17), "8:00"),
    ]
    assert [(one.choice.room_id, one.choice.prescriber_id) for one in found] == [(1, 11)] * 4


def test_only_as_many_days_are_read_as_are_needed_and_only_the_places_that_matter():
    book = Book()
    first_openings(
        Roster(SETUP), CONSULT, book, Options(rooms=frozenset({2}), patient_id=9), after=at(MONDAY, 8)
    )
    assert book.asked == [([("hands", 11), ("patient", 9), ("room", 2), ("watch", 11)], 15)]


def test_a_full_month_is_looked_past():
    begin = at(MONDAY, 0)
    rooms = [
        ("room", n, begin + 1440 * day, begin + 1440 * (day + 1), 1) for n in (1, 2) for day in range(40)
    ]
    book = Book(rooms)
    found = first_openings(Roster(SETUP), IV, book, Options(), after=begin, count=1)
    assert shown(found) == [(MONDAY + timedelta(days=40), "8:00")]
    assert [days for _, days in book.asked] == [15, 29]


def test_no_opening_within_the_days_looked_at_is_an_empty_answer():
    gone = Absence(staff_id=11, from_day=MONDAY, to_day=MONDAY + timedelta(days=400))
    book = Book()
    found = first_openings(
        Roster(replace(SETUP, absences=(gone,))), SPRAVATO, book, Options(), after=at(MONDAY, 8), days=60
    )
    assert found == []
    assert sum(days - 1 for _, days in book.asked) == 60


@pytest.mark.parametrize("visit_type", [CONSULT, IV, SPRAVATO])
def test_pieces_give_what_the_whole_window_gives(visit_type):
    """Three pieces: of 14 days, of 28, and what is left."""
    begin = at(MONDAY, 0)
    claims = [
        (kind, owner, begin + 1440 * day + 480 + 37 * day % 300, begin + 1440 * day + 900, day)
        for day in range(30)
        for kind, owner in (("room", 1), ("room", 2), ("hands", 1), ("hands", 11))
    ]
    roster, line = Roster(SETUP), timeline(MONDAY, 46, ZONE)
    whole = every_start(roster, visit_type, Book(claims), line)
    pieces = first_openings(roster, visit_type, Book(claims), Options(), after=begin, count=10**6, days=46)
    assert [one.choice.start for one in pieces] == whole
    free = free_in(SETUP, MONDAY, 46, claims)
    assert whole == [m for m in range(line.start, line.end, 5) if free.starts(visit_type) >> line.bit(m) & 1]
    assert all(from_utc_minute(one.choice.start, ZONE) == one.at for one in pieces)

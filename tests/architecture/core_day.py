"""A morning planned by the core alone: find the first opening, take it, find the next."""

from dataclasses import replace
from datetime import date

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.clock import WallTime, to_utc_minute
from clinic_desktop.people.model import Shift, Staff
from clinic_desktop.scheduling.availability import Options, Place, Taken, by_place, rows_of
from clinic_desktop.scheduling.claims import claims_of, timed
from clinic_desktop.scheduling.defaults import default_setup
from clinic_desktop.scheduling.model import ClaimKind, Room, Setup, Visit
from clinic_desktop.scheduling.openings import Opening, first_openings
from clinic_desktop.scheduling.working import Roster

MONDAY = date(2026, 11, 23)
WEEK = frozenset(range(5))


def small_clinic() -> Setup:
    """One infusion room, one nurse, one prescriber."""
    return replace(
        default_setup(),
        rooms=(Room(id=1, name="Infusion 1", fits=frozenset({"iv"})),),
        staff=(
            Staff(id=1, name="Nora Quill", roles=frozenset({Role.NURSE})),
            Staff(id=2, name="Piet Marsh", roles=frozenset({Role.PRESCRIBER})),
        ),
        shifts=tuple(Shift(id=n, staff_id=n, weekdays=WEEK, start=480, end=1050) for n in (1, 2)),
    )


def first_opening(setup: Setup, taken: dict[Place, list[Taken]]) -> Opening:
    def source(places, _start, _end):
        return {place: taken.get(place, []) for place in places}

    morning = to_utc_minute(WallTime(MONDAY, 0), setup.clinic.zone)
    kind = setup.type_by_code("IVM")
    return first_openings(Roster(setup), kind, source, Options(), after=morning, count=1)[0]


def book(setup: Setup, opening: Opening) -> dict[Place, list[Taken]]:
    kind = setup.type_by_code("IVM")
    visit = Visit(
        id=1,
        patient_id=1,
        type_id=kind.id,
        room_id=1,
        nurse_id=1,
        day=opening.at.day,
        minute=opening.at.minute,
        zone=setup.clinic.zone,
    )
    return by_place(rows_of(claims_of(timed(visit, kind), kind)))


def run() -> list[str]:
    """What the first two openings are: the second begins when the room has been turned over."""
    setup = small_clinic()
    first = first_opening(setup, {})
    taken = book(setup, first)
    second = first_opening(setup, taken)
    free_from = max(end for _start, end, _visit in taken[(ClaimKind.ROOM, 1)])
    waits = to_utc_minute(second.at, setup.clinic.zone) >= free_from
    return [f"first {first.at.day} {first.at.minute}", f"second waits for the room {waits}"]

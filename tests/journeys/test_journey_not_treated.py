"""A pressure that is too high: the patient goes home untreated, and somebody else has the room at once."""

from datetime import date

import pytest

from clinic_desktop.people.model import Clearance, Indication, Patient, Phone, Screening
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.model import StampKind
from tests.journeys.desk_story import DeskStory
from tests.small_clinic import BEA, MONDAY, instant
from tests.treatment.stays import Stay, booked


@pytest.fixture
def amara(desk: DeskStory) -> Stay:
    """Booked for an infusion at 10 in Infusion 1, until 11:30 and its turnover."""
    return booked(desk.clinic, "IVM", 10 * 60)


@pytest.fixture
def lena(desk: DeskStory) -> Patient:
    """Cleared too; she waits by the phone for a time that comes free."""
    clinic = desk.clinic
    with clinic.store.write(clinic.prescriber) as unit:
        made = unit.add(
            Patient(
                given_name="Lena",
                family_name="Brandt",
                birth_date=date(1979, 2, 3),
                phones=(Phone("(512) 555-0177"),),
                indication=Indication.TRD,
            )
        )
        unit.add(Screening(patient_id=made.id, reviewed_by=clinic.lin.id, reviewed_at=clinic.clock.now()))
        cleared = {"cleared_by": clinic.lin.id, "on": date(2026, 11, 1), "until": date(2027, 11, 1)}
        unit.add(Clearance(patient_id=made.id, modality="iv", **cleared))
        changes = unit.commit()
    desk.window.desk.hub.tell(changes)
    desk.wait()
    return made


def test_high_pressure_sends_home_and_frees_the_room(desk: DeskStory, amara: Stay, lena: Patient) -> None:
    room = desk.clinic.rooms["Infusion 1"]
    desk.sit_down("Maya Jones")
    desk.press("Alt+2")
    desk.at(9, 50)
    desk.record(amara.visit_id, "a", StampKind.ARRIVED)
    desk.at(10, 0)
    desk.record(amara.visit_id, "i", StampKind.IN_ROOM)
    desk.at(10, 6)
    desk.record(amara.visit_id, "182/108 88 98", StampKind.VITALS)
    (high,) = [one for one in desk.refused("b 35") if "182/108" in one]
    assert "A prescriber must acknowledge it" in high
    desk.press("Escape")
    desk.at(10, 12)
    desk.record(amara.visit_id, "not treated pressure 182/108", StampKind.NOT_TREATED)
    assert amara.visit.state is VisitState.NOT_TREATED
    assert amara.room_claim() == (instant(10, 0), instant(10, 27))  # until it is made ready again

    desk.sit_down("Rosa Diaz")
    desk.press("Alt+1", "Ctrl+Home")
    walk_to(desk, room.id, 10 * 60 + 30)
    desk.press("F3")
    desk.write("brandt")
    desk.press("Return")
    booking = desk.panels.booking
    desk.wait(lambda: booking.seen.wish is not None and booking.driver.list.hasFocus())
    desk.write_driver("Bea Marsh", BEA.phone, "sister")
    desk.wait(
        lambda: booking.book.text().startswith("Book today, 10:30 AM for Brandt") and not booking.book.missing
    )
    desk.press("Ctrl+Return")
    desk.wait(lambda: desk.visits(lena.id))
    (visit,) = desk.visits(lena.id)
    assert (visit.day, visit.minute, visit.room_id) == (MONDAY, 10 * 60 + 30, room.id)
    assert visit.state is VisitState.BOOKED


def walk_to(desk: DeskStory, room_id: int, minute: int) -> None:
    """With the arrows: down to the time, then from column to column to the room."""
    board = desk.board.board
    desk.wait(lambda: board.free_slot() is not None)
    walked = [("Down", lambda slot: slot.minute >= minute), ("Right", lambda slot: slot.room_id == room_id)]
    for arrow, there in walked:
        for _ in range(20):
            slot = board.free_slot()
            if slot is not None and there(slot):
                break
            desk.press(arrow)
    slot = board.free_slot()
    assert slot is not None
    assert (slot.room_id, slot.minute) == (room_id, minute)

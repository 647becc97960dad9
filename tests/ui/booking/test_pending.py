"""Whoever opens a patient who waits, or whose visit is parked, is told so, and is one key from it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.pinboard import Pin, park
from clinic_desktop.scheduling.waiting import WaitEntry, wait_for
from clinic_desktop.ui.board.pin_tray import PinList
from clinic_desktop.ui.patients.place import PatientsPlace
from clinic_desktop.ui.pending_notices import PendingNotices
from clinic_desktop.ui.waitlist.waitlist_panel import WaitlistPanel
from tests.small_clinic import MONDAY, SmallClinic
from tests.ui.booking.desktop import Desktop
from tests.ui.booking.window import CTRL, ENTER, SHIFT
from tests.ui.grab import grab_both

Key = Qt.Key


@pytest.fixture(autouse=True)
def open_things(clinic: SmallClinic) -> None:
    """Amara waits for another infusion, and one that is booked is parked; Noah has neither."""
    wait_for(
        clinic.store,
        clinic.desk,
        WaitEntry(patient_id=clinic.amara.id, type_code="IVM", weekdays=frozenset({1}), to_minute=720),
    )
    wish = replace(clinic.wish(minute=600), day=MONDAY + timedelta(days=3))
    visit = book(clinic.store, clinic.desk, wish).visits[0]
    park(clinic.store, clinic.desk, visit.id, "wants mornings")


def notices(panel: QWidget) -> PendingNotices:
    (found,) = panel.findChildren(PendingNotices)
    return found


def told(found: PendingNotices) -> list[str]:
    return [one.accessibleName() for one in (found.waits, found.parked)]


TOLD = [
    "Waits since Mon, Nov 16 IV ketamine: Tue, before 12:00 PM",
    "Parked since Mon, Nov 16 IV ketamine, Thu, Nov 19, 10:00 AM: wants mornings",
]


def open_booking(at: Desktop, name: str, *chord: Qt.Key) -> None:
    if chord:
        at.press(*chord, mods=CTRL | SHIFT)
    else:
        at.press(Key.Key_F3)
    at.type(name)
    at.press(ENTER)


def test_booking_tells_of_it_and_the_key_opens_the_entry(at: Desktop) -> None:
    open_booking(at, "oka")
    found = notices(at.booking)
    assert found.isVisible()
    assert told(found) == TOLD
    grab_both(at.window, "pending-booking", (1366, 768))
    at.press(Key.Key_W, mods=CTRL | SHIFT)
    (panel,) = at.window.findChildren(WaitlistPanel)
    assert panel.isVisible()
    assert panel.list.current != ""
    assert panel.to_time.text() == "12:00 PM"


def test_nobody_else_is_told_so(at: Desktop) -> None:
    open_booking(at, "oka")
    at.press(Key.Key_F, mods=CTRL)
    assert notices(at.booking).isHidden()
    at.type("noa")
    at.press(ENTER)
    assert notices(at.booking).isHidden()


def test_planning_a_course_tells_of_it_and_the_key_goes_to_the_pinboard(at: Desktop) -> None:
    open_booking(at, "oka", Key.Key_N)
    assert told(notices(at.course)) == TOLD
    grab_both(at.window, "pending-course", (1366, 768), 2.0)
    at.press(Key.Key_B, mods=CTRL | SHIFT)
    assert isinstance(at.focus, PinList)
    assert at.focus.current is not None
    assert at.focus.current.patient.id == at.clinic.amara.id


def test_the_page_tells_of_it_and_leads_to_both(at: Desktop) -> None:
    place = at.window.place("patients")
    assert isinstance(place, PatientsPlace)
    at.window.show_patient(at.clinic.amara.id)
    at.qtbot.waitUntil(lambda: place.view.page.facts is not None)
    found = notices(place.view.page)
    assert told(found) == TOLD
    grab_both(at.window, "pending-page", (1366, 768))
    with at.clinic.store.write(at.clinic.desk) as unit:
        (pin,) = unit.find(Pin, taken_at=None)
        unit.save(replace(pin, note="or Friday"))
        changes = unit.commit()
    at.window.desk.hub.tell(changes)
    at.qtbot.waitUntil(lambda: "or Friday" in found.parked.accessibleName())
    found.to_waitlist.click()
    at.press(Key.Key_Shift)
    (panel,) = at.window.findChildren(WaitlistPanel)
    assert panel.isVisible()
    at.press(Key.Key_Escape)
    at.press(Key.Key_B, mods=CTRL | SHIFT)
    assert at.window.current == "board"
    assert isinstance(at.focus, PinList)


def test_placed_it_is_told_no_more(at: Desktop) -> None:
    open_booking(at, "oka")
    with at.clinic.store.write(at.clinic.desk) as unit:
        (entry,) = unit.find(WaitEntry, closed_at=None)
        unit.save(replace(entry, closed_at=unit.at, closed_why="withdrawn"))
        changes = unit.commit()
    at.window.desk.hub.tell(changes)
    at.press(Key.Key_Shift)
    found = notices(at.booking)
    assert found.waits.isHidden()
    assert not found.parked.isHidden()

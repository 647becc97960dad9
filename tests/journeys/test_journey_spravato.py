"""Spravato with three devices: held without a driver, booked with one, and let go by the gate alone."""

from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinterInfo

from clinic_desktop.people.model import Indication
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.model import StampKind
from clinic_desktop.ui import cups
from clinic_desktop.ui.dialogs import ReasonDialog
from clinic_desktop.ui.printers import saved_folder
from clinic_desktop.ui.sheets.place import SheetsPlace
from tests.journeys.desk_story import DeskStory
from tests.small_clinic import instant
from tests.ui.sheets import private_cups

LOT = "12K345"


@pytest.fixture
def amara(desk: DeskStory) -> int:
    """Cleared and enrolled. Her indication is the one whose first dose is three devices."""
    with desk.clinic.store.write(desk.clinic.prescriber) as unit:
        unit.save(replace(desk.clinic.amara, indication=Indication.MDSI))
        unit.commit()
    return desk.clinic.amara.id


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch) -> Iterator[private_cups.Paper | None]:
    """The clinic's printer, called front; none where no print server can be started. Never a real one."""
    if private_cups.lacking():
        monkeypatch.setattr(cups, "queue", str)
        monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
        yield None
        return
    made = private_cups.Paper()
    with private_cups.running() as address:
        monkeypatch.setenv("CUPS_SERVER", address)
        private_cups.add_queue(address, "front", made.port)
        yield made
    made.close()


def test_a_spravato_day_from_the_phone_to_the_door(
    desk: DeskStory, amara: int, paper: private_cups.Paper | None
) -> None:
    hold_without_a_driver(desk, amara)
    name_the_driver(desk, amara)
    three_devices(desk, amara)
    settled_but_for_three_things(desk, amara)

    desk.at(12, 19)
    assert desk.refused("r") == [
        "Not before 12:20 PM: 120 minutes after the last device.",
        "The last pressure 126/80 is not signed as acceptable or falling. Sign it: P.",
        "The aftercare sheet is not handed over.",
        "The driver is not here yet: Bea Marsh, (217) 555-0142. A prescriber may override with a reason.",
    ]
    desk.at(12, 20)
    assert [one.split()[1] for one in desk.refused("r")] == ["last", "aftercare", "driver"]
    desk.record(the_visit(desk, amara).id, "p", StampKind.PRESSURE_ACCEPTED)
    assert [one.split()[1] for one in desk.refused("r")] == ["aftercare", "driver"]
    read_the_sheet(print_the_sheet(desk, paper))
    hand_it_over(desk, amara)
    assert [one.split()[1] for one in desk.refused("r")] == ["driver"]
    desk.record(the_visit(desk, amara).id, "g", StampKind.DRIVER_SEEN)
    assert the_visit(desk, amara).state is VisitState.MONITORING

    desk.press("Ctrl+R")
    desk.wait(lambda: the_visit(desk, amara).state is VisitState.LEFT)
    (gone,) = desk.stamps(the_visit(desk, amara).id, StampKind.RELEASED)
    assert (gone.at, gone.by, gone.deviations) == (instant(12, 20), desk.clinic.maya.id, ())


def hold_without_a_driver(desk: DeskStory, amara: int) -> None:
    desk.press("Alt+1", "F3")
    desk.write("okafor")
    desk.press("Return")
    booking = desk.panels.booking
    desk.wait(lambda: booking.seen.about is not None)
    desk.pick("All types", "Spravato 84 mg")
    desk.wait(lambda: booking.seen.type is not None and booking.seen.type.code == "SP84")
    desk.write("today 10:00")
    desk.press("Return")
    desk.wait(booking.driver.list.hasFocus)
    assert booking.book.text() == "Hold today, 10:00 AM for Okafor, Amara"
    desk.press("Return")
    desk.wait(lambda: desk.visits(amara))
    visit = the_visit(desk, amara)
    assert (visit.state, visit.held_for, visit.plan) == (VisitState.HELD, frozenset({"driver"}), None)
    desk.wait(lambda: desk.board.board.selected_visit == visit.id)


def name_the_driver(desk: DeskStory, amara: int) -> None:
    desk.press("Ctrl+D")
    desk.wait(desk.panels.driver.driver.list.hasFocus)
    desk.write_driver("Bea Marsh", "(217) 555-0142", "sister")
    desk.press("Ctrl+Return")
    desk.wait(lambda: the_visit(desk, amara).state is VisitState.BOOKED)
    plan = the_visit(desk, amara).plan
    assert plan is not None
    assert (plan.name, plan.phone, plan.adult) == ("Bea Marsh", "(217) 555-0142", True)


def three_devices(desk: DeskStory, amara: int) -> None:
    """56 mg and 28 mg more, five minutes apart each, with pressures before and 40 minutes after."""
    desk.sit_down("Maya Jones")
    desk.press("Alt+2")
    for hour, minute, typed, kind in (
        (9, 50, "a", StampKind.ARRIVED),
        (10, 0, "i", StampKind.IN_ROOM),
        (10, 2, "c", StampKind.CONSENT),
        (10, 3, "asked food none liquid none spray none preg no meds none", StampKind.ANSWERED),
        (10, 4, "124/78 70 98", StampKind.VITALS),
        (10, 10, f"d {LOT}", StampKind.DOSE),
        (10, 15, "d", StampKind.DOSE),
        (10, 20, "d", StampKind.DOSE),
        (10, 50, "138/86 74 97", StampKind.VITALS),
    ):
        desk.at(hour, minute)
        desk.record(the_visit(desk, amara).id, typed, kind)
    devices = desk.stamps(the_visit(desk, amara).id, StampKind.DOSE)
    assert [(one.device, one.dose, one.lot) for one in devices] == [(n, 28.0, LOT) for n in (1, 2, 3)]
    assert [one.at for one in devices] == [instant(10, 10), instant(10, 15), instant(10, 20)]


def settled_but_for_three_things(desk: DeskStory, amara: int) -> None:
    desk.at(12, 15)
    desk.record(the_visit(desk, amara).id, "126/80 71 98", StampKind.VITALS)
    desk.record(the_visit(desk, amara).id, "s", StampKind.SETTLED)
    desk.record(the_visit(desk, amara).id, "w", StampKind.WALKS)


_PRINTING_MS = 60_000  # a print server of its own, on a computer that may have much else to do


def print_the_sheet(desk: DeskStory, paper: private_cups.Paper | None) -> str:
    """The text of the pages that came out; without a printer they are saved, and that is said."""
    desk.press("Alt+4")
    place = desk.window.place("sheets")
    assert isinstance(place, SheetsPlace)
    desk.wait(lambda: place.view.list.current is not None and place.view.preview.isVisible())
    desk.press("Ctrl+P")
    if paper is None:
        desk.wait(lambda: desk.says("No printer here. Saved as "))
        (file,) = saved_folder().glob("sheet-*.pdf")
        pages = file.read_bytes()
    else:
        desk.wait(lambda: desk.says("Printed on front."), at_most_ms=_PRINTING_MS)
        (pages,) = paper.jobs
    pdf = pypdfium2.PdfDocument(pages)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)
    finally:
        pdf.close()


def read_the_sheet(text: str) -> None:
    """The real facts of this visit stand on it: whose, which, until when, and who drives."""
    flat = " ".join(text.split())
    for fact in (
        "After your Spravato visit",
        "Patient: Amara Okafor Visit: Monday, November 16, 2026",
        "Do not drive until tomorrow, Tuesday, November 17, 2026, after a full night’s sleep",
        "No alcohol, cannabis or street drugs until Tuesday, November 17, 10:20 AM.",
        "Your ride: Bea Marsh",
        "Call us (217) 555-0100",
        "Printed November 16, 2026, 12:20 PM, by Maya Jones.",
        "Page 2 of 2",
    ):
        assert fact in flat, fact


def hand_it_over(desk: DeskStory, amara: int) -> None:
    desk.press("F5")
    desk.dialog(ReasonDialog)
    desk.press("1", "Return")
    desk.back_to_the_window()
    desk.wait(lambda: desk.stamps(the_visit(desk, amara).id, StampKind.SHEET_HANDED))
    desk.press("Alt+2")


def the_visit(desk: DeskStory, amara: int) -> Visit:
    (visit,) = desk.visits(amara)
    return visit

"""Printing the sheet on the floor: what did not come out is said, and the same sheet goes out again."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pypdfium2
import pytest
from PySide6.QtCore import Qt

from clinic_desktop.aftercare.values import Sheet
from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.errors import NotPrinted
from clinic_desktop.people.model import Patient
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.printed import Printed as What
from clinic_desktop.treatment.printed import PrintState, SheetPrint
from clinic_desktop.ui.floor import actions
from clinic_desktop.ui.floor.actions import Wanted
from clinic_desktop.ui.printers import Printed
from tests.small_clinic import SmallClinic
from tests.treatment.stays import K, booked
from tests.ui.floor.conftest import CTRL, Keyboard, stay_of

Open = Callable[..., Keyboard]
Key = Qt.Key


@pytest.fixture
def monitored(clinic: SmallClinic, open_floor: Open) -> Keyboard:
    """Amara is monitored since 10:15; the clock stands at 11:20."""
    booked(clinic).sprayed()
    return open_floor().at(11, 20)


@dataclass
class Printer:
    """Fails while it is in trouble."""

    trouble: str = ""
    pages: list[bytes] = field(default_factory=list)

    def print_pages(self, data: bytes, _title: str, _name: str, _told: object) -> Printed:
        if self.trouble:
            raise NotPrinted(self.trouble, "out of paper")
        self.pages.append(data)
        return Printed(printer="Front desk")

    @property
    def last(self) -> str:
        with pypdfium2.PdfDocument(self.pages[-1]) as document:
            return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> Printer:
    made = Printer()
    monkeypatch.setattr(actions, "print_pages", made.print_pages)
    monkeypatch.setattr(actions, "printer_here", lambda: "Front desk")
    return made


def test_a_sheet_that_did_not_come_out_is_told_and_the_next_time_the_same_one_goes_out(
    monitored: Keyboard, printer: Printer
) -> None:
    """No second copy is made: one sheet on record, and its foot says that it is printed again."""
    printer.trouble = "Front desk is out of paper. Add paper, then print again."
    monitored.press(Key.Key_P, CTRL)
    assert any(
        "the sheet did not come out" in one and "out of paper" in one and one.endswith("Ctrl+P once more.")
        for one in monitored.notices
    )
    assert not monitored.line.startswith("handed")  # nobody is asked who took what is not there
    printer.trouble = ""
    monitored.press(Key.Key_P, CTRL)
    assert "Printed again" in printer.last
    with monitored.clinic.store.read() as records:
        (sheet,) = records.find(Sheet)
        jobs = [(one.what, one.state, one.sheet_id) for one in records.find(SheetPrint)]
    assert jobs == [
        (What.SHEET, PrintState.FAILED, sheet.id),
        (What.AGAIN, PrintState.PRINTED, sheet.id),
    ]
    assert "Copy 2" not in printer.last


def test_the_next_step_prints_a_sheet_that_did_not_come_out(monitored: Keyboard, printer: Printer) -> None:
    """Instead of asking who took it."""
    printer.trouble = "Front desk is out of paper. Add paper, then print again."
    monitored.press(Key.Key_P, CTRL)
    printer.trouble = ""
    monitored.place.hand.next_sheet()
    monitored.wait(lambda: bool(printer.pages))


def test_what_is_recorded_meanwhile_does_not_wait_for_the_printer(
    monitored: Keyboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    going, over = threading.Event(), threading.Event()

    def slow(*_pages: object) -> Printed:
        going.set()
        assert over.wait(60)
        return Printed(printer="Front desk")

    monkeypatch.setattr(actions, "print_pages", slow)
    stay, floor = stay_of(monitored), monitored.place.floor
    monitored.place.hand._actions.print_sheet(floor.stay, lambda: None)
    monitored.qtbot.waitUntil(going.is_set)
    note = Stamp(kind=K.NOTE, note="asks for water")
    monitored.place.hand._actions.record(Wanted(floor.stay, (note,), "said"))
    monitored.qtbot.waitUntil(lambda: bool(stay.stamps(K.NOTE)))
    over.set()
    monitored.wait()


def test_a_sheet_in_english_for_who_reads_another_language_is_told_on_the_floor(
    monitored: Keyboard, printer: Printer
) -> None:
    clinic = monitored.clinic
    with clinic.store.write(PROGRAM) as unit:
        unit.save(replace(unit.get(Patient, clinic.amara.id), language="es"))
        unit.commit()
    monitored.press(Key.Key_P, CTRL)
    assert any("no Spanish text of it is approved." in one for one in monitored.notices)


def test_a_sheet_that_cannot_be_made_has_not_happened_either(clinic: SmallClinic, open_floor: Open) -> None:
    """Ctrl+Enter records what has happened in spite of a rule: no sheet comes of it, and none is said to."""
    booked(clinic).is_(K.IN_ROOM)
    floor = open_floor().at(10, 20)
    floor.press(Key.Key_P, CTRL)
    floor.wait()
    refusal = floor.place.panel.refusal
    assert floor.refused == [
        "The sheet counts from the last dose, and none is recorded yet. Record the dose, then print."
    ]
    assert not refusal.insist.isVisible()
    floor.press(Key.Key_Return, CTRL)
    floor.wait()
    assert floor.refused
    with clinic.store.read() as records:
        assert not records.find(Sheet)

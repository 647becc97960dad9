"""The Sheets place: print with one key, hand over, and say what stands in the way."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from clinic_desktop.aftercare.values import Sheet
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.scheduling.booking import book
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.recording import record
from clinic_desktop.ui import operations, printers
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.sheets import place as sheets
from clinic_desktop.ui.shell import Shell
from tests.small_clinic import SmallClinic, build, instant

K = StampKind


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    made = build(tmp_path)
    yield made
    operations.wait_for_all()
    made.store.close()


@pytest.fixture
def infused(clinic: SmallClinic) -> int:
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    clinic.clock.at = instant(11)
    stamps = [
        Stamp(kind=K.IN_ROOM, at=instant(10)),
        Stamp(kind=K.VITALS, at=instant(10, 5), systolic=120, diastolic=80, oxygen=98),
        Stamp(kind=K.INFUSION_START, at=instant(10, 15), dose=35, unit="mg"),
        Stamp(kind=K.INFUSION_STOP, at=instant(10, 55)),
    ]
    record(clinic.store, clinic.nurse, visit.id, stamps)
    return visit.id


def open_place(qtbot: QtBot, clinic: SmallClinic) -> tuple[Shell, sheets.SheetsPlace]:
    with clinic.store.read() as records:
        setup = records.setup()
    desk = Desk(clinic.store, clinic.nurse, clinic.clock, setup)
    shell = Shell([sheets.sheets_spec(desk, render_pdf)])
    desk.setParent(shell)
    qtbot.addWidget(shell)
    shell.resize(1366, 768)
    shell.show()
    place = shell.go("sheets")
    assert isinstance(place, sheets.SheetsPlace)
    calm(qtbot)
    return shell, place


def calm(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not operations.running_count(), timeout=10_000)


def test_the_list_is_a_sound_model_with_spoken_rows(qtbot: QtBot, clinic: SmallClinic, infused: int) -> None:
    _, place = open_place(qtbot, clinic)
    model: QAbstractItemModel = place.view.list.model()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Okafor, Amara. IV ketamine, leaves 11:30 AM. to print"


def test_before_the_dose_the_button_says_what_is_missing(qtbot: QtBot, clinic: SmallClinic) -> None:
    book(clinic.store, clinic.desk, clinic.wish())
    _, place = open_place(qtbot, clinic)
    assert "last dose" in place.view.notice.accessibleName() + place.view.notice.accessibleDescription()
    place.print_sheet()
    calm(qtbot)
    with clinic.store.read() as records:
        assert records.find(Sheet) == []


def test_one_key_makes_and_prints_the_sheet(
    qtbot: QtBot, clinic: SmallClinic, infused: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[bytes] = []

    def to_paper(data: bytes, title: str, name: str) -> printers.Printed:
        assert "Amara" not in title + name
        printed.append(data)
        return printers.Printed(printer="Front desk")

    monkeypatch.setattr(sheets, "print_pages", to_paper)
    shell, place = open_place(qtbot, clinic)
    qtbot.keyClick(place.view.list, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(printed), timeout=10_000)
    calm(qtbot)
    page = pypdfium2.PdfDocument(printed[0])[0]
    assert "Amara Okafor" in page.get_textpage().get_text_range()
    with clinic.store.read() as records:
        (sheet,) = records.find(Sheet)
    assert (sheet.visit_id, sheet.made_by) == (infused, clinic.maya.id)
    line = place.view.list.current
    assert line is not None
    assert line.sheet is not None
    del shell


def test_without_a_printer_the_pages_are_saved_for_this_person_alone(
    clinic: SmallClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(printers, "_cups_queue", str)
    monkeypatch.setattr(printers.QPrinterInfo, "availablePrinterNames", staticmethod(list))
    done = printers.print_pages(b"%PDF-1.4", "Aftercare", "sheet-1-1")
    assert done.file is not None
    assert done.file.read_bytes() == b"%PDF-1.4"
    assert done.file.stat().st_mode & 0o077 == 0


def test_handing_over_reaches_the_record_of_the_visit(
    qtbot: QtBot, clinic: SmallClinic, infused: int, tmp_path: Path
) -> None:
    _, place = open_place(qtbot, clinic)
    place.save_to(str(tmp_path / "sheet.pdf"))
    qtbot.waitUntil((tmp_path / "sheet.pdf").exists, timeout=10_000)
    calm(qtbot)
    place._handed("patient", "The patient")
    calm(qtbot)
    with clinic.store.read() as records:
        handed = [one for one in records.find(Stamp, visit_id=infused) if one.kind is K.SHEET_HANDED]
    assert [one.person for one in handed] == ["The patient"]

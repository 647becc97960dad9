"""The Sheets place: print with one key, hand over, and say what stands in the way."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from clinic_desktop.aftercare.day_sheets import SheetLine, Standing
from clinic_desktop.aftercare.values import Sheet
from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.errors import NotPrinted, ServerAway
from clinic_desktop.people.model import Patient
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.printed import Printed as What
from clinic_desktop.treatment.printed import PrintState, SheetPrint
from clinic_desktop.treatment.recording import record
from clinic_desktop.ui import operations, printers
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.dialogs import ReasonDialog
from clinic_desktop.ui.paper import PaperDialog
from clinic_desktop.ui.sheets import doing, work
from clinic_desktop.ui.sheets.place import SheetsPlace, sheets_spec
from clinic_desktop.ui.sheets.words import spoken
from clinic_desktop.ui.shell import Shell
from tests.small_clinic import MONDAY, SmallClinic, build, instant
from tests.treatment.cases import ALL_NO

K = StampKind
Key, Mod = Qt.Key, Qt.KeyboardModifier


@dataclass
class Printer:
    """What came out of it, and what it says instead when it is in trouble."""

    printed: list[bytes] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    trouble: str = ""

    def print_pages(self, data: bytes, title: str, name: str, _told: object) -> printers.Printed:
        self.names += [title, name]
        if self.trouble:
            raise NotPrinted(self.trouble, "out of paper")
        self.printed.append(data)
        return printers.Printed(printer="Front desk")

    @property
    def last(self) -> str:
        """The text of what came out last."""
        with pypdfium2.PdfDocument(self.printed[-1]) as document:
            return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


@dataclass
class Stage:
    """Amara's infusion ended at 10:55, her Spravato is at 1 PM; it is 11 o'clock."""

    clinic: SmallClinic
    infused: int
    waiting: int
    desk: Desk
    shell: Shell
    place: SheetsPlace
    printer: Printer
    calm: Callable[[], None]
    qtbot: QtBot

    def press(self, key: Qt.Key, mod: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        self.qtbot.keyClick(QApplication.focusWidget() or self.shell, key, mod)
        self.calm()

    def choose(self, visit_id: int) -> None:
        assert self.place.view.list.go_to(visit_id)
        self.calm()

    def sheets(self) -> list[Sheet]:
        with self.clinic.store.read() as records:
            return records.find(Sheet)

    def jobs(self) -> list[SheetPrint]:
        with self.clinic.store.read() as records:
            return records.find(SheetPrint)

    @property
    def standing(self) -> Standing:
        line = self.place.view.list.current
        assert line is not None
        return line.standing

    def arrives(self) -> None:
        """Amara for her Spravato: nothing is to be prepared any more."""
        here = [Stamp(kind=K.ARRIVED, at=instant(10, 50))]
        self.desk.hub.tell(record(self.clinic.store, self.clinic.nurse, self.waiting, here).changes)
        self.calm()

    def infusion_ends_later(self) -> None:
        with self.clinic.store.read() as records:
            stamps = records.find(Stamp, visit_id=self.infused)
        stop = next(one for one in stamps if one.kind is K.INFUSION_STOP)
        later = Stamp(kind=K.INFUSION_STOP, at=instant(10, 58), corrects=stop.id, reason="read from the pump")
        self.desk.hub.tell(record(self.clinic.store, self.clinic.nurse, self.infused, [later]).changes)
        self.calm()


@pytest.fixture
def stage(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    def calm() -> None:
        qtbot.waitUntil(lambda: not operations.running_count(), timeout=10_000)

    clinic, printer = build(tmp_path), Printer()
    monkeypatch.setattr(work, "print_pages", printer.print_pages)
    monkeypatch.setattr(work, "printer_here", lambda: "Front desk")
    infused, waiting = _monday(clinic)
    with clinic.store.read() as records:
        desk = Desk(clinic.store, clinic.nurse, clinic.clock, records.setup())
    shell = Shell([sheets_spec(desk, render_pdf)])
    desk.setParent(shell)
    qtbot.addWidget(shell)
    shell.resize(1366, 768)
    shell.show()
    place = shell.go("sheets")
    assert isinstance(place, SheetsPlace)
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    calm()
    place.focus_work()
    yield Stage(clinic, infused, waiting, desk, shell, place, printer, calm, qtbot)
    calm()
    clinic.store.close()


def _monday(clinic: SmallClinic) -> tuple[int, int]:
    infused = book(clinic.store, clinic.desk, clinic.wish()).visits[0].id
    again = clinic.wish("SP56", 13 * 60)
    waiting = book(clinic.store, clinic.prescriber, again, "one after the other").visits[0].id
    clinic.clock.at = instant(11)
    stamps = [
        Stamp(kind=K.IN_ROOM, at=instant(10)),
        Stamp(kind=K.ANSWERED, at=instant(10, 2), answers=ALL_NO),
        Stamp(kind=K.VITALS, at=instant(10, 5), systolic=120, diastolic=80, oxygen=98),
        Stamp(kind=K.INFUSION_START, at=instant(10, 15), dose=35, unit="mg"),
        Stamp(kind=K.INFUSION_STOP, at=instant(10, 55)),
    ]
    record(clinic.store, clinic.nurse, infused, stamps)
    return infused, waiting


def test_the_list_is_by_leaving_time_and_says_how_each_sheet_stands(stage: Stage) -> None:
    sheets = stage.place.view.list.rows
    QAbstractItemModelTester(sheets, QAbstractItemModelTester.FailureReportingMode.Fatal)
    spoken = [sheets.index(n, 0).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(sheets.rowCount())]
    assert spoken == [
        "Okafor, Amara. IV ketamine. leaves 11:30 AM. to print",
        "Okafor, Amara. Spravato 56 mg. leaves 3:25 PM. not yet",
    ]
    assert stage.place.view._count.text() == "2 sheets: 1 to print, 1 not yet"


def test_the_page_that_prints_is_shown_before_anything_is_recorded(stage: Stage) -> None:
    preview = stage.place.view.preview
    assert "Amara Okafor" in preview.accessibleDescription()
    assert preview.page_count == 2
    assert stage.sheets() == []
    assert stage.place.view.said == "Not printed yet. This is the page as it would print now."


def test_before_the_dose_the_buttons_say_what_is_missing(stage: Stage) -> None:
    stage.arrives()
    stage.choose(stage.waiting)
    view = stage.place.view
    assert "Record the dose, then print." in view.nothing.accessibleName()
    assert "Record the dose" in view.print.missing[0]
    stage.press(Key.Key_P, Mod.ControlModifier)
    assert (stage.printer.printed, stage.sheets()) == ([], [])


def test_a_fact_that_is_missing_is_told_and_where_it_is_recorded(stage: Stage) -> None:
    """Without a phone nobody can call the clinic."""
    with stage.clinic.store.write(PROGRAM) as unit:
        clinic = unit.setup().clinic
        unit.save(replace(clinic, phones=()))
        changes = unit.commit()
    stage.desk.hub.tell(changes)
    stage.calm()
    assert "phone" in stage.place.view.nothing.accessibleName()
    assert "phone" in stage.place.view.print.missing[0]
    stage.press(Key.Key_P, Mod.ControlModifier)
    assert stage.sheets() == []


def test_one_key_makes_and_prints_the_sheet(stage: Stage) -> None:
    stage.press(Key.Key_P, Mod.ControlModifier)
    assert "Amara Okafor" in stage.printer.last
    (sheet,) = stage.sheets()
    assert (sheet.visit_id, sheet.made_by, sheet.copy_number) == (stage.infused, stage.clinic.maya.id, 1)
    assert stage.standing is Standing.PRINTED
    assert stage.place.view.said == (
        "Made 11:00 AM, copy 1. Printed 11:00 AM on Front desk. Not handed over yet."
    )
    assert stage.shell.status_bar.said == "Printed on Front desk."
    assert stage.place.view.print.text() == "Print again"


def test_nothing_that_others_see_names_the_patient(stage: Stage) -> None:
    stage.press(Key.Key_P, Mod.ControlModifier)
    assert stage.printer.names == ["Aftercare", f"sheet-{stage.infused}-1"]
    assert "Okafor" not in stage.shell.windowTitle()


def test_printed_again_it_is_the_same_sheet_and_its_foot_says_so(stage: Stage) -> None:
    stage.press(Key.Key_P, Mod.ControlModifier)
    first = stage.printer.last
    stage.clinic.clock.forward(5)
    stage.press(Key.Key_P, Mod.ControlModifier)
    again = " Printed again November 16, 2026, 11:05 AM, by Maya Jones."
    assert stage.printer.last.replace(again, "") == first
    assert len(stage.sheets()) == 1
    assert [one.what for one in stage.jobs()] == [What.SHEET, What.AGAIN]


def test_a_later_end_of_the_infusion_makes_the_sheet_untrue(stage: Stage) -> None:
    stage.press(Key.Key_P, Mod.ControlModifier)
    stage.infusion_ends_later()
    view = stage.place.view
    assert stage.standing is Standing.UNTRUE
    assert view.said == (
        "Made 11:00 AM, copy 1. No longer true: the infusion ended at another time. "
        "Print it anew, and take the old one back."
    )
    assert view.hand_over.missing == ("This sheet is no longer true. Print it anew first.",)
    stage.press(Key.Key_P, Mod.ControlModifier)
    assert "10:58 AM" in stage.printer.last
    assert [one.copy_number for one in stage.sheets()] == [1, 2]
    assert stage.sheets()[0].voided_at is not None


def test_what_is_merely_newer_is_offered(stage: Stage) -> None:
    stage.press(Key.Key_P, Mod.ControlModifier)
    later = stage.clinic.wish(day=MONDAY + timedelta(days=3))
    stage.desk.hub.tell(book(stage.clinic.store, stage.clinic.desk, later).changes)
    stage.calm()
    assert "Newer by now: the next visits." in stage.place.view.said
    assert stage.place.view.print.text() == "Print anew"
    assert stage.standing is Standing.PRINTED
    stage.press(Key.Key_P, Mod.ControlModifier)
    assert "Thursday, November 19" in stage.printer.last


def test_handing_over_takes_one_key_and_enter(stage: Stage) -> None:
    stage.press(Key.Key_P, Mod.ControlModifier)
    stage.press(Key.Key_F5)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ReasonDialog)
    stage.qtbot.keyClick(dialog.picker.list, Key.Key_Return)
    stage.calm()
    assert stage.standing is Standing.HANDED
    with stage.clinic.store.read() as records:
        handed = [one for one in records.find(Stamp, visit_id=stage.infused) if one.kind is K.SHEET_HANDED]
    assert [one.person for one in handed] == ["The patient and the driver"]
    assert stage.place.view.said == (
        "Made 11:00 AM, copy 1. Handed over 11:00 AM to: The patient and the driver."
    )
    assert stage.place.view.hand_over.missing == ("It was handed over already.",)


def test_the_receipt_is_a_slip_of_its_own(stage: Stage) -> None:
    stage.press(Key.Key_P, Mod.ControlModifier)
    stage.place.doing.handed("patient", "The patient")
    stage.calm()
    stage.press(Key.Key_S, Mod.ControlModifier | Mod.ShiftModifier)
    assert "The patient" in stage.printer.last
    assert "ketamine" not in stage.printer.last
    assert stage.printer.names[-1] == f"receipt-{stage.infused}-1"


def test_before_a_sheet_is_made_it_cannot_be_handed_over_nor_have_a_receipt(stage: Stage) -> None:
    for key, mod in ((Key.Key_F5, Mod.NoModifier), (Key.Key_S, Mod.ControlModifier | Mod.ShiftModifier)):
        stage.press(key, mod)
    assert QApplication.activeModalWidget() is None
    assert stage.printer.printed == []
    assert stage.place.view.hand_over.missing == ("Print the sheet first.",)


def test_a_printer_in_trouble_is_told_and_the_same_sheet_goes_out_once_more(stage: Stage) -> None:
    stage.printer.trouble = "Front desk is out of paper. Add paper, then print again."
    stage.press(Key.Key_P, Mod.ControlModifier)
    (notice,) = stage.shell.notices.notices()
    assert "out of paper" in notice.accessibleName()
    assert stage.standing is Standing.FAILED  # on record, and not on paper
    assert stage.place.view.said == (
        "Made 11:00 AM, copy 1. Did not come out: out of paper. Ctrl+P once more."
    )
    assert stage.place.view._count.text() == "2 sheets: 1 did not come out, 1 not yet"
    stage.printer.trouble = ""
    notice._act()
    stage.calm()
    assert "Printed again" in stage.printer.last
    assert stage.standing is Standing.PRINTED
    assert len(stage.sheets()) == 1
    assert [(one.state, one.why) for one in stage.jobs()] == [
        (PrintState.FAILED, "out of paper"),
        (PrintState.PRINTED, ""),
    ]


def test_once_more_after_a_correction_is_a_new_sheet(stage: Stage) -> None:
    """The notice may stand there for long: what is not true any more does not go out."""
    stage.printer.trouble = "Front desk is out of paper. Add paper, then print again."
    stage.press(Key.Key_P, Mod.ControlModifier)
    (notice,) = stage.shell.notices.notices()
    stage.infusion_ends_later()
    stage.printer.trouble = ""
    notice._act()
    stage.calm()
    assert "10:58 AM" in stage.printer.last
    assert "Copy 2." in stage.printer.last


def test_a_receipt_that_did_not_come_out_says_nothing_of_the_sheet(stage: Stage) -> None:
    stage.press(Key.Key_P, Mod.ControlModifier)
    stage.printer.trouble = "Front desk is out of paper. Add paper, then print again."
    stage.press(Key.Key_S, Mod.ControlModifier | Mod.ShiftModifier)
    assert stage.standing is Standing.PRINTED
    assert [(one.what, one.state) for one in stage.jobs()] == [
        (What.SHEET, PrintState.PRINTED),
        (What.RECEIPT, PrintState.FAILED),
    ]


def test_another_place_that_asks_for_a_sheet_gets_one_that_did_not_come_out(stage: Stage) -> None:
    stage.printer.trouble = "Front desk is out of paper. Add paper, then print again."
    stage.press(Key.Key_P, Mod.ControlModifier)
    stage.printer.trouble = ""
    for _ in range(2):  # the second time there is one on paper
        stage.place.print_visit(stage.infused)
        stage.calm()
    assert len(stage.printer.printed) == 1


def test_a_print_that_met_no_answer_does_not_come_out_later_by_itself(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is read again by itself, and by then somebody else may sit here."""
    monkeypatch.setattr(operations, "AGAIN_MS", 20)
    tries, lines_of_day = [], work.lines_of_day

    def away_once(*what: Any) -> list[SheetLine]:
        tries.append(what)
        if len(tries) == 1:
            raise ServerAway("The clinic's database does not answer.")
        return lines_of_day(*what)

    monkeypatch.setattr(work, "lines_of_day", away_once)
    stage.place.print_visit(stage.infused)
    stage.qtbot.waitUntil(lambda: len(tries) > 1)
    stage.calm()
    assert (stage.printer.printed, stage.sheets()) == ([], [])
    (notice,) = stage.shell.notices.notices()
    assert "does not answer" in notice.accessibleName()
    stage.place.print_visit(stage.infused)
    stage.calm()
    assert len(stage.printer.printed) == 1


def test_a_print_that_was_asked_for_and_left_does_not_come_out_on_coming_back(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    on, lines_of_day = threading.Event(), work.lines_of_day
    monkeypatch.setattr(work, "lines_of_day", lambda *what: (on.wait(30), lines_of_day(*what))[1])
    stage.place.print_visit(stage.infused)
    stage.place.deactivated()
    on.set()
    stage.calm()
    assert (stage.printer.printed, stage.sheets()) == ([], [])


def test_a_sheet_that_nobody_can_tell_of_is_not_called_printed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "print_pages", lambda *_: printers.Printed("Front desk", sure=False))
    stage.press(Key.Key_P, Mod.ControlModifier)
    assert stage.standing is Standing.UNKNOWN
    assert "Nobody could tell whether it came out" in stage.place.view.said
    assert stage.shell.status_bar.said == "Sent to Front desk. Look whether it came out."


def test_a_sheet_is_on_its_way_until_the_printer_has_said_so(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record of it is begun before it is sent."""
    states = []

    def print_pages(*_pages: object) -> printers.Printed:
        states.extend((one.state, one.printer) for one in stage.jobs())
        return printers.Printed("Front desk")

    monkeypatch.setattr(work, "print_pages", print_pages)
    stage.press(Key.Key_P, Mod.ControlModifier)
    assert states == [(PrintState.SENT, "Front desk")]


def test_what_became_of_it_is_on_record_though_the_window_was_closed_meanwhile(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Answers are not delivered any more then: the worker writes it itself."""
    going, over = threading.Event(), threading.Event()

    def print_pages(*_pages: object) -> printers.Printed:
        going.set()
        assert over.wait(60)
        return printers.Printed("Front desk")

    monkeypatch.setattr(work, "print_pages", print_pages)
    stage.qtbot.keyClick(stage.shell, Key.Key_P, Mod.ControlModifier)
    stage.qtbot.waitUntil(going.is_set)
    stage.shell.close()
    over.set()
    assert operations.wait_for_all()
    (job,) = stage.jobs()
    assert job.state is PrintState.PRINTED
    stage.calm()


def test_a_sheet_that_would_be_read_with_an_interpreter_is_told_when_it_is_made(stage: Stage) -> None:
    with stage.clinic.store.write(PROGRAM) as unit:
        unit.save(replace(unit.get(Patient, stage.clinic.amara.id), language="es"))
        changes = unit.commit()
    stage.desk.hub.tell(changes)
    stage.calm()
    stage.press(Key.Key_P, Mod.ControlModifier)
    (notice,) = stage.shell.notices.notices()
    assert "no Spanish text of it is approved." in notice.accessibleName()


def test_saved_as_pdf_for_this_person_alone(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, asked = tmp_path / "out" / "sheet.pdf", []

    def ask(_parent: object, name: str, on_chosen: Callable[[str], None]) -> QFileDialog | None:
        asked.append(name)
        on_chosen(str(file))
        return None

    monkeypatch.setattr(doing, "ask_save", ask)
    stage.press(Key.Key_S, Mod.ControlModifier)
    assert asked == [f"sheet-{stage.infused}.pdf"]
    assert file.read_bytes().startswith(b"%PDF")
    assert file.stat().st_mode & 0o077 == 0
    assert len(stage.sheets()) == 1
    assert stage.shell.status_bar.said == f"Saved as {file}."
    assert stage.standing is Standing.SAVED
    assert "Saved as a PDF 11:00 AM, not printed from here." in stage.place.view.said


def test_another_place_may_ask_for_a_visit_of_any_day(stage: Stage) -> None:
    stage.place.show_day(MONDAY + timedelta(days=1))
    stage.calm()
    assert "Nobody is treated on Tue, Nov 17" in stage.place.view.nobody.accessibleName()
    stage.place.show_visit(stage.waiting)
    stage.calm()
    line = stage.place.view.list.current
    assert line is not None
    assert (line.visit.id, stage.place.navigator.day) == (stage.waiting, MONDAY)


def test_the_days_by_their_keys(stage: Stage) -> None:
    stage.press(Key.Key_Right, Mod.AltModifier)
    assert stage.place.navigator.day == MONDAY + timedelta(days=1)
    stage.press(Key.Key_Home, Mod.ControlModifier)
    assert stage.place.navigator.day == MONDAY
    stage.press(Key.Key_G, Mod.ControlModifier)
    stage.qtbot.keyClicks(QApplication.focusWidget(), "fri")
    stage.press(Key.Key_Return)
    assert stage.place.navigator.day == MONDAY + timedelta(days=4)


def test_the_next_sheet_that_waits(stage: Stage) -> None:
    stage.choose(stage.waiting)
    stage.press(Key.Key_F7)
    line = stage.place.view.list.current
    assert line is not None
    assert line.visit.id == stage.infused
    stage.press(Key.Key_P, Mod.ControlModifier)
    stage.place.doing.handed("patient", "The patient")
    stage.calm()
    stage.press(Key.Key_F7)
    assert "No sheet of this day waits" in stage.shell.status_bar.said


def test_in_a_small_window_list_and_page_take_turns(stage: Stage) -> None:
    stage.shell.resize(683, 384)
    view = stage.place.view
    assert view.list.isVisible()
    assert not view.preview.isVisible()
    stage.press(Key.Key_Return)
    assert view.preview.isVisible()
    assert not view.list.isVisible()
    assert view.preview.hasFocus()
    for button in (view.print, view.hand_over, view.save, view.receipt):
        assert button.visibleRegion().boundingRect() == button.rect()
        assert button.width() >= button.sizeHint().width()
    stage.press(Key.Key_Escape)
    assert view.list.hasFocus()


@pytest.mark.parametrize("size", [(1366, 768), (683, 384)])
@pytest.mark.parametrize(
    ("key", "mods", "why"),
    [
        (Key.Key_P, Mod.ControlModifier, "Record the dose, then print."),
        (Key.Key_S, Mod.ControlModifier, "Record the dose, then print."),
        (Key.Key_F5, Mod.NoModifier, "Print the sheet first."),
    ],
)
def test_a_key_that_can_do_nothing_yet_says_why(
    stage: Stage, size: tuple[int, int], key: Qt.Key, mods: Qt.KeyboardModifier, why: str
) -> None:
    stage.shell.resize(*size)
    stage.arrives()
    stage.choose(stage.waiting)
    stage.press(key, mods)
    (notice,) = stage.shell.notices.notices()
    assert why in notice.accessibleName()


def test_a_name_that_was_corrected_is_shown_at_once(stage: Stage) -> None:
    with stage.clinic.store.write(PROGRAM) as unit:
        unit.save(replace(unit.get(Patient, stage.clinic.amara.id), family_name="Okafor-Lee"))
        changes = unit.commit()
    stage.desk.hub.tell(changes)
    stage.calm()
    line = stage.place.view.list.current
    assert line is not None
    assert line.name == "Okafor-Lee, Amara"


def test_every_part_has_a_name_for_a_screen_reader(stage: Stage) -> None:
    view = stage.place.view
    assert view.list.accessibleName() == "Sheets of the day"
    assert view.preview.accessibleName() == "The page that prints, page 1 of 2"
    assert all(one.text() for one in (view.print, view.hand_over, view.save, view.receipt))


def test_a_row_says_whose_sheet_it_could_be_taken_for(stage: Stage) -> None:
    line = replace(stage.place.view.list.rows.things[0], alike=("Okafor, Adaeze",))
    assert spoken(line).startswith("Okafor, Amara. Similar name: Okafor, Adaeze. ")


def test_for_a_visit_to_come_the_same_key_prints_the_preparation(stage: Stage) -> None:
    stage.choose(stage.waiting)
    stage.desk.render = render_pdf
    assert stage.place.view.print.text() == "Print the preparation"
    stage.press(Key.Key_P, Mod.ControlModifier)
    dialog = stage.shell.findChild(PaperDialog)
    assert isinstance(dialog, PaperDialog)
    stage.qtbot.waitUntil(lambda: dialog.preview.page == 1)
    assert "nose spray" in dialog.preview.accessibleDescription()
    assert stage.sheets() == []


def test_s21_why_a_preparation_is_in_english_is_said_beside_it(stage: Stage) -> None:
    stage.choose(stage.waiting)
    stage.desk.render = render_pdf
    _speaks(stage.desk, stage.waiting, "es")
    stage.press(Key.Key_P, Mod.ControlModifier)
    dialog = stage.shell.findChild(PaperDialog)
    assert isinstance(dialog, PaperDialog)
    stage.qtbot.waitUntil(lambda: dialog.preview.page == 1)
    assert dialog.notice.isVisible()
    assert "no Spanish text of it is approved" in dialog.notice.accessibleName()
    dialog.reject()
    stage.place.prepare_day()
    panel = stage.place.preparing.panel
    stage.qtbot.waitUntil(lambda: "to print" in panel.said)
    assert "1 in English for want of a translation: see why below." in panel.said
    notes = [one.row.note for one in panel.list.lines()]
    assert sum("no Spanish text of it is approved" in one for one in notes) == 1


def _speaks(desk: Desk, visit_id: int, language: str) -> None:
    with desk.store.write(PROGRAM) as unit:
        patient = unit.get(Patient, unit.get(Visit, visit_id).patient_id)
        unit.save(replace(patient, language=language))
        unit.commit()

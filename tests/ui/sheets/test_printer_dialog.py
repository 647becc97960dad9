"""The printer of a computer: chosen once, said when it is gone, and never told what it does not have."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.ui import operations, printer_dialog
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.dialogs import QuestionDialog
from clinic_desktop.ui.operations import AT_PRINTERS
from clinic_desktop.ui.printer_choice import PrinterChoice, choose, chosen, keep_in
from clinic_desktop.ui.printer_dialog import PrinterDialog
from clinic_desktop.ui.printers import PrinterHere, saved_folder
from clinic_desktop.ui.settings_store import SettingsStore
from clinic_desktop.ui.sheets.place import sheets_spec
from clinic_desktop.ui.shell import Shell
from tests.small_clinic import build
from tests.ui.front_desk import front_desk

Key = Qt.Key
FRONT, BACK = PrinterHere("Front desk", both_sides=True, usual=True), PrinterHere("Back office")


@dataclass
class Stage:
    shell: Shell
    qtbot: QtBot
    there: list[PrinterHere]

    def open(self) -> PrinterDialog:
        made = PrinterDialog.ask(self.shell, self.shell)
        self.qtbot.waitUntil(lambda: not operations.running_count())
        return made


@pytest.fixture
def stage(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    clinic = build(tmp_path)
    with clinic.store.read() as records:
        desk = Desk(clinic.store, clinic.nurse, clinic.clock, records.setup(), render_pdf)
    shell = Shell([sheets_spec(desk, render_pdf)])
    desk.setParent(shell)
    qtbot.addWidget(shell)
    shell.resize(1366, 768)
    shell.show()
    shell.go("sheets")
    there = [FRONT, BACK]
    monkeypatch.setattr(printer_dialog, "printers_here", lambda: there)
    qtbot.waitUntil(lambda: not operations.running_count())
    yield Stage(shell, qtbot, there)
    qtbot.waitUntil(lambda: not operations.running_count())
    clinic.store.close()


def test_the_usual_one_stands_first_and_enter_takes_it_for_good(stage: Stage, tmp_path: Path) -> None:
    keep_in(SettingsStore(tmp_path / "window.ini"))
    dialog = stage.open()
    assert dialog.printer.currentText() == "Front desk, the usual one"
    dialog.copies.setCurrentIndex(1)
    dialog.both_sides.setChecked(True)
    stage.qtbot.keyClick(dialog.printer, Key.Key_Return)
    wanted = PrinterChoice("Front desk", 2, both_sides=True)
    assert chosen() == wanted
    keep_in(SettingsStore(tmp_path / "window.ini"))
    assert chosen() == wanted
    assert printer_dialog.words(wanted) == "From now on: Front desk, 2 copies, both sides."


def test_both_sides_only_where_the_printer_has_it(stage: Stage) -> None:
    choose(PrinterChoice("Front desk", both_sides=True))
    dialog = stage.open()
    dialog.printer.setCurrentIndex(dialog.printer.findData("Back office"))
    assert not dialog.both_sides.isEnabled()
    assert dialog.sides.text() == dialog.both_sides.accessibleDescription() == "This printer prints one side."
    assert dialog.choice == PrinterChoice("Back office")
    dialog.reject()
    assert chosen() == PrinterChoice("Front desk", both_sides=True)


def test_one_that_is_gone_is_said_and_none_is_chosen_in_its_place(stage: Stage) -> None:
    choose(PrinterChoice("Old laser"))
    dialog = stage.open()
    assert dialog.printer.currentIndex() == -1
    assert dialog.printer_row.problem == "Old laser is not there any more. Choose another."
    stage.qtbot.keyClick(dialog.printer, Key.Key_Return)
    assert chosen() == PrinterChoice("Old laser")
    dialog.printer.setCurrentIndex(1)
    assert dialog.printer_row.problem == ""
    stage.qtbot.keyClick(dialog.printer, Key.Key_Return)
    assert chosen() == PrinterChoice("Back office")


def test_without_any_printer_it_says_where_pages_go(stage: Stage) -> None:
    stage.there.clear()
    choose(PrinterChoice("Old laser"))
    dialog = stage.open()
    said = dialog.none.accessibleName()
    assert dialog.none.isVisible()
    assert said.startswith(
        "This computer has no printer Old laser, which was chosen here, is not there any more."
    )
    assert f"Sheets are saved as files in {saved_folder()}, where they stay for 14 days." in said
    assert "add a printer in the settings of this computer, then press Ctrl F3 again." in said
    hidden = (dialog.printer_row, dialog.copies_row, dialog.both_sides)
    assert not any(one.isVisible() for one in hidden), "no empty box to choose from"
    assert dialog.take.text() == "Save as files"
    stage.qtbot.keyClick(dialog.take, Key.Key_Return)
    assert chosen() == PrinterChoice()


def test_without_any_printer_and_none_chosen_enter_leaves_all_as_it_was(stage: Stage) -> None:
    stage.there.clear()
    choose(PrinterChoice("", copies=2))
    dialog = stage.open()
    assert dialog.none.accessibleName().startswith("This computer has no printer Sheets are saved as files")
    assert dialog.take.text() == "All right"
    stage.qtbot.keyClick(dialog.take, Key.Key_Return)
    assert chosen() == PrinterChoice("", copies=2)
    assert QApplication.activeModalWidget() is None


def test_a_system_that_does_not_answer_is_said(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent() -> list[PrinterHere]:
        raise EnvironmentFailure("The printing system does not answer.")

    monkeypatch.setattr(printer_dialog, "printers_here", silent)
    dialog = stage.open()
    assert dialog.sides.text() == "The printing system does not answer."
    assert dialog.take.missing


def test_the_button_of_the_place_asks(stage: Stage) -> None:
    stage.shell.place("sheets").choose_printer()  # type: ignore[attr-defined]  # the Sheets place
    assert isinstance(QApplication.activeModalWidget(), PrinterDialog)
    QApplication.activeModalWidget().reject()


def test_many_that_wait_for_printers_keep_nobody_from_reading(qtbot: QtBot, qapp: QApplication) -> None:
    over = threading.Event()
    read: list[str] = []
    for _ in range(12):
        operations.run(qapp, lambda: over.wait(60), _nothing, pool=AT_PRINTERS)
    operations.run(qapp, lambda: "read", read.append)
    qtbot.waitUntil(lambda: read == ["read"])
    assert operations.at_printers() == 12
    over.set()
    qtbot.waitUntil(lambda: not operations.running_count())


def test_a_window_that_is_closed_meanwhile_asks_first(qtbot: QtBot, tmp_path: Path) -> None:
    """What the printer has comes out; that nobody waited for it is on record."""
    clinic, over = build(tmp_path), threading.Event()
    with front_desk(qtbot, clinic) as stage:
        operations.run(stage.window, lambda: over.wait(60), _nothing, pool=AT_PRINTERS)
        assert not stage.window.close()
        question = QApplication.activeModalWidget()
        assert isinstance(question, QuestionDialog)
        assert "1 job on the way to a printer." in question.accessibleDescription()
        question.reject()
        assert stage.window.isVisible()
        stage.window.close()
        again = QApplication.activeModalWidget()
        assert isinstance(again, QuestionDialog)
        again.yes.click()
        assert not stage.window.isVisible()
        over.set()
        qtbot.waitUntil(lambda: not operations.running_count())
    clinic.store.close()


def _nothing(_answer: object) -> None:
    """What came of it is another test's business."""

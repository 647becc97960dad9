"""Printers without a driver, as systems have them today: what is chosen reaches them, nothing they lack."""

import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation.errors import NotPrinted
from clinic_desktop.ui import cups, printers
from clinic_desktop.ui.places import Frame
from clinic_desktop.ui.printer_choice import PrinterChoice, choose, chosen, keep_in
from clinic_desktop.ui.printer_dialog import choose_again
from clinic_desktop.ui.printers import PrinterHere
from clinic_desktop.ui.settings_store import SettingsStore
from tests.ui.sheets.ipp_printer import IppPrinter

Two = tuple[IppPrinter, IppPrinter]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that the printing system was given."""
    given: list[list[str]] = []
    really = cups._run

    def run(command: list[str], data: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
        given.append(list(command))
        return really(command, data)

    monkeypatch.setattr(cups, "_run", run)
    return given


def lp(told: list[list[str]]) -> list[str]:
    return next(one for one in reversed(told) if one[0] == "lp")


def test_what_each_can_do_is_asked_of_it(cups_server: str, driverless: Two) -> None:
    there = {one.name: one.both_sides for one in printers.printers_here()}
    assert (there["duplex"], there["simplex"]) == (True, False)


def test_the_pdf_arrives_as_a_pdf_on_both_sides(
    cups_server: str, driverless: Two, pages: bytes, told: list[list[str]]
) -> None:
    choose(PrinterChoice("duplex", copies=2, both_sides=True))
    numbers: list[int] = []
    done = printers.print_pages(pages, "Aftercare", "sheet-1-1", numbers.append)
    assert (done.printer, done.sure) == ("duplex", True)
    assert driverless[0].jobs[-1].startswith(b"%PDF")
    assert "sides=two-sided-long-edge" in lp(told)
    assert lp(told)[lp(told).index("-n") + 1] == "2"
    assert len(numbers) == 1


def test_one_that_prints_one_side_is_not_told_of_two(
    cups_server: str, driverless: Two, pages: bytes, told: list[list[str]]
) -> None:
    """It would give the job up: nothing would come out."""
    choose(PrinterChoice("simplex", both_sides=True))
    assert printers.print_pages(pages, "Aftercare", "sheet-1-1").sure
    assert not any("sides" in one for one in lp(told))
    assert driverless[1].jobs[-1].startswith(b"%PDF")


def test_a_printer_that_is_gone_is_said_and_no_other_takes_its_place(
    cups_server: str, driverless: Two, pages: bytes
) -> None:
    before = [len(one.jobs) for one in driverless]
    choose(PrinterChoice("Old laser"))
    with pytest.raises(NotPrinted, match="Old laser was chosen on this computer, and is not there any more"):
        printers.print_pages(pages, "Aftercare", "sheet-1-1")
    assert [len(one.jobs) for one in driverless] == before


def test_what_was_chosen_holds_after_the_next_start(tmp_path: Path) -> None:
    keep_in(SettingsStore(tmp_path / "window.ini"))
    choose(PrinterChoice("duplex", 3, both_sides=True))
    keep_in(None)
    assert chosen() == PrinterChoice()
    keep_in(SettingsStore(tmp_path / "window.ini"))
    assert chosen() == PrinterChoice("duplex", 3, both_sides=True)


def test_a_number_of_copies_that_nobody_chose_is_one(tmp_path: Path) -> None:
    (tmp_path / "window.ini").write_text('[print]\ncopies=400\nprinter="\\"front\\""\n')
    keep_in(SettingsStore(tmp_path / "window.ini"))
    assert chosen() == PrinterChoice("front")


def test_a_slow_printer_holds_up_no_other(cups_server: str, driverless: Two, pages: bytes) -> None:
    """The one stands still; what goes to the other comes out meanwhile. Paused, its job waits and is told."""
    subprocess.run(["cupsdisable", "-h", cups_server, "simplex"], check=True)
    failed: list[NotPrinted] = []
    waiting = threading.Event()
    number = cups.hand_over("simplex", pages, "Aftercare")

    def pause(_seconds: float) -> None:
        waiting.set()
        threading.Event().wait(0.02)

    def follow() -> None:
        try:
            cups.follow("simplex", number, pause)
        except NotPrinted as problem:
            failed.append(problem)

    other = threading.Thread(target=follow)
    other.start()
    assert waiting.wait(30)
    choose(PrinterChoice("duplex"))
    assert printers.print_pages(pages, "Aftercare", "sheet-1-1").sure
    other.join(60)
    subprocess.run(["cupsenable", "-h", cups_server, "simplex"], check=True)
    assert [(one.why, one.halts) for one in failed] == [("paused", True)]


@pytest.mark.parametrize(
    ("choice", "sides", "expected"),
    [
        (PrinterChoice(), True, []),
        (PrinterChoice("front"), True, ["-o", "sides=one-sided"]),
        (PrinterChoice("front", both_sides=True), True, ["-o", "sides=two-sided-long-edge"]),
        (PrinterChoice("front", both_sides=True), False, []),
        (PrinterChoice("front", copies=2), False, ["-n", "2"]),
    ],
)
def test_what_is_chosen_in_the_words_of_the_system(
    choice: PrinterChoice, sides: bool, expected: list[str]
) -> None:
    able = cups.Abilities(("one-sided", "two-sided-long-edge") if sides else ("one-sided",))
    assert cups.options(choice, able) == expected


def test_of_a_printer_that_tells_nothing_nothing_is_asked() -> None:
    assert cups.options(PrinterChoice("front", both_sides=True), None) == []


def test_a_program_that_ends_waits_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cups, "ask_job", lambda *_: cups.Job(cups.JobState.PROCESSING))
    monkeypatch.setattr(cups, "_run", lambda *_: subprocess.CompletedProcess([], 0, b""))
    cups.wait_no_longer()
    try:
        assert cups.follow("front", 7) is False
    finally:
        cups.wait_again()


def test_where_it_waits_for_others_its_time_has_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    told = [cups.Job(cups.JobState.PENDING)] * 400 + [cups.Job(cups.JobState.COMPLETED)]
    monkeypatch.setattr(cups, "ask_job", lambda *_: told.pop(0))
    monkeypatch.setattr(cups, "ask_printer", lambda *_: cups.Abilities())
    monkeypatch.setattr(cups, "_run", lambda *_: subprocess.CompletedProcess([], 0, b""))
    nothing: Callable[[float], object] = bool
    assert cups.follow("front", 7, nothing) is True


def test_qt_lists_them_where_no_cups_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cups, "here", lambda: False)
    monkeypatch.setattr(printers.QPrinterInfo, "defaultPrinterName", staticmethod(lambda: "Laser"))
    names = staticmethod(lambda: ["Laser", "Label"])
    monkeypatch.setattr(printers.QPrinterInfo, "availablePrinterNames", names)
    monkeypatch.setattr(printers, "_both_sides", lambda name: name == "Laser")
    assert printers.printers_here() == [PrinterHere("Laser", True, True), PrinterHere("Label")]
    choose(PrinterChoice("Gone"))
    with pytest.raises(NotPrinted, match="Gone was chosen"):
        printers.route()


def test_of_a_printer_that_is_gone_the_notice_asks_for_another(qapp: object) -> None:
    gone = printers.PrinterGone("Old laser is gone.", "the chosen printer is gone")
    action = choose_again(QWidget(), cast("Frame", None), gone)
    assert action is not None
    assert action.text == "Choose a printer"
    assert choose_again(QWidget(), cast("Frame", None), NotPrinted("No paper.", "out of paper")) is None

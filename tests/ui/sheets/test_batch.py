"""Several papers in one go: each on record, each named where it fails, and the rest goes on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.aftercare.preparing import Preparation
from clinic_desktop.foundation.errors import EnvironmentFailure, NotPrinted
from clinic_desktop.foundation.words import short_date
from clinic_desktop.people.model import Patient
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.treatment.printed import Printed as What
from clinic_desktop.treatment.printed import PrintState, SheetPrint
from clinic_desktop.ui import batch as batches
from clinic_desktop.ui import operations
from clinic_desktop.ui.batch import Batch, BatchPaper, PaperState, Ready
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.printer_choice import PrinterChoice, choose
from clinic_desktop.ui.printers import Handed, Printed, Route, saved_folder
from clinic_desktop.ui.sheets.place import SheetsPlace, sheets_spec
from clinic_desktop.ui.sheets.prepare_day import PrepareDay
from clinic_desktop.ui.sheets.prepare_words import progress_words
from clinic_desktop.ui.sheets.prepare_work import lines_of, papers_of
from clinic_desktop.ui.shell import Shell
from tests.small_clinic import MONDAY, SmallClinic, build
from tests.ui.gone_out import gone_out
from tests.ui.sheets.ipp_printer import IppPrinter

S = PaperState
DAY = MONDAY + timedelta(days=3)


@dataclass
class Queue:
    """A printer that takes what it is handed, and does with it what its test says."""

    taken: list[str] = field(default_factory=list)
    on_hand: Callable[[int], None] = lambda _number: None
    becomes: Callable[[int], bool] = lambda _number: True
    out: set[int] = field(default_factory=set)  # though the printer is in trouble by now

    def route(self) -> Route:
        return Route("Front desk", PrinterChoice("Front desk"), ())

    def hand_over(self, there: Route, _data: bytes, _title: str, name: str) -> Handed:
        self.taken.append(name)
        number = len(self.taken)
        self.on_hand(number)
        return Handed(there.printer, number)

    def follow(self, handed: Handed) -> Printed:
        return Printed(handed.printer, sure=self.becomes(handed.number or 0))

    def take_back(self, handed: Handed, trouble: NotPrinted) -> Printed:
        if handed.number not in self.out:
            raise trouble
        return Printed(handed.printer)


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    """Three on one day: one who is booked, and two like her."""
    made = build(tmp_path)
    first = book(made.store, made.desk, made.wish(day=DAY, minute=540)).visits[0]
    with made.store.write(made.desk) as unit:
        for name, later in (("Lee, Ann", 180), ("Ortiz, Luz", 360)):
            family, given = name.split(", ")
            patient = unit.add(Patient(family_name=family, given_name=given, birth_date=date(1980, 5, 4)))
            unit.add(_later(first, patient.id, later))
        unit.commit()
    yield made
    made.store.close()


def _later(visit: Visit, patient_id: int, minutes: int) -> Visit:
    times = ("start", "end", "minute", "room_until")
    moved = {name: getattr(visit, name) + minutes for name in times if getattr(visit, name) is not None}
    return replace(visit, id=0, version=0, patient_id=patient_id, **moved)


@pytest.fixture
def desk(clinic: SmallClinic) -> Desk:
    with clinic.store.read() as records:
        return Desk(clinic.store, clinic.nurse, clinic.clock, records.setup(), render_pdf)


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Queue:
    made = Queue()
    for name in ("route", "hand_over", "follow", "take_back"):
        monkeypatch.setattr(batches, name, getattr(made, name))
    return made


@pytest.fixture
def run(desk: Desk, qtbot: QtBot) -> Callable[[], Batch]:
    """A batch of the three sheets of the day, run to its end."""
    widget = QWidget()
    qtbot.addWidget(widget)

    def go(papers: list[BatchPaper] | None = None) -> Batch:
        made = Batch(
            widget, desk, "Preparation", papers or papers_of(desk, render_pdf, lines_of(desk, [DAY]))
        )
        with qtbot.waitSignal(made.ended):
            assert made.start()
        return made

    return go


def jobs(clinic: SmallClinic) -> list[SheetPrint]:
    with clinic.store.read() as records:
        return records.find(SheetPrint)


def test_each_is_on_record_with_its_number(
    clinic: SmallClinic, queue: Queue, run: Callable[..., Batch]
) -> None:
    done = run()
    assert done.progress.states == [S.PRINTED] * 3
    assert (done.progress.handed, done.progress.printer) == (3, "Front desk")
    assert [(one.job, one.state, one.what, one.printer) for one in jobs(clinic)] == [
        (number, PrintState.PRINTED, What.PREPARATION, "Front desk") for number in (1, 2, 3)
    ]
    assert queue.taken == [f"preparation-{one.visit_id}" for one in jobs(clinic)]


def test_a_paper_without_a_record_of_its_own_is_in_the_trail_before_it_goes(
    clinic: SmallClinic, queue: Queue, run: Callable[..., Batch]
) -> None:
    queue.on_hand = lambda number: said.append(len(gone_out(clinic.store)) - number)
    said: list[int] = []
    run([BatchPaper("The day", lambda _there: Ready(b"%PDF", "paper-2026-11-17-1"))])
    assert said == [0]
    about = {"name": "paper-2026-11-17-1", "printer": "Front desk"}
    assert gone_out(clinic.store) == [("printed", "downtime paper", 0, about)]


def test_what_is_missing_names_that_one_and_the_rest_goes_on(
    clinic: SmallClinic, desk: Desk, queue: Queue, run: Callable[..., Batch]
) -> None:
    def missing(_there: Route) -> Ready:
        raise EnvironmentFailure("No birth date.")

    papers = papers_of(desk, render_pdf, lines_of(desk, [DAY]))
    papers[1] = BatchPaper("Lee, Bea", missing)
    done = run(papers)
    assert done.progress.states == [S.PRINTED, S.FAILED, S.PRINTED]
    assert [str(one) for one in done.progress.why.values()] == ["No birth date."]
    assert (done.progress.handed, len(jobs(clinic))) == (2, 2)


def test_after_stop_no_more_is_handed_over_and_what_was_comes_out(
    clinic: SmallClinic, desk: Desk, queue: Queue, qtbot: QtBot
) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    made = Batch(widget, desk, "Preparation", papers_of(desk, render_pdf, lines_of(desk, [DAY])))
    queue.on_hand = lambda _number: made.stop()
    with qtbot.waitSignal(made.ended):
        made.start()
    assert made.progress.states == [S.PRINTED, S.STOPPED, S.STOPPED]
    assert (made.progress.handed, len(jobs(clinic))) == (1, 1)


def test_a_printer_in_trouble_ends_it_for_all_that_are_not_out(
    clinic: SmallClinic, queue: Queue, run: Callable[..., Batch]
) -> None:
    """What came out just before is not said to have failed."""

    def empty(_number: int) -> bool:
        raise NotPrinted("Front desk is out of paper.", "out of paper", halts=True)

    queue.becomes, queue.out = empty, {2}
    assert run().progress.states == [S.FAILED, S.PRINTED, S.FAILED]
    assert [(one.state, one.why) for one in jobs(clinic)] == [
        (PrintState.FAILED, "out of paper"),
        (PrintState.PRINTED, ""),
        (PrintState.FAILED, "out of paper"),
    ]


def test_one_job_that_is_given_up_leaves_the_others(queue: Queue, run: Callable[..., Batch]) -> None:
    def second_fails(number: int) -> bool:
        if number == 2:
            raise NotPrinted("Front desk did not print.", "the printer gave up")
        return True

    queue.becomes = second_fails
    assert run().progress.states == [S.PRINTED, S.FAILED, S.PRINTED]


def test_without_any_printer_they_are_saved_one_file_each(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, run: Callable[..., Batch]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(batches, "route", Route)
    progress = run().progress
    assert progress.states == [S.SAVED] * 3
    said = progress_words(progress, running=False)
    assert said == f"Done. No printer here. 3 of 3 saved as files in {saved_folder()}."
    assert {one.state for one in jobs(clinic)} == {PrintState.SAVED}
    names = sorted(one.name for one in saved_folder().glob("preparation-*.pdf"))
    assert names == sorted(f"preparation-{one.visit_id}.pdf" for one in jobs(clinic))


def test_on_a_real_queue_each_sheet_is_a_job_of_its_own(
    clinic: SmallClinic,
    cups_server: str,
    driverless: tuple[IppPrinter, IppPrinter],
    run: Callable[..., Batch],
) -> None:
    before = len(driverless[0].jobs)
    choose(PrinterChoice("duplex", both_sides=True))
    assert run().progress.states == [S.PRINTED] * 3
    assert len(driverless[0].jobs) == before + 3
    assert all(one.job and one.state is PrintState.PRINTED for one in jobs(clinic))


def test_where_the_printer_is_gone_nothing_is_put_on_record(
    clinic: SmallClinic,
    cups_server: str,
    driverless: tuple[IppPrinter, IppPrinter],
    run: Callable[..., Batch],
) -> None:
    choose(PrinterChoice("Old laser"))
    done = run()
    assert "Old laser was chosen on this computer" in str(done.progress.trouble)
    assert done.progress.states == [S.WAITS] * 3
    assert jobs(clinic) == []


# In the window.


@dataclass
class Window:
    shell: Shell
    place: SheetsPlace
    calm: Callable[[], None]

    @property
    def preparing(self) -> PrepareDay:
        return self.place.preparing

    def list_day(self) -> None:
        """The preparation sheets of the day that is shown."""
        self.place.prepare_day()
        self.calm()

    def confirm(self) -> None:
        self.preparing.panel.confirm()
        self.calm()


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[Window]:
    shell = Shell([sheets_spec(desk, render_pdf)])
    desk.setParent(shell)
    qtbot.addWidget(shell)
    shell.resize(1366, 768)
    shell.show()
    place = shell.go("sheets")
    assert isinstance(place, SheetsPlace)

    def calm() -> None:
        qtbot.waitUntil(lambda: not operations.running_count())

    place.show_day(DAY)
    calm()
    yield Window(shell, place, calm)
    calm()


def badges(window: Window) -> list[str]:
    return [one.row.badge for one in window.preparing.panel.list.lines()]


def test_the_panel_says_how_each_stands_and_prints_those_that_wait(
    window: Window, clinic: SmallClinic, queue: Queue
) -> None:
    panel = window.preparing.panel
    assert window.shell.commands.run("sheets.prepare-day")
    window.calm()
    assert panel.said == "3 to print."
    assert panel.print.text() == "Print 3 sheets"
    assert badges(window) == ["to print"] * 3
    window.confirm()
    assert panel.said == "Done. 3 of 3 handed to Front desk, 3 printed."
    assert badges(window) == ["printed"] * 3
    with clinic.store.read() as records:
        assert len(records.find(Preparation)) == 3


def test_those_that_are_out_are_left_out(window: Window, queue: Queue) -> None:
    def second_fails(number: int) -> bool:
        if number == 2:
            raise NotPrinted("Front desk did not print.", "the printer gave up")
        return True

    queue.becomes = second_fails
    window.list_day()
    window.confirm()
    panel = window.preparing.panel
    assert "1 did not come out." in panel.said
    assert badges(window) == ["printed", "did not come out", "printed"]
    assert panel.print.text() == "Print 1 sheet"
    window.confirm()
    assert panel.said == "Done. 1 of 1 handed to Front desk, 1 printed."


def test_a_stop_that_comes_too_late_prints_nothing_once_more(window: Window, queue: Queue) -> None:
    panel = window.preparing.panel
    window.list_day()
    window.confirm()
    window.confirm()
    assert len(queue.taken) == 3
    assert panel.print.missing == ("None is left to print. Ctrl F5 lists them to print once more.",)
    window.list_day()
    window.confirm()
    assert len(queue.taken) == 6


def test_a_day_without_visits_has_nothing_to_print(window: Window) -> None:
    window.place.show_day(date(2026, 12, 27))
    window.list_day()
    panel = window.preparing.panel
    assert panel.said == "Nobody who is booked has to prepare."
    panel.confirm()
    assert window.preparing.batch is None


def test_the_panel_goes_along_to_the_day_that_is_shown(window: Window, queue: Queue) -> None:
    """Ctrl+Enter prints what stands beside the list, of the day of the list."""
    panel = window.preparing.panel
    window.list_day()
    window.place.show_day(DAY + timedelta(days=1))
    window.calm()
    assert panel.accessibleName().endswith(short_date(DAY + timedelta(days=1)))
    assert panel.said == "Nobody who is booked has to prepare."
    window.confirm()
    assert not queue.taken
    window.place.show_day(DAY)
    window.calm()
    assert panel.said == "3 to print."


def test_the_panel_stays_with_what_it_prints(window: Window, queue: Queue) -> None:
    panel = window.preparing.panel
    window.list_day()
    panel.confirm()
    window.place.show_day(DAY + timedelta(days=1))
    assert panel.accessibleName().endswith(short_date(DAY))
    window.calm()
    assert len(queue.taken) == 3

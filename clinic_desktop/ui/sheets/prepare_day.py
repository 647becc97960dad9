"""Printing the preparation sheets of a day in one go, from any place that shows days."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from clinic_desktop.aftercare.day_preparations import PreparationLine
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.document import RenderPdf
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.ui.batch import OUT, Batch
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import LatestReader
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame
from clinic_desktop.ui.printer_dialog import choose_again
from clinic_desktop.ui.sheets import prepare_words as words
from clinic_desktop.ui.sheets.commands import PREPARE
from clinic_desktop.ui.sheets.prepare_panel import WIDTH, PreparePanel
from clinic_desktop.ui.sheets.prepare_work import lines_of, papers_of
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.wording import problem_worded

_MATTERS = frozenset({"visit", "patient", "preparation", "sheet_print", "visit_type", "clinic"})


class PrepareDay(QObject):
    """The panel and the batch that it started; that goes on where the panel is left."""

    def __init__(self, frame: Frame, desk: Desk, render: RenderPdf, window: QWidget) -> None:
        super().__init__(window)
        self._frame, self._desk, self._render = frame, desk, render
        self._days: tuple[date, ...] = ()
        self._lines: list[PreparationLine] = []
        self._sent: list[PreparationLine] = []
        self._after = ""  # what came of the last batch, while its panel stands
        self._why: dict[int, ClinicProblem] = {}
        self.batch: Batch | None = None
        self.panel = PreparePanel(window)
        self.panel.hide()
        self._reader: LatestReader[list[PreparationLine]] = LatestReader(self, self._came, self._could_not)
        self.panel.closed.connect(frame.close_panel)
        self.panel.print_wanted.connect(self.print)
        self.panel.stop_wanted.connect(self.stop)
        desk.hub.changed.connect(self._heard)

    def open(self, days: Sequence[date]) -> None:
        """The sheets of these days; while others are printed, those."""
        if self.batch is None or not self.batch.running:
            self._take(days)
        if self._frame.show_panel(self.panel, WIDTH):
            self.panel.start()

    def follow(self, days: Sequence[date]) -> None:
        """Other days are shown: those, where the panel stands and prints nothing."""
        if self.panel.isVisible() and self.batch is None and tuple(days) != self._days:
            self._take(days)

    def _take(self, days: Sequence[date]) -> None:
        self._days, self._after, self._why = tuple(days), "", {}
        self.panel.set_title(words.title(self._days))
        self.panel.wait()
        self._look()

    def _look(self) -> None:
        self._reader.read(partial(lines_of, self._desk, self._days))

    def _heard(self, changes: Changes) -> None:
        if self.panel.isVisible() and self.batch is None and changes.kinds & _MATTERS:
            self._look()

    def _came(self, lines: list[PreparationLine]) -> None:
        self._lines = lines
        if self.batch is not None:
            return
        wanted = self._wanted()
        verb = tr("Print %n sheet(s)", "", len(wanted)) if wanted else tr("Print")
        missing = [] if lines else [tr("There is nothing to print.")]
        if lines and self._after and not any(one.to_print for one in lines):
            # A "Stop" that comes a moment too late must not print them all once more.
            text = tr("None is left to print. {key} lists them to print once more.")
            missing = [text.format(key=PREPARE.key)]
        rows = [words.line_row(one, self._why.get(one.visit.id)) for one in lines]
        self.panel.show_lines(rows, self._after or words.standing_words(lines), verb, missing)

    def _could_not(self, problem: ClinicProblem) -> None:
        said = problem_worded(problem)
        self.panel.show_lines((), said, tr("Print"), [tr("It could not be read.")])

    def _wanted(self) -> list[PreparationLine]:
        """Those that nobody can have on paper; where there are none, all once more."""
        return [one for one in self._lines if one.to_print] or self._lines

    def print(self) -> None:
        """All that are wanted, in the background."""
        self._sent = list(self._wanted())
        papers = papers_of(self._desk, self._render, self._sent)
        batch = Batch(self, self._desk, tr("Preparation"), papers)
        if not batch.start():
            batch.deleteLater()
            return
        self.batch = batch
        batch.progressed.connect(self._further)
        batch.ended.connect(self._ended)
        self._further()

    def stop(self) -> None:
        """No more is handed over; what the printer has comes out."""
        if self.batch is not None:
            self.batch.stop()

    def _further(self) -> None:
        if self.batch is not None:
            said = words.progress_words(self.batch.progress, running=True)
            self.panel.show_progress(self._rows(), said)
            self._frame.say(said)

    def _ended(self) -> None:
        """Said where the panel stands, in the status bar, and where something is wrong in a notice."""
        batch = self.batch
        if batch is None:
            return
        progress, self.batch = batch.progress, None
        out = [self._sent[n] for n, state in enumerate(progress.states) if state in OUT]
        told = (words.progress_words(progress, running=False), words.in_english(out))
        self._after = said = " ".join(filter(None, told))
        self._why = {self._sent[n].visit.id: why for n, why in progress.why.items()}
        self._frame.say(said)
        self.panel.tell(said)
        if progress.trouble is not None or progress.why:
            names = [self._sent[n].name for n in progress.why]
            text = words.failed_words(names, list(progress.why.values())) or said
            trouble = progress.trouble
            action = choose_again(self.panel, self._frame, trouble) if trouble is not None else None
            self._frame.notice(tr("Not all preparation sheets came out"), text, Tone.DANGER, action)
        batch.deleteLater()
        self._look()

    def _rows(self) -> list[Row]:
        batch = self.batch
        if batch is None:
            return []
        return [words.paper_row(one, n, batch.progress) for n, one in enumerate(self._sent)]

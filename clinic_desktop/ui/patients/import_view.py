"""Importing a list of patients: choose a file, look it over, decide what is not clear, import."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from clinic_desktop.foundation.errors import BadInput, ClinicProblem
from clinic_desktop.people.import_patients import Decision, ImportResult, import_file
from clinic_desktop.people.importing.rules import RowProblem
from clinic_desktop.ui import file_dialogs
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import LatestReader, run, show_problem
from clinic_desktop.ui.patients.import_list import ListPane
from clinic_desktop.ui.patients.import_reading import (
    PROBLEM_HEADS,
    ListFile,
    Opened,
    open_list,
    problem_table,
    read_file,
    rejected_csv,
    result_words,
)
from clinic_desktop.ui.patients.text_table import TextTable
from clinic_desktop.ui.table_file import ask_save, save_table
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.empty_state import EmptyState
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.panel import Line, Panel
from clinic_desktop.ui.widgets.scrolled import Scrolled
from clinic_desktop.ui.wording import problem_worded

_READING = 600.0  # seconds that somebody sits before a progress bar
_STEPS = 200  # of progress, at most
_LEAST_ROWS = 120  # the height of the table of those that could not be read

Tell = Callable[[int, int], object]


def ask_file(parent: QWidget, on_chosen: Callable[[str], None]) -> QFileDialog:
    """Let the person choose a list; does not block."""
    filters = [tr("Lists (*.csv *.tsv *.txt)"), tr("All files (*)")]
    return file_dialogs.ask_open(parent, tr("Choose a list of patients"), filters, on_chosen)


class ImportView(Panel):
    """``left`` when the person is through with it; ``imported`` carries the :class:`ImportResult`."""

    left = Signal()
    imported = Signal(object)
    _progressed = Signal(int, int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("surface", (), parent)
        self._desk = desk
        self._file: ListFile | None = None
        self._left_out: tuple[RowProblem, ...] = ()
        self._dialog: QFileDialog | None = None
        self._reader: LatestReader[Opened] = LatestReader(self, self._show, self._unread)
        self._title = label("", TextRole.PAGE, wrap=True)
        self._bar = QProgressBar()
        self._bar.setAccessibleName(tr("Progress"))
        self._bar.setTextVisible(False)
        self.list = ListPane(desk)
        self.choose_button = Button(tr("Choose a file"), Kind.PRIMARY, icon="database")
        self.done_button = Button(tr("To the patients"), Kind.PRIMARY)
        self.leave_button = Button(tr("Leave"), Kind.QUIET, key="Escape")
        self.other_button = Button(tr("Another file"))
        self.import_button = Button(tr("Import"), Kind.PRIMARY, key="Ctrl+Return")
        self.save_button = Button(tr("Save these rows as CSV"), icon="save", key="Ctrl+S")
        self._saved_where = label("", TextRole.BODY, "second", wrap=True)
        self._why = label("", TextRole.LABEL, "second", wrap=True)
        self._lay_out()
        self._connect()
        self.reset()

    def _lay_out(self) -> None:
        text = tr("Choose its list as a CSV file. You see what would be imported before anything is kept.")
        title = tr("Bring patients from another system")
        self._start = EmptyState("database", title, text, [self.choose_button])
        self._result = EmptyState("check", "", "", [self.done_button, self.save_button])
        self.rejected = TextTable(PROBLEM_HEADS, tr("Rows that could not be read"))
        self.rejected.setMinimumHeight(theme().px(_LEAST_ROWS))
        inside = QWidget()
        self._end = Scrolled(inside)
        end = QVBoxLayout(inside)
        end.setContentsMargins(20, 0, 20, 12)
        end.addWidget(self._result)
        end.addWidget(self._saved_where)
        end.addWidget(self.rejected, 1)
        self._body = QStackedWidget()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.list)
        for page in (self._start, self._scroll, self._end):
            self._body.addWidget(page)
        head = QVBoxLayout()
        head.setContentsMargins(20, 14, 20, 0)
        head.setSpacing(6)
        head.addWidget(self._title)
        head.addWidget(self._bar)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 10, 20, 12)
        foot.setSpacing(8)
        foot.addWidget(self.leave_button)
        foot.addWidget(self._why, 1)
        foot.addWidget(self.other_button)
        foot.addWidget(self.import_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._body, 1)
        self._edge = Line()
        column.addWidget(self._edge)
        column.addLayout(foot)

    def _connect(self) -> None:
        for button in (self.choose_button, self.other_button):
            button.fired.connect(self.choose_file)
        for button in (self.leave_button, self.done_button):
            button.fired.connect(self.left)
        for taken in (self.import_button.fired, self.import_button.refused):
            taken.connect(self.confirm)
        for key in ("Ctrl+Return", "Ctrl+Enter"):  # wherever the focus is while this is shown
            QShortcut(QKeySequence(key), self, self.confirm)
        self.save_button.fired.connect(self.save_rejected)
        self.list.told_changed.connect(self._look_over)
        self.list.decided.connect(self._decided)
        self.list.turned.connect(self._show_down_to)
        self._progressed.connect(self._show_progress)
        self._reader.busy_changed.connect(self._show_busy)

    # What can be asked for.

    def _show_down_to(self, down: int) -> None:
        """In a low window the part that somebody turned to lies below what is said of the list."""
        self._scroll.ensureVisible(0, down, 0, 0)

    def reset(self) -> None:
        """As if nothing was chosen yet."""
        self._file = None
        self.list.forget()
        self._title.setText(tr("Import patients"))
        self._turn(self._start)
        self._bar.hide()

    def start(self) -> None:
        """Put the focus where the work is."""
        if self._body.currentWidget() is self._end:
            self.reset()
        at_start = self._body.currentWidget() is self._start
        (self.choose_button if at_start else self.import_button).setFocus()

    def choose_file(self) -> None:
        ask_file(self, self.open_file)

    def open_file(self, path: str) -> None:
        """Look a file over."""
        self.list.forget()
        run(self, partial(read_file, path), self._read)

    def confirm(self) -> None:
        """Import what can be; where something is to be said first, go there."""
        if self._file is None or self._body.currentWidget() is not self._scroll:
            return
        if self.import_button.missing:
            self.list.start()
            return
        told, decisions = dict(self.list.columns.told), dict(self.list.decisions.decisions)
        tell: Tell = self._progressed.emit
        work = partial(_bring, self._desk, self._file.data, told, decisions, tell)
        if run(self, work, self._imported, self._not_imported, key="patients.import") is not None:
            self._show_busy(busy=True)
            self.import_button.setEnabled(False)

    def save_rejected(self) -> None:
        """Ask where to, then write the rows that were not imported, to be put right and brought again."""
        if self._file is not None and self._left_out and self._body.currentWidget() is self._end:
            stem = self._file.name.rsplit(".", 1)[0]
            name = tr("{list} - not imported.csv").format(list=stem)
            self._dialog = ask_save(self, name, self.save_to)

    def save_to(self, path: str) -> None:
        """Write them as CSV."""
        if self._file is not None:
            work = partial(_write, self._desk, Path(path), self._file.data, self._left_out)
            run(self, work, self._saved, key="patients.rejected")

    # What happens then.

    def _saved(self, file: Path) -> None:
        self._saved_where.setText(tr("Saved as {file}.").format(file=file))
        announce(self.save_button, self._saved_where.text())

    def _turn(self, page: QWidget) -> None:
        self._body.setCurrentWidget(page)
        working = page is self._scroll
        self.other_button.setVisible(working)
        self.import_button.setVisible(working)
        for widget in (self._edge, self._why, self.leave_button):
            widget.setVisible(page is not self._end)
        if not working:
            self._why.setText("")

    def _read(self, file: ListFile) -> None:
        self._file = file
        self._title.setText(tr("Import {file}").format(file=file.name))
        self._look_over()

    def _look_over(self) -> None:
        if self._file is not None:
            then = None if self._body.currentWidget() is self._scroll else self._to_list
            told, tell = dict(self.list.columns.told), self._progressed.emit
            work = partial(open_list, self._desk, self._file, told, _seldom(tell))
            self._reader.read(work, then, _READING)

    def _show(self, opened: Opened) -> None:
        self.list.show_list(opened)
        self._turn(self._scroll)
        self._decided()

    def _to_list(self) -> None:
        self.import_button.setFocus()
        self.list.start()

    def _unread(self, problem: ClinicProblem) -> None:
        if isinstance(problem, BadInput):
            self.list.refuse(problem_worded(problem))
        else:
            show_problem(problem)

    def _decided(self) -> None:
        self._name_button()
        self._order_stops()

    def _order_stops(self) -> None:
        """Tab goes through the parts of the list and then to the foot; some were made only now."""
        stops = [*self.list.stops(), self.leave_button, self.other_button, self.import_button]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _name_button(self) -> None:
        missing = self.list.missing()
        self.import_button.setText(self.list.button_text())
        self.import_button.set_missing(missing)
        self.import_button.setEnabled(True)
        self._why.setText(" ".join(missing))

    def _imported(self, result: ImportResult) -> None:
        self._show_busy(busy=False)
        self._desk.record(result.changes)
        self._result.set_words(tr("Imported"), result_words(result))
        self.rejected.set_rows(problem_table(result.rejected))
        self._left_out = result.rejected
        for widget in (self.rejected, self.save_button):
            widget.setVisible(bool(result.rejected))
        self._saved_where.setText("")
        self._turn(self._end)
        self.done_button.setFocus()
        self.imported.emit(result)

    def _not_imported(self, problem: ClinicProblem) -> None:
        self._show_busy(busy=False)
        self._name_button()
        show_problem(problem)

    def _show_busy(self, busy: bool) -> None:
        self._bar.setVisible(busy)
        self._bar.setRange(0, 0)

    def _show_progress(self, done: int, altogether: int) -> None:
        self._bar.setRange(0, altogether)
        self._bar.setValue(done)


def _bring(
    desk: Desk, data: bytes, told: Mapping[str, str], decisions: Mapping[int, Decision], tell: Tell
) -> ImportResult:
    """The use case, for the work function of an operation."""
    return import_file(desk.store, desk.actor, data, told, decisions=decisions, progress=_seldom(tell))


def _write(desk: Desk, path: Path, data: bytes, problems: Sequence[RowProblem]) -> Path:
    return save_table(desk, "rows not imported", path, rejected_csv(data, problems), rows=len(problems))


def _seldom(tell: Tell) -> Callable[[int, int], None]:
    """Progress told a few hundred times at most."""

    def progress(done: int, altogether: int) -> None:
        if done == altogether or done % max(1, altogether // _STEPS) == 0:
            tell(done, altogether)

    return progress

"""The Sheets place: who leaves when and how their sheet stands; beside it the page that prints."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from clinic_desktop.aftercare.day_sheets import SheetLine, Standing
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.document import RenderedPdf, RenderPdf
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.foundation.words import short_date
from clinic_desktop.scheduling.typed_dates import typed_day
from clinic_desktop.ui.commands import Bound
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import LatestReader, run, show_problem
from clinic_desktop.ui.places import Frame, Place, PlaceSpec
from clinic_desktop.ui.printer_dialog import PrinterDialog
from clinic_desktop.ui.sheets import commands, work
from clinic_desktop.ui.sheets.doing import Doing, to_come
from clinic_desktop.ui.sheets.prepare_day import PrepareDay
from clinic_desktop.ui.sheets.view import SheetsView
from clinic_desktop.ui.sheets.words import counted, sentence
from clinic_desktop.ui.widgets.date_navigator import DateNavigator
from clinic_desktop.ui.wording import all_worded, problem_worded

_ON_EVERY_PAGE = frozenset({"clinic", "patient", "visit_type", "staff"})  # what no line of the list shows
_TO_SEE_TO = (Standing.READY, Standing.MADE, Standing.FAILED, Standing.UNTRUE)
_MATTERS = _ON_EVERY_PAGE | {"stamp", "sheet", "sheet_print", "visit"}


class SheetsPlace(Place):
    """Everything that is handed out to patients who leave today, or another day."""

    def __init__(self, desk: Desk, render: RenderPdf, frame: Frame) -> None:
        self.title = tr("Sheets")
        self._frame, self._desk, self._render = frame, desk, render
        self._day = desk.today()
        self._wanted_visit = self._to_print = 0
        self._active = self._page_is_old = False
        self.view = SheetsView()
        self.doing = Doing(frame, desk, render, self.view)
        self.preparing = PrepareDay(frame, desk, render, self.view)
        self.navigator = DateNavigator(desk.today, self._parse, _heading)
        self._lines: LatestReader[list[SheetLine]] = LatestReader(self.view, self._listed, self._not_listed)
        self._pages: LatestReader[RenderedPdf] = LatestReader(self.view, self._shown, self._no_page)
        self._pages.busy_changed.connect(self.view.busy.set_busy)
        self.view.prepare.fired.connect(self.prepare_day)
        self.view.printer.fired.connect(self.choose_printer)
        self.navigator.picked.connect(self.show_day)
        for button in self.view.to_texts:
            button.fired.connect(partial(frame.go, commands.TEXTS))
        self.view.list.picked.connect(self._picked)
        self.view.list.activated.connect(self._opened)
        desk.hub.changed.connect(self._heard)

    # The place.

    def widget(self) -> QWidget:
        return self.view

    def top_bar_widget(self) -> QWidget:
        return self.navigator

    def panes(self) -> Sequence[QWidget]:
        return (self.view.list, self.view.preview)

    def focus_work(self) -> None:
        self.view.list.setFocus()

    def activated(self) -> None:
        self._active = True
        self._read()

    def deactivated(self) -> None:
        self._active = False
        self._to_print = 0

    def escape(self) -> bool:
        """From the page back to the list."""
        if self.view.list.hasFocus():
            return False
        self.view.turn_to(page=False)
        return True

    def commands(self) -> Sequence[Bound]:
        doing = self.doing
        return (
            Bound(commands.PRINT, doing.print_sheet, doing.can_print, otherwise=doing.say_why_no_page),
            Bound(
                commands.HAND_OVER, doing.hand_over, doing.can_hand_over, otherwise=doing.say_why_not_handed
            ),
            Bound(commands.SAVE, doing.save_as, doing.can_save, otherwise=doing.say_why_no_page),
            Bound(commands.RECEIPT, doing.print_receipt, doing.has_sheet, otherwise=doing.say_print_first),
            Bound(commands.AGAIN, doing.print_same, doing.has_sheet, otherwise=doing.say_print_first),
            Bound(commands.PREPARE, self.prepare_day),
            Bound(commands.NEXT, self._next),
            Bound(commands.BACK, self.navigator.back),
            Bound(commands.FORWARD, self.navigator.forward),
            Bound(commands.TODAY, self.navigator.go_today),
            Bound(commands.GO_TO, self.navigator.ask),
        )

    def show_day(self, day: date) -> None:
        self._day = day
        self.navigator.set_day(day)
        self._read()
        self.preparing.follow([day])

    def show_visit(self, visit_id: int, day: date | None = None) -> None:
        """Turn to a visit's sheet; without its day it is looked up."""
        self._wanted_visit, self._to_print = visit_id, 0
        if day is None:
            run(self.view, partial(work.day_of, self._desk.store, visit_id), self.show_day)
        else:
            self.show_day(day)

    def print_visit(self, visit_id: int) -> None:
        """Turn to a visit's sheet, and print it where none that is true was printed yet. Another copy is
        asked for at the page."""
        self.show_visit(visit_id)
        self._to_print = visit_id

    def prepare_day(self) -> None:
        """The preparation sheets of the shown day, all at once."""
        self.preparing.open([self._day])

    def choose_printer(self) -> None:
        """Where what is printed on this computer goes."""
        PrinterDialog.ask(self.view, self._frame)

    def _parse(self, text: str) -> date | None:
        return typed_day(text.strip().lower(), self._desk.today())

    def _next(self) -> None:
        if not self.view.list.go_to_next():
            self._frame.say(tr("No sheet of this day waits for anybody."))

    def _opened(self) -> None:
        self.view.turn_to(page=True)

    # Reading.

    def _heard(self, changes: Changes) -> None:
        self._page_is_old |= bool(changes.kinds & _ON_EVERY_PAGE)
        if self._active and (self._day in changes.days or changes.kinds & _MATTERS):
            self._read()

    def _read(self) -> None:
        self._lines.read(partial(work.lines_of_day, self._desk.store, self._day))

    def _listed(self, lines: list[SheetLine]) -> None:
        nobody = tr("Nobody is treated on {day}").format(day=short_date(self._day))
        self.view.show_none(
            nobody, tr("Sheets are made for treatments that took place. Pick another day above.")
        )
        before = self.view.list.current
        self.view.show_lines(lines, counted(lines))
        if self._page_is_old and self.view.list.current == before:
            self._picked(before)
        self._page_is_old = False
        if self._wanted_visit and self.view.list.go_to(self._wanted_visit):
            self._wanted_visit = 0
            self._print_wanted()
        if self._day == self._desk.today():
            waiting = sum(one.standing in _TO_SEE_TO for one in lines)
            self._frame.set_badge(commands.SHEETS, waiting)

    def _not_listed(self, problem: ClinicProblem) -> None:
        """It is tried again by itself, and then nothing is printed: somebody else may sit here."""
        self._wanted_visit = self._to_print = 0
        show_problem(problem)

    def _print_wanted(self) -> None:
        line, wanted = self.view.list.current, self._to_print
        self._to_print = 0
        if line is not None and line.visit.id == wanted and line.to_print:
            self.doing.say_buttons(line)
            self.doing.print_sheet()

    def _picked(self, line: SheetLine | None) -> None:
        self._pages.cancel()
        self.doing.say_buttons(line)
        if line is None:
            return
        untrue = line.standing is Standing.UNTRUE
        self.view.say(sentence(line), "danger" if untrue else "second")
        if line.why:
            self.view.say(sentence(line) if untrue else "")
            before = tr("Ctrl+P prints the preparation sheet.") if to_come(line) else ""
            self.view.show_nothing(tr("No sheet yet"), f"{all_worded(line.why)} {before}".strip())
        else:
            self._pages.read(partial(work.page_of, self._desk.store, line, self._render))

    def _shown(self, pdf: RenderedPdf) -> None:
        self.view.show_page(pdf.data)

    def _no_page(self, problem: ClinicProblem) -> None:
        self.view.show_nothing(tr("This sheet cannot be printed yet"), problem_worded(problem))
        self.view.say("")
        self.doing.say_buttons(self.view.list.current, problem_worded(problem))


def _heading(day: date) -> str:
    return f"{short_date(day)}, {day.year}"


def sheets_spec(desk: Desk, render: RenderPdf, key: str = "Alt+4") -> PlaceSpec:
    """The place for the rail."""
    factory = partial(SheetsPlace, desk, render)
    return PlaceSpec(commands.SHEETS, QT_TR_NOOP("Sheets"), "sheets", key, factory)

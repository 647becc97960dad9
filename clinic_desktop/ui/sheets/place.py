"""The Sheets place: who leaves today and how their sheet stands; beside it the page that prints."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.aftercare.day_sheets import SheetLine, Standing, sheets_on
from clinic_desktop.aftercare.sheets import MadeSheet, hand_over, make_sheet, preview, print_again, receipt
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.document import RenderedPdf, RenderPdf
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.foundation.words import long_date
from clinic_desktop.scheduling.typed_dates import typed_day
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.commands import Bound
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.dialogs import ReasonDialog
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import LatestReader, run
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame, Place, PlaceSpec
from clinic_desktop.ui.preview import PdfPreview
from clinic_desktop.ui.printers import Printed, print_pages
from clinic_desktop.ui.sheets import commands
from clinic_desktop.ui.sheets.listing import SheetList
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.date_navigator import DateNavigator
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.widgets.panel import Panel

LIST_WIDTH = 400
SIDE_BY_SIDE = 760  # below this width the preview stands under the list


class SheetsView(Panel):
    """List and preview with their buttons; beside each other where there is room."""

    def __init__(self) -> None:
        super().__init__("surface")
        self.list = SheetList()
        self.preview = PdfPreview(tr("The page that prints"))
        self.notice = NoticeBox("", "", Tone.INFO)
        self.notice.hide()
        self.print = Button(tr("Print the sheet"), Kind.PRIMARY, icon="print", key="Ctrl+P")
        self.hand_over = Button(tr("Handed over"), icon="check", key="F5")
        self.save = Button(tr("Save as PDF"), icon="save", key="Ctrl+S")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._left = Panel("surface", ("right",))
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 6, 1, 10)
        left.addWidget(self.list, 1)
        self._buttons = QVBoxLayout()
        self._buttons.setContentsMargins(12, 0, 12, 0)
        self._buttons.setSpacing(8)
        for button in (self.print, self.hand_over, self.save):
            self._buttons.addWidget(button)
        left.addLayout(self._buttons)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.notice)
        right.addWidget(self.preview, 1)
        self._row.addWidget(self._left)
        self._row.addLayout(right, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        beside = self.width() >= theme().px(SIDE_BY_SIDE)
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        across = QBoxLayout.Direction.TopToBottom if beside else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(direction)
        self._buttons.setDirection(across)
        self._left.setFixedWidth(theme().px(LIST_WIDTH)) if beside else self._left.setMaximumWidth(16_777_215)
        if not beside:
            self._left.setMinimumWidth(0)
        super().resizeEvent(event)

    def say(self, title: str, text: str, tone: Tone) -> None:
        """Words in place of, or above, the page."""
        self.notice.set_notice(title, text, tone)
        self.notice.setVisible(bool(title))


class SheetsPlace(Place):
    """Everything that is printed for patients who leave today, or another day."""

    def __init__(self, desk: Desk, render: RenderPdf, frame: Frame) -> None:
        self.title = tr("Sheets")
        self._frame, self._desk, self._render = frame, desk, render
        self.view = SheetsView()
        self._day = desk.today()
        self._wanted_visit = 0
        self._dialog: QFileDialog | None = None
        self.navigator = DateNavigator(desk.today, self._parse, long_date)
        self.navigator.picked.connect(self.show_day)
        self._lines: LatestReader[list[SheetLine]] = LatestReader(self.view, self._listed)
        self._pages: LatestReader[RenderedPdf] = LatestReader(self.view, self._shown, self._no_page)
        self.view.list.picked.connect(self._picked)
        self.view.print.fired.connect(self.print_sheet)
        self.view.hand_over.fired.connect(self.hand_over)
        self.view.save.fired.connect(self.save_as)
        desk.hub.changed.connect(self._heard)

    def _parse(self, text: str) -> date | None:
        return typed_day(text, self._desk.today())

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
        self._read()

    def commands(self) -> Sequence[Bound]:
        chosen = self._has_line
        return (
            Bound(commands.PRINT, self.print_sheet, chosen),
            Bound(commands.SAVE, self.save_as, chosen),
            Bound(commands.HAND_OVER, self.hand_over, self._has_sheet),
            Bound(commands.RECEIPT, self.print_receipt, self._has_sheet),
            Bound(commands.AGAIN, self.print_same, self._has_sheet),
        )

    def show_day(self, day: date) -> None:
        self._day = day
        self.navigator.set_day(day)
        self._read()

    def show_visit(self, visit_id: int, day: date | None = None) -> None:
        """Turn to a visit's sheet."""
        self._wanted_visit = visit_id
        self.show_day(day or self._desk.today())

    # Reading.

    def _heard(self, changes: Changes) -> None:
        if self._day in changes.days or changes.kinds & {"stamp", "sheet", "visit"}:
            self._read()

    def _read(self) -> None:
        store, day = self._desk.store, self._day

        def work() -> list[SheetLine]:
            with store.read() as records:
                return sheets_on(records, day)

        self._lines.read(work)

    def _listed(self, lines: list[SheetLine]) -> None:
        self.view.list.set_lines(lines)
        if self._wanted_visit and self.view.list.go_to(self._wanted_visit):
            self._wanted_visit = 0
        if not lines:
            self._show_nothing(tr("No sheets on this day"), tr("Nobody is treated. Pick another day above."))

    def _picked(self, line: SheetLine | None) -> None:
        ready = line is not None and line.standing is not Standing.NOT_YET
        for button in (self.view.print, self.view.save):
            button.set_missing([] if ready else [line.why if line else tr("Pick a visit first.")])
        printed = line is not None and line.sheet is not None
        self.view.hand_over.set_missing([] if printed else [tr("Print the sheet first.")])
        if line is None:
            return
        if not ready:
            self._show_nothing(tr("No sheet yet"), line.why)
        else:
            self._pages.read(partial(preview, self._desk.store, line.visit.id, self._render))

    def _show_nothing(self, title: str, text: str) -> None:
        self._pages.cancel()
        self.view.preview.clear()
        self.view.say(title, text, Tone.INFO)

    def _shown(self, pdf: RenderedPdf) -> None:
        line = self.view.list.current
        untrue = line is not None and line.standing is Standing.UNTRUE
        title = tr("The sheet that was printed is no longer true") if untrue else ""
        self.view.say(title, tr("Print it anew, and take the old one back."), Tone.DANGER)
        self.view.preview.show_pdf(pdf.data)

    def _no_page(self, problem: ClinicProblem) -> None:
        self._show_nothing(tr("This sheet cannot be printed yet"), str(problem))

    # Doing.

    def _has_line(self) -> bool:
        line = self.view.list.current
        return line is not None and line.standing is not Standing.NOT_YET

    def _has_sheet(self) -> bool:
        line = self.view.list.current
        return line is not None and line.sheet is not None

    def print_sheet(self) -> None:
        """Record the sheet with its facts and send it to the printer."""
        self._make(lambda made: partial(_send, made.pdf.data, made.sheet.visit_id, made.sheet.copy_number))

    def save_as(self) -> None:
        """Record the sheet and write it to a file of one's choice."""
        if not self._has_line():
            return
        dialog = QFileDialog(self.view, tr("Save the sheet"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(self.save_to)
        self._dialog = dialog
        dialog.open()

    def save_to(self, path: str) -> None:
        self._make(lambda made: partial(_write, path, made.pdf.data))

    def _make(self, then: Callable[[MadeSheet], Callable[[], Printed]]) -> None:
        line = self.view.list.current
        if line is None or not self._has_line():
            return
        desk, render, visit_id = self._desk, self._render, line.visit.id

        def work() -> MadeSheet:
            return make_sheet(desk.store, desk.actor, visit_id, render)

        def made(sheet: MadeSheet) -> None:
            desk.hub.tell(sheet.changes)
            run(self.view, then(sheet), self._printed, self._not_printed)

        run(self.view, work, made, self._not_printed, key="sheet")

    def _printed(self, done: Printed) -> None:
        if done.file is not None:
            words = tr("Saved as {file}.").format(file=done.file)
        else:
            words = tr("Printed on {printer}.").format(printer=done.printer)
        self._frame.say(words)
        announce(self.view, words)

    def _not_printed(self, problem: ClinicProblem) -> None:
        self._frame.notice(tr("Not printed"), str(problem), Tone.DANGER)

    def print_same(self) -> None:
        """The sheet as it was made, once more."""
        self._print_made(partial(print_again, self._desk.store), "sheet")

    def print_receipt(self) -> None:
        """The slip for the chart."""
        self._print_made(partial(receipt, self._desk.store), "receipt")

    def _print_made(self, pages: Callable[..., RenderedPdf], what: str) -> None:
        line = self.view.list.current
        if line is None or line.sheet is None:
            return
        sheet, render = line.sheet, self._render

        def work() -> Printed:
            name = f"{what}-{sheet.visit_id}-{sheet.copy_number}"
            return print_pages(pages(sheet, render).data, tr("Aftercare"), name)

        run(self.view, work, self._printed, self._not_printed, key=what)

    def hand_over(self) -> None:
        """Ask who took the sheet, then record it on the sheet and in the visit."""
        if self._has_sheet():
            ReasonDialog.ask(
                self.view,
                tr("Who took the sheet?"),
                tr("It goes on the sheet's record and on the release list."),
                [
                    ("both", tr("The patient and the driver")),
                    ("patient", tr("The patient")),
                    ("driver", tr("The driver")),
                ],
                tr("Handed over"),
                self._handed,
            )

    def _handed(self, _code: str, to: str) -> None:
        line = self.view.list.current
        if line is None or line.sheet is None:
            return
        desk, sheet = self._desk, line.sheet
        run(
            self.view,
            partial(hand_over, desk.store, desk.actor, sheet, to),
            partial(self._told, tr("{name}: sheet handed over.").format(name=line.name)),
            key="hand-over",
        )

    def _told(self, words: str, changes: Changes) -> None:
        self._frame.say(words)
        self._desk.hub.tell(changes)


def _send(data: bytes, visit_id: int, copy: int) -> Printed:
    return print_pages(data, tr("Aftercare"), f"sheet-{visit_id}-{copy}")


def _write(path: str, data: bytes) -> Printed:
    file = Path(path)
    file.write_bytes(data)
    return Printed(file=file)


def sheets_spec(desk: Desk, render: RenderPdf, key: str = "Alt+4") -> PlaceSpec:
    """The place for the rail."""
    factory = partial(SheetsPlace, desk, render)
    return PlaceSpec(commands.SHEETS, QT_TR_NOOP("Sheets"), "sheets", key, factory)

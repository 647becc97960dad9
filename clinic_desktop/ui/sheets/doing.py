"""What a person does with the chosen sheet: print, save, hand over; and what is missing for each."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QFileDialog, QWidget

from clinic_desktop.aftercare.day_sheets import SheetLine, Standing
from clinic_desktop.aftercare.sheets import hand_over
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.document import RenderPdf
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.scheduling.states import PLANNED
from clinic_desktop.treatment.printed import Printed
from clinic_desktop.ui import file_dialogs
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.dialogs import ReasonDialog
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import AT_PRINTERS, run
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.papers import print_preparation
from clinic_desktop.ui.places import Frame, NoticeAction
from clinic_desktop.ui.printer_dialog import choose_again
from clinic_desktop.ui.recorded_print import Sent
from clinic_desktop.ui.sheets import work
from clinic_desktop.ui.sheets.view import SheetsView
from clinic_desktop.ui.wording import all_worded, problem_worded, reason_worded

_MAKING, _SENDING, _HANDING = "sheets.making", "sheets.sending:{visit}:{what}", "sheets.handing"
_PagesOf = Callable[[Desk, SheetLine, RenderPdf], work.Pages]


class Doing:
    """Acts on the line that is chosen in the view."""

    def __init__(self, frame: Frame, desk: Desk, render: RenderPdf, view: SheetsView) -> None:
        self._frame, self._desk, self._render, self._view = frame, desk, render, view
        self._dialog: QFileDialog | None = None
        view.print.fired.connect(self.print_sheet)
        view.hand_over.fired.connect(self.hand_over)
        view.save.fired.connect(self.save_as)
        view.receipt.fired.connect(self.print_receipt)

    # What can be done now.

    def say_buttons(self, line: SheetLine | None, why: str = "") -> None:
        """What each button would do, and what is missing for it; ``why`` no page can be set."""
        view, sheet = self._view, line.sheet if line else None
        if line is None or sheet is None:
            verb = tr("Print the sheet")
        else:
            verb = tr("Print anew") if line.to_make else tr("Print again")
        why = why or (all_worded(line.why) if line else tr("Pick a visit first."))
        view.save.set_missing([why] if why else [])
        if to_come(line):
            verb, why = tr("Print the preparation"), ""
        view.print.setText(verb)
        view.print.set_missing([why] if why else [])
        view.hand_over.set_missing(against_handing(line))
        view.receipt.set_missing([] if sheet else [tr("Print the sheet first.")])

    def can_print(self) -> bool:
        return self._view.list.current is not None and not self._view.print.missing

    def can_save(self) -> bool:
        return self._view.list.current is not None and not self._view.save.missing

    def has_sheet(self) -> bool:
        line = self._view.list.current
        return line is not None and line.sheet is not None

    def can_hand_over(self) -> bool:
        return not against_handing(self._view.list.current)

    def say_why_no_page(self) -> None:
        """The page is not always in sight, and its buttons neither."""
        self._say_why(self._view.save.missing)

    def say_why_not_handed(self) -> None:
        self._say_why(against_handing(self._view.list.current))

    def say_print_first(self) -> None:
        self._say_why(self._view.receipt.missing)

    def _say_why(self, missing: Sequence[str]) -> None:
        self._frame.notice(tr("Not yet"), " ".join(missing), Tone.WARN)

    # Printing and saving.

    def print_sheet(self) -> None:
        """Make the sheet, or take the one that is true, and send it to the printer. Before a visit it is the
        preparation that its patient needs."""
        line = self._view.list.current
        if line is not None and to_come(line):
            print_preparation(self._view, self._frame, self._desk, line.visit.id)
        elif self.can_print():
            self._out(work.sheet_pages, work.send_to_printer, tr("Printing the sheet"))

    def print_same(self) -> None:
        """The sheet as it was made, once more."""
        if self.has_sheet():
            self._out(work.same_pages, work.send_to_printer, tr("Printing the sheet again"))

    def print_receipt(self) -> None:
        """The slip for the chart."""
        if self.has_sheet():
            self._out(work.receipt_pages, work.send_to_printer, tr("Printing the receipt"))

    def save_as(self) -> None:
        """Make the sheet, or take the one that is true, and write it to a file of one's choice."""
        line = self._view.list.current
        if line is not None and self.can_save():
            self._dialog = ask_save(self._view, f"sheet-{line.visit.id}.pdf", self.save_to)

    def save_to(self, path: str) -> None:
        self._out(work.file_pages, work.send_to_file(path), tr("Saving the sheet"))

    def _out(self, pages_of: _PagesOf, to: work.Send, doing: str) -> None:
        """Make the pages, tell the news, send them; what is on record stays there if the sending fails."""
        line = self._view.list.current
        if line is not None:
            self._make(partial(pages_of, self._desk, line, self._render), to, doing)

    def _make(self, make: work.Make, to: work.Send, doing: str) -> None:
        if run(self._view, make, partial(self._made, to, doing), self._not_made, key=_MAKING):
            self._frame.say(f"{doing} \N{HORIZONTAL ELLIPSIS}")

    def _made(self, to: work.Send, doing: str, pages: work.Pages) -> None:
        self._desk.record(pages.changes)
        if pages.why:
            self._frame.notice(tr("Look at this"), all_worded(pages.why), Tone.WARN)
        sent = partial(self._sent, partial(self._make, pages.once_more, to, doing))
        # One visit's papers do not wait for another's, whatever their printers do.
        what = "receipt" if pages.job.what is Printed.RECEIPT else "sheet"
        key = _SENDING.format(visit=pages.job.visit_id, what=what)
        run(self._view, partial(work.send, self._desk, to, pages), sent, key=key, pool=AT_PRINTERS)

    def _sent(self, once_more: Callable[[], None], sent: Sent) -> None:
        self._frame.say(sent.printed.words if sent.printed else "")
        if sent.printed is not None:
            announce(self._view, sent.printed.words)
        self._desk.record(sent.changes)
        if sent.problem is not None:
            again = NoticeAction(tr("Once more"), once_more)
            action = choose_again(self._view, self._frame, sent.problem) or again
            self._frame.notice(tr("Nothing came out"), problem_worded(sent.problem), Tone.DANGER, action)
        if sent.unrecorded is not None:
            said = problem_worded(sent.unrecorded)
            self._frame.notice(tr("What came of it is not on record"), said, Tone.WARN)

    def _not_made(self, problem: ClinicProblem) -> None:
        self._frame.say("")
        self._frame.notice(tr("The sheet was not made"), problem_worded(problem), Tone.WARN)

    # Handing over.

    def hand_over(self) -> None:
        """Ask who took the sheet, then record it on the sheet and in the visit."""
        if not self.can_hand_over():
            return
        ReasonDialog.ask(
            self._view,
            tr("Who took the sheet?"),
            tr("It goes on the sheet's record and on the list for release."),
            [
                ("both", QT_TR_NOOP("The patient and the driver")),
                ("patient", QT_TR_NOOP("The patient")),
                ("driver", QT_TR_NOOP("The driver")),
            ],
            tr("Handed over"),
            self.handed,
            begin=True,
        )

    def handed(self, _code: str, to: str) -> None:
        """``to`` took the chosen sheet."""
        line = self._view.list.current
        if line is None or line.sheet is None:
            return
        desk = self._desk
        said = tr("{name}: sheet handed over to: {to}.").format(name=line.name, to=reason_worded(to))
        doing = partial(hand_over, desk.store, desk.actor, line.sheet, to)
        run(self._view, doing, partial(self._told, said), key=_HANDING)

    def _told(self, words: str, changes: Changes) -> None:
        self._frame.say(words)
        self._desk.record(changes)


def to_come(line: SheetLine | None) -> bool:
    """A visit for which its patient prepares."""
    return line is not None and line.visit.state in PLANNED and line.standing is Standing.NOT_YET


def against_handing(line: SheetLine | None) -> list[str]:
    """Why the sheet cannot be handed over; empty when it can."""
    if line is None or line.sheet is None:
        return [tr("Print the sheet first.")]
    if line.standing is Standing.UNTRUE:
        return [tr("This sheet is no longer true. Print it anew first.")]
    return [tr("It was handed over already.")] if line.standing is Standing.HANDED else []


def ask_save(parent: QWidget, name: str, on_chosen: Callable[[str], None]) -> QFileDialog:
    """Let the person choose where a PDF goes; does not block."""
    return file_dialogs.ask_save(parent, tr("Save as PDF"), tr("Pages (*.pdf)"), "pdf", name, on_chosen)

"""The papers that several places print: the day, and a course card. What came out is put on record."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import cast

from PySide6.QtWidgets import QWidget

from clinic_desktop.aftercare.course_card import CardPages, card_pages, keep_card, same_card_pages
from clinic_desktop.aftercare.preparing import PreparationPages, begin_preparation, preparation_pages
from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.document import RenderedPdf, RenderPdf
from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure
from clinic_desktop.foundation.words import near_date
from clinic_desktop.reports.day_sheet import day_document, read_day
from clinic_desktop.reports.sums import ReportStore
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.papers import keep_day_sheet
from clinic_desktop.treatment.printed import SheetPrint
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import run
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.paper import PaperDialog, Sends
from clinic_desktop.ui.places import Frame
from clinic_desktop.ui.printer_choice import chosen
from clinic_desktop.ui.printers import printer_here
from clinic_desktop.ui.recorded_print import Send, Sent, finish_on_record, leaving
from clinic_desktop.ui.wording import all_worded, problem_worded


class _Pages:
    """One paper: its pages are made off the GUI thread, and what they name is kept with them."""

    def __init__(self, parent: QWidget, frame: Frame, desk: Desk) -> None:
        self.parent, self.frame, self.desk = parent, frame, desk
        self.visits: Sequence[Visit] = ()
        self._card: CardPages | None = None
        self._by = desk.actor  # who wanted them last

    def leaves(self, what: str, record_id: int, about: Mapping[str, object]) -> Sends:
        """They go out by whoever acts now."""
        self._by = self.desk.actor
        return leaving(self.desk, what, record_id, about).send

    def day(self, day: date) -> RenderedPdf:
        read = read_day(self._reports(), day)
        self.visits = [one.visit for one in read.rows]
        return self._render()(day_document(read, tr))

    def card(self, patient_id: int) -> RenderedPdf:
        self._card = card_pages(self.desk.store, patient_id, self._render())
        return self._card.pdf

    def same_card(self, patient_id: int) -> RenderedPdf:
        self._card = same_card_pages(self.desk.store, self.desk.actor, patient_id, self._render())
        return self._card.pdf

    def card_told(self) -> str:
        return all_worded(self._card.why) if self._card is not None else ""

    def keep_day(self, day: date) -> None:
        self._keep(partial(keep_day_sheet, self.desk.store, self._by, day, self.visits))

    def keep_card(self) -> None:
        if self._card is not None:
            self._keep(partial(keep_card, self.desk.store, self._by, self._card))

    def _keep(self, work: partial[Changes]) -> None:
        run(self.parent, work, self.desk.hub.tell, self._not_kept)

    def _not_kept(self, problem: ClinicProblem) -> None:
        self.frame.notice(tr("Printed, and not put on record"), problem_worded(problem), Tone.WARN)

    def _reports(self) -> ReportStore:
        return cast("ReportStore", self.desk.store)  # every store answers reports

    def _render(self) -> RenderPdf:
        if self.desk.render is None:
            raise EnvironmentFailure(tr("Nothing is printed from this window."))
        return self.desk.render


class _Before:
    """A preparation sheet: what it says is put on record before it is sent, and what became of it after."""

    def __init__(self, desk: Desk, visit_id: int) -> None:
        self._desk, self._visit_id = desk, visit_id
        self._made: PreparationPages | None = None
        self._changes = Changes()

    def make(self) -> RenderedPdf:
        desk = self._desk
        if desk.render is None:
            raise EnvironmentFailure(tr("Nothing is printed from this window."))
        self._made = made = preparation_pages(desk.store, desk.actor, self._visit_id, desk.render)
        return made.pdf

    def leaves(self) -> Sends:
        return partial(self._send, self._desk.actor)

    def _send(self, actor: Actor, send: Send, to_printer: bool) -> Sent:
        desk, made = self._desk, self._made
        if made is None:
            raise ValueError("nothing was made yet")
        job = SheetPrint(printer=printer_here(), copies=chosen().copies) if to_printer else SheetPrint()
        begun = begin_preparation(desk.store, actor, made, job)
        sent = finish_on_record(desk.store, actor, begun, send)
        self._changes = sent.changes
        return sent

    def why(self) -> str:
        return all_worded(self._made.why) if self._made is not None else ""

    def told(self) -> None:
        self._desk.record(self._changes)


def print_preparation(parent: QWidget, frame: Frame, desk: Desk, visit_id: int) -> PaperDialog:
    """The preparation sheet of a visit to come, to look at and to print."""
    before = _Before(desk, visit_id)
    dialog = PaperDialog.ask(
        parent,
        frame,
        tr("Preparation sheet"),
        before.make,
        job=tr("Preparation"),
        name=f"preparation-{visit_id}",
        done=before.told,
        on_record=before.leaves,
    )
    dialog.tell_by(before.why)
    return dialog


def print_day(parent: QWidget, frame: Frame, desk: Desk, day: date) -> PaperDialog:
    """The day sheet, to look at and to print."""
    pages = _Pages(parent, frame, desk)
    title = tr("Day sheet: {day}").format(day=near_date(day))
    make, done = partial(pages.day, day), partial(pages.keep_day, day)
    name = f"day-{day.isoformat()}"
    leaves = partial(pages.leaves, "day sheet", 0, {"day": str(day)})
    return PaperDialog.ask(
        parent, frame, title, make, job=tr("Day sheet"), name=name, done=done, on_record=leaves
    )


def print_card(parent: QWidget, frame: Frame, desk: Desk, patient_id: int) -> PaperDialog:
    """The course card of a patient, to look at and to print."""
    pages = _Pages(parent, frame, desk)
    return _card_dialog(pages, tr("Course card"), partial(pages.card, patient_id), patient_id)


def print_card_again(parent: QWidget, frame: Frame, desk: Desk, patient_id: int) -> PaperDialog:
    """The course card that a patient got last, as it was."""
    pages = _Pages(parent, frame, desk)
    title = tr("The same course card again")
    return _card_dialog(pages, title, partial(pages.same_card, patient_id), patient_id)


def _card_dialog(pages: _Pages, title: str, make: Callable[[], RenderedPdf], patient_id: int) -> PaperDialog:
    name, job = f"course-card-{patient_id}", tr("Course card")
    parent, frame, done = pages.parent, pages.frame, pages.keep_card
    leaves = partial(pages.leaves, "patient", patient_id, {"what": "course card"})
    dialog = PaperDialog.ask(parent, frame, title, make, job=job, name=name, done=done, on_record=leaves)
    dialog.tell_by(pages.card_told)
    return dialog

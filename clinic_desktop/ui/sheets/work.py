"""What is done with a sheet, off the GUI thread: made, printed, saved, handed over."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from clinic_desktop.aftercare.day_sheets import SheetLine, sheets_on
from clinic_desktop.aftercare.sheets import MadeSheet, preview, print_again, receipt
from clinic_desktop.aftercare.to_printer import job_of, same_sheet, true_sheet
from clinic_desktop.aftercare.values import Sheet
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.document import RenderedPdf, RenderPdf
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.treatment.printed import Printed as What
from clinic_desktop.treatment.printed import SheetPrint
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.printer_choice import chosen
from clinic_desktop.ui.printers import Printed, print_pages, printer_here, write_private
from clinic_desktop.ui.recorded_print import Sent, Told, send_on_record


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages that are ready to go: ``name`` is for a file, without a patient's name in it. job: what goes on
    record of them. why: what is said of a text that is not what the patient reads. once_more: makes them
    again, where nothing came out."""

    data: bytes
    name: str
    job: SheetPrint
    once_more: "Make"
    changes: Changes = field(default_factory=Changes)
    why: tuple[Finding, ...] = ()


Make = Callable[[], Pages]
Send = Callable[[Pages, Told], Printed]


def lines_of_day(store: ScheduleStore, day: date) -> list[SheetLine]:
    with store.read() as records:
        return sheets_on(records, day, store.clock.now())


def day_of(store: ScheduleStore, visit_id: int) -> date:
    with store.read() as records:
        return records.get(Visit, visit_id).day


def page_of(store: ScheduleStore, line: SheetLine, render: RenderPdf) -> RenderedPdf:
    """The page that prints: the sheet as it was made while it is true, else as it would be made now."""
    if line.sheet is None or line.to_make:
        return preview(store, line.visit.id, render)
    return print_again(store, line.sheet, render)


def sheet_pages(desk: Desk, line: SheetLine, render: RenderPdf) -> Pages:
    """The sheet: the one that says what is true, once more as it was, else made and put on record."""
    made = true_sheet(desk.store, desk.actor, line.visit.id, render)
    return _pages(made, partial(sheet_pages, desk, line, render))


def same_pages(desk: Desk, line: SheetLine, render: RenderPdf) -> Pages:
    """The sheet exactly as it was made."""
    made = same_sheet(desk.store, desk.actor, _made(line), render)
    return _pages(made, partial(same_pages, desk, line, render))


def file_pages(desk: Desk, line: SheetLine, render: RenderPdf) -> Pages:
    """The sheet for a file: nothing is printed again by that, and its foot does not say so."""
    made = true_sheet(desk.store, desk.actor, line.visit.id, render, to_paper=False)
    return _pages(made, partial(file_pages, desk, line, render))


def _pages(made: MadeSheet, once_more: Make) -> Pages:
    name = _name("sheet", made.sheet.visit_id, made.sheet.copy_number)
    return Pages(made.pdf.data, name, job_of(made), once_more, made.changes, made.why)


def receipt_pages(desk: Desk, line: SheetLine, render: RenderPdf) -> Pages:
    """The slip for the chart."""
    sheet = _made(line)
    pdf = receipt(desk.store, sheet, render)
    job = SheetPrint(sheet_id=sheet.id, visit_id=sheet.visit_id, what=What.RECEIPT, pages=pdf.page_count)
    name = _name("receipt", sheet.visit_id, sheet.copy_number)
    return Pages(pdf.data, name, job, partial(receipt_pages, desk, line, render))


def _made(line: SheetLine) -> Sheet:
    if line.sheet is None:
        raise ValueError("nothing was made yet")
    return line.sheet


def send(desk: Desk, to: Send, pages: Pages) -> Sent:
    """On its way, with the record of it."""
    job = pages.job
    if to is send_to_printer:
        job = replace(job, printer=printer_here(), copies=chosen().copies)
    return send_on_record(desk.store, desk.actor, job, partial(to, pages))


def send_to_printer(pages: Pages, told: Told) -> Printed:
    """``Aftercare`` is all that the queue shows of it."""
    return print_pages(pages.data, tr("Aftercare"), pages.name, told)


def send_to_file(path: str) -> Send:
    return partial(_written, Path(path))


def _written(path: Path, pages: Pages, _told: Told) -> Printed:
    return Printed(file=write_private(path, pages.data), asked=True)


def _name(what: str, visit_id: int, copy: int) -> str:
    return f"{what}-{visit_id}-{copy}"

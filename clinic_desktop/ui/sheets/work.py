"""What is done with a sheet, off the GUI thread: made, printed, saved, handed over."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from clinic_desktop.aftercare.day_sheets import SheetLine, sheets_on
from clinic_desktop.aftercare.sheets import make_sheet, preview, print_again, receipt
from clinic_desktop.aftercare.values import Sheet
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.document import RenderedPdf, RenderPdf
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.printers import Printed, print_pages, write_private


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages that are ready to go: ``name`` is for a file, without a patient's name in it."""

    data: bytes
    name: str
    changes: Changes = field(default_factory=Changes)


Send = Callable[[Pages], Printed]


def lines_of_day(store: ScheduleStore, day: date) -> list[SheetLine]:
    with store.read() as records:
        return sheets_on(records, day)


def day_of(store: ScheduleStore, visit_id: int) -> date:
    with store.read() as records:
        return records.get(Visit, visit_id).day


def page_of(store: ScheduleStore, line: SheetLine, render: RenderPdf) -> RenderedPdf:
    """The page that prints: the sheet as it was made while it is true, else as it would be made now."""
    if line.sheet is None or line.to_make:
        return preview(store, line.visit.id, render)
    return print_again(store, line.sheet, render)


def sheet_pages(desk: Desk, line: SheetLine, render: RenderPdf) -> Pages:
    """The sheet: made and put on record, or once more as it was while it says what is true."""
    if line.sheet is not None and not line.to_make:
        return same_pages(desk, line, render)
    made = make_sheet(desk.store, desk.actor, line.visit.id, render)
    return Pages(made.pdf.data, _name("sheet", made.sheet.visit_id, made.sheet.copy_number), made.changes)


def same_pages(desk: Desk, line: SheetLine, render: RenderPdf) -> Pages:
    """The sheet exactly as it was made."""
    sheet = _made(line)
    pdf = print_again(desk.store, sheet, render)
    return Pages(pdf.data, _name("sheet", sheet.visit_id, sheet.copy_number))


def receipt_pages(desk: Desk, line: SheetLine, render: RenderPdf) -> Pages:
    """The slip for the chart."""
    sheet = _made(line)
    pdf = receipt(desk.store, sheet, render)
    return Pages(pdf.data, _name("receipt", sheet.visit_id, sheet.copy_number))


def _made(line: SheetLine) -> Sheet:
    if line.sheet is None:
        raise ValueError("nothing was made yet")
    return line.sheet


def send_to_printer(pages: Pages) -> Printed:
    """``Aftercare`` is all that the queue shows of it."""
    return print_pages(pages.data, tr("Aftercare"), pages.name)


def send_to_file(path: str) -> Send:
    return partial(_written, Path(path))


def _written(path: Path, pages: Pages) -> Printed:
    return Printed(file=write_private(path, pages.data), asked=True)


def _name(what: str, visit_id: int, copy: int) -> str:
    return f"{what}-{visit_id}-{copy}"

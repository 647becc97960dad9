"""The pages that go to a printer: the sheet that says what is true now, made only where there is none."""

from dataclasses import replace

from clinic_desktop.aftercare.compose import Made
from clinic_desktop.aftercare.day_sheets import Standing, sheet_line
from clinic_desktop.aftercare.sheets import MadeSheet, make_sheet, name_of, print_again, store_now
from clinic_desktop.aftercare.values import Sheet
from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.document import RenderPdf
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.security.rights import Right, require
from clinic_desktop.treatment.printed import Printed, SheetPrint, was_at_a_printer


def true_sheet(
    store: ScheduleStore, actor: Actor, visit_id: int, render: RenderPdf, *, to_paper: bool = True
) -> MadeSheet:
    """The sheet of a visit: the one that is true, as it was made, else a new one that goes on record.
    to_paper: it goes to a printer, not into a file.

    Raises what :func:`make_sheet` raises.
    """
    require(actor, Right.PRINT_SHEET)
    with store.read() as records:
        line = sheet_line(records, visit_id, store_now(store))
    if line is None or line.sheet is None or line.to_make or line.standing is Standing.UNTRUE:
        return make_sheet(store, actor, visit_id, render)
    if to_paper:
        return replace(same_sheet(store, actor, line.sheet, render), why=line.text)
    return MadeSheet(line.sheet, print_again(store, line.sheet, render), Changes(), line.text)


def same_sheet(store: ScheduleStore, actor: Actor, sheet: Sheet, render: RenderPdf) -> MadeSheet:
    """A sheet exactly as it was made. Where it was at a printer before, its foot says who printed it again
    and when: so may two of them be told apart, and one that came out after all."""
    require(actor, Right.PRINT_SHEET)
    with store.read() as records:
        again = was_at_a_printer(records.find(SheetPrint, sheet_id=sheet.id))
        mark = Made(store_now(store), name_of(records, actor)) if again else None
    return MadeSheet(sheet, print_again(store, sheet, render, mark), Changes(), again=again)


def job_of(made: MadeSheet) -> SheetPrint:
    """What goes on record before it is sent."""
    return SheetPrint(
        sheet_id=made.sheet.id,
        visit_id=made.sheet.visit_id,
        what=Printed.AGAIN if made.again else Printed.SHEET,
        pages=made.pdf.page_count,
    )

"""The preparation sheets of some days, off the GUI thread: read, and made as papers of a batch."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from clinic_desktop.aftercare.day_preparations import PreparationLine, preparations_on
from clinic_desktop.aftercare.preparing import begin_preparation, preparation_pages
from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.document import RenderPdf
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.treatment.printed import SheetPrint
from clinic_desktop.ui.batch import BatchPaper, Ready
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.printers import Route


def lines_of(desk: Desk, days: Sequence[date]) -> list[PreparationLine]:
    with desk.store.read() as records:
        return preparations_on(records, days[0], days[-1], desk.now())


def papers_of(desk: Desk, render: RenderPdf, lines: Sequence[PreparationLine]) -> list[BatchPaper]:
    """One paper for each visit, in the name of whoever acts now."""
    store, actor = desk.store, desk.actor
    return [BatchPaper(one.name, partial(_made, store, actor, render, one.visit.id)) for one in lines]


def _made(store: ScheduleStore, actor: Actor, render: RenderPdf, visit_id: int, there: Route) -> Ready:
    pages = preparation_pages(store, actor, visit_id, render)
    begun = begin_preparation(
        store, actor, pages, SheetPrint(printer=there.printer, copies=there.choice.copies)
    )
    return Ready(pages.pdf.data, f"preparation-{visit_id}", begun)

"""What went to a printer of a patient's sheets, and what became of it, in words."""

from collections.abc import Iterator

from clinic_desktop.treatment.printed import Printed, PrintState, SheetPrint
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.patients.history_facts import History
from clinic_desktop.ui.patients.history_plan import visit_named

_WHAT = {
    Printed.SHEET: QT_TR_NOOP("aftercare sheet"),
    Printed.AGAIN: QT_TR_NOOP("the same aftercare sheet"),
    Printed.RECEIPT: QT_TR_NOOP("receipt for the sheet"),
    Printed.PREPARATION: QT_TR_NOOP("preparation sheet"),
}
_BECAME = {
    PrintState.SENT: QT_TR_NOOP("{visit}: {what} sent to {printer}"),
    PrintState.PRINTED: QT_TR_NOOP("{visit}: {what} printed on {printer}"),
    PrintState.FAILED: QT_TR_NOOP("{visit}: {what} did not come out"),
    PrintState.SAVED: QT_TR_NOOP("{visit}: {what} saved as a PDF"),
    PrintState.UNKNOWN: QT_TR_NOOP("{visit}: {what} sent to {printer}, and not known to have come out"),
}


def print_changes(history: History, before: SheetPrint | None, after: SheetPrint | None) -> Iterator[str]:
    """ "IV ketamine, Tue, Nov 17, 10:00 AM: aftercare sheet printed on Front desk". What is about to be saved
    is told once it is; the number of a job is for whoever looks after the printers."""
    visit = history.visits.get(after.visit_id or 0) if after else None
    if after is None or visit is None or (before is not None and before.state is after.state):
        return
    if after.state is PrintState.SENT and not after.printer:
        return
    said = tr(_BECAME[after.state]).format(
        visit=visit_named(history, visit),
        what=tr(_WHAT[after.what]),
        printer=after.printer or tr("the printer"),
    )
    yield tr("{what}: {why}").format(what=said, why=tr(after.why)) if after.why else said

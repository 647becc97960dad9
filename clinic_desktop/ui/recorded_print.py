"""Sending a sheet with its record: begun before it is sent, and what became of it afterwards.

For a worker thread: it writes both itself, so that the record is true also where the window was closed
meanwhile.
"""

from collections.abc import Callable
from dataclasses import dataclass

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import ClinicProblem, NotPrinted
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.treatment.printed import PrintState, SheetPrint, begin, finish
from clinic_desktop.ui.printers import Printed


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of it: ``printed``, or else the ``problem`` for which nothing came out. unrecorded: why
    that is not on record."""

    changes: Changes
    printed: Printed | None = None
    problem: ClinicProblem | None = None
    unrecorded: ClinicProblem | None = None


def send_on_record(store: ScheduleStore, actor: Actor, job: SheetPrint, send: Callable[[], Printed]) -> Sent:
    """Put on record that it is sent, send it, and put on record what became of it."""
    begun = begin(store, actor, job)
    printed, problem = None, None
    state, why = PrintState.FAILED, ""
    try:
        printed = send()
        state = _state(printed)
    except ClinicProblem as failed:
        problem, why = failed, failed.why if isinstance(failed, NotPrinted) else ""
    try:
        changes = finish(store, actor, begun.job, state, why)
    except ClinicProblem as unrecorded:
        return Sent(begun.changes, printed, problem, unrecorded)
    return Sent(begun.changes | changes, printed, problem)


def _state(printed: Printed) -> PrintState:
    if printed.file is not None:
        return PrintState.SAVED
    return PrintState.PRINTED if printed.sure else PrintState.UNKNOWN

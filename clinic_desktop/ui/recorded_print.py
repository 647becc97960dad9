"""Sending a sheet with its record: begun before it is sent, and what became of it afterwards.

For a worker thread: it writes both itself, so that the record is true also where the window was closed
meanwhile.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import ClinicProblem, NotPrinted
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.security.audit import record_exported, record_printed
from clinic_desktop.treatment.printed import Began, PrintState, SheetPrint, begin, finish, numbered
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.printers import Printed, printer_here


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of it: ``printed``, or else the ``problem`` for which nothing came out. unrecorded: why
    that is not on record."""

    changes: Changes
    printed: Printed | None = None
    problem: ClinicProblem | None = None
    unrecorded: ClinicProblem | None = None


Told = Callable[[int], object]
Send = Callable[[Told], Printed]


@dataclass(frozen=True, slots=True)
class Leaving:
    """Pages that are no record of their own, such as a list: that they leave is in the audit trail before.

    what: which pages, or "patient" with ``record_id`` where they are one patient's. about: plain values that
    say which, without a name. actor: who wanted them; while they are on their way somebody else may come in.
    """

    store: ScheduleStore
    actor: Actor
    what: str
    record_id: int = 0
    about: Mapping[str, object] = field(default_factory=dict)

    def put(self, printer: str) -> Changes:
        """On record, for a worker. printer: empty where they go into a file."""
        if not printer:
            return record_exported(self.store, self.actor, self.what, self.record_id, self.about)
        about = {**self.about, "printer": printer}
        return record_printed(self.store, self.actor, self.what, self.record_id, about)

    def send(self, send: Send, to_printer: bool) -> Sent:
        """Put it on record, then send; raises where either fails, and then nothing went out."""
        changes = self.put(printer_here() if to_printer else "")
        return Sent(changes, send(bool))


def leaving(desk: Desk, what: str, record_id: int = 0, about: Mapping[str, object] | None = None) -> Leaving:
    """By whoever acts now: for the GUI thread, when a key is pressed."""
    return Leaving(desk.store, desk.actor, what, record_id, about or {})


def send_on_record(store: ScheduleStore, actor: Actor, job: SheetPrint, send: Send) -> Sent:
    """Put on record that it is sent, send it, and put on record its number there and what became of it.

    ``send`` tells the number as soon as the printing system has it: so a job is found again there, also
    where this desk stops while it waits.
    """
    return finish_on_record(store, actor, begin(store, actor, job), send)


def finish_on_record(store: ScheduleStore, actor: Actor, begun: Began, send: Send) -> Sent:
    """The same for what is on record as sent already."""
    record = JobRecord(store, actor, begun)
    try:
        printed = send(record.numbered)
    except ClinicProblem as failed:
        return record.failed(failed)
    return record.came(printed)


class JobRecord:
    """The record of one job, from its begin to what became of it."""

    def __init__(self, store: ScheduleStore, actor: Actor, begun: Began) -> None:
        self._store, self._actor = store, actor
        self._job, self._changes = begun.job, begun.changes

    def numbered(self, number: int) -> None:
        """The printing system has it. That this could not be recorded is no reason to wait for it less."""
        with suppress(ClinicProblem):
            self._job = numbered(self._store, self._actor, self._job, number)

    def failed(self, problem: ClinicProblem) -> Sent:
        """Nothing came out."""
        why = problem.why if isinstance(problem, NotPrinted) else ""
        return self._finished(PrintState.FAILED, Sent(self._changes, problem=problem), why)

    def came(self, printed: Printed) -> Sent:
        """It came out, or was saved, or nobody tells."""
        return self._finished(state_of(printed), Sent(self._changes, printed))

    def _finished(self, state: PrintState, sent: Sent, why: str = "") -> Sent:
        try:
            changes = finish(self._store, self._actor, self._job, state, why)
        except ClinicProblem as unrecorded:
            return replace(sent, unrecorded=unrecorded)
        return replace(sent, changes=sent.changes | changes)


def state_of(printed: Printed) -> PrintState:
    """What is recorded of it."""
    if printed.file is not None:
        return PrintState.SAVED
    return PrintState.PRINTED if printed.sure else PrintState.UNKNOWN

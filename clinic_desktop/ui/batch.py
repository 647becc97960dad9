"""Several papers to the printer in one go, each on record by itself, with what becomes of each as it goes.

Who prints a batch makes a list of :class:`BatchPaper` and starts a :class:`Batch` with it:

    batch = Batch(widget, desk, tr("Preparation"), papers)
    batch.progressed.connect(...)  # batch.progress says how far it is
    batch.ended.connect(...)
    batch.start()

Pages are made in a worker one after the other and handed over as they are made; then each job is followed to
its end. A paper that cannot be made is named with the reason, and the rest goes on. A printer in trouble (out
of paper) ends it for all that are not out: they are taken back, so that none comes out later unattended.
``stop()`` hands no more over; what the printer has by then comes out, and is said.
"""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal, Slot

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import ClinicProblem, NotPrinted
from clinic_desktop.security.paper_place import KIND as PAPER
from clinic_desktop.treatment.printed import Began
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.operations import AT_PRINTERS, run
from clinic_desktop.ui.printers import Handed, Printed, Route, follow, hand_over, route, take_back
from clinic_desktop.ui.recorded_print import JobRecord, Leaving, Sent, state_of


class PaperState(StrEnum):
    """Where one paper of a batch is. Values are what the record of a print calls it, as far as it has one."""

    WAITS = "waits"
    HANDED = "sent"
    PRINTED = "printed"
    SAVED = "saved"
    UNKNOWN = "unknown"
    FAILED = "failed"
    STOPPED = "stopped"  # never handed over


OUT = frozenset({PaperState.PRINTED, PaperState.SAVED, PaperState.UNKNOWN})
"""It came out, as far as anybody knows."""


@dataclass(frozen=True, slots=True)
class Ready:
    """Pages that are ready to go. name: of a file where they are saved, without a patient's name in it.
    begun: their record, where they have one."""

    data: bytes
    name: str
    begun: Began | None = None


@dataclass(frozen=True, slots=True)
class BatchPaper:
    """One paper. name: whose it is, for the screen alone. make: in a worker; it is told where the paper will
    go, for its record, and raises ClinicProblem where a fact is missing."""

    name: str
    make: Callable[[Route], Ready]


@dataclass(frozen=True, slots=True)
class Step:
    """One paper is a step further. why: what stands against it, where it failed."""

    number: int
    state: PaperState
    why: ClinicProblem | None = None
    changes: Changes = field(default_factory=Changes)


@dataclass(slots=True)
class Progress:
    """How far a batch is: the state of each paper by its place, and why those failed that did. handed: how
    many the printing system was given. trouble: why nothing goes at all."""

    states: list[PaperState]
    why: dict[int, ClinicProblem] = field(default_factory=dict)
    printer: str = ""
    handed: int = 0
    trouble: ClinicProblem | None = None

    def count(self, *states: PaperState) -> int:
        counted = Counter(self.states)
        return sum(counted[one] for one in states)

    def take(self, step: Step) -> None:
        before = self.states[step.number]
        if before is PaperState.WAITS and step.state not in (PaperState.FAILED, PaperState.STOPPED):
            self.handed += 1
        self.states[step.number] = step.state
        if step.why is not None:
            self.why[step.number] = step.why


class Batch(QObject):
    """See above. ``progressed`` and ``ended`` come on the GUI thread, while ``parent`` lives."""

    progressed = Signal()
    ended = Signal()
    _stepped = Signal(object)

    def __init__(self, parent: QObject, desk: Desk, title: str, papers: Sequence[BatchPaper]) -> None:
        """``title`` names each job in the printer's queue, where everybody reads it."""
        super().__init__(parent)
        self._desk, self._actor, self._title, self._papers = desk, desk.actor, title, tuple(papers)
        self._stop = threading.Event()
        self.progress = Progress([PaperState.WAITS] * len(papers))
        self.running = False
        self._stepped.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def start(self) -> bool:
        """Begin; False where another batch is still on its way, which is said."""
        begun = run(self, self._work, _nothing, self._nothing_goes, key="batch", pool=AT_PRINTERS)
        if begun is not None:
            self.running = True
            begun.finished.connect(self._over)
        return self.running

    def stop(self) -> None:
        """Hand no more over. What was handed over is followed to its end."""
        self._stop.set()

    # In the worker.

    def _work(self) -> None:
        there = route()
        self._stepped.emit(there)
        handed = []
        for number, paper in enumerate(self._papers):
            if self._stop.is_set():
                self._stepped.emit(Step(number, PaperState.STOPPED))
                continue
            sent = self._hand(there, number, paper)
            if sent is not None:
                handed.append(sent)
        self._follow(handed)

    def _hand(
        self, there: Route, number: int, paper: BatchPaper
    ) -> tuple[int, Handed, JobRecord | None] | None:
        """What is to be followed; None where it is settled."""
        try:
            ready = paper.make(there)
        except ClinicProblem as problem:
            self._stepped.emit(Step(number, PaperState.FAILED, problem))
            return None
        record = JobRecord(self._desk.store, self._actor, ready.begun) if ready.begun else None
        try:
            if record is None:
                Leaving(self._desk.store, self._actor, PAPER, about={"name": ready.name}).put(there.printer)
            handed = hand_over(there, ready.data, self._title, ready.name)
        except ClinicProblem as problem:
            self._failed(number, record, problem)
            return None
        if handed.number is None:
            self._came(number, record, follow(handed))
            return None
        changes = ready.begun.changes if ready.begun else Changes()
        if record is not None:
            record.numbered(handed.number)
        self._stepped.emit(Step(number, PaperState.HANDED, None, changes))
        return number, handed, record

    def _follow(self, sent: Sequence[tuple[int, Handed, JobRecord | None]]) -> None:
        """One after the other, as the printer takes them."""
        trouble: NotPrinted | None = None
        for number, handed, record in sent:
            try:
                printed = follow(handed) if trouble is None else take_back(handed, trouble)
            except NotPrinted as problem:
                trouble = problem if problem.halts else trouble
                self._failed(number, record, problem)
            except ClinicProblem as problem:
                self._failed(number, record, problem)
            else:
                self._came(number, record, printed)

    def _came(self, number: int, record: JobRecord | None, printed: Printed) -> None:
        state = PaperState(state_of(printed))
        self._settled(number, state, record.came(printed) if record else None)

    def _failed(self, number: int, record: JobRecord | None, problem: ClinicProblem) -> None:
        self._settled(number, PaperState.FAILED, record.failed(problem) if record else None, problem)

    def _settled(
        self, number: int, state: PaperState, sent: Sent | None, why: ClinicProblem | None = None
    ) -> None:
        why = why or (sent.unrecorded if sent else None)
        self._stepped.emit(Step(number, state, why, sent.changes if sent else Changes()))

    # On the GUI thread.

    @Slot(object)
    def _take(self, step: Step | Route) -> None:
        if isinstance(step, Route):
            self.progress.printer = step.printer
        else:
            self.progress.take(step)
            self._desk.record(step.changes)
        self.progressed.emit()

    def _nothing_goes(self, problem: ClinicProblem) -> None:
        self.progress.trouble = problem

    @Slot()
    def _over(self) -> None:
        self.running = False
        self.ended.emit()


def _nothing(_done: None) -> None:
    """Each step has said what became of it."""

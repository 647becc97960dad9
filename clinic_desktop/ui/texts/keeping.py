"""Keeps what is typed: as a draft on record, a few seconds after the last key, with Ctrl+S and on leaving.

So nothing is asked on leaving, and a computer that stops takes a few seconds of typing with it at most. What
cannot be kept (the server is away, another desk wrote on the same draft) stays in the window and says so.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from clinic_desktop.aftercare.approving import Written, write_text
from clinic_desktop.aftercare.rules import TEXT_SAME
from clinic_desktop.aftercare.sheet_text import SheetText
from clinic_desktop.foundation.errors import BadInput, ClinicProblem, StaleEdit
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.operations import Operation

AFTER_MS = 4_000
_KEY = "texts.keep"


class Keeper(QObject):
    """``words`` answers what is typed now. ``kept`` once it is on record, ``failed`` with what kept it from
    that; ``taken`` when another desk wrote on the same draft meanwhile."""

    kept = Signal(object)  # SheetText
    failed = Signal(object)  # ClinicProblem
    taken = Signal()

    def __init__(self, desk: Desk, words: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._words = desk, words
        self._over: SheetText | None = None
        self._known = ""  # as it is on record
        self._open = self._again = False
        self._running: Operation[Written] | None = None
        self._then: list[Callable[[SheetText | None], object]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER_MS)
        self._timer.timeout.connect(self.keep)

    @property
    def over(self) -> SheetText | None:
        """The draft that is written on; None before the first of it is on record."""
        return self._over

    @property
    def dirty(self) -> bool:
        """Whether something typed is not on record."""
        return self._open and self._words() != self._known

    @property
    def busy(self) -> bool:
        return self._running is not None

    def begin(self, source: str, over: SheetText | None) -> None:
        """Another text: a draft, or words that a new version begins from."""
        self._over, self._known, self._open = over, source, True
        self._timer.stop()

    def end(self) -> None:
        """Nothing is written any more."""
        self._timer.stop()
        self._open = False

    def typed(self) -> None:
        self._timer.start()

    def keep(self, then: Callable[[SheetText | None], object] | None = None) -> None:
        """Put it on record now; ``then`` gets the draft once it is there, None where there is none."""
        self._timer.stop()
        if then is not None:
            self._then.append(then)
        if self._running is not None:
            self._again = True
        elif self.dirty:
            self._write(self._words())
        else:
            self._tell()

    def keep_as_own(self) -> None:
        """As a version of its own, beside the draft that another desk wrote on."""
        self._over = None
        self.keep()

    def _write(self, source: str) -> None:
        desk, over = self._desk, self._over
        changed = over.changed if over is not None else ""
        work = partial(write_text, desk.store, desk.actor, source, changed, over, unfinished=True)
        made: Operation[Written] = Operation(self, work, partial(self._written, source), self._not, key=_KEY)
        if made.start():
            self._running = made
        else:  # another window of this desk is just keeping one
            self._timer.start()

    def _written(self, source: str, written: Written) -> None:
        self._running, self._over, self._known = None, written.text, source
        self._desk.record(written.changes)
        self.kept.emit(written.text)
        if self._again:
            self._again = False
            self.keep()
        else:
            self._tell()

    def _not(self, problem: ClinicProblem) -> None:
        self._running, self._again = None, False
        if isinstance(problem, BadInput) and any(one.rule is TEXT_SAME for one in problem.findings):
            self._tell()  # typed and taken back again: there is nothing to keep
            return
        self._then.clear()
        if isinstance(problem, StaleEdit):
            self.taken.emit()
        else:
            self.failed.emit(problem)

    def _tell(self) -> None:
        waiting, self._then = self._then, []
        for then in waiting:
            then(self._over)

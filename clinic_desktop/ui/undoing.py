"""Undo and redo of the plan in the window: remembers the steps of whoever acts, and takes them back."""

from collections import deque
from functools import partial
from typing import cast

from PySide6.QtCore import QObject, QTimer, Signal

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.foundation.rulebook import fill
from clinic_desktop.scheduling.steps import Label, step_of
from clinic_desktop.scheduling.undoing import Overtaken, Undone, UndoStore, read_label, redo, undo
from clinic_desktop.ui import operations
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame
from clinic_desktop.ui.reconfirming import tell_to_confirm_again
from clinic_desktop.ui.undo_list import Entry, UndoList
from clinic_desktop.ui.wording import problem_worded

_KEY = "undo"
_LOOK_AGAIN_MS = 20


class Undoer(QObject):
    """``changed`` when something else can be undone or done again, ``named`` when it only got its name.
    ``forgotten`` when somebody else acts.

    Each press is answered in its turn: three quick ones take back three steps, and one that comes while a
    change is still being saved takes back that change. Where the last thing done was no change of the plan,
    the first press only names what the next one takes back: nobody loses an older step unseen.
    """

    changed = Signal()
    named = Signal()
    forgotten = Signal()

    def __init__(self, frame: Frame, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._frame, self._desk = frame, desk
        self._list = UndoList()
        self._pressed: deque[bool] = deque()  # True for redo
        self._since = False  # something was recorded that no key takes back, after the last step
        self._waits = QTimer(self, singleShot=True, interval=_LOOK_AGAIN_MS)
        self._waits.timeout.connect(self._next)
        desk.remembered.connect(self._remember)
        desk.recorded.connect(self._something_else)
        desk.actor_changed.connect(self._forget)

    @property
    def undo_name(self) -> str | None:
        """What undo takes back next; empty while its name is not known, None when there is nothing."""
        return _name(self._list.last_done)

    @property
    def redo_name(self) -> str | None:
        """The same for redo."""
        return _name(self._list.last_undone)

    def undo(self) -> None:
        self._press(again=False)

    def redo(self) -> None:
        self._press(again=True)

    def _press(self, *, again: bool) -> None:
        self._pressed.append(again)
        self._next()

    def _next(self) -> None:
        if not self._pressed or self._waits.isActive():
            return
        if operations.saving():
            self._waits.start()
            return
        again = self._pressed.popleft()
        entry = self._list.last_undone if again else self._list.last_done
        if entry is None:
            self._pressed.clear()
            self._frame.say(tr("Nothing to do again.") if again else tr("Nothing to undo."))
            return
        if self._since and not again:
            self._ask_once_more()
            return
        way = redo if again else undo
        work = partial(way, self._store, self._desk.actor, entry.step)
        done, failed = partial(self._taken_back, entry, again), partial(self._failed, entry, again)
        operations.run(self, work, done, failed, key=_KEY)

    def _something_else(self) -> None:
        self._since = True

    def _ask_once_more(self) -> None:
        self._since = False
        self._pressed.clear()
        last = tr("What you recorded last is corrected where it stands, not undone.")
        self._frame.say(f"{last} {self._once_more()}")
        self.changed.emit()

    def _once_more(self) -> str:
        return tr("Once more undoes: {what}.").format(what=self.undo_name or tr("the step before"))

    def _taken_back(self, entry: Entry, again: bool, undone: Undone) -> None:
        label = entry.label or undone.label
        if self._desk.did(undone.changes):  # else somebody else came in meanwhile
            self._list.taken_back(entry, undone.step, label)
        self._desk.hub.tell(undone.changes)
        pattern = tr("Done again: {what}.") if again else tr("Undone: {what}.")
        self._frame.say(pattern.format(what=_worded(label)))
        tell_to_confirm_again(self._frame, undone.warnings)
        self.changed.emit()
        self._next()

    def _failed(self, entry: Entry, again: bool, problem: ClinicProblem) -> None:
        """What can never be taken back any more makes room for the step before, and names it."""
        self._pressed.clear()
        words = problem_worded(problem)
        if isinstance(problem, Overtaken):
            self._list.drop(entry)
            if not again and self._list.last_done is not None:
                words = f"{words} {self._once_more()}"
        title = tr("Not done again") if again else tr("Not undone")
        self._frame.notice(title, words, Tone.WARN)
        self.changed.emit()

    def _remember(self, changes: Changes) -> None:
        step = step_of(changes)
        if step is None:
            self._something_else()
            return
        self._since = False
        entry = self._list.did(step)
        self.changed.emit()
        work = partial(read_label, self._store, step)
        operations.run(self, work, partial(self._named, entry), _without_name)

    def _named(self, entry: Entry, label: Label) -> None:
        entry.label = label
        self.named.emit()

    def _forget(self) -> None:
        """Somebody else acts: what was done is not theirs to undo by a key."""
        self._pressed.clear()
        self._since = False
        self._list.clear()
        self.forgotten.emit()
        self.changed.emit()

    @property
    def _store(self) -> UndoStore:
        return cast(UndoStore, self._desk.store)


def _name(entry: Entry | None) -> str | None:
    if entry is None:
        return None
    return _worded(entry.label) if entry.label else ""


def _worded(label: Label) -> str:
    return fill(tr(label.sentence), label.params, tr)


def _without_name(_problem: ClinicProblem) -> None:
    """It can be undone all the same, and is named then."""

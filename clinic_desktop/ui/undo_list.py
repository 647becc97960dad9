"""The last steps of whoever acts: what can be undone, and what can be done again."""

from dataclasses import dataclass

from clinic_desktop.scheduling.steps import Label, Step

MOST = 20


@dataclass(eq=False, slots=True)
class Entry:
    """A step, and its name once it is known."""

    step: Step
    label: Label | None = None


class UndoList:
    """Two stacks. A new step ends what could be done again."""

    def __init__(self) -> None:
        self._done: list[Entry] = []
        self._undone: list[Entry] = []

    @property
    def last_done(self) -> Entry | None:
        """What undo takes back next."""
        return self._done[-1] if self._done else None

    @property
    def last_undone(self) -> Entry | None:
        """What redo does again next."""
        return self._undone[-1] if self._undone else None

    def did(self, step: Step) -> Entry:
        """Something new was done."""
        self._undone.clear()
        self._done.append(Entry(step))
        del self._done[:-MOST]
        return self._done[-1]

    def taken_back(self, entry: Entry, by: Step | None, label: Label) -> None:
        """An entry was undone or done again, which is a step of the other stack. None: it wrote nothing."""
        other = self._undone if entry in self._done else self._done
        self.drop(entry)
        if by is not None:
            other.append(Entry(by, label))

    def drop(self, entry: Entry) -> None:
        """It can never be taken back any more."""
        for stack in (self._done, self._undone):
            stack[:] = [one for one in stack if one is not entry]

    def clear(self) -> None:
        self._done.clear()
        self._undone.clear()

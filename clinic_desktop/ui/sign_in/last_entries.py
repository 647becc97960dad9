"""What whoever is at work entered last, and whether it was saved: asked before their window goes."""

from typing import Any

from clinic_desktop.ui.operations import Operation, entries


class LastEntries:
    """``lost``: how many could not be saved, of those that were seen on their way."""

    def __init__(self) -> None:
        self._on_their_way: list[Operation[Any]] = []
        self.lost = 0

    def look(self) -> None:
        """What became of them, and what is on its way now."""
        self.lost += sum(one.failed for one in self._on_their_way)
        self._on_their_way = entries()

    @property
    def open(self) -> bool:
        """Whether some were on their way when it was looked last."""
        return bool(self._on_their_way)

    def forget(self) -> None:
        """Whoever entered them is back, and sees it; or has left."""
        self._on_their_way, self.lost = [], 0

"""What this computer keeps and a screen that reads for itself has not read: shown and heard at once."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from clinic_desktop.treatment.kept_entries import KeptEntry
from clinic_desktop.ui.outage.outage import Outage


class SinceRead(QObject):
    """``show`` at once while the server is away; ``look`` when it is there. What was saved counts on until
    the screen has read it: else an alarm that a kept pressure ended would sound for a moment."""

    def __init__(
        self, parent: QObject, outage: Outage, show: Callable[[], object], look: Callable[[], object]
    ) -> None:
        super().__init__(parent)
        self._outage, self._show, self._look = outage, show, look
        self.entries: tuple[KeptEntry, ...] = outage.kept
        self._before = outage.kept  # when what is read now was asked for
        outage.changed.connect(self._changed)

    def asks(self) -> None:
        """The screen reads anew from here: what is kept at this moment may be saved before or after that."""
        self._before = self._outage.kept

    def was_read(self) -> None:
        """The answer has come. What it holds already counts once."""
        still = self._outage.kept
        self.entries = (*(one for one in self._before if one not in still), *still)

    def _changed(self) -> None:
        if self._outage.away_since is None:
            self._look()
        else:
            new = (one for one in self._outage.kept if one not in self.entries)
            self.entries = (*self.entries, *new)
            self._show()

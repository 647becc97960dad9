"""Looks through a large file behind the window, and says all the time that the clinic's file is damaged."""

from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.ui.banner import Banner, BannerAction
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import CHECKING, run
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame

EVERY_MS = 1_000
ID = "damaged"


class Readable(Protocol):
    """The clinic's data in a file."""

    @property
    def damaged(self) -> bool:
        """Whether it was found damaged since it is open."""
        ...

    def read_whole(self) -> None:
        """Read every page that was not looked at when it was opened; raises :class:`StoreRefused`."""
        ...


class DamageBanner(QObject):
    """``actions``: what helps. Whoever reads or writes finds the damage; here it is only asked for."""

    def __init__(
        self, frame: Frame, store: Readable, actions: tuple[BannerAction, ...], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._frame, self._store, self._actions = frame, store, actions
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        self._timer.start()
        run(self, self._store.read_whole, self._read, self._unread, pool=CHECKING, quiet=True)

    def _read(self, _nothing: None) -> None:
        self.look()

    def _unread(self, _problem: ClinicProblem) -> None:
        """Damaged, or not to be read now: then whoever works here hears it."""
        self.look()

    def look(self) -> None:
        if not self._store.damaged:
            return
        self._timer.stop()  # it does not mend by itself
        title = tr("The clinic's file is damaged: nothing is saved")
        text = tr(
            "It can be read as far as it goes. Write on paper what happens now. Close the program on the "
            "other desks, restore the last good backup, and call whoever looks after this computer."
        )
        self._frame.show_banner(Banner(ID, title, text, Tone.DANGER, self._actions))

"""The line of a panel about one visit that says who changed it while the panel was open."""

from functools import partial

from PySide6.QtWidgets import QWidget

from clinic_desktop.scheduling.meanwhile import Meanwhile, read_meanwhile
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import run
from clinic_desktop.ui.visit_changed import visit_told
from clinic_desktop.ui.who_changed import MeanwhileBox, by_this_desk


class VisitMeanwhile(MeanwhileBox):
    """Told which version the panel shows, each time it reads. What this desk did itself is no news."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._seen: Visit | None = None  # as it was when the panel opened

    def forget(self) -> None:
        """The panel is about another visit, or is opened anew."""
        self._seen = None
        self.hide()

    def shows(self, visit: Visit) -> None:
        """What the panel shows from now on."""
        if self._seen is None:
            self._seen = visit
        elif visit.version != self._seen.version:
            run(self, partial(read_meanwhile, self._desk.store, self._seen), self._told, quiet=True)

    def _told(self, told: Meanwhile[Visit]) -> None:
        if told.seen is not self._seen or not told.traces:
            return
        if by_this_desk(told, self._desk):
            self._seen = told.now
            return
        title, what = visit_told(told, self._desk)
        stays = tr("It is shown as it is now; what you entered is kept.")
        self.tell(title, f"{what} {stays}".strip())

"""The end of the day as a command of the whole window: its panel, kept up while it is seen, and its paper."""

from collections.abc import Callable
from functools import cached_property, partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.document import RenderedPdf
from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure
from clinic_desktop.reports.end_of_day import EndLine, EndOfDay, Where, end_of_day
from clinic_desktop.reports.end_on_paper import TITLE, end_document
from clinic_desktop.ui.closing.panel import WIDTH, ClosingPanel
from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.fail_safe.fail_safe import FailSafe
from clinic_desktop.ui.fail_safe.section import PaperSection
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import LatestReader, show_problem
from clinic_desktop.ui.paper import PaperDialog
from clinic_desktop.ui.places import Frame
from clinic_desktop.ui.recorded_print import leaving
from clinic_desktop.ui.wording import worded

END_OF_DAY = Command(
    "window.end-of-day",
    QT_TR_NOOP("End of the day"),
    ("Ctrl+Shift+H",),
    icon="home",
    opens=True,
    also=QT_TR_NOOP("close closing evening still here open list week next visit expires"),
)
_EVERY_MS = 60_000
_PLACE = {Where.DRUGS: Where.LEDGER}
_TELL = {
    Where.FLOOR: "show_visit",
    Where.SHEETS: "show_visit",
    Where.LEDGER: "show_form",
    Where.DRUGS: "show_drugs",
    Where.DECISIONS: "show_request",
    Where.PATIENT: "show_patient",
    Where.CALLS: "show_after",
}


class Closing(QObject):
    """Made with the window; the panel belongs to it, is made when it is first opened, and ends with it."""

    def __init__(self, frame: Frame, desk: Desk, window: QWidget, fail_safe: FailSafe) -> None:
        super().__init__(window)
        self._frame, self._desk, self._window, self._fail_safe = frame, desk, window, fail_safe
        self._reader: LatestReader[EndOfDay] = LatestReader(self, self._came, self._could_not)
        self._clock = QTimer(self)
        self._clock.setInterval(_EVERY_MS)
        self._clock.timeout.connect(self._stale)
        desk.hub.changed.connect(self._heard)

    @cached_property
    def panel(self) -> ClosingPanel:
        panel = ClosingPanel(PaperSection(self._fail_safe, self._desk.zone), self._window)
        panel.hide()
        panel.closed.connect(self._frame.close_panel)
        panel.chosen.connect(self._to)
        panel.print_wanted.connect(self.print)
        return panel

    def open(self) -> None:
        """The panel, as things stand now."""
        if not self.panel.isVisible():
            self.panel.wait()
        if self._frame.show_panel(self.panel, WIDTH):
            self._clock.start()
            self._look(self._start)
            self._fail_safe.freshen()

    def look(self) -> None:
        self._look(None)

    def _look(self, then: Callable[[], object] | None) -> None:
        self._reader.read(partial(_read, self._desk), then)

    def _start(self) -> None:
        if self.panel.isVisible():
            self.panel.start()

    def _heard(self, _changes: Changes) -> None:
        self._stale()

    def _stale(self) -> None:
        if "panel" in self.__dict__ and self.panel.isVisible():
            self.look()
        else:
            self._clock.stop()

    def _came(self, read: EndOfDay) -> None:
        self.panel.show_day(read)

    def _could_not(self, problem: ClinicProblem) -> None:
        """What is not known is not said to be settled."""
        self.panel.could_not()
        show_problem(problem)

    def _to(self, one: EndLine) -> None:
        """To where it is settled."""
        place = self._frame.go(_PLACE.get(one.where, one.where))
        tell = getattr(place, _TELL.get(one.where, ""), None)
        if callable(tell) and (one.where is not Where.FLOOR or one.number):  # a call for help has no visit
            tell(one.request or one.number)

    def print(self) -> None:
        """The list, to look at and to print."""
        make, title = partial(_pages, self._desk), tr(TITLE)
        day = self._desk.today().isoformat()
        PaperDialog.ask(
            self._window,
            self._frame,
            title,
            make,
            job=title,
            name=f"end-{day}",
            done=_nothing,
            on_record=lambda: leaving(self._desk, "end of the day", about={"day": day}).send,
        )


def _read(desk: Desk) -> EndOfDay:
    with desk.store.read() as records:
        return end_of_day(records, desk.now())


def _pages(desk: Desk) -> RenderedPdf:
    if desk.render is None:
        raise EnvironmentFailure(tr("Nothing is printed from this window."))
    return desk.render(end_document(_read(desk), tr, worded))


def _nothing() -> None:
    """The list is no record: it is made again from the records."""

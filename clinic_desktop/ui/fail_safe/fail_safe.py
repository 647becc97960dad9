"""The paper fail-safe as a part of the window: made by itself when the clinic closes, and whenever it is
asked for; what stands against it is said.
"""

from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.document import RenderedPdf
from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure
from clinic_desktop.security.rights import Right, may, require
from clinic_desktop.ui import file_dialogs
from clinic_desktop.ui.commands import Bound, Command
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.fail_safe.folder import chosen_for, clinic_folder, folder_of
from clinic_desktop.ui.fail_safe.making import Standing, look, make, next_day, pages_of
from clinic_desktop.ui.fail_safe.printing import JOB, PaperPrinting
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import LatestReader, run
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.paper import PaperDialog
from clinic_desktop.ui.places import Frame, NoticeAction
from clinic_desktop.ui.settings_store import SettingsStore
from clinic_desktop.ui.wording import problem_worded

PAPER = Command(
    "window.fail-safe",
    QT_TR_NOOP("Paper for a day without the program"),
    ("Ctrl+Shift+F9",),
    icon="print",
    opens=True,
    also=QT_TR_NOOP("next day tomorrow downtime outage power failure emergency pdf fail-safe print"),
)
FOLDER = Command(
    "window.paper-folder",
    QT_TR_NOOP("Folder for the paper of a day without the program"),
    ("Ctrl+Shift+F6",),
    icon="print",
    opens=True,
    also=QT_TR_NOOP("next day tomorrow downtime outage fail-safe where pdf drive"),
)
_EVERY_MS = 60_000
_AGAIN = timedelta(minutes=10)  # after a failure, so that a drive that is away does not fill the day
_MATTERS = frozenset({"visit", "patient", "order", "rems_form", "call_attempt"})


class FailSafe(QObject):
    """Made with the window. ``told`` when ``standing`` or ``trouble`` is another one.

    Without ``preferences`` nothing is kept: the pages can be looked at and printed. It makes nothing by
    itself before ``start`` and after ``stop``, and never for the demo.
    """

    told = Signal()

    def __init__(self, frame: Frame, desk: Desk, window: QWidget, preferences: SettingsStore | None) -> None:
        super().__init__(window)
        self._frame, self._desk, self._window, self._preferences = frame, desk, window, preferences
        self.standing: Standing | None = None
        self.trouble: ClinicProblem | None = None
        self._for: date | None = None  # the day of the pages that were made last to be looked at
        self.printing = PaperPrinting(frame, desk, self)
        self._clinic = ""  # what its folder is called
        self._began = self._changed = False
        self._failed_at: datetime | None = None
        self._asked: QFileDialog | None = None
        self._reader: LatestReader[Standing] = LatestReader(self, self._looked, self._could_not)
        self._clock = QTimer(self)
        self._clock.setInterval(_EVERY_MS)
        self._clock.timeout.connect(self.look)
        desk.hub.changed.connect(self._heard)

    def bound(self) -> list[Bound]:
        return [Bound(PAPER, self.show), Bound(FOLDER, self.ask_where)]

    @property
    def folder(self) -> Path | None:
        """Where it is kept; None where nothing is."""
        if self._preferences is None:
            return None
        return folder_of(self._preferences, self._clinic, demo=self._desk.setup.clinic.demo)

    @property
    def by_itself(self) -> bool:
        return self._began and self.folder is not None and not self._desk.setup.clinic.demo

    def start(self, where: str = "") -> None:
        """Look now and each minute, once the window is shown. where: the clinic's data is, after which its
        folder is called."""
        self._clinic = clinic_folder(where)
        self._began = True
        self._clock.start()
        self.look()

    def stop(self) -> None:
        self._began = False
        self._clock.stop()

    def look(self) -> None:
        if self.folder is not None:
            self._reader.read(partial(look, self._desk.store, self.folder))

    def freshen(self) -> None:
        """Somebody closes the house, or the window: what changed since it was made goes on paper."""
        if self.by_itself and (self._changed or self.standing is None or self.standing.due):
            self.make()
        else:
            self.look()

    def at_close(self) -> None:
        """The window closes; the program waits for what is under way."""
        if self.by_itself and (self._changed or self.trouble is not None):
            self.make()
        self._clock.stop()

    def make(self) -> None:
        """Make it and keep it, in a worker."""
        if self.folder is not None and self._desk.render is not None:
            self._changed = False
            work = partial(make, self._desk.store, self._desk.render, self.folder)
            run(self, work, self._made, self._not_made, key="paper", quiet=True)

    def show(self) -> None:
        """The next day's pages, to look at and to print; kept, too."""
        title = tr("Paper for a day without the program")
        dialog = PaperDialog.ask(
            self._window, self._frame, title, self._pages, job=tr(JOB), name="paper", done=_nothing
        )
        dialog.name_by(self._name)
        dialog.print_by(self.printing.print)
        if may(self._desk.actor, Right.PRINT_SHEET):
            self.make()

    def _name(self) -> str:
        """After the day that the pages are for."""
        return f"paper-{self._for.isoformat()}" if self._for is not None else "paper"

    def _pages(self) -> RenderedPdf:
        require(self._desk.actor, Right.PRINT_SHEET)
        if self._desk.render is None:
            raise EnvironmentFailure(tr("Nothing is printed from this window."))
        self._for = day = next_day(self._desk.store)
        self.printing.prepare(day)
        return pages_of(self._desk.store, day, self._desk.render)

    def ask_where(self) -> None:
        """Choose the folder for this clinic on this computer."""
        if self.folder is not None:
            title = tr("Folder for the paper of a day without the program")
            self._asked = file_dialogs.ask_folder(self._window, title, self.keep_in)

    def keep_in(self, folder: str) -> None:
        """From now on there; what is in the folder of before stays."""
        if self._preferences is not None:
            self._preferences.set(chosen_for(self._clinic), folder)
            self._preferences.flush()
            self.make()

    def _heard(self, changes: Changes) -> None:
        self._changed = self._changed or bool(changes.kinds & _MATTERS)

    def _looked(self, standing: Standing) -> None:
        self.standing = standing
        self.told.emit()
        rested = self._failed_at is None or self._desk.now() - self._failed_at >= _AGAIN
        if standing.due and self.by_itself and rested:
            self.make()

    def _could_not(self, _problem: ClinicProblem) -> None:
        """The data does not answer, which the window says itself; what was known of the paper still holds."""

    def _made(self, standing: Standing) -> None:
        self.standing, self.trouble, self._failed_at = standing, None, None
        self.told.emit()

    def _not_made(self, problem: ClinicProblem) -> None:
        """Said once for each reason; it stands at the end of the day until it is made."""
        said = problem_worded(problem)
        known = self.trouble is not None and problem_worded(self.trouble) == said
        self.trouble, self._failed_at, self._changed = problem, self._desk.now(), True
        if not known:
            action = NoticeAction(tr("Choose a folder"), self.ask_where)
            title = tr("Tomorrow's paper was not made")
            self._frame.notice(title, said, Tone.DANGER, action)
        self.told.emit()


def _nothing() -> None:
    """The paper is no record: it is made again from the records."""

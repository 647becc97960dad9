"""The paper fail-safe as a part of the window: made by itself when the clinic closes, and whenever it is
asked for; what stands against it is said.
"""

from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.document import RenderedPdf
from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.security.paper_place import choose_folder, give_up_readable
from clinic_desktop.security.rights import Right, may, require
from clinic_desktop.ui import file_dialogs
from clinic_desktop.ui.commands import Bound, Command
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.dialogs import QuestionDialog
from clinic_desktop.ui.fail_safe.folder import chosen_for, clinic_folder, folder_of
from clinic_desktop.ui.fail_safe.leaving import paper_leaving
from clinic_desktop.ui.fail_safe.making import Standing, look, make, next_day, pages_of
from clinic_desktop.ui.fail_safe.place import PaperPlace, SealedPlace, also_readable, forget_readable
from clinic_desktop.ui.fail_safe.printing import JOB, PaperPrinting
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import LatestReader, run
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.paper import PaperDialog, Sends
from clinic_desktop.ui.places import Frame, NoticeAction
from clinic_desktop.ui.settings_store import SettingsStore
from clinic_desktop.ui.who_may import may_or_is_told
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
_RENEWED = timedelta(minutes=10)  # between two sealed copies of a day on which visits change
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
        self._sealed: SealedPlace | None = None
        self._waits = False  # for the key: nothing is kept before it is there
        self._made_at: datetime | None = None
        self._shown_of: datetime | None = None  # when the pages that are looked at were made, if not now
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
        """Where readable pages lie, or would; None where nothing is kept."""
        if self._preferences is None:
            return None
        return folder_of(self._preferences, self._clinic, demo=self._desk.setup.clinic.demo)

    @property
    def sealed(self) -> SealedPlace | None:
        """Where it is kept sealed; None for a plain clinic, and before the key is there."""
        return self._sealed

    @property
    def readable(self) -> bool:
        """Whether pages lie on this computer that open without a key."""
        if self._preferences is None:
            return False
        return not self._must_seal or self._preferences.get(also_readable(self._clinic))

    @property
    def _must_seal(self) -> bool:
        return self._waits or self._sealed is not None

    @property
    def place(self) -> PaperPlace | None:
        """Where it is kept now; None where nothing is."""
        if self._preferences is None or self._waits:
            return None
        return PaperPlace(self.folder if self.readable else None, self._sealed, self.folder)

    @property
    def by_itself(self) -> bool:
        return self._began and self.place is not None and not self._desk.setup.clinic.demo

    def start(self, where: str = "", sealed: SealedPlace | None = None, *, waits: bool = False) -> None:
        """Look now and each minute, once the window is shown. where: the clinic's data is, after which its
        folder is called. sealed: where it is kept unreadable; waits: that comes later, by ``seal_in``."""
        self._clinic = clinic_folder(where)
        self._sealed, self._waits = sealed, waits
        self._began = True
        self._clock.start()
        self.look()

    def seal_in(self, sealed: SealedPlace) -> None:
        """The key is there."""
        self._sealed, self._waits = sealed, False
        self.look()

    def stop(self) -> None:
        self._began = False
        self._clock.stop()

    def look(self) -> None:
        if (place := self.place) is not None:
            self._reader.read(partial(look, self._desk.store, place))

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
        place = self.place
        if self._desk.outage.away_since is not None:
            return  # of what this computer shows then, older paper would be made
        if place is not None and self._desk.render is not None:
            self._changed, self._made_at = False, self._desk.now()
            anew = place.sealed is not None
            work = partial(make, self._desk.store, self._desk.render, place, anew=anew)
            run(self, work, self._made, self._not_made, key="paper", quiet=True)

    def show(self) -> None:
        """The next day's pages, to look at and to print; kept, too."""
        title = tr("Paper for a day without the program")
        dialog = PaperDialog.ask(
            self._window, self._frame, title, self._pages, job=tr(JOB), name="paper", done=_nothing,
            on_record=self._leaves,
        )  # fmt: skip
        dialog.name_by(self._name)
        dialog.tell_by(self._told_of)
        dialog.print_by(self._print)
        if not self._desk.outage.away_since and may(self._desk.actor, Right.PRINT_SHEET):
            self.make()

    def _name(self) -> str:
        """After the day that the pages are for."""
        return f"paper-{self._for.isoformat()}" if self._for is not None else "paper"

    def _pages(self) -> RenderedPdf:
        require(self._desk.actor, Right.PRINT_SHEET)
        if self._desk.render is None:
            raise EnvironmentFailure(tr("Nothing is printed from this window."))
        self._shown_of = None
        if self._sealed is not None and self._desk.outage.away_since is not None:
            return self._kept_pages(self._sealed)
        try:
            self._for = day = next_day(self._desk.store)
            self.printing.prepare(day)
            return pages_of(self._desk.store, day, self._desk.render)
        except EnvironmentFailure:
            if self._sealed is None:
                raise
            return self._kept_pages(self._sealed)

    def _kept_pages(self, sealed: SealedPlace) -> RenderedPdf:
        """What this computer kept of today."""
        place = PaperPlace(None, sealed)
        kept = place.needed(self._desk.today())
        if kept is None:
            raise EnvironmentFailure(tr("The clinic's data does not answer, and no paper was made here yet."))
        data, self._shown_of = sealed.read(kept)
        self._for = kept.day
        return RenderedPdf(data, 0)

    def _told_of(self) -> str:
        """How old the pages are, where they were not made now."""
        if self._shown_of is None:
            return ""
        at = local_time(self._shown_of, self._desk.zone)
        when = f"{short_date(at.day)}, {clock_time(at.minute)}"
        return tr("As it was at {when}: the clinic's data does not answer.").format(when=when)

    def _leaves(self) -> Sends:
        """As one job, or into a file, once it is on record."""
        day = self._for or self._desk.today()
        return paper_leaving(self._desk, day, kept=self._shown_of is not None).send

    def _print(self) -> bool:
        """Part by part, where the pages were made now."""
        return self._shown_of is None and self.printing.print()

    def ask_where(self) -> None:
        """Choose the folder for this clinic on this computer. For a sealed clinic: whether there is to be
        one, after what it means was said."""
        if self.folder is None or not self._allowed():
            return
        if not self._must_seal:
            self._ask_folder()
        elif self.readable:
            text = tr(_SEAL_AGAIN).format(folder=self.folder)
            QuestionDialog.ask(
                self._window, tr("Keep the paper only sealed?"), text, tr("Only sealed"), self.keep_sealed
            )
        else:
            QuestionDialog.ask(
                self._window, tr("Also keep the paper readable?"), tr(_READABLE), tr("Choose a folder"),
                self._ask_folder,
            )  # fmt: skip

    def _ask_folder(self) -> None:
        title = tr("Folder for the paper of a day without the program")
        self._asked = file_dialogs.ask_folder(self._window, title, self.keep_in)

    def keep_in(self, folder: str) -> None:
        """From now on there, for everybody who uses this computer to read, once it is on record; what is in
        the folder of before stays."""
        work = partial(choose_folder, self._desk.store, self._desk.actor, folder)
        run(self, work, lambda _done: self._keep_in(folder), key="paper-place")

    def _keep_in(self, folder: str) -> None:
        if self._preferences is not None:
            self._preferences.set(chosen_for(self._clinic), folder)
            if self._must_seal:
                self._preferences.set(also_readable(self._clinic), True)
            self._preferences.flush()
            self.make()
            self.told.emit()

    def keep_sealed(self) -> None:
        """From now on nothing that opens without a key, and nothing of before either, once it is on
        record."""
        if (folder := self.folder) is not None:
            work = partial(give_up_readable, self._desk.store, self._desk.actor, str(folder))
            run(self, work, lambda _done: self._keep_sealed(folder), key="paper-place")

    def _keep_sealed(self, folder: Path) -> None:
        if self._preferences is not None:
            self._preferences.set(also_readable(self._clinic), False)
            self._preferences.flush()
            run(self, partial(forget_readable, folder), lambda _done: self.told.emit(), quiet=True)

    def _allowed(self) -> bool:
        return may_or_is_told(self._desk.actor, Right.SET_UP)

    def _heard(self, changes: Changes) -> None:
        self._changed = self._changed or bool(changes.kinds & _MATTERS)

    def _looked(self, standing: Standing) -> None:
        self.standing = standing
        self.told.emit()
        rested = self._failed_at is None or self._desk.now() - self._failed_at >= _AGAIN
        if (standing.due or self._is_old()) and self.by_itself and rested:
            self.make()

    def _is_old(self) -> bool:
        """Whether visits changed since the sealed copy, which is what is seen when the server goes away."""
        if self._sealed is None or not self._changed:
            return False
        return self._made_at is None or self._desk.now() - self._made_at >= _RENEWED

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
            # Another folder helps where this one does not take it, not where a setting is missing.
            action = NoticeAction(tr("Choose a folder"), self.ask_where)
            if not isinstance(problem, EnvironmentFailure):
                action = NoticeAction(tr("Open Set-up"), partial(self._frame.go, "set-up"))
            title = tr("Tomorrow's paper was not made")
            self._frame.notice(title, said, Tone.DANGER, action)
        self.told.emit()


_READABLE = QT_TR_NOOP(
    "This clinic's data is sealed, and so is its paper: it opens in the program, with a password or the key. "
    "Where the program itself cannot be started, only paper that was printed helps, or a readable file. A "
    "readable file can be read by everybody who gets at its folder, also on a stolen disk. Choose a folder "
    "only where that is shut out."
)
_SEAL_AGAIN = QT_TR_NOOP(
    "Readable pages are kept in {folder}. They are deleted there, and the paper is then only kept sealed: "
    "where the program cannot be started, only what was printed helps."
)


def _nothing() -> None:
    """The paper is no record: it is made again from the records."""

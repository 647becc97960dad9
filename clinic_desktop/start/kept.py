"""Going on with what this computer kept, where the clinic does not open."""

import logging
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure, ServerAway
from clinic_desktop.security import unlocking
from clinic_desktop.security.away import AwayDoor
from clinic_desktop.security.server_password import PasswordWanted
from clinic_desktop.security.vault import Known as KnownHere
from clinic_desktop.start.kept_here import KeptHere, kept_papers, open_kept, print_kept
from clinic_desktop.start.opening import OldCopy, Opened, open_keyed, opened_copy
from clinic_desktop.start.ways import Ways
from clinic_desktop.storage.engine import is_address
from clinic_desktop.storage.kept_copy import KeptStore
from clinic_desktop.ui import operations
from clinic_desktop.ui.fail_safe.folder import clinic_folder
from clinic_desktop.ui.fail_safe.place import paper_key
from clinic_desktop.ui.first_run.kept_page import KeptPaper
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.printers import Printed
from clinic_desktop.ui.viewed import viewed
from clinic_desktop.ui.window import Window
from clinic_desktop.ui.wording import problem_worded

_AGAIN_MS = 5_000  # until the server is asked again
_log = logging.getLogger(__name__)
_HALF_TYPED = QT_TR_NOOP(
    "The clinic opens, and what is kept is saved, once nothing is half-typed here: finish it or leave it."
)
_SOON = QT_TR_NOOP(
    "The clinic opens in this window's place, and what is kept is saved, once nobody has touched the keys or "
    "the mouse here for some seconds. Then sign in again."
)


class KeptWays(Ways):
    """Going on with what this computer kept, where the clinic does not open."""

    def __init__(self) -> None:
        super().__init__()
        self._came_in: KeptHere | None = None
        self._asks_for_server = False
        self._asked_now = False  # somebody wants to hear whether it answers
        self._touches = -1  # of the window on the copy, when the server was asked before
        self._said_of_server = ""  # since it last did not answer: once is enough
        self._server_again = QTimer(self, interval=_AGAIN_MS)
        self._server_again.timeout.connect(self._ask_for_server)

    def _go_on_kept(self) -> None:
        """By the password on a server's clinic; a file by its key, which this computer may have."""
        folder, where = self._kept_folder(), self._where
        if is_address(where):
            operations.run(self, AwayDoor(folder).people, self._ask_for_kept, self._kept_refused)
            return

        def key() -> bytes:
            found = unlocking.found_here(Path(where), self.key_file)
            if found is None:
                raise EnvironmentFailure("")
            return paper_key(found)

        operations.run(self, partial(kept_papers, folder, key), self._show_kept, self._ask_for_kept)

    def _ask_for_kept(self, people: list[KnownHere] | ClinicProblem) -> None:
        if self._start is not None:
            self._start.ask_for_kept([] if isinstance(people, ClinicProblem) else people)

    def _open_kept(self, staff_id: int, typed: str) -> None:
        folder = self._kept_folder()
        if self._start is not None:
            self._start.kept.show_trying()
        work = partial(open_kept, self._where, folder, staff_id, typed)
        operations.run(self, work, self._kept_opened, self._kept_refused, key="unlock")

    def _kept_opened(self, found: KeptHere) -> None:
        self._came_in = found
        if self._start is not None:
            self._start.show_kept(found.pages, floor=found.floor)

    def _show_kept(self, pages: list[KeptPaper]) -> None:
        self._came_in = None  # by a key that this computer has: that tells of nobody
        if self._start is not None:
            self._start.show_kept(pages)

    def _go_on_recording(self) -> None:
        """On the floor as this computer kept it."""
        came_in = self._came_in
        if came_in is not None and came_in.actor is not None and came_in.floor:
            work = partial(opened_copy, self._kept_folder(), came_in.key)
            done = partial(self._floor_opened, came_in.actor)
            operations.run(self, work, done, self._kept_refused, key="unlock")

    def _floor_opened(self, actor: Actor, opened: Opened) -> None:
        raise NotImplementedError

    # The server is back.

    def _ask_for_server(self) -> None:
        """Open the clinic, once it answers, in place of what was kept of it, or of the page which says that
        it does not."""
        if self._start is not None and self._start.waits_for_server:
            self._asked_now = False
            where, work = self._where, partial(open_keyed, self._where, self.key_file)
            opens = partial(self._answers_at_start, where)
            self._open_from_here(work, opens, self._away_at_start, key=f"open {where}")
        if self._asks_for_server or not isinstance(self._store, KeptStore):
            return
        self._asks_for_server = True
        work = partial(open_keyed, self._where, self.key_file)
        operations.run(self, work, self._server_answers, self._server_still_away, quiet=True)

    def _answers_at_start(self, where: str, opened: Opened) -> None:
        if self._start is not None and self._start.waits_for_server:
            self._open_by_itself(where, opened)
        else:
            opened.store.close()  # a dialog stands over the page

    def _away_at_start(self, problem: ClinicProblem) -> None:
        """Nothing new is to be said of it, unless somebody asked meanwhile."""
        if self._asked_now or not isinstance(problem, ServerAway):
            self._not_opened(problem)

    def _server_still_away(self, problem: ClinicProblem) -> None:
        self._asks_for_server = False
        if isinstance(problem, PasswordWanted):
            self._asks_for_server = True  # once: nobody is asked in the middle of their work
            text = tr("It asks for its password: close the program and start it again. What is kept stays.")
            self._say_of_server(tr("The server is back"), text)
        elif isinstance(problem, ServerAway):
            self._said_of_server = ""
        elif isinstance(problem, OldCopy) and self._window is not None:
            self._say_elsewhere(self._window, problem.there)
        else:
            text = f"{problem_worded(problem)} {tr('What is kept stays.')}"
            self._say_of_server(tr("The server is back, and the clinic does not open"), text)

    def _say_of_server(self, title: str, text: str) -> None:
        if self._window is not None and text != self._said_of_server:
            self._said_of_server = text
            self._window.notice(title, text, Tone.WARN)

    def _server_answers(self, opened: Opened) -> None:
        self._asks_for_server = False
        window = self._window
        kept = self._store
        if window is None or not isinstance(kept, KeptStore) or not self._may_change(window):
            opened.store.close()  # asked again soon
            return
        self._said_of_server, self._touches = "", -1
        waits, views = len(window.desk.outage.kept), viewed(window.desk).kept
        window.gate.end()
        window.fail_safe.stop()
        self._open_by_itself(self._where, opened, window)
        if self._window is not None:
            self._window.hear_failures()  # the one before heard them until it left
            viewed(self._window.desk).bring(views)  # nothing could be written from the copy
            if self._window.gate.shut:
                self._window.gate.cover.say_why(_opened_words(waits))
        kept.close()

    def _may_change(self, window: Window) -> bool:
        """Whether the clinic may be opened in place of the copy: it was said before, nothing is half-typed or
        on its way to the disk, and nobody has touched anything since the time before, whose next key would
        meet another page."""
        before, self._touches = self._touches, window.gate.idle.touches
        waits = len(window.desk.outage.kept)
        words = tr(_HALF_TYPED if window.begun(()) else _SOON)
        if waits:
            words = f"{tr('%n record(s) kept on this computer (waits|wait) to be saved.', '', waits)} {words}"
        self._say_of_server(tr("The server is back"), words)
        return not self._busy(window) and before == self._touches

    def _open_by_itself(self, where: str, opened: Opened, before: Window | None = None) -> None:
        """The clinic, which nobody asked for at this moment; in place of what was open ``before``."""
        at_work_here = QApplication.activeWindow() is not None
        self._in_place_of, self._by_itself = before, True
        self._opened(where, opened)
        self._in_place_of, self._by_itself = None, False
        if before is not None:
            self._let_go(before)
        if at_work_here and self._window is not None:  # with the window that goes, the keys would go
            self._window.activateWindow()

    def _show(self, window: Window) -> None:
        """In place of another one, where that was; by itself, never before the work of another program."""
        behind = self._by_itself and QApplication.activeWindow() is None
        window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, behind)
        if (before := self._in_place_of) is not None:
            window.setGeometry(before.geometry())
            window.setWindowState(before.windowState())
        window.show()  # as its state says

    @staticmethod
    def _settled(window: Window) -> bool:
        """Whether it hears of nothing any more that the window after it would have to know."""
        return window.desk.outage.settled and viewed(window.desk).settled

    @staticmethod
    def _bring(old: Window, window: Window) -> None:
        """What the window before could not write yet, and what nobody has looked at."""
        viewed(window.desk).bring(viewed(old.desk).kept)
        window.desk.outage.bring(old.desk.outage.returned)

    @staticmethod
    def _busy(window: Window) -> bool:
        """Whether something is half-typed or on its way to the disk."""
        return operations.saving() or window.begun(())

    def _kept_refused(self, problem: ClinicProblem) -> None:
        if self._start is not None:
            self._start.kept.show_problem(problem)

    def _print_kept(self, data: bytes, day: date) -> None:
        work, pool = (
            partial(print_kept, self._kept_folder(), self._came_in, day, data),
            operations.AT_PRINTERS,
        )
        operations.run(self, work, self._printed_kept, self._not_printed_kept, pool=pool)

    def _printed_kept(self, printed: Printed) -> None:
        if self._start is not None:
            self._start.kept.say(printed.words)

    def _not_printed_kept(self, problem: ClinicProblem) -> None:
        if self._start is not None:
            self._start.kept.say(problem_worded(problem))

    def _kept_folder(self) -> Path:
        return settings.home() / "kept" / clinic_folder(self._where)


def _opened_words(waits: int) -> str:
    """For whoever finds another page than they left."""
    back = tr("The server is back, and the clinic is open again: sign in to go on.")
    saved = tr(
        "%n record(s) kept on this computer (goes|go) to it now; Shift+F2 lists what became of it.", "", waits
    )
    return f"{back} {saved}" if waits else back

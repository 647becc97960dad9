"""What the ways of the start window stand on: the program that goes them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.foundation.server_place import ServerPlace
from clinic_desktop.start.opening import OldCopy, Opened
from clinic_desktop.storage.store import SqlStore
from clinic_desktop.ui import cups, operations
from clinic_desktop.ui.collecting import window_gone
from clinic_desktop.ui.failure import FailureHandler
from clinic_desktop.ui.first_run.window import FirstRunWindow
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.live_directory import live_directory
from clinic_desktop.ui.viewed import viewed
from clinic_desktop.ui.window import Window


class Ways(QObject):
    """The state of the running program, and what each way may ask of it."""

    def __init__(self) -> None:
        super().__init__()
        self._start: FirstRunWindow | None = None
        self._window: Window | None = None
        self._in_place_of: Window | None = None  # whose place the next one takes
        self._by_itself = False  # nobody asked for the next one at this moment
        self._store: SqlStore | None = None
        self._failures: FailureHandler | None = None
        self._say_once_open: tuple[str, str, Tone] | None = None  # title, words, how grave
        self._new_place: ServerPlace | None = None  # where a new clinic is to be made; None: on this PC
        self._where = ""  # the clinic that is open, or was to be opened; empty for the demo
        self._only_look = False  # it is opened to look at only
        self._old: OldCopy | None = None  # the clinic was to be opened there, and was moved away
        self.key_file: Path | None = None

    def _leave_window(self, doing: str) -> SqlStore | None:
        """Close the window for something that nobody may have the clinic open for; its store, to be closed
        once nothing asks it any more (:meth:`_when_quiet`). No printer is waited for: what it has comes out,
        and stands on record as unknown."""
        window, store = self._window, self._store
        if window is None or store is None:
            return None
        self.show_start()
        if self._start is not None:
            self._start.show_progress(doing)
        if self._failures is not None:
            self._failures.remove()
        self._window = self._store = self._failures = None
        self._stop_watching()
        window.fail_safe.stop()
        viewed(window.desk).finish()
        self._let_go(window)
        cups.wait_no_longer()
        return store

    @staticmethod
    def _let_go(window: Window) -> None:
        """Close a window for good, and let all that it was made of be found as garbage."""
        window.destroyed.connect(window_gone)
        window.leave()
        live_directory(window.desk).let_go()
        window.deleteLater()

    def _when_quiet(self, then: Callable[[], None]) -> None:
        """Once nothing asks the store any more."""
        if operations.running_count():
            QTimer.singleShot(50, self, partial(self._when_quiet, then))
        else:
            cups.wait_again()
            then()

    @property
    def _here(self) -> tuple[object, ...]:
        """Where whoever opens a clinic stands: what was to be opened, the window of a clinic, the page."""
        return self._where, self._window, None if self._start is None else self._start.page

    def _open_from_here(
        self,
        work: Callable[[], Opened],
        opens: Callable[[Opened], object],
        fails: Callable[[ClinicProblem], object],
        *,
        key: str,
    ) -> None:
        """Once at a time, however often Enter is pressed. Who has gone on meanwhile, to a demo clinic, say,
        is not called back, and finds no second window beside theirs."""
        here = self._here

        def came(opened: Opened) -> None:
            if self._here == here:
                opens(opened)
            else:
                opened.store.close()

        def came_not(problem: ClinicProblem) -> None:
            if self._here == here:
                fails(problem)

        operations.run(self, work, came, came_not, key=key, quiet=True)

    def show_start(self, trouble: str = "") -> None:
        raise NotImplementedError

    def open_clinic(self, where: str) -> None:
        raise NotImplementedError

    def _opened(self, where: str, opened: Opened) -> None:
        raise NotImplementedError

    def _not_opened(self, problem: ClinicProblem) -> None:
        raise NotImplementedError

    def _refused(self, problem: ClinicProblem) -> None:
        raise NotImplementedError

    def _say_elsewhere(self, window: Window, there: str) -> None:
        raise NotImplementedError

    def _stop_watching(self) -> None:
        raise NotImplementedError

"""A backup takes the clinic's place: the window closes, and opens again."""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer

from clinic_desktop.foundation.backups import Restored
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.start.ways import Ways
from clinic_desktop.storage.restoring import restore
from clinic_desktop.storage.store import SqlStore
from clinic_desktop.ui import operations
from clinic_desktop.ui.i18n import tr

_log = logging.getLogger(__name__)


class RestoreWays(Ways):
    """A backup takes the clinic's place: the window closes, and opens again."""

    def _restore(self, file: str) -> None:
        """The window closes, a backup takes the clinic's place, and the window opens again."""
        window, store = self._window, self._store
        if window is None or store is None:
            return
        actor, where = window.desk.actor, store.where
        self.show_start()
        if self._start is not None:
            self._start.show_progress(tr("Restoring the backup"))
        if self._failures is not None:
            self._failures.remove()
        self._window = self._store = self._failures = None
        self._stop_watching()
        window.fail_safe.stop()
        window.leave()
        window.deleteLater()
        self._when_quiet(partial(self._put_in_place, store, partial(restore, where, Path(file), actor)))

    def _when_quiet(self, then: Callable[[], None]) -> None:
        """Once nothing asks the store any more."""
        if operations.running_count():
            QTimer.singleShot(50, self, partial(self._when_quiet, then))
        else:
            then()

    def _put_in_place(self, store: SqlStore, work: Callable[[], Restored]) -> None:
        def closed_first() -> Restored:
            store.close()
            return work()

        operations.run(self, closed_first, self._restored, self._not_restored)

    def _restored(self, _done: Restored) -> None:
        self.open_clinic(self._where)

    def _not_restored(self, problem: ClinicProblem) -> None:
        """The clinic is as it was; it is opened again, and why is said there."""
        _log.warning("not restored: %s", type(problem).__name__)
        self._say_once_open = problem
        self.open_clinic(self._where)

"""What the ways of the start window stand on: the program that goes them."""

from pathlib import Path

from PySide6.QtCore import QObject

from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.foundation.server_place import ServerPlace
from clinic_desktop.start.opening import Opened
from clinic_desktop.storage.store import SqlStore
from clinic_desktop.ui.failure import FailureHandler
from clinic_desktop.ui.first_run.window import FirstRunWindow
from clinic_desktop.ui.window import Window


class Ways(QObject):
    """The state of the running program, and what each way may ask of it."""

    def __init__(self) -> None:
        super().__init__()
        self._start: FirstRunWindow | None = None
        self._window: Window | None = None
        self._store: SqlStore | None = None
        self._failures: FailureHandler | None = None
        self._say_once_open: ClinicProblem | None = None
        self._new_place: ServerPlace | None = None  # where a new clinic is to be made; None: on this PC
        self._where = ""  # the clinic that is open, or was to be opened; empty for the demo
        self._only_look = False  # it is opened to look at only
        self.key_file: Path | None = None

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

    def _stop_watching(self) -> None:
        raise NotImplementedError

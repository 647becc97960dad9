"""What the start window does about a server: looking, joining, making a clinic there, moving there."""

import logging
from functools import partial
from pathlib import Path

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.foundation.server_place import ServerPlace
from clinic_desktop.security import server_password
from clinic_desktop.security.server_password import PasswordWanted
from clinic_desktop.start import server_desk
from clinic_desktop.start.ways import Ways
from clinic_desktop.ui import operations
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.wording import problem_worded

_log = logging.getLogger(__name__)


class ServerWays(Ways):
    """What the start window does about a server: looking, joining, making a clinic there, moving there."""

    def show_server(self) -> None:
        """The start window at Several PCs, also where a clinic was open last."""
        self.show_start()
        if self._start is not None:
            self._start.open_server()

    @staticmethod
    def _movable() -> str:
        """The clinic's file of this PC, if it has one."""
        last = settings.last_clinic()
        return last if last and "://" not in last and Path(last).exists() else ""

    def open_on_server(self, place: ServerPlace) -> None:
        """Join: the password into the keyring, then in."""
        if self._start is not None:
            keep = partial(server_desk.keep_password, place, self._start.server.password.text())
            operations.run(self, keep, lambda _kept: self.open_clinic(place.address))

    def switch_to_desks(self, place: ServerPlace) -> None:
        """The owner makes the name that the desks work with."""
        operations.run(self, partial(server_desk.desk_name, place), self._desks_named, self._server_refused)

    def _desks_named(self, made: tuple[ServerPlace, str]) -> None:
        if self._start is not None:
            self._start.open_server()
            self._start.server.show_desks_name(*made)

    def move_to_server(self, place: ServerPlace) -> None:
        """The clinic's file of this PC to the server, then a name for the desks."""
        if self._start is not None:
            self._start.show_progress(tr("Moving the clinic, and comparing every row"))
        work = partial(server_desk.move_there, self._movable(), place, lambda _step, _done, _of: None)
        operations.run(self, work, lambda _none: self._moved_there(place), self._server_refused)

    def _moved_there(self, place: ServerPlace) -> None:
        settings.remember_clinic(place.address)
        self.switch_to_desks(place)

    def _new_on_server(self, place: ServerPlace) -> None:
        """The assistant's questions first; the clinic is then made there."""
        self._new_place = place
        if self._start is not None:
            self._start.open_assistant()

    def _server_refused(self, problem: ClinicProblem) -> None:
        _log.warning("not done on the server: %s", type(problem).__name__)
        if self._start is not None:
            self._start.show_server_problem(problem_worded(problem))

    def _password_typed(self, problem: PasswordWanted, typed: str) -> None:
        keep = partial(server_password.keep, problem.account, typed)
        operations.run(self, keep, lambda _kept: self.open_clinic(self._where))

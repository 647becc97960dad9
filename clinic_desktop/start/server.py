"""What the program does about a server: looking, joining, making a clinic there, moving there and back."""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.foundation.moving_steps import Far, Moved, Step
from clinic_desktop.foundation.server_place import ServerPlace
from clinic_desktop.security import server_password
from clinic_desktop.security.server_password import PasswordWanted
from clinic_desktop.security.unlocking import NewKeys
from clinic_desktop.start import server_desk
from clinic_desktop.start.opening import new_keys_of, open_clinic
from clinic_desktop.start.ways import Ways
from clinic_desktop.storage.engine import Sealed, Where, file_of, is_address
from clinic_desktop.storage.keyed import with_its_key
from clinic_desktop.storage.open_elsewhere import open_elsewhere
from clinic_desktop.storage.server_look import kept_how
from clinic_desktop.storage.store import SqlStore
from clinic_desktop.ui import operations
from clinic_desktop.ui.dialogs import QuestionDialog
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.several_pcs.back_page import BackWish
from clinic_desktop.ui.several_pcs.moving_words import doing, open_elsewhere_words
from clinic_desktop.ui.several_pcs.page import SWITCH
from clinic_desktop.ui.several_pcs.work import SeveralPorts
from clinic_desktop.ui.window import Window
from clinic_desktop.ui.wording import problem_worded

_log = logging.getLogger(__name__)


class ServerWays(Ways):
    """What the program does about a server: joining, a new clinic there, moving one there and back."""

    _far = Signal(object)  # Far, from the thread that moves

    def __init__(self) -> None:
        super().__init__()
        self._came_from: Where | None = None  # the clinic that the window had open, with its key
        self._came_as = PROGRAM  # who worked in it; the program where no clinic was open
        self.others_dialog: QuestionDialog | None = None  # the last question about who has the clinic open
        self._then: Callable[[], object] | None = None  # once the proof was read
        self._far.connect(self._show_far)

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

    def _start_several(self, window: Window, store: SqlStore, *, too_much: bool) -> None:
        """What the window asks about several PCs, and what it wants done."""
        where = str(store.where) if is_address(store.where) else ""
        ports = SeveralPorts(partial(kept_how, store), partial(server_desk.take_name, where))
        window.several.start(ports, too_much=too_much)
        window.several.server_wanted.connect(self._leave_for_server)
        window.several.back_wanted.connect(self._leave_for_file)
        window.several.reopen_wanted.connect(self._reopen)

    def _leave_for_server(self) -> None:
        self._close_then(tr("Closing the clinic"), self.show_server)

    def _leave_for_file(self) -> None:
        self._close_then(tr("Closing the clinic"), self._ask_back)

    def _reopen(self, address: str) -> None:
        """With another name to sign in with."""
        self._close_then(tr("Opening the clinic"), partial(self.open_clinic, address))

    def _close_then(self, said: str, then: Callable[[], None]) -> None:
        actor = self._window.desk.actor if self._window is not None else PROGRAM
        store = self._leave_window(said)
        if store is not None:
            self._came_as = actor
            self._came_from = store.where
            self._when_quiet(partial(self._close_store, store, then))

    def _close_store(self, store: SqlStore, then: Callable[[], None]) -> None:
        operations.run(self, store.close, lambda _none: then(), self._refused)

    def _left_server(self) -> None:
        """Somebody went back: into the clinic that was open, where one was."""
        here, self._came_from = self._came_from, None
        if here is not None:
            self._open_here(here)

    def _open_here(self, here: Where) -> None:
        """Open with the key that is known."""
        where = self._where = str(here) if is_address(here) else str(file_of(here))
        operations.run(self, partial(open_clinic, here), partial(self._opened, where), self._not_opened)

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

    def _show_far(self, far: Far) -> None:
        if self._start is not None:
            now = doing(far)
            self._start.show_progress(now.what, now.share, now.how_far)

    def move_to_server(self, place: ServerPlace) -> None:
        """The clinic's file of this PC to the server, its proof, then a name for the desks."""
        came_from, movable = self._came_from, self._movable()
        actor = self._came_as if came_from is not None else PROGRAM

        def here() -> Where:
            return came_from if came_from is not None else with_its_key(movable, self.key_file)

        def work() -> Moved | None:
            return server_desk.move_there(here(), place, actor, self._far.emit)

        def begin() -> None:
            self._show_far(Far(Step.BEGUN))
            old = str(file_of(came_from)) if came_from is not None else movable
            operations.run(self, work, partial(self._moved_there, place, old), self._server_refused)

        asked = partial(self._others_asked, begin)
        operations.run(self, lambda: open_elsewhere(here()), asked, self._server_refused, key="move")

    def _others_asked(self, begin: Callable[[], None], others: tuple[str, ...]) -> None:
        """The move begins at once where nobody else has the clinic open; else somebody says that it may."""
        if not others:
            begin()
        elif self._start is not None:
            title, said = open_elsewhere_words(others)
            verb, leave = tr("Move it all the same"), tr("Not yet")
            self.others_dialog = QuestionDialog.ask(
                self._start, title, said, verb, begin, danger=True, leave=leave
            )

    def _moved_there(self, place: ServerPlace, old: str = "", moved: Moved | None = None) -> None:
        self._came_from = None
        settings.remember_clinic(place.address)
        self._show_proof(moved, old, tr(SWITCH), partial(self.switch_to_desks, place))

    def _show_proof(self, moved: Moved | None, old: str, then: str, go_on: Callable[[], object]) -> None:
        """What was compared; nothing where an earlier move was only finished."""
        if moved is None or self._start is None:
            go_on()
            return
        self._then = go_on
        self._start.show_proof(moved, old, then)

    def _proof_read(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()

    def _ask_back(self) -> None:
        if self._start is not None and isinstance(self._came_from, str):
            self._start.ask_back(self._came_from, str(_free_file()))

    def _move_back(self, wish: BackWish) -> None:
        """From the server to a file of this PC, its proof, then into it."""
        address, actor = self._came_from, self._came_as
        if not isinstance(address, str):
            return

        def others() -> tuple[str, ...]:
            return server_desk.others_there(address, wish.owner)

        def work() -> tuple[Moved | None, Where]:
            keys: NewKeys | None = new_keys_of(wish.keys) if wish.keys is not None else None
            moved = server_desk.move_back(address, wish.owner, wish.file, keys, actor, self._far.emit)
            return moved, wish.file if keys is None else Sealed(wish.file, keys.data_key)

        def begin() -> None:
            self._show_far(Far(Step.BEGUN))
            operations.run(self, work, partial(self._moved_back, address), self._not_moved_back)

        asked = partial(self._others_asked, begin)
        operations.run(self, others, asked, self._not_moved_back, key="move")

    def _moved_back(self, address: str, done: tuple[Moved | None, Where]) -> None:
        moved, here = done
        self._came_from = None
        settings.remember_clinic(file_of(here))
        self._show_proof(moved, address, tr("Open the clinic here"), partial(self._open_here, here))

    def _not_moved_back(self, problem: ClinicProblem) -> None:
        _log.warning("not moved back: %s", type(problem).__name__)
        if self._start is not None:
            self._start.show_back_problem(problem_worded(problem))

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


def _free_file() -> Path:
    """Where a clinic's file may be made: the usual place, or beside what is there."""
    usual = settings.default_clinic()
    found, number = usual, 1
    while found.exists():
        number += 1
        found = usual.with_name(f"{usual.stem} {number}{usual.suffix}")
    return found

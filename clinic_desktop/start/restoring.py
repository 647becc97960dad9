"""A backup takes the clinic's place: the window closes, and opens again."""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import PROGRAM, Actor
from clinic_desktop.foundation.backups import Restored
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.foundation.server_place import Owner
from clinic_desktop.foundation.trouble import Trouble
from clinic_desktop.start.ways import Ways
from clinic_desktop.storage.engine import Where, is_address
from clinic_desktop.storage.owner import as_owner
from clinic_desktop.storage.restoring import restore
from clinic_desktop.storage.store import SqlStore
from clinic_desktop.ui import operations
from clinic_desktop.ui.banner import Banner, BannerAction
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.window import Window
from clinic_desktop.ui.wording import problem_worded

_TO_PUT_BACK = "to-put-back"
_log = logging.getLogger(__name__)


def _restored_by(owner: Owner | None, where: Where, file: Path, actor: Actor) -> Restored:
    if owner is None or not is_address(where):
        return restore(where, file, actor)
    with as_owner(where, owner) as mine:
        return restore(mine, file, actor)


class RestoreWays(Ways):
    """A backup takes the clinic's place: the window closes, and opens again."""

    def __init__(self) -> None:
        super().__init__()
        self._to_put_back = ""  # the backup that is to take the clinic's place, once that is open

    def _place_of_backup(self, trouble: Trouble) -> str:
        """The clinic that the backup which was to be opened may take the place of; empty where nobody knows
        one, and for every other trouble."""
        clinic = settings.last_clinic()
        known = trouble is Trouble.BACKUP and clinic != self._where and not is_address(clinic)
        return clinic if known else ""

    def _put_back(self) -> None:
        """The clinic opens first: what would be lost is said there, to somebody who may restore."""
        self._to_put_back = self._where
        self.open_clinic(settings.last_clinic())

    def _offer_to_look(self, window: Window) -> None:
        file, self._to_put_back = self._to_put_back, ""
        if not file:
            return

        def look() -> None:
            window.clear_banner(_TO_PUT_BACK)
            window.backups.look_into(file)

        title, text = tr("A backup is to take the clinic's place"), tr("Look first at what is in it: {file}")
        action = BannerAction(tr("Look into it"), look)
        window.show_banner(Banner(_TO_PUT_BACK, title, text.format(file=file), Tone.INFO, (action,)))

    def _restore(self, file: str, owner: Owner | None) -> None:
        """The window closes, a backup takes the clinic's place, and the window opens again."""
        actor = self._window.desk.actor if self._window is not None else PROGRAM
        store = self._leave_window(tr("Restoring the backup"))
        if store is not None:
            work = partial(_restored_by, owner, store.where, Path(file), actor)
            self._when_quiet(partial(self._put_in_place, store, work))

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
        self._say_once_open = (tr("The backup was not restored"), problem_worded(problem), Tone.DANGER)
        self.open_clinic(self._where)

"""An encrypted clinic's key, and encrypting one that is plain."""

import logging
from functools import partial
from pathlib import Path

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.security.key_slots import NotOpened
from clinic_desktop.security.recovery_key import Mistyped
from clinic_desktop.start.opening import encrypt, open_encrypted, open_typed
from clinic_desktop.start.ways import Ways
from clinic_desktop.storage.engine import Sealed
from clinic_desktop.ui import operations
from clinic_desktop.ui.first_run.keys_step import WishedKeys
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.wording import problem_worded

_log = logging.getLogger(__name__)


class KeyWays(Ways):
    """An encrypted clinic's key, and encrypting one that is plain."""

    def _ask_to_encrypt(self, where: str) -> None:
        """It was wished for in the window; it is done here, where nobody has the clinic open."""
        self._where = where
        self.show_start()
        if self._start is not None:
            self._start.ask_to_encrypt()

    def _encrypt(self, wished: WishedKeys) -> None:
        if self._start is not None:
            self._start.show_progress(tr("Encrypting the clinic"))
        work = partial(encrypt, Path(self._where), wished)
        operations.run(self, work, self._encrypted, self._not_encrypted)

    def _encrypted(self, where: Sealed) -> None:
        """It is, whatever comes of opening it."""
        operations.run(
            self, partial(open_encrypted, where), partial(self._opened, self._where), self._not_opened
        )

    def _not_encrypted(self, problem: ClinicProblem) -> None:
        if self._start is not None:
            self._start.ask_to_encrypt(problem_worded(problem))

    def _encrypt_later(self) -> None:
        settings.wish_to_encrypt("")
        self.open_clinic(self._where)

    def _try_key(self, typed: str, remember: bool) -> None:
        """A passphrase or recovery key for the clinic that was to be opened."""
        if self._start is not None:
            self._start.show_trying()
        old = self._old if self._old is not None and self._old.there == self._where else None
        opening = partial(open_typed, self._where, typed, remember, only_look=self._only_look, old=old)
        self._open_from_here(opening, partial(self._opened, self._where), self._key_refused, key="unlock")

    def _key_refused(self, problem: ClinicProblem) -> None:
        if isinstance(problem, NotOpened | Mistyped) and self._start is not None:
            self._start.ask_for_key(Path(self._where).name, problem_worded(problem))
        else:
            self._not_opened(problem)

"""The password of the clinic's database: in the system's keyring where there is one that keeps secrets as a
system should, else asked.

It is never written to a file of ours, an address, a log or a message. What was typed is held in this process
as long as it runs, so that a line that broke is made again without asking.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.security.key_places import has_keyring

SERVICE = "Clinic Desktop: database"
_log = logging.getLogger(__name__)
_lock = threading.Lock()
_typed: dict["Account", str] = {}
_kept: dict["Account", str | None] = {}  # what the keyring said: asking it can take a second


@dataclass(frozen=True, slots=True)
class Account:
    """Who signs in where; names of hosts as the address has them, several parted by commas."""

    user: str
    hosts: str
    database: str

    @property
    def name(self) -> str:
        return f"{self.user}@{self.hosts}/{self.database}"


class PasswordWanted(EnvironmentFailure):
    """The server wants another password, or one at all. ``account`` is whose."""

    def __init__(self, said: str, account: Account) -> None:
        self.account = account
        super().__init__(said)


def password(account: Account) -> str | None:
    """What to sign in with: typed since the start, or from the keyring; None leaves it to PGPASSWORD and
    PGPASSFILE. For a worker thread: a keyring may ask the person to unlock it."""
    with _lock:
        if account in _typed:
            return _typed[account]
        if account not in _kept:
            _kept[account] = _from_keyring(account)
        return _kept[account]


def use(account: Account, typed: str) -> None:
    """Sign in with this from now on, in this process."""
    with _lock:
        _typed[account] = typed


@contextmanager
def for_now(account: Account, typed: str) -> Iterator[None]:
    """Sign in with this while the block lasts, and keep it nowhere; empty: with what is known."""
    with _lock:
        before = _typed.get(account)
        if typed:
            _typed[account] = typed
    try:
        yield
    finally:
        with _lock:
            if before is not None:
                _typed[account] = before
            elif typed:
                _typed.pop(account, None)


def forget(account: Account) -> None:
    """Use no typed password any more, and ask the keyring anew."""
    with _lock:
        _typed.pop(account, None)
        _kept.pop(account, None)


def keep(account: Account, typed: str) -> bool:
    """Put a password into the keyring; False where there is none, or it refuses."""
    use(account, typed)
    if not has_keyring():
        return False
    try:
        import keyring  # noqa: PLC0415 - slow to load, seldom needed

        keyring.set_password(SERVICE, account.name, typed)
    except Exception as trouble:
        _log.warning("not kept in the keyring: %s", type(trouble).__name__)
        return False
    return True


def _from_keyring(account: Account) -> str | None:
    if not has_keyring():
        return None
    try:
        import keyring  # noqa: PLC0415 - slow to load, seldom needed

        return keyring.get_password(SERVICE, account.name)
    except Exception as trouble:
        _log.warning("the keyring did not answer: %s", type(trouble).__name__)
        return None

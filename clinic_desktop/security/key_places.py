"""Where wrapping keys are kept outside the clinic's folder: the system's keyring, or a key file."""

import os
import stat
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.foundation.private_file import sync_folder
from clinic_desktop.security.key_slots import KEY_BYTES, new_key

T = TypeVar("T")

KEY_FILE_VARIABLE = "CLINIC_DESKTOP_KEY_FILE"
_SERVICE, _FIRST_LINE = "clinic-desktop", "clinic-desktop key file 1"
_PATIENCE = 10.0  # seconds: a keyring may hang on a service that never answers
_RECOMMENDED = 1  # the library's word for a keyring that keeps secrets as a system should

NO_FILE = "The key file {name} is not there. Nothing was opened."
NOT_PRIVATE = (
    "The key file {name} can be read by others, so it was not used. Let its owner alone read it: "
    "chmod 600 {name}"
)
NOT_OWN = (
    "The key file {name} belongs to somebody else, so it was not used. Make it the property of this user."
)
NOT_ONE = "{name} is not a key file of Clinic Desktop, or it is damaged. Nothing was opened."
UNREADABLE = "The key file {name} cannot be read. Nothing was opened. Check the rights on its folder."
THERE = "There is a file called {name} already. It was left as it is. Choose another name for the key file."


class BadKeyFile(EnvironmentFailure):
    """A key file that is missing, open to others, or no key file."""


def from_keyring(clinic: str) -> bytes | None:
    """The key that this computer keeps for a clinic; None where it keeps none, or has no keyring."""
    import keyring  # noqa: PLC0415 - it takes long to load, and only a sealed clinic asks

    said = _asked(lambda: keyring.get_password(_SERVICE, clinic) if _is_good() else None)
    return _key_of(said) if said else None


def to_keyring(clinic: str, key: bytes) -> bool:
    """Keep a key in the system's keyring; False where there is none, or it did not take it."""
    import keyring  # noqa: PLC0415 - slow to load, seldom needed

    def keep() -> bool:
        if not _is_good():
            return False
        keyring.set_password(_SERVICE, clinic, key.hex())
        return keyring.get_password(_SERVICE, clinic) == key.hex()

    return bool(_asked(keep))


def forget_in_keyring(clinic: str) -> None:
    """Take a key out of the keyring, where it is."""
    import keyring  # noqa: PLC0415 - slow to load, seldom needed

    _asked(lambda: keyring.delete_password(_SERVICE, clinic))


def has_keyring() -> bool:
    """Whether the system has a keyring that keeps secrets as it should."""
    return bool(_asked(_is_good))


def _is_good() -> bool:
    import keyring  # noqa: PLC0415 - slow to load, seldom needed

    return float(keyring.get_keyring().priority) >= _RECOMMENDED


def _asked(question: Callable[[], T]) -> T | None:
    """The answer; None when the keyring fails in any way, or does not answer for long."""
    answer: list[T] = []

    def ask() -> None:
        with suppress(Exception):  # whatever a keyring raises: it keeps nothing for us
            answer.append(question())

    asking = threading.Thread(target=ask, name="keyring", daemon=True)
    asking.start()
    asking.join(_PATIENCE)
    return answer[0] if answer else None


def named_key_file(options: object) -> Path | None:
    """The key file that was named on the command line (``key_file``), else in the environment."""
    named = getattr(options, "key_file", "") or os.environ.get(KEY_FILE_VARIABLE, "")
    return Path(named) if named else None


def read_key_file(file: Path) -> bytes:
    """The key in a file that its owner alone can read; raises :class:`BadKeyFile` with what to do."""
    try:
        with file.open("rb") as opened:
            _private(file, os.fstat(opened.fileno()))
            said = opened.read(4096).decode("ascii", "replace").split("\n")
    except FileNotFoundError as failure:
        raise BadKeyFile(NO_FILE.format(name=file.name)) from failure
    except OSError as failure:
        raise BadKeyFile(UNREADABLE.format(name=file.name)) from failure
    key = _key_of(said[1]) if len(said) > 1 and said[0] == _FIRST_LINE else None
    if key is None:
        raise BadKeyFile(NOT_ONE.format(name=file.name))
    return key


def make_key_file(file: Path) -> bytes:
    """A new key in a new file that its owner alone can read; raises :class:`BadKeyFile` when one is there."""
    key = new_key()
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        number = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError as failure:
        raise BadKeyFile(THERE.format(name=file.name)) from failure
    with os.fdopen(number, "wb") as made:
        made.write(f"{_FIRST_LINE}\n{key.hex()}\n".encode())
        made.flush()
        os.fsync(made.fileno())
    sync_folder(file.parent)
    return key


def _private(file: Path, found: os.stat_result) -> None:
    if os.name == "nt":
        return  # rights are kept in another way there; the folder of a user is that user's
    if found.st_uid != os.geteuid():
        raise BadKeyFile(NOT_OWN.format(name=file.name))
    if stat.S_IMODE(found.st_mode) & 0o077:
        raise BadKeyFile(NOT_PRIVATE.format(name=file.name))


def _key_of(said: str) -> bytes | None:
    try:
        key = bytes.fromhex(said.strip())
    except ValueError:
        return None
    return key if len(key) == KEY_BYTES else None

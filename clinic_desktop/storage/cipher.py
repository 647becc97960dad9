"""What is SQLCipher's own: its driver, how it is told a key, and whether a key is a file's.

A sealed file is encrypted page by page, its journal too; each page carries a code that only its key makes.
The file begins with a salt in place of SQLite's mark. Ours is derived from the key, so that a key can be told
from another without opening anything.
"""

import hashlib
import hmac
import sqlite3
import sys
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from clinic_desktop.foundation.errors import EnvironmentFailure

KEY_BYTES = 32
PAGE = 4096
NOT_HERE = (
    "This clinic's data is encrypted, and this computer's Clinic Desktop cannot read encrypted data. "
    "It was left as it is. Open it on a computer with Windows, macOS or 64-bit Linux."
)
SENTENCES = (NOT_HERE,)
_SALT_BYTES, _CODE_BYTES = 16, 64
_PAGES_TRIED = 16


def can_seal() -> bool:
    """Whether files can be encrypted on this computer."""
    return find_spec("sqlcipher3") is not None


def driver() -> ModuleType:
    """SQLCipher's driver, which is like ``sqlite3`` but shares no class with it."""
    try:
        from sqlcipher3 import dbapi2  # type: ignore[import-untyped]  # noqa: PLC0415 - only where it is used
    except ImportError as failure:
        raise EnvironmentFailure(NOT_HERE) from failure
    return cast(ModuleType, dbapi2)


def failures() -> tuple[type[Exception], ...]:
    """What either library raises; SQLCipher's is not loaded where no file is sealed."""
    loaded = sys.modules.get("sqlcipher3.dbapi2")
    return (sqlite3.Error, loaded.Error) if loaded is not None else (sqlite3.Error,)


def connect(database: str, key: bytes, **how: Any) -> sqlite3.Connection:  # noqa: ANN401 - the driver's arguments
    """A connection that reads and writes with a key; nothing of the file is read yet."""
    line = driver().connect(database, isolation_level=None, check_same_thread=False, **how)
    try:
        # Before the key: else the library writes what it finds wrong to standard error.
        line.execute("PRAGMA cipher_log_level = NONE")
        line.execute(f'PRAGMA key = "{spelled(key)}"')
    except BaseException:
        line.close()
        raise
    return cast(sqlite3.Connection, line)


def spelled(key: bytes) -> str:
    """The key as SQLCipher is told it: raw, so that it is not stretched anew for each connection."""
    if len(key) != KEY_BYTES:
        raise ValueError("a data key has 32 bytes")
    return f"x'{key.hex()}{salt_of(key).hex()}'"


def salt_of(key: bytes) -> bytes:
    """What a file sealed with this key begins with."""
    return hmac.digest(key, b"clinic-desktop file salt", "sha256")[:_SALT_BYTES]


def has_salt(path: Path, key: bytes) -> bool:
    """Whether the file begins as one of this key does."""
    with path.open("rb") as file:
        return hmac.compare_digest(file.read(_SALT_BYTES), salt_of(key))


def fits(path: Path, key: bytes) -> bool:
    """Whether the key is this file's, damaged or not: its beginning or any of its first pages says so.

    Without one that does, either the key is another's or nothing that was looked at is sound.
    """
    if has_salt(path, key):
        return True
    salt = salt_of(key)
    code = hashlib.pbkdf2_hmac("sha512", key, bytes(byte ^ 0x3A for byte in salt), 2, KEY_BYTES)
    pages = path.stat().st_size // PAGE
    with path.open("rb") as file:
        for number in range(1, min(pages, _PAGES_TRIED) + 1):
            page = file.read(PAGE)
            start = _SALT_BYTES if number == 1 else 0
            said = page[start:-_CODE_BYTES] + number.to_bytes(4, "little")
            if hmac.compare_digest(hmac.digest(code, said, "sha512"), page[-_CODE_BYTES:]):
                return True
    return False


def unsound_pages(line: sqlite3.Connection) -> list[str]:
    """Pages whose code does not hold, in SQLCipher's words. The journal is not looked at."""
    return [str(said) for (said,) in line.execute("PRAGMA cipher_integrity_check")]

"""The seal on the trail of a file: whoever rewrites the trail without this computer's key is found out.

The trail's own hashes hold its rows together, but who owns the file can reckon them all anew. The seal is an
HMAC over the number and the hash of the last row, written with each commit, and its key is not in the file.
"""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from clinic_desktop.foundation import settings
from clinic_desktop.storage.engine import Sealed, Where, file_of, is_address

NO_SEALS = "{}"
_FOLDER = "trail-keys"
_PURPOSE, _NAME = b"clinic-desktop: seal of the audit trail, 1", b"name"
_KEY_BYTES = 32

HashOf = Callable[[int], str | None]


class Seal:
    """One key. ``expected``: the trail must carry its seal already. A new key is made ready (``keep``) before
    its first seal, and is expected from when that is durable (``kept``): a desk that dies in between has
    sealed nothing, and must miss no seal. Nothing shows the key."""

    def __init__(
        self,
        key: bytes,
        *,
        expected: bool = False,
        keep: Callable[[], bytes | None] | None = None,
        kept: Callable[[], object] | None = None,
    ) -> None:
        self._expected, self._keep, self._kept = expected, keep, kept
        self._take(key)

    def _take(self, key: bytes) -> None:
        self._key = key
        #: What stands beside the seal, so that two computers' seals are told apart.
        self.name = hmac.digest(key, _NAME, "sha256").hex()[:12]

    def __repr__(self) -> str:
        return f"Seal({self.name})"

    def begins_anew(self) -> None:
        """A trail without this seal is one that never had it."""
        self._expected = False

    def mark(self, number: int, hashed: str) -> str:
        return hmac.digest(self._key, f"{number}:{hashed}".encode(), "sha256").hex()

    def trouble(self, seals: str, head: int, hash_of: HashOf) -> str:
        """What is wrong with the seal on a trail whose last row is ``head``, in words; else empty."""
        there = _read(seals)
        mine = there.get(self.name)
        if mine is None:
            return "The trail's seal is gone." if self._expected and head else ""
        number, mark = mine
        hashed = hash_of(number)
        if number > head or hashed is None:
            return f"The trail was sealed at entry {number}, and ends before it."
        if mark != self.mark(number, hashed):
            return f"The trail's seal does not hold: what is before entry {number + 1} was rewritten."
        if number < head and all(other < head for other, _ in there.values()):
            return f"What was written after entry {number} was written without a seal."
        return ""

    def renewed(self, seals: str, head: tuple[int, str], last: tuple[int, str], hash_of: HashOf) -> str:
        """The seals with this one on the ``last`` row. One that does not hold at the ``head`` before it is
        left as it is, so that it is found out later too."""
        number, hashed = head
        there = _read(seals)
        if there.get(self.name) != (number, self.mark(number, hashed)) and self.trouble(
            seals, number, lambda asked: hashed if asked == number else hash_of(asked)
        ):
            return seals
        if self._keep is not None:
            keep, self._keep = self._keep, None
            kept = keep()
            if kept is None:
                self._kept = None
                return seals
            if kept != self._key:  # another window was quicker: one computer seals a clinic by one key
                self._take(kept)
                return self.renewed(seals, head, last, hash_of)
        there[self.name] = last[0], self.mark(*last)
        return json.dumps(there)

    def is_durable(self) -> None:
        """What it sealed was committed."""
        if self._kept is not None and self._keep is None:
            kept, self._kept = self._kept, None
            kept()
            self._expected = True


def _read(seals: str) -> dict[str, tuple[int, str]]:
    """By the name of its key: number and mark. What is no seal is none."""
    try:
        found = json.loads(seals)
        return {str(name): (int(number), str(mark)) for name, (number, mark) in found.items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def derived(data_key: bytes) -> Seal:
    """The seal of an encrypted clinic: its key follows from the one that the data is encrypted with (HKDF's
    second half; a random key needs no first)."""
    return Seal(hmac.digest(data_key, _PURPOSE + b"\x01", "sha256"))


def seal_of(where: Where, *, new: bool = False) -> Seal | None:
    """The seal for whoever writes there. On a server nobody needs one: the desks cannot rewrite the trail."""
    if is_address(where):
        return None
    return derived(where.key) if isinstance(where, Sealed) else _of_file(file_of(where), new=new)


def seal_of_restored(where: Where) -> Seal | None:
    """The seal for what is put in that place from a backup, which may be of a time, or of a computer, that
    had another key: there it begins anew. One of this key that does not hold is found out as ever."""
    seal = seal_of(where)
    if seal is not None:
        seal.begins_anew()
    return seal


def known_seal_of(where: Where) -> Seal | None:
    """The same, where this computer has sealed the clinic before; nothing is made."""
    if is_address(where):
        return None
    return derived(where.key) if isinstance(where, Sealed) else _known(file_of(where))


def _of_file(path: Path, *, new: bool) -> Seal | None:
    """The seal of a plain file by this computer's own key for it, which lies in the program's home, for this
    user alone. None where no key can be kept. ``new``: a clinic is just made there."""
    try:
        file = _key_file(path)
        if new:
            _forget(file)
        if (known := _known(path)) is not None:
            return known
    except OSError:
        return None
    ready = _ready_file(file)
    key = _key_in(ready) or secrets.token_bytes(_KEY_BYTES)  # one that was not used for long enough goes on
    return Seal(key, keep=lambda: _kept(file, key), kept=lambda: _expect(file))


def _ready_file(file: Path) -> Path:
    return file.with_suffix(".new")


def _forget(file: Path) -> None:
    for one in (file, _ready_file(file)):
        one.unlink(missing_ok=True)


def _expect(file: Path) -> None:
    with suppress(OSError):  # another window did
        _ready_file(file).replace(file)


def _known(path: Path) -> Seal | None:
    key = _key_in(_key_file(path))
    return None if key is None else Seal(key, expected=True)


def _key_in(file: Path) -> bytes | None:
    try:
        key = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return key if len(key) == _KEY_BYTES else None


def _key_file(path: Path) -> Path:
    place = hashlib.sha256(str(path.absolute().resolve()).encode()).hexdigest()
    return settings.home() / _FOLDER / f"{place[:24]}.key"


def _kept(file: Path, key: bytes) -> bytes | None:
    """Make a new key ready, and say by which the clinic is sealed: that of another window that was quicker.
    None where none can be kept."""
    ready = _ready_file(file)
    try:
        if (others := _key_in(file)) is not None:
            return others
        file.parent.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(ready, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(key)
    except FileExistsError:
        return _key_in(ready) or _key_in(file)
    except OSError:
        return None
    return key

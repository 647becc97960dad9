"""The mark on the trail of a file: whoever rewrites the trail without this computer's key is found out.

The trail's own hashes hold its rows together, but who owns the file can reckon them all anew. The mark is an
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

NO_MARKS = "{}"
_FOLDER = "trail-keys"
_PURPOSE, _NAME = b"clinic-desktop: mark of the audit trail, 1", b"name"
_KEY_BYTES = 32

HashOf = Callable[[int], str | None]


class TrailMark:
    """One key. ``expected``: the trail must carry its mark already. A new key is made ready (``keep``) before
    its first mark, and is expected from when that is durable (``kept``): a desk that dies in between has
    marked nothing, and must miss no mark. Nothing shows the key."""

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
        #: What stands beside the mark, so that two computers' marks are told apart.
        self.name = hmac.digest(key, _NAME, "sha256").hex()[:12]

    def __repr__(self) -> str:
        return f"TrailMark({self.name})"

    def begins_anew(self) -> None:
        """A trail without this mark is one that never had it."""
        self._expected = False

    def of(self, number: int, hashed: str) -> str:
        return hmac.digest(self._key, f"{number}:{hashed}".encode(), "sha256").hex()

    def trouble(self, marks: str, head: int, hash_of: HashOf) -> str:
        """What is wrong with the mark on a trail whose last row is ``head``, in words; else empty."""
        there = _read(marks)
        mine = there.get(self.name)
        if mine is None:
            return "The trail's mark is gone." if self._expected and head else ""
        number, code = mine
        hashed = hash_of(number)
        if number > head or hashed is None:
            return f"The trail was marked at entry {number}, and ends before it."
        if code != self.of(number, hashed):
            return f"The trail's mark does not hold: what is before entry {number + 1} was rewritten."
        if number < head and all(other < head for other, _ in there.values()):
            return f"What was written after entry {number} was written without a mark."
        return ""

    def renewed(
        self, marks: str, head: tuple[int, str], last: tuple[int, str], hash_of: HashOf, *, anew: bool = False
    ) -> str:
        """The marks with this one on the ``last`` row. One that does not hold at the ``head`` before it is
        left as it is, so that it is found out later too; ``anew``: but for that row, which accepts it."""
        number, hashed = head
        there = _read(marks)
        if (
            not anew
            and there.get(self.name) != (number, self.of(number, hashed))
            and self.trouble(marks, number, lambda asked: hashed if asked == number else hash_of(asked))
        ):
            return marks
        if self._keep is not None:
            keep, self._keep = self._keep, None
            kept = keep()
            if kept is None:
                self._kept = None
                return marks
            if kept != self._key:  # another window was quicker: one computer marks a clinic by one key
                self._take(kept)
                return self.renewed(marks, head, last, hash_of, anew=anew)
        there[self.name] = last[0], self.of(*last)
        return json.dumps(there)

    def is_durable(self) -> None:
        """What it marked was committed."""
        if self._kept is not None and self._keep is None:
            kept, self._kept = self._kept, None
            kept()
            self._expected = True


def _read(marks: str) -> dict[str, tuple[int, str]]:
    """By the name of its key: number and code. What is no mark is none."""
    try:
        found = json.loads(marks)
        return {str(name): (int(number), str(code)) for name, (number, code) in found.items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def derived(data_key: bytes) -> TrailMark:
    """The mark of an encrypted clinic: its key follows from the one that the data is encrypted with (HKDF's
    second half; a random key needs no first)."""
    return TrailMark(hmac.digest(data_key, _PURPOSE + b"\x01", "sha256"))


def mark_of(where: Where, *, new: bool = False) -> TrailMark | None:
    """The mark for whoever writes there. On a server nobody needs one: the desks cannot rewrite the trail."""
    if is_address(where):
        return None
    return derived(where.key) if isinstance(where, Sealed) else _of_file(file_of(where), new=new)


def mark_of_restored(where: Where) -> TrailMark | None:
    """The mark for what is put in that place from a backup, which may be of a time, or of a computer, that
    had another key: there it begins anew. One of this key that does not hold is found out as ever."""
    mark = mark_of(where)
    if mark is not None:
        mark.begins_anew()
    return mark


def known_mark_of(where: Where) -> TrailMark | None:
    """The same, where this computer has marked the clinic before; nothing is made."""
    if is_address(where):
        return None
    return derived(where.key) if isinstance(where, Sealed) else _known(file_of(where))


def _of_file(path: Path, *, new: bool) -> TrailMark | None:
    """The mark of a plain file by this computer's own key for it, which lies in the program's home, for this
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
    return TrailMark(key, keep=lambda: _kept(file, key), kept=lambda: _expect(file))


def _ready_file(file: Path) -> Path:
    return file.with_suffix(".new")


def _forget(file: Path) -> None:
    for one in (file, _ready_file(file)):
        one.unlink(missing_ok=True)


def _expect(file: Path) -> None:
    with suppress(OSError):  # another window did
        _ready_file(file).replace(file)


def _known(path: Path) -> TrailMark | None:
    key = _key_in(_key_file(path))
    return None if key is None else TrailMark(key, expected=True)


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
    """Make a new key ready, and say by which the clinic is marked: that of another window that was quicker.
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

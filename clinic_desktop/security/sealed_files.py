"""What a computer keeps for itself sealed: AES-GCM with a key that is not beside it."""

import os
import secrets
import struct
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path

from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.foundation.private_file import sync_folder, write_private

KEY_BYTES = 32
_NONCE, _TAG, _LENGTH = 12, 16, struct.Struct(">I")
_LEAST, _MOST = _NONCE + _TAG, 1 << 24  # bytes of one entry: a length beyond them is damage
_ASIDE = " set aside "
_NOT_OPENED = (
    "What this computer kept ({name}) cannot be opened with this key, or it is damaged. It was left as it "
    "is. Sign in with the password that was in use when it was written, or ask who looks after the computer."
)


def new_key() -> bytes:
    """32 random bytes."""
    return os.urandom(KEY_BYTES)


def seal(key: bytes, data: bytes, about: str) -> bytes:
    """The data, readable only with the key and the same ``about``: what it is, so that one sealed thing never
    passes for another."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - 20 ms, only where it is used

    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data, about.encode())


def unseal(key: bytes, sealed: bytes, about: str) -> bytes:
    """The data again. Raises :class:`EnvironmentFailure` for another key, another ``about`` or damage."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - slow to load, seldom needed
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - slow to load, seldom needed

    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], about.encode())
    except (InvalidTag, ValueError) as failure:
        raise EnvironmentFailure(_NOT_OPENED.format(name=about)) from failure


class Journal:
    """A file that entries are only added to, each sealed with its place in the file, so that none is left
    out, doubled or moved unseen. An entry is on the disk once :meth:`add` has returned.

    Only what a crash left of one entry at the end, which nobody was told is kept, is taken away, and it stays
    beside the file: half of it, or zeros where a file system had the size and not yet the data. Where more
    does not fit together, the file is left as it is until it is :meth:`set_aside`.
    """

    def __init__(self, file: Path, key: bytes, about: str) -> None:
        self._file, self._key, self._about = file, key, about

    def add(self, entry: bytes) -> None:
        """Raises ``OSError``, and :class:`EnvironmentFailure` where nobody can tell where the file ends; then
        nothing of it counts."""
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _alone(self._file.parent):
            self._add(entry)

    def _add(self, entry: bytes) -> None:
        new = not self._file.exists()
        number = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(number, "r+b") as file:
            data = file.read()
            there, torn = self._parted(data)
            if torn:
                self._opened(there)
                self._keep_aside(torn)
            sealed = seal(self._key, entry, self._place(len(there)))
            file.seek(len(data) - len(torn))
            file.truncate()
            file.write(_LENGTH.pack(len(sealed)) + sealed)
            file.flush()
            os.fsync(file.fileno())
        if new:
            sync_folder(self._file.parent)

    def entries(self) -> list[bytes]:
        """Every entry, in the order in which they were added. Raises :class:`EnvironmentFailure`."""
        try:
            data = self._file.read_bytes()
        except FileNotFoundError:
            return []
        return self._opened(self._parted(data)[0])

    def how_many(self) -> int:
        """Entries that lie there, whoever can open them: as many as can be counted. Raises ``OSError``."""
        try:
            return len(self._parted(self._file.read_bytes())[0])
        except FileNotFoundError:
            return 0
        except EnvironmentFailure:  # damaged: at least the one that cannot be passed over
            return 1

    @contextmanager
    def turn(self) -> Iterator[None]:
        """While no other program of this computer saves what it has read there, too. Entries are added and
        struck out meanwhile. Where nothing can be held, it goes on without."""
        beside = self._file.parent.parent  # their own folder is held for each entry
        with ExitStack() as held:
            with suppress(OSError):
                held.enter_context(_alone(beside))
            yield

    def set_aside(self) -> None:
        """Where it cannot be opened: under another name, as it is, so that what is added is read again, after
        each entry in it that does open. Raises ``OSError``; then it lies where it lay."""
        with _alone(self._file.parent):
            try:
                self.entries()  # another program may have done so meanwhile
            except EnvironmentFailure:
                taken = {one.name for one in self.aside()}
                names = (f"{self._file.name}{_ASIDE}{number}" for number in count(1))
                aside = self._file.with_name(next(one for one in names if one not in taken))
                data = self._file.read_bytes()
                if whole := self._that_open(data)[0]:
                    write_private(aside, data, on_disk=True)
                    self.renew(whole)
                else:
                    self._file.rename(aside)

    def aside(self) -> list[Path]:
        """What was set aside and lies there still."""
        return sorted(self._file.parent.glob(f"{self._file.name}{_ASIDE}*"))

    def missing(self) -> int:
        """How many entries, at least, were not given back of what was set aside. Raises ``OSError``."""
        return sum(self._that_open(one.read_bytes())[1] for one in self.aside())

    def strike_out(self, left: Callable[[list[bytes]], list[bytes]]) -> None:
        """What ``left`` leaves of all that is there, also by another program meanwhile."""
        if self._file.exists():
            with _alone(self._file.parent):
                there, torn = self._parted(self._file.read_bytes())
                entries = self._opened(there)
                if torn:
                    self._keep_aside(torn)
                self.renew(left(entries))

    def renew(self, entries: list[bytes]) -> None:
        """These instead, whole or not at all; none takes the file away."""
        if not entries:
            self._file.unlink(missing_ok=True)
            return
        sealed = (seal(self._key, one, self._place(number)) for number, one in enumerate(entries))
        data = b"".join(_LENGTH.pack(len(one)) + one for one in sealed)
        write_private(self._file, data, on_disk=True)

    def _keep_aside(self, torn: bytes) -> None:
        aside = self._file.with_name(f"{self._file.name} cut off {secrets.token_hex(4)}")
        write_private(aside, torn, on_disk=True)

    def _place(self, number: int) -> str:
        return f"{self._about} {number}"

    def _opened(self, there: list[bytes]) -> list[bytes]:
        return [unseal(self._key, one, self._place(number)) for number, one in enumerate(there)]

    def _that_open(self, data: bytes) -> tuple[list[bytes], int]:
        """Of damaged data each entry that opens at its place, and how many do not. Behind a length that is
        damaged nobody knows how many there were: they count as one."""
        found: list[bytes] = []
        at = number = 0
        while at + _LENGTH.size <= len(data) and (length := _length(data, at)):
            at += _LENGTH.size
            with suppress(EnvironmentFailure):
                found.append(unseal(self._key, data[at : at + length], self._place(number)))
            at, number = at + length, number + 1
        return found, number - len(found) + any(data[at:])

    def _parted(self, data: bytes) -> tuple[list[bytes], bytes]:
        """The sealed entries that are there whole, and what a crash left of one more: it runs past the end,
        or ends in zeros. Raises :class:`EnvironmentFailure` where a length is damaged, which may look like
        that."""
        there: list[bytes] = []
        at, written = 0, len(data.rstrip(b"\0"))
        while at + _LENGTH.size <= len(data) and at < written:
            begins = at + _LENGTH.size
            ends = begins + _length(data, at)
            if ends == begins or (ends > len(data) and self._is_whole(data[begins:], len(there))):
                raise EnvironmentFailure(_NOT_OPENED.format(name=self._about))
            if ends > len(data):
                break
            there.append(data[begins:ends])
            at = ends
        if there and at >= written and not any(there[-1][-_TAG:]):  # no seal ends so
            at -= _LENGTH.size + len(there.pop())
        return there, data[at:]

    def _is_whole(self, rest: bytes, number: int) -> bool:
        """Whether it begins with a whole entry after all, with nothing or others after it up to the end."""
        for end in range(_LEAST, len(rest) + 1):
            if _leads_to_the_end(rest, end):
                with suppress(EnvironmentFailure):
                    unseal(self._key, rest[:end], self._place(number))
                    return True
        return False


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """While no other program of this computer changes what is kept there. Where the system knows no such
    lock, it goes on without."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - only there

        with (folder / ".lock").open("a+b") as held:
            with suppress(OSError):
                held.seek(0)
                msvcrt.locking(held.fileno(), msvcrt.LK_LOCK, 1)  # let go of when it is closed
            yield
    else:
        import fcntl  # noqa: PLC0415 - only there

        number = os.open(folder, os.O_RDONLY)
        try:
            with suppress(OSError):
                fcntl.flock(number, fcntl.LOCK_EX)
            yield
        finally:
            os.close(number)


def _length(data: bytes, at: int) -> int:
    """What stands there as the length of an entry; 0 where none is so long."""
    (length,) = _LENGTH.unpack_from(data, at)
    return int(length) if _LEAST <= length <= _MOST else 0


def _leads_to_the_end(data: bytes, at: int) -> bool:
    """Whether entries follow there up to the very end; so do none at the end."""
    while at + _LENGTH.size <= len(data) and (length := _length(data, at)):
        at += _LENGTH.size + length
    return at == len(data)

"""From where a clinic is to what opens it: with its key where it is sealed; a backup of it the same."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from clinic_desktop.foundation.clock import Clock
from clinic_desktop.foundation.errors import ClinicProblem, StoreRefused
from clinic_desktop.security import key_slots, unlocking
from clinic_desktop.security.key_slots import NotOpened, SlotsLost, slots_file
from clinic_desktop.security.recovery_key import Mistyped
from clinic_desktop.security.unlocking import NewKeys
from clinic_desktop.storage import cipher, look, schema
from clinic_desktop.storage.engine import Sealed, Where, file_of, is_address, real_file
from clinic_desktop.storage.failures import worded
from clinic_desktop.storage.store import SqlStore, open_store

LOCKED_BACKUP = (
    "{name} is encrypted, and nothing here opens it. Nothing was changed. Type the passphrase or the "
    "recovery key of its clinic."
)
LOCKED_THERE = (
    "{name}, which is there now, is encrypted, and what opens the backup does not open it. Nothing was "
    "changed. Type what opens {name}, or move it and {slots} to another folder first."
)

Ask = Callable[[str], str]
"""What somebody types to open the file of that name; empty where nobody is asked."""


def _nobody(_name: str) -> str:
    return ""


def with_its_key(where: str, key_file: Path | None = None) -> Where:
    """A path or address as the store takes it: a sealed file with the key that this computer's keyring or the
    key file has for it. Not for the GUI thread.

    Raises :class:`~clinic_desktop.storage.look.Locked` where a person must be asked.
    """
    if is_address(where):
        return where
    path = real_file(Path(where))
    if not look.is_sealed(path):
        return path
    key = unlocking.found_here(path, key_file)
    if key is None:
        raise look.Locked(look.LOCKED.format(name=path.name))
    return Sealed(path, key)


def to_restore(
    where: str, backup: Path, key_file: Path | None = None, typed: str = "", ask: Ask = _nobody
) -> tuple[Where, Path | Sealed]:
    """The place of a clinic, which may be damaged or gone, and a backup that is to be put there, each with
    what opens it: this computer's keyring, the key file, what was ``typed``, or what somebody says when
    asked. A plain one needs nothing. Not for the GUI thread.

    Raises :class:`KeyWanted` where none does, :class:`NotOpened` where what was typed does not.
    """
    if is_address(where):
        return where, backup
    path = real_file(Path(where))
    place = _place(path, key_file, typed)
    try:
        opened = opened_backup(backup, place, key_file, typed)
    except (look.Locked, NotOpened):
        if typed or not (said := ask(backup.name)):
            raise
        place = _place(path, key_file, said)  # it may be the word of now, which is not the backup's
        opened = opened_backup(backup, place, key_file, said)
    if isinstance(place, Path) and is_another(path, opened) and (said := ask(path.name)):
        place = Sealed(path, unlocking.opened_by(path, said))
    opened_or_refused(place, opened)
    return place, opened


def opened_backup(file: Path, place: Where, key_file: Path | None = None, typed: str = "") -> Path | Sealed:
    """A backup with what opens it: the key of the clinic, else what opens the slots beside the backup. Raises
    as :func:`to_restore` does."""
    if is_address(place) or not file.is_file():
        return file
    with worded():
        if isinstance(place, Sealed) and not look.is_plain(file) and cipher.fits(file, place.key):
            return Sealed(file, place.key)
    if not look.is_sealed(file):
        return file
    key = _key_of(file, key_file, typed)
    if key is None:
        raise look.Locked(LOCKED_BACKUP.format(name=file.name))
    return Sealed(file, key)


def _place(path: Path, key_file: Path | None, typed: str) -> Path | Sealed:
    """With its key where its slots open; they may lie there alone."""
    with suppress(SlotsLost, NotOpened, Mistyped):  # what was typed may be the backup's
        if slots_file(path).exists() and not _plain_there(path):
            key = _key_of(path, key_file, typed)
            return path if key is None else Sealed(path, key)
    return path


def _plain_there(path: Path) -> bool:
    with suppress(ClinicProblem):  # it cannot be read, and is for whoever restores to keep aside
        return look.is_plain(path)
    return False


def _key_of(file: Path, key_file: Path | None, typed: str) -> bytes | None:
    try:
        found = unlocking.found_here(file, key_file)
    except NotOpened:  # a key file of another clinic; what was typed may open this one
        if not typed:
            raise
        found = None
    return unlocking.opened_by(file, typed) if found is None and typed else found


def opened_or_refused(place: Where, backup: Path | Sealed) -> None:
    """Refuse to replace an encrypted clinic that was not opened by a plain one, or by one with other keys."""
    path = file_of(place)
    if not isinstance(place, Sealed) and is_another(path, backup):
        raise look.Locked(LOCKED_THERE.format(name=path.name, slots=slots_file(path).name))


def is_another(path: Path, backup: Path | Sealed) -> bool:
    """Whether the clinic that is there is sealed with another key than the backup's, as far as is known."""
    with suppress(ClinicProblem, OSError):
        if not look.is_sealed(path):
            return False
        if isinstance(backup, Path):
            return True
        if cipher.fits(path, backup.key):
            return False
        return key_slots.read(path).clinic != key_slots.read(backup.path).clinic
    return False


def new_store(path: Path, keys: NewKeys | None, clock: Clock | None = None) -> SqlStore:
    """Make an empty clinic: sealed with these keys, whose slots lie beside it before it is there; or plain.

    Raises :class:`StoreRefused` when there is one, or slots that may open copies of another.
    """
    if path.exists() and path.stat().st_size:
        raise StoreRefused(schema.THERE_ALREADY)
    if keys is None:
        return open_store(path, clock, make=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    key_slots.write_new(path, keys.slots)
    try:
        return open_store(Sealed(path, keys.data_key), clock, make=True)
    except BaseException:
        if not look.is_sealed(path):  # else it was made, and they are all that opens it
            key_slots.take_away(path, keys.slots)
        raise

"""From where a clinic is to what opens it: with its key where it is sealed."""

from pathlib import Path

from clinic_desktop.foundation.clock import Clock
from clinic_desktop.foundation.errors import StoreRefused
from clinic_desktop.security import key_slots, unlocking
from clinic_desktop.security.unlocking import NewKeys
from clinic_desktop.storage import look, schema
from clinic_desktop.storage.engine import Sealed, Where
from clinic_desktop.storage.store import SqlStore, open_store


def with_its_key(where: str, key_file: Path | None = None) -> Where:
    """A path or address as the store takes it: a sealed file with the key that this computer's keyring or the
    key file has for it. Not for the GUI thread.

    Raises :class:`~clinic_desktop.storage.look.Locked` where a person must be asked.
    """
    if "://" in where:
        return where
    path = Path(where)
    if not look.is_sealed(path):
        return path
    key = unlocking.found_here(path, key_file)
    if key is None:
        raise look.Locked(look.LOCKED.format(name=path.name))
    return Sealed(path, key)


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

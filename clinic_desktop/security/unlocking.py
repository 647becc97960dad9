"""A clinic's data key: made, found on this computer, or opened by what was typed. Not for the GUI thread."""

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from clinic_desktop.security import key_places, key_slots
from clinic_desktop.security.key_slots import Kind, NotOpened, Slots
from clinic_desktop.security.recovery_key import Mistyped, looks_like_one


@dataclass(frozen=True, slots=True)
class NewKeys:
    """The keys of a clinic that is to be made; written by :func:`write`. None is shown but the recovery
    key, by whoever prints it."""

    data_key: bytes = field(repr=False)
    slots: Slots
    recovery_key: str = field(repr=False)

    def write(self, clinic: Path) -> None:
        """Put the slots beside the place of the clinic, before the clinic is made. Raises ``OSError``."""
        key_slots.write(clinic, self.slots)


def new_keys(
    passphrase: str = "", *, recovery_key: str = "", remembered: bool = False, key_file: Path | None = None
) -> NewKeys:
    """Keys with a recovery key, a new one or the one that was shown already, and what else is asked for: a
    passphrase, a slot of this computer's keyring, a key file, which is made where there is none.

    Raises :class:`NotOpened` for a short passphrase, and a bad key file's failure.
    """
    data_key = key_slots.new_key()
    slots, recovery_key = key_slots.with_recovery_key(key_slots.new_slots(), data_key, recovery_key)
    if passphrase:
        slots = key_slots.with_passphrase(slots, data_key, passphrase)
    if key_file is not None:
        slots = with_key_file(slots, data_key, key_file)
    if remembered:
        slots = _remembered(slots, data_key) or slots
    return NewKeys(data_key, slots, recovery_key)


def with_key_file(slots: Slots, data_key: bytes, file: Path) -> Slots:
    """The slots with one for a key file, which is made where there is none."""
    wrapping = key_places.read_key_file(file) if file.exists() else key_places.make_key_file(file)
    return key_slots.with_wrapping_key(slots, data_key, Kind.KEY_FILE, wrapping)


def found_here(clinic: Path, key_file: Path | None = None) -> bytes | None:
    """The data key by this computer's keyring, else by a key file; None where a person must be asked.

    A key file that was named and does not open the clinic is told, and nobody is asked.
    """
    slots = key_slots.read(clinic)
    if slots.slot(Kind.KEYRING) is not None and (wrapping := key_places.from_keyring(slots.clinic)):
        opened = key_slots.opened_by_wrapping_key(slots, Kind.KEYRING, wrapping)
        if opened is not None:
            return opened
    if key_file is None:
        return None
    opened = key_slots.opened_by_wrapping_key(slots, Kind.KEY_FILE, key_places.read_key_file(key_file))
    if opened is None:
        raise NotOpened(key_slots.WRONG_FILE)
    return opened


def opened_by(clinic: Path, typed: str) -> bytes:
    """The data key by a passphrase or a recovery key, whichever was typed; raises :class:`NotOpened`."""
    slots = key_slots.read(clinic)
    if not looks_like_one(typed):
        return key_slots.opened_by_passphrase(slots, typed)
    try:
        return key_slots.opened_by_recovery_key(slots, typed)
    except Mistyped:
        with suppress(NotOpened):  # a passphrase may happen to look like a recovery key
            return key_slots.opened_by_passphrase(slots, typed)
        raise


def remember(clinic: Path, data_key: bytes) -> bool:
    """Let this computer's keyring open the clinic from now on; False where it has none."""
    slots = _remembered(key_slots.read(clinic), data_key)
    if slots is None:
        return False
    key_slots.write(clinic, slots)
    return True


def forget(clinic: Path) -> None:
    """Ask from now on: the keyring opens the clinic no longer."""
    slots = key_slots.read(clinic)
    key_slots.write(clinic, key_slots.without(slots, Kind.KEYRING))
    key_places.forget_in_keyring(slots.clinic)


def _remembered(slots: Slots, data_key: bytes) -> Slots | None:
    # The key that is there opens the copies beside older backups too.
    wrapping = key_places.from_keyring(slots.clinic)
    if wrapping is None:
        wrapping = key_slots.new_key()
        if not key_places.to_keyring(slots.clinic, wrapping):
            return None
    return key_slots.with_wrapping_key(slots, data_key, Kind.KEYRING, wrapping)

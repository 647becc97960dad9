"""The slots beside a sealed clinic: its random data key, wrapped once for each way to open it.

``clinic.sqlite.keys`` is JSON. Each slot holds the data key under AES-GCM, bound to the clinic's number and
to the slot's kind; so that no slot can be taken for another, or for another clinic's. What opens a slot is
never in the file: a key in the system's keyring, a passphrase (argon2id), the printed recovery key, or a key
file. Everything here is pure but :func:`read` and :func:`write`.
"""

import base64
import hashlib
import json
import secrets
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from clinic_desktop.foundation.errors import EnvironmentFailure, StoreRefused
from clinic_desktop.foundation.private_file import write_private, write_private_new
from clinic_desktop.security.recovery_key import new_recovery_key, read_recovery_key

KEY_BYTES, SHORTEST = 32, 12
_NONCE, _SALT, _FORMAT = 12, 16, 1
_MOST_MEMORY, _MOST_PASSES, _MOST_LANES = (
    2**20,
    64,
    64,
)  # a file that was tampered with may not eat the computer

LOST = (
    "{name} is missing, and without it this clinic's data cannot be opened. Every backup has a copy of it: "
    "put one beside the clinic's data under this name. Nothing was changed."
)
BROKEN = (
    "{name} is damaged, and without it this clinic's data cannot be opened. Every backup has a copy of it: "
    "put one beside the clinic's data under this name. Nothing was changed."
)
THERE = (
    "{name} is there already, and may be all that opens the backups of another clinic. Nothing was changed. "
    "Move it to a safe place first, or choose another place."
)
NEWER = "{name} was made by a newer Clinic Desktop. Nothing was changed. Update the program on this computer."
WRONG_PASSPHRASE = "This passphrase does not open the clinic. Look at capitals and the keyboard's language."  # noqa: S105 - a sentence
NO_PASSPHRASE = "This clinic has no passphrase. Type the recovery key that was printed."  # noqa: S105 - a sentence
WRONG_RECOVERY = (
    "This recovery key is typed right, but it is not this clinic's, or it was replaced by a newer one."
)
WRONG_FILE = "This key file does not open the clinic: it is another's, or it was taken away from this clinic."
TOO_SHORT = (
    "A passphrase has at least {least} characters. Four words that nobody else would put together are good."
)
LAST_WAY = "A recovery key or a passphrase must stay: else nobody could open this clinic on another computer."
OTHER_RECOVERY = (
    "This is not the recovery key that was printed now. Compare it with the paper. The one of before still "
    "opens the clinic."
)
NO_KEYRING = "This computer has no keyring that keeps a key. Nothing was changed; it goes on asking."

SENTENCES = (
    WRONG_PASSPHRASE, NO_PASSPHRASE, WRONG_RECOVERY, WRONG_FILE, LAST_WAY, OTHER_RECOVERY, NO_KEYRING,
)  # fmt: skip


class Kind(StrEnum):
    """The ways to open a clinic; each at most once in a file."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105 - a name
    RECOVERY = "recovery"
    KEY_FILE = "key-file"


class NotOpened(EnvironmentFailure):
    """What was typed or named does not open the clinic; nothing was changed."""


class KeyWanted(StoreRefused):
    """A file is encrypted, and what this computer has does not open it: a person must be asked."""


class SlotsThere(StoreRefused):
    """The place of a new clinic's slots is taken."""


class SlotsLost(StoreRefused):
    """The file with the slots is missing or damaged."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What trying one passphrase costs: memory in KiB, passes over it, lanes."""

    memory: int = 65536
    passes: int = 3
    lanes: int = 4


COST = Cost()


@dataclass(frozen=True, slots=True)
class Slot:
    """The data key for one way of opening; ``settings`` are argon2id's, where it takes part."""

    kind: Kind
    nonce: bytes
    wrapped: bytes
    settings: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Slots:
    """All the ways into one clinic. ``clinic`` is a random number, and no secret."""

    clinic: str
    slots: tuple[Slot, ...] = ()

    def slot(self, kind: Kind) -> Slot | None:
        return next((one for one in self.slots if one.kind is kind), None)

    @property
    def kinds(self) -> frozenset[Kind]:
        return frozenset(one.kind for one in self.slots)


def slots_file(clinic: Path) -> Path:
    """Where the slots of a clinic's file lie: beside it, and beside each of its copies."""
    return clinic.with_name(f"{clinic.name}.keys")


def new_key() -> bytes:
    """A data key, or a key that wraps one."""
    return secrets.token_bytes(KEY_BYTES)


def new_slots() -> Slots:
    """No way in yet; for a new clinic."""
    return Slots(secrets.token_hex(8))


def with_wrapping_key(slots: Slots, data_key: bytes, kind: Kind, wrapping: bytes) -> Slots:
    """The slots with one more that a random key opens, in the place of an older of its kind."""
    return _with(slots, _wrapped(slots, kind, wrapping, data_key, {}))


def with_passphrase(slots: Slots, data_key: bytes, passphrase: str, cost: Cost | None = None) -> Slots:
    """The slots with this passphrase, in the place of an older one; :class:`NotOpened` for a short one."""
    if len(_typed(passphrase)) < SHORTEST:
        raise NotOpened(TOO_SHORT.format(least=SHORTEST))
    cost = cost or COST
    salt = secrets.token_bytes(_SALT)
    settings: dict[str, str | int] = {
        "salt": _text(salt),
        "memory": cost.memory,
        "passes": cost.passes,
        "lanes": cost.lanes,
    }
    stretched = _stretched(passphrase, salt, cost)
    return _with(slots, _wrapped(slots, Kind.PASSPHRASE, stretched, data_key, settings))


def with_recovery_key(slots: Slots, data_key: bytes, key: str = "") -> tuple[Slots, str]:
    """The slots with a new recovery key, in the place of an older one, and the key to print."""
    key = key or new_recovery_key()
    return _with(slots, _wrapped(slots, Kind.RECOVERY, _of_recovery(key), data_key, {})), key


def with_slot_of(slots: Slots, other: Slots, kind: Kind) -> Slots:
    """The slots with the one of a kind that others of the same clinic have."""
    slot = other.slot(kind)
    return slots if slot is None else _with(slots, slot)


def without(slots: Slots, kind: Kind) -> Slots:
    """The slots with one way less. Raises :class:`NotOpened` when no way would be left for a person."""
    left = tuple(one for one in slots.slots if one.kind is not kind)
    if not {one.kind for one in left} & {Kind.PASSPHRASE, Kind.RECOVERY}:
        raise NotOpened(LAST_WAY)
    return replace(slots, slots=left)


def opened_by_wrapping_key(slots: Slots, kind: Kind, wrapping: bytes) -> bytes | None:
    """The data key; None where there is no such slot, or another key opens it."""
    slot = slots.slot(kind)
    return None if slot is None else _unwrapped(slots, slot, wrapping)


def opened_by_passphrase(slots: Slots, passphrase: str) -> bytes:
    """The data key; raises :class:`NotOpened`. Takes a fifth of a second: not for the GUI thread."""
    slot = slots.slot(Kind.PASSPHRASE)
    if slot is None:
        raise NotOpened(NO_PASSPHRASE)
    cost = Cost(int(slot.settings["memory"]), int(slot.settings["passes"]), int(slot.settings["lanes"]))
    found = _unwrapped(slots, slot, _stretched(passphrase, _bytes(slot.settings["salt"]), cost))
    if found is None:
        raise NotOpened(WRONG_PASSPHRASE)
    return found


def opened_by_recovery_key(slots: Slots, typed: str) -> bytes:
    """The data key; raises :class:`NotOpened`, or ``Mistyped`` with the group that is."""
    key, slot = read_recovery_key(typed), slots.slot(Kind.RECOVERY)
    found = None if slot is None else _unwrapped(slots, slot, _of_recovery(key))
    if found is None:
        raise NotOpened(WRONG_RECOVERY)
    return found


def read(clinic: Path) -> Slots:
    """The slots beside a clinic's file; raises :class:`SlotsLost` with what to do."""
    file = slots_file(clinic)
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        if said["format"] > _FORMAT:
            raise SlotsLost(NEWER.format(name=file.name))
        return Slots(str(said["clinic"]), tuple(map(_slot, said["slots"])))
    except FileNotFoundError as failure:
        raise SlotsLost(LOST.format(name=file.name)) from failure
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as failure:
        raise SlotsLost(BROKEN.format(name=file.name)) from failure


def written(slots: Slots) -> bytes:
    """As they stand in their file."""
    said = {"format": _FORMAT, "clinic": slots.clinic, "slots": [_said(one) for one in slots.slots]}
    return (json.dumps(said, indent=1) + "\n").encode()


def write(clinic: Path, slots: Slots) -> None:
    """Write the slots beside a clinic's file: whole on the disk or not at all, for its owner alone.

    Raises ``OSError``; the older file then stays.
    """
    write_private(slots_file(clinic), written(slots), on_disk=True)


def write_new(clinic: Path, slots: Slots) -> None:
    """The same for a clinic that is still to be made. Raises :class:`SlotsThere` where any lie: they may be
    the last that open the copies of another clinic, also those of a newer program or on a disk that fails,
    or of one that another program makes there at this moment."""
    try:
        write_private_new(slots_file(clinic), written(slots))
    except FileExistsError as failure:
        raise SlotsThere(THERE.format(name=slots_file(clinic).name)) from failure


def take_away(clinic: Path, slots: Slots) -> None:
    """Those of :func:`write_new`, where no clinic came of it; others that lie there stay."""
    with suppress(SlotsLost):
        if read(clinic).clinic == slots.clinic:
            slots_file(clinic).unlink(missing_ok=True)


def copy_beside(clinic: Path, copy: Path) -> None:
    """Put the slots of a clinic beside a copy of it; raises :class:`SlotsLost`, or ``OSError``."""
    write(copy, read(clinic))


def _with(slots: Slots, slot: Slot) -> Slots:
    others = (one for one in slots.slots if one.kind is not slot.kind)
    return replace(slots, slots=(*others, slot))


def _bound(slots: Slots, kind: Kind) -> bytes:
    return f"clinic-desktop key slot {_FORMAT} {kind} {slots.clinic}".encode()


def _wrapped(
    slots: Slots, kind: Kind, wrapping: bytes, data_key: bytes, settings: Mapping[str, str | int]
) -> Slot:
    # Ciphers take a while to load: only where a slot is opened or made.
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - slow to load, seldom needed

    nonce = secrets.token_bytes(_NONCE)
    return Slot(kind, nonce, AESGCM(wrapping).encrypt(nonce, data_key, _bound(slots, kind)), settings)


def _unwrapped(slots: Slots, slot: Slot, wrapping: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - slow to load, seldom needed
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - slow to load, seldom needed

    try:
        return AESGCM(wrapping).decrypt(slot.nonce, slot.wrapped, _bound(slots, slot.kind))
    except InvalidTag:
        return None


def _typed(passphrase: str) -> str:
    """The same whichever keyboard it was typed on; blanks at its ends are nobody's intention."""
    return unicodedata.normalize("NFKC", passphrase).strip()


def _stretched(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # noqa: PLC0415 - slow to load, seldom needed

    kdf = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory
    )
    return kdf.derive(_typed(passphrase).encode())


def _of_recovery(key: str) -> bytes:
    """140 random bits need no stretching."""
    return hashlib.sha256(f"clinic-desktop recovery key {key}".encode()).digest()


def _said(slot: Slot) -> dict[str, Any]:
    return {"kind": slot.kind, "nonce": _text(slot.nonce), "wrapped": _text(slot.wrapped), **slot.settings}


def _slot(said: dict[str, Any]) -> Slot:
    kind, nonce, wrapped = Kind(said["kind"]), _bytes(said["nonce"]), _bytes(said["wrapped"])
    if len(nonce) != _NONCE or len(wrapped) != KEY_BYTES + 16:
        raise ValueError("a slot has another length")
    names = ("salt", "memory", "passes", "lanes") if kind is Kind.PASSPHRASE else ()
    settings: dict[str, str | int] = {name: said[name] for name in names}
    if kind is Kind.PASSPHRASE:
        _sound(settings)
    return Slot(kind, nonce, wrapped, settings)


def _sound(settings: Mapping[str, Any]) -> None:
    lanes = settings["lanes"]
    if not (
        0 < lanes <= _MOST_LANES
        and 0 < settings["passes"] <= _MOST_PASSES
        and 8 * lanes <= settings["memory"] <= _MOST_MEMORY
        and len(_bytes(settings["salt"])) == _SALT
    ):
        raise ValueError("argon2id is not asked for that much")


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _bytes(said: object) -> bytes:
    return base64.b64decode(str(said), validate=True)

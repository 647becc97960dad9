"""Who can open what a computer keeps for the time without the server: everybody who has signed in on it.

The key of the vault is the clinic's and never lies on the computer in the clear. For each person it is
wrapped with their password (argon2id, then AES-GCM), and their roles with it, so that nobody gives themselves
others while no server can be asked. A PIN opens nothing: it is too short to keep a stolen computer shut.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.foundation.private_file import write_private
from clinic_desktop.security.hashing import as_bytes
from clinic_desktop.security.sealed_files import KEY_BYTES, new_key, seal, unseal

COST = {"iterations": 3, "memory_kib": 64 * 1024}
"""Of argon2id for a new slot: half a second of a thief's core for each guess. Each slot names its own."""
_SALT = 16
Slot = dict[str, Any]
_FILE = "vault.json"
_NOBODY = (
    "Nobody of that name has signed in with a password on this computer while the server was there, so it "
    "cannot be opened for them now. Somebody who has can."
)
_WRONG = "This password does not open what this computer kept. The one of the last time here counts."
_DAMAGED = "The list of who can open this computer's copy is damaged. It was left as it is."
_MOST_PASSES, _MOST_MEMORY = 64, 2**20  # a file that was tampered with may not eat the computer


class Damaged(EnvironmentFailure):
    """The list is no list of slots."""


class WrongPassword(EnvironmentFailure):
    """The password does not open somebody's slot."""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who can open the vault. The name is a member of staff's."""

    staff_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Opened:
    """The key, and the roles that the person had when they last signed in. came_by: as in an actor."""

    key: bytes
    roles: frozenset[Role]
    came_by: str = ""

    def __repr__(self) -> str:
        return f"Opened(roles={sorted(self.roles)})"


class Vault:
    """The slots of one clinic in a folder of this computer. What is done here may take half a second."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / _FILE

    def people(self) -> list[Known]:
        """Who can open it, by name."""
        found = [Known(int(number), str(one["name"])) for number, one in self._slots().items()]
        return sorted(found, key=lambda one: one.name)

    def marks(self) -> dict[int, str]:
        """By person, what :meth:`admit` was told to know the account by."""
        return {int(number): str(one.get("mark", "")) for number, one in self._slots().items()}

    def admit(
        self,
        staff_id: int,
        name: str,
        roles: frozenset[Role],
        password: str,
        key: bytes,
        mark: str = "",
        came_by: str = "",
    ) -> None:
        """Let somebody open it who has just signed in with this password. mark: lies there readable."""
        salt = new_key()[:_SALT]
        inside = json.dumps({"key": key.hex(), "roles": sorted(roles), "came_by": came_by}).encode()
        box = seal(_derived(password, salt, COST), inside, _about(staff_id))
        slot: Slot = {"name": name, "mark": mark, "salt": salt.hex(), "cost": COST, "box": box.hex()}
        self._write(self._sound_slots() | {str(staff_id): slot})

    def forget(self, staff_id: int) -> None:
        """They have left, or have another password now."""
        self._write({number: one for number, one in self._slots().items() if number != str(staff_id)})

    def open(self, staff_id: int, password: str) -> Opened:
        """Raises :class:`EnvironmentFailure` for a wrong password, and for somebody who has no slot."""
        slot = self._slots().get(str(staff_id))
        if slot is None:
            raise EnvironmentFailure(_NOBODY)
        try:
            key = _derived(password, bytes.fromhex(slot["salt"]), slot["cost"])
            inside = json.loads(unseal(key, bytes.fromhex(slot["box"]), _about(staff_id)))
        except EnvironmentFailure as failure:
            raise WrongPassword(_WRONG) from failure
        except (KeyError, TypeError, ValueError) as failure:
            raise EnvironmentFailure(_DAMAGED) from failure
        came_by = inside.get("came_by", "")  # earlier versions kept none
        return Opened(bytes.fromhex(inside["key"]), frozenset(map(Role, inside["roles"])), came_by)

    def _slots(self) -> dict[str, Slot]:
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except ValueError as failure:
            raise Damaged(_DAMAGED) from failure
        except OSError as failure:
            raise EnvironmentFailure(_DAMAGED) from failure
        if not isinstance(found, dict) or not all(map(_is_slot, found.items())):
            raise Damaged(_DAMAGED)
        return found

    def _sound_slots(self) -> dict[str, Slot]:
        """A damaged list is set aside: whoever signs in with the server is let in anew."""
        try:
            return self._slots()
        except Damaged:
            self._file.replace(self._file.with_name(f"{_FILE}.damaged"))
            return {}

    def _write(self, slots: dict[str, Slot]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_private(self._file, json.dumps(slots, indent=1).encode(), on_disk=True)


def _is_slot(entry: tuple[str, object]) -> bool:
    number, slot = entry
    return number.isdecimal() and isinstance(slot, dict) and isinstance(slot.get("name"), str)


def _about(staff_id: int) -> str:
    return f"slot of {staff_id}"


def _derived(password: str, salt: bytes, cost: object) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # noqa: PLC0415 - only where it is used

    known = cost if isinstance(cost, dict) else {}
    passes, memory = int(known["iterations"]), int(known["memory_kib"])
    if not (0 < passes <= _MOST_PASSES and 8 <= memory <= _MOST_MEMORY):
        raise ValueError("argon2id is not asked for that much")
    kdf = Argon2id(salt=salt, length=KEY_BYTES, iterations=passes, lanes=1, memory_cost=memory)
    return kdf.derive(as_bytes(password))

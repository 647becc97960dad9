"""Six digits of a phone beside the password: time-based codes (RFC 6238), with SHA-1 and 30 seconds as every
app has them.

The secret that the phone shares lies in the account sealed with the password (argon2id, AES-GCM): whoever
reads the database alone has neither. The arithmetic is the ``cryptography`` library's.
"""

import base64
import hmac
import os
import re
from datetime import datetime

from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.foundation.secrets import NOTHING, Secret
from clinic_desktop.security import hashing
from clinic_desktop.security.sealed_files import KEY_BYTES, seal, unseal

DIGITS, STEP = 6, 30  # seconds that a code is shown
DRIFT = 1  # steps that a phone's clock may be off, each way
_SECRET, _SALT = 20, 16  # bytes
_FORM = re.compile(r"\$sealed\$m=(\d+),t=(\d+)\$([0-9a-f]+)\$([0-9a-f]+)")
_MOST_KIB, _MOST_PASSES = 1 << 20, 64  # a row that asks for more was not written by us
DAMAGED = (
    "What the six digits are compared with cannot be read. Nothing was changed. A manager can give a new "
    "password, which takes the second factor away."
)


def new_secret() -> bytes:
    """160 random bits, as the standard asks for."""
    return os.urandom(_SECRET)


def spelled(secret: bytes) -> str:
    """As somebody types it into a phone whose camera reads nothing: groups of four."""
    letters = base64.b32encode(secret).decode()
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def address(secret: bytes, person: str, clinic: str) -> str:
    """What the square code holds: an ``otpauth`` address for the phone's app."""
    return str(_codes(secret).get_provisioning_uri(person, clinic or None))


def step_of(at: datetime) -> int:
    """The number of the 30 seconds that an instant falls into."""
    return int(at.timestamp()) // STEP


def matching_step(secret: bytes, typed: str, at: datetime, after: int = 0) -> int | None:
    """The step whose code was typed, of those that may be shown at an instant; None for none. ``after``: the
    last one that was accepted, which is over with all before it."""
    digits = "".join(typed.split())
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        return None
    now, found = step_of(at), None
    for step in range(now - DRIFT, now + DRIFT + 1):  # each is looked at, so that the time tells nothing
        same = hmac.compare_digest(code_at(secret, step), digits)
        if same and step > after and found is None:
            found = step
    return found


def code_at(secret: bytes, step: int) -> str:
    """The six digits of one step."""
    return str(_codes(secret).generate(max(0, step) * STEP).decode())


def _codes(secret: bytes):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a class of a library that loads late
    # Ciphers take a while to load: only for whoever has a second factor.
    from cryptography.hazmat.primitives.hashes import SHA1  # noqa: PLC0415 - slow to load, seldom needed
    from cryptography.hazmat.primitives.twofactor.totp import TOTP  # noqa: PLC0415 - slow to load, seldom needed

    return TOTP(secret, DIGITS, SHA1(), STEP)  # noqa: S303 - HMAC with it is sound, and apps have no other


def sealed(secret: bytes, password: str, staff_id: int) -> Secret:
    """As it lies in the account. For a worker thread: it takes as long as a password's hash."""
    cost, salt = hashing.cost(), os.urandom(_SALT)
    box = seal(_key(password, salt, cost.memory, cost.passes), secret, _about(staff_id))
    return Secret(f"$sealed$m={cost.memory},t={cost.passes}${salt.hex()}${box.hex()}")


def opened(kept: Secret, password: str, staff_id: int) -> bytes:
    """The secret again. Raises :class:`EnvironmentFailure` for another password and for damage."""
    found = _FORM.fullmatch(kept.value)
    if found is None or int(found[1]) > _MOST_KIB or int(found[2]) > _MOST_PASSES:
        raise EnvironmentFailure(DAMAGED)
    key = _key(password, bytes.fromhex(found[3]), int(found[1]), int(found[2]))
    try:
        return unseal(key, bytes.fromhex(found[4]), _about(staff_id))
    except EnvironmentFailure as failure:
        raise EnvironmentFailure(DAMAGED) from failure


def resealed(kept: Secret, old: str, new: str, staff_id: int) -> Secret:
    """For another password; none stays none."""
    return sealed(opened(kept, old, staff_id), new, staff_id) if kept else NOTHING


def _about(staff_id: int) -> str:
    return f"second factor of {staff_id}"


def _key(password: str, salt: bytes, memory: int, passes: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # noqa: PLC0415 - see _codes

    form = Argon2id(salt=salt, length=KEY_BYTES, iterations=passes, lanes=1, memory_cost=memory)
    return form.derive(hashing.as_bytes(password))

"""Secrets that people type, kept as what only they can prove: argon2id, in the PHC form."""

import os
import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from clinic_desktop.foundation.secrets import Secret

_PHC = re.compile(r"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+")
_SALT_BYTES, _HASH_BYTES = 16, 32
_MOST_KIB, _MOST_PASSES, _MOST_LANES = 1 << 20, 64, 64  # a row that asks for more was not written by us


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try costs whoever guesses: memory in KiB, passes over it, lanes."""

    memory: int
    passes: int
    lanes: int = 1

    @property
    def work(self) -> int:
        return self.memory * self.passes


# Over twice the least that OWASP asks for (19 MiB, 2 passes); less than a tenth of a second at sign-in.
FULL_COST = Cost(memory=48 * 1024, passes=2)
_cost = FULL_COST


def cost() -> Cost:
    """What a new secret costs."""
    return _cost


def set_cost(new: Cost) -> None:
    """For tests, which prove rules and not this: a cheap one."""
    global _cost  # noqa: PLW0603 - one value for the whole program
    _cost = new


def hashed(secret: str) -> str:
    """A secret's PHC text, with a salt of its own."""
    # Takes 50 ms to load, and a clinic without accounts never needs it.
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # noqa: PLC0415 - slow to load, seldom needed

    form = Argon2id(
        salt=os.urandom(_SALT_BYTES),
        length=_HASH_BYTES,
        iterations=_cost.passes,
        lanes=_cost.lanes,
        memory_cost=_cost.memory,
    )
    return form.derive_phc_encoded(as_bytes(secret))


def matches(secret: str, phc: str) -> bool:
    """Whether it is that secret. Where there is none it is not, after the same work: nobody can tell by the
    time it takes who has an account."""
    from cryptography.exceptions import InvalidKey  # noqa: PLC0415 - see hashed
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # noqa: PLC0415 - see hashed

    there = _sound(phc)
    try:
        Argon2id.verify_phc_encoded(as_bytes(secret), phc if there else _nobodys(_cost))
    except InvalidKey:
        return False
    return there


def same(secret: str, kept: Secret) -> bool:
    """The same for one that is kept in a record."""
    return matches(secret, kept.value)


def is_weaker(phc: str) -> bool:
    """Whether it was made at a lower cost than a new one would be."""
    found = _PHC.fullmatch(phc)
    return found is not None and int(found[1]) * int(found[2]) < _cost.work


def _sound(phc: str) -> bool:
    found = _PHC.fullmatch(phc)
    limits = (_MOST_KIB, _MOST_PASSES, _MOST_LANES)
    return found is not None and all(int(n) <= most for n, most in zip(found.groups(), limits, strict=True))


@cache
def _nobodys(_at: Cost) -> str:
    """What is asked where nobody has a secret: nobody knows it."""
    return hashed(os.urandom(_SALT_BYTES).hex())


def as_bytes(secret: str) -> bytes:
    """The same letters are the same secret, whichever keyboard made them."""
    return unicodedata.normalize("NFKC", secret).encode("utf-8", "surrogatepass")

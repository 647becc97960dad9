"""A value that is stored and compared, and shown nowhere."""

import hashlib

HIDDEN = "•••"
_DIGITS = 16  # of the digest: enough that no other is made by chance, too few to stand for the value


class Secret:
    """A text that no image, export, log line or ``repr`` has: whoever means it asks for ``value``.

    It is neither a text nor a dataclass, so that JSON refuses it and ``asdict`` leaves it closed.
    """

    __slots__ = ("value",)

    def __init__(self, value: str = "") -> None:
        self.value = value

    @property
    def digest(self) -> str:
        """What tells it from another without showing it; empty for none. Every one that is kept is a key or a
        salted hash, which nobody finds by trying values against this."""
        return hashlib.sha256(self.value.encode()).hexdigest()[:_DIGITS] if self.value else ""

    def __bool__(self) -> bool:
        return bool(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self.value == other.value

    def __hash__(self) -> int:
        return hash(self.value)

    def __repr__(self) -> str:
        return HIDDEN if self.value else "none"

    __str__ = __repr__


NOTHING = Secret()

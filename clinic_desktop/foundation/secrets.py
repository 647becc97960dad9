"""A value that is stored and compared, and shown nowhere."""

HIDDEN = "•••"


class Secret:
    """A text that no image, export, log line or ``repr`` has: whoever means it asks for ``value``.

    It is neither a text nor a dataclass, so that JSON refuses it and ``asdict`` leaves it closed.
    """

    __slots__ = ("value",)

    def __init__(self, value: str = "") -> None:
        self.value = value

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

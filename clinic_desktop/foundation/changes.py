"""What a use case changed: the news that views, desks and processes live on."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Changes:
    """What one transaction touched. ``number`` is its last place in the change feed."""

    number: int = 0
    days: frozenset[date] = field(default_factory=frozenset)
    visits: frozenset[int] = field(default_factory=frozenset)
    patients: frozenset[int] = field(default_factory=frozenset)
    kinds: frozenset[str] = field(default_factory=frozenset)  # names of record kinds, such as "room"

    def __or__(self, other: "Changes") -> "Changes":
        return Changes(
            max(self.number, other.number),
            self.days | other.days,
            self.visits | other.visits,
            self.patients | other.patients,
            self.kinds | other.kinds,
        )

    def __bool__(self) -> bool:
        return bool(self.number)

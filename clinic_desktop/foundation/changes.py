"""What a use case changed: the news that views, desks and processes live on."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Changes:
    """What one transaction touched. ``number`` is its last place in the change feed, ``first`` its first;
    0 where these are the news of several."""

    number: int = 0
    days: frozenset[date] = field(default_factory=frozenset)
    visits: frozenset[int] = field(default_factory=frozenset)
    patients: frozenset[int] = field(default_factory=frozenset)
    kinds: frozenset[str] = field(default_factory=frozenset)  # names of record kinds, such as "room"
    first: int = field(default=0, compare=False)  # nothing to whoever follows the feed
    by: int | None = field(default=None, compare=False)  # who did it; None where these are of several

    def __or__(self, other: "Changes") -> "Changes":
        if not (self and other):
            return self or other
        return Changes(
            max(self.number, other.number),
            self.days | other.days,
            self.visits | other.visits,
            self.patients | other.patients,
            self.kinds | other.kinds,
        )

    def __bool__(self) -> bool:
        return bool(self.number)

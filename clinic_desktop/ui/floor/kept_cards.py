"""The cards that were worked out last: most stays are as they were when the floor is read anew, and what is
recorded of one is on the screen sooner when only its own card is made.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime

from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.treatment.care import Care
from clinic_desktop.ui.floor.card import Card, Group, card_of
from clinic_desktop.ui.floor.reading import Stay

# What follows from the stamps and the minute, which are compared themselves.
_FOLLOWS = frozenset({"at", "session", "whole"})
_OF_CARE = tuple(one.name for one in fields(Care) if one.name not in _FOLLOWS)
_OF_STAY = tuple(one.name for one in fields(Stay) if one.name != "care")


@dataclass(frozen=True, slots=True)
class Asked:
    """A card that is wanted: as :func:`clinic_desktop.ui.floor.card.card_of` takes it."""

    stay: Stay
    group: Group
    number: int = 0
    alike: tuple[str, ...] = ()


class KeptCards:
    """Of one screen, by visit. The words on a card change with the minute, as the clock's own do."""

    def __init__(self) -> None:
        self._minute = 0
        self._kept: dict[int, tuple[Asked, Card]] = {}

    def cards(self, asked: Iterable[Asked], now: datetime) -> tuple[Card, ...]:
        """The card of each at ``now``, in the order in which they are asked for."""
        minute = instant_minute(now)
        before, self._minute = (self._kept if minute == self._minute else {}), minute
        made = [(one, _card(one, before.get(one.stay.id), now)) for one in asked]
        self._kept = {one.stay.id: (one, card) for one, card in made}
        return tuple(card for _, card in made)


def _card(asked: Asked, before: tuple[Asked, Card] | None, now: datetime) -> Card:
    if before is not None and same(asked, before[0]):
        return before[1]
    return card_of(asked.stay, asked.group, asked.number, now, asked.alike)


def same(one: Asked, other: Asked) -> bool:
    """Whether two cards of one minute would say the same."""
    return (
        (one.group, one.number, one.alike) == (other.group, other.number, other.alike)
        and all(getattr(one.stay, name) == getattr(other.stay, name) for name in _OF_STAY)
        and all(getattr(one.stay.care, name) == getattr(other.stay.care, name) for name in _OF_CARE)
    )

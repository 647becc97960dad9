"""Two who are recorded in one room: a slip, or a room that two use. Both cards say so. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from clinic_desktop.ui.floor.card import Card
from clinic_desktop.ui.floor.reading import Stay
from clinic_desktop.ui.i18n import tr


def say_shared(cards: Sequence[Card], here: Sequence[Stay]) -> tuple[Card, ...]:
    """The cards; those of a room with more than one in it name the others."""
    in_room: dict[int, list[Stay]] = {}
    for one in here:
        visit = one.visit
        if visit.room_id is not None and visit.entered is not None and visit.left is None:
            in_room.setdefault(visit.room_id, []).append(one)
    others = {
        one.id: [two.care.patient.name for two in there if two is not one]
        for there in in_room.values()
        for one in there
        if len(there) > 1
    }
    return tuple(_with(card, others.get(card.visit_id, [])) for card in cards)


def _with(card: Card, others: Sequence[str]) -> Card:
    if not others:
        return card
    words = tr("Two in one room: {names} is recorded in it too").format(names="; ".join(others))
    return replace(card, trouble=". ".join(part for part in (words, card.trouble) if part))

"""The numbers that lead to people on the floor: each is its room's, whoever comes and goes."""

from collections.abc import Mapping, Sequence

from clinic_desktop.ui.floor.reading import Stay

NUMBERED = 9  # Ctrl and a digit


def numbers_of(here: Sequence[Stay], coming: Sequence[Stay], places: Mapping[int, int]) -> dict[int, int]:
    """Visit -> the number of its room, for the one visit of each room that it leads to: who is in the room,
    else who was the last to be or came first, else who comes next. Without a room there is no number."""
    there = sorted(here, key=lambda one: (_rank(one), one.visit.arrived or 0, one.id))
    next_ones = sorted(coming, key=lambda one: (one.visit.start, one.id))
    out: dict[int, int] = {}
    for one in (*there, *next_ones):
        number = places.get(one.visit.room_id or 0, 0)
        if 0 < number <= NUMBERED and number not in out.values():
            out[one.id] = number
    return out


def _rank(stay: Stay) -> int:
    """In the room, out of it and still here, not in it yet."""
    if stay.visit.entered is None:
        return 2
    return 0 if stay.visit.left is None else 1

"""The numbers that lead to people on the floor: each is its room's, whoever comes and goes."""

from collections.abc import Mapping, Sequence

from clinic_desktop.ui.floor.reading import Stay

NUMBERED = 9  # Ctrl and a digit


def numbers_of(here: Sequence[Stay], coming: Sequence[Stay], places: Mapping[int, int]) -> dict[int, int]:
    """Visit -> the number of its room, for the one visit of each room that it leads to: who is in the room,
    else who is here for it first, else who comes next. Without a room there is no number, and in the waiting
    chair nobody has that of the room they left."""
    staying = [one for one in here if one.visit.left is None]
    there = sorted(staying, key=_order)
    next_ones = sorted(coming, key=lambda one: (one.visit.start, one.id))
    out: dict[int, int] = {}
    for one in (*there, *next_ones):
        number = places.get(one.visit.room_id or 0, 0)
        if 0 < number <= NUMBERED and number not in out.values():
            out[one.id] = number
    return out


def _order(stay: Stay) -> tuple[int, int, int]:
    """In the room before not in it yet; of two in it whoever came last, as the tile of the room has it."""
    entered = stay.visit.entered
    if entered is None:
        return 1, stay.visit.arrived or 0, stay.id
    return 0, -entered, -stay.id

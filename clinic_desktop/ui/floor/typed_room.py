"""Reading the room that a patient was moved into: its name, its beginning, or its initial and number."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from clinic_desktop.scheduling.model import Room
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.ui.i18n import tr


def read_room(stamp: Stamp, text: str, rooms: Sequence[Room]) -> tuple[Stamp, str]:
    """The stamp with the room, and what is wrong with the text. The name of the room as it is called now is
    kept in the note, before whatever else was typed."""
    found = room_and_rest(text, rooms)
    if found is None:
        names = ", ".join(one.name for one in rooms if one.active)
        return stamp, tr("Say which room: {rooms}.").format(rooms=names)
    room, rest = found
    return replace(stamp, room_id=room.id, note=", ".join(part for part in (room.name, rest) if part)), ""


def _by_name(text: str, rooms: Iterable[Room]) -> tuple[Room, str] | None:
    low = text.lower()
    named = [one for one in rooms if low == one.name.lower() or _goes_on(low, one.name.lower())]
    if not named:
        return None
    room = max(named, key=lambda one: len(one.name))
    return room, text[len(room.name) :].lstrip(" ,")


def _goes_on(text: str, name: str) -> bool:
    return text.startswith((f"{name} ", f"{name},"))


def _by_beginning(text: str, rooms: Iterable[Room]) -> tuple[Room, str] | None:
    """Only where one room alone begins like that, or is called so for short."""
    word, _, rest = text.partition(",")
    low = word.strip().lower()
    begun = [one for one in rooms if low and (_begins(low, one.name.lower()) or _short(one.name) == low)]
    return (begun[0], rest.strip()) if len(begun) == 1 else None


def _begins(text: str, name: str) -> bool:
    """ "infu", and as on the board "inf 1": every word begins its own of the name."""
    words, named = text.split(), name.split()
    return len(words) <= len(named) and all(b.startswith(a) for a, b in zip(words, named, strict=False))


def room_and_rest(text: str, rooms: Sequence[Room]) -> tuple[Room, str] | None:
    """The room that a text begins with, and what else it says; None where it is about none."""
    active = [one for one in rooms if one.active]
    return _by_name(text, active) or _by_beginning(text, active)


def _short(name: str) -> str:
    """ "s2" for "Spravato 2"."""
    numbers = "".join(letter for letter in name if letter.isdigit())
    return name[:1].lower() + numbers

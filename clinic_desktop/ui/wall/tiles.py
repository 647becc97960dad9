"""What the wall view says of each room. Pure: what the floor has read goes in, words for everybody come out.

Whoever stands in the corridor reads it: initials, no name, no birth date, no drug, nothing that was measured.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from clinic_desktop.treatment.rooms import RoomState
from clinic_desktop.ui.floor.card import Card, Group
from clinic_desktop.ui.floor.kept_cards import Asked, KeptCards
from clinic_desktop.ui.floor.reading import FloorRead, Stay
from clinic_desktop.ui.floor.tile import Tile, floor_rows
from clinic_desktop.ui.glyphs import state_word
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone


@dataclass(frozen=True, slots=True)
class WallTile:
    """room, initials of the patient in it, phase, minutes of it, and what is due or calls for somebody."""

    room: str
    who: str = ""
    phase: str = ""
    minutes: str = ""
    alarm: str = ""
    tone: Tone = Tone.NEUTRAL
    free: bool = False

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.room, self.who, self.phase, self.minutes, self.alarm) if part)


def wall_tiles(read: FloorRead, now: datetime, zone: str, kept: KeptCards) -> tuple[WallTile, ...]:
    """Every room as it lies, then who is here without one."""
    stays = {one.id: one for one in read.here}
    cards = kept.cards((Asked(one, Group.HERE) for one in read.here), now)
    rows = floor_rows(cards, read.rooms(now), zone)
    return tuple(_free(one) if isinstance(one, Tile) else _taken(one, stays[one.visit_id]) for one in rows)


def fewest(tiles: Sequence[WallTile], most: int) -> tuple[WallTile, ...]:
    """As many as can be read from afar: rooms without anybody give way first, then the last ones."""
    if len(tiles) <= most:
        return tuple(tiles)
    taken = [one for one in tiles if not one.free][:most]
    room = most - len(taken)
    spare = [one for one in tiles if one.free][:room]
    return tuple(one for one in tiles if one in taken or one in spare)


def _free(tile: Tile) -> WallTile:
    next_time = tr("Next {time}").format(time=tile.next_time) if tile.next_time else ""
    lines = [part for part in (tile.until[:1].upper() + tile.until[1:], next_time) if part]
    return WallTile(
        tile.room,
        phase=tile.state_word,
        minutes=lines[0] if lines else "",
        alarm=lines[1] if len(lines) > 1 else "",
        free=tile.state is not RoomState.OCCUPIED,
    )


def _taken(card: Card, stay: Stay) -> WallTile:
    ring = card.ring
    minutes = ", ".join(part for part in (ring.text, ring.left) if part) if ring else ""
    alarm, tone = _alarm(card)
    return WallTile(
        card.room or tr("No room"),
        stay.care.patient.initials,
        state_word(card.state),
        minutes,
        alarm,
        tone,
    )


def _alarm(card: Card) -> tuple[str, Tone]:
    """A limit that was reached, else what is due: how far it is, and not what was measured."""
    ask = card.alarm[2]
    if ask:
        return ask[:1].upper() + ask[1:], Tone.DANGER
    if card.bar is None or card.due_at is None:
        return "", Tone.NEUTRAL
    if card.late:
        return card.bar.right, Tone.DANGER
    if not card.bar.right:
        return card.bar.text, card.bar.tone
    return tr("Due {away}").format(away=card.bar.right), card.bar.tone

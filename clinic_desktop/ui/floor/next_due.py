"""What is due in all rooms, overdue first: the strip above the floor. Pure: cards in, lines out."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from clinic_desktop.ui.floor.card import Card, Group
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone


@dataclass(frozen=True, slots=True)
class DueLine:
    """The next thing due for one patient. where: the room, or the patient who has none."""

    visit_id: int
    where: str
    text: str
    tone: Tone

    @property
    def words(self) -> str:
        """ "Infusion 2: Pressure due 10:37 AM, 7 min late"."""
        return tr("{where}: {what}").format(where=self.where, what=self.text)


def due_lines(cards: Iterable[Card]) -> tuple[DueLine, ...]:
    """By time; a limit that was reached stands first, then what is late. Where a room has more than one who
    is here, its name alone would mean either: the patient is named, too."""
    there = list(cards)
    rooms = Counter(one.room for one in there if one.group is Group.HERE)
    found: list[tuple[int, datetime, DueLine]] = []
    for one in there:
        if one.due_at is None or one.bar is None:
            continue
        what, ask = one.limits, one.alarm[2]
        rank = 0 if what else 1 if one.late else 2
        parts = (what, ask) if what else (one.bar.text, one.bar.right)
        text = ", ".join(part for part in parts if part)
        tone = Tone.DANGER if what else one.bar.tone
        shared = rooms[one.room] > 1
        where = ", ".join(part for part in (one.room, one.name if shared or not one.room else "") if part)
        found.append((rank, one.due_at, DueLine(one.visit_id, where, text, tone)))
    return tuple(line for _, _, line in sorted(found, key=lambda one: one[:2]))


def after(lines: Iterable[DueLine], current: int) -> int:
    """The visit that the key goes to: the first, or the one after whoever is current; 0: nothing is due."""
    visits = [one.visit_id for one in lines]
    if current in visits:
        return visits[(visits.index(current) + 1) % len(visits)]
    return visits[0] if visits else 0

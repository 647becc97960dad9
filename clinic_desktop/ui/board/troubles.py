"""What troubles a visit, in words: a title, and what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from clinic_desktop.scheduling.knock_on import knock_on
from clinic_desktop.scheduling.model import Setup, Visit
from clinic_desktop.scheduling.states import PLANNED
from clinic_desktop.ui.board.block import Block
from clinic_desktop.ui.board.commands import REPAIR_DAY
from clinic_desktop.ui.board.cover import Cover
from clinic_desktop.ui.board.day_axis import spoken_clock
from clinic_desktop.ui.board.reading import BoardVisit
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.keys import key_text
from clinic_desktop.ui.late_words import late_words
from clinic_desktop.ui.paint import Tone


@dataclass(frozen=True, slots=True)
class Trouble:
    title: str
    text: str
    tone: Tone


def late_of(visit: Visit, rows: Sequence[BoardVisit], setup: Setup) -> list[Trouble]:
    """Whom a stay makes late that keeps its room from somebody; ``rows``: of its day."""
    if visit.entered is None:
        return []
    names = {row.visit.id: row.row.name for row in rows}
    there = [row.visit for row in rows if row.visit.day == visit.day]
    if not any(one.displaced and one.room_id == visit.room_id for one in there):
        return []
    late = [(one, names[one.visit.id]) for one in knock_on(visit, there, setup.type_by_id)]
    offer = tr("{key} proposes other places.").format(key=key_text(REPAIR_DAY.keys[0]))
    title = tr("Makes %n visit(s) late", "", len(late))
    return [Trouble(title, f"{late_words(late)} {offer}", Tone.WARN)] if late else []


def troubles_of(block: Block, cover: Cover, room: str) -> list[Trouble]:
    """The gravest first; ``room``: the name of the room, empty for none."""
    out = []
    if block.displaced:
        title = tr("Displaced from {room}").format(room=room) if room else tr("Displaced")
        out.append(Trouble(title, tr("The room is still taken. Pick another room or time."), Tone.DANGER))
    for gap in cover.gaps:
        if block.id in gap.visits:
            text = tr("{gap}. Move the visit, or find somebody.").format(gap=gap.words)
            out.append(Trouble(tr("Not covered"), text, Tone.DANGER))
    if "driver" in block.waits:
        tone = Tone.DANGER if block.driver_late else Tone.WARN
        out.append(Trouble(tr("Held for a driver"), tr("Name who takes the patient home."), tone))
    if "clearance" in block.waits:
        text = tr("A prescriber must clear the patient first.")
        out.append(Trouble(tr("Held for clearance"), text, Tone.WARN))
    if block.over:
        title = tr("{minutes} min over").format(minutes=block.over)
        out.append(
            Trouble(
                title, tr("The room is free at {time}.").format(time=spoken_clock(block.turned)), Tone.WARN
            )
        )
    if block.shares:
        text = tr("It shares a room or a person with another visit.")
        out.append(Trouble(tr("Overlaps on purpose"), text, Tone.INFO))
    if block.alike and block.state in PLANNED:
        text = tr("{names}. Check the birth date.").format(names="; ".join(block.alike))
        out.append(Trouble(tr("Similar name that day"), text, Tone.INFO))
    return out

"""What troubles a visit, in words: a title, and what to do about it."""

from dataclasses import dataclass

from clinic_desktop.scheduling.states import PLANNED
from clinic_desktop.ui.board.block import Block
from clinic_desktop.ui.board.cover import Cover
from clinic_desktop.ui.board.day_axis import spoken_clock
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone


@dataclass(frozen=True, slots=True)
class Trouble:
    title: str
    text: str
    tone: Tone


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

"""What is said of a move: when it is saved, and on the button of the dialog that asks for a reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from clinic_desktop.foundation.words import short_date
from clinic_desktop.scheduling.model import Setup, Visit
from clinic_desktop.scheduling.moving import Move
from clinic_desktop.ui.board.block import Block
from clinic_desktop.ui.board.day_axis import short_clock
from clinic_desktop.ui.board.nurse_words import with_nurses
from clinic_desktop.ui.i18n import tr


@dataclass(frozen=True, slots=True)
class MoveWords:
    """What is said once it is saved, the verb of the button, and what the rules say against it or warn of."""

    saved: str
    verb: str
    rules: tuple[str, ...] = ()


def to_place(
    block: Block, wanted: Move, setup: Setup, before: Visit | None, calls: Sequence[str] = ()
) -> MoveWords:
    """It goes to a room, at a time, on another day. ``before``: the visit as it lies. ``calls``: whom to call
    about it."""
    time = short_clock(wanted.minute)
    time = time if wanted.day == block.day else f"{short_date(wanted.day)}, {time}"
    where = next((one.name for one in setup.rooms if one.id == wanted.room_id), tr("no room"))
    saved = tr("{name} moved to {where}, {time}").format(name=block.name, where=where, time=time)
    saved = ". ".join((with_nurses(saved, setup, before, wanted), *calls))
    return MoveWords(saved, tr("Move to {where}, {time}").format(where=where, time=time))


def to_end(
    block: Block, end: int, wanted: Move, setup: Setup, before: Visit | None, calls: Sequence[str] = ()
) -> MoveWords:
    """It ends later, or earlier. ``before``: the visit as it lies. ``calls``: whom to call about it."""
    time = short_clock(end)
    saved = tr("{name} now stays until {time}").format(name=block.name, time=time)
    saved = with_nurses(saved, setup, before, wanted)
    return MoveWords(". ".join((saved, *calls)), tr("Let it end at {time}").format(time=time))

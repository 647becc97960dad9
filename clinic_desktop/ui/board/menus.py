"""What a right click offers: every command that has to do with what was clicked."""

from collections.abc import Sequence

from clinic_desktop.ui.board import commands
from clinic_desktop.ui.board.block import Block
from clinic_desktop.ui.commands import Command

_OF_A_VISIT = (
    commands.NEXT,
    commands.ARRIVED,
    commands.CONFIRM,
    commands.CONFIRM_DRIVER,
    commands.MOVE,
    commands.LENGTH,
    commands.REPAIR_DAY,
    commands.DRIVER,
    commands.PATIENT,
    commands.SHEET,
    commands.FLOOR,
    commands.PARK,
    commands.CANCEL,
)
_OF_WHO_NEVER_CAME = (
    commands.PATIENT,
    commands.BOOK,
    commands.WHO_COULD_COME,
    commands.ARRIVED,
    commands.ENDED,
)
_OF_A_CELL = (
    commands.BOOK,
    commands.OPENINGS,
    commands.PLAN,
    commands.TO_PLACE,
    commands.WHO_COULD_COME,
    commands.REPAIR_DAY,
    commands.ENDED,
)


def offered_for(block: Block | None) -> Sequence[Command]:
    """For a visit; for a free cell where there is none."""
    if block is None:
        return _OF_A_CELL
    return _OF_WHO_NEVER_CAME if block.gone else _OF_A_VISIT

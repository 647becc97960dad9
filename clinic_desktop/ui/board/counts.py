"""What of a day wants somebody: the counts above the board, each a way to the visits it counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from clinic_desktop.scheduling.states import NEVER_CAME, VisitState
from clinic_desktop.ui.board.block import Block
from clinic_desktop.ui.board.cover import Cover
from clinic_desktop.ui.driver_badge import DriverMark
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone

REPAIRS = "repairs"


@dataclass(frozen=True, slots=True)
class Count:
    """``visits`` by time; ``text`` says the number and what it is; an icon where it wants somebody.

    leads: where pressing it leads, when that is not the next of its visits.
    """

    id: str
    text: str
    visits: tuple[int, ...]
    tone: Tone = Tone.NEUTRAL
    icon: str = ""
    leads: str = ""


def counts_of(blocks: Sequence[Block], cover: Cover) -> list[Count]:
    """All visits, who is here, then what wants somebody, the gravest first; zeros are left out."""
    by_id = {one.id: one for one in blocks}
    live = [one for one in by_id.values() if one.state not in NEVER_CAME]
    lacking = tuple(sorted({visit for gap in cover.gaps for visit in gap.visits}))
    drivers = {mark: _ids([b for b in live if b.driver is mark]) for mark in DriverMark}
    here = _ids([one for one in live if one.here])
    displaced = _ids([one for one in live if one.displaced])
    over = _ids([one for one in live if one.over])
    cleared = _ids([one for one in live if one.state is VisitState.HELD and "clearance" in one.waits])
    named = drivers[DriverMark.NAMED]
    red = Tone.DANGER if any(one.driver_late for one in live) else Tone.WARN
    wanting = [
        Count("cover", tr("{n} without cover"), lacking, Tone.DANGER, "warning"),
        Count("displaced", tr("{n} displaced"), displaced, Tone.DANGER, "warning"),
        Count("no-driver", tr("{n} no driver"), drivers[DriverMark.MISSING], red, "warning"),
        Count("clearance", tr("{n} for clearance"), cleared, Tone.WARN, "lock"),
        Count("to-confirm", tr("{n} to confirm"), named, Tone.WARN, "calls"),
        Count("over", tr("{n} running over"), over, Tone.WARN, "clock"),
    ]
    return [
        Count("visits", tr("%n visit(s)", "", len(live)), _ids(live)),
        *([Count("here", tr("{n} here now").format(n=len(here)), here)] if here else []),
        *(Count(c.id, c.text.format(n=len(c.visits)), c.visits, c.tone, c.icon) for c in wanting if c.visits),
    ]


def to_repair(number: int) -> list[Count]:
    """The repair list, which holds the coming visits of all days; nothing while it is empty."""
    if not number:
        return []
    text = tr("{n} to repair").format(n=number)
    return [Count(REPAIRS, text, (), Tone.DANGER, "warning", tr("Opens the repair list"))]


def _ids(blocks: Sequence[Block]) -> tuple[int, ...]:
    return tuple(one.id for one in blocks)

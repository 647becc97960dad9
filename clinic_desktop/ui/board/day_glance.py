"""The day in a few lines: which visits want somebody, and who is expected next."""

from collections.abc import Sequence

from clinic_desktop.scheduling.states import NEVER_CAME, PLANNED
from clinic_desktop.ui.board.block import Block
from clinic_desktop.ui.board.cover import Cover
from clinic_desktop.ui.board.day_axis import short_clock
from clinic_desktop.ui.board.facts import Fact
from clinic_desktop.ui.driver_badge import DriverMark
from clinic_desktop.ui.i18n import tr

LATE = 30  # minutes after the time a patient who has not come is still listed as expected
MOST_EXPECTED = 5


def wanting(blocks: Sequence[Block], cover: Cover) -> list[Fact]:
    """All visits that want somebody, the gravest first, each with why."""
    lacking = {visit for gap in cover.gaps for visit in gap.visits}
    live = [one for one in blocks if one.state not in NEVER_CAME]
    graded = [(grade, block, why) for block in live for grade, why in _why(block, lacking)]
    graded.sort(key=lambda one: (one[0], one[1].day, one[1].start))
    return [_fact(block, why) for _, block, why in graded]


def _why(block: Block, lacking: set[int]) -> list[tuple[int, str]]:
    """The gravest reason of a visit, with its grade; nothing when all is well."""
    reasons = [
        (block.displaced, tr("displaced")),
        (block.id in lacking, tr("no cover")),
        (block.driver is DriverMark.MISSING, tr("no driver")),
        ("clearance" in block.waits, tr("clearance")),
        (bool(block.over), tr("over")),
        (block.driver is DriverMark.NAMED, tr("ask driver")),
    ]
    return next(([(grade, why)] for grade, (speaks, why) in enumerate(reasons) if speaks), [])


def expected(blocks: Sequence[Block], now: int) -> list[Fact]:
    """Who comes next today, by when they are asked to be here: said so, for elsewhere a visit has its own
    time."""
    ahead = [one for one in blocks if one.state in PLANNED and not one.here and one.start >= now - LATE]
    ahead.sort(key=lambda one: one.arrive)
    return [_arrival(one) for one in ahead[:MOST_EXPECTED]]


def _fact(block: Block, right: str) -> Fact:
    time = short_clock(block.start)
    return Fact(time, block.name, right, state=block.whereabouts, visit_id=block.id, lead_width=46)


def _arrival(block: Block) -> Fact:
    """ "arrive 11:45  Okafor, Amara  IV"."""
    time = tr("arrive {time}").format(time=short_clock(block.arrive))
    return Fact(time, block.name, block.code, state=block.state, visit_id=block.id, lead_width=88)

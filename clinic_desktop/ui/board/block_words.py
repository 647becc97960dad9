"""Which words stand on a block of a given height: the most telling first, none cut in half."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui.board.block import Block
from clinic_desktop.ui.board.day_axis import short_clock
from clinic_desktop.ui.driver_badge import DriverMark
from clinic_desktop.ui.glyphs import state_word
from clinic_desktop.ui.i18n import tr


class LineKind(StrEnum):
    """How a line is drawn."""

    NAME = "name"
    DISPLACED = "displaced"
    CODE = "code"
    OVER = "over"
    DRIVER = "driver"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Line:
    """One line; ``top`` from the top of the block. Drivers and names take their words from the block."""

    kind: LineKind
    top: float
    text: str = ""


@dataclass(frozen=True, slots=True)
class LineHeights:
    """In logical pixels at the chosen text size."""

    name: float
    text: float
    badge: float
    pad: float


def lines_of(block: Block, height: float, heights: LineHeights, fits: Callable[[str], bool]) -> list[Line]:
    """The lines of a block, from top to bottom. ``fits``: whether a text is short enough for one line."""
    wanted = _wanted(block, fits)
    left = height - heights.pad - heights.name
    taken = [wanted[0]]
    for kind, text in wanted[1:]:
        needed = _height(kind, heights)
        if needed > left:
            break
        left -= needed
        taken.append((kind, text))
    out, top = [], min(heights.pad, max(0.0, (height - heights.name) / 2))
    for kind, text in sorted(taken, key=lambda one: _ORDER.index(one[0])):
        out.append(Line(kind, top, text))
        top += _height(kind, heights)
    return out


_ORDER = tuple(LineKind)


def _height(kind: LineKind, heights: LineHeights) -> float:
    if kind is LineKind.NAME:
        return heights.name
    badge = kind in (LineKind.DISPLACED, LineKind.OVER, LineKind.DRIVER)
    return heights.badge if badge else heights.text


def _wanted(block: Block, fits: Callable[[str], bool]) -> list[tuple[LineKind, str]]:
    """Lines by how much they matter."""
    out = [(LineKind.NAME, "")]
    if block.displaced:
        out.append((LineKind.DISPLACED, tr("DISPLACED")))
    if block.shares:
        out.append((LineKind.WORDS, tr("Overlaps")))
    missing = block.driver is DriverMark.MISSING
    if missing:  # what somebody must act upon is read on a low block, too
        out.append((LineKind.DRIVER, ""))
    out.append((LineKind.CODE, block.progress or block.detail))
    if block.over:
        out.append((LineKind.OVER, tr("{minutes} min over").format(minutes=block.over)))
    if block.driver is not None and not missing:
        out.append((LineKind.DRIVER, ""))
    return [*out, *((LineKind.WORDS, text) for text in _words(block, fits))]


def _words(block: Block, fits: Callable[[str], bool]) -> list[str]:
    """State and times, on one line where they fit; the state first where something has happened."""
    times = f"{short_clock(block.start)}\N{EN DASH}{short_clock(block.end)}"
    word = held_word(block) if block.state is VisitState.HELD else state_word(block.state)
    both = f"{times}  {word}"
    if fits(both):
        return [both]
    times = times if fits(times) else ""
    told_by_stripe = block.state in (VisitState.BOOKED, VisitState.CONFIRMED)
    return [one for one in ((times, word) if told_by_stripe else (word, times)) if one]


def held_word(block: Block) -> str:
    """ "Held: driver"."""
    waits = {"driver": tr("driver"), "clearance": tr("clearance")}
    said = ", ".join(waits[one] for one in block.waits if one in waits)
    if block.here:
        return tr("{state}, held: {what}").format(state=state_word(block.whereabouts), what=said)
    return tr("Held: {what}").format(what=said) if said else state_word(VisitState.HELD)

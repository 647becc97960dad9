"""A printed page, described without saying how it is drawn.

The rooms compose a :class:`Document`; printing turns it into a PDF. Sizes are in points (1/72 inch)
or in ems of the body text. Text is plain: nothing in it is ever read as markup.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from clinic_desktop.foundation.errors import ClinicProblem


class PageSize(StrEnum):
    LETTER = "letter"
    A4 = "a4"


class TextRole(StrEnum):
    """How loudly a paragraph speaks."""

    BODY = "body"
    SMALL = "small"  # side remarks; never a clinical instruction
    CALLOUT = "callout"  # bold, a little larger
    HEADLINE = "headline"  # bold, much larger: the one fact that must not be missed


class Align(StrEnum):
    LEFT = "left"
    RIGHT = "right"


class BoxKind(StrEnum):
    """The frame says how much it matters, without colour."""

    DANGER = "danger"  # heavy
    NOTICE = "notice"  # fine


class Lines(StrEnum):
    """Which lines a table shows."""

    NONE = "none"
    GRID = "grid"
    PANEL = "panel"  # a heavy frame, fine lines between the rows


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one weight. ``origin`` names the fact it came from, to say where a character is missing.
    ``lang``: its language, where that is another one than the document's."""

    text: str
    bold: bool = False
    origin: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Blank:
    """A line inside a sentence, to fill in by hand; ``ems`` wide."""

    ems: float = 14.0


Inline = Run | Blank
Words = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    level: int  # 1 the page's title, 2 a section, 3 inside a panel
    words: Words


@dataclass(frozen=True, slots=True)
class Paragraph:
    words: Words
    role: TextRole = TextRole.BODY
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class BulletList:
    """Items read down the first column, then down the next."""

    items: tuple[Words, ...]
    columns: int = 1


@dataclass(frozen=True, slots=True)
class FillLine:
    """A labelled line to fill in by hand; ``share`` of the width among its neighbours."""

    label: str
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class FillRow:
    lines: tuple[FillLine, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """A line to sign on, what stands under it, and a shorter line beside it (such as the time)."""

    words: Words
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Divider:
    heavy: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    kind: BoxKind
    blocks: tuple["Block", ...]


Cell = tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells. ``widths`` are shares. The header row comes again on each page.

    row_ems: least height of a row, for handwriting. early: it begins on the first page, for which the
    document is set tighter where it has to be.
    """

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    header: tuple[Cell, ...] = ()
    lines: Lines = Lines.GRID
    row_ems: float = 0.0
    early: bool = False


@dataclass(frozen=True, slots=True)
class KeepTogether:
    """Not broken across pages while it fits on one."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A square code (QR) for a phone's camera. ``words`` stand under it; ``meaning`` is read aloud for it."""

    data: str
    words: Words = ()
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


@dataclass(frozen=True, slots=True)
class GridEntry:
    """What stands in lanes ``[lane, lane + span)`` of the ``lanes`` of a column, from ``start`` to ``end``.

    lines: its words, the most telling first. dashed: it is not settled yet. hatched: it lies over another.
    """

    column: int
    start: int
    end: int
    lines: tuple[Words, ...]
    lane: int = 0
    span: int = 1
    lanes: int = 1
    dashed: bool = False
    hatched: bool = False


@dataclass(frozen=True, slots=True)
class GridShut:
    """A stretch of a column in which nothing is open."""

    column: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DayGrid:
    """Columns side by side, the time from ``first`` to ``last`` down the page, which it has for itself.

    Entries whose words have no room are numbered, and stand in full below the grid, under ``more``.
    hours: the minutes that are marked at the left, with their words.
    """

    columns: tuple[str, ...]
    first: int
    last: int
    entries: tuple[GridEntry, ...] = ()
    shut: tuple[GridShut, ...] = ()
    hours: tuple[tuple[int, str], ...] = ()
    more: str = ""


@dataclass(frozen=True, slots=True)
class Cards:
    """Small cards of one size (in points) to cut out, two beside each other."""

    cards: tuple[tuple["Block", ...], ...]
    width: float
    height: float


Block = (
    Heading
    | Paragraph
    | BulletList
    | FillRow
    | Signature
    | Divider
    | Box
    | Table
    | KeepTogether
    | Code
    | PageBreak
    | DayGrid
    | Cards
)


@dataclass(frozen=True, slots=True)
class Running:
    """The line at the head of every page but the first: whose page it is, if the staple comes out.

    everywhere: on the first page too. page_label: stands behind ``right``, with {page} and {pages}.
    """

    left: Words = ()
    right: Words = ()
    everywhere: bool = False
    page_label: str = ""


ISOLATE, ISOLATE_END = "\u2068", "\u2069"
"""What stands between them has a direction of its own, and reorders nothing around it."""


def isolated(fact: str) -> str:
    return f"{ISOLATE}{fact.replace(ISOLATE_END, '')}{ISOLATE_END}"


@dataclass(frozen=True, slots=True)
class Footer:
    """At the foot of every page. ``page_label`` fills in {page} and {pages}. In a line that is read from the
    right, facts are :func:`isolated`."""

    lines: tuple[str, ...] = ()
    page_label: str = "Page {page} of {pages}"


@dataclass(frozen=True, slots=True)
class Document:
    """What goes on paper. ``title`` also names the file inside: no patient data in it. ``most_pages``: set
    tighter rather than on more pages than that; 0 for any number. ``good_pages``: so few where being tighter
    is all that it takes; 0 for no such wish. ``rtl``: it is read from right to left.
    ``then``: goes out with it, after it, on pages of its own."""

    title: str
    language: str
    blocks: tuple[Block, ...]
    page_size: PageSize = PageSize.LETTER
    landscape: bool = False
    body_pt: float = 12.0
    running: Running = Running()
    footer: Footer = Footer()
    most_pages: int = 0
    good_pages: int = 0
    rtl: bool = False
    then: "Document | None" = None


@dataclass(frozen=True, slots=True)
class RenderedPdf:
    data: bytes
    page_count: int


RenderPdf = Callable[[Document], RenderedPdf]
"""What the rooms ask of printing. Raises :class:`GlyphMissing`."""


class GlyphMissing(ClinicProblem):
    """The printed alphabet lacks a character; nothing was drawn.

    character: it. where: the fact it came from (such as ``patient_name``) or the kind of block.
    """

    def __init__(self, character: str, name: str, where: str) -> None:
        self.character, self.name, self.where = character, name, where
        shown = character if character.isprintable() and not _is_surrogate(character) else ""
        sign = f"U+{ord(character):04X} {shown} {name}".replace("  ", " ").strip()
        super().__init__(f"This cannot be printed: {sign} in {where}. Write it in another way, then print.")


def _is_surrogate(character: str) -> bool:
    return 0xD800 <= ord(character) <= 0xDFFF


def text(words: str, *, bold: bool = False) -> Words:
    """A single run, for plain sentences."""
    return (Run(words, bold),)


def cell(words: str, *, bold: bool = False) -> Cell:
    """A table cell that holds one paragraph; an empty one is room to write."""
    return (Paragraph(text(words, bold=bold)),) if words else ()

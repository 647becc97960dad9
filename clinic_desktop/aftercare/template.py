"""A sheet's wording, as read from its file: blocks with numbered statements and fields to fill."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clinic_desktop.aftercare.fields import Gap
from clinic_desktop.aftercare.values import SheetVersion
from clinic_desktop.foundation.document import BoxKind, TextRole

Numbers = frozenset[int]
"""The statements a block belongs to; it is printed while one of them is switched on. Empty: always."""


class Status(StrEnum):
    DRAFT = "draft"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class TextPart:
    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class FieldPart:
    name: str
    gap: Gap = Gap.BLOCK
    bold: bool = False


Part = TextPart | FieldPart


@dataclass(frozen=True, slots=True)
class HeadingText:
    level: int
    parts: tuple[Part, ...]
    numbers: Numbers
    line: int


@dataclass(frozen=True, slots=True)
class ParagraphText:
    parts: tuple[Part, ...]
    role: TextRole
    numbers: Numbers
    line: int


@dataclass(frozen=True, slots=True)
class BulletText:
    parts: tuple[Part, ...]
    numbers: Numbers
    line: int


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field that makes lines of its own."""

    name: str
    gap: Gap
    numbers: Numbers
    line: int


@dataclass(frozen=True, slots=True)
class FillText:
    """Labelled lines to fill in by hand, side by side; ``shares`` are their lengths."""

    labels: tuple[str, ...]
    shares: tuple[int, ...]
    numbers: Numbers
    line: int


@dataclass(frozen=True, slots=True)
class SignatureText:
    """A line to sign on, and what is written beside it."""

    parts: tuple[Part, ...]
    beside: str
    numbers: Numbers
    line: int


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table to fill in by hand: column headings and a number of empty rows."""

    headings: tuple[str, ...]
    rows: int
    numbers: Numbers
    line: int


@dataclass(frozen=True, slots=True)
class BoxText:
    kind: BoxKind
    blocks: tuple["TemplateBlock", ...]
    numbers: Numbers
    line: int


@dataclass(frozen=True, slots=True)
class PanelText:
    """Rows of a heading with remarks on the left and its signs on the right."""

    blocks: tuple["TemplateBlock", ...]
    numbers: Numbers
    line: int


TemplateBlock = (
    HeadingText
    | ParagraphText
    | BulletText
    | FieldLine
    | FillText
    | SignatureText
    | RuledTable
    | BoxText
    | PanelText
)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    kind: str
    language: str
    version: int
    title: str
    status: Status = Status.DRAFT
    approved_by: str = ""
    approved_on: date | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """A parsed and validated text. ``file`` is its name, for messages. sources: a line of the file, and the
    keys of the sources that stand above it."""

    front: FrontMatter
    blocks: tuple[TemplateBlock, ...]
    file: str = ""
    sources: tuple[tuple[int, tuple[str, ...]], ...] = ()

    @property
    def wording(self) -> SheetVersion:
        return SheetVersion(self.front.kind, self.front.version, self.front.language)

    @property
    def approved(self) -> bool:
        return self.front.status is Status.APPROVED

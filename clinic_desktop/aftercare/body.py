"""The body of a text, line by line, into template blocks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clinic_desktop.aftercare.fields import FIELDS
from clinic_desktop.aftercare.inline import Reading, read_parts
from clinic_desktop.aftercare.problems import Flaw
from clinic_desktop.aftercare.statements import STATEMENTS
from clinic_desktop.aftercare.template import (
    BoxText,
    BulletText,
    FieldLine,
    FieldPart,
    FillText,
    HeadingText,
    Numbers,
    PanelText,
    ParagraphText,
    Part,
    RuledTable,
    SignatureText,
    TemplateBlock,
)
from clinic_desktop.foundation.document import BoxKind, TextRole

_TAG = re.compile(r"\[\s*(\d+(?:\s*,\s*\d+)*)\s*\]\s*")
_MARK = re.compile(r"(#{1,3}|\^{1,2}|~|-)(?:\s+|$)")
_BLANK = re.compile(r"_{4,}")
_MARKUP = re.compile(r"\*\*|\{\{|\}\}")
_FENCE = ":::"
_COMMENT = ("<!--", "-->")
_ROLES = {"^": TextRole.CALLOUT, "^^": TextRole.HEADLINE, "~": TextRole.SMALL}
_BOXES = ("danger", "notice", "panel")


@dataclass(frozen=True, slots=True)
class _Line:
    """``text`` without its statement numbers."""

    number: int
    text: str
    numbers: Numbers = frozenset()


def read_body(lines: list[str], start: int, reading: Reading) -> tuple[TemplateBlock, ...]:
    """The blocks from line index ``start`` on; flaws go to ``reading``."""
    body = [
        _tagged(number, text.strip(), reading)
        for number, text in enumerate(lines[start:], start=start + 1)
        if not text.strip().startswith(_COMMENT[0])
    ]
    return tuple(_Body(body, reading).blocks())


def _tagged(number: int, text: str, reading: Reading) -> _Line:
    """Take the statement numbers off a line; they stand first, or after its mark."""
    mark = _MARK.match(text)
    head, rest = (mark.group(), text[mark.end() :]) if mark else ("", text)
    tag = _TAG.match(rest)
    if text.startswith(_FENCE):
        tag = _TAG.search(text)
        head, rest = (text[: tag.start()], text[tag.start() :]) if tag else (text, "")
        tag = _TAG.match(rest)
    if not tag:
        return _Line(number, text)
    numbers = frozenset(int(each) for each in tag.group(1).split(","))
    for each in sorted(numbers - set(STATEMENTS)):
        reading.wrong(number, Flaw.UNKNOWN_STATEMENT, name=str(each))
    return _Line(number, (head + rest[tag.end() :]).strip(), numbers)


class _Body:
    """A cursor over the lines."""

    def __init__(self, lines: list[_Line], reading: Reading) -> None:
        self._lines, self._reading, self._at = lines, reading, 0

    def blocks(self, inside: _Line | None = None) -> Iterator[TemplateBlock]:
        """Blocks to the end of the file, or of the box that was opened on the line ``inside``."""
        while self._at < len(self._lines):
            line = self._lines[self._at]
            self._at += 1
            if not line.text:
                continue
            if not line.text.startswith(_FENCE):
                yield from self._block(line)
            elif line.text == _FENCE and inside:
                return
            else:
                yield from self._fence(line, inside)
        if inside:
            self._reading.wrong(inside.number, Flaw.UNCLOSED_BOX, name=_box_name(inside))

    def _fence(self, line: _Line, inside: _Line | None) -> Iterator[TemplateBlock]:
        name = _box_name(line)
        if not name:
            self._reading.wrong(line.number, Flaw.STRAY_CLOSE)
        elif inside:
            self._reading.wrong(line.number, Flaw.BOX_IN_BOX, name=_box_name(inside))
        elif name not in _BOXES:
            self._reading.wrong(line.number, Flaw.UNKNOWN_BOX, name=name)
            tuple(self.blocks(line))  # read on to its end, so that one flaw is not told as two
        else:
            yield self._box(name, line)

    def _box(self, name: str, line: _Line) -> TemplateBlock:
        blocks = tuple(self.blocks(line))
        if name != "panel":
            return BoxText(BoxKind(name), blocks, line.numbers, line.number)
        if not blocks or not isinstance(blocks[0], HeadingText):
            self._reading.wrong(line.number, Flaw.PANEL_SHAPE)
        return PanelText(blocks, line.numbers, line.number)

    def _block(self, line: _Line) -> Iterator[TemplateBlock]:
        mark = _MARK.match(line.text)
        if mark:
            yield self._marked(line, mark.group(1), line.text[mark.end() :])
        elif line.text.startswith("|"):
            yield self._table(line)
        elif _BLANK.match(line.text):
            yield self._signature(line)
        elif _BLANK.search(line.text):
            yield self._fill_lines(line)
        else:
            yield self._paragraph(line)

    def _marked(self, line: _Line, mark: str, text: str) -> TemplateBlock:
        if not text:
            self._reading.wrong(line.number, Flaw.EMPTY_LINE, name=mark)
        if mark == "-":
            return BulletText(self._parts(self._joined(text), line), line.numbers, line.number)
        parts = self._parts(text, line)
        if mark in _ROLES:
            return ParagraphText(parts, _ROLES[mark], line.numbers, line.number)
        return HeadingText(len(mark), parts, line.numbers, line.number)

    def _paragraph(self, line: _Line) -> TemplateBlock:
        parts = read_parts(self._joined(line.text), line.number, self._reading)
        if len(parts) == 1 and isinstance(parts[0], FieldPart) and FIELDS[parts[0].name].whole_line:
            return FieldLine(parts[0].name, parts[0].gap, line.numbers, line.number)
        self._refuse_whole_lines(parts, line)
        return ParagraphText(parts, TextRole.BODY, line.numbers, line.number)

    def _joined(self, text: str) -> str:
        """The line with those that continue it."""
        while self._at < len(self._lines) and _continues(self._lines[self._at]):
            text += " " + self._lines[self._at].text
            self._at += 1
        return text

    def _fill_lines(self, line: _Line) -> TemplateBlock:
        """The more underscores, the longer the line."""
        fields = line.text.split("|")
        labels = self._plain([_BLANK.sub("", field).strip() for field in fields], line)
        shares = tuple(max(4, field.count("_")) for field in fields)
        return FillText(labels, shares, line.numbers, line.number)

    def _signature(self, line: _Line) -> TemplateBlock:
        under, _, beside = _BLANK.sub("", line.text).partition("|")
        parts = self._parts(under.strip(), line)
        (plain,) = self._plain([beside.strip()], line)
        return SignatureText(parts, plain, line.numbers, line.number)

    def _table(self, line: _Line) -> TemplateBlock:
        rows = [_cells(line.text)]
        while self._at < len(self._lines) and self._lines[self._at].text.startswith("|"):
            rows.append(_cells(self._lines[self._at].text))
            self._at += 1
        headings, dashes, empty = rows[0], rows[1] if len(rows) > 1 else [], rows[2:]
        good = empty and all(set(cell) == {"-"} for cell in dashes) and not any(map(any, empty))
        if not good or {len(row) for row in rows} != {len(headings)}:
            self._reading.wrong(line.number, Flaw.TABLE_SHAPE)
        return RuledTable(self._plain(headings, line), len(empty), line.numbers, line.number)

    def _parts(self, text: str, line: _Line) -> tuple[Part, ...]:
        parts = read_parts(text, line.number, self._reading)
        self._refuse_whole_lines(parts, line)
        return parts

    def _refuse_whole_lines(self, parts: tuple[Part, ...], line: _Line) -> None:
        for part in parts:
            if isinstance(part, FieldPart) and FIELDS[part.name].whole_line:
                self._reading.wrong(line.number, Flaw.FIELD_ALONE, name=part.name)

    def _plain(self, texts: list[str], line: _Line) -> tuple[str, ...]:
        if any(_MARKUP.search(text) for text in texts):
            self._reading.wrong(line.number, Flaw.PLAIN_ONLY)
        return tuple(texts)


def _continues(line: _Line) -> bool:
    """An ordinary line without numbers of its own goes on where the one before it stopped."""
    special = not line.text or line.numbers or line.text.startswith((_FENCE, "|", "{{"))
    return not (special or _MARK.match(line.text) or _BLANK.search(line.text))


def _box_name(line: _Line) -> str:
    return line.text.removeprefix(_FENCE).strip()


def _cells(text: str) -> list[str]:
    return [cell.strip() for cell in text.strip().removeprefix("|").removesuffix("|").split("|")]

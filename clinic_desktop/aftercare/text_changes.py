"""What is new in a version of a text, statement by statement. Pure."""

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest

from clinic_desktop.aftercare.check import all_blocks, parts_of
from clinic_desktop.aftercare.template import FieldLine, FieldPart, Part, Template

_SENTENCE = re.compile(r"(?<=[.!?؟])\s+|(?<=[。！？])\s*(?=\S)")
OTHER_WORDS = 0
"""Stands for the number of what belongs to no statement: headings, remarks, the title."""


class ChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True)
class Changed:
    """A statement that says something else. ``number`` is 0 for the words that belong to none."""

    number: int
    kind: ChangeKind
    old: str = ""
    new: str = ""

    @property
    def sentences(self) -> tuple[tuple[str, str], ...]:
        """Only the sentences that are not the same, the old one and the new one, in their order; empty where
        there is none on that side."""
        before, after = _sentences(self.old), _sentences(self.new)
        found: list[tuple[str, str]] = []
        for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if what != "equal":
                found += zip_longest(before[a:b], after[c:d], fillvalue="")
        return tuple(found) or ((self.old, self.new),)


def _sentences(text: str) -> list[str]:
    return _SENTENCE.split(text) if text else []


def changes_between(old: Template, new: Template) -> tuple[Changed, ...]:
    """What the second version adds, leaves out and says otherwise, by the numbers of the statements."""
    before, after = _said(old), _said(new)
    numbers = sorted(before.keys() | after.keys())
    return tuple(
        _change(number, before.get(number, ""), after.get(number, ""))
        for number in numbers
        if before.get(number) != after.get(number)
    )


def same_words(old: Template, new: Template) -> bool:
    """Whether nothing that a reader sees is different, nor which statement it belongs to."""
    return not changes_between(old, new)


def _change(number: int, old: str, new: str) -> Changed:
    kind = ChangeKind.REWORDED if old and new else ChangeKind.ADDED if new else ChangeKind.REMOVED
    return Changed(number, kind, old, new)


def _said(template: Template) -> dict[int, str]:
    """Number -> everything that is said of it, in order."""
    lines: defaultdict[int, list[str]] = defaultdict(list)
    lines[OTHER_WORDS].append(template.front.title)
    for block in all_blocks(template.blocks):
        words = f"{{{{{block.name}}}}}" if isinstance(block, FieldLine) else _words(parts_of(block))
        if words:
            for number in block.numbers or {OTHER_WORDS}:
                lines[number].append(words)
    return {number: " ".join(words) for number, words in lines.items()}


def _words(parts: tuple[Part, ...]) -> str:
    return "".join(f"{{{{{one.name}}}}}" if isinstance(one, FieldPart) else one.text for one in parts)

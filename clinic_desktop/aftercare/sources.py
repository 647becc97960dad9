"""What each statement of a text rests on, and the table of it in the guide (docs/sheet-sources.md).

``python -m clinic_desktop.aftercare.sources`` prints the table.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator

from clinic_desktop.aftercare.check import all_blocks
from clinic_desktop.aftercare.parse import shipped_template, shipped_texts
from clinic_desktop.aftercare.sheet_text import ENGLISH
from clinic_desktop.aftercare.source_keys import SOURCES
from clinic_desktop.aftercare.statements import REQUIRED, STATEMENTS
from clinic_desktop.aftercare.template import Numbers, Template

_HEAD = """# What the sheets rest on

Each line of a text that ships names its sources: keys of the source register; "clinic choice" for what a
clinic decides; "unsourced" for what is said because it is sensible, though nobody was found who says it. Made
from the texts by `python -m clinic_desktop.aftercare.sources`; a test keeps it true.
"""


def sources_of(template: Template) -> dict[int, tuple[str, ...]]:
    """Statement -> the keys of everything that the text says of it, in the order of the text."""
    found: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for _, numbers, keys in _marked(template):
        for number in numbers:
            found[number].update(dict.fromkeys(keys))
    return {number: tuple(found[number]) for number in sorted(found)}


def unmarked(template: Template) -> list[int]:
    """The lines that say a statement and name no source."""
    return [line for line, _, keys in _marked(template) if not keys]


def _marked(template: Template) -> Iterator[tuple[int, Numbers, tuple[str, ...]]]:
    """Line, statements and keys. A mark holds on while the lines after it say the same statement."""
    marks = dict(template.sources)
    last: Numbers = frozenset()
    keys: tuple[str, ...] = ()
    for block in all_blocks(template.blocks):
        if block.line in marks:
            keys = marks[block.line]
        elif block.numbers != last:
            keys = ()
        last = block.numbers
        if block.numbers:
            yield block.line, block.numbers, keys


def table() -> str:
    """The page of the guide."""
    parts = [_HEAD]
    for kind in REQUIRED:
        template = shipped_template(kind)
        rows = [
            f"| {number} | {STATEMENTS[number]} | {', '.join(keys)} |"
            for number, keys in sources_of(template).items()
        ]
        head = [
            f"## {template.front.title} (`{kind}`)",
            "",
            "| No. | Statement | Sources |",
            "| --- | --- | --- |",
        ]
        parts.append("\n".join([*head, *rows]) + "\n")
    parts.append("\n".join(_languages()) + "\n")
    used = {key for kind in REQUIRED for keys in sources_of(shipped_template(kind)).values() for key in keys}
    rows = [f"| {key} | {weight} | {address} |" for key, (weight, address) in SOURCES.items() if key in used]
    weights = "A: official or reviewed by peers. B: a clinic's own page. C: collected from others."
    head = ["## Where each was read", "", weights, "", "| Key | Weight | Address |", "| --- | --- | --- |"]
    return "\n".join([*parts, *head, *rows]) + "\n"


def _languages() -> list[str]:
    """Which language has which kinds."""
    there = {(path.parent.name, path.stem) for path in shipped_texts()}
    languages = sorted({language for language, _ in there}, key=lambda one: (one != ENGLISH, one))
    head = [
        "## Which language has which text",
        "",
        f"| Text | {' | '.join(languages)} |",
        "| --- " * (len(languages) + 1) + "|",
    ]
    rows = [
        f"| {kind} | {' | '.join('yes' if (language, kind) in there else '' for language in languages)} |"
        for kind in REQUIRED
    ]
    return [
        *head,
        *rows,
        "",
        "All are drafts until a prescriber approves them; no translator has read the translations yet.",
    ]


if __name__ == "__main__":
    sys.stdout.write(table())

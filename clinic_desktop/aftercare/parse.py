"""A text file into a template: our own plain Markdown, described in resources/aftercare/README.md."""

from pathlib import Path

from clinic_desktop.aftercare.body import read_body
from clinic_desktop.aftercare.check import check_template
from clinic_desktop.aftercare.front import read_front
from clinic_desktop.aftercare.inline import Reading
from clinic_desktop.aftercare.problems import TextRefused
from clinic_desktop.aftercare.source_marks import read_marks
from clinic_desktop.aftercare.template import Template
from clinic_desktop.foundation.resources import resource


def parse_template(text: str, file: str) -> Template:
    """Read and validate a text. Raises :class:`TextRefused` with every flaw found."""
    reading = Reading(file)
    lines = text.splitlines()
    front, start = read_front(lines, reading)
    blocks = read_body(lines, start, reading)
    marks = read_marks(lines, start, reading)
    template = Template(front, blocks, file, marks) if front else None
    if template:
        check_template(template, reading)
    if template is None or reading.problems:
        raise TextRefused(sorted(reading.problems, key=lambda problem: problem.line))
    return template


def shipped_template(kind: str, language: str = "en") -> Template:
    """A text that comes with the program. Raises ``FileNotFoundError`` when there is none."""
    return parse_template(shipped_source(kind, language), f"{language}/{kind}.md")


def shipped_source(kind: str, language: str = "en") -> str:
    """The same as it stands in its file."""
    return resource("aftercare", language, f"{kind}.md").read_text(encoding="utf-8")


def shipped_texts() -> list[Path]:
    """Every text that comes with the program."""
    return sorted(resource("aftercare").glob("*/*.md"))

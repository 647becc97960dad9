"""A text file into a template: our own plain Markdown, described in resources/aftercare/README.md."""

from pathlib import Path

from clinic_desktop.aftercare.body import read_body
from clinic_desktop.aftercare.check import check_template
from clinic_desktop.aftercare.front import read_front
from clinic_desktop.aftercare.inline import Reading
from clinic_desktop.aftercare.problems import Problem, TextRefused
from clinic_desktop.aftercare.source_marks import read_marks
from clinic_desktop.aftercare.template import FrontMatter, Template
from clinic_desktop.foundation.resources import resource


def parse_template(text: str, file: str) -> Template:
    """Read and validate a text. Raises :class:`TextRefused` with every flaw found."""
    template, problems = read_template(text, file)
    if template is None or problems:
        raise TextRefused(problems)
    return template


def read_template(text: str, file: str) -> tuple[Template | None, tuple[Problem, ...]]:
    """As much of a text as can be read, while it is still being written, and every flaw in the order of the
    file. None where its head cannot stand."""
    reading = Reading(file)
    lines = text.splitlines()
    front, start = read_front(lines, reading)
    blocks = read_body(lines, start, reading)
    marks = read_marks(lines, start, reading)
    template = Template(front, blocks, file, marks) if front else None
    if template:
        check_template(template, reading)
    return template, tuple(sorted(reading.problems, key=lambda problem: problem.line))


def read_head(text: str, file: str) -> FrontMatter:
    """What a text says that it is. Raises :class:`TextRefused` where that cannot be read."""
    reading = Reading(file)
    front, _ = read_front(text.splitlines(), reading)
    if front is None:
        raise TextRefused(reading.problems)
    return front


def shipped_template(kind: str, language: str = "en") -> Template:
    """A text that comes with the program. Raises ``FileNotFoundError`` when there is none."""
    return parse_template(shipped_source(kind, language), f"{language}/{kind}.md")


def shipped_source(kind: str, language: str = "en") -> str:
    """The same as it stands in its file."""
    return resource("aftercare", language, f"{kind}.md").read_text(encoding="utf-8")


def shipped_texts() -> list[Path]:
    """Every text that comes with the program."""
    return sorted(resource("aftercare").glob("*/*.md"))

"""A text while it is being written: its flaws, what it says, how hard it is to read, and its pages."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from clinic_desktop.aftercare.check import all_blocks
from clinic_desktop.aftercare.fields import FIELDS
from clinic_desktop.aftercare.grade import HIGHEST_GRADE, hardest_sentence, school_grade
from clinic_desktop.aftercare.parse import read_template
from clinic_desktop.aftercare.phrases import phrases
from clinic_desktop.aftercare.problems import Flaw, Problem
from clinic_desktop.aftercare.rules import TEXT_LANGUAGE
from clinic_desktop.aftercare.sample_facts import Sample, longest_handed_out, sample_page
from clinic_desktop.aftercare.statements import REQUIRED, STATEMENTS
from clinic_desktop.aftercare.template import Template
from clinic_desktop.foundation.document import Document, PageSize, RenderedPdf, RenderPdf
from clinic_desktop.foundation.errors import ClinicProblem, Refusal
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.words import LanguageMissing
from clinic_desktop.people.languages import language_name

_SHOWS_ALL_THE_SAME = frozenset({
    Flaw.MISSING_STATEMENT, Flaw.MISSING_FIELD, Flaw.MISSING_WORD, Flaw.OUT_OF_ORDER, Flaw.PRIVATE_WORD,
    Flaw.UNKNOWN_SOURCE,
})  # fmt: skip
"""What is missing or stands in the wrong place: the pages can be set without it."""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of the text's kind: on which line it is said first; 0 where it is not said yet."""

    number: int
    label: str
    line: int


@dataclass(frozen=True, slots=True)
class Trial:
    """What was found. grade: None where it is not measured. pages: None where they cannot be set, for the
    flaws or for the trouble."""

    problems: tuple[Problem, ...] = ()
    grade: float | None = None
    hardest: str = ""
    said: tuple[Said, ...] = ()
    pages: RenderedPdf | None = None
    most_pages: int = 0
    trouble: ClinicProblem | None = None
    template: Template | None = field(default=None, compare=False)

    @property
    def too_hard(self) -> bool:
        return self.grade is not None and self.grade > HIGHEST_GRADE

    @property
    def too_long(self) -> bool:
        return self.pages is not None and self.pages.page_count > self.most_pages


@dataclass(frozen=True, slots=True)
class Length:
    """How many pages the longest sheet takes, and how many are allowed: in usual print and in large."""

    pages: int
    most: int
    large_pages: int
    large_most: int

    @property
    def fits(self) -> bool:
        return self.pages <= self.most and self.large_pages <= self.large_most


def try_text(source: str, page_size: PageSize, sample: Sample, render: RenderPdf) -> Trial:
    """All that is found in a text now, with its pages for an invented visit."""
    template, problems = read_template(source, "text")
    if template is None:
        return Trial(problems)
    found = Trial(
        problems=problems,
        grade=school_grade(template),
        hardest=hardest_sentence(template),
        said=tuple(_said(template)),
        template=template,
    )
    if not can_be_set(problems):
        return found
    return _with_pages(found, template, page_size, sample, render)


def can_be_set(problems: tuple[Problem, ...]) -> bool:
    """Whether the pages can be set in spite of these."""
    return all(one.flaw in _SHOWS_ALL_THE_SAME for one in problems)


def length_of(template: Template, page_size: PageSize, render: RenderPdf) -> Length:
    """How long the longest sheet is."""
    usual, large = (
        _length(longest_handed_out(template, page_size, large_print=one), render) for one in (False, True)
    )
    return Length(*usual, *large)


def _length(page: Document, render: RenderPdf) -> tuple[int, int]:
    return render(page).page_count, page.most_pages


def _with_pages(
    found: Trial, template: Template, page_size: PageSize, sample: Sample, render: RenderPdf
) -> Trial:
    language = template.front.language
    try:
        phrases(language)
        page = sample_page(template, page_size, sample)
        return replace(found, pages=render(page), most_pages=page.most_pages)
    except LanguageMissing:
        said = Finding(TEXT_LANGUAGE, {"language": language_name(language)})
        return replace(found, trouble=Refusal([said]))
    except ClinicProblem as problem:  # a sign that no page can show, a fact that this visit has not
        return replace(found, trouble=problem)


def _said(template: Template) -> Iterator[Said]:
    lines: dict[int, int] = {}
    for block in all_blocks(template.blocks):
        for number in block.numbers:
            lines.setdefault(number, block.line)
    for number in sorted(REQUIRED[template.front.kind] | lines.keys()):
        yield Said(number, STATEMENTS.get(number, ""), lines.get(number, 0))


def fields_of(kind: str) -> dict[str, str]:
    """The facts that a text of a kind may ask for, by name, each with what it is called."""
    return {name: one.label for name, one in FIELDS.items() if not one.kinds or kind in one.kinds}

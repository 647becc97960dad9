"""What speaks against handing a text out, besides what its file has to say."""

from collections.abc import Iterator

from clinic_desktop.aftercare.grade import HIGHEST_GRADE, school_grade
from clinic_desktop.aftercare.phrases import phrases
from clinic_desktop.aftercare.rules import TEXT_GRADE, TEXT_LANGUAGE, TEXT_PAGES
from clinic_desktop.aftercare.sample_facts import longest_handed_out
from clinic_desktop.aftercare.template import Template
from clinic_desktop.foundation.document import PageSize, RenderPdf
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.words import LanguageMissing
from clinic_desktop.people.languages import language_name

WITH_A_REASON = frozenset({TEXT_GRADE.code, TEXT_PAGES.code})
"""What a prescriber may approve a text in spite of."""


def speaks_against_text(template: Template, page_size: PageSize, render: RenderPdf) -> list[Finding]:
    """Everything, in the order in which it is mended. Raises ``GlyphMissing`` for what no page can show."""
    language = template.front.language
    try:
        phrases(language)
    except LanguageMissing:
        return [Finding(TEXT_LANGUAGE, {"language": language_name(language)})]
    return [*_pages(template, page_size, render), *_grade(template)]


def _pages(template: Template, page_size: PageSize, render: RenderPdf) -> Iterator[Finding]:
    for large in (False, True):
        page = longest_handed_out(template, page_size, large_print=large)
        count = render(page).page_count
        if count > page.most_pages:
            said = {
                "size": "large print" if large else "usual print",
                "pages": count,
                "most": page.most_pages,
            }
            yield Finding(TEXT_PAGES, said)
            return


def _grade(template: Template) -> Iterator[Finding]:
    grade = school_grade(template)
    if grade is not None and grade > HIGHEST_GRADE:
        yield Finding(TEXT_GRADE, {"grade": f"{grade:.1f}", "most": f"{HIGHEST_GRADE:.0f}"})

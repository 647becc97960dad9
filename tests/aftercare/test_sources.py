"""Every statement of every text says what it rests on, and what not to do until when comes first."""

import re

import pytest

from clinic_desktop.aftercare import sources
from clinic_desktop.aftercare.parse import parse_template, shipped_source, shipped_template, shipped_texts
from clinic_desktop.aftercare.problems import Flaw, TextRefused
from clinic_desktop.aftercare.source_keys import CLINIC_CHOICE, KNOWN, SOURCES, UNSOURCED
from clinic_desktop.aftercare.sources import sources_of, unmarked
from clinic_desktop.aftercare.statements import REQUIRED
from clinic_desktop.aftercare.values import AFTER_TREATMENT
from clinic_desktop.people.languages import language_name
from tests.shared_data import PROJECT, shared

TEXTS = [(path.stem, path.parent.name) for path in shipped_texts()]


@pytest.mark.parametrize(("kind", "language"), TEXTS)
def test_every_statement_rests_on_a_source(kind: str, language: str) -> None:
    template = shipped_template(kind, language)
    found = sources_of(template)
    assert set(found) == REQUIRED[kind]
    assert all(keys and KNOWN.issuperset(keys) for keys in found.values())
    assert unmarked(template) == []


def test_the_keys_are_those_of_the_reference() -> None:
    register = shared("clinic/reference.md").read_text(encoding="utf-8").partition("## 12. ")[2]
    rows = dict(re.findall(r"^\| (\w+) \| (\S+)", register, re.M))
    assert {key: address for key, (_, address) in SOURCES.items()} == {key: rows[key] for key in SOURCES}


def test_the_guide_shows_them() -> None:
    page = (PROJECT / "docs" / "sheet-sources.md").read_text(encoding="utf-8")
    assert page == sources.table(), "run: python -m clinic_desktop.aftercare.sources > docs/sheet-sources.md"


def test_the_page_of_the_sheets_leads_to_them_and_names_every_language() -> None:
    page = (PROJECT / "docs" / "sheets.md").read_text(encoding="utf-8")
    assert "](sheet-sources.md)" in page
    named = page.partition("## Languages")[2].partition("**All are drafts")[0]
    languages = {language for _, language in TEXTS}
    assert [one for one in languages if language_name(one).split(" (")[0] not in named] == []


def test_no_source_is_listed_for_nothing() -> None:
    used = {key for kind in REQUIRED for keys in sources_of(shipped_template(kind)).values() for key in keys}
    assert used == {*SOURCES, CLINIC_CHOICE, UNSOURCED}


def test_a_mark_holds_while_the_same_is_said() -> None:
    """A line that says something else needs its own."""
    source = shipped_source("iv").replace("<!-- [A10] -->\n", "")
    template = parse_template(source, "en/iv.md")
    first = next(n for n, line in enumerate(source.splitlines(), start=1) if "pain when you pee" in line)
    assert unmarked(template) == [first, first + 1, first + 2]
    assert sources_of(template)[13] == ()


@pytest.mark.parametrize("kind", AFTER_TREATMENT)
def test_what_not_to_do_until_when_comes_first(kind: str) -> None:
    """Rest told before alcohol is out of order, and the writer reads what to move."""
    lines = shipped_source(kind).splitlines()
    rest = next(n for n, line in enumerate(lines) if line.startswith("- [15] Rest"))
    alcohol = next(n for n, line in enumerate(lines) if line.startswith("- [5]"))
    lines.insert(alcohol, lines.pop(rest))
    with pytest.raises(TextRefused) as refused:
        parse_template("\n".join(lines), f"en/{kind}.md")
    (problem,) = refused.value.problems
    assert (problem.flaw, problem.params["name"], problem.params["other"]) == (Flaw.OUT_OF_ORDER, "1", "15")

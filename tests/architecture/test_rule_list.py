"""Every rule stands once, in one list, and the guide says what the rules say."""

import re
from pathlib import Path

from clinic_desktop import rule_list

ROOT = Path(__file__).parents[2]
_STATED = re.compile(r"^[A-Z][A-Z0-9_]* = Rule\(", re.MULTILINE)


def test_no_code_is_used_twice() -> None:
    assert rule_list.twice() == []


def test_every_module_that_states_rules_is_in_the_list() -> None:
    listed = {Path(module.__file__ or "").resolve() for _, module in rule_list.MODULES}
    stating = {
        path.resolve()
        for path in (ROOT / "clinic_desktop").rglob("*.py")
        if _STATED.search(path.read_text(encoding="utf-8"))
    }
    assert stating <= listed


def test_the_guide_is_made_from_the_rules() -> None:
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert page == rule_list.as_markdown(), "run: python -m clinic_desktop.rule_list > docs/rules.md"


def test_every_rule_names_where_it_comes_from() -> None:
    assert [rule.code for rule in rule_list.everything() if not rule.reference.strip()] == []

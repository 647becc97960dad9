"""Every rule stands once, in one list, and the guide says what the rules say."""

import ast
import re
from collections.abc import Iterator
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


def sentences_of(path: Path) -> Iterator[str]:
    """Whole sentences that a module names, with nothing to fill in."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            text = node.value.value
            if isinstance(text, str) and text.endswith(".") and " " in text and not re.search(r"[{%]", text):
                yield text


def test_what_is_said_of_the_data_as_it_stands_can_be_translated() -> None:
    spoken = set(rule_list.spoken())
    for path in (ROOT / "clinic_desktop" / "storage").glob("*.py"):
        if path.name != "check.py":  # for the command line and the audit trail, in English
            assert [one for one in sentences_of(path) if one not in spoken] == [], path.name

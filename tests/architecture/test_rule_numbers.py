"""docs/rule-numbers.md promises tests that are named after each number of the clinical reference."""

import re

from clinic_desktop import rule_list
from tests.architecture.sources import PROJECT

ROW = re.compile(r"^\| ([HS]\d+) \| .* \| (.*) \|$", re.MULTILINE)
NAMED = re.compile(r"def test_((?:[hs]\d+_)+)")
OF_A_RULE = re.compile(r"\b[HS]\d+\b")
NUMBERS = [*(f"H{n}" for n in range(1, 14)), *(f"S{n}" for n in range(1, 26))]


def rows() -> list[tuple[str, str]]:
    return ROW.findall((PROJECT / "docs" / "rule-numbers.md").read_text(encoding="utf-8"))


def test_every_number_is_on_the_page_in_order() -> None:
    assert [number for number, _ in rows()] == NUMBERS


def test_every_number_has_a_test_or_says_why_not_yet() -> None:
    promised = {number for number, proof in rows() if not proof.startswith("not yet: issue ")}
    files = sorted((PROJECT / "tests").rglob("test_*.py"))
    names = [name for one in files for name in NAMED.findall(one.read_text(encoding="utf-8"))]
    there = {number.upper() for name in names for number in name.split("_") if number}
    assert sorted(promised) == sorted(there)


def test_every_rule_that_has_a_number_has_one_of_these() -> None:
    used = {found for one in rule_list.everything() for found in OF_A_RULE.findall(one.reference)}
    assert used <= set(NUMBERS)

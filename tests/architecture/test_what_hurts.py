"""docs/what-hurts.md promises tests that are named after each requirement."""

import re

from tests.architecture.sources import PROJECT

ROW = re.compile(r"^\| R-(\d+) \| .* \| (.*) \|$", re.MULTILINE)
NAMED = re.compile(r"def test_r(\d+)_")


def test_every_requirement_that_names_tests_has_one():
    page = (PROJECT / "docs" / "what-hurts.md").read_text(encoding="utf-8")
    rows = ROW.findall(page)
    assert [int(number) for number, _ in rows] == list(range(1, 25))
    promised = {int(number) for number, proof in rows if proof.startswith("test")}
    files = sorted((PROJECT / "tests").rglob("test_*.py"))
    there = {int(number) for one in files for number in NAMED.findall(one.read_text(encoding="utf-8"))}
    assert promised == there

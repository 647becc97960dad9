"""Reading a text file, and saying what is wrong with it."""

import re
from datetime import date

import pytest

from clinic_desktop.aftercare.check import all_blocks
from clinic_desktop.aftercare.fields import FIELDS, Gap
from clinic_desktop.aftercare.filling import _VALUES
from clinic_desktop.aftercare.front import with_record
from clinic_desktop.aftercare.parse import parse_template, read_head, shipped_template, shipped_texts
from clinic_desktop.aftercare.problems import REMEDIES, Flaw, TextRefused
from clinic_desktop.aftercare.statements import ALWAYS_SAID, REQUIRED, STATEMENTS
from clinic_desktop.aftercare.template import (
    BoxText,
    BulletText,
    FieldLine,
    FieldPart,
    FillText,
    HeadingText,
    PanelText,
    ParagraphText,
    RuledTable,
    SignatureText,
    Status,
    TextPart,
)
from clinic_desktop.foundation.document import BoxKind, TextRole

FRONT = """---
kind: receipt
language: en
version: 2
title: Receipt
status: draft
---
"""
BODY = "[18] Given: {{sheet_version}} to {{patient_name}}\n"
IV = FRONT.replace("receipt", "iv")


def blocks(body: str):
    """The blocks of a body, after the line that makes the text complete."""
    return parse_template(FRONT + BODY + "\n" + body, "en/test.md").blocks[1:]


def flaws(text: str) -> list[tuple[int, Flaw]]:
    with pytest.raises(TextRefused) as refused:
        parse_template(text, "en/test.md")
    return [(problem.line, problem.flaw) for problem in refused.value.problems]


def body_flaws(body: str) -> list[tuple[int, Flaw]]:
    """Line 1 is the first line of ``body``."""
    return [(line - 9, flaw) for line, flaw in flaws(FRONT + BODY + "\n" + body)]


class TestReading:
    def test_the_front_matter(self):
        front = parse_template(FRONT + BODY, "en/test.md").front
        assert (front.kind, front.language, front.version, front.title) == ("receipt", "en", 2, "Receipt")
        assert front.status is Status.DRAFT

    def test_an_approved_text_says_by_whom_and_when(self):
        approved = FRONT.replace("draft", "approved\napproved_by: H. Lin, MD\napproved_on: 2026-10-02")
        front = parse_template(approved + BODY, "en/test.md").front
        assert (front.approved_by, str(front.approved_on)) == ("H. Lin, MD", "2026-10-02")

    def test_a_paragraph_goes_on_until_an_empty_line(self):
        one, two = blocks("Do not\ndrive.\n\nRest.")
        assert one == ParagraphText((TextPart("Do not drive."),), TextRole.BODY, frozenset(), 10)
        assert two.line == 13

    def test_bold_and_fields(self):
        (block,) = blocks("Until **{{visit_date}}, night**: {{ driver_name  or line }}.")
        assert block.parts == (
            TextPart("Until "),
            FieldPart("visit_date", Gap.BLOCK, bold=True),
            TextPart(", night", bold=True),
            TextPart(": "),
            FieldPart("driver_name", Gap.LINE),
            TextPart("."),
        )

    def test_statement_numbers(self):
        heading, paragraph, bullet = blocks("## [14] Arm\n[3, 4] Rest.\n\n- [13] pain")
        assert [sorted(b.numbers) for b in (heading, paragraph, bullet)] == [[14], [3, 4], [13]]
        assert isinstance(heading, HeadingText)
        assert isinstance(bullet, BulletText)

    def test_loud_and_quiet_lines(self):
        roles = [block.role for block in blocks("^ Loud\n^^ Louder\n~ Quiet")]
        assert roles == [TextRole.CALLOUT, TextRole.HEADLINE, TextRole.SMALL]

    def test_a_box_holds_its_blocks(self):
        (box,) = blocks("::: danger [2]\n^ Do not drive.\n:::")
        assert isinstance(box, BoxText)
        assert (box.kind, box.numbers, len(box.blocks)) == (BoxKind.DANGER, {2}, 1)

    def test_a_panel(self):
        (panel,) = blocks("::: panel\n### Call 911\nright away for\n- chest pain\n:::")
        assert isinstance(panel, PanelText)
        assert [type(block).__name__ for block in panel.blocks] == [
            "HeadingText",
            "ParagraphText",
            "BulletText",
        ]

    def test_lines_to_fill_in(self):
        (row,) = blocks("[1] Left at: ____ | Went home with: ________")
        assert isinstance(row, FillText)
        assert (row.labels, row.shares) == (("Left at:", "Went home with:"), (4, 8))

    def test_a_line_to_sign(self):
        (line,) = blocks("____ Patient: {{patient_name}} | Time")
        assert isinstance(line, SignatureText)
        assert (line.parts, line.beside) == ((TextPart("Patient: "), FieldPart("patient_name")), "Time")

    def test_a_table_to_fill_in(self):
        (table,) = blocks("[7] | Medicine | Take |\n| --- | --- |\n| | |\n| | |")
        assert isinstance(table, RuledTable)
        assert (table.headings, table.rows, table.numbers) == (("Medicine", "Take"), 2, {7})

    def test_a_field_with_lines_of_its_own(self):
        (field,) = blocks("[17] {{next_visits or line}}")
        assert field == FieldLine("next_visits", Gap.LINE, frozenset({17}), 10)

    def test_a_comment_is_not_printed(self):
        assert blocks("<!-- [L4] label -->") == ()

    def test_windows_line_ends_and_a_byte_order_mark_free_file(self):
        assert parse_template((FRONT + BODY).replace("\n", "\r\n"), "x").front.version == 2


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Hello {{nobody}}.", [(1, Flaw.UNKNOWN_FIELD)]),
        ("Hello {{patient_name.", [(1, Flaw.UNCLOSED_FIELD)]),
        ("Hello patient_name}}.", [(1, Flaw.UNCLOSED_FIELD)]),
        ("Hello {{patient_name or {{driver_name}}.", [(1, Flaw.UNCLOSED_FIELD)]),
        ("Hello **you.", [(1, Flaw.UNCLOSED_BOLD)]),
        ("Hello {{patient_name or nothing}}.", [(1, Flaw.FIELD_WORDS)]),
        ("Hello {{patient_name or skip}}.", [(1, Flaw.FIELD_SKIP)]),
        ("Call {{phones}} now.", [(1, Flaw.FIELD_ALONE)]),
        ("- {{phones}}", [(1, Flaw.FIELD_ALONE)]),
        ("Not before {{drive_time}}.", [(1, Flaw.FIELD_NOT_HERE)]),
        ("[99] Hello.", [(1, Flaw.UNKNOWN_STATEMENT)]),
        ("<!-- [L4, Z9] -->\nHello.", [(1, Flaw.UNKNOWN_SOURCE)]),
        ("::: danger\nHello.", [(1, Flaw.UNCLOSED_BOX)]),
        ("Hello.\n\n:::", [(3, Flaw.STRAY_CLOSE)]),
        ("::: alarm\nHello.\n:::", [(1, Flaw.UNKNOWN_BOX)]),
        ("::: danger\n::: notice\n:::", [(2, Flaw.BOX_IN_BOX)]),
        ("::: panel\n- chest pain\n:::", [(1, Flaw.PANEL_SHAPE)]),
        ("| a | b |\n| --- | --- |", [(1, Flaw.TABLE_SHAPE)]),
        ("| a | b |\n| --- | --- |\n| |", [(1, Flaw.TABLE_SHAPE)]),
        ("| a | b |\n| --- | --- |\n| x | |", [(1, Flaw.TABLE_SHAPE)]),
        ("**Left** at: ____", [(1, Flaw.PLAIN_ONLY)]),
        ("- ", [(1, Flaw.EMPTY_LINE)]),
        ("##", [(1, Flaw.EMPTY_LINE)]),
        (
            "Hello {{nobody}}.\n\n- **you\n\n::: danger",
            [(1, Flaw.UNKNOWN_FIELD), (3, Flaw.UNCLOSED_BOLD), (5, Flaw.UNCLOSED_BOX)],
        ),
    ],
)
def test_flaws_are_found_with_their_line(body, found):
    assert body_flaws(body) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [(1, Flaw.NO_FRONT)]),
        ("Hello.", [(1, Flaw.NO_FRONT)]),
        ("---\nkind: iv\n", [(1, Flaw.NO_FRONT)]),
        (FRONT.replace("kind: receipt\n", "") + BODY, [(1, Flaw.MISSING_KEY)]),
        (FRONT.replace("version: 2", "version:") + BODY, [(4, Flaw.MISSING_KEY)]),
        (FRONT.replace("version: 2", "version: two") + BODY, [(4, Flaw.BAD_VALUE)]),
        (FRONT.replace("version: 2", "version: 0") + BODY, [(4, Flaw.BAD_VALUE)]),
        (FRONT.replace("receipt", "poster") + BODY, [(2, Flaw.BAD_VALUE)]),
        (FRONT.replace("draft", "final") + BODY, [(6, Flaw.BAD_VALUE)]),
        (FRONT.replace("en", "English", 1) + BODY, [(3, Flaw.BAD_VALUE)]),
        (FRONT.replace("title", "titel") + BODY, [(1, Flaw.MISSING_KEY), (5, Flaw.UNKNOWN_KEY)]),
        (FRONT.replace("draft", "approved") + BODY, [(1, Flaw.MISSING_KEY), (1, Flaw.MISSING_KEY)]),
        (
            FRONT.replace("draft", "approved\napproved_by: A\napproved_on: October 2") + BODY,
            [(8, Flaw.BAD_VALUE)],
        ),
    ],
)
def test_flaws_of_the_front_matter(text, found):
    assert flaws(text) == found


def test_a_statement_that_is_missing_is_named():
    found = flaws(FRONT + "Hello {{sheet_version}} {{patient_name}}.")
    assert found == [(0, Flaw.MISSING_STATEMENT)]


def test_a_text_without_driving_day_phones_or_911_is_refused():
    found = [flaw for _, flaw in flaws(IV + "Hello.")]
    assert found.count(Flaw.MISSING_STATEMENT) == 17
    assert found.count(Flaw.MISSING_FIELD) == 4
    assert found.count(Flaw.MISSING_WORD) == 2


def test_each_flaw_says_file_line_and_remedy():
    with pytest.raises(TextRefused) as refused:
        parse_template(FRONT + BODY + "\nHello {{patient_nam}}.", "en/iv.md")
    assert str(refused.value) == "en/iv.md, line 10: There is no field “patient_nam”. Is it “patient_name”?"


def test_every_flaw_has_a_remedy():
    assert set(REMEDIES) == set(Flaw)


@pytest.mark.parametrize("path", shipped_texts(), ids=lambda path: f"{path.parent.name}-{path.stem}")
class TestShippedTexts:
    def test_they_stand(self, path):
        template = parse_template(path.read_text(encoding="utf-8"), path.name)
        assert (template.front.language, template.front.kind) == (path.parent.name, path.stem)

    def test_they_are_drafts_until_a_prescriber_approves_them(self, path):
        assert shipped_template(path.stem, path.parent.name).front.status is Status.DRAFT

    def test_they_say_each_statement_of_their_kind_and_no_other(self, path):
        template = shipped_template(path.stem, path.parent.name)
        said = frozenset[int]().union(*(block.numbers for block in all_blocks(template.blocks)))
        assert said == REQUIRED[template.front.kind]

    def test_no_line_forbids_sleeping_pills_in_general(self, path):
        assert not re.search(
            r"\bno\b[^.]*\b(sleeping|sleep) (pills|medicine)", path.read_text(encoding="utf-8"), re.I
        )


def test_every_kind_has_an_english_text():
    assert {path.stem for path in shipped_texts() if path.parent.name == "en"} == set(REQUIRED)


def test_every_field_in_a_sentence_has_its_words():
    assert set(_VALUES) == {name for name, field in FIELDS.items() if not field.whole_line}


def test_the_statements_are_the_eighteen_and_those_of_a_visit_to_come():
    assert sorted(STATEMENTS) == [*range(1, 19), *range(21, 32)]
    assert set(STATEMENTS) >= ALWAYS_SAID
    assert {21, 22, 25, 26, 27, 16} <= ALWAYS_SAID


def test_the_head_says_what_the_record_says() -> None:
    """Whatever the file said; a text without a head that can be read stays as it is."""
    source = FRONT + BODY
    drafted = with_record(source, 7)
    front = read_head(drafted, "text")
    assert (front.version, front.status, front.approved_by) == (7, Status.DRAFT, "")
    approved = with_record(drafted, 8, ("Dr. Lin", date(2026, 11, 18)))
    front = read_head(approved, "text")
    assert (front.version, front.status) == (8, Status.APPROVED)
    assert (front.approved_by, front.approved_on) == ("Dr. Lin", date(2026, 11, 18))
    assert with_record(approved, 7) == drafted
    assert with_record("---\nno end", 3) == "---\nno end"
    assert drafted.endswith(BODY)

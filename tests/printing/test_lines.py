"""Setting words in lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.foundation.document import Blank, GlyphMissing, Run
from clinic_desktop.printing.fonts import faces
from clinic_desktop.printing.letters import TIE
from clinic_desktop.printing.lines import Line, break_lines, stretch

SIZE = 12.0


def lines_of(*inlines: Run | Blank, width: float = 200.0) -> tuple[Line, ...]:
    return break_lines(inlines, faces(), SIZE, width, "a test")


def words_of(line: Line) -> str:
    return "".join(segment.text for segment in line.segments)


def test_a_line_takes_as_many_words_as_fit():
    lines = lines_of(Run("one two three four five six seven eight nine ten"), width=100)
    assert [words_of(line).strip() for line in lines] == [
        "one two three",
        "four five six",
        "seven eight nine",
        "ten",
    ]


def test_all_but_the_last_line_end_with_a_space_so_that_words_stay_apart():
    first, last = lines_of(Run("together again"), width=60)
    assert (words_of(first), words_of(last)) == ("together ", "again")


def test_what_stands_on_the_next_sheet_too_is_set_once():
    lines = lines_of(Run("The same on every sheet."))
    assert lines_of(Run("The same on every sheet.")) is lines
    assert lines_of(Run("The same on every sheet.", bold=True)) != lines
    assert lines_of(Run("The same on every sheet."), width=90) != lines


def test_a_missing_letter_is_named_each_time_and_where_it_is():
    for where in ("name", "address", "name"):
        with pytest.raises(GlyphMissing) as refused:
            lines_of(Run("\N{DEVANAGARI LETTER KA}", origin=where))
        assert refused.value.where == where


def test_bold_glued_to_plain_is_one_word():
    (line,) = lines_of(Run("until "), Run("Wednesday", bold=True), Run("."))
    assert [(s.text, s.face) for s in line.segments] == [
        ("until ", faces().regular),
        ("Wednesday", faces().bold),
        (".", faces().regular),
    ]


def test_a_time_is_not_parted_from_its_half():
    lines = lines_of(Run(f"not before 11:11{TIE}AM"), width=100)
    assert words_of(lines[-1]) == "11:11 AM"


def test_a_long_word_is_broken_and_nothing_of_it_lost():
    lines = lines_of(Run("x" * 100), width=100)
    assert "".join(words_of(line).strip() for line in lines) == "x" * 100
    assert len(lines) > 1


def test_a_mark_stays_with_its_letter():
    lines = lines_of(Run("ẹ́" * 40), width=60)
    assert not any(words_of(line).startswith("\u0301") for line in lines)


def test_a_blank_keeps_its_place_among_words():
    (line,) = lines_of(Run("by "), Blank(5), Run("."))
    assert [(s.text, s.width) for s in line.segments][1] == ("", 60.0)


def test_a_blank_wider_than_the_line_is_cut_to_it():
    lines = lines_of(Run("by "), Blank(50), width=100)
    assert max(line.width for line in lines) <= 100


def test_a_line_to_fill_in_reaches_the_edge():
    (line,) = lines_of(Run("Left at:"))
    (full,) = stretch(line, 200, SIZE)
    assert full.segments[-1].x + full.segments[-1].width == 200


def test_a_label_that_leaves_no_room_gets_a_line_below():
    line = lines_of(Run("Went home with somebody"))[0]
    assert [len(each.segments) for each in stretch(line, line.width + 20, SIZE)] == [1, 1]


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(max_codepoint=0x17F, categories=("L", "N", "Zs")), max_size=40),
            st.booleans(),
        )
    ),
    st.floats(20, 500),
)
def test_no_line_is_wider_than_asked(runs, width):
    lines = lines_of(*(Run(words, bold) for words, bold in runs), width=width)
    assert all(line.width <= width + 0.001 for line in lines)
    shown = "".join("".join(words_of(line).split()) for line in lines)
    assert shown == "".join("".join(words.split()) for words, _ in runs)

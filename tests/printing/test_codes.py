"""Square codes, read back from the printed page as a phone's camera would."""

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic_desktop.foundation.document import Code, Lines, Run, Table
from clinic_desktop.printing.codes import SIDE, squares_of
from tests.printing.reading import pictures, printed, read

WORDS = (
    "tel:+15125550142",
    "Appointment, 12 Main St; Suite 4\r\n",
    "Приём, ул. Мира",
    "موعد",
    "预约 예약",
    "ñandú",
)


def codes_on(document) -> list[str]:
    found = zxingcpp.read_barcodes(pictures(document)[0])
    return sorted(one.text for one in found)


@pytest.mark.parametrize("words", WORDS)
def test_a_code_says_what_it_holds(words: str) -> None:
    assert codes_on(printed(Code(words))) == [words]


@settings(max_examples=20, deadline=None)
@given(st.text(st.characters(codec="utf-8", min_codepoint=32), min_size=1, max_size=150))
def test_whatever_it_holds_it_is_square_and_has_its_three_corners(words: str) -> None:
    squares = squares_of(words)
    size = len(squares)
    assert {len(row) for row in squares} == {size}
    ring = (True,) * 7
    assert [tuple(squares[0][:7]), tuple(squares[0][-7:]), tuple(squares[-1][:7])] == [ring] * 3


def test_two_codes_stand_side_by_side_with_their_words_under_them() -> None:
    cells = tuple((Code(one, (Run(f"Scan {one}"),)),) for one in ("first", "second"))
    page = printed(Table((cells,), (1.0, 1.0), lines=Lines.NONE))
    assert codes_on(page) == ["first", "second"]
    assert "Scan first Scan second" in read(page)


def test_the_squares_of_a_next_visit_are_large_enough_for_a_phone() -> None:
    """Four dots of a printer of 300 dpi for each square."""
    dot = 72 / 300
    longest = len(squares_of("x" * 287))  # an entry with a long address
    assert SIDE / (longest + 8) > 4 * dot


def test_from_right_to_left_a_code_is_not_turned_round() -> None:
    assert codes_on(printed(Code("tel:+15125550142"), rtl=True)) == ["tel:+15125550142"]

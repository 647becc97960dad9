"""Blocks side by side: drawn as text, one row for each item.

A: |####    |   lane 0 of 2
B: |    ####|   lane 1 of 2
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.scheduling.board_layout import Item, laid_out


def drawn(*spans):
    """Boxes of one column as text: its lanes with the item's own marked."""
    boxes = laid_out(Item(n, 1, a, b) for n, (a, b) in enumerate(spans))
    rows = {
        box.id: "." * box.lane + "#" * box.span + "." * (box.lanes - box.lane - box.span) for box in boxes
    }
    return [rows[n] for n in range(len(spans))]


@pytest.mark.parametrize(
    ("spans", "picture"),
    [
        ([], []),
        ([(0, 60)], ["#"]),
        ([(0, 60), (60, 120)], ["#", "#"]),  # touching is not overlapping
        ([(0, 60), (30, 90)], ["#.", ".#"]),
        ([(0, 60), (0, 30), (30, 60)], ["#.", ".#", ".#"]),
        ([(0, 100), (0, 30), (10, 40), (50, 90)], ["#..", ".#.", "..#", ".##"]),  # the last widens
        ([(0, 30), (10, 60), (40, 90)], ["#.", ".#", "#."]),  # a chain is one block
        ([(0, 30), (0, 30), (30, 60)], ["#.", ".#", "#"]),
    ],
)
def test_each_takes_the_first_free_lane_and_widens(spans, picture):
    assert drawn(*spans) == picture


ITEMS = st.lists(
    st.builds(
        lambda column, start, length: (column, start, start + length),
        st.integers(0, 2),
        st.integers(0, 20).map(lambda n: 10 * n),
        st.integers(1, 9).map(lambda n: 10 * n),
    ),
    max_size=25,
)


@given(ITEMS)
def test_no_two_boxes_cover_each_other_and_each_is_as_wide_as_it_can_be(items):
    boxes = laid_out(Item(n, *one) for n, one in enumerate(items))
    assert sorted(box.id for box in boxes) == list(range(len(items)))
    for box in boxes:
        assert (box.column, box.start, box.end) == items[box.id]
        meets = [
            o
            for o in boxes
            if o.column == box.column and o.start < box.end and box.start < o.end and o != box
        ]
        assert 0 <= box.lane < box.lane + box.span <= box.lanes
        assert all(o.lanes == box.lanes for o in meets)
        assert all(o.lane >= box.lane + box.span or o.lane + o.span <= box.lane for o in meets)
        beside = box.lane + box.span
        assert beside == box.lanes or any(o.lane <= beside < o.lane + o.span for o in meets)
        assert meets or box.lanes == 1


@given(ITEMS, st.randoms())
def test_the_order_of_the_items_changes_nothing(items, shuffle):
    numbered = [Item(n, *one) for n, one in enumerate(items)]
    mixed = list(numbered)
    shuffle.shuffle(mixed)
    assert laid_out(mixed) == laid_out(numbered)


@given(ITEMS)
def test_a_column_has_as_many_lanes_as_items_overlap_at_once(items):
    numbered = [Item(n, 0, start, end) for n, (_, start, end) in enumerate(items)]
    most = max((sum(o.start <= one.start < o.end for o in numbered) for one in numbered), default=0)
    assert max((box.lanes for box in laid_out(numbered)), default=0) == most

"""Where minutes and columns lie, and where arrows lead."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.foundation.intervals import Interval
from clinic_desktop.ui.board.cell_walk import (
    Cell,
    cell_of,
    inside,
    moved_aside,
    moved_down,
    next_visit,
    slot_of,
    visit_at,
)
from clinic_desktop.ui.board.grid import Grid, Sizes, column_edges, grid_of
from clinic_desktop.ui.board.key_hand import home_cell
from clinic_desktop.ui.board.ports import Slot
from clinic_desktop.ui.board.scene import Column, Placed, Scene, ViewKind
from tests.ui.board.test_blocks import DAY, block

FREE = (Interval(480, 1050),)
NINE_FIFTY_TWO = 592


def column(room: int) -> Column:
    return Column(DAY, f"Room {room}", room_id=room, free=FREE)


def scene(*visits: tuple[int, int]) -> Scene:
    """Three columns; visits as (column, start), 90 minutes and 15 of turnover."""
    made = [block(id=n, patient_id=n, clock=start) for n, (_, start) in enumerate(visits, 1)]
    placed = [Placed(one, at) for one, (at, _) in zip(made, visits, strict=True)]
    placed.sort(key=lambda one: one.block.start)
    columns = (column(1), column(2), column(3))
    return Scene(
        ViewKind.ROOMS, columns, (), tuple(placed), 450, 1080, DAY, NINE_FIFTY_TWO, 5, days=(DAY,)
    )  # fmt: skip


# The grid.


@given(
    weights=st.lists(st.floats(0.3, 1.5), min_size=1, max_size=40),
    width=st.floats(100, 3000),
    least=st.floats(20, 200),
)
def test_columns_fill_the_width_or_are_as_wide_as_they_must_be(weights, width, least):
    edges = column_edges(weights, width, least)
    assert list(edges) == sorted(edges)
    assert abs(edges[-1] - max(width, least * sum(weights))) <= 1
    for weight, left, right in zip(weights, edges, edges[1:], strict=False):
        assert right - left >= weight * least - 1


@given(minute=st.integers(450, 1079), per_hour=st.floats(30, 200))
def test_a_minute_is_found_again_where_it_lies(minute, per_hour):
    grid = Grid(450, 1080, per_hour / 60, (0.0, 100.0), 2.0)
    assert grid.minute_at(grid.y(minute)) == pytest.approx(minute)
    assert grid.cell_at(grid.y(minute) + 0.001, 5) == minute // 5 * 5


@given(x=st.floats(-50, 500))
def test_every_x_has_a_column(x):
    grid = Grid(0, 60, 1.0, (0.0, 100.0, 180.0, 300.0), 0.0)
    found = grid.column_at(x)
    inside_it = grid.edges[found] <= x < grid.edges[found + 1]
    assert inside_it or (x < 0 and found == 0) or (x >= 300 and found == 2)


def test_the_day_fits_the_window_where_an_hour_is_tall_enough():
    fitted = grid_of(scene(), Sizes(900, 630, 108, 48))
    assert fitted.height == pytest.approx(630)
    low = grid_of(scene(), Sizes(900, 200, 108, 48))
    assert low.height == pytest.approx(48 * 10.5)  # it scrolls instead
    tall = grid_of(scene(), Sizes(900, 3000, 108, 48))
    assert tall.per_minute * 60 == 110


def test_overlapping_visits_lie_side_by_side_without_touching():
    grid = grid_of(scene(), Sizes(900, 630, 108, 48))
    made = block(clock=600)
    left, right = (grid.placed_box(Placed(made, 0, lane, 1, 2)) for lane in (0, 1))
    whole = grid.placed_box(Placed(made, 0))
    assert left.x + left.width <= right.x
    assert (left.x, right.x + right.width) == (whole.x, pytest.approx(whole.x + whole.width - 1))


def test_cards_keep_the_width_that_lanes_would_not_have():
    grid = grid_of(scene(), Sizes(330, 630, 108, 48, least_lane=62))
    made = block(clock=600)
    under, over = (grid.placed_box(Placed(made, 0, lane, 1, 2, True)) for lane in (0, 1))
    assert under.width == grid.edges[1] - 4
    assert (over.x - under.x, over.x + over.width) == (16, under.x + under.width)
    wide = grid_of(scene(), Sizes(900, 630, 108, 48, least_lane=62))
    assert wide.placed_box(Placed(made, 0, 1, 1, 2, True)).width < 150  # there is room for lanes


# The cursor.


def test_arrows_step_along_the_grid_on_free_time():
    assert moved_down(scene(), Cell(0, 600), 5) == Cell(0, 605)
    assert moved_down(scene(), Cell(0, 600), -60) == Cell(0, 540)
    assert moved_aside(scene(), Cell(0, 600), 1) == Cell(1, 600)


def test_nothing_leads_off_the_board():
    assert moved_down(scene(), Cell(0, 1075), 5) == Cell(0, 1075)
    assert moved_down(scene(), Cell(0, 450), -5) == Cell(0, 450)
    assert moved_aside(scene(), Cell(2, 600), 1) == Cell(2, 600)
    assert inside(scene(), Cell(9, 2000)) == Cell(2, 1075)


def test_a_visit_is_one_step_however_long_it_is():
    day = scene((0, 600))
    onto = moved_down(day, Cell(0, 595), 5)
    assert onto == Cell(0, 600)
    assert visit_at(day, onto) == 0
    assert moved_down(day, onto, 5) == Cell(0, 705)  # past its turnover
    assert moved_down(day, Cell(0, 705), -5) == Cell(0, 600)
    assert moved_down(day, Cell(0, 600), -5) == Cell(0, 595)


def test_a_jump_of_an_hour_lands_on_a_visits_beginning():
    assert moved_down(scene((0, 600)), Cell(0, 570), 60) == Cell(0, 600)


def test_turnover_belongs_to_the_visit():
    day = scene((0, 600))
    assert visit_at(day, Cell(0, 700)) == 0
    assert visit_at(day, Cell(0, 705)) == -1
    assert visit_at(day, Cell(1, 600)) == -1


def test_visits_are_walked_in_order_of_time_across_columns():
    day = scene((2, 500), (0, 600), (1, 700))
    assert next_visit(day, None, -1, 1) == 0
    assert next_visit(day, None, 0, 1) == 1
    assert next_visit(day, None, 2, 1) == 2  # the last one stays
    assert next_visit(day, Cell(0, 650), -1, 1) == 2
    assert next_visit(day, Cell(0, 650), -1, -1) == 1
    assert next_visit(scene(), Cell(0, 650), -1, 1) == -1


def test_home_is_now_today_and_the_beginning_on_another_day():
    assert home_cell(scene(), None) == Cell(0, 590)
    assert home_cell(scene(), Cell(2, 800)) == Cell(2, 590)
    other = replace(scene((1, 700)), today=DAY.replace(day=18))
    assert home_cell(other, None) == cell_of(other.placed[0], other) == Cell(1, 700)
    assert home_cell(other, Cell(2, 900)) == Cell(2, 480)


def test_a_cell_is_a_slot_to_book():
    assert slot_of(scene(), Cell(1, 615)) == Slot(DAY, 615, 2)
    assert slot_of(scene(), Cell(1, 615), 660) == Slot(DAY, 615, 2, 660)

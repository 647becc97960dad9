"""Time as masks: what is drawn in comes out again, and every shortcut equals the plain way."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.foundation.clock import from_utc_minute
from clinic_desktop.scheduling.masks import (
    CELL,
    add,
    bits,
    days_of,
    filled,
    fits,
    grid_starts,
    levels,
    runs,
    take_away,
    timeline,
    window,
)

LINE = timeline(date(2026, 11, 16), 1, "America/Chicago")
CELLS = [(bit, LINE.minute(bit)) for bit in range(LINE.cells)]
MINUTES = st.integers(LINE.start - 200, LINE.end + 200)
SPANS = st.lists(st.tuples(MINUTES, st.integers(1, 400)).map(lambda p: (p[0], p[0] + p[1])), max_size=8)


def touched(span):
    return {b for b, m in CELLS if m < span[1] and span[0] < m + CELL}


def inside(span):
    return {b for b, m in CELLS if span[0] <= m and m + CELL <= span[1]}


@given(SPANS)
def test_depth_counts_the_spans_that_touch_each_cell(spans):
    depth = levels(sorted(spans), LINE)
    cells = [touched(span) for span in spans]
    for number, level in enumerate(depth):
        deeper = {cell for cell in range(LINE.cells) if sum(cell in one for one in cells) > number}
        assert set(bits(level)) == deeper
    assert len(depth) >= max((sum(cell in one for one in cells) for cell in range(LINE.cells)), default=0)


@given(SPANS)
def test_free_time_is_rounded_inward(spans):
    one_by_one = [set(bits(filled(LINE.free_cells([span]), LINE.cells))) for span in spans]
    assert one_by_one == [inside(span) for span in spans]


@given(SPANS, SPANS)
def test_taking_away_undoes_adding(spans, others):
    depth = levels(sorted(spans), LINE)
    before = [level for level in depth if level]
    masks = [filled(LINE.taken_cells([span]), LINE.cells) for span in others]
    for mask in masks:
        add(depth, mask)
    for mask in masks:
        take_away(depth, mask)
    assert [level for level in depth if level] == before


@given(st.integers(0, 2**120 - 1), st.integers(1, 40))
def test_runs_begin_where_every_cell_that_follows_is_free(free, length):
    plain = [b for b in range(120) if all(free >> (b + n) & 1 for n in range(length))]
    assert bits(runs(free, length)) == plain


@given(st.integers(0, 2**120 - 1), st.integers(-60, 200), st.integers(1, 90))
def test_a_window_is_where_each_start_finds_its_span_free(free, start, minutes):
    span = (start, start + minutes)
    found = window(free, span)
    assert [b for b in range(120) if found >> b & 1] == [b for b in range(120) if fits(free, b, span)]


@given(st.integers(0, 2**80), st.integers(0, 90))
def test_the_lowest_bits_come_first(mask, limit):
    every = [b for b in range(81) if mask >> b & 1]
    assert bits(mask) == every
    assert bits(mask, limit) == every[:limit]


@pytest.mark.parametrize("zone", ["America/Chicago", "America/Phoenix", "Asia/Kathmandu", "Pacific/Auckland"])
@pytest.mark.parametrize("grid", [5, 10, 15])
@pytest.mark.parametrize("first", [date(2026, 3, 7), date(2026, 10, 31), date(2026, 7, 1)])
def test_starts_lie_on_the_grid_of_the_local_clock(zone, grid, first):
    line = timeline(first, 3, zone)
    shown = [b for b in range(line.cells) if from_utc_minute(line.minute(b), zone).minute % grid == 0]
    assert bits(grid_starts(line, grid)) == shown


def test_the_day_of_the_spring_clock_has_23_hours_and_the_autumn_one_25():
    spring, autumn = (
        timeline(date(2026, 3, 7), 3, "America/Chicago"),
        timeline(date(2026, 10, 31), 3, "America/Chicago"),
    )
    assert [(end - start) // 60 for _, start, end in days_of(spring)] == [24, 23, 24]
    assert [(end - start) // 60 for _, start, end in days_of(autumn)] == [24, 25, 24]
    assert spring.end - spring.start == 71 * 60

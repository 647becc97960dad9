"""The words of a room's last start: above its line, below it, or nowhere; never under a visit."""

import pytest

from clinic_desktop.ui.board.backdrop import last_start_words
from tests.ui.board.stage import Stage
from tests.ui.grab import grab

LAST = 960  # of an infusion


def words(stage: Stage, qtbot, room: str = "Infusion 1") -> str:
    """Where they stand; and they touch no visit."""
    stage.open(qtbot)
    grab(stage.shell, "last-start")
    view, number = stage.view, stage.column(room)
    assert view.scene is not None
    assert view.scene.columns[number].last_safe == LAST
    found = last_start_words(view.scene, view.grid, number)
    if found is None:
        return "nowhere"
    assert not any(found.intersects(view.rect_of(row).toRectF()) for row in range(len(view.placed)))
    return "above" if found.bottom() <= view.grid.y(LAST) + 1 else "below"


def test_on_a_free_afternoon_they_stand_above_the_line(stage, qtbot):
    assert words(stage, qtbot) == "above"


@pytest.mark.parametrize(
    ("minute", "where"),
    [
        (600, "above"),  # a visit of the morning
        (960, "nowhere"),  # it begins there: its check-in lies above, and itself below
        (855, "below"),  # it ends there, with the room made ready
        (930, "nowhere"),  # it lies over the line
    ],
)
def test_a_visit_leaves_them_what_room_there_is(stage, qtbot, minute, where):
    stage.book(minute=minute)
    assert words(stage, qtbot) == where

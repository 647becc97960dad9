"""The hours of the board get taller and lower by key and by wheel; what is looked at stays where it is."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from clinic_desktop.ui.board.scene import ViewKind
from clinic_desktop.ui.board.zoom import ZOOM
from clinic_desktop.ui.settings_store import SettingsStore
from tests.ui.board.stage import Key, Mod, Stage

CTRL = Mod.ControlModifier


@pytest.fixture
def kept(tmp_path: Path) -> SettingsStore:
    return SettingsStore(tmp_path / "settings.ini")


def height(stage: Stage, minute: int) -> float:
    """Where a minute stands in the view."""
    return stage.view.grid.y(minute) - stage.view.verticalScrollBar().value()


def wheel(stage: Stage, turned: int, at: QPoint) -> None:
    port = stage.view.viewport()
    event = QWheelEvent(
        QPointF(at), QPointF(port.mapToGlobal(at)), QPoint(), QPoint(0, turned),
        Qt.MouseButton.NoButton, CTRL, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(port, event)


def test_a_step_in_and_out_by_key(stage, qtbot):
    stage.open(qtbot)
    fitted = stage.view.grid.per_minute
    stage.press(Key.Key_Plus, CTRL)
    assert stage.view.grid.per_minute == pytest.approx(fitted * 1.25)
    assert stage.said == "Zoom 125 %"
    stage.press(Key.Key_Equal, CTRL)
    assert stage.said == "Zoom 150 %"
    stage.press(Key.Key_Minus, CTRL, times=2)
    assert stage.view.grid.per_minute == fitted
    stage.press(Key.Key_Plus, CTRL, times=3)
    stage.press(Key.Key_0, CTRL)
    assert stage.view.grid.per_minute == fitted
    assert stage.said == "Zoom 100 %"


def test_the_selected_visit_stays_where_it_is(stage, qtbot):
    visit = stage.book(minute=780)
    stage.open(qtbot)
    stage.board.select(visit.id)
    before = height(stage, 780)
    for _ in range(3):
        stage.press(Key.Key_Plus, CTRL)
        assert abs(height(stage, 780) - before) <= 1


def test_now_stays_where_it_is_while_nothing_is_selected(stage, qtbot):
    stage.open(qtbot)
    now = stage.view.scene.now
    stage.view.cursor_cell = None
    stage.press(Key.Key_Plus, CTRL, times=2)
    stage.view.scroll_to_minute(now - 60)
    before = height(stage, now)
    stage.press(Key.Key_Plus, CTRL)
    assert abs(height(stage, now) - before) <= 1


def test_the_wheel_with_ctrl_keeps_the_time_under_the_pointer(stage, qtbot):
    stage.open(qtbot)
    at = stage.point("Infusion 2", 840)
    minute = stage.view.grid.minute_at(at.y() + stage.view.verticalOffset())
    fitted = stage.view.grid.per_minute
    wheel(stage, 120, at)
    assert stage.view.grid.per_minute > fitted
    assert abs(height(stage, minute) - at.y()) <= 1
    for _ in range(3):  # a touch pad turns little by little
        wheel(stage, -40, at)
    assert stage.view.grid.per_minute == fitted


def test_an_hour_gets_no_lower_than_a_name_needs_and_no_taller_than_helps(stage, qtbot):
    stage.open(qtbot)
    stage.press(Key.Key_Minus, CTRL, times=9)
    assert stage.view.grid.per_minute * 60 >= 38
    assert stage.said == "An hour gets no lower"
    stage.press(Key.Key_Plus, CTRL, times=19)
    assert stage.view.grid.per_minute * 60 <= 420
    assert stage.said == "An hour gets no taller"
    stage.press(Key.Key_Minus, CTRL)
    assert stage.said.startswith("Zoom ")


def test_this_computer_remembers_it(stage, qtbot, kept):
    stage.open(qtbot, settings=kept)
    stage.press(Key.Key_Plus, CTRL, times=2)
    assert kept.get(ZOOM) == 150
    again = Stage(Path(str(kept._settings.fileName())).parent / "other")
    again.open(qtbot, settings=kept)
    assert again.board.zoom.level == 150
    again.close()


def test_the_list_says_that_it_is_not_zoomed(stage, qtbot):
    stage.open(qtbot)
    stage.board.look(ViewKind.LIST)
    stage.settle()
    stage.press(Key.Key_Plus, CTRL)
    assert stage.said == "The list is not zoomed; Ctrl F7 makes its text larger"


def test_a_visit_in_the_hand_stays_in_it(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    stage.board.select(visit.id)
    stage.press(Key.Key_M, CTRL)
    stage.press(Key.Key_Plus, CTRL)
    assert stage.view.carrying.holding
    stage.press(Key.Key_Escape)


def test_all_of_the_day_can_be_scrolled_to(stage, qtbot):
    stage.open(qtbot, (683, 384))
    for _ in range(4):
        stage.press(Key.Key_Plus, CTRL)
    bar = stage.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    last = stage.view.scene.last
    assert height(stage, last) <= stage.view.viewport().height() + 1


def test_a_time_that_is_scrolled_away_is_not_written_into_the_corner(stage, qtbot):
    visit = stage.book(minute=900)
    stage.open(qtbot)
    gutter = stage.view.frame_parts.gutter
    now = gutter.tags()[0]
    assert now in gutter.tags_in_sight()
    stage.board.select(visit.id)
    stage.press(Key.Key_Plus, CTRL, times=8)
    bar = stage.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert gutter.tags()[0].minute == now.minute
    assert now.minute not in [one.minute for one in gutter.tags_in_sight()]

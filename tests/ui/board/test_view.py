"""The board's view: where visits lie, what a screen reader reaches, what keys and mouse do."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clinic_desktop.ui.appearance import Appearance
from clinic_desktop.ui.board.board_view import BoardView
from clinic_desktop.ui.board.cell_walk import Cell
from clinic_desktop.ui.board.forecast import Fit, Target, Verdict
from clinic_desktop.ui.board.ports import Ghost, Slot
from clinic_desktop.ui.board.scene import Scene
from clinic_desktop.ui.theme import theme
from tests.ui.board.stage import LEFT, Key, Mod, move
from tests.ui.board.test_blocks import DAY
from tests.ui.board.test_models import ROOMS, changed
from tests.ui.board.test_walking import scene

THREE = scene((0, 500), (1, 600), (2, 700))


@pytest.fixture
def view(qtbot: QtBot) -> BoardView:
    return shown(qtbot, THREE)


def shown(qtbot: QtBot, made: Scene, size: tuple[int, int] = (700, 600)) -> BoardView:
    view = BoardView()
    qtbot.addWidget(view)
    view.resize(*size)
    view.set_scene(made, ROOMS)
    with qtbot.waitExposed(view):
        view.show()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    view.setFocus()
    return view


def rect(view: BoardView, row: int) -> QRect:
    return view.visualRect(view.visits.index(row, 0))


def press(view: BoardView, *keys: Qt.Key, mod: Qt.KeyboardModifier = Mod.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(view, key, mod)


def point(view: BoardView, column: int, minute: int) -> QPoint:
    box = view.grid.span_box(column, minute, minute + 5)
    return QPoint(round(box.x + box.width / 2), round(box.y) + 1) - view.shift


# Geometry.


def test_a_visit_lies_at_its_minutes_in_its_column(view):
    for row, placed in enumerate(THREE.placed):
        box = view.grid.placed_box(placed)
        assert rect(view, row) == QRect(
            QPoint(round(box.x), round(box.y)),
            QPoint(round(box.x + box.width) - 1, round(box.y + box.height) - 1),
        )
        assert view.indexAt(rect(view, row).center()).row() == row


def test_between_the_visits_there_is_nothing(view):
    assert not view.indexAt(point(view, 0, 900)).isValid()
    assert not view.visualRect(view.visits.index(-1, 0)).isValid()


def test_it_scrolls_only_as_far_as_it_must(qtbot):
    view = shown(qtbot, THREE, (700, 260))
    assert view.verticalScrollBar().maximum() > 0
    view.scrollTo(view.visits.index(2, 0))
    assert view.viewport().rect().contains(rect(view, 2))
    before = view.verticalOffset()
    view.scrollTo(view.visits.index(2, 0))
    assert view.verticalOffset() == before
    view.scroll_to_minute(480)
    assert view.verticalOffset() == round(view.grid.y(480))


def test_many_columns_scroll_sideways_under_a_fixed_gutter(qtbot):
    wide = replace(THREE, columns=THREE.columns * 5)
    view = shown(qtbot, wide)
    assert view.horizontalScrollBar().maximum() > 0
    assert view.grid.edges[1] >= 108
    view.horizontalScrollBar().setValue(300)
    assert view.frame_parts.gutter.x() == 0
    assert rect(view, 0).left() < 0


def test_scroll_bars_go_again_when_they_are_not_needed(qtbot):
    view = shown(qtbot, replace(THREE, columns=THREE.columns * 5), (700, 300))
    view.set_scene(THREE, ROOMS)
    view.resize(700, 620)
    assert view.verticalScrollBar().maximum() == view.horizontalScrollBar().maximum() == 0
    assert not view.verticalScrollBar().isVisible()


def test_overlapping_visits_share_the_column(qtbot):
    made = scene((0, 500), (0, 540))
    both = tuple(replace(one, lane=n, lanes=2) for n, one in enumerate(made.placed))
    view = shown(qtbot, replace(made, placed=both))
    assert not rect(view, 0).intersects(rect(view, 1))


# A screen reader.


def test_r20_every_visit_is_reached_with_its_sentence_and_its_rectangle(view):
    heard = QAccessible.queryAccessibleInterface(view)
    assert heard is not None
    assert heard.role() == QAccessible.Role.List
    assert heard.text(QAccessible.Text.Name) == "Schedule board"
    assert heard.childCount() == 3
    for row in range(3):
        child = heard.child(row)
        assert child is not None
        assert child.role() == QAccessible.Role.ListItem
        assert child.text(QAccessible.Text.Name).startswith("Okafor, Amara. IV ketamine.")
        at = QRect(view.viewport().mapToGlobal(rect(view, row).topLeft()), rect(view, row).size())
        assert child.rect() == at


def test_the_rows_can_be_walked_without_the_cells(view):
    action = BoardView.CursorAction
    none = Mod.NoModifier
    assert view.moveCursor(action.MoveHome, none).row() == 0
    assert view.moveCursor(action.MoveEnd, none).row() == 2
    view.select_visit(THREE.placed[0].block.id)
    assert view.moveCursor(action.MoveDown, none).row() == 1
    assert view.moveCursor(action.MoveUp, none).row() == 0


def test_a_free_cell_is_spoken(view, monkeypatch):
    said: list[str] = []
    monkeypatch.setattr(
        "clinic_desktop.ui.board.board_surface.announce", lambda _view, text: said.append(text)
    )
    view.set_cursor(Cell(0, 900))
    assert said == ["Room 1, 3:00 PM, free until 5:30 PM"]


# Keys.


def test_arrows_step_over_cells_and_visits(view):
    view.set_cursor(Cell(0, 490))
    press(view, Key.Key_Down)
    assert (view.cursor_cell, view.selected_visit) == (Cell(0, 495), None)
    press(view, Key.Key_Down)
    assert (view.cursor_cell, view.selected_visit) == (Cell(0, 500), 1)
    press(view, Key.Key_Down)
    assert (view.cursor_cell, view.selected_visit) == (Cell(0, 605), None)
    press(view, Key.Key_Right)
    assert view.selected_visit == 2
    press(view, Key.Key_Down, mod=Mod.ControlModifier)
    assert view.cursor_cell == Cell(1, 665) or view.selected_visit == 2


def test_brackets_and_control_arrows_walk_the_visits_in_time(view):
    press(view, Key.Key_Home)
    press(view, Key.Key_BracketLeft)
    assert view.selected_visit == 1
    press(view, Key.Key_BracketRight, Key.Key_BracketRight)
    assert view.selected_visit == 3
    press(view, Key.Key_Left, mod=Mod.ControlModifier)
    assert view.selected_visit == 2


def test_r20_enter_on_a_free_cell_asks_to_book_there(view, qtbot):
    view.set_cursor(Cell(1, 800))
    with qtbot.waitSignal(view.slot_chosen) as told:
        press(view, Key.Key_Return)
    assert told.args == [Slot(DAY, 800, 2)]


def test_shift_and_arrows_select_a_range_that_enter_books(view, qtbot):
    view.set_cursor(Cell(1, 800))
    press(view, *[Key.Key_Down] * 8, mod=Mod.ShiftModifier)
    assert view.chosen_range() == (800, 845)
    with qtbot.waitSignal(view.slot_chosen) as told:
        press(view, Key.Key_Return)
    assert told.args == [Slot(DAY, 800, 2, 845)]
    press(view, Key.Key_Escape)
    assert view.chosen_range() is None


def test_enter_on_a_visit_opens_it(view, qtbot):
    view.select_visit(2)
    with qtbot.waitSignal(view.visit_opened) as told:
        press(view, Key.Key_Return)
    assert told.args == [2]


def test_enter_never_books_where_a_visit_stands(view, qtbot):
    view.select_visit(2)
    view.select_visit(None)  # as after Esc: the cursor stays there
    view.cursor_cell = Cell(1, 600)
    with qtbot.assertNotEmitted(view.slot_chosen), qtbot.waitSignal(view.visit_opened):
        press(view, Key.Key_Return)


def test_letters_and_digits_are_handed_on(view, qtbot):
    for text in ("m", "M", "5"):
        with qtbot.waitSignal(view.typed) as told:
            QTest.keyClicks(view, text)
        assert told.args == [text]


def test_chords_and_escape_are_left_to_the_window(view, qtbot):
    with qtbot.assertNotEmitted(view.typed):
        press(view, Key.Key_M, mod=Mod.ControlModifier)
        press(view, Key.Key_Left, mod=Mod.AltModifier)
        press(view, Key.Key_Escape)


def test_shift_enter_opens_the_day_of_the_column(view, qtbot):
    view.set_cursor(Cell(1, 800))
    with qtbot.waitSignal(view.day_wanted) as told:
        press(view, Key.Key_Return, mod=Mod.ShiftModifier)
    assert told.args == [DAY]


# Mouse.


def test_a_click_selects_a_visit_or_a_cell(view):
    QTest.mouseClick(view.viewport(), LEFT, Mod.NoModifier, rect(view, 1).center())
    assert view.selected_visit == 2
    QTest.mouseClick(view.viewport(), LEFT, Mod.NoModifier, point(view, 0, 900))
    assert (view.selected_visit, view.cursor_cell) == (None, Cell(0, 900))


def test_a_double_click_on_a_free_cell_asks_to_book(view, qtbot):
    with qtbot.waitSignal(view.slot_chosen) as told:
        QTest.mouseDClick(view.viewport(), LEFT, Mod.NoModifier, point(view, 0, 900))
    QTest.mouseRelease(view.viewport(), LEFT, Mod.NoModifier, point(view, 0, 900))  # still pressed
    assert told.args == [Slot(DAY, 900, 1)]


def test_one_click_is_enough_while_a_panel_waits_for_a_cell(view, qtbot):
    with qtbot.assertNotEmitted(view.slot_chosen):
        QTest.mouseClick(view.viewport(), LEFT, Mod.NoModifier, point(view, 0, 900))
    view.click_picks = True
    with qtbot.waitSignal(view.slot_chosen):
        QTest.mouseClick(view.viewport(), LEFT, Mod.NoModifier, point(view, 0, 905))


def test_a_sweep_over_free_time_selects_a_range(view):
    port = view.viewport()
    QTest.mousePress(port, LEFT, Mod.NoModifier, point(view, 0, 900))
    move(port, point(view, 0, 940))
    QTest.mouseRelease(port, LEFT, Mod.NoModifier, point(view, 0, 940))
    assert view.chosen_range() == (900, 945)


def test_ghosts_are_taken_by_click_and_by_enter(view, qtbot):
    view.show_ghosts(
        [Ghost(DAY, 1, 700, 790, "Marsh, Olivia"), Ghost(DAY, 2, 800, 890, "Marsh, Olivia", number=2)]
    )
    with qtbot.waitSignal(view.ghost_picked) as told:
        QTest.mouseClick(view.viewport(), LEFT, Mod.NoModifier, point(view, 1, 810))
    assert told.args == [1]
    view.set_cursor(Cell(0, 720))
    with qtbot.waitSignal(view.ghost_picked) as told:
        press(view, Key.Key_Return)
    assert told.args == [0]


# Carrying.


def judge(fit: Fit, nearest: int | None = None):
    return lambda _visit, _target: Verdict(fit, "There", (), nearest=nearest)


def test_space_takes_in_hand_arrows_carry_enter_lets_go(view, qtbot):
    view.carrying.judge = judge(Fit.FITS)
    view.select_visit(1)
    press(view, Key.Key_Space, Key.Key_Right, Key.Key_Down, Key.Key_Down)
    press(view, Key.Key_Down, mod=Mod.ControlModifier)
    assert view.carrying.carried.target == Target(DAY, 570, 2)
    with qtbot.waitSignal(view.carrying.dropped) as told:
        press(view, Key.Key_Return)
    assert told.args[0].target == Target(DAY, 570, 2)
    assert view.carrying.carried.saving


def test_escape_puts_it_back(view, qtbot):
    view.carrying.judge = judge(Fit.FITS)
    view.select_visit(1)
    press(view, Key.Key_Space, Key.Key_Right)
    with qtbot.assertNotEmitted(view.carrying.dropped), qtbot.waitSignal(view.carrying.ended):
        press(view, Key.Key_Escape)
    assert view.carrying.carried is None
    assert view.selected_visit == 1


def test_what_does_not_fit_is_not_let_go_and_enter_takes_the_nearest(view, qtbot):
    view.carrying.judge = judge(Fit.NOT, nearest=655)
    view.select_visit(1)
    with qtbot.assertNotEmitted(view.carrying.dropped):
        press(view, Key.Key_Space, Key.Key_Down, Key.Key_Return)
    assert view.carrying.carried.cell == Cell(0, 655)


def test_letters_do_nothing_while_the_mouse_has_something_in_hand(view, qtbot):
    view.carrying.judge = judge(Fit.FITS)
    view.select_visit(1)
    view.pick_up(by_key=False)
    with qtbot.assertNotEmitted(view.typed):
        QTest.keyClicks(view, "t")


def test_a_letter_says_where_to_while_a_key_has_something_in_hand(view, qtbot):
    view.carrying.judge = judge(Fit.FITS)
    view.select_visit(1)
    press(view, Key.Key_Space)
    with qtbot.waitSignal(view.typed):
        QTest.keyClicks(view, "t")
    assert view.carrying.holding


def drag(view: BoardView, to: QPoint, mod: Qt.KeyboardModifier = Mod.NoModifier) -> None:
    port, grip = view.viewport(), QPoint(rect(view, 0).center().x(), rect(view, 0).top() + 2)
    QTest.mousePress(port, LEFT, Mod.NoModifier, grip)
    move(port, grip + QPoint(7, 0))
    move(port, to)


def test_r19_a_drag_begins_after_six_pixels(view):
    view.carrying.judge = judge(Fit.FITS)
    port, grip = view.viewport(), rect(view, 0).center()
    QTest.mousePress(port, LEFT, Mod.NoModifier, grip)
    move(port, grip + QPoint(5, 5))
    assert view.carrying.carried is None
    move(port, grip + QPoint(6, 0))
    assert view.carrying.holding
    QTest.mouseRelease(port, LEFT, Mod.NoModifier, grip)


def test_a_drag_snaps_to_the_grid_and_lets_go_where_the_pointer_is(view, qtbot):
    view.carrying.judge = judge(Fit.FITS)
    drag(view, point(view, 2, 905))
    assert view.carrying.carried.target == Target(DAY, 905, 3)
    with qtbot.waitSignal(view.carrying.dropped):
        QTest.mouseRelease(view.viewport(), LEFT, Mod.NoModifier, point(view, 2, 905))


def test_a_drop_where_it_does_not_fit_says_why_and_goes_back(view, qtbot):
    view.carrying.judge = judge(Fit.NOT)
    drag(view, point(view, 2, 905))
    with qtbot.waitSignal(view.drop_refused), qtbot.assertNotEmitted(view.carrying.dropped):
        QTest.mouseRelease(view.viewport(), LEFT, Mod.NoModifier, point(view, 2, 905))
    assert view.carrying.carried is None


def test_r19_escape_ends_a_drag_and_the_release_saves_nothing(view, qtbot):
    view.carrying.judge = judge(Fit.FITS)
    drag(view, point(view, 2, 905))
    press(view, Key.Key_Escape)
    with qtbot.assertNotEmitted(view.carrying.dropped):
        QTest.mouseRelease(view.viewport(), LEFT, Mod.NoModifier, point(view, 2, 905))
    assert view.carrying.carried is None


# What a new scene leaves as it was.


def test_selection_and_scroll_stay_when_a_scene_is_shown_anew(qtbot):
    view = shown(qtbot, THREE, (700, 260))
    view.select_visit(2)
    view.verticalScrollBar().setValue(40)
    view.set_scene(changed(THREE, 0, over=5), ROOMS)
    assert (view.selected_visit, view.verticalOffset()) == (2, 40)


def test_a_visit_that_is_gone_is_not_selected_any_more(view):
    view.select_visit(2)
    view.set_scene(replace(THREE, placed=(THREE.placed[0], THREE.placed[2])), ROOMS)
    assert view.selected_visit is None


# Painting.


def colours(image: QImage, area: QRect) -> set[str]:
    return {
        QColor(image.pixel(x, y)).name()
        for x in range(area.left(), area.right() + 1)
        for y in range(area.top(), area.bottom() + 1)
    }


@pytest.mark.parametrize("dark", [False, True])
def test_bands_and_stripe_have_the_themes_colours(view, dark):
    theme().set_appearance(Appearance.DARK if dark else Appearance.LIGHT)
    try:
        image = view.viewport().grab().toImage()
        seen = colours(image, rect(view, 1))
        family = theme().family("iv")
        for wanted in (family.prep, family.dose, theme().status_colour(THREE.placed[1].block.state)):
            assert wanted.name() in seen
    finally:
        theme().set_appearance(Appearance.SYSTEM)


def test_the_now_line_is_drawn_over_todays_columns(view):
    image = view.viewport().grab().toImage()
    y = round(view.grid.y(THREE.now))
    assert theme().colours.now.name() in colours(image, QRect(2, y - 1, 20, 2))
    assert theme().colours.now.name() not in colours(image, QRect(2, y - 8, 20, 2))


def test_r9_five_hundred_visits_paint_and_only_those_in_view_are_made(qtbot):
    many = scene(*((n % 3, 450 + n) for n in range(500)))
    view = shown(qtbot, replace(many, columns=many.columns * 20), (700, 300))
    view.viewport().grab()
    made = view.delegate.pictures.count
    assert 0 < made < 500
    view.viewport().grab()
    assert view.delegate.pictures.count == made


def test_pictures_are_kept_by_pixel_ratio_and_forgotten_with_the_theme(view):
    view.viewport().grab()
    assert view.delegate.pictures.count == 3
    theme().set_text_size(130)
    assert view.delegate.pictures.count == 0
    theme().set_text_size(100)

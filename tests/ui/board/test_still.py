"""While a visit is carried, the board under it is painted once and shown again; nobody can see the
difference."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from clinic_desktop.ui.appearance import Appearance
from clinic_desktop.ui.board import board_view
from clinic_desktop.ui.board.board_view import BoardView
from clinic_desktop.ui.board.cell_walk import Cell
from clinic_desktop.ui.board.layers import Layers
from clinic_desktop.ui.board.ports import Ghost
from clinic_desktop.ui.theme import theme
from tests.ui.board.test_blocks import DAY
from tests.ui.board.test_models import ROOMS, changed
from tests.ui.board.test_view import THREE, shown

GHOST = Ghost(DAY, 2, 470, 560, "Ana", number=1)


def carrying(qtbot: QtBot) -> BoardView:
    """The second visit is in the hand."""
    view = shown(qtbot, replace(THREE, columns=THREE.columns * 5), (700, 300))
    view.select_visit(2)
    assert view.pick_up(by_key=False)
    return view


def hold(view: BoardView, column: int, minute: int) -> None:
    assert view.scene is not None
    view.carrying.hold_over(view.scene, Cell(column, minute))


def pixels(view: BoardView, ratio: float = 1.0) -> QImage:
    port = view.viewport()
    image = QImage(port.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    port.render(painter, QPoint())
    painter.end()
    return image


def painted_directly(qtbot: QtBot, like: BoardView, ratio: float) -> QImage:
    """The same board in a view where nothing is in the hand, and the carried visit faded as it is there."""
    assert like.scene is not None
    view = shown(qtbot, like.scene, (like.width(), like.height()))
    view.delegate.faded = like.delegate.faded
    view.show_ghosts(like.ghosts)
    view.horizontalScrollBar().setValue(like.horizontalScrollBar().value())
    view.verticalScrollBar().setValue(like.verticalScrollBar().value())
    return pixels(view, ratio)


def _moved_to_another_cell(view: BoardView) -> None:
    hold(view, 2, 480)


def _scrolled(view: BoardView) -> None:
    view.verticalScrollBar().setValue(57)
    view.horizontalScrollBar().setValue(130)


def _a_visit_changed(view: BoardView) -> None:
    assert view.scene is not None
    view.set_scene(changed(view.scene, 0, over=30), ROOMS)


def _time_went_on(view: BoardView) -> None:
    assert view.scene is not None
    view.set_scene(replace(view.scene, now=view.scene.now + 5), ROOMS)


def _in_the_dark(_view: BoardView) -> None:
    theme().set_appearance(Appearance.DARK)


def _larger_words(_view: BoardView) -> None:
    theme().set_text_size(130)


@pytest.fixture
def usual_theme(qapp: object):
    yield
    theme().set_text_size(100)
    theme().set_appearance(Appearance.SYSTEM)


@pytest.mark.usefixtures("usual_theme")
@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
@pytest.mark.parametrize(
    "change",
    [
        _moved_to_another_cell,
        _scrolled,
        _a_visit_changed,
        _time_went_on,
        _in_the_dark,
        _larger_words,
        lambda view: view.show_ghosts((GHOST,)),
        lambda view: view.resize(640, 420),
    ],
)
def test_what_lies_under_the_hand_looks_as_if_it_were_painted_anew(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, change: Callable[[BoardView], None], ratio: float
) -> None:
    monkeypatch.setattr(Layers, "paint_hand", lambda *_: None)
    view = carrying(qtbot)
    before = pixels(view, ratio)
    assert before == painted_directly(qtbot, view, ratio)
    change(view)
    assert pixels(view, ratio) == painted_directly(qtbot, view, ratio)
    assert (pixels(view, ratio) != before) is (change is not _moved_to_another_cell)


def test_from_cell_to_cell_only_the_hand_is_painted(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    painted = []
    backdrop = board_view.paint_backdrop
    monkeypatch.setattr(board_view, "paint_backdrop", lambda *what: (painted.append(1), backdrop(*what))[1])
    view = carrying(qtbot)
    seen = [pixels(view)]
    painted.clear()
    for minute in (460, 500, 540):
        hold(view, 2, minute)
        seen.append(pixels(view))
    assert painted == []
    assert all(one != other for one, other in pairwise(seen))


def test_put_back_the_board_is_as_it_was(qtbot: QtBot) -> None:
    view = carrying(qtbot)
    view.carrying.end()
    before = pixels(view)
    view.pick_up(by_key=False)
    hold(view, 2, 480)
    pixels(view)
    view.carrying.end()
    assert pixels(view) == before

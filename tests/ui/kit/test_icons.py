"""Icons and glyphs: each file draws, takes the theme's colour, and is crisp at any ratio."""

import re
from itertools import combinations

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.resources import resource
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui.glyphs import state_word, status_pixmap
from clinic_desktop.ui.icons import icon, icon_pixmap, paint_icon
from clinic_desktop.ui.paint import paint_hatch
from clinic_desktop.ui.theme import theme

NAMES = sorted(file.stem for file in resource("icons").glob("*.svg"))
RED = QColor(255, 0, 0)


def ink_of(image: QImage) -> set[str]:
    """Colours of all pixels that are fully painted."""
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {image.pixelColor(x, y).name() for x, y in points if image.pixelColor(x, y).alpha() == 255}


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", NAMES)
def test_every_icon_draws_in_the_colour_asked_for(name: str) -> None:
    image = icon_pixmap(name, RED, 48).toImage()
    assert ink_of(image) == {"#ff0000"}


@pytest.mark.parametrize("name", NAMES)
def test_icon_files_have_no_colour_of_their_own(name: str) -> None:
    text = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    assert re.findall(r"#[0-9A-Fa-f]{3,6}", text) == []
    assert "currentColor" in text


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_an_icon_has_the_device_pixels_of_its_ratio(ratio: float) -> None:
    pixmap = icon_pixmap("board", RED, 20, ratio)
    assert pixmap.width() == 20 * ratio
    assert pixmap.deviceIndependentSize().width() == pytest.approx(20)


@pytest.mark.usefixtures("qapp")
def test_painting_on_a_dense_screen_takes_the_dense_picture() -> None:
    canvas = QPixmap(64, 64)
    canvas.setDevicePixelRatio(2)
    canvas.fill(QColor("white"))
    painter = QPainter(canvas)
    paint_icon(painter, "board", QPointF(4, 4), 20, RED)
    painter.end()
    dense = icon_pixmap("board", RED, 20, 2.0).toImage()
    drawn = canvas.toImage()
    assert dense.pixelColor(20, 10).alpha() == 255 or dense.pixelColor(20, 10).alpha() == 0
    hits = [(x, y) for x in range(40) for y in range(40) if dense.pixelColor(x, y).alpha() == 255]
    assert all(drawn.pixelColor(x + 8, y + 8) == dense.pixelColor(x, y) for x, y in hits)


@pytest.mark.usefixtures("qapp")
def test_menu_icons_are_drawn() -> None:
    assert not icon("print").pixmap(16, 16).isNull()


def test_an_unknown_icon_is_an_error_at_once(qtbot: QtBot) -> None:
    with pytest.raises(FileNotFoundError):
        icon_pixmap("unicorn", RED, 16)


@pytest.mark.usefixtures("qapp")
def test_no_two_states_have_the_same_shape() -> None:
    shapes = {state: _shape(state) for state in VisitState}
    for one, other in combinations(VisitState, 2):
        differing = sum(a != b for a, b in zip(shapes[one], shapes[other], strict=True))
        assert differing >= 25, (one, other)


def _shape(state: VisitState) -> list[bool]:
    image = status_pixmap(state, 32).toImage()
    surface = theme().colours.surface
    return [
        image.pixelColor(x, y).alpha() > 127 and image.pixelColor(x, y) != surface
        for y in range(32)
        for x in range(32)
    ]


@pytest.mark.usefixtures("qapp")
def test_every_state_has_a_word_of_its_own() -> None:
    assert len({state_word(state) for state in VisitState}) == len(VisitState)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_the_hatch_repeats_without_a_seam(ratio: float) -> None:
    canvas = QPixmap(120, 120)
    canvas.setDevicePixelRatio(ratio)
    canvas.fill(QColor("white"))
    painter = QPainter(canvas)
    paint_hatch(painter, QRectF(0, 0, 120 / ratio, 120 / ratio), "iv")
    painter.end()
    image = canvas.toImage()
    rows = [sum(image.pixelColor(x, y) != QColor("white") for x in range(100)) for y in range(100)]
    assert min(rows) > 0.6 * max(rows)

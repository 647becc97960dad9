"""One theme: follows the system, can be fixed, grows with the text size."""

import subprocess
import sys
from collections.abc import Callable

import pytest
from PySide6.QtGui import QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui import operations
from clinic_desktop.ui.appearance import Appearance
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.first_run.window import FirstRunWindow
from clinic_desktop.ui.set_up.zones import zone_box
from clinic_desktop.ui.theme import TEXT_SIZES, Theme, install_theme, set_text, theme
from clinic_desktop.ui.tokens import TextRole, tokens
from clinic_desktop.ui.wall.lobby import Lobby
from clinic_desktop.ui.wall.wall import Wall
from clinic_desktop.ui.widgets.label import label, set_ink
from tests.small_clinic import SmallClinic
from tests.ui.example import make_shell


class FakeSystem:
    """A system whose scheme and contrast a test can turn."""

    def __init__(self) -> None:
        self.dark = False
        self.strong = False
        self.asked: list[Appearance] = []
        self._handlers: list[Callable[[], None]] = []

    def is_dark(self) -> bool:
        return self.dark

    def high_contrast(self) -> bool:
        return self.strong

    def palette(self) -> QPalette:
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Window, "#000000")
        palette.setColor(QPalette.ColorRole.WindowText, "#FFFF00")
        palette.setColor(QPalette.ColorRole.Highlight, "#00FF00")
        palette.setColor(QPalette.ColorRole.HighlightedText, "#000000")
        return palette

    def ask(self, appearance: Appearance) -> None:
        self.asked.append(appearance)

    def on_change(self, handler: Callable[[], None]) -> None:
        self._handlers.append(handler)

    def turn(self, *, dark: bool = False, strong: bool = False) -> None:
        self.dark, self.strong = dark, strong
        for handler in self._handlers:
            handler()


@pytest.fixture
def system(qapp: QApplication) -> FakeSystem:
    return FakeSystem()


@pytest.fixture
def look(qapp: QApplication, system: FakeSystem):
    usual = theme()
    yield install_theme(qapp, system)
    Theme.in_force = usual
    usual.set_appearance(Appearance.SYSTEM)


def test_follows_the_system_until_it_is_fixed(look: Theme, system: FakeSystem) -> None:
    assert not look.dark
    system.turn(dark=True)
    assert look.dark
    assert look.colours.surface.name().upper() == tokens().dark.colours.surface
    look.set_appearance(Appearance.LIGHT)
    assert not look.dark
    assert look.colours.surface.name().upper() == tokens().light.colours.surface
    assert system.asked == [Appearance.LIGHT]


def test_a_fixed_theme_does_not_turn_with_the_system(look: Theme, system: FakeSystem, qtbot: QtBot) -> None:
    look.set_appearance(Appearance.LIGHT)
    with qtbot.assertNotEmitted(look.changed):
        system.turn(dark=True)
    assert not look.dark


def test_palette_goes_with_the_scheme(look: Theme, system: FakeSystem, qapp: QApplication) -> None:
    system.turn(dark=True)
    palette = qapp.palette()
    assert palette.color(QPalette.ColorRole.Window) == look.colours.canvas
    assert palette.color(QPalette.ColorRole.Text) == look.colours.ink
    assert palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text) == look.colours.ink3


def test_high_contrast_takes_the_systems_colours_and_drops_fills(look: Theme, system: FakeSystem) -> None:
    system.turn(strong=True)
    family = look.family("iv")
    assert look.colours.surface.name() == "#000000"
    assert look.colours.ink.name() == "#ffff00"
    assert look.colours.accent.name() == "#00ff00"
    assert family.prep == family.dose == family.hatch == look.colours.surface
    assert look.status_colour(VisitState.ARRIVED) == look.colours.ink


@pytest.mark.parametrize("size", TEXT_SIZES)
def test_everything_grows_with_the_text(look: Theme, size: int) -> None:
    look.set_text_size(size)
    assert look.px(100) == size
    assert look.font(TextRole.BODY).pixelSize() == round(tokens().text[TextRole.BODY].size * size / 100)


def test_an_odd_text_size_takes_the_nearest(look: Theme) -> None:
    look.set_text_size(120)
    assert look.text_size == 115


def test_a_widget_keeps_its_role_when_the_text_size_changes(look: Theme, qtbot: QtBot) -> None:
    title = QLabel("Set-up")
    qtbot.addWidget(title)
    set_text(title, TextRole.TITLE)
    title.show()
    look.set_text_size(150)
    assert title.font().pixelSize() == 27


def test_a_label_keeps_its_font_through_a_change_of_ink(look: Theme, qtbot: QtBot) -> None:
    page = label("Set-up", TextRole.PAGE)
    qtbot.addWidget(page)
    set_ink(page, "danger")
    page.show()
    assert page.font().pixelSize() == 21
    set_ink(page, "ok")
    assert page.font().pixelSize() == 21
    assert page.palette().color(QPalette.ColorRole.WindowText) == look.colours.ok


def test_figures_have_equal_width(look: Theme) -> None:
    for role in TextRole:
        metrics = QFontMetricsF(look.font(role))
        widths = [metrics.horizontalAdvance(10 * digit) for digit in "0123456789"]
        assert max(widths) - min(widths) < 0.5, role  # rounding only: "1" is 8 px narrower otherwise


def test_the_bundled_face_is_the_one_used(look: Theme) -> None:
    for role in TextRole:
        assert QFontMetricsF(look.font(role)).inFontUcs4(ord("A"))
        assert look.font(role).families()[0] == "Inter"


def test_an_unknown_visit_type_is_other(look: Theme) -> None:
    assert look.family("yoga") == look.family("other")


@pytest.mark.parametrize("size", TEXT_SIZES)
def test_words_are_as_wide_as_they_are_drawn_at_each_text_size(look: Theme, size: int) -> None:
    usual = look.width("Okafor, Amara", TextRole.BODY)
    look.set_text_size(size)
    found = look.width("Okafor, Amara", TextRole.BODY)
    assert found == QFontMetricsF(look.font(TextRole.BODY)).horizontalAdvance("Okafor, Amara")
    assert (found > usual) is (size > TEXT_SIZES[0])
    look.set_text_size(TEXT_SIZES[0])


def test_a_list_that_is_there_before_the_theme_asks_for_it_only_once() -> None:
    """In a process of its own: here the theme is there already."""
    lines = (
        "from PySide6.QtWidgets import QApplication, QListView",
        "from clinic_desktop.ui.theme import install_theme",
        "from clinic_desktop.ui.widgets.row_model import RowModel",
        "from clinic_desktop.ui.widgets.rows import Row, RowDelegate",
        "app, view, model = QApplication([]), QListView(), RowModel()",
        "model.set_things([Row('Okafor, Amara', 'detail', key='1')])",
        "view.setModel(model); view.show(); view.setItemDelegate(RowDelegate(view))",
        "install_theme(app); app.processEvents()",
    )
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr[-300:]) == (0, "")


def test_every_window_of_its_own_has_the_style_sheet_and_keeps_up_with_it(
    look: Theme, qtbot: QtBot, file_clinic: SmallClinic
) -> None:
    with file_clinic.store.read() as records:
        desk = Desk(file_clinic.store, file_clinic.desk, file_clinic.clock, records.setup())
    box = zone_box()
    windows = [make_shell(), FirstRunWindow(), Wall(desk), Lobby(desk), box.completer().popup()]
    assert len({one.styleSheet() for one in windows}) == 1
    light = windows[0].styleSheet()
    look.set_appearance(Appearance.DARK)
    assert len({one.styleSheet() for one in windows}) == 1
    assert windows[0].styleSheet() != light
    for one in (*windows[:-1], box):
        qtbot.addWidget(one)
    qtbot.waitUntil(lambda: operations.running_count() == 0)

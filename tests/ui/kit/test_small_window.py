"""1366 x 768 at 200 % is 683 x 384: icons only, the panel over the place, nothing cut, nothing lost."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.ui.paint import text_width
from clinic_desktop.ui.rail import RailButton
from clinic_desktop.ui.shell import Shell
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button
from tests.ui.grab import grab_both


@pytest.fixture
def small(shell: Shell, qtbot: QtBot) -> Shell:
    shell.top_bar.person.set_person("Dana Ruiz", "DR")
    shell.resize(683, 384)
    qtbot.waitUntil(lambda: shell.body.shown is None and shell.rail.width() < 60)
    return shell


def inside(shell: Shell, widget: QWidget) -> bool:
    corner = widget.mapTo(shell, QPoint(0, 0))
    return shell.rect().contains(QRect(corner, widget.size()))


def cut(widget: QWidget) -> bool:
    """Whether a widget that shows words is narrower or lower than they are."""
    if isinstance(widget, Button):
        return widget.width() < widget.sizeHint().width() or widget.height() < widget.sizeHint().height()
    if isinstance(widget, QLabel) and widget.text():
        metrics = QFontMetricsF(widget.font())
        wide = widget.wordWrap() or widget.width() + 1 >= metrics.horizontalAdvance(widget.text())
        needed = widget.heightForWidth(widget.width()) if widget.wordWrap() else metrics.height() - 2
        return not wide or widget.height() < needed
    return False


def visible(shell: Shell) -> list[QWidget]:
    return [widget for widget in shell.findChildren(QWidget) if widget.isVisible()]


def test_the_rail_shows_icons_and_every_place_is_inside(small: Shell) -> None:
    buttons = small.findChildren(RailButton)
    assert small.rail.width() == 52
    assert len(buttons) == 6
    assert all(inside(small, button) and button.height() >= 24 and button.width() >= 24 for button in buttons)
    assert all(button.accessibleName() for button in buttons)


def test_nothing_is_cut_and_nothing_lies_outside(small: Shell) -> None:
    small.say("Okafor, Amara moved to Infusion 2, 10:15.", lambda: None)
    small.grab()
    assert [w for w in visible(small) if cut(w)] == []
    for bar in (small.top_bar, small.status_bar, small.rail):
        assert [w for w in bar.findChildren(QWidget) if w.isVisible() and not inside(small, w)] == []


def test_a_line_of_booking_can_be_read_while_it_is_typed(small: Shell, qtbot: QtBot) -> None:
    line = small.top_bar.search.line
    small.search()
    qtbot.keyClicks(line, "whitfield 6 iv tue fri")
    assert text_width(line.text(), TextRole.BODY) < line.width()


def test_the_inspector_waits_and_then_lies_over_the_place(small: Shell) -> None:
    whole = small.body.width()
    small.body.toggle_inspector()
    assert small.body.pane.isVisible()
    assert small.body.stack.width() == whole
    assert small.body.pane.geometry().right() == whole - 1
    assert small._step_out()
    assert not small.body.pane.isVisible()


def test_a_panel_wider_than_the_room_takes_the_whole_room(small: Shell) -> None:
    panel = QLineEdit()
    small.show_panel(panel, 900)
    assert small.body.pane.geometry() == small.body.rect()
    small.close_panel()
    assert small.body.shown is None


def test_the_last_hint_stays_when_there_is_room_for_one_only(small: Shell) -> None:
    small.say(
        "A long sentence about what was done just now, which takes all the room that there is here.",
        lambda: None,
    )
    small.grab()
    assert small.status_bar.hints.shown()[-1].key == "F1"


def test_back_at_full_size_all_is_as_before(small: Shell, qtbot: QtBot) -> None:
    small.resize(1366, 768)
    qtbot.waitUntil(lambda: small.body.shown is not None and small.rail.width() == 72)
    assert small.body.pane.width() == 300


@pytest.mark.parametrize("size", [115, 130, 150])
def test_nothing_is_cut_at_larger_text(shell: Shell, size: int) -> None:
    theme().set_text_size(size)
    shell.say("Okafor, Amara moved to Infusion 2, 10:15.", lambda: None)
    shell.grab()
    assert [w for w in visible(shell) if cut(w)] == []
    for button in shell.findChildren(RailButton):
        assert text_width(button.text(), TextRole.CAPTION) <= button.width()


def test_a_stretched_language_still_fits_the_rail(shell: Shell) -> None:
    for button in shell.findChildren(RailButton):
        button.setText(button.text() + "ääää")
        assert text_width(button.text(), TextRole.CAPTION) <= button.width() + 24


def test_pictures_for_the_eye(shell: Shell) -> None:
    grab_both(shell, "shell", (1366, 768))
    grab_both(shell, "shell-small", (683, 384), 2.0)

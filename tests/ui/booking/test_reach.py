"""The panels at 200 per cent and with large text: nothing is cut, all is named and can be reached."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from clinic_desktop.scheduling.booking import book
from clinic_desktop.ui.booking.panel_shell import PanelShell
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.widgets.button import Button
from tests.small_clinic import MONDAY, SmallClinic
from tests.ui.booking.people import give_driver
from tests.ui.booking.window import Window, make_window
from tests.ui.grab import grab_both

SMALL, DESK = (683, 384), (1366, 768)
Opener = Callable[[Window], PanelShell]


def booking(window: Window) -> PanelShell:
    window.book(615, "Infusion 2", window.clinic.amara.id)
    return window.panels.booking


def openings(window: Window) -> PanelShell:
    window.panels.openings(window.shell, window.desk, window.desk.today(), window.clinic.amara.id)
    return window.panels.booking


def course(window: Window) -> PanelShell:
    window.panels.plan_course(window.shell, window.desk, window.clinic.amara.id)
    window.wait(lambda: window.panels.course.plan is not None)
    return window.panels.course


def driver(window: Window) -> PanelShell:
    window.panels.change_driver(window.shell, window.desk, window.visits()[0].id)
    return window.panels.driver


def cancelling(window: Window) -> PanelShell:
    window.panels.cancel(window.shell, window.desk, window.visits()[0].id)
    return window.panels.cancelling


OPENERS: list[Opener] = [booking, openings, course, driver, cancelling]


@pytest.fixture
def ready(qtbot: QtBot, clinic: SmallClinic) -> Window:
    """Amara has a usual driver, and a follow-up she can be cancelled from."""
    give_driver(clinic)
    book(clinic.store, clinic.desk, clinic.wish("SP1", day=MONDAY + timedelta(days=3), plan=None))
    return make_window(qtbot, clinic)


def controls(panel: QWidget) -> list[QWidget]:
    kinds = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView)
    return [one for one in panel.findChildren(QWidget) if isinstance(one, kinds) and one.isVisible()]


@pytest.mark.parametrize("opener", OPENERS)
def test_every_control_has_a_name(ready: Window, opener: Opener) -> None:
    panel = opener(ready)
    ready.wait()
    unnamed = []
    for one in controls(panel):
        interface = QAccessible.queryAccessibleInterface(one)
        if interface is None or not interface.text(QAccessible.Text.Name):
            unnamed.append(one)
    assert unnamed == []


@pytest.mark.parametrize("opener", OPENERS)
@pytest.mark.parametrize(("size", "text"), [(SMALL, 100), (DESK, 150), (DESK, 100)])
def test_nothing_is_cut(ready: Window, opener: Opener, size: tuple[int, int], text: int) -> None:
    ready.shell.resize(*size)
    theme().set_text_size(text)
    panel = opener(ready)
    ready.wait()
    ready.qtbot.waitUntil(lambda: cut_in(panel) == [])  # the layout may come a moment later
    assert panel.width() <= ready.shell.width()
    grab_both(ready.shell, f"{opener.__name__}-{size[0]}-{text}", size)


def cut_in(panel: QWidget) -> list[str]:
    """Words that do not fit their place, and a body wider than what scrolls it."""
    areas = [one for one in panel.findChildren(QScrollArea) if one.isVisible()]
    assert areas
    cut = ["body" for one in areas if one.widget().width() > one.viewport().width()]
    for one in panel.findChildren(QLabel):
        if one.isVisible() and not one.wordWrap() and one.width() < one.sizeHint().width():
            cut.append(one.text())
    for button in panel.findChildren(Button):
        if button.isVisible() and button.width() < button.minimumSizeHint().width():
            cut.append(button.text())
    return cut


@pytest.mark.parametrize("opener", OPENERS)
def test_tab_visits_every_control(ready: Window, opener: Opener) -> None:
    panel = opener(ready)
    ready.wait()
    wanted = {
        one for one in controls(panel) if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isEnabled()
    }
    seen = set()
    for _ in range(80):  # once around the window
        seen.add(ready.focus)
        ready.qtbot.keyClick(ready.focus, Qt.Key.Key_Tab)
    group = {one for one in wanted if isinstance(one, QAbstractButton) and one.autoExclusive()}
    assert wanted - seen - group == set()


def test_the_row_that_one_is_on_is_in_sight(ready: Window) -> None:
    ready.shell.resize(*SMALL)
    panel = course(ready)
    rows = ready.panels.course.rows
    area = next(one for one in panel.findChildren(QScrollArea) if one.property("said") is None)
    for _ in range(6):
        ready.qtbot.waitUntil(lambda: _in_sight(area, rows))
        ready.press(Qt.Key.Key_Down)


def _in_sight(area: QScrollArea, view: QAbstractItemView) -> bool:
    rect = view.visualRect(view.currentIndex())
    corner = view.viewport().mapTo(area.viewport(), QPoint(0, rect.top()))
    shown = QRect(0, corner.y(), 10, rect.height())
    return area.viewport().rect().adjusted(0, -1, 0, 1).contains(shown)


def test_the_models_keep_the_rules_of_models(ready: Window) -> None:
    course(ready)
    ready.wait()
    tester = QAbstractItemModelTester
    mode = tester.FailureReportingMode.Fatal
    panel = ready.panels.course
    kept = [tester(panel.rows.model(), mode), tester(ready.panels.booking.times.list.model(), mode)]
    panel.fields.clock.setText("10:15")
    ready.wait()
    panel.reset()
    booking(ready)
    assert len(kept) == 2


def test_the_button_reads_the_whole_booking_out(ready: Window) -> None:
    booking(ready)
    name = ready.panels.booking.book.accessibleName()
    assert name.startswith("Book today, 10:15 AM for Okafor, Amara. IV ketamine.")
    assert "Bea Marsh drives." in name

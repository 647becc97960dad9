"""The five ways in of the first window at 200 % on a small screen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clinic_desktop.ui.first_run.start_page import StartPage, WayButton
from tests.ui.grab import grab_both


def whole(way: WayButton) -> bool:
    return way.visibleRegion().boundingRect() == way.rect()


@pytest.fixture
def page(qtbot: QtBot) -> StartPage:
    made = StartPage()
    qtbot.addWidget(made)
    made.resize(683, 384)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.setFocus()
    return made


def test_all_five_are_seen_at_once_and_stand_wider_where_there_is_room(qtbot: QtBot, page: StartPage) -> None:
    ways = (page.demo, page.own, page.open, page.server, page.restore)
    qtbot.waitUntil(lambda: all(map(whole, ways)))
    low = page.demo.height()
    grab_both(page, "start-five-200", None, 2.0)
    page.resize(1366, 768)
    qtbot.waitUntil(lambda: page.demo.height() > low and all(map(whole, ways)))


def test_the_sixth_is_scrolled_to_by_keys(qtbot: QtBot, page: StartPage) -> None:
    page.offer_paper("Open the paper", "Kept on this computer.")
    for way in (page.paper, page.demo, page.own, page.open, page.server, page.restore):
        qtbot.waitUntil(lambda way=way: way.hasFocus() and whole(way))
        focused = QApplication.focusWidget()
        assert focused is way
        qtbot.keyClick(way, Qt.Key.Key_Down)

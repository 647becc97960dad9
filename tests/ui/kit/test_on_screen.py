"""No window is larger than its screen, whatever it would like and whatever was saved."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QPoint, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.people.model import Staff
from clinic_desktop.ui.dialogs import Dialog
from clinic_desktop.ui.first_run.person_picker import PersonPicker
from clinic_desktop.ui.first_run.start_page import StartPage
from clinic_desktop.ui.first_run.window import FirstRunWindow
from clinic_desktop.ui.on_screen import keep_on_screen, restore_place, room_for, within
from clinic_desktop.ui.settings_store import GEOMETRY, SettingsStore
from clinic_desktop.ui.widgets.button import Button, Kind
from tests.ui.example import make_shell

HALF = QRect(0, 0, 683, 352)  # 1366 x 768 at 200 %, less a title bar


@pytest.mark.parametrize(
    ("wanted", "got"),
    [
        (QRect(0, 0, 1000, 680), HALF),
        (QRect(100, 50, 400, 200), QRect(100, 50, 400, 200)),
        (QRect(500, 300, 400, 200), QRect(283, 152, 400, 200)),
        (QRect(-50, -20, 400, 900), QRect(0, 0, 400, 352)),
    ],
)
def test_a_window_is_cut_to_its_screen_and_moved_no_further_than_it_must(wanted: QRect, got: QRect) -> None:
    assert within(wanted, HALF) == got


def test_a_second_screen_is_as_good_as_the_first() -> None:
    right = QRect(1366, 0, 1024, 700)
    assert within(QRect(1400, 30, 2000, 600), right) == QRect(1366, 30, 1024, 600)


def on_screen(window: QWidget) -> bool:
    screen = window.screen().availableGeometry()
    return window.width() <= screen.width() and window.height() <= screen.height()


def larger() -> QRect:
    screen = QGuiApplication.primaryScreen().availableGeometry()
    return QRect(0, 0, 2 * screen.width(), 2 * screen.height())


def test_the_first_window_opens_on_its_screen(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clinic_desktop.ui.first_run.window._USUAL", (larger().width(), larger().height()))
    made = FirstRunWindow()
    qtbot.addWidget(made)
    made.show()
    assert on_screen(made)


def test_at_200_percent_the_assistants_buttons_are_inside_and_the_rest_scrolls(qtbot: QtBot) -> None:
    made = FirstRunWindow()
    qtbot.addWidget(made)
    made.setMinimumSize(0, 0)
    made.resize(683, 300)
    made.show()
    made.open_assistant()
    assistant = made.assistant
    for _page in range(2):
        for button in (assistant.back_button, assistant.next_button):
            assert made.rect().contains(QRect(button.mapTo(made, QPoint(0, 0)), button.size()))
        bar = assistant._scroll.verticalScrollBar()
        qtbot.waitUntil(lambda bar=bar: bar.maximum() > 0)
        assistant._answers = assistant.answers
        assistant._show(1)


def test_the_ways_in_scroll_to_where_the_focus_is(qtbot: QtBot) -> None:
    page = StartPage()
    qtbot.addWidget(page)
    page.resize(600, 200)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.open.setFocus()
    qtbot.waitUntil(lambda: page.rect().contains(page.open.mapTo(page, page.open.rect().center())))


def test_the_window_opens_on_its_screen_with_nothing_saved(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clinic_desktop.ui.shell._USUAL", (larger().width(), larger().height()))
    made = make_shell()
    qtbot.addWidget(made)
    made.show()
    assert on_screen(made)


def test_a_size_saved_on_a_larger_screen_is_cut_to_this_one(qtbot: QtBot, tmp_path: Path) -> None:
    saved = QWidget()
    qtbot.addWidget(saved)
    saved.setGeometry(larger())
    store = SettingsStore(tmp_path / "window.ini")
    store.set_bytes(GEOMETRY, saved.saveGeometry())
    made = make_shell(store)
    qtbot.addWidget(made)
    assert made.size() == made.size().boundedTo(room_for(made).size())
    made.show()
    assert on_screen(made)


def test_the_least_size_gives_way_to_a_smaller_screen(qtbot: QtBot) -> None:
    made = QWidget()
    qtbot.addWidget(made)
    made.setMinimumSize(larger().size())
    keep_on_screen(made)
    assert made.size() == made.minimumSize() == room_for(made).size()


@pytest.fixture
def home(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(683, 320)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_dialog_that_wants_more_scrolls_and_keeps_its_buttons(home: QWidget, qtbot: QtBot) -> None:
    dialog = Dialog(home, "A long list", "It is longer than the screen.")
    tall, last = QWidget(), Button("The last thing")
    tall.setFixedHeight(larger().height())
    dialog.body.addWidget(tall)
    dialog.body.addWidget(last)
    take = dialog.add_button("Take it", Kind.PRIMARY)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert on_screen(dialog)
    assert dialog.rect().contains(QRect(take.mapTo(dialog, QPoint(0, 0)), take.size()))
    last.setFocus()
    qtbot.waitUntil(lambda: dialog.rect().contains(last.mapTo(dialog, last.rect().center())))
    dialog.reject()


def test_a_dialog_with_room_does_not_scroll(home: QWidget, qtbot: QtBot) -> None:
    dialog = Dialog(home, "Short", "A sentence. " * 20)
    dialog.add_leave_button("Back")
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    assert dialog._scroll.verticalScrollBar().maximum() == 0
    assert dialog._scroll.height() == dialog._scroll.height_for(dialog._scroll.width())
    dialog.reject()


def test_who_acts_is_chosen_in_a_list_that_fits_over_a_small_window(home: QWidget) -> None:
    people = [Staff(n, 1, f"Person {n}", f"P{n}") for n in range(1, 20)]
    picker = PersonPicker.ask(home, people, lambda _id: None)
    assert picker.height() <= home.height()
    picker.reject()


def test_a_window_that_is_opened_as_it_stood_stands_no_lower(qtbot: QtBot) -> None:
    """Its title bar was 22 px high, and less than what one that nobody framed yet is taken for."""
    made = QWidget()
    qtbot.addWidget(made)
    made.setGeometry(40, 22, 300, 200)
    saved = bytearray(made.saveGeometry().data())
    at = saved.index((22).to_bytes(4, "big"))
    saved[at : at + 4] = (0).to_bytes(4, "big")  # the frame begins above
    restore_place(made, QByteArray(bytes(saved)))
    assert made.geometry() == QRect(40, 22, 300, 200)
    restore_place(made, QByteArray(b"x"))
    assert made.geometry().top() == 32  # of another frame nothing is known

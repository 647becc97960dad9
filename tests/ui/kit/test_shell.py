"""The window by keyboard: places, panes, one step out, undo, what is said and shown."""

import ast
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from clinic_desktop.foundation.errors import EnvironmentFailure, ServerAway, StaleEdit
from clinic_desktop.ui import operations
from clinic_desktop.ui.all_keys import AllKeys
from clinic_desktop.ui.banner import Banner, BannerAction
from clinic_desktop.ui.free_spot import free_spot
from clinic_desktop.ui.icons import IconLabel
from clinic_desktop.ui.paint import Tone, text_width
from clinic_desktop.ui.places import NoticeAction
from clinic_desktop.ui.settings_store import GEOMETRY, MAXIMIZED, SettingsStore
from clinic_desktop.ui.shell import Shell
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button
from clinic_desktop.ui.widgets.date_navigator import DateNavigator
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.widgets.suggest_field import Hit
from tests.ui.example import PLACES, BoardLike, PlainPlace, make_shell

Key = Qt.Key
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def board(shell: Shell) -> BoardLike:
    place = shell.place("board")
    assert isinstance(place, BoardLike)
    return place


def test_one_key_for_each_place(shell: Shell, qtbot: QtBot) -> None:
    for number, (place_id, text, _icon) in enumerate(PLACES, 1):
        qtbot.keyClick(focused(), Key(Key.Key_0.value + number), ALT)
        assert shell.current == place_id
        assert shell.windowTitle() == f"{text} - Clinic Desktop"
        assert shell.rail.current_button().accessibleName() == text


def test_arrows_walk_the_rail_and_enter_shows_a_place(shell: Shell, qtbot: QtBot) -> None:
    shell.rail.mark.setFocus()
    for _step in range(3):
        qtbot.keyClick(focused(), Key.Key_Down)
    qtbot.keyClick(focused(), Key.Key_Up)
    assert shell.current == "board"
    assert focused().accessibleName() == "Floor"
    qtbot.keyClick(focused(), Key.Key_Return)
    assert shell.current == "floor"


def test_a_place_is_made_when_it_is_first_shown_and_kept(shell: Shell) -> None:
    assert list(shell._places) == ["board"]
    first = shell.go("floor")
    shell.go("board")
    assert shell.go("floor") is first
    assert isinstance(first, PlainPlace)
    assert first.shown == 2


def test_focus_starts_at_the_work(shell: Shell) -> None:
    assert focused() is board(shell).book
    place = shell.go("patients")
    assert isinstance(place, PlainPlace)
    assert focused() is place.line


def test_only_the_keys_of_the_place_shown_answer(shell: Shell, qtbot: QtBot) -> None:
    qtbot.keyClick(focused(), Key.Key_F3)
    shell.go("patients")
    qtbot.keyClick(focused(), Key.Key_F3)
    assert board(shell).done == ["book"]


def test_the_keys_of_the_place_answer_from_the_rail_too(shell: Shell, qtbot: QtBot) -> None:
    shell.rail.mark.setFocus()
    qtbot.keyClick(focused(), Key.Key_M, CTRL)
    assert board(shell).done == ["move"]


def test_f6_goes_round_the_panes_and_back(shell: Shell, qtbot: QtBot) -> None:
    shell.top_bar.person.set_person("Dana Ruiz", "DR")
    visited = []
    for _step in range(4):
        qtbot.keyClick(focused(), Key.Key_F6)
        visited.append(_pane_of(shell))
    assert visited == ["side", "top", "rail", "work"]
    qtbot.keyClick(focused(), Key.Key_F6, SHIFT)
    assert _pane_of(shell) == "rail"


def _pane_of(shell: Shell) -> str:
    named = {"work": shell.body.stack, "side": shell.body.pane, "top": shell.top_bar, "rail": shell.rail}
    return next((name for name, pane in named.items() if pane.isAncestorOf(focused())), "")


def test_a_pane_remembers_where_the_focus_was(shell: Shell, qtbot: QtBot) -> None:
    shell.top_bar.search.line.setFocus()
    qtbot.keyClick(focused(), Key.Key_F6, SHIFT)
    qtbot.keyClick(focused(), Key.Key_F6)
    assert focused() is shell.top_bar.search.line


def test_esc_goes_one_step_out_at_a_time(shell: Shell, qtbot: QtBot) -> None:
    panel = QLineEdit()
    panel.setText("a draft")
    shell.show_panel(panel, 404)
    panel.setFocus()
    shell.notice("Saved")
    qtbot.keyClick(panel, Key.Key_Escape)
    assert shell.notices.notices() == []
    assert shell.body.shown is panel
    qtbot.keyClick(panel, Key.Key_Escape)
    assert shell.body.shown is board(shell).inspector()
    assert focused() is board(shell).book
    assert panel.text() == "a draft"


def test_the_panel_has_the_width_it_asks_for_beside_the_place(shell: Shell) -> None:
    assert shell.body.pane.width() == 300
    panel = QWidget()
    shell.show_panel(panel, 404)
    assert shell.body.pane.width() == 404
    assert shell.body.stack.width() + shell.body.pane.width() == shell.body.width()
    shell.close_panel()
    assert shell.body.pane.width() == 300
    shell.resize(1700, 800)
    assert shell.body.pane.width() == 340


def test_ctrl_i_hides_and_shows_the_inspector(shell: Shell, qtbot: QtBot) -> None:
    qtbot.keyClick(focused(), Key.Key_I, CTRL)
    assert not shell.body.pane.isVisible()
    assert shell.body.stack.width() == shell.body.width()
    qtbot.keyClick(focused(), Key.Key_I, CTRL)
    assert shell.body.pane.isVisible()


def test_what_takes_long_is_not_answered_by_what_was_said_before(shell: Shell) -> None:
    bar = shell.status_bar
    shell.say("Okafor, Amara: Vitals, 124/78, now")
    bar.wait(True)
    assert bar._waits.isVisible()
    assert bar._waits.text() == "Not done yet ..."
    assert not bar._said.isVisible()
    shell.say("Okafor, Amara: Vitals, 128/80, now. Kept on this computer")
    assert not bar._waits.isVisible()
    assert bar._said.isVisible()


def test_the_last_action_is_named_and_undone_once(shell: Shell, qtbot: QtBot) -> None:
    undone: list[str] = []
    shell.say("Okafor, Amara moved to Infusion 2, 10:15.", lambda: undone.append("move"))
    assert shell.status_bar.said == "Okafor, Amara moved to Infusion 2, 10:15."
    qtbot.keyClick(focused(), Key.Key_Z, CTRL)
    qtbot.keyClick(focused(), Key.Key_Z, CTRL)
    assert undone == ["move"]
    assert not shell.can_undo()


def test_no_name_gets_into_the_window_title(shell: Shell) -> None:
    shell.say("Okafor, Amara moved to Infusion 2, 10:15.")
    shell.notice("Okafor, Amara", "is here")
    shell.go("patients")
    assert "Okafor" not in shell.windowTitle()


def test_ctrl_k_opens_the_search_line(shell: Shell, qtbot: QtBot) -> None:
    qtbot.keyClick(focused(), Key.Key_K, CTRL)
    assert focused() is shell.top_bar.search.line


def test_a_letter_typed_on_the_board_starts_the_search(shell: Shell, qtbot: QtBot) -> None:
    shell.top_bar.search.set_source(lambda text: [Hit(Row(f"found {text}"), text)])
    shell.search("o")
    assert shell.top_bar.search.line.text() == "o"
    found: list[object] = []
    shell.top_bar.found.connect(found.append)
    qtbot.keyClicks(focused(), "ka")
    qtbot.keyClick(focused(), Key.Key_Return)
    qtbot.waitUntil(lambda: found == ["oka"])


def test_a_banner_stays_until_it_is_cleared_and_the_gravest_is_on_top(shell: Shell, qtbot: QtBot) -> None:
    tried: list[int] = []
    action = BannerAction("Try now", lambda: tried.append(1), "F9")
    shell.show_banner(Banner("backup", "No backup for 3 days.", tone=Tone.WARN))
    shell.show_banner(
        Banner("db", "The database has not answered since 9:54.", tone=Tone.DANGER, actions=(action,))
    )
    shell.show_banner(Banner("backup", "No backup for 4 days.", tone=Tone.WARN))
    rows = [shell.banners.layout().itemAt(n).widget() for n in range(2)]
    assert [row.banner.title for row in rows] == [
        "The database has not answered since 9:54.",
        "No backup for 4 days.",
    ]
    button = next(b for b in shell.banners.findChildren(QWidget) if b.accessibleDescription() == "F9")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert tried == [1]
    shell.clear_banner("db")
    shell.clear_banner("backup")
    assert not shell.banners.isVisible()


def test_a_banner_never_takes_the_focus_by_itself(shell: Shell, qtbot: QtBot) -> None:
    def told(number: int) -> None:
        action = BannerAction("Answer", lambda: None, "Ctrl+F9")
        shell.show_banner(Banner("alarm", f"{number} alarms", tone=Tone.DANGER, actions=(action,)))

    told(1)
    shell.banners.findChild(Button).setFocus()  # somebody was there once
    shell.go("patients").focus_work()
    work = QApplication.focusWidget()
    told(2)
    assert QApplication.focusWidget() is work
    shell.banners.findChildren(Button)[-1].setFocus()
    told(3)
    focused = QApplication.focusWidget()
    assert isinstance(focused, Button)
    assert shell.banners.isAncestorOf(focused)
    shell.clear_banner("alarm")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is work)


def test_what_is_hidden_hands_the_focus_to_the_work_and_to_no_banner(shell: Shell, qtbot: QtBot) -> None:
    action = BannerAction("Answer", lambda: None, "Ctrl+F9")
    shell.show_banner(Banner("alarm", "A pressure is late", tone=Tone.DANGER, actions=(action,)))
    shell.go("patients").focus_work()
    work = QApplication.focusWidget()
    went = shell.top_bar.search.line
    for gone in (lambda: went.setEnabled(False), went.hide):
        went.setEnabled(True)
        went.setFocus()
        gone()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is work)


def test_in_a_low_window_a_banner_is_one_line(shell: Shell, qtbot: QtBot) -> None:
    action = BannerAction("Answer", lambda: None, "Ctrl+Shift+F12")
    text = "Due at 1:55 PM. Also: Infusion 2, Infusion 4, Spravato 1, Spravato 2."
    banner = Banner(
        "alarm", "Infusion 3, Castellanos, Carl: a pressure is late", text, Tone.DANGER, (action,)
    )
    shell.show_banner(banner)
    shell.resize(683, 384)
    qtbot.waitUntil(lambda: 0 < shell.banners.height() < 40)
    row = shell.banners.layout().itemAt(0).widget()
    assert row.accessibleName().endswith(text)
    shell.resize(1366, 730)
    qtbot.waitUntil(lambda: shell.banners.height() > 45)


def test_a_notice_goes_by_itself_unless_there_is_something_to_do(shell: Shell, qtbot: QtBot) -> None:
    printed: list[int] = []
    shell.notice("Saved")
    shell.notice("3 of 5 sheets printed", action=NoticeAction("Print the other 2", lambda: printed.append(1)))
    saved, sheets = shell.notices.notices()
    assert saved._stay.isActive()
    assert not sheets._stay.isActive()
    saved._stay.timeout.emit()
    assert shell.notices.notices() == [sheets]
    button = next(b for b in sheets.findChildren(QWidget) if b.property("text") == "Print the other 2")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert printed == [1]
    assert shell.notices.notices() == []


def test_a_notice_that_nobody_can_see_waits(shell: Shell) -> None:
    """Such as what a restored backup lacks, said while the lock is over the window."""
    shell.notice("A backup was restored", tone=Tone.DANGER)
    (notice,) = shell.notices.notices()
    shell.centralWidget().hide()
    notice._stay.timeout.emit()
    assert shell.notices.notices() == [notice]
    assert notice._stay.isActive()
    shell.centralWidget().show()
    notice._stay.timeout.emit()
    assert shell.notices.notices() == []


def test_notices_never_pile_up(shell: Shell) -> None:
    for number in range(6):
        shell.notice(f"Notice {number}")
    titles = [notice.accessibleName() for notice in shell.notices.notices()]
    assert titles == ["Notice 3", "Notice 4", "Notice 5"]


def test_notices_lie_over_the_place_and_not_over_the_panel(shell: Shell) -> None:
    shell.notice("Saved", "Okafor, Amara moved to Infusion 2, 10:15.")
    stack = shell.notices.geometry()
    pane = shell.body.pane.geometry().translated(shell.body.geometry().topLeft())
    assert not stack.intersects(pane)
    assert shell.centralWidget().rect().contains(stack)


@pytest.mark.parametrize(
    ("problem", "title"),
    [
        (StaleEdit("visit", 7), "Not done"),
        (EnvironmentFailure("The disk is full."), "That did not work"),
        (ServerAway("This cannot be read.", reading=True), "Not shown as it is now"),
    ],
)
def test_a_failure_that_no_screen_words_is_said_calmly(
    shell: Shell, qtbot: QtBot, problem: Exception, title: str
) -> None:
    def work() -> None:
        raise problem

    operations.run(shell, work, pytest.fail)
    qtbot.waitUntil(lambda: len(shell.notices.notices()) == 1)
    assert shell.notices.notices()[0].accessibleName() == f"{title}. {problem}"


def test_f1_lists_all_keys_and_runs_one(shell: Shell, qtbot: QtBot) -> None:
    qtbot.keyClick(focused(), Key.Key_F1)
    overlay = shell.findChild(AllKeys)
    assert overlay is not None
    qtbot.keyClicks(overlay.line, "floor")
    assert str(overlay.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)).startswith("Floor")
    qtbot.keyClick(overlay.line, Key.Key_Return)
    assert shell.current == "floor"
    qtbot.waitUntil(lambda: not isValid(overlay))


def test_f10_opens_a_menu_of_what_can_be_done_here(shell: Shell, qtbot: QtBot) -> None:
    qtbot.keyClick(focused(), Key.Key_F10)
    menu = shell.findChild(QMenu)
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert texts[:2] == ["Book a visit", "Move the visit"]
    assert "All keys" in texts
    assert "Menu" not in texts
    menu.close()
    qtbot.waitUntil(lambda: not isValid(menu))


def test_the_status_line_shows_the_keys_of_the_place(shell: Shell) -> None:
    assert [hint.key for hint in shell.status_bar.hints.shown()] == ["F3", "Ctrl M", "F1"]
    shell.go("floor")
    assert [hint.key for hint in shell.status_bar.hints.shown()] == ["F1"]


def test_where_the_window_was_is_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "settings.ini"
    first = make_shell(SettingsStore(path))
    qtbot.addWidget(first)
    first.resize(700, 500)
    first.show()
    first.close()
    assert not SettingsStore(path).get(MAXIMIZED)
    second = make_shell(SettingsStore(path))
    qtbot.addWidget(second)
    assert (second.width(), second.height()) == (700, 500)


def test_a_damaged_geometry_is_ignored(qtbot: QtBot, tmp_path: Path) -> None:
    store = SettingsStore(tmp_path / "settings.ini")
    store.set_bytes(GEOMETRY, QByteArray(b"nonsense"))
    made = make_shell(store)
    qtbot.addWidget(made)
    assert made.width() >= 640


def test_a_closed_window_takes_its_notices_with_it(qtbot: QtBot) -> None:
    made = make_shell()
    qtbot.addWidget(made)
    made.show()
    made.close()
    assert operations._default_failure == []


def test_a_closed_window_lets_its_place_rest(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """No timer of it reads what is closed by then."""
    rested: list[str] = []
    monkeypatch.setattr(shell.go("floor"), "deactivated", lambda: rested.append("floor"))
    shell.close()
    assert rested == ["floor"]


def test_the_main_window_stays_small() -> None:
    source = Path(__file__).parents[3] / "clinic_desktop" / "ui" / "shell.py"
    text = source.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 400
    imported = {node.module for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)}
    assert not any(
        m and m.startswith(("clinic_desktop.storage", "clinic_desktop.printing")) for m in imported
    )


def test_what_one_place_offers_waits_there(shell: Shell) -> None:
    """It lay over a tile of the floor, and was closed by Esc there."""
    shell.go("board")
    shell.notice("A new time?", "It waits.", action=NoticeAction("Find a time", lambda: None))
    shell.notice("Urgent message", "Call me.", Tone.DANGER, NoticeAction("Open messages", lambda: None))
    offer, urgent = shell.notices.notices()
    shell.go("patients")
    assert (offer.isVisible(), urgent.isVisible()) == (False, True)
    shell.notices.drop(urgent)
    assert not shell.notices.isVisible()
    shell.go("board")
    assert offer.isVisible()


def test_a_notice_never_lies_over_a_button_wherever_one_goes(shell: Shell, qtbot: QtBot) -> None:
    shell.notice("Urgent message", "It waits.", Tone.DANGER, NoticeAction("Open messages", lambda: None))
    place = shell.go("patients")
    assert isinstance(place, PlainPlace)
    page = place.widget()
    buttons = [QPushButton(f"Print {number}", page) for number in range(3)]
    for number, button in enumerate(buttons):
        button.setGeometry(page.width() - 300 + number * 90, page.height() - 50, 80, 30)
        button.show()
    buttons[0].setFocus()
    assert uncovered(shell, buttons)
    shell.go("floor")
    shell.go("patients")
    assert uncovered(shell, buttons)
    shell.resize(900, 420)
    for number, button in enumerate(buttons):
        button.setGeometry(page.width() - 300 + number * 90, page.height() - 50, 80, 30)
    buttons[1].setFocus()
    assert uncovered(shell, buttons)
    over = shell.notices.geometry().translated(-corner(shell))
    assert over.top() >= shell.body.rect().bottom()  # in a low window the work makes room for it


def test_in_a_low_window_a_notice_has_its_sign_beside_its_words(shell: Shell, qtbot: QtBot) -> None:
    shell.resize(683, 365)
    shell.notice("That did not work", "The clinic's database does not answer.", Tone.DANGER)
    (one,) = shell.notices.notices()
    sign, title = one.findChildren(QLabel)[:2]
    assert isinstance(sign, IconLabel)
    qtbot.waitUntil(lambda: abs(sign.geometry().center().y() - title.geometry().center().y()) <= 1)
    assert sign.y() > 0


def test_a_notice_spares_the_button_of_a_panel_that_lies_over_the_place(shell: Shell, qtbot: QtBot) -> None:
    """Also where a long form leaves no other room: what stays is spared before what can be scrolled."""
    shell.resize(683, 384)
    panel = QWidget()
    column = QVBoxLayout(panel)
    form, rows = QScrollArea(), QWidget()
    inside = QVBoxLayout(rows)
    boxes = [QPushButton(f"Box {number}") for number in range(12)]
    for one in boxes:
        inside.addWidget(one)
    form.setWidget(rows)
    form.setWidgetResizable(True)
    save = QPushButton("Save and close")
    column.addWidget(form)
    column.addWidget(save)
    shell.show_panel(panel, 380)
    assert shell.body.overlays
    shell.notice("Urgent message", "May she eat?", action=NoticeAction("Open messages", lambda: None))
    save.setFocus()
    qtbot.waitUntil(lambda: uncovered(shell, [save]))


def test_the_hint_of_the_search_line_is_whole_or_not_there(shell: Shell) -> None:
    line = shell.top_bar.search.line
    for width in (40, 60, 100, 400):
        line.resize(width, line.height())
        assert text_width(line.placeholderText(), TextRole.BODY) <= width
    assert line.placeholderText() != ""


def test_the_line_for_a_date_is_no_taller_than_other_fields(shell: Shell) -> None:
    navigator = DateNavigator(lambda: date(2026, 11, 17), lambda _text: None, lambda day: f"{day}")
    shell.top_bar.show_slot(navigator)
    navigator.ask()
    QApplication.processEvents()
    assert navigator.line.height() <= shell.top_bar.search.height()


def uncovered(shell: Shell, buttons: list[QPushButton]) -> bool:
    over = shell.notices.geometry()
    places = (QRect(one.mapTo(shell.centralWidget(), QPoint(0, 0)), one.size()) for one in buttons)
    return shell.notices.isVisible() and not any(one.intersects(over) for one in places)


def corner(shell: Shell) -> QPoint:
    return shell.body.mapTo(shell.centralWidget(), QPoint(0, 0))


@pytest.mark.parametrize(
    ("taken", "spot"),
    [
        ([], (62, 80)),
        ([QRect(90, 90, 9, 9)], (62, 62)),  # above what is there
        ([QRect(90, 90, 9, 9), QRect(64, 70, 9, 5)], (62, 42)),
        ([QRect(70, 0, 20, 100)], (0, 80)),  # the right edge is full: at the left
        ([QRect(0, y, 100, 5) for y in range(0, 100, 20)], None),
    ],
)
def test_the_lowest_free_spot(taken: list[QRect], spot: tuple[int, int] | None) -> None:
    found = free_spot(QRect(0, 0, 100, 100), QSize(38, 20), taken)
    assert found == (None if spot is None else QPoint(*spot))


def test_a_long_button_of_a_notice_leaves_its_words_their_width(shell: Shell) -> None:
    words = "You yourself changed this a moment ago, on the PC called office. Your words are still here."
    shell.notice("Not kept", words, action=NoticeAction("Keep mine as a version of its own", lambda: None))
    QApplication.processEvents()
    (notice,) = shell.notices.notices()
    (text,) = [one for one in notice.findChildren(QLabel) if one.text() == words]
    assert text.width() > notice.width() * 0.7

"""What follows an answer is for whoever asked, now: later, elsewhere or unseen nothing follows."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QMenu, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.errors import ServerAway
from clinic_desktop.ui import operations, wishes
from clinic_desktop.ui.operations import LatestReader
from clinic_desktop.ui.wishes import Wish


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    operations.set_default_failure(lambda _problem: None)
    yield
    operations.set_default_failure(None)


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """A window with a line and a text in it, shown; the focus is in neither."""
    made = QWidget()
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    column = QVBoxLayout(made)
    for part in (QLineEdit(), QPlainTextEdit()):
        column.addWidget(part)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def came(wish: Wish, done: list[object]) -> bool:
    wish.come("answer")
    return done == ["answer"]


def test_a_wish_comes_true_once(page: QWidget) -> None:
    done: list[object] = []
    wish = Wish(page, done.append)
    assert came(wish, done)
    wish.come("again")
    assert done == ["answer"]


def test_a_dropped_wish_does_not(page: QWidget) -> None:
    done: list[object] = []
    wish = Wish(page, done.append)
    wish.drop()
    assert not came(wish, done)


def test_it_is_of_the_widget_to_which_its_owner_belongs(page: QWidget) -> None:
    done: list[object] = []
    owner = QObject(QObject(page))
    page.hide()
    assert not came(Wish(owner, done.append), done)


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_who_writes_meanwhile_is_left_alone(page: QWidget, qtbot: QtBot, kind: type[QWidget]) -> None:
    done: list[object] = []
    wish, line = Wish(page, done.append), page.findChild(kind)
    assert line is not None
    line.setFocus()
    assert wish.holds, "nothing stands in it"
    qtbot.keyClicks(line, "okaf")
    assert not came(wish, done)


def test_who_asked_from_a_line_may_stand_there_still(page: QWidget, qtbot: QtBot) -> None:
    line = page.findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    qtbot.keyClicks(line, "3 PM")
    wish = Wish(page, bool)
    assert wish.holds
    qtbot.keyClicks(line, "x")
    assert not wish.holds


@pytest.mark.parametrize("what", [QDialog, QMenu])
def test_who_stands_in_a_dialog_or_a_menu_stays_there(
    page: QWidget, qtbot: QtBot, what: type[QWidget]
) -> None:
    wish, over = Wish(page, bool), what(page)
    if isinstance(over, QMenu):
        over.addAction("Cancel the visit")
        over.popup(page.mapToGlobal(page.rect().center()))
    elif isinstance(over, QDialog):
        over.open()
    qtbot.waitUntil(over.isVisible)
    assert not wish.holds
    assert Wish(over, bool).holds is isinstance(over, QDialog)
    over.close()
    assert wish.holds


def test_nobody_waits_for_long(page: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(wishes.time, "monotonic", lambda: now[0])
    wish, patient = Wish(page, bool), Wish(page, bool, 600)
    now[0] += wishes.PATIENCE + 1
    assert (wish.holds, patient.holds) == (False, True)


# What follows a read.


def failing_once() -> Callable[[], int]:
    tries = count(1)

    def work() -> int:
        number = next(tries)
        if number == 1:
            raise ServerAway("The clinic's database does not answer.")
        return number

    return work


def test_what_is_wanted_follows_what_is_shown(page: QWidget, qtbot: QtBot) -> None:
    heard: list[object] = []
    reader: LatestReader[int] = LatestReader(page, heard.append)
    reader.read(lambda: 7, lambda: heard.append("then"))
    qtbot.waitUntil(lambda: not reader.busy)
    reader.read(lambda: 8)
    qtbot.waitUntil(lambda: not reader.busy)
    assert heard == [7, "then", 8]


def test_news_leave_it_standing(page: QWidget, qtbot: QtBot) -> None:
    heard: list[object] = []
    reader: LatestReader[int] = LatestReader(page, heard.append)
    reader.read(lambda: 7, lambda: heard.append("then"))
    reader.read(lambda: 8)
    qtbot.waitUntil(lambda: not reader.busy)
    assert heard == [8, "then"]


def test_after_a_read_that_met_no_answer_it_is_only_shown(
    page: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "AGAIN_MS", 5)
    heard: list[object] = []
    reader: LatestReader[int] = LatestReader(page, heard.append)
    reader.read(failing_once(), pytest.fail)
    qtbot.waitUntil(lambda: heard == [2] and not reader.busy)


@pytest.mark.parametrize("how", [LatestReader.cancel, LatestReader.only_show])
def test_who_chose_by_hand_meanwhile_is_left_alone(
    page: QWidget, qtbot: QtBot, how: Callable[[LatestReader[int]], None]
) -> None:
    heard: list[object] = []
    reader: LatestReader[int] = LatestReader(page, heard.append)
    reader.read(lambda: 7, pytest.fail)
    how(reader)
    qtbot.waitUntil(lambda: not reader.busy)
    assert heard == ([7] if how is LatestReader.only_show else [])


def test_it_follows_what_is_being_read_or_at_once(page: QWidget, qtbot: QtBot) -> None:
    heard: list[object] = []
    reader: LatestReader[int] = LatestReader(page, heard.append)
    reader.follow(lambda: heard.append("now"))
    reader.read(lambda: 7)
    reader.follow(lambda: heard.append("then"))
    qtbot.waitUntil(lambda: not reader.busy)
    assert heard == ["now", 7, "then"]


def test_what_is_hidden_is_not_read_again_before_it_is_shown(
    page: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "AGAIN_MS", 5)
    heard: list[int] = []
    reader: LatestReader[int] = LatestReader(page, heard.append)
    page.hide()
    reader.read(failing_once())
    qtbot.waitUntil(reader._again.isActive)
    with qtbot.waitSignal(reader._again.timeout):
        pass
    assert reader._again.isActive()
    assert not reader.busy
    page.show()
    qtbot.waitUntil(lambda: heard == [2])

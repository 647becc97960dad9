"""What somebody did is not undone by a key of whoever comes in after them at the same window."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.ui import operations, undoing
from clinic_desktop.ui.board import actions, pinning
from tests.ui.board.stage import LEFT, Key, Mod, Stage

Ctrl, Shift = Mod.ControlModifier, Mod.ShiftModifier


@pytest.fixture
def stage(tmp_path: Path, qapp: object) -> Iterator[Stage]:
    made = Stage(tmp_path)
    yield made
    assert operations.wait_for_all()
    made.close()


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Callable[[object, str], Event]:
    """A use case that is done once its event is set: it is answered to whoever is there then."""

    def hold(module: object, name: str) -> Event:
        go_on, real = Event(), getattr(module, name)

        def waits(*args: object, **more: object) -> object:
            assert go_on.wait(30)
            return real(*args, **more)

        monkeypatch.setattr(module, name, waits)
        return go_on

    return hold


def comes_in(stage: Stage) -> None:
    """Somebody else, at the same window."""
    stage.desk.act_as(Actor(stage.by_name("Maya Jones").id, frozenset({Role.RECEPTIONIST}), "front"))


def goes_on(stage: Stage, go_on: Event) -> None:
    """Somebody else comes in, and then what the one before did is answered."""
    comes_in(stage)
    go_on.set()
    stage.settle()


def nothing_to_take_back(stage: Stage, visit: Visit, minute: int) -> None:
    assert not stage.shell.can_undo()
    stage.press(Key.Key_Z, Ctrl)
    stage.settle()
    stage.press(Key.Key_Y, Ctrl)
    stage.settle()
    assert stage.visit(visit).minute == minute


def test_what_was_done_before(stage: Stage, qtbot: QtBot) -> None:
    visit = stage.book()
    stage.open(qtbot)
    stage.drag(visit, "Infusion 2", 615)
    comes_in(stage)
    nothing_to_take_back(stage, visit, 615)
    assert stage.said == "Nothing to do again."


def test_a_move_that_lands_after_they_came(
    stage: Stage, qtbot: QtBot, held: Callable[[object, str], Event]
) -> None:
    visit = stage.book()
    stage.open(qtbot)
    go_on = held(actions, "move")
    stage.drag(visit, "Infusion 2", 615, drop=False)
    QTest.mouseRelease(stage.view.viewport(), LEFT, Mod.NoModifier, stage.point("Infusion 2", 615))
    goes_on(stage, go_on)
    nothing_to_take_back(stage, visit, 615)


def test_an_undo_that_lands_after_they_came(
    stage: Stage, qtbot: QtBot, held: Callable[[object, str], Event]
) -> None:
    visit = stage.book()
    stage.open(qtbot)
    stage.drag(visit, "Infusion 2", 615)
    go_on = held(undoing, "undo")
    stage.press(Key.Key_Z, Ctrl)
    goes_on(stage, go_on)
    nothing_to_take_back(stage, visit, visit.minute)


def test_a_way_back_that_was_said(stage: Stage, qtbot: QtBot) -> None:
    """What was said last may bring a way back of its own; so does the pinboard."""
    visit = stage.book()
    stage.open(qtbot)
    stage.board.select(visit.id)
    stage.press(Key.Key_V, Ctrl | Shift)
    stage.settle()
    assert stage.shell.can_undo()
    comes_in(stage)
    assert not stage.shell.can_undo()


def test_a_way_back_that_is_said_after_they_came(
    stage: Stage, qtbot: QtBot, held: Callable[[object, str], Event]
) -> None:
    visit = stage.book()
    stage.open(qtbot)
    stage.board.select(visit.id)
    go_on = held(pinning, "park")
    stage.press(Key.Key_V, Ctrl | Shift)
    goes_on(stage, go_on)
    assert "parked" in stage.said
    assert not stage.shell.can_undo()


def test_what_they_do_themselves_is_theirs(stage: Stage, qtbot: QtBot) -> None:
    visit = stage.book()
    stage.open(qtbot)
    comes_in(stage)
    stage.drag(visit, "Infusion 2", 615)
    stage.press(Key.Key_Z, Ctrl)
    stage.settle()
    assert stage.visit(visit).minute == visit.minute


def test_news_of_several_are_of_nobody() -> None:
    both = Changes(2, first=2, by=7) | Changes(3, first=3, by=7)
    assert both.by is None

"""A visit in the hand is let go at the time that somebody typed just now, and never by itself later."""

import threading
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.errors import ServerAway
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.ui import operations
from clinic_desktop.ui.board import mover
from tests.small_clinic import MONDAY
from tests.ui.board.stage import Key, Mod, Stage

TUESDAY = MONDAY + timedelta(days=1)


def in_hand(stage: Stage, qtbot: QtBot) -> Visit:
    visit = stage.book()
    stage.open(qtbot)
    stage.board.select(visit.id)
    stage.press(Key.Key_M, Mod.ControlModifier)
    assert stage.view.carrying.carried is not None
    return visit


def test_a_typed_time_waits_for_what_the_rules_ask(stage: Stage, qtbot: QtBot, monkeypatch) -> None:
    real, gate = mover.read_known, threading.Event()

    def slow(*asked):
        assert gate.wait(30)
        return real(*asked)

    monkeypatch.setattr(mover, "read_known", slow)
    visit = in_hand(stage, qtbot)
    stage.board.take_to(MONDAY, 900)
    gate.set()
    stage.settle()
    assert stage.visit(visit).minute == 900


def test_nothing_is_moved_by_an_answer_that_comes_late(stage: Stage, qtbot: QtBot, monkeypatch) -> None:
    monkeypatch.setattr(operations, "AGAIN_MS", 20)
    real, away = mover.read_known, [True]

    def read(*asked):
        if away:
            raise ServerAway("The clinic's database does not answer.")
        return real(*asked)

    monkeypatch.setattr(mover, "read_known", read)
    visit = in_hand(stage, qtbot)
    stage.board.take_to(MONDAY, 900)
    qtbot.waitUntil(stage.board.mover._reader._again.isActive)
    away.clear()
    qtbot.waitUntil(lambda: stage.board.mover._known is not None)
    stage.settle()
    carried = stage.view.carrying.carried
    assert carried is not None, "it is held still"
    assert carried.target.minute == 900
    assert stage.visit(visit).minute == 600
    stage.board.take_to(MONDAY, 900)  # typed anew, by whoever is there now
    stage.settle()
    assert stage.visit(visit).minute == 900


def test_nor_by_a_page_that_comes_late(stage: Stage, qtbot: QtBot, monkeypatch) -> None:
    monkeypatch.setattr(operations, "AGAIN_MS", 20)
    visit, book = in_hand(stage, qtbot), stage.board.turner.book
    stage.settle()
    real, away = book._read, [True]

    def read(*asked):
        if away:
            raise ServerAway("The clinic's database does not answer.")
        return real(*asked)

    monkeypatch.setattr(book, "_read", read)
    book._kept.clear()
    stage.board.take_to(TUESDAY, 900)
    qtbot.waitUntil(book._reader._again.isActive)
    away.clear()
    qtbot.waitUntil(lambda: stage.board.turner.rows() is not None)
    stage.settle()
    assert stage.view.carrying.carried is not None
    assert stage.visit(visit).day == MONDAY


@pytest.mark.parametrize("away", [True, False])
def test_no_visit_is_selected_by_a_page_that_comes_late(
    stage: Stage, qtbot: QtBot, monkeypatch, away: bool
) -> None:
    monkeypatch.setattr(operations, "AGAIN_MS", 20)
    visit = stage.book()
    stage.open(qtbot)
    stage.settle()
    book = stage.board.turner.book
    real, fails = book._read, [away]

    def read(*asked):
        if any(fails):
            raise ServerAway("The clinic's database does not answer.")
        return real(*asked)

    monkeypatch.setattr(book, "_read", read)
    book._kept.clear()
    stage.board.select(None)
    stage.board.show_visit(visit.id, MONDAY)
    if away:
        qtbot.waitUntil(book._reader._again.isActive)
    fails.clear()
    qtbot.waitUntil(lambda: stage.board.turner.rows() is not None)
    stage.settle()
    assert (stage.board.selected_visit == visit.id) is not away

"""Somebody comes late: it is recorded, said once, and counted where the next visit is booked."""

from pytestqt.qtbot import QtBot

from tests.small_clinic import MONDAY, at
from tests.ui.board.stage import Key, Stage


def test_s10_arriving_late_is_said_beside_the_arrival(stage: Stage, qtbot: QtBot) -> None:
    visit = stage.book(minute=600)
    stage.open(qtbot)
    stage.clinic.clock.at = at(MONDAY, 10, 25)
    stage.board.select(visit.id)
    stage.press(Key.Key_F2)
    stage.settle()
    assert stage.visit(visit).arrived is not None
    assert any("25 minutes after the visit's time" in one for one in stage.notices)


def test_arriving_in_time_says_no_more_than_that(stage: Stage, qtbot: QtBot) -> None:
    visit = stage.book(minute=600)
    stage.open(qtbot)
    stage.clinic.clock.at = at(MONDAY, 10, 15)
    stage.board.select(visit.id)
    stage.press(Key.Key_F2)
    stage.settle()
    assert stage.said == "Okafor, Amara has arrived"
    assert stage.notices == []

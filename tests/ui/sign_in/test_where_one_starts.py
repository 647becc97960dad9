"""Somebody else than before starts where the program begins, and sees nobody whom the other had on show."""

from typing import cast

import pytest

from clinic_desktop.scheduling.booking import book
from clinic_desktop.ui.board import board_frame
from clinic_desktop.ui.board.place import BoardPlace
from clinic_desktop.ui.board.scene import ViewKind
from clinic_desktop.ui.patients.place import PatientsPlace
from tests.small_clinic import FRONT_DESK
from tests.ui.sign_in.conftest import PASSWORD, PIN, Door

ROSA, INES = "Rosa Diaz", "Ines Park"


def on_show(door: Door) -> tuple[PatientsPlace, BoardPlace]:
    """Rosa has somebody chosen on the board and among the patients, with the history beside it."""
    booked = book(door.clinic.store, FRONT_DESK, door.clinic.wish())
    door.desk.hub.tell(booked.changes)
    door.settle()
    board = cast(BoardPlace, door.window.place("board"))
    visit = booked.visits[0]
    board.show_visit(visit.id, visit.day)
    door.settle()
    assert board.chosen_patient() == visit.patient_id
    patients = cast(PatientsPlace, door.window.go("patients"))
    patients.show_patient(visit.patient_id)
    door.qtbot.waitUntil(lambda: patients.view.facts is not None)
    patients.panels.history()
    door.settle()
    return patients, board


def change_places(door: Door, who: str, secret: str) -> None:
    door.window.back_to_work()
    door.press("Ctrl+Shift+A")
    door.settle()
    door.write(who)
    door.enter(secret)


def test_somebody_else_starts_on_the_board_with_nobody_chosen(rosa: Door) -> None:
    patients, board = on_show(rosa)
    rosa.window.top_bar.search.line.setText("oka")
    rosa.window.top_bar.search.line.setModified(False)
    change_places(rosa, "ip", PIN[INES])
    assert rosa.at_work() == rosa.people[INES].id
    assert rosa.window.current == "board"
    assert board.widget().isAncestorOf(rosa.focus)
    assert board.chosen_patient() is None
    assert rosa.window.top_bar.search.line.text() == ""
    assert (patients.view.list.current, patients.view.list.line.text()) == (0, "")
    rosa.window.go("patients")
    rosa.settle()
    assert patients.view.facts is None
    assert rosa.window.body.panel is None, "the history of whom the other had open"


def test_the_same_person_goes_on_where_they_were(rosa: Door) -> None:
    patients, _board = on_show(rosa)
    rosa.press("Ctrl+F1")
    rosa.settle()
    rosa.enter(PIN[ROSA])
    assert rosa.window.current == "patients"
    assert patients.view.facts is not None


def test_after_the_start_of_the_program_the_place_is_that_of_whoever_was_here_last(door: Door) -> None:
    door.window._last_in = door.people[INES].id
    door.window.go("set-up")  # where she closed it
    door.gate.take_focus()
    door.write("rd")
    door.press("Return")
    door.enter(PASSWORD[ROSA])
    assert door.window.current == "board"


def test_a_board_that_came_while_the_window_was_locked_fills_it(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It wants more room than is left beside the inspector, which goes as the window is opened."""
    monkeypatch.setitem(board_frame.LEAST_COLUMN, ViewKind.STAFF, 350)
    door.window.resize(1366, 768)
    place = cast(BoardPlace, door.window.go("board"))
    door.settle()
    place.board.look(ViewKind.STAFF)
    door.settle()
    view = place.board.page.board
    with monkeypatch.context() as meanwhile:  # nothing is read, as where the server went
        meanwhile.setattr(place.board.turner, "start", lambda: None)
        door.gate._covering.uncover()
        door.qtbot.waitUntil(lambda: view.width() == door.window.body.width())
        door.qtbot.waitUntil(lambda: round(view.grid.width) == view.viewport().width())
    assert view.frame_parts.heads.width() == view.viewport().width()

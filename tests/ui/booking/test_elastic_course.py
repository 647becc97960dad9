"""One visit of a course is moved or cancelled: it alone, it and later ones, or the whole course."""

from dataclasses import replace
from datetime import date, timedelta
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.looking_course import CoursePlanWish, book_planned, plan_course
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.states import NEVER_CAME, VisitState
from clinic_desktop.scheduling.waiting import WaitEntry, wait_for
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.recording import record
from clinic_desktop.ui import operations
from clinic_desktop.ui.booking import course_move_panel
from clinic_desktop.ui.dialogs import ChoiceDialog
from tests.small_clinic import BEA, MONDAY, SmallClinic, at
from tests.ui.booking.people import clear_noah
from tests.ui.booking.window import CTRL, ENTER, Window, make_window

TAB, ONE, TWO, THREE, FOUR, ESCAPE = (
    Qt.Key.Key_Tab,
    Qt.Key.Key_1,
    Qt.Key.Key_2,
    Qt.Key.Key_3,
    Qt.Key.Key_4,
    Qt.Key.Key_Escape,
)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


@pytest.fixture
def course(clinic: SmallClinic) -> tuple[Visit, ...]:
    """Mondays and Thursdays at 10:15: days 0, 3, 7, 10, 14, 17."""
    wish = CoursePlanWish(clinic.amara.id, "IV6", MONDAY, 615, frozenset({0, 3}), way_home=BEA)
    return book_planned(clinic.store, clinic.desk, plan_course(clinic.store, clinic.clock.now(), wish)).visits


@pytest.fixture
def window(qtbot: QtBot, clinic: SmallClinic, course: tuple[Visit, ...]) -> Window:
    return make_window(qtbot, clinic)


def standing(window: Window) -> list[int]:
    amara = window.clinic.amara.id
    mine = [one for one in window.visits() if one.patient_id == amara and one.state not in NEVER_CAME]
    return [(one.day - MONDAY).days for one in mine]


class Board:
    """What the board does with a visit that was let go."""

    def __init__(self, window: Window, visit: Visit, to_day: int) -> None:
        self.window, self.moved, self.back = window, False, 0
        self.move = to(visit, day=day(to_day))
        window.panels.move_in_course(window.shell, window.desk, self.move, self.alone, self.put_back)
        window.wait()

    def alone(self) -> None:
        self.moved = True
        clinic = self.window.clinic
        move(clinic.store, clinic.desk, [self.move])

    def put_back(self) -> None:
        self.back += 1


def test_a_move_that_disturbs_nobody_asks_nothing(window: Window, course: tuple[Visit, ...]) -> None:
    assert Board(window, course[2], 8).moved
    assert not window.panels.moving.isVisible()


def test_enter_moves_this_visit_alone(window: Window, course: tuple[Visit, ...]) -> None:
    board = Board(window, course[2], 9)
    panel = window.panels.moving
    assert window.focus is panel.scope.list
    assert "Close to the visit on Thu, Nov 26 (clear days between: 0, usually 1 or more)." in " ".join(
        panel.scope.texts
    )
    window.press(ENTER)
    assert board.moved
    assert standing(window) == [0, 3, 9, 10, 14, 17]
    assert board.back == 0


def test_r3_two_takes_the_later_ones_along_and_shows_before_and_after(
    window: Window, course: tuple[Visit, ...]
) -> None:
    board = Board(window, course[2], 9)
    panel = window.panels.moving
    window.press(TWO)
    assert panel.scope.texts == [
        "Visit 3: Mon, Nov 23, 10:15 AM to Wed, Nov 25, 10:15 AM, Infusion 1",
        "Visit 4: Thu, Nov 26, 10:15 AM to Fri, Nov 27, 10:15 AM, Infusion 1",
        "Too near the visit on Wed, Nov 25 (days between them: 1, at least 2).",
    ]
    assert panel.take.text() == "Move 2 visits"
    window.press(ENTER)
    assert standing(window) == [0, 3, 9, 11, 14, 17]
    assert (board.moved, board.back) == (False, 1)
    assert window.said() == "Okafor, Amara: 2 visits moved."


def test_three_takes_the_whole_course(window: Window, course: tuple[Visit, ...]) -> None:
    Board(window, course[2], 4)
    window.press(THREE, ENTER)
    assert standing(window) == [0, 2, 4, 10, 14, 17]


def test_escape_puts_the_visit_back(window: Window, course: tuple[Visit, ...]) -> None:
    board = Board(window, course[2], 9)
    window.press(ESCAPE)
    assert (board.moved, board.back) == (False, 1)
    assert standing(window) == [0, 3, 7, 10, 14, 17]


def test_a_visit_that_was_changed_meanwhile_moves_nothing(window: Window, course: tuple[Visit, ...]) -> None:
    Board(window, course[2], 9)
    window.press(TWO)
    clinic = window.clinic
    move(clinic.store, clinic.desk, [to(course[5], minute=840)])
    window.press(ENTER)
    assert standing(window) == [0, 3, 7, 10, 14, 17]
    assert window.panels.moving.said.isVisible()
    window.press(ENTER)  # looked at anew
    assert standing(window) == [0, 3, 9, 11, 14, 17]


def raced(window: Window, course: tuple[Visit, ...], qtbot: QtBot) -> ChoiceDialog:
    """Visit 3 and the later ones are to move; its new place is taken before Enter."""
    clinic = window.clinic
    Board(window, course[2], 9)
    window.press(TWO)
    clear_noah(clinic)
    theirs = clinic.wish("IVM", 615, day=day(9), patient_id=clinic.noah.id)
    book(clinic.store, clinic.desk, replace(theirs, room_id=course[2].room_id, nurse_id=course[2].nurse_id))
    window.press(ENTER)
    qtbot.waitUntil(lambda: bool(window.shell.findChildren(ChoiceDialog)))
    (dialog,) = window.shell.findChildren(ChoiceDialog)
    return dialog


def taken(window: Window, dialog: ChoiceDialog) -> None:
    """Enter takes the first of the times, and the keyboard is in the panel again."""
    window.qtbot.keyClick(dialog.list, ENTER)
    window.wait()
    window.shell.activateWindow()
    window.qtbot.waitUntil(window.shell.isActiveWindow)
    window.wait(lambda: window.focus is window.panels.moving.scope.list)


def test_r1_a_course_whose_visit_lost_its_new_time_goes_on_at_the_nearest_with_the_later_ones(
    window: Window, course: tuple[Visit, ...], qtbot: QtBot
) -> None:
    dialog = raced(window, course, qtbot)
    assert standing(window) == [0, 3, 7, 10, 14, 17], "nothing was moved"
    assert (
        "Reed, Noah is there now. The visit of Okafor, Amara was not moved." in dialog.accessibleDescription()
    )
    assert dialog.list.model().rowCount() == 3
    taken(window, dialog)
    panel = window.panels.moving
    assert panel.isVisible(), "how far it reaches is seen before it is done"
    assert panel.take.text() == "Move 2 visits"
    window.press(ENTER)
    assert standing(window) == [0, 3, 9, 11, 14, 17]
    moved = window.clinic.visit(course[2].id)
    assert (moved.minute, moved.room_id) != (615, course[2].room_id)


def test_the_other_time_can_be_taken_for_the_visit_alone(
    window: Window, course: tuple[Visit, ...], qtbot: QtBot
) -> None:
    taken(window, raced(window, course, qtbot))
    window.press(ONE, ENTER)
    assert standing(window) == [0, 3, 9, 10, 14, 17]


def test_enter_before_the_other_time_was_looked_at_moves_nothing(
    window: Window, course: tuple[Visit, ...], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog, panel = raced(window, course, qtbot), window.panels.moving
    let_go, look, done = Event(), course_move_panel.look_at_all, list[object]()

    def slow(*asked: Any) -> Any:
        let_go.wait(30)
        return look(*asked)

    monkeypatch.setattr(course_move_panel, "look_at_all", slow)
    monkeypatch.setattr(course_move_panel, "rearrange", lambda *what: done.append(what))
    qtbot.keyClick(dialog.list, ENTER)
    qtbot.waitUntil(lambda: operations.running_count() == 1)
    panel.confirm()  # what is shown is the move that lost its place
    assert operations.running_count() == 1
    let_go.set()
    window.wait()
    assert done == []
    assert standing(window) == [0, 3, 7, 10, 14, 17]


# ---- cancelled -------------------------------------------------------------------------------------


def cancelling(window: Window, visit: Visit) -> None:
    window.panels.cancel(window.shell, window.desk, visit.id)
    window.wait(lambda: window.panels.cancelling.scope.chosen is not None)


def test_two_keys_cancel_and_leave_it_on_the_list_as_before(
    window: Window, course: tuple[Visit, ...]
) -> None:
    cancelling(window, course[2])
    window.press(ONE, ENTER)
    assert standing(window) == [0, 3, 10, 14, 17]


def test_it_is_made_up_at_once_where_that_is_chosen(window: Window, course: tuple[Visit, ...]) -> None:
    cancelling(window, course[2])
    panel = window.panels.cancelling
    window.press(THREE)  # unwell
    panel.scope.list.setFocus()
    window.press(TWO)
    assert (
        panel.scope.texts[0] == "Visit 3: Mon, Nov 23, 10:15 AM is made up Tue, Nov 24, 10:15 AM, Infusion 1"
    )
    window.press(ENTER)
    assert standing(window) == [0, 3, 8, 10, 14, 17]
    gone = window.clinic.visit(course[2].id)
    assert (gone.state, gone.end_reason) == (VisitState.CANCELLED, "unwell")
    assert window.said() == "Okafor, Amara: cancelled for Mon, Nov 23, 1 visit placed anew."


def test_a_visit_of_no_course_asks_for_no_reach(qtbot: QtBot, clinic: SmallClinic) -> None:
    (alone,) = book(clinic.store, clinic.desk, replace(clinic.wish(), day=day(1))).visits
    window = make_window(qtbot, clinic)
    window.panels.cancel(window.shell, window.desk, alone.id)
    window.wait()
    assert not window.panels.cancelling.scope.isVisible()


# ---- stopped ---------------------------------------------------------------------------------------


def test_each_way_on_says_what_it_does(window: Window, course: tuple[Visit, ...]) -> None:
    cancelling(window, course[2])
    assert [one.row.text for one in window.panels.cancelling.scope.list.choices] == [
        "Only this one; it goes to the to-place list",
        "Make it up; later visits may move",
        "Make it up; the whole course may move",
        "Stop the course: cancel this one and 3 later",
    ]


def test_by_keyboard_a_course_is_stopped_and_comes_back_with_one_key(
    window: Window, course: tuple[Visit, ...]
) -> None:
    cancelling(window, course[2])
    panel = window.panels.cancelling
    window.press(ONE, TAB)
    assert window.focus is panel.scope.list
    window.press(FOUR)
    assert panel.scope.texts == ["Cancelled, 4 visits: Mon, Nov 23; Thu, Nov 26; Mon, Nov 30; Thu, Dec 3."]
    assert panel.take.text() == "Cancel 4 visits of Okafor, Amara"
    assert panel.counts.text() == "In time for all of them."
    window.press(ENTER)
    assert standing(window) == [0, 3]
    assert window.said() == "Okafor, Amara: the course is stopped, 4 visits cancelled."
    assert not panel.isVisible()
    window.press(Qt.Key.Key_Z, mods=CTRL)
    assert standing(window) == [0, 3, 7, 10, 14, 17]
    assert window.said() == "Undone: course of Okafor, Amara stopped: 4 visits cancelled."


def test_by_mouse_a_course_is_stopped(window: Window, course: tuple[Visit, ...], qtbot: QtBot) -> None:
    cancelling(window, course[0])
    panel = window.panels.cancelling
    click_row(qtbot, panel.reasons, 4)
    window.wait()
    click_row(qtbot, panel.scope.list, 3)
    window.wait()
    assert panel.take.text() == "Cancel 6 visits of Okafor, Amara"
    assert panel.counts.text() == "Does not count against the patient."
    qtbot.mouseClick(panel.take, Qt.MouseButton.LeftButton)
    window.wait()
    assert standing(window) == []
    assert {window.clinic.visit(one.id).end_reason for one in course} == {"clinic cannot"}


def test_how_many_count_as_late_is_said_before(window: Window, course: tuple[Visit, ...]) -> None:
    window.clinic.clock.at = at(day(2), 18)
    cancelling(window, course[1])
    window.press(ONE, TAB, FOUR)
    assert window.panels.cancelling.counts.text() == "1 of them counts as late, the others are in time."


def test_a_missed_visit_is_no_reason_to_stop(window: Window, course: tuple[Visit, ...]) -> None:
    window.clinic.clock.at = at(day(0), 12)
    cancelling(window, course[0])
    window.press(Qt.Key.Key_7, TAB, FOUR, ENTER)
    assert "choose why the course stops" in window.panels.cancelling.take.text() + " ".join(
        window.panels.cancelling.take.missing
    )
    assert len(standing(window)) == 6


def test_what_is_left_alone_is_named(window: Window, course: tuple[Visit, ...]) -> None:
    clinic = window.clinic
    clinic.clock.at = at(day(3), 10)
    record(clinic.store, clinic.desk, course[1].id, [Stamp(visit_id=course[1].id, kind=StampKind.ARRIVED)])
    cancelling(window, course[0])
    window.press(ONE, TAB, FOUR)
    assert "Visit 2 on Thu, Nov 19 stays: the patient came." in window.panels.cancelling.scope.texts


def test_the_freed_times_are_offered_to_who_waits_the_earliest_first(
    window: Window, course: tuple[Visit, ...]
) -> None:
    clinic = window.clinic
    clear_noah(clinic)
    wait_for(clinic.store, clinic.desk, WaitEntry(patient_id=clinic.noah.id, type_code="IVM"))
    cancelling(window, course[2])
    window.press(ONE, TAB, FOUR, ENTER)
    window.wait(lambda: window.panels.opening.isVisible() and window.panels.opening.read is not None)
    assert window.panels.opening.subtitle.text().startswith("Mon, Nov 23, 10:15 AM")


def click_row(qtbot: QtBot, view: QListView, row: int) -> None:
    place = view.visualRect(view.model().index(row, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)

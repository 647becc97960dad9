"""The phone rings again: the next booking begins empty, and what is typed goes where it was meant."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.scheduling.model import Visit
from clinic_desktop.ui.board.place import BoardPlace
from clinic_desktop.ui.booking.booking_panel import BookingPanel
from clinic_desktop.ui.booking.course_panel import CoursePanel
from clinic_desktop.ui.booking.type_part import TypeChip
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.patients.live_directory import live_directory
from clinic_desktop.ui.window import Window
from tests.small_clinic import MONDAY, SmallClinic
from tests.ui.booking.people import clear_noah, give_driver
from tests.ui.booking.window import CTRL, ENTER, SHIFT, SPACE, TAB
from tests.ui.grab import grab
from tests.ui.whole_window import settle, whole_window

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier


@dataclass
class Desktop:
    """The whole window at the front desk, its keys going to whatever has the focus."""

    qtbot: QtBot
    clinic: SmallClinic
    window: Window

    def press(self, *keys: Qt.Key, mods: Qt.KeyboardModifier = NONE) -> None:
        for key in keys:
            self.qtbot.keyClick(self.focus, key, mods)
            settle(self.qtbot)

    def type(self, text: str) -> None:
        """Faster than anything is read."""
        for letter in text:
            self.qtbot.keyClicks(self.focus, letter)
        settle(self.qtbot)

    @property
    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    @property
    def booking(self) -> BookingPanel:
        (panel,) = self.window.findChildren(BookingPanel)
        return panel

    @property
    def course(self) -> CoursePanel:
        (panel,) = self.window.findChildren(CoursePanel)
        return panel

    @property
    def board(self) -> BoardPlace:
        place = self.window.place("board")
        assert isinstance(place, BoardPlace)
        return place

    def visits(self) -> list[Visit]:
        with self.clinic.store.read() as records:
            return records.visits_on(MONDAY, date.max)

    def leave_a_draft(self) -> None:
        """Amara's booking as far as its last answer, and out by Esc."""
        self.press(Key.Key_F3)
        self.type("oka")
        self.press(ENTER)
        self.booking.types.focus()
        self.press(Key.Key_1)
        self.booking.times.list.setFocus()
        self.press(Key.Key_3)
        assert self.focus is self.booking.book
        self.press(Key.Key_Escape)
        assert not self.booking.isVisible()


@pytest.fixture
def at(qtbot: QtBot, clinic: SmallClinic) -> Iterator[Desktop]:
    give_driver(clinic)
    clear_noah(clinic)
    with clinic.store.read() as records:
        desk = Desk(clinic.store, clinic.desk, clinic.clock, records.setup())
    window = whole_window(qtbot, desk)
    qtbot.waitUntil(lambda: live_directory(desk).ready)
    made = Desktop(qtbot, clinic, window)
    made.board.focus_work()
    yield made
    settle(qtbot)


def test_the_next_booking_begins_empty_and_a_typed_name_books_nobody(at: Desktop) -> None:
    at.leave_a_draft()
    at.press(Key.Key_F3)
    grab(at.window, "next-caller", (1366, 768))
    assert at.focus is at.booking.patient.line
    assert at.booking.answers.patient_id is None
    at.type("reed noah")
    assert at.visits() == []
    assert at.booking.patient.line.text() == "reed noah"
    at.press(ENTER)
    assert at.booking.patient.card.name.text().startswith("Reed, Noah")


def test_at_a_free_cell_the_next_booking_is_somebody_elses_too(at: Desktop) -> None:
    at.leave_a_draft()
    at.press(Key.Key_Down, Key.Key_Right)
    assert at.board.board.free_slot() is not None
    at.press(Key.Key_F3)
    assert at.booking.answers.patient_id is None
    at.type("reed noah")
    assert at.booking.patient.line.text() == "reed noah"
    assert at.booking.times.line.text() == ""


def test_the_draft_that_was_left_is_named_and_one_key_away(at: Desktop) -> None:
    at.leave_a_draft()
    left = at.booking.answers
    at.press(Key.Key_F3)
    assert at.booking.patient.former.text() == "Go on with Okafor, Amara"
    assert at.booking.patient.former.accessibleDescription() == "Enter"
    at.press(Key.Key_Escape, Key.Key_F3)  # it waits on while nobody else is booked
    at.press(ENTER)
    assert at.booking.answers == left
    assert at.visits() == []


def test_the_same_name_goes_on_with_the_draft(at: Desktop) -> None:
    at.leave_a_draft()
    at.booking.note.setText("wheelchair")
    left = at.booking.answers
    at.press(Key.Key_F3)
    at.type("oka")
    at.press(ENTER)
    assert at.booking.answers.spot == left.spot
    assert at.booking.note.text() == "wheelchair"


def test_the_first_openings_begin_empty_after_a_draft_was_left(at: Desktop) -> None:
    at.leave_a_draft()
    at.press(Key.Key_F4)
    assert at.booking.answers.patient_id is None


def test_space_presses_no_button_that_books(at: Desktop) -> None:
    at.press(Key.Key_F3)
    at.type("oka")
    at.press(ENTER)
    at.booking.times.list.setFocus()
    at.press(Key.Key_2)
    assert at.focus is at.booking.book
    at.press(SPACE)
    assert at.visits() == []
    at.press(ENTER)
    assert len(at.visits()) == 1


def test_space_books_no_course(at: Desktop) -> None:
    at.press(Key.Key_N, mods=CTRL | SHIFT)
    at.type("oka")
    at.press(ENTER)
    at.course.book.setFocus()
    assert not at.course.book.missing
    at.press(SPACE)
    assert at.visits() == []


def test_a_course_that_was_left_before_it_was_read_does_not_come_back(at: Desktop) -> None:
    at.press(Key.Key_N, mods=CTRL | SHIFT)
    at.type("oka")
    at.qtbot.keyClick(at.focus, ENTER)  # and out before the answer is there
    at.qtbot.keyClick(at.focus, Key.Key_Escape)
    at.press(Key.Key_N, mods=CTRL | SHIFT)
    assert at.focus is at.course.patient.line


# Where letters and digits go.


def test_tab_goes_from_question_to_question(at: Desktop) -> None:
    at.press(Key.Key_F3)
    at.type("oka")
    at.press(ENTER)
    panel = at.booking
    panel.types.focus()
    at.press(Key.Key_3)
    panel.patient.change.setFocus()
    walked: list[QWidget] = []
    while at.focus is not panel.book and len(walked) < 20:
        at.press(TAB)
        walked.append(at.focus)
    order = ["type" if isinstance(one, TypeChip) else one.accessibleName() for one in walked]
    asked = [one for one in order if one in ("type", "Day and time", "Times", "Drivers")]
    assert asked == ["type", "Day and time", "Times", "Drivers"]
    assert walked[-1] is panel.book


def test_a_day_typed_right_after_the_type_is_the_time(at: Desktop) -> None:
    at.press(Key.Key_F3)
    at.type("oka")
    at.press(ENTER)
    at.booking.types.focus()
    at.type("2wed 1:30pm")  # faster than the type is read
    assert at.focus is at.booking.times.line
    assert at.booking.times.line.text() == "wed 1:30pm"
    assert at.window.top_bar.search.line.text() == ""
    spot = at.booking.answers.spot
    assert spot is not None
    assert (spot.at.day, spot.at.minute) == (MONDAY + timedelta(days=2), 810)


@pytest.mark.parametrize("where", ["types", "book"])
def test_letters_beside_the_fields_go_into_when(at: Desktop, where: str) -> None:
    at.press(Key.Key_F3)
    at.type("oka")
    at.press(ENTER)
    at.booking.types.focus() if where == "types" else at.booking.book.setFocus()
    at.type("wed 1:30pm")
    assert at.booking.times.line.text() == "wed 1:30pm"
    assert at.window.top_bar.search.line.text() == ""


def test_the_patient_is_changed_by_its_key_from_the_board_too(at: Desktop) -> None:
    at.press(Key.Key_F3)
    at.type("oka")
    at.press(ENTER)
    at.board.focus_work()
    assert not at.booking.isAncestorOf(at.focus)
    at.press(Key.Key_F, mods=CTRL)
    assert at.focus is at.booking.patient.line


def test_digits_stand_where_they_pick(at: Desktop) -> None:
    at.press(Key.Key_F3)
    at.type("oka")
    at.press(ENTER)
    panel = at.booking
    chip = next(one for one in panel.types.findChildren(TypeChip) if one.isVisible())
    panel.times.list.setFocus()
    grab(at.window, "digits-on-times", (1366, 768))
    assert not chip.key_works
    assert shows_digits(panel.times.list)
    panel.types.focus()
    grab(at.window, "digits-on-types", (1366, 768))
    assert chip.key_works
    assert not shows_digits(panel.times.list)


def shows_digits(view: QWidget) -> bool:
    delegate = view.itemDelegate()  # type: ignore[attr-defined]
    return bool(delegate.row_at(view.model().index(0, 0)).key_works)  # type: ignore[attr-defined]

"""The phone rings again: the next booking begins empty, and what is typed goes where it was meant."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from clinic_desktop.ui.booking.answer_list import AnswerList
from clinic_desktop.ui.booking.type_part import TypeChip
from clinic_desktop.ui.widgets.rows import RowDelegate
from tests.small_clinic import MONDAY
from tests.ui.booking.desktop import Desktop
from tests.ui.booking.window import CTRL, ENTER, SHIFT, SPACE, TAB
from tests.ui.grab import grab

Key = Qt.Key


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


def shows_digits(view: AnswerList) -> bool:
    delegate = view.itemDelegate()
    assert isinstance(delegate, RowDelegate)
    row = delegate.row_at(view.model().index(0, 0))
    assert row is not None
    return row.key_works

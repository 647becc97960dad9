"""Somebody types faster than the store answers: what they typed is what is booked, or they are asked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clinic_desktop.scheduling.booking import book
from clinic_desktop.ui import operations
from clinic_desktop.ui.booking.booking_panel import BookingPanel, Request
from clinic_desktop.ui.booking.course_panel import CoursePanel
from tests.small_clinic import MONDAY, SmallClinic
from tests.ui.booking.desktop import Desktop, make_desktop
from tests.ui.booking.window import CTRL, ENTER, SHIFT
from tests.ui.whole_window import settle

Key = Qt.Key
HELD_SECONDS = 60.0


class SlowStore:
    """A store whose reads come back only when the test lets them."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self._open = Event()
        self._open.set()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def read(self) -> Any:
        self._open.wait(HELD_SECONDS)
        return self._store.read()

    def hold(self) -> None:
        self._open.clear()

    def let_go(self) -> None:
        self._open.set()


class Fast:
    """A desk whose keys do not wait for anything."""

    def __init__(self, desktop: Desktop, store: SlowStore) -> None:
        self.desktop, self._store, self._qtbot = desktop, store, desktop.qtbot

    @property
    def booking(self) -> BookingPanel:
        return self.desktop.booking

    @property
    def course(self) -> CoursePanel:
        return self.desktop.course

    def find(self, name: str, *chord: Qt.Key) -> None:
        """In a new booking, or by the chord in a new course; the name stands in the line."""
        if chord:
            self.desktop.press(*chord, mods=CTRL | SHIFT)
        else:
            self.desktop.press(Key.Key_F3)
        self.desktop.type(name)

    def hold(self) -> None:
        self._store.hold()

    def press(self, *keys: Qt.Key, mods: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            self._qtbot.keyClick(self.desktop.focus, key, mods)
            QApplication.processEvents()

    def type(self, text: str) -> None:
        for letter in text:
            self._qtbot.keyClicks(self.desktop.focus, letter)
            QApplication.processEvents()

    def answer(self) -> None:
        """Everything that was asked comes back."""
        self._store.let_go()
        settle(self._qtbot)

    def booked(self) -> list[tuple[int, int]]:
        """Days from Monday and minutes of what stands in the book."""
        settle(self._qtbot)
        return [((one.day - MONDAY).days, one.minute) for one in self.desktop.visits()]


@pytest.fixture
def fast(qtbot: QtBot, clinic: SmallClinic) -> Iterator[Fast]:
    slow = SlowStore(clinic.store)
    yield Fast(make_desktop(qtbot, replace(clinic, store=slow)), slow)
    slow.let_go()
    settle(qtbot)


WED = "wed 1:30pm"
AT_WED = [(2, 810)]


def chosen(fast: Fast) -> None:
    """Amara is chosen, and nothing of hers is read yet."""
    fast.find("oka")
    fast.hold()
    fast.press(ENTER)
    assert operations.running_count() == 1


def stands(fast: Fast) -> tuple[int, int] | None:
    """Day from Monday and minute of the time that was pointed at or typed."""
    spot = fast.booking.answers.spot
    return ((spot.at.day - MONDAY).days, spot.at.minute) if spot else None


@pytest.mark.parametrize("read_after", range(len(WED) + 1))
def test_what_is_typed_right_after_the_patient_is_booked(fast: Fast, read_after: int) -> None:
    chosen(fast)
    fast.type(WED[:read_after])
    fast.answer()
    fast.type(WED[read_after:])
    assert fast.booking.times.line.text() == WED
    fast.answer()
    assert stands(fast) == (2, 810)
    fast.press(ENTER)
    fast.answer()
    assert fast.booked() == []
    fast.press(ENTER)
    assert fast.booked() == AT_WED


def test_whoever_went_to_the_line_is_left_there(fast: Fast) -> None:
    chosen(fast)
    fast.booking.times.line.setFocus()
    fast.answer()
    assert fast.desktop.focus is fast.booking.times.line
    fast.type("12/4 10:15")  # figures would pick from the list
    assert fast.booking.times.line.text() == "12/4 10:15"
    assert stands(fast) == (18, 615)


@pytest.mark.parametrize("presses", [1, 2, 3])
def test_enter_before_the_answer_books_nothing_that_nobody_saw(fast: Fast, presses: int) -> None:
    chosen(fast)
    fast.type(WED)
    fast.press(*[ENTER] * presses)
    fast.answer()
    assert fast.booked() == []
    assert stands(fast) == (2, 810)
    assert fast.desktop.focus is fast.booking.book
    fast.press(ENTER)
    assert fast.booked() == AT_WED


def test_one_key_for_all_before_the_answer_books_exactly_what_was_typed(fast: Fast) -> None:
    chosen(fast)
    fast.type(WED)
    fast.press(ENTER, mods=CTRL)
    fast.answer()
    assert fast.booked() == AT_WED


@pytest.mark.parametrize("read_first", [True, False], ids=["read", "typed ahead"])
def test_where_nothing_is_free_on_the_day_that_was_typed_no_other_day_is_booked(
    fast: Fast, read_first: bool
) -> None:
    chosen(fast)
    if read_first:
        fast.answer()
    fast.type("sat")
    if read_first:
        fast.answer()
        assert fast.booking.book.text().startswith("Book Mon")
    for _ in range(2):
        fast.press(ENTER, mods=CTRL)
        fast.answer()
        assert fast.booked() == []
    assert fast.booking.times.below.startswith("Nothing is free Sat")
    assert fast.desktop.focus is fast.booking.times.list
    fast.press(ENTER)
    fast.answer()
    assert [day for day, _ in fast.booked()] == [7]


@pytest.mark.parametrize("mods", [Qt.KeyboardModifier.NoModifier, CTRL])
def test_of_a_day_without_a_time_the_times_of_that_day_are_asked(
    fast: Fast, mods: Qt.KeyboardModifier
) -> None:
    chosen(fast)
    fast.answer()  # today's times stand in the list
    fast.hold()
    fast.type("thu")
    fast.press(ENTER, Key.Key_Down, ENTER, mods=mods)
    fast.answer()
    assert fast.booked() == []
    assert fast.desktop.focus is fast.booking.times.list
    fast.press(ENTER)
    (booked,) = fast.booked()
    assert booked[0] == 3


@pytest.mark.parametrize("mods", [Qt.KeyboardModifier.NoModifier, CTRL])
def test_the_button_of_the_patient_before_books_nothing_for_the_next(
    fast: Fast, mods: Qt.KeyboardModifier
) -> None:
    chosen(fast)
    fast.answer()
    fast.press(Key.Key_F, mods=CTRL)
    fast.type("reed noah")
    fast.hold()
    fast.press(ENTER)
    fast.press(ENTER, mods=mods)
    fast.answer()
    assert fast.booked() == []


def test_a_time_typed_over_one_that_was_said_is_not_booked_half_typed(fast: Fast) -> None:
    chosen(fast)
    fast.answer()
    fast.booking.times.list.setFocus()
    fast.hold()
    fast.press(ENTER)
    fast.type("wed 1:3")
    fast.answer()
    assert fast.booked() == []
    assert fast.booking.times.line.text() == "wed 1:3"
    assert fast.desktop.focus is fast.booking.times.line


def test_a_list_that_gets_the_focus_takes_nothing_back(fast: Fast) -> None:
    chosen(fast)
    fast.type(WED)
    fast.booking.times.list.setFocus()
    fast.answer()
    fast.booking.times.list.setFocus()
    assert stands(fast) == (2, 810)


def test_words_that_come_into_the_line_without_the_focus_count(fast: Fast) -> None:
    """As a screen reader or dictation puts them there."""
    chosen(fast)
    fast.answer()
    assert not fast.booking.times.line.hasFocus()
    fast.booking.times.line.setText(WED)
    assert stands(fast) == (2, 810)


def test_there_and_back_in_the_list_before_it_was_read_is_where_one_stands(fast: Fast) -> None:
    chosen(fast)
    fast.answer()
    fast.booking.times.list.setFocus()
    first = fast.booking.times.spots[0]
    fast.hold()
    fast.press(Key.Key_Down, Key.Key_Up)
    fast.answer()
    assert fast.booking.answers.spot == first


def test_a_time_alone_is_on_the_day_that_was_pointed_at(fast: Fast) -> None:
    fast.find("")
    fast.hold()
    fast.booking.open_for(Request(MONDAY + timedelta(days=3), 540, patient_id=fast.desktop.clinic.amara.id))
    fast.booking.times.line.setFocus()
    fast.type("10:15")
    fast.answer()
    assert stands(fast) == (3, 615)


@pytest.mark.parametrize("read_after", range(6))
def test_a_time_alone_stays_on_its_day_whatever_is_read_meanwhile(fast: Fast, read_after: int) -> None:
    fast.find("")
    fast.booking.open_for(Request(MONDAY + timedelta(days=3)))
    fast.type("oka")
    fast.hold()
    fast.press(ENTER)
    fast.booking.times.line.setFocus()
    fast.type("10:15"[:read_after])
    fast.answer()
    fast.type("10:15"[read_after:])
    fast.answer()
    assert stands(fast) == (3, 615)


def test_another_time_than_the_one_in_the_line_leaves_no_words_there(fast: Fast) -> None:
    chosen(fast)
    fast.type(WED)
    fast.answer()
    fast.booking.times.list.setFocus()
    fast.press(Key.Key_2)
    fast.answer()
    assert fast.booking.times.line.text() == ""
    assert stands(fast) != (2, 810)


def test_the_time_that_was_shown_is_the_one_that_is_asked_for(fast: Fast) -> None:
    """Another desk took it, and this one has not heard of it."""
    chosen(fast)
    fast.answer()
    shown = fast.booking.seen.spot
    assert shown is not None
    clinic = fast.desktop.clinic
    wish = clinic.wish(minute=shown.at.minute, day=shown.at.day, room_id=shown.room_id)
    book(clinic.store, clinic.desk, replace(wish, patient_id=clinic.double("Okon").id))
    before = fast.booked()
    fast.press(ENTER, mods=CTRL)
    assert fast.booked() == before
    assert fast.booking.answers.spot == shown


# A course.


def planned(fast: Fast) -> list[tuple[int, int]]:
    plan = fast.course.plan
    assert plan is not None
    return [((one.day - MONDAY).days, one.minute) for one in plan.plan.placed]


@pytest.mark.parametrize("read_after", range(len("12/4 10:15") + 1))
def test_a_day_typed_before_the_plan_is_there_moves_the_first_visit(fast: Fast, read_after: int) -> None:
    fast.find("oka", Key.Key_N)
    fast.hold()
    fast.press(ENTER)
    typed = "12/4 10:15"
    fast.type(typed[:read_after])
    if read_after in (0, 1):
        fast.course.mover.line.setFocus()
    fast.answer()
    fast.type(typed[read_after:])
    assert fast.course.mover.line.text() == typed
    fast.press(ENTER)
    fast.answer()
    assert planned(fast)[0] == (18, 615)
    assert fast.course.mover.line.text() == ""


def test_enter_on_a_day_before_the_plan_is_there_moves_the_first_visit(fast: Fast) -> None:
    fast.find("oka", Key.Key_N)
    fast.hold()
    fast.press(ENTER)
    fast.type("12/4 10:15")
    fast.press(ENTER)
    fast.answer()
    assert planned(fast)[0] == (18, 615)
    assert fast.booked() == []


def test_nothing_is_done_to_the_visits_of_the_patient_before(fast: Fast) -> None:
    fast.find("oka", Key.Key_N)
    fast.press(ENTER)
    fast.answer()
    fast.course.rows.setFocus()
    fast.press(Key.Key_Down, Key.Key_Down)
    fast.press(Key.Key_F, mods=CTRL)
    fast.type("reed noah")
    fast.hold()
    fast.press(ENTER)
    fast.type("12/4 10:15")
    fast.press(ENTER)
    fast.answer()
    assert planned(fast)[0] == (18, 615)


def test_what_was_asked_before_is_not_booked_in_place_of_what_is_not_understood(fast: Fast) -> None:
    fast.find("oka", Key.Key_N)
    fast.press(ENTER)
    fast.answer()
    fast.hold()
    fast.course.fields.clock.setText("10:30")
    fast.course.fields.clock.setText("10:3x")
    fast.answer()
    fast.press(ENTER, mods=CTRL)
    assert fast.booked() == []
    assert fast.course.book.missing


def test_a_course_said_to_be_booked_is_not_once_something_else_is_wished(fast: Fast) -> None:
    fast.find("oka", Key.Key_N)
    fast.press(ENTER)
    fast.answer()
    fast.hold()
    fast.course.fields.clock.setText("10:30")
    fast.press(ENTER, mods=CTRL)
    fast.course.fields.clock.setText("1:30p")
    fast.answer()
    assert fast.booked() == []


def test_a_misspelt_name_takes_nobody_by_the_first_enter(fast: Fast) -> None:
    fast.find("okafro")
    part = fast.booking.patient
    assert part.hits.current == str(fast.desktop.clinic.amara.id)
    fast.press(ENTER)
    assert part.asking
    assert part.which.isVisible()
    fast.type("x")
    assert not part.which.isVisible()
    fast.press(Key.Key_Backspace, ENTER, ENTER)
    fast.answer()
    assert fast.booking.answers.patient_id == fast.desktop.clinic.amara.id

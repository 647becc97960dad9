"""Fields: labelled, explained, usable by keyboard alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.ui.clock_text import parse_clock
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.widgets.date_navigator import DateNavigator
from clinic_desktop.ui.widgets.field import FieldRow
from clinic_desktop.ui.widgets.form import Form
from clinic_desktop.ui.widgets.parsed_line import ParsedLine, date_line, time_line
from clinic_desktop.ui.widgets.segmented import Segment, SegmentedSwitch

Key = Qt.Key
TODAY = date(2026, 11, 17)


@pytest.mark.parametrize(
    ("typed", "minute"),
    [
        ("9:30", 570), ("930", 570), ("0930", 570), ("9", 540), ("2p", 840), ("2", 840), ("2:15 pm", 855),
        ("215p", 855), ("14:15", 855), ("1415", 855), ("12", 720), ("12a", 0), ("12:30p", 750), ("noon", 720),
        ("0230", 150), ("6:59", 1139), ("7", 420), ("9.30", 570), ("7 a.m.", 420), ("23:59", 1439),
        ("0:05", 5),
    ],
)  # fmt: skip
def test_times_as_people_type_them(typed: str, minute: int) -> None:
    assert parse_clock(typed) == minute


@pytest.mark.parametrize("typed", ["", "nine", "25", "9:60", "13p", "0p", "9:3", "99999", "9:30x", "-1"])
def test_what_is_no_time_is_none(typed: str) -> None:
    assert parse_clock(typed) is None


@given(st.integers(0, 1439))
def test_a_written_time_reads_back(minute: int) -> None:
    assert parse_clock(clock_time(minute)) == minute


@given(st.text(max_size=12))
def test_anything_typed_is_a_time_of_the_day_or_none(typed: str) -> None:
    minute = parse_clock(typed)
    assert minute is None or 0 <= minute < 1440


def test_a_time_is_understood_while_typing_and_written_out_after(qtbot: QtBot) -> None:
    line = time_line(name="Time")
    qtbot.addWidget(line)
    line.show()
    with qtbot.waitSignal(line.value_changed):
        qtbot.keyClicks(line, "2")
    qtbot.keyClick(line, Key.Key_P)
    assert line.value == 840
    qtbot.keyClick(line, Key.Key_Return)
    assert line.text() == "2:00 PM"
    assert line.value == 840


def test_what_is_not_understood_has_no_value_and_stays(qtbot: QtBot) -> None:
    line = time_line(name="Time")
    qtbot.addWidget(line)
    qtbot.keyClicks(line, "later")
    qtbot.keyClick(line, Key.Key_Return)
    assert line.value is None
    assert not line.understood
    assert line.text() == "later"
    line.clear()
    assert line.understood


def _parse(text: str) -> date | None:
    return {"fri": date(2026, 11, 20), "tomorrow": date(2026, 11, 18)}.get(text)


def test_a_date_line_reads_with_the_clinics_parser(qtbot: QtBot) -> None:
    line: ParsedLine[date] = date_line(_parse, short_date, name="Day")
    qtbot.addWidget(line)
    qtbot.keyClicks(line, "fri")
    assert line.value == date(2026, 11, 20)
    line.set_value(TODAY)
    assert line.text() == "Tue, Nov 17"


def test_a_field_is_named_by_its_label_and_described_by_the_line_below(qtbot: QtBot) -> None:
    editor = QLineEdit()
    row = FieldRow("Phone", editor, "Ten digits")
    qtbot.addWidget(row)
    row.show()
    assert editor.accessibleName() == "Phone"
    assert editor.accessibleDescription() == "Ten digits"
    label = next(one for one in row.findChildren(QLabel) if one.text() == "Phone")
    assert label.buddy() is editor
    row.set_problem("A number has ten digits.")
    assert editor.accessibleDescription() == "A number has ten digits."
    below = next(one for one in row.findChildren(QLabel) if one.text() == "A number has ten digits.")
    assert below.palette().color(QPalette.ColorRole.WindowText) == theme().colours.danger
    row.set_problem("")
    assert editor.accessibleDescription() == "Ten digits"


class Person(Form):
    """A form as screens make them."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.phone, self.note, self.room = QLineEdit(), QLineEdit(), QPlainTextEdit(), QComboBox()
        self.room.addItems(["Infusion 1", "Infusion 2"])
        self.add("name", "Name", self.name, self._check_name)
        self.add("note", "Note", self.note)
        self.add("room", "Room", self.room)
        self.add("phone", "Phone", self.phone, self._check_phone)

    def _check_name(self) -> str:
        return "" if self.name.text() else "A name is needed."

    def _check_phone(self) -> str:
        return "" if self.phone.text().isdigit() else "Digits only."


@pytest.fixture
def form(qtbot: QtBot) -> Person:
    made = Person()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.name.setFocus()
    qtbot.waitUntil(made.name.hasFocus)
    return made


def test_enter_goes_on_and_submits_at_the_end(form: Person, qtbot: QtBot) -> None:
    submitted: list[int] = []
    form.submitted.connect(lambda: submitted.append(1))
    qtbot.keyClicks(form.name, "Okafor, Amara")
    qtbot.keyClick(form.name, Key.Key_Return)
    assert form.note.hasFocus()
    qtbot.keyClick(form.note, Key.Key_Return)
    assert form.note.toPlainText() == "\n"
    qtbot.keyClick(form.note, Key.Key_Tab)
    assert form.room.hasFocus()
    qtbot.keyClick(form.room, Key.Key_Return)
    assert form.phone.hasFocus()
    assert submitted == []
    qtbot.keyClick(form.phone, Key.Key_Return)
    assert submitted == [1]


def test_ctrl_enter_submits_from_anywhere(form: Person, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.submitted):
        qtbot.keyClick(form.note, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_problem_shows_after_a_pause_and_goes_at_the_key_that_mends_it(form: Person, qtbot: QtBot) -> None:
    form.phone.setFocus()
    qtbot.keyClicks(form.phone, "5a")
    assert form.row("phone").problem == ""
    form._pause.timeout.emit()
    assert form.row("phone").problem == "Digits only."
    qtbot.keyClick(form.phone, Key.Key_Backspace)
    assert form.row("phone").problem == ""


def test_a_problem_shows_when_the_field_is_left(form: Person, qtbot: QtBot) -> None:
    form.phone.setFocus()
    qtbot.keyClicks(form.phone, "5a")
    form.name.setFocus()
    assert form.row("phone").problem == "Digits only."


def test_an_untouched_field_is_not_complained_about_when_passed(form: Person, qtbot: QtBot) -> None:
    form.phone.setFocus()
    form.name.setFocus()
    form.note.setFocus()
    assert form.row("phone").problem == form.row("name").problem == ""


def test_saving_shows_every_problem_and_goes_to_the_first(form: Person, qtbot: QtBot) -> None:
    form.room.setFocus()
    assert form.problems() == {"name": "A name is needed.", "phone": "Digits only."}
    assert not form.all_well()
    assert form.name.hasFocus()
    assert form.row("phone").problem == "Digits only."
    qtbot.keyClicks(form.name, "A")
    form.phone.setText("5")
    assert form.all_well()
    assert form.row("name").problem == ""


def test_problems_from_a_use_case_go_to_their_fields(form: Person) -> None:
    form.show_problems({"phone": "This phone belongs to Nguyen, Bao."})
    assert form.row("phone").problem == "This phone belongs to Nguyen, Bao."
    assert form.phone.hasFocus()


def test_edited_tells_of_every_kind_of_field(form: Person, qtbot: QtBot) -> None:
    seen: list[int] = []
    form.edited.connect(lambda: seen.append(1))
    form.name.setText("A")
    form.note.setPlainText("B")
    form.room.setCurrentIndex(1)
    assert len(seen) == 3


def test_a_switch_moves_by_arrow_and_tells_once(qtbot: QtBot) -> None:
    switch = SegmentedSwitch([Segment("rooms", "Rooms"), Segment("staff", "Staff", "Ctrl+2")], "View")
    qtbot.addWidget(switch)
    switch.show()
    switch.activateWindow()
    qtbot.waitUntil(switch.isActiveWindow)
    picked: list[str] = []
    switch.picked.connect(picked.append)
    first, second = switch._buttons
    first.setFocus()
    qtbot.keyClick(first, Key.Key_Right)
    assert switch.current == "staff"
    switch.set_current("staff")
    switch.set_current("rooms")
    assert picked == ["staff", "rooms"]
    assert second.toolTip() == "Staff (Ctrl 2)"


@pytest.fixture
def navigator(qtbot: QtBot) -> DateNavigator:
    made = DateNavigator(lambda: TODAY, _parse, short_date)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_days_back_forth_and_today(navigator: DateNavigator) -> None:
    picked: list[date] = []
    navigator.picked.connect(picked.append)
    navigator.go_today()  # it is today already
    navigator.forward()
    navigator.forward()
    navigator.back()
    navigator.go_today()
    assert [day.day for day in picked] == [18, 19, 18, 17]


def test_in_a_small_window_today_gives_way_while_it_is_today(navigator: DateNavigator) -> None:
    navigator.set_narrow(True)
    assert not navigator._now.isVisible()
    navigator.forward()
    assert navigator._now.isVisible()
    navigator.go_today()
    assert not navigator._now.isVisible()
    navigator.set_narrow(False)
    assert navigator._now.isVisible()


def test_a_typed_date_is_gone_to(navigator: DateNavigator, qtbot: QtBot) -> None:
    navigator.ask()
    qtbot.keyClicks(navigator.line, "fri")
    qtbot.keyClick(navigator.line, Key.Key_Return)
    assert navigator.day == date(2026, 11, 20)
    assert navigator._stack.currentWidget() is navigator._text
    assert navigator._text.accessibleName() == "Fri, Nov 20, go to date"


def test_a_date_that_is_not_understood_stays_open_and_esc_leaves_it(
    navigator: DateNavigator, qtbot: QtBot
) -> None:
    navigator.ask()
    qtbot.keyClicks(navigator.line, "someday")
    qtbot.keyClick(navigator.line, Key.Key_Return)
    assert navigator._stack.currentWidget() is navigator.line
    qtbot.keyClick(navigator.line, Key.Key_Escape)
    assert navigator._stack.currentWidget() is navigator._text
    assert navigator.day == TODAY


def test_what_a_use_case_answered_outlasts_the_pause_in_typing(qtbot: QtBot) -> None:
    form = Form()
    line = QLineEdit()
    row = form.add("password", "Password", line, lambda: "" if line.text() else "Type a password.")
    qtbot.addWidget(form)
    form.show()
    qtbot.keyClicks(line, "password12")
    form.show_problems({"password": "This is among the first that anybody would try."})
    assert not form._pause.isActive()
    assert row.problem == "This is among the first that anybody would try."


def test_a_long_key_is_not_called_wrong_while_it_is_typed(qtbot: QtBot) -> None:
    form, line, after = Form(), QLineEdit(), QLineEdit()
    row = form.add("key", "Key", line, lambda: "" if line.text() == "ABCDE" else "Another key.", late=True)
    form.add("after", "After", after)
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    line.setFocus()
    qtbot.keyClicks(line, "AB")
    form._pause.timeout.emit()
    assert row.problem == ""
    after.setFocus()
    assert row.problem == "Another key."

"""The first start, by keyboard: three ways in, the assistant, and who is here."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.aftercare.phrases import phrases
from clinic_desktop.foundation.actor import PROGRAM, Role
from clinic_desktop.foundation.trouble import Trouble
from clinic_desktop.people.model import Staff
from clinic_desktop.scheduling.before_first import before_first_treatment
from clinic_desktop.scheduling.set_up_new import Answers, NewPerson, make_clinic
from clinic_desktop.storage import look as database
from clinic_desktop.storage.store import open_store
from clinic_desktop.ui.appearance import Appearance
from clinic_desktop.ui.first_run import assistant as assistant_module
from clinic_desktop.ui.first_run.health_page import Health
from clinic_desktop.ui.first_run.kept_page import KeptPaper
from clinic_desktop.ui.first_run.person_picker import PersonPicker
from clinic_desktop.ui.first_run.start_page import WayButton
from clinic_desktop.ui.first_run.window import ANSWERS as ANSWERS_KEPT
from clinic_desktop.ui.first_run.window import FirstRunWindow
from clinic_desktop.ui.set_up import zones
from clinic_desktop.ui.set_up.grid import Grid
from clinic_desktop.ui.settings_store import SettingsStore
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.widgets.button import Button
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.widgets.scrolled import Scrolled
from clinic_desktop.ui.wording import worded
from tests.scheduling.set_up_world import ANSWERS
from tests.ui.grab import grab_both

Key, Mod = Qt.Key, Qt.KeyboardModifier


class Start:
    """The window and what it asked for."""

    def __init__(self, qtbot: QtBot, settings: SettingsStore) -> None:
        self.qtbot = qtbot
        self.window = FirstRunWindow(settings)
        self.wanted: list[object] = []
        self.window.demo_wanted.connect(lambda: self.wanted.append("demo"))
        self.window.clinic_wanted.connect(self.wanted.append)
        self.window.file_wanted.connect(self.wanted.append)
        self.window.backup_wanted.connect(lambda: self.window.ask_for_backup([]))  # none is known here
        qtbot.addWidget(self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    @property
    def focused(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        self.qtbot.keyClick(self.focused, key, modifier)

    def type(self, text: str) -> None:
        for letter in text:
            self.qtbot.keyClicks(self.focused, letter)

    def go_on(self) -> None:
        """The key that stands on the button."""
        self.press(Key.Key_Return, Mod.ControlModifier)

    @property
    def question(self) -> str:
        return self.window.assistant.step.accessibleName()


@pytest.fixture
def settings(tmp_path: Path) -> SettingsStore:
    return SettingsStore(tmp_path / "settings.ini")


@pytest.fixture(autouse=True)
def computer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer that says where it stands."""
    monkeypatch.setattr(zones, "computer_zone", lambda: "America/Denver")


@pytest.fixture
def start(qtbot: QtBot, settings: SettingsStore) -> Iterator[Start]:
    return Start(qtbot, settings)


def test_appearance_and_text_size_have_their_keys_here_and_in_the_assistant(start: Start) -> None:
    size = theme().text_size
    try:
        for _ in ("start", "assistant"):
            start.press(Qt.Key.Key_F10, Qt.KeyboardModifier.ControlModifier)
            assert theme().appearance is Appearance.DARK
            start.press(Qt.Key.Key_F7, Qt.KeyboardModifier.ControlModifier)
            assert theme().text_size > size
            start.press(Qt.Key.Key_F8, Qt.KeyboardModifier.ControlModifier)
            start.press(Qt.Key.Key_F9, Qt.KeyboardModifier.ControlModifier)
            assert theme().appearance is Appearance.LIGHT
            start.press(Qt.Key.Key_2)
    finally:
        theme().set_appearance(Appearance.SYSTEM)


def test_enter_alone_tries_the_demo(start: Start) -> None:
    start.press(Key.Key_Return)
    assert start.wanted == ["demo"]


def test_arrows_and_digits_choose(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: opened.append(dialog.windowTitle()))
    start.press(Key.Key_Up)
    assert start.window.start.restore.hasFocus()
    start.press(Key.Key_3)
    start.press(Key.Key_5)
    assert opened == ["Open a clinic", "Restore a backup"]
    start.press(Key.Key_2)
    assert start.question == "What is your clinic called?"


def test_one_way_alone_looks_chosen_wherever_the_pointer_lies(start: Start) -> None:
    ways = (start.window.start.demo, start.window.start.own, start.window.start.restore)
    ways[1].setAttribute(Qt.WidgetAttribute.WA_UnderMouse)  # as a window opens below a pointer at rest

    def filled() -> list[WayButton]:
        ground = theme().colours.surface.name()
        return [way for way in ways if way.grab().toImage().pixelColor(way.width() // 2, 8).name() != ground]

    assert filled() == [ways[0]]
    assert ways[0].hasFocus()
    start.press(Key.Key_Up)
    assert filled() == [ways[2]]


def test_a_file_that_was_chosen_is_asked_for(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit("/somewhere/clinic.db"))
    start.press(Key.Key_3)
    assert start.wanted == ["/somewhere/clinic.db"]


def fill_in(start: Start) -> None:
    """Name on the first page, then on, and names of people on the fourth."""
    start.press(Key.Key_2)
    start.type("Oak Street Clinic")
    start.go_on()
    assert start.question == "When are you open?"
    start.go_on()
    assert start.question == "Which rooms do you have?"
    start.go_on()
    assert start.question == "Who works here?"
    for name in ("Dr. Priya Lin", "Maya Jones"):
        start.type(name)
        start.press(Key.Key_Return)  # takes the cell, and goes to the next
    start.press(Key.Key_Down)  # nobody on the third line
    start.type("Priya Kaur")


def test_the_whole_assistant_by_keyboard_makes_a_clinic(start: Start, tmp_path: Path) -> None:
    fill_in(start)
    start.go_on()  # with the last name still in its cell
    assert start.question == "Ready to make your clinic"
    start.press(Key.Key_Return)
    (answers,) = start.wanted
    assert isinstance(answers, Answers)
    assert answers.zone == "America/Denver"
    assert [one.name for one in answers.people] == ["Dr. Priya Lin", "Maya Jones", "Priya Kaur"]
    assert answers.people[2].roles == {Role.MANAGER, Role.RECEPTIONIST}
    store = open_store(tmp_path / "clinic.db", make=True)
    make_clinic(store, PROGRAM, answers)
    with store.read() as records:
        setup = records.setup()
    store.close()
    assert (setup.clinic.name, len(setup.rooms), len(setup.staff)) == ("Oak Street Clinic", 7, 3)


def test_the_last_page_lists_what_the_banner_of_the_new_clinic_will(start: Start, tmp_path: Path) -> None:
    fill_in(start)
    start.go_on()
    (box,) = start.window.assistant.step.findChildren(NoticeBox)
    said = box.accessibleName()
    start.press(Key.Key_Return)
    (answers,) = start.wanted
    assert isinstance(answers, Answers)
    store = open_store(tmp_path / "clinic.db", make=True)
    make_clinic(store, PROGRAM, answers)
    with store.read() as records:
        to_do = before_first_treatment(records.setup())
    store.close()
    assert said == " ".join(["Before the first treatment", *map(worded, to_do)])


def test_the_last_page_names_what_each_may_do_also_after_going_back(start: Start) -> None:
    fill_in(start)
    start.go_on()
    ready = start.window.assistant.step
    assert "Priya Kaur (Front desk, Manager)" in ready.findChildren(QLabel)[2].text()
    for _ in range(2):
        start.press(Key.Key_Escape)
    assert start.question == "Which rooms do you have?"
    start.go_on()
    start.go_on()
    assert "Priya Kaur (Front desk, Manager)" in ready.findChildren(QLabel)[2].text()


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (
            (NewPerson("Dr. Priya Lin", frozenset({Role.PRESCRIBER})),),
            "Name at least one manager: somebody must be able to change the set-up.",
        ),
        (
            (NewPerson("Ines Park", frozenset({Role.MANAGER})), NewPerson("Maya Jones", frozenset())),
            "Maya Jones: Pick at least one role: it decides what this person may do.",
        ),
    ],
)
def test_the_last_page_makes_no_clinic_that_nobody_could_manage_or_in_which_somebody_can_do_nothing(
    start: Start, people: tuple[NewPerson, ...], said: str
) -> None:
    fill_in(start)
    start.go_on()
    assistant = start.window.assistant
    assistant._answers = replace(assistant.answers, people=people)
    assistant._show(len(assistant._steps) - 1)
    (box,) = assistant.step.findChildren(NoticeBox)
    assert box.isVisible()
    assert box.accessibleName() == f"The clinic cannot be made yet {said} Esc goes back, to mend it."
    start.go_on()
    assert start.wanted == []
    start.press(Key.Key_Escape)
    assert start.question == "Who works here?"


def test_the_last_page_says_of_the_sheets_what_they_say_of_themselves(start: Start) -> None:
    fill_in(start)
    start.go_on()
    (box,) = start.window.assistant.step.findChildren(NoticeBox)
    said = box.accessibleName()
    assert "Nobody is dosed before a prescriber has set them." in said
    assert "drafts" in said
    assert "Draft" in phrases("en").draft
    assert "approves them, in My decisions" in said


def test_the_key_on_the_button_goes_on_from_every_field_and_enter_from_field_to_field(start: Start) -> None:
    start.press(Key.Key_2)
    button = start.window.assistant.next_button
    assert button.accessibleDescription() == "Ctrl Enter"
    start.type("Oak Street Clinic")
    start.press(Key.Key_Return)
    start.type("1 Oak Street")
    start.press(Key.Key_Return)  # an address has lines
    start.type("Springvale")
    start.press(Key.Key_Tab)
    start.press(Key.Key_Return)  # from the zone to the phones
    assert start.focused.accessibleName() == "Phones"
    start.type("217 555 0142")
    start.press(Key.Key_Return)
    assert start.focused.currentIndex().column() == 1
    assert start.question == "What is your clinic called?"
    start.press(Key.Key_Tab, Mod.ShiftModifier)
    start.press(Key.Key_Tab, Mod.ShiftModifier)
    assert start.focused.accessibleName() == "Address"
    start.go_on()
    assert start.question == "When are you open?"
    assert start.window.assistant.answers.address == "1 Oak Street\nSpringvale"


def test_nothing_is_complained_about_before_anything_was_typed(start: Start, qtbot: QtBot) -> None:
    start.press(Key.Key_2)
    form = start.window.assistant.step.form
    form._pause.timeout.emit()  # the pause after the page was filled in
    assert form.row("name").problem == ""
    start.type("O")
    start.press(Key.Key_Backspace)
    qtbot.waitUntil(lambda: form.row("name").problem != "")


def test_the_zone_says_where_it_comes_from(start: Start) -> None:
    start.press(Key.Key_2)
    row = start.window.assistant.step.form.row("zone")
    assert row.editor.currentText() == "America/Denver"
    hint = row.editor.accessibleDescription
    assert hint() == "Taken from this computer. Change it if the clinic is elsewhere."
    zones.set_zone(row.editor, "America/New_York")
    assert hint() == "This computer's own is America/Denver."


def test_a_zone_that_is_no_place_is_asked_for(
    start: Start, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zones, "computer_zone", lambda: "Etc/UTC")
    start.press(Key.Key_2)
    row = start.window.assistant.step.form.row("zone")
    assert row.editor.currentText() == ""
    words = "This computer's clock runs on Etc/UTC, which names no place. Choose the clinic's."
    assert row.editor.accessibleDescription() == words
    start.type("Oak Street Clinic")
    start.go_on()
    assert row.problem == "Pick a time zone from the list, such as America/Chicago."
    start.type("America/Phoenix")
    start.go_on()
    assert start.question == "When are you open?"
    assert start.window.assistant.answers.zone == "America/Phoenix"
    assert row.editor.accessibleDescription() == ""


@pytest.fixture(params=[Appearance.LIGHT, Appearance.DARK])
def look(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    theme().set_appearance(request.param)
    yield
    theme().set_appearance(Appearance.SYSTEM)


@pytest.mark.usefixtures("look")
def test_the_zones_that_are_offered_look_like_every_other_list(start: Start, qtbot: QtBot) -> None:
    start.press(Key.Key_2)
    box = start.window.assistant.step.form.row("zone").editor
    box.setFocus()
    box.lineEdit().selectAll()
    start.type("chic")
    offers = box.completer().popup()
    qtbot.waitUntil(offers.isVisible)
    picture = offers.grab().toImage()
    edge = theme().colours.line2.name()
    assert {picture.pixelColor(x, 0).name() for x in (9, offers.width() // 2)} == {edge}
    assert offers.sizeHintForRow(0) >= 24  # as high as a pointer's target
    box.showPopup()
    assert box.view().sizeHintForRow(0) == offers.sizeHintForRow(0)
    box.hidePopup()


def type_a_zone(start: Start, text: str) -> QComboBox:
    """Typed in the zone, with the list of what is offered below it."""
    start.press(Key.Key_2)
    start.type("Oak Street Clinic")
    box = start.window.assistant.step.form.row("zone").editor
    box.setFocus()
    box.lineEdit().selectAll()
    start.type(text)
    start.qtbot.waitUntil(box.completer().popup().isVisible)
    return box


def test_enter_takes_the_first_zone_that_is_offered(start: Start) -> None:
    box = type_a_zone(start, "chicago")
    start.qtbot.keyClick(box.completer().popup(), Key.Key_Return)  # the list has the keys while it is open
    assert box.currentText() == "America/Chicago"
    assert not box.completer().popup().isVisible()
    start.go_on()
    assert start.question == "When are you open?"
    assert start.window.assistant.answers.zone == "America/Chicago"


def test_tab_takes_the_first_zone_too_and_goes_on(start: Start) -> None:
    box = type_a_zone(start, "chicago")
    start.qtbot.keyClick(box.completer().popup(), Key.Key_Tab)
    assert box.currentText() == "America/Chicago"
    start.go_on()
    assert start.window.assistant.answers.zone == "America/Chicago"


def test_enter_takes_the_zone_that_the_arrows_chose(start: Start) -> None:
    box = type_a_zone(start, "indiana")
    offers = box.completer().popup()
    start.qtbot.keyClick(offers, Key.Key_Down)
    start.qtbot.keyClick(offers, Key.Key_Down)
    second = offers.currentIndex().data()
    start.qtbot.keyClick(offers, Key.Key_Return)
    assert box.currentText() == second


def test_a_zone_typed_in_full_is_taken_as_it_is(start: Start) -> None:
    box = type_a_zone(start, "america/fort wayne")
    start.qtbot.keyClick(box.completer().popup(), Key.Key_Return)
    assert zones.zone_of(box) == "America/Fort_Wayne"


def test_every_use_of_a_room_can_be_read(start: Start) -> None:
    start.press(Key.Key_2)
    start.window.assistant._show(2)
    QApplication.processEvents()
    view = start.window.assistant.step.first()
    assert view.horizontalScrollBar().maximum() == 0
    header = view.horizontalHeader()
    for column in range(view.model().columnCount()):
        assert header.sectionSize(column) >= header.sectionSizeHint(column)


def test_a_page_that_does_not_stand_says_what_to_do_and_stays(start: Start) -> None:
    start.press(Key.Key_2)
    start.go_on()
    assert start.question == "What is your clinic called?"
    form = start.window.assistant.step.form
    assert form.row("name").problem == "Give the clinic a name: it stands on every sheet."
    assert form.row("name").editor.hasFocus()


def test_without_a_manager_the_people_page_stays(start: Start) -> None:
    start.press(Key.Key_2)
    start.type("Oak Street Clinic")
    for _page in range(4):
        start.go_on()
    assert start.question == "Who works here?"
    grid = start.window.assistant.step.first()
    said = "Name at least one manager: somebody must be able to change the set-up."
    assert grid.accessibleDescription() == said
    for _row in range(3):
        start.press(Key.Key_Down)
    start.type("Max Manager")
    assert grid.accessibleDescription() == said
    start.press(Key.Key_Return)
    assert grid.accessibleDescription() == ""  # as soon as it does not hold any more


def at_the_people(start: Start) -> Grid[NewPerson]:
    start.press(Key.Key_2)
    start.type("Oak Street Clinic")
    for _page in range(3):
        start.go_on()
    assert start.question == "Who works here?"
    grid: Grid[NewPerson] = start.window.assistant.step._grid
    return grid


def test_names_one_below_another_by_enter_and_a_new_line_after_the_last(start: Start) -> None:
    grid = at_the_people(start)
    names = ["Dr. Priya Lin", "Maya Jones", "Ben Marsh", "Priya Kaur", "Ana Ortiz", "Li Wei"]
    for name in names:
        start.type(name)
        start.press(Key.Key_Return)
    assert [one.name for one in grid.rows] == [*names, ""]
    assert grid.rows[0].roles == {Role.PRESCRIBER}
    start.press(Key.Key_Return)  # from an empty line out of the list
    assert start.window.assistant.next_button.hasFocus()
    assert len(grid.rows) == 7


def test_typing_on_a_name_that_stands_replaces_it_and_f2_goes_on_in_it(start: Start) -> None:
    grid = at_the_people(start)
    start.type("Priya")
    start.press(Key.Key_Return)
    start.press(Key.Key_Up)
    start.type("Maya")  # as in any other table
    start.press(Key.Key_Return)
    assert grid.rows[0].name == "Maya"
    start.press(Key.Key_Up)
    start.press(Key.Key_F2)
    start.type(" Jones")
    start.press(Key.Key_Return)
    assert grid.rows[0].name == "Maya Jones"
    start.press(Key.Key_Up)
    start.type("Ann")
    start.press(Key.Key_Escape)  # what stood there is there again
    assert grid.rows[0].name == "Maya Jones"


def test_a_line_that_is_being_filled_in_is_not_wrong_before_somebody_goes_on(start: Start) -> None:
    grid = at_the_people(start)
    start.go_on()
    said = grid.problem
    assert said  # nobody is there yet
    grid.view.setCurrentIndex(grid.model.index(0, 0))
    for name in ("Dr. Priya Lin", "Maya Jones", "Ben Marsh", "Priya Kaur", "Ana Ortiz"):
        start.type(name)
        start.press(Key.Key_Return)
    assert grid.rows[4].name == "Ana Ortiz"
    assert not grid.problem
    grab_both(start.window, "people")
    start.go_on()
    assert "Pick at least one role" in grid.problem


def test_closing_the_window_on_the_first_step_keeps_the_answers(
    qtbot: QtBot, start: Start, settings: SettingsStore
) -> None:
    start.press(Key.Key_2)
    start.type("Oak Street Clinic")
    start.window.close()
    assert Start(qtbot, settings).window.assistant.answers.name == "Oak Street Clinic"


def test_a_window_that_closes_before_anything_was_answered_keeps_nothing(
    start: Start, settings: SettingsStore
) -> None:
    start.press(Key.Key_2)
    start.window.close()
    assert not settings.get(ANSWERS_KEPT)


def test_stopping_has_a_key_that_is_shown(start: Start) -> None:
    start.press(Key.Key_2)
    assert start.window.assistant.stop_button.key == "Alt+S"
    start.press(Key.Key_S, Mod.AltModifier)
    assert start.window.start.isVisible()


def test_enter_goes_from_day_to_day_and_from_the_last_one_on(start: Start) -> None:
    at_the_hours(start)
    view = start.window.assistant.step.first()
    start.type("8-4")
    start.press(Key.Key_Return)
    assert (view.currentIndex().row(), view.currentIndex().column()) == (1, 1)
    start.type("nonsense")
    start.press(Key.Key_Return)
    start.press(Key.Key_Return)
    assert view.currentIndex().row() == 1  # to be typed anew
    start.type("8-4")
    for _day in range(6):
        start.press(Key.Key_Return)
    assert start.focused is start.window.assistant.next_button
    assert start.question == "When are you open?"
    start.press(Key.Key_Return)
    assert start.question == "Which rooms do you have?"
    assert len({one.weekday for one in start.window.assistant.answers.hours}) == 5  # no day was copied


def in_sight(start: Start, widget: QWidget) -> bool:
    """Whether the whole of it lies in the part of the page that is seen."""
    port = start.window.assistant._scroll.viewport()
    lies = QRect(widget.mapTo(port, QPoint(0, 0)), widget.size())
    return widget.isVisible() and port.rect().contains(lies)


def small(start: Start) -> None:
    """A screen of 1366 by 768 at 200 %."""
    start.window.setMinimumSize(640, 340)  # none at all would let the page decide
    start.window.resize(683, 350)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    said: list[str] = []
    monkeypatch.setattr(assistant_module, "announce", lambda _widget, text: said.append(text))
    return said


@pytest.mark.parametrize("field", ["name", "zone"])
def test_a_refused_field_has_the_focus_and_what_is_said_of_it_is_seen(
    start: Start, monkeypatch: pytest.MonkeyPatch, heard: list[str], field: str
) -> None:
    monkeypatch.setattr(zones, "computer_zone", lambda: "Etc/UTC")
    small(start)
    start.press(Key.Key_2)
    if field == "zone":
        start.type("Oak Street Clinic")
        start.press(Key.Key_Tab)
        start.press(Key.Key_Tab)
    QApplication.processEvents()
    start.window.assistant._scroll.verticalScrollBar().setValue(0)  # as the wheel leaves it
    start.go_on()
    row = start.window.assistant.step.form.row(field)
    assert row.problem == heard[-1]
    assert row.editor.hasFocus()
    start.qtbot.waitUntil(lambda: in_sight(start, row._below))
    assert in_sight(start, row.editor)


def test_refused_people_have_the_focus_and_what_is_said_of_them_is_seen(
    start: Start, heard: list[str]
) -> None:
    small(start)
    start.press(Key.Key_2)
    start.type("Oak Street Clinic")
    for _page in range(3):
        start.go_on()
    start.press(Key.Key_Tab)  # on the button below
    start.go_on()
    assert heard[-1] == "Name at least one manager: somebody must be able to change the set-up."
    grid = start.window.assistant.step._grid
    assert grid.view.hasFocus()
    start.qtbot.waitUntil(lambda: in_sight(start, grid.said_in))
    assert grid.problem == heard[-1]


def test_in_a_long_list_the_cursor_goes_beside_what_is_said(start: Start) -> None:
    small(start)
    start.window.open_assistant()
    nurses = tuple(NewPerson(f"Nurse {n:02}", frozenset({Role.NURSE})) for n in range(20))
    assistant = start.window.assistant
    assistant._answers = replace(ANSWERS, people=nurses)
    assistant._show(3)
    start.go_on()
    grid = assistant.step._grid
    start.qtbot.waitUntil(lambda: in_sight(start, grid.said_in))
    assert grid.view.currentIndex().row() == 19


def test_the_cursor_goes_to_the_room_that_is_refused(start: Start, heard: list[str]) -> None:
    small(start)
    start.window.open_assistant()
    rooms = (*ANSWERS.rooms[:3], replace(ANSWERS.rooms[0]))
    assistant = start.window.assistant
    assistant._answers = replace(ANSWERS, rooms=rooms)
    assistant._show(2)
    start.press(Key.Key_Tab)
    start.go_on()
    grid = assistant.step._grid
    assert grid.view.hasFocus()
    assert grid.view.currentIndex() == grid.model.index(0, 0)
    assert heard[-1] == grid.problem
    start.qtbot.waitUntil(lambda: in_sight(start, grid.said_in))


@pytest.mark.parametrize("size", [(683, 350), (683, 384), (1366, 768)])
def test_what_is_said_of_a_table_too_high_for_the_window_is_seen_all_the_same(
    start: Start, size: tuple[int, int]
) -> None:
    start.window.open_assistant()
    start.window.resize(*size)
    rooms = tuple(replace(ANSWERS.rooms[0], name=f"Infusion {max(2, n)}") for n in range(1, 40))
    assistant = start.window.assistant
    assistant._answers = replace(ANSWERS, rooms=rooms)
    assistant._show(2)
    start.go_on()
    grid, edge = assistant.step._grid, assistant._scroll.edge
    start.qtbot.waitUntil(edge.isVisible)
    assert grid.view.currentIndex().row() == 0
    assert edge.text() == grid.problem == "Infusion 2 is there already. Choose another name."
    assert assistant._scroll.rect().contains(edge.geometry())
    cell = grid.view.visualRect(grid.view.currentIndex()).center()
    there = grid.view.viewport().mapTo(assistant._scroll, cell)
    assert 0 < there.y() < edge.y()
    assistant._scroll.verticalScrollBar().setValue(10_000)  # the wheel: the line itself is in sight now
    start.qtbot.waitUntil(lambda: not edge.isVisible())
    assert in_sight(start, grid.said_in)
    assistant._scroll.verticalScrollBar().setValue(0)
    start.qtbot.waitUntil(edge.isVisible)
    start.type("Blue room")
    start.press(Key.Key_Return)
    start.qtbot.waitUntil(lambda: not edge.isVisible())
    assert not grid.problem


def test_what_is_refused_in_a_cell_of_a_high_table_is_seen_at_once(start: Start) -> None:
    start.window.open_assistant()
    small(start)
    assistant = start.window.assistant
    assistant._answers = ANSWERS
    assistant._show(1)
    assistant._scroll.setMaximumHeight(120)
    grid, edge = assistant.step._week, assistant._scroll.edge
    grid.view.setCurrentIndex(grid.model.index(0, grid.view.currentIndex().column()))
    start.type("never")
    start.press(Key.Key_Return)
    start.qtbot.waitUntil(edge.isVisible)
    assert edge.text() == grid.problem
    assistant._show(2)
    start.qtbot.waitUntil(lambda: not edge.isVisible())


NO_HOURS = "“2175550100” is not understood. Type 8-5:30, or 8-12, 1-5, or closed."


def at_the_hours(start: Start) -> None:
    start.press(Key.Key_2)
    start.type("Oak Street Clinic")
    start.go_on()
    assert start.question == "When are you open?"


def test_hours_that_are_no_hours_are_refused_where_they_are_typed(start: Start, heard: list[str]) -> None:
    small(start)
    at_the_hours(start)
    start.type("2175550100")
    start.go_on()
    assert start.question == "When are you open?"
    grid = start.window.assistant.step._week
    assert heard[-1] == grid.problem == NO_HOURS
    assert grid.view.hasFocus()
    monday = grid.view.currentIndex()
    assert (monday.row(), monday.data()) == (0, "2175550100")  # to be seen, and corrected
    start.qtbot.waitUntil(lambda: in_sight(start, grid.said_in))
    start.type("8-4")
    start.go_on()
    assert start.question == "Which rooms do you have?"
    monday_hours = [one for one in start.window.assistant.answers.hours if one.weekday == 0]
    assert [(one.start, one.end) for one in monday_hours] == [(480, 960)]


def test_hours_that_are_no_hours_are_not_passed_over_after_enter_either(start: Start) -> None:
    at_the_hours(start)
    start.type("2175550100")
    start.press(Key.Key_Return)
    start.go_on()
    start.go_on()
    assert start.question == "When are you open?"
    grid = start.window.assistant.step._week
    grid.copy_to_weekdays()
    assert grid.problem == NO_HOURS  # nothing was written over it


def test_a_room_of_the_same_name_is_marked(start: Start) -> None:
    assistant = start.window.assistant
    start.window.open_assistant()
    rooms = (ANSWERS.rooms[0], replace(ANSWERS.rooms[1], name="consult 1"))
    assistant.step.fill(replace(ANSWERS, rooms=rooms))
    assistant._answers = replace(ANSWERS, rooms=rooms)
    assistant._show(2)
    assistant.go_on()
    grid = assistant.step._grid
    assert grid.problem == "Consult 1 is there already. Choose another name."
    tip = grid.model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "consult 1 is there already. Choose another name."


def test_esc_goes_back_and_keeps_what_was_typed(start: Start) -> None:
    fill_in(start)
    start.press(Key.Key_Return)  # takes the cell
    for _ in range(3):
        start.press(Key.Key_Escape)
    assert start.question == "What is your clinic called?"
    assert start.window.assistant.answers.name == "Oak Street Clinic"
    assert len(start.window.assistant.answers.people) == 3


def test_it_is_safe_to_stop(start: Start, qtbot: QtBot, settings: SettingsStore) -> None:
    fill_in(start)
    start.window.assistant.stop()
    assert start.window.start.isVisible()
    assert start.window.start.own.text() == "Go on setting up our clinic"

    again = Start(qtbot, settings)
    assert again.window.start.own.hasFocus()  # Enter alone goes on
    again.press(Key.Key_Return)
    assert again.window.assistant.answers.name == "Oak Street Clinic"
    assert [one.name for one in again.window.assistant.answers.people][:1] == ["Dr. Priya Lin"]


def test_a_clinic_that_was_made_is_not_asked_for_again(
    start: Start, qtbot: QtBot, settings: SettingsStore
) -> None:
    fill_in(start)
    start.window.assistant.stop()
    start.window.forget()
    assert Start(qtbot, settings).window.start.own.text() == "Set up our clinic"


def test_a_clinic_that_could_not_be_made_keeps_its_answers(start: Start) -> None:
    fill_in(start)
    start.go_on()
    start.go_on()
    start.window.show_progress("Making the clinic")
    start.press(Key.Key_Return)
    assert len(start.wanted) == 1
    start.window.show_problem("The disk is full. Free some space, then make it again.")
    assert start.window.assistant.isVisible()
    start.window.assistant.go_on()
    assert len(start.wanted) == 2
    assert start.wanted[0] == start.wanted[1]


def test_a_file_that_is_refused_is_said_on_the_first_page(start: Start) -> None:
    start.window.show_progress("Opening the clinic")
    start.window.show_problem("clinic.db is not a Clinic Desktop file. It was left as it is.")
    assert start.window.start.isVisible()
    assert "It was left as it is." in start.window.problem


@pytest.mark.parametrize("size", [(683, 384), (910, 480), (1366, 730)])
def test_every_page_fits_the_window(start: Start, size: tuple[int, int]) -> None:
    start.window.resize(*size)
    start.window.open_assistant()
    assistant = start.window.assistant
    for number in range(5):
        assistant._answers = ANSWERS
        assistant._show(number)
        QApplication.processEvents()
        assert assistant.step.minimumSizeHint().width() <= assistant._scroll.viewport().width()
        assert assistant.next_button.isVisible()
        assert assistant.next_button.width() >= assistant.next_button.sizeHint().width()


def test_what_is_below_the_window_is_read_by_page_down(start: Start) -> None:
    fill_in(start)
    start.go_on()
    start.window.setMinimumSize(0, 0)
    start.window.resize(683, 300)
    bar = start.window.assistant._scroll.verticalScrollBar()
    start.qtbot.waitUntil(lambda: bar.maximum() > 0)
    start.press(Key.Key_PageDown)
    assert bar.value() > 0
    start.press(Key.Key_PageUp)
    assert bar.value() == 0


STAFF = [
    Staff(5, 1, "Priya Kaur", "PK", frozenset({Role.MANAGER})),
    Staff(6, 1, "Ben Marsh", "BM", frozenset({Role.NURSE}), active=False),
    *(Staff(n, 1, f"Nurse {n:02}", f"N{n}", frozenset({Role.NURSE})) for n in range(10, 20)),
]


@pytest.fixture
def desk(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def picker(desk: QWidget, last: int = 0) -> tuple[PersonPicker, list[int]]:
    chosen: list[int] = []
    return PersonPicker.ask(desk, STAFF, chosen.append, last), chosen


def test_a_digit_says_who_is_here(qtbot: QtBot, desk: QWidget) -> None:
    dialog, chosen = picker(desk)
    qtbot.keyClick(dialog.list, Key.Key_2)
    assert chosen == [11]


def test_enter_takes_who_was_here_before(qtbot: QtBot, desk: QWidget) -> None:
    dialog, chosen = picker(desk, last=5)
    qtbot.keyClick(dialog.list, Key.Key_Return)
    assert chosen == [5]


def test_who_has_left_is_not_offered_and_everybody_else_is(desk: QWidget) -> None:
    dialog, _ = picker(desk)
    shown = [dialog.list.model().index(n, 0).data() for n in range(dialog.list.model().rowCount())]
    assert shown == [*(f"Nurse {n}" for n in range(10, 20)), "Priya Kaur"]
    assert dialog.list.model().index(9, 0).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Nurse 19")


def test_esc_chooses_nobody(qtbot: QtBot, desk: QWidget) -> None:
    dialog, chosen = picker(desk)
    qtbot.keyClick(dialog.list, Key.Key_Escape)
    assert chosen == []


def test_a_zone_is_found_with_underscores_and_what_is_none_is_answered_with_the_nearest(start: Start) -> None:
    box = type_a_zone(start, "los_ang")
    start.qtbot.keyClick(box.completer().popup(), Key.Key_Return)
    assert zones.zone_of(box) == "America/Los_Angeles"
    for typed, said in (
        ("los_ang", "los_ang is no time zone. Do you mean America/Los Angeles?"),
        ("denvr", "denvr is no time zone. Do you mean America/Denver?"),
        ("qqqq", "qqqq is no time zone. Type a part of one, such as chicago."),
    ):
        box.setEditText(typed)
        start.go_on()
        assert start.window.assistant.step.form.row("zone").problem == said
    box.setEditText("america/los_angeles")
    start.go_on()
    assert start.window.assistant.answers.zone == "America/Los_Angeles"


def test_tab_walks_the_cells_of_the_people_and_ctrl_tab_leaves_them(start: Start) -> None:
    start.window.open_assistant()
    assistant = start.window.assistant
    assistant._answers = ANSWERS
    assistant._show(3)
    view = assistant.step._grid.view

    def here() -> tuple[int, int]:
        return view.currentIndex().row(), view.currentIndex().column()

    assert here() == (0, 0)
    start.press(Key.Key_Tab)
    assert here() == (0, 1)
    assert view.hasFocus()
    for _cell in range(view.model().columnCount()):
        start.press(Key.Key_Tab)
    assert here() == (1, 1)
    start.press(Key.Key_Backtab, Mod.ShiftModifier)
    assert here() == (1, 0)
    start.press(Key.Key_Tab, Mod.ControlModifier)
    assert assistant.step._grid.add_button.hasFocus()
    view.setFocus()
    view.setCurrentIndex(view.model().index(view.model().rowCount() - 1, view.model().columnCount() - 1))
    start.press(Key.Key_Tab)
    assert assistant.step._grid.add_button.hasFocus()


def test_on_a_low_screen_what_happened_is_seen_beside_the_last_way(start: Start) -> None:
    small(start)
    start.window.show_health(Health(Trouble.READ_ONLY, "The folder is locked.", "/srv/clinic.sqlite"))
    start.window.offer_kept()
    page = start.window.health
    assert page is not None
    last = page.ways[-1]
    for _ in range(3):  # its top is seen before somebody goes on
        QApplication.processEvents()
    last.setFocus()
    start.qtbot.waitUntil(lambda: last.visibleRegion().boundingRect() == last.rect())
    assert page.head.visibleRegion().boundingRect() == page.head.rect()


def test_the_page_of_a_damaged_clinic_opens_at_its_top_with_the_first_way_current(start: Start) -> None:
    small(start)
    said = "clinic.sqlite is damaged. It was left as it is. Restore the last good backup."
    start.window.show_health(
        Health(Trouble.DAMAGED, said, "/srv/clinic.sqlite", "/srv/backups", in_file=True)
    )
    start.window.offer_kept()
    page = start.window.health
    assert page is not None
    (scrolled,) = page.findChildren(Scrolled)
    for _ in range(5):
        QApplication.processEvents()
    assert page.ways[0].hasFocus()
    assert page.ways[0].text() == "Try again"
    safe = next(one for one in page.findChildren(QLabel) if one.text().startswith("The file was only"))
    assert scrolled.verticalScrollBar().value() == 0
    assert safe.visibleRegion().boundingRect() == safe.rect()
    grab_both(start.window, "health-damaged", (683, 384), scale=2.0)
    grab_both(start.window, "health-damaged-wide", (1366, 730))
    assert "by passphrase or recovery key" in page.ways[-1].accessibleDescription()
    small(start)
    start.press(Key.Key_Down)  # from there the ways are gone through as ever
    second = page.ways[1]
    start.qtbot.waitUntil(lambda: second.visibleRegion().boundingRect() == second.rect())


def test_what_was_recorded_here_without_the_server_is_named_among_what_is_safe(start: Start) -> None:
    said = "The clinic's database does not answer."
    start.window.show_health(Health(Trouble.AWAY, said, "postgresql://db/clinic", records=3))
    page = start.window.health
    assert page is not None
    grab_both(start.window, "health-records", (1366, 768))
    words = "3 records made here without the server lie on this computer, sealed. Once it answers, what "
    assert any(words in one.text() for one in page.findChildren(QLabel))
    assert words in page.spoken


def test_what_happened_is_read_from_its_beginning_where_there_is_room(start: Start) -> None:
    said = database.UNGUARDED.format(
        names="claim_insert, claim_update, stamp_insert, stamp_update, visit_update"
    )
    start.window.resize(1366, 730)
    start.window.show_health(
        Health(Trouble.UNGUARDED, said, "/srv/clinic.sqlite", "/srv/backups", in_file=True)
    )
    page = start.window.health
    assert page is not None
    (scrolled,) = page.findChildren(Scrolled)
    first = next(one for one in page.findChildren(QLabel) if one.text() == said)
    start.qtbot.waitUntil(lambda: page.ways[-1].visibleRegion().boundingRect() == page.ways[-1].rect())
    start.qtbot.waitUntil(lambda: scrolled.verticalScrollBar().maximum() == 0)
    assert first.visibleRegion().boundingRect() == first.rect()
    assert first.mapTo(page, QPoint(0, 0)).x() == page.head.x()


def test_a_window_that_gets_lower_keeps_in_sight_what_has_the_focus(start: Start) -> None:
    start.window.resize(1366, 730)
    start.window.show_health(Health(Trouble.READ_ONLY, "The folder is locked.", "/srv/clinic.sqlite"))
    start.window.offer_kept()
    page = start.window.health
    assert page is not None
    last = page.ways[-1]
    for _ in range(3):  # its top is seen before somebody goes on
        QApplication.processEvents()
    last.setFocus()
    start.qtbot.waitUntil(lambda: last.visibleRegion().boundingRect() == last.rect())
    for _ in range(3):  # what was to be scrolled in the high window has been
        QApplication.processEvents()
    small(start)
    start.qtbot.waitUntil(lambda: last.visibleRegion().boundingRect() == last.rect())


def test_the_days_that_this_computer_kept_are_read_whole_in_a_small_window(start: Start) -> None:
    small(start)
    made = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
    days = [KeptPaper(made.date() + timedelta(days=n), made, b"") for n in range(2)]
    start.window.show_kept(days, floor=True)
    kept = start.window.kept
    buttons = [one for one in kept.findChildren(Button) if one.isVisible()]
    assert {"Mon, Nov 30", "Go on recording"} <= {one.text() for one in buttons}
    start.qtbot.waitUntil(lambda: all(one.width() >= one.minimumSizeHint().width() for one in buttons))
    assert kept.preview.height() > 100


def test_where_a_clinics_file_lies_that_is_said_before_the_first_question(
    qtbot: QtBot, tmp_path: Path
) -> None:
    there = tmp_path / "clinic.sqlite"
    there.write_bytes(b"damaged")
    window = FirstRunWindow(place=str(there))
    qtbot.addWidget(window)
    window.show()
    qtbot.keyClick(window.start, Qt.Key.Key_2)
    assert f"There is a clinic's file at {there} already" in window.problem
    assert window.start.isVisible()
    grab_both(window, "there-already", (1366, 768))
    grab_both(window, "there-already-200", (683, 384), 2.0)
    there.write_bytes(b"")  # nothing was ever kept in it
    qtbot.keyClick(window.start, Qt.Key.Key_2)
    assert window.assistant.isVisible()
    assert window.problem == ""

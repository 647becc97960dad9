"""The board in the real window, on a real clinic: turning pages, booking, arriving, and the news."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from clinic_desktop.foundation.actor import PROGRAM, Role
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.people.model import Patient, Staff
from clinic_desktop.people.patients import edit
from clinic_desktop.scheduling.cancelling import CancelReason, cancel, miss
from clinic_desktop.scheduling.holding import confirm_visit, name_driver
from clinic_desktop.scheduling.model import Closure
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.model import StampKind
from clinic_desktop.ui.banner import Banner
from clinic_desktop.ui.board.bar import CountChip
from clinic_desktop.ui.board.cell_walk import Cell
from clinic_desktop.ui.board.commands import COMMANDS
from clinic_desktop.ui.board.gutter_tags import HEIGHT
from clinic_desktop.ui.board.ports import Ghost, NothingWired, Slot
from clinic_desktop.ui.board.scene import ViewKind
from clinic_desktop.ui.commands import command_faults
from clinic_desktop.ui.dialogs import QuestionDialog
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.shell_commands import SHELL_COMMANDS
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.widgets.button import Button
from tests.small_clinic import MONDAY, at
from tests.ui.board.stage import Key, Mod, Stage
from tests.ui.grab import grab

TUESDAY = MONDAY + timedelta(days=1)


def test_the_commands_have_keys_of_their_own_and_no_letter_acts():
    assert command_faults([*SHELL_COMMANDS, *COMMANDS]) == []
    assert len({key for one in COMMANDS for key in one.keys}) == sum(len(one.keys) for one in COMMANDS)


# The day as it opens.


def test_it_opens_today_with_the_focus_on_the_board(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    assert stage.board.turner.shown.day == MONDAY
    assert stage.focused() is stage.view
    assert [one.block.id for one in stage.view.placed] == [visit.id]
    assert stage.sentences[0].startswith("Okafor, Amara. IV ketamine. Monday, November 16, 10:00 AM")


def test_everything_in_the_window_fits_seven_rooms_and_more(stage, qtbot):
    stage.open(qtbot)
    assert stage.view.grid.columns == 8
    assert stage.view.horizontalScrollBar().maximum() == stage.view.verticalScrollBar().maximum() == 0


def test_the_tags_of_now_and_of_the_cursor_are_both_read(stage, qtbot):
    stage.open(qtbot)
    gutter = stage.view.frame_parts.gutter
    for minute in (565, 570, 580):  # around 9:30
        stage.view.set_cursor(Cell(1, minute))
        grab(stage.shell, f"tags-{minute}")
        now, cursor = gutter.tags()
        assert (now.minute, cursor.minute) == (570, minute)
        assert now.y == stage.view.grid.y(570)
        assert abs(cursor.y - now.y) > HEIGHT
        assert (cursor.y > now.y) == (minute >= 570)
    stage.view.set_cursor(Cell(1, 660))
    assert gutter.tags()[1].y == stage.view.grid.y(660)


def test_a_small_window_scrolls_and_opens_a_little_above_now(stage, qtbot):
    stage.book()
    stage.open(qtbot, (683, 384))
    assert stage.view.verticalOffset() == round(stage.view.grid.y(540))
    assert stage.view.viewport().width() // 108 >= 3
    assert stage.view.grid.edges[1] >= 108


def test_an_empty_day_says_so_in_words_and_offers_to_book(stage, qtbot):
    stage.open(qtbot)
    empty = stage.board.page.empty
    assert empty.isVisible()
    assert empty.findChildren(type(stage.board.page.failure))[0].accessibleName() == (
        "No visits on Monday, November 16 yet. Open 8:00 AM to 5:30 PM. 1 prescriber, 2 nurses."
    )
    QTest.mouseClick(empty.book, Qt.MouseButton.LeftButton)
    assert stage.panels.asked == [("book", MONDAY, None, None, None)]


def test_the_card_of_an_empty_day_is_read_whole_in_a_small_window_below_a_banner(stage, qtbot):
    stage.open(qtbot, (683, 365))  # a 1366 x 730 screen at 200 %
    empty = stage.board.page.empty
    seen = []
    for banners in (0, 1, 2, 1, 4, 0):  # lower and lower, and as high as before
        for n in range(banners):
            stage.shell.show_banner(Banner(f"away-{n}", "The server does not answer.", tone=Tone.WARN))
        stage.settle()
        seen.append(empty.isVisible())
        for words in (one for one in empty.findChildren(QLabel) if one.isVisible()):
            assert words.height() >= words.heightForWidth(words.width())
        assert not seen[-1] or empty.book.height() >= empty.book.minimumSizeHint().height()
        assert not seen[-1] or stage.view.viewport().geometry().contains(empty.geometry())
        for n in range(banners):
            stage.shell.clear_banner(f"away-{n}")
        stage.settle()
    assert seen == [True, True, True, True, False, True]


def test_the_card_of_an_empty_day_gives_way_to_what_is_offered_there(stage, qtbot):
    stage.open(qtbot)
    empty, board = stage.board.page.empty, stage.board
    assert empty.isVisible()
    board.listen(lambda _slot: None)  # a panel stands there
    board.show_ghosts(
        [Ghost(TUESDAY, stage.clinic.rooms["Infusion 2"].id, 600, 690, "Marsh, Olivia", number=1)]
    )
    assert not empty.isVisible()
    board.show_day(TUESDAY)
    stage.settle()
    grab(stage.shell, "empty-day-ghost")
    assert not empty.isVisible()
    board.show_ghosts([])
    board.listen(None)
    assert empty.isVisible()


def test_the_card_of_an_empty_day_gives_way_to_the_free_time_under_the_cursor(stage, qtbot):
    stage.open(qtbot)
    stage.press(Key.Key_Down)
    stage.board.turner.go_to(TUESDAY)
    stage.settle()
    grab(stage.shell, "empty-day-cursor")
    assert not stage.board.page.empty.isVisible()


def test_a_closed_day_names_the_holiday_and_offers_nothing(stage, qtbot):
    stage.change_setup(Closure(0, 0, None, TUESDAY, 0, TUESDAY, 1440, "Thanksgiving"))
    stage.open(qtbot)
    stage.board.turner.go_to(TUESDAY)
    stage.settle()
    assert (
        "Closed on Tuesday, November 17"
        in stage.board.page.empty.findChildren(type(stage.board.page.failure))[0].accessibleName()
    )
    assert not stage.board.page.empty.book.isVisible()


def test_a_day_that_cannot_be_read_says_what_to_do_and_is_read_again(stage, qtbot, monkeypatch):
    stage.open(qtbot)
    real = stage.board.turner.book._read

    def fails(*_args):
        raise EnvironmentFailure("The clinic's file cannot be reached. Check the drive.")

    monkeypatch.setattr(stage.board.turner.book, "_read", fails)
    stage.board.turner.go_to(date(2026, 12, 30))
    stage.settle()
    page = stage.board.page
    assert page.failed
    assert page.failure.accessibleName() == (
        "This day could not be read. The clinic's file cannot be reached. Check the drive."
    )
    monkeypatch.setattr(stage.board.turner.book, "_read", real)
    QTest.mouseClick(page.again, Qt.MouseButton.LeftButton)
    stage.settle()
    assert not page.failed


# Turning pages.


def test_alt_arrows_turn_the_day_and_control_home_comes_back(stage, qtbot):
    stage.open(qtbot)
    stage.press(Key.Key_Right, Mod.AltModifier)
    stage.settle()
    assert stage.view.scene.day == TUESDAY
    assert stage.board.turner.navigator.day == TUESDAY
    stage.press(Key.Key_Left, Mod.AltModifier, times=2)
    stage.settle()
    assert stage.view.scene.day == MONDAY - timedelta(days=1)
    stage.press(Key.Key_Home, Mod.ControlModifier)
    stage.settle()
    assert stage.view.scene.day == MONDAY
    assert stage.view.cursor_cell.minute == 570


def test_a_typed_date_with_a_time_goes_there(stage, qtbot):
    stage.open(qtbot)
    stage.press(Key.Key_G, Mod.ControlModifier)
    QTest.keyClicks(stage.focused(), "fri 2p")
    stage.press(Key.Key_Return)
    stage.settle()
    assert stage.view.scene.day == date(2026, 11, 20)
    assert stage.view.cursor_cell.minute == 840


def test_a_typed_time_alone_goes_there_on_the_day_that_is_shown(stage, qtbot):
    stage.open(qtbot)
    stage.press(Key.Key_G, Mod.ControlModifier)
    QTest.keyClicks(stage.focused(), "14:30")
    stage.press(Key.Key_Return)
    stage.settle()
    assert (stage.view.scene.day, stage.view.cursor_cell.minute) == (MONDAY, 870)


def test_the_neighbours_are_read_ahead_so_that_a_turn_needs_no_reading(stage, qtbot):
    stage.open(qtbot)
    stage.settle()
    assert stage.board.turner.book.rows([TUESDAY]) is not None
    stage.board.turner.step(1)
    assert stage.view.scene.day == TUESDAY  # at once, before anything was read


def test_four_views_on_four_keys(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    stage.board.select(visit.id)
    for key, kind in (
        (Key.Key_2, ViewKind.STAFF),
        (Key.Key_3, ViewKind.WEEK),
        (Key.Key_4, ViewKind.LIST),
        (Key.Key_1, ViewKind.ROOMS),
    ):
        stage.press(key, Mod.ControlModifier)
        stage.settle()
        assert stage.board.turner.shown.kind is kind
        assert stage.board.page.bar.views.current == kind
        assert stage.board.selected_visit == visit.id


def test_the_week_turns_by_weeks_and_shift_enter_opens_a_day(stage, qtbot):
    stage.open(qtbot)
    stage.press(Key.Key_3, Mod.ControlModifier)
    stage.press(Key.Key_Right, Mod.AltModifier)
    stage.settle()
    assert stage.view.scene.days[0] == date(2026, 11, 23)
    stage.press(Key.Key_Home)
    stage.press(Key.Key_Right, times=8)
    stage.press(Key.Key_Return, Mod.ShiftModifier)
    stage.settle()
    assert (stage.board.turner.shown.kind, stage.view.scene.day) == (ViewKind.ROOMS, date(2026, 11, 24))


def test_the_list_has_every_command_of_the_board(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    stage.press(Key.Key_4, Mod.ControlModifier)
    stage.settle()
    assert stage.focused() is stage.board.page.list
    stage.press(Key.Key_Down)
    stage.press(Key.Key_Delete)
    stage.press(Key.Key_D, Mod.ControlModifier)
    assert stage.panels.asked == [("cancel", visit.id), ("driver", visit.id)]
    stage.press(Key.Key_M, Mod.ControlModifier)
    stage.settle()
    assert stage.board.turner.shown.kind is ViewKind.ROOMS
    assert stage.view.carrying.holding


def test_cancelled_visits_come_and_go_with_one_key(stage, qtbot):
    visit = stage.book()
    cancel(stage.clinic.store, PROGRAM, visit.id, visit.version, CancelReason.UNWELL)
    stage.open(qtbot)
    assert not stage.sentences
    stage.press(Key.Key_E, Mod.ControlModifier | Mod.ShiftModifier)
    assert "Cancelled" in stage.sentences[0]
    stage.press(Key.Key_E, Mod.ControlModifier | Mod.ShiftModifier)
    assert not stage.sentences


# Booking.


def test_enter_books_at_the_cell_under_the_cursor(stage, qtbot):
    stage.open(qtbot)
    stage.press(Key.Key_Home)
    stage.press(Key.Key_Right)
    stage.press(Key.Key_Down, times=3)
    stage.press(Key.Key_Return)
    room = stage.clinic.rooms["Infusion 1"].id
    assert stage.panels.asked == [("book", MONDAY, 585, room, None)]


def test_book_takes_the_cell_where_it_is_free_and_the_day_where_it_is_not(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    stage.click("Infusion 2", 700)
    stage.press(Key.Key_F3)
    stage.board.select(visit.id)
    stage.press(Key.Key_F3)
    assert stage.panels.asked == [
        ("book", MONDAY, 700, stage.clinic.rooms["Infusion 2"].id, None),
        ("book", MONDAY, None, None, None),  # never for whoever happens to be selected
    ]


def test_first_openings_and_a_course_are_for_the_selected_patient(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    stage.board.select(visit.id)
    stage.press(Key.Key_F4)
    stage.press(Key.Key_N, Mod.ControlModifier | Mod.ShiftModifier)
    assert stage.panels.asked == [
        ("openings", MONDAY, visit.patient_id),
        ("plan", visit.patient_id),
    ]


def test_the_to_place_list_is_opened_by_its_chord_and_from_the_menu_of_a_free_cell(stage, qtbot):
    stage.open(qtbot)
    stage.press(Key.Key_T, Mod.ControlModifier | Mod.ShiftModifier)
    stage.view.menu_wanted.emit(QPoint(500, 300))
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    (entry,) = [one for one in menu.actions() if one.text() == "To-place list"]
    entry.trigger()
    menu.close()
    assert stage.panels.asked == [("to place",), ("to place",)]


def test_letters_open_the_search_line_with_what_was_typed(stage, qtbot):
    stage.open(qtbot)
    QTest.keyClicks(stage.focused(), "m")
    line = stage.focused()
    assert isinstance(line, QLineEdit)
    assert line.text() == "m"


def test_a_panel_that_listens_gets_the_cells_and_the_ghosts(stage, qtbot):
    stage.open(qtbot)
    board, slots, picked = stage.panels.board, [], []
    board.listen(slots.append)
    stage.click("Infusion 2", 700)
    stage.view.setFocus()
    stage.press(Key.Key_Down)
    stage.press(Key.Key_Return)
    room = stage.clinic.rooms["Infusion 2"].id
    assert slots == [Slot(MONDAY, 700, room), Slot(MONDAY, 705, room)]
    assert stage.panels.asked == []
    board.show_ghosts([Ghost(MONDAY, room, 800, 890, "Marsh, Olivia", number=1, chosen=True)], picked.append)
    stage.view.viewport().grab()
    stage.click("Infusion 2", 810)
    assert picked == [0]
    board.show_ghosts([])
    board.listen(None)
    stage.click("Infusion 2", 820)
    assert len(slots) == 2


def test_a_panel_turns_the_board_without_taking_the_focus(stage, qtbot):
    visit = stage.book(day=TUESDAY)
    stage.open(qtbot)
    stage.shell.top_bar.search.start("")
    focused = QApplication.focusWidget()
    stage.panels.board.show_day(TUESDAY, 900)
    stage.settle()
    assert stage.view.scene.day == TUESDAY
    stage.panels.board.show_visit(visit.id)
    stage.settle()
    assert stage.panels.board.selected_visit == visit.id
    assert stage.panels.board.selected_patient == visit.patient_id
    assert QApplication.focusWidget() is focused


def test_a_visit_of_another_day_is_found_and_selected(stage, qtbot):
    visit = stage.book(day=date(2026, 12, 2))
    stage.open(qtbot)
    stage.place.show_visit(visit.id)
    stage.settle()
    stage.settle()
    assert (stage.view.scene.day, stage.board.selected_visit) == (date(2026, 12, 2), visit.id)


def test_without_booking_panels_it_says_so(stage, qtbot):
    stage.panels = NothingWired()
    stage.open(qtbot)
    stage.press(Key.Key_F3)
    assert any("Booking is not part of this window" in one for one in stage.notices)


# The selected visit.


def cancelled(stage, visit):
    cancel(stage.clinic.store, PROGRAM, visit.id, visit.version, CancelReason.UNWELL)


def missed(stage, visit):
    miss(stage.clinic.store, PROGRAM, visit.id, visit.version)


def test_arrived_is_one_key_and_is_recorded(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    stage.board.select(visit.id)
    stage.press(Key.Key_F2)
    stage.settle()
    assert stage.visit(visit).state is VisitState.ARRIVED
    assert stage.said == "Okafor, Amara has arrived"
    assert "Arrived." in stage.sentences[0]
    assert stage.board.selected_visit == visit.id
    stage.press(Key.Key_F2)
    assert stage.said == "Okafor, Amara: Arrived already"


def test_nobody_arrives_on_another_day(stage, qtbot):
    visit = stage.book(day=TUESDAY)
    stage.open(qtbot)
    stage.place.show_visit(visit.id, TUESDAY)
    stage.settle()
    stage.press(Key.Key_F2)
    stage.settle()
    assert stage.visit(visit).state is VisitState.BOOKED
    assert "comes on Tue, Nov 17" in stage.said


@pytest.mark.parametrize("ended", [cancelled, missed])
def test_who_was_cancelled_or_missed_and_comes_after_all_is_recorded(stage, qtbot, ended):
    visit = stage.book(minute=480)
    stage.open(qtbot)
    ended(stage, visit)
    stage.press(Key.Key_E, Mod.ControlModifier | Mod.ShiftModifier)
    stage.board.turner.book.renew()
    stage.settle()
    stage.board.select(visit.id)
    stage.press(Key.Key_F2)
    assert stage.visit(visit).arrived is None
    (dialog,) = stage.shell.findChildren(QuestionDialog)
    qtbot.waitUntil(dialog.yes.hasFocus)
    stage.press(Key.Key_Return)
    stage.settle()
    assert stage.visit(visit).state is VisitState.ARRIVED
    assert stage.said == "Okafor, Amara has arrived"


def test_what_happened_on_a_day_that_is_over_is_asked_for_its_time(stage, qtbot):
    visit, talk = stage.book(), stage.book("Reed, Jo", "CON", 540, plan=None, nurse_id=None)
    stage.open(qtbot)
    stage.stamp(talk, StampKind.ARRIVED, 9, 40)
    stage.stamp(talk, StampKind.IN_ROOM, 9, 45)
    stage.clinic.clock.at = at(TUESDAY, 9)
    stage.board.turner.book.renew()
    for chosen, key, kind in (
        (visit, Key.Key_F2, StampKind.ARRIVED),
        (visit, Key.Key_F5, StampKind.ARRIVED),
        (talk, Key.Key_F5, StampKind.LEFT),
    ):
        stage.place.show_visit(chosen.id, MONDAY)
        stage.settle()
        stage.press(key)
        stage.settle()
        assert stage.others["floor"].asked.pop() == (chosen.id, MONDAY, kind)
        stage.shell.go("board")
        stage.settle()
    assert stage.visit(visit).state is VisitState.BOOKED
    assert stage.visit(talk).state is VisitState.IN_ROOM


def test_in_the_small_hours_the_stay_of_the_evening_goes_on(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    stage.clinic.clock.at = at(TUESDAY, 0, 30)
    stage.board.turner.book.renew()
    stage.place.show_visit(visit.id, MONDAY)
    stage.settle()
    stage.press(Key.Key_F2)
    stage.settle()
    assert stage.visit(visit).state is VisitState.ARRIVED


def test_a_command_without_a_visit_says_what_it_needs(stage, qtbot):
    stage.open(qtbot)
    for key in (Key.Key_F2, Key.Key_F5, Key.Key_F8, Key.Key_Delete):
        stage.shell.say("")
        stage.press(key)
        assert stage.said == "Select a visit first"


def test_visit_and_driver_are_confirmed_with_one_key_each(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    stage.board.select(visit.id)
    stage.press(Key.Key_F8)
    stage.settle()
    stage.press(Key.Key_F9)
    stage.settle()
    after = stage.visit(visit)
    assert after.state is VisitState.CONFIRMED
    assert after.plan_confirmed_at is not None
    assert stage.said == "The driver of Okafor, Amara is confirmed"
    assert "Driver confirmed" in stage.sentences[0]


def test_no_driver_is_confirmed_where_nobody_is_named(stage, qtbot):
    visit = stage.book(plan=None)
    stage.open(qtbot)
    stage.board.select(visit.id)
    stage.shell.say("")
    stage.press(Key.Key_F9)
    stage.settle()
    assert stage.visit(visit).plan_confirmed_at is None
    assert "confirmed" not in stage.said
    assert "nobody is named. Name the driver first" in stage.notices[-1]


def test_the_next_step_is_one_key(stage, qtbot):
    visit = stage.book(minute=900)
    stage.open(qtbot)
    stage.board.select(visit.id)
    button = stage.board.inspector.visit.next
    assert button.text() == "Next: confirm"
    stage.press(Key.Key_F5)
    stage.settle()
    assert stage.visit(visit).state is VisitState.CONFIRMED
    assert button.text() == "Next: ask driver"
    stage.press(Key.Key_F5)
    stage.settle()
    assert stage.visit(visit).plan_confirmed_at is not None
    stage.clinic.clock.at = at(MONDAY, 14, 40)
    stage.board.refresh()
    assert button.text() == "Next: arrived"


@pytest.mark.parametrize("minute", [570, 600])
def test_a_talk_that_is_yet_to_begin_does_not_end_by_one_key_too_many(stage, qtbot, minute):
    talk = stage.book("Reed, Jo", "CON", minute, plan=None, nurse_id=None)
    stage.open(qtbot)
    stage.board.select(talk.id)
    stage.press(Key.Key_F2)  # at 9:30
    stage.settle()
    stage.press(Key.Key_F5)
    stage.settle()
    asked = stage.shell.findChildren(QuestionDialog)
    if minute == 600:
        assert stage.visit(talk).state is VisitState.ARRIVED, "over half an hour before it begins"
        qtbot.waitUntil(asked[0].yes.hasFocus)
        stage.press(Key.Key_Return)
        stage.settle()
    else:
        assert not asked
    assert stage.visit(talk).state is VisitState.LEFT


def test_a_held_visit_asks_for_the_driver_first(stage, qtbot):
    visit = stage.book(plan=None)
    stage.open(qtbot)
    stage.board.select(visit.id)
    assert "Held for a driver" in stage.sentences[0]
    stage.press(Key.Key_F5)
    assert stage.panels.asked == [("driver", visit.id)]


@pytest.mark.parametrize(
    ("kind", "next_words", "place"),
    [
        (StampKind.ARRIVED, "Next: name driver", "panel"),
        (StampKind.IN_ROOM, "On the floor", "floor"),
    ],
)
def test_who_is_held_is_asked_for_the_driver_before_the_room_and_seen_to_on_the_floor_in_it(
    stage, qtbot, kind, next_words, place
):
    visit = stage.book(plan=None)
    stage.stamp(visit, kind, 9, 25)
    stage.open(qtbot)
    stage.board.select(visit.id)
    panel = stage.board.inspector.visit
    assert stage.visit(visit).state is VisitState.HELD
    assert panel.next.text() == next_words
    assert "Held for a driver" in stage.sentences[0]
    stage.press(Key.Key_F5)
    stage.settle()
    if place == "floor":
        assert (stage.panels.asked, stage.shell.current) == ([], "floor")
    else:
        assert stage.panels.asked == [("driver", visit.id)]


def test_patient_sheet_and_floor_are_told_whom_we_mean(stage, qtbot):
    visit = stage.book()
    stage.stamp(visit, StampKind.ARRIVED, 9, 25)
    stage.open(qtbot)
    for key, place, number in (
        (Key.Key_O, "patients", visit.patient_id),
        (Key.Key_P, "sheets", visit.id),
        (Key.Key_B, "floor", visit.id),
    ):
        stage.shell.go("board")
        stage.settle()
        stage.board.select(visit.id)
        stage.press(key, Mod.ControlModifier)
        assert stage.shell.current == place
        assert stage.others[place].told == [number]


def test_a_visit_that_somebody_else_changed_says_so_and_is_read_anew(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    stage.board.select(visit.id)
    confirm_visit(stage.clinic.store, PROGRAM, visit.id, visit.version)  # at another desk, no news yet
    stage.press(Key.Key_F9)
    stage.settle()
    assert any("Somebody else changed this visit" in one for one in stage.notices)
    assert "Confirmed." in stage.sentences[0]


def test_a_late_confirmation_is_one_key_away_all_the_same(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    stage.board.select(visit.id)
    name_driver(
        stage.clinic.store,
        PROGRAM,
        [(visit.id, visit.version)],
        replace(visit.plan, name="Ann Marsh"),
    )
    stage.press(Key.Key_F9)
    stage.settle()
    assert any("It was not confirmed." in one for one in stage.notices)
    assert stage.visit(visit).plan.confirmed_at is None
    (notice,) = stage.shell.notices.notices()
    again = next(one for one in notice.findChildren(Button) if one.text() == "Confirm it all the same")
    again.click()
    stage.settle()
    assert stage.visit(visit).plan.confirmed_at is not None


def test_the_panel_says_who_what_and_when(stage, qtbot):
    visit = stage.book()
    stage.stamp(visit, StampKind.ARRIVED, 9, 20)
    stage.open(qtbot)
    stage.board.select(visit.id)
    stage.settle()
    panel = stage.board.inspector.visit
    assert panel.isVisible()
    assert panel.accessibleName() == "Okafor, Amara"
    facts = [fact.spoken for fact in panel._phases.facts.things]
    assert facts[0] == "9:45, Check-in, 15 min"
    assert facts[-1] == "11:30, Turnover, 15 min"
    assert panel._who.text().startswith("Apr 12, 1984 (42)")
    assert panel._driver_name.text() == "Bea Marsh, sister"
    assert panel._latest.facts.facts.things[0].text == "Arrived"


def test_enter_on_a_visit_goes_to_its_panel_and_escape_comes_back(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    stage.board.select(visit.id)
    stage.press(Key.Key_Return)
    assert stage.focused() is stage.board.inspector.visit.next
    stage.press(Key.Key_Escape)
    assert stage.focused() is stage.view
    assert stage.board.selected_visit == visit.id
    stage.press(Key.Key_Escape)
    assert stage.board.selected_visit is None
    assert stage.board.inspector.currentWidget() is stage.board.inspector.day


def test_in_a_small_window_the_panel_comes_up_over_the_board(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot, (683, 384))
    assert not stage.board.inspector.isVisible()
    stage.board.select(visit.id)
    stage.press(Key.Key_Return)
    assert stage.board.inspector.isVisible()
    assert stage.focused() is stage.board.inspector.visit.next


def test_the_day_at_a_glance_lists_what_to_see_to(stage, qtbot):
    held = stage.book("Petrov, Nina", minute=780, plan=None)
    stage.book()
    stage.open(qtbot)
    panel = stage.board.inspector.day
    assert [fact.spoken for fact in panel.wanting.facts.things] == [
        "1:00, Petrov, Nina, no driver",
        "10:00, Okafor, Amara, ask driver",
    ]
    grab(stage.shell, "day-at-a-glance")
    assert [fact.spoken for fact in panel.expected.facts.things] == [
        "arrive 9:45, Okafor, Amara, IV",
        "arrive 12:45, Petrov, Nina, IV",
    ]
    panel.wanting.taken.emit(held.id)
    assert stage.board.selected_visit == held.id
    stage.press(Key.Key_F7)
    assert stage.board.selected_block.family_name == "Okafor"


def test_the_glance_counts_all_lists_the_gravest_and_f7_goes_through_the_rest(stage, qtbot):
    """With more visits to see to than the list has lines, its head and the counts above agree."""
    for number in range(18):
        day = MONDAY + timedelta(days=number % 3)
        minute, room = 480 + 110 * (number // 3 % 3), "Infusion 1" if number < 9 else "Infusion 2"
        nurse = (stage.clinic.maya if number < 9 else stage.clinic.tunde).id
        stage.book(f"Patient{number:02}, Ann", minute=minute, room=room, day=day, nurse_id=nurse)
    stage.open(qtbot)
    stage.press(Key.Key_3, Mod.ControlModifier)
    stage.settle()
    stage.press(Key.Key_I, Mod.ControlModifier)  # a week leaves no room for the panel beside it
    panel = stage.board.inspector.day
    words = [one.text() for one in panel.findChildren(QLabel) if one.isVisible()]
    assert "18 visits to see to" in words
    assert "and 4 more: F7 goes through all of them" in words
    assert len(panel.wanting.facts.things) == 14
    assert "18 to confirm" in [one.text for one in counts(stage)]
    seen = set()
    for _step in range(18):
        stage.press(Key.Key_F7)
        seen.add(stage.board.selected_visit)
    assert len(seen) == 18


def counts(stage):
    chips = stage.board.page.bar.chips
    return [chip.count for chip in chips.findChildren(CountChip) if chip.isVisible()]


@pytest.mark.parametrize("view", [Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4])
def test_nothing_is_called_free_or_counted_before_the_day_is_read(stage, qtbot, view):
    stage.book()
    stage.open(qtbot)
    stage.press(view, Mod.ControlModifier)
    stage.settle()
    gate, book = threading.Event(), stage.board.turner.book
    read = book._read
    book._read = lambda *args: gate.wait(20) and read(*args)
    try:
        stage.board.turner.go_to(MONDAY + timedelta(days=70))
        stage.press(Key.Key_Down)
        scene = stage.view.scene
        assert [one.words.variants for one in scene.heads] == [()] * len(scene.heads)
        assert not any(column.free for column in scene.columns)
        assert counts(stage) == []
        words = " ".join(
            one.text() for one in stage.board.inspector.day.findChildren(QLabel) if one.isVisible()
        )
        assert not any(said in words for said in ("free", "to see to", "Expected", "closed"))
        assert stage.board.page.list.visits.rows == ()
    finally:
        gate.set()
    stage.settle()
    if view == Key.Key_1:
        assert stage.view.scene.heads[0].words.variants == ("Free all day",)


def test_the_counts_lead_to_what_they_count(stage, qtbot):
    held = stage.book("Petrov, Nina", minute=780, plan=None)
    stage.book()
    stage.open(qtbot)
    chips = {chip.count.id: chip for chip in stage.board.page.bar.chips._chips}
    assert chips["no-driver"].count.text == "1 no driver"
    assert chips["to-confirm"].accessibleName() == "1 to confirm"
    QTest.mouseClick(chips["no-driver"], Qt.MouseButton.LeftButton)
    assert stage.board.selected_visit == held.id


# News.


def test_news_of_another_desk_show_without_moving_anything(stage, qtbot):
    visit = stage.book()
    other = stage.book("Petrov, Nina", minute=780)
    stage.open(qtbot, (1366, 500))
    stage.board.select(visit.id)
    stage.view.verticalScrollBar().setValue(30)
    changes = confirm_visit(stage.clinic.store, PROGRAM, other.id, other.version).changes
    stage.desk.hub.tell(changes)
    stage.settle()
    assert any("Petrov, Nina" in one and "Confirmed" in one for one in stage.sentences)
    assert (stage.board.selected_visit, stage.view.verticalOffset()) == (visit.id, 30)


def test_news_of_another_day_leave_the_board_alone(stage, qtbot):
    stage.book()
    other = stage.book("Petrov, Nina", day=date(2026, 12, 1))
    stage.open(qtbot)
    changes = confirm_visit(stage.clinic.store, PROGRAM, other.id, other.version).changes
    with qtbot.assertNotEmitted(stage.board.turner.arrived):
        stage.desk.hub.tell(changes)
        stage.settle()


def test_a_patient_with_another_name_is_shown_by_it(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    amara = stage.clinic.store.read()
    with amara as records:
        patient = records.get(Patient, visit.patient_id)
    saved = edit(stage.clinic.store, PROGRAM, replace(patient, family_name="Marsh"))
    stage.desk.hub.tell(saved.changes)
    stage.settle()
    assert stage.sentences[0].startswith("Marsh, Amara.")


def test_a_changed_set_up_redraws_the_columns(stage, qtbot):
    stage.open(qtbot)
    room = stage.clinic.rooms["Infusion 4"].id
    stage.change_setup(Closure(0, 0, room, MONDAY, 0, MONDAY, 1440, "Pump service"))
    stage.desk.renew_setup(stage.setup)
    stage.settle()
    assert stage.view.scene.columns[4].shut[0].why == "Pump service"


def test_each_minute_the_clock_moves_and_who_runs_over_is_said(stage, qtbot):
    visit = stage.book()
    stage.stamp(visit, StampKind.IN_ROOM, 9, 30)
    stage.open(qtbot)
    assert stage.board._minute.isActive()
    assert 0 < stage.board._minute.remainingTime() <= 60_100
    stage.clinic.clock.at = at(MONDAY, 11, 40)
    stage.board._tick()
    assert stage.view.scene.now == 700
    assert "10 min over" in stage.sentences[0]
    assert any(chip.count.id == "over" for chip in stage.board.page.bar.chips._chips)


def test_a_stay_that_runs_on_displaces_the_next_visit_as_time_passes(stage, qtbot):
    first = stage.book("Petrov, Nina", minute=480)
    second = stage.book(minute=585)
    stage.stamp(first, StampKind.IN_ROOM, 8)
    stage.open(qtbot)
    assert not stage.visit(second).displaced
    stage.clinic.clock.at = at(MONDAY, 9, 50)
    stage.board._tick()
    stage.settle()
    assert stage.visit(second).displaced
    assert stage.view.scene.columns[stage.placed(second).column].place == "No room"


def test_a_desk_left_open_overnight_shows_the_new_day(stage, qtbot):
    stage.open(qtbot)
    stage.clinic.clock.at = at(TUESDAY, 7)
    stage.board._tick()
    stage.settle()
    assert stage.view.scene.day == TUESDAY


def test_a_displaced_visit_is_unmistakable(stage, qtbot):
    first = stage.book("Petrov, Nina", minute=480)
    second = stage.book(minute=585)
    stage.stamp(first, StampKind.IN_ROOM, 9, 20)
    stage.open(qtbot)
    placed = stage.placed(second)
    assert stage.view.scene.columns[placed.column].place == "No room"
    assert "Displaced: its room is still taken" in stage.sentences[1]
    stage.board.select(second.id)
    shown = [box.accessibleName() for box in stage.board.inspector.visit._troubles.boxes if box.isVisible()]
    assert shown[0].startswith("Displaced from Infusion 1")
    assert stage.board.inspector.visit.next.text() == "Next: move"


def test_a_stay_that_keeps_its_room_says_whom_it_makes_late_and_what_repairs_it(stage, qtbot):
    first = stage.book("Petrov, Nina", minute=480)
    stage.book(minute=585)
    stage.stamp(first, StampKind.IN_ROOM, 9, 20)
    stage.open(qtbot)
    stage.board.select(first.id)
    shown = [box.accessibleName() for box in stage.board.inspector.visit._troubles.boxes if box.isVisible()]
    (late,) = [one for one in shown if "late" in one]
    assert late.startswith("Makes 1 visit late If nobody repairs the day: Okafor, Amara, 9:45 AM, begins at ")
    assert late.endswith("Ctrl Shift G proposes other places.")


@pytest.mark.parametrize("role", [Role.RECEPTIONIST, Role.NURSE])
def test_only_who_records_treatment_takes_a_patient_to_the_room(stage, qtbot, role):
    stage.role = role
    visit = stage.book()
    stage.stamp(visit, StampKind.ARRIVED, 9, 25)
    stage.open(qtbot)
    stage.board.select(visit.id)
    wanted = "Next: to room" if role is Role.NURSE else "On the floor"
    assert stage.board.inspector.visit.next.text() == wanted


def test_nothing_of_the_board_is_without_a_name(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    stage.board.select(visit.id)
    stage.settle()
    assert unnamed(stage) == []


def unnamed(stage: Stage) -> list[str]:
    """Widgets that take the focus by keyboard and say nothing."""
    found = stage.shell.findChildren(QWidget)
    return [
        f"{type(one).__name__}"
        for one in found
        if one.isVisible()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (one.accessibleName() or getattr(one, "text", str)())
    ]


# Room.


@pytest.mark.parametrize("view", [Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4])
def test_no_view_is_scrolled_sideways_at_the_size_of_a_front_desk(stage, qtbot, view):
    """Seven rooms, four nurses, five days: the panel beside gives way before a column does."""
    for name in ("Rosa Silva", "Ben Carver-Montgomery"):
        stage.change_setup(Staff(name=name, initials="XX", roles=frozenset({Role.NURSE})))
    stage.book("Vandenberghe-Castellanos, Maximiliana", code="SP1", minute=780, room="Spravato 1")
    stage.book(minute=600, plan=None)
    stage.open(qtbot, (1366, 730))
    stage.press(view, Mod.ControlModifier)
    stage.settle()
    shown = stage.board.page.list if stage.board.page.lists else stage.view
    assert shown.horizontalScrollBar().maximum() == 0


def test_the_panel_that_gave_way_comes_for_a_visit_and_goes_again(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot, (1366, 730))
    assert stage.board.inspector.isVisible()
    stage.press(Key.Key_3, Mod.ControlModifier)
    stage.settle()
    assert not stage.board.inspector.isVisible()
    stage.board.select(visit.id)
    stage.press(Key.Key_Return)
    assert stage.focused() is stage.board.inspector.visit.next
    while stage.board.inspector.isVisible():
        stage.press(Key.Key_Escape)
    stage.press(Key.Key_1, Mod.ControlModifier)
    stage.settle()
    assert stage.board.inspector.isVisible()


@pytest.mark.parametrize("text_size", [100, 150])
def test_the_cell_with_the_focus_shows_its_whole_time(stage, qtbot, text_size):
    stage.book(minute=765)
    stage.open(qtbot, (1366, 730))
    stage.press(Key.Key_4, Mod.ControlModifier)
    stage.settle()
    try:
        theme().set_text_size(text_size)
        stage.press(Key.Key_Down)
        listed = stage.board.page.list
        index = listed.visits.index(0, 0)
        assert index.data() == "12:45 PM"
        needed = QFontMetricsF(listed.font()).horizontalAdvance("12:45 PM")
        assert listed.columnWidth(0) - 20 - 6 - 4 >= needed  # padding, what the style adds, frame
    finally:
        theme().set_text_size(100)


def test_a_day_is_repaired_for_what_somebody_says_not_for_where_the_cursor_stands(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    stage.board.select(None)
    stage.press(Key.Key_G, Mod.ControlModifier | Mod.ShiftModifier)
    stage.board.select(visit.id)
    stage.press(Key.Key_G, Mod.ControlModifier | Mod.ShiftModifier)
    assert stage.panels.asked == [("repair", MONDAY, "", None), ("repair", MONDAY, "", visit.id)]

"""Nothing but the keyboard: the focus comes back to the work, and what was not found leads on."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.courses import CourseWish, book_course
from clinic_desktop.ui.patients.form import PatientForm
from tests.journeys.desk_story import DeskStory
from tests.small_clinic import BEA, MONDAY


def board_has_the_keyboard(desk: DeskStory) -> bool:
    """Whether arrows move the board's cursor."""
    view = desk.board.board.page.board
    if desk.focus is not view:
        return False
    before = view.cursor_cell
    desk.press("Down")
    return view.cursor_cell != before


@pytest.mark.parametrize("typed", ["", "zzqx", "oka"])
def test_esc_in_the_search_line_is_enough(desk: DeskStory, typed: str) -> None:
    desk.press("Alt+1", "Ctrl+K")
    assert desk.focus is desk.window.top_bar.search.line
    desk.write(typed)
    desk.wait()
    desk.press("Escape")
    assert desk.window.top_bar.search.line.text() == ""
    assert not desk.window.top_bar.search.popup.isVisible()
    assert board_has_the_keyboard(desk)


def test_a_letter_on_the_board_and_esc_is_as_if_nothing_was(desk: DeskStory) -> None:
    desk.press("Alt+1", "Home")
    desk.write("o")
    assert desk.focus is desk.window.top_bar.search.line
    desk.press("Escape")
    assert board_has_the_keyboard(desk)


def test_esc_in_the_search_line_comes_back_into_a_panel(desk: DeskStory) -> None:
    desk.press("Alt+1", "F3")
    desk.wait()
    line = desk.focus
    desk.press("Ctrl+K")
    desk.write("reed")
    desk.press("Escape")
    assert desk.focus is line


def test_a_command_from_the_search_line_leaves_the_keyboard_where_it_was(desk: DeskStory) -> None:
    desk.press("Alt+1", "Ctrl+K")
    desk.write("cancelled and missed")
    desk.wait()
    desk.press("Return")
    desk.wait(lambda: desk.says("Cancelled and missed visits are shown"))
    assert board_has_the_keyboard(desk)


def test_a_panel_that_is_left_gives_the_keyboard_back_to_the_board(desk: DeskStory) -> None:
    for key in ("F3", "F4", "Ctrl+Shift+N", "Ctrl+Shift+T"):
        desk.press("Alt+1", key)
        desk.wait()
        desk.press("Escape")
        desk.wait()
        assert board_has_the_keyboard(desk), key


def test_after_booking_the_arrows_go_on_from_the_visit(desk: DeskStory) -> None:
    desk.press("Alt+1", "F3")
    desk.write("oka")
    desk.press("Ctrl+Return")
    desk.wait()
    desk.write_driver(BEA.name, BEA.phone, "sister")
    desk.wait()
    desk.press("Ctrl+Return")
    desk.wait(lambda: desk.visits(desk.clinic.amara.id))
    (visit,) = desk.visits(desk.clinic.amara.id)
    desk.wait(lambda: desk.board.board.selected_visit == visit.id)
    assert board_has_the_keyboard(desk)


def test_a_visit_that_was_cancelled_gives_the_keyboard_back(desk: DeskStory) -> None:
    booked = book(desk.clinic.store, desk.clinic.desk, desk.clinic.wish())
    visit = booked.visits[0]
    desk.window.desk.hub.tell(booked.changes)
    desk.press("Alt+1")
    desk.wait(lambda: desk.board.board.select(visit.id))
    desk.press("Delete")
    desk.wait()
    desk.press("1", "Ctrl+Return")
    desk.wait(lambda: desk.board.board.selected_visit is None)
    assert board_has_the_keyboard(desk)


def test_nobody_found_offers_a_new_patient(desk: DeskStory) -> None:
    desk.press("Alt+1", "Ctrl+K")
    desk.write("Smtih, Ann")
    search = desk.window.top_bar.search
    desk.wait(search.popup.isVisible)
    row = str(search.popup.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))
    assert row == "New patient: Smtih, Ann. Nobody found by that."
    desk.press("Return")
    desk.wait(lambda: desk.window.current == "patients")
    (form,) = desk.window.findChildren(PatientForm)
    draft = form.draft()
    assert (draft.family_name, draft.given_name) == ("Smtih", "Ann")
    assert form.isAncestorOf(desk.focus)


def test_a_name_as_it_is_heard_is_found(desk: DeskStory) -> None:
    with desk.clinic.store.write(PROGRAM) as unit:
        made = unit.add(Patient(given_name="Dana", family_name="Vasquez"))
        changes = unit.commit()
    desk.window.desk.hub.tell(changes)
    desk.wait()
    desk.press("Alt+1", "Ctrl+K")
    desk.write("vaskez")
    desk.wait(desk.window.top_bar.search.popup.isVisible)
    desk.press("Return")
    desk.wait(lambda: desk.patients.view.facts is not None)
    assert desk.patients.chosen_patient() == made.id


def test_a_course_is_planned_from_the_patient_who_is_chosen(desk: DeskStory) -> None:
    desk.press("Alt+3")
    desk.write("okafor")
    desk.wait(lambda: desk.patients.chosen_patient() == desk.clinic.amara.id)
    desk.press("Ctrl+Shift+N")
    panel = desk.panels.course
    desk.wait(lambda: panel.plan is not None)
    assert desk.window.current == "board"
    assert panel.plan is not None
    assert panel.plan.wish.patient_id == desk.clinic.amara.id


@pytest.mark.parametrize("place", ["Alt+2", "Alt+3", "Alt+4", "Alt+5", "Alt+6", "Alt+9"])
def test_courses_the_to_place_list_and_the_repair_list_open_from_everywhere(
    desk: DeskStory, place: str
) -> None:
    desk.press(place, "Ctrl+Shift+N")
    desk.wait(lambda: desk.focus is desk.panels.course.patient.line)
    desk.press(place, "Ctrl+Shift+T")
    desk.wait(lambda: desk.says("No course waits for a time."))
    desk.press(place, "Ctrl+Shift+R")
    desk.wait(lambda: desk.window.current == "set-up")


def test_the_offer_of_a_new_time_names_the_patient_covers_nothing_and_ends_with_the_person(
    desk: DeskStory,
) -> None:
    clinic = desk.clinic
    with clinic.store.read() as records:
        template = next(one for one in records.setup().templates if one.code == "IV6")
    wishes = [(no, clinic.wish(day=MONDAY + timedelta(days=3 * no - 2))) for no in (1, 2)]
    booked = book_course(clinic.store, clinic.desk, CourseWish(template, wishes))
    visit = booked.visits[0]
    desk.window.desk.hub.tell(booked.changes)
    desk.press("Alt+1")
    desk.board.show_visit(visit.id, visit.day)
    desk.wait(lambda: desk.board.board.selected_visit == visit.id)
    desk.press("Delete")
    desk.wait()
    desk.press("1", "Ctrl+Return")
    desk.wait(lambda: desk.says("Okafor, Amara: visit 1 of 6 waits on the to-place list."))
    for place in ("Alt+4", "Alt+3", "Alt+6", "Alt+1"):
        desk.press(place)
        desk.wait()
        over, window = desk.window.notices, desk.window
        assert over.isVisible() is (place == "Alt+1"), "it waits where it was said"
        for button in window.body.stack.findChildren(QAbstractButton):
            if button.isVisible() and over.isVisible():
                at = QRect(button.mapTo(window, QPoint(0, 0)), button.size())
                assert not at.intersects(QRect(over.mapTo(window, QPoint(0, 0)), over.size())), button.text()
    desk.sit_down("Ines Park")
    assert not desk.window.notices.isVisible()


def test_with_a_panel_over_the_board_the_selected_visit_is_seen_beside_it(desk: DeskStory) -> None:
    clinic, window, board = desk.clinic, desk.window, desk.board.board
    room = clinic.rooms["Spravato 1"].id
    booked = book(clinic.store, clinic.desk, clinic.wish("SP56", 600, room_id=room))
    window.desk.hub.tell(booked.changes)
    desk.press("Alt+1")
    window.resize(683, 384)
    desk.wait(lambda: board.select(booked.visits[0].id))
    desk.press("Ctrl+D")
    desk.wait(desk.panels.driver.isVisible)
    assert window.body.overlays
    view = board.page.board
    at = view.visualRect(view.currentIndex())
    seen = QRect(view.viewport().mapTo(window, at.topLeft()), at.size())
    pane = window.body.pane
    under = QRect(pane.mapTo(window, QPoint(0, 0)), pane.size())
    assert not seen.intersects(under)
    desk.press("Escape")
    desk.wait(lambda: window.body.covered == 0)
    assert view.viewportMargins().right() == 0


def test_with_a_panel_over_the_board_f6_leads_to_nothing_that_lies_under_it(desk: DeskStory) -> None:
    window = desk.window
    desk.press("Alt+1")
    window.resize(683, 384)
    desk.board.board.page.bar.book.setFocus()  # where F6 would lead again
    desk.press("F3")
    desk.wait(desk.panels.booking.isVisible)
    assert window.body.overlays
    pane = window.body.pane
    under = QRect(pane.mapTo(window, QPoint(0, 0)), pane.size())
    reached = set()
    for _ in range(8):
        desk.press("F6")
        focus = desk.focus
        reached.add(focus.accessibleName())
        at = QRect(focus.mapTo(window, QPoint(0, 0)), focus.size())
        assert pane.isAncestorOf(focus) or not under.contains(at), focus.accessibleName()
    assert "Schedule board" in reached

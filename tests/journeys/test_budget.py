"""The budget of the front desk in the real window: how many keys and clicks each task takes, counted.

Each test starts from the board as it is opened. A chord is one action, so is a click, a double click or a
drag; the letters that say who or when come besides. Cursor travel counts, except to a slot or a visit that is
seen: there the cursor stands before the count begins, as a finger would.
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.people.model import Patient, UsualDriver
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui.board.cell_walk import Cell, column_of
from clinic_desktop.ui.paper import PaperDialog
from clinic_desktop.ui.printers import Printed
from clinic_desktop.ui.sheets import work
from tests.aftercare.test_day_sheets import infuse
from tests.journeys.counting import Hand
from tests.journeys.desk_story import DeskStory
from tests.small_clinic import MONDAY
from tests.treatment.stays import K, Stay

BEA_MARSH = UsualDriver("Bea Marsh", "(217) 555-0142", "sister")


@pytest.fixture
def hand(desk: DeskStory) -> Hand:
    """At the board; Bea Marsh drove Amara Okafor the last time, a week ago."""
    with desk.clinic.store.write(PROGRAM) as unit:
        record = unit.get(Patient, desk.clinic.amara.id)
        unit.save(replace(record, drivers=(BEA_MARSH,)))
        changes = unit.commit()
    desk.window.desk.hub.tell(changes)
    desk.wait()
    assert desk.window.current == "board"
    return Hand(desk)


@pytest.fixture
def visit(hand: Hand) -> Visit:
    """Amara's infusion at 10 in Infusion 1, on the board; the clock stands at 9:50."""
    desk = hand.desk
    made = book(desk.clinic.store, desk.clinic.desk, desk.clinic.wish())
    desk.window.desk.hub.tell(made.changes)
    desk.wait(lambda: made.visits[0].id in desk.board.board.presenter.blocks)
    desk.at(9, 50)
    return made.visits[0]


def amaras(hand: Hand) -> list[Visit]:
    return hand.desk.visits(hand.desk.clinic.amara.id)


def at_seen_slot(hand: Hand, room: str, minute: int) -> None:
    view = hand.board
    assert view.scene is not None
    column = column_of(view.scene.columns, view.scene.day, hand.desk.clinic.rooms[room].id)
    assert column is not None
    view.set_cursor(Cell(column, minute))


def at_seen_visit(hand: Hand, visit: Visit) -> None:
    hand.desk.board.board.select(visit.id)
    hand.desk.wait()


def by(hand: Hand, way: str, at_most: int) -> None:
    """The task took no more than that, by the one way alone."""
    assert hand.actions <= at_most, f"{hand.actions} actions"
    assert (hand.keyboard, hand.mouse) == ((True, False) if way == "keyboard" else (False, True))


class TestBookAKnownPatientAtASeenSlot:
    """At most 2 actions and the letters of the name."""

    def booked(self, hand: Hand) -> None:
        hand.desk.wait(lambda: len(amaras(hand)) == 1)
        (visit,) = amaras(hand)
        assert (visit.room_id, visit.minute) == (hand.desk.clinic.rooms["Infusion 2"].id, 615)
        assert visit.state is VisitState.BOOKED

    def test_by_keyboard(self, hand: Hand) -> None:
        at_seen_slot(hand, "Infusion 2", 615)
        hand.press("Return")
        hand.type("oka")
        hand.press("Ctrl+Return")
        self.booked(hand)
        by(hand, "keyboard", 2)

    def test_by_mouse(self, hand: Hand) -> None:
        hand.double_click_slot("Infusion 2", 615)
        hand.type("oka")
        hand.click(hand.desk.panels.booking.book)
        self.booked(hand)
        by(hand, "mouse", 2)


class TestBookASixVisitCourse:
    """At most 3 actions and the letters; the driver of the last time comes with the one Enter."""

    def booked(self, hand: Hand) -> None:
        hand.desk.wait(lambda: len(amaras(hand)) == 6)
        assert {one.state for one in amaras(hand)} == {VisitState.BOOKED}
        assert {one.plan.name for one in amaras(hand) if one.plan} == {"Bea Marsh"}

    def test_by_keyboard(self, hand: Hand) -> None:
        hand.type("oka 6 iv tue fri am")
        hand.press("Return")
        self.booked(hand)
        by(hand, "keyboard", 3)

    def test_by_keyboard_in_the_panel(self, hand: Hand) -> None:
        hand.press("Ctrl+Shift+N")
        hand.type("oka")
        hand.press("Return")
        hand.desk.wait(lambda: hand.desk.panels.course.plan is not None)
        hand.press("Ctrl+Return")
        self.booked(hand)
        by(hand, "keyboard", 3)

    def test_by_mouse(self, hand: Hand) -> None:
        hand.type("oka 6 iv")
        hand.click_row(hand.desk.window.top_bar.search.popup, 0)
        self.booked(hand)
        by(hand, "mouse", 3)


class TestFirstOpeningsThenBook:
    """1 key and Enter."""

    def booked(self, hand: Hand, before: int = 0) -> None:
        hand.desk.wait(lambda: len(amaras(hand)) == before + 1)
        assert amaras(hand)[-1].state is VisitState.BOOKED

    def test_by_keyboard_for_the_patient_of_a_seen_visit(self, hand: Hand, visit: Visit) -> None:
        at_seen_visit(hand, visit)
        hand.press("F4", "Return")
        self.booked(hand, before=1)
        by(hand, "keyboard", 2)

    def test_by_keyboard_in_the_one_line(self, hand: Hand) -> None:
        hand.type("oka sp")
        hand.press("Return")
        self.booked(hand)
        by(hand, "keyboard", 1)

    def test_by_keyboard_in_the_panel_for_a_patient_who_is_named(self, hand: Hand) -> None:
        """One Enter more: the times are seen before one is booked."""
        hand.press("F4")
        hand.type("oka")
        hand.press("Return", "Return")
        self.booked(hand)
        by(hand, "keyboard", 3)

    def test_by_mouse_for_the_patient_of_a_seen_visit(self, hand: Hand, visit: Visit) -> None:
        at_seen_visit(hand, visit)
        hand.push("First openings")
        hand.click(hand.desk.panels.booking.book)
        self.booked(hand, before=1)
        by(hand, "mouse", 2)

    def test_by_mouse_in_the_one_line(self, hand: Hand) -> None:
        hand.type("oka sp")
        hand.click_row(hand.desk.window.top_bar.search.popup, 0)
        self.booked(hand)
        by(hand, "mouse", 1)


class TestMoveWithinTheDay:
    """1 drag, or 3 keys."""

    def moved(self, hand: Hand, visit: Visit) -> None:
        hand.desk.wait(lambda: hand.desk.clinic.visit(visit.id).minute == 660)

    def test_by_keyboard(self, hand: Hand, visit: Visit) -> None:
        at_seen_visit(hand, visit)
        hand.press("Space", "Ctrl+Down", "Return")
        self.moved(hand, visit)
        by(hand, "keyboard", 3)

    def test_by_mouse(self, hand: Hand, visit: Visit) -> None:
        hand.drag("Infusion 1", 600, "Infusion 1", 660)
        self.moved(hand, visit)
        by(hand, "mouse", 1)


class TestMoveToAnotherDay:
    """2 actions and the letters of the day."""

    def moved(self, hand: Hand, visit: Visit) -> None:
        there = (MONDAY + timedelta(days=3), 615)
        hand.desk.wait(
            lambda: (hand.desk.clinic.visit(visit.id).day, hand.desk.clinic.visit(visit.id).minute) == there
        )

    def test_by_keyboard(self, hand: Hand, visit: Visit) -> None:
        at_seen_visit(hand, visit)
        hand.press("Ctrl+M")
        hand.type("thu 10:15")
        hand.press("Return")
        self.moved(hand, visit)
        by(hand, "keyboard", 2)

    def test_by_mouse_in_the_week(self, hand: Hand, visit: Visit) -> None:
        hand.push("Week")
        hand.drag("Infusion 1", 600, "Infusion 1", 615, days=3)
        self.moved(hand, visit)
        by(hand, "mouse", 2)


class TestArrived:
    """1 key."""

    def arrived(self, hand: Hand, visit: Visit) -> None:
        hand.desk.wait(lambda: hand.desk.clinic.visit(visit.id).state is VisitState.ARRIVED)

    def test_by_keyboard_at_a_seen_visit(self, hand: Hand, visit: Visit) -> None:
        at_seen_visit(hand, visit)
        hand.press("F2")
        self.arrived(hand, visit)
        by(hand, "keyboard", 1)

    def test_by_keyboard_and_the_letters_of_the_name(self, hand: Hand, visit: Visit) -> None:
        hand.type("oka")
        hand.press("F2")
        self.arrived(hand, visit)
        by(hand, "keyboard", 1)

    def test_by_mouse_at_a_seen_visit(self, hand: Hand, visit: Visit) -> None:
        at_seen_visit(hand, visit)
        hand.push("Next: arrived")
        self.arrived(hand, visit)
        by(hand, "mouse", 1)


class TestPrint:
    """1 key: the sheet of the visit comes out, and its page is seen. A second copy takes another."""

    @pytest.fixture(autouse=True)
    def out(self, monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
        """What came out of the printer."""
        pages: list[bytes] = []

        def print_pages(data: bytes, _title: str, _name: str, _told: object) -> Printed:
            pages.append(data)
            return Printed("Front desk")

        monkeypatch.setattr(work, "print_pages", print_pages)
        return pages

    @pytest.fixture
    def treated(self, hand: Hand, visit: Visit) -> Visit:
        """The infusion of the visit has ended."""
        infuse(hand.desk.clinic, visit.id)
        hand.desk.window.desk.hub.tell(Changes(1, days=frozenset({visit.day}), kinds=frozenset({"visit"})))
        hand.desk.wait()
        return visit

    def came_out(self, hand: Hand, out: list[bytes]) -> None:
        hand.desk.wait(lambda: len(out) == 1)
        hand.desk.wait(lambda: hand.desk.says("Printed on Front desk."))
        assert hand.desk.window.current == "sheets"

    def test_by_keyboard(self, hand: Hand, treated: Visit, out: list[bytes]) -> None:
        at_seen_visit(hand, treated)
        hand.press("Ctrl+P")
        self.came_out(hand, out)
        by(hand, "keyboard", 1)

    @pytest.mark.usefixtures("treated")
    def test_by_keyboard_and_the_letters_of_the_name(self, hand: Hand, out: list[bytes]) -> None:
        hand.type("oka")
        hand.press("Ctrl+P")
        self.came_out(hand, out)
        by(hand, "keyboard", 1)

    def test_by_mouse_at_a_seen_visit(self, hand: Hand, treated: Visit, out: list[bytes]) -> None:
        at_seen_visit(hand, treated)
        hand.push("Print the sheet")
        self.came_out(hand, out)
        by(hand, "mouse", 1)

    def test_what_is_printed_is_shown_and_not_printed_once_more(
        self, hand: Hand, treated: Visit, out: list[bytes]
    ) -> None:
        at_seen_visit(hand, treated)
        hand.press("Ctrl+P")
        self.came_out(hand, out)
        hand.press("Alt+1")
        hand.desk.wait(lambda: hand.desk.window.current == "board")
        at_seen_visit(hand, treated)
        hand.press("Ctrl+P")
        hand.desk.wait(lambda: hand.desk.window.current == "sheets")
        hand.desk.wait()
        assert len(out) == 1

    def test_before_the_dose_nothing_comes_out_and_the_reason_is_seen(
        self, hand: Hand, visit: Visit, out: list[bytes]
    ) -> None:
        said = Stay(hand.desk.clinic, visit.id).at(9, 50).is_(K.ARRIVED)
        hand.desk.window.desk.hub.tell(said.changes)
        hand.desk.wait()
        at_seen_visit(hand, visit)
        hand.press("Ctrl+P")
        hand.desk.wait(lambda: hand.desk.window.current == "sheets")
        hand.desk.wait()
        assert out == []

    def test_before_the_day_it_shows_what_to_do_before_the_visit(
        self, hand: Hand, visit: Visit, out: list[bytes]
    ) -> None:
        hand.desk.window.desk.render = render_pdf
        at_seen_visit(hand, visit)
        hand.press("Ctrl+P")
        hand.desk.wait(lambda: isinstance(QApplication.activeModalWidget(), PaperDialog))
        assert out == []
        hand.press("Escape")
        hand.desk.back_to_the_window()


class TestUndo:
    """1 key."""

    def test_by_keyboard(self, hand: Hand) -> None:
        self.booked(hand)
        hand.press("Ctrl+Z")
        hand.desk.wait(lambda: amaras(hand)[0].state is VisitState.CANCELLED)
        by(hand, "keyboard", 1)

    def test_by_mouse(self, hand: Hand) -> None:
        self.booked(hand)
        hand.push("Undo: Okafor, Amara booked for Mon, Nov 16, 10:00 AM")
        hand.desk.wait(lambda: amaras(hand)[0].state is VisitState.CANCELLED)
        by(hand, "mouse", 1)

    def booked(self, hand: Hand) -> None:
        hand.type("oka 10 iv")
        hand.press("Return")
        hand.desk.wait(lambda: len(amaras(hand)) == 1)
        hand.actions, hand.keyboard = 0, False


class TestFindAPatient:
    """1 key and the letters."""

    def found(self, hand: Hand) -> None:
        hand.desk.wait(lambda: hand.desk.window.current == "patients")
        hand.desk.wait(lambda: hand.desk.patients.chosen_patient() == hand.desk.clinic.amara.id)

    def test_by_keyboard(self, hand: Hand) -> None:
        hand.type("okafor")
        hand.press("Return")
        self.found(hand)
        by(hand, "keyboard", 1)

    def test_by_mouse(self, hand: Hand) -> None:
        hand.type("okafor")
        hand.click_row(hand.desk.window.top_bar.search.popup, 0)
        self.found(hand)
        by(hand, "mouse", 1)


def test_the_hand_counts_what_it_does(hand: Hand) -> None:
    hand.press("Down", "Ctrl+K")
    hand.type("oka")
    hand.press("Escape")
    assert (hand.actions, hand.letters, hand.keyboard, hand.mouse) == (3, 3, True, False)
    hand.click_slot("Infusion 1", 600)
    assert (hand.actions, hand.mouse) == (4, True)

"""Days and times typed into the one line: where the cursor goes, and where a visit in the hand does."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.people.model import Absence, Patient, UsualDriver
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.ui.board.carrying import Carried
from clinic_desktop.ui.board.scene import ViewKind
from tests.journeys.desk_story import DeskStory
from tests.small_clinic import MONDAY

THURSDAY = MONDAY + timedelta(days=3)


def booked(desk: DeskStory, code: str = "CON", minute: int = 600, **more: object) -> Visit:
    """A visit of Amara's on the shown board."""
    made = book(desk.clinic.store, desk.clinic.desk, desk.clinic.wish(code, minute, **more))
    desk.window.desk.hub.tell(made.changes)
    desk.press("Alt+1")
    visit = made.visits[0]
    desk.wait(lambda: visit.day != MONDAY or visit.id in desk.board.board.presenter.blocks)
    return visit


def in_hand(desk: DeskStory, code: str = "CON", key: str = "Ctrl+M") -> Visit:
    visit = booked(desk, code)
    desk.board.board.select(visit.id)
    desk.press(key)
    desk.wait()
    return visit


def answer(desk: DeskStory, text: str) -> str:
    """What the line says that Enter does."""
    desk.write(text)
    desk.wait(desk.window.top_bar.search.popup.isVisible)
    index = desk.window.top_bar.search.popup.currentIndex()
    return str(index.data(Qt.ItemDataRole.AccessibleTextRole))


def held(desk: DeskStory) -> Carried:
    carried = desk.board.board.page.board.carrying.carried
    assert carried is not None
    return carried


def enter_there(desk: DeskStory, day: date) -> None:
    desk.press("Return")
    desk.wait(lambda: desk.board.board.turner.shown.day == day)
    desk.wait()


def test_the_line_says_whose_visit_goes_where_and_one_enter_saves_it(desk: DeskStory) -> None:
    visit = in_hand(desk)
    said = answer(desk, "nov 19 3:40pm")
    assert said.startswith("Move Okafor, Amara to Thu, Nov 19, 3:40 PM. Saved if nothing needs a look first")
    desk.press("Return")
    desk.wait(lambda: desk.clinic.visit(visit.id).day == THURSDAY)
    assert desk.clinic.visit(visit.id).minute == 940
    desk.wait(lambda: desk.board.board.selected_visit == visit.id)
    assert desk.says("Okafor, Amara moved to Consult 1, Thu, Nov 19, 3:40")


def test_whom_to_call_about_it_is_said_as_it_is_saved(desk: DeskStory) -> None:
    visit = in_hand(desk, "IVM")
    answer(desk, "thu 10:15")
    desk.press("Return")
    desk.wait(lambda: desk.clinic.visit(visit.id).day == THURSDAY)
    words = "Okafor, Amara moved to Infusion 1, Thu, Nov 19, 10:15. Tell Bea Marsh: pick-up now 11:45"
    desk.wait(lambda: desk.says(words))


def test_a_day_alone_takes_it_along_and_says_so(desk: DeskStory) -> None:
    visit = in_hand(desk)
    assert answer(desk, "thu") == (
        "Take Okafor, Amara to Thu, Nov 19. It stays in the hand there, to be looked at first"
    )
    enter_there(desk, THURSDAY)
    assert held(desk).target.day == THURSDAY
    assert desk.clinic.visit(visit.id).day == MONDAY


def test_another_year_is_said(desk: DeskStory) -> None:
    in_hand(desk)
    assert answer(desk, "3/15/2027").startswith("Take Okafor, Amara to Monday, March 15, 2027.")


def test_the_end_in_the_hand_is_said_to_end_there(desk: DeskStory) -> None:
    in_hand(desk, "IVM", "F11")
    words = "Let Okafor, Amara stay until 12:05 PM. It stays in the hand, to be looked at first"
    assert answer(desk, "12:05") == words


def test_the_end_in_the_hand_does_not_go_to_another_day(desk: DeskStory) -> None:
    visit = in_hand(desk, "IVM", "F11")
    assert "the visit of Okafor, Amara stays as long as it is" in answer(desk, "thu 12:00")
    enter_there(desk, THURSDAY)
    assert desk.board.board.page.board.carrying.carried is None
    assert desk.clinic.visit(visit.id).version == visit.version


def test_with_nothing_in_the_hand_the_line_goes_to_the_day(desk: DeskStory) -> None:
    booked(desk)
    assert "Go to this day" in answer(desk, "thu 3:40pm")


def test_enter_before_the_answer_was_seen_moves_nothing(desk: DeskStory) -> None:
    visit = in_hand(desk)
    desk.write("thu 3:40pm")
    desk.press("Return")
    desk.wait(desk.window.top_bar.search.popup.isVisible)
    desk.wait()
    assert desk.clinic.visit(visit.id).day == MONDAY
    desk.press("Return")
    desk.wait(lambda: desk.clinic.visit(visit.id).day == THURSDAY)


# Where something is to be known first, one Enter does not save it.


def driver_gone(desk: DeskStory) -> str:
    """Bea Marsh drives until noon only."""
    with desk.clinic.store.write(PROGRAM) as unit:
        record = unit.get(Patient, desk.clinic.amara.id)
        unit.save(
            replace(record, drivers=(UsualDriver("Bea Marsh", "(217) 555-0142", "sister", to_minute=720),))
        )
        changes = unit.commit()
    desk.window.desk.hub.tell(changes)
    desk.wait()
    return "and the visit is over at 2:30 PM"


def spaced(desk: DeskStory) -> str:
    booked(desk, "IVM", day=MONDAY + timedelta(days=4))
    return "clear days"


def other_nurse(desk: DeskStory) -> str:
    with desk.clinic.store.write(PROGRAM) as unit:
        unit.add(Absence(staff_id=desk.clinic.maya.id, from_day=THURSDAY, to_day=THURSDAY))
        changes = unit.commit()
    desk.window.desk.hub.tell(changes)
    desk.wait()
    return "Tunde Okoro instead of Maya Jones"


@pytest.mark.parametrize("case", [spaced, other_nurse, driver_gone])
def test_what_is_to_be_known_first_holds_it_there_with_its_words(desk: DeskStory, case: object) -> None:
    visit = booked(desk, "IVM")
    assert callable(case)
    words = case(desk)
    desk.board.board.select(visit.id)
    desk.press("Ctrl+M")
    answer(desk, "thu 1pm")
    enter_there(desk, THURSDAY)
    carried = held(desk)
    assert (carried.target.day, carried.target.minute, carried.saving) == (THURSDAY, 780, False)
    assert carried.verdict is not None
    assert words in carried.verdict.spoken
    assert desk.clinic.visit(visit.id).day == MONDAY
    desk.press("Return")
    desk.wait(lambda: desk.clinic.visit(visit.id).day == THURSDAY)


def test_a_time_between_the_steps_of_the_board_is_held_where_it_is_drawn(desk: DeskStory) -> None:
    """It would be saved at another minute than the one that was typed."""
    visit = in_hand(desk)
    answer(desk, "thu 3:42pm")
    enter_there(desk, THURSDAY)
    assert held(desk).target.minute == 940
    assert desk.clinic.visit(visit.id).day == MONDAY


def test_in_the_week_it_goes_to_the_day_that_was_typed(desk: DeskStory) -> None:
    visit = booked(desk)
    desk.board.board.look(ViewKind.WEEK)
    desk.wait()
    desk.board.board.select(visit.id)
    desk.press("Ctrl+M")
    answer(desk, "thu")
    enter_there(desk, THURSDAY)
    assert held(desk).target.day == THURSDAY
    desk.board.board.turner.book.renew()
    desk.wait()
    assert held(desk).target.day == THURSDAY
    answer(desk, "fri 3:40pm")
    enter_there(desk, THURSDAY + timedelta(days=1))
    desk.wait(lambda: desk.clinic.visit(visit.id).day == THURSDAY + timedelta(days=1))


# With nothing in the hand.


def test_a_typed_day_and_time_put_the_cursor_there(desk: DeskStory) -> None:
    visit = booked(desk)
    board = desk.board.board
    board.select(visit.id)
    answer(desk, "dec 9 3:00pm")
    enter_there(desk, date(2026, 12, 9))
    assert board.selected_visit is None
    slot = board.free_slot()
    assert slot is not None
    assert (slot.day, slot.minute) == (date(2026, 12, 9), 900)
    assert desk.focus is board.page.board


def test_a_typed_time_of_the_shown_day_puts_the_cursor_there(desk: DeskStory) -> None:
    visit = booked(desk)
    board = desk.board.board
    board.select(visit.id)
    answer(desk, "3:00pm")
    enter_there(desk, MONDAY)
    assert board.selected_visit is None
    slot = board.free_slot()
    assert slot is not None
    assert (slot.day, slot.minute) == (MONDAY, 900)


# Numbers.


@pytest.mark.parametrize("typed", ["(512) 555-0142", "512 555-0142", "5125550142", "5550142", "555-0142"])
def test_a_phone_number_opens_its_owner_every_time(desk: DeskStory, typed: str) -> None:
    """Amara comes today: the list of today's patients, read anew, keeps who is shown."""
    visit = booked(desk)
    desk.press("Alt+3")  # today's patients stand in the list, and nothing is typed above it
    desk.wait()
    for _ in range(3):
        desk.press("Alt+1")
        assert answer(desk, typed).startswith("Okafor, Amara")
        assert desk.board.board.selected_visit == visit.id
        desk.press("Return")
        desk.wait()
        desk.wait(lambda: desk.patients.view.facts is not None)
        assert desk.patients.chosen_patient() == desk.clinic.amara.id


def test_who_is_shown_stays_shown_when_their_visit_leaves_today(desk: DeskStory) -> None:
    visit = booked(desk)
    desk.press("Alt+3")
    desk.wait()
    for _ in range(2):
        desk.press("Alt+1")
        answer(desk, "5550142")
        desk.press("Return")
        desk.wait(lambda: desk.patients.view.facts is not None)
        desk.wait()
    with desk.clinic.store.write(PROGRAM) as unit:
        unit.save(replace(desk.clinic.visit(visit.id), day=THURSDAY))
        changes = unit.commit()
    desk.window.desk.hub.tell(changes)
    desk.wait()
    desk.wait(lambda: desk.patients.view.facts is not None)
    assert desk.patients.chosen_patient() == desk.clinic.amara.id

"""R-19: one key takes the last change of the plan back, wherever in the window, and one does it again."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLineEdit

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.people.model import Absence
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.holding import name_driver
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.recording import record
from tests.journeys.desk_story import DeskStory
from tests.small_clinic import BEA, MONDAY
from tests.ui.front_desk import another_patient


@pytest.fixture
def visit(desk: DeskStory) -> Visit:
    """Amara's infusion at 10, selected on the board."""
    made = book(desk.clinic.store, desk.clinic.desk, desk.clinic.wish())
    desk.window.desk.hub.tell(made.changes)
    desk.press("Alt+1")
    desk.wait(lambda: made.visits[0].id in desk.board.board.presenter.blocks)
    desk.board.board.select(made.visits[0].id)
    return made.visits[0]


def did(desk: DeskStory, changes: Changes) -> None:
    """This desk changed something, by whatever panel."""
    desk.window.desk.hub.tell(changes)
    desk.window.desk.remember(changes)
    desk.wait()


def moved(desk: DeskStory, visit: Visit, minute: int) -> None:
    """The visit moves within its room."""
    now = desk.clinic.visit(visit.id)
    did(desk, move(desk.clinic.store, desk.window.desk.actor, [to(now, minute=minute)]).changes)


def minute(desk: DeskStory, visit: Visit) -> int:
    return desk.clinic.visit(visit.id).minute


def test_a_cancelled_visit_is_undone_by_one_key_from_another_place(desk: DeskStory, visit: Visit) -> None:
    desk.press("Delete")
    desk.wait(lambda: desk.focus is desk.panels.cancelling.reasons)
    desk.press("3", "Return")
    desk.wait(lambda: desk.clinic.visit(visit.id).state is VisitState.CANCELLED)
    name = "Okafor, Amara cancelled for Mon, Nov 16, 10:00 AM"
    desk.wait(lambda: desk.window.status_bar.offers)
    assert desk.button(f"Undo: {name}").isVisible()

    desk.press("Alt+2", "Ctrl+Z")
    desk.wait(lambda: desk.clinic.visit(visit.id).state is VisitState.BOOKED)
    desk.wait(lambda: desk.window.status_bar.said == f"Undone: {name}.")
    desk.push(f"Redo: {name}")
    desk.wait(lambda: desk.clinic.visit(visit.id).state is VisitState.CANCELLED)
    desk.wait(lambda: desk.window.status_bar.said == f"Done again: {name}.")
    desk.push(f"Undo: {name}")
    desk.wait(lambda: desk.clinic.visit(visit.id).state is VisitState.BOOKED)


def test_r16_a_repaired_day_is_taken_back_by_one_key(desk: DeskStory, visit: Visit) -> None:
    def away() -> list[Absence]:
        with desk.clinic.store.read() as records:
            return records.find(Absence)

    desk.board.repair_day(MONDAY)
    panel = desk.panels.repairing
    desk.wait(lambda: desk.focus is panel.event_part.kinds)
    desk.press("1")
    maya = [one.row.text for one in panel.event_part.people.choices].index("Maya Jones") + 1
    desk.press(str(maya))
    desk.wait(lambda: panel.proposal is not None and not panel._soon.isActive())
    desk.press("Return", "Return")
    desk.wait(lambda: desk.clinic.visit(visit.id).nurse_id == desk.clinic.tunde.id)
    assert len(away()) == 1
    desk.wait(lambda: desk.window.status_bar.offers)
    desk.press("Ctrl+Z")
    desk.wait(lambda: desk.clinic.visit(visit.id).nurse_id == desk.clinic.maya.id)
    desk.wait(lambda: desk.window.status_bar.said == "Undone: repair of Mon, Nov 16.")
    assert away() == []
    assert desk.window.desk.setup.absences == ()


def test_confirmed_by_key_and_taken_back(desk: DeskStory, visit: Visit) -> None:
    desk.press("F8")
    desk.wait(lambda: desk.clinic.visit(visit.id).state is VisitState.CONFIRMED)
    desk.press("Ctrl+Z")
    desk.wait(lambda: desk.clinic.visit(visit.id).state is VisitState.BOOKED)


def test_as_many_quick_presses_as_steps(desk: DeskStory, visit: Visit) -> None:
    for wanted in (615, 630, 645):
        moved(desk, visit, wanted)
    desk.press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    desk.wait(lambda: minute(desk, visit) == 600)
    desk.press("Ctrl+Y", "Ctrl+Shift+Z")
    desk.wait(lambda: minute(desk, visit) == 630)
    moved(desk, visit, 660)
    desk.press("Ctrl+Y")  # something new was done: nothing is left to do again
    desk.wait(lambda: desk.says("Nothing to do again."))
    assert minute(desk, visit) == 660


def test_one_who_presses_while_it_is_saved_means_what_is_saved(desk: DeskStory, visit: Visit) -> None:
    moved(desk, visit, 615)
    desk.press("F8", "Ctrl+Z")
    desk.wait(lambda: desk.says("Undone: Okafor, Amara confirmed"))
    assert (minute(desk, visit), desk.clinic.visit(visit.id).state) == (615, VisitState.BOOKED)


def test_with_nothing_to_undo_it_says_so(desk: DeskStory) -> None:
    desk.press("Alt+1", "Ctrl+Z")
    assert desk.says("Nothing to undo.")
    assert not desk.window.commands.can_run("undo")
    assert not desk.window.commands.can_run("redo")


def test_in_a_text_field_the_keys_are_the_texts_own(desk: DeskStory, visit: Visit) -> None:
    moved(desk, visit, 615)
    desk.press("Ctrl+K")
    line = desk.focus
    assert isinstance(line, QLineEdit)
    desk.write("oka")
    desk.press("Ctrl+Z")
    assert line.text() == ""
    desk.press("Ctrl+Y")
    assert line.text() == "oka"
    desk.press("Ctrl+Z", "Ctrl+Z")
    desk.wait()
    assert minute(desk, visit) == 615


def test_what_another_desk_changed_since_is_left_and_said(desk: DeskStory, visit: Visit) -> None:
    moved(desk, visit, 615)
    moved(desk, visit, 630)
    now = desk.clinic.visit(visit.id)
    name_driver(desk.clinic.store, desk.clinic.nurse, [(now.id, now.version)], replace(BEA, name="Jo Marsh"))
    desk.press("Ctrl+Z")
    desk.wait(desk.window.notices.notices)
    said = desk.window.notices.notices()[-1].accessibleName()
    assert said.startswith("Not undone. Maya Jones changed the visit of Okafor, Amara at 7:00 AM.")
    desk.press("Ctrl+Z")  # the step is gone, and so is the one before it: that visit was changed too
    desk.wait(lambda: not desk.window.can_undo())
    assert minute(desk, visit) == 630


def test_a_step_whose_time_has_passed_makes_room_for_the_one_before(desk: DeskStory, visit: Visit) -> None:
    wish = replace(desk.clinic.wish(minute=840), patient_id=another_patient(desk.clinic, "Ezra", "Bloom").id)
    made = book(desk.clinic.store, desk.window.desk.actor, wish)
    did(desk, made.changes)
    moved(desk, visit, 720)
    desk.at(11)
    desk.press("Ctrl+Z")
    desk.wait(desk.window.notices.notices)
    said = desk.window.notices.notices()[-1].accessibleName()
    assert "10:00 AM on Mon, Nov 16 has passed." in said
    assert "Once more undoes: Bloom, Ezra booked for Mon, Nov 16, 2:00 PM." in said
    desk.press("Ctrl+Z")
    desk.wait(lambda: desk.clinic.visit(made.visits[0].id).state is VisitState.CANCELLED)
    assert minute(desk, visit) == 720
    desk.wait(lambda: not desk.window.can_undo())


def test_somebody_else_who_acts_begins_with_no_steps(desk: DeskStory, visit: Visit) -> None:
    moved(desk, visit, 615)
    desk.sit_down("Ines Park")
    assert not desk.window.can_undo()
    desk.press("Ctrl+Z")
    desk.wait()
    assert minute(desk, visit) == 615


def test_a_fact_is_no_step_and_what_stood_before_it_is_not_undone(desk: DeskStory, visit: Visit) -> None:
    moved(desk, visit, 615)
    desk.at(10)
    actor = desk.window.desk.actor
    came = record(desk.clinic.store, actor, visit.id, [Stamp(kind=StampKind.ARRIVED)])
    did(desk, came.changes)
    desk.press("Ctrl+Z")
    desk.wait(lambda: desk.says("Once more undoes"))
    assert not desk.window.notices.notices()
    desk.press("Ctrl+Z")
    desk.wait(desk.window.notices.notices)
    assert "what happened is corrected on the floor" in (desk.window.notices.notices()[-1].accessibleName())
    assert desk.clinic.visit(visit.id).state is VisitState.ARRIVED


def test_twenty_steps_and_no_more(desk: DeskStory, visit: Visit) -> None:
    for number in range(22):
        moved(desk, visit, 605 + 5 * number)
    for _ in range(25):
        desk.press("Ctrl+Z")
    desk.wait(lambda: desk.says("Nothing to undo."))
    assert minute(desk, visit) == 610

"""Moving a visit on a real clinic, by mouse and by key: saved, refused, overtaken, put back."""

from datetime import timedelta

import pytest
from PySide6.QtTest import QTest

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.scheduling.courses import CourseWish, book_course
from clinic_desktop.scheduling.freed import Slot
from clinic_desktop.scheduling.model import CourseTemplate, Override, Step
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.storage import check
from clinic_desktop.treatment.model import StampKind
from clinic_desktop.ui.board import actions
from clinic_desktop.ui.board.forecast import Fit, Mark
from clinic_desktop.ui.dialogs import ChoiceDialog
from tests.small_clinic import MONDAY
from tests.ui.board.stage import LEFT, Key, Mod, Stage
from tests.ui.grab import grab

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def asked(monkeypatch) -> list[dict]:
    """The reason dialog, answered at once with the first reason, or left with Esc by ``answer`` None."""
    seen: list[dict] = []

    class Asked:
        answer: str | None = "A clinician has agreed"

        @classmethod
        def ask(cls, _parent, title, text, reasons, verb, on_reason):
            seen.append({"title": title, "text": text, "reasons": reasons, "verb": verb})
            if cls.answer is not None:
                on_reason("clinician", cls.answer)
            return _Left(leave=cls.answer is None)

    class _Left:
        def __init__(self, leave):
            self._leave = leave
            self.rejected = self

        def connect(self, handler):
            if self._leave:
                handler()

    monkeypatch.setattr(actions, "ReasonDialog", Asked)
    seen_class = Asked
    seen.append({"class": seen_class})
    return seen


def overrides(stage: Stage) -> list[Override]:
    with stage.clinic.store.read() as records:
        return records.find(Override)


# By mouse.


def test_a_drag_saves_where_it_is_let_go(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    stage.drag(visit, "Infusion 2", 615)
    after = stage.visit(visit)
    assert (after.minute, after.room_id) == (615, stage.clinic.rooms["Infusion 2"].id)
    assert stage.said == "Okafor, Amara moved to Infusion 2, 10:15"
    assert stage.placed(visit).column == stage.column("Infusion 2")
    assert stage.view.carrying.carried is None
    assert stage.board.selected_visit == visit.id


def test_a_carried_visit_says_of_unusual_days_what_booking_says(stage, qtbot):
    stage.book()
    late = stage.book(day=MONDAY + timedelta(days=11))
    stage.open(qtbot)
    stage.place.show_visit(late.id, late.day)
    stage.settle()
    stage.drag(late, "Infusion 2", 615, drop=False)
    grab(stage.shell, "unusual-days")
    said = stage.view.carrying.carried.verdict
    about_days = [(one.mark, one.text) for one in said.lines if "after the visit" in one.text]
    assert about_days == [(Mark.WARN, "11 days after the visit on Mon, Nov 16; at most 7 are usual.")]


def test_a_drag_is_undone_by_one_key_and_the_board_shows_it(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    stage.drag(visit, "Infusion 2", 615)
    stage.press(Key.Key_Z, Mod.ControlModifier)
    stage.settle()
    assert (stage.visit(visit).minute, stage.visit(visit).room_id) == (visit.minute, visit.room_id)
    assert stage.said == "Undone: Okafor, Amara moved to Infusion 2, 10:15 AM."
    assert stage.placed(visit).column == stage.column("Infusion 1")


def test_after_a_fact_was_recorded_the_key_first_names_what_it_would_take_back(stage, qtbot):
    """Somebody who wants the arrival back does not lose a move of an hour ago instead."""
    visit, other = stage.book(), stage.book("Petrov, Nina", minute=780)
    stage.open(qtbot)
    stage.drag(visit, "Infusion 2", 615)
    stage.board.select(other.id)
    stage.press(Key.Key_F2)
    stage.settle()
    assert stage.visit(other).arrived is not None
    stage.press(Key.Key_Z, Mod.ControlModifier)
    stage.settle()
    assert stage.said == (
        "What you recorded last is corrected where it stands, not undone. "
        "Once more undoes: Okafor, Amara moved to Infusion 2, 10:15 AM."
    )
    assert stage.visit(visit).minute == 615
    stage.press(Key.Key_Z, Mod.ControlModifier)
    stage.settle()
    assert stage.visit(visit).minute == visit.minute
    assert stage.visit(other).arrived is not None


def test_while_it_is_dragged_the_verdict_of_every_resource_stands_beside_it(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    stage.drag(visit, "Infusion 2", 660, drop=False)
    carried = stage.view.carrying.carried
    assert carried.verdict.fit is Fit.FITS
    assert [one.text for one in carried.verdict.lines] == [
        "Room free 8:00 to 5:30",
        "Nurse MJ, 1 of 3 patients",
        "Dr. Lin on site until 6:00",
        "Tell Bea Marsh: pick-up now 12:30",
    ]
    assert carried.block_there.start == 660
    assert stage.view.delegate.faded == visit.id
    stage.view.viewport().grab()  # the card is painted
    stage.press(Key.Key_Escape)
    assert stage.visit(visit).version == visit.version


def test_escape_during_a_drag_saves_nothing(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    stage.drag(visit, "Infusion 2", 660, drop=False)
    stage.press(Key.Key_Escape)
    QTest.mouseRelease(stage.view.viewport(), LEFT, Mod.NoModifier, stage.point("Infusion 2", 660))
    stage.settle()
    assert stage.visit(visit).version == visit.version
    assert stage.view.delegate.faded is None


def test_a_drop_onto_another_visit_says_who_is_in_the_way(stage, qtbot):
    visit = stage.book()
    stage.book("Petrov, Nina", minute=720, room="Infusion 2")
    stage.open(qtbot)
    stage.drag(visit, "Infusion 2", 705)
    assert stage.visit(visit).version == visit.version
    assert any("Infusion 2 is taken until 1:45 PM" in one for one in stage.notices)


def test_let_go_where_it_was_nothing_is_saved(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    stage.board.select(visit.id)
    stage.press(Key.Key_Space)
    stage.press(Key.Key_Down)
    stage.press(Key.Key_Up)
    stage.settle()
    stage.press(Key.Key_Return)
    stage.settle()
    assert stage.visit(visit).version == visit.version
    assert stage.view.carrying.carried is None


def test_a_patient_in_the_room_is_not_moved(stage, qtbot):
    visit = stage.book(minute=570)
    stage.stamp(visit, StampKind.IN_ROOM, 9, 30)
    stage.open(qtbot)
    stage.drag(visit, "Infusion 2", 615)
    assert stage.visit(visit).room_id == stage.clinic.rooms["Infusion 1"].id
    assert any("cannot be moved any more" in one for one in stage.notices)


def test_a_drop_on_a_nurses_lane_changes_the_nurse(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    stage.press(Key.Key_2, Mod.ControlModifier)
    stage.settle()
    stage.drag(visit, "Tunde Okoro, lane 1", 600)
    after = stage.visit(visit)
    assert after.nurse_id == stage.clinic.tunde.id
    assert (after.minute, after.room_id) == (600, visit.room_id)
    assert stage.said == "Okafor, Amara moved to Infusion 1, 10:00, Tunde Okoro instead of Maya Jones"


# By key.


def test_space_arrows_and_enter_move_within_the_day(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    stage.board.select(visit.id)
    stage.press(Key.Key_Space)
    stage.press(Key.Key_Right)
    stage.press(Key.Key_Down, Mod.ControlModifier)
    stage.settle()
    stage.press(Key.Key_Return)
    stage.settle()
    after = stage.visit(visit)
    assert (after.minute, after.room_id) == (660, stage.clinic.rooms["Infusion 2"].id)


def test_page_home_and_end_carry_what_is_in_the_hand(stage, qtbot):
    visit = stage.book(minute=600)
    stage.open(qtbot)
    stage.board.select(visit.id)
    stage.press(Key.Key_Space)
    held = lambda: stage.view.carrying.carried.cell.minute  # noqa: E731 - read again and again
    cursor = stage.view.cursor_cell
    stage.press(Key.Key_PageDown)
    assert held() == 720
    stage.press(Key.Key_PageUp, times=2)
    assert held() == 480
    stage.press(Key.Key_Home)
    assert held() == 570  # now
    stage.press(Key.Key_End)
    assert held() == stage.view.scene.last - 5
    stage.press(Key.Key_BracketRight)
    assert (stage.board.selected_visit, stage.view.cursor_cell) == (visit.id, cursor)
    stage.press(Key.Key_Home)
    stage.press(Key.Key_PageDown)
    stage.press(Key.Key_Return)
    stage.settle()
    assert stage.visit(visit).minute == 690


def test_a_visit_in_hand_goes_along_to_another_day(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    stage.board.select(visit.id)
    stage.press(Key.Key_M, Mod.ControlModifier)
    stage.press(Key.Key_Right, Mod.AltModifier)
    stage.settle()
    assert stage.view.carrying.carried.target.day == TUESDAY
    stage.press(Key.Key_Return)
    stage.settle()
    assert (stage.visit(visit).day, stage.visit(visit).minute) == (TUESDAY, 600)
    assert stage.board.selected_visit == visit.id


def a_course_of(stage, *days):
    """A course of the patient's with a visit on each of the days after Monday."""
    clinic = stage.clinic
    wishes = [
        (no, clinic.wish(minute=600, day=MONDAY + timedelta(days=day)))
        for no, day in enumerate(days, start=1)
    ]
    template = CourseTemplate(code="IV6", name="IV ketamine", steps=(Step("IVM", len(days)),))
    return book_course(clinic.store, clinic.desk, CourseWish(template, wishes)).visits


def test_a_visit_of_a_course_that_goes_to_another_day_asks_how_far_that_reaches(stage, qtbot):
    first, _ = a_course_of(stage, 0, 3)
    stage.open(qtbot)
    stage.board.select(first.id)
    stage.press(Key.Key_M, Mod.ControlModifier)
    stage.press(Key.Key_Right, Mod.AltModifier)
    stage.settle()
    stage.press(Key.Key_Return)
    stage.settle()
    assert stage.panels.asked == [("move in course", first.id, TUESDAY)]
    assert stage.visit(first).day == TUESDAY


def test_within_the_day_no_course_is_asked(stage, qtbot):
    first, _ = a_course_of(stage, 0, 3)
    stage.open(qtbot)
    stage.board.select(first.id)
    stage.press(Key.Key_M, Mod.ControlModifier)
    stage.press(Key.Key_Down, Mod.NoModifier)
    stage.press(Key.Key_Return)
    stage.settle()
    assert stage.panels.asked == []
    assert stage.visit(first).minute > 600


def carried_to(stage: Stage, visit, typed: str) -> None:
    """In the hand, at a day and time that were typed."""
    stage.board.select(visit.id)
    stage.press(Key.Key_M, Mod.ControlModifier)
    stage.press(Key.Key_G, Mod.ControlModifier)
    QTest.keyClicks(stage.focused(), typed)
    stage.press(Key.Key_Return)
    stage.settle()


def test_a_typed_day_and_time_carry_it_there(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    carried_to(stage, visit, "thu 10:15")
    target = stage.view.carrying.carried.target
    assert (target.day, target.minute) == (MONDAY + timedelta(days=3), 615)
    assert stage.focused() is stage.view
    stage.press(Key.Key_Return)
    stage.settle()
    assert (stage.visit(visit).day, stage.visit(visit).minute) == (MONDAY + timedelta(days=3), 615)


def test_enter_takes_the_nearest_start_when_it_does_not_fit(stage, qtbot):
    visit = stage.book()
    stage.book("Petrov, Nina", minute=720, room="Infusion 2", nurse_id=stage.clinic.tunde.id)
    stage.open(qtbot)
    stage.board.select(visit.id)
    stage.press(Key.Key_Space)
    stage.press(Key.Key_Right)
    stage.press(Key.Key_Down, Mod.ControlModifier)
    stage.settle()
    assert stage.view.carrying.carried.verdict.fit is Fit.NOT
    stage.press(Key.Key_Return)
    assert stage.view.carrying.carried.cell.minute == 615
    stage.press(Key.Key_Return)
    stage.settle()
    assert stage.visit(visit).minute == 615


def test_escape_puts_it_back_wherever_the_focus_is(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    stage.board.select(visit.id)
    stage.press(Key.Key_Space)
    stage.board.inspector.visit.next.setFocus()
    stage.press(Key.Key_Escape)
    assert stage.view.carrying.carried is None


# Rules and others.


def late(stage: Stage, visit) -> None:
    """Carry it to half past four, an hour before closing: it would end after hours."""
    stage.board.select(visit.id)
    stage.press(Key.Key_Space)
    stage.press(Key.Key_Down, Mod.ControlModifier, times=6)
    stage.press(Key.Key_Down, Mod.NoModifier, times=6)
    stage.settle()
    assert stage.view.carrying.carried.cell.minute == 990
    stage.press(Key.Key_Return)
    stage.settle()


def test_a_hard_rule_asks_for_a_reason_in_one_dialog(stage, qtbot, asked):
    stage.role = Role.MANAGER
    visit = stage.book()
    stage.open(qtbot)
    late(stage, visit)
    [_, dialog] = asked
    assert dialog["title"] == "This goes over a rule"
    assert "Infusion 1 is closed then." in dialog["text"]
    assert dialog["verb"] == "Move to Infusion 1, 4:30"
    assert stage.visit(visit).minute == 990
    assert {one.reason for one in overrides(stage)} == {"A clinician has agreed"}


def test_leaving_the_dialog_and_the_hand_puts_the_visit_back(stage, qtbot, asked):
    stage.role = Role.MANAGER
    asked[0]["class"].answer = None
    visit = stage.book()
    stage.open(qtbot)
    late(stage, visit)
    assert stage.view.carrying.holding  # a step back: it is carried on
    stage.press(Key.Key_Escape)
    assert stage.visit(visit).version == visit.version
    assert stage.view.carrying.carried is None
    assert not overrides(stage)


def test_without_the_right_nobody_is_asked(stage, qtbot, asked):
    visit = stage.book()
    stage.open(qtbot)
    late(stage, visit)
    assert len(asked) == 1
    assert stage.visit(visit).version == visit.version
    assert stage.view.carrying.holding  # and Enter took the nearest start instead
    stage.press(Key.Key_Escape)


@pytest.fixture
def race(stage, qtbot):
    """A visit that was dragged to where somebody else was just put from another desk."""
    visit = stage.book()
    other = stage.book("Petrov, Nina", minute=780, room="Infusion 3", nurse_id=stage.clinic.tunde.id)
    stage.open(qtbot)
    room = stage.clinic.rooms["Infusion 2"].id
    move(stage.clinic.store, PROGRAM, [to(other, minute=630, room_id=room)])  # no news of it yet
    stage.drag(visit, "Infusion 2", 615)
    (dialog,) = stage.shell.findChildren(ChoiceDialog)
    qtbot.waitUntil(dialog.isVisible)
    return visit, other, dialog


def test_a_place_that_was_just_taken_says_by_whom_and_offers_the_nearest_times(stage, qtbot, race):
    """R-1 and item 12."""
    visit, other, dialog = race
    assert dialog.accessibleName() == "Infusion 2 today at 10:15 AM was just taken"
    assert "Petrov, Nina is there now. The visit of Okafor, Amara was not moved." in (
        dialog.accessibleDescription()
    )
    assert dialog.list.model().rowCount() == 3
    assert stage.visit(visit).minute == 600
    assert stage.placed(other).block.start == 630  # read anew
    assert stage.view.carrying.carried is None
    qtbot.keyClick(dialog.list, Key.Key_Return)
    stage.settle()
    moved = stage.visit(visit)
    assert (moved.day, moved.minute) == (MONDAY, 615)
    assert moved.room_id not in (stage.clinic.rooms["Infusion 2"].id, None)


def test_after_a_lost_race_the_visit_may_stay_where_it_is(stage, qtbot, race):
    visit, _, dialog = race
    qtbot.keyClick(dialog.list, Key.Key_Escape)
    stage.settle()
    assert stage.visit(visit).version == visit.version


def test_a_visit_that_another_desk_changed_is_not_moved_over_it(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    move(stage.clinic.store, PROGRAM, [to(visit, minute=610)])
    stage.drag(visit, "Infusion 2", 660)
    assert any("Somebody else changed this visit" in one for one in stage.notices)
    assert stage.visit(visit).minute == 610
    assert stage.placed(visit).block.start == 610


def test_a_place_taken_while_it_is_held_there_turns_the_verdict(stage, qtbot):
    visit = stage.book()
    other = stage.book("Petrov, Nina", minute=780, room="Infusion 3", nurse_id=stage.clinic.tunde.id)
    stage.open(qtbot)
    stage.board.select(visit.id)
    stage.press(Key.Key_Space)
    stage.press(Key.Key_Right)
    assert stage.view.carrying.carried.verdict.fit is Fit.FITS
    room = stage.clinic.rooms["Infusion 2"].id
    changes = move(stage.clinic.store, PROGRAM, [to(other, minute=630, room_id=room)]).changes
    stage.desk.hub.tell(changes)
    stage.settle()
    assert stage.view.carrying.carried.verdict.fit is Fit.SWAPS
    stage.press(Key.Key_Escape)


def test_a_displaced_visit_is_moved_to_another_room(stage, qtbot):
    first = stage.book("Petrov, Nina", minute=480)
    second = stage.book(minute=585)
    stage.stamp(first, StampKind.IN_ROOM, 9, 20)
    stage.open(qtbot)
    stage.drag(second, "Infusion 2", 615)
    after = stage.visit(second)
    assert not after.displaced
    assert after.room_id == stage.clinic.rooms["Infusion 2"].id
    assert after.state is VisitState.BOOKED
    assert stage.placed(second).column == stage.column("Infusion 2")


def test_the_reason_is_asked_of_whoever_acts_now(stage, qtbot, asked):
    visit = stage.book()
    stage.open(qtbot)
    stage.desk.act_as(Actor(0, frozenset({Role.PRESCRIBER}), "front"))
    late(stage, visit)
    assert len(asked) == 2


# Two at once on purpose.


def onto(stage: Stage, visit) -> None:
    """Carry it an hour later into Infusion 2, where another visit begins at noon."""
    stage.board.select(visit.id)
    stage.press(Key.Key_Space)
    stage.press(Key.Key_Right)
    stage.press(Key.Key_Down, Mod.ControlModifier)
    stage.settle()
    stage.press(Key.Key_Return)
    stage.settle()


def test_r2_two_visits_at_once_ask_for_a_reason_and_are_hatched(stage, qtbot, asked):
    stage.role = Role.MANAGER
    visit = stage.book()
    stage.book("Petrov, Nina", minute=720, room="Infusion 2", nurse_id=stage.clinic.tunde.id)
    stage.open(qtbot)
    onto(stage, visit)
    [_, dialog] = asked
    assert dialog["text"] == "Infusion 2 is not free before 1:45: Petrov, Nina."
    assert stage.visit(visit).minute == 660
    assert [(one.rule, one.scope.subject) for one in overrides(stage)] == [
        ("overlap", f"room {stage.clinic.rooms['Infusion 2'].id}")
    ]
    assert stage.placed(visit).block.shares
    assert any("Overlaps another visit on purpose" in one for one in stage.sentences)
    stage.view.viewport().grab()  # the hatch is painted
    assert [one.code for one in check.findings(stage.clinic.store.where)] == []


def test_left_without_a_reason_it_is_in_hand_again_where_it_was_held(stage, qtbot, asked):
    """Esc in the dialog is one step back: it is carried on, and another Esc puts it back."""
    stage.role = Role.MANAGER
    asked[0]["class"].answer = None
    visit = stage.book()
    stage.book("Petrov, Nina", minute=720, room="Infusion 2", nurse_id=stage.clinic.tunde.id)
    stage.open(qtbot)
    onto(stage, visit)
    assert len(asked) == 2
    assert stage.visit(visit).version == visit.version
    carried = stage.view.carrying.carried
    assert (carried.block.id, carried.target.minute, stage.view.carrying.holding) == (visit.id, 660, True)
    asked[0]["class"].answer = "A clinician has agreed"
    stage.press(Key.Key_Return)
    stage.settle()
    assert stage.visit(visit).minute == 660


def test_one_reason_for_a_shared_place_names_the_rules_that_it_goes_over_too(stage, qtbot, asked):
    """Else only the place would be read, and a second treatment that day gone over unread."""
    tuesday = MONDAY + timedelta(days=1)
    visit = stage.book()
    stage.book(day=tuesday, minute=900, room="Infusion 3")
    nina = {"day": tuesday, "minute": 660, "room": "Infusion 1", "nurse_id": stage.clinic.tunde.id}
    stage.book("Petrov, Nina", **nina)
    stage.role = Role.MANAGER
    stage.open(qtbot)
    carried_to(stage, visit, "tue 11:00")
    stage.press(Key.Key_Return)
    stage.settle()
    text = asked[-1]["text"]
    assert text.startswith("Okafor, Amara is treated on Tue, Nov 17 already, at 3:00 PM")
    assert text.endswith("Infusion 1 is not free before 12:45: Petrov, Nina.")


def test_a_lost_race_is_no_overlap_on_purpose(stage, qtbot, asked):
    stage.role = Role.MANAGER
    visit = stage.book()
    other = stage.book("Petrov, Nina", minute=780, room="Infusion 3", nurse_id=stage.clinic.tunde.id)
    stage.open(qtbot)
    room = stage.clinic.rooms["Infusion 2"].id
    move(stage.clinic.store, PROGRAM, [to(other, minute=630, room_id=room)])  # no news yet
    stage.drag(visit, "Infusion 2", 615)
    assert len(asked) == 1
    assert stage.visit(visit).minute == 600


# What it frees.


def test_the_time_that_a_move_frees_is_told_once_it_is_saved(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    stage.drag(visit, "Infusion 2", 720)
    assert stage.panels.freed_slots == [Slot(MONDAY, 600, 705, visit.room_id)]


def test_a_visit_that_is_put_back_or_refused_frees_nothing(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    stage.drag(visit, "Infusion 1", 600)
    stage.drag(visit, "Spravato 1", 720)
    assert stage.visit(visit).minute == 600
    assert stage.panels.freed_slots == []

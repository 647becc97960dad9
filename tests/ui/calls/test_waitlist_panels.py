"""The waitlist on the board: a cancellation shows whom to call; a digit and Enter, and the next follows."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.people.model import Patient, UsualDriver
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.calls import CallAttempt, CallOutcome
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.scheduling.waiting import WaitEntry, wait_for, waiting
from clinic_desktop.ui.dialogs import ChoiceDialog, QuestionDialog
from clinic_desktop.ui.waitlist import opening_panel
from clinic_desktop.ui.waitlist.reading import Wanted
from tests.small_clinic import MONDAY
from tests.ui.front_desk import TUESDAY, FrontDesk, another_patient

Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
DRIVER = UsualDriver("Bea Marsh", "(217) 555-0142", "sister")


def waits(stage: FrontDesk, given: str, family: str, **changes: object) -> Patient:
    clinic = stage.clinic
    patient = another_patient(clinic, given, family, **changes)
    clinic.clock.forward(1)
    done = wait_for(clinic.store, clinic.desk, WaitEntry(patient_id=patient.id, type_code="IVM"))
    stage.desk.hub.tell(done.changes)
    stage.wait()
    return patient


@pytest.fixture
def cancelled(stage: FrontDesk):
    """Two wait; Amara's visit of Tuesday is cancelled by keys on the board."""
    waits(stage, "Ezra", "Bloom")
    waits(stage, "Iris", "Vale", drivers=(DRIVER,))
    visit = stage.book()
    board = stage.go("board")
    board.show_visit(visit.id, TUESDAY)
    stage.wait()
    board.focus_work()
    stage.press(Key.Key_Delete)
    stage.press(Key.Key_1)
    stage.press(Key.Key_Return)
    stage.wait(lambda: stage.panels.opening.isVisible() and stage.panels.opening.read is not None)
    return visit


def calls(stage: FrontDesk) -> list[CallAttempt]:
    with stage.clinic.store.read() as records:
        return records.find(CallAttempt)


def test_a_cancellation_shows_the_best_with_phone_and_why(stage: FrontDesk, cancelled) -> None:
    panel = stage.panels.opening
    assert panel.subtitle.text() == "Tue, Nov 17, 10:00 AM, Infusion 1"
    assert panel.subtitle.height() >= panel.subtitle.heightForWidth(panel.subtitle.width())  # never cut
    rows = [one.row for one in panel.people.choices]
    assert [one.text for one in rows] == ["Vale, Iris", "Bloom, Ezra"]
    assert "Bea Marsh can drive." in rows[0].detail
    assert rows[0].right == "(512) 555-0142"
    assert "date of birth" in panel.first.text()
    assert "ketamine" not in panel.first.text()
    board = stage.window.place("board").board.page.board
    assert board.ghosts[0].note == "2 could come"


def test_r17_the_next_person_follows_and_booking_is_one_digit_and_enter(stage: FrontDesk, cancelled) -> None:
    panel = stage.panels.opening
    assert panel.people.hasFocus()
    stage.press(Key.Key_1)
    assert not calls(stage), "a digit only chooses"
    stage.press(Key.Key_Return)
    assert [one.outcome for one in calls(stage)] == [CallOutcome.NO_ANSWER]
    assert [one.row.text for one in panel.people.choices] == ["Bloom, Ezra", "Vale, Iris"]
    assert panel.chosen.about.patient.family_name == "Bloom"
    stage.press(Key.Key_3)
    assert panel.record.text() == "Book Bloom, Ezra"
    stage.press(Key.Key_Return)
    with stage.clinic.store.read() as records:
        visits = records.visits_on(TUESDAY, TUESDAY)
        assert [entry.patient_id for entry in waiting(records)] != []
    assert [one.state for one in visits] == [VisitState.CANCELLED, VisitState.HELD]
    assert not panel.isVisible()
    assert "Bloom, Ezra: booked." in stage.said()


def test_a_call_that_was_begun_is_there_again(stage: FrontDesk, cancelled) -> None:
    panel = stage.panels.opening
    asked = panel._asked
    stage.press(Key.Key_Down, Key.Key_2)
    panel.note.setText("rings again at noon")
    outcome, chosen = panel.outcomes.current, panel.people.current
    stage.go("calls")
    stage.go("board")
    assert not panel.isVisible()
    stage.panels.fill(stage.window, asked)
    stage.wait()
    assert (panel.outcomes.current, panel.people.current) == (outcome, chosen)
    assert panel.note.text() == "rings again at noon"
    assert not calls(stage)


def test_r1_a_yes_to_a_time_that_was_just_taken_is_booked_at_the_next_by_enter(
    stage: FrontDesk, cancelled, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic, panel = stage.clinic, stage.panels.opening
    real, others = opening_panel.call_waiting, [clinic.wish(day=TUESDAY)]

    def late(store, actor, candidate, outcome, note):  # type: ignore[no-untyped-def]  # as the real one
        """Another desk takes the room between the last look and Enter."""
        while others:
            book(store, actor, others.pop())
        return real(store, actor, candidate, outcome, note)

    monkeypatch.setattr(opening_panel, "call_waiting", late)
    panel.note.setText("will wait outside")
    stage.press(Key.Key_3, Key.Key_Return)
    (dialog,) = stage.window.findChildren(ChoiceDialog)
    stage.wait(dialog.isVisible)
    assert dialog.accessibleName() == "Infusion 1 tomorrow at 10:00 AM was just taken"
    assert "Everything you entered is kept." in dialog.accessibleDescription()
    assert dialog.list.model().rowCount() == 3
    assert panel.note.text() == "will wait outside"
    stage.qtbot.keyClick(dialog.list, Key.Key_Return)
    stage.wait(lambda: len(calls(stage)) == 1)
    (call,) = calls(stage)
    assert (call.outcome, call.note) == (CallOutcome.BOOKED, "will wait outside")
    with clinic.store.read() as records:
        (vale,) = (
            one for one in records.visits_on(TUESDAY, TUESDAY) if one.plan_name == DRIVER.name and one.id > 2
        )
    assert (vale.minute, vale.room_id) == (600, clinic.rooms["Infusion 2"].id), "the nearest: another room"


def test_one_key_takes_a_booking_off_the_waitlist_back(stage: FrontDesk, cancelled) -> None:
    stage.press(Key.Key_3)
    stage.press(Key.Key_Return)
    stage.press(Key.Key_Z, mods=Ctrl)
    with stage.clinic.store.read() as records:
        visits = records.visits_on(TUESDAY, TUESDAY)
        assert len(waiting(records)) == 2
    assert [one.state for one in visits] == [VisitState.CANCELLED, VisitState.CANCELLED]
    assert "Undone: Vale, Iris booked for Tue, Nov 17" in stage.said()


def test_whoever_is_treated_the_day_before_is_named_with_why_and_not_called(stage: FrontDesk) -> None:
    close = waits(stage, "Ezra", "Bloom", drivers=(DRIVER,))
    stage.book(MONDAY, patient_id=close.id)
    visit = stage.book()
    board = stage.go("board")
    board.show_day(TUESDAY, 600)
    stage.wait()
    with stage.clinic.store.read() as records:
        there = records.get(Visit, visit.id)
    gone = cancel(stage.clinic.store, stage.clinic.desk, there.id, there.version, CancelReason.PATIENT)
    stage.desk.hub.tell(gone.changes)
    stage.panels.freed(stage.window, stage.desk, [visit], [])
    stage.wait()
    assert not stage.panels.opening.isVisible(), "nobody is to be called"
    waits(stage, "Iris", "Vale")
    stage.panels.freed(stage.window, stage.desk, [visit], [])
    panel = stage.panels.opening
    stage.wait(lambda: panel.isVisible() and panel.read is not None)
    assert [one.row.text for one in panel.people.choices] == ["Vale, Iris"]
    assert panel.count.text() == (
        "Too near to another treatment, so not called: Bloom, Ezra: Close to the visit on Mon, Nov 16 "
        "(clear days between: 0, usually 1 or more)."
    )


def test_a_time_that_is_taken_again_is_said_and_nothing_else_is_offered(stage: FrontDesk, cancelled) -> None:
    """The cancellation is undone: neither what the day gave back besides nor what lies beside it comes up."""
    clinic, panel = stage.clinic, stage.panels.opening
    third = another_patient(clinic, "Nia", "Boone")
    later = stage.book(minute=780, patient_id=third.id)
    gone = cancel(clinic.store, clinic.desk, later.id, later.version, CancelReason.PATIENT)
    stage.desk.hub.tell(gone.changes)
    stage.wait(lambda: len(panel.slots.choices) == 2)
    stage.press(Key.Key_Z, mods=Ctrl)
    stage.wait(lambda: not panel.people.choices)
    assert panel.count.text() == (
        "Tue, Nov 17, 10:00 AM, Infusion 1: taken or closed by now. Nobody is to be called about it."
    )
    assert not panel.slots.choices
    assert not stage.window.place("board").board.page.board.ghosts


def test_what_is_left_beside_a_time_that_is_taken_is_not_that_time(stage: FrontDesk, cancelled) -> None:
    clinic, panel = stage.clinic, stage.panels.opening
    third = another_patient(clinic, "Nia", "Boone")
    slot = panel.read.slot
    long = replace(slot, minute=slot.minute, until=slot.minute + 240)
    stage.panels.fill(stage.window, Wanted(TUESDAY, long))
    stage.wait(lambda: bool(panel.people.choices))
    booked = stage.book(patient_id=third.id)
    stage.wait(lambda: not panel.people.choices)
    assert panel.count.text().startswith("Tue, Nov 17, 10:00 AM, Infusion 1: taken")
    gone = cancel(clinic.store, clinic.desk, booked.id, booked.version, CancelReason.PATIENT)
    stage.desk.hub.tell(gone.changes)
    stage.wait(lambda: bool(panel.people.choices))  # free once more


def moved(stage: FrontDesk, *keys: Qt.Key) -> None:
    """Amara's visit of Tuesday is picked up, carried by keys, and let go."""
    visit = stage.book()
    board = stage.go("board")
    board.show_visit(visit.id, TUESDAY)
    stage.wait()
    board.focus_work()
    stage.press(Key.Key_M, mods=Ctrl)
    stage.wait()
    stage.press(*keys)
    stage.wait()
    stage.press(Key.Key_Return)
    stage.wait()


HOURS_LATER = (*[Key.Key_PageDown] * 2,)


def test_a_move_offers_the_time_it_frees_as_a_cancellation_does(stage: FrontDesk) -> None:
    waits(stage, "Ezra", "Bloom")
    waits(stage, "Iris", "Vale", drivers=(DRIVER,))
    moved(stage, *HOURS_LATER)
    panel = stage.panels.opening
    stage.wait(lambda: panel.isVisible() and panel.read is not None)
    assert panel.subtitle.text() == "Tue, Nov 17, 10:00 AM, Infusion 1"
    assert [one.row.text for one in panel.people.choices] == ["Vale, Iris", "Bloom, Ezra"]


def test_a_move_beside_a_booking_that_is_being_typed_leaves_it_in_its_place(stage: FrontDesk) -> None:
    waits(stage, "Ezra", "Bloom")
    visit = stage.book()
    stage.go("board")
    stage.press(Key.Key_F3)
    booking = stage.panels.booking
    booking.patient.line.setText("iri")
    clinic = stage.clinic
    later = move(clinic.store, clinic.desk, [to(visit, minute=visit.minute + 180)]).visits
    stage.panels.freed(stage.window, stage.desk, [visit], later)
    stage.wait(lambda: bool(stage.window.notices.notices()))
    assert booking.isVisible()
    assert booking.patient.line.text() == "iri"
    [notice] = stage.window.notices.notices()
    assert notice.accessibleName() == "Somebody waits for it. Tue, Nov 17, 10:00 AM, Infusion 1"
    notice._act()
    panel = stage.panels.opening
    stage.wait(lambda: panel.isVisible() and panel.read is not None)
    assert panel.subtitle.text() == "Tue, Nov 17, 10:00 AM, Infusion 1"


def test_a_move_by_which_nobody_who_waits_gets_a_time_opens_nothing(stage: FrontDesk) -> None:
    waits(stage, "Ezra", "Bloom")
    moved(stage, Key.Key_Down)  # five minutes of the room are free, and nobody fits into those
    assert not stage.panels.opening.isVisible()


def test_without_anybody_waiting_a_move_opens_nothing(stage: FrontDesk) -> None:
    moved(stage, *HOURS_LATER)
    assert not stage.panels.opening.isVisible()


def test_a_repair_of_the_day_offers_the_time_it_frees_too(stage: FrontDesk) -> None:
    waits(stage, "Ezra", "Bloom")
    visit = stage.book()
    stage.go("board")
    stage.panels.repair_day(stage.window, stage.desk, TUESDAY, "late", visit.id)
    repairing = stage.panels.repairing
    stage.wait(lambda: repairing.proposal is not None)
    repairing.event_part.minutes.setValue(150)
    stage.wait(lambda: repairing.proposal is not None and not repairing._soon.isActive())
    stage.press(Key.Key_Return, mods=Ctrl)
    panel = stage.panels.opening
    stage.wait(lambda: panel.isVisible() and panel.read is not None)
    assert panel.subtitle.text() == "Tue, Nov 17, 10:00 AM, Infusion 1"
    assert [one.row.text for one in panel.people.choices] == ["Bloom, Ezra"]


def test_a_repair_by_which_nobody_who_waits_gets_a_time_opens_nothing(stage: FrontDesk) -> None:
    visit = stage.book()
    stage.go("board")
    stage.panels.repair_day(stage.window, stage.desk, TUESDAY, "late", visit.id)
    stage.wait(lambda: stage.panels.repairing.proposal is not None)
    stage.press(Key.Key_Return, mods=Ctrl)
    assert not stage.panels.opening.isVisible()


def test_enter_alone_records_nothing(stage: FrontDesk, cancelled) -> None:
    stage.press(Key.Key_Return)
    stage.press(Key.Key_Return)
    assert not calls(stage)


def test_without_anybody_waiting_a_cancellation_opens_nothing(stage: FrontDesk) -> None:
    visit = stage.book()
    board = stage.go("board")
    board.show_visit(visit.id, TUESDAY)
    stage.wait()
    board.focus_work()
    stage.press(Key.Key_Delete, Key.Key_1, Key.Key_Return)
    assert not stage.panels.opening.isVisible()


def test_a_free_cell_can_be_asked_about_too(stage: FrontDesk) -> None:
    waits(stage, "Ezra", "Bloom")
    board = stage.go("board")
    board.show_day(TUESDAY, 600)
    stage.wait()
    board.focus_work()
    stage.press(Key.Key_J, mods=Ctrl)
    assert stage.panels.opening.isVisible()


def test_somebody_is_put_on_the_list_changed_and_taken_off(stage: FrontDesk) -> None:
    another_patient(stage.clinic, "Ezra", "Bloom")
    with stage.clinic.store.write(PROGRAM) as unit:
        changes = None
        unit.save(replace(stage.clinic.amara, notes="told of the waitlist"))
        changes = unit.commit()
    stage.desk.hub.tell(changes)
    stage.wait()
    stage.press(Key.Key_W, mods=Ctrl | Shift)
    panel = stage.panels.waiting
    assert panel.patient.line.hasFocus()
    stage.type("amara")
    stage.press(Key.Key_Return)
    assert panel.type.hasFocus()
    panel.type.setCurrentIndex(panel.type.findData("IVM"))
    panel.from_day.setFocus()
    stage.type("11/18")
    panel.note.setFocus()
    stage.type("mornings")
    stage.press(Key.Key_Return)
    with stage.clinic.store.read() as records:
        (entry,) = waiting(records)
    assert (entry.patient_id, entry.type_code) == (stage.clinic.amara.id, "IVM")
    assert (entry.from_day, entry.note) == (date(2026, 11, 18), "mornings")
    assert stage.said() == "Okafor, Amara waits for IV ketamine."
    panel.list.setFocus()
    stage.press(Key.Key_Return)
    assert panel.note.text() == "mornings"
    panel.off.click()
    stage.wait()
    with stage.clinic.store.read() as records:
        assert not waiting(records)


def test_what_they_have_is_what_they_wait_for(stage: FrontDesk) -> None:
    stage.book(code="SP1")
    new = another_patient(stage.clinic, "Ezra", "Bloom")
    panel = stage.panels.waiting
    stage.panels.waitlist(stage.window, stage.desk, stage.clinic.amara.id)
    stage.wait()
    with stage.clinic.store.read() as records:
        setup = records.setup()
    assert setup.type_by_code(panel.type.currentData()).modality == "spravato"
    stage.panels.waitlist(stage.window, stage.desk, new.id)
    stage.wait()
    assert panel.type.currentIndex() == -1, "cleared for much, and treated with nothing: somebody chooses"
    assert panel.save.missing == ("What do they wait for?",)
    stage.press(Key.Key_Return, mods=Ctrl)
    assert panel.type.hasFocus()
    with stage.clinic.store.read() as records:
        assert not waiting(records)


def test_what_was_begun_is_there_again_when_somebody_comes_back(stage: FrontDesk) -> None:
    other = another_patient(stage.clinic, "Ezra", "Bloom")
    amara = stage.clinic.amara.id
    stage.panels.waitlist(stage.window, stage.desk, amara)
    stage.wait()
    panel = stage.panels.waiting
    panel.type.setCurrentIndex(panel.type.findData("IVM"))
    panel.note.setFocus()
    stage.type("mornings")
    stage.go("usage")
    stage.go("board")
    stage.press(Key.Key_W, mods=Ctrl | Shift)
    assert (panel.note.text(), panel.type.currentData()) == ("mornings", "IVM")
    assert not panel.patient.asking

    def asked() -> QuestionDialog:
        (dialog,) = (one for one in stage.window.findChildren(QuestionDialog) if one.isVisible())
        return dialog

    stage.panels.waitlist(stage.window, stage.desk, other.id)
    assert asked().accessibleName() == "Leave the entry for Okafor, Amara?"
    asked().reject()
    assert panel.note.text() == "mornings"
    stage.panels.waitlist(stage.window, stage.desk, other.id)
    asked().yes.click()
    stage.wait()
    assert panel.note.text() == ""
    assert panel._patient_id == other.id


def test_the_key_on_the_panels_button_does_it_from_the_board_beside_it_too(stage: FrontDesk) -> None:
    stage.go("board")
    stage.panels.waitlist(stage.window, stage.desk, stage.clinic.amara.id)
    stage.wait()
    panel = stage.panels.waiting
    panel.type.setCurrentIndex(panel.type.findData("IVM"))
    stage.press(Key.Key_1, mods=Qt.KeyboardModifier.AltModifier)
    assert panel.isVisible()
    assert not panel.isAncestorOf(stage.focus)
    stage.press(Key.Key_Return, mods=Ctrl)
    with stage.clinic.store.read() as records:
        assert [one.patient_id for one in waiting(records)] == [stage.clinic.amara.id]
    assert stage.said() == "Okafor, Amara waits for IV ketamine."


def test_what_is_missing_is_asked_for_where_the_key_comes_from_the_board(stage: FrontDesk) -> None:
    stage.go("board")
    stage.panels.waitlist(stage.window, stage.desk, stage.clinic.amara.id)
    stage.wait()
    panel = stage.panels.waiting
    panel.type.setCurrentIndex(-1)
    stage.press(Key.Key_1, mods=Qt.KeyboardModifier.AltModifier)
    stage.press(Key.Key_Return, mods=Ctrl)
    assert panel.type.hasFocus()


def test_whoever_writes_in_the_search_line_saves_nothing_of_the_panel_beside_it(stage: FrontDesk) -> None:
    stage.go("board")
    stage.panels.waitlist(stage.window, stage.desk, stage.clinic.amara.id)
    stage.wait()
    panel = stage.panels.waiting
    panel.type.setCurrentIndex(panel.type.findData("IVM"))
    stage.window.search("zzz")
    stage.wait()
    stage.press(Key.Key_Return, mods=Ctrl)
    with stage.clinic.store.read() as records:
        assert not waiting(records)


def test_nobody_is_put_on_the_list_twice(stage: FrontDesk) -> None:
    patient = waits(stage, "Ezra", "Bloom")
    panel = stage.panels.waiting
    stage.panels.waitlist(stage.window, stage.desk, patient.id)
    stage.wait()
    assert panel.save.text() == "Save the change", "the entry that is there is shown"
    panel.begin()
    panel._chosen(patient.id)
    panel.type.setCurrentIndex(panel.type.findData("IVM"))
    panel.confirm()
    stage.wait()
    assert "waits for IV ketamine already" in stage.notices()

"""Messages appear where that person works; the crisis card opens by one chord from anywhere."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.people.model import Address, Contact
from clinic_desktop.scheduling.crisis import CrisisCall, CrisisStep
from clinic_desktop.scheduling.messages import Message, take_message
from clinic_desktop.scheduling.model import ClinicPhone
from clinic_desktop.ui.widgets.label import numbers_whole
from tests.small_clinic import MONDAY
from tests.ui.front_desk import FrontDesk

Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def told(stage: FrontDesk, changes: Changes) -> None:
    stage.desk.hub.tell(changes)
    stage.wait()


def messages(stage: FrontDesk) -> list[Message]:
    with stage.clinic.store.read() as records:
        return records.find(Message)


def crisis_calls(stage: FrontDesk) -> list[CrisisCall]:
    with stage.clinic.store.read() as records:
        return records.find(CrisisCall)


@pytest.fixture
def at_home(stage: FrontDesk) -> None:
    """Amara's address and her brother are on record, and the directory knows her."""
    with stage.clinic.store.write(PROGRAM) as unit:
        home = Address("9 Elm Street", "Springfield", "IL", "62701")
        unit.save(
            replace(
                stage.clinic.amara, address=home, emergency=Contact("Ben Okafor", "brother", "(512) 555-0177")
            )
        )
        changes = unit.commit()
    told(stage, changes)


def test_a_message_is_left_by_keys_and_counted_for_whom_it_is(stage: FrontDesk, at_home) -> None:
    stage.press(Key.Key_M, mods=Ctrl | Shift)
    panel = stage.panels.mail
    assert panel.patient.line.hasFocus()
    stage.type("amara")
    stage.press(Key.Key_Return)
    assert panel.said.hasFocus()
    stage.type("May she eat before the visit?")
    panel.to.setCurrentIndex(panel.to.findText("Maya Jones"))
    stage.press(Key.Key_Return, mods=Ctrl)
    (message,) = messages(stage)
    assert (message.patient_id, message.for_person) == (stage.clinic.amara.id, stage.clinic.maya.id)
    assert stage.said() == "Message left for Maya Jones."
    assert not stage.window.top_bar.messages.isVisible(), "it is not for the front desk"
    stage.act_as(stage.clinic.nurse)
    assert stage.window.top_bar.messages.isVisible()
    assert stage.window.top_bar.messages.accessibleName() == "1 message"


@pytest.mark.parametrize("way", ["board", "calls", "again"])
def test_a_message_that_was_begun_is_there_again(stage: FrontDesk, at_home, way: str) -> None:
    stage.press(Key.Key_M, mods=Ctrl | Shift)
    panel = stage.panels.mail
    stage.type("amara")
    stage.press(Key.Key_Return)
    stage.type("May she eat before the visit?")
    panel.to.setCurrentIndex(panel.to.findText("Maya Jones"))
    if way != "again":
        stage.go("patients" if way == "board" else way)
        stage.go("board")
        assert not panel.isVisible()
    stage.press(Key.Key_M, mods=Ctrl | Shift)
    assert panel.said.toPlainText() == "May she eat before the visit?"
    assert panel.to.currentText() == "Maya Jones"
    assert panel.patient.card.name.text().startswith("Okafor, Amara")
    assert panel.said.hasFocus()
    stage.press(Key.Key_N, mods=Ctrl)
    stage.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    assert panel.said.toPlainText(), "it is asked first"
    QApplication.activeModalWidget().yes.click()
    stage.wait()
    assert not panel.is_begun


def test_what_is_missing_stands_at_its_field(stage: FrontDesk) -> None:
    stage.press(Key.Key_M, mods=Ctrl | Shift)
    panel = stage.panels.mail
    panel.said.setFocus()
    stage.press(Key.Key_Return, mods=Ctrl)
    assert panel._rows["text"].problem == "Write down what the caller said."
    assert panel._rows["for"].problem == "Say whom the message is for."
    assert not messages(stage)


def test_an_urgent_one_comes_as_a_notice_and_is_answered(stage: FrontDesk) -> None:
    stage.act_as(stage.clinic.nurse)
    message = Message(
        text="Chest is tight", patient_id=stage.clinic.amara.id, urgent=True, for_role=Role.NURSE,
        phone="5551234",
    )  # fmt: skip
    told(stage, take_message(stage.clinic.store, stage.clinic.desk, message).changes)
    assert "Urgent message: Okafor, Amara" in stage.notices()
    assert stage.window.top_bar.messages.accessibleName() == "1 urgent message"
    stage.window.top_bar.messages.click()
    stage.wait()
    panel = stage.panels.mail
    assert panel.list.hasFocus()
    assert stage.window.notices.notices() == []  # it would only lie over the messages
    assert "Call back at 5551234" in panel.text.text()
    stage.press(Key.Key_Return)
    stage.type("Called back, sent to the emergency room")
    stage.press(Key.Key_Return)
    (answered,) = messages(stage)
    assert (answered.answered_by, answered.answer) == (
        stage.clinic.maya.id,
        "Called back, sent to the emergency room",
    )
    assert not stage.window.top_bar.messages.isVisible()


def test_an_urgent_one_for_one_person_is_not_left_to_the_next(stage: FrontDesk) -> None:
    """Whoever sits down next is told of those that are for them, and of no other."""
    stage.act_as(stage.clinic.nurse)
    for_her, for_nurses = (
        Message(caller="The court", text="About the hearing", urgent=True, for_person=stage.clinic.maya.id),
        Message(caller="The pharmacy", text="Ring before noon", urgent=True, for_role=Role.NURSE),
    )
    for one in (for_her, for_nurses):
        told(stage, take_message(stage.clinic.store, stage.clinic.desk, one).changes)
    assert "About the hearing" in stage.notices()
    other = next(one for one in stage.desk.setup.staff if one.id != stage.clinic.maya.id)
    stage.act_as(Actor(other.id, frozenset({Role.NURSE}), "floor"))
    assert "About the hearing" not in stage.notices()
    assert stage.notices().count("Ring before noon") == 1


# The crisis card.


def test_the_notice_of_a_message_gives_way_to_the_crisis_card_and_is_still_counted(stage: FrontDesk) -> None:
    stage.act_as(stage.clinic.nurse)
    message = Message(text="Call me", patient_id=stage.clinic.amara.id, urgent=True, for_role=Role.NURSE)
    told(stage, take_message(stage.clinic.store, stage.clinic.desk, message).changes)
    assert stage.window.notices.notices()
    stage.press(Key.Key_F12, mods=Ctrl)
    assert stage.panels.crisis.isVisible()
    assert stage.window.notices.notices() == []
    assert stage.window.top_bar.messages.accessibleName() == "1 urgent message"


def test_one_chord_with_a_field_focused(stage: FrontDesk, at_home) -> None:
    stage.window.search("ama")
    assert stage.window.top_bar.search.line.hasFocus()
    stage.actions = 0
    stage.press(Key.Key_F12, mods=Ctrl)
    assert stage.actions == 1
    panel = stage.panels.crisis
    assert panel.isVisible()
    assert "988" in panel.help.accessibleName()
    assert "911" in panel.help.accessibleName()
    assert panel.duty.text() == "Dr. Lin\nMaya Jones\nTunde Okoro"
    assert not crisis_calls(stage), "nothing is on record before anything was done"


def test_when_nobody_is_in_the_house_the_numbers_to_call_stand_there(stage: FrontDesk) -> None:
    setup = stage.desk.setup
    phones = (ClinicPhone("(217) 555-0199", "After hours", "always"),)
    stage.desk.renew_setup(replace(setup, shifts=(), clinic=replace(setup.clinic, phones=phones)))
    stage.press(Key.Key_F12, mods=Ctrl)
    said = stage.panels.crisis.duty.text()
    assert said.startswith("Nobody is in the house by the shifts. Call the prescriber.")
    assert numbers_whole("After hours (217) 555-0199 always") in said.splitlines()  # on a line of its own


def test_for_whoever_is_chosen_address_and_contact_are_there(stage: FrontDesk, at_home) -> None:
    place = stage.go("patients")
    place.show_patient(stage.clinic.amara.id)
    stage.wait(lambda: place.chosen_patient() is not None)
    stage.press(Key.Key_F12, mods=Ctrl)
    panel = stage.panels.crisis
    assert "9 Elm Street" in panel.facts.text()
    assert "Ben Okafor" in panel.facts.text()
    assert "(512)\N{NO-BREAK SPACE}555-0177" in panel.facts.text()  # in one line, to be dialled
    assert panel.subtitle.text().startswith("Okafor, Amara  Apr 12, 1984")  # however far it is scrolled


def test_on_a_small_screen_911_and_the_first_step_are_in_sight(stage: FrontDesk, at_home) -> None:
    stage.window.resize(683, 384)
    place = stage.go("patients")
    place.show_patient(stage.clinic.amara.id)
    stage.wait(lambda: place.chosen_patient() is not None)
    stage.press(Key.Key_F12, mods=Ctrl)
    panel = stage.panels.crisis
    first = next(iter(panel.steps.values()))
    stage.wait(lambda: first.hasFocus() and not first.visibleRegion().isEmpty())
    assert panel.help.visibleRegion().boundingRect().size() == panel.help.size()


def test_each_step_is_on_record_at_once_with_its_time(stage: FrontDesk, at_home) -> None:
    stage.press(Key.Key_F12, mods=Ctrl)
    panel = stage.panels.crisis
    stage.type("amara")
    stage.press(Key.Key_Return)
    stage.press(Key.Key_Tab, Key.Key_Tab, Key.Key_Space)
    (call,) = crisis_calls(stage)
    assert [(one.step, one.at) for one in call.done] == [(CrisisStep.CALLED_911, stage.clinic.clock.now())]
    stage.clinic.clock.forward(2)
    stage.press(Key.Key_Tab, Key.Key_Tab, Key.Key_Tab, Key.Key_Space)
    panel.place.setFocus()
    stage.type("at the lake")
    stage.press(Key.Key_Return, mods=Ctrl)
    (call,) = crisis_calls(stage)
    assert [one.step for one in call.done] == [CrisisStep.CALLED_911, CrisisStep.CONTACT]
    assert call.done[0].at < call.done[1].at
    assert (call.place, call.patient_id) == ("at the lake", stage.clinic.amara.id)
    assert not panel.isVisible()
    stage.act_as(stage.clinic.prescriber)
    assert "Crisis call: Okafor, Amara" in stage.notices()


def test_leaving_the_card_loses_nothing(stage: FrontDesk) -> None:
    stage.press(Key.Key_F12, mods=Ctrl)
    panel = stage.panels.crisis
    panel.note.setFocus()
    stage.type("hung up")
    stage.press(Key.Key_Escape)
    stage.wait()
    (call,) = crisis_calls(stage)
    assert call.note == "hung up"
    stage.press(Key.Key_F12, mods=Ctrl)
    assert panel.note.text() == "hung up", "the card goes on where it was left"
    panel.begin()
    stage.wait()
    assert panel.note.text() == ""
    assert len(crisis_calls(stage)) == 1


def test_opened_by_mistake_it_leaves_no_trace(stage: FrontDesk) -> None:
    stage.press(Key.Key_F12, mods=Ctrl)
    stage.press(Key.Key_Escape)
    assert not crisis_calls(stage)
    assert not messages(stage)


def test_whom_the_cursor_stands_on_is_asked_about_and_one_enter_away(stage: FrontDesk, at_home) -> None:
    visit = stage.book(MONDAY, 780)
    stage.wait(lambda: stage.window.place("board").board.select(visit.id))
    stage.press(Key.Key_F12, mods=Ctrl)
    panel = stage.panels.crisis
    assert panel.call.patient_id is None
    assert panel.facts.text() == "", "the address of somebody else is the worst that can be read out"
    assert panel.subtitle.text() == "Nobody chosen yet"
    assert panel.patient.former.text().startswith("It is Okafor, Amara  Apr 12, 1984")
    assert panel.patient.line.hasFocus()
    stage.press(Key.Key_Return)
    assert panel.call.patient_id == stage.clinic.amara.id
    assert "9 Elm Street" in panel.facts.text()
    assert panel.subtitle.text().startswith("Okafor, Amara")
    assert panel.subtitle.font().pixelSize() == panel._title.font().pixelSize()


def test_with_nothing_done_nothing_goes_on_record_and_it_says_so(stage: FrontDesk, at_home) -> None:
    place = stage.go("patients")
    place.show_patient(stage.clinic.amara.id)
    stage.wait(lambda: place.chosen_patient() is not None)
    stage.press(Key.Key_F12, mods=Ctrl)
    panel = stage.panels.crisis
    stage.press(Key.Key_Return, mods=Ctrl)
    assert not crisis_calls(stage)
    assert not messages(stage)
    assert panel.isVisible()
    assert panel.kept.text().startswith("Nothing is on record: tick what was done, or write a word.")


def test_who_is_on_duty_stands_with_a_number_where_one_is_known(stage: FrontDesk) -> None:
    staff = [
        replace(one, phone="2175550133") if one.name == "Dr. Lin" else one for one in stage.desk.setup.staff
    ]
    stage.desk.renew_setup(replace(stage.desk.setup, staff=tuple(staff)))
    stage.press(Key.Key_F12, mods=Ctrl)
    said = stage.panels.crisis.duty.text().splitlines()
    assert said == [numbers_whole("Dr. Lin (217) 555-0133"), "Maya Jones", "Tunde Okoro"]


def test_somebody_else_than_was_thought_is_on_record_and_told(stage: FrontDesk, at_home) -> None:
    place = stage.go("patients")
    place.show_patient(stage.clinic.amara.id)
    stage.wait(lambda: place.chosen_patient() is not None)
    stage.press(Key.Key_F12, mods=Ctrl)
    stage.press(Key.Key_Space)
    stage.press(Key.Key_F, mods=Ctrl)
    stage.type("reed")
    stage.press(Key.Key_Return)
    stage.press(Key.Key_Escape)
    (call,) = crisis_calls(stage)
    assert call.patient_id == stage.clinic.noah.id
    assert [one.patient_id for one in messages(stage)] == [stage.clinic.amara.id, stage.clinic.noah.id]
    assert messages(stage)[1].text.startswith("Crisis call, it is: Reed, Noah")


def test_a_dialog_gives_way(stage: FrontDesk) -> None:
    stage.window.act_as()
    stage.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    stage.qtbot.waitUntil(lambda: dialog.isActiveWindow() and QApplication.focusWidget() is not None)
    stage.qtbot.keyClick(QApplication.focusWidget(), Key.Key_F12, Ctrl)
    stage.wait()
    assert QApplication.activeModalWidget() is None
    assert stage.panels.crisis.isVisible()

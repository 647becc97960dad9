"""The check-in calls in the window: a few keys for a call where all is well, and what a red answer does."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.people.model import ContactPermissions, Patient, Phone
from clinic_desktop.scheduling.claims import timed
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.day_after import AfterCall, AfterFlag, AfterOutcome
from clinic_desktop.ui.calls.place import CallsPlace
from clinic_desktop.ui.decisions.place import DecisionsPlace
from tests.small_clinic import MONDAY, SmallClinic
from tests.ui.front_desk import FrontDesk, another_patient

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier
Both = Ctrl | Qt.KeyboardModifier.ShiftModifier
FRIDAY = MONDAY - timedelta(days=3)


def over(
    clinic: SmallClinic,
    patient: Patient,
    minute: int = 600,
    state: VisitState = VisitState.LEFT,
    code: str = "IVM",
) -> Visit:
    """Somebody was treated on Friday."""
    with clinic.store.write(PROGRAM) as unit:
        kind = unit.setup().type_by_code("IVM")
        room = clinic.rooms["Infusion 1"].id
        visit = Visit(patient_id=patient.id, type_id=kind.id, room_id=room, day=FRIDAY, minute=minute)
        visit = replace(visit, zone=unit.setup().clinic.zone, state=state).with_plan(clinic.wish().plan)
        made = unit.add(timed(visit, kind))
        unit.commit()
    return made


@pytest.fixture
def two(stage: FrontDesk) -> Sequence[Visit]:
    """Amara at ten and Ezra at noon, both on Friday; it is Monday."""
    ezra = another_patient(stage.clinic, "Ezra", "Bloom")
    return over(stage.clinic, stage.clinic.amara), over(stage.clinic, ezra, 720)


def opened(stage: FrontDesk) -> CallsPlace:
    place = stage.go("calls")
    assert isinstance(place, CallsPlace)
    stage.press(Key.Key_4, mods=Ctrl)
    return place


def calls(stage: FrontDesk) -> list[AfterCall]:
    with stage.clinic.store.read() as records:
        return records.find(AfterCall)


def test_all_is_well_in_three_keys_and_the_next_call_follows(stage: FrontDesk, two: Sequence[Visit]) -> None:
    place = opened(stage)
    view = place.view.after
    assert view.hasFocus()
    assert view.current.visit.id == two[0].id
    stage.actions = 0
    stage.press(Key.Key_1)
    assert place.after.panel.questions.hasFocus()
    stage.press(Key.Key_A)
    assert not calls(stage), "nothing is recorded before Enter"
    stage.press(Key.Key_Return)
    assert stage.actions == 3
    (call,) = calls(stage)
    assert (call.outcome, call.yes, len(call.no)) == (AfterOutcome.REACHED, frozenset(), 9)
    assert view.current.visit.id == two[1].id
    assert view.hasFocus()
    assert stage.said() == "Okafor, Amara: reached."
    QAbstractItemModelTester(view.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_the_next_call_stands_there_before_the_list_is_read_anew(
    stage: FrontDesk, two: Sequence[Visit], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = opened(stage)
    monkeypatch.setattr(place, "_look", lambda: None)  # a server that takes its time
    stage.press(Key.Key_1, Key.Key_A, Key.Key_Return)
    assert place.after.panel.row is not None
    assert place.after.panel.row.visit.id == two[1].id
    stage.press(Key.Key_1, Key.Key_Y, Key.Key_A, Key.Key_Return)
    assert [(one.visit_id, one.yes) for one in calls(stage)] == [
        (two[0].id, frozenset()),
        (two[1].id, {"suicide"}),
    ]
    assert stage.panels.crisis.call.patient_id == two[1].patient_id


def test_a_digit_and_enter_keep_an_attempt(stage: FrontDesk, two: Sequence[Visit]) -> None:
    place = opened(stage)
    stage.press(Key.Key_2, Key.Key_Return)
    assert [one.outcome for one in calls(stage)] == [AfterOutcome.NO_ANSWER]
    row = next(one for one in place.view.after.calls.things if one.visit.id == two[0].id)
    assert (row.tries, row.rests) == (1, True)


def test_enter_alone_records_nothing(stage: FrontDesk, two: Sequence[Visit]) -> None:
    place = opened(stage)
    stage.press(Key.Key_Return)
    assert not calls(stage)
    assert place.after.panel.outcomes.hasFocus()


def test_a_call_in_which_nothing_was_asked_is_recorded_with_the_reason_only(
    stage: FrontDesk, two: Sequence[Visit]
) -> None:
    place = opened(stage)
    panel = place.after.panel
    stage.press(Key.Key_1)
    assert panel.record.text() == "Record: Reached, nothing asked"
    assert "write in the note why none could be asked" in " ".join(panel.record.missing)
    stage.press(Key.Key_Return)
    assert not calls(stage)
    assert "Nothing was asked." in stage.notices()
    panel.record.click()
    assert panel.questions.hasFocus()
    panel.note.setFocus()
    stage.type("Drives")
    assert not panel.record.missing
    stage.press(Key.Key_Return)
    assert [(one.outcome, one.note) for one in calls(stage)] == [(AfterOutcome.REACHED, "Drives")]


def test_thoughts_of_suicide_show_988_at_once_and_the_crisis_card_with_the_record(
    stage: FrontDesk, two: Sequence[Visit]
) -> None:
    place = opened(stage)
    panel = place.after.panel
    stage.press(Key.Key_1, Key.Key_Y)
    assert panel.crisis.isVisible()
    assert "988" in panel.crisis.accessibleName()
    stage.press(Key.Key_A, Key.Key_Return)
    with stage.clinic.store.read() as records:
        (flag,) = records.find(AfterFlag)
    assert flag.items == {"suicide"}
    assert stage.panels.crisis.isVisible()
    assert stage.panels.crisis.call.patient_id == two[0].patient_id


def test_a_red_answer_is_in_my_decisions_and_a_prescriber_answers_in_words(
    stage: FrontDesk, two: Sequence[Visit]
) -> None:
    opened(stage)
    stage.press(Key.Key_1, Key.Key_N, Key.Key_Y, Key.Key_A, Key.Key_Return)
    stage.act_as(stage.clinic.prescriber)
    place = stage.go("decisions")
    assert isinstance(place, DecisionsPlace)
    stage.press(Key.Key_F8)
    (phone,) = stage.clinic.amara.phones
    assert f"Phone: {phone.number}" in place.panel.about.text()
    stage.type("Go to the emergency room")
    stage.press(Key.Key_Return)
    with stage.clinic.store.read() as records:
        (flag,) = records.find(AfterFlag)
    assert (flag.items, flag.answer) == ({"chest"}, "Go to the emergency room")


def test_a_nurse_writes_down_what_the_prescriber_said(stage: FrontDesk, two: Sequence[Visit]) -> None:
    place = opened(stage)
    stage.press(Key.Key_1, Key.Key_N, Key.Key_Y, Key.Key_A, Key.Key_Return)
    assert place.after.panel.told.isHidden(), "the front desk writes down nobody's word"
    stage.act_as(stage.clinic.nurse)
    assert place.view.after.current.visit.id == two[0].id, "the call stays, until somebody has answered"
    stage.press(Key.Key_F8, mods=Both)
    stage.type("Call 911")
    stage.press(Key.Key_Return)
    with stage.clinic.store.read() as records:
        (flag,) = records.find(AfterFlag)
    assert (flag.answer, flag.told_by, flag.to_sign) == ("Call 911", stage.clinic.lin.id, True)


def test_the_last_call_is_corrected_and_the_old_one_stays(stage: FrontDesk, two: Sequence[Visit]) -> None:
    place = opened(stage)
    stage.press(Key.Key_1, Key.Key_A, Key.Key_Return)
    place.view.after.go_to(two[0].id)
    stage.press(Key.Key_F7, mods=Both)
    assert place.after.panel.correcting.isVisible()
    for _ in range(5):
        stage.press(Key.Key_Down)
    stage.press(Key.Key_Y, Key.Key_Return)
    first, second = calls(stage)
    assert (second.corrects, second.yes) == (first.id, {"mood"})


def test_what_is_typed_stays_while_others_change_the_list(stage: FrontDesk, two: Sequence[Visit]) -> None:
    place = opened(stage)
    stage.press(Key.Key_1, Key.Key_N, Key.Key_N)
    over(stage.clinic, another_patient(stage.clinic, "Iris", "Vale"), 840)
    place.activated()
    stage.wait(lambda: len(place.view.after.calls.things) == 3)
    assert len(place.after.panel.questions.no) == 2


def test_contact_permissions_and_an_extension_stand_beside_the_call(stage: FrontDesk) -> None:
    ezra = another_patient(
        stage.clinic,
        "Ezra",
        "Bloom",
        phones=(Phone("(215) 555-0172 ext. 14"),),
        permissions=ContactPermissions(voicemail=False, may_tell="Sister Ada"),
        language="ko",
    )
    over(stage.clinic, ezra)
    panel = opened(stage).after.panel
    assert panel.facts.text().startswith("Speaks Korean: call with an interpreter. ")
    assert panel.number.text() == "(215) 555-0172 ext. 14"
    assert "Sister Ada" in panel.facts.text()
    assert panel.facts.text().startswith("Speaks Korean: call with an interpreter. ")
    assert panel.leave_none.isVisible()


def test_whoever_left_early_is_offered_a_follow_up_and_f3_begins_it(stage: FrontDesk) -> None:
    over(stage.clinic, stage.clinic.amara, state=VisitState.LEFT_EARLY)
    place = opened(stage)
    stage.wait(lambda: place.after.has_offer)
    assert "left before release" in place.after.panel.facts.text()
    stage.press(Key.Key_F3)
    assert stage.panels.booking.isVisible()
    answers = stage.panels.booking.answers
    assert (answers.patient_id, answers.type_code) == (stage.clinic.amara.id, "FUP")


def test_nobody_to_call_says_so(stage: FrontDesk) -> None:
    place = opened(stage)
    assert place.view.nobody.isVisible()
    assert place.view.spans.current == "DAY_AFTER"


def test_the_other_parts_of_the_list_are_as_they_were(stage: FrontDesk, two: Sequence[Visit]) -> None:
    stage.book()
    place = opened(stage)
    stage.press(Key.Key_2, mods=Ctrl)
    assert place.panel.isVisible()
    assert not place.after.panel.isVisible()
    assert place.view.list.current is not None


def test_the_patients_page_shows_what_is_before_the_prescriber(
    stage: FrontDesk, two: Sequence[Visit]
) -> None:
    opened(stage)
    stage.press(Key.Key_1, Key.Key_N, Key.Key_Y, Key.Key_A, Key.Key_Return)
    place = stage.go("patients")
    place.show_patient(two[0].patient_id)
    stage.wait(place.view.page.flag.isVisible)
    assert "chest pain or short breath" in place.view.page.flag.accessibleName()

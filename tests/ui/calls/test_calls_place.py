"""The Calls place: a digit and Enter, the next call follows; words, driver, print, copy."""

import io
from dataclasses import replace

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester

from clinic_desktop.aftercare.sheets import hand_over, make_sheet
from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.people.model import Contact, ContactPermissions, UsualDriver
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.scheduling.calls import CallAttempt, CallOutcome, Whom
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.recording import record
from clinic_desktop.ui import printers
from clinic_desktop.ui.calls import work
from clinic_desktop.ui.calls.place import CallsPlace
from tests.small_clinic import MONDAY, instant
from tests.treatment.cases import ALL_NO
from tests.ui.front_desk import TUESDAY, FrontDesk, another_patient
from tests.ui.gone_out import gone_out
from tests.ui.outage.cut import Cut

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def two(stage: FrontDesk) -> tuple[int, int]:
    """Amara at ten and Ezra at noon, both tomorrow."""
    ezra = another_patient(stage.clinic, "Ezra", "Bloom")
    first = stage.book()
    second = stage.book(minute=720, patient_id=ezra.id, room_id=stage.clinic.rooms["Infusion 2"].id)
    return first.id, second.id


def opened(stage: FrontDesk) -> CallsPlace:
    place = stage.go("calls")
    assert isinstance(place, CallsPlace)
    return place


def calls(stage: FrontDesk) -> list[CallAttempt]:
    with stage.clinic.store.read() as records:
        return records.find(CallAttempt)


def test_one_chord_a_digit_and_enter_confirm_and_the_next_call_follows(stage: FrontDesk, two) -> None:
    stage.press(Key.Key_6, mods=Qt.KeyboardModifier.AltModifier)
    place = stage.window.place("calls")
    assert isinstance(place, CallsPlace)
    assert place.view.list.current.visit.id == two[0]
    stage.actions = 0
    stage.press(Key.Key_1)
    assert not calls(stage), "a digit only chooses"
    stage.press(Key.Key_Return)
    assert stage.actions == 2
    assert stage.clinic.visit(two[0]).state is VisitState.CONFIRMED
    assert place.view.list.current.visit.id == two[1]
    assert stage.said() == "Okafor, Amara: visit and driver."
    stage.press(Key.Key_3, Key.Key_Return)
    assert [one.outcome for one in calls(stage)] == [CallOutcome.BOTH, CallOutcome.NO_ANSWER]


def test_the_next_call_stands_there_before_the_list_is_read_anew(
    stage: FrontDesk, two, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = opened(stage)
    monkeypatch.setattr(place, "_look", lambda: None)  # a server that takes its time
    stage.press(Key.Key_1, Key.Key_Return)
    assert place.panel.row is not None
    assert place.panel.row.visit.id == two[1]
    stage.press(Key.Key_3, Key.Key_Return)
    assert [(one.visit_id, one.outcome) for one in calls(stage)] == [
        (two[0], CallOutcome.BOTH),
        (two[1], CallOutcome.NO_ANSWER),
    ]


def test_after_a_call_further_down_the_row_below_follows(stage: FrontDesk, two) -> None:
    iris = another_patient(stage.clinic, "Iris", "Vale")
    third = stage.book(minute=840, patient_id=iris.id, room_id=stage.clinic.rooms["Infusion 3"].id)
    place = opened(stage)
    assert [one.visit.id for one in place.view.list.calls.things] == [*two, third.id]
    stage.press(Key.Key_Down, Key.Key_1, Key.Key_Return)
    assert stage.clinic.visit(two[1]).state is VisitState.CONFIRMED
    assert place.view.list.current.visit.id == third.id, "not the first, whom nobody is calling"
    stage.press(Key.Key_3, Key.Key_Return)
    assert place.view.list.current.visit.id == two[0], "from the last round to the first that is left"


def test_enter_alone_records_nothing(stage: FrontDesk, two) -> None:
    place = opened(stage)
    stage.press(Key.Key_Return)
    assert not calls(stage)
    assert place.panel.outcomes.hasFocus()
    stage.press(Key.Key_Return)
    assert not calls(stage)


def test_the_rows_read_as_sentences(stage: FrontDesk, two) -> None:
    model = opened(stage).view.list.calls
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == (
        "Okafor, Amara. IV ketamine, first visit. Tue, Nov 17 at 10:00 AM. Booked. "
        "Driver named, to confirm. (512) 555-0142"
    )


def test_the_script_asks_the_birth_date_before_anything(stage: FrontDesk, two) -> None:
    panel = opened(stage).panel
    assert "date of birth" in panel.first.text()
    assert "ketamine" not in panel.first.text()
    assert "April 12, 1984" in panel.check.text()
    assert "tomorrow" in panel.then.text()
    assert panel.leave_none.text() == "Leave no message: the patient has not allowed it."
    assert panel.leave_none.visibleRegion().boundingRect().size() == panel.leave_none.size(), "never cut"
    assert "by call in person only" in panel.facts.text()
    assert not panel.copy.isVisible()


def test_a_missing_driver_is_named_and_confirmed_by_keys(stage: FrontDesk) -> None:
    with stage.clinic.store.write(PROGRAM) as unit:
        bea = UsualDriver("Bea Marsh", "(217) 555-0142", "sister")
        unit.save(replace(stage.clinic.amara, drivers=(bea,)))
        unit.commit()
    visit = stage.book(plan=None)
    place = opened(stage)
    assert place.panel.driver_box.isVisible()
    stage.press(Key.Key_1, Key.Key_Return)
    assert not calls(stage), "nobody is named: that cannot be confirmed"
    assert "Name the driver first" in stage.notices()
    stage.press(Key.Key_D, mods=Ctrl)
    stage.press(Key.Key_Return, mods=Ctrl)  # the usual driver is proposed
    assert stage.clinic.visit(visit.id).plan_name == "Bea Marsh"
    assert place.view.list.hasFocus()
    stage.press(Key.Key_1, Key.Key_Return)
    assert stage.clinic.visit(visit.id).plan_confirmed_at is not None


def test_rows_turn_red_when_the_hour_has_come(stage: FrontDesk) -> None:
    stage.book(plan=None)
    place = opened(stage)
    assert not place.view.list.current.red
    stage.clinic.clock.at = instant(14)
    place._clock.timeout.emit()
    stage.wait()
    assert place.view.list.current.red
    assert place.view.missing.isVisible()
    assert "Past the hour" in place.panel.driver_box.accessibleName()


def test_the_driver_and_the_emergency_contact_have_their_own_words(stage: FrontDesk, two) -> None:
    with stage.clinic.store.write(PROGRAM) as unit:
        unit.save(replace(stage.clinic.amara, emergency=Contact("Ben", "brother", "(512) 555-0177")))
        unit.commit()
    place = opened(stage)
    stage.press(Key.Key_J, mods=Ctrl)
    assert (place.panel.whom, place.panel.number.text()) == (Whom.DRIVER, "(217) 555-0142")
    assert "Okafor" not in place.panel.then.text()
    stage.press(Key.Key_1, Key.Key_Return)
    assert stage.clinic.visit(two[0]).plan_confirmed_at is not None
    assert stage.clinic.visit(two[0]).state is VisitState.BOOKED
    place.view.list.go_to(two[0])
    stage.wait()
    assert place.panel.whom is Whom.PATIENT
    stage.press(Key.Key_J, Key.Key_J, mods=Ctrl)
    assert (place.panel.whom, place.panel.number.text()) == (Whom.EMERGENCY, "(512) 555-0177")


def test_what_was_typed_stays_when_another_desk_changes_the_list(stage: FrontDesk, two) -> None:
    place = opened(stage)
    stage.press(Key.Key_3)
    stage.press(Key.Key_W, mods=Ctrl)
    stage.type("rang long")
    stage.book(minute=900, patient_id=another_patient(stage.clinic, "Iris", "Vale").id)
    assert place.panel.note.text() == "rang long"
    assert place.panel.outcome is CallOutcome.NO_ANSWER
    stage.press(Key.Key_Return)
    assert calls(stage)[0].note == "rang long"
    assert place.panel.note.text() == ""


def test_r18_a_text_is_copied_fresh_and_nothing_is_sent(stage: FrontDesk, two) -> None:
    """R-18: the words are made from the visit as it stands at that moment."""
    with stage.clinic.store.write(PROGRAM) as unit:
        unit.save(replace(stage.clinic.amara, permissions=ContactPermissions(text=True)))
        unit.commit()
    place = opened(stage)
    visit = stage.clinic.visit(two[0])
    move(stage.clinic.store, stage.clinic.desk, [to(visit, minute=900)])  # another desk, not yet heard of
    stage.press(Key.Key_X, mods=Ctrl | Qt.KeyboardModifier.ShiftModifier)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Hello Amara, your appointment is on Tue, Nov 17. Please be here at")
    assert "PM" in copied
    assert "ketamine" not in copied
    assert "Nothing was sent" in stage.said()
    assert place.view.list.hasFocus()


def test_r18_the_call_says_which_time_on_a_paper_in_hand_does_not_hold(stage: FrontDesk) -> None:
    clinic = stage.clinic
    here = stage.book(day=MONDAY, minute=540)
    visit = stage.book()
    stamps = [
        Stamp(kind=StampKind.IN_ROOM, at=instant(9)),
        Stamp(kind=StampKind.ANSWERED, at=instant(9, 2), answers=ALL_NO),
        Stamp(kind=StampKind.VITALS, at=instant(9, 5), systolic=120, diastolic=80, oxygen=98),
        Stamp(kind=StampKind.INFUSION_START, at=instant(9, 15), dose=35, unit="mg"),
        Stamp(kind=StampKind.INFUSION_STOP, at=instant(9, 55)),
    ]
    clinic.clock.at = instant(11)
    record(clinic.store, clinic.nurse, here.id, stamps)
    made = make_sheet(clinic.store, clinic.nurse, here.id, render_pdf)
    hand_over(clinic.store, clinic.nurse, made.sheet, "Amara")
    place = opened(stage)
    assert place.panel.slip.isHidden()
    changes = move(clinic.store, clinic.desk, [to(clinic.visit(visit.id), minute=900)]).changes
    stage.desk.hub.tell(changes)
    stage.wait()
    assert "names Tue, Nov 17, 10:00 AM, and that does not hold any more" in place.panel.slip.text()
    assert place.panel.slip.isVisible()
    patients = stage.go("patients")
    patients.show_patient(clinic.amara.id)
    stage.wait(lambda: "Tue, Nov 17, 10:00 AM" in patients.view.page.slip.accessibleName())
    assert patients.view.page.slip.isVisible()


def test_the_list_is_printed_with_what_is_open(stage: FrontDesk, two, monkeypatch) -> None:
    pages: list[bytes] = []

    def printer(data: bytes, title: str, name: str) -> printers.Printed:
        assert (title, name) == ("Call list", "call-list-2026-11-16")
        pages.append(data)
        return printers.Printed(printer="Front desk")

    monkeypatch.setattr(work, "print_pages", printer)
    monkeypatch.setattr(work, "printer_here", lambda: "Front desk")
    opened(stage)
    stage.press(Key.Key_1, Key.Key_Return)
    stage.press(Key.Key_P, mods=Ctrl)
    with pypdfium2.PdfDocument(io.BytesIO(pages[0])) as document:
        text = document[0].get_textpage().get_text_range()
    assert "Bloom, Ezra" in text
    assert "Okafor" not in text
    assert "Printed on Front desk" in stage.said()
    said = {"day": "2026-11-16", "printer": "Front desk"}
    assert gone_out(stage.clinic.store) == [("printed", "call list", 0, said)]


def test_wanting_to_cancel_asks_why_wanting_to_move_shows_the_board(stage: FrontDesk, two) -> None:
    place = opened(stage)
    stage.press(Key.Key_6, Key.Key_Return)
    assert stage.panels.cancelling.isVisible()
    assert calls(stage)[0].outcome is CallOutcome.CANCELS
    stage.press(Key.Key_Escape)
    place.view.list.go_to(two[1])
    stage.wait()
    stage.press(Key.Key_5, Key.Key_Return)
    assert stage.window.current == "board"


def test_two_days_ahead_only_drivers_are_asked_for(stage: FrontDesk) -> None:
    stage.book(day=TUESDAY.replace(day=18))
    place = opened(stage)
    assert place.view.list.current is None
    stage.press(Key.Key_3, mods=Ctrl)
    assert place.view.list.current is not None
    assert place.panel.whom is Whom.DRIVER
    assert "Wednesday, November 18" in place.view.count.text()


def test_on_a_small_screen_the_call_lies_over_the_list(stage: FrontDesk, two) -> None:
    stage.window.resize(683, 384)
    place = opened(stage)
    assert not place.panel.isVisible()
    stage.press(Key.Key_3)
    assert place.panel.isVisible()
    assert place.panel.outcome is CallOutcome.NO_ANSWER
    stage.press(Key.Key_Return)
    assert len(calls(stage)) == 1
    stage.press(Key.Key_Escape)
    assert place.view.list.hasFocus()


def test_earlier_calls_stay_in_sight(stage: FrontDesk, two) -> None:
    place = opened(stage)
    stage.press(Key.Key_4, Key.Key_Return)
    place.view.list.go_to(two[0])
    stage.wait()
    assert "Patient, Message left. not allowed by the patient" in place.panel.log.text()
    assert "has not allowed messages" in stage.notices()


def test_while_the_server_is_away_the_page_says_why_it_is_empty(stage: FrontDesk, two) -> None:
    line = Cut(stage.clinic.store, cut=True)
    stage.desk.store = line
    place = opened(stage)
    stage.wait()
    assert place.view.nobody.isVisible()
    assert place.view.nobody.accessibleName().startswith("The calls could not be read. ")
    line.cut = False
    stage.desk.hub.tell(Changes(1, kinds=frozenset({"visit"})))
    stage.wait()
    assert place.view.list.current.visit.id == two[0]

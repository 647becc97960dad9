"""Clearing, screening, ordering and merging from the page, each by its key."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from clinic_desktop.foundation.actor import Role
from clinic_desktop.people.model import Clearance, Merge, Order, Patient, Phone, Screening
from clinic_desktop.scheduling.clearing import Decision, clear
from clinic_desktop.scheduling.model import Modality
from clinic_desktop.scheduling.set_up import Edit, change_set_up
from clinic_desktop.ui.dialogs import QuestionDialog, ReasonDialog
from clinic_desktop.ui.patients.check_list_panel import CheckListPanel
from clinic_desktop.ui.patients.clearance_panel import ClearancePanel
from clinic_desktop.ui.patients.merge_panel import MergePanel
from clinic_desktop.ui.patients.order_panel import OrderPanel
from tests.people.small_clinic import TODAY

KEY = Qt.Key
BORN = date(1984, 4, 12)


@pytest.fixture
def at(window):
    """The page of one Amara, seen by the role asked for."""

    def open_page(role: Role, **more):
        amara = window.clinic.patient(birth_date=BORN, phones=(Phone("(512) 555-0142"),), **more)
        window.place.people._desk.act_as(window.clinic.actor(role))
        window.place.people._desk.hub.tell(window.clinic.store.changes_since(0))
        window.wait()
        window.find("okafor")
        return amara

    return open_page


def panel(window, kind):
    assert isinstance(window.panel, kind)
    return window.panel


def badges(window) -> list[tuple[str, str]]:
    return [(line.row.text, line.row.badge) for line in window.place.view.page.clearances.lines()]


def test_a_prescriber_clears_with_two_keys(window, at):
    amara = at(Role.PRESCRIBER)
    window.press(KEY.Key_C, ctrl=True, shift=True)
    clearing = panel(window, ClearancePanel)
    assert clearing.clear_button.text() == "Clear for IV ketamine to Nov 17, 2027"
    assert "The check list of Okafor, Amara is not reviewed yet." in clearing.against.accessibleName()
    window.press(KEY.Key_Return, ctrl=True)
    window.wait(lambda: badges(window) == [("IV ketamine", "Cleared")])
    assert [one.until for one in window.clinic.find(Clearance, patient_id=amara.id)] == [date(2027, 11, 17)]
    assert window.shell.body.panel is None
    assert window.shell.status_bar.said.startswith("Okafor, Amara is cleared for IV ketamine to Nov 17, 2027")


def test_a_treatment_that_the_clinic_added_is_cleared_and_ordered(window, at):
    amara = at(Role.PRESCRIBER)
    desk = window.place.people._desk
    manager = window.clinic.actor(Role.MANAGER)
    change_set_up(desk.store, manager, Edit((Modality(code="oral", name="Oral ketamine lozenge"),)))
    desk.renew_setup(window.clinic.setup())  # the news arrives while the page is open
    window.wait(lambda: len(window.place.view.facts.setup.modalities) == 5)
    window.press(KEY.Key_C, ctrl=True, shift=True)
    clearing = panel(window, ClearancePanel)
    clearing.modality.setFocus()
    window.press(KEY.Key_End)
    assert clearing.clear_button.text() == "Clear for Oral ketamine lozenge to Nov 17, 2027"
    window.press(KEY.Key_Return, ctrl=True)
    window.wait(lambda: badges(window) == [("Oral ketamine lozenge", "Cleared")])
    assert [one.modality for one in window.clinic.find(Clearance, patient_id=amara.id)] == ["oral"]
    window.press(KEY.Key_O, ctrl=True, shift=True)
    assert panel(window, OrderPanel).modality.currentText() == "Oral ketamine lozenge"


def test_a_receptionist_sees_who_clears(window, at):
    at(Role.RECEPTIONIST)
    window.press(KEY.Key_C, ctrl=True, shift=True)
    clearing = panel(window, ClearancePanel)
    assert clearing.clear_button.missing == ("Only a prescriber clears patients.",)
    window.press(KEY.Key_Return, ctrl=True)
    window.wait()
    assert window.clinic.find(Clearance) == []


def test_the_consultation_sets_the_day(window, at):
    amara = at(Role.PRESCRIBER)
    window.clinic.clock.forward(-7 * 24 * 60)
    visit = window.clinic.book(amara.id, "CON", date(2026, 11, 10), 14 * 60)
    window.clinic.clock.forward(7 * 24 * 60)
    window.place.view.read()
    window.wait(lambda: bool(window.place.view.facts.visits))
    window.press(KEY.Key_C, ctrl=True, shift=True)
    clearing = panel(window, ClearancePanel)
    assert clearing.decision().visit_id == visit.id
    assert clearing.until.value == date(2027, 11, 10)


def test_an_end_that_is_no_date_is_said_beside_the_field(window, at):
    at(Role.PRESCRIBER)
    window.press(KEY.Key_C, ctrl=True, shift=True)
    clearing = panel(window, ClearancePanel)
    clearing.until.setText("soon")
    clearing.confirm()
    assert clearing.form.row("until").problem == "Write the last day, such as 11/17/2027 or +6m."
    assert window.clinic.find(Clearance) == []


def test_a_clearance_is_withdrawn_with_a_reason(window, at, monkeypatch):
    at(Role.PRESCRIBER)
    window.press(KEY.Key_C, ctrl=True, shift=True)
    window.press(KEY.Key_Return, ctrl=True)
    window.wait(lambda: badges(window) == [("IV ketamine", "Cleared")])
    asked = []

    def ask(_parent, title, _text, reasons, _verb, on_reason):
        asked.append(title)
        on_reason(*reasons[0])

    monkeypatch.setattr(ReasonDialog, "ask", ask)
    window.place.view.page.clearances.setFocus()
    window.press(KEY.Key_Return)
    window.wait(lambda: badges(window) == [("IV ketamine", "Withdrawn")])
    assert asked == ["Withdraw the clearance for IV ketamine?"]


def answer_by_itself(check):
    for row in check.rows:
        if row.code in ("pregnancy", "suicidal"):
            row.no.setChecked(True)


def test_a_nurse_goes_through_the_check_list_and_signs(window, at):
    amara = at(Role.NURSE)
    window.press(KEY.Key_L, ctrl=True, shift=True)
    check = panel(window, CheckListPanel)
    assert "Answer every line of the check list first." in check.review_button.missing[0]
    opioids = next(row for row in check.rows if row.code == "opioids")
    opioids.yes.setChecked(True)
    opioids.note.setText("tramadol")
    assert opioids.note.isVisible()
    check.answer_rest()
    assert {row.code for row in check.rows if row.item().present is None} == {"pregnancy", "suicidal"}
    assert window.focus is next(row.no for row in check.rows if row.code == "pregnancy")
    answer_by_itself(check)
    assert check.review_button.missing == ()
    window.press(KEY.Key_Return, ctrl=True)
    window.wait(lambda: window.place.view.facts.screening is not None)
    (signed,) = window.clinic.find(Screening, patient_id=amara.id)
    assert signed.reviewed_by == window.clinic.nurse.person_id
    page = window.place.view.page
    assert [(line.row.text, line.row.detail, line.row.badge) for line in page.screening.lines()] == [
        ("Opioids", "tramadol", "Caution")
    ]
    assert page.reviewed.accessibleName() == "Reviewed"
    assert window.shell.status_bar.said == (
        f"Okafor, Amara: check list signed by {page_name(window)}. It holds until an answer changes."
    )


def page_name(window) -> str:
    """Who acts, by name."""
    desk = window.place.people._desk
    return next(one.name for one in desk.setup.staff if one.id == desk.actor.person_id)


def test_answers_that_are_only_kept_say_that_the_check_list_waits_to_be_signed(window, at):
    at(Role.RECEPTIONIST)
    window.press(KEY.Key_L, ctrl=True, shift=True)
    check = panel(window, CheckListPanel)
    check.answer_rest()
    check.keep_button.click()
    window.wait(lambda: window.place.view.facts.screening is not None)
    assert window.shell.status_bar.said == (
        "Okafor, Amara: the answers are kept. The check list still waits to be signed."
    )


def test_a_careless_space_says_the_same_in_every_line_of_the_check_list(window, at):
    at(Role.NURSE)
    window.press(KEY.Key_L, ctrl=True, shift=True)
    check = panel(window, CheckListPanel)
    assert {row.item().present for row in check.rows} == {None}
    for key in (KEY.Key_Space, KEY.Key_Tab, KEY.Key_Space, KEY.Key_Tab):
        window.press(key)
    assert [row.item().present for row in check.rows[:3]] == [False, False, None]
    assert window.focus is check.rows[2].no
    window.press(KEY.Key_Tab, shift=True)
    assert window.focus is check.rows[1].no


@pytest.mark.parametrize(("yes", "no"), [(KEY.Key_1, KEY.Key_2), (KEY.Key_Left, KEY.Key_Right)])
def test_a_line_is_answered_by_digits_or_arrows_and_its_note_goes_with_a_yes(window, at, yes, no):
    at(Role.NURSE)
    window.press(KEY.Key_L, ctrl=True, shift=True)
    row = panel(window, CheckListPanel).rows[0]
    window.press(yes)
    assert (row.item().present, row.note.isVisible(), window.focus) == (True, True, row.yes)
    row.note.setText("2011, treated")
    assert row.item().note == "2011, treated"
    window.press(no)
    assert (row.item().present, row.item().note, row.note.isVisible()) == (False, "", False)
    window.press(no)
    assert (row.item().present, window.focus) == (False, row.no)
    window.press(yes)
    assert row.item().note == "2011, treated"  # it was only put away
    row.note.setFocus()
    window.press(no)
    window.press(KEY.Key_Left)
    assert row.item().present is True  # keys in the note write


def test_the_desk_keeps_answers_without_a_signature(window, at):
    amara = at(Role.RECEPTIONIST)
    window.press(KEY.Key_L, ctrl=True, shift=True)
    check = panel(window, CheckListPanel)
    check.answer_rest()
    answer_by_itself(check)
    assert check.review_button.missing == ("A nurse or a prescriber signs the check list.",)
    check.keep_button.click()
    window.wait(lambda: window.place.view.facts.screening is not None)
    assert not window.clinic.find(Screening, patient_id=amara.id)[0].reviewed
    assert window.place.view.page.reviewed.accessibleName() == "Waits for review"


def test_an_order_by_weight(window, at):
    amara = at(Role.PRESCRIBER)
    window.press(KEY.Key_O, ctrl=True, shift=True)
    ordering = panel(window, OrderPanel)
    assert window.focus is ordering.dose
    window.type("0.5")
    window.press(KEY.Key_Return, ctrl=True)
    window.wait()
    assert ordering.form.row("weight_kg").problem == "A dose in mg/kg needs the weight. Enter it in kg."
    window.type("72")
    window.press(KEY.Key_Return, ctrl=True)
    window.wait(lambda: bool(window.place.view.page.orders.lines()))
    (order,) = window.clinic.find(Order, patient_id=amara.id)
    assert (order.drug, order.route, order.dose, order.weight_kg, order.weighed_on) == (
        "ketamine", "IV", 0.5, 72.0, TODAY,
    )  # fmt: skip
    assert window.place.view.page.orders.lines()[0].row.text == "IV ketamine, 0.5 mg/kg (36 mg at 72 kg)"


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (date(2027, 3, 1), "Order saved. The clearance for IV ketamine now runs to Nov 17, 2027."),
        (date(2028, 3, 1), "The order is kept"),
    ],
)
def test_an_order_that_lets_a_clearance_run_longer_says_so(window, at, until, words):
    amara = at(Role.PRESCRIBER)
    clear(window.clinic.store, window.clinic.prescriber, Decision(amara.id, "iv", until=until))
    window.press(KEY.Key_O, ctrl=True, shift=True)
    ordering = panel(window, OrderPanel)
    ordering.weight.set_value(72.0)
    ordering.dose.set_value(0.5)
    window.press(KEY.Key_Return, ctrl=True)
    window.wait(lambda: bool(window.place.view.page.orders.lines()))
    assert window.shell.status_bar.said == words


def test_an_order_above_the_usual_asks_why_and_one_far_beyond_is_refused(window, at, monkeypatch):
    amara = at(Role.PRESCRIBER)
    asked = []
    monkeypatch.setattr(ReasonDialog, "ask", lambda *args: asked.append(args))
    window.press(KEY.Key_O, ctrl=True, shift=True)
    ordering = panel(window, OrderPanel)
    ordering.weight.set_value(70.0)
    ordering.dose.set_value(5.0)
    window.press(KEY.Key_Return, ctrl=True)
    window.wait()
    assert ordering.form.row("dose").problem.startswith(
        "5 mg/kg (350 mg at 70 kg) is ten times the usual 0.5 mg/kg"
    )
    ordering.dose.set_value(1.0)
    window.press(KEY.Key_Return, ctrl=True)
    window.wait(lambda: bool(asked))
    assert window.clinic.find(Order, patient_id=amara.id) == []
    _panel, title, text, reasons, _verb, write = asked[0]
    assert (title, text.partition(".")[0]) == (
        "Is this dose meant?",
        "1 mg/kg (70 mg at 70 kg) is above the usual 52",
    )
    write(*reasons[0])
    window.wait(lambda: bool(window.place.view.page.orders.lines()))
    (order,) = window.clinic.find(Order, patient_id=amara.id)
    assert (order.dose, order.note) == (1.0, "A long infusion for pain")
    assert window.place.view.page.orders.lines()[0].row.detail.startswith("A long infusion for pain, ")


def test_more_than_any_source_gives_is_ordered_only_with_a_reason_that_is_written(window, at):
    amara = at(Role.PRESCRIBER)
    window.press(KEY.Key_O, ctrl=True, shift=True)
    ordering = panel(window, OrderPanel)
    ordering.weight.set_value(70.0)
    ordering.dose.set_value(2.0)
    window.press(KEY.Key_Return, ctrl=True)
    window.wait(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ReasonDialog)
    assert not dialog.picker.list.isVisible()
    assert QApplication.focusWidget() is dialog.picker.own
    window.press(KEY.Key_Return)
    assert window.clinic.find(Order, patient_id=amara.id) == []
    window.type("told by the pain clinic")
    window.press(KEY.Key_Return)
    window.wait(lambda: bool(window.place.view.page.orders.lines()))
    (order,) = window.clinic.find(Order, patient_id=amara.id)
    assert (order.dose, order.note) == (2.0, "told by the pain clinic")


def test_an_order_is_stopped_with_a_reason(window, at, monkeypatch):
    amara = at(Role.PRESCRIBER)
    with window.clinic.store.write(window.clinic.prescriber) as unit:
        unit.add(
            Order(
                0,
                0,
                amara.id,
                "spravato",
                "esketamine",
                "nasal",
                56,
                ordered_by=window.clinic.prescriber.person_id,
            )
        )
        window.place.people._desk.hub.tell(unit.commit())
    window.wait(lambda: bool(window.place.view.page.orders.lines()))
    monkeypatch.setattr(ReasonDialog, "ask", lambda _p, _t, _x, reasons, _v, done: done(*reasons[0]))
    window.place.view.page.orders.setFocus()
    window.press(KEY.Key_Return)
    ordering = panel(window, OrderPanel)
    assert not ordering.form.row("weight_kg").isVisible()
    ordering.stop_button.click()
    window.wait(lambda: window.place.view.page.orders.lines()[0].row.badge == "Ended")


@pytest.fixture
def twins(window, at):
    amara = at(Role.MANAGER)
    twin = window.clinic.patient("Amarah", "Okafor", birth_date=BORN, allergies="latex")
    window.place.people._desk.hub.tell(window.clinic.store.changes_since(0))
    window.wait()
    return amara, twin


def test_two_records_are_merged_and_either_number_leads_to_the_one_kept(window, twins):
    amara, twin = twins
    window.press(KEY.Key_J, ctrl=True, shift=True)
    merging = panel(window, MergePanel)
    assert window.focus is merging.likely
    window.press(KEY.Key_Return)
    window.wait(lambda: merging.preview is not None)
    assert ("Allergies", "latex") in merging.other_facts.facts()
    assert merging.gains.text() == "The kept record gains: allergies."
    assert merging.merge_button.text() == f"Merge {twin.chart_number} into {amara.chart_number}"
    merging.reason.setText("same driver, same birthday")
    merging.confirm()
    window.wait(lambda: window.place.view.facts is not None and bool(window.place.view.facts.formers))
    assert window.shown.id == amara.id
    assert f"formerly {twin.chart_number}" in window.place.view.page.head._who.text()
    window.place.view.list.line.setText(twin.chart_number)
    window.wait(lambda: window.place.view.facts is not None)
    assert window.shown.id == amara.id


def test_the_other_one_can_be_kept(window, twins):
    amara, twin = twins
    window.press(KEY.Key_J, ctrl=True, shift=True)
    merging = panel(window, MergePanel)
    merging.choose(twin.id)
    window.wait(lambda: merging.preview is not None)
    merging.swap()
    window.wait(lambda: merging.preview.kept.id == twin.id)
    merging.confirm()
    window.wait(lambda: bool(window.clinic.find(Merge)))
    window.wait(lambda: window.place.view.facts is not None and window.shown.id == twin.id)
    assert window.clinic.get(Patient, amara.id).merged_into == twin.id


def test_a_merge_comes_apart_from_the_page(window, twins, monkeypatch):
    _, twin = twins
    window.press(KEY.Key_J, ctrl=True, shift=True)
    merging = panel(window, MergePanel)
    merging.choose(twin.id)
    window.wait(lambda: merging.preview is not None)
    merging.confirm()
    page = window.place.view.page
    window.wait(lambda: bool(page.formers.lines()))
    monkeypatch.setattr(QuestionDialog, "ask", lambda _p, _t, _x, _v, on_yes: on_yes())
    page.formers.setFocus()
    window.press(KEY.Key_Return)
    window.wait(lambda: not page.formers.lines())
    assert window.clinic.get(Patient, twin.id).merged_into is None


def test_what_forbids_a_merge_is_said_and_locks_the_button(window, twins):
    amara, twin = twins
    friday = date(2026, 11, 20)
    for at, (one, room) in enumerate(((amara, "consult"), (twin, None))):
        visit = window.clinic.book(amara.id, "CON", friday.replace(day=20 + 3 * at), 600)
        with window.clinic.store.write(window.clinic.manager) as unit:
            unit.save(
                replace(
                    visit,
                    patient_id=one.id,
                    day=friday,
                    start=visit.start - at * 3 * 1440,
                    room_id=visit.room_id if room else None,
                )
            )
            unit.commit()
    window.press(KEY.Key_J, ctrl=True, shift=True)
    merging = panel(window, MergePanel)
    merging.choose(twin.id)
    window.wait(lambda: merging.preview is not None)
    assert "Both records have visits at the same time" in merging.merge_button.missing[0]
    box, last = merging.forbidden, merging.reason
    assert box.isVisible()
    assert box.mapTo(merging, box.rect().bottomLeft()).y() < last.mapTo(merging, last.rect().topLeft()).y()
    merging.confirm()
    window.wait()
    assert window.clinic.find(Merge) == []


def test_a_receptionist_cannot_merge(window, twins):
    window.place.people._desk.act_as(window.clinic.reception)
    window.press(KEY.Key_J, ctrl=True, shift=True)
    assert panel(window, MergePanel).merge_button.missing == ("Only a manager merges records.",)


def test_booking_tells_the_window_whom(window, at):
    amara = at(Role.RECEPTIONIST)
    booked = []
    window.place.view.book_wanted.connect(booked.append)
    window.press(KEY.Key_F3)
    window.place.view.page.head.book.click()
    assert booked == [amara.id, amara.id]


def test_escape_closes_the_panel_and_gives_the_focus_back(window, at):
    at(Role.PRESCRIBER)
    window.press(KEY.Key_C, ctrl=True, shift=True)
    window.press(KEY.Key_Escape)
    assert window.shell.body.panel is None
    assert window.place.view.isAncestorOf(window.focus)


def test_who_takes_the_desk_over_opens_what_was_locked(window, at):
    at(Role.RECEPTIONIST)
    window.press(KEY.Key_O, ctrl=True, shift=True)
    ordering = panel(window, OrderPanel)
    assert ordering.write_button.missing
    window.place.people._desk.act_as(window.clinic.prescriber)
    assert not ordering.write_button.missing


def test_another_place_asks_for_a_patient(window, at):
    amara = at(Role.RECEPTIONIST)
    window.place.view.list.line.clear()
    window.wait()
    window.place.bring()
    window.place.show_patient(amara.id)
    window.wait(lambda: window.place.view.facts is not None)
    assert window.place.view.isVisible()
    assert window.shown.id == amara.id


def test_somebody_asked_for_before_the_list_is_read_is_shown_when_it_is(window):
    ben = window.clinic.patient("Ben", "Marsh")
    window.place.show_patient(ben.id)
    assert window.place.view.facts is None
    window.place.people._desk.hub.tell(window.clinic.store.changes_since(0))
    window.wait(lambda: window.place.view.facts is not None)
    assert window.shown.id == ben.id


def test_a_long_list_of_visits_stays_in_sight_while_arrows_move(full_window):
    full_window.shell.resize(683, 365)
    full_window.find("okafor")
    full_window.press(KEY.Key_Return)
    page = full_window.place.view.page
    full_window.wait()
    page.visits.setFocus()
    for _ in page.visits.lines():
        full_window.press(KEY.Key_Down)
        row = page.visits.visualRect(page.visits.currentIndex())
        top = page.visits.viewport().mapTo(page.viewport(), row.topLeft()).y()
        assert 0 <= top < page.viewport().height()

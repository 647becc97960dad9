"""What becomes of a booked visit: its driver is named and confirmed, or it is cancelled or missed."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.courses import CourseWish, book_course
from clinic_desktop.scheduling.holding import confirm_visit
from clinic_desktop.scheduling.model import Course, Override, Visit
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui.dialogs import ReasonDialog
from tests.small_clinic import BEA, MONDAY, SmallClinic
from tests.ui.booking.people import give_driver
from tests.ui.booking.window import CTRL, ENTER, Window, make_window

F9 = Qt.Key.Key_F9


def held(clinic: SmallClinic, **changes: object) -> Visit:
    """Amara's infusion on Monday at ten, without a driver."""
    return book(clinic.store, clinic.desk, clinic.wish(plan=None, **changes)).visits[0]


def three_held(clinic: SmallClinic) -> list[Visit]:
    with clinic.store.read() as records:
        template = next(one for one in records.setup().templates if one.code == "IV6")
    wishes = [(n + 1, clinic.wish(day=MONDAY + timedelta(days=2 * n), plan=None)) for n in range(3)]
    return list(book_course(clinic.store, clinic.desk, CourseWish(template, wishes)).visits)


def open_driver(window: Window, visit: Visit) -> None:
    window.panels.change_driver(window.shell, window.desk, visit.id)
    window.wait()


def open_cancel(window: Window, visit: Visit) -> None:
    window.panels.cancel(window.shell, window.desk, visit.id)
    window.wait()


def test_the_usual_driver_is_one_enter_and_the_visit_is_booked(qtbot: QtBot, clinic: SmallClinic) -> None:
    give_driver(clinic)
    visit = held(clinic)
    window = make_window(qtbot, clinic)
    open_driver(window, visit)
    panel = window.panels.driver
    assert panel.driver.badge.accessibleName() == "Driver missing"
    window.press(ENTER)
    after = clinic.visit(visit.id)
    assert (after.state, after.plan_name) == (VisitState.BOOKED, "Bea Marsh")
    assert window.said() == "Bea Marsh, sister for 1 visit. 1 visit is booked now."
    window.shell.undo()
    window.wait()
    assert clinic.visit(visit.id).state is VisitState.HELD


def test_a_driver_for_all_coming_visits_of_the_course(qtbot: QtBot, clinic: SmallClinic) -> None:
    give_driver(clinic)
    visits = three_held(clinic)
    window = make_window(qtbot, clinic)
    open_driver(window, visits[0])
    panel = window.panels.driver
    panel.scope.set_current("all")
    assert panel.save.text() == "Bea Marsh, sister for 3 visits"
    window.press(ENTER)
    assert {clinic.visit(one.id).state for one in visits} == {VisitState.BOOKED}


def test_the_button_names_whoever_is_being_typed_and_saves_them(qtbot: QtBot, clinic: SmallClinic) -> None:
    give_driver(clinic)
    visit = held(clinic)
    window = make_window(qtbot, clinic)
    open_driver(window, visit)
    panel = window.panels.driver
    assert panel.save.text() == "Bea Marsh, sister for 1 visit"
    window.press(Qt.Key.Key_N, mods=CTRL)
    assert panel.save.text() == "Someone else for 1 visit"
    window.type("Bob Jones")
    assert panel.save.text() == "Bob Jones for 1 visit"
    panel.save.fired.emit()
    form = panel.driver.someone
    assert form.form.row("phone").problem == "Write a phone number, so that the driver can be called."
    window.wait()
    assert clinic.visit(visit.id).state is VisitState.HELD  # nobody was saved, Bea Marsh least of all
    form.phone.setText("217 555 0142")
    form.relationship.setText("neighbor")
    form.adult.setChecked(True)
    panel.save.fired.emit()
    window.wait()
    assert clinic.visit(visit.id).plan_name == "Bob Jones"
    assert window.said() == "Bob Jones, neighbor for 1 visit. 1 visit is booked now."


def test_ctrl_enter_in_the_form_for_somebody_else_saves_them_at_once(
    qtbot: QtBot, clinic: SmallClinic
) -> None:
    visit = held(clinic)
    window = make_window(qtbot, clinic)
    open_driver(window, visit)
    form = window.panels.driver.driver.someone
    window.press(Qt.Key.Key_N, mods=CTRL)
    window.type("Bob Jones")
    form.adult.setChecked(True)
    form.phone.setFocus()
    window.type("217 555 0142")
    window.press(ENTER, mods=CTRL)
    window.wait()
    assert clinic.visit(visit.id).plan_name == "Bob Jones"
    assert window.said() == "Bob Jones for 1 visit. 1 visit is booked now."


def test_who_was_proposed_is_on_the_button_again_when_they_are_chosen(
    qtbot: QtBot, clinic: SmallClinic
) -> None:
    give_driver(clinic)
    window = make_window(qtbot, clinic)
    open_driver(window, held(clinic))
    panel = window.panels.driver
    window.press(Qt.Key.Key_N, mods=CTRL)
    window.type("Bob Jones")
    panel.driver.list.setFocus()
    window.press(Qt.Key.Key_1)
    assert panel.save.text() == "Bea Marsh, sister for 1 visit"


def test_confirmed_and_taken_back_by_one_key(qtbot: QtBot, clinic: SmallClinic) -> None:
    visit = book(clinic.store, clinic.desk, clinic.wish(plan=BEA)).visits[0]
    window = make_window(qtbot, clinic)
    open_driver(window, visit)
    panel = window.panels.driver
    window.press(F9)
    assert clinic.visit(visit.id).plan_confirmed_at is not None
    assert panel.driver.badge.accessibleName() == "Driver confirmed"
    assert window.said() == "Bea Marsh, sister is confirmed as driver."
    window.press(F9)
    assert clinic.visit(visit.id).plan_confirmed_at is None


def test_a_driver_taken_away_says_that_the_visit_is_not_confirmed_any_more(
    qtbot: QtBot, clinic: SmallClinic
) -> None:
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    visit = confirm_visit(clinic.store, clinic.desk, visit.id, visit.version).visits[0]
    window = make_window(qtbot, clinic)
    open_driver(window, visit)
    window.panels.driver.save_for([visit], None)
    window.wait()
    assert clinic.visit(visit.id).state is VisitState.HELD
    assert [one.accessibleName() for one in window.shell.notices.notices()] == [
        "To confirm again. The visit of Okafor, Amara on Mon, Nov 16 at 10:00 AM is not confirmed any more: "
        "it is held until the way home is settled. It is on the call list again."
    ]


def test_a_prescriber_goes_over_the_rule_with_a_reason(qtbot: QtBot, clinic: SmallClinic) -> None:
    visit = held(clinic)
    window = make_window(qtbot, clinic, clinic.prescriber)
    open_driver(window, visit)
    panel = window.panels.driver
    assert panel.over.isVisible()
    panel.over.fired.emit()
    (dialog,) = window.shell.findChildren(ReasonDialog)
    qtbot.waitUntil(dialog.isVisible)
    qtbot.keyClick(dialog.picker.list, Qt.Key.Key_1)
    qtbot.keyClick(dialog.picker.list, Qt.Key.Key_Return)
    window.wait()
    assert clinic.visit(visit.id).state is VisitState.BOOKED
    with clinic.store.read() as records:
        assert [one.rule for one in records.find(Override, visit_id=visit.id)] == ["driver"]


def test_nobody_else_may_and_is_told_who(window: Window) -> None:
    open_driver(window, held(window.clinic))
    panel = window.panels.driver
    assert not panel.over.isVisible()
    assert panel.who == "Only a prescriber can let the patient be treated without a driver."


def test_a_visit_that_asks_for_no_driver_says_so(window: Window) -> None:
    clinic = window.clinic
    visit = book(clinic.store, clinic.desk, clinic.wish("CON")).visits[0]
    open_driver(window, visit)
    panel = window.panels.driver
    assert not panel.driver.isVisible()
    assert not panel.save.isVisible()
    assert panel.none == "This visit asks for no driver."


def test_a_change_of_another_desk_is_not_written_over(qtbot: QtBot, clinic: SmallClinic) -> None:
    give_driver(clinic)
    visit = held(clinic)
    window = make_window(qtbot, clinic)
    open_driver(window, visit)
    with clinic.store.write(clinic.desk) as unit:
        unit.save(clinic.visit(visit.id))
        unit.commit()
    window.press(ENTER)
    assert clinic.visit(visit.id).state is VisitState.HELD
    window.press(ENTER)  # it was read anew
    assert clinic.visit(visit.id).state is VisitState.BOOKED


def test_del_a_digit_and_enter_cancel_a_visit(window: Window) -> None:
    clinic = window.clinic
    visit = held(clinic, day=MONDAY + timedelta(days=3))
    open_cancel(window, visit)
    panel = window.panels.cancelling
    assert window.focus is panel.reasons
    assert panel.counts.text() == "In time: until Wed, Nov 18, 5:00 PM."
    window.press(Qt.Key.Key_3)
    assert clinic.visit(visit.id).state is VisitState.HELD  # a digit alone changes nothing
    window.press(ENTER)
    after = clinic.visit(visit.id)
    assert (after.state, after.end_reason, after.end_late) == (VisitState.CANCELLED, "unwell", False)
    assert window.said() == "Okafor, Amara cancelled for Thu, Nov 19."
    window.shell.undo()
    window.wait(lambda: clinic.visit(visit.id).state is VisitState.HELD)


def test_enter_without_a_reason_cancels_nothing_and_says_what_is_missing(window: Window) -> None:
    """Del and Enter pressed in a row: no reason stands chosen, and the visit stays."""
    visit = held(window.clinic)
    open_cancel(window, visit)
    panel = window.panels.cancelling
    assert panel.subtitle.text() == "Okafor, Amara  today, 10:00 AM"  # in sight whatever is scrolled
    assert (panel.reasons.current, panel.take.missing) == ("", ("choose a reason",))
    assert panel.take.text() == "Cancel the visit: choose a reason"
    window.press(ENTER)
    window.press(ENTER, mods=CTRL)
    assert window.clinic.visit(visit.id).state is VisitState.HELD
    assert [one.text for one in panel.said.lines] == [
        "Why? Choose a reason with its digit or an arrow; nothing is cancelled before."
    ]
    assert window.focus is panel.reasons
    window.press(Qt.Key.Key_Down)
    assert panel.reasons.current == "patient asked"
    assert not panel.said.isVisible()
    assert panel.take.text() == "Cancel the visit"
    assert "Enter" in panel.take.accessibleDescription()  # the key on the button is the one that works here
    window.press(ENTER)
    assert window.clinic.visit(visit.id).state is VisitState.CANCELLED


def test_the_reason_of_the_visit_before_is_not_that_of_the_next(window: Window) -> None:
    first, second = held(window.clinic), held(window.clinic, day=MONDAY + timedelta(days=3))
    open_cancel(window, first)
    window.press(Qt.Key.Key_3)
    open_cancel(window, second)
    window.press(ENTER)
    assert window.clinic.visit(second.id).state is VisitState.HELD


def test_late_is_said_before_and_never_for_the_clinics_own_reasons(window: Window) -> None:
    visit = held(window.clinic)
    open_cancel(window, visit)
    panel = window.panels.cancelling
    assert panel.counts.text().startswith("Counts as late: in time was until Fri, Nov 13, 5:00 PM.")
    window.press(Qt.Key.Key_5)
    assert panel.counts.text() == "Does not count against the patient."


def test_a_note_is_kept_with_the_reason(window: Window) -> None:
    visit = held(window.clinic)
    open_cancel(window, visit)
    window.press(Qt.Key.Key_1)
    window.panels.cancelling.note.setFocus()
    window.type("snow")
    window.press(ENTER)
    assert window.clinic.visit(visit.id).end_reason == "patient asked snow"


def test_missed_is_offered_only_after_its_time(window: Window) -> None:
    clinic = window.clinic
    visit = held(clinic)
    open_cancel(window, visit)
    assert len(window.panels.cancelling.reasons.choices) == 6
    clinic.clock.forward(4 * 60)
    open_cancel(window, visit)
    assert len(window.panels.cancelling.reasons.choices) == 7
    window.press(Qt.Key.Key_7)
    assert window.panels.cancelling.take.text() == "Record as missed"
    window.press(ENTER)
    assert clinic.visit(visit.id).state is VisitState.MISSED


def test_a_cancelled_visit_of_a_course_goes_to_the_list_and_a_time_is_offered(window: Window) -> None:
    clinic = window.clinic
    first = three_held(clinic)[0]
    open_cancel(window, first)
    assert "this one goes to the to-place list" in window.panels.cancelling.counts.text()
    window.press(Qt.Key.Key_1, ENTER)
    with clinic.store.read() as records:
        assert records.get(Course, first.course_id or 0).to_place == 4
    (notice,) = window.shell.notices.notices()
    assert "Okafor, Amara: visit 1 of 6 waits on the to-place list." in notice.accessibleName()


def test_a_visit_that_has_begun_cannot_be_cancelled(window: Window) -> None:
    clinic = window.clinic
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    with clinic.store.write(clinic.desk) as unit:
        unit.lock_days([visit.day])
        arrived = unit.get(Visit, visit.id)
        unit.save(replace(arrived, state=VisitState.ARRIVED))
        unit.commit()
    open_cancel(window, visit)
    panel = window.panels.cancelling
    assert panel.take.missing == (
        "The patient is here, so the visit cannot be cancelled any more."
        " Record on the floor that there was no treatment, and why.",
    )
    window.press(ENTER)
    assert clinic.visit(visit.id).state is VisitState.ARRIVED

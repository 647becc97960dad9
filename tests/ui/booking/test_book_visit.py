"""Booking one visit, by keyboard alone."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.booking import Booked, book
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.courses import CourseWish, book_course
from clinic_desktop.scheduling.looking_booking import Look
from clinic_desktop.scheduling.looking_patient import CourseStand
from clinic_desktop.scheduling.model import Closure, Course, Visit
from clinic_desktop.scheduling.rules import DOSING_CLOSE, DRIVER
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.storage.store import SqlStore
from clinic_desktop.ui.board.ports import Slot
from clinic_desktop.ui.booking import saving
from clinic_desktop.ui.booking.patient_part import course_words
from clinic_desktop.ui.booking.type_part import TypeChip
from clinic_desktop.ui.dialogs import ChoiceDialog, ReasonDialog
from tests.scheduling.test_booking import more_patients
from tests.small_clinic import MONDAY, SmallClinic, instant
from tests.ui.booking.people import clear_noah, give_driver
from tests.ui.booking.window import CTRL, ENTER, Window, make_window
from tests.ui.reader import act, act_on_row

THREE = Qt.Key.Key_3


def test_a_known_patient_at_a_seen_slot_in_two_enters(qtbot: QtBot, clinic: SmallClinic) -> None:
    give_driver(clinic)
    window = make_window(qtbot, clinic)
    window.book(615, "Infusion 2")
    window.type("oka")
    window.press(ENTER)
    assert window.focus is window.panels.booking.book
    window.press(ENTER)
    (visit,) = window.visits()
    assert (visit.day, visit.minute, visit.room_id) == (MONDAY, 615, clinic.rooms["Infusion 2"].id)
    assert (visit.state, visit.plan_name) == (VisitState.BOOKED, "Bea Marsh")
    assert window.actions == 2
    assert window.said() == "Okafor, Amara booked for today, 10:15 AM: IV ketamine, Infusion 2."
    assert window.board.visit == (visit.id, MONDAY)


def test_ctrl_enter_books_the_found_patient_at_once(qtbot: QtBot, clinic: SmallClinic) -> None:
    give_driver(clinic)
    window = make_window(qtbot, clinic)
    window.book(615, "Infusion 2")
    window.type("okafor")
    window.press(ENTER, mods=CTRL)
    assert [one.minute for one in window.visits()] == [615]


def test_without_a_slot_the_first_opening_is_one_more_enter(qtbot: QtBot, clinic: SmallClinic) -> None:
    give_driver(clinic)
    window = make_window(qtbot, clinic)
    window.book()
    window.type("oka")
    window.press(ENTER)
    assert window.focus is window.panels.booking.times.list
    window.press(ENTER)
    (visit,) = window.visits()
    assert (visit.day, visit.minute) == (MONDAY, 480)


@pytest.mark.parametrize("mods", [Qt.KeyboardModifier.NoModifier, CTRL])
def test_without_a_driver_the_visit_is_held_and_said_so_before(
    window: Window, mods: Qt.KeyboardModifier
) -> None:
    window.book(615, "Infusion 1", window.clinic.amara.id)
    assert "Held until a driver is named for Okafor, Amara" in window.lines()
    assert window.panels.booking.book.text().startswith("Hold today, 10:15 AM")
    assert window.focus is window.panels.booking.driver.list
    window.press(ENTER, mods=mods)  # nobody yet; with Ctrl it is what the button says
    (visit,) = window.visits()
    assert (visit.state, visit.held_for) == (VisitState.HELD, {"driver"})
    assert window.said() == "Okafor, Amara held for today, 10:15 AM: IV ketamine, Infusion 1."


def test_somebody_else_is_named_with_name_phone_and_age(window: Window) -> None:
    window.book(615, "Infusion 1", window.clinic.amara.id)
    window.press(Qt.Key.Key_N, mods=CTRL)
    form = window.panels.booking.driver.someone
    assert window.focus is form.name
    window.type("Joe Park")
    window.press(ENTER)
    window.type("(217) 555-0188")
    window.press(ENTER, ENTER, ENTER)
    assert window.focus is form.adult
    window.press(ENTER)
    assert form.form.row("adult").problem
    window.press(Qt.Key.Key_Space, ENTER)
    assert window.focus is window.panels.booking.book
    window.press(ENTER)
    (visit,) = window.visits()
    assert (visit.state, visit.plan_name, visit.plan_adult) == (VisitState.BOOKED, "Joe Park", True)


def test_a_new_caller_needs_name_and_phone_and_gets_a_consultation(window: Window) -> None:
    window.book(600, "Consult 1")
    window.type("Zoe Quill")
    window.press(ENTER)
    caller = window.panels.booking.patient.caller
    assert (caller.given.text(), caller.family.text()) == ("Zoe", "Quill")
    assert window.focus is caller.phone
    window.press(ENTER)
    assert caller.form.row("phone").problem
    window.type("217 555 0177")
    window.press(ENTER, ENTER)
    (visit,) = window.visits()
    assert (visit.minute, visit.state) == (600, VisitState.BOOKED)
    with window.clinic.store.read() as records:
        patient = records.get(Patient, visit.patient_id)
    assert (patient.given_name, patient.family_name, len(patient.phones)) == ("Zoe", "Quill", 1)


def test_somebody_who_is_here_already_is_named_while_a_caller_is_typed(window: Window) -> None:
    window.book()
    window.type("amara okafor x")
    window.press(Qt.Key.Key_Up, ENTER)
    caller = window.panels.booking.patient.caller
    caller.given.setText("Amara")
    caller.family.setText("Okafor")
    assert [one.id for one in caller.doubles.people] == [window.clinic.amara.id]
    caller.doubles.open_wanted.emit(window.clinic.amara.id)
    window.wait()
    about = window.panels.booking.seen.about
    assert about is not None
    assert about.patient.id == window.clinic.amara.id


def test_the_dead_are_not_offered(qtbot: QtBot, clinic: SmallClinic) -> None:
    with clinic.store.write(clinic.desk) as unit:
        unit.add(Patient(given_name="Ira", family_name="Okafor", death_date=date(2026, 1, 2)))
        unit.commit()
    window = make_window(qtbot, clinic)
    window.book()
    window.type("okafor")
    shown = [one.row.text for one in window.panels.booking.patient.hits.choices]
    assert shown == ["Okafor, Amara", "New caller"]


def test_a_namesake_on_that_day_is_pointed_out(qtbot: QtBot, clinic: SmallClinic) -> None:
    with clinic.store.write(clinic.desk) as unit:
        other = unit.add(Patient(given_name="Amara", family_name="Okafor", birth_date=date(1990, 1, 2)))
        unit.commit()
    book(clinic.store, clinic.desk, clinic.wish("CON", 840, patient_id=other.id))
    window = make_window(qtbot, clinic)
    window.book(615, "Infusion 1", clinic.amara.id)
    assert "Another Okafor, Amara on that day: Jan 2, 1990 (36), 2:00 PM, Consult 1." in window.lines()


@pytest.mark.parametrize(
    ("typed", "day", "minute"),
    [("thu 10:15", MONDAY + timedelta(days=3), 615), ("+2w 9:00", MONDAY + timedelta(days=14), 540)],
)
def test_a_typed_time_is_taken(qtbot: QtBot, clinic: SmallClinic, typed: str, day: date, minute: int) -> None:
    give_driver(clinic)
    window = make_window(qtbot, clinic)
    window.book(patient=clinic.amara.id)
    window.type(typed)  # a letter or sign in the list goes on in the line
    assert window.focus is window.panels.booking.times.line
    window.press(ENTER)
    assert window.focus is window.panels.booking.book
    window.press(ENTER)
    assert [(one.day, one.minute) for one in window.visits()] == [(day, minute)]


def test_a_typed_day_alone_moves_the_offers(window: Window) -> None:
    window.book(patient=window.clinic.amara.id)
    window.type("tomorrow pm")
    offers = window.panels.booking.seen.offers
    assert offers[0].at.day == MONDAY + timedelta(days=1)
    assert all(one.at.minute >= 720 for one in offers)
    window.press(ENTER)
    assert window.focus is window.panels.booking.times.list


def test_what_is_no_day_is_said_to_be_none(window: Window) -> None:
    window.book(patient=window.clinic.amara.id)
    window.type("someday")
    window.press(ENTER)
    assert window.focus is window.panels.booking.times.line
    assert "“someday” is no day or time here." in window.panels.booking.times.below


def test_digits_pick_a_time_and_never_book(qtbot: QtBot, clinic: SmallClinic) -> None:
    give_driver(clinic)
    window = make_window(qtbot, clinic)
    window.book(patient=clinic.amara.id)
    third = window.panels.booking.times.spots[2]
    window.press(THREE)
    assert window.visits() == []
    assert window.panels.booking.seen.spot == third
    assert window.focus is window.panels.booking.book


def test_the_board_shows_the_times_and_can_be_pointed_at(window: Window) -> None:
    window.book(patient=window.clinic.amara.id)
    panel, board = window.panels.booking, window.board
    assert [one.number for one in board.ghosts] == [1, 2, 3]
    assert [one.chosen for one in board.ghosts] == [True, False, False]
    assert board.pick is not None
    board.pick(1)
    window.wait()
    assert panel.seen.spot == panel.times.spots[1]
    assert board.day == panel.times.spots[1].at.day
    assert board.on_slot is not None
    board.on_slot(Slot(MONDAY, 840, window.clinic.rooms["Infusion 3"].id))
    window.wait()
    assert panel.seen.spot is not None
    assert (panel.seen.spot.at.minute, panel.seen.fit and panel.seen.fit.reasons) == (840, ())
    panel.closed.emit()
    assert (board.ghosts, board.on_slot) == ([], None)


def test_what_it_is_held_for_and_what_else_is_to_be_known_are_two_notices(window: Window) -> None:
    """The same nurse begins another dosing ten minutes before."""
    window.book(630, "Infusion 2", window.clinic.amara.id)
    found = [
        Finding(DRIVER, {"patient": "Okafor, Amara", "gaps": ("nobody is named",)}),
        Finding(DOSING_CLOSE, {"person": "Rosa Silva", "time": "10:00 AM", "minutes": 10, "least": 15}),
    ]
    window.panels._after.warn(found)
    said = [one.accessibleName() for one in window.shell.notices.notices()]
    assert ["Okafor" in one for one in said] == [one.startswith("Held") for one in said] != []
    assert ["dosing" in one for one in said] == [one.startswith("Something to know") for one in said]


def test_a_course_that_began_elsewhere_counts_the_visits_from_before() -> None:
    """Visits 5 and 6 of 6 stand here: nothing is left to book."""
    visits = (Visit(course_no=5, day=MONDAY), Visit(course_no=6, day=MONDAY + timedelta(days=7), start=1))
    stand = CourseStand(Course(planned=6), None, visits, ())
    assert course_words(stand) == "Course: 6 of 6 booked, the last Nov 23, 2026"
    assert course_words(replace(stand, visits=visits[:1], missing=(6,))).startswith("Course: 5 of 6 booked")


def test_a_slot_that_is_taken_says_why_and_offers_others(window: Window) -> None:
    clinic = window.clinic
    book(clinic.store, clinic.desk, clinic.wish(patient_id=clinic.amara.id, minute=600))
    window.book(615, "Infusion 1", clinic.noah.id)
    panel = window.panels.booking
    panel.types.picked.emit("IVM")
    window.wait()
    assert panel.times.below == "Infusion 1 is taken until 11:45 AM."
    assert panel.book.missing == ("the time does not fit",)
    assert len(panel.times.list.choices) == 4


def test_not_cleared_cannot_be_booked_and_says_who_can_help(window: Window) -> None:
    window.book(615, "Infusion 1", window.clinic.noah.id)
    panel = window.panels.booking
    panel.types.picked.emit("IVM")
    window.wait()
    assert "Book a consultation first, or ask a prescriber." in window.lines()
    assert panel.book.missing == ("a rule refuses it",)
    assert not panel.said.override.isVisible()
    window.press(ENTER, mods=CTRL)
    assert window.visits() == []


def close_at_four(clinic: SmallClinic) -> None:
    with clinic.store.write(clinic.prescriber) as unit:
        unit.add(Closure(0, 0, clinic.rooms["Infusion 1"].id, MONDAY, 960, MONDAY, 1440, "service"))
        unit.commit()


def test_a_hard_rule_is_gone_over_with_a_reason_by_those_who_may(qtbot: QtBot, clinic: SmallClinic) -> None:
    give_driver(clinic)
    close_at_four(clinic)
    window = make_window(qtbot, clinic, clinic.prescriber)
    window.book(945, "Infusion 1", clinic.amara.id)
    panel = window.panels.booking
    assert "Infusion 1 is closed then." in window.lines()
    assert panel.said.override.isVisible()
    window.press(ENTER, mods=CTRL)
    assert window.focus is panel.said.override
    window.press(ENTER)
    (dialog,) = window.shell.findChildren(ReasonDialog)
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.take.text() == "Book today, 3:45 PM for Okafor, Amara"
    qtbot.keyClick(dialog.picker.list, Qt.Key.Key_1)
    qtbot.keyClick(dialog.picker.list, Qt.Key.Key_Return)
    window.wait()
    (visit,) = window.visits()
    assert visit.minute == 945


def test_a_taken_room_is_shared_with_a_reason_by_those_who_may(qtbot: QtBot, clinic: SmallClinic) -> None:
    give_driver(clinic)
    (other,) = more_patients(clinic, 1)
    there = book(clinic.store, clinic.desk, clinic.wish(patient_id=other.id)).visits[0]
    window = make_window(qtbot, clinic, clinic.prescriber)
    window.book(615, "Infusion 1", clinic.amara.id)
    panel = window.panels.booking
    assert "Infusion 1 is not free before 11:45 AM." in window.lines()
    window.press(ENTER, mods=CTRL)
    assert window.focus is panel.said.override
    window.press(ENTER)
    (dialog,) = window.shell.findChildren(ReasonDialog)
    qtbot.waitUntil(dialog.isVisible)
    qtbot.keyClick(dialog.picker.list, Qt.Key.Key_1)
    qtbot.keyClick(dialog.picker.list, Qt.Key.Key_Return)
    window.wait()
    assert [(one.minute, one.room_id) for one in window.visits()] == [
        (600, there.room_id),
        (615, there.room_id),
    ]


def test_at_the_front_desk_a_taken_room_is_taken(qtbot: QtBot, clinic: SmallClinic) -> None:
    give_driver(clinic)
    (other,) = more_patients(clinic, 1)
    book(clinic.store, clinic.desk, clinic.wish(patient_id=other.id))
    window = make_window(qtbot, clinic)
    window.book(615, "Infusion 1", clinic.amara.id)
    assert window.panels.booking.seen.wish is None


def test_who_may_not_go_over_a_rule_is_told_who_can(qtbot: QtBot, clinic: SmallClinic) -> None:
    give_driver(clinic)
    close_at_four(clinic)
    window = make_window(qtbot, clinic)
    window.book(945, "Infusion 1", clinic.amara.id)
    assert not window.panels.booking.said.override.isVisible()
    assert window.panels.booking.said.who == "A prescriber or manager can go over this with a reason."


def test_r1_a_lost_race_names_the_winner_and_enter_takes_the_next_best(
    qtbot: QtBot, clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_driver(clinic)
    window = make_window(qtbot, clinic)
    window.book(615, "Infusion 1", clinic.amara.id)
    window.panels.booking.note.setText("wants the window seat")
    clear_noah(clinic)
    others = [clinic.wish("IVM", 600, patient_id=clinic.noah.id, nurse_id=clinic.tunde.id)]
    real = saving.book_looked

    def late(store: SqlStore, actor: Actor, seen: Look, reason: str) -> Booked:
        """Another desk takes the room between the last look and Enter."""
        while others:
            book(store, actor, others.pop())
        return real(store, actor, seen, reason)

    monkeypatch.setattr(saving, "book_looked", late)
    window.press(ENTER)
    (dialog,) = window.shell.findChildren(ChoiceDialog)
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.accessibleName() == "Infusion 1 today at 10:15 AM was just taken"
    assert "Reed, Noah is there now." in dialog.accessibleDescription()
    assert "Everything you entered is kept." in dialog.accessibleDescription()
    assert dialog.list.model().rowCount() == 3
    qtbot.keyClick(dialog.list, ENTER)
    window.wait(lambda: len(window.visits()) == 2)
    mine = next(one for one in window.visits() if one.patient_id == clinic.amara.id)
    assert (mine.day, mine.minute, mine.note) == (MONDAY, 615, "wants the window seat")
    assert mine.room_id != clinic.rooms["Infusion 1"].id


def test_a_booking_is_undone_with_one_key(qtbot: QtBot, clinic: SmallClinic) -> None:
    give_driver(clinic)
    window = make_window(qtbot, clinic)
    window.book(615, "Infusion 1", clinic.amara.id)
    window.press(ENTER)
    window.shell.undo()
    window.wait()
    (visit,) = window.visits()
    assert (visit.state, visit.end_asked_by) == (VisitState.CANCELLED, "clinic")


@pytest.mark.parametrize("size", [(1366, 768), (683, 384)])
def test_what_will_be_booked_is_read_whole_above_a_long_verb(window: Window, size: tuple[int, int]) -> None:
    window.shell.resize(*size)
    window.book(615, "Infusion 1", window.clinic.amara.id)
    panel = window.panels.booking
    panel.book.setText("Book Monday, November 23, 10:15 AM for Featherstonehaugh, Bartholomew")
    panel._sentence.setText("IV ketamine, visit 5 of 6. " * 4 + "Bruno Featherstonehaugh drives.")
    panel._sentence.show()
    panel.book.updateGeometry()
    window.wait(lambda: panel._sentence.height() >= panel._sentence.heightForWidth(panel._sentence.width()))
    assert panel.book.height() >= panel.book.sizeHint().height()


def test_what_was_to_know_of_it_goes_with_the_undo(window: Window) -> None:
    window.book(615, "Infusion 1", window.clinic.amara.id)
    window.press(ENTER)  # nobody drives yet
    (said,) = [one.accessibleName() for one in window.shell.notices.notices()]
    assert said.startswith("Held")
    window.shell.undo()
    window.wait(lambda: window.shell.notices.notices() == [])


def test_a_visit_of_a_course_is_booked_into_it(qtbot: QtBot, clinic: SmallClinic) -> None:
    with clinic.store.read() as records:
        template = next(one for one in records.setup().templates if one.code == "IV6")
    first = CourseWish(template, [(1, clinic.wish())])
    course = book_course(clinic.store, clinic.desk, first).visits[0].course_id
    window = make_window(qtbot, clinic)
    window.book(patient=clinic.amara.id)
    window.press(ENTER)
    second = window.visits()[1]
    assert (second.course_id, second.course_no, second.plan_name) == (course, 2, "Bea Marsh")
    with clinic.store.read() as records:
        assert records.get(Course, course or 0).to_place == 4


def test_a_draft_waits_until_its_patient_is_named_again(window: Window) -> None:
    window.book(615, "Infusion 1")
    window.type("oka")
    window.press(ENTER)
    window.panels.booking.closed.emit()
    window.book()
    assert window.panels.booking.answers.patient_id is None  # the next caller is somebody else
    window.type("oka")
    window.press(ENTER)
    answers = window.panels.booking.answers
    assert answers.patient_id == window.clinic.amara.id
    assert answers.spot is not None
    assert answers.spot.at.minute == 615


def test_first_openings_type_first_then_enter(qtbot: QtBot, clinic: SmallClinic) -> None:
    give_driver(clinic)
    window = make_window(qtbot, clinic)
    window.panels.openings(window.shell, window.desk, MONDAY, None)
    window.wait()
    panel = window.panels.booking
    window.press(ENTER)  # the first of the likely types
    assert window.focus is panel.times.list
    assert len(panel.times.list.choices) == 10
    window.press(Qt.Key.Key_Down, ENTER)
    assert window.focus is panel.patient.line
    window.type("oka")
    window.press(ENTER, ENTER)
    (visit,) = window.visits()
    assert (visit.day, visit.minute) == (MONDAY + timedelta(days=1), 480)


def test_first_openings_for_a_selected_patient_are_one_enter(qtbot: QtBot, clinic: SmallClinic) -> None:
    give_driver(clinic)
    window = make_window(qtbot, clinic)
    window.panels.openings(window.shell, window.desk, MONDAY, clinic.amara.id)
    window.wait()
    window.press(ENTER)
    assert [(one.day, one.minute) for one in window.visits()] == [(MONDAY, 480)]
    assert window.actions == 1


def test_r10_another_desks_booking_shows_at_once(window: Window) -> None:
    clinic = window.clinic
    window.book(615, "Infusion 1", clinic.amara.id)
    assert window.panels.booking.seen.fit is not None
    assert window.panels.booking.seen.fit.choice is not None
    booked = book(clinic.store, clinic.desk, clinic.wish(minute=690))
    window.desk.hub.tell(booked.changes)
    window.wait()
    assert [one.code for one in window.panels.booking.seen.fit.reasons] == ["slot-room", "slot-patient"]


def test_every_type_is_in_the_menu(window: Window) -> None:
    window.book(600, "Consult 1", window.clinic.amara.id)
    types = window.panels.booking.types
    types.more.fired.emit()
    (menu,) = types.findChildren(QMenu)
    names = [action.text() for action in menu.actions()]
    assert "Intramuscular ketamine" in names
    action = next(one for one in menu.actions() if one.text() == "Follow-up")
    action.trigger()
    window.wait()
    assert types.current == "FUP"
    menu.close()


def test_digits_choose_a_type(window: Window) -> None:
    window.book(patient=window.clinic.amara.id)
    panel = window.panels.booking
    panel.types.focus()
    window.press(Qt.Key.Key_2)
    assert panel.seen.type is not None
    assert panel.seen.type.code == panel.seen.likely[1].code
    assert window.visits() == []


def test_more_times_follow_the_last(window: Window) -> None:
    window.book(patient=window.clinic.amara.id)
    times = window.panels.booking.times
    window.press(Qt.Key.Key_End, Qt.Key.Key_Down)
    assert len(times.list.choices) == 6


def test_enter_in_the_note_books_nothing_yet(qtbot: QtBot, clinic: SmallClinic) -> None:
    """A time may have been typed there that was meant for the line above."""
    give_driver(clinic)
    window = make_window(qtbot, clinic)
    window.book(615, "Infusion 1", clinic.amara.id)
    panel = window.panels.booking
    panel.note.setFocus()
    window.type("thu 10:15")
    window.press(ENTER)
    window.wait()
    assert window.visits() == []
    assert window.focus is panel.book
    window.press(ENTER)
    window.wait()
    assert [one.note for one in window.visits()] == ["thu 10:15"]


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (None, "Only a receptionist, nurse, therapist, prescriber or manager can book"),
        (instant(9), "Not in emergency access: sign in first"),  # whatever their role
    ],
    ids=["no role", "emergency"],
)
def test_r14_who_cannot_book_is_told_who_can(
    qtbot: QtBot, clinic: SmallClinic, until: datetime | None, words: str
) -> None:
    give_driver(clinic)
    window = make_window(qtbot, clinic, Actor(9, frozenset(), "lobby", until))
    window.book(615, "Infusion 1", clinic.amara.id)
    (missing,) = window.panels.booking.book.missing
    assert missing == words
    window.press(ENTER, mods=CTRL)
    assert window.visits() == []


def test_openings_keep_the_draft_and_look_for_its_times_anew(window: Window) -> None:
    window.book(615, "Infusion 1", window.clinic.amara.id)
    window.panels.booking.note.setText("wheelchair")
    window.panels.openings(window.shell, window.desk, MONDAY, None)
    window.wait()
    seen = window.panels.booking.seen
    assert seen.about is not None
    assert (seen.answers.spot, len(seen.offers)) == (None, 10)
    assert window.panels.booking.note.text() == "wheelchair"


def test_a_screen_reader_picks_the_type_and_the_time(window: Window) -> None:
    """Its toggles say what a click says: the visit that is booked is the one that is shown as chosen."""
    window.book(None, "", window.clinic.amara.id)
    panel = window.panels.booking
    chips = [one for one in panel.types.findChildren(TypeChip) if one.isVisible()]
    other = next(one for one in chips if not one.isChecked())
    act(other, "Toggle")
    window.wait(lambda: panel.seen.type == other.type)
    assert panel.types.current == other.type.code
    act_on_row(panel.times.list, 2)
    window.wait(lambda: panel.seen.spot == panel.times.spots[2])


def test_how_the_patient_kept_their_visits_is_seen_when_booking(qtbot: QtBot, clinic: SmallClinic) -> None:
    give_driver(clinic)
    gone = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    cancel(clinic.store, clinic.desk, gone.id, gone.version, CancelReason.UNWELL)
    window = make_window(qtbot, clinic)
    window.book(patient=clinic.amara.id)
    card = window.panels.booking.patient.card
    assert "Last 12 months: 1 late cancellation." in card.accessibleName()
    lines = [one for one in card._lines if one.text()]
    assert [one.isVisible() for one in lines] == [True] * 3
    assert all(one.width() >= one.sizeHint().width() for one in lines)  # nothing is cut, least of all a phone

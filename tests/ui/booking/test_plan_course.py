"""A whole course in one stroke: planned, pinned, booked, in part, or the rest of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.booking import Booked, book
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.looking_course import PlannedCourse
from clinic_desktop.scheduling.model import Closure, Course
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.storage.store import SqlStore
from clinic_desktop.ui.board.ports import Slot
from clinic_desktop.ui.booking import panels, saving
from clinic_desktop.ui.booking.course_panel import CoursePanel
from clinic_desktop.ui.dialogs import ChoiceDialog, QuestionDialog
from clinic_desktop.ui.widgets.scrolled import Scrolled
from tests.small_clinic import MONDAY, SmallClinic
from tests.ui.booking.people import BEA_MARSH, clear_noah, give_driver
from tests.ui.booking.window import ALT, CTRL, ENTER, SHIFT, SPACE, Window, make_window
from tests.ui.reader import set_text

RIGHT, DOWN = Qt.Key.Key_Right, Qt.Key.Key_Down


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def courses(clinic: SmallClinic) -> list[Course]:
    with clinic.store.read() as records:
        return records.find(Course)


def close(clinic: SmallClinic, first: date, last: date) -> None:
    with clinic.store.write(clinic.prescriber) as unit:
        unit.add(Closure(0, 0, None, first, 0, last, 1440, "renovation"))
        unit.commit()


def planned_for_amara(window: Window) -> CoursePanel:
    """The panel with the plan of six infusions."""
    window.panels.plan_course(window.shell, window.desk, window.clinic.amara.id)
    window.wait(lambda: window.panels.course.plan is not None)
    return window.panels.course


def plan_of(panel: CoursePanel) -> PlannedCourse:
    assert panel.plan is not None
    return panel.plan


def test_six_visits_in_two_keys_and_the_letters_of_the_name(qtbot: QtBot, clinic: SmallClinic) -> None:
    give_driver(clinic)
    window = make_window(qtbot, clinic)
    window.panels.plan_course(window.shell, window.desk, None)
    window.wait()
    window.type("oka")
    window.press(ENTER)
    assert window.focus is window.panels.course.rows
    window.press(ENTER, mods=CTRL)
    visits = window.visits()
    assert [one.course_no for one in visits] == [1, 2, 3, 4, 5, 6]
    assert {one.state for one in visits} == {VisitState.BOOKED}
    assert {one.plan_name for one in visits} == {"Bea Marsh"}
    assert [one.planned for one in courses(clinic)] == [6]
    assert window.actions == 2  # opening the panel is the third
    assert window.said() == "Okafor, Amara: 6 visits booked, Mon, Nov 16 to Fri, Nov 27."
    window.shell.undo()
    window.wait(lambda: {one.state for one in window.visits()} == {VisitState.CANCELLED})
    assert window.said() == "Undone: Okafor, Amara: 6 visits booked."


def test_the_head_and_the_button_name_whose_course_it_is(qtbot: QtBot, clinic: SmallClinic) -> None:
    """However far the panel is scrolled: the head is not part of what scrolls."""
    give_driver(clinic)
    window = make_window(qtbot, clinic)
    panel = planned_for_amara(window)
    assert panel.subtitle.text() == "Okafor, Amara  Apr 12, 1984 (42)"
    assert panel.subtitle.isVisible()
    assert not panel._scroll.isAncestorOf(panel.subtitle)
    assert panel.book.text() == "Book all 6 visits for Okafor, Amara"
    window.press(Qt.Key.Key_F, mods=CTRL)
    assert panel.subtitle.text() == ""
    window.type("ree")
    window.press(ENTER)
    assert panel.subtitle.text().startswith("Reed, Noah")


def test_a_name_typed_into_the_plan_of_somebody_else_books_nothing(window: Window) -> None:
    """It stands in the line for a day and time, and no course is booked over words that nobody took."""
    panel = planned_for_amara(window)
    assert window.focus is panel.rows
    window.type("reed n")
    assert panel.book.text() == "Hold all 6 visits: “reed n” is not taken yet"
    window.press(ENTER, mods=CTRL)
    window.press(ENTER)
    assert window.visits() == []
    assert panel.said.lines[0].text == (
        "“reed n” is no day or time here. Write thu 10:15, +1w or 12/4. Ctrl F looks for another patient."
    )
    panel.mover.line.clear()
    assert not panel.book.missing


def second_course(qtbot: QtBot, clinic: SmallClinic) -> Window:
    """Six infusions of Amara stand, and the panel plans six more."""
    give_driver(clinic)
    window = make_window(qtbot, clinic)
    planned_for_amara(window)
    window.press(ENTER, mods=CTRL)
    assert len(window.visits()) == 6
    planned_for_amara(window)
    window.wait()
    return window


def test_a_second_course_of_a_treatment_is_warned_of_before_it_is_booked(
    qtbot: QtBot, clinic: SmallClinic
) -> None:
    window = second_course(qtbot, clinic)
    panel = window.panels.course
    assert panel.said.lines[0].text == (
        "Okafor, Amara has visits of IV ketamine to come already (6), the last on Friday, November 27, 2026. "
        "Book these beside them only if both are meant."
    )
    assert panel.book.text() == "Book 6 visits beside them for Okafor, Amara"
    window.press(ENTER, mods=CTRL)
    assert len(window.visits()) == 12


@pytest.mark.parametrize("size", [(1366, 768), (683, 384)])
def test_that_warning_is_read_whole_at_once_also_at_twice_the_size(
    qtbot: QtBot, clinic: SmallClinic, size: tuple[int, int]
) -> None:
    window = second_course(qtbot, clinic)
    window.shell.resize(*size)
    panel = window.panels.course

    def read_whole() -> bool:
        area = panel.said.findChild(Scrolled)
        port, texts = area.viewport(), area.findChildren(QLabel)
        warning = next(one for one in texts if "to come already" in one.text())
        there = QRect(warning.mapTo(port, QPoint()), warning.size())
        high = warning.height() >= warning.heightForWidth(warning.width())
        return high and port.rect().contains(there) and not warning.visibleRegion().isEmpty()

    qtbot.waitUntil(read_whole)
    assert panel.rect().contains(QRect(panel.book.mapTo(panel, QPoint()), panel.book.size()))


def test_one_key_on_a_name_books_no_second_course_unseen(qtbot: QtBot, clinic: SmallClinic) -> None:
    window = second_course(qtbot, clinic)
    window.panels.course.reset()
    window.panels.plan_course(window.shell, window.desk, None)
    window.wait()
    window.type("oka")
    window.press(ENTER, mods=CTRL)
    assert len(window.visits()) == 6
    assert "to come already (6)" in window.panels.course.said.lines[0].text
    window.press(ENTER, mods=CTRL)
    assert len(window.visits()) == 12


def test_no_other_panel_pushes_a_plan_away(qtbot: QtBot, clinic: SmallClinic) -> None:
    """Del on the board while a course is planned: the plan stays, and it is said how to go on."""
    give_driver(clinic)
    other = book(clinic.store, clinic.desk, clinic.wish("CON", minute=840, plan=None)).visits[0]
    window = make_window(qtbot, clinic)
    panel = planned_for_amara(window)
    window.press(DOWN, SPACE)
    window.panels.cancel(window.shell, window.desk, other.id)
    window.wait()
    assert window.shell.body.panel is panel
    assert [row.pinned for row in panel.rows.rows][1]
    (notice,) = window.shell.notices.notices()
    assert "The course of Okafor, Amara is not booked yet" in notice.accessibleName()
    window.panels.crisis_card(window.shell, window.desk, None)
    window.wait()
    assert window.shell.body.panel is window.panels.crisis  # waits for nobody
    window.panels.plan_course(window.shell, window.desk, clinic.amara.id)
    window.wait()
    assert [row.pinned for row in panel.rows.rows][1]


def test_esc_leaves_a_changed_plan_waiting_and_says_so(qtbot: QtBot, clinic: SmallClinic) -> None:
    give_driver(clinic)
    window = make_window(qtbot, clinic)
    panel = planned_for_amara(window)
    window.wait()
    window.press(DOWN, Qt.Key.Key_Delete)  # skipped
    window.press(Qt.Key.Key_Escape)
    assert window.shell.body.panel is None
    assert window.said() == "The plan for Okafor, Amara waits; Ctrl Shift N goes on with it."
    window.panels.plan_course(window.shell, window.desk, clinic.amara.id)
    window.wait()
    assert panel.rows.rows[1].skipped


def test_a_changed_plan_is_not_dropped_for_another_patient_unasked(qtbot: QtBot, clinic: SmallClinic) -> None:
    give_driver(clinic)
    clear_noah(clinic)
    window = make_window(qtbot, clinic)
    panel = planned_for_amara(window)
    window.wait()
    window.press(DOWN, SPACE)
    window.panels.plan_course(window.shell, window.desk, clinic.noah.id)
    (dialog,) = panel.findChildren(QuestionDialog)
    assert dialog.accessibleName() == "Leave the plan for Okafor, Amara?"
    assert panel.subtitle.text().startswith("Okafor, Amara")
    dialog.yes.fired.emit()
    window.wait()
    assert panel.subtitle.text().startswith("Reed, Noah")


def test_the_keys_of_a_visit_are_named_while_the_list_has_the_focus(window: Window) -> None:
    """And the buttons with an icon alone have words and the key in name and tooltip."""
    panel = planned_for_amara(window)
    window.wait()
    assert panel.keys.isVisible()
    for words in ("Space pins", "Alt Left, Right a day", "Alt Down next free day", "Del skips"):
        assert words in panel.keys.text()
    window.press(DOWN)
    mover = panel.mover
    tips = [one.toolTip() for one in (mover.earlier, mover.later, mover.next_free, mover.skip)]
    assert tips == [
        "A day earlier (Alt Left)",
        "A day later (Alt Right)",
        "Next free day (Alt Down)",
        "Skip this visit (Del)",
    ]
    panel.fields.clock.setFocus()
    assert not panel.keys.isVisible()


def test_of_several_who_fit_one_key_chooses_and_books_nobody(window: Window) -> None:
    """Ctrl and Enter on a name that several people have only chooses; the plan is seen first."""
    with window.clinic.store.write(window.clinic.desk) as unit:
        unit.add(Patient(given_name="Adam", family_name="Okafor", birth_date=date(1950, 1, 2)))
        changes = unit.commit()
    window.desk.hub.tell(changes)
    window.wait()
    window.panels.plan_course(window.shell, window.desk, None)
    window.wait()
    window.type("okafor")
    window.press(ENTER, mods=CTRL)
    assert window.panels.course.subtitle.text() == ""  # who of them is asked first
    assert window.panels.course.patient.which.isVisible()
    window.press(ENTER, mods=CTRL)
    assert window.visits() == []
    assert window.panels.course.subtitle.text().startswith("Okafor, Adam  Jan 2, 1950")


def test_every_visit_is_a_row_that_says_all(qtbot: QtBot, clinic: SmallClinic) -> None:
    give_driver(clinic)
    panel = planned_for_amara(make_window(qtbot, clinic))
    first, second, *_ = panel.rows.rows
    assert first.spoken.startswith(
        "Visit 1. Mon, Nov 16, 8:00\N{EN DASH}9:30 AM. Infusion 1. nurse MJ. first."
    )
    assert (second.gap, second.driver) == ("2 days", "Bea")
    assert not panel.book.missing


def test_without_a_driver_the_whole_course_is_held(window: Window) -> None:
    panel = planned_for_amara(window)
    assert panel.book.text() == "Hold all 6 visits for Okafor, Amara"
    assert "Held until a driver is named" in panel.said.lines[0].text
    window.press(ENTER, mods=CTRL)
    assert {one.state for one in window.visits()} == {VisitState.HELD}


def test_wishes_plan_anew(window: Window) -> None:
    panel = planned_for_amara(window)
    panel.fields.clock.setText("10:15")
    panel.fields.days.chips[0].setChecked(True)
    panel.fields.days.chips[3].setChecked(True)
    panel.fields.start.setText("tomorrow")
    window.wait()
    placed = plan_of(panel).plan.placed
    assert {one.minute for one in placed} == {615}
    assert {one.day.weekday() for one in placed} == {0, 3}
    assert placed[0].day == day(3)


def test_a_nurse_that_is_wished_for(window: Window) -> None:
    panel = planned_for_amara(window)
    combo = panel.fields.nurse
    combo.setCurrentIndex(combo.findText("Tunde Okoro"))
    combo.activated.emit(combo.currentIndex())
    window.wait()
    assert {one.nurse_id for one in plan_of(panel).plan.placed} == {window.clinic.tunde.id}


def test_a_start_that_is_no_day_is_said(window: Window) -> None:
    panel = planned_for_amara(window)
    panel.fields.start.setText("whenever")
    panel.fields.changed.emit()
    window.wait()
    assert "Write the start as fri, +2w or 12/4" in panel.said.lines[0].text


def test_a_driver_with_days_binds_and_can_be_set_aside(qtbot: QtBot, clinic: SmallClinic) -> None:
    give_driver(clinic, replace(BEA_MARSH, weekdays=frozenset({1, 4})))
    window = make_window(qtbot, clinic)
    panel = planned_for_amara(window)
    assert {one.day.weekday() for one in plan_of(panel).plan.placed} == {1, 4}
    combo = panel.driver.combo
    combo.setCurrentIndex(1)
    combo.activated.emit(1)  # nobody yet
    window.wait()
    assert plan_of(panel).plan.placed[0].day == MONDAY


def test_space_pins_a_visit_and_the_rest_is_planned_around_it(window: Window) -> None:
    panel = planned_for_amara(window)
    window.press(DOWN, SPACE)
    assert [row.pinned for row in panel.rows.rows] == [False, True, False, False, False, False]
    here = plan_of(panel).plan.placed[1].day
    panel.fields.clock.setText("1:30")
    window.wait()
    placed = plan_of(panel).plan.placed
    assert (placed[1].day, placed[1].minute, placed[0].minute) == (here, 480, 810)
    window.panels.course.rows.setFocus()
    window.press(SPACE)
    assert {one.minute for one in plan_of(panel).plan.placed} == {810}


def test_alt_and_an_arrow_move_a_visit_by_an_open_day(window: Window) -> None:
    panel = planned_for_amara(window)
    window.press(DOWN, DOWN)
    third = plan_of(panel).plan.placed[2].day
    assert third == day(4)
    window.press(RIGHT, mods=ALT)
    assert plan_of(panel).plan.placed[2].day == day(7)  # over the weekend
    assert panel.rows.rows[2].pinned
    assert plan_of(panel).plan.whole


def test_a_typed_day_and_time_move_a_visit(window: Window) -> None:
    panel = planned_for_amara(window)
    window.press(DOWN)
    window.type("thu 2p")
    assert window.focus is panel.mover.line
    window.press(ENTER)
    second = plan_of(panel).plan.placed[1]
    assert (second.day, second.minute, second.pinned) == (day(3), 840, True)
    assert window.focus is panel.rows


def test_a_pin_that_does_not_fit_says_why(window: Window) -> None:
    clinic = window.clinic
    close(clinic, day(2), day(2))
    with clinic.store.read() as records:
        window.desk.renew_setup(records.setup())
    panel = planned_for_amara(window)
    window.press(DOWN)
    window.type("wed 10:15")
    window.press(ENTER)
    row = panel.rows.rows[1]
    assert (row.placed, row.pinned) == (False, True)
    assert "renovation" in " ".join(row.why)
    assert panel.book.missing == ("1 does not fit",)


def test_the_part_that_fits_is_offered_and_the_rest_listed(window: Window) -> None:
    close(window.clinic, day(7), day(60))
    panel = planned_for_amara(window)
    assert panel.book.missing == ("3 do not fit",)
    assert panel.book_part.text() == "Book these 3, list the rest"
    assert "Visits 4, 5 and 6 do not fit." in panel.said.lines[0].text
    window.press(ENTER, mods=CTRL)
    assert window.visits() == []  # all or none, unless the part is chosen
    window.press(ENTER, mods=CTRL | SHIFT)
    assert len(window.visits()) == 3
    assert [one.to_place for one in courses(window.clinic)] == [3]


def test_the_to_place_list_leads_to_the_rest(qtbot: QtBot, clinic: SmallClinic) -> None:
    give_driver(clinic)
    window = make_window(qtbot, clinic)
    planned_for_amara(window)
    window.press(ENTER, mods=CTRL)
    gone = window.visits()[2]
    cancel(clinic.store, clinic.desk, gone.id, gone.version, CancelReason.UNWELL)
    window.panels.to_place(window.shell, window.desk)
    window.wait()
    panel = window.panels.course
    assert window.focus is panel.to_place.list
    window.press(ENTER)
    rows = panel.rows.rows
    # Its own day was cancelled, and no other lies between the visits that stand.
    assert [row.movable for row in rows] == [False, False, False, False, False, True]
    window.press(ENTER, mods=CTRL)
    booked = [one for one in window.visits() if one.state is VisitState.BOOKED]
    assert len(booked) == 6
    assert gone.day not in {one.day for one in booked}
    assert [one.to_place for one in courses(clinic)] == [0]


def test_longer_gaps_are_allowed_by_one_button(qtbot: QtBot, clinic: SmallClinic) -> None:
    give_driver(clinic)
    close(clinic, day(7), day(24))
    window = make_window(qtbot, clinic)
    panel = planned_for_amara(window)
    panel.take_slot(MONDAY, 480)
    window.wait()
    assert not plan_of(panel).plan.whole
    panel.relax.fired.emit()
    window.wait()
    assert plan_of(panel).plan.whole
    assert panel.relax.text() == "Keep the usual gaps"


@pytest.fixture
def race(qtbot: QtBot, clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch) -> tuple[Window, ChoiceDialog]:
    """Somebody else was faster at the place of the third visit, and the dialog says so."""
    give_driver(clinic)
    window = make_window(qtbot, clinic)
    panel = planned_for_amara(window)
    third = plan_of(panel).plan.placed[2]
    clear_noah(clinic)
    others = [
        clinic.wish(
            day=third.day,
            minute=third.minute,
            room_id=third.room_id,
            nurse_id=third.nurse_id,
            patient_id=clinic.noah.id,
        )
    ]
    real = saving.book_planned

    def late(store: SqlStore, actor: Actor, planned: PlannedCourse) -> Booked:
        """Another desk takes one of the places between the plan and the key."""
        while others:
            book(store, actor, others.pop())
        return real(store, actor, planned)

    monkeypatch.setattr(saving, "book_planned", late)
    window.press(ENTER, mods=CTRL)
    (dialog,) = window.shell.findChildren(ChoiceDialog)
    qtbot.waitUntil(dialog.isVisible)
    assert courses(clinic) == []
    return window, dialog


def test_a_lost_race_for_a_course_names_the_winner_and_enter_moves_only_the_one_visit(
    race: tuple[Window, ChoiceDialog], clinic: SmallClinic
) -> None:
    """R-1, R-4 and item 12: three nearest times for the visit that lost its place, the others stay."""
    window, dialog = race
    before = plan_of(window.panels.course).plan.placed
    assert dialog.accessibleName().endswith("was just taken")
    assert "Reed, Noah is there now. It was for visit 3 of Okafor, Amara." in dialog.accessibleDescription()
    assert "everything you entered is kept" in dialog.accessibleDescription()
    assert dialog.list.model().rowCount() == 3
    window.qtbot.keyClick(dialog.list, ENTER)
    window.wait(lambda: len(window.visits()) == 7)
    mine = [one for one in window.visits() if one.patient_id == clinic.amara.id]
    moved = [no for no, (one, was) in enumerate(zip(mine, before, strict=True), 1) if (
        (one.day, one.minute, one.room_id) != (was.day, was.minute, was.room_id)
    )]  # fmt: skip
    assert moved == [3]
    assert window.said().startswith("Okafor, Amara: 6 visits booked")
    assert not window.panels.course.isVisible()


def test_a_lost_race_for_a_course_can_be_planned_anew(race: tuple[Window, ChoiceDialog]) -> None:
    window, dialog = race
    panel = window.panels.course
    third = plan_of(panel).plan.placed[2]
    window.qtbot.keyClick(dialog.list, Qt.Key.Key_Escape)
    window.wait(lambda: bool(panel.said.lines))
    assert "was just taken. Nothing was booked; this is the plan anew." in panel.said.lines[0].text
    assert plan_of(panel).plan.placed[2] != third
    window.shell.activateWindow()
    window.wait(window.shell.isActiveWindow)
    panel.book.setFocus()
    window.press(ENTER, mods=CTRL)
    window.wait(lambda: len(window.visits()) == 7)


def test_the_board_shows_every_visit_and_takes_a_pointed_slot(window: Window) -> None:
    panel, board = planned_for_amara(window), window.board
    assert [one.number for one in board.ghosts] == [1, 2, 3, 4, 5, 6]
    window.press(DOWN)
    assert [one.number for one in board.ghosts if one.chosen] == [2]
    assert board.day == plan_of(panel).plan.placed[1].day
    assert board.pick is not None
    board.pick(4)
    assert panel.rows.current is not None
    assert panel.rows.current.no == 5
    assert board.on_slot is not None
    board.on_slot(Slot(day(9), 840, None))
    window.wait()
    fifth = plan_of(panel).plan.placed[4]
    assert (fifth.day, fifth.minute, fifth.pinned) == (day(9), 840, True)


def test_the_old_plan_stays_while_a_new_one_is_made(window: Window) -> None:
    panel = planned_for_amara(window)
    before = panel.rows.rows
    panel.fields.clock.setText("2:00")
    assert panel.rows.rows == before
    window.wait()
    assert panel.rows.rows != before


def test_a_patient_who_is_not_cleared_sees_why(window: Window) -> None:
    window.panels.plan_course(window.shell, window.desk, window.clinic.noah.id)
    window.wait(lambda: window.panels.course.plan is not None)
    panel = window.panels.course
    assert panel.book.missing == ("a rule refuses it",)
    assert any("not cleared for IV ketamine" in one.text for one in panel.said.lines)
    window.press(ENTER, mods=CTRL)
    assert window.visits() == []


def anew(window: Window) -> CoursePanel:
    """Ctrl Shift N on the board with nobody selected."""
    window.panels.plan_course(window.shell, window.desk, None)
    window.wait()
    return window.panels.course


def test_opened_anew_it_begins_with_the_patient_and_the_next_name_is_a_name(
    qtbot: QtBot, clinic: SmallClinic
) -> None:
    give_driver(clinic)
    window = make_window(qtbot, clinic)
    panel = planned_for_amara(window)
    panel.fields.days.set_days([1, 3])
    window.press(Qt.Key.Key_Escape)
    anew(window)
    assert window.focus is panel.patient.line
    assert not panel.rows.isVisible()
    window.type("reed")
    window.press(ENTER)
    assert panel.plan is not None
    assert panel.plan.wish.patient_id == clinic.noah.id
    assert panel.fields.days.days() == frozenset()  # those were Amara's
    assert panel.driver.current.drivers == ()


def test_the_draft_that_was_left_is_one_key_away(qtbot: QtBot, clinic: SmallClinic) -> None:
    give_driver(clinic)
    window = make_window(qtbot, clinic)
    panel = planned_for_amara(window)
    window.press(SPACE)  # pins the first visit
    panel.fields.days.chips[2].click()
    window.wait()
    before = panel.wish()
    window.press(Qt.Key.Key_Escape)
    anew(window)
    assert panel.patient.former.text() == "Go on with Okafor, Amara"
    assert panel.patient.former.accessibleDescription() == "Enter"
    window.press(ENTER)
    assert panel.wish() == before
    assert window.focus is panel.rows
    assert panel.plan is not None


def test_the_same_name_goes_on_with_the_draft_too(window: Window) -> None:
    panel = planned_for_amara(window)
    panel.fields.days.chips[2].click()
    window.wait()
    before = panel.wish()
    window.press(Qt.Key.Key_Escape)
    anew(window)
    window.type("oka")
    window.press(ENTER)
    assert panel.wish() == before


def test_another_patient_is_asked_for_by_key(window: Window) -> None:
    panel = planned_for_amara(window)
    assert "Ctrl F" in panel.patient.change.accessibleDescription()
    window.press(Qt.Key.Key_F, mods=CTRL)
    assert window.focus is panel.patient.line
    assert not panel.patient.former.isVisible()


def test_what_was_not_understood_gives_way_to_what_the_rules_say(qtbot: QtBot, clinic: SmallClinic) -> None:
    window = make_window(qtbot, clinic)
    window.panels.plan_course(window.shell, window.desk, clinic.noah.id)
    window.wait()
    panel = window.panels.course
    rules = panel.said.lines
    assert rules
    panel.mover.line.setFocus()
    window.type("lopez")
    window.press(ENTER)
    assert "no day or time here" in panel.said.lines[0].text
    for _letter in range(5):
        window.press(Qt.Key.Key_Backspace)
    assert panel.said.lines == rules
    window.type("lopez")
    window.press(ENTER)
    set_text(panel.mover.line, "")
    assert panel.said.lines == rules


def test_a_course_of_which_visits_stand_is_printed_as_a_card(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, clinic: SmallClinic
) -> None:
    give_driver(clinic)
    panel = planned_for_amara(window := make_window(qtbot, clinic))
    asked: list[int] = []
    monkeypatch.setattr(panels, "print_card", lambda *what: asked.append(what[-1]))
    assert not panel.card.isVisible()
    window.press(Qt.Key.Key_P, mods=CTRL)
    assert asked == []
    window.press(ENTER, mods=CTRL)
    first = window.visits()[0]
    cancel(clinic.store, clinic.desk, first.id, first.version, CancelReason.UNWELL)
    window.panels.to_place(window.shell, window.desk)
    window.wait()
    window.press(ENTER)
    assert panel.card.isVisible()
    window.press(Qt.Key.Key_P, mods=CTRL)
    assert asked == [clinic.amara.id]


def test_at_200_percent_three_visits_are_seen_or_one_with_why_it_does_not_fit(window: Window) -> None:
    close(window.clinic, day(7), day(60))
    window.shell.resize(683, 384)
    panel = planned_for_amara(window)
    rows = panel.rows
    area = next(one for one in panel.findChildren(QScrollArea) if one.property("said") is None)
    window.qtbot.waitUntil(lambda: area.viewport().height() >= 3 * rows.sizeHintForRow(0))

    def seen() -> bool:
        rect, port = rows.visualRect(rows.currentIndex()), area.viewport()
        top = rows.viewport().mapTo(port, rect.topLeft()).y()
        return top >= 0 and top + rect.height() <= port.height()

    for _ in range(6):
        window.qtbot.waitUntil(seen)
        window.press(DOWN)
    assert panel.keys.isVisible()
    assert not panel._summary.isVisible()
    assert panel.said.isVisible()
    panel.book.setFocus()
    window.qtbot.waitUntil(panel._summary.isVisible)
    assert not panel.keys.isVisible()
    rows.setFocus()
    window.shell.resize(1366, 768)
    window.qtbot.waitUntil(lambda: panel.keys.isVisible() and panel._summary.isVisible())

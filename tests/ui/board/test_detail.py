"""What the panel of a visit says of its course."""

from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.scheduling.cancelling import CancelReason
from clinic_desktop.scheduling.holding import confirm_visit
from clinic_desktop.scheduling.stopping import look_to_stop, stop_course
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.recording import record
from clinic_desktop.ui.board.detail import course_title, read_detail
from clinic_desktop.ui.patients.visit_history_panel import VisitHistoryPanel
from clinic_desktop.ui.widgets.badge import StateMark
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from tests.small_clinic import instant
from tests.ui.board.stage import Key, Mod, Stage
from tests.ui.board.test_moves import a_course_of
from tests.ui.grab import grab, grab_both


def test_that_a_course_was_stopped_stands_beside_its_name(stage: Stage) -> None:
    clinic = stage.clinic
    first, second, _ = a_course_of(stage, 0, 2, 4)
    assert course_title(read_detail(clinic.store, first.id)) == "IV ketamine"
    seen = look_to_stop(clinic.store, clinic.clock.now(), second.id)
    assert seen is not None
    stop_course(clinic.store, clinic.desk, seen, CancelReason.PATIENT, "moves away")
    assert course_title(read_detail(clinic.store, first.id)) == "IV ketamine, stopped"


def test_the_panel_of_a_held_visit_says_that_the_patient_is_in_the_room(stage: Stage, qtbot: QtBot) -> None:
    visit = stage.book(code="SP56", plan=None)
    stage.clinic.clock.at = instant(9, 50)
    record(stage.clinic.store, stage.clinic.nurse, visit.id, [Stamp(kind=StampKind.IN_ROOM)])
    stage.open(qtbot)
    stage.place.show_visit(visit.id, visit.day)
    stage.settle()
    panel = stage.board.inspector.visit
    grab_both(stage.shell, "board-held-and-here", (1366, 768))
    marks = [one.accessibleName() for one in panel.findChildren(StateMark) if one.isVisible()]
    boxes = [one.accessibleName() for one in panel.findChildren(NoticeBox) if one.isVisible()]
    assert marks == ["In room"]
    assert any(one.startswith("Held for a driver") for one in boxes)


def test_the_history_of_a_visit_stands_beside_the_board_for_everybody(stage: Stage, qtbot: QtBot) -> None:
    visit = stage.book()
    nurse = Actor(stage.clinic.maya.id, frozenset({Role.NURSE}), "floor 2")
    confirm_visit(stage.clinic.store, nurse, visit.id, visit.version)
    stage.open(qtbot)
    stage.press(Key.Key_H, Mod.ControlModifier)
    assert not isinstance(stage.shell.body.panel, VisitHistoryPanel)
    assert stage.said == "Select a visit first"
    stage.place.show_visit(visit.id, visit.day)
    stage.settle()
    stage.press(Key.Key_H, Mod.ControlModifier)
    panel = stage.shell.body.panel
    assert isinstance(panel, VisitHistoryPanel)
    stage.settle()
    assert panel.list.hasFocus()
    assert "Okafor" in panel.accessibleName()
    newest, first = panel.list.lines
    assert newest.head.endswith("Maya Jones, on the PC called floor 2")
    assert newest.what[0].endswith(": Confirmed")
    assert first.what
    for dark in (False, True):
        grab(stage.shell, "board-visit-history", (1366, 768), 1.0, dark)
        grab(stage.shell, "board-visit-history-small", (683, 384), 2.0, dark)
    stage.press(Key.Key_Escape)
    assert not isinstance(stage.shell.body.panel, VisitHistoryPanel)


def test_the_history_of_a_visit_says_what_was_measured_when_by_whom_and_what_was_corrected(
    stage: Stage, qtbot: QtBot
) -> None:
    visit = stage.book()
    clinic, tunde = stage.clinic, Actor(stage.clinic.tunde.id, frozenset({Role.NURSE}), "floor 2")
    clinic.clock.at = instant(10, 5)
    here = [Stamp(kind=StampKind.IN_ROOM, at=instant(10))]
    record(clinic.store, clinic.nurse, visit.id, here)
    (taken,) = record(
        clinic.store,
        clinic.nurse,
        visit.id,
        [Stamp(kind=StampKind.VITALS, systolic=136, diastolic=86, pulse=74)],
    ).stamps
    stage.open(qtbot)
    stage.place.show_visit(visit.id, visit.day)
    stage.settle()
    stage.press(Key.Key_H, Mod.ControlModifier)
    stage.settle()
    panel = stage.shell.body.panel
    assert isinstance(panel, VisitHistoryPanel)
    measured = next(one for one in panel.list.lines if "Vitals" in one.what[0])
    assert measured.head == "Nov 16, 2026, 10:05 AM, Maya Jones, on the PC called floor"
    assert measured.what == ("IV ketamine, Mon, Nov 16, 10:00 AM: Vitals, 136/86, pulse 74, 10:05 AM",)
    clinic.clock.at = instant(10, 7)
    right = Stamp(
        kind=StampKind.VITALS,
        at=taken.at,
        systolic=126,
        diastolic=86,
        pulse=74,
        corrects=taken.id,
        reason="misread",
    )
    stage.desk.hub.tell(record(clinic.store, tunde, visit.id, [right]).changes)
    stage.settle()
    newest = panel.list.lines[0]
    assert newest.head == "Nov 16, 2026, 10:07 AM, Tunde Okoro, on the PC called floor 2"
    assert newest.what == (
        "IV ketamine, Mon, Nov 16, 10:00 AM: corrected: Vitals, 136/86, pulse 74, 10:05 AM"
        " → Vitals, 126/86, pulse 74, 10:05 AM",
    )
    assert newest.why == "Reason: misread"
    assert measured in panel.list.lines
    grab_both(stage.shell, "visit-history-vitals", (683, 384), 2.0)

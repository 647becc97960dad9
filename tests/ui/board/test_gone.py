"""Cancelled and missed visits, shown where somebody asks for them: they take no place and are not moved."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.scheduling.cancelling import CancelReason, cancel, miss
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.ui.board.cell_walk import Cell, visit_at
from clinic_desktop.ui.board.commands import ENDED
from clinic_desktop.ui.board.gone import SHOWN
from clinic_desktop.ui.board.scene import ViewKind
from clinic_desktop.ui.settings_store import SettingsStore
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from tests.small_clinic import MONDAY, at
from tests.ui.board.stage import LEFT, Key, Mod, Stage

SUNDAY, TUESDAY = MONDAY - timedelta(days=1), MONDAY + timedelta(days=1)
SHIFTED = Mod.ControlModifier | Mod.ShiftModifier


def cancelled(
    stage: Stage, visit: Visit, reason: CancelReason = CancelReason.UNWELL, note: str = ""
) -> Visit:
    cancel(stage.clinic.store, PROGRAM, visit.id, visit.version, reason, note)
    return visit


def open_shown(stage: Stage, qtbot: QtBot) -> None:
    stage.open(qtbot)
    stage.press(Key.Key_E, SHIFTED)
    stage.settle()


def rect_of(stage: Stage, visit: Visit):
    view = stage.view
    return view.visualRect(view.visits.index(view.visits.row_of(visit.id), 0))


def test_the_time_of_a_cancelled_visit_is_free_though_it_is_shown(stage, qtbot):
    visit = cancelled(stage, stage.book())
    open_shown(stage, qtbot)
    here = Cell(stage.column("Infusion 1"), 600)
    stage.view.set_cursor(here)
    assert visit_at(stage.view.scene, here) == -1
    assert stage.board.selected_visit is None
    stage.press(Key.Key_Return)
    assert stage.panels.asked == [("book", MONDAY, 600, visit.room_id, None)]


def test_what_is_booked_lies_as_it_would_and_leaves_a_strip_for_who_was_there_before(stage, qtbot):
    gone = cancelled(stage, stage.book())
    now = stage.book("Petrov, Nina", minute=620)
    stage.open(qtbot)
    alone = stage.placed(now)
    stage.press(Key.Key_E, SHIFTED)
    both, aside = stage.placed(now), stage.placed(gone)
    assert (both.lane, both.span, both.lanes) == (alone.lane, alone.span, alone.lanes)
    booked, strip = rect_of(stage, now), rect_of(stage, gone)
    assert booked.right() < strip.left()
    assert strip.width() < booked.width() / 2
    assert aside.strips == both.strips == 1


def test_where_nobody_took_the_time_it_lies_over_the_width_of_the_room(stage, qtbot):
    visit = cancelled(stage, stage.book())
    open_shown(stage, qtbot)
    box = stage.view.grid.column_box(stage.column("Infusion 1"))
    assert rect_of(stage, visit).width() > 0.9 * box.width


def test_in_the_view_by_person_it_takes_no_lane_of_a_nurse(stage, qtbot):
    gone = cancelled(stage, stage.book())
    now = stage.book("Petrov, Nina", minute=620)
    stage.open(qtbot)
    stage.board.look(ViewKind.STAFF)
    stage.settle()
    widths = stage.view.grid.edges
    stage.press(Key.Key_E, SHIFTED)
    assert stage.view.grid.edges == widths
    assert stage.placed(now).column != stage.placed(gone).column  # where another lane is free of patients


def test_the_switch_is_remembered_and_marked_in_the_menu(stage, qtbot, tmp_path: Path):
    cancelled(stage, stage.book())
    stage.settings = SettingsStore(tmp_path / "window.ini")
    stage.open(qtbot)
    assert not stage.sentences
    stage.press(Key.Key_E, SHIFTED)
    assert stage.said == "Cancelled and missed visits are shown"
    assert stage.settings.get(SHOWN) is True
    (bound,) = [one for one in stage.place.commands() if one.command is ENDED]
    assert bound.checked()


def test_the_next_time_it_is_as_it_was(stage, qtbot, tmp_path: Path):
    visit = cancelled(stage, stage.book())
    stage.settings = SettingsStore(tmp_path / "window.ini")
    stage.settings.set(SHOWN, True)
    stage.open(qtbot)
    assert stage.view.visits.row_of(visit.id) == 0


def test_walking_reaches_it_and_enter_opens_why_and_when(stage, qtbot):
    visit = cancelled(stage, stage.book(), CancelReason.UNWELL, "has a cold")
    open_shown(stage, qtbot)
    stage.press(Key.Key_BracketRight)
    assert stage.board.selected_visit == visit.id
    stage.settle()
    stage.press(Key.Key_Return)
    panel = stage.board.inspector.visit
    (box,) = [one for one in panel.findChildren(NoticeBox) if one.isVisible()]
    assert box.accessibleName().startswith("Cancelled, late: Unwell has a cold\nRecorded ")


def test_another_visit_shows_no_ending(stage, qtbot):
    gone = cancelled(stage, stage.book())
    now = stage.book("Petrov, Nina", minute=780)
    open_shown(stage, qtbot)
    for one, shown in ((gone, 1), (now, 0)):
        stage.board.select(one.id)
        stage.settle()
        boxes = [one for one in stage.board.inspector.visit.findChildren(NoticeBox) if one.isVisible()]
        assert len(boxes) == shown


def test_a_missed_visit_says_so_to_eyes_and_ears(stage, qtbot):
    visit = stage.book(minute=480)
    stage.clinic.clock.at = at(MONDAY, 9, 20)
    miss(stage.clinic.store, PROGRAM, visit.id, stage.visit(visit).version)
    open_shown(stage, qtbot)
    assert "No-show" in stage.sentences[0]
    reader = QAccessible.queryAccessibleInterface(stage.view)
    assert reader.childCount() == 1
    assert "No-show" in reader.child(0).text(QAccessible.Text.Name)


def test_the_cursor_on_its_time_is_told_who_was_to_be_there(stage, qtbot):
    cancelled(stage, stage.book())
    open_shown(stage, qtbot)
    stage.view.set_cursor(Cell(stage.column("Infusion 1"), 600))
    words = [one.text() for one in stage.board.inspector.day.findChildren(QLabel)]
    (said,) = [one for one in words if one.startswith("Infusion 1, 10:00 AM")]
    assert said.startswith("Infusion 1, 10:00 AM, free until")
    assert said.endswith("Cancelled here: Okafor, Amara")


@pytest.mark.parametrize("chord", [(Key.Key_Space, Mod.NoModifier), (Key.Key_M, Mod.ControlModifier)])
def test_it_is_not_picked_up_by_key_and_says_what_to_do_instead(stage, qtbot, chord):
    visit = cancelled(stage, stage.book())
    open_shown(stage, qtbot)
    stage.board.select(visit.id)
    stage.press(*chord)
    assert not stage.view.carrying.holding
    assert stage.said == "Okafor, Amara: Cancelled. It stays as it is; F4 finds a new time."


@pytest.mark.parametrize(
    "chord",
    [
        (Key.Key_D, Mod.ControlModifier),
        (Key.Key_Delete, Mod.NoModifier),
        (Key.Key_F8, Mod.NoModifier),
        (Key.Key_F9, Mod.NoModifier),
        (Key.Key_F11, Mod.NoModifier),
    ],
)
def test_the_keys_of_a_visit_to_come_change_nothing_of_one_that_is_gone(stage, qtbot, chord):
    visit = cancelled(stage, stage.book())
    open_shown(stage, qtbot)
    stage.board.select(visit.id)
    stage.press(*chord)
    stage.settle()
    assert stage.panels.asked == []
    assert stage.said == "Okafor, Amara: Cancelled. It stays as it is; F4 finds a new time."


def buttons(stage: Stage) -> list[str]:
    panel = stage.board.inspector.visit
    return [one.text() for one in (panel.next, *panel.buttons.values()) if one.isVisible()]


def test_its_panel_offers_what_can_still_be_done(stage, qtbot):
    gone, stands = cancelled(stage, stage.book()), stage.book("Petrov, Nina", minute=780)
    open_shown(stage, qtbot)
    stage.board.select(gone.id)
    stage.settle()
    assert buttons(stage) == ["Book again", "Patient", "Waitlist", "Came after all"]
    stage.board.select(stands.id)
    stage.settle()
    assert buttons(stage)[1:] == ["Move", "Driver", "Patient", "Sheet", "Floor", "Cancel"]


def test_of_a_day_that_is_over_nobody_of_the_waitlist_is_offered_and_nobody_comes_before_the_day(
    stage, qtbot
):
    visit = cancelled(stage, stage.book())
    open_shown(stage, qtbot)
    for day, wanted in ((TUESDAY, ["Patient", "Came after all"]), (SUNDAY, ["Patient", "Waitlist"])):
        stage.clinic.clock.at = at(day, 9)
        stage.board.turner.book.renew()
        stage.settle()
        stage.board.select(None)
        stage.board.select(visit.id)
        stage.settle()
        assert buttons(stage)[1:] == wanted


def test_the_next_step_is_another_time_for_the_same_patient(stage, qtbot):
    visit = cancelled(stage, stage.book())
    open_shown(stage, qtbot)
    stage.board.select(visit.id)
    stage.press(Key.Key_F5)
    assert stage.panels.asked == [("openings", MONDAY, visit.patient_id)]


def test_it_is_not_dragged(stage, qtbot):
    visit = cancelled(stage, stage.book())
    open_shown(stage, qtbot)
    stage.drag(visit, "Infusion 2", 720)
    assert stage.view.carrying.carried is None
    assert stage.visit(visit).minute == 600
    assert stage.visit(visit).room_id == visit.room_id


def test_a_click_selects_it_and_while_a_panel_waits_for_a_time_it_is_in_nobodys_way(stage, qtbot):
    visit = cancelled(stage, stage.book())
    open_shown(stage, qtbot)
    stage.click("Infusion 1", 630)
    assert stage.board.selected_visit == visit.id
    slots = []
    stage.board.listen(slots.append)
    stage.click("Infusion 1", 630)
    assert [(one.minute, one.room_id) for one in slots] == [(630, visit.room_id)]
    assert stage.board.selected_visit is None


def test_its_menu_books_the_time_anew_asks_who_could_come_and_opens_the_patient(stage, qtbot):
    visit = cancelled(stage, stage.book())
    open_shown(stage, qtbot)
    stage.board.select(visit.id)
    stage.view.menu_wanted.emit(stage.view.mapToGlobal(QPoint(5, 5)))
    (menu,) = stage.board.page.findChildren(QMenu)
    texts = [one.text().partition("\t")[0] for one in menu.actions()]
    assert texts == [
        "Open the patient",
        "Book a visit",
        "Who of the waitlist could come",
        "Arrived",
        "Show or hide cancelled and missed",
    ]
    menu.actions()[1].trigger()
    assert stage.panels.asked == [("book", MONDAY, 600, visit.room_id, None)]
    menu.close()


def test_it_is_drawn_in_every_view_and_size(stage, qtbot):
    cancelled(stage, stage.book())
    stage.book("Petrov, Nina", minute=600)
    cancelled(stage, stage.book("Reed, Jo", minute=900))
    open_shown(stage, qtbot)
    for kind in ViewKind:
        stage.board.look(kind)
        stage.settle()
        stage.board.page.grab()
    theme().set_text_size(150)
    stage.board.look(ViewKind.ROOMS)
    stage.settle()
    stage.board.page.grab()
    theme().set_text_size(100)
    assert len(stage.sentences) == 3


def test_the_week_shows_those_of_its_days(stage, qtbot):
    other = cancelled(stage, stage.book(day=MONDAY + timedelta(days=1)))
    open_shown(stage, qtbot)
    stage.board.look(ViewKind.WEEK)
    stage.settle()
    assert stage.view.visits.row_of(other.id) == 0


def test_a_double_click_on_it_opens_its_panel(stage, qtbot):
    visit = cancelled(stage, stage.book())
    open_shown(stage, qtbot)
    opened = []
    stage.view.visit_opened.connect(opened.append)
    spot = stage.point("Infusion 1", 640)
    QTest.mouseClick(stage.view.viewport(), LEFT, Mod.NoModifier, spot)
    QTest.mouseDClick(stage.view.viewport(), LEFT, Mod.NoModifier, spot)
    QTest.mouseRelease(stage.view.viewport(), LEFT, Mod.NoModifier, spot)  # Qt's tool leaves it pressed
    assert opened == [visit.id]

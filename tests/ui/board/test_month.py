"""The month below the typed date: chosen by arrows, by clicks and by what is typed."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.model import Closure
from clinic_desktop.ui.board.month_picker import MonthPicker
from clinic_desktop.ui.board.month_read import MonthDay, first_shown, read_month
from clinic_desktop.ui.board.scene import ViewKind
from clinic_desktop.ui.theme import theme
from tests.small_clinic import MONDAY
from tests.ui.board.stage import LEFT, Key, Mod, Stage

TUESDAY = MONDAY + timedelta(days=1)
THANKSGIVING = date(2026, 11, 26)


def opened(stage: Stage) -> MonthPicker:
    stage.press(Key.Key_G, Mod.ControlModifier)
    stage.settle()
    return stage.board.months


def shown_day(stage: Stage) -> date:
    stage.settle()
    return stage.board.turner.shown.day


def typed(stage: Stage, text: str) -> None:
    QTest.keyClicks(stage.focused(), text)


# What is read.


def test_a_month_begins_with_the_sunday_before_it_and_is_six_weeks(stage):
    assert first_shown(MONDAY) == date(2026, 11, 1)
    assert first_shown(date(2026, 12, 31)) == date(2026, 11, 29)
    assert len(read_month(stage.clinic.store, first_shown(MONDAY))) == 42


def test_visits_are_counted_but_not_those_that_do_not_take_place(stage):
    gone = stage.book()
    cancel(stage.clinic.store, PROGRAM, gone.id, gone.version, CancelReason.UNWELL)
    stage.book("Petrov, Nina", minute=780)
    days = read_month(stage.clinic.store, first_shown(MONDAY))
    assert (days[MONDAY].visits, days[TUESDAY].visits) == (1, 0)


def test_closed_days_say_why_and_holidays_are_known_though_the_clinic_is_open(stage):
    stage.change_setup(Closure(from_day=TUESDAY, to_day=TUESDAY, reason="Staff training"))
    days = read_month(stage.clinic.store, first_shown(MONDAY))
    assert days[TUESDAY].spoken(MONDAY) == "Tuesday, November 17. Closed: Staff training."
    assert days[date(2026, 11, 21)].spoken(MONDAY) == "Saturday, November 21. Closed."
    assert days[THANKSGIVING].closed is None
    assert days[THANKSGIVING].spoken(MONDAY) == "Thursday, November 26. Thanksgiving Day. 0 visits."
    assert days[MONDAY].spoken(MONDAY) == "Monday, November 16, today. 0 visits."
    assert MonthDay(MONDAY).spoken(TUESDAY) == "Monday, November 16."  # nothing is known yet


# In the window.


def test_one_key_opens_it_below_the_line_and_esc_closes_it(stage, qtbot):
    stage.book()
    stage.open(qtbot)
    picker = opened(stage)
    assert picker.card.isVisible()
    assert picker.card.view.days.known(MONDAY).visits == 1
    assert stage.focused() is stage.board.turner.navigator.line
    stage.press(Key.Key_Escape)
    assert not picker.card.isVisible()
    assert stage.focused() is stage.view
    assert shown_day(stage) == MONDAY


@pytest.mark.parametrize(
    ("keys", "day"),
    [
        ([Key.Key_Right], TUESDAY),
        ([Key.Key_Down, Key.Key_Left], date(2026, 11, 22)),
        ([Key.Key_Up, Key.Key_Up, Key.Key_Up], date(2026, 10, 26)),
        ([Key.Key_PageDown], date(2026, 12, 16)),
        ([Key.Key_PageUp, Key.Key_Up], date(2026, 10, 9)),
    ],
)
def test_arrows_and_pages_choose_and_enter_goes(stage, qtbot, keys, day):
    stage.open(qtbot)
    picker = opened(stage)
    for key in keys:
        stage.press(key)
    assert picker.chosen == day
    stage.press(Key.Key_Return)
    assert shown_day(stage) == day
    assert not picker.card.isVisible()
    assert stage.focused() is stage.view


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12/14", date(2026, 12, 14)),
        ("+2w", date(2026, 11, 30)),
        ("thu", date(2026, 11, 19)),
        ("tomorrow", TUESDAY),
    ],
)
def test_what_is_typed_is_shown_in_the_month_and_enter_goes(stage, qtbot, text, day):
    stage.open(qtbot)
    picker = opened(stage)
    typed(stage, text)
    assert picker.chosen == day
    assert picker.card.view.days.index_of(day).isValid()
    stage.press(Key.Key_Return)
    assert shown_day(stage) == day


def test_arrows_go_on_from_what_was_typed(stage, qtbot):
    stage.open(qtbot)
    picker = opened(stage)
    typed(stage, "thu")
    stage.press(Key.Key_Down)
    assert picker.chosen == THANKSGIVING
    stage.press(Key.Key_Return)
    assert shown_day(stage) == THANKSGIVING


def test_the_last_of_a_long_month_leads_to_the_last_of_a_short_one(stage, qtbot):
    stage.open(qtbot)
    picker = opened(stage)
    typed(stage, "1/31")
    stage.press(Key.Key_PageDown)
    assert picker.chosen == date(2027, 2, 28)


def test_a_day_is_clicked_and_months_are_turned_by_mouse(stage, qtbot):
    stage.open(qtbot)
    QTest.mouseClick(stage.board.turner.navigator._text, LEFT)
    stage.settle()
    picker = stage.board.months
    (on,) = [
        b
        for b in picker.card.findChildren(type(stage.board.page.bar.book))
        if "forward" in b.accessibleName()
    ]
    QTest.mouseClick(on, LEFT)
    assert picker.chosen == date(2026, 12, 16)
    stage.settle()
    view = picker.card.view
    spot = view.visualRect(view.days.index_of(date(2026, 12, 9))).center()
    QTest.mouseClick(view.viewport(), LEFT, Mod.NoModifier, spot)
    assert shown_day(stage) == date(2026, 12, 9)
    assert not picker.card.isVisible()
    assert stage.focused() is stage.view


def test_a_click_on_the_board_closes_it(stage, qtbot):
    stage.open(qtbot)
    picker = opened(stage)
    QTest.mouseClick(stage.view.viewport(), LEFT, Mod.NoModifier, stage.point("Spravato 2", 900))
    assert not picker.card.isVisible()
    assert shown_day(stage) == MONDAY


def test_a_screen_reader_reads_every_day(stage, qtbot):
    stage.open(qtbot)
    view = opened(stage).card.view
    reader = QAccessible.queryAccessibleInterface(view)
    names = [reader.child(n).text(QAccessible.Text.Name) for n in range(reader.childCount())]
    assert "Thursday, November 26. Thanksgiving Day. 0 visits." in names
    assert sum(name.endswith("visits.") or "Closed" in name for name in names) == 42


def test_a_visit_in_hand_comes_along_to_the_chosen_day(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    stage.board.select(visit.id)
    stage.press(Key.Key_M, Mod.ControlModifier)
    stage.settle()
    opened(stage)
    stage.press(Key.Key_Right)
    stage.press(Key.Key_Return)
    stage.settle()
    assert shown_day(stage) == TUESDAY
    carried = stage.view.carrying.carried
    assert carried is not None
    assert carried.target.day == TUESDAY


def test_in_the_week_it_leads_to_the_week_of_the_day(stage, qtbot):
    stage.open(qtbot)
    stage.board.look(ViewKind.WEEK)
    stage.settle()
    opened(stage)
    stage.press(Key.Key_Down)
    stage.press(Key.Key_Return)
    assert shown_day(stage) == MONDAY + timedelta(days=7)


@pytest.mark.parametrize("text_size", [100, 150])
def test_it_lies_within_a_small_window_and_no_day_is_cut(stage, qtbot, text_size):
    stage.open(qtbot, (683, 384))
    theme().set_text_size(text_size)
    stage.settle()
    card = opened(stage).card
    window = stage.shell
    assert window.rect().contains(QRect(card.mapTo(window, QPoint()), card.size()))
    view = card.view
    heights = {view.rowHeight(row) for row in range(6)}
    assert min(heights) >= theme().px(14)
    assert view.viewport().rect().contains(view.visualRect(view.days.index(5, 6)))
    theme().set_text_size(100)


def test_enter_on_what_is_no_day_says_so_and_stays(stage, qtbot):
    stage.open(qtbot)
    picker, before = opened(stage), shown_day(stage)
    typed(stage, "blah")
    stage.press(Key.Key_Return)
    assert picker.card.isVisible()
    assert picker.card._words.text() == "“blah” is no day. Type fri, +2w or 12/4."
    assert shown_day(stage) == before
    picker._navigator.line.selectAll()
    typed(stage, "thu")
    assert "no day" not in picker.card._words.text()

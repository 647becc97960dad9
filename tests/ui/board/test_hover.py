"""The pointer rests on a visit: a card tells of it, beside it, and takes nothing away."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from clinic_desktop.foundation.actor import PROGRAM, Role
from clinic_desktop.scheduling.courses import CourseWish, book_course
from clinic_desktop.scheduling.model import PhaseStaff
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.ui.board import hover_card
from clinic_desktop.ui.board.scene import ViewKind
from clinic_desktop.ui.theme import theme
from tests.small_clinic import FRONT_DESK, MONDAY
from tests.ui.board.stage import Key, Mod, Stage, hover
from tests.ui.board.stage import move as drag_to


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    """The pointer need not lie still for long."""
    monkeypatch.setattr(hover_card, "REST", 20)


def block_rect(stage: Stage, visit) -> QRect:
    return stage.view.visualRect(stage.view.visits.index(stage.view.visits.row_of(visit.id), 0))


def rest_on(stage: Stage, visit) -> None:
    port = stage.view.viewport()
    hover(port, QPoint(1, 1))
    hover(port, block_rect(stage, visit).center())
    stage.qtbot.waitUntil(card(stage).isVisible)


def card(stage: Stage):
    return stage.board.hover.card


def told(stage: Stage) -> list[str]:
    return [one.text() for one in card(stage).findChildren(QLabel)]


def on_the_page(stage: Stage, visit) -> QRect:
    port, rect = stage.view.viewport(), block_rect(stage, visit).intersected(stage.view.viewport().rect())
    return QRect(port.mapTo(stage.board.page, rect.topLeft()), rect.size())


def test_it_tells_who_what_when_with_whom_and_how_home(stage, qtbot):
    visit = stage.book(note="Likes the window. <b>Quiet</b>")
    stage.open(qtbot)
    rest_on(stage, visit)
    assert told(stage) == [
        "Okafor, Amara",
        "IV ketamine",
        "Monday, November 16, 10:00 AM to 11:30 AM, Infusion 1",
        "Booked, arrive 9:45 AM",
        "Room ready again at 11:45 AM",
        "Nurse Maya Jones",
        "Driver named, to confirm: Bea Marsh, sister, (217) 555-0142",
        "Phone (512) 555-0142",
        "Note: Likes the window. <b>Quiet</b>",
        *("9:45", "Check-in", "15 min"),
        *("10:00", "Prep", "15 min"),
        *("10:15", "Infusion", "40 min"),
        *("10:55", "Recovery", "30 min"),
        *("11:25", "Release", "5 min"),
        *("11:30", "Turnover", "15 min"),
    ]


def test_it_counts_the_visits_of_a_course(stage, qtbot):
    wish = stage.clinic.wish(note="")
    booked = book_course(stage.clinic.store, PROGRAM, course_of(stage, wish)).visits
    stage.open(qtbot)
    rest_on(stage, booked[0])
    assert told(stage)[1] == "IV ketamine, 1 of 6"


def course_of(stage: Stage, wish) -> CourseWish:
    days = [MONDAY + timedelta(days=n) for n in (0, 2, 4, 7, 9, 11)]
    wishes = [replace(wish, day=day) for day in days]
    template = next(one for one in stage.setup.templates if one.code == "IV6")
    return CourseWish(template, list(enumerate(wishes, 1)))


def test_who_takes_over_is_named_with_the_phases(stage, qtbot):
    visit = stage.book()
    other = (PhaseStaff(5, Role.NURSE, stage.clinic.tunde.id),)
    move(stage.clinic.store, FRONT_DESK, [to(visit, phase_staff=other)])
    stage.open(qtbot)
    rest_on(stage, visit)
    assert "Release: Tunde Okoro" in told(stage)


@pytest.mark.parametrize("size", [(1366, 730), (900, 560), (683, 384)])
@pytest.mark.parametrize("minute", [480, 600, 900])
def test_it_never_lies_over_the_visit_it_tells_of(stage, qtbot, size, minute):
    visits = [
        stage.book(minute=minute),
        stage.book("Reed, Noah", code="SP56", minute=minute, nurse_id=stage.clinic.tunde.id),
    ]
    stage.open(qtbot, size)
    for visit in visits:
        stage.board.select(visit.id)
        stage.settle()
        stage.board.select(None)
        rest_on(stage, visit)
        assert not card(stage).geometry().intersects(on_the_page(stage, visit))
        assert stage.board.page.rect().contains(card(stage).geometry())


def test_it_takes_no_focus_and_no_click(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    before = stage.focused()
    rest_on(stage, visit)
    assert stage.focused() is before
    assert card(stage).testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert card(stage).focusPolicy() is Qt.FocusPolicy.NoFocus


@pytest.mark.parametrize("how", ["key", "press", "leave", "other", "news", "day"])
def test_it_goes_when_something_else_goes_on(stage, qtbot, how):
    visit = stage.book()
    stage.open(qtbot)
    rest_on(stage, visit)
    port = stage.view.viewport()
    {
        "key": lambda: stage.press(Key.Key_Down),
        "press": lambda: QTest.mouseClick(port, Qt.MouseButton.LeftButton, Mod.NoModifier, QPoint(5, 5)),
        "leave": lambda: stage.board.look(ViewKind.LIST),
        "other": lambda: hover(port, stage.point("Spravato 1", 900)),
        "news": lambda: _changed(stage, visit),
        "day": lambda: stage.board.turner.step(1),
    }[how]()
    stage.settle()
    assert not card(stage).isVisible()


def _changed(stage: Stage, visit) -> None:
    changes = move(stage.clinic.store, FRONT_DESK, [to(visit, minute=630)]).changes
    stage.desk.hub.tell(changes)


def test_nothing_shows_while_a_visit_is_carried(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    stage.board.select(visit.id)
    stage.press(Key.Key_M, Mod.ControlModifier)
    hover(stage.view.viewport(), block_rect(stage, visit).center())
    assert not stage.board.hover._rest.isActive()
    assert not card(stage).isVisible()
    stage.press(Key.Key_Escape)
    drag_to(stage.view.viewport(), block_rect(stage, visit).center())
    assert not card(stage).isVisible()


def test_in_large_text_nothing_is_cut(stage, qtbot):
    visit = stage.book(note="Brings her own blanket and asks for the quiet room at the end of the hall")
    stage.open(qtbot)
    theme().set_text_size(150)
    stage.settle()
    rest_on(stage, visit)
    for one in card(stage).findChildren(QLabel):
        assert one.height() >= one.heightForWidth(one.width())
    theme().set_text_size(100)


def test_by_key_the_panel_says_the_same(stage, qtbot):
    visit = stage.book(note="Likes the window", day=date(2026, 11, 16))
    stage.open(qtbot)
    stage.board.select(visit.id)
    stage.settle()
    said = [one.text() for one in stage.board.inspector.visit.findChildren(QLabel) if not one.isHidden()]
    assert "Note: Likes the window" in said
    assert any(one.endswith("Room ready again at 11:45 AM") for one in said)


def test_in_little_room_when_the_room_is_ready_gives_way_to_who_and_when(stage, qtbot):
    visit = stage.book(note="Likes the window, the blanket and the quiet; brings her own music along. " * 2)
    stage.open(qtbot)
    hover, room = stage.board.hover, stage.board.page.rect()
    words = replace(hover._words(visit.id), phases=())
    hover.card.show_words(words)
    high = hover.card.layout().heightForWidth(theme().px(hover_card._WIDTH))
    stage.board.page.resize(room.width(), high + 6)  # a line too few
    rest_on(stage, visit)
    qtbot.waitUntil(
        lambda: "Room ready again at 11:45 AM" not in told(stage)
    )  # earlier words are gone by then
    assert told(stage)[0] == "Okafor, Amara"

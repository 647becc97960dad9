"""A panel about one visit that another desk changes says so at once, and nothing that was typed is lost."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.holding import name_driver
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui.both_changed import BothChangedDialog
from tests.small_clinic import BEA, SmallClinic
from tests.ui.booking.window import Window, make_window
from tests.ui.grab import grab_both

Key = Qt.Key


def booked(clinic: SmallClinic) -> Visit:
    return book(clinic.store, clinic.desk, clinic.wish(plan=BEA)).visits[0]


def opened(qtbot: QtBot, clinic: SmallClinic, panel: str) -> tuple[Window, Visit]:
    """A visit that is booked, with a panel about it open."""
    visit, window = booked(clinic), make_window(qtbot, clinic)
    getattr(window.panels, panel)(window.shell, window.desk, visit.id)
    window.wait()
    return window, visit


def other(window: Window) -> Actor:
    return Actor(window.clinic.maya.id, frozenset({Role.MANAGER}), "FLOOR-1")


def test_an_open_cancel_panel_says_who_moved_its_visit_and_keeps_what_was_typed(
    qtbot: QtBot, clinic: SmallClinic
) -> None:
    window, visit = opened(qtbot, clinic, "cancel")
    panel = window.panels.cancelling
    panel.note.setText("called at ten")
    panel.note.setFocus()
    changes = move(clinic.store, other(window), [to(visit, minute=660)]).changes
    window.desk.hub.tell(changes)
    window.wait(lambda: not panel.meanwhile.isHidden())
    said = panel.meanwhile.accessibleName()
    assert said.startswith(
        "Maya Jones moved this visit a moment ago, on the PC called FLOOR-1 From Mon, Nov 16, 10:00 AM"
    )
    assert panel.note.text() == "called at ten"
    assert panel.note.hasFocus()


def test_a_cancel_over_a_move_that_nobody_saw_is_refused_told_and_done_by_the_next_press(
    qtbot: QtBot, clinic
) -> None:
    window, visit = opened(qtbot, clinic, "cancel")
    panel = window.panels.cancelling
    move(clinic.store, other(window), [to(visit, minute=660)])  # no news yet
    window.press(Key.Key_1)
    panel.confirm()
    window.wait(lambda: not panel.meanwhile.isHidden())
    assert clinic.visit(visit.id).state is VisitState.BOOKED
    panel.confirm()
    window.wait()
    assert clinic.visit(visit.id).state is VisitState.CANCELLED


def test_an_open_driver_panel_says_who_named_another(qtbot: QtBot, clinic: SmallClinic) -> None:
    window, visit = opened(qtbot, clinic, "change_driver")
    panel = window.panels.driver
    assert panel.meanwhile.isHidden()
    plan = replace(BEA, name="Carl Marsh")
    changes = name_driver(clinic.store, other(window), [(visit.id, visit.version)], plan).changes
    window.desk.hub.tell(changes)
    window.wait(lambda: not panel.meanwhile.isHidden())
    assert panel.meanwhile.accessibleName().startswith(
        "Maya Jones changed this visit a moment ago, on the PC called FLOOR-1"
    )
    assert "Carl Marsh" in panel.meanwhile.accessibleName()


def test_two_desks_name_a_driver_and_somebody_chooses_whose(qtbot: QtBot, clinic: SmallClinic) -> None:
    window, visit = opened(qtbot, clinic, "change_driver")
    panel = window.panels.driver
    panel._picked(replace(BEA, name="Dora Marsh"))
    theirs = replace(BEA, name="Carl Marsh")
    changes = name_driver(clinic.store, other(window), [(visit.id, visit.version)], theirs).changes
    window.desk.hub.tell(changes)
    window.wait(lambda: not panel.meanwhile.isHidden())
    panel.confirm()
    (asked,) = window.shell.findChildren(BothChangedDialog)
    assert asked.accessibleName() == "Maya Jones changed this visit a moment ago, on the PC called FLOOR-1"
    assert clinic.visit(visit.id).plan_name == "Carl Marsh"
    QTest.keyClick(asked.fields[0].list, Key.Key_1)
    QTest.keyClick(asked.save, Key.Key_Return)
    window.wait(lambda: clinic.visit(visit.id).plan_name == "Dora Marsh")


def test_who_takes_theirs_takes_whoever_was_named_while_they_were_asked(
    qtbot: QtBot, clinic: SmallClinic
) -> None:
    window, visit = opened(qtbot, clinic, "change_driver")
    panel = window.panels.driver
    panel._picked(replace(BEA, name="Dora Marsh"))

    def named(name: str) -> None:
        seen = [(visit.id, clinic.visit(visit.id).version)]
        window.desk.hub.tell(name_driver(clinic.store, other(window), seen, replace(BEA, name=name)).changes)
        window.wait(lambda: name in panel.meanwhile.accessibleName())

    named("Carl Marsh")
    panel.confirm()
    (asked,) = window.shell.findChildren(BothChangedDialog)
    named("Ed Marsh")
    QTest.keyClick(asked.fields[0].list, Key.Key_2)
    QTest.keyClick(asked.save, Key.Key_Return)
    assert panel.save.text().startswith("Ed Marsh")
    panel.confirm()
    window.wait()
    assert clinic.visit(visit.id).plan_name == "Ed Marsh"


def test_the_line_stays_in_sight_however_far_the_panel_is_scrolled(qtbot: QtBot, clinic: SmallClinic) -> None:
    window, visit = opened(qtbot, clinic, "cancel")
    panel = window.panels.cancelling
    room = panel._scroll.y()
    window.desk.hub.tell(move(clinic.store, other(window), [to(visit, minute=660)]).changes)
    window.wait(panel.meanwhile.isVisible)
    assert panel._scroll.y() >= room
    window.shell.resize(683, 420)
    bar = panel._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    grab_both(window.shell, "told-in-sight", (683, 420), 2.0)
    assert not panel.meanwhile.visibleRegion().isEmpty()
    assert not panel._scroll.isAncestorOf(panel.meanwhile)


def test_in_a_small_window_what_became_of_the_visit_is_read_whole(qtbot: QtBot, clinic: SmallClinic) -> None:
    visit = booked(clinic)
    window = make_window(qtbot, clinic)
    window.shell.resize(683, 365)  # a 1366 x 730 screen at 200 %
    window.panels.cancel(window.shell, window.desk, visit.id)
    window.wait()
    panel = window.panels.cancelling
    window.desk.hub.tell(move(clinic.store, other(window), [to(visit, minute=660)]).changes)
    window.wait(panel.meanwhile.isVisible)
    moved = clinic.visit(visit.id)
    ended = cancel(clinic.store, other(window), moved.id, moved.version, CancelReason.UNWELL)
    window.desk.hub.tell(ended.changes)
    window.wait(lambda: "Unwell" in panel.meanwhile.accessibleName())
    said = [one for one in panel.meanwhile.findChildren(QLabel) if one.wordWrap()]
    assert len(said) == 2
    qtbot.waitUntil(lambda: all(one.height() >= one.heightForWidth(one.width()) for one in said))

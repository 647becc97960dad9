"""What was gone over for a visit stands in its panel: which rule, the reason as typed, when and by whom."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea

from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.model import Override, Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.treatment.overriding import override_driver
from clinic_desktop.ui.board.detail import read_detail
from tests.small_clinic import MONDAY
from tests.ui.board.stage import Key, Stage

WHY = "Dr. Lin agreed: pain clinic & us, <same day>"
WHEN = "Nov 16, 2026, 7:00 AM"


@pytest.fixture
def twice(stage: Stage) -> Visit:
    """Amara's second treatment of Monday, at three, with a reason."""
    stage.book()
    wish = stage.clinic.wish(minute=900)
    return book(stage.clinic.store, stage.clinic.prescriber, wish, WHY).visits[0]


def given(stage: Stage, visit: Visit) -> list[str]:
    return [one.rule for one in read_detail(stage.clinic.store, visit.id).given]


def shown(stage: Stage) -> list[str]:
    return [one.accessibleName() for one in stage.board.inspector.visit._given.boxes if one.isVisible()]


def choose(stage: Stage, visit: Visit) -> None:
    stage.board.select(visit.id)
    stage.settle()


def test_the_panel_says_which_rule_why_when_and_who(stage: Stage, twice: Visit, qtbot) -> None:
    stage.open(qtbot)
    choose(stage, twice)
    assert shown(stage) == [f"Allowed: A second treatment on one day Reason: {WHY}\n{WHEN}, Dr. Lin"]
    (box,) = (one for one in stage.board.inspector.visit._given.boxes if one.isVisible())
    assert [one.text() for one in box.findChildren(QLabel) if one.text()] == [
        "Allowed: A second treatment on one day",
        f"Reason: {WHY}\n{WHEN}, Dr. Lin",
    ]


def test_a_visit_that_went_over_nothing_says_nothing(stage: Stage, twice: Visit, qtbot) -> None:
    other = stage.book("Petrov, Nina", minute=720, room="Infusion 2", nurse_id=stage.clinic.tunde.id)
    stage.open(qtbot)
    choose(stage, twice)
    assert shown(stage)
    stage.board.select(other.id)
    assert shown(stage) == []  # before it is read
    stage.settle()
    assert shown(stage) == []


def test_what_was_gone_over_with_one_reason_is_said_at_once(stage: Stage, twice: Visit, qtbot) -> None:
    """A second treatment, in a room that another has then."""
    nina = stage.book("Petrov, Nina", minute=900, room="Infusion 2", nurse_id=stage.clinic.tunde.id)
    room = stage.clinic.rooms["Infusion 2"].id
    move(stage.clinic.store, stage.clinic.prescriber, [to(twice, minute=905, room_id=room)], WHY, {nina.id})
    stage.open(qtbot)
    choose(stage, twice)
    (said,) = shown(stage)
    assert "A room or a person shared by two visits at once" in said
    assert "A second treatment on one day" in said
    assert said.count(WHY) == 1


def test_permission_for_another_time_or_room_stands_no_more(stage: Stage, twice: Visit) -> None:
    nina = stage.book("Petrov, Nina", minute=900, room="Infusion 2", nurse_id=stage.clinic.tunde.id)
    clinic, room = stage.clinic, stage.clinic.rooms["Infusion 2"].id
    shared = move(clinic.store, clinic.prescriber, [to(twice, room_id=room)], WHY, {nina.id}).visits[0]
    assert sorted(given(stage, shared)) == ["overlap", "same-day"]
    alone = move(clinic.store, clinic.prescriber, [to(shared, room_id=twice.room_id)]).visits[0]
    assert given(stage, alone) == ["same-day"]
    tuesday = move(clinic.store, clinic.desk, [to(alone, day=MONDAY + timedelta(days=1))]).visits[0]
    assert given(stage, tuesday) == []


def test_what_merely_happened_is_no_permission(stage: Stage, twice: Visit) -> None:
    with stage.clinic.store.write(stage.clinic.desk) as unit:
        (one,) = unit.find(Override, visit_id=twice.id)
        unit.add(replace(one, id=0, version=0, rule="overlap", deviation=True))
        unit.commit()
    assert given(stage, twice) == ["same-day"]


def test_a_prescribers_permission_without_a_driver_is_told_too(stage: Stage, qtbot) -> None:
    visit = stage.book(plan=None)
    override_driver(stage.clinic.store, stage.clinic.prescriber, visit.id, "lives next door")
    stage.open(qtbot)
    choose(stage, visit)
    (said,) = shown(stage)
    assert said.startswith("Allowed: Dosing without the driver it asks for Reason: lives next door")


def test_by_key_it_is_read_in_a_small_window_too(stage: Stage, twice: Visit, qtbot) -> None:
    """At 200 % the panel scrolls: the keyboard comes into it, and down to what was gone over."""
    stage.open(qtbot, (683, 352))
    choose(stage, twice)
    stage.press(Key.Key_Return)
    panel = stage.board.inspector.visit
    body = panel.findChild(QScrollArea)
    assert body.focusPolicy() is Qt.FocusPolicy.TabFocus
    (box,) = (one for one in panel._given.boxes if one.isVisible())
    seen = set()
    body.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(40):
        stage.press(Key.Key_Down)
        inside = box.visibleRegion().boundingRect()
        seen |= set(range(inside.top(), inside.bottom() + 1))
    assert seen >= set(range(box.height()))


def test_where_all_of_it_is_in_sight_the_keyboard_passes_by(stage: Stage, twice: Visit, qtbot) -> None:
    stage.open(qtbot, (1366, 1400))
    choose(stage, twice)
    body = stage.board.inspector.visit.findChild(QScrollArea)
    assert body.focusPolicy() is Qt.FocusPolicy.NoFocus

"""Set-up for whoever signs in at the same window after somebody else: as it opens first."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from clinic_desktop.ui.set_up import section
from clinic_desktop.ui.set_up.place import SetUpPlace
from clinic_desktop.ui.set_up.section import SectionView
from tests.scheduling.set_up_world import TUESDAY
from tests.small_clinic import build
from tests.ui.set_up.stage import Stage, field
from tests.ui.sign_in.conftest import PASSWORD, PIN, Door, give_accounts, open_door, shut, staff


@pytest.fixture
def door(qtbot: QtBot, tmp_path: Path) -> Iterator[Door]:
    clinic = build(tmp_path)
    people = staff(clinic)
    give_accounts(clinic, people)
    made = open_door(qtbot, clinic, people)
    yield made
    shut(made)


def held(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Saving waits for it."""
    go_on, real = Event(), section.change_set_up

    def waits(*args: Any, **more: Any) -> Any:
        assert go_on.wait(30)
        return real(*args, **more)

    monkeypatch.setattr(section, "change_set_up", waits)
    return go_on


def chosen(door: Door) -> tuple[SetUpPlace, SectionView[Any]]:
    """Ines Park, a manager, has chosen a nurse in the staff list."""
    door.write("ip")
    door.press("Return")
    door.enter(PASSWORD["Ines Park"])
    place = door.window.go("set-up")
    assert isinstance(place, SetUpPlace)
    place.open_part("staff")
    view = place.section("staff")
    view.open(str(door.clinic.maya.id))
    door.settle()
    return place, view


@pytest.mark.parametrize("key", ["Ctrl+Shift+A", "Ctrl+F1"])
def test_whoever_comes_next_finds_nobody_chosen(door: Door, key: str) -> None:
    place, view = chosen(door)
    door.press(key)
    door.settle()
    if key == "Ctrl+F1":
        door.press("Ctrl+Shift+A")
    door.write("rd")
    door.press("Return")
    door.enter(PIN["Rosa Diaz"])
    assert door.at_work() == door.people["Rosa Diaz"].id
    assert view.key != str(door.clinic.maya.id)
    assert place.current == "clinic"


def test_the_same_person_finds_whom_they_had_chosen(door: Door) -> None:
    place, view = chosen(door)
    door.press("Ctrl+F1")
    door.settle()
    door.enter(PIN["Ines Park"])
    assert (place.current, view.key) == ("staff", str(door.clinic.maya.id))


def test_what_was_typed_and_asked_goes(stage: Stage) -> None:
    view = stage.part("rooms")
    first = view.key
    other = next(one.key for one in view.subject.rows(stage.setup) if one.key != first)
    view.open(other)
    field(view, "name").setText("Elsewhere")
    assert view.dirty
    stage.place.forget()
    assert not view.dirty
    assert (view.key, stage.place.current) == (first, "clinic")


def test_visits_that_a_change_would_strand_are_not_asked_about_of_the_next(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The change was sent before they came and is answered afterwards: they never saw what was typed."""
    go_on = held(monkeypatch)
    stage.world.book("IVM", TUESDAY, room="Infusion 1")
    view = stage.part("rooms", str(stage.world.room("Infusion 1").id))
    field(view, "active").box("active").click()
    view.save()
    stage.place.forget()
    go_on.set()
    stage.settle()
    assert not view.stranded.isVisibleTo(view)
    assert not view.dirty
    assert stage.world.room("Infusion 1").active


def test_what_was_saved_before_they_came_is_no_change_of_what_they_see(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = held(monkeypatch)
    rooms = stage.part("rooms")
    field(rooms, "name").setText("Quiet room")
    rooms.save()
    stage.place.forget()
    go_on.set()
    stage.settle()
    assert "Quiet room" in [one.name for one in stage.desk.setup.rooms]
    assert stage.place.current == "clinic"
    assert "Quiet room" not in stage.said

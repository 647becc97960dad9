"""What is entered while the entry before is still being saved is never dropped in silence."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui import operations
from clinic_desktop.ui.booking import saving
from clinic_desktop.ui.patients import form
from clinic_desktop.ui.patients.form import PatientForm
from clinic_desktop.ui.set_up import section
from clinic_desktop.ui.set_up.place import SetUpPlace
from tests.journeys.desk_story import WAIT_MS, DeskStory
from tests.small_clinic import BEA

NOT_TAKEN = "Not taken yet"


class Held:
    """A use case that has begun and waits."""

    def __init__(self) -> None:
        self.begun, self.going_on = threading.Event(), threading.Event()

    def let_go(self) -> None:
        self.going_on.set()


Slow = Callable[[Any, str], Held]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    """Makes a use case wait for its event, as a store that is far away does."""
    made: list[Held] = []

    def make(module: Any, name: str) -> Held:
        held, real = Held(), getattr(module, name)
        made.append(held)

        def waits(*args: Any, **more: Any) -> Any:
            held.begun.set()
            assert held.going_on.wait(30)
            return real(*args, **more)

        monkeypatch.setattr(module, name, waits)
        return held

    yield make
    for one in made:
        one.let_go()


@pytest.fixture
def busy_visit(desk: DeskStory) -> Iterator[tuple[int, threading.Event]]:
    """A visit that is selected on the board while something about it is being saved."""
    booked = book(desk.clinic.store, desk.clinic.desk, desk.clinic.wish())
    visit = booked.visits[0]
    desk.window.desk.hub.tell(booked.changes)
    desk.press("Alt+1")
    desk.board.show_visit(visit.id, visit.day)
    desk.wait(lambda: desk.board.board.selected_visit == visit.id)
    event = threading.Event()
    operations.run(desk.window, lambda: event.wait(30), lambda _ok: None, key=f"visit:{visit.id}")
    yield visit.id, event
    event.set()


def notices(desk: DeskStory) -> list[str]:
    return [one.accessibleName() for one in desk.window.notices.notices()]


def test_a_second_entry_on_the_board_is_said_and_can_be_repeated(
    desk: DeskStory, busy_visit: tuple[int, threading.Event]
) -> None:
    visit_id, event = busy_visit
    desk.press("F8", "F8")
    assert [one.startswith(NOT_TAKEN) for one in notices(desk)] == [True]  # once, however often
    event.set()
    desk.wait()
    desk.press("F8")
    desk.wait(lambda: desk.clinic.visit(visit_id).state is VisitState.CONFIRMED)


def test_a_visit_let_go_meanwhile_is_put_back_and_not_held_for_ever(
    desk: DeskStory, busy_visit: tuple[int, threading.Event]
) -> None:
    visit_id, event = busy_visit
    before = desk.clinic.visit(visit_id).minute
    desk.press("Space", "Down", "Down")
    desk.qtbot.waitUntil(lambda: desk.board.board.page.board.carrying.carried.verdict is not None)
    desk.press("Return")
    assert desk.board.board.page.board.carrying.carried is None
    assert notices(desk)[0].startswith(NOT_TAKEN)
    event.set()
    desk.wait()
    assert desk.clinic.visit(visit_id).minute == before


def test_a_booking_begun_while_the_last_is_saved_stays(desk: DeskStory, slow: Slow) -> None:
    held = slow(saving, "book_looked")
    desk.press("Alt+1", "F3")
    desk.write("oka")
    desk.press("Ctrl+Return")
    desk.wait()
    desk.write_driver(BEA.name, BEA.phone, "sister")
    desk.wait()
    desk.press("Ctrl+Return")
    panel = desk.panels.booking
    desk.qtbot.waitUntil(held.begun.is_set, timeout=WAIT_MS)
    desk.press("Ctrl+F")
    desk.write("reed")
    desk.press("Return")
    held.let_go()
    desk.wait(lambda: desk.visits(desk.clinic.amara.id))
    desk.wait(lambda: panel.answers.patient_id == desk.clinic.noah.id)
    assert panel.isVisible()


def test_what_is_typed_into_a_record_while_it_is_saved_stays_typed(desk: DeskStory, slow: Slow) -> None:
    held = slow(form, "keep_patient")
    desk.press("Alt+3")
    desk.write("okafor")
    desk.wait(lambda: desk.patients.view.facts is not None)
    desk.press("Ctrl+W")
    (panel,) = desk.window.findChildren(PatientForm)
    line = panel.fields.lines["email"]
    line.setFocus()
    desk.write("amara@example.org")
    desk.press("Ctrl+Return")
    panel.fields.lines["given_name"].setFocus()
    desk.press("End")
    desk.write(" Jane")
    desk.press("Ctrl+Return")
    assert notices(desk)[0].startswith(NOT_TAKEN)
    held.let_go()
    desk.wait(lambda: panel.draft().email == "amara@example.org" and panel.draft().version > 1)
    assert panel.draft().given_name == "Amara Jane"
    assert panel.isVisible()
    desk.press("Ctrl+Return")
    desk.wait(lambda: desk.patients.view.facts.patient.given_name == "Amara Jane")
    assert desk.window.body.panel is None


def test_what_is_typed_in_the_set_up_while_it_is_saved_stays_typed(desk: DeskStory, slow: Slow) -> None:
    held = slow(section, "change_set_up")
    desk.sit_down("Ines Park")
    desk.press("Alt+9", "Ctrl+3", "Return", "Ctrl+A")
    desk.write("Talk room")
    desk.press("Ctrl+S", "End")
    desk.write(" 1")
    desk.press("Ctrl+S")
    assert notices(desk)[-1].startswith(NOT_TAKEN)
    held.let_go()
    place = desk.window.place("set-up")
    assert isinstance(place, SetUpPlace)
    view = place.section("rooms")
    desk.wait(lambda: view.subject.value(desk.window.desk.setup, view.key).name == "Talk room")
    assert view.editor.value().name == "Talk room 1"
    assert view.dirty
    desk.press("Ctrl+S")
    desk.wait(lambda: not view.dirty)
    assert view.subject.value(desk.window.desk.setup, view.key).name == "Talk room 1"

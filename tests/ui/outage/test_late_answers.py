"""What was asked for while the server was away is shown once it is back, and does nothing else: the panel was
left, or somebody is at other work."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.people.model import Address, Contact
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui import operations
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.messages.crisis_panel import CrisisPanel
from clinic_desktop.ui.patients.running_out_panel import RunningOutPanel
from clinic_desktop.ui.window import Window, read_setup
from tests.small_clinic import MONDAY, build
from tests.treatment.stays import Stay, booked
from tests.ui.outage.cut import Cut
from tests.ui.whole_window import settle, whole_window


@dataclass
class Front:
    qtbot: QtBot
    stay: Stay
    line: Cut
    desk: Desk
    window: Window

    @property
    def panels(self) -> Any:
        return self.window._panels

    @property
    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def write(self, text: str) -> None:
        for letter in text:
            self.qtbot.keyClicks(self.focus, letter)

    def press(self, key: Qt.Key) -> None:
        self.qtbot.keyClick(self.focus, key)

    def until(self, ready: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(ready)

    def could_not_be_read(self, reader: Any) -> None:
        self.until(reader._again.isActive)

    def back(self, reader: Any) -> None:
        """The server answers again, and what is waited for comes."""
        self.line.cut = False
        self.until(lambda: not reader._again.isActive() and not reader.busy)
        settle(self.qtbot)


@pytest.fixture
def front(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Front]:
    """The whole window, with somebody at it who may do everything; a visit is booked for today."""
    monkeypatch.setattr(operations, "AGAIN_MS", 20)
    clinic = build(tmp_path)
    with clinic.store.write(PROGRAM) as unit:
        home = Address("9 Elm Street", "Springfield", "IL", "62701")
        clinic.amara = unit.save(
            replace(clinic.amara, address=home, emergency=Contact("Ben Okafor", "brother", "(512) 555-0177"))
        )
        unit.commit()
    stay, line = booked(clinic, plan=None), Cut(clinic.store)
    actor = Actor(clinic.maya.id, frozenset(Role), "front")
    desk = Desk(line, actor, clinic.clock, read_setup(clinic.store))
    yield Front(qtbot, stay, line, desk, whole_window(qtbot, desk))
    operations.wait_for_all()
    clinic.store.close()


PANELS: dict[str, tuple[str, Callable[[Front], object]]] = {
    "cancel": ("cancelling", lambda f: f.panels.cancel(f.window, f.desk, f.stay.visit_id)),
    "driver": ("driver", lambda f: f.panels.change_driver(f.window, f.desk, f.stay.visit_id)),
    "waitlist": ("waiting", lambda f: f.panels.waitlist(f.window, f.desk, None)),
    "messages": ("mail", lambda f: f.panels.messages(f.window, f.desk, None)),
    "openings": ("opening", lambda f: f.panels.who_could_come(f.window, f.desk, MONDAY, None, None)),
    "repair": ("repairing", lambda f: f.panels.repair_day(f.window, f.desk, MONDAY, "", None)),
}


def asked_in_vain(front: Front, what: str) -> Any:
    """A panel that is shown, and what should stand in it cannot be read; its reader."""
    name, ask = PANELS[what]
    front.line.cut = True
    ask(front)
    panel = getattr(front.panels, name)
    assert panel.isVisible()
    reader = panel._days if what == "repair" else panel._reader
    front.could_not_be_read(reader)
    return reader


@pytest.mark.parametrize("left", [True, False])
@pytest.mark.parametrize("what", PANELS)
def test_a_late_answer_takes_no_focus_from_whoever_is_at_other_work(
    front: Front, what: str, left: bool
) -> None:
    reader = asked_in_vain(front, what)
    if left:
        front.window.close_panel()
    front.window.search("")
    front.write("okaf")
    writing = front.focus
    if left:  # nobody sees it: it is not even read
        front.line.cut = False
        with front.qtbot.waitSignal(reader._again.timeout):
            pass
        assert not reader.busy
    else:
        front.back(reader)
    assert front.focus is writing
    assert front.window.top_bar.search.line.text() == "okaf"


@pytest.mark.parametrize("what", PANELS)
def test_nor_from_whoever_goes_through_the_board(front: Front, what: str) -> None:
    reader = asked_in_vain(front, what)
    front.window.place("board").focus_work()
    working = front.focus
    front.back(reader)
    assert front.focus is working


def test_no_visit_is_cancelled_on_a_panel_that_was_left(front: Front) -> None:
    asked_in_vain(front, "cancel")
    front.window.close_panel()
    front.line.cut = False
    front.window.search("")
    front.write("okaf")
    front.until(lambda: not operations.running_count())
    front.panels.cancelling._reader._again.timeout.emit()
    settle(front.qtbot)
    front.write("2")
    front.press(Qt.Key.Key_Return)
    settle(front.qtbot)
    assert front.stay.clinic.visit(front.stay.visit_id).state is VisitState.HELD


@pytest.mark.parametrize("what", PANELS)
def test_an_answer_in_time_leads_into_the_panel(front: Front, what: str) -> None:
    PANELS[what][1](front)
    settle(front.qtbot)
    assert getattr(front.panels, PANELS[what][0]).isAncestorOf(front.focus)


def test_who_runs_out_is_shown_late_without_the_focus(front: Front) -> None:
    panel = RunningOutPanel(front.desk)
    front.window.show_panel(panel)
    front.line.cut = True
    panel.start()
    front.could_not_be_read(panel._reader)
    front.window.search("")
    writing = front.focus
    front.back(panel._reader)
    assert front.focus is writing


def test_news_take_no_focus_into_who_runs_out(front: Front) -> None:
    panel = RunningOutPanel(front.desk)
    front.window.show_panel(panel)
    panel.start()
    settle(front.qtbot)
    front.window.search("")
    writing = front.focus
    panel._others_changed(None)
    settle(front.qtbot)
    assert front.focus is writing


@pytest.mark.parametrize("place", ["decisions", "ledger"])
def test_a_list_that_comes_late_takes_no_focus(front: Front, place: str) -> None:
    front.line.cut = True
    front.window.go(place)
    shown: Any = front.window.place(place)
    reader = shown._reader if place == "decisions" else shown.show_part("forms")._reader
    front.could_not_be_read(reader)
    front.window.search("")
    writing = front.focus
    front.back(reader)
    assert front.focus is writing


# The crisis card.


def crisis_of_amara(front: Front) -> CrisisPanel:
    front.panels.crisis_card(front.window, front.desk, front.stay.clinic.amara.id, by_name=True)
    panel = front.window.body.panel
    assert isinstance(panel, CrisisPanel)
    return panel


@pytest.mark.parametrize("how", ["another call", "not this one"])
@pytest.mark.parametrize("away", [True, False])
def test_the_next_caller_gets_no_address_of_the_first(front: Front, how: str, away: bool) -> None:
    front.line.cut = away
    panel = crisis_of_amara(front)
    if away:
        front.could_not_be_read(panel._reader)
    panel.begin() if how == "another call" else panel.patient.dropped.emit()
    front.back(panel._reader)
    assert panel.call.patient_id is None
    assert panel.facts.text() == ""


def test_another_patient_on_the_card_is_not_shown_with_the_first_ones_address(front: Front) -> None:
    panel = crisis_of_amara(front)
    settle(front.qtbot)
    assert "9 Elm Street" in panel.facts.text()
    front.line.cut = True
    panel.patient.chosen.emit(front.stay.clinic.noah.id, False)
    assert panel.facts.text() == ""
    front.could_not_be_read(panel._reader)
    front.back(panel._reader)
    assert "9 Elm Street" not in panel.facts.text()
    assert "no address on record" in panel.facts.text()

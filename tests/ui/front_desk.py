"""The real window with every place over a small clinic, as the front desk has it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.app import places
from clinic_desktop.foundation.actor import PROGRAM, Actor
from clinic_desktop.people.model import Clearance, Patient, Screening
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.ui import operations
from clinic_desktop.ui.booking.panels import Panels, make_booking_panels
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.patients.live_directory import live_directory
from clinic_desktop.ui.window import Window
from tests.small_clinic import MONDAY, SmallClinic, instant

WAIT_MS = 30_000
Key, Mod = Qt.Key, Qt.KeyboardModifier
TUESDAY = MONDAY + timedelta(days=1)


@dataclass
class FrontDesk:
    """The window as somebody at the keyboard has it. ``actions`` counts keys and chords, not letters."""

    qtbot: QtBot
    clinic: SmallClinic
    desk: Desk
    window: Window
    panels: Panels
    actions: int = 0

    def wait(self, until: Callable[[], bool] | None = None) -> None:
        def calm() -> bool:
            return not operations.running_count() and (until is None or until())

        self.qtbot.waitUntil(calm, timeout=WAIT_MS)

    @property
    def focus(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the focus"
        return widget

    def press(self, *keys: Qt.Key, mods: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        for key in keys:
            self.actions += 1
            self.qtbot.keyClick(self.focus, key, mods)
            self.wait()

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(self.focus, text)
        self.wait()

    def run(self, command_id: str) -> None:
        """A command by its key's action, as a menu would."""
        self.window.commands.action(command_id).trigger()
        self.wait()

    def go(self, place_id: str) -> Any:
        place = self.window.go(place_id)
        self.wait()
        return place

    def said(self) -> str:
        return self.window.status_bar.said

    def notices(self) -> str:
        return " ".join(one.accessibleName() for one in self.window.notices.notices())

    def act_as(self, actor: Actor) -> None:
        self.desk.act_as(actor)
        self.wait()

    def book(self, day: date = TUESDAY, minute: int = 600, code: str = "IVM", **changes: object) -> Visit:
        booked = book(self.clinic.store, self.clinic.desk, self.clinic.wish(code, minute, day=day, **changes))
        self.desk.hub.tell(booked.changes)
        self.wait()
        return booked.visits[0]


def another_patient(clinic: SmallClinic, given: str, family: str, **changes: object) -> Patient:
    """Somebody else who is cleared for everything, as Amara is."""
    with clinic.store.write(PROGRAM) as unit:
        new = replace(clinic.amara, id=0, version=0, chart_number="", given_name=given, family_name=family)
        patient = unit.add(replace(new, **changes))  # type: ignore[arg-type]  # replace checks the names
        unit.add(Screening(patient_id=patient.id, reviewed_by=clinic.lin.id, reviewed_at=clinic.clock.now()))
        for one in unit.find(Clearance, patient_id=clinic.amara.id):
            unit.add(replace(one, id=0, version=0, patient_id=patient.id))
        unit.commit()
    return patient


@contextmanager
def front_desk(
    qtbot: QtBot, clinic: SmallClinic, size: tuple[int, int] = (1366, 768), hour: int = 9
) -> Iterator[FrontDesk]:
    """Open the window at an hour of Monday; the caller's store is closed by whoever made it."""
    clinic.clock.at = instant(hour)
    with clinic.store.read() as records:
        setup = records.setup()
    desk = Desk(clinic.store, clinic.desk, clinic.clock, setup)
    people = live_directory(desk)
    panels = make_booking_panels(desk, people)
    window = Window(desk, places(desk, panels), panels)
    qtbot.addWidget(window)
    window.resize(*size)
    window.show()
    window.go("board")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    stage = FrontDesk(qtbot, clinic, desk, window, panels)
    stage.wait(lambda: people.ready)
    yield stage
    stage.wait()

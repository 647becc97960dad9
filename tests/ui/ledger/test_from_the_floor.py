"""From the floor's "To see to" into the ledger, in the window of the program."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clinic_desktop.ui import operations
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.floor.place import FloorPlace
from clinic_desktop.ui.ledger.forms_part import FormsPart
from clinic_desktop.ui.ledger.place import LedgerPlace
from tests.small_clinic import MONDAY, SmallClinic, at
from tests.treatment.stays import booked
from tests.ui.whole_window import settle, whole_window


def test_a_form_to_see_to_is_opened_in_the_ledger(qtbot: QtBot, clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed()
    clinic.clock.at = at(MONDAY + timedelta(days=1), 9)
    with clinic.store.read() as records:
        desk = Desk(clinic.store, clinic.nurse, clinic.clock, records.setup())
    window = whole_window(qtbot, desk)
    floor = window.go("floor")
    assert isinstance(floor, FloorPlace)
    settle(qtbot)
    qtbot.keyClick(floor.view.list, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot)
    floor.waiting.forms.setFocus()
    qtbot.keyClick(floor.waiting.forms, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current == "ledger" and not operations.running_count())
    place = window.place("ledger")
    assert isinstance(place, LedgerPlace)
    part = place.parts["forms"]
    assert isinstance(part, FormsPart)
    qtbot.waitUntil(part.panel.isVisible)
    assert part.panel.one is not None
    assert part.panel.one.visit.id == stay.visit_id
    focused = QApplication.focusWidget()
    assert focused is not None
    assert part.panel.isAncestorOf(focused)

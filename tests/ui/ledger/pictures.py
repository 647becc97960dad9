"""The ledger as pictures, to look at.

CLINIC_DESKTOP_PICTURES=/tmp/pictures QT_QPA_PLATFORM=offscreen python -m tests.ui.ledger.pictures CLINIC AT

CLINIC is a file made by ``clinic-desktop init CLINIC --demo``, AT an instant such as 2026-11-17T20:44+00:00.
"""

import sys
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from clinic_desktop.app import places
from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.clock import FixedClock
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.storage.store import open_store
from clinic_desktop.ui import operations
from clinic_desktop.ui.booking.panels import make_booking_panels
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.ledger.forms_part import FormsPart
from clinic_desktop.ui.ledger.place import LedgerPlace
from clinic_desktop.ui.ledger.watch import LedgerWatch
from clinic_desktop.ui.patients.live_directory import live_directory
from clinic_desktop.ui.theme import install_theme
from clinic_desktop.ui.window import Window
from tests.ui.grab import grab_both

WIDE, SMALL = (1366, 768), (683, 384)


def settle(app: QApplication) -> None:
    for _ in range(3):
        app.processEvents()
        while operations.running_count():
            app.processEvents()


def main(clinic: str, at: str) -> None:
    app = QApplication(sys.argv[:1])
    install_theme(app)
    clock = FixedClock(datetime.fromisoformat(at))
    store = open_store(Path(clinic), clock)
    with store.read() as records:
        setup = records.setup()
    person = next(one for one in setup.staff if Role.NURSE in one.roles)
    desk = Desk(store, Actor(person.id, person.roles, "floor"), clock, setup, render_pdf)
    panels = make_booking_panels(desk, live_directory(desk))
    window = Window(desk, places(desk, panels), panels)
    window.resize(*WIDE)
    window.show()
    place = window.go("ledger")
    assert isinstance(place, LedgerPlace)
    part = place.parts["forms"]
    assert isinstance(part, FormsPart)
    LedgerWatch(window, desk).look()
    settle(app)
    for size, scale, name in ((WIDE, 1.0, "ledger"), (SMALL, 2.0, "ledger-200")):
        window.close_panel()
        window.resize(*size)
        settle(app)
        grab_both(window, f"{name}-list", size, scale)
        part.open()
        settle(app)
        grab_both(window, name, size, scale)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""The Sheets place as pictures, to look at.

CLINIC_DESKTOP_PICTURES=/tmp/pictures QT_QPA_PLATFORM=offscreen python -m tests.ui.sheets.pictures CLINIC AT

CLINIC is a file made by ``clinic-desktop init CLINIC --demo``, AT an instant such as 2026-11-17T17:44+00:00.
"""

import sys
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from clinic_desktop.aftercare.day_sheets import SheetLine, Standing
from clinic_desktop.aftercare.sheets import hand_over, make_sheet
from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.clock import FixedClock
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.storage.store import open_store
from clinic_desktop.ui import operations
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.sheets.place import SheetsPlace, sheets_spec
from clinic_desktop.ui.shell import Shell
from clinic_desktop.ui.theme import install_theme
from tests.ui.grab import grab_both

WIDE, SMALL = (1366, 768), (683, 384)


def settle(app: QApplication) -> None:
    for _ in range(3):
        app.processEvents()
        while operations.running_count():
            app.processEvents()


def first(place: SheetsPlace, standing: Standing) -> SheetLine | None:
    return next((one for one in place.view.list.rows.things if one.standing is standing), None)


def main(clinic: str, at: str) -> None:
    app = QApplication(sys.argv[:1])
    install_theme(app)
    store = open_store(Path(clinic), FixedClock(datetime.fromisoformat(at)))
    with store.read() as records:
        setup = records.setup()
    nurse = next(one for one in setup.staff if Role.NURSE in one.roles)
    desk = Desk(store, Actor(nurse.id, nurse.roles, "floor"), store.clock, setup)
    shell = Shell([sheets_spec(desk, render_pdf)])
    shell.resize(*WIDE)
    shell.show()
    place = shell.go("sheets")
    assert isinstance(place, SheetsPlace)
    settle(app)
    for number in range(2):
        ready = first(place, Standing.READY)
        if ready is not None:
            made = make_sheet(store, desk.actor, ready.visit.id, render_pdf)
            changes = hand_over(store, desk.actor, made.sheet, "The patient") if number else made.changes
            desk.hub.tell(changes)
            settle(app)
    for size, scale, name in ((WIDE, 1.0, "wide"), (SMALL, 2.0, "small")):
        shell.resize(*size)
        for standing in Standing:
            line = first(place, standing)
            if line is not None:
                place.view.list.go_to(line.visit.id)
                place.view.turn_to(page=False)
                settle(app)
                grab_both(shell, f"sheets-{standing.name.lower()}-{name}", size, scale)
    place.view.turn_to(page=True)
    settle(app)
    grab_both(shell, "sheets-page-small", SMALL, 2.0)
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])

"""The Calls place as pictures, to look at.

CLINIC_DESKTOP_PICTURES=/tmp/pictures QT_QPA_PLATFORM=offscreen python -m tests.ui.calls.pictures CLINIC AT

CLINIC is a file made by ``clinic-desktop init CLINIC --demo``, AT an instant such as 2026-11-17T20:44+00:00.
"""

import sys
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.clock import FixedClock
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.scheduling.calling import Call, record_call
from clinic_desktop.scheduling.calls import CallOutcome, Whom
from clinic_desktop.storage.store import open_store
from clinic_desktop.ui import operations
from clinic_desktop.ui.board.ports import NothingWired
from clinic_desktop.ui.calls.place import CallsPlace, calls_spec
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.shell import Shell
from clinic_desktop.ui.theme import install_theme
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
    person = next(one for one in setup.staff if Role.RECEPTIONIST in one.roles)
    nurse = next(one for one in setup.staff if Role.NURSE in one.roles)
    desk = Desk(store, Actor(person.id, person.roles, "front"), clock, setup)
    shell = Shell([calls_spec(desk, NothingWired(), render_pdf)])
    shell.resize(*WIDE)
    shell.show()
    place = shell.go("calls")
    assert isinstance(place, CallsPlace)
    settle(app)
    for number, outcome in enumerate((CallOutcome.NO_ANSWER, CallOutcome.MESSAGE, CallOutcome.VISIT)):
        rows = place.view.list.calls.things
        if number < len(rows):
            row = rows[-1 - number]
            done = record_call(store, desk.actor, Call(row.visit, Whom.PATIENT, outcome, note="tried twice"))
            desk.hub.tell(done.changes)
            settle(app)
    for size, scale, name in ((WIDE, 1.0, "wide"), (SMALL, 2.0, "small")):
        shell.resize(*size)
        settle(app)
        place.focus_work()
        grab_both(shell, f"calls-{name}", size, scale)
        place.view.list.digit.emit(3)
        settle(app)
        grab_both(shell, f"calls-chosen-{name}", size, scale)
    place.show_day_after()
    settle(app)
    for size, scale, name in ((WIDE, 1.0, "wide"), (SMALL, 2.0, "small")):
        shell.resize(*size)
        settle(app)
        place.focus_work()
        grab_both(shell, f"day-after-{name}", size, scale)
        place.view.after.digit.emit(1)
        place.after.panel.questions.answer("suicide", said=True)
        settle(app)
        grab_both(shell, f"day-after-red-{name}", size, scale)
        place.after.panel.questions.answer("suicide", said=False)
        waits = [one for one in place.view.after.calls.things if one.waits]
        if waits:
            desk.act_as(Actor(nurse.id, nurse.roles, "floor"))
            place.view.after.go_to(waits[0].visit.id)
            settle(app)
            grab_both(shell, f"day-after-waits-{name}", size, scale)
            place.view.after.stand_on(0)
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])

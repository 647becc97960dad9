"""The waitlist, the pinboard, messages and the crisis card as pictures, to look at.

CLINIC_DESKTOP_PICTURES=/tmp/pictures QT_QPA_PLATFORM=offscreen python -m tests.ui.calls.panel_pictures DIR
"""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from clinic_desktop.app import places
from clinic_desktop.foundation.actor import Role
from clinic_desktop.people.model import UsualDriver
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.messages import Message, take_message
from clinic_desktop.scheduling.pinboard import park
from clinic_desktop.scheduling.waiting import WaitEntry, wait_for
from clinic_desktop.ui import operations
from clinic_desktop.ui.booking.panels import make_booking_panels
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.patients.live_directory import live_directory
from clinic_desktop.ui.theme import install_theme
from clinic_desktop.ui.window import Window
from tests.small_clinic import MONDAY, build, instant
from tests.ui.front_desk import TUESDAY, another_patient
from tests.ui.grab import grab_both

WIDE, SMALL = (1366, 768), (683, 384)


def settle(app: QApplication) -> None:
    for _ in range(3):
        app.processEvents()
        while operations.running_count():
            app.processEvents()


def main(folder: str) -> None:
    app = QApplication(sys.argv[:1])
    install_theme(app)
    clinic = build(Path(folder))
    clinic.clock.at = instant(9)
    for given, family, drivers in (
        ("Ezra", "Bloom", ()),
        ("Iris", "Vale", (UsualDriver("Bea Marsh", "(217) 555-0142", "sister"),)),
        ("Otto", "Lindqvist", ()),
        ("Mina", "Osei", ()),
    ):
        patient = another_patient(clinic, given, family, drivers=drivers)
        clinic.clock.forward(1)
        wait_for(
            clinic.store, clinic.desk, WaitEntry(patient_id=patient.id, type_code="IVM", note="mornings")
        )
    (visit,) = book(clinic.store, clinic.desk, clinic.wish(day=TUESDAY)).visits
    cancel(clinic.store, clinic.desk, visit.id, visit.version, CancelReason.PATIENT)
    with clinic.store.read() as records:
        setup = records.setup()
    desk = Desk(clinic.store, clinic.nurse, clinic.clock, setup)
    panels = make_booking_panels(desk, live_directory(desk))
    window = Window(desk, places(desk, panels), panels)
    window.resize(*WIDE)
    window.show()
    window.go("board")
    settle(app)
    panels.who_could_come(window, desk, TUESDAY, None, visit.id)
    settle(app)
    panels.opening.outcomes.select(3)
    for size, scale, name in ((WIDE, 1.0, "wide"), (SMALL, 2.0, "small")):
        window.resize(*size)
        settle(app)
        grab_both(window, f"opening-{name}", size, scale)
    for size, scale, name in ((WIDE, 1.0, "wide"), (SMALL, 2.0, "small")):
        window.close_panel()
        window.resize(*size)
        panels.waitlist(window, desk, None)
        settle(app)
        grab_both(window, f"waitlist-{name}", size, scale)
    booked = book(clinic.store, clinic.desk, clinic.wish(minute=780))
    for changes in (booked.changes, park(clinic.store, clinic.nurse, booked.visits[0].id).changes):
        desk.hub.tell(changes)
        settle(app)
    window.go("board").focus_work()
    window.close_panel()
    message = Message(
        text="May she eat before?", patient_id=clinic.amara.id, urgent=True, for_role=Role.NURSE
    )
    desk.hub.tell(take_message(clinic.store, clinic.desk, message).changes)
    window.place("board").show_day(MONDAY)
    settle(app)
    for name, show in (("pinboard", None), ("messages", panels.messages), ("crisis", panels.crisis_card)):
        for size, scale, width in ((WIDE, 1.0, "wide"), (SMALL, 2.0, "small")):
            window.resize(*size)
            if show is not None:
                window.close_panel()
                show(window, desk, clinic.amara.id)
            settle(app)
            grab_both(window, f"{name}-{width}", size, scale)
    clinic.store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])

"""The audit trail as a picture, to look at: narrowed to nobody, and a person being found.

CLINIC_DESKTOP_PICTURES=/tmp/pictures QT_QPA_PLATFORM=offscreen python -m tests.ui.audit.pictures
"""

import sys
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.scheduling.booking import book
from clinic_desktop.security.audit import View, record_views
from clinic_desktop.security.put_on_record import put_on_record
from clinic_desktop.ui import operations
from clinic_desktop.ui.audit.place import audit_spec
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.shell import Shell
from clinic_desktop.ui.theme import install_theme
from tests.small_clinic import build
from tests.storage.conftest import beside
from tests.storage.test_check import past_the_triggers
from tests.ui.grab import grab_both

WIDE, SMALL = (1366, 768), (683, 384)
MANAGER = Actor(1, frozenset({Role.MANAGER}), "office")


def main() -> None:
    app = QApplication.instance() or QApplication(sys.argv)
    assert isinstance(app, QApplication)
    install_theme(app)
    with tempfile.TemporaryDirectory() as folder:
        clinic = build(Path(folder))
        book(clinic.store, clinic.desk, clinic.wish())
        record_views(clinic.store, [View(MANAGER, clinic.noah.id, clinic.clock.now(), "page")])
        about = {
            "happened": "2026-11-16T12:40:00+00:00",
            "meanwhile": "the server was away",
            "by": "password",
        }
        put_on_record(clinic.store, MANAGER, Deed.SIGNED_IN, "staff", about)
        with clinic.store.read() as records:
            desk = Desk(clinic.store, MANAGER, clinic.store.clock, records.setup())
        shell = Shell([audit_spec(desk)])
        shell.resize(*WIDE)
        shell.show()
        place = shell.go("audit")
        while operations.running_count():
            app.processEvents()
        app.processEvents()
        grab_both(shell, "audit", WIDE)
        grab_both(shell, "audit-200", SMALL, 2.0)
        place.view.patient.start("am")
        while operations.running_count():
            app.processEvents()
        app.processEvents()
        grab_both(shell, "audit-find", WIDE)
        with beside(clinic.store.where) as direct:
            past_the_triggers(direct, "UPDATE patient SET notes = 'x' WHERE id < 4")
        place.view.patient.clear()
        place.check()
        while operations.running_count():
            app.processEvents()
        app.processEvents()
        dialog = place.dialog
        grab_both(dialog, "audit-accept")
        grab_both(dialog, "audit-accept-200", None, 2.0)
        dialog.reject()
        shell.close()


if __name__ == "__main__":
    main()

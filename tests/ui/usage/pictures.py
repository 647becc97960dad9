"""The Room usage place as pictures, to look at.

CLINIC_DESKTOP_PICTURES=/tmp/pictures QT_QPA_PLATFORM=offscreen python -m tests.ui.usage.pictures CLINIC [DAY]

CLINIC is a file made by ``clinic-desktop init CLINIC --demo``.
"""

import sys
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.storage.store import open_store
from clinic_desktop.ui import operations
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.shell import Shell
from clinic_desktop.ui.theme import install_theme
from clinic_desktop.ui.usage.period import Kind
from clinic_desktop.ui.usage.place import UsagePlace, usage_spec
from tests.ui.grab import grab_both

WIDE, SMALL = (1366, 768), (683, 384)


def settle(app: QApplication) -> None:
    app.processEvents()
    while operations.running_count():
        app.processEvents()
    app.processEvents()


def main(clinic: str, day: str = "") -> None:
    app = QApplication(sys.argv[:1])
    install_theme(app)
    store = open_store(Path(clinic))
    with store.read() as records:
        setup = records.setup()
    manager = next(one for one in setup.staff if Role.MANAGER in one.roles or Role.PRESCRIBER in one.roles)
    desk = Desk(store, Actor(manager.id, manager.roles, "office"), store.clock, setup)
    shell = Shell([usage_spec(desk)])
    place = shell.go("usage")
    assert isinstance(place, UsagePlace)
    for size, scale, name in ((WIDE, 1.0, "wide"), (SMALL, 2.0, "small")):
        shell.resize(*size)
        shell.show()
        place.show_day(date.fromisoformat(day) if day else desk.today())
        settle(app)
        grab_both(shell, f"usage-day-{name}", size, scale)
        for kind in (Kind.WEEK, Kind.MONTH):
            place._look(kind)
            settle(app)
            grab_both(shell, f"usage-{kind}-{name}", size, scale)
        place._look(Kind.DAY)
        settle(app)
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])

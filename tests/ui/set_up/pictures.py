"""Every part of the set-up as a picture, to look at.

CLINIC_DESKTOP_PICTURES=/tmp/pictures QT_QPA_PLATFORM=offscreen python -m tests.ui.set_up.pictures
"""

import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication

from clinic_desktop.people.model import Absence, Break, Shift
from clinic_desktop.scheduling.model import ClinicPhone, Closure
from clinic_desktop.scheduling.set_up import Edit, change_set_up
from clinic_desktop.ui.set_up.place import SetUpPlace
from clinic_desktop.ui.theme import install_theme
from tests.scheduling.set_up_world import TUESDAY
from tests.ui.grab import grab, grab_both
from tests.ui.set_up.stage import Stage

WIDE, SMALL = (1294, 620), (627, 300)
PARTS = ("clinic", "hours", "rooms", "staff", "types", "courses", "going-home", "policies", "repairs")


def furnish(stage: Stage) -> None:
    world = stage.world
    world.book("IVM", TUESDAY, room="Infusion 1")
    maya = world.person("Maya Jones")
    shift = next(one for one in world.setup.shifts if one.staff_id == maya.id)
    phones = (ClinicPhone("(217) 555-0100", "Front desk", "Mon-Fri 8-5:30"), ClinicPhone("(217) 555-0199", "After hours", "always"))
    change_set_up(world.store, world.manager, Edit((
        replace(world.setup.clinic, phones=phones),
        replace(shift, breaks=(Break(720, 750),), weekdays=frozenset({0, 1, 2, 3})),
        Shift(staff_id=maya.id, weekdays=frozenset({4}), start=480, end=720, every_weeks=2, valid_from=date(2026, 11, 6)),
        Absence(staff_id=maya.id, from_day=date(2026, 12, 21), to_day=date(2026, 12, 31), reason="vacation"),
        Closure(room_id=3, from_day=date(2026, 11, 9), to_day=date(2026, 11, 11), reason="Painting"),
        Closure(from_day=date(2026, 11, 26), to_day=date(2026, 11, 26), reason="Thanksgiving"),
        Closure(from_day=date(2026, 12, 24), from_minute=720, to_day=date(2026, 12, 24), reason="Staff party"),
    )))  # fmt: skip
    stage.desk.renew_setup(world.setup)


def main(wanted: list[str]) -> None:
    app = QApplication(sys.argv[:1])
    install_theme(app)
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        furnish(stage)
        place = SetUpPlace(stage.desk, stage.window)
        for part in wanted or PARTS:
            place.show_part(part)
            view = place._stack.currentWidget()
            if part in ("hours", "staff", "types"):
                view.open(view.list._keys[{"hours": 2, "staff": 1, "types": 5}[part]])
            if part == "repairs":
                continue
            place.widget().resize(*WIDE)
            app.processEvents()
            grab_both(place.widget(), part, WIDE)
            place.widget().resize(*SMALL)
            app.processEvents()
            grab(place.widget(), f"{part}-small", SMALL, 2.0)
        if not wanted or "hours" in wanted:
            view = place.section("hours")
            for key in ("hours", "holidays"):
                view.open(key)
                grab(place.widget(), f"hours-{key}", WIDE)
        stage.close()


if __name__ == "__main__":
    main(sys.argv[1:])

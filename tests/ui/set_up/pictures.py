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
from clinic_desktop.ui import operations
from clinic_desktop.ui.set_up.fields import pick
from clinic_desktop.ui.theme import install_theme, theme
from tests.scheduling.set_up_world import TUESDAY
from tests.ui.grab import grab, grab_both
from tests.ui.set_up.stage import Stage, field

WIDE, SMALL = (1366, 730), (683, 384)
ROWS = {"hours": 2, "staff": 1, "types": 5}
PARTS = ("clinic", "hours", "rooms", "staff", "treatments", "types", "courses", "going-home", "policies")


def furnish(stage: Stage) -> None:
    """Breaks, absences, closures, phones, and two visits."""
    world = stage.world
    world.book("IVM", TUESDAY, room="Infusion 1")
    world.book("SP1", TUESDAY, room="Spravato 1", minute=13 * 60)
    maya = world.person("Maya Jones")
    shift = next(one for one in world.setup.shifts if one.staff_id == maya.id)
    phones = (
        ClinicPhone("(217) 555-0100", "Front desk", "Mon-Fri 8-5:30"),
        ClinicPhone("(217) 555-0199", "After hours", "always"),
    )
    fridays = Shift(0, 0, maya.id, frozenset({4}), 480, 720, every_weeks=2, valid_from=date(2026, 11, 6))
    party = date(2026, 12, 24)
    records = (
        replace(world.setup.clinic, phones=phones),
        replace(shift, breaks=(Break(720, 750),), weekdays=frozenset({0, 1, 2, 3})),
        fridays,
        Absence(0, 0, maya.id, from_day=date(2026, 12, 21), to_day=date(2026, 12, 31), reason="vacation"),
        Closure(room_id=3, from_day=date(2026, 11, 9), to_day=date(2026, 11, 11), reason="Painting"),
        Closure(from_day=date(2026, 11, 26), to_day=date(2026, 11, 26), reason="Thanksgiving"),
        Closure(from_day=party, from_minute=720, to_day=party, reason="Staff party"),
    )
    change_set_up(world.store, world.manager, Edit(records), anyway=True)
    stage.desk.renew_setup(world.setup)


def settle(app: QApplication) -> None:
    app.processEvents()
    while operations.running_count():
        app.processEvents()
    app.processEvents()


def sized(stage: Stage, app: QApplication, size: tuple[int, int]) -> None:
    stage.shell.resize(*size)
    settle(app)


def parts(stage: Stage, app: QApplication) -> None:
    for part in PARTS:
        view = stage.part(part)
        if part in ROWS:
            view.open(view.subject.rows(stage.desk.setup)[ROWS[part]].key)
        sized(stage, app, WIDE)
        grab_both(stage.shell, part)
        sized(stage, app, SMALL)
        grab(stage.shell, f"{part}-small", scale=2.0)
    sized(stage, app, WIDE)
    for key in ("hours", "holidays"):
        stage.part("hours", key)
        settle(app)
        grab(stage.shell, f"hours-{key}")


def repeating(stage: Stage, app: QApplication) -> None:
    """A new closure that repeats."""
    view = stage.part("hours")
    view.add()
    field(view, "reason").setText("Staff meeting")
    pick(field(view, "repeats"), "monthly")
    sized(stage, app, WIDE)
    grab_both(stage.shell, "hours-repeating")
    sized(stage, app, SMALL)
    field(view, "until").setFocus()
    settle(app)
    grab(stage.shell, "hours-repeating-small", scale=2.0)
    view.put_back()


def day_after(stage: Stage, app: QApplication) -> None:
    """The check-in call of a treatment."""
    view = stage.part("types", "SP56")
    for size, scale, name in ((WIDE, 1.0, "wide"), (SMALL, 2.0, "small")):
        sized(stage, app, size)
        field(view, "after_asks").setFocus()
        settle(app)
        grab_both(stage.shell, f"day-after-set-up-{name}", scale=scale)


def states(stage: Stage, app: QApplication) -> None:
    """Typed and not saved, a problem, visits that would be stranded, and no right."""
    sized(stage, app, WIDE)
    rooms = stage.part("rooms", "2")
    field(rooms, "name").setText("Consult 1")
    rooms.save()
    settle(app)
    grab_both(stage.shell, "state-problem")
    rooms.put_back()
    types = stage.part("types", "SP56")
    grid = types.editor._phases
    grid.model.setData(grid.model.index(3, 1), "60")
    settle(app)
    grab_both(stage.shell, "state-locked")
    types.put_back()
    staff = stage.part("staff", str(stage.world.person("Dr. Priya Lin").id))
    field(staff, "active").box("active").click()
    staff.save()
    settle(app)
    grab_both(stage.shell, "state-stranded")
    sized(stage, app, SMALL)
    grab(stage.shell, "state-stranded-small", scale=2.0)
    sized(stage, app, WIDE)
    staff.save_anyway()
    settle(app)
    stage.place.show_part("repairs")
    settle(app)
    grab_both(stage.shell, "repairs")
    stage.desk.act_as(stage.world.acting("Maya Jones"))
    stage.part("rooms", "2")
    settle(app)
    grab(stage.shell, "state-no-right")
    stage.desk.act_as(stage.world.acting("Priya Kaur"))
    theme().set_text_size(150)
    for part in ("types", "staff"):
        stage.part(part)
        settle(app)
        grab(stage.shell, f"{part}-150")


def main() -> None:
    app = QApplication(sys.argv[:1])
    install_theme(app)
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        furnish(stage)
        stage.shell.show()
        parts(stage, app)
        day_after(stage, app)
        repeating(stage, app)
        states(stage, app)
        stage.close()


if __name__ == "__main__":
    main()

"""A window with the real Floor among invented places."""

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.clock import FixedClock
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.floor.place import FloorPlace
from clinic_desktop.ui.places import Frame, PlaceSpec
from clinic_desktop.ui.shell import Shell
from tests.ui.example import specs as example_specs


def make_window(
    store: ScheduleStore, clock: FixedClock, actor: Actor, *, first: str = "floor"
) -> tuple[Shell, FloorPlace, Desk]:
    """The window at the Floor, or at another place ``first``; not shown yet."""
    with store.read() as records:
        setup = records.setup()
    desk = Desk(store, actor, clock, setup)
    made: list[FloorPlace] = []

    def factory(frame: Frame) -> FloorPlace:
        made.append(FloorPlace(frame, desk, render_pdf))
        return made[-1]

    floor = PlaceSpec("floor", "Floor", "floor", "Alt+2", factory)
    shell = Shell([floor if one.id == "floor" else one for one in example_specs()])
    desk.setParent(shell)
    shell.go(first)
    shell.place("floor")
    return shell, made[0], desk

"""The Floor in its window, to look at; "docs" makes those that docs/floor.md shows, and only these.

CLINIC_DESKTOP_PICTURES=/tmp/pictures QT_QPA_PLATFORM=offscreen python -m tests.ui.floor.pictures [docs]
"""

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from clinic_desktop.app import places
from clinic_desktop.people.model import Clearance, Order, Screening
from clinic_desktop.scheduling.model import GoingHomePlan
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.progress import note_overruns
from clinic_desktop.ui.booking.panels import make_booking_panels
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.floor.place import FloorPlace
from clinic_desktop.ui.operations import running_count
from clinic_desktop.ui.patients.live_directory import live_directory
from clinic_desktop.ui.shell import Shell
from clinic_desktop.ui.sound import Trouble, Tune
from clinic_desktop.ui.wall.wall import Wall
from clinic_desktop.ui.window import Window
from tests.small_clinic import MONDAY, SmallClinic, build, instant
from tests.treatment.stays import ANSWERED, K, Stay, booked
from tests.ui.floor.window import make_window
from tests.ui.grab import VARIABLE, grab, small

SIZES = {"1366": (1366, 730), "1920": (1920, 1040), "200": (683, 365)}
WALL = (1366, 768)


@dataclass(frozen=True)
class Guest:
    """Who comes, with whom they go home."""

    given: str
    family: str
    driver: str
    relationship: str
    phone: str


GUESTS = (
    Guest("Lewis", "Barrett", "Ann Barrett", "wife", "(217) 555-0117"),
    Guest("Claire", "Moreau", "Hugo Moreau", "husband", "(217) 555-0131"),
    Guest("Erik", "Lindqvist", "Karin Lindqvist", "wife", "(217) 555-0164"),
    Guest("Alicia", "Romero", "Paula Romero", "sister", "(217) 555-0128"),
    Guest("Linh", "Tran", "", "", ""),
    Guest("Rosa", "Delgado", "Luis Delgado", "son", "(217) 555-0175"),
    Guest("Olivia", "Marsh", "Ben Marsh", "brother", "(217) 555-0190"),
)


def admit(clinic: SmallClinic, guest: Guest) -> int:
    """A patient who may be treated."""
    with clinic.store.write(clinic.prescriber) as unit:
        who = replace(clinic.amara, id=0, version=0, chart_number="", given_name=guest.given)
        made = unit.add(replace(who, family_name=guest.family))
        for kind in (Clearance, Screening):
            for one in unit.find(kind, patient_id=clinic.amara.id):
                unit.add(replace(one, id=0, version=0, patient_id=made.id))
        order = Order(drug="ketamine", dose=0.5, unit="mg/kg", weight_kg=71, ordered_by=clinic.lin.id)
        unit.add(replace(order, patient_id=made.id, modality="iv"))
        unit.commit()
    return made.id


def come(clinic: SmallClinic, guest: Guest, code: str, minute: int, room: str, nurse: int) -> Stay:
    plan = None
    if guest.driver:
        plan = GoingHomePlan(
            name=guest.driver, phone=guest.phone, relationship=guest.relationship, adult=True
        )
    who, where = admit(clinic, guest), clinic.rooms[room].id
    return booked(clinic, code, minute, patient_id=who, room_id=where, nurse_id=nurse, plan=plan)


def prepared(stay: Stay, hour: int, minute: int) -> Stay:
    """Arrived, in the room at that time, consent and pressure."""
    start = instant(hour, minute)
    for minutes, entry in (
        (-10, Stamp(kind=K.ARRIVED)),
        (0, Stamp(kind=K.IN_ROOM)),
        (2, Stamp(kind=K.CONSENT)),
        (3, ANSWERED),
        (4, Stamp(kind=K.VITALS, systolic=132, diastolic=84, oxygen=98, pulse=72)),
    ):
        stay.clinic.clock.at = start + timedelta(minutes=minutes)
        stay.says(entry)
    return stay


def busy(clinic: SmallClinic) -> dict[str, Stay]:
    """A morning at 10:44: monitored twice, infused with a late check, in the room, coming, and left."""
    barrett, moreau, lindqvist, romero, tran, delgado, marsh = GUESTS
    maya, tunde = clinic.maya.id, clinic.tunde.id
    there = {
        "delgado": come(clinic, delgado, "IVM", 480, "Infusion 1", maya),
        "barrett": come(clinic, barrett, "SP56", 505, "Spravato 1", tunde),
        "moreau": come(clinic, moreau, "SP56", 540, "Spravato 2", maya),
        "lindqvist": come(clinic, lindqvist, "IVM", 600, "Infusion 2", tunde),
        "romero": come(clinic, romero, "IVM", 640, "Infusion 4", maya),
        "okafor": booked(clinic, "IVM", 690, room_id=clinic.rooms["Infusion 3"].id, nurse_id=tunde),
        "tran": come(clinic, tran, "SP56", 700, "Spravato 2", maya),
        "marsh": come(clinic, marsh, "SP56", 665, "Spravato 1", tunde),
    }
    infused = prepared(there["delgado"], 8, 0).at(8, 15)
    infused.is_(K.INFUSION_START, dose=35.0, unit="mg")
    infused.at(8, 55).is_(K.INFUSION_STOP)
    infused.at(9, 27).is_(K.LINE_OUT)
    infused.checked("Luis Delgado").is_(K.RELEASED)
    for name, hour, minute in (("barrett", 8, 25), ("moreau", 9, 0)):
        stay = prepared(there[name], hour, minute).at(hour, minute + 10)
        stay.device()
        stay.at(hour, minute + 15).device()
        stay.at(hour, minute + 50).vitals(146, 88)
    there["barrett"].at(10, 38).vitals(138, 84)
    prepared(there["lindqvist"], 10, 0).at(10, 16).is_(K.INFUSION_START, dose=35.5, unit="mg")
    there["lindqvist"].at(10, 27).vitals(161, 92)
    prepared(there["romero"], 10, 38)
    there["okafor"].at(10, 41).is_(K.ARRIVED)
    return there


def calm(clinic: SmallClinic) -> Stay:
    """A morning at 9:55: one is monitored, one is infused, nothing is late."""
    barrett, _, lindqvist, _, tran, _, _ = GUESTS
    maya, tunde = clinic.maya.id, clinic.tunde.id
    first = come(clinic, barrett, "SP56", 525, "Spravato 1", tunde)
    second = come(clinic, lindqvist, "IVM", 570, "Infusion 2", maya)
    come(clinic, tran, "SP56", 660, "Spravato 2", maya)
    prepared(first, 8, 45).at(9, 0).device()
    first.at(9, 5).device()
    prepared(second, 9, 30).at(9, 40).is_(K.INFUSION_START, dose=35.5, unit="mg")
    first.at(9, 41).vitals(138, 84)
    second.at(9, 50).vitals(136, 82)
    clinic.clock.at = instant(9, 55)
    return first


def settle(more_ms: int = 150) -> None:
    """Let everything that runs behind the window answer."""
    quiet = QElapsedTimer()
    quiet.start()
    while quiet.elapsed() < more_ms:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
        if running_count():
            quiet.restart()


def take(name: str, shell: Shell, prepare: Callable[[], object], sizes: tuple[str, ...] = ("1366",)) -> None:
    for size in sizes:
        shell.resize(*SIZES[size])
        settle()
        prepare()
        settle()
        for dark in (False, True):
            grab(shell, f"floor-{name}-{size}", SIZES[size], 2 if size == "200" else 1, dark)


def pictures(shell: Shell, place: FloorPlace, there: dict[str, Stay], clinic: SmallClinic) -> None:
    def show(name: str) -> None:
        place.hand.calm()
        place.view.list.go_to(there[name].visit_id)
        place.focus_work()

    def refused() -> None:
        show("barrett")
        place.hand.open("release")
        place.panel.line._enter()

    def correcting() -> None:
        show("moreau")
        place.hand.correct(there["moreau"].stamps(K.VITALS)[-1])

    def typing() -> None:
        show("lindqvist")
        place.hand.open("10:37 148/90 80 97")

    def waiting() -> None:
        shell.commands.run("floor.to-see")
        settle()
        one = place.waiting.incidents.lines()[0].payload
        place.waiting.incidents.chosen.emit(one)

    take("busy", shell, lambda: show("barrett"), ("1366", "1920", "200"))
    take("refused", shell, refused, ("1366", "200"))
    take("correcting", shell, correcting)
    take("typing", shell, typing)
    take("prepared", shell, lambda: show("romero"))
    take("held", shell, lambda: show("tran"))
    there["lindqvist"].at(10, 48).vitals(186, 112)
    there["lindqvist"].at(10, 52).vitals(138, 88)
    there["lindqvist"].at(10, 52).is_(K.CHECK_MISSED, note="the cuff was off")
    place.floor.start()
    take("emergency", shell, lambda: show("lindqvist"), ("1366", "1920", "200"))
    take("missed", shell, lambda: place.panel.bring_up(place.panel.log))
    take("emergency-line", shell, place.hand.open, ("200",))
    clinic.clock.at = instant(10, 53)
    note_overruns(clinic.store, clinic.desk, [there["barrett"].visit_id])
    place.floor.start()
    take("runs-on", shell, lambda: show("barrett"))
    there["moreau"].says(Stamp(kind=K.LEFT_EARLY, note="walked out"))
    place.floor.start()
    take("waiting", shell, waiting, ("1366", "200"))
    clinic.clock.at = instant(10, 53) + timedelta(days=1)
    place.floor.start()
    take("left-open", shell, lambda: show("barrett"))
    place.floor.go_to(MONDAY)
    take("earlier", shell, lambda: place.hand.ask_time(K.LEFT_EARLY, "walked out"), ("1366", "200"))


class Silent:
    """A speaker that is there and says nothing."""

    def play(self, _tune: Tune) -> Trouble | None:
        return None

    def trouble(self) -> Trouble | None:
        return None


def whole_window_of(clinic: SmallClinic) -> tuple[Window, FloorPlace, Desk]:
    """As a clinic has it, with its alarms."""
    with clinic.store.read() as records:
        setup = records.setup()
    desk = Desk(clinic.store, clinic.nurse, clinic.clock, setup)
    panels = make_booking_panels(desk, live_directory(desk))
    window = Window(desk, places(desk, panels), panels)
    window.resize(*SIZES["1366"])
    window.show()
    place = window.go("floor")
    assert isinstance(place, FloorPlace)
    window.start_alarms(Silent())
    settle()
    return window, place, desk


def for_docs(window: Window, place: FloorPlace, there: dict[str, Stay], desk: Desk) -> None:
    """Busy, with an alarm, and the wall view."""

    def show(name: str) -> None:
        place.view.list.go_to(there[name].visit_id)
        place.view.list.verticalScrollBar().setValue(0)
        place.focus_work()

    take("busy", window, lambda: show("lindqvist"))
    there["lindqvist"].at(10, 48).vitals(186, 112)
    place.floor.start()
    window.alarms.watch.look()
    take("alarm", window, lambda: show("lindqvist"))
    wall = Wall(desk)
    wall.resize(*WALL)
    settle()
    for dark in (False, True):
        grab(wall, "floor-wall", WALL, 1, dark)
    wall.close()


def window_of(clinic: SmallClinic) -> tuple[Shell, FloorPlace, Desk]:
    made = make_window(clinic.store, clinic.clock, clinic.nurse)
    made[0].resize(*SIZES["1366"])
    made[0].show()
    settle()
    return made


def make_small(folder: Path) -> None:
    for one in sorted(folder.glob("floor-*.png")):
        small(one, one.with_name(one.name.replace("-1366", "")))


def main(which: str) -> None:
    app = QApplication(sys.argv)
    with tempfile.TemporaryDirectory() as folder:
        if which == "docs":
            quiet = build(Path(folder) / "calm")
            first = calm(quiet)
            window, place, _ = whole_window_of(quiet)
            take("calm", window, lambda: place.view.list.go_to(first.visit_id))
            window.close()
            quiet.store.close()
        clinic = build(Path(folder) / "busy")
        there = busy(clinic)
        clinic.clock.at = instant(10, 44)
        if which == "docs":
            window, place, desk = whole_window_of(clinic)
            for_docs(window, place, there, desk)
            window.close()
        else:
            shell, place, _ = window_of(clinic)
            pictures(shell, place, there, clinic)
            shell.close()
        clinic.store.close()
    if which == "docs" and VARIABLE in os.environ:
        make_small(Path(os.environ[VARIABLE]))
    app.quit()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")

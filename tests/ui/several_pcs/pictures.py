"""The page for several PCs as pictures, to look at.

CLINIC_DESKTOP_PICTURES=/tmp/pictures QT_QPA_PLATFORM=offscreen python -m tests.ui.several_pcs.pictures
"""

import sys
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication

from clinic_desktop.app import places
from clinic_desktop.foundation.moving_steps import Far, Moved, Print, Step
from clinic_desktop.foundation.server_place import Found, KeptHow, Line, Looked, Named, ServerPlace, Told
from clinic_desktop.foundation.trouble import Trouble as Kind
from clinic_desktop.storage import moved, server_look
from clinic_desktop.storage.line_words import Trouble
from clinic_desktop.storage.safe_line import REQUIRE_ALONE
from clinic_desktop.ui import operations
from clinic_desktop.ui.appearance import Appearance
from clinic_desktop.ui.booking.panels import make_booking_panels
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.first_run.health_page import Health
from clinic_desktop.ui.first_run.window import FirstRunWindow
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.patients.live_directory import live_directory
from clinic_desktop.ui.several_pcs.moving_words import doing
from clinic_desktop.ui.several_pcs.name_dialog import NameDialog
from clinic_desktop.ui.several_pcs.owner_dialog import OwnerDialog
from clinic_desktop.ui.several_pcs.page import SWITCH, ServerPorts
from clinic_desktop.ui.several_pcs.work import SeveralPorts
from clinic_desktop.ui.theme import install_theme, theme
from clinic_desktop.ui.window import Window
from tests.scheduling.set_up_world import new_world
from tests.ui.grab import grab, grab_both

WIDE, SMALL = (1366, 730), (683, 384)
_BEGUN = [
    Told(server_look.NAME, good=True),
    Told(server_look.REACHED, good=True),
    Told(server_look.SIGNED_IN, good=True),
    Told(server_look.SAFE, good=True, words=REQUIRE_ALONE, doubtful=True),
    Told(server_look.FIT, good=True, words="PostgreSQL 15, UTF8."),
]


def main() -> None:
    app = QApplication(sys.argv[:1])
    install_theme(app)
    window = FirstRunWindow(ports=ServerPorts(lambda *_: Looked((), Found.NOTHING), "clinic.sqlite"))
    window.show()

    def both(name: str) -> None:
        window.resize(*WIDE)
        app.processEvents()
        grab_both(window, name)
        window.resize(*SMALL)
        for _ in range(3):
            app.processEvents()
        grab(window, f"{name}-small", scale=2.0)

    both("server-start")
    window.open_server()
    page = window.server
    both("server-blank")

    def looked(name: str, found: Looked) -> None:
        page._reset()
        page._seen = page.place
        page.show_looked(found)
        both(name)

    page.host.setText("db.clinic.lan")
    page.user.setText("clinic_owner")
    empty = Told(server_look.CLINIC, good=True, words=server_look.EMPTY_WORDS)
    looked("server-empty", Looked((*_BEGUN, empty), Found.EMPTY))
    locked = Told(server_look.CLINIC, good=False, words=server_look.LOCKED_WORDS)
    looked("server-locked", Looked((*_BEGUN, locked), Found.LOCKED, sql=server_look.admin_sql("clinic")))
    expired = Told(server_look.SAFE, good=False, words=Trouble.EXPIRED.words)
    looked("server-expired", Looked((*_BEGUN[:2], expired), Found.NOTHING))
    page.show_desks_name(ServerPlace("db.clinic.lan", user="clinic_desk"), "an-invented-one")
    both("server-desk")
    for name, far in (
        ("copying", Far(Step.LOCKED, "audit", 12, 58, 48_000, 160_000)),
        ("comparing", Far(Step.COPIED, "visit", 51, 58, 120_000, 160_000)),
    ):
        now = doing(far)
        window.show_progress(now.what, now.share, now.how_far)
        both(f"moving-{name}")
    prints = {name: Print(n * 37, f"{n:x}" * 64) for n, name in enumerate(("audit", "patient", "visit"), 1)}
    window.show_proof(Moved(prints), "/srv/front/clinic.sqlite", tr(SWITCH))
    both("moved-proof")
    window.ask_back("postgresql://clinic_desk@db.clinic.lan/clinic", "/srv/front/clinic.sqlite")
    both("moving-back")
    there = "postgresql://clinic_owner@db.clinic.lan/clinic"
    said = moved.WENT.format(day="2026-11-30", where=there)
    window.show_health(Health(Kind.MOVED, said, "/srv/front/clinic.sqlite", there=there))
    both("old-copy")
    in_the_window(app)


def in_the_window(app: QApplication) -> None:
    """The part of the set-up, its dialogs, and the banner."""
    theme().set_appearance(Appearance.LIGHT)
    with tempfile.TemporaryDirectory() as folder:
        world = new_world(Path(folder))
        desk = Desk(world.store, world.acting("Priya Kaur"), world.clock, world.setup)
        panels = make_booking_panels(desk, live_directory(desk))
        window = Window(desk, places(desk, panels), panels)
        window.show()
        place = ServerPlace("db.clinic.lan", user="clinic_owner")
        file = KeptHow("/srv/front/clinic.sqlite", sealed=True)
        desks = replace(place, user="desk_front")
        ports = SeveralPorts(lambda: file, lambda _wish: Named(""))
        window.several.start(ports, too_much=False)
        window.commands.run("window.several-pcs")

        def both(name: str) -> None:
            for size, scale in ((WIDE, 1.0), (SMALL, 2.0)):
                window.resize(*size)
                settle(app)
                window.commands.run("window.several-pcs")
                settle(app)
                grab_both(window, f"{name}{'' if scale == 1.0 else '-small'}", scale=scale)

        settle(app)
        both("part-file")
        for name, how in (
            ("desk", KeptHow(place=desks, line=Line.PROVED, version=17)),
            ("owner", KeptHow(place=place, line=Line.ENCRYPTED, version=13, owner=True)),
        ):
            ports = SeveralPorts(partial(KeptHow, place=how.place, line=how.line, version=how.version,
                                         owner=how.owner), lambda _wish: Named(""))  # fmt: skip
            window.several.start(ports, too_much=how.owner)
            settle(app)
            both(f"part-{name}")
        for owner in ("", "clinic_owner"):
            dialog = NameDialog(window, "Front desk 2", owner, lambda _wish: None)
            dialog.open()
            settle(app)
            grab_both(dialog, f"name-dialog{'-owner' if owner else ''}")
            dialog.reject()
        asks = OwnerDialog(window, "Use the old copy again?", "What it means.", "Use it", lambda _owner: None)
        asks.open()
        settle(app)
        grab_both(asks, "owner-dialog")
        asks.reject()
        window.fail_safe.stop()
        world.store.close()


def settle(app: QApplication) -> None:
    app.processEvents()
    while operations.running_count():
        app.processEvents()
    app.processEvents()


if __name__ == "__main__":
    main()

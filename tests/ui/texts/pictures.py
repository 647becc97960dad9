"""The texts of the sheets as pictures, to look at.

CLINIC_DESKTOP_PICTURES=/tmp/pictures QT_QPA_PLATFORM=offscreen python -m tests.ui.texts.pictures
"""

import sys
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog

from clinic_desktop.aftercare.approving import TextName, approve, ask_approval, write_text
from clinic_desktop.aftercare.parse import shipped_source
from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.ui import operations
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.shell import Shell
from clinic_desktop.ui.texts.place import TextsPlace, texts_spec
from clinic_desktop.ui.theme import install_theme
from tests.aftercare.approved import approve_shipped
from tests.small_clinic import SmallClinic, build
from tests.ui.example import specs as example_specs
from tests.ui.grab import grab_both

WIDE, SMALL = (1366, 768), (683, 384)
CALM = shipped_source("iv").replace("[15] Rest. Get up slowly.", "[15] Lie down for a while. Get up slowly.")
LIGHT = CALM.replace("Lie down for a while.", "Lie down for a while, with a light on.")


def furnish(clinic: SmallClinic, manager: Actor) -> None:
    """Version 2 in force, 3 a draft; Spravato waits; a translation is begun."""
    approve_shipped(clinic)
    write_text(clinic.store, manager, CALM)
    ask_approval(clinic.store, manager, TextName("iv", "en", 2), "Lie down, in place of rest.")
    approve(clinic.store, clinic.prescriber, TextName("iv", "en", 2), render_pdf)
    write_text(clinic.store, manager, LIGHT)
    spravato = shipped_source("spravato").replace("Rest. Get up slowly.", "Rest for an hour.")
    write_text(clinic.store, manager, spravato)
    ask_approval(clinic.store, manager, TextName("spravato", "en", 2), "Says how long to rest.")
    write_text(clinic.store, manager, shipped_source("iv").replace("language: en", "language: tl"))


def settle(app: QApplication, place: TextsPlace) -> None:
    for _ in range(3):
        app.processEvents()
        while operations.running_count() or place.writing.busy:
            app.processEvents()


def both(app: QApplication, shell: Shell, place: TextsPlace, name: str) -> None:
    for size, scale, word in ((WIDE, 1.0, "wide"), (SMALL, 2.0, "small")):
        shell.resize(*size)
        settle(app, place)
        grab_both(shell, f"texts-{name}-{word}", size, scale)
        settle(app, place)


def dialog(app: QApplication, shell: Shell, name: str) -> None:
    app.processEvents()
    for found in shell.findChildren(QDialog):
        if found.isVisible():
            grab_both(found, f"texts-{name}")
            found.reject()
    app.processEvents()


def main() -> None:
    app = QApplication(sys.argv[:1])
    install_theme(app)
    clinic = build(Path(tempfile.mkdtemp()))
    manager = Actor(clinic.maya.id, frozenset({Role.MANAGER}), "office")
    furnish(clinic, manager)
    with clinic.store.read() as records:
        setup = records.setup()
    desk = Desk(clinic.store, manager, clinic.clock, setup, render_pdf)
    shell = Shell([*example_specs(), texts_spec(desk)])
    shell.resize(*WIDE)
    shell.show()
    place = shell.go("texts")
    assert isinstance(place, TextsPlace)
    settle(app, place)
    both(app, shell, place, "list")
    place.view.turn_to(versions=True)
    both(app, shell, place, "versions")
    place.edit()
    settle(app, place)
    both(app, shell, place, "writing")
    place.writing.turn()
    both(app, shell, place, "pages")
    place.writing.turn()
    shell.resize(*WIDE)
    place.compare()
    dialog(app, shell, "compare")
    place.session.insert()
    dialog(app, shell, "insert")
    place.ask()
    settle(app, place)
    dialog(app, shell, "ask")
    editor = place.writing.editor
    for old, new in (
        ("{{drive_date}}", "{{drive_day}}"),
        ("- [13] blood", "- [7] blood"),
        ("**{{clinic", "{{clinic"),
    ):
        editor.find_words(old)
        editor.insert_words(new)
    settle(app, place)
    both(app, shell, place, "problems")
    place.session.keeper.end()
    clinic.store.close()


if __name__ == "__main__":
    main()

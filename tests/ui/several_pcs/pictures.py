"""The page for several PCs as pictures, to look at.

CLINIC_DESKTOP_PICTURES=/tmp/pictures QT_QPA_PLATFORM=offscreen python -m tests.ui.several_pcs.pictures
"""

import sys

from PySide6.QtWidgets import QApplication

from clinic_desktop.foundation.server_place import Found, Looked, ServerPlace, Told
from clinic_desktop.storage import server_look
from clinic_desktop.storage.line_words import Trouble
from clinic_desktop.storage.safe_line import REQUIRE_ALONE
from clinic_desktop.ui.first_run.window import FirstRunWindow
from clinic_desktop.ui.several_pcs.page import ServerPorts
from clinic_desktop.ui.theme import install_theme
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


if __name__ == "__main__":
    main()

"""Several PCs by keys: the place is typed, looked at, told step by step, and what can be done is one key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from clinic_desktop.foundation.server_place import Found, Looked, ServerPlace, Told
from clinic_desktop.storage.safe_line import REQUIRE_ALONE
from clinic_desktop.storage.server_look import EMPTY_WORDS
from clinic_desktop.ui.several_pcs.page import ServerPage, ServerPorts
from clinic_desktop.ui.several_pcs.password import PasswordDialog

GOOD = (Told("The server's name", good=True), Told("The server answers", good=True))


@pytest.fixture
def opened(qtbot):
    def make(looked: Looked, here: str = ""):
        asked = []

        def look(place, typed):
            asked.append((place, typed))
            return looked

        page = ServerPage(ServerPorts(look, here))
        qtbot.addWidget(page)
        page.show()
        page.setFocus()
        said = []
        for name in ("open", "switch", "move", "new"):
            getattr(page, f"{name}_wanted").connect(lambda place, name=name: said.append((name, place)))
        page.left.connect(lambda: said.append(("left", None)))
        return page, asked, said

    return make


def typed(qtbot, page):
    qtbot.keyClicks(page.host, "db.clinic.lan")
    qtbot.keyClicks(page.user, "clinic_desk")
    qtbot.keyClicks(page.password, "hush-hush")
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize(
    ("found", "here", "wanted"),
    [
        (Found.CLINIC, "", "open"),
        (Found.OWNED, "", "switch"),
        (Found.EMPTY, "", "new"),
        (Found.EMPTY, "clinic.sqlite", "move"),
    ],
)
def test_what_was_found_is_one_key(qtbot, opened, found, here, wanted):
    page, asked, said = opened(Looked((*GOOD, Told("The clinic", good=True)), found), here)
    assert page.next.missing == ("name the server", "name who signs in")
    typed(qtbot, page)
    qtbot.waitUntil(lambda: len(page.said) == 3)
    place = ServerPlace("db.clinic.lan", user="clinic_desk")
    assert asked == [(place, "hush-hush")]
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert said == [(wanted, place)]


def test_what_failed_is_said_and_another_place_is_looked_at_anew(qtbot, opened):
    words = "The server did not accept this name and password."
    looked = Looked((*GOOD, Told("Name and password", good=False, words=words)), Found.LOCKED, sql="CREATE")
    page, _asked, said = opened(looked)
    typed(qtbot, page)
    qtbot.waitUntil(lambda: len(page.said) == 3)
    assert page.said[-1] == f"Name and password: does not work. {words}"
    assert page.sql.toPlainText() == "CREATE"
    assert page.next.text() == "Test again"
    qtbot.keyClicks(page.user, "2")
    assert (page.said, page.sql.isVisible()) == ([], False)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert said == [("left", None)]


def test_passwords_are_not_shown_as_they_are_typed(qtbot, opened):
    page, *_ = opened(Looked(GOOD, Found.NOTHING))
    assert page.password.echoMode() == QLineEdit.EchoMode.Password
    got = []
    dialog = PasswordDialog(page, "desk@db/clinic", "The server asks for a password.", got.append)
    dialog.open()
    assert dialog.field.echoMode() == QLineEdit.EchoMode.Password
    qtbot.keyClicks(dialog.field, "hush")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert got == ["hush"]


def test_what_was_found_takes_no_more_room_than_its_words(qtbot, opened):
    """At 1366 x 768 all of it is seen without scrolling."""
    doubt = Told("Nobody can listen in", good=True, words=REQUIRE_ALONE, doubtful=True)
    fits = Told("The server fits", good=True, words="PostgreSQL 15, UTF8.")
    empty = Told("The clinic", good=True, words=EMPTY_WORDS)
    page, _, _ = opened(Looked((*GOOD, GOOD[0], doubt, fits, empty), Found.EMPTY))
    page.resize(1366, 730)
    typed(qtbot, page)
    qtbot.waitUntil(lambda: len(page.said) == 6)
    for _ in range(3):  # what was found has its place, and its height, only then
        QApplication.processEvents()
    assert page._scroll.verticalScrollBar().maximum() == 0

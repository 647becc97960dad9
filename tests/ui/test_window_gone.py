"""A window that is no more hears nothing: after a restore, a move or a hand-over another one is open."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.ui.appearance import Appearance
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.set_up.place import SetUpPlace
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.window import Window
from tests.small_clinic import SmallClinic, build
from tests.ui.set_up.test_sections import PARTS
from tests.ui.whole_window import settle, whole_window


def desk_of(clinic: SmallClinic) -> Desk:
    with clinic.store.read() as records:
        return Desk(clinic.store, clinic.desk, clinic.clock, records.setup())


def seen_everywhere(qtbot: QtBot, window: Window) -> list[object]:
    """Every place was shown; they are held on to, as whoever was in the middle of something may do."""
    places: list[object] = []
    for place_id in window._specs:
        place = window.go(place_id)
        places.append(place)
        settle(qtbot)
        if isinstance(place, SetUpPlace):
            for part in PARTS:
                place.show_part(part)
        settle(qtbot)
    for panel in (window.waitlist, window.messages, window.plan_course, window.list_to_place, window.crisis):
        panel()
        settle(qtbot)
    return places


def of_another_size(window: Window) -> list[str]:
    """Parts whose words have another size or weight than their role, after all the restyling of a window."""
    found = []
    for one in window.findChildren(QWidget):
        if role := one.property("textRole"):
            wanted, font = theme().font(TextRole(role)), one.font()
            if (font.pixelSize(), font.weight()) != (wanted.pixelSize(), wanted.weight()):
                found.append(f"{type(one).__name__} {one.accessibleName()}: {role}")
    return found


def test_nothing_of_a_window_that_is_gone_hears_of_theme_size_focus_or_news(
    qtbot: QtBot, tmp_path: Path
) -> None:
    """What a slot raises fails the test by itself."""
    clinic = build(tmp_path)
    first = whole_window(qtbot, desk_of(clinic), is_closed=True)
    kept = seen_everywhere(qtbot, first)
    assert of_another_size(first) == [], "words of another size than is theirs"
    second = whole_window(qtbot, desk_of(clinic))
    first.leave()
    delete(first)
    assert kept
    assert not isValid(first)
    try:
        for one in (Appearance.DARK, Appearance.LIGHT, Appearance.SYSTEM):
            theme().set_appearance(one)
        for size in (150, 100):
            theme().set_text_size(size)
        second.desk.hub.tell(Changes(1, kinds=frozenset({"visit", "patient", "clinic", "room"})))
        second.desk.renew_setup(second.desk.setup)
        second.desk.act_as(clinic.desk)
        for line in second.findChildren(QLineEdit)[:2]:
            line.setFocus()
        QApplication.processEvents()
        settle(qtbot)
    finally:
        theme().set_appearance(Appearance.SYSTEM)
        theme().set_text_size(100)
        second.leave()

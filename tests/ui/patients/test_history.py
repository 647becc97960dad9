"""The history from the page: by key and by mouse, a page at a time, following the page and the news."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from clinic_desktop.foundation.actor import Role
from clinic_desktop.people.model import Patient, Phone
from clinic_desktop.people.patients import edit
from clinic_desktop.ui.patients import history_panel
from clinic_desktop.ui.patients.history_panel import HistoryPanel
from tests.ui.reader import act_on_row

KEY = Qt.Key
BORN = date(1984, 4, 12)


@pytest.fixture
def amara(window) -> Patient:
    """Amara, whose phone was changed once; her page is shown."""
    made = window.clinic.patient(birth_date=BORN, phones=(Phone("(217) 555-0133"),))
    clinic = window.clinic
    changed = edit(
        clinic.store, clinic.reception, replace(made, phones=(Phone("(217) 555-0142"),)), "new number"
    ).patient
    window.place.people._desk.hub.tell(clinic.store.changes_since(0))
    window.wait()
    window.find("okafor")
    return changed


def opened(window) -> HistoryPanel:
    window.press(KEY.Key_H, ctrl=True)
    panel = window.panel
    assert isinstance(panel, HistoryPanel)
    window.wait(lambda: bool(panel.list.lines))
    return panel


def words(panel: HistoryPanel) -> list[str]:
    return [text for line in panel.list.lines for text in line.what]


def test_the_key_shows_who_changed_what_and_why_the_newest_first(window, amara):
    panel = opened(window)
    assert panel.accessibleName() == "History of Okafor, Amara"
    assert panel.list.hasFocus()
    assert words(panel) == ["Phone: (217) 555-0133 → (217) 555-0142", "Record made for Okafor, Amara"]
    newest = panel.list.lines[0]
    assert (newest.head, newest.why) == (
        "Nov 17, 2026, 10:00 AM, Dana Reyes, on the PC called desk 1",
        "Reason: new number",
    )
    window.press(KEY.Key_Escape)
    assert window.shell.body.panel is None


def test_the_page_ends_with_the_latest_changes_and_a_click_opens_all(window, amara, qtbot):
    page = window.place.view.page
    assert [line.row.text for line in page.latest.lines()] == [
        "Phone: (217) 555-0133 → (217) 555-0142",
        "Record made for Okafor, Amara",
    ]
    first = page.latest.visualRect(page.latest.model().index(0, 0)).center()
    qtbot.mouseClick(page.latest.viewport(), Qt.MouseButton.LeftButton, pos=first)
    assert isinstance(window.panel, HistoryPanel)


def test_a_screen_reader_hears_each_line_whole(window, amara):
    panel = opened(window)
    heard = QAccessible.queryAccessibleInterface(panel.list)
    assert heard.text(QAccessible.Text.Name) == "History of Okafor, Amara"
    assert heard.child(0).text(QAccessible.Text.Name) == (
        "Nov 17, 2026, 10:00 AM, Dana Reyes, on the PC called desk 1. "
        "Phone: (217) 555-0133 becomes (217) 555-0142. Reason: new number"
    )
    act_on_row(panel.list, 1)
    window.wait(lambda: panel.list.currentIndex().row() == 1)


def test_older_ones_come_a_page_at_a_time(window, amara, monkeypatch):
    monkeypatch.setattr(history_panel, "PAGE", 2)
    clinic = window.clinic
    for number in range(4):
        amara = edit(clinic.store, clinic.reception, replace(amara, notes=f"note {number}")).patient
    panel = opened(window)
    assert len(panel.list.lines) == 2
    assert panel.older.isVisible()
    window.press(KEY.Key_Down)
    window.press(KEY.Key_Down)  # on the last one: more
    window.wait(lambda: len(panel.list.lines) == 4)
    assert panel.list.currentIndex().row() == 1
    window.press(KEY.Key_Return, ctrl=True)
    window.wait(lambda: len(panel.list.lines) == 6)
    assert not panel.older.isVisible()
    assert words(panel)[-1] == "Record made for Okafor, Amara"


def test_news_of_the_patient_come_in_and_the_current_line_stays(window, amara):
    panel = opened(window)
    clinic = window.clinic
    window.press(KEY.Key_Down)
    saved = edit(clinic.store, clinic.reception, replace(amara, allergies="latex"))
    window.place.people._desk.hub.tell(saved.changes)
    window.wait(lambda: len(panel.list.lines) == 3)
    assert words(panel)[0] == "Allergies: latex"
    assert panel.list.currentIndex().row() == 2


def test_it_follows_the_page_to_another_patient(window, amara):
    noah = window.clinic.patient("Noah", "Reed", birth_date=BORN)
    window.place.people._desk.hub.tell(window.clinic.store.changes_since(0))
    window.wait()
    panel = opened(window)
    window.place.view.choose(noah.id)
    window.wait(lambda: panel.accessibleName() == "History of Reed, Noah")
    window.wait(lambda: words(panel) == ["Record made for Reed, Noah"])
    assert window.panel is panel


def test_everybody_may_look(window, amara):
    window.place.people._desk.act_as(window.clinic.actor(Role.NURSE))
    assert opened(window).list.lines

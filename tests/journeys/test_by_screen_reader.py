"""Every list and table of the program, as a screen reader selects in it: what looks chosen is current."""

from PySide6.QtWidgets import QAbstractItemView, QWidget

from clinic_desktop.scheduling.booking import book
from tests.journeys.desk_story import DeskStory
from tests.ui.reader import act_on_row

PLACES = (
    ("Alt+1",),
    ("Ctrl+4",),
    ("Alt+2",),
    ("Alt+3",),
    ("Alt+4",),
    ("Alt+5",),
    ("Alt+6",),
    ("Alt+9", "Ctrl+3"),
)


def views_of(root: QWidget) -> list[QAbstractItemView]:
    """Those with something in them, made by us."""
    found = root.findChildren(QAbstractItemView)
    ours = [one for one in found if type(one).__module__.startswith("clinic_desktop")]
    plain = [one for one in found if type(one).__name__ == "QListView" and one.parent() is not None]
    there = [*ours, *(one for one in plain if one not in ours)]
    return [one for one in there if one.isVisible() and one.model() and one.model().rowCount() > 1]


def test_what_a_reader_selects_is_what_enter_acts_on(desk: DeskStory) -> None:
    clinic = desk.clinic
    book(clinic.store, clinic.desk, clinic.wish())
    book(clinic.store, clinic.desk, clinic.wish("CON", 780, patient_id=clinic.noah.id))
    desk.window.desk.hub.tell(clinic.store.changes_since(0))
    seen: list[str] = []
    for keys in PLACES:
        desk.press(*keys)
        desk.wait()
        for view in views_of(desk.window):
            row = view.model().rowCount() - 1
            if row < 1:
                continue  # what was selected before it left nothing to choose from here
            if view.currentIndex().row() == row:
                row -= 1
            act_on_row(view, row)
            desk.wait(lambda view=view, row=row: view.currentIndex().row() == row)
            seen.append(view.accessibleName())
    assert {"Schedule board", "Expected next", "Patients", "Parts of the set-up", "Rooms"} <= set(seen), seen
    assert any(name.startswith("List") for name in seen), seen

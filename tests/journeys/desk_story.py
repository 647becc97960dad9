"""One desk of a small clinic in the program's own window, driven as its people drive it: by keys and names.

The clock stands at 7 AM of Monday, November 16, 2026 until the story moves it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.app import places
from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.people.model import Staff
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.ui import operations
from clinic_desktop.ui.board.place import BoardPlace
from clinic_desktop.ui.booking.panels import Panels, make_booking_panels
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.first_run.person_picker import PersonPicker
from clinic_desktop.ui.floor.refusal_box import RefusalBox
from clinic_desktop.ui.patients.live_directory import live_directory
from clinic_desktop.ui.patients.place import PatientsPlace
from clinic_desktop.ui.window import Window, read_setup
from tests.small_clinic import SmallClinic, build

WAIT_MS = 30_000
W = TypeVar("W", bound=QWidget)


@dataclass
class DeskStory:
    """What one can do at a desk, and see there."""

    qtbot: QtBot
    clinic: SmallClinic
    window: Window
    panels: Panels

    # Doing.

    def press(self, *keys: str) -> None:
        """Keys such as "Ctrl+Return" into whatever has the focus."""
        for key in keys:
            chord = QKeySequence(key)[0]
            self.qtbot.keyClick(self.focus, chord.key(), chord.keyboardModifiers())

    def write(self, text: str) -> None:
        """Letters into whatever has the focus."""
        for letter in text:  # the first of them may open a line elsewhere
            self.qtbot.keyClicks(self.focus, letter)

    def push(self, name: str) -> None:
        """A button by the name a screen reader says: go to it and press Space."""
        button = self.button(name)
        button.setFocus(Qt.FocusReason.TabFocusReason)
        assert button.hasFocus(), f"{name} takes no focus"
        self.press("Space")

    def pick(self, button: str, entry: str) -> None:
        """An entry of the menu behind a button, by arrows and Enter."""
        self.push(button)
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu), timeout=WAIT_MS)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        for _ in menu.actions():
            self.qtbot.keyClick(menu, Qt.Key.Key_Down)
            active = menu.activeAction()
            if active is not None and active.text() == entry:
                break
        else:
            raise AssertionError(f"no {entry!r} in the menu")
        self.qtbot.keyClick(menu, Qt.Key.Key_Return)
        self.back_to_the_window()

    def sit_down(self, name: str) -> None:
        """Somebody of the staff takes the desk over."""
        self.press("Ctrl+Shift+A")
        picker = self.dialog(PersonPicker)
        rows = [str(picker.list.model().index(n, 0).data()) for n in range(picker.list.model().rowCount())]
        place = next(n for n, row in enumerate(rows, 1) if row.startswith(name))
        self.press(str(place))
        self.back_to_the_window()
        self.wait(lambda: f"At work: {name}" == self.window.top_bar.person.accessibleName())

    def choose_file(self, path: Path) -> None:
        """Type a path into the file dialog that has come up."""
        dialog = self.dialog(QFileDialog)
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        assert line is not None
        line.setText(str(path))
        line.setFocus()
        self.press("Return")
        self.back_to_the_window()

    def back_to_the_window(self) -> None:
        """A dialog has closed; where there is no window manager, nobody gives the keyboard back."""
        self.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None, timeout=WAIT_MS)
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)

    def wait(self, until: Callable[[], object] | None = None, *, at_most_ms: int = WAIT_MS) -> None:
        """Until nothing runs behind the window any more, and ``until`` is true."""

        def calm() -> bool:
            return not operations.running_count() and (until is None or bool(until()))

        self.qtbot.waitUntil(calm, timeout=at_most_ms)

    def write_driver(self, name: str, phone: str, relationship: str) -> None:
        """Somebody who drives and is over 18, into the form for somebody else."""
        self.press("Ctrl+N")
        self.write(name)
        self.press("Tab")
        self.write(phone)
        self.press("Tab", "Tab")
        self.write(relationship)
        self.press("Tab", "Space", "Return")

    def record(self, visit_id: int, typed: str, kind: StampKind) -> None:
        """A line on the floor, said by Enter; it stands on record at the time of the clock."""
        before = len(self.stamps(visit_id, kind))
        self.wait()
        self.press("Ctrl+W")
        self.write(typed)
        self.press("Return")
        self.wait(lambda: len(self.stamps(visit_id, kind)) == before + 1)
        assert self.stamps(visit_id, kind)[-1].at == self.clinic.clock.now()

    def refused(self, typed: str) -> list[str]:
        """What stands in the way of a line on the floor, as the window words it."""
        self.wait()
        self.press("Ctrl+W")
        self.write(typed)
        self.press("Return")
        boxes = self.window.findChildren(RefusalBox)
        self.wait(lambda: any(box.isVisible() for box in boxes))
        return next(box for box in boxes if box.isVisible()).sentences

    def at(self, hour: int, minute: int = 0) -> None:
        """The clock moves on to a time of the Monday."""
        now = self.clinic.clock.now()
        passed = (hour * 60 + minute) - self.window.desk.minute_now()
        assert passed >= 0, f"it is later than that: {now}"
        self.clinic.clock.forward(passed)

    # Seeing.

    @property
    def focus(self) -> QWidget:
        if QApplication.activeWindow() is None:  # a window manager gives the keys back in its own time
            self.qtbot.waitUntil(lambda: QApplication.activeWindow() is not None)
        focused = QApplication.focusWidget()
        assert focused is not None, "nothing has the focus"
        return focused

    def dialog(self, kind: type[W]) -> W:
        """The dialog of that kind, once it is up and has the keyboard."""
        found: list[W] = []

        def up() -> bool:
            active = QApplication.activeModalWidget() or QApplication.activeWindow()
            found[:] = [active] if isinstance(active, kind) and QApplication.focusWidget() else []
            return bool(found) and found[0].isAncestorOf(self.focus)

        self.qtbot.waitUntil(up, timeout=WAIT_MS)
        return found[0]

    def button(self, name: str) -> QAbstractButton:
        """The button of that name that can be seen."""
        seen = list(self._seen(QAbstractButton))
        named = [one for one in seen if (one.accessibleName() or one.text()).replace("&", "") == name]
        assert named, f"no button {name!r} among {[one.accessibleName() or one.text() for one in seen]}"
        return named[0]

    def says(self, words: str) -> bool:
        """Whether these words stand somewhere in the window."""
        labels = (one.text() + one.accessibleName() for one in self._seen(QLabel))
        return any(words in text for text in labels) or words in self.window.status_bar.said

    def _seen(self, kind: type[W]) -> Iterable[W]:
        top = QApplication.activeModalWidget() or self.window
        return (one for one in top.findChildren(kind) if one.isVisible())

    @property
    def patients(self) -> PatientsPlace:
        place = self.window.place("patients")
        assert isinstance(place, PatientsPlace)
        return place

    @property
    def board(self) -> BoardPlace:
        place = self.window.place("board")
        assert isinstance(place, BoardPlace)
        return place

    def visits(self, patient_id: int) -> list[Visit]:
        """Somebody's visits as the store has them, in order."""
        with self.clinic.store.read() as records:
            return sorted(records.find(Visit, patient_id=patient_id), key=lambda one: one.start)

    def stamps(self, visit_id: int, kind: StampKind) -> list[Stamp]:
        """What was recorded of one kind, in order."""
        with self.clinic.store.read() as records:
            return [one for one in records.find(Stamp, visit_id=visit_id) if one.kind is kind]


def open_story(qtbot: QtBot, folder: Path) -> DeskStory:
    """The window over a small clinic on SQLite, with a receptionist and a manager besides its clinicians."""
    clinic = build(folder)
    rosa = _staff(clinic, "Rosa Diaz", "RD", Role.RECEPTIONIST)
    _staff(clinic, "Ines Park", "IP", Role.MANAGER)
    desk = Desk(
        clinic.store, Actor(rosa.id, rosa.roles, "front"), clinic.store.clock, read_setup(clinic.store)
    )
    panels = make_booking_panels(desk, live_directory(desk))
    window = Window(desk, places(desk, panels), panels)
    story = DeskStory(qtbot, clinic, window, panels)
    window.resize(1366, 730)  # as on a front desk, whatever screen the tests have
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)
    window.open_first()
    story.wait(lambda: live_directory(desk).ready)
    return story


def close_story(story: DeskStory) -> None:
    """Nothing is left behind: neither work nor an open file."""
    story.wait()
    story.window.close()
    story.window.deleteLater()
    operations.wait_for_all()
    story.clinic.store.close()


def _staff(clinic: SmallClinic, name: str, initials: str, role: Role) -> Staff:
    with clinic.store.write(PROGRAM) as unit:
        made = unit.add(Staff(name=name, initials=initials, roles=frozenset({role})))
        unit.commit()
    return made

"""The first start as pictures, to look at.

CLINIC_DESKTOP_PICTURES=/tmp/pictures QT_QPA_PLATFORM=offscreen python -m tests.ui.first_run.pictures
"""

import sys
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QApplication

from clinic_desktop.foundation.actor import Role
from clinic_desktop.people.model import Staff
from clinic_desktop.ui.first_run.person_picker import PersonPicker
from clinic_desktop.ui.first_run.window import FirstRunWindow
from clinic_desktop.ui.theme import install_theme
from tests.scheduling.set_up_world import ANSWERS
from tests.ui.grab import grab, grab_both

WIDE, SMALL = (1366, 730), (683, 384)
STAFF = [
    Staff(1, 1, "Dr. Priya Lin", "PL", frozenset({Role.PRESCRIBER})),
    Staff(2, 1, "Maya Jones", "MJ", frozenset({Role.NURSE})),
    Staff(3, 1, "Priya Kaur", "PK", frozenset({Role.MANAGER, Role.RECEPTIONIST})),
]


def main() -> None:
    app = QApplication(sys.argv[:1])
    install_theme(app)
    window = FirstRunWindow(place="Documents/Clinic Desktop/clinic.db")
    window.show()

    def both(name: str, act: Callable[[], object] = lambda: None) -> None:
        window.resize(*WIDE)
        act()
        app.processEvents()
        grab_both(window, name)
        window.resize(*SMALL)
        act()
        for _ in range(3):  # what is scrolled into sight comes a moment later
            app.processEvents()
        grab(window, f"{name}-small", scale=2.0)

    both("start")
    window.open_assistant()
    assistant = window.assistant
    assistant._answers = replace(ANSWERS, people=())
    assistant._show(0)
    for number in range(5):
        both(f"assistant-{number + 1}")
        if number == 1:
            week = assistant.step._week
            typed = week.model.index(0, 1)
            week.model.setData(typed, "8-25")
            both("assistant-refused", assistant.go_on)
            week.model.setData(typed, "8-5:30")
        if number == 3:
            assistant.go_on()
            both("assistant-problem")
            assistant.step.fill(ANSWERS)
        assistant.go_on()
    rooms = tuple(replace(ANSWERS.rooms[0], name=f"Infusion {max(2, n)}") for n in range(1, 25))
    assistant._answers = replace(ANSWERS, rooms=rooms)
    assistant._show(2)
    assistant.go_on()
    both("assistant-high-table")
    assistant._answers = ANSWERS
    assistant._show(4)
    assistant.show_problem("The disk is full. Free some space, then make it again.")
    both("assistant-failed")
    window.show_progress("Making the demo clinic: this week", 0.4)
    both("progress")
    window.show()
    picker = PersonPicker(window, STAFF, print, last=2)
    picker.show()
    app.processEvents()
    grab_both(picker, "picker")


if __name__ == "__main__":
    main()

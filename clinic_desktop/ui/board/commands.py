"""The board's commands as data. No letter alone changes anything; what arrows, Enter and Space do is the
board's own and stands in its description.
"""

from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.i18n import QT_TR_NOOP

BOARD = "board"


def _here(
    name: str, text: str, *keys: str, icon: str = "", hint: str = "", also: str = "", opens: bool = False
) -> Command:
    return Command(f"board.{name}", text, keys, BOARD, icon=icon, hint=hint, opens=opens, also=also)


BOOK = _here("book", QT_TR_NOOP("Book a visit"), "F3", icon="plus", hint=QT_TR_NOOP("book"))
OPENINGS = _here("openings", QT_TR_NOOP("First openings"), "F4", icon="search", hint=QT_TR_NOOP("openings"))
PLAN = _here("plan", QT_TR_NOOP("Plan a course"), "Ctrl+Shift+N", icon="calendar")
TO_PLACE = _here("to-place", QT_TR_NOOP("To-place list"), "Ctrl+Shift+T", icon="list", opens=True)
WHO_COULD_COME = _here("who-could-come", QT_TR_NOOP("Who of the waitlist could come"), "Ctrl+J", icon="calls")
ARRIVED = _here("arrived", QT_TR_NOOP("Arrived"), "F2", icon="check", hint=QT_TR_NOOP("arrived"))
NEXT = _here("next", QT_TR_NOOP("Next step"), "F5", icon="play")
CONFIRM = _here("confirm", QT_TR_NOOP("Confirm the visit"), "F8", icon="check")
CONFIRM_DRIVER = _here("confirm-driver", QT_TR_NOOP("Confirm the driver"), "F9", icon="driver")
MOVE = _here(
    "move", QT_TR_NOOP("Pick the visit up to move it"), "Ctrl+M", icon="move", hint=QT_TR_NOOP("move")
)
LENGTH = _here(
    "length",
    QT_TR_NOOP("Make the visit longer or shorter"),
    "F11",
    icon="clock",
    also=QT_TR_NOOP("stretch resize stay end duration"),
)
DRIVER = _here("driver", QT_TR_NOOP("Change the driver"), "Ctrl+D", icon="driver")
PARK = _here("park", QT_TR_NOOP("Park on the pinboard"), "Ctrl+Shift+V", icon="pin")
TO_PINBOARD = _here("pinboard", QT_TR_NOOP("To the pinboard"), "Ctrl+Shift+B", icon="pin", opens=True)
CANCEL = _here("cancel", QT_TR_NOOP("Cancel the visit"), "Delete", icon="close")
PATIENT = _here("patient", QT_TR_NOOP("Open the patient"), "Ctrl+O", icon="person", opens=True)
HISTORY = _here(
    "history",
    QT_TR_NOOP("History of the visit"),
    "Ctrl+H",
    icon="list",
    also=QT_TR_NOOP("who changed audit trail"),
    opens=True,
)
SHEET = _here("sheet", QT_TR_NOOP("Print the sheet"), "Ctrl+P", icon="print", opens=True)
PRINT_DAY = _here("print-day", QT_TR_NOOP("Print the day"), "Ctrl+Shift+P", icon="print", opens=True)
FLOOR = _here("floor", QT_TR_NOOP("Show on the floor"), "Ctrl+B", icon="floor", opens=True)

ROOMS = _here("rooms", QT_TR_NOOP("Day by room"), "Ctrl+1", icon="rooms", opens=True)
STAFF = _here("staff", QT_TR_NOOP("Day by person"), "Ctrl+2", icon="patients", opens=True)
WEEK = _here("week", QT_TR_NOOP("Week"), "Ctrl+3", icon="week", opens=True)
LIST = _here("list", QT_TR_NOOP("List of the day"), "Ctrl+4", icon="list", opens=True)
ENDED = _here(
    "ended", QT_TR_NOOP("Show or hide cancelled and missed"), "Ctrl+Shift+E", icon="filter", opens=True
)
_ZOOM = QT_TR_NOOP("zoom taller larger smaller hours")
ZOOM_IN = _here("zoom-in", QT_TR_NOOP("Zoom in"), "Ctrl++", "Ctrl+=", icon="plus", also=_ZOOM, opens=True)
ZOOM_OUT = _here("zoom-out", QT_TR_NOOP("Zoom out"), "Ctrl+-", icon="minus", also=_ZOOM, opens=True)
WHOLE_DAY = _here(
    "whole", QT_TR_NOOP("The hours as they fit"), "Ctrl+0", icon="clock", also=_ZOOM, opens=True
)
SAVE_VIEW = _here(
    "save", QT_TR_NOOP("Save this view"), "Ctrl+S", icon="save", also=QT_TR_NOOP("name filter"), opens=True
)
# Each bears the name of what is saved on it.
SAVED_VIEWS = {
    n: _here(f"view-{n}", QT_TR_NOOP("Saved view"), f"Ctrl+Shift+{n}", icon="board", opens=True)
    for n in range(1, 10)
}
TODAY = _here(
    "today", QT_TR_NOOP("Today, now"), "Ctrl+Home", icon="home", hint=QT_TR_NOOP("today"), opens=True
)
BACK = _here("back", QT_TR_NOOP("Back"), "Alt+Left", icon="left", opens=True)
FORWARD = _here("forward", QT_TR_NOOP("Forward"), "Alt+Right", icon="right", opens=True)
GO_TO = _here("go-to", QT_TR_NOOP("Go to a date"), "Ctrl+G", icon="calendar", opens=True)
NEXT_TROUBLE = _here("trouble", QT_TR_NOOP("Next visit to see to"), "F7", icon="warning", opens=True)
REPAIR_DAY = _here("repair-day", QT_TR_NOOP("Repair the day"), "Ctrl+Shift+G", icon="undo", opens=True)
REPAIRS = _here("repairs", QT_TR_NOOP("Repair list"), "Ctrl+Shift+R", icon="warning", opens=True)

COMMANDS = (
    BOOK,
    OPENINGS,
    PLAN,
    TO_PLACE,
    WHO_COULD_COME,
    ARRIVED,
    NEXT,
    CONFIRM,
    CONFIRM_DRIVER,
    MOVE,
    LENGTH,
    DRIVER,
    PARK,
    TO_PINBOARD,
    CANCEL,
    PATIENT,
    HISTORY,
    SHEET,
    PRINT_DAY,
    FLOOR,
    ROOMS,
    STAFF,
    WEEK,
    LIST,
    ENDED,
    ZOOM_IN,
    ZOOM_OUT,
    WHOLE_DAY,
    SAVE_VIEW,
    *SAVED_VIEWS.values(),
    TODAY,
    BACK,
    FORWARD,
    GO_TO,
    NEXT_TROUBLE,
    REPAIR_DAY,
    REPAIRS,
)

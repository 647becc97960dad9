"""The floor's commands as data. Letters open the line; what is in it is recorded with Enter."""

from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.i18n import QT_TR_NOOP

FLOOR = "floor"


def _here(
    name: str, text: str, *keys: str, icon: str = "", hint: str = "", also: str = "", opens: bool = False
) -> Command:
    return Command(f"floor.{name}", text, keys, FLOOR, icon=icon, hint=hint, also=also, opens=opens)


# Other words by which they are looked for.
_TYPED = QT_TR_NOOP("pressure blood bp vitals dose device lot infusion start stop check note time type")
_GOES_ON = QT_TR_NOOP("room dose infusion start stop ready")
_OTHERWISE = QT_TR_NOOP("missed no show not treated left early transferred")
_ASKED = QT_TR_NOOP("score questionnaire phq gad depression anxiety pain rating scale")
_WRONG = QT_TR_NOOP("correct change wrong time strike")
_DRIVER = QT_TR_NOOP("escort emergency contact late phone called arriving took over waiting chair stays taxi")

LINE = _here(
    "line", QT_TR_NOOP("Record"), "Ctrl+W", icon="edit", hint=QT_TR_NOOP("record"), also=_TYPED, opens=True
)
ARRIVED = _here("arrived", QT_TR_NOOP("Arrived"), "F2", icon="check", hint=QT_TR_NOOP("arrived"))
NEXT = _here("next", QT_TR_NOOP("Next step"), "F5", icon="play", hint=QT_TR_NOOP("next step"), also=_GOES_ON)
DRIVER_HERE = _here("driver-here", QT_TR_NOOP("Driver here"), "F9", icon="driver")
SHEET = _here("sheet", QT_TR_NOOP("Print the sheet"), "Ctrl+P", icon="print", hint=QT_TR_NOOP("sheet"))
RELEASE = _here("release", QT_TR_NOOP("Release"), "Ctrl+R", icon="check", hint=QT_TR_NOOP("release"))
END = _here("end", QT_TR_NOOP("Another end"), "Ctrl+E", icon="close", also=_OTHERWISE, opens=True)
NAME_DRIVER = _here(
    "name-driver",
    QT_TR_NOOP("The driver: name, call, expect"),
    "Ctrl+D",
    icon="driver",
    also=_DRIVER,
    opens=True,
)
OVERRIDE = _here("override", QT_TR_NOOP("Allow without a driver"), "Ctrl+Shift+D", icon="warning", opens=True)
LOG = _here("log", QT_TR_NOOP("What was recorded"), "Ctrl+H", icon="list", also=_WRONG, opens=True)
SCORES = _here("scores", QT_TR_NOOP("Type a score"), "Ctrl+Shift+Q", icon="edit", also=_ASKED, opens=True)
PATIENT = _here("patient", QT_TR_NOOP("Open the patient"), "Ctrl+O", icon="person", opens=True)
BOARD = _here("board", QT_TR_NOOP("Show on the board"), "Ctrl+B", icon="board", opens=True)
REPAIR_DAY = _here(
    "repair-day",
    QT_TR_NOOP("Repair the day: who lost a room"),
    "Ctrl+Shift+G",
    icon="undo",
    also=QT_TR_NOOP("displaced moved another room time"),
    opens=True,
)
UNCLOSED = _here("unclosed", QT_TR_NOOP("Next visit that was not closed"), "F7", icon="warning", opens=True)
TO_SEE = _here("to-see", QT_TR_NOOP("To see to: incidents, REMS forms"), "Ctrl+T", icon="warning", opens=True)
NEXT_DUE = _here(
    "next-due",
    QT_TR_NOOP("To what is due next"),
    "Shift+F7",
    icon="clock",
    also=QT_TR_NOOP("late overdue check pressure room first"),
    opens=True,
)
WALL = _here(
    "wall",
    QT_TR_NOOP("Wall view"),
    "Ctrl+Shift+K",
    icon="floor",
    also=QT_TR_NOOP("corridor screen full initials monitor tv big"),
    opens=True,
)
TODAY = _here("today", QT_TR_NOOP("Today, now"), "Ctrl+Home", icon="home", opens=True)
BACK = _here("back", QT_TR_NOOP("Day back"), "Alt+Left", icon="left", opens=True)
FORWARD = _here("forward", QT_TR_NOOP("Day forward"), "Alt+Right", icon="right", opens=True)
GO_TO = _here("go-to", QT_TR_NOOP("Go to a date"), "Ctrl+G", icon="calendar", opens=True)
PICK = tuple(
    _here(
        f"pick-{n}",
        QT_TR_NOOP("Go to a patient by the number of the room"),
        f"Ctrl+{n}",
        icon="person",
        opens=True,
    )
    for n in range(1, 10)
)

COMMANDS = (
    LINE, ARRIVED, NEXT, DRIVER_HERE, SHEET, RELEASE, END, NAME_DRIVER, OVERRIDE, LOG, SCORES, PATIENT, BOARD,
    REPAIR_DAY, TO_SEE, NEXT_DUE, WALL, UNCLOSED, TODAY, BACK, FORWARD, GO_TO, *PICK,
)  # fmt: skip

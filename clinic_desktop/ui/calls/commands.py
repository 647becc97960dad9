"""The commands of the call list as data. A digit only selects what came of the call; Enter records it."""

from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.i18n import QT_TR_NOOP
from clinic_desktop.ui.sheets import commands as sheets

CALLS = "calls"


def _here(
    name: str, text: str, *keys: str, icon: str = "", hint: str = "", opens: bool = False, also: str = ""
) -> Command:
    return Command(f"calls.{name}", text, keys, CALLS, icon=icon, hint=hint, opens=opens, also=also)


TODAY = _here("on-today", QT_TR_NOOP("Calls about today"), "Ctrl+1", icon="calls", opens=True)
NEXT = _here("on-next", QT_TR_NOOP("Calls about the next business day"), "Ctrl+2", icon="calls", opens=True)
AFTER = _here("on-after", QT_TR_NOOP("Drivers two business days ahead"), "Ctrl+3", icon="driver", opens=True)
DAY_AFTER = _here(
    "on-day-after", QT_TR_NOOP("Check-in calls, the day after"), "Ctrl+4", icon="calls", opens=True
)
WHOM = _here(
    "whom",
    QT_TR_NOOP("Call the patient, the driver or the emergency contact"),
    "Ctrl+J",
    icon="swap",
    hint=QT_TR_NOOP("whom"),
    opens=True,
)
NOTE = _here("note", QT_TR_NOOP("Write a note"), "Ctrl+W", icon="edit", hint=QT_TR_NOOP("note"), opens=True)
NEXT_CALL = _here(
    "next-call", QT_TR_NOOP("Next call"), "F7", icon="down", hint=QT_TR_NOOP("next call"), opens=True
)
DRIVER = _here("driver", QT_TR_NOOP("Name the driver"), "Ctrl+D", icon="driver", hint=QT_TR_NOOP("driver"))
COPY_TEXT = _here("copy", QT_TR_NOOP("Copy the text"), "Ctrl+Shift+X", icon="copy", opens=True)
BOOK = _here("book", QT_TR_NOOP("Book the visit that is offered"), "F3", icon="calendar", opens=True)
CORRECT = _here(
    "correct", QT_TR_NOOP("Correct the last check-in call"), "Ctrl+Shift+F7", icon="edit", opens=True
)
TOLD = _here("told", QT_TR_NOOP("What a prescriber said of it"), "Ctrl+Shift+F8", icon="person", opens=True)
PRINT = _here("print", QT_TR_NOOP("Print the list"), "Ctrl+P", icon="print", opens=True)
PREPARE = _here(
    "prepare-day",
    QT_TR_NOOP("Preparation sheets of the day"),
    "Ctrl+F5",
    icon="list",
    opens=True,
    also=sheets.PREPARE.also,
)
PATIENT = _here("patient", QT_TR_NOOP("Open the patient"), "Ctrl+O", icon="person", opens=True)
BOARD = _here("board", QT_TR_NOOP("Show on the board"), "Ctrl+B", icon="board", opens=True)

COMMANDS = (
    *(TODAY, NEXT, AFTER, DAY_AFTER, WHOM, NOTE, NEXT_CALL, DRIVER),
    *(COPY_TEXT, BOOK, CORRECT, TOLD, PRINT, PREPARE, PATIENT, BOARD),
)

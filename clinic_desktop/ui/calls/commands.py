"""The commands of the call list as data. A digit only selects what came of the call; Enter records it."""

from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.i18n import QT_TR_NOOP

CALLS = "calls"


def _here(name: str, text: str, *keys: str, icon: str = "", hint: str = "", opens: bool = False) -> Command:
    return Command(f"calls.{name}", text, keys, CALLS, icon=icon, hint=hint, opens=opens)


TODAY = _here("on-today", QT_TR_NOOP("Calls about today"), "Ctrl+1", icon="calls", opens=True)
NEXT = _here("on-next", QT_TR_NOOP("Calls about the next business day"), "Ctrl+2", icon="calls", opens=True)
AFTER = _here("on-after", QT_TR_NOOP("Drivers two business days ahead"), "Ctrl+3", icon="driver", opens=True)
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
PRINT = _here("print", QT_TR_NOOP("Print the list"), "Ctrl+P", icon="print", opens=True)
PREPARE = _here(
    "prepare-day", QT_TR_NOOP("Preparation sheets of the day"), "Ctrl+F5", icon="list", opens=True
)
PATIENT = _here("patient", QT_TR_NOOP("Open the patient"), "Ctrl+O", icon="person", opens=True)
BOARD = _here("board", QT_TR_NOOP("Show on the board"), "Ctrl+B", icon="board", opens=True)

COMMANDS = (TODAY, NEXT, AFTER, WHOM, NOTE, NEXT_CALL, DRIVER, COPY_TEXT, PRINT, PREPARE, PATIENT, BOARD)

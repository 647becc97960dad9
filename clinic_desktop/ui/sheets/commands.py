"""What can be done with sheets, as data."""

from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.i18n import QT_TR_NOOP

SHEETS = "sheets"


def _here(name: str, text: str, *keys: str, icon: str = "", hint: str = "") -> Command:
    return Command(f"sheets.{name}", text, keys, SHEETS, icon=icon, hint=hint)


PRINT = _here("print", QT_TR_NOOP("Print the sheet"), "Ctrl+P", icon="print", hint=QT_TR_NOOP("print"))
SAVE = _here("save", QT_TR_NOOP("Save as PDF"), "Ctrl+S", icon="save", hint=QT_TR_NOOP("save"))
HAND_OVER = _here("hand-over", QT_TR_NOOP("Handed over"), "F5", icon="check", hint=QT_TR_NOOP("handed over"))
RECEIPT = _here("receipt", QT_TR_NOOP("Print the receipt"), "Ctrl+R", icon="note")
AGAIN = _here("again", QT_TR_NOOP("Print the same sheet again"), "Ctrl+Shift+P", icon="copy")

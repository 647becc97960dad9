"""What can be done with sheets, as data."""

from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.i18n import QT_TR_NOOP

SHEETS = "sheets"
TEXTS = "texts"  # the place under this one


def _here(
    name: str, text: str, key: str, icon: str = "", hint: str = "", *, opens: bool = False, also: str = ""
) -> Command:
    return Command(f"sheets.{name}", text, (key,), SHEETS, icon=icon, hint=hint, opens=opens, also=also)


PRINT = _here("print", QT_TR_NOOP("Print the sheet"), "Ctrl+P", "print", QT_TR_NOOP("print"))
HAND_OVER = _here("hand-over", QT_TR_NOOP("Handed over"), "F5", "check", QT_TR_NOOP("handed over"))
SAVE = _here("save", QT_TR_NOOP("Save as PDF"), "Ctrl+S", "save", QT_TR_NOOP("save"))
RECEIPT = _here("receipt", QT_TR_NOOP("Print the receipt"), "Ctrl+Shift+S", "note")
AGAIN = _here("again", QT_TR_NOOP("Print the same sheet again"), "Ctrl+Shift+P", "copy")
NEXT = _here("next-sheet", QT_TR_NOOP("Next sheet to see to"), "F7", "down", opens=True)
PREPARE = _here(
    "prepare-day",
    QT_TR_NOOP("Preparation sheets of the day"),
    "Ctrl+F5",
    "list",
    opens=True,
    also=QT_TR_NOOP("next day tomorrow print all at once batch instructions before treatment"),
)
_BEFORE, _AFTER = QT_TR_NOOP("previous day yesterday"), QT_TR_NOOP("next day tomorrow")
BACK = _here("back", QT_TR_NOOP("Day back"), "Alt+Left", "left", opens=True, also=_BEFORE)
FORWARD = _here("forward", QT_TR_NOOP("Day forward"), "Alt+Right", "right", opens=True, also=_AFTER)
TODAY = _here("today", QT_TR_NOOP("Today"), "Ctrl+Home", "home", opens=True)
GO_TO = _here("go-to", QT_TR_NOOP("Go to a date"), "Ctrl+G", "calendar", opens=True)

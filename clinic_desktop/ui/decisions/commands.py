"""What can be done in "My decisions", as data."""

from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.i18n import QT_TR_NOOP

DECISIONS = "decisions"
KEY = "Alt+8"  # of the place


def _here(
    name: str, text: str, key: str, icon: str = "", hint: str = "", *, opens: bool = False, also: str = ""
) -> Command:
    """A command of the place."""
    return Command(f"decisions.{name}", text, (key,), DECISIONS, icon=icon, hint=hint, opens=opens, also=also)


CONFIRM = _here(
    "confirm",
    QT_TR_NOOP("To the answer: accept, sign, clear, renew"),
    "F8",
    "check",
    QT_TR_NOOP("answer"),
    also=QT_TR_NOOP("approve allow override cosign co-sign order"),
)
NO = _here(
    "no",
    QT_TR_NOOP("Say no, with words; a pressure: take it again"),
    "Shift+F8",
    "close",
    QT_TR_NOOP("no"),
    also=QT_TR_NOOP("refuse deny not said against"),
)
END = _here(
    "end",
    QT_TR_NOOP("A pressure before the dose: not treated today"),
    "Ctrl+E",
    "close",
    also=QT_TR_NOOP("send home not today"),
)
NOTE = _here("note", QT_TR_NOOP("Write the answer"), "Ctrl+W", "note", QT_TR_NOOP("words"), opens=True)
READ = _here("read", QT_TR_NOOP("Read the pages of a text"), "Ctrl+F2", "sheets", opens=True)
PATIENT = _here("patient", QT_TR_NOOP("Open the patient"), "Ctrl+O", "person", opens=True)
FLOOR = _here("floor", QT_TR_NOOP("Show the visit on the floor"), "Ctrl+B", "floor", opens=True)

"""What can be done in the ledger, as data."""

from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.i18n import QT_TR_NOOP

LEDGER = "ledger"


def here(
    name: str, text: str, key: str, icon: str = "", hint: str = "", *, opens: bool = False, also: str = ""
) -> Command:
    """A command of the ledger."""
    return Command(f"ledger.{name}", text, (key,), LEDGER, icon=icon, hint=hint, opens=opens, also=also)


EDIT = here(
    "edit",
    QT_TR_NOOP("Fill in the form"),
    "Ctrl+W",
    "edit",
    QT_TR_NOOP("fill in"),
    opens=True,
    also=QT_TR_NOOP("REMS monitoring form sent submit"),
)
PRINT = here(
    "print",
    QT_TR_NOOP("Print the worksheet"),
    "Ctrl+P",
    "print",
    QT_TR_NOOP("worksheet"),
    also=QT_TR_NOOP("REMS monitoring form PDF"),
)
NEXT_FORM = here(
    "next-form",
    QT_TR_NOOP("Next form to see to"),
    "F7",
    "down",
    QT_TR_NOOP("next form"),
    opens=True,
    also=QT_TR_NOOP("late due unsent"),
)
PATIENT = here(
    "patient",
    QT_TR_NOOP("Open the patient"),
    "Ctrl+O",
    "person",
    opens=True,
    also=QT_TR_NOOP("enrolment birth date sex"),
)
FLOOR = here(
    "floor",
    QT_TR_NOOP("Show the session on the floor"),
    "Ctrl+B",
    "floor",
    opens=True,
    also=QT_TR_NOOP("visit end lot pressure"),
)
PUT_BACK = here(
    "put-back",
    QT_TR_NOOP("Take back: a line of the log, that a form was sent"),
    "Ctrl+U",
    "undo",
    also=QT_TR_NOOP("slip wrong entry correct not sent after all"),
)

"""What can be done with the texts of the sheets, as data."""

from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.i18n import QT_TR_NOOP
from clinic_desktop.ui.sheets.commands import TEXTS

KEY = "Alt+0"  # of the place


def _here(
    name: str, text: str, key: str, icon: str = "", hint: str = "", *, opens: bool = False, also: str = ""
) -> Command:
    return Command(f"texts.{name}", text, (key,), TEXTS, icon=icon, hint=hint, opens=opens, also=also)


EDIT = _here(
    "edit",
    QT_TR_NOOP("Write on the text"),
    "Ctrl+W",
    "edit",
    QT_TR_NOOP("write"),
    opens=True,
    also=QT_TR_NOOP("edit change sentence draft"),
)
NEW = _here(
    "new", QT_TR_NOOP("New text: another kind or language"), "Ctrl+N", "plus", also=QT_TR_NOOP("translation")
)
SAVE = _here("save", QT_TR_NOOP("Keep the draft"), "Ctrl+S", "save", QT_TR_NOOP("keep"))
ASK = _here("confirm", QT_TR_NOOP("Ask for approval"), "F8", "check", QT_TR_NOOP("ask for approval"))
WITHDRAW = _here("no", QT_TR_NOOP("Withdraw an approved version"), "Shift+F8", "close")
DELETE = _here(
    "remove",
    QT_TR_NOOP("Delete the draft"),
    "Ctrl+Shift+Del",
    "close",
    also=QT_TR_NOOP("remove throw away discard"),
)
PAGES = _here(
    "read", QT_TR_NOOP("To the pages, and back"), "Ctrl+F2", "sheets", QT_TR_NOOP("pages"), opens=True
)
NEXT = _here(
    "next-problem",
    QT_TR_NOOP("Next problem of the text"),
    "F7",
    "warning",
    QT_TR_NOOP("next problem"),
    opens=True,
)
FIND = _here("find", QT_TR_NOOP("Find words in the text"), "Ctrl+F", "search", opens=True)
INSERT = _here(
    "insert",
    QT_TR_NOOP("Insert a fact or a statement"),
    "Ctrl+Shift+F3",
    "plus",
    QT_TR_NOOP("insert"),
    also=QT_TR_NOOP("field merge driver date"),
)
COMPARE = _here(
    "compare",
    QT_TR_NOOP("Compare with what is handed out"),
    "Ctrl+Shift+F5",
    "swap",
    QT_TR_NOOP("compare"),
    opens=True,
)

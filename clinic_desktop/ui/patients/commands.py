"""What can be done in the Patients place, as data."""

from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.i18n import QT_TR_NOOP

PLACE = "patients"

FIND = Command("patients.find", QT_TR_NOOP("Find a patient"), ("Ctrl+F",), PLACE, icon="search", opens=True)
NEW = Command("patients.new", QT_TR_NOOP("New patient"), ("Ctrl+N",), PLACE, "plus", QT_TR_NOOP("new"))
EDIT = Command(
    "patients.edit", QT_TR_NOOP("Edit the patient"), ("Ctrl+W",), PLACE, "edit", QT_TR_NOOP("edit")
)
BOOK = Command("patients.book", QT_TR_NOOP("Book a visit"), ("F3",), PLACE, "calendar", QT_TR_NOOP("book"))
CLEAR = Command(
    "patients.clear",
    QT_TR_NOOP("Clear for a treatment"),
    ("Ctrl+Shift+C",),
    PLACE,
    "check",
    QT_TR_NOOP("clear"),
)
CHECK_LIST = Command(
    "patients.check_list",
    QT_TR_NOOP("Check list"),
    ("Ctrl+Shift+L",),
    PLACE,
    "list",
    QT_TR_NOOP("check list"),
)
ORDER = Command(
    "patients.order", QT_TR_NOOP("Write an order"), ("Ctrl+Shift+O",), PLACE, "medicine", QT_TR_NOOP("order")
)
SCORES = Command(
    "patients.scores",
    QT_TR_NOOP("Type a score"),
    ("Ctrl+Shift+Q",),
    PLACE,
    "edit",
    QT_TR_NOOP("score"),
    also=QT_TR_NOOP("questionnaire phq gad depression anxiety pain rating scale course"),
)
DRIVER = Command(
    "patients.driver", QT_TR_NOOP("Usual drivers"), ("Ctrl+D",), PLACE, "driver", QT_TR_NOOP("driver")
)
CARD = Command("patients.card", QT_TR_NOOP("Print the course card"), ("Ctrl+P",), PLACE, "print")
CARD_AGAIN = Command(
    "patients.again",
    QT_TR_NOOP("Print the same course card again"),
    ("Ctrl+Shift+P",),
    PLACE,
    "copy",
    also=QT_TR_NOOP("reprint lost card as it went out copy"),
)
PAYER = Command(
    "patients.payer",
    QT_TR_NOOP("Payer, package or devices"),
    ("Ctrl+Shift+Y",),
    PLACE,
    "note",
    QT_TR_NOOP("payer"),
)
RUNNING_OUT = Command(
    "patients.running_out", QT_TR_NOOP("Who runs out"), ("Ctrl+Shift+U",), PLACE, "warning", opens=True
)
HISTORY = Command(
    "patients.history",
    QT_TR_NOOP("History: who changed what"),
    ("Ctrl+H",),
    PLACE,
    "clock",
    QT_TR_NOOP("history"),
    opens=True,
)
WHOLE_RECORD = Command(
    "patients.export",
    QT_TR_NOOP("Save the whole record for the patient"),
    ("Ctrl+S",),
    PLACE,
    "note",
    also=QT_TR_NOOP("export copy of everything pdf json request of records"),
    opens=True,
)
MERGE = Command("patients.merge", QT_TR_NOOP("Merge with another record"), ("Ctrl+Shift+J",), PLACE, "swap")
IMPORT = Command(
    "patients.import",
    QT_TR_NOOP("Import a list of patients"),
    ("Ctrl+Shift+I",),
    PLACE,
    "database",
    also=QT_TR_NOOP("csv bring another system"),
)

COMMANDS = (
    FIND,
    NEW,
    EDIT,
    BOOK,
    CLEAR,
    CHECK_LIST,
    ORDER,
    SCORES,
    DRIVER,
    PAYER,
    CARD,
    CARD_AGAIN,
    RUNNING_OUT,
    HISTORY,
    WHOLE_RECORD,
    MERGE,
    IMPORT,
)

"""What can be done in the drug log, as data."""

from clinic_desktop.ui.i18n import QT_TR_NOOP
from clinic_desktop.ui.ledger.commands import here

NEW = here(
    "new",
    QT_TR_NOOP("Drugs came in"),
    "Ctrl+N",
    "plus",
    QT_TR_NOOP("came in"),
    opens=True,
    also=QT_TR_NOOP("receive received delivery lot devices vials stock"),
)
WHAT = here(
    "drug-log",
    QT_TR_NOOP("Drawn, wasted, returned or counted"),
    "Ctrl+L",
    "medicine",
    QT_TR_NOOP("drawn, wasted, counted"),
    opens=True,
    also=QT_TR_NOOP("waste witness draw vial count inventory return transfer lot"),
)
EXPORT = here(
    "export",
    QT_TR_NOOP("Save the drug log as CSV"),
    "Ctrl+S",
    "save",
    QT_TR_NOOP("save CSV"),
    also=QT_TR_NOOP("Schedule III DEA report by day and lot"),
)

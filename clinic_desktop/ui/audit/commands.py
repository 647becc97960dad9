"""What can be done in the Audit trail place, as data."""

from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.i18n import QT_TR_NOOP

AUDIT = "audit"
KEY = "Alt+Shift+A"  # of the place

FIND = Command("audit.find", QT_TR_NOOP("To the patient"), ("Ctrl+F",), AUDIT, icon="search", opens=True)
CHECK = Command("audit.check", QT_TR_NOOP("Check the trail now"), ("Ctrl+T",), AUDIT, icon="check")
EXPORT = Command(
    "audit.export", QT_TR_NOOP("Save as CSV"), ("Ctrl+S",), AUDIT, icon="save", hint=QT_TR_NOOP("save CSV")
)

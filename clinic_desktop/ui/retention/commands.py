"""What can be done in the list of old records, as data."""

from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.i18n import QT_TR_NOOP

RETENTION = "retention"
KEY = "Alt+Shift+O"  # of the place

OPEN = Command(
    "retention.open", QT_TR_NOOP("Open the patient"), ("Ctrl+O",), RETENTION, icon="person", opens=True
)
EXPORT = Command(
    "retention.export",
    QT_TR_NOOP("Save as CSV"),
    ("Ctrl+S",),
    RETENTION,
    icon="save",
    hint=QT_TR_NOOP("save CSV"),
)

"""What can be done in the Room usage place, as data."""

from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.i18n import QT_TR_NOOP

USAGE = "usage"


def _here(name: str, text: str, key: str, icon: str = "", hint: str = "") -> Command:
    return Command(f"usage.{name}", text, (key,), USAGE, icon=icon, hint=hint, opens=True)


DAY = _here("day", QT_TR_NOOP("One day"), "Ctrl+1", "rooms", QT_TR_NOOP("day"))
WEEK = _here("week", QT_TR_NOOP("A week"), "Ctrl+2", "week", QT_TR_NOOP("week"))
MONTH = _here("month", QT_TR_NOOP("A month"), "Ctrl+3", "calendar", QT_TR_NOOP("month"))
DATES = _here("dates", QT_TR_NOOP("From one date to another"), "Ctrl+4", "calendar")
BACK = _here("back", QT_TR_NOOP("Back"), "Alt+Left", "left")
FORWARD = _here("forward", QT_TR_NOOP("Forward"), "Alt+Right", "right")
TODAY = _here("today", QT_TR_NOOP("Today"), "Ctrl+Home", "home")
GO_TO = _here("go-to", QT_TR_NOOP("Go to a date"), "Ctrl+G", "calendar")
EXPORT = Command(
    "usage.export", QT_TR_NOOP("Save as CSV"), ("Ctrl+S",), USAGE, icon="save", hint=QT_TR_NOOP("save CSV")
)

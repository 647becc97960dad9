"""The commands of alarms: they work in every place."""

from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.dialogs import HELP_ID
from clinic_desktop.ui.i18n import QT_TR_NOOP

HELP = Command(
    HELP_ID,
    QT_TR_NOOP("Call for help"),
    ("F12",),
    icon="bell",
    opens=True,
    also=QT_TR_NOOP("emergency alarm room sos"),
)
GO = Command(
    "window.to-alarm",
    QT_TR_NOOP("To the alarm"),
    ("Shift+F12",),
    icon="warning",
    opens=True,
    also=QT_TR_NOOP("late room pressure limit banner"),
)
ANSWER = Command(
    "window.answer-alarm",
    QT_TR_NOOP("Answer the alarm"),
    ("Ctrl+Shift+F12",),
    icon="check",
    also=QT_TR_NOOP("quiet silence help coming acknowledge banner"),
)
SOUND_TEST = Command(
    "window.test-sound",
    QT_TR_NOOP("Test the sound"),
    ("Ctrl+Shift+F11",),
    icon="sound",
    also=QT_TR_NOOP("alarm speaker tone loud mute"),
)

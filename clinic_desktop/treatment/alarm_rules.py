"""What is said about alarms."""

from clinic_desktop.foundation.rulebook import Rule, Severity

WHO = Rule(
    "alarm-who",
    "decision: alarms",
    Severity.HARD,
    "An alarm is answered by a named person. Say who you are at this desk, then answer it.",
)

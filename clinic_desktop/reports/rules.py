"""What the reports say of the days they are asked for."""

from clinic_desktop.foundation.rulebook import Rule, Severity

LAST_DAY_FIRST = Rule(
    "report-days",
    "decision: reports",
    Severity.LOCKED,
    "The last day lies before the first. Change one of them.",
)
TOO_MANY_DAYS = Rule(
    "report-years",
    "decision: reports",
    Severity.LOCKED,
    "That is more than ten years. Choose fewer days.",
)
BEYOND_CALENDAR = Rule(
    "report-calendar",
    "decision: reports",
    Severity.LOCKED,
    "The clinic's calendar does not reach these days. Check the years.",
)

"""What is said of how a course goes on: a long pause, and a review that a prescriber owes it."""

from clinic_desktop.foundation.rulebook import Rule, Severity

LOCKED, WARNING = Severity.LOCKED, Severity.WARNING

LAPSE = Rule(
    "lapse",
    "S9",
    WARNING,
    "{days} days from the last {modality} on {last}, more than {most}. A prescriber decides how to begin "
    "again, and a new order says so.",
)
REVIEW_WORDS = Rule("review-words", "S8", LOCKED, "Say what was decided.")
WEEK_FOUR, THREE_INFUSIONS, SIX_INFUSIONS = "week 4", "3 infusions", "6 infusions"
WORDS = (WEEK_FOUR, THREE_INFUSIONS, SIX_INFUSIONS)

"""What is told before a dose about the course it belongs to, and before a release. Nothing of it forbids
either."""

from clinic_desktop.foundation.rulebook import Rule, Severity

WARNING = Severity.WARNING

DOSE_SCORE = Rule(
    "dose-score", "S17", WARNING, "No score before this treatment: {names}. Ask {patient}, and type it in."
)
DOSE_REVIEW = Rule(
    "dose-review",
    "S8",
    WARNING,
    "The review after {after} of {modality} is due since {since}. A prescriber sees {patient}, or records "
    "what is decided.",
)
ITEM_NINE_OPEN = Rule(
    "item-9-open",
    "decision: scores",
    WARNING,
    "{patient} has thoughts of being better off dead or of self-harm: {answer} (PHQ-9 of {day}, item 9). A "
    "prescriber sees {patient}, and answers the urgent message.",
)

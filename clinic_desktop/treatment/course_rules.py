"""What is told before a dose about the course it belongs to. Nothing of it forbids the dose."""

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

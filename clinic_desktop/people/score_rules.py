"""What is said of scores: slips of the pen, and what a prescriber is told at once."""

from clinic_desktop.foundation.rulebook import Rule, Severity

LOCKED, WARNING = Severity.LOCKED, Severity.WARNING
_SCORES = "decision: scores"

INSTRUMENT = Rule("score-instrument", _SCORES, LOCKED, "There is no such questionnaire here. Pick one.")
EMPTY = Rule("score-empty", _SCORES, LOCKED, "Type the answers in a row, or the total alone.")
ANSWERS = Rule("score-answers", _SCORES, LOCKED, "{name} has {wanted} answers; {typed} are typed.")
ANSWER = Rule("score-answer", _SCORES, LOCKED, "An answer of {name} lies between 0 and {most}. Look again.")
TOTAL = Rule("score-total", _SCORES, LOCKED, "A total of {name} lies between 0 and {most}. Look again.")
LATER = Rule("score-later", _SCORES, LOCKED, "That day is still to come. Give the day of the answers.")
WHY = Rule("score-why", _SCORES, LOCKED, "Say why it is corrected. The first entry stays on record.")
CORRECTED = Rule(
    "score-corrected", _SCORES, LOCKED, "Somebody has corrected this score already. Correct the newer one."
)
OTHER_PATIENT = Rule(
    "score-patient", _SCORES, LOCKED, "That visit is another patient's. Pick the visit of this one."
)
ITEM_NINE = Rule(
    "score-item-9",
    _SCORES,
    WARNING,
    "{patient} has thoughts of being better off dead or of self-harm: {answer} (PHQ-9, item 9). "
    "The prescribers have an urgent message. Tell one in person now.",
)
ITEM_NINE_UNKNOWN = Rule(
    "score-item-9-unknown",
    _SCORES,
    WARNING,
    "A total does not say how {patient} answered item 9, thoughts of self-harm. Look at the form, and tell a "
    "prescriber at once unless it says not at all.",
)

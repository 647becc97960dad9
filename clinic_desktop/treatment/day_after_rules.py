"""What is said of the check-in call of the day after, and of what it puts before the prescriber."""

from clinic_desktop.foundation.rulebook import Rule, Severity

_DECISION = "decision: day after"


def _rule(code: str, sentence: str, severity: Severity = Severity.LOCKED) -> Rule:
    return Rule(f"after-call-{code}", _DECISION, severity, sentence)


NOT_OVER = _rule("not-over", "This visit did not end in a treatment. There is nothing to call about.")
NOTHING = _rule(
    "nothing",
    "Nothing was asked. Answer a question with y or n, or write in the note why none could be asked. Where "
    "the patient was not reached, choose that.",
)
UNKNOWN = _rule(
    "unknown", "One of these answers is to no question, or is yes and no at once. Answer it anew."
)
NOBODY = _rule("nobody", "Nobody was spoken to, so there are no answers. Choose “Reached” to keep them.")
WHAT_ELSE = _rule("what-else", "Write down what else worries the patient. The prescriber reads it.")
CLOSE_EARLY = _rule(
    "close-early",
    "Tried {tries} of {most} times. Call again; after {most} it may be closed as not reached.",
)
CORRECTED = _rule("corrected", "This record was corrected already. Correct the newer one.")
ASKED = _rule(
    "asked",
    "At the call after {type} on {day}, yes to: {items}. {note}Say what is to be done.",
    Severity.WARNING,
)
SIGN = _rule(
    "sign",
    "Told to {who} and read back at {at}: {words} (yes to: {items}). Sign that you said it.",
    Severity.WARNING,
)
SIGN_LATE = _rule(
    "sign-late",
    "Told to {who} and read back on {day}: {words} (yes to: {items}). Your signature was due that day.",
    Severity.WARNING,
)
SAY_WHAT = _rule("say-what", "Say what is to be done. It stays with the call.")
END_OPEN = _rule(
    "end-open",
    "Treated {day}, and the check-in call is not done. Tries: {tries}. Call, or say why not.",
    Severity.WARNING,
)
END_LAST = _rule(
    "end-last",
    "Treated {day}, and the check-in call is not done. Tries: {tries}. Today is its last day.",
    Severity.WARNING,
)
END_CLOSED = _rule(
    "end-closed",
    "Treated {day}, not reached in {tries} tries. {who} closed it today.",
    Severity.WARNING,
)
END_RED = _rule("end-red", "Yes to: {items}. No prescriber has answered yet.", Severity.WARNING)

"""What the end of the day says, line by line: what is still open, and what the week leaves."""

from clinic_desktop.foundation.rulebook import Rule, Severity


def _line(code: str, sentence: str, reference: str = "decision: end of the day") -> Rule:
    return Rule(f"end-{code}", reference, Severity.WARNING, sentence)


HERE = _line("here", "Still here: {state}. Record how the stay ends.")
UNSIGNED = _line("unsigned", "Everything is settled, and nobody released. Sign the release.", "H4")
UNCLOSED = _line("unclosed", "The visit of {day} has no end on record. Record it with its time.")
FORM_LATE = _line("form-late", "The REMS form was due {due} and is not recorded as sent.", "H10")
FORM_TODAY = _line("form-today", "The REMS form is due today. Send it, and record the day.", "H10")
FORM_CLOSED = _line(
    "form-closed",
    "The REMS form is due {due}, and the clinic is closed until {open}. Send it today.",
    "H10",
)
FORM_SOON = _line("form-soon", "The REMS form is due {due}.", "H10")
FORM_UNSENT = _line("form-unsent", "The REMS form is not sent; it is due {due}.", "H10")
SHEET = _line("sheet", "Treated, and no sheet is on record as handed over. Record it, or call.", "H9")
PRINT_FAILED = _line(
    "print-failed", "The {what} did not come out at {at}. Print it again, or hand over one on paper.", "H9"
)
PRINT_UNKNOWN = _line(
    "print-unknown", "The {what} was sent at {at}. Nobody knows whether it came out. Look at {printer}.", "H9"
)
HELP_OPEN = _line(
    "help-open", "Help was called to {where} at {at}, and nobody answered. Say what came of it."
)
HELP_ANSWERED = _line(
    "help-answered",
    "Help was called to {where} at {at}, and {who} answered at {answered}. Say on the floor what came of it.",
)
NEXT_VISIT = _line("next-visit", "Treated {day}, and no next visit is booked. Offer one.")
NEXT_TO_PLACE = _line(
    "next-to-place", "Treated {day}, and the course has visits without a time: {count}. Offer one."
)

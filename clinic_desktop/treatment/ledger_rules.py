"""What the REMS ledger says: when a form is pressing, what it lacks, and slips of the pen in it."""

from clinic_desktop.foundation.rulebook import Rule, Severity

_WARNING, _LOCKED = Severity.WARNING, Severity.LOCKED

# How pressing a form is.
FORM_SOON = Rule(
    "form-soon",
    "S12",
    _WARNING,
    "Day {n} of {days}. The form is due {due}: fill it in, send it, record the day.",
)
FORM_LAST_DAY = Rule(
    "form-last-day", "S12", _WARNING, "Day {n} of {days}. The form is due today: send it, and record the day."
)
FORM_LATE = Rule(
    "form-late", "S12", _WARNING, "The form was due {due} and is not recorded as sent. Send it today."
)
FORM_WEEK = Rule(
    "form-week",
    "S25",
    _WARNING,
    "The week ends, and forms not recorded as sent: {count}. Send them before you close.",
)

# What a form lacks.
LACKS_END = Rule(
    "form-lacks-end", "H10", _WARNING, "Nobody recorded how the session ended. Record it on the floor."
)
LACKS_ANSWERS = Rule("form-lacks-answers", "H10", _WARNING, "Its questions are not answered.")
LACKS_ENROLMENT = Rule(
    "form-lacks-enrolment", "H2", _WARNING, "No day of enrolment on or before the session is on record."
)
LACKS_BIRTH_DATE = Rule("form-lacks-birth-date", "H10", _WARNING, "The birth date is not on record.")
LACKS_SEX = Rule("form-lacks-sex", "H10", _WARNING, "The sex is not on record.")


def _slip(code: str, sentence: str) -> Rule:
    return Rule(f"slip-form-{code}", "H10", _LOCKED, sentence)


FORM_SENT = _slip("sent", "The form was sent between {first}, its session, and today. Change the date.")
FORM_OPEN = _slip("open", "The session has no end on record. Record it on the floor, then fill in the form.")
FORM_SENT_ALREADY = _slip("closed", "The form was sent {day}. What it says stays as it is.")
FORM_UNANSWERED = _slip("unanswered", "Questions without an answer: {count}. Answer each with yes or no.")
FORM_EVENT = _slip("event", "Say what happened, in a few words.")
FORM_NOT_SENT = _slip("not-sent", "The form is not recorded as sent. There is nothing to take back.")
FORM_REASON = _slip("reason", "Say why it is taken back, in a few words. Both stay on record.")
READY_UNLIKELY = Rule(
    "form-ready-unlikely",
    "H10",
    Severity.HARD,
    "Ready to leave after {minutes} minutes from the first device is unusual. Is it right?",
)
FORM_READY = _slip("ready", "Minutes from the first device, like 95. Leave it empty where nobody can say.")

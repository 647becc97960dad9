"""What is said of a call: it is on record, and something else was not possible."""

from clinic_desktop.foundation.rulebook import Rule, Severity

WARNING = Severity.WARNING

CALL_MOVED = Rule(
    "call-moved",
    "decision: going home",
    WARNING,
    "The call is on record. The visit was moved meanwhile, to {time} on {day}: call about the new time.",
)
VOICEMAIL_NOT_ALLOWED = Rule(
    "voicemail-not-allowed",
    "decision: privacy",
    WARNING,
    "{patient} has not allowed messages on the phone. Ask at the next call, and note it on the record.",
)
TEXT_NOT_ALLOWED = Rule(
    "text-not-allowed",
    "decision: privacy",
    WARNING,
    "{patient} has not allowed texts. Ask at the next call, and note it on the record.",
)
CARD_MOVED = Rule(
    "card-moved",
    "R-18",
    WARNING,
    "The course card printed on {day} names {times}; now it is {now}. Tell {patient}, and print a new card.",
)
CARD_GONE = Rule(
    "card-gone",
    "R-18",
    WARNING,
    "The course card printed on {day} names {times}, and nothing is booked then any more. Tell {patient}, "
    "and print a new card.",
)
DAY_SHEET_STALE = Rule(
    "day-sheet-stale",
    "R-18",
    WARNING,
    "The day sheet printed on {day} at {time} is not true any more. Visits that changed since: {count}. "
    "Print it anew.",
)
WAIT_TWICE = Rule(
    "waits-already",
    "decision: waitlist",
    Severity.LOCKED,
    "{patient} waits for {type} already. Change that entry instead.",
)
WAIT_OVER = Rule(
    "wait-over",
    "decision: waitlist",
    Severity.LOCKED,
    "This entry of the waitlist is closed already. Look at the list again.",
)
MESSAGE_EMPTY = Rule(
    "message-empty", "decision: messages", Severity.LOCKED, "Write down what the caller said."
)
MESSAGE_FOR = Rule("message-for", "decision: messages", Severity.LOCKED, "Say whom the message is for.")
ANSWER_EMPTY = Rule(
    "answer-empty", "decision: messages", Severity.LOCKED, "Write down what was answered, or what was done."
)
ANSWERED_ALREADY = Rule(
    "answered-already",
    "decision: messages",
    Severity.LOCKED,
    "{who} has answered this message already. Look at the list again.",
)
WAIT_DATES = Rule(
    "wait-dates", "decision: waitlist", Severity.LOCKED, "The last day is before the first. Check both."
)

"""What waits for a prescriber, as it is said in "My decisions", and what is said of the answers."""

from clinic_desktop.foundation.rulebook import Rule, Severity

_WARNING, _LOCKED, _HARD = Severity.WARNING, Severity.LOCKED, Severity.HARD
_DECISIONS = "decision: orders and the prescriber"

PRESSURE = Rule(
    "decide-pressure",
    "H5",
    _WARNING,
    "Pressure {reading} at {at}. Accept it, or let it be taken again.",
)
PRESSURE_NOT_TODAY = Rule(
    "decide-pressure-not-today",
    "H5",
    _WARNING,
    "Pressure {reading} at {at}. Not treated today, it was said at {said}. The room ends the visit; to go on "
    "after all, accept a pressure.",
)
PRESSURE_AGAIN = Rule(
    "decide-pressure-again",
    "H5",
    _WARNING,
    "Pressure {reading} at {at}. To be taken again, it was said at {said}. Accept it, or wait for the new "
    "one.",
)
OVERRIDE_DOSE = Rule(
    "decide-driver", "H7", _WARNING, "To dose without a driver, because: {why} Asked by {who} at {at}."
)
OVERRIDE_RELEASE = Rule(
    "decide-driver-release",
    "H7",
    _WARNING,
    "To release without a driver, because: {why} Asked by {who} at {at}.",
)
OVERRIDE_84 = Rule(
    "decide-first-84", "H6", _WARNING, "84 mg on the first day, because: {why} Asked by {who} at {at}."
)
COSIGN = Rule(
    "decide-cosign",
    _DECISIONS,
    _WARNING,
    "Told to {who} and read back at {at}: {what} ({entry}). Sign that you said it.",
)
COSIGN_LATE = Rule(
    "decide-cosign-late",
    _DECISIONS,
    _WARNING,
    "Told to {who} and read back on {day}: {what} ({entry}). Your signature was due that day.",
)
REVIEW = Rule(
    "decide-review",
    "S8",
    _WARNING,
    "The review after {after} of {modality} is due since {day}. Say how the course goes on; a visit with a "
    "prescriber settles it too.",
)
INCIDENT = Rule(
    "decide-incident",
    "decision: permission and truth",
    _WARNING,
    "An incident is open. Say what was decided; it stays with it.",
)
CLEARANCE = Rule(
    "decide-clearance",
    "H1",
    _WARNING,
    "{modality} on {day} is held: {patient} is not cleared for it. Clear, or let the visit be cancelled.",
)
CONSULTATION = Rule(
    "decide-consultation",
    "H1",
    _WARNING,
    "The consultation on {day} is over, and nothing is decided. Clear for a treatment, or say why not.",
)
RENEWAL = Rule(
    "decide-renewal",
    "decision: courses",
    _WARNING,
    "The clearance for {modality} ends on {day}, and visits come after it. Renew it.",
)
RENEWAL_ENDED = Rule(
    "decide-renewal-ended",
    "decision: courses",
    _WARNING,
    "The clearance for {modality} ended on {day}, and visits come after it. Renew it.",
)
ORDER_NEEDED = Rule(
    "decide-order",
    "decision: courses",
    _WARNING,
    "{modality} on {day} is week {week} and needs an order. Write one.",
)
ORDER_UNSETTLED = Rule(
    "decide-order-unsettled",
    "decision: orders",
    _WARNING,
    "Two records became one, and both had an order for {modality}: {orders}. Neither counts. Write another.",
)
ORDER_USED_UP = Rule(
    "decide-order-used-up",
    "decision: orders",
    _WARNING,
    "The order for {modality} has no visit left for {day}. Write a new one.",
)
ORDER_ENDS = Rule(
    "decide-order-ends",
    "decision: orders",
    _WARNING,
    "The order for {modality} ends on {until}, and a visit is booked on {day}. Write a new one.",
)
TEXT = Rule(
    "decide-text",
    "decision: sheets",
    _WARNING,
    "“{text}”, {language}, version {number}, waits for your approval.",
)

TOLD_DENIED = Rule(
    "told-denied",
    _DECISIONS,
    _HARD,
    "What was written down as the prescriber's word was not said so.",
)


def _slip(code: str, sentence: str) -> Rule:
    return Rule(f"slip-{code}", _DECISIONS, _LOCKED, sentence)


ASKED_ALREADY = _slip("asked-already", "This was asked already. A prescriber has not answered yet.")
ANSWERED_ALREADY = _slip("answered-already", "This was answered already. The answer stays as it is.")
TOLD_BY = _slip("told-by", "Say which prescriber said it.")
TOLD_WHO_DECIDED = _slip(
    "told-who-decided", "Say which prescriber decided so, read back. It waits for their signature."
)
TOLD_WHAT = _slip("told-what", "Write what the prescriber said, word for word.")
TOLD_KIND = _slip(
    "told-kind", "Of what a prescriber said only the acceptance of a pressure stands as their own act."
)
TOLD_CHANGED = _slip(
    "told-changed", "Whose word it is cannot be corrected. Strike the entry out, and record it anew."
)
TOLD_SELF = _slip("told-self", "What you say yourself needs no second signature. Record it as your own.")
TOLD_OTHER = _slip("told-other", "{name} said it, and signs it.")

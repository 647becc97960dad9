"""What is told of the driver on the day. None of it keeps a dose or a release shut; the gates do that."""

from clinic_desktop.foundation.rulebook import Rule, Severity, Word

THE_DRIVER = Word("the driver")  # where nobody is named

MUST_STAY = Rule(
    "driver-must-stay",
    "S13; E2",
    Severity.WARNING,
    "For visits from {time} on the driver stays in the house, and nobody is recorded as here. Ask {driver} "
    "to stay, and record it with F9.",
)
AFTER_RELEASE = Rule(
    "driver-arrives-late",
    "decision: going home; E2",
    Severity.WARNING,
    "Expected at {time}: {driver}. The patient may leave from {release} on; until somebody comes there is "
    "the waiting chair.",
)
OVERDUE = Rule(
    "driver-overdue",
    "decision: going home; E2",
    Severity.WARNING,
    "Expected at {time}, and not here: {driver}. Call again, or call the emergency contact.",
)
CALL_AGAIN = Rule(
    "driver-call-again",
    "decision: going home; E2",
    Severity.WARNING,
    "Called at {time}, and not reached: {driver}. Call again.",
)
CALL_NOW = Rule(
    "driver-call",
    "decision: going home; E2",
    Severity.WARNING,
    "Call {driver} now: it takes {minutes} minutes to come, and the patient may leave from {release} on.",
)

RULES: tuple[Rule, ...] = tuple(value for value in dict(vars()).values() if isinstance(value, Rule))

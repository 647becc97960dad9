"""What the program says of any record, whatever it is about."""

from clinic_desktop.foundation.rulebook import Rule, Severity

LOCKED, WARNING = Severity.LOCKED, Severity.WARNING

RIGHT_MISSING = Rule(
    "right",
    "decision: rights",
    LOCKED,
    "This needs the right to {right}. A {roles} can do it. A manager grants it with the role, in Set-up.",
)
STALE_EDIT = Rule(
    "changed-meanwhile",
    "decision: several desks",
    LOCKED,
    "This {kind} was changed meanwhile. Look at it again, then repeat your change.",
)
NOT_FOUND = Rule("not-found", "decision: several desks", LOCKED, "There is no {kind} {name}.")
TAKEN = Rule(
    "taken-meanwhile",
    "H8",
    LOCKED,
    "{places} was just taken. Your visit is not booked. Pick another time.",
)
TIME_TAKEN = Rule(
    "time-taken-meanwhile",
    "H8",
    LOCKED,
    "That time was just taken. Your visit is not booked. Pick another time.",
)
UNSTORABLE = Rule(
    "text-unstorable",
    "decision: storage",
    LOCKED,
    "This text holds a sign that cannot be stored. Delete it and type it again.",
)
TOO_LARGE = Rule(
    "number-too-large", "decision: storage", LOCKED, "This number is too large to be stored. Check it."
)

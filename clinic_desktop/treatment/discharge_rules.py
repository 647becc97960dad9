"""The rules of discharge forms. Where they are asked: :mod:`clinic_desktop.treatment.discharge`."""

from clinic_desktop.foundation.rulebook import Rule, Severity

FORM_MISSING = Rule(
    "release-form",
    "3.3",
    Severity.HARD,
    "{form} is not scored, and this visit asks for it. One from {since} on counts.",
)
FORM_LOW = Rule(
    "release-form-low",
    "3.3",
    Severity.HARD,
    "{form} at {at} is {total} of {most}, and {least} are needed. Wait, and score it again.",
)
FORM_LOW_SAID = Rule(
    "form-low",
    "3.3",
    Severity.WARNING,
    "{form} at {at} is {total} of {most}; from {least} on somebody is ready.",
)
FORM_ITEMS = Rule(
    "slip-form", "3.3", Severity.LOCKED, "{form} asks a number from 0 to {most} for each: {items}."
)
FORM_WHICH = Rule("slip-form-which", "3.3", Severity.LOCKED, "Say which form: {known}.")

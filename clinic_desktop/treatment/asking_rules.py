"""The rules about what is asked of the patient before a dose.

The soft ones forbid nothing: whoever gives the dose all the same says why, and the reason stays with it.
Where they are asked: :mod:`clinic_desktop.treatment.asking`.
"""

from clinic_desktop.foundation.rulebook import Rule, Severity

LOCKED, HARD, WARNING = Severity.LOCKED, Severity.HARD, Severity.WARNING

DOSE_NOT_ASKED = Rule(
    "dose-not-asked",
    "S2; S3; S4; S5; S16; S18",
    WARNING,
    "Not asked today: {items}. Ask, and record it like 'asked food 7:30 preg no meds none'. Or say why "
    "the dose is given.",
)
DOSE_FOOD = Rule(
    "dose-food",
    "S2",
    WARNING,
    "Food at {since}, less than {least} before the dose. Wait until {time}, or say why it is given.",
)
DOSE_LIQUID = Rule(
    "dose-liquid",
    "S3",
    WARNING,
    "Liquids at {since}, less than {least} before the dose. Wait until {time}, or say why it is given.",
)
DOSE_FASTING = Rule(
    "dose-fasting",
    "S4",
    WARNING,
    "Not fasted: {what} at {since}, less than {least} before the dose. Wait until {time}, or say why it is "
    "given.",
)
DOSE_SPRAY = Rule(
    "dose-spray",
    "S5",
    WARNING,
    "Nasal spray at {since}, less than {least} before the dose. Wait until {time}, or say why it is given.",
)
DOSE_PREGNANCY = Rule(
    "dose-pregnancy",
    "S16",
    WARNING,
    "Whether {patient} is pregnant is not known. Test or ask again, or say why the dose is given.",
)
DOSE_PREGNANT = Rule(
    "dose-pregnant",
    "S16; L5",
    WARNING,
    "{patient} is pregnant. Ask a prescriber first, and say what was decided.",
)
DOSE_LISTED = Rule(
    "dose-listed",
    "S18",
    WARNING,
    "Taken today: {items}. Ask a prescriber whether the dose is given, and say what was decided.",
)
DOSE_OXIMETER = Rule(
    "dose-oximeter",
    "H3",
    HARD,
    "There is no pulse oximeter here. Bring one and record an oxygen, or do not give the dose.",
)

ANSWERS = Rule(
    "slip-answers",
    "decision: permission and truth",
    LOCKED,
    "Write what was answered, like 'asked food 7:30 liquid 9:15 spray none preg no meds none'.",
)
ANSWER_TO_COME = Rule(
    "slip-answer-time",
    "decision: permission and truth",
    LOCKED,
    "Later than it was asked: {what}. Look at the time again.",
)

DECIDED_SO = "A prescriber was asked and decided so"  # a reason of which it is kept who that was

DOSE_NOT_TODAY = Rule(
    "dose-not-today",
    "H5",
    WARNING,
    "{who} said at {at}: not treated today. End the visit (Ctrl E), or ask them again, and say what was "
    "decided.",
)
SOFT = frozenset(
    one.code
    for one in (
        DOSE_NOT_ASKED,
        DOSE_FOOD,
        DOSE_LIQUID,
        DOSE_FASTING,
        DOSE_SPRAY,
        DOSE_PREGNANCY,
        DOSE_PREGNANT,
        DOSE_LISTED,
        DOSE_NOT_TODAY,
    )
)
"""Codes of what a reason said with the dose goes past."""

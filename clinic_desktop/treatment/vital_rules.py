"""The rules about what was measured: oxygen, how old a pressure is, and numbers that may be a slip.

Where they are asked: :mod:`clinic_desktop.treatment.oxygen`, :mod:`clinic_desktop.treatment.vitals`,
:mod:`clinic_desktop.treatment.dosing` and :mod:`clinic_desktop.treatment.leaving`.
"""

from clinic_desktop.foundation.rulebook import Rule, Severity

LOCKED, HARD, WARNING = Severity.LOCKED, Severity.HARD, Severity.WARNING

DOSE_PRESSURE_OLD = Rule(
    "dose-pressure-old",
    "S1",
    WARNING,
    "Pressure {reading} at {at} is more than {minutes} minutes old. Take it again before the dose.",
)
DOSE_OXYGEN_LOW = Rule(
    "dose-oxygen-low",
    "H5",
    HARD,
    "Oxygen {oxygen} at {at} is at or below {limit}. Take it again, or a prescriber accepts it.",
)
RELEASE_OXYGEN_LOW = Rule(
    "release-oxygen-low",
    "H5; [S1]",
    HARD,
    "Oxygen {oxygen} at {at} is at or below {limit}. Nobody leaves with it. Take it again, or a prescriber "
    "accepts it.",
)
OXYGEN_TELL = Rule(
    "oxygen-tell",
    "decision: release; [S1]",
    WARNING,
    "Oxygen {oxygen} is at or below {limit}. Tell the prescriber, and take it again.",
)
SEDATION_TELL = Rule(
    "sedation-tell",
    "decision: release; clinic choice",
    WARNING,
    "Sedation {score}: answers to pain alone, or to nothing. Call for help (F12) and the prescriber, and "
    "score it again.",
)
RELEASE_SEDATED = Rule(
    "release-sedated",
    "H5; clinic choice",
    LOCKED,
    "Sedation {score} at {at} is not awake. Score it again: nobody leaves at 3 or below.",
)
SETTLED_AGAINST = Rule(
    "settled-against",
    "decision: permission and truth",
    WARNING,
    "The last {what} on record is {number}, at {at}. Record how it is now. Is settled right?",
)
RELEASE_PRESSURE_TELL = Rule(
    "release-pressure-tell",
    "decision: release",
    LOCKED,
    "Pressure {reading} is at or above {limit} and did not fall twice. Take it again, or a prescriber "
    "accepts it.",
)

# Asked once more; said again, it is recorded.
UNLIKELY_PRESSURE = Rule(
    "vitals-unlikely-pressure",
    "decision: permission and truth",
    WARNING,
    "Pressure {reading} is unusual. Is it right?",
)
UNLIKELY_PULSE = Rule(
    "vitals-unlikely-pulse",
    "decision: permission and truth",
    WARNING,
    "Pulse {pulse} is unusual. Is it right?",
)
UNLIKELY_OXYGEN = Rule(
    "vitals-unlikely-oxygen",
    "decision: permission and truth",
    WARNING,
    "Oxygen {oxygen} is unusual. Is it right?",
)
VITALS_TURNED = Rule(
    "vitals-turned",
    "decision: permission and truth",
    WARNING,
    "Pulse {pulse} and oxygen {oxygen}: pulse comes first. Is it right, or are the two turned round?",
)

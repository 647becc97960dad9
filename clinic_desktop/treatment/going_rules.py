"""The rules about somebody who goes while an infusion is on record as running.

Where they are asked: :mod:`clinic_desktop.treatment.going`.
"""

from clinic_desktop.foundation.rulebook import Rule, Severity

GONE_INFUSED = Rule(
    "gone-infused",
    "decision: states",
    Severity.WARNING,
    "Nobody recorded that the infusion was stopped. Record when it was, like 10:40 e, and the line: l.",
)
GONE_LINE = Rule(
    "gone-line",
    "decision: states",
    Severity.WARNING,
    "Nobody recorded that the line is out. Record it with its time, like 10:40 l; if it is still in, say so "
    "to the prescriber and in the call.",
)

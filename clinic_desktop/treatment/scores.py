"""Sedation, dissociation and nausea in numbers, each on its own scale."""

from clinic_desktop.foundation.rulebook import Finding, Problems, Rule, Severity, Word
from clinic_desktop.treatment.model import Stamp, StampKind

MOST: dict[StampKind, int] = {
    StampKind.SEDATION: 5,  # MOAA/S: 5 answers readily, 0 answers to nothing
    StampKind.DISSOCIATION: 3,  # none, mild, moderate, severe
    StampKind.NAUSEA: 3,
}
SCORE = Rule(
    "slip-score", "2.3", Severity.LOCKED, "A score of {scale} is a number from 0 to {most}. Look at it again."
)


def score_slips(stamp: Stamp) -> Problems:
    """A score outside of its scale, or none."""
    most = MOST.get(stamp.kind)
    if most is None or (stamp.score is not None and 0 <= stamp.score <= most):
        return {}
    return {"score": Finding(SCORE, {"scale": Word(stamp.kind), "most": most})}

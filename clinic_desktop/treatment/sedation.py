"""Sedation in numbers (MOAA/S) since the dose: whom help is called for, and who is not awake enough to leave.
Pure.

No source read says from which score on somebody is called; these are our choice [clinic choice]: 1 answers
to pain alone, 0 to nothing; at 3 somebody must be called loudly, and does not walk out.
"""

from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.oxygen import low_oxygen
from clinic_desktop.treatment.session import GIVEN, when
from clinic_desktop.treatment.vital_rules import RELEASE_SEDATED, SEDATION_TELL, SETTLED_AGAINST

DEEP, NOT_AWAKE = 1, 3  # MOAA/S, at or below
_MODERATE = 2  # dissociation, at or above


def last_score(care: Care, kind: StampKind) -> Stamp | None:
    """The last score of a kind since the first dose."""
    first = care.session.first(*GIVEN)
    found = care.session.last(kind)
    if first is None or found is None or found.score is None or found in care.session.before(first).stamps:
        return None
    return found


def deeply_sedated(care: Care) -> Stamp | None:
    """The last score, while it says that somebody answers to pain alone or to nothing."""
    return _at_most(care, DEEP)


def not_awake(care: Care) -> list[Finding]:
    """What keeps somebody from leaving; a better score later takes it away."""
    last = _at_most(care, NOT_AWAKE)
    if last is None:
        return []
    return [care.says(RELEASE_SEDATED, score=last.score or 0, at=care.shown(when(last)))]


def sedation_told(care: Care, stamp: Stamp) -> list[Finding]:
    """What is said at once of a score as it is recorded."""
    if not care.session.dosed or stamp.score is None or stamp.score > DEEP:
        return []
    return [care.says(SEDATION_TELL, score=stamp.score)]


def against_settled(care: Care, stamp: Stamp) -> list[Finding]:
    """ "Settled" is signed while the last numbers say otherwise: asked once more."""
    if stamp.kind is not StampKind.SETTLED or stamp.corrects is not None:
        return []
    sedated, oxygen = _at_most(care, NOT_AWAKE), low_oxygen(care)
    dissociated = last_score(care, StampKind.DISSOCIATION)
    if dissociated is not None and (dissociated.score or 0) < _MODERATE:
        dissociated = None
    return [
        care.says(SETTLED_AGAINST, what=one.kind, number=number, at=care.shown(when(one)))
        for one, number in (
            (sedated, sedated.score if sedated else None),
            (dissociated, dissociated.score if dissociated else None),
            (oxygen, oxygen.oxygen if oxygen else None),
        )
        if one is not None and number is not None
    ]


def _at_most(care: Care, score: int) -> Stamp | None:
    last = last_score(care, StampKind.SEDATION)
    return last if last is not None and last.score is not None and last.score <= score else None

"""What happens in some stays of the demo clinic besides: a rate is changed, a form is scored, a word is told
and read back. Pure, and the same visit is always the same.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from clinic_desktop.scheduling.discharge_forms import FORMS
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.treatment.model import Stamp, StampKind

K = StampKind
_BAG = 50  # mL
_FORM = "aldrete"
_RATED, _SCORED, _TOLD = 6, 6, 11  # of so many visits one
_WORDS = (
    "The same dose next time.",
    "Water and a dim light. Call me if it lasts.",
    "Go on as planned.",
)


def infused(visit: Visit, start: Stamp, length: int) -> Iterator[Stamp]:
    """The start of an infusion; of some with the pump's rate, made slower for a while when they are dizzy."""
    if visit.id % _RATED or start.at is None or start.dose is None:
        yield start
        return
    rate = _BAG * 60 / length
    yield replace(start, rate=rate, concentration=start.dose / _BAG)
    for minutes, share, note in ((12, 0.8, "Dizzy. Slower."), (22, 1.15, "Better again.")):
        at = start.at + timedelta(minutes=minutes)
        yield Stamp(kind=K.RATE, at=at, rate=round(rate * share), note=note)


def checked_too(visit: Visit, at: datetime, prescriber: int) -> Iterator[Stamp]:
    """Before somebody goes: the form that some nurses score, and what the prescriber said by telephone."""
    if visit.id % _SCORED == 0:
        scores = (2,) * (len(FORMS[_FORM]) - 1)
        yield Stamp(kind=K.DISCHARGE_FORM, at=at, form=_FORM, form_scores=(*scores, 1 + visit.id % 2))
    if visit.id % _TOLD == 0 and prescriber:
        words = _WORDS[visit.id % len(_WORDS)]
        yield Stamp(kind=K.SAID, at=at, told_by=prescriber, note=words)

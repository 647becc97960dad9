"""What a prescriber answered to a pressure instead of accepting it, as notes to the room. Pure."""

from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.moments import by
from clinic_desktop.treatment.session import when

TAKE_AGAIN = "Take the pressure again."
NOT_TODAY = "Not treated today."


def not_today(care: Care) -> Stamp | None:
    """A prescriber's word that nothing is given today; until a prescriber accepts a pressure after it."""
    said = _last(care, NOT_TODAY)
    if said is None:
        return None
    accepted = care.session.all_of(StampKind.PRESSURE_ACCEPTED)
    again = any(
        care.is_prescriber(one.told_by or one.by) and by(when(said), when(one)) and one.id > said.id
        for one in accepted
    )
    return None if again else said


def answered_to(care: Care, reading: Stamp) -> Stamp | None:
    """The last of these answers that came after a reading."""
    found = [one for one in (_last(care, TAKE_AGAIN), _last(care, NOT_TODAY)) if one is not None]
    later = [one for one in found if by(when(reading), when(one))]
    return max(later, key=lambda one: (when(one), one.id), default=None)


def says_not_today(said: Stamp) -> bool:
    return said.note.startswith(NOT_TODAY)


def answers_pressure(said: Stamp) -> bool:
    """Whether it is such an answer, where a prescriber wrote it."""
    return said.kind is StampKind.NOTE and said.note.startswith((TAKE_AGAIN, NOT_TODAY))


def _last(care: Care, words: str) -> Stamp | None:
    notes = care.session.all_of(StampKind.NOTE)
    found = [one for one in notes if one.note.startswith(words) and care.is_prescriber(one.by)]
    return found[-1] if found else None

"""Times of a visit that cannot all be true: nobody is released while they stand. Pure.

A correction is always saved, for it says how it was. But the floor is reckoned from what was given, so one
wrong time may open the door too early: that the visit contradicts itself is what shows it.
"""

from clinic_desktop.foundation.rulebook import Finding, Word
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.moments import after
from clinic_desktop.treatment.rules import TIMES_CONTRADICT
from clinic_desktop.treatment.session import GIVEN, Session, when

K = StampKind
_ONE_AFTER_THE_OTHER: tuple[tuple[StampKind, ...], ...] = (
    (K.ARRIVED,), (K.IN_ROOM, K.MOVED_ROOM), (K.DOSE, K.INFUSION_START), (K.INFUSION_START,),
    (K.INFUSION_STOP,),
)  # fmt: skip


def against_order(care: Care) -> list[Finding]:
    """Each time that lies before what must have come before it, of what had happened by then."""
    return [_says(care, early, late) for early, late in contradictions(care.session)]


def against_record(care: Care) -> list[Finding]:
    """The same of what is on record for later, while a release is recorded: the database asks all of it,
    whenever the release is said to have been. What is recorded afterwards changes no permission.

    Nobody is given or measured something after they were released, either."""
    by_then = contradictions(care.session)
    found = [_says(care, *both) for both in contradictions(care.whole) if both not in by_then]
    later = care.whole.last(*GIVEN, K.VITALS, K.SEDATION)
    if later is not None and after(when(later), care.at):
        found.append(_says(care, Stamp(kind=K.RELEASED, at=care.at), later))
    return found


def contradictions(session: Session) -> list[tuple[Stamp, Stamp]]:
    """Each entry that is too early, and the latest of those that must have come before it."""
    out: list[tuple[Stamp, Stamp]] = []
    latest: Stamp | None = None
    for kinds in _ONE_AFTER_THE_OTHER:
        found = session.first(*kinds)
        if found is None:
            continue
        if latest is not None and after(when(latest), when(found)):
            if (found, latest) not in out:
                out.append((found, latest))
        else:
            latest = found
    return out


def _says(care: Care, early: Stamp, late: Stamp) -> Finding:
    return care.says(
        TIMES_CONTRADICT,
        entry=Word(early.kind),
        time=care.shown(when(early)),
        other=Word(late.kind),
        other_time=care.shown(when(late)),
    )

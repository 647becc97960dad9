"""A danger that is taken off the record before a prescriber answered for it: a pressure at the emergency
limit, a deep sedation or a low oxygen that an entry corrects, or strikes out, so that it stands no more.

What was recorded first may be the truth and the correction the slip. So the correction is saved, an incident
goes to the prescriber, and nobody is released before the answer.
"""

from dataclasses import replace

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.treatment.acknowledging import emergency_standing
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.oxygen import oxygen_to_tell
from clinic_desktop.treatment.sedation import deeply_sedated
from clinic_desktop.treatment.session import Session

_DANGERS = (emergency_standing, deeply_sedated, oxygen_to_tell)


def undoes_danger(actor: Actor, care: Care, after: Session, saved: Stamp) -> bool:
    """Whether ``saved`` takes off the record what calls for a prescriber in somebody who was dosed and is
    here. care: now, before it. after: with it. A prescriber's own correction is the answer."""
    if saved.corrects is None or Role.PRESCRIBER in actor.roles:
        return False
    if not care.whole.dosed or care.whole.ended_at is not None:
        return False
    before, then = replace(care, session=care.whole), replace(care, session=after, whole=after)
    return any(look(before) is not None and look(then) is None for look in _DANGERS)

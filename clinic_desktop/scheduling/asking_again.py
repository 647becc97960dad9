"""What the driver and the patient said yes to is a time: shifted too far from it, they are asked again.

Each yes keeps the end that the visit had then, and every later end is compared with that: many small steps
count together.
"""

from dataclasses import replace

from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.states import VisitState

ASK_AGAIN_AFTER = 15  # minutes the pick-up may shift before driver and patient must say yes again


def asked_again(before: Visit, after: Visit) -> Visit:
    """The visit at its other time, without the yes of whoever is to be asked again."""
    if _too_far(after.plan_confirmed_end, before, after):
        after = replace(after, plan_confirmed_at=None, plan_confirmed_by=None)
    if _too_far(after.confirmed_end, before, after):
        state = VisitState.BOOKED if after.state is VisitState.CONFIRMED else after.state
        stood = after.stood and replace(after.stood, state=VisitState.BOOKED)
        after = replace(after, state=state, stood=stood, confirmed_end=None)
    return after


def driver_to_tell(before: Visit, after: Visit) -> bool:
    """Whether the driver who is named must be told of another end. Whose yes is lost already may have been
    told of it since: they are told of each end until they say yes again."""
    if not before.plan_name or after.end == before.end:
        return False
    lost = before.plan_confirmed_at is None and before.plan_confirmed_end is not None
    return lost or _too_far(before.plan_confirmed_end, before, after)


def patient_to_ask(before: Visit, after: Visit) -> bool:
    """Whether a patient who has said yes must be asked again."""
    return before.state is VisitState.CONFIRMED and asked_again(before, after).state is VisitState.BOOKED


def _too_far(said_yes_to: int | None, before: Visit, after: Visit) -> bool:
    """From the end that was confirmed; where there is none, from where it ended so far."""
    known = before.end if said_yes_to is None else said_yes_to
    return abs(after.end - known) > ASK_AGAIN_AFTER

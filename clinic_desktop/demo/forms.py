"""The REMS forms of the demo clinic: those of long ago are sent, of the last days some are filled, some wait,
and a few are late.
"""

from datetime import timedelta

from clinic_desktop.demo.hand import Hand
from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import instant_at, local_day
from clinic_desktop.people.model import ScreeningItem
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.treatment.model import RemsForm
from clinic_desktop.treatment.rems_form import QUESTIONS, Answers, fill_form, record_sent

_LATE = range(8, 12)  # days since the session
_OFTEN = {"sedation": 2, "dissociation": 3}  # of how many one says yes


def settle_form(hand: Hand, visit: Visit) -> Changes:
    """What has become of the form of a visit by now; nothing where it has none, or has not ended."""
    form = _form_of(hand, visit)
    if form is None or form.minutes is None:
        return Changes()
    filled, sent = _fate((hand.today - form.session_on).days, visit.id)
    nurse, changes = hand.actors[Role.NURSE][0], Changes()
    if filled:
        hand.goes_to(instant_at(visit.end) + timedelta(hours=3))
        changes |= fill_form(hand.store, nurse, form, _answers(form, visit.id))
        form = _form_of(hand, visit)
    if sent and form is not None:
        hand.goes_to(hand.at(visit.day + timedelta(days=1 + visit.id % 3), 9 * 60))
        changes |= record_sent(hand.store, nurse, form, local_day(hand.clock.at, visit.zone))
    return changes


def _form_of(hand: Hand, visit: Visit) -> RemsForm | None:
    with hand.store.read() as records:
        return next(iter(records.find(RemsForm, visit_id=visit.id)), None)


def _fate(days: int, number: int) -> tuple[bool, bool]:
    """Whether it is filled by now, and sent. Nothing is sent on the day itself."""
    if days in _LATE and number % 4 == 0:
        return number % 8 == 0, False
    if days >= _LATE.start:
        return True, True
    return number % 3 != 0, number % 3 == 1 and days > 3


def _answers(form: RemsForm, number: int) -> Answers:
    said = {one.code: one for one in form.items}  # before the dose
    items = tuple(
        said.get(one.code)
        or ScreeningItem(one.code, present=one.code in _OFTEN and number % _OFTEN[one.code] == 0)
        for one in QUESTIONS
    )
    return Answers(items, form.ready_minutes or 75 + number % 7 * 5)

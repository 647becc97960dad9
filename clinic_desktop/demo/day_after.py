"""The check-in calls of the demo clinic's last days: most are well, some are not reached, and of a few the
prescriber hears. The same visit always goes the same way."""

from dataclasses import replace
from datetime import timedelta

from clinic_desktop.demo.hand import Hand
from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.treatment.day_after import AfterCall, AfterOutcome
from clinic_desktop.treatment.day_after_answering import answer_flag
from clinic_desktop.treatment.day_after_calling import record_after_call
from clinic_desktop.treatment.day_after_list import OUT_OF_TURN, OVER, due_on, plan_of, treated_on

_LATELY = timedelta(days=8)  # of the visits before nothing is told: their calls are over
_FROM, _FOR = 9 * 60, 8 * 60  # the minutes of the day in which people are called
_NO_ANSWER, _SICK, _RED = 7, 5, 13  # of so many visits one
_ANSWERED = timedelta(minutes=35)
_WORDS = "Comes in this week for a test. Drink more water."


def rung_after(hand: Hand, visit: Visit) -> Changes:
    """What came of the check-in call after a visit, as far as its time has come."""
    with hand.store.read() as records:
        setup = records.setup()
    visit_type = setup.type_by_id(visit.type_id)
    plan = plan_of(setup, visit_type)
    lately = visit.day >= hand.today - _LATELY or visit.state in OUT_OF_TURN
    if visit.state not in OVER or not visit_type.is_treatment or not plan.wanted or not lately:
        return Changes()
    due = due_on(plan, treated_on(visit), roster_for(setup))
    at = hand.at(due, _FROM + visit.id * 53 % _FOR)
    if at > hand.now:
        return Changes()
    hand.goes_to(at)
    call = AfterCall(visit_id=visit.id, outcome=AfterOutcome.NO_ANSWER)
    if visit.id % _NO_ANSWER:
        yes = _yes(visit.id)
        no = frozenset(plan.questions) - yes
        note = "Since this morning." if yes else ""
        call = replace(call, outcome=AfterOutcome.REACHED, yes=yes, no=no, note=note)
    desks = hand.actors[Role.RECEPTIONIST]
    done = record_after_call(hand.store, desks[visit.id % len(desks)], call)
    if done.flag is None or due >= hand.today:
        return done.changes
    hand.goes_to(at + _ANSWERED)
    prescriber = hand.actors[Role.PRESCRIBER][0]
    return done.changes | answer_flag(hand.store, prescriber, done.flag.id, _WORDS)


def _yes(number: int) -> frozenset[str]:
    if number % _RED == 0:
        return frozenset({"urine"})
    return frozenset({"sick"}) if number % _SICK == 0 else frozenset()

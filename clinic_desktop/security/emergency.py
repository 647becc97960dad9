"""What somebody who did not sign in may write in an emergency: what happens on the floor today."""

from datetime import date, datetime

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.security import account_rules as rules

# Record kinds of a visit that is going on, and calls for help.
_OF_A_VISIT = frozenset({"visit", "stamp", "incident", "told_word", "alarm_answer", "drug_movement"})
_OF_THE_FLOOR = frozenset({"help_call", "alarm_answer"})


def must_be_floor(actor: Actor, now: datetime, kind: str, day: date | None, today: date) -> None:
    """Raise :class:`Refusal` unless emergency access lasts and the record of a kind is of today's floor.
    ``day``: that of the visit it belongs to; None where it belongs to none.

    Asked for each record that is written, by the store itself. Who signed in is asked nothing here.
    """
    if actor.until is None:
        return
    if now >= actor.until:
        raise Refusal([Finding(rules.EMERGENCY_OVER)])
    if kind not in (_OF_THE_FLOOR if day is None else _OF_A_VISIT):
        raise Refusal([Finding(rules.EMERGENCY_FLOOR)])
    if day is not None and day != today:
        raise Refusal([Finding(rules.EMERGENCY_TODAY)])

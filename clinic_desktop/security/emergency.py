"""What somebody who did not sign in may write in an emergency: what happens on the floor today."""

from datetime import date, datetime

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.foundation.records import values_of
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.security import account_rules as rules

# Record kinds of a visit that is going on with what follows from it, and calls for help.
_OF_A_VISIT = frozenset({
    "visit", "stamp", "incident", "told_word", "alarm_answer", "drug_movement", "rems_form", "rule_override",
})  # fmt: skip
_OF_THE_FLOOR = frozenset({"help_call", "alarm_answer"})
# What is counted anew where a visit ends without a treatment, of the later visits of its course as well.
_COUNTED = {"course": "to_place", "visit": "course_no"}


def must_be_floor(
    actor: Actor, now: datetime, kind: str, before: object, after: object, *, day: date | None, today: date
) -> None:
    """Raise :class:`Refusal` unless emergency access lasts and the record of a kind is of today's floor.
    ``before`` None: it is new; ``after`` None: it is taken away. ``day``: that of the visit it belongs to;
    None where it belongs to none.

    Asked for each record that is written, by the store itself. Who signed in is asked nothing here.
    """
    if actor.until is None:
        return
    if now >= actor.until:
        raise Refusal([Finding(rules.EMERGENCY_OVER)])
    if _only_counted(kind, before, after):
        return
    if kind not in (_OF_THE_FLOOR if day is None else _OF_A_VISIT) or _permits(after):
        raise Refusal([Finding(rules.EMERGENCY_FLOOR)])
    if day is not None and day != today:
        raise Refusal([Finding(rules.EMERGENCY_TODAY)])


def _only_counted(kind: str, before: object, after: object) -> bool:
    if kind not in _COUNTED or before is None or after is None:
        return False
    was, now = values_of(before), values_of(after)
    return {name for name, value in now.items() if was[name] != value} - {"version"} == {_COUNTED[kind]}


def _permits(record: object) -> bool:
    """An override that gives permission; the other ones are traces of what happened."""
    return getattr(record, "deviation", True) is False

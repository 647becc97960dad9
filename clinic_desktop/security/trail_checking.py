"""Once a day the running program looks whether the trail holds and the records are as it says.

In small steps with rests between them, so that nobody at work notices. The result is in the trail itself.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from clinic_desktop.foundation.actor import PROGRAM, Actor
from clinic_desktop.foundation.clock import CLOCKS_DIFFER, Clock, steady_seconds
from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.foundation.rulebook import Finding, Rule, Severity
from clinic_desktop.foundation.store import Store
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.security.rights import Right, require

EVERY = timedelta(days=1)
KIND = "trail"
_RESTS = 2  # times as long as a step took
_LEAST_REST = 0.005  # seconds
_KEPT = 20  # findings that are put on record; the others are counted
MOST_ACCEPTED = 500  # findings that can be accepted in one go; more than that is a file to be replaced

_HOW = "decision: audit"
REASON_MISSING = Rule(
    "trail-reason", _HOW, Severity.LOCKED, "Say what was looked into and why it may stand, in a few words."
)
NOTHING_FOUND = Rule("trail-holds", _HOW, Severity.LOCKED, "Everything holds: there is nothing to accept.")
TOO_MUCH_FOUND = Rule(
    "trail-too-much",
    _HOW,
    Severity.LOCKED,
    "{count} things do not hold, more than the {most} that can be accepted at once. "
    "Put back the last good backup instead.",
)
RULES = (REASON_MISSING, NOTHING_FOUND, TOO_MUCH_FOUND)


class Found(Protocol):
    """Something that is not as the trail says; it names a table and a number."""

    @property
    def message(self) -> str: ...

    @property
    def code(self) -> str: ...

    @property
    def proof(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Checked:
    """One check that was done to its end: when, how much was found, and the first of it."""

    at: datetime
    count: int
    messages: tuple[str, ...] = ()


class CheckedStore(Store, Protocol):
    @property
    def clock(self) -> Clock: ...

    def trail_steps(self) -> Iterator[Sequence[Found]]: ...

    def last_trail_check(self) -> tuple[datetime, str] | None:
        """When the last one under the own login was, and what it put on record, as JSON text; what somebody
        accepted since stands in its place."""
        ...


def verify(store: CheckedStore, rest: Callable[[float], bool]) -> Checked | None:
    """The last check where that is not a day old, else a new one. ``rest`` waits some seconds, and says
    whether to stop; then nothing is recorded, and None is answered. One by a clock that was ahead counts as
    none: it would stand for all checks until that time comes."""
    last = last_check(store)
    if last is not None and -CLOCKS_DIFFER <= store.clock.now() - last.at < EVERY:
        return last
    count = 0
    first: list[str] = []
    steps, began = store.trail_steps(), steady_seconds()
    for step in steps:
        count += len(step)
        first += [one.message for one in step[: _KEPT - len(first)]]
        if rest(max(_LEAST_REST, _RESTS * (steady_seconds() - began))):
            return None
        began = steady_seconds()
    with store.write(PROGRAM) as unit:
        unit.witness(Deed.CHECKED, KIND, about={"count": count, "messages": first})
        at = unit.at
        unit.commit()
    return Checked(at, count, tuple(first))


def found_now(store: CheckedStore, actor: Actor) -> list[Found]:
    """All that does not hold at this moment and was not accepted: for whoever looks into it."""
    require(actor, Right.AUDIT)
    return [one for step in store.trail_steps() for one in step]


def accept_found(store: CheckedStore, actor: Actor, found: Sequence[Found], reason: str) -> Checked:
    """Put on record that somebody looked into what was found, and why it may stand. Nothing is changed or
    deleted by it: ``check`` goes on to tell it as accepted, and the daily check asks no more about it. A mark
    that does not hold is made anew from here on. What is found later, or changed again, is not accepted.

    Raises :class:`BadInput` without a reason, without anything found, and for too much of it.
    """
    require(actor, Right.AUDIT)
    if not reason.strip():
        raise BadInput({"reason": Finding(REASON_MISSING)})
    if not found:
        raise BadInput({"found": Finding(NOTHING_FOUND)})
    if len(found) > MOST_ACCEPTED:
        raise BadInput({"found": Finding(TOO_MUCH_FOUND, {"count": len(found), "most": MOST_ACCEPTED})})
    accepted = [{"code": one.code, "message": one.message, "proof": one.proof} for one in found]
    with store.write(actor) as unit:
        unit.because(reason.strip())
        unit.witness(Deed.ACCEPTED, KIND, about={"count": 0, "messages": [], "accepted": accepted})
        at = unit.at
        unit.commit()
    return Checked(at, 0)


def last_check(store: CheckedStore) -> Checked | None:
    """What the last one found, on whichever desk of the same login it was done."""
    found = store.last_trail_check()
    if found is None:
        return None
    said = said_of(found[1])
    return None if said is None else Checked(found[0], *said)


def said_of(text: str) -> tuple[int, tuple[str, ...]] | None:
    """How much a check put on record, and the first of it, from its JSON text; None where that is none."""
    try:
        about = json.loads(text)
        count, messages = int(about["count"]), tuple(map(str, about["messages"]))
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None
    return (count, messages) if count == 0 or (count > 0 and messages) else None

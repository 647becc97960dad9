"""Once a day the running program looks whether the trail holds and the records are as it says.

In small steps with rests between them, so that nobody at work notices. The result is in the trail itself.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.clock import Clock, steady_seconds
from clinic_desktop.foundation.store import Store
from clinic_desktop.foundation.trail import Deed

EVERY = timedelta(days=1)
KIND = "trail"
_RESTS = 2  # times as long as a step took
_LEAST_REST = 0.005  # seconds
_KEPT = 20  # findings that are put on record; the others are counted


class Found(Protocol):
    """Something that is not as the trail says; it names a table and a number."""

    @property
    def message(self) -> str: ...


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
        """When the last one was, and what it put on record, as JSON text."""
        ...


def verify(store: CheckedStore, rest: Callable[[float], bool]) -> Checked | None:
    """The last check where that is not a day old, else a new one. ``rest`` waits some seconds, and says
    whether to stop; then nothing is recorded, and None is answered."""
    last = last_check(store)
    if last is not None and store.clock.now() - last.at < EVERY:
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


def last_check(store: CheckedStore) -> Checked | None:
    """What the last one found, on whichever desk it was done."""
    found = store.last_trail_check()
    if found is None:
        return None
    about = json.loads(found[1])
    return Checked(found[0], int(about["count"]), tuple(map(str, about["messages"])))

"""A step of the plan: what one transaction did to visits and courses, and its name for a person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Generic, TypeVar

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.rulebook import Param, fill
from clinic_desktop.foundation.store import Records
from clinic_desktop.foundation.trail import Trace
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.people.model import Absence, Patient
from clinic_desktop.scheduling.model import Closure, Course, Room, Visit
from clinic_desktop.scheduling.open_visits import STOPPED
from clinic_desktop.scheduling.pinboard import Pin
from clinic_desktop.scheduling.states import NEVER_CAME, VisitState
from clinic_desktop.scheduling.waiting import WaitEntry

# What a repair of the day records: who is out, which room is closed. It goes back with the visits.
EVENT_KINDS = frozenset({"absence", "closure"})
# The kinds of record that the plan consists of. Overrides stay: they are permission for a place that may be
# taken again. A transaction that wrote anything else recorded facts, and those are corrected.
PLAN_KINDS = frozenset({"visit", "course", "rule_override", "pin", "wait_entry"}) | EVENT_KINDS
# The call by which somebody of the waitlist was booked is a fact; it stays when the booking goes back.
_BOOKED_BY_CALL = frozenset({"wait_entry", "call_attempt"})
# They follow from everything else, and are reckoned anew.
_RECKONED = frozenset({"version", "course_no", "to_place"})
Kind = TypeVar("Kind", Visit, Course, Pin, WaitEntry)
Event = Absence | Closure


@dataclass(frozen=True, slots=True)
class Step:
    """One transaction that changed the plan and nothing else, by its places in the change feed."""

    first: int
    last: int


def step_of(changes: Changes) -> Step | None:
    """The step that some news are of; None when nothing of it can be undone."""
    kinds = changes.kinds - _BOOKED_BY_CALL if changes.kinds >= _BOOKED_BY_CALL else changes.kinds
    plan = ({"visit", "course"} | EVENT_KINDS) & kinds and kinds <= PLAN_KINDS
    return Step(changes.first, changes.number) if changes.first and plan else None


@dataclass(frozen=True, slots=True)
class Net(Generic[Kind]):
    """What a step did to one record in all. ``before`` None: it was made."""

    before: Kind | None
    after: Kind


@dataclass(frozen=True, slots=True)
class Recorded:
    """An absence or a closure that a step recorded (``before`` None) or took away (``after`` None)."""

    before: Event | None
    after: Event | None


@dataclass(frozen=True, slots=True)
class Done:
    """What a step did, record by record. ``renumbered``: visits that got another number in their course, no
    more. ``pins``: those that were taken from the pinboard, or came back there. ``waits``: who came off the
    waitlist, or onto it again. ``events``: what a repair of the day recorded."""

    visits: tuple[Net[Visit], ...]
    courses: tuple[Net[Course], ...]
    renumbered: tuple[Net[Visit], ...] = ()
    pins: tuple[Net[Pin], ...] = ()
    waits: tuple[Net[WaitEntry], ...] = ()
    events: tuple[Recorded, ...] = ()


def net(traces: Iterable[Trace[object]]) -> Done:
    """The images of a step in the order they were written, put together for each record."""
    visits: dict[int, Net[Visit]] = {}
    courses: dict[int, Net[Course]] = {}
    pins: list[Net[Pin]] = []
    waits: list[Net[WaitEntry]] = []
    events: list[Recorded] = []
    for one in traces:
        if isinstance(one.after, Visit) and (one.before is None or isinstance(one.before, Visit)):
            first = visits.get(one.after.id)
            visits[one.after.id] = Net(first.before if first else one.before, one.after)
        elif isinstance(one.after, Course) and (one.before is None or isinstance(one.before, Course)):
            begun = courses.get(one.after.id)
            courses[one.after.id] = Net(begun.before if begun else one.before, one.after)
        elif isinstance(one.after, Pin) and isinstance(one.before, Pin):
            pins.append(Net(one.before, one.after))  # no transaction writes a pin twice
        elif isinstance(one.after, WaitEntry) and isinstance(one.before, WaitEntry):
            waits.append(Net(one.before, one.after))
        elif isinstance(one.before, Event | None) and isinstance(one.after, Event | None):
            events.append(Recorded(one.before, one.after))
    return Done(
        tuple(each for each in visits.values() if not same(each.before, each.after)),
        tuple(each for each in courses.values() if not same(each.before, each.after)),
        tuple(each for each in visits.values() if same(each.before, each.after)),
        tuple(pins),
        tuple(waits),
        tuple(events),
    )


def same(one: Visit | Course | None, other: Visit | Course | None) -> bool:
    """Whether two images say the same, whatever follows from other records."""
    if one is None or other is None:
        return one is other
    return all(
        getattr(one, each.name) == getattr(other, each.name)
        for each in fields(one)
        if each.name not in _RECKONED
    )


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a step: a sentence, and what it is filled with. The screen translates and fills it."""

    sentence: str
    params: dict[str, Param]

    def __str__(self) -> str:
        return fill(self.sentence, self.params)


BOOKED = "{patient} booked for {day}, {time}"
COURSE_BOOKED = "{patient}: {count} visits booked"
MOVED = "{patient} moved to {day}, {time}"
MOVED_ROOM = "{patient} moved to {room}, {time}"
MANY_MOVED = "{patients} moved"
CANCELLED = "{patient} cancelled for {day}, {time}"
MISSED = "{patient} missed on {day}, {time}"
CONFIRMED = "{patient} confirmed for {day}, {time}"
LENGTH = "length of the visit of {patient} on {day}"
DRIVER = "driver of {patient} for {day}"
CHANGED = "{patient} changed for {day}, {time}"
MANY_CHANGED = "{count} visits of {patients} changed"
COURSE_STOPPED = "course of {patient} stopped: {count} visits cancelled"
COURSE_CHANGED = "course of {patients} changed"
REPAIRED = "repair of {day}"
SENTENCES = (
    BOOKED, COURSE_BOOKED, MOVED, MOVED_ROOM, MANY_MOVED, CANCELLED, MISSED, CONFIRMED, LENGTH, DRIVER,
    CHANGED, MANY_CHANGED, COURSE_STOPPED, COURSE_CHANGED, REPAIRED,
)  # fmt: skip
_FEW = 3  # names that a label holds


def label_of(records: Records, done: Done) -> Label:
    """The name of what was done."""
    whose = [one.after.patient_id for one in done.visits] + [one.after.patient_id for one in done.courses]
    people = {one.id: one.name for one in records.find(Patient, id=list(dict.fromkeys(whose)))}
    names = [people[one] for one in dict.fromkeys(whose)]
    patients = (*names[:_FEW], *(["\N{HORIZONTAL ELLIPSIS}"] if len(names) > _FEW else []))
    if done.events:
        first = done.events[0].after or done.events[0].before
        return Label(REPAIRED, {"day": short_date(first.from_day) if first else ""})
    if not done.visits:
        return Label(COURSE_CHANGED, {"patients": patients})
    count: dict[str, Param] = {"count": len(done.visits), "patients": patients, "patient": names[0]}
    if any(one.before is not None and one.after.state == STOPPED for one in done.courses):
        return Label(COURSE_STOPPED, count)
    if len(done.visits) == 1:
        return _one(records, done.visits[0], names[0])
    return Label(_many(done.visits, len(names)), count)


def _many(visits: Sequence[Net[Visit]], people: int) -> str:
    if people == 1 and all(one.before is None for one in visits):
        return COURSE_BOOKED
    moved = all(one.before is not None and _moved(one.before, one.after) for one in visits)
    return MANY_MOVED if moved else MANY_CHANGED


def _one(records: Records, one: Net[Visit], name: str) -> Label:
    after = one.after
    rooms = [room.name for room in records.find(Room, id=after.room_id)] if after.room_id else []
    params: dict[str, Param] = {
        "patient": name,
        "day": short_date(after.day),
        "time": clock_time(after.minute),
        "room": rooms[0] if rooms else "",
    }
    return Label(_sentence(one.before, after, in_a_room=bool(rooms)), params)


def _sentence(before: Visit | None, after: Visit, *, in_a_room: bool) -> str:
    if before is None:
        return BOOKED
    if after.state in NEVER_CAME and before.state is not after.state:
        return CANCELLED if after.state is VisitState.CANCELLED else MISSED
    if _moved(before, after):
        return MOVED_ROOM if in_a_room and before.day == after.day else MOVED
    if before.phase_minutes != after.phase_minutes:
        return LENGTH
    if before.plan != after.plan:
        return DRIVER
    confirmed = before.state is not after.state and after.state is VisitState.CONFIRMED
    return CONFIRMED if confirmed else CHANGED


def _moved(before: Visit, after: Visit) -> bool:
    return (before.day, before.minute, before.room_id) != (after.day, after.minute, after.room_id)

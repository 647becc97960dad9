"""Why a visit cannot start at a moment: each resource that stands in the way, by name and until when it is
taken, whoever has it then.

Parameters besides those in the sentences: ``visit_id`` of the last visit that is in the way (0:
none), ``until_minute`` (UTC; 0: not that day).
"""

from collections.abc import Iterator, Sequence

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.clock import from_utc_minute
from clinic_desktop.foundation.rulebook import Finding, Param, Rule, Severity, Word
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.scheduling.availability import (
    ANY,
    Availability,
    Options,
    Place,
    people_for,
    rooms_for,
)
from clinic_desktop.scheduling.masks import CELL, Span, fits, touching
from clinic_desktop.scheduling.model import ClaimKind, VisitType
from clinic_desktop.scheduling.safe_start import latest_start
from clinic_desktop.scheduling.taken_until import taken_until
from clinic_desktop.scheduling.two_roles import clashes
from clinic_desktop.scheduling.working import holes

HARD, LOCKED = Severity.HARD, Severity.LOCKED

OFF_GRID = Rule("slot-grid", "decision: phases", HARD, "Visits begin on steps of {grid} minutes.")
TOO_EARLY = Rule("slot-passed", "decision: plan and fact", HARD, "{time} is too early. Pick a later time.")
CLOSED = Rule("slot-closed", "decision: hours", HARD, "The clinic is closed then: {why}.")
NO_ROOM = Rule("slot-no-room", "H8", HARD, "No room is fitted for {type}.")
ROOM_SHUT = Rule("slot-room-closed", "decision: hours", HARD, "Closed then: {rooms} ({why}).")
ROOM_TAKEN = Rule("slot-room", "H8", HARD, "{rooms} is taken until {until}.")
ROOMS_TAKEN = Rule("slot-rooms", "H8", HARD, "{rooms} are taken, the first until {until}.")
STAFF_OFF = Rule("slot-staff-off", "decision: phases", HARD, "No {role} works then.")
STAFF_BUSY = Rule("slot-staff", "decision: phases", HARD, "{people} is busy until {until}.")
ALL_BUSY = Rule("slot-all-staff", "decision: phases", HARD, "{people} are busy, the first until {until}.")
TWO_ROLES = Rule(
    "slot-two-roles", "decision: phases", HARD, "{people} would have to serve in two roles at the same time."
)
NO_COVER = Rule("slot-cover", "H3", LOCKED, "No {who} is on site from {start} to {end}.")
TOO_FEW = Rule(
    "slot-house",
    "decision: coverage",
    HARD,
    "Fewer than {least} staff are in the house from {start} to {end}.",
)
LAST_START = Rule(
    "slot-last-start",
    "decision: coverage",
    HARD,
    "The last start of {type} that day is {time}: it ends before people go and the clinic closes.",
)
PATIENT_BUSY = Rule("slot-patient", "H8", LOCKED, "The patient has another visit until {until}.")

Until = tuple[int, int]  # a UTC minute, and the last visit that is in the way until then
NOBODY: Until = (0, 0)
OUTSIDE = "outside opening hours"

REASONS: tuple[Rule, ...] = tuple(value for value in dict(vars()).values() if isinstance(value, Rule))


def why_not(free: Availability, visit_type: VisitType, start: int, options: Options = ANY) -> list[Finding]:
    """Everything that keeps a visit of that type from starting at a UTC minute; empty when it fits.

    Raises ValueError when the start lies outside the window.
    """
    if not free.line.start <= start < free.line.end:
        raise ValueError(f"start outside the window: {start}")
    return list(_Slot(free, visit_type, start, options).reasons())


class _Slot:
    """One start looked at from all sides."""

    def __init__(self, free: Availability, visit_type: VisitType, start: int, options: Options) -> None:
        self.free, self.type, self.options, self.start = free, visit_type, options, start
        self.line = free.line
        self.bit = self.line.bit(start)
        self.need = free.need(visit_type, options)
        self.day = from_utc_minute(start, self.line.zone).day
        self.setup = free.roster.setup
        self.names = {one.id: one.name for one in self.setup.staff}

    def reasons(self) -> Iterator[Finding]:
        parts = self.free.parts(self.type, self.options)
        blocked = {name for name, mask in parts.items() if not mask >> self.bit & 1}
        if "hours" in blocked or self.start % CELL:
            yield from self._hours()
        if "room" in blocked:
            yield from self._room()
        yield from (self._role(role) for role in self.need.roles if role in blocked)
        if "staff" in blocked and blocked.isdisjoint(self.need.roles):
            yield self._two_roles()
        if "cover" in blocked:
            yield from self._cover()
        if "house" in blocked:
            yield from self._house()
        if "patient" in blocked:
            yield self._patient()
        if not blocked.isdisjoint({"hours", "cover", *self.need.roles}):
            yield from self._latest()

    def _latest(self) -> Iterator[Finding]:
        """Where the day is too short from then on, until when it is not."""
        latest = latest_start(self.type, self.free.roster, self.day, self.options.minutes)
        if latest is not None and latest < self.start:
            at = from_utc_minute(latest, self.line.zone).minute
            yield Finding(LAST_START, {"type": self.type.name, "time": clock_time(at)})

    def _hours(self) -> Iterator[Finding]:
        step = CELL if self.options.off_grid else self.setup.policies.grid
        at = from_utc_minute(self.start, self.line.zone)
        if at.minute % step:
            yield Finding(OFF_GRID, {"grid": step})
        if self.options.after is not None and self.start < self.options.after:
            yield Finding(TOO_EARLY, {"time": clock_time(at.minute)})
        opened = self.free.roster.mask("clinic", 0, self.line)
        if not fits(opened, self.bit, (0, self.need.stay)):
            yield Finding(CLOSED, {"why": self._closure(None) or OUTSIDE})

    def _room(self) -> Iterator[Finding]:
        rooms = rooms_for(self.free.roster, self.need, self.options)
        if not rooms:
            yield Finding(NO_ROOM, {"type": self.type.name})
        found = {room: self._taken((ClaimKind.ROOM, room.id), self.need.room) for room in rooms}
        taken = {room: one for room, one in found.items() if one}
        if taken:
            first = min(taken.values())
            rule = ROOM_TAKEN if len(taken) == 1 else ROOMS_TAKEN
            yield Finding(rule, {"rooms": tuple(room.name for room in taken), **self._until(first)})
        opened = fits(self.free.roster.mask("clinic", 0, self.line), self.bit, (0, self.need.stay))
        shut = {room: self._closure(room.id) or OUTSIDE for room in rooms if room not in taken}
        if shut and opened:
            whys = tuple(dict.fromkeys(shut.values()))
            yield Finding(ROOM_SHUT, {"rooms": tuple(room.name for room in shut), "why": whys})

    def _role(self, role: Role) -> Finding:
        people = [one for one in people_for(self.free.roster, role, self.options) if self._works(role, one)]
        found = {one: self._has_others(role, one) for one in people}
        taken = {one: end for one, end in found.items() if end}
        if not taken:
            return Finding(STAFF_OFF, {"role": Word(role.value)})
        busy = tuple(self.names[one] for one in taken)
        rule = STAFF_BUSY if len(busy) == 1 else ALL_BUSY
        first = self._until(min(taken.values()))
        return Finding(rule, {"role": Word(role.value), "people": busy, **first})

    def _works(self, role: Role, person: int) -> bool:
        at_work = self.free.roster.mask("work", person, self.line)
        return all(fits(at_work, self.bit, one.span) for one in self.need.served_by(role))

    def _has_others(self, role: Role, person: int) -> Until | None:
        """Until when a person has other patients, whose hands or watching places are all taken."""
        limit = self.setup.watch_limit(person)
        hands = self._taken((ClaimKind.HANDS, person), self.need.hands(role))
        watch = self._taken((ClaimKind.WATCH, person), self.need.watch(role), limit)
        return max(hands or NOBODY, watch or NOBODY) if hands or watch else None

    def _two_roles(self) -> Finding:
        roles = sorted({role for pair in clashes(self.free.roster, self.need) for role in pair})
        people = sorted({one for role in roles for one in people_for(self.free.roster, role, self.options)})
        return Finding(TWO_ROLES, {"people": tuple(self.names[one] for one in people)})

    def _cover(self) -> Iterator[Finding]:
        for cover, spans in self.need.cover:
            if gap := self._gap(self.free.on_site(cover), spans):
                yield Finding(NO_COVER, {"who": Word(cover.value), **gap})

    def _house(self) -> Iterator[Finding]:
        if gap := self._gap(self.free.enough_staff(), self.need.dosed):
            yield Finding(TOO_FEW, {"least": self.setup.policies.min_staff_with_dosed, **gap})

    def _patient(self) -> Finding:
        place = ClaimKind.PATIENT, self.options.patient_id or 0
        return Finding(PATIENT_BUSY, self._until(self._taken(place, self.need.patient) or NOBODY))

    def _taken(self, place: Place, spans: Sequence[Span], limit: int = 1) -> Until | None:
        """Until when a place is taken that the visit wants for these spans; None where it can have it."""
        rows = [row for row in self.free.claims_at(place) if row[2] not in self.options.without]
        wanted = [(self.start + a, self.start + b) for a, b in spans]
        until = taken_until(rows, wanted, limit)
        meeting = (row[1:] for row in rows if any(touching(row, one) for one in wanted))
        return (until, max(meeting)[1]) if until else None

    def _until(self, last: Until) -> dict[str, Param]:
        return {"until": self._clock(last[0]), "until_minute": last[0], "visit_id": last[1]}

    def _gap(self, there: int, spans: Sequence[Span]) -> dict[str, Param]:
        """From when to when, within the spans, somebody is missing for the first time."""
        for a, b in spans:
            first, last = self.line.bit(self.start + a), self.line.bit(self.start + b - 1) + 1
            here = there >> first & ((1 << (last - first)) - 1)
            missing = here ^ ((1 << (last - first)) - 1)
            if missing:
                begin = (missing & -missing).bit_length() - 1
                back = here >> begin
                end = begin + (back & -back).bit_length() - 1 if back else last - first
                ends = self.line.minute(first + begin), self.line.minute(first + end)
                return {"start": self._clock(ends[0]), "end": self._clock(ends[1]), "until_minute": ends[1]}
        return {}

    def _closure(self, room_id: int | None) -> str:
        """The reason of a closure that touches the visit's day and hours; empty when there is none."""
        at = from_utc_minute(self.start, self.line.zone).minute
        for one in self.setup.closures:
            mine = one.room_id == room_id
            if mine and any(h.start < at + self.need.stay and at < h.end for h in holes([one], self.day)):
                return one.reason or "closed"
        return ""

    def _clock(self, minute: int) -> str:
        return clock_time(from_utc_minute(minute, self.line.zone).minute)

"""Room and people for a start that only hours, shifts or a room's fitting stand against.

Unless two visits at once are meant, nothing here takes what another visit has. What speaks against the start
is said by the rules when it is booked, and needs a reason and the right.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.clock import from_utc_minute
from clinic_desktop.scheduling.availability import Availability, Options, may_change, people_for, rooms_for
from clinic_desktop.scheduling.choices import Choice, Steps, chain, takeovers, wished
from clinic_desktop.scheduling.masks import CELL, Span, fits, timeline
from clinic_desktop.scheduling.model import ClaimKind, Setup, VisitType
from clinic_desktop.scheduling.needs import Need, Serving, need_of
from clinic_desktop.scheduling.openings import ClaimSource
from clinic_desktop.scheduling.presence import roster_for


def regardless(
    setup: Setup,
    source: ClaimSource,
    visit_type: VisitType,
    start: int,
    options: Options,
    *,
    overlap: bool = False,
) -> Choice | None:
    """Who and where nobody else is at a UTC minute; None when something needed is taken. ``overlap``: the
    one room that was asked for, and people, may be taken: two visits at once on purpose."""
    if start % CELL:
        return None
    roster = roster_for(setup)
    line = timeline(from_utc_minute(start, roster.zone).day, 2, roster.zone)
    need = need_of(visit_type, setup.policies.iv_cover, options.minutes)
    rooms = sorted(options.rooms) if options.rooms else [one.id for one in rooms_for(roster, need, options)]
    people = {role: people_for(roster, role, options) for role in need.roles}
    places = [(ClaimKind.ROOM, room) for room in rooms]
    everybody = dict.fromkeys(one for some in people.values() for one in some)
    places += [(kind, one) for one in everybody for kind in (ClaimKind.HANDS, ClaimKind.WATCH)]
    if options.patient_id is not None:
        places.append((ClaimKind.PATIENT, options.patient_id))
    free = Availability(roster, line, source(places, line.start, line.end))
    share = _Share(overlap and options.rooms is not None and len(rooms) == 1, overlap)
    return _choose(free, need, line.bit(start), rooms, people, options, share)


@dataclass(frozen=True, slots=True)
class _Share:
    room: bool
    people: bool


def _choose(
    free: Availability,
    need: Need,
    bit: int,
    rooms: Sequence[int],
    people: dict[Role, list[int]],
    options: Options,
    share: _Share,
) -> Choice | None:
    if options.patient_id is not None and not _untaken(
        free, (ClaimKind.PATIENT, options.patient_id), need.patient, bit, options
    ):
        return None
    room = next((r for r in rooms if _untaken(free, (ClaimKind.ROOM, r), need.room, bit, options)), None)
    if room is None and share.room:
        room = rooms[0]
    crew = {
        role: _crew(free, need, role, some, bit, options, share=share.people) for role, some in people.items()
    }
    if (need.fit and room is None) or not all(crew.values()):
        return None
    nurses = crew.get(Role.NURSE, ())
    return Choice(
        free.line.minute(bit),
        room if need.fit else None,
        next(iter(nurses), None),
        next(iter(crew.get(Role.PRESCRIBER, ())), None),
        next(iter(crew.get(Role.THERAPIST, ())), None),
        takeovers(need, nurses),
    )


def _crew(
    free: Availability,
    need: Need,
    role: Role,
    people: Sequence[int],
    bit: int,
    options: Options,
    *,
    share: bool,
) -> tuple[int, ...]:
    """Who serves the phases of a role in turn, with as few changes as can be; one person, unless it is the
    nurse. Empty when nobody could."""
    parts = need.served_by(role)
    turns = [(one,) for one in parts] if may_change(need, role, options) else [parts]
    steps: Steps = tuple(_able(free, people, turn, bit, options, share=share) for turn in turns)
    return chain(steps, lambda _, one: (*wished(options, one), one)) if all(steps) else ()


def _able(
    free: Availability,
    people: Sequence[int],
    parts: Sequence[Serving],
    bit: int,
    options: Options,
    *,
    share: bool,
) -> frozenset[int]:
    """Those with no other patient then, or with one whom they may be shared with; those at work go first."""
    hands, watch = ([one.span for one in parts if one.hands is kind] for kind in (True, False))
    able = [
        one
        for one in people
        if _untaken(free, (ClaimKind.HANDS, one), hands, bit, options)
        and _untaken(free, (ClaimKind.WATCH, one), watch, bit, options)
    ]
    if not able and share:
        able = list(people)

    def absent(person: int) -> int:
        there = free.roster.mask("work", person, free.line)
        return sum(not fits(there, bit, one.span) for one in parts)

    least = min(map(absent, able), default=0)
    return frozenset(one for one in able if absent(one) == least)


def _untaken(
    free: Availability, place: tuple[ClaimKind, int], spans: Sequence[Span], bit: int, options: Options
) -> bool:
    limit = free.roster.setup.watch_limit(place[1]) if place[0] is ClaimKind.WATCH else 1
    left = free.line.full & ~free.taken(place, options, limit)
    return all(fits(left, bit, span) for span in spans)

"""Which room and which people a visit gets at a start that fits: the wished ones, else the least busy."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, product

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.clock import from_utc_minute
from clinic_desktop.scheduling.availability import (
    ANY,
    Availability,
    Options,
    may_change,
    people_for,
    rooms_for,
)
from clinic_desktop.scheduling.masks import CELL, Span, fits
from clinic_desktop.scheduling.model import ClaimKind, PhaseStaff, Room, VisitType
from clinic_desktop.scheduling.needs import Need
from clinic_desktop.scheduling.two_roles import Crew, clashes, serves_too

Steps = tuple[frozenset[int], ...]  # the nurses who could serve, one set for each stretch in turn


@dataclass(frozen=True, slots=True)
class Choice:
    """A place for one visit. ``start`` is a UTC minute; ``phase_staff`` names nurses who take over."""

    start: int
    room_id: int | None = None
    nurse_id: int | None = None
    prescriber_id: int | None = None
    therapist_id: int | None = None
    phase_staff: tuple[PhaseStaff, ...] = ()
    nurse_changes: int = 0


def best_choice(
    free: Availability, visit_type: VisitType, start: int, options: Options = ANY
) -> Choice | None:
    """The best room and people for a start (UTC minute), or None when it does not fit."""
    bit = free.line.bit(start)
    fit = start % CELL == 0 and 0 <= bit < free.line.cells and free.starts(visit_type, options) >> bit & 1
    return chosen(free, visit_type, bit, options) if fit else None


def chosen(free: Availability, visit_type: VisitType, bit: int, options: Options = ANY) -> Choice:
    """The same for a start that is known to fit, in cell ``bit``."""
    steps = nurse_steps(free, free.need(visit_type, options), bit, options)
    busy = busyness(free, bit)
    nurses = chain(steps, lambda _, nurse: (*wished(options, nurse), busy(nurse), nurse))
    return choice_with(free, visit_type, bit, nurses, options)


def wished(options: Options, nurse: int) -> tuple[bool, bool]:
    """What speaks for a nurse before anything else: least is best."""
    return nurse != options.wish_nurse, nurse not in options.wish_after


def choice_with(
    free: Availability, visit_type: VisitType, bit: int, nurses: Sequence[int], options: Options = ANY
) -> Choice:
    """The best room and the rest of the team, for nurses that :func:`nurse_steps` allows."""
    need = free.need(visit_type, options)
    crew = next(one for one in _crews(free, need, bit, options) if _goes_with(need, one, nurses))
    return Choice(
        free.line.minute(bit),
        _room(free, need, bit, options),
        nurses[0] if nurses else None,
        crew.get(Role.PRESCRIBER),
        crew.get(Role.THERAPIST),
        takeovers(need, nurses),
        sum(one != following for one, following in pairwise(nurses)),
    )


def nurse_steps(free: Availability, need: Need, bit: int, options: Options = ANY) -> Steps:
    """Who could be the nurse of a start that fits: one set when a single nurse can serve throughout,
    else a set for each of the nurse's phases; empty when no nurse is needed."""
    serving = need.served_by(Role.NURSE)
    if not serving:
        return ()
    crews = _crews(free, need, bit, options)
    people = people_for(free.roster, Role.NURSE, options)
    throughout = [one for one in people if serves(free, need, Role.NURSE, one, bit, options)]
    alone = frozenset(one for one in throughout if any(_goes_with(need, crew, [one]) for crew in crews))
    if alone or not may_change(need, Role.NURSE, options):
        return (alone,)
    by_phase = (
        tuple(
            frozenset(
                one
                for one in people
                if not serves_too(need, crew, one, part)
                and _can(free, one, part.hands, part.span, bit, options)
            )
            for part in serving
        )
        for crew in crews
    )
    return min((steps for steps in by_phase if all(steps)), key=_changes, default=())


def _changes(steps: Steps) -> int:
    return sum(one != following for one, following in pairwise(chain(steps, lambda _, one: (one,))))


def serves(free: Availability, need: Need, role: Role, person: int, bit: int, options: Options = ANY) -> bool:
    """Whether one person can serve every phase of a role for the start in cell ``bit``."""
    return all(_can(free, person, one.hands, one.span, bit, options) for one in need.served_by(role))


def room_fits(free: Availability, need: Need, room_id: int, bit: int, options: Options = ANY) -> bool:
    """Whether a room is open and free for the start in cell ``bit``."""
    opened = free.roster.mask("room", room_id, free.line)
    left = free.free_room(room_id, options)
    return all(fits(opened, bit, span) for span in need.in_room) and all(
        fits(left, bit, span) for span in need.room
    )


def chain(
    steps: Sequence[frozenset[int]], order: Callable[[int, int], tuple[object, ...]]
) -> tuple[int, ...]:
    """One person of each set in turn with as few changes as can be; ``order(place, person)`` decides
    between equals."""
    best: list[frozenset[int]] = list(steps)
    for place in reversed(range(len(steps) - 1)):
        best[place] = steps[place] & best[place + 1] or steps[place]
    out: list[int] = []
    for place, able in enumerate(best):
        stays = bool(out) and out[-1] in able
        out.append(out[-1] if stays else min(able, key=lambda one: order(place, one)))
    return tuple(out)


def _can(free: Availability, person: int, hands: bool, span: Span, bit: int, options: Options) -> bool:
    left = free.free_hands(person, options) if hands else free.free_watch(person, options)
    return fits(left, bit, span)


def _room(free: Availability, need: Need, bit: int, options: Options) -> int | None:
    if not need.fit:
        return None
    fitting = [
        one for one in rooms_for(free.roster, need, options) if room_fits(free, need, one.id, bit, options)
    ]
    if len(fitting) == 1:
        return fitting[0].id
    first, last = free.line.day_bits(_day_of(free, bit))

    def order(room: Room) -> tuple[object, ...]:
        load = free.busy_cells((ClaimKind.ROOM, room.id), first, last)
        return room.id != options.wish_room, load, room.position, room.id

    return min(fitting, key=order).id


def _crews(free: Availability, need: Need, bit: int, options: Options) -> list[Crew]:
    """Possible people for the roles besides the nurse, the least busy first."""
    roles: list[Role] = [role for role in need.roles if role != Role.NURSE]
    if not roles:
        return [{}]
    busy = busyness(free, bit)
    able = [
        sorted(
            (
                one
                for one in people_for(free.roster, role, options)
                if serves(free, need, role, one, bit, options)
            ),
            key=lambda one: (busy(one), one),
        )
        for role in roles
    ]
    pairs = clashes(free.roster, need)
    if not pairs:
        able = [people[:1] for people in able]
    crews: list[Crew] = [dict(zip(roles, people, strict=True)) for people in product(*able)]
    fit = [crew for crew in crews if not any(crew.get(a, 0) == crew.get(b, -1) for a, b in pairs)]
    return sorted(fit, key=lambda crew: sum(busy(one) for one in crew.values()))


def _goes_with(need: Need, crew: Crew, nurses: Sequence[int]) -> bool:
    """Whether the nurses (one throughout, or one for each phase) are not taken by their other roles."""
    parts = need.served_by(Role.NURSE)
    each = [*nurses] * len(parts) if len(nurses) == 1 else nurses
    return not any(serves_too(need, crew, one, part) for one, part in zip(each, parts, strict=False))


def busyness(free: Availability, bit: int) -> Callable[[int], int]:
    """How busy a person is on the day of a start."""
    first, last = free.line.day_bits(_day_of(free, bit))
    return lambda person: sum(
        free.busy_cells((kind, person), first, last) for kind in (ClaimKind.HANDS, ClaimKind.WATCH)
    )


def _day_of(free: Availability, bit: int) -> date:
    return from_utc_minute(free.line.minute(bit), free.line.zone).day


def takeovers(need: Need, nurses: Sequence[int]) -> tuple[PhaseStaff, ...]:
    """The phases that others serve than the first of the nurses; they are one for each phase, or one."""
    parts = zip(need.served_by(Role.NURSE), nurses, strict=False)
    return tuple(PhaseStaff(part.phase_no, Role.NURSE, one) for part, one in parts if one != nurses[0])

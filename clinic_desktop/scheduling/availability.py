"""When a visit can start: room, staff, cover and patient at once, over weeks, as masks.

The claims of a window are read once; afterwards one visit at a time is put in or taken out. Every
question is a few operations on whole masks: a start fits when some room that is fit for it is free,
one nurse can serve all nurse phases, and so on for each role, the right people are on site, the
patient is free and the clinic is open.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product
from operator import and_, or_

from clinic_desktop.foundation.actor import Role
from clinic_desktop.scheduling.masks import (
    Span,
    Timeline,
    add,
    filled,
    grid_starts,
    levels,
    take_away,
    window,
)
from clinic_desktop.scheduling.model import Claim, ClaimKind, Cover, Room, VisitType
from clinic_desktop.scheduling.needs import Need, Serving, need_of
from clinic_desktop.scheduling.two_roles import Crew, Pair, clashes, nurse_first, serves_too
from clinic_desktop.scheduling.working import Roster

Place = tuple[str, int]  # kind of claim, id of the room or person
ClaimRow = tuple[str, int, int, int, int]  # kind, room or person, UTC start, UTC end, visit
Taken = tuple[int, int, int]  # UTC start, UTC end, visit


@dataclass(frozen=True, slots=True)
class Options:
    """What narrows a search.

    without: visits whose own claims do not count (a move, a swap). rooms, staff: only these.
    wish_room, wish_nurse: taken where free; wish_after: after that nurse rather these than others.
    change_nurse: another nurse may take over between phases where no single one can serve throughout.
    minutes: lengths of the phases, when they differ from the type's. after: no start before this UTC
    minute. off_grid: starts in any cell.
    """

    patient_id: int | None = None
    without: frozenset[int] = frozenset()
    rooms: frozenset[int] | None = None
    staff: frozenset[int] | None = None
    wish_room: int | None = None
    wish_nurse: int | None = None
    wish_after: frozenset[int] = frozenset()
    change_nurse: bool = True
    minutes: tuple[int, ...] = ()
    after: int | None = None
    off_grid: bool = False


ANY = Options()


def by_place(rows: Iterable[ClaimRow]) -> dict[Place, list[Taken]]:
    """Claims as an :class:`Availability` takes them."""
    out: dict[Place, list[Taken]] = {}
    for kind, owner, start, end, visit in rows:
        out.setdefault((kind, owner), []).append((start, end, visit))
    return out


def rows_of(claims: Iterable[Claim]) -> Iterator[ClaimRow]:
    for one in claims:
        yield one.kind, one.resource_id, one.start, one.end, one.visit_id


class Availability:
    """The free places of one window of time.

    places: every claim that overlaps the window, by the place it is on; it is kept and changed. Claims
    of patients matter only for those asked about. An overflow place needs no looking at: for its minutes
    the place that it shares is claimed by another visit. Nothing is free outside the window.
    """

    def __init__(self, roster: Roster, line: Timeline, places: dict[Place, list[Taken]]) -> None:
        self.roster = roster
        self.line = line
        self._places = places
        self._depth: dict[Place, list[int]] = {}

    def put(self, claims: Iterable[Claim]) -> None:
        """Visits take their places."""
        for one in claims:
            place, row = (one.kind, one.resource_id), (one.start, one.end, one.visit_id)
            self._places.setdefault(place, []).append(row)
            if place in self._depth:
                add(self._depth[place], self._mask_of(row))

    def remove(self, visit_id: int) -> None:
        """A visit gives up its places."""
        for place, rows in self._places.items():
            mine = [row for row in rows if row[2] == visit_id]
            for row in mine:
                rows.remove(row)
                if place in self._depth:
                    take_away(self._depth[place], self._mask_of(row))

    def claims_at(self, place: Place) -> Sequence[Taken]:
        """The claims on one place."""
        return self._places.get(place, ())

    def need(self, visit_type: VisitType, options: Options = ANY) -> Need:
        return need_of(visit_type, self.roster.setup.policies.iv_cover, options.minutes)

    def starts(self, visit_type: VisitType, options: Options = ANY) -> int:
        """The cells in which a visit of that type can start."""
        found = self.line.full
        for part in self.parts(visit_type, options).values():
            found &= part
        return found

    def parts(self, visit_type: VisitType, options: Options = ANY) -> dict[str, int]:
        """The starts that each resource allows by itself; a visit needs them all.

        Keys: hours, room, one for each role, staff (when one person would serve in two roles at
        once), cover, house (enough staff), patient, as far as the type needs them.
        """
        need = self.need(visit_type, options)
        out = {"hours": self._hours(need, options)}
        if need.fit:
            out["room"] = _any(
                self.room_starts(need, room, options) for room in rooms_for(self.roster, need, options)
            )
        out.update(self._staff(need, options))
        if need.cover:
            out["cover"] = self._covered(need)
        if need.dosed:
            out["house"] = _all(window(self.enough_staff(), span) for span in need.dosed)
        if options.patient_id is not None:
            free = ~self.taken((ClaimKind.PATIENT, options.patient_id), options) & self.line.full
            out["patient"] = self._all_of(free, need.patient)
        return out

    def room_starts(self, need: Need, room: Room, options: Options) -> int:
        opened, free = self.roster.mask("room", room.id, self.line), self.free_room(room.id, options)
        if need.in_room == need.room:
            return self._all_of(opened & free, need.room)
        return self._all_of(opened, need.in_room) & self._all_of(free, need.room)

    def person_starts(self, need: Need, role: Role, person: int, options: Options) -> int:
        """Starts at which one person can serve every phase of the role."""
        hands, watch = need.hands(role), need.watch(role)
        found = self._all_of(self.free_hands(person, options), hands) if hands else self.line.full
        return found & self._all_of(self.free_watch(person, options), watch) if watch else found

    def free_room(self, room_id: int, options: Options = ANY) -> int:
        """Where no visit has the room; whether it is open is another matter."""
        return self.line.full & ~self.taken((ClaimKind.ROOM, room_id), options)

    def free_hands(self, person: int, options: Options = ANY) -> int:
        at_work = self.roster.mask("work", person, self.line)
        return at_work & ~self.taken((ClaimKind.HANDS, person), options)

    def free_watch(self, person: int, options: Options = ANY) -> int:
        at_work = self.roster.mask("work", person, self.line)
        limit = self.roster.setup.watch_limit(person)
        return at_work & ~self.taken((ClaimKind.WATCH, person), options, limit)

    def on_site(self, cover: Cover) -> int:
        """Where somebody who gives that cover is in the house."""
        return _any(self.roster.mask("site", one, self.line) for one in covering(self.roster, cover))

    def enough_staff(self) -> int:
        """Where as many staff are in the house as a dosed patient asks for."""
        wanted = self.roster.setup.policies.min_staff_with_dosed
        if wanted <= 0:
            return self.line.full
        depth: list[int] = []
        for one in self.roster.everybody():
            add(depth, self.roster.mask("site", one, self.line))
        return depth[wanted - 1] if len(depth) >= wanted else 0

    def taken(self, place: Place, options: Options = ANY, limit: int = 1) -> int:
        """Where a place is full: as many claims on it as it has room for."""
        if limit <= 0:
            return self.line.full
        depth = self._levels(place)
        mine = [row for row in self.claims_at(place) if row[2] in options.without] if options.without else []
        if mine:
            depth = list(depth)
            for row in mine:
                take_away(depth, self._mask_of(row))
        return depth[limit - 1] if len(depth) >= limit else 0

    def busy_cells(self, place: Place, first: int, last: int) -> int:
        """How many cells of ``[first, last)`` a place is taken in, each claim counted."""
        width = (1 << (last - first)) - 1
        return sum((level >> first & width).bit_count() for level in self._levels(place))

    def _levels(self, place: Place) -> list[int]:
        if place not in self._depth:
            self._depth[place] = levels(sorted(self.claims_at(place)), self.line)
        return self._depth[place]

    def _mask_of(self, row: Taken) -> int:
        return filled(self.line.taken_cells([row[:2]]), self.line.cells)

    def _all_of(self, free: int, spans: Iterable[Span]) -> int:
        return _all((window(free, span) for span in spans), self.line.full)

    def _hours(self, need: Need, options: Options) -> int:
        found = window(self.roster.mask("clinic", 0, self.line), (0, need.stay))
        if not options.off_grid:
            found &= grid_starts(self.line, self.roster.setup.policies.grid)
        if options.after is not None and options.after > self.line.start:
            first = self.line.bit(options.after - 1) + 1
            found = found >> first << first
        return found

    def _covered(self, need: Need) -> int:
        return _all(window(self.on_site(cover), span) for cover, spans in need.cover for span in spans)

    def _staff(self, need: Need, options: Options) -> dict[str, int]:
        out = {str(role): self._role_starts(need, role, options) for role in need.roles}
        if pairs := clashes(self.roster, need):
            out["staff"] = self._apart(need, pairs, options)
        return out

    def _role_starts(self, need: Need, role: Role, options: Options, crew: Crew | None = None) -> int:
        """Starts at which the role is served, beside the ``crew`` of other roles."""
        people = people_for(self.roster, role, options)
        parts = need.served_by(role)
        if not may_change(need, role, options):
            apart = [one for one in people if not any(serves_too(need, crew, one, part) for part in parts)]
            return _any(self.person_starts(need, role, one, options) for one in apart)
        return _all(
            _any(
                self.phase_starts(one, part, options)
                for one in people
                if not serves_too(need, crew, one, part)
            )
            for part in parts
        )

    def phase_starts(self, person: int, serving: Serving, options: Options) -> int:
        """Starts at which one person can serve one phase."""
        free = self.free_hands if serving.hands else self.free_watch
        return window(free(person, options), serving.span)

    def _apart(self, need: Need, pairs: frozenset[Pair], options: Options) -> int:
        """Starts at which roles that need hands at the same minutes are served by different people."""
        last, *others = sorted({role for pair in pairs for role in pair}, key=nurse_first)
        found = 0
        for people in product(*(people_for(self.roster, role, options) for role in others)):
            team = dict(zip(others, people, strict=True))
            if any(team.get(one, 0) == team.get(other, -1) for one, other in pairs):
                continue
            alone = _all(self.person_starts(need, role, one, options) for role, one in team.items())
            found |= alone & self._role_starts(need, last, options, team)
        return found


def rooms_for(roster: Roster, need: Need, options: Options) -> list[Room]:
    """Active rooms that are fit for it, in the order of the board."""
    fit = (
        room
        for room in roster.setup.rooms
        if room.active and need.fit in room.fits and (options.rooms is None or room.id in options.rooms)
    )
    return sorted(fit, key=lambda room: (room.position, room.id))


def people_for(roster: Roster, role: Role, options: Options) -> list[int]:
    """Active staff of a role, in a stable order."""
    return [one for one in roster.with_role(role) if options.staff is None or one in options.staff]


def covering(roster: Roster, cover: Cover) -> tuple[int, ...]:
    """Who gives that cover by being in the house: a prescriber, or any clinician."""
    prescribers = roster.with_role(Role.PRESCRIBER)
    if cover is Cover.PRESCRIBER:
        return prescribers
    return tuple(sorted({*prescribers, *roster.with_role(Role.NURSE)}))


def may_change(need: Need, role: Role, options: Options) -> bool:
    """Whether the nurse may change between phases of this visit."""
    return role is Role.NURSE and options.change_nurse and len(need.served_by(role)) > 1


def _any(masks: Iterable[int]) -> int:
    return reduce(or_, masks, 0)


def _all(masks: Iterable[int], start: int = -1) -> int:
    """Every mask at once; without any, every cell (-1 is all ones)."""
    return reduce(and_, masks, start)

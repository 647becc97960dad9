"""Small clinics for the tests of the engine, and what is true of them minute by minute."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import product

from clinic_desktop.foundation.actor import Role
from clinic_desktop.people.model import Shift, Staff
from clinic_desktop.scheduling.availability import Availability, Options, by_place
from clinic_desktop.scheduling.claims import phases_of
from clinic_desktop.scheduling.masks import timeline
from clinic_desktop.scheduling.model import (
    Clinic,
    Cover,
    OpenHours,
    Phase,
    PhaseKind,
    Policies,
    Room,
    Setup,
    Visit,
    VisitType,
)
from clinic_desktop.scheduling.working import Roster

MONDAY = date(2026, 11, 16)
EVERY_DAY = frozenset(range(7))
NURSE, PRESCRIBER = frozenset({Role.NURSE}), frozenset({Role.PRESCRIBER})

Claimed = tuple[str, int, int, int, int]  # kind, room or person, UTC start, UTC end, visit


def a_clinic(
    *,
    hours: tuple[int, int] = (480, 1080),
    rooms: int = 2,
    nurses: int = 2,
    prescribers: int = 1,
    grid: int = 5,
) -> Setup:
    """Open every day; nurses are 1.., prescribers 11..; all work whenever it is open."""
    people = [Staff(id=n, name=f"Nurse {n}", roles=NURSE) for n in range(1, nurses + 1)]
    people += [Staff(id=10 + n, name=f"Dr. {n}", roles=PRESCRIBER) for n in range(1, prescribers + 1)]
    return Setup(
        clinic=Clinic(
            zone="America/Chicago",
            hours=tuple(OpenHours(day, *hours) for day in range(7)),
            policies=Policies(grid=grid),
        ),
        rooms=tuple(
            Room(id=n, name=f"Room {n}", fits=frozenset({"iv"}), position=n) for n in range(1, rooms + 1)
        ),
        staff=tuple(people),
        shifts=tuple(
            Shift(id=one.id, staff_id=one.id, weekdays=EVERY_DAY, start=hours[0], end=hours[1])
            for one in people
        ),
    )


def a_type(*phases: Phase, **fields: object) -> VisitType:
    return replace(VisitType(id=1, code="A", name="Visit", needs_fit="iv", phases=phases), **fields)


def session(minutes: int, **fields: object) -> Phase:
    return replace(Phase(PhaseKind.SESSION, minutes), **fields)


IV = a_type(
    Phase(PhaseKind.CHECK_IN, 15, room=False),
    Phase(PhaseKind.PREP, 15, hands=NURSE),
    Phase(PhaseKind.INFUSION, 15, hands=NURSE, cover=Cover.CLINICIAN),
    Phase(PhaseKind.INFUSION, 25, watch=Role.NURSE, cover=Cover.CLINICIAN),
    Phase(PhaseKind.RECOVERY, 30, watch=Role.NURSE, cover=Cover.CLINICIAN),
    Phase(PhaseKind.RELEASE, 5, hands=NURSE),
    Phase(PhaseKind.TURNOVER, 15, patient=False),
    code="IVM",
    name="IV ketamine",
    modality="iv",
)
SPRAVATO = a_type(
    Phase(PhaseKind.CHECK_IN, 15, room=False),
    Phase(PhaseKind.PREP, 10, hands=NURSE),
    Phase(PhaseKind.DOSING, 10, hands=NURSE, cover=Cover.PRESCRIBER),
    Phase(PhaseKind.MONITORING, 120, watch=Role.NURSE, cover=Cover.PRESCRIBER),
    Phase(PhaseKind.RELEASE, 10, hands=NURSE),
    Phase(PhaseKind.TURNOVER, 15, patient=False),
    id=2,
    code="SP84",
    name="Spravato 84 mg",
    modality="spravato",
)
CONSULT = a_type(session(60, hands=PRESCRIBER), id=3, code="CON", name="Consultation")


def free_in(setup: Setup, first: date, days: int, claims: Iterable[Claimed] = ()) -> Availability:
    return Availability(Roster(setup), timeline(first, days, setup.clinic.zone), by_place(claims))


class Truth:
    """Whether a start fits, one moment and one person at a time: slow, and plain to read.

    step: minutes between the moments; 5 where everything lies on steps of 5.
    """

    def __init__(
        self, setup: Setup, first: date, days: int, claims: Sequence[Claimed], step: int = 5
    ) -> None:
        self.setup, self.claims = setup, claims
        self.roster, self.step = Roster(setup), step
        self.days = [first + timedelta(days=n) for n in range(days)]
        # A moment is asked about by every start around it, and nothing changes meanwhile.
        self._here, self._open = cache(self._here), cache(self._open)
        self._works, self._room_open = cache(self._works), cache(self._room_open)

    def starts(self, visit_type: VisitType, options: Options) -> list[int]:
        """Every start on the grid of the local clock, in UTC minutes."""
        line = timeline(self.days[0], len(self.days), self.setup.clinic.zone)
        grid = self.setup.policies.grid
        return [m for m in range(line.start, line.end, grid) if self.fits(visit_type, m, options)]

    def fits(self, visit_type: VisitType, start: int, options: Options) -> bool:
        if options.after is not None and start < options.after:
            return False
        phases = phases_of(Visit(start=start), visit_type)
        stay = [span for _, phase, span in phases if phase.kind is not PhaseKind.TURNOVER]
        if not all(self._open(m) for m in range(start, stay[-1].end, self.step)):
            return False
        if visit_type.needs_fit and not any(
            self._room_fits(room, phases, options) for room in self.setup.rooms
        ):
            return False
        if not self._covered(visit_type, phases) or not self._patient_free(phases, options):
            return False
        return next(self.teams(visit_type, start, options), None) is not None

    def teams(
        self, visit_type: VisitType, start: int, options: Options
    ) -> Iterator[dict[tuple[int, Role], int]]:
        """Every way to give each phase and role a person: one person for a role, or (nurses) several."""
        phases = phases_of(Visit(start=start), visit_type)
        seats = [
            (number, role, span, role in phase.hands)
            for number, phase, span in phases
            for role in sorted(phase.hands | ({phase.watch} if phase.watch else set()))
        ]
        people = [
            [
                one.id
                for one in self.setup.staff
                if one.active and role in one.roles and self._can(one.id, span, hands, options)
            ]
            for _, role, span, hands in seats
        ]
        for chosen in product(*people):
            team = {(number, role): who for (number, role, _, _), who in zip(seats, chosen, strict=True)}
            if self._allowed(team, seats, options):
                yield team

    def _allowed(self, team: dict, seats: list, options: Options) -> bool:
        for role in {role for _, role in team}:
            several = len({who for (_, r), who in team.items() if r is role}) > 1
            if several and (role is not Role.NURSE or not options.change_nurse):
                return False
        hands = [(team[number, role], span) for number, role, span, with_hands in seats if with_hands]
        return not any(a is not b and a[0] == b[0] and a[1].overlaps(b[1]) for a in hands for b in hands)

    def _can(self, person: int, span, hands: bool, options: Options) -> bool:
        if options.staff is not None and person not in options.staff:
            return False
        limit = 1 if hands else self.setup.watch_limit(person)
        kind = "hands" if hands else "watch"
        return all(
            self._works(person, m) and len(self._taken(kind, person, m, options)) < limit
            for m in range(span.start, span.end, self.step)
        )

    def _room_fits(self, room: Room, phases, options: Options) -> bool:
        if (
            not room.active
            or "iv" not in room.fits
            or (options.rooms is not None and room.id not in options.rooms)
        ):
            return False
        for _, phase, span in phases:
            for m in range(span.start, span.end, self.step) if phase.room else ():
                if self._taken("room", room.id, m, options):
                    return False
                if phase.kind is not PhaseKind.TURNOVER and not self._room_open(room.id, m):
                    return False
        return True

    def _patient_free(self, phases, options: Options) -> bool:
        return options.patient_id is None or not any(
            self._taken("patient", options.patient_id, m, options)
            for _, phase, span in phases
            if phase.patient
            for m in range(span.start, span.end, self.step)
        )

    def _covered(self, visit_type: VisitType, phases) -> bool:
        treating = [
            s.start
            for _, p, s in phases
            if p.kind in (PhaseKind.DOSING, PhaseKind.INFUSION, PhaseKind.SESSION)
        ]
        for _, phase, span in phases:
            dosed = visit_type.is_treatment and treating and phase.kind is not PhaseKind.TURNOVER
            for m in range(span.start, span.end, self.step):
                if not self._cover(phase.cover, m):
                    return False
                if (
                    dosed
                    and m >= treating[0]
                    and len(self._here(m)) < self.setup.policies.min_staff_with_dosed
                ):
                    return False
        return True

    def _cover(self, cover: Cover, minute: int) -> bool:
        if cover is Cover.CLINICIAN:
            cover = self.setup.policies.iv_cover
        roles = {
            Cover.NOBODY: set(),
            Cover.PRESCRIBER: {Role.PRESCRIBER},
            Cover.CLINICIAN: {Role.PRESCRIBER, Role.NURSE},
        }
        return cover is Cover.NOBODY or any(one.roles & roles[cover] for one in self._here(minute))

    def _here(self, minute: int) -> list[Staff]:
        return [
            one
            for one in self.setup.staff
            if one.active and self._within(self.roster.on_site(one.id, d) for d in self._near(minute))(minute)
        ]

    def _open(self, minute: int) -> bool:
        return self._within(self.roster.clinic_open(d) for d in self._near(minute))(minute)

    def _works(self, person: int, minute: int) -> bool:
        return self._within(self.roster.working(person, d) for d in self._near(minute))(minute)

    def _room_open(self, room_id: int, minute: int) -> bool:
        return self._within(self.roster.room_open(room_id, d) for d in self._near(minute))(minute)

    def _taken(self, kind: str, owner: int, minute: int, options: Options) -> list[Claimed]:
        return [
            c
            for c in self.claims
            if c[0] == kind and c[1] == owner and c[2] <= minute < c[3] and c[4] not in options.without
        ]

    def _near(self, minute: int) -> list[date]:
        day = date(1970, 1, 1) + timedelta(minutes=minute)
        return [day + timedelta(days=n) for n in (-1, 0, 1) if day + timedelta(days=n) in self.days]

    @staticmethod
    def _within(groups):
        spans = [span for group in groups for span in group]
        return lambda minute: any(span.start <= minute < span.end for span in spans)

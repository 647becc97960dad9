"""A visit as a block: where it lies on the day, its phases as bands, and the few words that stand on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import takewhile

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.clock import instant_at
from clinic_desktop.people.similar_names import NamedPerson, alike
from clinic_desktop.scheduling.claims import came_early, lead_of, phases_of, room_from
from clinic_desktop.scheduling.drivers_due import red_from
from clinic_desktop.scheduling.model import PhaseKind, Setup, Visit, VisitType
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.scheduling.states import ENDED, HERE, LIVE, NEVER_CAME, PLANNED, VisitState
from clinic_desktop.scheduling.way_home import driver_word
from clinic_desktop.treatment.slips import day_of_stay
from clinic_desktop.ui.board.day_axis import DayAxis, axis_of
from clinic_desktop.ui.board.reading import BoardVisit
from clinic_desktop.ui.driver_badge import DriverMark


class BandKind(StrEnum):
    """How a phase is drawn: prep and recovery plain, dosing strong, watching hatched."""

    PREP = "prep"
    DOSE = "dose"
    WATCH = "watch"


_BANDS = {
    PhaseKind.DOSING: BandKind.DOSE,
    PhaseKind.INFUSION: BandKind.DOSE,
    PhaseKind.MONITORING: BandKind.WATCH,
    PhaseKind.RECOVERY: BandKind.WATCH,
}
_OUTSIDE = frozenset({PhaseKind.CHECK_IN, PhaseKind.TURNOVER})
CODES = {"iv": "IV", "sp": "SP", "co": "CO", "im": "IM", "therapy": "TH"}


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of one drawing, minutes of the day."""

    kind: BandKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """One visit on one day. Minutes of the day.

    arrive: check-in begins. start to end: the patient's time in the room. turned: the room is ready
    again. staff: initials of staff_name, who is a nurse when ``nursed``. here: the patient is in the
    clinic, though the visit may only be held; came: how far they are then. inside: they are in the room, and
    have not left it. driver_late: a missing driver is
    red by now. over: minutes it runs on beyond the plan. waits: what a held visit waits for. shares: it is at
    once with another on purpose. alike: names of that day that could be taken for this patient's.
    """

    id: int
    patient_id: int
    version: int
    day: date
    room_id: int | None
    arrive: int
    start: int
    end: int
    turned: int
    bands: tuple[Band, ...]
    family_name: str
    given_name: str
    code: str
    family: str
    detail: str
    progress: str
    type_name: str
    staff: str
    staff_name: str
    nursed: bool
    state: VisitState
    came: VisitState | None
    here: bool
    inside: bool
    driver: DriverMark | None
    driver_late: bool
    displaced: bool
    shares: bool
    over: int
    waits: tuple[str, ...]
    alike: tuple[str, ...]
    phone: str
    treatment: bool
    needs_room: bool

    @property
    def name(self) -> str:
        return ", ".join(part for part in (self.family_name, self.given_name) if part)

    @property
    def whereabouts(self) -> VisitState:
        """The state, but for who has come already, though the visit is only held."""
        return self.came or self.state

    @property
    def ended(self) -> bool:
        return self.state in ENDED

    @property
    def gone(self) -> bool:
        """Cancelled or missed: it takes no place, and is shown only where somebody asks for it."""
        return self.state in NEVER_CAME

    @property
    def open(self) -> bool:
        """Held or booked: the patient has not said yet that they will come."""
        return self.whereabouts in (VisitState.HELD, VisitState.BOOKED)


def shifted(block: Block, minutes: int) -> Block:
    """The same block that much later."""
    bands = tuple(replace(one, start=one.start + minutes, end=one.end + minutes) for one in block.bands)
    return replace(
        block,
        arrive=block.arrive + minutes,
        start=block.start + minutes,
        end=block.end + minutes,
        turned=block.turned + minutes,
        bands=bands,
    )


def stayed(block: Block, visit: Visit, visit_type: VisitType, now: int) -> Block:
    """The block of the same visit with phases of other lengths."""
    stay = _Stay(visit, visit_type, axis_of(visit.day, visit.zone), now)
    return replace(block, end=stay.end, turned=stay.turned, bands=stay.bands())


def names_of(block: Block) -> tuple[str, ...]:
    """The name from long to short, never cut inside a word; where another of that day could be taken for
    this person, the given name never goes altogether, nor the letters of it that tell the two apart."""
    if not block.family_name or not block.given_name:
        return (block.family_name or block.given_name,)
    given = _told_apart(block)
    known = (block.name, f"{block.family_name}, {given}")
    if given == f"{block.given_name[0]}.":
        return (*known, f"{given} {block.family_name}" if block.alike else block.family_name)
    return (*dict.fromkeys(known), f"{given} {block.family_name}", f"{given} {block.family_name[0]}.")


def _told_apart(block: Block) -> str:
    """ "A."; "Anna" and "Anni." where an Anna and an Annie of names alike are there that day."""
    own, most = block.given_name.casefold(), 1
    for name in block.alike:
        other = name.rpartition(", ")[2].casefold()
        same = takewhile(lambda pair: pair[0] == pair[1], zip(own, other, strict=False))
        most = max(most, 1 + len(list(same)))
    return block.given_name if most >= len(own) and most > 1 else f"{block.given_name[:most]}."


def initials_of(block: Block) -> str:
    """ "AO": given name first, as people sign."""
    return "".join(part[0] for part in (block.given_name, block.family_name) if part)


def blocks_of(rows: Iterable[BoardVisit], setup: Setup, now: int) -> list[Block]:
    """Blocks by time. ``now`` as UTC minute: what runs on is longer by now."""
    made = [_block(row, setup, now) for row in rows]
    named = {day: _alike([one for one in made if one.day == day]) for day in {one.day for one in made}}
    marked = [replace(one, alike=named[one.day].get(one.patient_id, ())) for one in made]
    return sorted(marked, key=lambda one: (one.day, one.start, one.id))


def _alike(blocks: Sequence[Block]) -> dict[int, tuple[str, ...]]:
    """For each patient who could be taken for another of that day, the names of those others."""
    shown = [one for one in blocks if one.state not in NEVER_CAME]
    names = {one.patient_id: one.name for one in shown}
    pairs = alike(NamedPerson(one.patient_id, one.given_name, one.family_name) for one in shown)
    return {one: tuple(names[other] for other in others) for one, others in pairs.items()}


def _block(shown: BoardVisit, setup: Setup, now: int) -> Block:
    visit, row = shown.visit, shown.row
    visit_type = setup.type_by_id(visit.type_id)
    axis = axis_of(visit.day, visit.zone)
    stay = _Stay(visit, visit_type, axis, now)
    member = main_staff(visit)
    person = next((one for one in setup.staff if one.id == member), None)
    profile = setup.profile_of(visit_type)
    word = "" if visit.state in ENDED else driver_word(visit, profile, here=shown.driver_here)
    late = word == DriverMark.MISSING and now >= red_from(visit.day, roster_for(setup))
    return Block(
        id=visit.id,
        patient_id=visit.patient_id,
        version=visit.version,
        day=visit.day,
        room_id=visit.room_id,
        arrive=stay.start - lead_of(visit, visit_type),
        start=stay.start,
        end=stay.end,
        turned=stay.turned,
        bands=stay.bands(),
        family_name=row.family_name,
        given_name=row.preferred_name or row.given_name,
        code=CODES.get(visit_type.family, visit_type.code[:2].upper()),
        family=visit_type.family,
        detail=detail_of(visit_type, setup),
        progress=f"{visit.course_no}/{row.planned}" if visit.course_no and row.planned else "",
        type_name=visit_type.name,
        staff=person.initials if person else "",
        staff_name=person.name if person else "",
        nursed=visit.nurse_id is not None,
        state=visit.state,
        came=visit.whereabouts if visit.state in PLANNED and visit.arrived is not None else None,
        here=visit.whereabouts in HERE,
        inside=visit.entered is not None and visit.left is None and visit.whereabouts in HERE,
        driver=DriverMark(word) if word and visit_type.is_treatment else None,
        driver_late=late,
        displaced=visit.displaced and visit.state in LIVE,
        shares=shown.shares,
        over=stay.over,
        waits=tuple(sorted(visit.held_for)) if visit.state is VisitState.HELD else (),
        alike=(),
        phone=row.phone,
        treatment=visit_type.is_treatment,
        needs_room=bool(visit_type.needs_fit),
    )


def main_staff(visit: Visit) -> int | None:
    """Whose initials stand on the block: the nurse's, else the prescriber's, else the therapist's."""
    people = (visit.staff_for(role) for role in (Role.NURSE, Role.PRESCRIBER, Role.THERAPIST))
    return next((one for one in people if one is not None), None)


def detail_of(visit_type: VisitType, setup: Setup) -> str:
    """What the type's name says beyond its code: "booster", "first 56 mg", "Follow-up"."""
    modality = next((one.name for one in setup.modalities if one.code == visit_type.modality), "")
    left = visit_type.name.removeprefix(modality).strip() if modality else visit_type.name
    return left[:1].upper() + left[1:]


class _Stay:
    """The visit's time in its room: as planned, then as the facts and the clock say."""

    def __init__(self, visit: Visit, visit_type: VisitType, axis: DayAxis, now: int) -> None:
        early = came_early(visit)
        self._phases = [
            (phase.kind, axis.minute(span.start - early), axis.minute(span.end - early))
            for _, phase, span in phases_of(visit, visit_type)
        ]
        inside = [(a, b) for kind, a, b in self._phases if kind not in _OUTSIDE]
        # Who comes late has the place from the plan on; who is early has it from when they came.
        self.start = axis.minute(room_from(visit) if visit.moved or early else visit.start)
        planned = max((b for _, b in inside), default=self.start)
        self.turned = axis.minute(visit.end - early)
        tail = self.turned - planned
        if visit.room_until is not None and visit.room_until > min(visit.start, room_from(visit)):
            self.turned = axis.minute(visit.room_until)
        going_on = visit.whereabouts in HERE and visit.day >= day_of_stay(instant_at(now), visit.zone)
        if going_on:
            self.turned = max(self.turned, axis.minute(now) + tail)
        self.end = max(self.turned - tail, min(self.start + 5, planned))
        self.turned = max(self.turned, self.end)
        self.over = max(0, self.end - planned - early) if going_on else 0

    def bands(self) -> tuple[Band, ...]:
        """The phases in the room, cut or stretched to when the patient left it."""
        out: list[Band] = []
        for kind, start, end in self._phases:
            if kind in _OUTSIDE or start >= self.end or end <= self.start:
                continue
            drawn = _BANDS.get(kind, BandKind.PREP)
            if out and out[-1].kind is drawn:
                out[-1] = replace(out[-1], end=min(end, self.end))
            else:
                out.append(Band(drawn, max(start, self.start), min(end, self.end)))
        if out and out[-1].end < self.end:
            out[-1] = replace(out[-1], end=self.end)
        return tuple(out)

"""Moving planned visits: one, two that swap, or several of a course. All or none."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.clock import WallTime
from clinic_desktop.foundation.errors import Refusal, StaleEdit, before_saving
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.asking_again import asked_again
from clinic_desktop.scheduling.booking import Booked
from clinic_desktop.scheduling.choices import Choice
from clinic_desktop.scheduling.claims import claims_of
from clinic_desktop.scheduling.model import Claim, PhaseStaff, Setup, Visit
from clinic_desktop.scheduling.open_visits import count_open
from clinic_desktop.scheduling.overlaps import have_alone
from clinic_desktop.scheduling.pinboard import off_the_pinboard
from clinic_desktop.scheduling.placing import placed
from clinic_desktop.scheduling.ports import ScheduleStore, ScheduleUnit
from clinic_desktop.scheduling.reconfirming import no_longer_confirmed
from clinic_desktop.scheduling.rules import not_begun
from clinic_desktop.scheduling.settle import settle
from clinic_desktop.scheduling.stretching import stretched
from clinic_desktop.security.rights import Right, require


@dataclass(frozen=True, slots=True)
class Move:
    """Where a visit goes. ``version`` is the one the screen showed. longer: minutes that its stay is to be
    beyond what its type asks; None leaves it as long as it is."""

    visit_id: int
    version: int
    day: date
    minute: int
    fold: int = 0
    room_id: int | None = None
    nurse_id: int | None = None
    prescriber_id: int | None = None
    therapist_id: int | None = None
    phase_staff: tuple[PhaseStaff, ...] = ()
    longer: int | None = None


def to(visit: Visit, **changes: object) -> Move:
    """A move that keeps everything of the visit but ``changes``."""
    kept = Move(
        visit.id,
        visit.version,
        visit.day,
        visit.minute,
        visit.fold,
        visit.room_id,
        visit.nurse_id,
        visit.prescriber_id,
        visit.therapist_id,
        visit.phase_staff,
    )
    return replace(kept, **changes)  # type: ignore[arg-type]  # the names are checked by replace itself


def onto(move: Move, at: WallTime, choice: Choice) -> Move:
    """The same move to another time, with the room and the people chosen for it."""
    return replace(
        move,
        day=at.day,
        minute=at.minute,
        fold=at.fold,
        room_id=choice.room_id,
        nurse_id=choice.nurse_id,
        prescriber_id=choice.prescriber_id,
        therapist_id=choice.therapist_id,
        phase_staff=choice.phase_staff,
    )


def move(
    store: ScheduleStore,
    actor: Actor,
    moves: Sequence[Move],
    override: str = "",
    sharing: Collection[int] = (),
) -> Booked:
    """Move visits in one transaction: every claim of theirs is given up before any is taken, so a visit
    never blocks its own move and two visits can change places. ``sharing``: visits whose room or people
    they share on purpose, for the reason of ``override``."""
    require(actor, Right.MOVE)
    with before_saving(), store.read() as records:
        days = {records.get(Visit, one.visit_id).day for one in moves} | {one.day for one in moves}
    with store.write(actor) as unit:
        unit.because(override)
        unit.lock_days(sorted(days))
        visits, warnings = move_all(unit, moves, days, override, sharing)
        return Booked(visits, warnings, unit.commit())


def move_all(
    unit: ScheduleUnit,
    moves: Sequence[Move],
    locked: Iterable[date],
    override: str = "",
    sharing: Collection[int] = (),
) -> tuple[tuple[Visit, ...], tuple[Finding, ...]]:
    """The same inside a transaction that has locked the days: the visits as they stand, and what to know."""
    visits, warnings = moved_in(unit, moves, locked, override, sharing=sharing)
    for course_id in sorted({one.course_id for one in visits if one.course_id is not None}):
        count_open(unit, course_id)
    return tuple(unit.get(Visit, one.id) for one in visits), tuple(warnings)


def moved_in(
    unit: ScheduleUnit,
    moves: Sequence[Move],
    locked: Iterable[date],
    override: str = "",
    new: Sequence[Visit] = (),
    sharing: Collection[int] = (),
) -> tuple[list[Visit], list[Finding]]:
    """The moves inside the caller's transaction, together with ``new`` visits: rules see them all at once.
    ``locked``: the days before and after. The caller counts the courses and commits."""
    setup = unit.setup()
    before = {one.visit_id: unit.get(Visit, one.visit_id) for one in moves}
    had = _claimed(setup, before.values())
    moved = [_moved(unit, setup, one, locked) for one in moves]
    unit.place([one.id for one in moved], [], setup.watch_limit)
    visits, warnings = settle(unit, [*moved, *new], override, sharing)
    have_alone(unit, had - _claimed(setup, visits))
    # One that only gets longer lies on the pinboard still.
    off_the_pinboard(unit, [one.visit_id for one in moves if one.longer is None])
    pairs = [(before[one.id], one) for one in visits if one.id in before]
    return visits, [*warnings, *no_longer_confirmed(unit, pairs)]


def _claimed(setup: Setup, visits: Iterable[Visit]) -> set[Claim]:
    return {claim for one in visits for claim in claims_of(one, setup.type_by_id(one.type_id))}


def _moved(unit: ScheduleUnit, setup: Setup, wish: Move, locked: Iterable[date]) -> Visit:
    before = unit.get(Visit, wish.visit_id)
    if before.version != wish.version or before.day not in locked:
        raise StaleEdit("visit", wish.visit_id)
    if refused := not_begun(before, "moved" if wish.longer is None else "made longer or shorter"):
        raise Refusal([refused])
    after = placed(setup, stretched(before, setup.type_by_id(before.type_id), wish.longer), wish)
    return asked_again(before, after)

"""Booking visits: look, ask the rules, write, all in one transaction."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.model import GoingHomePlan, PhaseStaff, Setup, Visit
from clinic_desktop.scheduling.placing import placed
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.scheduling.settle import settle
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.security.rights import Right, require


@dataclass(frozen=True, slots=True)
class Wish:
    """A visit as somebody wants it: clinic wall-clock time, room and people chosen."""

    patient_id: int
    type_code: str
    day: date
    minute: int
    fold: int = 0
    room_id: int | None = None
    nurse_id: int | None = None
    prescriber_id: int | None = None
    therapist_id: int | None = None
    phase_staff: tuple[PhaseStaff, ...] = ()
    plan: GoingHomePlan | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Booked:
    """What stands now, what the rules warned of, and the news."""

    visits: tuple[Visit, ...]
    warnings: tuple[Finding, ...]
    changes: Changes


def book(
    store: ScheduleStore, actor: Actor, wish: Wish, override: str = "", sharing: Collection[int] = ()
) -> Booked:
    """Book one visit. It is held when its driver or its clearance is still to come.

    ``override`` is the reason for going over a hard rule; it needs the right. ``sharing``: visits whose
    room or people it shares on purpose, for that reason. Raises :class:`Refusal`, :class:`Conflict` or
    :class:`BadInput`.
    """
    return book_all(store, actor, [wish], override, sharing)


def book_all(
    store: ScheduleStore,
    actor: Actor,
    wishes: Sequence[Wish],
    override: str = "",
    sharing: Collection[int] = (),
) -> Booked:
    """Book several visits, all or none."""
    require(actor, Right.BOOK)
    with store.write(actor) as unit:
        unit.because(override)
        unit.lock_days([wish.day for wish in wishes])
        setup = unit.setup()
        drafts = [draft(setup, wish) for wish in wishes]
        visits, warnings = settle(unit, drafts, override, sharing)
        return Booked(tuple(visits), tuple(warnings), unit.commit())


def draft(setup: Setup, wish: Wish) -> Visit:
    """The visit of a wish, with its derived times; not yet written."""
    visit_type = setup.type_by_code(wish.type_code)
    visit = Visit(
        patient_id=wish.patient_id,
        type_id=visit_type.id,
        zone=setup.clinic.zone,
        state=VisitState.HELD,
        note=wish.note,
    )
    return placed(setup, visit.with_plan(wish.plan), wish)

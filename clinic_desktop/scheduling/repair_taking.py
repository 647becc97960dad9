"""Taking a proposal: the absence or the closure is recorded and everybody moves, in one transaction.

Whoever has no place stays where they are, on the repair list, to be called. No rule is gone over for it,
and nothing of it counts against a patient.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import BadInput, StaleEdit
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.claims import claims_of
from clinic_desktop.scheduling.disruption import claims_after, set_up_after, set_up_edit
from clinic_desktop.scheduling.model import Claim, ClaimKind, PhaseStaff, Visit
from clinic_desktop.scheduling.moving import Move, move_all
from clinic_desktop.scheduling.overlaps import around, clashes, place_shared
from clinic_desktop.scheduling.placing import placed
from clinic_desktop.scheduling.ports import ScheduleStore, ScheduleUnit
from clinic_desktop.scheduling.repairing import Line, Proposal, can_move
from clinic_desktop.scheduling.set_up import problems
from clinic_desktop.scheduling.set_up_writing import write
from clinic_desktop.security.rights import Right, require

REASON = "clinic: the day was repaired"


@dataclass(frozen=True, slots=True)
class Repaired:
    """The visits that were changed as they stand, those left to be called, what to know, and the news."""

    visits: tuple[Visit, ...]
    left: tuple[Visit, ...]
    warnings: tuple[Finding, ...]
    changes: Changes


def repair(store: ScheduleStore, actor: Actor, proposal: Proposal) -> Repaired:
    """Do what was proposed, all of it or nothing. Raises :class:`StaleEdit` or :class:`Conflict` when the day
    has changed since, and :class:`Refusal` when a rule says no by now.

    That somebody is away for what is left of a day, or a room closed, is recorded without the right to
    the set-up: it is what happened.
    """
    require(actor, Right.MOVE)
    with store.write(actor) as unit:
        unit.because(REASON)
        _lock_and_record(unit, proposal)
        moves = [one.move for one in proposal.lines if one.move is not None and can_move(one.visit)]
        seen = [_seen(unit, one) for one in proposal.lines]
        room = _rooms_needed(unit, proposal, moves)
        left = [
            _stay(unit, one, room) for one, line in zip(seen, proposal.lines, strict=True) if not line.move
        ]
        # Everybody gives up what they have before anybody takes anything.
        unit.place([one.visit_id for one in moves], [], unit.setup().watch_limit)
        handed = [
            handed_over(unit, unit.get(Visit, line.visit.id), line.move.phase_staff)
            for line in proposal.lines
            if line.move and not can_move(line.visit)
        ]
        visits, warnings = move_all(unit, moves, {proposal.day}) if moves else ((), ())
        return Repaired((*handed, *visits), tuple(left), warnings, unit.commit())


def _lock_and_record(unit: ScheduleUnit, proposal: Proposal) -> None:
    edit = set_up_edit(proposal.what)
    if edit is None:
        unit.lock_days([proposal.day])
        return
    unit.lock_all_days()
    before = unit.setup()
    if found := problems(edit, set_up_after(before, proposal.what)):
        raise BadInput(found)
    write(unit, before, edit.write, edit.remove)


def _seen(unit: ScheduleUnit, line: Line) -> Visit:
    """The visit as it stands; it must be the one that was proposed for."""
    visit = unit.get(Visit, line.visit.id)
    if visit.version != line.visit.version or visit.day != line.visit.day:
        raise StaleEdit("visit", visit.id)
    return visit


def _rooms_needed(unit: ScheduleUnit, proposal: Proposal, moves: Iterable[Move]) -> list[Claim]:
    """The rooms as visits will have them, and as a stay that runs on still needs its own."""
    setup = unit.setup()
    out: list[Claim] = []
    for move in moves:
        out += _rooms(unit, placed(setup, unit.get(Visit, move.visit_id), move))
    there = unit.visits_on(proposal.day, proposal.day)
    for visit in there:
        claims = list(_rooms(unit, visit))
        longer = claims_after(claims, there, proposal.what)
        out += longer if longer != claims else []
    return out


def _rooms(unit: ScheduleUnit, visit: Visit) -> Iterator[Claim]:
    claims = claims_of(visit, unit.setup().type_by_id(visit.type_id))
    return (one for one in claims if one.kind is ClaimKind.ROOM)


def _stay(unit: ScheduleUnit, visit: Visit, room: list[Claim]) -> Visit:
    """A visit without a place; where its room goes to another, it is displaced."""
    if not can_move(visit) or not any(clashes(one, room) for one in _rooms(unit, visit)):
        return visit
    return _claim(unit, unit.save(replace(visit, displaced=True)))


def handed_over(unit: ScheduleUnit, visit: Visit, phase_staff: tuple[PhaseStaff, ...]) -> Visit:
    """Others serve what is left of a begun visit. They must be free for it: this is a plan, not a fact."""
    after = replace(visit, phase_staff=phase_staff)
    visit_type = unit.setup().type_by_id(visit.type_id)
    had = set(claims_of(visit, visit_type))
    wanted = [one for one in claims_of(after, visit_type) if one not in had]
    unit.place([visit.id], [], unit.setup().watch_limit)
    unit.must_be_free(wanted, unit.setup().watch_limit)
    return _claim(unit, unit.save(after))


def _claim(unit: ScheduleUnit, visit: Visit) -> Visit:
    claims = claims_of(visit, unit.setup().type_by_id(visit.type_id))
    place_shared(unit, visit, claims, around(unit, visit, claims))
    return visit

"""What a proposal for a day says: each visit before and after, and all of it in one line."""

from collections.abc import Iterator, Mapping

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.clock import WallTime
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.scheduling.claims import phases_of, staff_of
from clinic_desktop.scheduling.model import Setup, Visit
from clinic_desktop.scheduling.placing import placed
from clinic_desktop.scheduling.repairing import Line, Proposal
from clinic_desktop.ui.board.ports import Ghost
from clinic_desktop.ui.booking.ghosts import ends
from clinic_desktop.ui.booking.words import room_words
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.wording import all_worded


def row_of(line: Line, setup: Setup) -> Row:
    """One visit: who, when, and what becomes of it."""
    what = changes_of(line, setup)
    badge, tone = ("", Tone.NEUTRAL) if line.move else (tr("See to it"), Tone.DANGER)
    if line.retimed or not (line.move or line.begun):
        badge, tone = tr("Call"), Tone.WARN if line.move else Tone.DANGER
    text = f"{clock_time(line.visit.minute)} · {line.patient.name}"
    return Row(text=text, detail=what, badge=badge, tone=tone, state=line.visit.state)


def changes_of(line: Line, setup: Setup) -> str:
    """What another time, room or person takes the place of."""
    if line.move is None and line.begun:
        return tr("The patient is here: see to it in the house")
    if line.move is None:
        return tr("No place on this day: call, and find another day")
    return " · ".join(_changes(line, setup)) or tr("The room is free again")


def spoken(line: Line, setup: Setup) -> str:
    """All of one visit, and why."""
    parts = (f"{line.patient.name}, {line.type_name}", changes_of(line, setup), all_worded(line.why))
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def summary(proposal: Proposal) -> str:
    """All of it in one line."""
    if not proposal.lines:
        return tr("No visit is affected.")
    cost = proposal.cost
    parts = [tr("%n visit(s) affected", "", len(proposal.lines))]
    if cost.unplaced:
        parts.append(tr("%n without a place", "", cost.unplaced))
    if cost.retimed:
        words = tr("%n at another time, {minutes} min in all", "", cost.retimed)
        parts.append(words.format(minutes=cost.minutes))
    if cost.rooms:
        parts.append(tr("%n in another room", "", cost.rooms))
    if handed := sum(_other_people(one) for one in proposal.lines):
        parts.append(tr("%n with other people", "", handed))
    return ", ".join(parts) + "."


def ghosts_of(proposal: Proposal, current: int) -> list[Ghost]:
    """Where visits would go; ``current``: the id of the visit that is looked at."""
    out, setup = [], proposal.setup
    for line in proposal.lines:
        if line.move is None or not (line.retimed or line.move.room_id != line.visit.room_id):
            continue
        there = _after(line, setup)
        note = tr("from {time}").format(time=clock_time(line.visit.minute)) if line.retimed else ""
        at = WallTime(there.day, there.minute, there.fold)
        chosen = line.visit.id == current
        end, turned = ends(setup, setup.type_by_id(there.type_id), at, there.phase_minutes)
        out.append(Ghost(at.day, there.room_id, at.minute, end, line.patient.name, note, 0, chosen, turned))
    return out


def _changes(line: Line, setup: Setup) -> Iterator[str]:
    before, after = line.visit, _after(line, setup)
    arrow = "{old} → {new}"
    if line.retimed:
        yield arrow.format(old=clock_time(before.minute), new=clock_time(after.minute))
    if before.room_id != after.room_id:
        old, new = room_words(setup, before.room_id), room_words(setup, after.room_id)
        yield arrow.format(old=old, new=new)
    names = {one.id: one.name for one in setup.staff}
    for role in Role:
        old_ones, new_ones = _people(before, setup, role), _people(after, setup, role)
        if old_ones != new_ones:
            yield arrow.format(old=_then(old_ones, names), new=_then(new_ones, names))


def _other_people(line: Line) -> bool:
    if line.move is None:
        return False
    before = (line.visit.nurse_id, line.visit.prescriber_id, line.visit.therapist_id, line.visit.phase_staff)
    move = line.move
    return before != (move.nurse_id, move.prescriber_id, move.therapist_id, move.phase_staff)


def _after(line: Line, setup: Setup) -> Visit:
    return placed(setup, line.visit, line.move) if line.move else line.visit


def _people(visit: Visit, setup: Setup, role: Role) -> list[int]:
    """Who serves in a role, one after the other."""
    out: list[int] = []
    for number, phase, _ in phases_of(visit, setup.type_by_id(visit.type_id)):
        person = staff_of(visit, number, role)
        serves = role in phase.hands or phase.watch is role
        if serves and person is not None and out[-1:] != [person]:
            out.append(person)
    return out


def _then(people: list[int], names: Mapping[int, str]) -> str:
    return tr(", then ").join(names.get(one, "") for one in people) or tr("nobody")

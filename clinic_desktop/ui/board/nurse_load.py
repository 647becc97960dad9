"""How many patients each nurse has at a time: hands and watching places together. Minutes of the day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.intervals import Interval, merged
from clinic_desktop.scheduling.claims import phases_of, staff_of, watched_longer
from clinic_desktop.scheduling.model import Setup, Visit, VisitType
from clinic_desktop.scheduling.states import NEVER_CAME
from clinic_desktop.ui.board.day_axis import axis_of
from clinic_desktop.ui.board.reading import BoardVisit


@dataclass(frozen=True, slots=True)
class LoadStep:
    """``count`` patients from start to end."""

    start: int
    end: int
    count: int


@dataclass(frozen=True, slots=True)
class Load:
    """One nurse's day; ``limit``: patients they may watch at once."""

    staff_id: int
    name: str
    initials: str
    limit: int
    steps: tuple[LoadStep, ...] = ()

    def at(self, minute: int) -> int:
        """Patients at a minute."""
        return next((one.count for one in self.steps if one.start <= minute < one.end), 0)


def loads_of(rows: Sequence[BoardVisit], setup: Setup, day: date) -> tuple[Load, ...]:
    """The nurses of a clinic, each with the patients of a day."""
    spans: dict[int, list[tuple[int, int]]] = {}
    zero = axis_of(day, setup.clinic.zone).zero
    for row in rows:
        if row.visit.state in NEVER_CAME or row.visit.day != day:
            continue
        visit_type = setup.type_by_id(row.visit.type_id)
        for person, start, end in nursed(row.visit, visit_type):
            spans.setdefault(person, []).append((start - zero, end - zero))
    nurses = [one for one in setup.staff if one.active and Role.NURSE in one.roles]
    return tuple(
        Load(one.id, one.name, one.initials, setup.watch_limit(one.id), steps_of(spans.get(one.id, ())))
        for one in nurses
    )


def nursed(visit: Visit, visit_type: VisitType) -> list[tuple[int, int, int]]:
    """(nurse, from, to) in UTC minutes, joined where the same nurse goes on; a stay that runs on with whom
    it is with."""
    phases, spans = phases_of(visit, visit_type), dict[int, list[Interval]]()
    for number, phase, span in phases:
        serves = Role.NURSE in phase.hands or phase.watch is Role.NURSE
        if serves and (person := staff_of(visit, number, Role.NURSE)) is not None:
            spans.setdefault(person, []).append(span)
    if (longer := watched_longer(visit, phases)) is not None:
        spans.setdefault(longer[0], []).append(longer[1])
    return [(person, one.start, one.end) for person, some in spans.items() for one in merged(some)]


def steps_of(spans: Iterable[tuple[int, int]]) -> tuple[LoadStep, ...]:
    """Where the number of overlapping spans changes; stretches without any are left out."""
    turns: dict[int, int] = {}
    for start, end in spans:
        turns[start] = turns.get(start, 0) + 1
        turns[end] = turns.get(end, 0) - 1
    out: list[LoadStep] = []
    count, since = 0, 0
    for minute in sorted(turns):
        if not turns[minute]:
            continue
        if count:
            out.append(LoadStep(since, minute, count))
        count, since = count + turns[minute], minute
    return tuple(out)

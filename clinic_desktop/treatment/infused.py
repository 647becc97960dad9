"""How much of an infusion has run in: the rates of the pump by the minutes that passed. Pure.

Where a rate or the concentration is not on record nobody knows, and the whole dose counts as given.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import ceil

from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.session import Session, when

_KINDS = (StampKind.INFUSION_START, StampKind.RATE, StampKind.INFUSION_STOP)


@dataclass(frozen=True, slots=True)
class Run:
    """One infusion: its start and the changes of its rate, and when it stopped; None while it runs."""

    parts: tuple[Stamp, ...]
    stopped: datetime | None = None

    @property
    def dose(self) -> float:
        return self.parts[0].dose or 0

    @property
    def ends_at(self) -> datetime | None:
        """When all of it will have run in at the present rate, to the begun minute; None where that cannot be
        known, while the pump is held, and where another bag was hung."""
        last, there = self.parts[-1], _concentrations(self.parts)
        before = Run(self.parts[:-1]).mg_by(when(last)) if len(self.parts) > 1 else 0.0
        if before is None or there is None or len(set(there)) > 1 or not last.rate:
            return None
        minutes = (self.dose - before) / (last.rate * there[-1]) * 60
        return when(last) + timedelta(minutes=ceil(round(minutes, 6)))

    def mg_by(self, at: datetime) -> float | None:
        """What had run in by then; None where that cannot be known. Never more than was in the bag, unless
        another one was hung."""
        if any(one.rate is None for one in self.parts):
            return None
        there = _concentrations(self.parts)
        if there is None:
            return None
        times = [*(when(one) for one in self.parts), self.stopped or at]
        spans = [max(0, instant_minute(end) - instant_minute(begun)) for begun, end in pairwise(times)]
        parts = zip(self.parts, spans, there, strict=True)
        mg = sum((one.rate or 0) / 60 * minutes * strength for one, minutes, strength in parts)
        return mg if len(set(there)) > 1 else min(mg, self.dose)


def _concentrations(parts: Sequence[Stamp]) -> list[float] | None:
    """The mg/mL of each part: as it was said, else the one before it; the first that was said counts from the
    start on, for it is the same bag."""
    known = next((one.concentration for one in parts if one.concentration is not None), None)
    out = []
    for one in parts:
        known = known if one.concentration is None else one.concentration
        if known is None:
            return None
        out.append(known)
    return out


def runs_of(session: Session) -> Iterator[Run]:
    """The infusions, in order."""
    parts: list[Stamp] = []
    for one in session.all_of(*_KINDS):
        if one.kind is StampKind.INFUSION_STOP:
            if parts:
                yield Run(tuple(parts), when(one))
            parts = []
        elif parts or one.kind is StampKind.INFUSION_START:
            parts.append(one)
    if parts:
        yield Run(tuple(parts), session.ended_at)  # none runs on in somebody who has gone


def running_run(session: Session) -> Run | None:
    """The infusion that runs."""
    return next((one for one in runs_of(session) if one.stopped is None), None)


def given_mg(session: Session, at: datetime) -> float:
    """What was given by then: devices and injections, and of an infusion what has run in."""
    mg = sum(one.dose or 0 for one in session.devices)
    for run in runs_of(session):
        known = run.mg_by(at)
        mg += run.dose if known is None else known
    return round(mg, 1)


def concentration_now(session: Session) -> float | None:
    """The mg/mL of what runs."""
    run = running_run(session)
    there = _concentrations(run.parts) if run else None
    return there[-1] if there else None

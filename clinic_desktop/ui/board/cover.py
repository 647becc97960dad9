"""Coverage as the board shows it: when a prescriber is in the house, and where one is missing.

The same people, needs and minutes as the rule of coverage takes. Minutes of the day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clinic_desktop.foundation.intervals import Interval, merged
from clinic_desktop.scheduling.availability import covering
from clinic_desktop.scheduling.coverage import House, lacking_cover, unattended
from clinic_desktop.scheduling.model import Cover as CoverKind
from clinic_desktop.scheduling.model import Setup, Visit
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.scheduling.safe_start import latest_start
from clinic_desktop.scheduling.states import LIVE
from clinic_desktop.ui.board.day_axis import axis_of, spoken_clock
from clinic_desktop.ui.i18n import tr


@dataclass(frozen=True, slots=True)
class Gap:
    """Nobody of ``who`` is on site from start to end, while a patient of ``visits`` needs them. With a
    ``person``: that person is on a break or away, whom those patients have."""

    start: int
    end: int
    who: CoverKind
    visits: tuple[int, ...]
    person: int = 0
    name: str = ""

    @property
    def words(self) -> str:
        """ "Maya Jones is on a break or away 12:00 PM to 12:30 PM"."""
        pattern = tr("{name} is on a break or away {start} to {end}")
        if not self.person:
            pattern = tr("Nobody covers {start} to {end}")
        return pattern.format(name=self.name, start=spoken_clock(self.start), end=spoken_clock(self.end))


@dataclass(frozen=True, slots=True)
class Cover:
    """present: when some prescriber is on site. people: who, in words. gaps: where a patient lacks cover."""

    present: tuple[Interval, ...] = ()
    people: str = ""
    gaps: tuple[Gap, ...] = ()

    @property
    def spoken(self) -> str:
        """All of it in words."""
        return " ".join([self.people or tr("No prescriber is on site that day."), *self.lacking])

    @property
    def lacking(self) -> list[str]:
        """A sentence for each gap."""
        words = tr("{gap}, while a patient is dosed or watched.")
        return [words.format(gap=gap.words) for gap in self.gaps]


NO_COVER = Cover()


def cover_of(setup: Setup, day: date, visits: Sequence[Visit], now: int) -> Cover:
    """The cover of a day, and what its visits lack of it from ``now`` (UTC minute) on."""
    house, zero = House(setup), axis_of(day, setup.clinic.zone).zero
    present = [one.shifted(-zero) for one in house.covered(day, CoverKind.PRESCRIBER)]
    gaps = (*_gaps(house, day, visits, now, zero), *_breaks(house, day, visits, now, zero))
    return Cover(tuple(present), _people(setup, day, zero), gaps)


def _people(setup: Setup, day: date, zero: int) -> str:
    roster = roster_for(setup)
    names = {one.id: one.name for one in setup.staff}
    pattern = tr("{name} is on site {start} to {end}.")
    return " ".join(
        pattern.format(
            name=names[person], start=spoken_clock(one.start - zero), end=spoken_clock(one.end - zero)
        )
        for person in covering(roster, CoverKind.PRESCRIBER)
        for one in roster.on_site(person, day)
    )


def _gaps(house: House, day: date, visits: Sequence[Visit], now: int, zero: int) -> tuple[Gap, ...]:
    lacking: dict[CoverKind, list[tuple[Interval, int]]] = {}
    for visit in visits:
        if visit.state not in LIVE or visit.day != day:
            continue
        visit_type = house.setup.type_by_id(visit.type_id)
        for who, gap in lacking_cover(visit, visit_type, house, now):
            lacking.setdefault(who, []).append((gap.shifted(-zero), visit.id))
    return tuple(
        Gap(one.start, one.end, who, _of(found, one))
        for who, found in sorted(lacking.items())
        for one in merged(span for span, _ in found)
    )


def _breaks(house: House, day: date, visits: Sequence[Visit], now: int, zero: int) -> list[Gap]:
    """Where somebody who has a patient is on a break or away."""
    names = {one.id: one.name for one in house.setup.staff}
    found: dict[int, list[tuple[Interval, int]]] = {}
    for visit in visits:
        if visit.state in LIVE and visit.day == day:
            for person, gap in unattended(visit, house.setup.type_by_id(visit.type_id), house, now):
                found.setdefault(person, []).append((gap.shifted(-zero), visit.id))
    return [
        Gap(one.start, one.end, CoverKind.NOBODY, _of(gaps, one), person, names[person])
        for person, gaps in sorted(found.items())
        for one in merged(span for span, _ in gaps)
    ]


def _of(found: Sequence[tuple[Interval, int]], gap: Interval) -> tuple[int, ...]:
    return tuple(sorted({visit for span, visit in found if span.overlaps(gap)}))


def last_starts(setup: Setup, day: date) -> dict[str, int]:
    """For each fit of a room ("spravato"): the start after which no treatment there can be had any more."""
    roster, zero = roster_for(setup), axis_of(day, setup.clinic.zone).zero
    out: dict[str, int] = {}
    for visit_type in setup.types:
        latest = latest_start(visit_type, roster, day) if visit_type.current else None
        if latest is not None:
            fit = visit_type.needs_fit
            out[fit] = max(out.get(fit, latest - zero), latest - zero)
    return out

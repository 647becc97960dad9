"""Coverage as the board shows it: when a prescriber is in the house, and where one is missing.

The same people, needs and minutes as the rule of coverage takes. Minutes of the day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clinic_desktop.foundation.intervals import Interval, merged, minus
from clinic_desktop.scheduling.availability import covering
from clinic_desktop.scheduling.coverage import House
from clinic_desktop.scheduling.model import Cover as CoverKind
from clinic_desktop.scheduling.model import Setup, Visit
from clinic_desktop.scheduling.needs import need_of
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.scheduling.safe_start import latest_safe_start
from clinic_desktop.scheduling.states import LIVE
from clinic_desktop.ui.board.day_axis import axis_of, spoken_clock
from clinic_desktop.ui.i18n import tr


@dataclass(frozen=True, slots=True)
class Gap:
    """Nobody of ``who`` is on site from start to end, while a patient of ``visits`` needs them."""

    start: int
    end: int
    who: CoverKind
    visits: tuple[int, ...]


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
        words = tr("Nobody covers {start} to {end}, while a patient is dosed or watched.")
        return [words.format(start=spoken_clock(gap.start), end=spoken_clock(gap.end)) for gap in self.gaps]


NO_COVER = Cover()


def cover_of(setup: Setup, day: date, visits: Sequence[Visit], now: int) -> Cover:
    """The cover of a day, and what its visits lack of it from ``now`` (UTC minute) on."""
    house, zero = House(setup), axis_of(day, setup.clinic.zone).zero
    present = [one.shifted(-zero) for one in house.covered(day, CoverKind.PRESCRIBER)]
    return Cover(tuple(present), _people(setup, day, zero), _gaps(house, day, visits, now, zero))


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
        need = need_of(visit_type, house.setup.policies.iv_cover, visit.phase_minutes)
        for who, spans in need.cover:
            ahead = [(max(visit.start + a, now), visit.start + b) for a, b in spans]
            wanted = [Interval(a, b) for a, b in ahead if a < b]
            for gap in minus(wanted, house.covered(day, who)):
                lacking.setdefault(who, []).append((gap.shifted(-zero), visit.id))
    return tuple(
        Gap(one.start, one.end, who, tuple(sorted({v for span, v in found if span.overlaps(one)})))
        for who, found in sorted(lacking.items())
        for one in merged(span for span, _ in found)
    )


def last_safe_starts(setup: Setup, day: date) -> dict[str, int]:
    """For each fit whose visits need a prescriber in the house ("spravato"): the start after which no
    type of visit there is safe any more."""
    roster, zero = roster_for(setup), axis_of(day, setup.clinic.zone).zero
    out: dict[str, int] = {}
    for visit_type in setup.types:
        need = need_of(visit_type, setup.policies.iv_cover)
        if not visit_type.current or CoverKind.PRESCRIBER not in dict(need.cover):
            continue
        latest = latest_safe_start(visit_type, roster, day)
        if latest is not None:
            known = out.get(need.fit, latest - zero)
            out[need.fit] = max(known, latest - zero)
    return out

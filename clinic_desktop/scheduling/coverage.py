"""Coverage: who must be on site while a patient is dosed and watched, and where they are not.

It is covered, not exclusive, so it is no claim: it is looked at again in every transaction that
changes a visit, a shift or an absence, under the lock of its day.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.clock import from_utc_minute
from clinic_desktop.foundation.intervals import Interval, merged, minus
from clinic_desktop.foundation.rulebook import Finding, scope_of
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.scheduling.availability import covering
from clinic_desktop.scheduling.claims import phases_of, staff_of
from clinic_desktop.scheduling.model import Cover, Phase, PhaseKind, Setup, Visit, VisitType
from clinic_desktop.scheduling.needs import need_of
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.scheduling.rules import COVER_CLINICIAN, COVER_PRESCRIBER, COVER_TWO
from clinic_desktop.scheduling.states import DOSED, LIVE


class House:
    """Who is on site, kept per day: many visits ask about the same days."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.roster = roster_for(setup)
        self._kept: dict[tuple[date, Cover, int], list[Interval]] = {}

    def covered(self, day: date, cover: Cover) -> list[Interval]:
        """When somebody who gives that cover is here."""
        return self._at_least(day, cover, 1)

    def enough(self, day: date) -> list[Interval]:
        """When as many staff are here as a dosed patient asks for."""
        return self._at_least(day, Cover.NOBODY, self.setup.policies.min_staff_with_dosed)

    def _at_least(self, day: date, cover: Cover, count: int) -> list[Interval]:
        key = (day, cover, count)
        if key not in self._kept:
            everybody = cover is Cover.NOBODY
            people = self.roster.everybody() if everybody else covering(self.roster, cover)
            self._kept[key] = at_least(count, [self.roster.on_site(one, day) for one in people])
        return self._kept[key]


def at_least(count: int, presence: Iterable[Iterable[Interval]]) -> list[Interval]:
    """The minutes when at least ``count`` (one or more) of several people are here."""
    steps: dict[int, int] = {}
    for stretch in (one for person in presence for one in person):
        steps[stretch.start] = steps.get(stretch.start, 0) + 1
        steps[stretch.end] = steps.get(stretch.end, 0) - 1
    out: list[Interval] = []
    here, since = 0, 0
    for minute in sorted(steps):
        before, here = here, here + steps[minute]
        if before < count <= here:
            since = minute
        elif here < count <= before:
            out.append(Interval(since, minute))
    return out


def uncovered(visit: Visit, visit_type: VisitType, house: House, now: int) -> Iterator[Finding]:
    """A finding for each stretch of the visit that lacks the people who must be on site, from ``now`` on."""
    need = need_of(visit_type, house.setup.policies.iv_cover, visit.phase_minutes)
    release = sum(phase.minutes for phase in visit_type.phases if phase.kind is PhaseKind.RELEASE)
    for cover, gap in lacking_cover(visit, visit_type, house, now):
        rule = COVER_PRESCRIBER if cover is Cover.PRESCRIBER else COVER_CLINICIAN
        yield Finding(rule, _stretch(visit, gap), scope_of("", [gap], visit.start))
    if (least := house.setup.policies.min_staff_with_dosed) > 0:
        for gap in minus(_ahead(visit, need.dosed, now, release), house.enough(visit.day)):
            scope = scope_of("", [gap], visit.start)
            yield Finding(COVER_TWO, {**_stretch(visit, gap), "least": least}, scope)


def lacking_cover(
    visit: Visit, visit_type: VisitType, house: House, now: int
) -> Iterator[tuple[Cover, Interval]]:
    """Each stretch of the visit, from ``now`` on, in which nobody of those who must be on site is."""
    need = need_of(visit_type, house.setup.policies.iv_cover, visit.phase_minutes)
    for cover, spans in need.cover:
        for gap in minus(_ahead(visit, spans, now), house.covered(visit.day, cover)):
            yield cover, gap


def unattended(visit: Visit, visit_type: VisitType, house: House, now: int) -> Iterator[tuple[int, Interval]]:
    """Each stretch of a treatment, from ``now`` on, in which the person who is to serve the patient is on a
    break or away. A break does not end being on site, but nobody is watched from it."""
    if not visit_type.is_treatment:
        return
    served: dict[int, list[Interval]] = {}
    for number, phase, span in phases_of(visit, visit_type):
        people = {staff_of(visit, number, role) for role in phase.hands | _watching(phase)}
        for person in people - {None} if span.end > now else ():
            served.setdefault(person or 0, []).append(Interval(max(span.start, now), span.end))
    for person, spans in served.items():
        for gap in minus(merged(spans), house.roster.working(person, visit.day)):
            yield person, gap


def _watching(phase: Phase) -> frozenset[Role]:
    return frozenset({phase.watch}) if phase.watch is not None else frozenset()


def _ahead(visit: Visit, spans: Iterable[tuple[int, int]], now: int, release: int = 0) -> list[Interval]:
    """Spans from the visit's time as UTC minutes, without what has passed. They go on as long as a patient
    who was dosed late may not be released, and for the minutes of the ``release`` itself."""
    there = [Interval(visit.start + a, visit.start + b) for a, b in spans]
    if there and (until := earliest_release(visit)) is not None and until + release > there[-1].end:
        there.append(Interval(there[-1].end, until + release))
    ends = ((max(one.start, now), one.end) for one in merged(there))
    return [Interval(a, b) for a, b in ends if a < b]


def earliest_release(visit: Visit) -> int | None:
    """The UTC minute before which a dosed patient who is still here is not released."""
    return visit.release_from if visit.state in DOSED else None


def goes_on(visit: Visit, now: int) -> bool:
    """Whether a visit is to come or not over at UTC minute ``now``, by its plan and by the facts."""
    return visit.state in LIVE and max(visit.end, earliest_release(visit) or 0, visit.here_until or 0) > now


def _stretch(visit: Visit, gap: Interval) -> dict[str, str]:
    return {
        "start": _time(gap.start, visit.zone),
        "end": _time(gap.end, visit.zone),
        "day": short_date(visit.day),
    }


def _time(minute: int, zone: str) -> str:
    return clock_time(from_utc_minute(minute, zone).minute)

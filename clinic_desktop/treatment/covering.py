"""Who must be on site from a dose on, and is not. Pure: the case in, findings out.

It is asked for every dose: each device moves the earliest release, and a shift may end before it.
"""

from collections.abc import Iterable, Iterator

from clinic_desktop.foundation.clock import instant_at, instant_minute
from clinic_desktop.foundation.intervals import Interval, minus
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.coverage import House
from clinic_desktop.scheduling.masks import Span
from clinic_desktop.scheduling.model import Cover, PhaseKind
from clinic_desktop.scheduling.needs import Need, need_of
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.floors import release_from
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.rules import DOSE_COVER, DOSE_COVER_CLINICIAN, DOSE_STAFF
from clinic_desktop.treatment.session import Session, minutes_of


def not_covered(care: Care, dose: Stamp) -> Iterator[Finding]:
    """Who is not on site as long as the visit still goes with this dose, whatever was said at booking."""
    house, policies, day = House(care.setup), care.setup.policies, care.visit.day
    need = need_of(care.type, policies.iv_cover, care.visit.phase_minutes)
    further = care.session.dosed and dose.kind is StampKind.DOSE
    for cover, spans in need.cover:
        ahead = _to_release(care, 0) if further else _from_now(care, spans, need)
        if minus(ahead, house.covered(day, cover)):
            rule = DOSE_COVER if cover is Cover.PRESCRIBER else DOSE_COVER_CLINICIAN
            yield care.says(rule, time=_end(care, ahead))
    least = policies.min_staff_with_dosed
    release = minutes_of(care.type, PhaseKind.RELEASE)
    ahead = _to_release(care, release) if further else _from_now(care, need.dosed, need)
    if least > 0 and minus(ahead, house.enough(day)):
        yield care.says(DOSE_STAFF, least=least, time=_end(care, ahead))


def _from_now(care: Care, spans: Iterable[Span], need: Need) -> list[Interval]:
    """Spans of the plan as UTC minutes of a dose given now."""
    begin = need.dosed[0][0] if need.dosed else 0
    now = instant_minute(care.at)
    late = 1 if care.at.second or care.at.microsecond else 0
    return [Interval(now + max(a - begin, 0), now + b - begin + late) for a, b in spans if b > begin]


def _to_release(care: Care, minutes: int) -> list[Interval]:
    """From now until the earliest release once a further dose is given now, and ``minutes`` more."""
    given = Session((*care.session.stamps, Stamp(kind=StampKind.DOSE, at=care.at)))
    now, until = instant_minute(care.at), release_from(given, care.type, care.setup)
    return [Interval(now, until + minutes)] if until is not None and until + minutes > now else []


def _end(care: Care, spans: Iterable[Interval]) -> str:
    return care.clock(instant_at(max(one.end for one in spans)))

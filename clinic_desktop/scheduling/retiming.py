"""A 10:00 visit stays a 10:00 visit: when the zone of the clinic or its rules change, the minutes that
coming visits claim are derived anew.
"""

from dataclasses import replace
from datetime import date

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import instant_at, instant_minute, local_day
from clinic_desktop.foundation.kept_words import RETIMED
from clinic_desktop.scheduling.claims import claims_of, timed
from clinic_desktop.scheduling.model import Claim, ClaimKind, Override, Setup, Visit
from clinic_desktop.scheduling.overlaps import shifted
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore, ScheduleUnit
from clinic_desktop.scheduling.rules import OVERLAP
from clinic_desktop.scheduling.states import PLANNED
from clinic_desktop.security.rights import Right, require


def keep_clock_times(store: ScheduleStore, actor: Actor) -> Changes:
    """Called when a clinic is opened: this computer may have learned other rules of the zone since. Writes
    nothing while every coming visit claims the minutes of its clock time."""
    require(actor, Right.SET_UP)
    now = instant_minute(store.clock.now())
    with store.read() as records:
        if not _off(records, records.setup(), now):
            return Changes()
    with store.write(actor) as unit:
        unit.because(RETIMED)
        unit.lock_all_days()
        retime(unit, unit.setup())
        return unit.commit()


def retime(unit: ScheduleUnit, setup: Setup) -> None:
    """Let coming visits claim the minutes that their clock times mean under a set-up. All days are locked."""
    off = _off(unit, setup, instant_minute(unit.at))
    claims = [claim for one in off for claim in _moved(unit, setup, one)]
    unit.place([one.id for one in off], claims, setup.watch_limit)


def _moved(unit: ScheduleUnit, setup: Setup, before: Visit) -> list[Claim]:
    """Save the visit at its new minutes; answers what it claims there, sharing what it shared."""
    had = claims_of(before, setup.type_by_id(before.type_id))
    there = unit.claims_between(min(one.start for one in had), max(one.end for one in had))
    own = [one for one in there if one.visit_id == before.id and one.kind is ClaimKind.OVERFLOW]
    after = unit.save(by_clock(before, setup))
    claims = claims_of(after, setup.type_by_id(after.type_id))
    if not own:
        return list(claims)
    traces = unit.find(Override, visit_id=before.id, rule=OVERLAP.code)
    return shifted(after, claims, own, traces, after.start - before.start)


def by_clock(visit: Visit, setup: Setup) -> Visit:
    """A coming visit as the clinic's clock reads under a set-up."""
    if visit.state not in PLANNED:
        return visit
    after = timed(replace(visit, zone=setup.clinic.zone), setup.type_by_id(visit.type_id))
    by = after.end - visit.end
    return replace(
        after,
        plan_confirmed_end=_later(visit.plan_confirmed_end, by),
        confirmed_end=_later(visit.confirmed_end, by),
    )


def _later(minute: int | None, by: int) -> int | None:
    return None if minute is None else minute + by


def _off(records: ScheduleRecords, setup: Setup, now: int) -> list[Visit]:
    today = local_day(instant_at(now), setup.clinic.zone)
    return [one for one in records.visits_on(today, date.max) if by_clock(one, setup) != one]

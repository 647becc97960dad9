"""The driver on the day: called, expected, here, took over. Pure: the case and its calls in, findings out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from clinic_desktop.foundation.clock import WallTime, instant_at, local_time, to_utc_minute
from clinic_desktop.foundation.rulebook import Finding, Word
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.people.model import Staff
from clinic_desktop.people.phones import usual_phone
from clinic_desktop.scheduling.calls import CallAttempt, CallOutcome, Whom
from clinic_desktop.scheduling.model import GoingHomeProfile, Setup
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.treatment import driver_rules as rules
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.leaving import earliest_release
from clinic_desktop.treatment.model import Stamp, StampKind

_NOT_REACHED = frozenset({CallOutcome.NO_ANSWER, CallOutcome.MESSAGE, CallOutcome.CALLS_BACK})
_COMES = frozenset({CallOutcome.REACHED, CallOutcome.DRIVER})


@dataclass(frozen=True, slots=True)
class DriverDay:
    """How far it is. calls: of the day, to the driver; contacted: to the emergency contact. said: the call in
    which somebody said that they come, and expected: when. here, took_over: who, by whom, when. stays: who of
    the staff stays with the patient."""

    calls: tuple[CallAttempt, ...] = ()
    contacted: tuple[CallAttempt, ...] = ()
    said: CallAttempt | None = None
    expected: datetime | None = None
    here: Stamp | None = None
    took_over: Stamp | None = None
    stays: Stamp | None = None


def driver_day(care: Care, attempts: Sequence[CallAttempt]) -> DriverDay:
    """The day of a visit by its stamps, and by the calls that were made about it on its day."""
    today = calls_of_the_day(care, attempts)
    today = [one for one in today if not _of_another(one, care)]
    calls = tuple(one for one in today if one.whom is Whom.DRIVER)
    contacted = tuple(one for one in today if one.whom is Whom.EMERGENCY)
    said = next((one for one in reversed(today) if _says_when(one)), None)
    session = care.whole
    return DriverDay(
        calls,
        contacted,
        said,
        _expected(said, care) if said else None,
        here=session.last(StampKind.DRIVER_SEEN) if session.driver_here else None,
        took_over=session.last(StampKind.RELEASED),
        stays=session.last(StampKind.STAYS),
    )


def _of_another(one: CallAttempt, care: Care) -> bool:
    """A call to a driver who is not the named one any more: what they said binds nobody else."""
    named = care.visit.plan_phone
    rung = one.whom is Whom.DRIVER and bool(one.number) and bool(named)
    return rung and usual_phone(one.number) != usual_phone(named)


def calls_of_the_day(care: Care, attempts: Iterable[CallAttempt]) -> list[CallAttempt]:
    """Those that were made from the visit's day on."""
    day, zone = care.visit.day, care.visit.zone
    return [one for one in attempts if one.at and local_time(one.at, zone).day >= day]


def _says_when(one: CallAttempt) -> bool:
    if one.whom in (Whom.PATIENT, Whom.OTHER):
        return False
    if one.whom is Whom.EMERGENCY:  # reached, they have promised nothing for the driver
        return one.arrives is not None
    return one.arrives is not None or one.outcome in _COMES | {CallOutcome.CANNOT_DRIVE}


def _expected(said: CallAttempt, care: Care) -> datetime | None:
    """The time that was said; without one, as long after the call as the profile gives."""
    profile = care.setup.profile_of(care.type)
    if said.at is None or profile is None or said.outcome is CallOutcome.CANNOT_DRIVE:
        return None
    if said.arrives is None:
        return said.at + timedelta(minutes=profile.callback_minutes)
    called = local_time(said.at, care.visit.zone)
    day = called.day if said.arrives >= called.minute else called.day + timedelta(days=1)
    return instant_at(to_utc_minute(WallTime(day, said.arrives), care.visit.zone))


def must_stay(care: Care) -> list[Finding]:
    """A visit that begins late asks for a driver who stays."""
    profile = care.setup.profile_of(care.type)
    since = profile.must_stay_from if profile and profile.required else None
    plan = care.visit.plan
    if since is None or care.visit.minute < since or (plan and not plan.kind.has_person):
        return []
    if care.session.last(StampKind.DRIVER_SEEN):
        return []
    return [care.says(rules.MUST_STAY, time=clock_time(since), driver=_driver(care))]


def to_call(care: Care, day: DriverDay) -> list[Finding]:
    """What to do about a driver who is not here, the most pressing first; nothing before the dose."""
    profile, floor = care.setup.profile_of(care.type), earliest_release(care)
    if profile is None or not _waited_for(care, profile, day):
        return []
    said = {"driver": _driver(care), "release": care.clock(floor.at) if floor else ""}
    if day.expected is not None:
        return _of_expected(care, day.expected, said)
    last = day.calls[-1] if day.calls else None
    if last is not None and last.at and last.outcome in _NOT_REACHED:
        again = last.at + timedelta(minutes=profile.callback_minutes)
        told = {"driver": said["driver"], "time": care.shown(last.at)}
        return [care.says(rules.CALL_AGAIN, **told)] if care.at >= again else []
    by = call_by(care)
    due = by is not None and care.at >= by
    return [care.says(rules.CALL_NOW, minutes=profile.callback_minutes, **said)] if due else []


def _waited_for(care: Care, profile: GoingHomeProfile, day: DriverDay) -> bool:
    """Whether somebody is to come for a patient who was dosed and is here."""
    plan, session = care.visit.plan, care.session
    alone = plan is not None and not plan.kind.has_person
    return (
        profile.required and session.dosed and day.here is None and care.whole.ended_at is None and not alone
    )


def _of_expected(care: Care, expected: datetime, said: dict[str, str | Word]) -> list[Finding]:
    floor = earliest_release(care)
    told = {**said, "time": care.shown(expected)}
    if care.at > expected:
        return [care.says(rules.OVERDUE, driver=told["driver"], time=told["time"])]
    return [care.says(rules.AFTER_RELEASE, **told)] if floor and expected > floor.at else []


def call_by(care: Care) -> datetime | None:
    """When to call at the latest, so that the driver is here before the earliest release."""
    profile, floor = care.setup.profile_of(care.type), earliest_release(care)
    if profile is None or floor is None:
        return None
    return floor.at - timedelta(minutes=profile.arrive_before + profile.callback_minutes)


def _driver(care: Care) -> str | Word:
    return care.visit.plan_name.strip() or rules.THE_DRIVER


def in_the_house(setup: Setup, at: datetime) -> list[tuple[Staff, datetime]]:
    """Who is on site, and until when by their shifts: the last to go first."""
    roster, minute = roster_for(setup), int(at.timestamp()) // 60
    day = local_time(at, setup.clinic.zone).day
    staff = {one.id: one for one in setup.staff}
    spans = [(staff[number], span) for number in roster.everybody() for span in roster.on_site(number, day)]
    there = [(one, instant_at(span.end)) for one, span in spans if span.start <= minute < span.end]
    return sorted(there, key=lambda both: (both[1], both[0].name), reverse=True)

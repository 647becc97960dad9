"""A time that was freed, and who of the waitlist to call about it: the best first, each with why.

Nobody is booked by themselves. Who comes first: whoever fits without a warning about the distance to their
other visits, then whose driver is known, then who has waited the longest [R-17]. Whoever would come too near
to another treatment is named with why and not among those to call: as for a booking, that day is not offered.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from clinic_desktop.foundation.clock import WallTime, instant_minute, local_day, to_utc_minute
from clinic_desktop.foundation.intervals import Interval, minus
from clinic_desktop.foundation.rulebook import Finding, Severity, blocking
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.scheduling.availability import Options
from clinic_desktop.scheduling.booking import Wish
from clinic_desktop.scheduling.call_words import Line
from clinic_desktop.scheduling.calls import CallAttempt, CallOutcome
from clinic_desktop.scheduling.choices import Choice
from clinic_desktop.scheduling.course_rules import LAPSE
from clinic_desktop.scheduling.looking import find_fit
from clinic_desktop.scheduling.looking_check import check
from clinic_desktop.scheduling.looking_drivers import proposed
from clinic_desktop.scheduling.looking_patient import About, about
from clinic_desktop.scheduling.model import Course, GoingHomePlan, Setup, Visit, VisitType
from clinic_desktop.scheduling.open_visits import stands
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.scheduling.rules import GAP_LONG, GAP_SHORT, ORDER_INTERVAL
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.scheduling.undoing import UNDONE
from clinic_desktop.scheduling.waiting import WaitEntry, waiting
from clinic_desktop.scheduling.way_home import needs_way_home

BEST = 3
TRIES = 4  # starts that are tried for each person, a quarter of an hour apart
APART = 15
TRIED = timedelta(minutes=60)  # who did not answer is called last for so long

FITS = "Fits {time} in {room}."
FITS_ANYWHERE = "Fits {time}."
DISTANCE_GOOD = "Good distance to the other visits."
DRIVER_KNOWN = "{driver} can drive."
DRIVER_OPEN = "A driver is still to be named."
NO_DRIVER_NEEDED = "No driver needed."
WAITS = "Waits {days} days."
WAITS_TODAY = "On the list since today."
TRIED_ALREADY = "Called before about this time."
SENTENCES = (
    FITS, FITS_ANYWHERE, DISTANCE_GOOD, DRIVER_KNOWN, DRIVER_OPEN, NO_DRIVER_NEEDED, WAITS, WAITS_TODAY,
    TRIED_ALREADY,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that is free: from a minute of a day up to another; a room, or whichever is free."""

    day: date
    minute: int
    until: int
    room_id: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody to call about a slot. wish: what would be booked. course and open_no: as a visit of it.

    findings: what the rules say to it, none of which blocks. tried: calls about this very time.
    """

    entry: WaitEntry
    about: About
    type: VisitType
    wish: Wish
    findings: tuple[Finding, ...]
    reasons: tuple[Line, ...]
    course: Course | None = None
    open_no: int | None = None
    tried: tuple[CallAttempt, ...] = ()

    @property
    def too_near(self) -> Finding | None:
        """What stands against calling them: another treatment of theirs is too near."""
        return next((one for one in self.findings if one.code == GAP_SHORT.code), None)

    @property
    def at(self) -> WallTime:
        return WallTime(self.wish.day, self.wish.minute, self.wish.fold)


def freed_on(records: ScheduleRecords, day: date, now: datetime) -> list[Slot]:
    """The times of a day that cancelled visits gave back and that are still ahead, by time."""
    ahead = instant_minute(now)
    freed = {
        (one.minute, one.room_id): slot_of(one)
        for one in records.visits_on(day, day)
        if one.state is VisitState.CANCELLED and one.end_reason != UNDONE and one.start > ahead
    }
    return sorted(freed.values(), key=lambda one: (one.minute, one.room_id or 0))


def still_free(records: ScheduleRecords, slots: Iterable[Slot]) -> list[Slot]:
    """What is left of these times: in a room that is open and that nobody has taken since."""
    return [left for one in slots for left in _left_of(records, one)]


def _left_of(records: ScheduleRecords, slot: Slot) -> list[Slot]:
    if slot.room_id is None:
        return [slot]
    setup = records.setup()
    start = to_utc_minute(WallTime(slot.day, slot.minute), setup.clinic.zone)
    whole = Interval(start, start + slot.until - slot.minute)
    shut = minus([whole], roster_for(setup).room_open(slot.room_id, slot.day))
    there = (one for one in records.visits_on(slot.day, slot.day) if one.room_id == slot.room_id)
    taken = [Interval(one.start, one.end) for one in there if stands(one) and not one.displaced]
    return [
        replace(slot, minute=slot.minute + left.start - start, until=slot.minute + left.end - start)
        for left in minus([whole], [*shut, *taken])
    ]


def slot_of(visit: Visit) -> Slot:
    """The time and the room of a visit."""
    return Slot(visit.day, visit.minute, visit.minute + visit.end - visit.start, visit.room_id)


def left_by(before: Iterable[Visit], after: Iterable[Visit] = ()) -> tuple[Slot, ...]:
    """What visits gave up by a change: the times they had in their rooms, without what any of them has now.
    Whoever was displaced had a time that was another's already."""
    has: dict[tuple[date, int | None], list[Interval]] = {}
    for one in map(slot_of, after):
        has.setdefault((one.day, one.room_id), []).append(Interval(one.minute, one.until))
    had = [slot_of(one) for one in before if not one.displaced]
    return tuple(
        replace(one, minute=left.start, until=left.end)
        for one in sorted(had, key=lambda one: (one.day, one.minute, one.room_id or 0))
        for left in minus([Interval(one.minute, one.until)], has.get((one.day, one.room_id), []))
    )


def candidates(records: ScheduleRecords, slot: Slot, now: datetime) -> list[Candidate]:
    """Who of the waitlist could come then, the best first; each person once, those too near last."""
    entries = [one for one in waiting(records) if one.suits(slot.day, slot.minute)]
    calls = _calls(records, entries, slot)
    found: dict[int, tuple[tuple[bool | float, ...], Candidate]] = {}
    for entry in entries:
        tried = calls.get(entry.id, ())
        if any(one.outcome is CallOutcome.DECLINED for one in tried):
            continue
        made = _candidate(records, entry, slot, now, tried)
        if made is None:
            continue
        rank = _rank(made, now)
        if entry.patient_id not in found or rank < found[entry.patient_id][0]:
            found[entry.patient_id] = (rank, made)
    return [one for _, one in sorted(found.values(), key=lambda pair: pair[0])]


def _rank(one: Candidate, now: datetime) -> tuple[bool | float, ...]:
    """Less is better."""
    last = one.tried[-1].at if one.tried else None
    since = one.entry.added_at.timestamp() if one.entry.added_at else 0.0
    return (
        one.too_near is not None,
        last is not None and now - last < TRIED,
        not _distance_good(one.findings),
        any(f.severity is Severity.HOLD for f in one.findings),
        since,
        one.entry.id,
    )


def _distance_good(findings: Iterable[Finding]) -> bool:
    unusual = (GAP_SHORT.code, GAP_LONG.code, ORDER_INTERVAL.code, LAPSE.code)
    return not any(one.code in unusual for one in findings)


def _calls(
    records: ScheduleRecords, entries: list[WaitEntry], slot: Slot
) -> dict[int, tuple[CallAttempt, ...]]:
    out: dict[int, tuple[CallAttempt, ...]] = {}
    for one in records.find(CallAttempt, wait_id=[one.id for one in entries]) if entries else ():
        if one.day == slot.day and slot.minute <= one.minute < slot.until:
            out[one.wait_id or 0] = (*out.get(one.wait_id or 0, ()), one)
    return out


def _candidate(
    records: ScheduleRecords, entry: WaitEntry, slot: Slot, now: datetime, tried: tuple[CallAttempt, ...]
) -> Candidate | None:
    """The person with the first start that does, or None."""
    setup = records.setup()
    visit_type = setup.type_by_code(entry.type_code)
    known = about(records, entry.patient_id, local_day(now, setup.clinic.zone))
    if known.patient.death_date is not None:
        return None
    for minute in range(slot.minute, min(slot.until, slot.minute + TRIES * APART), APART):
        at = WallTime(slot.day, minute)
        if not entry.suits(slot.day, minute) or _gone(setup, at, now):
            continue
        fit = find_fit(records, visit_type, at, slot.room_id, Options(entry.patient_id))
        if fit.choice is not None:
            return _checked(records, entry, known, visit_type, at, fit.choice, now, tried)
    return None


def at_another_time(
    records: ScheduleRecords, one: Candidate, at: WallTime, choice: Choice, now: datetime
) -> Candidate | None:
    """The same person at another time; None where the rules refuse that."""
    return _checked(records, one.entry, one.about, one.type, at, choice, now, one.tried)


def _gone(setup: Setup, at: WallTime, now: datetime) -> bool:
    return to_utc_minute(at, setup.clinic.zone) <= instant_minute(now)


def _checked(
    records: ScheduleRecords,
    entry: WaitEntry,
    known: About,
    visit_type: VisitType,
    at: WallTime,
    choice: Choice,
    now: datetime,
    tried: tuple[CallAttempt, ...],
) -> Candidate | None:
    setup = records.setup()
    offer = proposed(setup, visit_type, at, known.drivers)
    wish = _wish(entry, visit_type, at, choice, offer.plan if offer else None)
    (findings,) = check(records, now, [wish])
    if blocking(findings):
        return None
    hint = known.suggestion
    mine = hint.course is not None and hint.type_code == visit_type.code
    reasons = (
        *_why(setup, visit_type, wish, findings),
        _waits(entry, local_day(now, setup.clinic.zone), setup.clinic.zone),
        *((Line(TRIED_ALREADY),) if tried else ()),
    )
    course, no = (hint.course, hint.no) if mine else (None, None)
    return Candidate(entry, known, visit_type, wish, findings, reasons, course, no, tried)


def _wish(
    entry: WaitEntry, visit_type: VisitType, at: WallTime, choice: Choice, plan: GoingHomePlan | None
) -> Wish:
    return Wish(
        entry.patient_id,
        visit_type.code,
        at.day,
        at.minute,
        at.fold,
        choice.room_id,
        choice.nurse_id,
        choice.prescriber_id,
        choice.therapist_id,
        choice.phase_staff,
        plan,
    )


def _why(setup: Setup, visit_type: VisitType, wish: Wish, findings: tuple[Finding, ...]) -> tuple[Line, ...]:
    room = next((one.name for one in setup.rooms if one.id == wish.room_id), "")
    time = clock_time(wish.minute)
    lines = [Line(FITS, {"time": time, "room": room}) if room else Line(FITS_ANYWHERE, {"time": time})]
    if _distance_good(findings):
        lines.append(Line(DISTANCE_GOOD))
    if not needs_way_home(visit_type, setup.profile_of(visit_type)):
        lines.append(Line(NO_DRIVER_NEEDED))
    elif wish.plan is not None:
        lines.append(Line(DRIVER_KNOWN, {"driver": wish.plan.name or str(wish.plan.kind)}))
    else:
        lines.append(Line(DRIVER_OPEN))
    return tuple(lines)


def _waits(entry: WaitEntry, today: date, zone: str) -> Line:
    days = (today - local_day(entry.added_at, zone)).days if entry.added_at else 0
    return Line(WAITS, {"days": days}) if days else Line(WAITS_TODAY)

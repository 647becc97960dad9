"""The rules of booking: each one short function over one case. The engine asks them all.

Numbers: H and S are the clinical reference's hard and soft rules (section 10); "decision" is our
own. What must hold at the moment of dosing or release is in ``clinic_desktop.treatment.rules``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from clinic_desktop.foundation.clock import DAY_MINUTES, WallTime, exists, instant_at, local_day
from clinic_desktop.foundation.rulebook import Finding, Param, Rule, Scope, Severity, Word
from clinic_desktop.foundation.words import clock_time, long_date, short_date
from clinic_desktop.people.clearances import counting
from clinic_desktop.people.model import (
    Authorization,
    Clearance,
    DrugMovement,
    Indication,
    Order,
    Package,
    Patient,
    Screening,
)
from clinic_desktop.people.orders import dose_words
from clinic_desktop.people.screenings import unreviewed_contraindications
from clinic_desktop.scheduling.allowances import Allowance, Counted, allotted, covers, devices_for
from clinic_desktop.scheduling.model import GoingHomeProfile, Modality, Setup, Visit, VisitType, the_room
from clinic_desktop.scheduling.states import CAME_TO_NOTHING, ENDED, HERE, LIVE, PLANNED, UNDOSED, VisitState
from clinic_desktop.scheduling.under_orders import (
    ORDER_FROM_WEEK,
    last_order,
    order_for,
    unsettled_for,
    week_of,
)
from clinic_desktop.scheduling.way_home import gaps, needs_way_home

LOCKED, HARD, HOLD, WARNING = Severity.LOCKED, Severity.HARD, Severity.HOLD, Severity.WARNING

DECEASED = Rule("deceased", "decision: people", LOCKED, "{patient} died on {day} and cannot be booked.")
MERGED = Rule(
    "merged", "decision: people", LOCKED, "This record was merged. Book on the kept record instead."
)
SKIPPED_TIME = Rule(
    "skipped-time", "decision: time", LOCKED, "The clock skips {time} on {day}. Pick another time."
)
SEEK_TOO_FAR = Rule(
    "seek-too-far",
    "decision: time",
    LOCKED,
    "Free time is looked for in 1 to {most} days at once. Look from a later day on.",
)
# Not locked: a visit that took place and was never booked must still come onto the record, with a reason.
PAST = Rule("past", "decision: plan and fact", HARD, "{time} on {day} has passed. Pick a later time.")
AGE = Rule(
    "age", "H2", LOCKED, "{modality} is for people of {least} or over. {patient} is {age} on that day."
)
AGE_UNKNOWN = Rule(
    "age-unknown", "H2", LOCKED, "{modality} is for people of {least} or over. Record the birth date first."
)
INDICATION = Rule(
    "indication",
    "decision: before a treatment",
    HARD,
    "Record why {patient} gets {modality}. It decides the dose.",
)
CONTRAINDICATION = Rule(
    "contraindication",
    "H2",
    LOCKED,
    "{patient} has {items} on the check list. A clinician must review it first.",
)
NOT_SCREENED = Rule(
    "not-screened",
    "H2",
    WARNING,
    "The check list of {patient} is not reviewed yet. It must be before dosing.",
)
NOT_CLEARED = Rule(
    "clearance",
    "H1",
    LOCKED,
    "{patient} is not cleared for {modality} on {day}. Book a consultation first, or ask a prescriber.",
)
CLEARANCE_AHEAD = Rule(
    "clearance-held", "H1", HOLD, "Held until the consultation on {day} clears {patient} for {modality}."
)
ENROLMENT = Rule(
    "enrolment",
    "H2",
    WARNING,
    "{patient} is not enrolled in the Spravato program yet. Enrol before the first dose.",
)
FIRST_84 = Rule(
    "first-84",
    "H6",
    HARD,
    "The first Spravato dose is 56 mg, not 84 mg, unless acute suicidal thoughts are the recorded reason.",
)
ORDER_MISSING = Rule(
    "order-missing",
    "decision: courses",
    WARNING,
    "Week {week} of {modality} needs an order, and none is valid on {day}. Ask a prescriber for one.",
)
ORDER_USED_UP = Rule(
    "order-used-up",
    "decision: orders",
    HARD,
    "Visits that the order for {modality} allows: {visits}, and all are given or booked. "
    "Ask a prescriber for another order, or a prescriber books beyond it with a reason.",
)
ORDER_ENDED = Rule(
    "order-ended",
    "decision: orders",
    HARD,
    "The order for {modality} ends on {until}. Pick a day up to then, ask a prescriber for another order, "
    "or a prescriber books beyond it with a reason.",
)
ORDERS_UNSETTLED = Rule(
    "orders-unsettled",
    "decision: orders",
    WARNING,
    "Two records of {patient} became one, and both had an order for {modality}: {orders}. Neither counts. "
    "Ask a prescriber for a new one before the visit.",
)
LEAVES_84_FIRST = Rule(
    "leaves-84-first",
    "H6",
    HARD,
    "Then the 84 mg visit on {day} comes first. The first Spravato dose is 56 mg, unless acute suicidal "
    "thoughts are the recorded reason. Move that one too.",
)
DRIVER = Rule("driver", "H7", HOLD, "Held until a driver is named for {patient}: {gaps}.")
DRIVER_AT_BOOKING = Rule(
    "driver-at-booking", "H7", LOCKED, "This clinic books {type} only with a driver: {gaps}."
)
DRIVER_DAY = Rule(
    "driver-day",
    "decision: going home",
    WARNING,
    "{driver} does not usually fetch {patient} on {day}. Ask {driver}, or name somebody else.",
)
DRIVER_UNTIL = Rule(
    "driver-until",
    "decision: going home",
    WARNING,
    "{driver} can fetch {patient} until {end}, and the visit is over at {over}. Ask {driver}, or name "
    "somebody else.",
)
DRIVER_FROM = Rule(
    "driver-from",
    "decision: going home",
    WARNING,
    "{driver} can fetch {patient} from {start} on, and the visit is over at {over}. Ask {driver}, or name "
    "somebody else.",
)
DRIVER_TO_CONFIRM = Rule(
    "driver-to-confirm",
    "H7",
    LOCKED,
    "The driver of {patient} cannot be confirmed yet: {gaps}. Name the driver first, then confirm.",
)
GAP_SHORT = Rule(
    "gap-short",
    "S7",
    WARNING,
    "Close to the visit on {day} (clear days between: {days}, usually {least} or more).",
)
SAME_DAY = Rule(
    "same-day",
    "S7",
    HARD,
    "{patient} is treated on {day} already, at {time}, and nobody is treated twice a day. Pick another day.",
)
GAP_LONG = Rule("gap-long", "S7", WARNING, "{days} days after the visit on {day}; at most {most} are usual.")
ORDER_INTERVAL = Rule(
    "ordered-interval",
    "decision: orders",
    HARD,
    "{days} days from the visit on {day}; the order says every {least}. "
    "Take another day, or a prescriber books it with a reason.",
)
ROOM_MISSING = Rule("room-missing", "H8", LOCKED, "{type} needs a room. Pick one.")
ROOM_UNFIT = Rule("room-unfit", "H8", HARD, "{room} is not fitted for {type}. Pick another room.")
STAFF_MISSING = Rule("staff-missing", "decision: phases", LOCKED, "{type} needs a {role}. Pick one.")
STAFF_ROLE = Rule(
    "staff-role", "decision: phases", LOCKED, "{person} does not work as a {role}. Pick somebody who does."
)
ROOM_CLOSED = Rule(
    "room-closed", "decision: hours", HARD, "{room} is closed then. Pick another room or time."
)
CLINIC_CLOSED = Rule(
    "clinic-closed", "decision: hours", HARD, "The clinic is closed then. Pick another time."
)
STAFF_AWAY = Rule(
    "staff-away", "decision: phases", HARD, "{person} does not work then. Pick somebody else or another time."
)
STAFF_BREAK = Rule(
    "staff-break",
    "decision: phases",
    HARD,
    "{person} has a break from {start} to {end}. Pick somebody else or another time.",
)
OVERLAP = Rule(
    "overlap",
    "decision: phases",
    HARD,
    "{name} is not free before {until}. Pick another time, or give the reason for two at once.",
)
COVER_PRESCRIBER = Rule(
    "cover-prescriber",
    "H3",
    LOCKED,
    "No prescriber is on site from {start} to {end} on {day}, while a patient is dosed or watched.",
)
COVER_CLINICIAN = Rule(
    "cover-clinician",
    "H3",
    HARD,
    "No clinician is on site from {start} to {end} on {day}, during an infusion.",
)
COVER_TWO = Rule(
    "cover-two",
    "decision: coverage",
    HARD,
    "Fewer than {least} staff are in the house from {start} to {end} on {day}.",
)
LATE_START = Rule(
    "late-start",
    "decision: coverage",
    WARNING,
    "Starts after {time}, the latest safe start while a {cover} is here.",
)
DOSING_CLOSE = Rule(
    "dosing-close",
    "10.2",
    WARNING,
    "{person} begins another dosing at {time}, {minutes} minutes from this one; {least} are usual.",
)
PARKED_ALREADY = Rule(
    "parked-already",
    "decision: pinboard",
    LOCKED,
    "The visit of {patient} lies on the pinboard already. Take it from there.",
)
NOT_LIVE = Rule(
    "not-live", "decision: states", LOCKED, "{now}, so the visit cannot be {action} any more. {instead}"
)
NOT_BEGUN = Rule(
    "not-begun",
    "decision: states",
    LOCKED,
    "This visit has not begun yet. Cancel it instead, or wait until its time.",
)
GRID = Rule(
    "grid", "decision: phases", LOCKED, "Visits begin on steps of {grid} minutes. Pick the nearest one."
)
BEYOND_CALENDAR = Rule(
    "calendar", "decision: time", LOCKED, "The clinic's calendar does not reach that day. Check the year."
)
NO_SUCH_TIME = Rule(
    "no-such-time", "decision: time", LOCKED, "A day has no such time. Pick one from 12:00 AM to 11:59 PM."
)
PLACED_ALREADY = Rule(
    "course-placed", "decision: courses", LOCKED, "Visit {number} of this course has its time already."
)
COURSE_EMPTY = Rule(
    "course-empty",
    "decision: courses",
    LOCKED,
    "No visit of the course has a time yet. Pick at least one.",
)
COURSE_NUMBER = Rule(
    "course-number",
    "decision: courses",
    LOCKED,
    "This course has {planned} visits, and {number} is none of them or is there twice. "
    "Pick the time for one that is still open.",
)
OWN_TYPE = Rule(
    "course-own-type",
    "decision: before a treatment",
    LOCKED,
    "Visit {number} cannot be {type}: that is another treatment than {course}. "
    "Pick a type of the same treatment, or book it as a visit of its own.",
)
OWN_BOOKED = Rule(
    "course-own-booked",
    "decision: courses",
    LOCKED,
    "Visit {booked} has its time, so the course cannot end after {visits}. Cancel the visits beyond first.",
)

_PAYER = "decision: payer, not billing"
AUTHORIZATION_NONE = Rule(
    "authorization", _PAYER, WARNING, "No authorization covers {modality} on {day}. Ask {payer} for one."
)
AUTHORIZATION_USED = Rule(
    "authorization-used",
    _PAYER,
    WARNING,
    "All {visits} visits of authorization {number} ({payer}) are used or booked. Ask for more.",
)
PACKAGE_USED = Rule(
    "package-used", _PAYER, WARNING, "All {visits} visits of the package {name} are used or booked."
)
PACKAGE_UNPAID = Rule(
    "package-unpaid",
    _PAYER,
    WARNING,
    "{paid} of {visits} visits of the package {name} are paid; this is visit {number}.",
)
DEVICES_SHORT = Rule(
    "devices-short",
    _PAYER,
    WARNING,
    "{there} devices are here for {patient} on {day}, and {needed} are needed. Order them.",
)

RULES: tuple[Rule, ...] = tuple(value for value in dict(vars()).values() if isinstance(value, Rule))
# What only whoever may write the order goes over.
BEYOND_ORDER = frozenset(one.code for one in (ORDER_USED_UP, ORDER_ENDED, ORDER_INTERVAL))


@dataclass(frozen=True, slots=True)
class Case:
    """One visit as it would be, with all that the rules look at. ``before``: the same as it stands now, None
    for a new one. ``others``: the patient's other visits; only those that decide (``other_visits``).
    ``given``: order -> how many of all of them were dosed under it. ``counted``: those that use what was
    agreed, paid or brought."""

    visit: Visit
    type: VisitType
    patient: Patient
    setup: Setup
    now_minute: int  # UTC
    before: Visit | None = None
    clearances: Sequence[Clearance] = ()
    screening: Screening | None = None
    others: Sequence[Visit] = ()
    given: Mapping[int, int] = field(default_factory=dict)
    counted: Sequence[Counted] = ()
    types: dict[int, VisitType] = field(default_factory=dict)
    orders: Sequence[Order] = ()
    authorizations: Sequence[Authorization] = ()
    packages: Sequence[Package] = ()
    movements: Sequence[DrugMovement] = ()

    @property
    def profile(self) -> GoingHomeProfile | None:
        return self.setup.profile_of(self.type)

    @property
    def modality(self) -> Modality | None:
        return self.setup.modality_of(self.type)

    def says(self, rule: Rule, **params: Param) -> Finding:
        return Finding(
            rule,
            {
                "patient": self.patient.name,
                "type": self.type.name,
                "modality": self.modality.name if self.modality else "",
                "day": short_date(self.visit.day),
                "time": clock_time(self.visit.minute),
                **params,
            },
        )


def deceased(case: Case) -> Finding | None:
    died = case.patient.death_date
    return case.says(DECEASED, day=long_date(died)) if died else None


def merged_away(case: Case) -> Finding | None:
    return case.says(MERGED) if case.patient.merged_into else None


def skipped_time(case: Case) -> Finding | None:
    visit = case.visit
    there = exists(WallTime(visit.day, visit.minute, visit.fold), visit.zone)
    return None if there else case.says(SKIPPED_TIME)


def past(case: Case) -> Finding | None:
    """Nobody is booked into the past; who is here already is booked now, at the step that is running."""
    over = case.visit.end <= case.now_minute
    begun = case.visit.start + case.setup.policies.grid <= case.now_minute
    stays = case.before is not None and case.before.start == case.visit.start
    if stays and case.before is not None and case.before.state is VisitState.MISSED:
        return None  # missed by a slip of the key, and undone: nothing new is put there
    return case.says(PAST) if over or (begun and not stays) else None


def of_age(case: Case) -> Finding | None:
    least = case.modality.min_age if case.modality else None
    if least is None:
        return None
    age = case.patient.age_on(case.visit.day)
    if age is None:
        return case.says(AGE_UNKNOWN, least=least)
    return case.says(AGE, least=least, age=age) if age < least else None


def indication(case: Case) -> Finding | None:
    wanted = case.modality is not None and case.modality.rems and case.patient.indication is Indication.NONE
    return case.says(INDICATION) if wanted else None


def screened(case: Case) -> Finding | None:
    if not case.type.is_treatment or (case.screening and case.screening.reviewed):
        return None
    there = unreviewed_contraindications(case.screening)
    return case.says(CONTRAINDICATION, items=there) if there else case.says(NOT_SCREENED)


def cleared(case: Case) -> Finding | None:
    if not case.type.is_treatment:
        return None
    if counting(case.clearances, case.type.modality, case.visit.day):
        return None
    ahead = [v for v in case.others if _may_clear(case, v)]
    if ahead:
        return case.says(CLEARANCE_AHEAD, day=short_date(max(v.day for v in ahead)))
    return case.says(NOT_CLEARED)


def _may_clear(case: Case, other: Visit) -> bool:
    gives = case.types.get(other.type_id)
    before = other.start < case.visit.start
    return bool(gives and gives.gives_clearance and before and still_ahead(other, case.now_minute))


def still_ahead(visit: Visit, now: int) -> bool:
    """Whether a visit is to come or going on. One that is over decides nothing any more; one whose end
    nobody has recorded is over the day after."""
    unended = 0 if visit.arrived is None else DAY_MINUTES
    return visit.state in LIVE and visit.end + unended > now


def ahead_from(now: int, zone: str) -> date:
    """Visits of days before this one are over for ``still_ahead``: no stay is longer than a day."""
    return local_day(instant_at(now), zone) - timedelta(days=3)


def still_on(other: Visit) -> bool:
    """Whether it took or will take place."""
    return other.state not in CAME_TO_NOTHING


def enrolled(case: Case) -> Finding | None:
    missing = case.modality is not None and case.modality.rems and case.patient.rems_enrolled_on is None
    return case.says(ENROLMENT) if missing else None


def first_dose(case: Case) -> Finding | None:
    if case.type.dose_mg != 84 or not begins_with_56(case.patient):
        return None
    earlier = [v for v in _of_same_treatment(case) if v.start < case.visit.start]
    return None if earlier else case.says(FIRST_84)


def ordered(case: Case) -> Finding | None:
    if case.modality is None:
        return None
    mine = [one for one in case.orders if one.modality == case.type.modality]
    if unsettled := unsettled_for(case.visit, mine, case.given):
        return case.says(ORDERS_UNSETTLED, orders=tuple(dose_words(one) for one in unsettled))
    if beyond := _beyond_order(case, mine):
        return beyond
    week = week_of(case.visit, _of_same_treatment(case))
    if not case.modality.rems or week < ORDER_FROM_WEEK or order_for(case.visit, mine, case.given):
        return None
    return case.says(ORDER_MISSING, week=week)


def _beyond_order(case: Case, mine: Sequence[Order]) -> Finding | None:
    """One more than the last order says, or later. A visit that has its day already is not booked anew, and
    one that is moved is no further one."""
    if _has_its_day(case):
        return None
    last = last_order(case.visit, mine)
    if last is None:
        return None
    if last.valid_to is not None and case.visit.day > last.valid_to:
        return case.says(ORDER_ENDED, until=long_date(last.valid_to))
    if case.before is None and last.visits is not None and _spoken_for(case, last) >= last.visits:
        return case.says(ORDER_USED_UP, visits=last.visits)
    return None


def _has_its_day(case: Case) -> bool:
    return case.before is not None and case.before.day == case.visit.day


def _spoken_for(case: Case, order: Order) -> int:
    """How many visits were given under an order, or are booked and will be."""
    there = (one for one in case.counted if case.types[one.type_id].modality == order.modality)
    booked = sum(one.state in UNDOSED and one.day <= (order.valid_to or date.max) for one in there)
    return case.given.get(order.id, 0) + booked


def begins_with_56(patient: Patient) -> bool:
    """Only acute suicidal thoughts, on record, let somebody begin with 84 mg [L6]."""
    return patient.indication is not Indication.MDSI


def leaves_84_first(case: Case) -> Finding | None:
    """The visit was before all others of its treatment, and is moved behind one with the higher dose."""
    if case.before is None or not begins_with_56(case.patient) or not case.type.modality:
        return None
    first = min(_of_same_treatment(case), key=lambda one: one.start, default=None)
    if first is None or not case.before.start < first.start < case.visit.start:
        return None
    return case.says(LEAVES_84_FIRST, day=short_date(first.day)) if _is_84(case, first) else None


def _is_84(case: Case, visit: Visit) -> bool:
    return case.types[visit.type_id].dose_mg == 84


def _of_same_treatment(case: Case) -> list[Visit]:
    """The patient's other visits of this treatment that took or will take place."""
    wanted = case.type.modality
    return [v for v in case.others if still_on(v) and case.types[v.type_id].modality == wanted != ""]


def way_home(case: Case) -> Finding | None:
    missing = gaps(case.visit.plan, case.profile)
    if not missing or not needs_way_home(case.type, case.profile):
        return None
    at_once = case.profile is not None and case.profile.demanded == "booking"
    return case.says(DRIVER_AT_BOOKING if at_once else DRIVER, gaps=tuple(missing))


def same_day(case: Case) -> Finding | None:
    """Of whatever treatment: what is given is the same drug, or one half of it."""
    treated = [v for v in case.others if still_on(v) and case.types[v.type_id].is_treatment]
    other = min((v for v in treated if v.day == case.visit.day), key=lambda v: v.start, default=None)
    if other is None or not case.type.is_treatment:
        return None
    return case.says(SAME_DAY, day=short_date(other.day), time=clock_time(other.minute))


def spacing(case: Case) -> Finding | None:
    same = [one for one in _of_same_treatment(case) if one.day != case.visit.day]
    near = min(same, key=lambda v: abs((v.day - case.visit.day).days), default=None)
    if near is None:
        return None
    apart = abs((near.day - case.visit.day).days)
    if apart - 1 < case.type.min_clear_days:
        return case.says(
            GAP_SHORT, days=max(0, apart - 1), day=short_date(near.day), least=case.type.min_clear_days
        )
    return _long_gap(case, same)


def ordered_interval(case: Case) -> Finding | None:
    """Nearer to another visit than the prescriber ordered; ``spacing`` says what is too near for the type."""
    same = _of_same_treatment(case)
    mine = [one for one in case.orders if one.modality == case.type.modality]
    order = order_for(case.visit, mine, case.given)
    near = min(same, key=lambda v: abs((v.day - case.visit.day).days), default=None)
    if order is None or order.interval_days is None or near is None or _has_its_day(case):
        return None
    apart = abs((near.day - case.visit.day).days)
    if not case.type.min_clear_days < apart < order.interval_days:
        return None
    return case.says(ORDER_INTERVAL, days=apart, day=short_date(near.day), least=order.interval_days)


def _long_gap(case: Case, same: Sequence[Visit]) -> Finding | None:
    before = max((v.day for v in same if v.day < case.visit.day), default=None)
    most = case.type.max_gap_days
    if before is None or most is None or (case.visit.day - before).days <= most:
        return None
    return case.says(GAP_LONG, days=(case.visit.day - before).days, day=short_date(before), most=most)


def fitting_room(case: Case) -> Finding | None:
    if not case.type.needs_fit:
        return None
    room = next((r for r in case.setup.rooms if r.id == case.visit.room_id), None)
    if room is None or not room.active:
        return case.says(ROOM_MISSING)
    if case.type.needs_fit in room.fits:
        return None
    return replace(case.says(ROOM_UNFIT, room=room.name), scope=Scope(the_room(room.id)))


def authorized(case: Case) -> Finding | None:
    """Only of a patient who has authorizations for this treatment; everybody else pays otherwise."""
    mine = [one for one in case.authorizations if one.modality == case.type.modality and one.modality]
    if not mine or _allowance(case, mine) is not None:
        return None
    there = [one for one in mine if covers(one, case.visit, case.type)]
    if not there:
        return case.says(AUTHORIZATION_NONE, payer=max(mine, key=lambda one: one.id).payer)
    last = max(there, key=lambda one: one.id)
    return case.says(AUTHORIZATION_USED, visits=last.visits or 0, number=last.number, payer=last.payer)


def paid_for(case: Case) -> Finding | None:
    mine = [one for one in case.packages if one.modality == case.type.modality and one.modality]
    if not mine:
        return None
    found = _allowance(case, mine)
    if not isinstance(found, Package):
        last = max(mine, key=lambda one: one.id)
        return case.says(PACKAGE_USED, visits=last.visits, name=last.name)
    number = sum(one == found for visit, one in _allotted(case, mine) if visit.start <= case.visit.start)
    if number <= found.paid:
        return None
    return case.says(PACKAGE_UNPAID, paid=found.paid, visits=found.visits, name=found.name, number=number)


def enough_devices(case: Case) -> Finding | None:
    """Only of a patient for whom devices ever came here; everybody else is given the clinic's own."""
    needed = case.type.devices - case.visit.devices
    if not case.movements or needed <= 0:
        return None
    there = max(0, devices_for(case.visit, case.movements, [*case.counted, case.visit], case.types))
    return case.says(DEVICES_SHORT, there=there, needed=needed) if there < needed else None


def _allotted(case: Case, allowances: Sequence[Allowance]) -> list[tuple[Counted, Allowance | None]]:
    return allotted(allowances, [*case.counted, case.visit], case.types)


def _allowance(case: Case, allowances: Sequence[Allowance]) -> Allowance | None:
    return next((one for visit, one in _allotted(case, allowances) if visit is case.visit), None)


PAYER_CHECKS = (authorized, paid_for, enough_devices)

CHECKS: tuple[Callable[[Case], Finding | None], ...] = (
    deceased,
    merged_away,
    skipped_time,
    past,
    of_age,
    indication,
    screened,
    cleared,
    enrolled,
    first_dose,
    ordered,
    leaves_84_first,
    way_home,
    same_day,
    spacing,
    ordered_interval,
    fitting_room,
    authorized,
    paid_for,
    enough_devices,
)


# What the patient's own record may forbid, at whatever time and in whatever room.
PERSON_CHECKS = (deceased, of_age)


def findings(case: Case) -> list[Finding]:
    """Everything the booking rules have to say about one visit."""
    return [found for check in CHECKS if (found := check(case)) is not None]


def holds(found: Sequence[Finding]) -> frozenset[str]:
    """What a visit is held for: "driver", "clearance"."""
    words = {DRIVER.code: "driver", DRIVER_AT_BOOKING.code: "driver", CLEARANCE_AHEAD.code: "clearance"}
    return frozenset(words[one.code] for one in found if one.code in words)


def only_before_start(held_for: frozenset[str], profile: GoingHomeProfile | None) -> bool:
    """Whether the clinic asks for all that is missing only before the start: the patient may say yes to the
    time without it."""
    return held_for == {"driver"} and profile is not None and profile.demanded == "start"


def planned_state(
    state: VisitState, held_for: frozenset[str], profile: GoingHomeProfile | None
) -> VisitState:
    """Where a planned visit stands with what it is held for."""
    if not held_for:
        return VisitState.BOOKED if state is VisitState.HELD else state
    stays = state is VisitState.CONFIRMED and only_before_start(held_for, profile)
    return state if stays else VisitState.HELD


def state_held_for(visit: Visit, held_for: frozenset[str], profile: GoingHomeProfile | None) -> VisitState:
    """Where an undosed visit stands with what it is held for; its patient may be here already."""
    freed = visit.state is VisitState.HELD and not held_for
    if freed and visit.entered is not None:
        return VisitState.IN_ROOM
    if freed and visit.arrived is not None:
        return VisitState.ARRIVED
    return planned_state(visit.state, held_for, profile)


def planned_only(visit: Visit, action: str) -> Finding | None:
    """Only a visit whose patient has not come can be cancelled or missed; a held one may be here already."""
    if visit.state in PLANNED and visit.arrived is None:
        return None
    return _not_live(visit, action)


def not_begun(visit: Visit, action: str) -> Finding | None:
    """A visit can be moved until its patient is in the room: whose room is taken waits for another."""
    if visit.state in PLANNED | {VisitState.ARRIVED} and visit.entered is None:
        return None
    return _not_live(visit, action)


def _not_live(visit: Visit, action: str) -> Finding:
    here = VisitState.IN_ROOM if visit.entered is not None else VisitState.ARRIVED
    return not_live(here if visit.state in PLANNED else visit.state, action)


def not_live(state: VisitState, action: str) -> Finding:
    """A visit is past what somebody wants of it: how it stands, and what to do instead."""
    told = {"now": _NOW[state], "action": Word(action), "instead": _instead(state, action)}
    return Finding(NOT_LIVE, told)


_NOW = {
    VisitState.HELD: Word("The visit is held"),
    VisitState.BOOKED: Word("The visit is booked"),
    VisitState.CONFIRMED: Word("The visit is confirmed already"),
    VisitState.ARRIVED: Word("The patient is here"),
    VisitState.IN_ROOM: Word("The patient is in the room"),
    VisitState.DOSING: Word("The treatment has begun"),
    VisitState.MONITORING: Word("The patient is being monitored"),
    VisitState.READY: Word("The patient is ready to leave"),
    VisitState.LEFT: Word("The patient has left"),
    VisitState.CANCELLED: Word("The visit is cancelled"),
    VisitState.MISSED: Word("The visit was missed"),
    VisitState.NOT_TREATED: Word("The patient was here and was not treated"),
    VisitState.LEFT_EARLY: Word("The patient left before release"),
    VisitState.TRANSFERRED: Word("The patient was transferred"),
}


_ANOTHER = Word("Book another visit if one is wanted.")
_NO_TREATMENT = Word("Record on the floor that there was no treatment, and why.")
_HOW_IT_ENDS = Word("Record on the floor how the stay ends.")
_ON_THE_FLOOR = Word("What happens now is recorded on the floor.")
_NOTHING = Word("Nothing has to be done.")
NOT_LIVE_WORDS = (*_NOW.values(), _ANOTHER, _NO_TREATMENT, _HOW_IT_ENDS, _ON_THE_FLOOR, _NOTHING)


def _instead(state: VisitState, action: str) -> Word:
    if state in ENDED:
        return _ANOTHER
    if action == "cancelled":
        return _NO_TREATMENT if state in UNDOSED else _HOW_IT_ENDS
    return _ON_THE_FLOOR if state in HERE else _NOTHING

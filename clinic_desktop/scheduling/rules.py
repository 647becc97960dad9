"""The rules of booking: each one short function over one case. The engine asks them all.

Numbers: H and S are the clinical reference's hard and soft rules (section 10); "decision" is our
own. What must hold at the moment of dosing or release is in ``clinic_desktop.treatment.rules``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from clinic_desktop.foundation.clock import DAY_MINUTES, WallTime, exists
from clinic_desktop.foundation.rulebook import Finding, Param, Rule, Scope, Severity
from clinic_desktop.foundation.words import clock_time, long_date, short_date
from clinic_desktop.people.model import Clearance, Indication, Patient, Screening
from clinic_desktop.people.screenings import unreviewed_contraindications
from clinic_desktop.scheduling.model import GoingHomeProfile, Modality, Setup, Visit, VisitType, the_room
from clinic_desktop.scheduling.states import LIVE, NEVER_CAME, PLANNED, VisitState
from clinic_desktop.scheduling.way_home import gaps, needs_way_home

LOCKED, HARD, HOLD, WARNING = Severity.LOCKED, Severity.HARD, Severity.HOLD, Severity.WARNING

DECEASED = Rule("deceased", "decision: people", LOCKED, "{patient} died on {day} and cannot be booked.")
MERGED = Rule(
    "merged", "decision: people", LOCKED, "This record was merged. Book on the kept record instead."
)
SKIPPED_TIME = Rule(
    "skipped-time", "decision: time", LOCKED, "The clock skips {time} on {day}. Pick another time."
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
    "first-84", "H6", HARD, "The first Spravato dose for treatment-resistant depression is 56 mg, not 84 mg."
)
LEAVES_84_FIRST = Rule(
    "leaves-84-first",
    "H6",
    HARD,
    "Then the 84 mg visit on {day} comes first. The first Spravato dose for treatment-resistant depression "
    "is 56 mg. Move that one too.",
)
DRIVER = Rule("driver", "H7", HOLD, "Held until a driver is named for {patient}: {gaps}.")
DRIVER_AT_BOOKING = Rule(
    "driver-at-booking", "H7", LOCKED, "This clinic books {type} only with a driver: {gaps}."
)
GAP_SHORT = Rule(
    "gap-short", "S7", WARNING, "Only {days} clear days beside the visit on {day}; {least} are usual."
)
GAP_LONG = Rule("gap-long", "S7", WARNING, "{days} days after the visit on {day}; at most {most} are usual.")
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
    "Starts after {time}, the latest safe start while a prescriber is here.",
)
NOT_LIVE = Rule(
    "not-live", "decision: states", LOCKED, "This visit is {state} and cannot be {action} any more."
)

RULES: tuple[Rule, ...] = tuple(value for value in dict(vars()).values() if isinstance(value, Rule))


@dataclass(frozen=True, slots=True)
class Case:
    """One visit as it would be, with all that the rules look at. ``before``: the same as it stands now, None
    for a new one. ``others``: the patient's other visits."""

    visit: Visit
    type: VisitType
    patient: Patient
    setup: Setup
    now_minute: int  # UTC
    before: Visit | None = None
    clearances: Sequence[Clearance] = ()
    screening: Screening | None = None
    others: Sequence[Visit] = ()
    types: dict[int, VisitType] = field(default_factory=dict)

    @property
    def profile(self) -> GoingHomeProfile | None:
        return self.setup.profile_of(self.type)

    @property
    def modality(self) -> Modality | None:
        return next((m for m in self.setup.modalities if m.code == self.type.modality), None)

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
    return case.says(PAST) if over or (begun and not stays) else None


def of_age(case: Case) -> Finding | None:
    if case.modality is None or case.modality.min_age is None:
        return None
    age, least = case.patient.age_on(case.visit.day), case.modality.min_age
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
    wanted = case.type.modality
    if any(c.modality == wanted and c.holds_on(case.visit.day) for c in case.clearances):
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


def _still_on(other: Visit) -> bool:
    return other.state not in NEVER_CAME and other.state is not VisitState.NOT_TREATED


def enrolled(case: Case) -> Finding | None:
    missing = case.modality is not None and case.modality.rems and case.patient.rems_enrolled_on is None
    return case.says(ENROLMENT) if missing else None


def first_dose(case: Case) -> Finding | None:
    if case.type.dose_mg != 84 or case.patient.indication is not Indication.TRD:
        return None
    earlier = [v for v in _of_same_treatment(case) if v.start < case.visit.start]
    return None if earlier else case.says(FIRST_84)


def leaves_84_first(case: Case) -> Finding | None:
    """The visit was before all others of its treatment, and is moved behind one with the higher dose."""
    if case.before is None or case.patient.indication is not Indication.TRD or not case.type.modality:
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
    return [v for v in case.others if _still_on(v) and case.types[v.type_id].modality == wanted != ""]


def way_home(case: Case) -> Finding | None:
    missing = gaps(case.visit.plan, case.profile)
    if not missing or not needs_way_home(case.type, case.profile):
        return None
    at_once = case.profile is not None and case.profile.demanded == "booking"
    return case.says(DRIVER_AT_BOOKING if at_once else DRIVER, gaps=tuple(missing))


def spacing(case: Case) -> Finding | None:
    same = _of_same_treatment(case)
    near = min(same, key=lambda v: abs((v.day - case.visit.day).days), default=None)
    if near is None:
        return None
    apart = abs((near.day - case.visit.day).days)
    if apart - 1 < case.type.min_clear_days:
        return case.says(
            GAP_SHORT, days=max(0, apart - 1), day=short_date(near.day), least=case.type.min_clear_days
        )
    return _long_gap(case, same)


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
    leaves_84_first,
    way_home,
    spacing,
    fitting_room,
)


# What the patient's own record may forbid, at whatever time and in whatever room.
PERSON_CHECKS = (deceased, of_age)


def findings(case: Case) -> list[Finding]:
    """Everything the booking rules have to say about one visit."""
    return [found for check in CHECKS if (found := check(case)) is not None]


def holds(found: Sequence[Finding]) -> frozenset[str]:
    """What a visit is held for: "driver", "clearance"."""
    words = {DRIVER.code: "driver", CLEARANCE_AHEAD.code: "clearance"}
    return frozenset(words[one.code] for one in found if one.code in words)


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
    state = here if visit.state in PLANNED else visit.state
    return Finding(NOT_LIVE, {"state": str(state), "action": action})

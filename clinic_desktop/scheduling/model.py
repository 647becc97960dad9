"""What the schedule is made of: rooms, visit types with their phases, visits, courses, claims."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.errors import NotFound
from clinic_desktop.foundation.rulebook import WHOLE, Finding, Scope
from clinic_desktop.people.model import Absence, Shift, Staff, TransportKind
from clinic_desktop.people.phones import usual_phone
from clinic_desktop.scheduling.asks import Ask
from clinic_desktop.scheduling.day_after import NO_CALL, DayAfter
from clinic_desktop.scheduling.states import PLANNED, VisitState


@dataclass(frozen=True, slots=True)
class Room:
    """``fits``: what it is equipped for ("iv", "spravato", "im", "consult", "therapy")."""

    id: int = 0
    version: int = 0
    name: str = ""
    fits: frozenset[str] = frozenset()
    position: int = 0
    active: bool = True


@dataclass(frozen=True, slots=True)
class Closure:
    """A room (or, with no room, the clinic) is closed from one (day, minute) up to another."""

    id: int = 0
    version: int = 0
    room_id: int | None = None
    from_day: date = date.min
    from_minute: int = 0
    to_day: date = date.min
    to_minute: int = 1440
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OpenHours:
    """One stretch of opening on a weekday (0 is Monday)."""

    weekday: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ClinicPhone:
    number: str
    label: str = ""
    hours: str = ""


class Cover(StrEnum):
    """Who must be on site, not exclusively, while a phase runs."""

    NOBODY = ""
    PRESCRIBER = "prescriber"
    CLINICIAN = "clinician"  # a prescriber or a nurse


LEAST_IV_RECOVERY = 30  # minutes after an infusion; a clinic may only ask for more


@dataclass(frozen=True, slots=True)
class Policies:
    """The clinic's settings where the facts leave a choice; shipped values from the decisions page."""

    grid: int = 5
    watch_limit: int = 3
    min_staff_with_dosed: int = 2
    clearance_months: int = 12
    cancel_days: int = 1  # business days before the visit, up to this minute of the day: later is late
    cancel_minute: int = 17 * 60
    late_arrival_minutes: int = 15  # after the visit's time; whoever comes later than that is late
    start_margin: int = 30  # latest safe start: end of cover minus the stay minus this
    iv_cover: Cover = Cover.CLINICIAN
    release_anchor: str = "last"  # first or last device
    release_check_minutes: int = 60  # how long the last pressure and the assessments count
    pre_dose_minutes: int = 60  # how long a pressure before the dose counts as a recent one
    iv_vitals_minutes: int = 10
    iv_recovery_minutes: int = LEAST_IV_RECOVERY
    iv_no_drive_hours: int = 24  # this and the next three stand on the sheets, in elapsed hours
    alcohol_hours: int = 24
    decision_hours: int = 24
    adult_hours: int | None = None  # how long an adult stays; None: the sheet asks for nobody
    statements_off: frozenset[int] = frozenset()  # numbers of statements that the sheets leave out
    form_off: frozenset[str] = frozenset()  # items of discharge forms that nobody scores: "padss.bleeding"
    dosing_stagger: int = 15
    count_days: int = 31  # how long a lot of the drug log goes without a count; the DEA asks for 2 years [D1]
    driver_red_minute: int = 14 * 60
    after_tries: int = 3  # after so many tries a check-in call may be closed as not reached
    retention_years: int = 10  # how long a record is kept; nothing is ever deleted by itself [reference 7]
    sheet_page: str = "letter"
    sheet_codes: bool = True  # square codes of the next visit and the clinic's phone, for a phone's camera
    escort_page: bool = False  # whoever takes the patient home gets a page of their own with the sheet
    escort_in_english: bool = False  # else in the patient's language, where it is approved in it
    pin_hours: int = 12  # how long after the password a PIN lets somebody in on that computer
    lock_minutes: int = 10  # after so long without a key or the mouse a screen is locked
    lock_floor_minutes: int = 5  # the same while it shows the floor
    emergency_minutes: int = 60  # how long emergency access lasts; 0: the clinic gives none
    factor_roles: frozenset[Role] = frozenset()  # who signs in with a phone's code beside the password


@dataclass(frozen=True, slots=True)
class Clinic:
    """The clinic itself: one record."""

    id: int = 0
    version: int = 0
    name: str = ""
    address: str = ""
    zone: str = "America/Chicago"
    phones: tuple[ClinicPhone, ...] = ()
    hours: tuple[OpenHours, ...] = ()
    policies: Policies = Policies()
    rems_number: str = ""  # of the site in Spravato's programme, as the clinic writes it
    certified_on: date | None = None
    certified_until: date | None = None  # the last day; None where the programme has named none
    demo: bool = False


@dataclass(frozen=True, slots=True)
class PressureLimits:
    """Blood pressure after a dose, mmHg: a number at or above a limit reaches it. oxygen_low, percent: at or
    below it nobody is dosed or released [S1].

    What ships is a suggestion: the limits are set once a prescriber has said so (set_by, set_at).
    """

    tell: tuple[int, int] = (160, 100)  # tell the prescriber
    emergency: tuple[int, int] = (180, 110)
    repeat_minutes: int = 10  # until falling twice
    oxygen_low: int = 92
    set_by: int | None = None
    set_at: datetime | None = None

    @property
    def are_set(self) -> bool:
        return self.set_at is not None


@dataclass(frozen=True, slots=True)
class Modality:
    """A way of treating: data, not code. ``rems``: under Spravato's programme [R1]."""

    id: int = 0
    version: int = 0
    code: str = ""
    name: str = ""
    rems: bool = False  # Spravato's programme: enrolment, 120 minutes, form in 7 days [R1]
    min_age: int | None = None
    limits: PressureLimits = PressureLimits()


class PhaseKind(StrEnum):
    CHECK_IN = "check-in"
    PREP = "prep"
    DOSING = "dosing"
    INFUSION = "infusion"
    SESSION = "session"
    MONITORING = "monitoring"
    RECOVERY = "recovery"
    RELEASE = "release"
    TURNOVER = "turnover"


@dataclass(frozen=True, slots=True)
class Phase:
    """One row of a visit: what it is, how long, and what it occupies.

    hands: roles whose hands serve this patient alone. watch: the role that gives a watching place.
    may_stretch: longest length in minutes, when a visit may lengthen it.
    """

    kind: PhaseKind
    minutes: int
    room: bool = True
    patient: bool = True
    hands: frozenset[Role] = frozenset()
    watch: Role | None = None
    cover: Cover = Cover.NOBODY
    may_stretch: int | None = None


DEVICE_MG = 28  # one Spravato device [L3]


@dataclass(frozen=True, slots=True)
class VisitType:
    """One version of a kind of visit. A visit pins the version it was booked with.

    family: its colour (iv, sp, co, im, therapy, other). needs_fit: what the room must be fit for,
    empty for a visit without a room. modality: its treatment, empty for none; a treatment needs
    clearance for it. dose_mg: the Spravato dose it is for. gives_clearance: a consultation.
    """

    id: int = 0
    version: int = 0
    code: str = ""
    number: int = 1
    current: bool = True
    name: str = ""
    family: str = "other"
    modality: str = ""
    needs_fit: str = ""
    phases: tuple[Phase, ...] = ()
    profile_id: int | None = None
    gives_clearance: bool = False
    dose_mg: int | None = None
    sheet: str = ""  # aftercare sheet kind: "iv", "iv-pain", "im", "kap", "spravato" or none
    min_clear_days: int = 0
    max_gap_days: int | None = None
    discharge_form: str = ""  # that is asked before release; empty for none
    scores: frozenset[str] = frozenset()  # instruments that are asked for before the visit
    asks: tuple[Ask, ...] = ()  # what is asked on the day, before the dose
    day_after: DayAfter = NO_CALL  # the check-in call afterwards

    @property
    def is_treatment(self) -> bool:
        return bool(self.modality)

    @property
    def sees_prescriber(self) -> bool:
        """A prescriber's hands serve the patient, and for more than to give a dose or to be on site."""
        return not self.is_treatment and any(Role.PRESCRIBER in one.hands for one in self.phases)

    @property
    def devices(self) -> int:
        """2 for 56 mg, 3 for 84 mg [L3]; 0 when the type has no devices."""
        return self.dose_mg // DEVICE_MG if self.dose_mg else 0

    @property
    def lead(self) -> int:
        """Minutes of check-in before the visit's time: arrive that much earlier."""
        total = 0
        for phase in self.phases:
            if phase.kind is not PhaseKind.CHECK_IN:
                break
            total += phase.minutes
        return total


@dataclass(frozen=True, slots=True)
class GoingHomeProfile:
    """What a visit type asks of the way home. ``demanded``: when it must be met.

    On the day: how long whoever is called needs to come, how long before the earliest release they are to be
    here, and the minute of the day from which they stay in the house (None: never) [E2].
    """

    id: int = 0
    version: int = 0
    name: str = ""
    required: bool = True
    accepts: frozenset[TransportKind] = frozenset({TransportKind.ADULT_DRIVES})
    demanded: str = "confirmation"  # booking, confirmation, start
    min_stay_alone: int = 120  # minutes after the last dose before somebody may leave alone
    callback_minutes: int = 30
    arrive_before: int = 15
    must_stay_from: int | None = None  # for visits that begin then or later


@dataclass(frozen=True, slots=True)
class GoingHomePlan:
    """How this visit's patient goes home, and who with. Words: missing, named, confirmed, here."""

    kind: TransportKind = TransportKind.ADULT_DRIVES
    name: str = ""
    phone: str = ""
    relationship: str = ""
    adult: bool = False
    confirmed_at: datetime | None = None
    confirmed_by: int | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """Somebody with the right went over a rule; or (``deviation``) what happened went past it.

    It was given for the visit at its day and minute, and for the scope of what was found: a move to
    another time leaves it behind, and whatever lacks beyond that scope is open again.
    """

    id: int = 0
    version: int = 0
    visit_id: int = 0
    rule: str = ""
    by: int = 0
    at: datetime | None = None
    reason: str = ""
    deviation: bool = False
    day: date = date.min
    minute: int = 0
    scope: Scope = WHOLE

    def given_at(self, visit: "Visit") -> bool:
        """Whether the visit still stands where it stood when this was given."""
        return (self.day, self.minute) == (visit.day, visit.minute)

    def passes(self, visit: "Visit", finding: Finding) -> bool:
        """Whether it is permission for what was found about the visit. What merely happened gives none."""
        mine = self.rule == finding.code and finding.scope.within(self.scope)
        return mine and not self.deviation and self.given_at(visit)

    def stands(self, visit: "Visit") -> bool:
        """Whether it is permission for the visit as it stands: at its time, for a room or a person it has."""
        kind, _, number = self.scope.subject.partition(" ")
        there = {visit.room_id} if kind == "room" else visit.served_by
        return not self.deviation and self.given_at(visit) and (not number or int(number) in there)


def the_room(room_id: int) -> str:
    """A room as the subject of a scope."""
    return f"room {room_id}"


def the_person(staff_id: int) -> str:
    """Somebody on the staff as the subject of a scope."""
    return f"person {staff_id}"


@dataclass(frozen=True, slots=True)
class PhaseStaff:
    """Another person than the visit's own serves this phase."""

    phase_no: int
    role: Role
    staff_id: int


@dataclass(frozen=True, slots=True)
class Stood:
    """How a visit stood before anybody came, and why it had ended where it had."""

    state: VisitState = VisitState.BOOKED
    end_reason: str = ""
    end_asked_by: str = ""
    end_late: bool = False


@dataclass(frozen=True, slots=True)
class RoomStay:
    """A patient was in a room in mid-visit and left it for another, or (``left`` None) is in it now. UTC
    minutes. until: up to when the room was needed, turnover included."""

    room_id: int
    entered: int
    left: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """A booked visit. Its time is when its room (or staff) time begins; check-in lies before it.

    start and end are derived UTC minutes of the claimed stretch: room or staff from the visit's time
    to the end of turnover. phase_minutes replaces the type's lengths when set.
    """

    id: int = 0
    version: int = 0
    patient_id: int = 0
    type_id: int = 0
    room_id: int | None = None
    day: date = date.min
    minute: int = 0
    fold: int = 0
    zone: str = ""
    start: int = 0
    end: int = 0
    state: VisitState = VisitState.BOOKED
    held_for: frozenset[str] = frozenset()  # "driver", "clearance"
    displaced: bool = False
    room_until: int | None = None  # UTC minute up to which the room is really needed, once facts say so
    here_until: int | None = None  # UTC minute up to which the patient is watched at least, by the facts
    arrived: int | None = None  # UTC minutes when the patient came to the clinic, by the stamps,
    entered: int | None = None  # came into the room, and left it
    left: int | None = None
    moved: int | None = None  # when they came into the room of the visit, after another in the same visit
    rooms_before: tuple[RoomStay, ...] = ()  # those others, in order
    devices: int = 0  # Spravato devices that were given, by the stamps
    release_from: int | None = None  # UTC minute before which nobody is released, by what was given
    nurse_id: int | None = None
    prescriber_id: int | None = None
    therapist_id: int | None = None
    phase_staff: tuple[PhaseStaff, ...] = ()
    phase_minutes: tuple[int, ...] = ()
    course_id: int | None = None
    course_no: int | None = None
    plan_kind: TransportKind | None = None  # the going-home plan; None: nobody named yet
    plan_name: str = ""
    plan_phone: str = ""
    plan_relationship: str = ""
    plan_adult: bool = False
    plan_confirmed_at: datetime | None = None
    plan_confirmed_by: int | None = None
    plan_confirmed_end: int | None = None  # UTC minute at which it ended when the driver last said yes,
    confirmed_end: int | None = None  # and when the patient did
    note: str = ""
    booked_at: datetime | None = None
    booked_by: int | None = None
    end_reason: str = ""  # why it was cancelled, missed or not treated
    end_asked_by: str = ""  # patient or clinic
    end_late: bool = False
    order_id: int | None = None  # the order that it was dosed under
    stood: Stood | None = None  # kept while facts say otherwise: it stands so again when they are struck out

    @property
    def whereabouts(self) -> VisitState:
        """The state, but for who has come already: a visit that is only held hides nobody in the house."""
        if self.state not in PLANNED or self.arrived is None:
            return self.state
        return VisitState.ARRIVED if self.entered is None else VisitState.IN_ROOM

    @property
    def room_stays(self) -> tuple[RoomStay, ...]:
        """Every room that the patient was in, in order, the last one as it stands."""
        if self.entered is None or self.room_id is None:
            return ()
        since = self.entered if self.moved is None else self.moved
        return (*self.rooms_before, RoomStay(self.room_id, since, self.left, self.room_until))

    @property
    def planned_room(self) -> int | None:
        """The room that the visit was planned in: the first one, where the patient changed rooms."""
        return self.rooms_before[0].room_id if self.rooms_before else self.room_id

    def staff_for(self, role: Role) -> int | None:
        """The person of that role throughout, as far as no phase says otherwise."""
        return {
            Role.NURSE: self.nurse_id,
            Role.PRESCRIBER: self.prescriber_id,
            Role.THERAPIST: self.therapist_id,
        }.get(role)

    @property
    def served_by(self) -> frozenset[int | None]:
        """Everybody who serves it, throughout or in a phase."""
        others = (one.staff_id for one in self.phase_staff)
        return frozenset((self.nurse_id, self.prescriber_id, self.therapist_id, *others))

    @property
    def plan(self) -> GoingHomePlan | None:
        """The going-home plan; the visit's row carries it so that the database can hold the rule."""
        if self.plan_kind is None:
            return None
        return GoingHomePlan(
            self.plan_kind,
            self.plan_name,
            self.plan_phone,
            self.plan_relationship,
            self.plan_adult,
            self.plan_confirmed_at,
            self.plan_confirmed_by,
        )

    def with_plan(self, plan: GoingHomePlan | None) -> "Visit":
        """The same visit going home that way."""
        if plan is None:
            return replace(
                self,
                plan_kind=None,
                plan_name="",
                plan_phone="",
                plan_relationship="",
                plan_adult=False,
                plan_confirmed_at=None,
                plan_confirmed_by=None,
                plan_confirmed_end=None,
            )
        return replace(
            self,
            plan_kind=plan.kind,
            plan_name=plan.name,
            plan_phone=usual_phone(plan.phone),
            plan_relationship=plan.relationship,
            plan_adult=plan.adult,
            plan_confirmed_at=plan.confirmed_at,
            plan_confirmed_by=plan.confirmed_by,
            plan_confirmed_end=self.plan_confirmed_end if plan.name == self.plan_name else None,
        )


class ClaimKind(StrEnum):
    ROOM = "room"
    PATIENT = "patient"
    HANDS = "hands"
    WATCH = "watch"
    OVERFLOW = "overflow"


@dataclass(frozen=True, slots=True)
class Claim:
    """A visit takes a place for ``[start, end)`` UTC minutes. ``slot`` numbers a nurse's watching places."""

    kind: ClaimKind
    resource_id: int
    start: int
    end: int
    slot: int = 0
    visit_id: int = 0
    override_id: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """``count`` visits of a type inside a course."""

    type_code: str
    count: int


@dataclass(frozen=True, slots=True)
class CourseTemplate:
    """How a course is spaced.

    min_clear_days between two visits; max_gap_days from one to the next; span_days: the last at most
    that many days after the first. weeks: visits per 7-day block counted from visit 1, when the
    cadence is by weeks (Spravato: 2 2 2 2 1 1 1 1 [L9]).
    """

    id: int = 0
    version: int = 0
    code: str = ""
    name: str = ""
    steps: tuple[Step, ...] = ()
    min_clear_days: int = 1
    max_gap_days: int | None = 7
    span_days: int | None = None
    weeks: tuple[int, ...] = ()
    active: bool = True

    @property
    def type_codes(self) -> tuple[str, ...]:
        """The type of each visit, in order."""
        return tuple(step.type_code for step in self.steps for _ in range(step.count))


@dataclass(frozen=True, slots=True)
class OwnType:
    """The visit type that one visit (its number in the course, from 1) has for this patient."""

    no: int
    type_code: str


@dataclass(frozen=True, slots=True)
class OwnCourse:
    """What one patient's course has of its own; None and empty: as the template says.

    weekdays, clock and half are wishes: when the patient likes to come. No template has any.
    """

    visits: int | None = None
    min_clear_days: int | None = None
    max_gap_days: int | None = None
    types: tuple[OwnType, ...] = ()
    weekdays: frozenset[int] = frozenset()
    clock: int | None = None
    half: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """A patient's course: real visits that belong together. ``to_place`` counts those without a time.
    ``own``: where it differs from its template."""

    id: int = 0
    version: int = 0
    patient_id: int = 0
    template_code: str = ""
    name: str = ""
    planned: int = 0
    to_place: int = 0
    state: str = "running"  # running, finished, stopped
    note: str = ""
    own: OwnCourse = OwnCourse()


@dataclass(frozen=True, slots=True)
class Setup:
    """Everything the schedule stands on, read once and kept up by the change feed."""

    clinic: Clinic
    rooms: tuple[Room, ...] = ()
    types: tuple[VisitType, ...] = ()  # every version
    profiles: tuple[GoingHomeProfile, ...] = ()
    templates: tuple[CourseTemplate, ...] = ()
    modalities: tuple[Modality, ...] = ()
    closures: tuple[Closure, ...] = ()
    staff: tuple[Staff, ...] = ()
    shifts: tuple[Shift, ...] = ()
    absences: tuple[Absence, ...] = ()

    @property
    def policies(self) -> Policies:
        return self.clinic.policies

    def type_by_code(self, code: str) -> VisitType:
        """The current version; raises :class:`NotFound` when there is none."""
        for one in self.types:
            if one.code == code and one.current:
                return one
        raise NotFound("visit type", code)

    def type_by_id(self, type_id: int) -> VisitType:
        for one in self.types:
            if one.id == type_id:
                return one
        raise NotFound("visit type", type_id)

    def profile_of(self, visit_type: VisitType) -> GoingHomeProfile | None:
        """What the type asks of the way home; None when it asks nothing."""
        return next((p for p in self.profiles if p.id == visit_type.profile_id), None)

    def modality(self, code: str) -> Modality:
        """The way of treating; raises :class:`NotFound` when the clinic has none of that code."""
        for one in self.modalities:
            if one.code == code:
                return one
        raise NotFound("treatment", code)

    def modality_of(self, visit_type: VisitType) -> Modality | None:
        """The way of treating that the type is a visit of; None when it is no treatment."""
        return next((m for m in self.modalities if m.code == visit_type.modality), None)

    def watch_limit(self, staff_id: int) -> int:
        """How many patients that nurse may watch at once."""
        own = next((one.watch_limit for one in self.staff if one.id == staff_id), None)
        return self.policies.watch_limit if own is None else own

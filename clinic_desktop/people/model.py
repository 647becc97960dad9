"""The people of a clinic: patients and those who take them home, and the staff."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from clinic_desktop.foundation.actor import Role


@dataclass(frozen=True, slots=True)
class Phone:
    number: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    street: str = ""
    city: str = ""
    state: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """An emergency contact."""

    name: str = ""
    relationship: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class ContactPermissions:
    """How the clinic may reach the patient, and who else may be told."""

    voicemail: bool = False
    text: bool = False
    email: bool = False
    may_tell: str = ""


class TransportKind(StrEnum):
    """How a patient goes home. The last three have no person with them."""

    ADULT_DRIVES = "adult drives"
    ADULT_IN_TAXI = "adult in a taxi or ride-share"
    ADULT_ON_TRANSIT = "adult on public transport"
    PAID_ESCORT = "paid medical escort"
    TAXI_ALONE = "taxi or ride-share alone"
    TRANSIT_ALONE = "public transport alone"

    @property
    def has_person(self) -> bool:
        return self not in (TransportKind.TAXI_ALONE, TransportKind.TRANSIT_ALONE)


@dataclass(frozen=True, slots=True)
class UsualDriver:
    """Somebody who often takes the patient home. ``weekdays`` 0 is Monday, empty means any;
    ``from_minute`` and ``to_minute`` bound the pick-up time of day."""

    name: str
    phone: str = ""
    relationship: str = ""
    kind: TransportKind = TransportKind.ADULT_DRIVES
    adult: bool = True
    weekdays: frozenset[int] = frozenset()
    from_minute: int = 0
    to_minute: int = 1440


class Sex(StrEnum):
    UNKNOWN = ""
    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


class Indication(StrEnum):
    """Why the patient is treated. TRD and MDSI decide the first Spravato dose [L6]."""

    NONE = ""
    TRD = "treatment-resistant depression"
    MDSI = "depression with acute suicidal thoughts"
    ANXIETY = "anxiety"
    PTSD = "post-traumatic stress"
    PAIN = "chronic pain"
    MIGRAINE = "migraine"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Patient:
    """A person who is treated. A call may leave name and phone alone; what is missing is a to-do.

    chart_number is given by the store and stays findable after a merge (``merged_into``).
    source and source_id say where an imported record came from, so that it is not added twice.
    """

    id: int = 0
    version: int = 0
    chart_number: str = ""
    given_name: str = ""
    family_name: str = ""
    preferred_name: str = ""
    birth_date: date | None = None
    sex: Sex = Sex.UNKNOWN
    phones: tuple[Phone, ...] = ()
    email: str = ""
    language: str = "en"
    large_print: bool = False
    address: Address = Address()
    emergency: Contact = Contact()
    permissions: ContactPermissions = ContactPermissions()
    allergies: str = ""
    alerts: str = ""
    notes: str = ""
    indication: Indication = Indication.NONE
    rems_enrolled_on: date | None = None
    death_date: date | None = None
    drivers: tuple[UsualDriver, ...] = ()
    source: str = ""
    source_id: str = ""
    merged_into: int | None = None

    @property
    def name(self) -> str:
        """ "Family, Given", as lists and boards show it."""
        return ", ".join(part for part in (self.family_name, self.given_name) if part)

    @property
    def initials(self) -> str:
        """ "A. O.", for screens that everybody sees."""
        return " ".join(f"{part[:1]}." for part in (self.given_name, self.family_name) if part)

    def age_on(self, day: date) -> int | None:
        """Whole years on that day; None when the birth date is unknown."""
        if self.birth_date is None:
            return None
        before = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - before


@dataclass(frozen=True, slots=True)
class Clearance:
    """A prescriber cleared the patient for a modality from ``on`` to ``until`` (both days count)."""

    id: int = 0
    version: int = 0
    patient_id: int = 0
    modality: str = ""
    cleared_by: int = 0
    on: date = date.min
    until: date = date.min
    visit_id: int | None = None  # the consultation it came from
    note: str = ""
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ScreeningItem:
    """One line of the check list. ``present``: None while nobody asked."""

    code: str
    present: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Screening:
    """The contraindication and caution check list, reviewed by a clinician [H2]."""

    id: int = 0
    version: int = 0
    patient_id: int = 0
    reviewed_by: int | None = None
    reviewed_at: datetime | None = None
    items: tuple[ScreeningItem, ...] = ()

    @property
    def reviewed(self) -> bool:
        return self.reviewed_by is not None


@dataclass(frozen=True, slots=True)
class Order:
    """What a prescriber ordered. ``dose`` in ``unit`` (mg, or mg/kg with weight and its day).

    visits: how many may be given under it in all, None for no limit. What is left is counted from the visits.
    """

    id: int = 0
    version: int = 0
    patient_id: int = 0
    modality: str = ""
    drug: str = ""
    route: str = ""
    dose: float = 0.0
    unit: str = "mg"
    weight_kg: float | None = None
    weighed_on: date | None = None
    interval_days: int | None = None
    visits: int | None = None
    valid_to: date | None = None
    ordered_by: int = 0
    ordered_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Authorization:
    """A payer agreed to so many treatments (None: no limit) between two days, both counted. What of it is
    used is counted from the visits."""

    id: int = 0
    version: int = 0
    patient_id: int = 0
    modality: str = ""
    payer: str = ""
    number: str = ""
    visits: int | None = None
    valid_from: date = date.min
    valid_to: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """Treatments that the patient pays for together; ``paid`` of ``visits`` are."""

    id: int = 0
    version: int = 0
    patient_id: int = 0
    modality: str = ""
    name: str = ""
    visits: int = 0
    paid: int = 0
    note: str = ""


class Drug(StrEnum):
    """A drug of Schedule III, by what it comes in: devices of 28 mg, or vials."""

    SPRAVATO = "Spravato"
    KETAMINE = "ketamine"


class Moved(StrEnum):
    """What became of some of a drug. Devices that are given are not among it: their dose stamps count."""

    RECEIVED = "received"
    DRAWN = "drawn"  # from a vial, for a visit
    WASTED = "wasted"  # seen by a witness
    SENT = "returned or transferred"
    PASSED_ON = "to another record"  # two records became one: whose devices they are, not how many
    TAKEN_BACK = "taken back"  # a slip: it undoes the line that it names


@dataclass(frozen=True, slots=True)
class DrugMovement:
    """One line of the drug log: devices, or mg of what is in vials (below 0: they went), of one lot. Never
    changed: a slip is taken back by another line. What was given by device is counted from the dose stamps.

    patient_id: whom devices came for; None where they are the clinic's. strength (mg in a mL) and ml (of one
    vial): of vials. takes_back: the line that this one undoes, amount for amount.
    """

    id: int = 0
    version: int = 0
    patient_id: int | None = None
    on: date = date.min
    devices: int = 0
    lot: str = ""
    by: int = 0
    at: datetime | None = None
    note: str = ""
    what: Moved = Moved.RECEIVED
    drug: Drug = Drug.SPRAVATO
    expires: date | None = None
    mg: float = 0
    strength: float | None = None
    ml: float | None = None
    visit_id: int | None = None
    witness_id: int | None = None
    takes_back: int | None = None

    @property
    def amount(self) -> float:
        """Devices, or mg."""
        return self.devices if self.drug is Drug.SPRAVATO else self.mg


@dataclass(frozen=True, slots=True)
class Merge:
    """Two records of one person became one; ``moved`` says what went over, so it can go back."""

    id: int = 0
    version: int = 0
    kept_id: int = 0
    merged_id: int = 0
    at: datetime | None = None
    by: int = 0
    moved: tuple[tuple[str, tuple[int, ...]], ...] = ()  # record kind -> ids
    kept_before: str = ""  # what else the merge changed, as JSON: people.merging.Before
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who works here. ``watch_limit``: patients a nurse may watch at once (None: the clinic's)."""

    id: int = 0
    version: int = 0
    name: str = ""
    initials: str = ""
    roles: frozenset[Role] = frozenset()
    watch_limit: int | None = None
    active: bool = True
    phone: str = ""  # where a form asks how to reach whoever watched a session
    email: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Shift:
    """A recurring shift, minutes of the clinic's day. ``weekdays`` 0 is Monday; every n-th week."""

    id: int = 0
    version: int = 0
    staff_id: int = 0
    weekdays: frozenset[int] = frozenset()
    start: int = 0
    end: int = 0
    breaks: tuple[Break, ...] = ()
    every_weeks: int = 1
    valid_from: date = date(2000, 1, 1)
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """Away from (day, minute) to (day, minute), the end not included."""

    id: int = 0
    version: int = 0
    staff_id: int = 0
    from_day: date = date.min
    from_minute: int = 0
    to_day: date = date.min
    to_minute: int = 1440
    reason: str = ""
